export const id = 7036;
export const ids = [7036];
export const modules = {

/***/ 47036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v2Protocol: () => (/* binding */ v2Protocol)
/* harmony export */ });
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28231);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _inference_instances_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59683);
/* harmony import */ var _inference_v2_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(99067);
/* harmony import */ var _decode_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(30159);
/** The V2 inference protocol. https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol */





const JSON_TYPE = 'application/json';
/** What MLServer calls the only input of a request. */
const DEFAULT_INPUT = 'input-0';
function v2Protocol({ signature, wholeTensors }) {
    const tensorsOf = (rows) => {
        if (!signature)
            return guessTensors(rows);
        return Object.entries((0,_inference_instances_js__WEBPACK_IMPORTED_MODULE_1__/* .feedsOfInstances */ .N)(rows, signature)).map(([name, tensor]) => (0,_inference_v2_js__WEBPACK_IMPORTED_MODULE_2__/* .v2TensorOf */ .lC)(name, tensor));
    };
    return {
        name: 'v2',
        maxRows: wholeTensors ? 1 : Infinity,
        encode: (rows) => bodyOf(wholeTensors ? { inputs: rows[0] ?? [] } : { inputs: tensorsOf(rows) }),
        decode: (answer, rows) => decodeV2(answer, wholeTensors ? null : rows),
        malformed: { content: '{"inputs": [{"name":', contentType: JSON_TYPE },
        noRows: bodyOf({ inputs: [] }),
    };
}
function bodyOf(value) {
    return { content: (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .writeJson */ .GF)(value), contentType: JSON_TYPE };
}
/** Without a model nothing but the rows tells names and types. @throws UserError where they do not either. */
function guessTensors(rows) {
    const [first] = rows;
    if (!(0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(first))
        return [guessTensor(DEFAULT_INPUT, rows)];
    return Object.keys(first).map((name) => guessTensor(name, rows.map((row) => ((0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(row) ? (row[name] ?? null) : null))));
}
function guessTensor(name, rows) {
    const data = rows.flatMap((row) => (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .flatten */ .Bq)(row));
    return { name, shape: [rows.length, ...shapeOf(rows[0] ?? null)], datatype: datatypeOf(name, data), data };
}
function shapeOf(value) {
    return Array.isArray(value) ? [value.length, ...shapeOf(value[0] ?? null)] : [];
}
function datatypeOf(name, data) {
    if (data.every((value) => typeof value === 'string'))
        return 'BYTES';
    if (data.every((value) => typeof value === 'boolean'))
        return 'BOOL';
    if (data.every((value) => typeof value === 'bigint' || Number.isInteger(value)))
        return 'INT64';
    if (data.every((value) => typeof value === 'number' || typeof value === 'bigint'))
        return 'FP32';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The values of "${name}" are of several types, and a tensor has one. Give each column as an input of its own: ` +
        '{"instances": [{"age": [41], "plan": ["basic"]}]}.');
}
/** @param rows null for whole tensors, which are one row each */
function decodeV2(answer, rows) {
    const decoded = (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .decodeJson */ .xO)(answer);
    if (!decoded.fields)
        return decoded;
    const { outputs } = decoded.fields;
    if (!Array.isArray(outputs)) {
        const has = Object.keys(decoded.fields).slice(0, 10).join(', ');
        return (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)(`answered JSON without "outputs", which protocol v2 has (its fields: ${has})`);
    }
    const fields = {};
    const shapes = {};
    for (const output of outputs) {
        const read = (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(output) ? readOutput(output, rows) : null;
        if (read === null)
            return (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)(`answered an output that is no tensor: ${(0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .show */ .WU)(output)}`);
        fields[read.name] = read.rows;
        shapes[read.name] = read.shape;
    }
    return { ...decoded, fields, shapes };
}
function readOutput({ name, shape, data }, rows) {
    if (typeof name !== 'string' || !Array.isArray(shape) || !Array.isArray(data))
        return null;
    const sizes = shape.map(Number);
    const values = data.some(Array.isArray) ? (0,_decode_js__WEBPACK_IMPORTED_MODULE_4__/* .flatten */ .Bq)(data) : data;
    return { name, shape: sizes, rows: rows === null ? [values] : rowsOf(values, sizes, rows) };
}
/** Whatever has no row for each row sent stands as it is, and is named by the comparison. */
function rowsOf(values, [count, ...rest], rows) {
    const width = values.length / rows;
    if (count !== rows || !Number.isInteger(width))
        return values;
    if (rest.length === 0)
        return values;
    return Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width));
}


/***/ })

};
