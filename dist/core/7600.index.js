export const id = 7600;
export const ids = [7600];
export const modules = {

/***/ 7600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readTestData: () => (/* binding */ readTestData)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/inference/v2.js
var v2 = __webpack_require__(99067);
// EXTERNAL MODULE: ./node_modules/@bufbuild/protobuf/dist/esm/wire/binary-encoding.js + 3 modules
var binary_encoding = __webpack_require__(82180);
// EXTERNAL MODULE: ./build/js/src/core/inference/scalars.js
var scalars = __webpack_require__(57578);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/test-data/tensor-proto.js
/** ONNX's TensorProto, as test data is stored in. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */



/** TensorProto.DataType. https://onnx.ai/onnx/api/mapping.html */
const TYPES = {
    1: 'float32',
    2: 'uint8',
    3: 'int8',
    4: 'uint16',
    5: 'int16',
    6: 'int32',
    7: 'int64',
    8: 'string',
    9: 'bool',
    10: 'float16',
    11: 'float64',
    12: 'uint32',
    13: 'uint64',
};
const TENSOR = {
    dims: 1,
    dataType: 2,
    floatData: 4,
    int32Data: 5,
    stringData: 6,
    int64Data: 7,
    name: 8,
    rawData: 9,
    doubleData: 10,
    uint64Data: 11,
    dataLocation: 14,
};
/** @throws UserError for a file that is no tensor, or of a type that cannot be used. */
function readTensorProto(bytes, label) {
    const found = readFields(bytes, label);
    const type = TYPES[found.dataType];
    if (type === undefined) {
        throw new errors/* UserError */.yo(`${label} is no tensor of a type that can be used (TensorProto type ${found.dataType}).`);
    }
    if (found.isExternal)
        throw new errors/* UserError */.yo(`${label} keeps its values in another file, which is not supported.`);
    const data = found.raw === null ? dataOfValues(type, found.values) : dataOfRaw(type, found.raw);
    const count = found.dims.reduce((product, size) => product * size, 1);
    if (data.length !== count) {
        throw new errors/* UserError */.yo(`${label} has ${data.length} values; its shape [${found.dims.join(', ')}] takes ${count}.`);
    }
    return { name: found.name, tensor: { type, dims: found.dims, data } };
}
function readFields(bytes, label) {
    const raw = { name: '', dataType: 0, isExternal: false, raw: null, dims: [], values: [] };
    const reader = new binary_encoding/* BinaryReader */.V5(bytes);
    try {
        while (reader.pos < reader.len) {
            const [field, wire] = reader.tag();
            readField(reader, field, wire, raw);
        }
    }
    catch (error) {
        throw new errors/* UserError */.yo(`${label} is no tensor (TensorProto).`, { cause: error });
    }
    return raw;
}
function readField(reader, field, wire, into) {
    const all = (read) => repeated(reader, wire, read);
    switch (field) {
        case TENSOR.dims:
            all(() => into.dims.push(Number(reader.int64())));
            return;
        case TENSOR.dataType:
            into.dataType = reader.int32();
            return;
        case TENSOR.floatData:
            all(() => into.values.push(reader.float()));
            return;
        case TENSOR.int32Data:
            all(() => into.values.push(reader.int32()));
            return;
        case TENSOR.stringData:
            into.values.push(new TextDecoder().decode(reader.bytes()));
            return;
        case TENSOR.int64Data:
            all(() => into.values.push(BigInt(reader.int64())));
            return;
        case TENSOR.uint64Data:
            all(() => into.values.push(BigInt(reader.uint64())));
            return;
        case TENSOR.doubleData:
            all(() => into.values.push(reader.double()));
            return;
        case TENSOR.name:
            into.name = reader.string();
            return;
        case TENSOR.rawData:
            into.raw = reader.bytes();
            return;
        case TENSOR.dataLocation:
            into.isExternal = reader.int32() === 1;
            return;
        default:
            reader.skip(wire, field);
    }
}
/** Packed into one field, or not. */
function repeated(reader, wire, read) {
    if (wire !== binary_encoding/* WireType */.O0.LengthDelimited) {
        read();
        return;
    }
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end)
        read();
}
function dataOfValues(type, values) {
    if (type === 'string')
        return values.map(String);
    if (type === 'int64')
        return BigInt64Array.from(values, BigInt);
    if (type === 'uint64')
        return BigUint64Array.from(values, BigInt);
    // Halves stand in int32_data as their bits.
    if (type === 'float16')
        return Float32Array.from(values, (bits) => halfOf(Number(bits)));
    return scalars/* NUMBER_ARRAYS */.FH[type].from(values.map(Number));
}
/** Little-endian, whatever the machine. */
function dataOfRaw(type, raw) {
    if (type === 'string')
        return [];
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const { bytes, read } = ELEMENTS[type];
    const values = Array.from({ length: Math.floor(raw.byteLength / bytes) }, (_, at) => read(view, at * bytes));
    if (type === 'int64')
        return BigInt64Array.from(values);
    if (type === 'uint64')
        return BigUint64Array.from(values);
    return scalars/* NUMBER_ARRAYS */.FH[type].from(values);
}
const ELEMENTS = {
    float16: { bytes: 2, read: (view, at) => halfOf(view.getUint16(at, true)) },
    float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
    float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
    int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
    int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
    int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
    int64: { bytes: 8, read: (view, at) => view.getBigInt64(at, true) },
    uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
    uint16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
    uint32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
    uint64: { bytes: 8, read: (view, at) => view.getBigUint64(at, true) },
    bool: { bytes: 1, read: (view, at) => view.getUint8(at) },
};
/** IEEE 754 binary16. https://en.wikipedia.org/wiki/Half-precision_floating-point_format */
function halfOf(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >>> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f)
        return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0)
        return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/test-data/test-data.js
