export const id = 2185;
export const ids = [2185];
export const modules = {

/***/ 93314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pj: () => (/* binding */ findNative),
/* harmony export */   Sf: () => (/* binding */ loadNative),
/* harmony export */   pA: () => (/* binding */ toolCachePackage)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98995);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _ort_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70381);
/* harmony import */ var _pinned_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(71374);
/** Finds and loads onnxruntime-node where the pinned version is installed; nothing is downloaded here. */





const PACKAGE = 'onnxruntime-node';
/** The package in the tool cache: <cache>/onnxruntime-node/<version>/<arch>/node_modules/onnxruntime-node. */
function toolCachePackage(toolCacheDir, arch) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(toolCacheDir, PACKAGE, _pinned_js__WEBPACK_IMPORTED_MODULE_4__/* .ORT_VERSION */ .N5, arch, 'node_modules', PACKAGE);
}
/** Looks in the node_modules of each root and above it, then in the tool cache. */
function findNative(search) {
    const places = search.moduleRoots
        .flatMap(ancestors)
        .map((directory) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'node_modules', PACKAGE));
    if (search.toolCacheDir !== undefined)
        places.push(toolCachePackage(search.toolCacheDir, search.arch));
    const seen = [...new Set(places)]
        .map((place) => ({ place, version: versionOf(place) }))
        .filter(({ version }) => version !== undefined);
    return {
        pinned: seen.filter(({ version }) => version === _pinned_js__WEBPACK_IMPORTED_MODULE_4__/* .ORT_VERSION */ .N5).map(({ place }) => place),
        others: seen
            .filter(({ version }) => version !== _pinned_js__WEBPACK_IMPORTED_MODULE_4__/* .ORT_VERSION */ .N5)
            .map(({ place, version }) => `${place} is version ${version}, not ${_pinned_js__WEBPACK_IMPORTED_MODULE_4__/* .ORT_VERSION */ .N5}`),
    };
}
/** @throws what Node throws where the binding does not load: another libc, another processor, missing files. */
function loadNative(packageDir) {
    // A require that is made from a path known only at run time stays out of a bundle.
    const load = (0,node_module__WEBPACK_IMPORTED_MODULE_1__.createRequire)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(packageDir, 'package.json'));
    const ort = load(packageDir);
    ort.env.logLevel = 'fatal';
    return { ort, exclusively: (0,_ort_js__WEBPACK_IMPORTED_MODULE_3__/* .createQueue */ .y0)() };
}
function ancestors(directory) {
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(directory);
    return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}
function versionOf(packageDir) {
    try {
        const manifest = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(packageDir, 'package.json'), 'utf8'));
        return typeof manifest === 'object' && manifest !== null && 'version' in manifest
            ? String(manifest.version)
            : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 2185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createSessionOpener: () => (/* binding */ createSessionOpener)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/adapters/onnx/native-runtime.js
var native_runtime = __webpack_require__(93314);
// EXTERNAL MODULE: ./node_modules/@bufbuild/protobuf/dist/esm/wire/binary-encoding.js + 3 modules
var binary_encoding = __webpack_require__(82180);
;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/wire.js
/**
 * Protobuf at the level of its wire format: fields are visited and replaced, and every byte that is not replaced stays
 * as it was, whether this project knows its meaning or not.
 *
 * Source: https://protobuf.dev/programming-guides/encoding/
 */

