export const id = 4442;
export const ids = [4442];
export const modules = {

/***/ 74442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   instancesProtocol: () => (/* binding */ instancesProtocol)
/* harmony export */ });
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28231);
/* harmony import */ var _decode_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(30159);
/** `{"instances": [row, …]}`, answered with `{"predictions": […], "probabilities": [[…], …]}`. */


const JSON_TYPE = 'application/json';
function bodyOf(content) {
    return { content, contentType: JSON_TYPE };
}
const instancesProtocol = {
    name: 'instances',
    maxRows: Infinity,
    encode: (rows) => bodyOf((0,_exact_json_js__WEBPACK_IMPORTED_MODULE_0__/* .writeJson */ .GF)({ instances: rows })),
    decode: (answer) => (0,_decode_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeJson */ .xO)(answer),
    malformed: bodyOf('{"instances": [['),
    noRows: bodyOf('{"instances":[]}'),
};


/***/ })

};
