export const id = 499;
export const ids = [499,498];
export const modules = {

/***/ 29620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var canonicalize__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98799);


/** JSON with sorted keys and no white space, the same bytes for the same value (RFC 8785). */
function canonicalJson(value) {
    const text = (0,canonicalize__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .A)(value);
    if (text === undefined)
        throw new TypeError('This value has no JSON form.');
    return text;
}
/** sha256 of a text or of bytes: 64 hexadecimal digits. */
function sha256(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}
/** sha256 of the canonical JSON of a value: 64 hexadecimal digits. */
function digestOf(value) {
    return sha256(canonicalJson(value));
}
/** The first digits of a digest, for people. */
function shortDigest(digest, length = 12) {
    return digest.slice(0, length);
}


/***/ }),

/***/ 46345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Au: () => (/* binding */ answerFields),
/* harmony export */   ut: () => (/* binding */ answerOf)
/* harmony export */ });
/* unused harmony export nested */
/** Which field of the answer carries which output, in the order of the answer. */
function answerFields(signature) {
    const { outputs } = signature;
    const label = choose(outputs.filter(isLabel), /label|class/i);
    const probabilities = choose(outputs.filter(isProbabilities), /prob|score/i);
    const [first, ...rest] = outputs;
    if (first === undefined)
        return [];
    if (label === undefined || probabilities === undefined) {
        return withOthers([{ field: 'predictions', output: first.name, role: 'value' }], rest);
    }
    const pair = [
        { field: 'predictions', output: label.name, role: 'label' },
        { field: 'probabilities', output: probabilities.name, role: 'probabilities' },
    ];
    return withOthers(pair, outputs.filter((output) => output !== label && output !== probabilities));
}
/** One label a row: [N] or [N, 1]. */
function isLabel({ type, shape }) {
    return ['int64', 'int32', 'string'].includes(type) && (shape.length === 1 || isColumn(shape));
}
function isColumn(shape) {
    return shape.length === 2 && shape[1] === 1;
}
function isProbabilities({ type, shape }) {
    return ['float32', 'float64', 'float16'].includes(type) && shape.length === 2 && !isColumn(shape);
}
function choose(candidates, name) {
    return candidates.find((output) => name.test(output.name)) ?? candidates[0];
}
function withOthers(fields, others) {
    for (const { name } of others) {
        let field = name;
        while (fields.some((taken) => taken.field === field))
            field += '_';
        fields.push({ field, output: name, role: 'value' });
    }
    return fields;
}
/** The body of an answer, ready for JSON.stringify. */
function answerOf(outputs, signature) {
    return Object.fromEntries(answerFields(signature).flatMap(({ field, output, role }) => {
        const tensor = outputs[output];
        if (tensor === undefined)
            return [];
        return [[field, nested(role === 'label' ? flattened(tensor) : tensor)]];
    }));
}
function flattened(tensor) {
    return { ...tensor, dims: [tensor.data.length] };
}
/** A tensor as nested arrays. */
function nested({ type, dims, data }) {
    let at = 0;
    const build = (depth) => {
        const size = dims[depth];
        if (size === undefined)
            return jsonScalar(data[at++], type);
        return Array.from({ length: size }, () => build(depth + 1));
    };
    return build(0);
}
/**
 * JSON has no NaN, no infinities and no integers beyond 2^53: these become texts, as in protobuf's JSON form
 * (https://protobuf.dev/programming-guides/json/).
 */
function jsonScalar(value, type) {
    if (typeof value === 'bigint') {
        const number = Number(value);
        return Number.isSafeInteger(number) ? number : String(value);
    }
    if (type === 'bool')
        return value === 1;
    if (typeof value === 'number' && !Number.isFinite(value))
        return String(value);
    return value;
}


/***/ }),

/***/ 59683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ feedsOfInstances)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57578);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70793);
/**
 * Rows of a request as the tensors that a model takes.
 *
 * A row is the value of the model's only input (`[5.1, 3.5]`), an object `{input name: value}`, or, for several
 * inputs of one value or one dimension each, a flat array of all their values in the order of the inputs.
 */



/** @throws UserError that names the row, the place in it and what is wrong there. */
function feedsOfInstances(instances, signature) {
    if (instances.length === 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('"instances" has no rows.');
    const rows = instances.map((row, index) => valuesOfRow(row, `instances[${index}]`, signature));
    return Object.fromEntries(signature.inputs.map((input, at) => {
        const values = rows.map((row) => row[at]);
        return [input.name, tensorOf(values, input)];
    }));
}
/** The row's value for each input, in the order of the inputs. */
function valuesOfRow(row, where, signature) {
    const { inputs } = signature;
    if (isObject(row))
        return valuesByName(row, where, inputs);
    if (inputs.length === 1)
        return [row];
    const columns = (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .columnsOf */ .PL)(signature);
    const names = inputs.map((input) => `"${input.name}"`).join(', ');
    if (columns === null || !isList(row)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} must be an object with the model's inputs ${names}.`);
    }
    if (row.length !== columns.length) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} has ${row.length} values; the model's inputs ${names} take ${columns.length}.`);
    }
    return inputs.map((input) => row.filter((_, column) => columns[column] === input));
}
function valuesByName(row, where, inputs) {
    const names = inputs.map((input) => input.name);
    const unknown = Object.keys(row).find((name) => !names.includes(name));
    if (unknown !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} names "${unknown}", which is no input of the model; it has ${names.join(', ')}.`);
    }
    return inputs.map((input) => {
        if (!Object.hasOwn(row, input.name))
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} lacks the input "${input.name}".`);
        return row[input.name];
    });
}
function isList(value) {
    return Array.isArray(value);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function tensorOf(rows, input) {
    const count = input.shape[0];
    if (typeof count === 'number' && count !== rows.length) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"instances" has ${rows.length} rows; the model's ${(0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTensor */ .xF)('input', input)} takes ${count}.`);
    }
    const dims = resolveDims(rows[0], input);
    const scalars = [];
    rows.forEach((row, index) => collect(unwrapped(row, input), dims, `instances[${index}]`, input, scalars));
    return { type: input.type, dims: [rows.length, ...dims], data: (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .tensorData */ .X)(input.type, scalars) };
}
/** A row of exactly one value may be sent without its brackets: exports of tables have inputs of shape [N, 1]. */
function unwrapped(row, input) {
    const shape = (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .rowShape */ .yg)(input);
    if (shape.length === 0)
        return Array.isArray(row) && row.length === 1 ? row[0] : row;
    return !Array.isArray(row) && shape.length === 1 && (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .valuesPerRow */ .GB)(input) === 1 ? [row] : row;
}
/** Free dimensions take their size from the first row; every other row must then agree. */
function resolveDims(first, input) {
    let value = first;
    return (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .rowShape */ .yg)(input).map((size) => {
        const length = Array.isArray(value) ? value.length : 0;
        value = Array.isArray(value) ? value[0] : undefined;
        return typeof size === 'number' ? size : length;
    });
}
function collect(value, dims, where, input, into) {
    const [size, ...rest] = dims;
    if (size === undefined) {
        const scalar = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .scalarOf */ .o)(value, input.type);
        if (scalar instanceof Error)
            throw wrong(where, `${shown(value)} ${scalar.message}`, input);
        into.push(scalar);
        return;
    }
    if (!Array.isArray(value))
        throw wrong(where, `${shown(value)} is not a list of ${size} values`, input);
    if (value.length !== size)
        throw wrong(where, `has ${value.length} values, not ${size}`, input);
    value.forEach((item, index) => collect(item, rest, `${where}[${index}]`, input, into));
}
function wrong(where, what, input) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where}: ${what}, as the model's ${(0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTensor */ .xF)('input', input)} needs.`);
}
function shown(value) {
    if (typeof value === 'object' && value !== null)
        return 'a nested value';
    if (value === undefined)
        return 'a missing value';
    const text = JSON.stringify(value);
    return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}