const NO_BYTES = new Uint8Array(0);
/** Visits the fields of one message in order. @throws an Error where the bytes are no complete message. */
function* fieldsOf(message) {
    const reader = new binary_encoding/* BinaryReader */.V5(message);
    while (reader.pos < reader.len) {
        const start = reader.pos;
        const [number, wireType] = reader.tag();
        let bytes = NO_BYTES;
        let varint;
        if (wireType === binary_encoding/* WireType */.O0.LengthDelimited)
            bytes = reader.bytes();
        else if (wireType === binary_encoding/* WireType */.O0.Varint)
            varint = BigInt(reader.int64());
        else
            reader.skip(wireType, number);
        yield { number, bytes, varint, raw: message.subarray(start, reader.pos) };
    }
}
/** Copies a message with some fields edited. */
function editFields(message, edit) {
    const parts = [];
    for (const field of fieldsOf(message)) {
        const edited = edit(field);
        if (edited === 'keep')
            parts.push(field.raw);
        else if (edited !== 'drop')
            parts.push(lengthPrefix(field.number, edited.length), edited);
    }
    return concat(parts);
}
/** One length-delimited field: a nested message, or a string. */
function delimited(number, content) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return concat([lengthPrefix(number, bytes.length), bytes]);
}
function varintField(number, value) {
    return new binary_encoding/* BinaryWriter */.fI().tag(number, binary_encoding/* WireType */.O0.Varint).uint32(value).finish();
}
function concat(parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let position = 0;
    for (const part of parts) {
        whole.set(part, position);
        position += part.length;
    }
    return whole;
}
function textOf(bytes) {
    return new TextDecoder().decode(bytes);
}
/** The values of a repeated integer field, which a writer may have packed into one field or not. */
function integersOf(field) {
    if (field.varint !== undefined)
        return [field.varint];
    const reader = new binary_encoding/* BinaryReader */.V5(field.bytes);
    const values = [];
    while (reader.pos < reader.len)
        values.push(BigInt(reader.int64()));
    return values;
}
function lengthPrefix(number, length) {
    return new binary_encoding/* BinaryWriter */.fI().tag(number, binary_encoding/* WireType */.O0.LengthDelimited).uint32(length).finish();
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/not-onnx.js
/** Says what a file is that should have been an ONNX model. */

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
/** First bytes of what people hand over by mistake; offset 4 is where FlatBuffers keeps its file identifier. */
const MAGICS = [
    { offset: 0, bytes: 'PK\x03\x04', what: 'a ZIP file (PyTorch and Keras save such files)' },
    { offset: 0, bytes: '\x1f\x8b', what: 'a gzip file' },
    { offset: 0, bytes: '\x89HDF', what: 'an HDF5 file (older Keras saves such files)' },
    { offset: 0, bytes: '\x80\x04', what: 'a Python pickle' },
    { offset: 0, bytes: '\x80\x05', what: 'a Python pickle' },
    { offset: 4, bytes: 'ORTM', what: "in ONNX Runtime's own ORT format" },
    { offset: 4, bytes: 'TFL3', what: 'a TensorFlow Lite model' },
];
/** The rest of a sentence that begins with the name of a file which could not be read as an ONNX model. */
function explainUnreadable(bytes) {
    if (bytes.length === 0)
        return 'is empty, so it is not an ONNX model.';
    const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
    if (head.startsWith(LFS_POINTER)) {
        return ('is a Git LFS pointer, not the model itself: its content was not downloaded. ' +
            'Set "lfs: true" on actions/checkout, or run "git lfs pull".');
    }
    const magic = MAGICS.find((entry) => head.startsWith(entry.bytes, entry.offset));
    if (magic !== undefined)
        return `is ${magic.what}, not an ONNX model. Export the model to ONNX.`;
    if (isText(bytes))
        return 'is a text file, not an ONNX model.';
    if (startsLikeModel(bytes))
        return 'is cut short or damaged: it begins like an ONNX model, but it does not end like one.';
    return 'is not an ONNX model.';
}
/** No control characters but white space, and nothing that is not UTF-8. */
function isText(bytes) {
    // The last character may be cut in two by the length of the sample.
    const sample = textOf(bytes.subarray(0, 1024)).slice(0, -1);
    return !/[^\P{Cc}\t\n\v\f\r]|\uFFFD/u.test(sample);
}
/** Every known writer puts ir_version first: field 1, a varint of one byte. */
function startsLikeModel(bytes) {
    const [tag = 0, version = 0] = bytes;
    return tag === 0x08 && version > 0 && version < 0x80;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/onnx-schema.js
/**
 * The field numbers of the ONNX messages that this project looks into.
 *
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (field numbers never change).
 */
const MODEL = {
    irVersion: 1,
    producerName: 2,
    producerVersion: 3,
    graph: 7,
    opsetImport: 8,
    functions: 25,
};
const OPSET = { domain: 1, version: 2 };
const FUNCTION = { node: 7 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13, sparseInitializer: 15 };
const NODE = { input: 1, output: 2, opType: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = {
    name: 1,
    tensor: 5,
    graph: 6,
    ints: 8,
    strings: 9,
    tensors: 10,
    graphs: 11,
    sparseTensor: 22,
    sparseTensors: 23,
};
const TENSOR = { name: 8, externalData: 13, dataLocation: 14 };
const SPARSE_TENSOR = { values: 1, indices: 2 };
const STRING_ENTRY = { key: 1, value: 2 };
const VALUE_INFO = { name: 1, type: 2 };
const TYPE = { tensor: 1, sequence: 4, map: 5, sparseTensor: 8, optional: 9 };
const TENSOR_TYPE = { elementType: 1, shape: 2 };
const SHAPE = { dimension: 1 };
const DIMENSION = { value: 1, parameter: 2 };
/** TensorProto.DataLocation: the tensor's bytes stand in a file of their own. */
const EXTERNAL = 1n;
/** TensorProto.DataType of a 32-bit float. */
const ELEMENT_FLOAT = 1;

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/external-data.js
/**
 * Finds tensors whose bytes stand in another file. They are refused before a runtime sees the model: it would read the
 * named file from wherever the process happens to run.
 *
 * Source: https://onnx.ai/onnx/repo-docs/ExternalData.html
 */


/** The location of the first tensor with external data ('' if it has none), or undefined. */
function findExternalData(model) {
    return searchModel(model);
}
const searchModel = (message) => searchFields(message, { [MODEL.graph]: searchGraph, [MODEL.functions]: searchFunction });
const searchFunction = (message) => searchFields(message, { [FUNCTION.node]: searchNode });
const searchGraph = (message) => searchFields(message, {
    [GRAPH.initializer]: searchTensor,
    [GRAPH.sparseInitializer]: searchSparse,
    [GRAPH.node]: searchNode,
});
const searchNode = (message) => searchFields(message, { [NODE.attribute]: searchAttribute });
const searchAttribute = (message) => searchFields(message, {
    [ATTRIBUTE.tensor]: searchTensor,
    [ATTRIBUTE.tensors]: searchTensor,
    [ATTRIBUTE.graph]: searchGraph,
    [ATTRIBUTE.graphs]: searchGraph,
    [ATTRIBUTE.sparseTensor]: searchSparse,
    [ATTRIBUTE.sparseTensors]: searchSparse,
});
const searchSparse = (message) => searchFields(message, { [SPARSE_TENSOR.values]: searchTensor, [SPARSE_TENSOR.indices]: searchTensor });
const searchTensor = (message) => {
    let location = '';
    let external = false;
    for (const field of fieldsOf(message)) {
        if (field.number === TENSOR.dataLocation)
            external ||= field.varint === EXTERNAL;
        else if (field.number === TENSOR.externalData)
            location = locationOf(field.bytes) ?? location;
    }
    return external ? location : undefined;
};
function locationOf(entry) {
    const parts = {};
    for (const field of fieldsOf(entry))
        parts[field.number] = textOf(field.bytes);
    return parts[STRING_ENTRY.key] === 'location' ? parts[STRING_ENTRY.value] : undefined;
}
function searchFields(message, searches) {
    for (const field of fieldsOf(message)) {
        const found = searches[field.number]?.(field.bytes);
        if (found !== undefined)
            return found;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/tensor-types.js
/** How ONNX, ONNX Runtime and this project name the types of tensors. */
/** TensorProto.DataType to name. Source: https://onnx.ai/onnx/api/mapping.html */
const TYPE_NAMES = [
    'undefined',
    'float32',
    'uint8',
    'int8',
    'uint16',
    'int16',
    'int32',
    'int64',
    'string',
    'bool',
    'float16',
    'float64',
    'uint32',
    'uint64',
    'complex64',
    'complex128',
    'bfloat16',
    'float8e4m3fn',
    'float8e4m3fnuz',
    'float8e5m2',
    'float8e5m2fnuz',
    'uint4',
    'int4',
    'float4e2m1',
];
const TENSOR_TYPES = new Set([
    'float32',
    'float64',
    'float16',
    'int8',
    'int16',
    'int32',
    'int64',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'bool',
    'string',
]);
/** The name of an ONNX element type, for the ones that cannot be used here as well. */
function elementTypeName(elementType) {
    return TYPE_NAMES[elementType] ?? `number ${elementType}`;
}
function isTensorType(name) {
    return TENSOR_TYPES.has(name);
}
/** [N, 30]; a free dimension without a name is written as a question mark. */
function formatShape(shape) {
    return `[${shape.map((dimension) => (dimension === '' ? '?' : dimension)).join(', ')}]`;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/value-info.js
/** The name, type and shape of a graph's inputs and outputs. */



const KINDS = {
    [TYPE.tensor]: 'tensor',
    [TYPE.sequence]: 'sequence',
    [TYPE.map]: 'map',
    [TYPE.sparseTensor]: 'sparse tensor',
    [TYPE.optional]: 'optional',
};
function readValueInfo(bytes) {
    let name = '';
    let type = { kind: 'unknown', type: '', shape: undefined };
    for (const field of fieldsOf(bytes)) {
        if (field.number === VALUE_INFO.name)
            name = textOf(field.bytes);
        else if (field.number === VALUE_INFO.type)
            type = readType(field.bytes);
    }
    return { name, ...type };
}
/** The name of a TensorProto. */
function readNamed(tensor) {
    for (const field of fieldsOf(tensor))
        if (field.number === TENSOR.name)
            return textOf(field.bytes);
    return '';
}
function readType(bytes) {
    for (const field of fieldsOf(bytes)) {
        const kind = KINDS[field.number];
        if (kind === 'tensor')
            return { kind, ...readTensorType(field.bytes) };
        if (kind !== undefined)
            return { kind, type: '', shape: undefined };
    }
    return { kind: 'unknown', type: '', shape: undefined };
}
function readTensorType(bytes) {
    let elementType = 0;
    let shape;
    for (const field of fieldsOf(bytes)) {
        if (field.number === TENSOR_TYPE.elementType)
            elementType = Number(field.varint ?? 0n);
        else if (field.number === TENSOR_TYPE.shape)
            shape = readShape(field.bytes);
    }
    return { type: elementType === 0 ? '' : elementTypeName(elementType), shape };
}
function readShape(bytes) {
    const shape = [];
    for (const field of fieldsOf(bytes)) {
        if (field.number === SHAPE.dimension)
            shape.push(readDimension(field.bytes));
    }
    return shape;
}
/** Some exporters write -1 for a free dimension; ONNX Runtime takes it as one. */
function readDimension(bytes) {
    for (const field of fieldsOf(bytes)) {
        if (field.number === DIMENSION.value)
            return (field.varint ?? 0n) < 0n ? '' : Number(field.varint);
        if (field.number === DIMENSION.parameter)
            return textOf(field.bytes);
    }
    return '';
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/zip-map.js
/**
 * ZipMap turns a classifier's scores [N, C] into a sequence of maps, which neither JavaScript runtime can give back.
 * scikit-learn exports end in one unless told otherwise (https://onnx.ai/sklearn-onnx/auto_examples/plot_dbegin_options_zipmap.html).
 * The scores themselves are a plain tensor, so the node is replaced by an Identity that gives that tensor under the
 * same name; everything else in the file stays byte for byte.
 */



/** The ZipMaps that make an output of the graph and whose result no other node uses. */
function findZipMaps(graph) {
    const outputs = new Set();
    const used = new Set();
    const zipMaps = [];
    for (const field of fieldsOf(graph)) {
        if (field.number === GRAPH.output)
            outputs.add(readValueInfo(field.bytes).name);
        if (field.number !== GRAPH.node)
            continue;
        const node = readNode(field.bytes);
        for (const name of node.inputs)
            used.add(name);
        if (isZipMap(node))
            zipMaps.push(describe(node, field.bytes));
    }
    return zipMaps.filter((zipMap) => outputs.has(zipMap.output) && !used.has(zipMap.output));
}
/** Gives the scores under the names of the ZipMap outputs; the same bytes where there is no ZipMap. */
function rewriteZipMaps(model, zipMaps) {
    if (zipMaps.length === 0)
        return model;
    const names = new Set(zipMaps.map((zipMap) => zipMap.output));
    return editFields(model, (field) => field.number === MODEL.graph ? rewriteGraph(field.bytes, names) : 'keep');
}
function rewriteGraph(graph, names) {
    return editFields(graph, (field) => {
        if (field.number === GRAPH.node) {
            const node = readNode(field.bytes);
            const replaced = isZipMap(node) && names.has(node.outputs[0] ?? '');
            return replaced ? identity(field.bytes) : 'keep';
        }
        if (field.number === GRAPH.output && names.has(readValueInfo(field.bytes).name))
            return tensor(field.bytes);
        return 'keep';
    });
}
/** Keeps names and documentation; an Identity has no attributes and lives in the default domain. */
function identity(node) {
    const kept = editFields(node, ({ number }) => number === NODE.opType || number === NODE.domain || number === NODE.attribute ? 'drop' : 'keep');
    return concat([kept, delimited(NODE.opType, 'Identity')]);
}
/** A float tensor without a shape: the runtime infers it, so that it can never contradict the graph. */
function tensor(valueInfo) {
    const type = delimited(TYPE.tensor, varintField(TENSOR_TYPE.elementType, ELEMENT_FLOAT));
    return editFields(valueInfo, (field) => (field.number === VALUE_INFO.type ? type : 'keep'));
}
function isZipMap(node) {
    return node.opType === 'ZipMap' && node.domain === 'ai.onnx.ml';
}
function describe(node, bytes) {
    return { input: node.inputs[0] ?? '', output: node.outputs[0] ?? '', labels: readLabels(bytes) };
}
function readNode(bytes) {
    const node = { inputs: [], outputs: [], opType: '', domain: '' };
    for (const field of fieldsOf(bytes)) {
        if (field.number === NODE.input)
            node.inputs.push(textOf(field.bytes));
        else if (field.number === NODE.output)
            node.outputs.push(textOf(field.bytes));
        else if (field.number === NODE.opType)
            node.opType = textOf(field.bytes);
        else if (field.number === NODE.domain)
            node.domain = textOf(field.bytes);
    }
    return node;
}
/** Exactly one of classlabels_int64s and classlabels_strings is set. */
function readLabels(node) {
    const labels = [];
    for (const attribute of fieldsOf(node)) {
        if (attribute.number !== NODE.attribute)
            continue;
        for (const field of fieldsOf(attribute.bytes)) {
            if (field.number === ATTRIBUTE.ints)
                labels.push(...integersOf(field));
            else if (field.number === ATTRIBUTE.strings)
                labels.push(textOf(field.bytes));
        }
    }
    return labels;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/onnx-model.js
/** What an ONNX file says about itself, read without any runtime. */








/** https://onnx.ai/onnx/repo-docs/IR.html: opset_import is required from version 3 on. */
const FIRST_IR_WITH_OPSETS = 3;
/**
 * Reads the head and the signature of a model.
 *
 * @throws UserError where the bytes are no complete ONNX model, or where its weights stand in other files.
 */
function readOnnxModel(bytes, label) {
    try {
        const parts = readParts(bytes);
        const graph = completeGraph(parts);
        refuseExternalData(bytes, label);
        return onnx_model_describe(parts, graph);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`${label} ${explainUnreadable(bytes)}`, { cause: error });
    }
}
/** The graph comes before the operator sets, so that a file cut between the two lacks the latter. */
function completeGraph({ irVersion, opsets, graph }) {
    if (graph === undefined)
        throw new Error('The file has no graph.');
    if (irVersion >= FIRST_IR_WITH_OPSETS && Object.keys(opsets).length === 0) {
        throw new Error('The file names no operator set.');
    }
    return graph;
}
function refuseExternalData(bytes, label) {
    const file = findExternalData(bytes);
    if (file === undefined)
        return;
    throw new errors/* UserError */.yo(`${label} keeps its weights in another file (${file || 'external data'}), which is not supported. ` +
        'Save it as one file, for example with onnx.save_model(model, path, save_as_external_data=False).');
}
function onnx_model_describe(parts, graph) {
    const zipMaps = findZipMaps(graph);
    const { inputs, outputs } = readGraph(graph);
    return {
        irVersion: parts.irVersion,
        producer: parts.producer.filter((part) => part !== '').join(' '),
        opsets: parts.opsets,
        inputs,
        outputs: outputs.map((output) => scoresOf(zipMaps, output) ?? output),
        classLabels: Object.fromEntries(zipMaps.map((zipMap) => [zipMap.output, zipMap.labels])),
        zipMaps,
    };
}
/** ZipMap takes one column per class: https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html */
function scoresOf(zipMaps, output) {
    const zipMap = zipMaps.find((candidate) => candidate.output === output.name);
    if (zipMap === undefined)
        return undefined;
    const type = elementTypeName(ELEMENT_FLOAT);
    return { name: output.name, kind: 'tensor', type, shape: ['', zipMap.labels.length] };
}
function readParts(bytes) {
    const parts = { irVersion: 0, producer: ['', ''], opsets: {}, graph: undefined };
    for (const field of fieldsOf(bytes))
        readPart(parts, field);
    return parts;
}
function readPart(parts, field) {
    if (field.number === MODEL.irVersion)
        parts.irVersion = Number(field.varint ?? 0n);
    else if (field.number === MODEL.producerName)
        parts.producer[0] = textOf(field.bytes);
    else if (field.number === MODEL.producerVersion)
        parts.producer[1] = textOf(field.bytes);
    else if (field.number === MODEL.opsetImport)
        Object.assign(parts.opsets, readOpset(field.bytes));
    else if (field.number === MODEL.graph)
        parts.graph = field.bytes;
}
function readOpset(bytes) {
    let domain = '';
    let version = 0;
    for (const field of fieldsOf(bytes)) {
        if (field.number === OPSET.domain)
            domain = textOf(field.bytes);
        else if (field.number === OPSET.version)
            version = Number(field.varint ?? 0n);
    }
    return { [domain === '' ? 'ai.onnx' : domain]: version };
}
function readGraph(graph) {
    const inputs = [];
    const outputs = [];
    const initializers = new Set();
    for (const field of fieldsOf(graph)) {
        if (field.number === GRAPH.input)
            inputs.push(readValueInfo(field.bytes));
        else if (field.number === GRAPH.output)
            outputs.push(readValueInfo(field.bytes));
        else if (field.number === GRAPH.initializer)
            initializers.add(readNamed(field.bytes));
        else if (field.number === GRAPH.sparseInitializer)
            initializers.add(readNamedSparse(field.bytes));
    }
    return { inputs: inputs.filter((input) => !initializers.has(input.name)), outputs };
}
/** A sparse initializer is named by its values: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
function readNamedSparse(bytes) {
    for (const field of fieldsOf(bytes))
        if (field.number === SPARSE_TENSOR.values)
            return readNamed(field.bytes);
    return '';
}

// EXTERNAL MODULE: ./build/js/src/adapters/onnx/pinned.js
var pinned = __webpack_require__(71374);
;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/declared-shapes.js
/**
 * Some exporters declare shapes that the operators contradict. The native runtime warns about it and goes on with the
 * shapes that it infers; the WASM runtime refuses the model. Without the declarations both infer the same.
 */


/** Removes the shapes of the graph's outputs, and all that is declared of the values between. */
function withoutDeclaredShapes(model) {
    return editFields(model, (field) => (field.number === MODEL.graph ? editGraph(field.bytes) : 'keep'));
}
function editGraph(graph) {
    return editFields(graph, (field) => {
        if (field.number === GRAPH.valueInfo)
            return 'drop';
        return field.number === GRAPH.output ? withoutShape(field.bytes) : 'keep';
    });
}
function withoutShape(valueInfo) {
    return editFields(valueInfo, (info) => {
        if (info.number !== VALUE_INFO.type)
            return 'keep';
        return editFields(info.bytes, (type) => {
            if (type.number !== TYPE.tensor)
                return 'keep';
            return editFields(type.bytes, ({ number }) => (number === TENSOR_TYPE.shape ? 'drop' : 'keep'));
        });
    });
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/feeds.js
/** Checks what is fed to a model against its graph, so that the message names the input and not a C++ file. */


/** What holds the values of each type; float16 is held as numbers. */
const CONTAINERS = {
    float32: Float32Array,
    float64: Float64Array,
    float16: Float32Array,
    int8: Int8Array,
    int16: Int16Array,
    int32: Int32Array,
    int64: BigInt64Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
    uint64: BigUint64Array,
    bool: Uint8Array,
};
/** @throws UserError that names every feed which is missing, unknown, or of the wrong type or shape. */
function checkFeeds(label, inputs, feeds) {
    const problems = [
        ...unknownFeeds(inputs, feeds),
        ...inputs.flatMap((input) => inputProblems(input, feeds)),
    ];
    if (problems.length === 0)
        return;
    const text = problems.map((problem) => `${problem.where} ${problem.message}`).join('. ');
    throw new errors/* UserError */.yo(`${label}: ${text}.`, { problems });
}
function unknownFeeds(inputs, feeds) {
    const names = inputs.map((input) => input.name);
    return Object.keys(feeds)
        .filter((name) => !names.includes(name))
        .map((name) => ({
        where: `"${name}"`,
        message: `is not an input of the model; it has ${names.map((known) => `"${known}"`).join(', ') || 'none'}`,
    }));
}
function inputProblems(input, feeds) {
    const where = `input "${input.name}"`;
    const feed = Object.hasOwn(feeds, input.name) ? feeds[input.name] : undefined;
    if (feed === undefined)
        return [{ where, message: `is missing; the model takes ${formatValue(input)}` }];
    const message = typeProblem(input, feed) ?? shapeProblem(input, feed) ?? dataProblem(feed);
    return message === undefined ? [] : [{ where, message }];
}
function formatValue(input) {
    return input.shape === undefined ? input.type : `${input.type} ${formatShape(input.shape)}`;
}
function typeProblem(input, feed) {
    return feed.type === input.type ? undefined : `is ${feed.type}; the model takes ${input.type}`;
}
function shapeProblem(input, feed) {
    const { shape } = input;
    if (shape === undefined)
        return undefined;
    const fits = shape.length === feed.dims.length &&
        shape.every((size, axis) => typeof size === 'string' || size === feed.dims[axis]);
    return fits ? undefined : `has shape ${formatShape(feed.dims)}; the model takes ${formatShape(shape)}`;
}
function dataProblem(feed) {
    const { data, dims, type } = feed;
    if (!holds(data, type))
        return `is declared as ${type}, but its values are not`;
    const expected = dims.reduce((product, size) => product * size, 1);
    if (data.length === expected)
        return undefined;
    return `has ${data.length} values; its shape ${formatShape(dims)} takes ${expected}`;
}
function holds(data, type) {
    if (type !== 'string')
        return data instanceof CONTAINERS[type];
    return Array.isArray(data) && data.every((value) => typeof value === 'string');
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/ort-errors.js
/**
 * ONNX Runtime's messages, put into words that name what to change. Both runtimes word them alike; the WASM one puts
 * "ERROR_CODE: 1, ERROR_MESSAGE: " before, both put paths of the machine that built them before some.
 */


const RUNTIME = `ONNX Runtime ${pinned/* ORT_VERSION */.N5}`;
const LOAD_ERRORS = [
    [
        /Protobuf parsing failed/,
        () => 'is damaged: it begins like an ONNX model, but its content cannot be read.',
    ],
    [
        /Opset (\d+) is under development.*support for domain (\S+) is till opset (\d+)/s,
        ([, opset, domain, highest]) => `uses opset ${opset} of ${domain}; ${RUNTIME} supports up to ${highest}. Export it with a lower opset.`,
    ],
    [
        /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
        ([, version, highest]) => `has IR version ${version}; ${RUNTIME} supports up to ${highest}. ` +
            'Set model.ir_version to that before saving it, or export it with an older onnx package.',
    ],
    [
        /Fatal error: (\S*):(\w+)\(-?\d+\) is not a registered function\/op/,
        ([, domain, operator]) => `uses the operator ${operator} of the domain ${domain}, which ${RUNTIME} does not have. ` +
            'Custom operators are not supported.',
    ],
    [
        /No Op registered for (\S+) with domain_version of (\d+)/,
        ([, operator, opset]) => `uses the operator ${operator}, which opset ${opset} does not have.`,
    ],
    [
        /Could not find an implementation for (\w+)\((\d+)\)/,
        ([, operator, version]) => `uses the operator ${operator} (version ${version}) with types that ${RUNTIME} has no implementation for.`,
    ],
];
/** What to tell the user of a model that a runtime did not load. */
function explainLoadError(label, error) {
    const message = (0,errors/* messageOf */.bD)(error);
    for (const [pattern, explain] of LOAD_ERRORS) {
        const match = pattern.exec(message);
        if (match !== null)
            return new errors/* UserError */.yo(`${label} ${explain(match)}`, { cause: error });
    }
    return new errors/* UserError */.yo(`${label} was refused by ${RUNTIME}: ${withoutNoise(message)}`, { cause: error });
}
/** What to tell the user of a model that loaded, but failed on the values that it was fed. */
function explainRunError(label, error) {
    return new errors/* UserError */.yo(`${label} failed to run: ${withoutNoise((0,errors/* messageOf */.bD)(error))}`, { cause: error });
}
/** The WASM runtime takes a contradiction between declared and inferred shapes for an error, see declared-shapes.ts. */
function isShapeContradiction(error) {
    return (0,errors/* messageOf */.bD)(error).includes("Can't merge shape info");
}
function withoutNoise(message) {
    return message
        .replace(/^.*?ERROR_CODE: \d+, ERROR_MESSAGE: /s, '')
        .replace(/(?:[A-Za-z]:)?[\\/]\S*[\\/](?=[\w.]+:\d+ )/g, '')
        .trim();
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/float16.js
/**
 * Half-precision floats as bits. ONNX Runtime takes and gives them as Float16Array where the JavaScript engine has that
 * (Node 24), as bits in a Uint16Array elsewhere; the bits are the same, and this code needs only those.
 *
 * Layout: IEEE 754 binary16, https://en.wikipedia.org/wiki/Half-precision_floating-point_format
 */
const words = new Uint32Array(1);
const floats = new Float32Array(words.buffer);
/** Rounds to the nearest half, ties to even, as NumPy and ONNX do; beyond the range it gives an infinity. */
function encodeHalf(value) {
    floats[0] = value;
    const bits = words[0] ?? 0;
    const sign = (bits >>> 16) & 0x8000;
    const magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000)
        return sign | 0x7e00;
    if (magnitude >= 0x477ff000)
        return sign | 0x7c00;
    // 0.5 has an ulp of 2^-24, the step of the subnormal halves: adding it makes the hardware round to that step.
    if (magnitude < 0x38800000)
        return sign | subnormalBits(Math.abs(value));
    const toEven = (magnitude >>> 13) & 1;
    return sign | ((magnitude - 0x38000000 + 0xfff + toEven) >>> 13);
}
function subnormalBits(value) {
    floats[0] = Math.fround(value) + 0.5;
    return (words[0] ?? 0) - 0x3f000000;
}
function decodeHalf(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >>> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f)
        return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0)
        return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/ort-tensors.js
/** Tensors of this project to tensors of ONNX Runtime and back. */



/** ONNX Runtime may keep the data itself, not a copy: it must not change before the run has ended. */
function toOrt(ort, tensor) {
    const { type, data, dims } = tensor;
    if (type === 'float16')
        return halfTensor(ort, Uint16Array.from(data, encodeHalf), dims);
    return new ort.Tensor(type, data, dims);
}
/**
 * Where the JavaScript engine has Float16Array, ort.Tensor turns the bits into one, and the native binding of 1.30
 * then finds no data in it: "not enough space: expected 10, got 0". So the tensor is made of bits, and is given its
 * type afterwards. Source: https://github.com/microsoft/onnxruntime/pull/32323
 */
function halfTensor(ort, bits, dims) {
    return Object.assign(new ort.Tensor('uint16', bits, dims), { type: 'float16' });
}
/** @throws UserError where the tensor has a type that nothing here can compare. */
function fromOrt(name, tensor) {
    const { type, dims, data } = tensor;
    if (!isTensorType(type))
        throw new errors/* UserError */.yo(`Output "${name}" is of type ${type}, which cannot be read.`);
    return { type, dims: [...dims], data: type === 'float16' ? decodeHalves(data) : data };
}
/** Works on the bits, since the values come as Float16Array or as Uint16Array (see float16.ts). */
function decodeHalves(data) {
    const { buffer, byteOffset, length } = data;
    return Float32Array.from(new Uint16Array(buffer, byteOffset, length), decodeHalf);
}

// EXTERNAL MODULE: ./build/js/src/adapters/onnx/ort.js
var onnx_ort = __webpack_require__(70381);
;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/signature.js
/** The signature of a model: what the graph declares; where that leaves something open, what the runtime infers. */


/**
 * Looks at what the graph declares, before a runtime fails on it in its own words.
 *
 * @throws UserError that names every input and output which is declared as something else than a usable tensor.
 */
function refuseUnusable(label, model) {
    refuse(label, [
        ...model.inputs.flatMap((value) => faultOf('input', value)),
        ...model.outputs.flatMap((value) => faultOf('output', value)),
    ]);
}
/** @throws UserError as refuseUnusable does, for what the graph left to the runtime to find out. */
function resolveSignature(label, model, session) {
    const inputs = model.inputs.map((value) => complete(value, session.inputMetadata));
    const outputs = model.outputs.map((value) => complete(value, session.outputMetadata));
    refuseUnusable(label, { ...model, inputs, outputs });
    return { inputs: inputs.flatMap(toSignature), outputs: outputs.flatMap(toSignature) };
}
/** Fills in what the graph does not declare. ONNX Runtime gives a rank that it does not know as no dimensions. */
function complete(value, metadata) {
    const inferred = metadata.find((entry) => entry.name === value.name);
    if (inferred?.isTensor !== true)
        return value;
    const kind = value.kind === 'unknown' ? 'tensor' : value.kind;
    return { ...value, kind, type: value.type || inferred.type, shape: value.shape ?? inferred.shape };
}
function toSignature({ name, type, shape = [] }) {
    return isTensorType(type) ? [{ name, type, shape }] : [];
}
function faultOf(role, { name, kind, type }) {
    const where = `${role} "${name}"`;
    if (kind !== 'tensor' && kind !== 'unknown')
        return [{ where, message: `is a ${kind}` }];
    return type === '' || isTensorType(type) ? [] : [{ where, message: `is of type ${type}` }];
}
function refuse(label, problems) {
    if (problems.length === 0)
        return;
    const text = problems.map((problem) => `${problem.where} ${problem.message}`).join(', ');
    throw new errors/* UserError */.yo(`${label} cannot be used: ${text}. Only tensors of numbers, booleans and strings can be fed and compared; ` +
        'export the model so that its inputs and outputs are such tensors.', { problems });
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/session.js
/** A model session on top of either runtime. */








/** @throws UserError where the runtime refuses the model, or where a value of its signature is no usable tensor. */
async function createSession(opened, bytes) {
    refuseUnusable(opened.label, opened.model);
    const session = await load(opened, rewriteZipMaps(bytes, opened.model.zipMaps));
    try {
        return wrap(opened, session, resolveSignature(opened.label, opened.model, session));
    }
    catch (error) {
        await session.release();
        throw error;
    }
}
async function load({ loaded, label, runtime }, bytes) {
    // ONNX Runtime writes into the options that it is given.
    const create = (model) => loaded.exclusively(() => loaded.ort.InferenceSession.create(model, { ...onnx_ort/* SESSION_OPTIONS */.AC }));
    try {
        return await create(bytes).catch((error) => {
            if (runtime === 'wasm' && isShapeContradiction(error))
                return create(withoutDeclaredShapes(bytes));
            throw error;
        });
    }
    catch (error) {
        throw explainLoadError(label, error);
    }
}
function wrap(opened, session, signature) {
    const { runtime, model, label, loaded } = opened;
    let closed;
    return {
        runtime,
        signature,
        model,
        async run(feeds) {
            if (closed !== undefined)
                throw new Error(`The session of ${label} is closed.`);
            checkFeeds(label, model.inputs, feeds);
            return loaded.exclusively(() => runOnce(opened, session, feeds));
        },
        close() {
            closed ??= loaded.exclusively(() => session.release());
            return closed;
        },
    };
}
async function runOnce({ loaded, label }, session, feeds) {
    const entries = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(loaded.ort, tensor)]);
    try {
        const results = await session.run(Object.fromEntries(entries), onnx_ort/* RUN_OPTIONS */.p7);
        return Object.fromEntries(Object.entries(results).map(([name, result]) => [name, fromOrt(name, result)]));
    }
    catch (error) {
        throw error instanceof errors/* UserError */.yo ? error : explainRunError(label, error);
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(98995);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/wasm-runtime.js
/**
 * The WASM runtime: the same operators on every platform, without a native library.
 *
 * onnxruntime-web's "wasm bundle" is one module that imports nothing, beside one .wasm file. Both are read from a
 * directory at run time, and nothing of them goes through a bundler, which would mangle the .wasm file and the module's
 * own URL. The binary is handed over as bytes, so that the runtime has nothing to fetch.
 */







const loading = new Map();
/** The first of the roots, or of the node_modules/onnxruntime-web above them, that holds both files. */
function findWasm(roots) {
    return roots
        .flatMap(candidates)
        .find((directory) => Object.values(pinned/* WASM_FILES */.FI).every((file) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(directory, file))));
}
/**
 * Loads the runtime once for each directory: a module can be initialised only once.
 *
 * @throws UserError where the files are missing or are of another version.
 */
function loadWasm(directory) {
    const known = loading.get(directory);
    if (known !== undefined)
        return known;
    const loaded = wasm_runtime_load(directory);
    loading.set(directory, loaded);
    return loaded;
}
async function wasm_runtime_load(directory) {
    const [ort, binary] = await readFiles(directory);
    const { web } = ort.env.versions;
    if (web !== pinned/* ORT_VERSION */.N5) {
        throw new errors/* UserError */.yo(`The WASM runtime in ${directory} is version ${web}; this project needs ${pinned/* ORT_VERSION */.N5}.`);
    }
    ort.env.logLevel = 'fatal';
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = binary;
    return { ort, exclusively: (0,onnx_ort/* createQueue */.y0)() };
}
async function readFiles(directory) {
    const path = (0,external_node_path_.join)(directory, pinned/* WASM_FILES */.FI.module);
    try {
        // require() of an ES module (Node 24). An import() would be rewritten on its way: tsc wraps the address of every
        // computed one (rewriteRelativeImportExtensions), after which a bundler no longer leaves it alone.
        const ort = (0,external_node_module_.createRequire)(path)(path);
        return [ort, await (0,promises_.readFile)((0,external_node_path_.join)(directory, pinned/* WASM_FILES */.FI.binary))];
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The WASM runtime in ${directory} cannot be loaded: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}
function candidates(root) {
    return [
        root,
        ...ancestors(root).map((directory) => (0,external_node_path_.join)(directory, 'node_modules', 'onnxruntime-web', 'dist')),
    ];
}
function ancestors(directory) {
    const parent = (0,external_node_path_.dirname)(directory);
    return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/open-session.js
/** Opens ONNX models, on the native runtime or on the WASM one. */






/**
 * `auto` takes the native runtime where the pinned version is installed and loads, the WASM one otherwise. `native`
 * fetches the pinned version into the tool cache where it is not installed. `wasm` takes the WASM one.
 */
function createSessionOpener(options) {
    return async (bytes, { label, runtime }) => {
        // Before a runtime is loaded, let alone fetched: the file may be at fault already.
        const model = readOnnxModel(bytes, label);
        const chosen = await choose(options, runtime);
        return createSession({ ...chosen, label, model }, bytes);
    };
}
async function choose(options, choice) {
    if (choice === 'wasm')
        return wasm(options);
    if (choice === 'native')
        return open_session_native(options);
    return installed(options) ?? wasm(options);
}
async function wasm({ moduleRoots }) {
    const directory = findWasm(moduleRoots);
    if (directory === undefined) {
        throw new errors/* UserError */.yo(`The files of the WASM runtime are in none of ${moduleRoots.join(', ')}, nor above.`);
    }
    return { runtime: 'wasm', loaded: await loadWasm(directory) };
}
/** The first installed native runtime that loads; says in the log why it is not another one. */
function installed(options) {
    const { pinned, others } = (0,native_runtime/* findNative */.Pj)(withDefaults(options));
    for (const other of others)
        options.log.debug(`ONNX Runtime: ${other}.`);
    for (const directory of pinned) {
        try {
            return { runtime: 'native', loaded: (0,native_runtime/* loadNative */.Sf)(directory) };
        }
        catch (error) {
            options.log.info(`ONNX Runtime: ${directory} does not load, using WASM: ${firstLine(error)}`);
        }
    }
    return undefined;
}
async function open_session_native(options) {
    const [directory = await fetchPackage(options)] = (0,native_runtime/* findNative */.Pj)(withDefaults(options)).pinned;
    try {
        return { runtime: 'native', loaded: (0,native_runtime/* loadNative */.Sf)(directory) };
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The native ONNX Runtime ${pinned/* ORT_VERSION */.N5} does not load on this machine: ${firstLine(error)} ` +
            'It needs glibc 2.28 or newer on Linux. Use "runtime: wasm", which runs everywhere.', { cause: error });
    }
}
async function fetchPackage(options) {
    // Imported only here: most runs never unpack anything.
    const { fetchNative } = await Promise.all(/* import() */[__webpack_require__.e(6118), __webpack_require__.e(1591)]).then(__webpack_require__.bind(__webpack_require__, 91591));
    return fetchNative(withDefaults(options));
}
function withDefaults(options) {
    const { platform = process.platform, arch = process.arch, toolCacheDir } = options;
    return { ...options, toolCacheDir, platform, arch };
}
function firstLine(error) {
    return (0,errors/* messageOf */.bD)(error).split('\n', 1)[0] ?? '';
}


/***/ }),

/***/ 70381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AC: () => (/* binding */ SESSION_OPTIONS),
/* harmony export */   p7: () => (/* binding */ RUN_OPTIONS),
/* harmony export */   y0: () => (/* binding */ createQueue)
/* harmony export */ });
/** The part of ONNX Runtime's JavaScript API that both runtimes share. */
/** Makes a queue: each piece of work starts when the one before has ended, however it ended. */
function createQueue() {
    let last = Promise.resolve();
    return (work) => {
        const next = last.then(work, work);
        last = next.catch(() => undefined);
        return next;
    };
}
/** Errors reach us as exceptions; what the runtime would print beside them is noise in a log. */
const SILENT = 4;
const RUN_OPTIONS = { logSeverityLevel: SILENT };
/**
 * One thread, one operator after the other: with more, sums are added up in an order that depends on the machine's
 * number of cores, and results differ in the last digits from one runner to the next.
 */
const SESSION_OPTIONS = {
    logSeverityLevel: SILENT,
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
};


/***/ }),

/***/ 71374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AA: () => (/* binding */ NATIVE_PACKAGES),
/* harmony export */   FI: () => (/* binding */ WASM_FILES),
/* harmony export */   Fh: () => (/* binding */ NATIVE_TARGETS),
/* harmony export */   N5: () => (/* binding */ ORT_VERSION)
/* harmony export */ });
/**
 * The one version of ONNX Runtime that this project runs, and the integrity of its npm packages.
 *
 * A result is only comparable where the same version made it, so nothing but this version is ever used. On an update
 * take the new values from package-lock.json; a test compares the two.
 */
const ORT_VERSION = '1.30.0';
const NATIVE_PACKAGES = [
    {
        name: 'onnxruntime-node',
        integrity: 'sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==',
    },
    {
        name: 'onnxruntime-common',
        integrity: 'sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==',
    },
];
/** Platform and architecture pairs, as Node names them, that the native package has a binding for. */
const NATIVE_TARGETS = [
    'darwin-arm64',
    'linux-arm64',
    'linux-x64',
    'win32-arm64',
    'win32-x64',
];
/** What the WASM runtime consists of: two files, side by side, that import nothing else. */
const WASM_FILES = {
    module: 'ort.wasm.bundle.min.mjs',
    binary: 'ort-wasm-simd-threaded.wasm',
};


/***/ })

};
