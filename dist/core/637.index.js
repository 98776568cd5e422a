export const id = 637;
export const ids = [637];
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

/***/ 28231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GF: () => (/* binding */ writeJson),
/* harmony export */   WU: () => (/* binding */ show),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
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
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28231);
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
    return { type: input.type, dims: [rows.length, ...dims], data: (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .tensorData */ .oP)(input.type, scalars) };
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
        const scalar = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .scalarOf */ .ol)(value, input.type);
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
    const text = (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_3__/* .writeJson */ .GF)(value);
    return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}


/***/ }),

/***/ 57578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FH: () => (/* binding */ NUMBER_ARRAYS),
/* harmony export */   oP: () => (/* binding */ tensorData),
/* harmony export */   ol: () => (/* binding */ scalarOf)
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
/** The array that holds a tensor's values, by type; 64-bit integers and strings have others. */
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

/***/ 99067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qu: () => (/* binding */ isV2Request),
/* harmony export */   lC: () => (/* binding */ v2TensorOf),
/* harmony export */   td: () => (/* binding */ feedsOfV2)
/* harmony export */ });
/* unused harmony export DATATYPES */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57578);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70793);
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} must be an object.`);
    const { name, shape, datatype, data } = value;
    if (typeof name !== 'string')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} has no "name".`);
    const isSize = (size) => Number.isSafeInteger(size) && size >= 0;
    if (!Array.isArray(shape) || !shape.every(isSize)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} ("${name}"): "shape" must be an array of sizes.`);
    }
    if (typeof datatype !== 'string')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} ("${name}") has no "datatype".`);
    if (!Array.isArray(data))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} ("${name}"): "data" must be an array.`);
    return { name, shape: shape, datatype, data };
}
function feedOf({ name, shape, datatype, data }, { inputs }) {
    const input = inputs.find((known) => known.name === name);
    if (!input) {
        const names = inputs.map((known) => known.name).join(', ') || 'none';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"${name}" is no input of the model; it has ${names}.`);
    }
    if (datatype !== DATATYPES[input.type]) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"${name}" has the datatype ${datatype}; the model's ${(0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTensor */ .xF)('input', input)} takes ${DATATYPES[input.type]}.`);
    }
    const values = flat(data);
    const count = shape.reduce((product, size) => product * size, 1);
    if (values.length !== count) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"${name}" has ${values.length} values; its shape [${shape.join(', ')}] takes ${count}.`);
    }
    const scalars = values.map((value, index) => checkedScalar(value, index, input));
    return { type: input.type, dims: shape, data: (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .tensorData */ .oP)(input.type, scalars) };
}
function checkedScalar(value, index, input) {
    if (input.type.startsWith('float') && typeof value === 'string' && NOT_FINITE.test(value))
        return Number(value);
    const scalar = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .scalarOf */ .ol)(value, input.type);
    if (!(scalar instanceof Error))
        return scalar;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"${input.name}", value ${index} ${scalar.message}.`);
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


/***/ }),

/***/ 83490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ poll)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/**
 * Asks until it is done or the time is over; the last state is given either way.
 * @throws CancelledError where the signal is aborted; whatever `check` throws.
 */
async function poll(options) {
    const { clock, signal, key = String, random = Math.random } = options;
    const deadline = clock.monotonic() + options.timeoutMs;
    let lastKey = null;
    for (;;) {
        if (signal.aborted)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc();
        const state = await options.check();
        if (key(state) !== lastKey)
            options.onChange?.(state);
        lastKey = key(state);
        if (options.done(state))
            return { state, timedOut: false };
        const left = deadline - clock.monotonic();
        if (left <= 0)
            return { state, timedOut: true };
        const interval = typeof options.intervalMs === 'number' ? options.intervalMs : options.intervalMs(state);
        await clock.sleep(Math.min(left, interval * (1 + random() / 10)), signal);
    }
}


/***/ })

};