/***/ }),

/***/ 57578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ tensorData),
/* harmony export */   o: () => (/* binding */ scalarOf)
/* harmony export */ });
/** Greatest finite values: https://onnx.ai/onnx/api/mapping.html, IEEE 754. */
const FLOAT_LIMITS = {
    float16: 65504,
    float32: 3.4028234663852886e38,
    float64: Number.MAX_VALUE,
};
const INTEGER_LIMITS = {
    int8: [-(2n ** 7n), 2n ** 7n - 1n],
    int16: [-(2n ** 15n), 2n ** 15n - 1n],
    int32: [-(2n ** 31n), 2n ** 31n - 1n],
    int64: [-(2n ** 63n), 2n ** 63n - 1n],
    uint8: [0n, 2n ** 8n - 1n],
    uint16: [0n, 2n ** 16n - 1n],
    uint32: [0n, 2n ** 32n - 1n],
    uint64: [0n, 2n ** 64n - 1n],
};
/** The element for a value, or an Error that says what it must be ("is not a number"). */
function scalarOf(value, type) {
    if (type === 'string')
        return typeof value === 'string' ? value : new Error('is not a text');
    if (type === 'bool')
        return booleanOf(value);
    const limit = FLOAT_LIMITS[type];
    if (limit !== undefined)
        return floatOf(value, type, limit);
    return integerOf(value, type);
}
function booleanOf(value) {
    if (value === true || value === 1)
        return 1;
    if (value === false || value === 0)
        return 0;
    return new Error('is neither true nor false');
}
function floatOf(value, type, limit) {
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number')
        return new Error('is not a number');
    // A NaN fails this comparison too.
    return Math.abs(number) <= limit ? number : new Error(`is not a finite ${type}`);
}
/** Integers beyond 2^53 come as bigint from core/exact-json, or as texts of digits. */
function integerOf(value, type) {
    const big = bigintOf(value);
    if (big === null)
        return new Error('is not a whole number');
    const [low, high] = INTEGER_LIMITS[type] ?? [0n, 0n];
    if (big < low || big > high)
        return new Error(`is outside the range of ${type}`);
    return type === 'int64' || type === 'uint64' ? big : Number(big);
}
function bigintOf(value) {
    if (typeof value === 'bigint')
        return value;
    if (typeof value === 'number')
        return Number.isSafeInteger(value) ? BigInt(value) : null;
    return typeof value === 'string' && /^-?\d{16,20}$/.test(value) ? BigInt(value) : null;
}
/** The container that ONNX Runtime takes for a type; see TensorData. The scalars are those of `scalarOf`. */
function tensorData(type, scalars) {
    if (type === 'string')
        return scalars.map(String);
    if (type === 'int64')
        return BigInt64Array.from(scalars, BigInt);
    if (type === 'uint64')
        return BigUint64Array.from(scalars, BigInt);
    return NUMBER_ARRAYS[type].from(scalars.map(Number));
}
const NUMBER_ARRAYS = {
    float16: Float32Array,
    float32: Float32Array,
    float64: Float64Array,
    int8: Int8Array,
    int16: Int16Array,
    int32: Int32Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
    bool: Uint8Array,
};


/***/ }),

/***/ 70793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GB: () => (/* binding */ valuesPerRow),
/* harmony export */   PL: () => (/* binding */ columnsOf),
/* harmony export */   xF: () => (/* binding */ formatTensor),
/* harmony export */   yg: () => (/* binding */ rowShape)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** What a model's signature says about one row of a request. */

/** How an input or output is called in messages: `input "x" (float32 [N, 30])`. */
function formatTensor(role, { name, type, shape }) {
    const dims = shape.map((size) => (size === '' ? '?' : size)).join(', ');
    return `${role} "${name}" (${type} [${dims}])`;
}
/**
 * The shape of one row: all dimensions but the first, which counts the rows.
 * @throws UserError for an input without dimensions, which cannot take rows.
 */
function rowShape(input) {
    if (input.shape.length > 0)
        return input.shape.slice(1);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The model's ${formatTensor('input', input)} has no dimension that counts rows; ` +
        'export the model with a batch dimension.');
}
/** How many values one row has for an input; null where a dimension besides the first is free. */
function valuesPerRow(input) {
    return rowShape(input).reduce((product, size) => (product === null || typeof size === 'string' ? null : product * size), 1);
}
/**
 * Which input each column of a flat row (CSV, or an array for a model with several inputs) belongs to, in the order
 * of the signature; null where an input has a free dimension besides the first, or more than one besides it.
 */
function columnsOf(signature) {
    const columns = [];
    for (const input of signature.inputs) {
        const count = rowShape(input).length > 1 ? null : valuesPerRow(input);
        if (count === null)
            return null;
        for (let i = 0; i < count; i++)
            columns.push(input);
    }
    return columns;
}


/***/ }),

/***/ 95499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  serve: () => (/* binding */ serve)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/targets/local/layout.js
var local_layout = __webpack_require__(95426);
// EXTERNAL MODULE: ./build/js/src/targets/local/process-table.js
var process_table = __webpack_require__(60498);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/js/src/targets/local/server/bounded-log.js

const LIMIT_BYTES = 1024 * 1024;
/**
 * Appends lines to a file that never grows far beyond its limit: then its older half is dropped. The file stays the
 * same one, since the process's standard error is appended to it as well.
 */
