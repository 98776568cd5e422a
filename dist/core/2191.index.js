export const id = 2191;
export const ids = [2191];
export const modules = {

/***/ 12191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   compilePaths: () => (/* binding */ compilePaths)
/* harmony export */ });
/* harmony import */ var json_p3__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(50393);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/** Values of an answer that are named by a JSONPath (RFC 9535) instead of a field. */


/** @throws UserError for every path that is none. */
function compilePaths(paths) {
    const problems = [];
    const compiled = paths.flatMap((path) => {
        try {
            return [[path, json_p3__WEBPACK_IMPORTED_MODULE_0__/* .jsonpath */ .YF.compile(path)]];
        }
        catch (error) {
            problems.push({ where: path, message: `is no JSONPath (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}).` });
            return [];
        }
    });
    if (problems.length > 0)
        throw _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo.of(problems);
    return (document, rows) => Object.fromEntries(compiled.flatMap(([path, query]) => {
        const found = query.query(document).values();
        const value = perRow(found, rows);
        return value === null ? [] : [[path, value]];
    }));
}
/** One value a row, one array with an entry a row, or the same number of values for each row; null for nothing. */
function perRow(found, rows) {
    const [first] = found;
    if (first === undefined)
        return null;
    if (found.length === rows)
        return found;
    if (rows === 1)
        return [found];
    if (found.length === 1 && Array.isArray(first) && first.length === rows)
        return first;
    const each = found.length / rows;
    if (!Number.isInteger(each))
        return found;
    return Array.from({ length: rows }, (_, row) => found.slice(row * each, (row + 1) * each));
}


/***/ })

};
