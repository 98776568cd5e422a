export const id = 4957;
export const ids = [4957];
export const modules = {

/***/ 44957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readCsvCases: () => (/* binding */ readCsvCases)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25175);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/** Cases from CSV with a header; cells that are numbers become numbers. */


const LABEL_COLUMN = /^labels?$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** @throws UserError where the file is no CSV, or its first row is no header. */
function readCsvCases(text, name) {
    const [header = [], ...rows] = parseRows(text, name);
    if (header.every((cell) => NUMBER.test(cell))) {
        throw fault(name, 'has no header: its first row holds only numbers. Put the names of the columns there.');
    }
    const label = header.findIndex((cell) => LABEL_COLUMN.test(cell));
    const withoutLabel = (cells) => cells.filter((_, column) => column !== label);
    return {
        instances: rows.map((row) => withoutLabel(row).map(valueOf)),
        labels: label < 0 ? undefined : rows.map((row) => valueOf(row[label] ?? '')),
        featureNames: withoutLabel(header),
    };
}
function parseRows(text, name) {
    try {
        return (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, { trim: true, skip_empty_lines: true, relax_column_count: true });
    }
    catch (error) {
        throw fault(name, `is not CSV (${error.message}).`);
    }
}
function fault(name, message) {
    return _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo.of([{ where: `cases (${name})`, message }]);
}
/** An empty cell is a missing value, which the rows' check names. */
function valueOf(cell) {
    if (cell === '')
        return null;
    return NUMBER.test(cell) ? Number(cell) : cell;
}


/***/ })

};