function createBoundedLog(file, now, limit = LIMIT_BYTES) {
    return (line) => {
        (0,external_node_fs_.appendFileSync)(file, `${now().toISOString()} ${line}\n`, { mode: 0o600 });
        if ((0,external_node_fs_.statSync)(file).size <= limit)
            return;
        const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
        const half = text.slice(-Math.floor(limit / 2));
        (0,external_node_fs_.truncateSync)(file);
        (0,external_node_fs_.appendFileSync)(file, half.slice(half.indexOf('\n') + 1));
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./node_modules/@hono/node-server/dist/index.mjs + 2 modules
var dist = __webpack_require__(26652);
// EXTERNAL MODULE: ./node_modules/atomically/dist/index.js + 16 modules
var atomically_dist = __webpack_require__(55847);
// EXTERNAL MODULE: ./build/js/src/targets/local/process-lock.js
var process_lock = __webpack_require__(74175);
// EXTERNAL MODULE: ./build/js/src/targets/local/state.js
var local_state = __webpack_require__(95419);
// EXTERNAL MODULE: ./node_modules/hono/dist/index.js + 23 modules
var hono_dist = __webpack_require__(60429);
// EXTERNAL MODULE: ./node_modules/hono/dist/middleware/body-limit/index.js
var body_limit = __webpack_require__(62542);
// EXTERNAL MODULE: ./build/js/src/targets/local/control-protocol.js
var control_protocol = __webpack_require__(88724);
// EXTERNAL MODULE: ./build/js/src/targets/local/transitions.js
var transitions = __webpack_require__(34190);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
;// CONCATENATED MODULE: ./build/js/src/core/exact-json.js
/**
 * JSON as endpoints really write it. Two things go beyond JSON.parse: whole numbers above 2^53 stay exact (as bigint),
 * and the bare words NaN, Infinity and -Infinity, which Python's json module writes, are read as texts of that name.
 */
/** Sixteen digits may be above 2^53, unless they stand behind a decimal point. */
const LONG_INTEGER = /(?<![.\d])\d{16,}(?![.\deE])/;
const TEXT_OR_WORD = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;
/** @throws SyntaxError with the parser's own words. */
function parseJson(text) {
    const parse = LONG_INTEGER.test(text) ? parseExact : parsePlain;
    try {
        return parse(text);
    }
    catch (error) {
        if (!/\b(NaN|Infinity)\b/.test(text))
            throw error;
        return parse(text.replace(TEXT_OR_WORD, (found) => (found.startsWith('"') ? found : `"${found}"`)));
    }
}
function parsePlain(text) {
    return JSON.parse(text);
}
function parseExact(text) {
    // The third argument is newer than TypeScript's own types. https://tc39.es/proposal-json-parse-with-source/
    const reviver = (_key, value, context) => {
        const unsafe = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
        return unsafe && /^-?\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? 0) : value;
    };
    return JSON.parse(text, reviver);
}
/** Newer than TypeScript's own types. https://tc39.es/proposal-json-parse-with-source/#sec-json.rawjson */
const { rawJSON } = JSON;
/** JSON in which a bigint is written with all its digits. */
function writeJson(value) {
    try {
        // Many times faster than with a replacer, and hardly any value holds a bigint.
        return JSON.stringify(value);
    }
    catch (error) {
        if (!(error instanceof TypeError))
            throw error;
        return JSON.stringify(value, (_key, item) => typeof item === 'bigint' ? rawJSON(String(item)) : item);
    }
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A short form of any value, for messages. */
function show(value, length = 60) {
    const text = typeof value === 'bigint' ? String(value) : showJson(value);
    return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
function showJson(value) {
    // NaN and the infinities have no JSON form of their own, and undefined has none at all.
    if (typeof value === 'number' || value === undefined)
        return String(value);
    return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item));
}

// EXTERNAL MODULE: ./build/js/src/core/inference/answer.js
var answer = __webpack_require__(46345);
// EXTERNAL MODULE: ./node_modules/csv-parse/lib/sync.js + 9 modules
var sync = __webpack_require__(25175);
// EXTERNAL MODULE: ./build/js/src/core/inference/signature.js
var inference_signature = __webpack_require__(70793);
;// CONCATENATED MODULE: ./build/js/src/core/inference/csv.js



const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/**
 * The rows of a CSV without a header. Cells that are numbers become numbers, but for columns that the signature (where
 * given) says are texts.
 * @throws UserError where the text is not CSV.
 */
function instancesOfCsv(text, signature) {
    const columns = signature ? (0,inference_signature/* columnsOf */.PL)(signature) : null;
    return rowsOf(text).map((row) => row.map((cell, column) => {
        if (columns?.[column]?.type === 'string' || !NUMBER.test(cell))
            return cell;
        // A long integer stays a text, since a number would round it.
        return /^-?\d{16,}$/.test(cell) ? cell : Number(cell);
    }));
}
function rowsOf(text) {
    try {
        return (0,sync/* parse */.qg)(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true });
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The body is not CSV: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}

// EXTERNAL MODULE: ./build/js/src/core/inference/instances.js
var inference_instances = __webpack_require__(59683);
// EXTERNAL MODULE: ./build/js/src/core/inference/scalars.js
var inference_scalars = __webpack_require__(57578);
;// CONCATENATED MODULE: ./build/js/src/core/inference/v2.js
/**
 * The V2 inference protocol (KServe, Triton, MLServer): named tensors with a shape and a datatype.
 * https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
 */



/** What the protocol calls the types of tensors. */
const DATATYPES = {
    bool: 'BOOL',
    uint8: 'UINT8',
    uint16: 'UINT16',
    uint32: 'UINT32',
    uint64: 'UINT64',
    int8: 'INT8',
    int16: 'INT16',
    int32: 'INT32',
    int64: 'INT64',
    float16: 'FP16',
    float32: 'FP32',
    float64: 'FP64',
    string: 'BYTES',
};
/** Whether a parsed body speaks this protocol. */
function isV2Request(body) {
    return isObject(body) && Array.isArray(body.inputs);
}
/** @throws UserError that names the tensor and what is wrong with it. */
function feedsOfV2(inputs, signature) {
    const feeds = inputs.map((input, index) => {
        const tensor = checkTensor(input, `inputs[${index}]`);
        return [tensor.name, feedOf(tensor, signature)];
    });
    return Object.fromEntries(feeds);
}
function checkTensor(value, where) {
    if (!isObject(value))
        throw new errors/* UserError */.yo(`${where} must be an object.`);
    const { name, shape, datatype, data } = value;
    if (typeof name !== 'string')
        throw new errors/* UserError */.yo(`${where} has no "name".`);
    const isSize = (size) => Number.isSafeInteger(size) && size >= 0;
    if (!Array.isArray(shape) || !shape.every(isSize)) {
        throw new errors/* UserError */.yo(`${where} ("${name}"): "shape" must be an array of sizes.`);
    }
    if (typeof datatype !== 'string')
        throw new errors/* UserError */.yo(`${where} ("${name}") has no "datatype".`);
    if (!Array.isArray(data))
        throw new errors/* UserError */.yo(`${where} ("${name}"): "data" must be an array.`);
    return { name, shape: shape, datatype, data };
}
function feedOf({ name, shape, datatype, data }, { inputs }) {
    const input = inputs.find((known) => known.name === name);
    if (!input) {
        const names = inputs.map((known) => known.name).join(', ') || 'none';
        throw new errors/* UserError */.yo(`"${name}" is no input of the model; it has ${names}.`);
    }
    if (datatype !== DATATYPES[input.type]) {
        throw new errors/* UserError */.yo(`"${name}" has the datatype ${datatype}; the model's ${(0,inference_signature/* formatTensor */.xF)('input', input)} takes ${DATATYPES[input.type]}.`);
    }
    const values = flat(data);
    const count = shape.reduce((product, size) => product * size, 1);
    if (values.length !== count) {
        throw new errors/* UserError */.yo(`"${name}" has ${values.length} values; its shape [${shape.join(', ')}] takes ${count}.`);
    }
    const scalars = values.map((value, index) => checkedScalar(value, index, input));
    return { type: input.type, dims: shape, data: (0,inference_scalars/* tensorData */.X)(input.type, scalars) };
}
function checkedScalar(value, index, input) {
    if (input.type.startsWith('float') && typeof value === 'string' && NOT_FINITE.test(value))
        return Number(value);
    const scalar = (0,inference_scalars/* scalarOf */.o)(value, input.type);
    if (!(scalar instanceof Error))
        return scalar;
    throw new errors/* UserError */.yo(`"${input.name}", value ${index} ${scalar.message}.`);
}
/** Words for what JSON has no numbers for, as protobuf's JSON form writes them. https://protobuf.dev/programming-guides/json/ */
const NOT_FINITE = /^(NaN|-?Infinity)$/;
function flat(data) {
    return data.some(Array.isArray) ? data.flat(Infinity) : data;
}
/** A tensor for a request or an answer. Whole numbers beyond 2^53 are bigint, for core/exact-json. */
function v2TensorOf(name, { type, dims, data }) {
    const values = Array.from(data, (value) => jsonScalar(value, type));
    return { name, shape: dims, datatype: DATATYPES[type], data: values };
}
function jsonScalar(value, type) {
    if (typeof value === 'bigint') {
        const number = Number(value);
        return Number.isSafeInteger(number) ? number : value;
    }
    if (type === 'bool')
        return value === 1;
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/js/src/core/inference/serve.js
/** One request to a model, from body to body. */






/**
 * Answers `{"instances": …}` and CSV with `{"predictions": …}`, and a request of the V2 inference protocol with
 * `{"outputs": …}`. @returns JSON. @throws UserError for a body that does not fit the model.
 */
async function answerRequest(session, body, type) {
    const { signature } = session;
    if (type === 'text/csv')
        return answerRows(session, instancesOfCsv(body, signature));
    const document = parseBody(body);
    if (isV2Request(document)) {
        const outputs = await session.run(feedsOfV2(document.inputs, signature));
        const tensors = Object.entries(outputs).map(([name, tensor]) => v2TensorOf(name, tensor));
        return writeJson({ model_name: 'model', outputs: tensors });
    }
    return answerRows(session, instancesOf(document));
}
async function answerRows(session, instances) {
    const { signature } = session;
    return writeJson((0,answer/* answerOf */.ut)(await session.run((0,inference_instances/* feedsOfInstances */.N)(instances, signature)), signature));
}
function parseBody(body) {
    try {
        return parseJson(body);
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The body is not JSON: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
function instancesOf(document) {
    const { instances } = (typeof document === 'object' && document !== null ? document : {});
    if (Array.isArray(instances))
        return instances;
    throw new errors/* UserError */.yo('The body must be a JSON object with "instances", a list of rows, or with "inputs".');
}

// EXTERNAL MODULE: ./build/js/src/targets/local/model-file.js
var model_file = __webpack_require__(75994);
;// CONCATENATED MODULE: ./build/js/src/targets/local/server/loaded-model.js




/** A model in memory. It is closed only when its last request is answered. */
class LoadedModel {
    version;
    #session;
    #running = 0;
    #retired = false;
    constructor(version, session) {
        this.version = version;
        this.#session = session;
    }
    /** The answer as JSON. @throws UserError for a body that does not fit the model. */
    async answer(body, type) {
        this.#running++;
        try {
            return await answerRequest(this.#session, body, type);
        }
        finally {
            this.#running--;
            await this.#closeWhenIdle();
        }
    }
    /** No further request will come. */
    async retire() {
        this.#retired = true;
        await this.#closeWhenIdle();
    }
    async #closeWhenIdle() {
        if (this.#retired && this.#running === 0)
            await this.#session.close();
    }
}
/** @throws UserError for files that cannot be served. */
async function loadModel(layout, version, openSession) {
    const file = await (0,model_file/* findModelFile */.V)(layout.versionDir(version));
    const label = `the model of version ${(0,canonical_json/* shortDigest */.VK)(version)}`;
    return new LoadedModel(version, await openSession(await (0,promises_.readFile)(file), { label, runtime: 'auto' }));
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/endpoint.js
/**
 * The endpoint inside its server: what is loaded, and the one place that changes what serves.
 *
 * The order of every change: load the model, write state.json, switch. So whatever fails, what served goes on serving,
 * and whenever the process dies, state.json names a version whose files are there.
 */






/** The change is refused; nothing was changed. `status` is the HTTP status that says so. */
class Refusal extends Error {
    name = 'Refusal';
    status;
    constructor(status, message, options = {}) {
        super(message, options);
        this.status = status;
    }
}
class Endpoint {
    #layout;
    #openSession;
    #candidates = new Map();
    #problems = new Map();
    #live = null;
    #state;
    #last = Promise.resolve();
    constructor(layout, state, openSession) {
        this.#layout = layout;
        this.#state = state;
        this.#openSession = openSession;
    }
    get state() {
        return this.#state;
    }
    get live() {
        return this.#live;
    }
    get problems() {
        return Object.fromEntries(this.#problems);
    }
    candidate(name) {
        return this.#candidates.get(name) ?? null;
    }
    /** Why a version that the state names is not loaded; null where it is, or where none is named. */
    problemOf(version) {
        return version === null ? null : (this.#problems.get(version) ?? null);
    }
    /** Loads what the state names. What cannot be loaded is kept as a problem: the rest still serves. */
    async load() {
        const { live, candidates } = this.#state;
        if (live !== null)
            this.#live = await this.#tryLoad(live);
        for (const { name, version } of candidates) {
            const model = await this.#tryLoad(version.version);
            if (model !== null)
                this.#candidates.set(name, model);
        }
    }
    async #tryLoad(version) {
        try {
            return await loadModel(this.#layout, version, this.#openSession);
        }
        catch (error) {
            this.#problems.set(version, (0,errors/* messageOf */.bD)(error));
            return null;
        }
    }
    /** One change after the other. @throws Refusal where somebody else changed the endpoint in the meantime. */
    exclusively(generation, change) {
        const next = this.#last.then(() => {
            if (generation === null || generation === this.#state.generation)
                return change();
            throw new Refusal(409, 'The endpoint was changed by somebody else in the meantime; run the command again.');
        });
        this.#last = next.catch(() => undefined);
        return next;
    }
    async deploy({ entry }) {
        const model = await this.#load(entry.version);
        await this.#commit(transitions/* activate */.Yf(this.#state, entry), model);
        await this.#switchLive(model);
    }
    async stage({ candidate }) {
        const model = await this.#load(candidate.version.version);
        await this.#commit(transitions/* stage */.dw(this.#state, candidate), model);
        await this.#candidates.get(candidate.name)?.retire();
        this.#candidates.set(candidate.name, model);
    }
    async promote({ candidate: name, planDigest }) {
        const candidate = this.#requireCandidate(name);
        if (candidate.version.planDigest !== planDigest) {
            throw new Refusal(409, `The candidate ${name} belongs to another plan.`);
        }
        const loaded = this.#candidates.get(name);
        const model = loaded ?? (await this.#load(candidate.version.version));
        await this.#commit(transitions/* promote */.pt(this.#state, candidate), loaded ? null : model);
        this.#candidates.delete(name);
        await this.#switchLive(model);
    }
    async discard({ candidate: name }) {
        await this.#commit(transitions/* discard */.vf(this.#state, name), null);
        const model = this.#candidates.get(name);
        this.#candidates.delete(name);
        await model?.retire();
    }
    async rollBack({ version, run }) {
        if (transitions/* findVersion */.Am(this.#state, version) === null) {
            throw new Refusal(404, `The endpoint has no version ${version}.`);
        }
        const model = await this.#load(version);
        await this.#commit(transitions/* rollBack */.Fu(this.#state, version, run), model);
        await this.#switchLive(model);
    }
    async mark({ version, ...facts }) {
        const known = [...this.#state.versions, ...this.#state.candidates.map((c) => c.version)];
        if (!known.some((entry) => entry.version === version)) {
            throw new Refusal(404, `The endpoint has no version ${version}.`);
        }
        await this.#commit(transitions/* mark */.Gy(this.#state, version, facts), null);
    }
    /** Forgets old versions, and removes every folder that no version needs. */
    async prune({ keep }) {
        const pruned = transitions/* prune */.R3(this.#state, keep);
        if (pruned.versions.length < this.#state.versions.length)
            await this.#commit(pruned, null);
        const needed = transitions/* neededVersions */.fn(this.#state);
        const folders = await (0,promises_.readdir)(this.#layout.versionsDir).catch(() => []);
        for (const folder of folders.filter((name) => !needed.has(name))) {
            await (0,promises_.rm)((0,external_node_path_.join)(this.#layout.versionsDir, folder), { recursive: true, force: true });
        }
    }
    async save() {
        await (0,local_state/* writeState */.Jq)(this.#layout, this.#state);
    }
    /** The server's address is new: it is written, and is no change. */
    async moveTo(port, pid) {
        const state = { ...this.#state, port, pid };
        await (0,local_state/* writeState */.Jq)(this.#layout, state);
        this.#state = state;
    }
    async close() {
        await this.#live?.retire();
        for (const model of this.#candidates.values())
            await model.retire();
    }
    #requireCandidate(name) {
        const candidate = transitions/* findCandidate */.$6(this.#state, name);
        if (candidate === null)
            throw new Refusal(404, `The endpoint has no candidate ${name}.`);
        return candidate;
    }
    async #load(version) {
        if (!(0,local_state/* isVersionName */.Cq)(version))
            throw new Refusal(422, 'A version is 64 hexadecimal digits.');
        try {
            const model = await loadModel(this.#layout, version, this.#openSession);
            this.#problems.delete(version);
            return model;
        }
        catch (error) {
            throw new Refusal(422, (0,errors/* messageOf */.bD)(error), { cause: error });
        }
    }
    /** Writes the state; `loaded` is let go where that fails. */
    async #commit(state, loaded) {
        const next = { ...state, generation: this.#state.generation + 1 };
        try {
            await (0,local_state/* writeState */.Jq)(this.#layout, next);
        }
        catch (error) {
            await loaded?.retire();
            throw error;
        }
        this.#state = next;
    }
    async #switchLive(model) {
        const before = this.#live;
        this.#live = model;
        await before?.retire();
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/control.js
/** /control/: how the client changes what serves. Whoever does not know the token finds nothing here. */





function controlRoutes(options) {
    const { endpoint, token } = options;
    const routes = new hono_dist/* Hono */.$();
    routes.use(async (c, next) => {
        if (!sameToken(c.req.header(control_protocol/* TOKEN_HEADER */.wE) ?? '', token))
            return c.notFound();
        return next();
    });
    routes.get('/status', (c) => c.json(statusOf(endpoint, token)));
    for (const [name, run] of Object.entries(commands(options))) {
        routes.post(`/${name}`, (c) => execute(c, options, name, run));
    }
    return routes;
}
function commands({ endpoint, stop }) {
    return {
        deploy: (body) => endpoint.deploy(body),
        stage: (body) => endpoint.stage(body),
        promote: (body) => endpoint.promote(body),
        discard: (body) => endpoint.discard(body),
        rollback: (body) => endpoint.rollBack(body),
        mark: (body) => endpoint.mark(body),
        prune: (body) => endpoint.prune(body),
        save: () => endpoint.save(),
        stop: () => {
            stop();
            return Promise.resolve();
        },
    };
}
async function execute(c, options, name, run) {
    const { endpoint, token, log } = options;
    const body = await c.req.json();
    const before = endpoint.state.live;
    try {
        await endpoint.exclusively(body.generation ?? null, () => run(body));
    }
    catch (error) {
        log(`${name} was refused: ${(0,errors/* messageOf */.bD)(error)}`);
        if (error instanceof Refusal)
            return c.json({ error: error.message }, error.status);
        throw error;
    }
    const { live, generation } = endpoint.state;
    log(`${name}: done; ${live === before ? `live is ${live}` : `live was ${before}, is ${live}`} (change ${generation})`);
    return c.json(statusOf(endpoint, token));
}
function statusOf(endpoint, token) {
    const { state, live, problems } = endpoint;
    return {
        endpoint: state.endpoint,
        pid: state.pid,
        port: state.port,
        tokenHash: (0,control_protocol/* tokenHashOf */.D8)(token),
        state,
        serving: live?.version ?? null,
        problems,
    };
}
function sameToken(given, token) {
    // Digests have one length, which timingSafeEqual needs, and hide where a guess goes wrong.
    return (0,external_node_crypto_.timingSafeEqual)(Buffer.from((0,control_protocol/* tokenHashOf */.D8)(given)), Buffer.from((0,control_protocol/* tokenHashOf */.D8)(token)));
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/app.js
/** The HTTP face of a local endpoint: SageMaker's container contract, candidates by name, and the control routes. */





function createApp(options) {
    const { endpoint, log } = options;
    const app = new hono_dist/* Hono */.$();
    const limit = (0,body_limit/* bodyLimit */.k)({
        maxSize: control_protocol/* BODY_LIMIT */.Th,
        onError: (c) => refuse(c, 413, `The body is larger than ${control_protocol/* BODY_LIMIT */.Th} bytes.`),
    });
    app.get('/ping', (c) => ping(c, endpoint.live, notLive(endpoint)));
    app.post('/invocations', limit, (c) => invoke(c, endpoint.live, notLive(endpoint), log));
    app.get('/candidates/:name/ping', (c) => candidateRoute(c, endpoint, (model, why) => ping(c, model, why)));
    app.post('/candidates/:name/invocations', limit, (c) => candidateRoute(c, endpoint, (model, why) => invoke(c, model, why, log)));
    app.route('/control', controlRoutes(options));
    app.notFound((c) => refuse(c, 404, `There is no ${c.req.method} ${new URL(c.req.url).pathname} here.`));
    app.onError((error, c) => {
        log(`${c.req.method} ${c.req.path} failed: ${error.stack ?? (0,errors/* messageOf */.bD)(error)}`);
        return refuse(c, 500, (0,errors/* messageOf */.bD)(error));
    });
    return app;
}
function refuse(c, status, error) {
    return c.json({ error }, status);
}
function notLive(endpoint) {
    const { live } = endpoint.state;
    if (live === null)
        return 'No version is live yet.';
    return `The live version ${live} could not be loaded: ${endpoint.problemOf(live) ?? 'no reason is known'}`;
}
function candidateRoute(c, endpoint, respond) {
    const name = c.req.param('name') ?? '';
    const known = endpoint.state.candidates.find((candidate) => candidate.name === name);
    if (known === undefined)
        return refuse(c, 404, `The endpoint has no candidate "${name}".`);
    const problem = endpoint.problemOf(known.version.version);
    return respond(endpoint.candidate(name), `The candidate could not be loaded: ${problem ?? 'no reason is known'}`);
}
function ping(c, model, why) {
    if (model === null)
        return refuse(c, 503, why);
    c.header(control_protocol/* VERSION_HEADER */.XP, model.version);
    return c.json({ version: model.version });
}
async function invoke(c, model, why, log) {
    if (model === null)
        return refuse(c, 503, why);
    c.header(control_protocol/* VERSION_HEADER */.XP, model.version);
    const type = mediaType(c.req.header('content-type'));
    if (type === null) {
        const given = c.req.header('content-type') ?? 'none';
        return refuse(c, 415, `The content type ${given} is not supported; send application/json or text/csv.`);
    }
    try {
        const answer = await model.answer(await c.req.text(), type);
        return c.body(answer, 200, { 'content-type': 'application/json' });
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            return refuse(c, 400, error.message);
        log(`version ${model.version} failed: ${error instanceof Error ? error.stack : String(error)}`);
        return refuse(c, 500, `The model failed: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
function mediaType(header) {
    const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase();
    return type === 'application/json' || type === 'text/csv' ? type : null;
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/start.js
/** Starts the server of one local endpoint. */










const LOOPBACK = '127.0.0.1';
/** How long requests that are under way may take to end when the server stops. */
const DRAIN_MS = 2000;
/** @throws UserError where another process serves this endpoint, where its state is damaged, or the port is taken. */
async function startServer(options) {
    const { layout, processes } = options;
    await (0,promises_.mkdir)(layout.folder, { recursive: true });
    const lock = await (0,process_lock/* tryLock */.bh)(layout.serverFile, 'serving the endpoint', processes);
    if (!(0,process_lock/* isHeld */.i7)(lock))
        throw new errors/* UserError */.yo(`The process ${lock.pid} serves ${layout.endpoint} already.`);
    try {
        return await startLocked(options, lock);
    }
    catch (error) {
        await lock.release();
        throw error;
    }
}
async function startLocked(options, lock) {
    const { layout, openSession, log } = options;
    const state = (await (0,local_state/* readState */.un)(layout)) ?? (0,local_state/* emptyState */.p$)(layout.endpoint);
    const endpoint = new Endpoint(layout, state, openSession);
    await endpoint.load();
    for (const [version, why] of Object.entries(endpoint.problems))
        log(`version ${version} does not load: ${why}`);
    const token = (0,external_node_crypto_.randomBytes)(32).toString('hex');
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    const requested = (0,external_node_events_.once)(stopping.signal, 'abort');
    const app = createApp({ endpoint, token, log, stop });
    const server = (0,dist/* createAdaptorServer */.b$)({ fetch: app.fetch });
    const port = await listen(server, options.port);
    await endpoint.moveTo(port, lock.holder.pid);
    const address = { port, token };
    await (0,atomically_dist/* writeFile */._h)(layout.serverFile, JSON.stringify({ ...lock.holder, ...address }), { mode: 0o600 });
    log(`serving ${layout.endpoint} on http://${LOOPBACK}:${port}, live ${state.live}, process ${lock.holder.pid}`);
    const stopped = requested.then(async () => {
        await start_close(server);
        await endpoint.close();
        await lock.release();
        log('stopped');
    });
    return {
        port,
        stopped,
        stop: () => {
            stop();
            return stopped;
        },
    };
}
function listen(server, port) {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, LOOPBACK, () => {
            server.off('error', reject);
            resolve(server.address().port);
        });
    });
}
/** Takes no new connections, lets what is under way end, and then ends what does not. */
async function start_close(server) {
    const closed = new Promise((resolve) => server.close(() => resolve()));
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // After the answer to the request that asked for the stop has gone out.
    setImmediate(() => server.closeIdleConnections());
    await closed;
    clearTimeout(timer);
}

;// CONCATENATED MODULE: ./build/js/src/local-server.js
/** The process that serves one local endpoint: `local-server <state folder> [--port N] [--tool-cache FOLDER]`. */







/** Serves until it is told to stop, by its client or by a signal. Exits with 1 where it cannot. */
async function serve(args = process.argv.slice(2)) {
    const { positionals, values } = (0,external_node_util_.parseArgs)({
        args: [...args],
        allowPositionals: true,
        options: { port: { type: 'string', default: '0' }, 'tool-cache': { type: 'string' } },
    });
    const folder = (0,external_node_path_.resolve)(positionals[0] ?? '.');
    const layout = (0,local_layout/* layoutOfFolder */.Is)(folder, (0,external_node_path_.basename)(folder));
    const log = createBoundedLog(layout.logFile, () => new Date());
    try {
        const server = await startServer({
            layout,
            port: Number(values.port),
            openSession: sessionOpener(log, values['tool-cache']),
            processes: process_table.systemProcesses,
            log,
        });
        for (const signal of ['SIGTERM', 'SIGINT'])
            process.once(signal, () => void server.stop());
        await server.stopped;
        process.exit(0);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            log(error instanceof Error ? (error.stack ?? '') : String(error));
        // The last line of the log is what the client says.
        log(`cannot serve: ${(0,errors/* messageOf */.bD)(error)}`);
        process.exit(1);
    }
}
/** The runtime is loaded with the first model: an endpoint without one starts at once. */
function sessionOpener(log, toolCacheDir) {
    return async (model, options) => {
        const { createSessionOpener } = await Promise.all(/* import() */[__webpack_require__.e(799), __webpack_require__.e(185)]).then(__webpack_require__.bind(__webpack_require__, 2185));
        const open = createSessionOpener({
            moduleRoots: [import.meta.dirname],
            toolCacheDir,
            // Only `runtime: native` starts a program, and the server never asks for that.
            exec: () => Promise.reject(new Error('The server of a local endpoint starts no programs.')),
            log: { info: log, debug: () => undefined },
        });
        return open(model, options);
    };
}


/***/ }),

/***/ 88724:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D8: () => (/* binding */ tokenHashOf),
/* harmony export */   Th: () => (/* binding */ BODY_LIMIT),
/* harmony export */   XP: () => (/* binding */ VERSION_HEADER),
/* harmony export */   wE: () => (/* binding */ TOKEN_HEADER)
/* harmony export */ });
/* harmony import */ var _core_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/** What client and server of a local endpoint say to each other under /control/. Only these two files' users know it. */

/** The largest request, as on SageMaker. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const BODY_LIMIT = 6_291_456;
const TOKEN_HEADER = 'x-ml-deploy-token';
const VERSION_HEADER = 'x-ml-deploy-version';
function tokenHashOf(token) {
    return (0,_core_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(token);
}


/***/ }),

/***/ 95426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Is: () => (/* binding */ layoutOfFolder),
/* harmony export */   aH: () => (/* binding */ layoutOf),
/* harmony export */   yA: () => (/* binding */ UNFINISHED)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/** Where a local endpoint keeps what it knows. */

function layoutOf(root, endpoint) {
    return layoutOfFolder((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(root, endpoint), endpoint);
}
function layoutOfFolder(folder, endpoint) {
    const versionsDir = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'versions');
    return {
        endpoint,
        folder,
        stateFile: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'state.json'),
        serverFile: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'server.json'),
        lockFile: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'lock'),
        logFile: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'server.log'),
        versionsDir,
        versionDir: (version) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(versionsDir, version),
    };
}
/** Folders that begin with this are leftovers of something that was cut short. */
const UNFINISHED = '.unfinished-';


/***/ }),

/***/ 75994:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ findModelFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);



const PREFERRED = 'model.onnx';
/**
 * The ONNX model of an unpacked archive: the only one, or else the one called model.onnx that lies highest.
 * @throws UserError where there is none, or where the choice is not clear.
 */
async function findModelFile(folder) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { recursive: true, withFileTypes: true });
    const files = entries
        .filter((entry) => entry.isFile() && entry.name.endsWith('.onnx'))
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(entry.parentPath, entry.name)).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'))
        .sort();
    const [only, ...others] = files;
    if (only === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('The archive has no .onnx file, and the local target serves ONNX models only (running a serving image ' +
            'comes later). Package an ONNX export of the model, or deploy to another target.');
    }
    if (others.length === 0)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, only);
    const preferred = files.filter((file) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(file) === PREFERRED);
    const chosen = preferred.includes(PREFERRED)
        ? PREFERRED
        : preferred.length === 1
            ? preferred[0]
            : undefined;
    if (chosen !== undefined)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, chosen);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The archive has ${files.length} .onnx files (${files.join(', ')}), and it is not clear which to serve. ` +
        `Call that one ${PREFERRED}, or leave the others out.`);
}


/***/ }),

/***/ 74175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F1: () => (/* binding */ readHolder),
/* harmony export */   bh: () => (/* binding */ tryLock),
/* harmony export */   i7: () => (/* binding */ isHeld)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/**
 * A lock file that a living process holds.
 *
 * Why not a lock that goes stale with time: a command that was killed and is run again would have to wait, and a
 * process that was merely paused would lose its lock without noticing. Here a lock is free at once when its holder is
 * dead, and never before. It is made by link(2), which is atomic, so its content is there from the first moment on.
 */


/** Takes the lock, or says who holds it. The folder must exist. */
async function tryLock(file, purpose, processes) {
    const holder = { ...processes.self(), id: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex'), purpose };
    const own = `${file}.new-${holder.id}`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(own, JSON.stringify(holder), { mode: 0o600 });
    try {
        for (;;) {
            const lock = { holder, release: () => release(file, holder) };
            if (await linked(own, file))
                return lock;
            const other = await readHolder(file);
            if (other === null)
                continue;
            if (processes.alive(other))
                return other;
            const rival = await takeOver(file, other, own, processes);
            if (rival === null)
                return lock;
            if (rival !== 'again')
                return rival;
        }
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(own, { force: true });
    }
}
/**
 * Replaces a dead holder's file by our own. Only who holds the lock of that one takeover may do so, and it looks again
 * under it; so of many that find the same dead holder, one gets the lock.
 * @returns null where the lock is ours now, who is just taking it over, or that it is worth another look.
 */
async function takeOver(file, dead, own, processes) {
    const claim = await tryLock(`${file}.after-${dead.id || 'damaged'}`, 'taking over a lock', processes);
    if (!isHeld(claim))
        return claim;
    try {
        const current = await readHolder(file);
        if (current?.id !== dead.id)
            return 'again';
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(own, file);
        return null;
    }
    finally {
        await claim.release();
    }
}
function isHeld(result) {
    return 'release' in result;
}
async function linked(own, file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.link)(own, file);
        return true;
    }
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
}
/** Who holds the lock; null where nobody does. What cannot be read was not made by us and counts as dead. */
async function readHolder(file) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return null;
        throw error;
    }
    try {
        const holder = JSON.parse(text);
        if (typeof holder.pid === 'number' && typeof holder.id === 'string')
            return holder;
    }
    catch {
        // Falls through: damaged.
    }
    return { pid: 0x7fffffff, start: null, id: '', purpose: 'an unreadable lock' };
}
async function release(file, holder) {
    const current = await readHolder(file);
    if (current?.id === holder.id)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
}


/***/ }),

/***/ 60498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   systemProcesses: () => (/* binding */ systemProcesses)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/** Which processes live, on this machine. */

const systemProcesses = {
    self: () => ({ pid: process.pid, start: linuxStat(process.pid)?.start ?? null }),
    alive,
    kill: (identity) => {
        if (alive(identity))
            signal(identity.pid, 'SIGKILL');
    },
};
function alive({ pid, start }) {
    if (!signal(pid, 0))
        return false;
    const stat = linuxStat(pid);
    if (stat === null)
        return true;
    if (start !== null && start !== stat.start)
        return false;
    // A zombie answers signals until its parent collects it; in a container nobody may ever do. While other threads of
    // it end, it still holds its files and ports.
    return !['Z', 'X'].includes(stat.state) || stat.threads > 1;
}
/** False where there is no such process. */
function signal(pid, name) {
    try {
        process.kill(pid, name);
        return true;
    }
    catch (error) {
        // EPERM: it lives, and belongs to somebody else.
        return error.code === 'EPERM';
    }
}
/** Fields 3, 20 and 22 of /proc/<pid>/stat, see proc_pid_stat(5); null elsewhere than on Linux. */
function linuxStat(pid) {
    try {
        const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/stat`, 'utf8');
        // The second field is the program's name in parentheses and may hold anything.
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return { state: fields[0] ?? '', threads: Number(fields[17]), start: fields[19] ?? '' };
    }
    catch {
        return null;
    }
}


/***/ }),

