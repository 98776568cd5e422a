export const id = 1630;
export const ids = [1630];
export const modules = {

/***/ 87811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ instancesOfCsv)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25175);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70793);



const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/**
 * The rows of a CSV without a header. Cells that are numbers become numbers, but for columns that the signature (where
 * given) says are texts.
 * @throws UserError where the text is not CSV.
 */
function instancesOfCsv(text, signature) {
    const columns = signature ? (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .columnsOf */ .PL)(signature) : null;
    return rowsOf(text).map((row) => row.map((cell, column) => {
        if (columns?.[column]?.type === 'string' || !NUMBER.test(cell))
            return cell;
        // A long integer stays a text, since a number would round it.
        return /^-?\d{16,}$/.test(cell) ? cell : Number(cell);
    }));
}
function rowsOf(text) {
    try {
        return (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true });
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The body is not CSV: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
}


/***/ }),

/***/ 91630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   csvProtocol: () => (/* binding */ csvProtocol)
/* harmony export */ });
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28231);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _inference_csv_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(87811);
/* harmony import */ var _decode_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(30159);
/** text/csv, one row a line and no header, as SageMaker's own algorithms take it; answers may be CSV or JSON. */




function bodyOf(content) {
    return { content, contentType: 'text/csv' };
}
const csvProtocol = {
    name: 'csv',
    maxRows: Infinity,
    encode: (rows) => bodyOf(rows.map(lineOf).join('\n')),
    decode: decodeCsv,
    malformed: bodyOf('"a quote that never ends'),
    noRows: bodyOf(''),
};
function lineOf(row) {
    const cells = Array.isArray(row) ? row : (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(row) ? Object.values(row) : [row];
    const nested = cells.find((cell) => typeof cell === 'object' && cell !== null);
    if (nested !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`protocol: csv carries flat rows only, and a row holds ${(0,_exact_json_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(nested)}. Use another protocol.`);
    }
    return cells.map(cellOf).join(',');
}
/** https://www.rfc-editor.org/rfc/rfc4180 */
function cellOf(value) {
    const text = value === null || typeof value === 'object' ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function decodeCsv(answer, rows) {
    const { text, failure } = (0,_decode_js__WEBPACK_IMPORTED_MODULE_3__/* .readText */ .yR)(answer);
    if (text === null)
        return (0,_decode_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)(failure);
    if (/\bjson\b/i.test(answer.contentType) || /^\s*[[{]/.test(text))
        return (0,_decode_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeJson */ .xO)(answer);
    let lines;
    try {
        lines = (0,_inference_csv_js__WEBPACK_IMPORTED_MODULE_1__/* .instancesOfCsv */ .e)(text);
    }
    catch (error) {
        return (0,_decode_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)(`answered what is no CSV (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}): ${(0,_decode_js__WEBPACK_IMPORTED_MODULE_3__/* .excerpt */ .Kb)(text)}`);
    }
    if (lines.length === 0)
        return (0,_decode_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('answered an empty body');
    const predictions = predictionsOf(lines, rows);
    return { fields: { predictions }, document: predictions, shapes: null, failure: null };
}
/** SageMaker's XGBoost answers all rows on one line. */
function predictionsOf(lines, rows) {
    const [only] = lines;
    if (lines.length === 1 && rows > 1 && only?.length === rows)
        return only;
    return lines.every(({ length }) => length === 1) ? lines.map(([value]) => value ?? null) : lines;
}


/***/ })

};
