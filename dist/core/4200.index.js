export const id = 4200;
export const ids = [4200];
export const modules = {

/***/ 54200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rawProtocol: () => (/* binding */ rawProtocol)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28231);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);
/* harmony import */ var _decode_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(30159);
/**
 * Each case is a whole body, sent as it is: a text, `{"file": path}`, `{"base64": bytes}`; anything else is sent as JSON.
 * The answer is taken as it is, too: JSON, or else a text.
 */





function rawProtocol({ contentType, folder }) {
    return {
        name: 'raw',
        maxRows: 1,
        encode: async ([row = null]) => {
            const { content, isJson } = await contentOf(row, folder);
            return {
                content,
                contentType: contentType ?? (isJson ? 'application/json' : 'application/octet-stream'),
            };
        },
        decode: decodeRaw,
        malformed: null,
        noRows: null,
    };
}
async function contentOf(row, folder) {
    if (typeof row === 'string')
        return { content: row, isJson: false };
    if ((0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(row) && Object.keys(row).length === 1) {
        if (typeof row.base64 === 'string')
            return { content: Buffer.from(row.base64, 'base64'), isJson: false };
        if (typeof row.file === 'string')
            return { content: await read((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, row.file)), isJson: false };
    }
    return { content: (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .writeJson */ .GF)(row), isJson: true };
}
async function read(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The cases name a file that cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, { cause: error });
    }
}
function decodeRaw(answer) {
    const { text, failure } = (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .readText */ .yR)(answer);
    if (text === null)
        return (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)(failure);
    const document = documentOf(text);
    // One case is one row: each field of the answer is what that row gets.
    const fields = (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(document)
        ? Object.fromEntries(Object.entries(document).map(([name, value]) => [name, [value]]))
        : { predictions: [document] };
    return { fields, document, shapes: null, failure: null };
}
function documentOf(text) {
    try {
        return (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(text);
    }
    catch {
        return text;
    }
}


/***/ })

};
