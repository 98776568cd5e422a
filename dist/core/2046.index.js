export const id = 2046;
export const ids = [2046];
export const modules = {

/***/ 72046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readChartLibrary: () => (/* binding */ readChartLibrary)
/* harmony export */ });
/* unused harmony exports CHART_FILE, CHART_PATH */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/** The script that draws the charts of a report: Chart.js as it was published, in one file that needs nothing else. */


const CHART_FILE = 'chart.umd.min.js';
/** Where it stands in the package; scripts/build.ts copies it beside the bundle. */
const CHART_PATH = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)('chart.js', 'dist', CHART_FILE);
/** @param root the folder of the running bundle; in a checkout, one below node_modules' own parent. */
async function readChartLibrary(root) {
    for (const path of candidates(root)) {
        const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(ifMissing);
        // The map is not there, and a browser's tools would look for it.
        if (text !== null)
            return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
    }
    throw new Error(`${CHART_FILE} is neither in ${root} nor in a node_modules above it.`);
}
function* candidates(root) {
    yield (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, CHART_FILE);
    for (let folder = root;; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder)) {
        yield (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'node_modules', CHART_PATH);
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder) === folder)
            return;
    }
}
function ifMissing(error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        return null;
    throw error;
}


/***/ })

};