/**
 * ONNX's own layout of test data: a folder with test_data_set_0, test_data_set_1, …, each with input_0.pb, input_1.pb, …
 * and output_0.pb, …: one tensor a file. https://github.com/onnx/onnx/blob/main/docs/OnnxBackendTest.md
 */





const SET = /^test_data_set_\d+$/;
const FILE = /^(input|output)_(\d+)\.pb$/;
/** One case for each set: its whole inputs, and its outputs where there are files of them. @throws UserError */
async function readTestData(folder, label) {
    const sets = await setsOf(folder);
    if (sets.length === 0) {
        throw new errors/* UserError */.yo(`"${label}" is a folder without test data: it has neither test_data_set_0 nor input_0.pb. ` +
            'Give such a folder, or a file of cases.');
    }
    const inputs = [];
    const outputs = [];
    for (const set of sets) {
        inputs.push((await tensorsOf(set, 'input')).map(v2Of));
        outputs.push(await tensorsOf(set, 'output'));
    }
    const recorded = outputs.every((tensors) => tensors.length > 0);
    return {
        source: `${label} (${sets.length} ${sets.length === 1 ? 'set' : 'sets'} of ONNX test data)`,
        instances: inputs,
        wholeTensors: true,
        labels: null,
        featureNames: null,
        labelNames: null,
        expected: recorded ? expectedOf(outputs) : null,
        expectedShapes: recorded ? outputs.map(shapesOf) : null,
        tolerances: new Map(),
    };
}
async function setsOf(folder) {
    const names = await (0,promises_.readdir)(folder);
    if (names.includes('input_0.pb'))
        return [folder];
    const sets = names.filter((name) => SET.test(name));
    return sets.sort((a, b) => numberIn(a) - numberIn(b)).map((name) => (0,external_node_path_.join)(folder, name));
}
async function tensorsOf(set, kind) {
    const files = (await (0,promises_.readdir)(set)).filter((name) => FILE.exec(name)?.[1] === kind);
    files.sort((a, b) => numberIn(a) - numberIn(b));
    return Promise.all(files.map(async (name) => {
        const label = `${(0,external_node_path_.basename)(set)}/${name}`;
        const tensor = readTensorProto(await (0,promises_.readFile)((0,external_node_path_.join)(set, name)), label);
        if (tensor.name !== '')
            return tensor;
        throw new errors/* UserError */.yo(`${label} does not name its tensor, so nobody can tell which ${kind} it is.`);
    }));
}
function numberIn(name) {
    return Number(/\d+/.exec(name)?.[0] ?? 0);
}
function v2Of({ name, tensor }) {
    // As plain JSON, which cases consist of.
    return { ...(0,v2/* v2TensorOf */.lC)(name, tensor) };
}
/** By output, one entry a set: all its values in a row. */
function expectedOf(outputs) {
    const names = new Set(outputs.flatMap((tensors) => tensors.map(({ name }) => name)));
    const valuesOf = (tensors, name) => tensors.find((tensor) => tensor.name === name);
    return Object.fromEntries([...names].map((name) => [
        name,
        outputs.map((tensors) => {
            const found = valuesOf(tensors, name);
            return found ? (0,v2/* v2TensorOf */.lC)(name, found.tensor).data : [];
        }),
    ]));
}
function shapesOf(tensors) {
    return new Map(tensors.map(({ name, tensor }) => [name, tensor.dims]));
}


/***/ })

};