/***/ 95419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cq: () => (/* binding */ isVersionName),
/* harmony export */   Jq: () => (/* binding */ writeState),
/* harmony export */   p$: () => (/* binding */ emptyState),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* unused harmony export STATE_SCHEMA */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var atomically__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55847);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);
/** The state of a local endpoint: what state.json holds. */



const STATE_SCHEMA = 'ml-deploy/local-endpoint/v1';
function emptyState(endpoint) {
    return {
        schema: STATE_SCHEMA,
        endpoint,
        port: 0,
        pid: 0,
        generation: 0,
        live: null,
        versions: [],
        candidates: [],
        rollback: null,
    };
}
/** @returns null where there is none. @throws UserError where it is damaged. */
async function readState(layout) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(layout.stateFile, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return null;
        throw error;
    }
    return parseState(text, layout);
}
function parseState(text, { stateFile, endpoint, folder }) {
    const damaged = (why, cause) => new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The state of the local endpoint ${endpoint} cannot be used: ${stateFile} ${why}. Nothing was changed. ` +
        `Put back a good copy of that file, or move the folder ${folder} away and deploy again.`, { cause });
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw damaged(`is not JSON (${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)})`, error);
    }
    const problem = stateProblem(value, endpoint);
    if (problem !== null)
        throw damaged(problem);
    return value;
}
function stateProblem(value, endpoint) {
    if (typeof value !== 'object' || value === null)
        return 'is not a JSON object';
    const state = value;
    if (state.schema !== STATE_SCHEMA)
        return `has the schema ${String(state.schema)}, not ${STATE_SCHEMA}`;
    if (state.endpoint !== endpoint)
        return `belongs to the endpoint ${String(state.endpoint)}`;
    const { versions, candidates } = state;
    if (!Array.isArray(versions) || !versions.every(isVersion))
        return 'has no list of versions';
    if (!Array.isArray(candidates) || !candidates.every(isCandidate)) {
        return 'has no list of candidates';
    }
    if (!Number.isInteger(state.generation) || !Number.isInteger(state.port))
        return 'lacks its counters';
    const known = versions.some((entry) => entry.version === state.live);
    return state.live === null || known
        ? null
        : `says that ${String(state.live)} is live, but does not list it`;
}
/** Versions name folders, so that nothing but a digest is let through. */
function isVersion(value) {
    return typeof value === 'object' && value !== null && isVersionName(value.version);
}
function isCandidate(value) {
    return typeof value === 'object' && value !== null && isVersion(value.version);
}
function isVersionName(version) {
    return typeof version === 'string' && /^[0-9a-f]{64}$/.test(version);
}
/** Whole or not at all, and readable by its owner only. */
async function writeState(layout, state) {
    await (0,atomically__WEBPACK_IMPORTED_MODULE_1__/* .writeFile */ ._h)(layout.stateFile, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}


/***/ }),

/***/ 34190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ findCandidate),
/* harmony export */   Am: () => (/* binding */ findVersion),
/* harmony export */   Fu: () => (/* binding */ rollBack),
/* harmony export */   Gy: () => (/* binding */ mark),
/* harmony export */   R3: () => (/* binding */ prune),
/* harmony export */   Yf: () => (/* binding */ activate),
/* harmony export */   dw: () => (/* binding */ stage),
/* harmony export */   fn: () => (/* binding */ neededVersions),
/* harmony export */   pt: () => (/* binding */ promote),
/* harmony export */   te: () => (/* binding */ previousOf),
/* harmony export */   vf: () => (/* binding */ discard)
/* harmony export */ });
/** Makes a version live and the newest. What was known of it (served, verified) stays true: it is the same content. */
function activate(state, entry) {
    const known = findVersion(state, entry.version);
    const others = state.versions.filter(({ version }) => version !== entry.version);
    const merged = {
        ...entry,
        served: entry.served || (known?.served ?? false),
        verified: entry.verified || (known?.verified ?? false),
        withdrawn: false,
    };
    return { ...state, live: entry.version, versions: [merged, ...others], rollback: null };
}
function stage(state, candidate) {
    const others = state.candidates.filter(({ name }) => name !== candidate.name);
    return { ...state, candidates: [...others, candidate] };
}
function promote(state, candidate) {
    return discard(activate(state, candidate.version), candidate.name);
}
function discard(state, candidate) {
    return { ...state, candidates: state.candidates.filter(({ name }) => name !== candidate) };
}
/** Goes back to a known version; the one that served is withdrawn, and its proof is worth nothing any more. */
function rollBack(state, version, run) {
    const { live } = state;
    if (live === null || live === version)
        return { ...state, live: version };
    const versions = state.versions.map((entry) => {
        if (entry.version === live)
            return { ...entry, withdrawn: true, verified: false };
        return entry.version === version ? { ...entry, withdrawn: false } : entry;
    });
    return { ...state, live: version, versions, rollback: { from: live, to: version, run } };
}
/** Notes what was found out about a version, live, old or waiting. */
function mark(state, version, facts) {
    const note = (entry) => (entry.version === version ? { ...entry, ...facts } : entry);
    return {
        ...state,
        versions: state.versions.map(note),
        candidates: state.candidates.map((candidate) => ({ ...candidate, version: note(candidate.version) })),
    };
}
/** Keeps `keep` old versions, and in any case the live one and the one that a rollback goes to. */
function prune(state, keep) {
    const previous = previousOf(state)?.version;
    const old = state.versions.filter(({ version }) => version !== state.live).slice(0, keep);
    const kept = new Set([state.live, previous, ...old.map(({ version }) => version)]);
    return { ...state, versions: state.versions.filter(({ version }) => kept.has(version)) };
}
/** The newest verified version before the live one; where none was ever verified, the newest that served. */
function previousOf(state) {
    const at = state.versions.findIndex(({ version }) => version === state.live);
    const before = at < 0 ? [] : state.versions.slice(at + 1).filter((entry) => !entry.withdrawn);
    return before.find((entry) => entry.verified) ?? before.find((entry) => entry.served) ?? null;
}
function findVersion(state, version) {
    return state.versions.find((entry) => entry.version === version) ?? null;
}
function findCandidate(state, name) {
    return state.candidates.find((candidate) => candidate.name === name) ?? null;
}
/** Every version whose files are needed. */
function neededVersions(state) {
    return new Set([...state.versions, ...state.candidates.map(({ version }) => version)].map((e) => e.version));
}


/***/ })

};
