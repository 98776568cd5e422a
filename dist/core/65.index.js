export const id = 65;
export const ids = [65];
export const modules = {

/***/ 17065:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/js/src/core/archive/manifest.js
var archive_manifest = __webpack_require__(9573);
// EXTERNAL MODULE: ./build/js/src/core/archive/content-tree.js
var content_tree = __webpack_require__(11400);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/archive/archive-source.js
var archive_source = __webpack_require__(51251);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/js/src/core/archive/hash-file.js
var hash_file = __webpack_require__(70103);
// EXTERNAL MODULE: ./build/js/src/core/archive/pack.js
var pack = __webpack_require__(79357);
// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
// EXTERNAL MODULE: ./build/js/src/core/archive/walk.js
var walk = __webpack_require__(16509);
;// CONCATENATED MODULE: ./build/js/src/core/archive/folder-source.js








const PARALLEL_READS = 4;
/** Files and folders laid over each other; the first of `roots` is the model. @throws UserError */
async function folderSource(roots, signal) {
    const listings = await Promise.all(roots.map(walk/* listRoot */.h_));
    const problems = listings.flatMap((listing, index) => [
        ...listing.problems,
        ...emptiness(listing, roots[index]),
    ]);
    const listed = merge(listings, problems);
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    const files = await readAll(listed, signal);
    const bySource = new Map(files.map((file) => [file.path, file]));
    return {
        tree: (0,content_tree/* contentTree */.ap)(files),
        leftOut: listings.flatMap((listing) => listing.leftOut),
        ready: false,
        pack: (compression) => (0,pack/* packFiles */.Po)(files, { compression, signal }),
        read: (path) => readOne(bySource.get(path), path),
    };
}
function emptiness({ files, problems, leftOut }, root) {
    if (files.length > 0 || problems.length > 0 || root === undefined)
        return [];
    const why = leftOut.length > 0 ? `only ${leftOut.map((l) => l.path).join(', ')}, left out` : 'no file at all';
    return [{ where: root.where, message: `"${root.shown}" has nothing to pack: it holds ${why}.` }];
}
/** The same file, reached twice, is one; two files for one path are a problem. */
function merge(listings, problems) {
    const byPath = new Map();
    for (const file of listings.flatMap((listing) => listing.files)) {
        const other = byPath.get(file.path);
        if (other === undefined)
            byPath.set(file.path, file);
        else if (other.source !== file.source) {
            const message = `"${file.source}" and "${other.source}" would both be "${file.path}" in the archive.`;
            problems.push({ where: file.root.where, message, fix: 'Remove one of them.' });
        }
    }
    return [...byPath.values()].sort((a, b) => (0,content_tree/* comparePaths */.cD)(a.path, b.path));
}
async function readAll(listed, signal) {
    const problems = [];
    const read = await (0,streams/* mapParallel */.EQ)(listed, PARALLEL_READS, async (file) => {
        const result = await readFacts(file, signal);
        if ('message' in result)
            problems.push(result);
        return result;
    });
    const files = read.filter((result) => !('message' in result));
    if (problems.length === 0 && (0,content_tree/* treeBytes */.eS)(files) === 0)
        problems.push(allEmpty(listed));
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return files;
}
async function readFacts({ path, source, root }, signal) {
    try {
        const { mode } = await (0,promises_.stat)(source);
        const { size, sha256, isLfsPointer } = await (0,hash_file/* hashFile */.D)(source, signal);
        if (!isLfsPointer)
            return { path, source, mode: (0,content_tree/* fileMode */.IB)(mode), size, sha256 };
    }
    catch (error) {
        if ((0,streams/* errorCode */.CA)(error) === '')
            throw error;
        return { where: root.where, message: `"${source}" ${(0,walk/* whyUnreadable */._p)(error)}` };
    }
    return {
        where: root.where,
        message: `"${source}" is a Git LFS pointer: its content was not downloaded.`,
        fix: 'Set "lfs: true" on actions/checkout, or run "git lfs pull".',
    };
}
function allEmpty(listed) {
    const where = listed[0]?.root.where ?? 'model-path';
    return { where, message: `every file is empty (${listed.map((file) => file.path).join(', ')}).` };
}
async function readOne(file, path) {
    if (file === undefined)
        throw new Error(`"${path}" is not in the content tree.`);
    const bytes = await (0,promises_.readFile)(file.source).catch((cause) => {
        throw new errors/* UserError */.yo(`"${file.source}" ${(0,walk/* whyUnreadable */._p)(cause)}`, { cause });
    });
    if ((0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') !== file.sha256)
        throw (0,pack/* changed */.tD)(file.source);
    return bytes;
}

;// CONCATENATED MODULE: ./build/js/src/core/archive/model-source.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
/** The model as the user gave it: a file, a folder, or a ready archive. */





const ARCHIVE_NAME = /\.(tar\.gz|tgz)$/i;
const HEAD_BYTES = 512;
const TAR_MAGIC_AT = 257;
/** @throws UserError with every problem of the files at once. */
async function openModel(model, code, signal) {
    const head = await headOf(model.path);
    if (head === null || !mayBeArchive(model, head)) {
        return folderSource(code === null ? [model] : [model, code], signal);
    }
    if (code !== null) {
        throw problemWith(code, `cannot be added to "${model.shown}", which is an archive already.`);
    }
    return (0,archive_source/* archiveSource */.y)(model, signal);
}
function mayBeArchive(model, head) {
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    if (ARCHIVE_NAME.test(model.path)) {
        if (isGzip)
            return true;
        throw problemWith(model, 'is named like a gzip archive, but its first bytes are not those of one.');
    }
    const isTar = head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar';
    if (isTar && /\.tar$/i.test(model.path)) {
        throw problemWith(model, 'is an archive without compression. Give its folder, or compress it (gzip).');
    }
    return false;
}
/** The first bytes of a file; null for whatever is no readable file, which the listing explains. */
async function headOf(path) {
    if (!ARCHIVE_NAME.test(path) && !/\.tar$/i.test(path))
        return null;
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
            if (!(await file.stat()).isFile())
                return null;
            const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
            return buffer.subarray(0, bytesRead);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if ((0,streams/* errorCode */.CA)(error) === '')
            throw error;
        return null;
    }
}
function problemWith(root, message) {
    return errors/* UserError */.yo.of([{ where: root.where, message: `"${root.shown}" ${message}` }]);
}

// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/release/packaged-release.js
var packaged_release = __webpack_require__(95737);
// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
// EXTERNAL MODULE: ./build/js/src/core/workspace.js
var workspace = __webpack_require__(46386);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/archive.js
/** Puts the archive into the store, once. */








/** The manifest of an archive that the store has; null where the archive or a manifest that fits it is missing. */
async function storedManifest({ store, digest, compression }) {
    const keys = (0,archive_manifest/* archiveKeys */.fJ)(digest, compression);
    const bytes = await store.size(keys.archive);
    if (bytes === null || !(await store.exists(keys.manifest)))
        return null;
    const manifest = (0,archive_manifest/* parseManifest */.Ng)(await (0,consumers_.text)(await store.open(keys.manifest)), digest);
    return manifest?.bytes === bytes && manifest.compression === compression ? manifest : null;
}
/** Packs the model while it flows into the store. Whatever is there already and whole stays as it is. */
async function storeArchive(place, source, description) {
    const { store, digest, compression } = place;
    const keys = (0,archive_manifest/* archiveKeys */.fJ)(digest, compression);
    const bytes = (await leftBehind(place)) ?? (await archive_pack(place, source));
    const manifest = {
        schema: archive_manifest/* MANIFEST_SCHEMA */.KB,
        digest,
        ...bytes,
        compression,
        ...description,
        packer: source.ready ? 'given' : pack/* PACKER */.hD,
        files: source.tree,
    };
    await store.put(keys.manifest, (0,archive_manifest/* manifestText */.$2)(manifest), { replace: true });
    return manifest;
}
/**
 * An archive without a usable manifest: a run was cut off between the two, or the manifest was damaged. Records may
 * name the archive's bytes already, and another version of Node would compress to different ones, so it is kept
 * where it holds what its name says.
 */
async function leftBehind(place) {
    const { store, digest, compression, log } = place;
    const key = (0,archive_manifest/* archiveKeys */.fJ)(digest, compression).archive;
    if (!(await store.exists(key)))
        return null;
    const url = store.urlOf(key);
    const problem = await inspect(place, key);
    if (typeof problem !== 'string') {
        log.info(`${url} is whole, but its manifest is missing or damaged; only that is written again.`);
        return problem;
    }
    log.warning(`${url} is damaged and is packed again: ${problem}`);
    return null;
}
/** What the stored archive is, or a sentence about what is wrong with it. */
async function inspect({ store, digest, signal }, key) {
    try {
        const { tree, sha256, bytes } = await (0,archive_source/* inspectArchive */.N)(await store.open(key), { label: 'It', signal });
        const actual = (0,content_tree/* contentDigest */.eZ)(tree);
        return actual === digest ? { sha256, bytes } : `Its content has the digest ${actual}.`;
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            return (0,errors/* messageOf */.bD)(error);
        throw error;
    }
}
async function archive_pack(place, source) {
    const { store, digest, compression } = place;
    const key = (0,archive_manifest/* archiveKeys */.fJ)(digest, compression).archive;
    const replace = await store.exists(key);
    const meter = new streams/* Meter */.kI();
    // A failure of the packing is on `meter` as well, where the store finds it.
    (0,external_node_stream_.pipeline)(source.pack(compression), meter, () => undefined);
    if (await store.put(key, meter, { replace }))
        return { sha256: meter.sha256, bytes: meter.bytes };
    // Another run was faster; its bytes are the ones that count.
    const stored = await inspect(place, key);
    if (typeof stored !== 'string')
        return stored;
    throw new errors/* UpstreamError */.gA('the artifact store', `${store.urlOf(key)} was just written, and is damaged: ${stored}`);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/check-inputs.js
/** What the inputs ask for, as far as it can be told without looking at the files. */





const ONLY_LOCAL = 'This version packs local files into file stores.';
/** @throws UserError with every problem at once. */
function checkInputs(inputs, context, log) {
    const problems = [...cloudProblems(inputs), ...destinationProblems(inputs, context)];
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    if (inputs.tags !== null)
        log.notice('tags are for cloud resources; a file store has none, so they are ignored.');
    const root = (where, shown, prefix) => {
        return { where, shown, path: (0,external_node_path_.resolve)(context.workspace, shown), prefix };
    };
    const { modelPath, codePath, referencePath, destination } = inputs;
    return {
        model: root('model-path', modelPath, ''),
        code: codePath === null ? null : root('code-path', codePath, 'code/'),
        reference: referencePath === null
            ? null
            : { path: (0,external_node_path_.resolve)(context.workspace, referencePath), shown: referencePath },
        storeUrl: destination ?? (0,workspace/* defaultStoreUrl */.kT)(context),
        isDefaultStore: destination === null,
    };
}
function cloudProblems(inputs) {
    const problems = [];
    for (const [where, value] of [
        ['model-path', inputs.modelPath],
        ['code-path', inputs.codePath],
        ['reference-path', inputs.referencePath],
        ['destination', inputs.destination],
    ]) {
        if (!value?.toLowerCase().startsWith('s3://'))
            continue;
        const fix = where === 'destination' ? 'Give a file:///folder URL, or leave it out.' : 'Give a path.';
        problems.push({ where, message: `"${value}" is in S3. ${ONLY_LOCAL}`, fix });
    }
    for (const [where, value] of [
        ['kms-key-id', inputs.kmsKeyId],
        ['model-package-group', inputs.modelPackageGroup],
    ]) {
        if (value === null)
            continue;
        problems.push({ where, message: `"${value}" needs AWS. ${ONLY_LOCAL}`, fix: 'Leave it out.' });
    }
    return problems;
}
/** A store inside of the model would be packed into the next archive. */
function destinationProblems({ destination, modelPath }, context) {
    if (!destination?.startsWith('file:'))
        return [];
    const where = 'destination';
    try {
        const folder = (0,external_node_url_.fileURLToPath)(destination);
        if (!(0,walk/* isInside */.FK)((0,external_node_path_.resolve)(context.workspace, modelPath), folder))
            return [];
        const message = `"${destination}" lies in model-path, so every run would pack what the runs before it stored.`;
        return [{ where, message, fix: 'Choose a folder elsewhere.' }];
    }
    catch (error) {
        return [{ where, message: `"${destination}" is no file URL of this machine (${(0,errors/* messageOf */.bD)(error)}).` }];
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/signature.js

/** The one ONNX file that stands for the model: the only one, or `model.onnx` among several; null otherwise. */
function onnxFileOf(tree) {
    const paths = tree
        .map((file) => file.path)
        .filter((path) => /\.onnx$/i.test(path) && !path.startsWith('code/'));
    if (paths.length === 1)
        return paths[0] ?? null;
    return paths.includes('model.onnx') ? 'model.onnx' : null;
}
/** Opens a model just to see what it takes and gives. @throws UserError for a file that is no usable model. */
async function signatureOf(openSession, bytes, label) {
    const session = await openSession(bytes, { label, runtime: 'auto' });
    try {
        return session.signature;
    }
    finally {
        await session.close();
    }
}
/** @throws UserError where predictions of the two cannot be compared, because they do not take the same inputs. */
function checkSameInputs(model, reference, label) {
    const problems = [];
    for (const wanted of model.inputs) {
        const given = reference.inputs.find(({ name }) => name === wanted.name);
        if (given === undefined)
            problems.push(`it has no input "${wanted.name}"`);
        else if (!isAlike(wanted, given)) {
            problems.push(`its input "${given.name}" is ${show(given)}, the model's is ${show(wanted)}`);
        }
    }
    for (const { name } of reference.inputs) {
        if (!model.inputs.some((input) => input.name === name)) {
            problems.push(`it has an input "${name}" that the model has not`);
        }
    }
    if (problems.length === 0)
        return;
    throw new errors/* UserError */.yo(`The reference ${label} does not take what the model takes: ${problems.join('; ')}. ` +
        'Export it with the same inputs, or set reference-path to another model.');
}
/** Free dimensions have no size to compare; two fixed sizes have to be the same. */
function isAlike(a, b) {
    return (a.type === b.type &&
        a.shape.length === b.shape.length &&
        a.shape.every((size, i) => typeof size === 'string' || typeof b.shape[i] === 'string' || size === b.shape[i]));
}
/** Such as `float32[batch, 30]`. */
function show({ type, shape }) {
    return `${type}[${shape.map((size) => (size === '' ? '?' : String(size))).join(', ')}]`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/reference.js
/** The ONNX model that predictions are compared with. */






/**
 * The reference that the user named, or the model's own ONNX file; null where there is neither.
 * @throws UserError for a file that is no ONNX model, or that takes other inputs than the model.
 */
async function findReference(request, source, model, openSession) {
    const own = source.tree.find((file) => file.path === onnxFileOf(source.tree));
    if (request.reference === null) {
        return own ? { digest: own.sha256, label: own.path, read: () => source.read(own.path) } : null;
    }
    const { path, shown } = request.reference;
    const bytes = await (0,promises_.readFile)(path).catch((cause) => {
        throw new errors/* UserError */.yo(`reference-path: "${shown}" ${(0,walk/* whyUnreadable */._p)(cause)}`, { cause });
    });
    const digest = (0,canonical_json/* sha256 */.sc)(bytes);
    if (digest !== own?.sha256) {
        const signature = await signatureOf(openSession, bytes, shown);
        if (model !== null)
            checkSameInputs(model, signature, `"${shown}"`);
    }
    return { digest, label: shown, read: () => Promise.resolve(bytes) };
}
async function storeReference(store, { digest, read }) {
    const key = stores/* storeKeys */.G.reference(digest);
    if (!(await store.exists(key)))
        await store.put(key, await read());
    return { digest, url: store.urlOf(key) };
}

// EXTERNAL MODULE: ./build/js/src/core/archive/exclusions.js
var exclusions = __webpack_require__(48393);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/framework.js
/** The most telling first: a Hugging Face folder may hold ONNX files, and any model a pickled helper. */
const RULES = [
    {
        framework: 'huggingface',
        evidence: /(^|\/)(model([-.].*)?\.safetensors|pytorch_model([-.].*)?\.bin)$/,
        beside: /(^|\/)config\.json$/,
    },
    { framework: 'tensorflow', evidence: /^(\d+\/)?saved_model\.pb$/ },
    { framework: 'onnx', evidence: /\.onnx$/i },
    {
        framework: 'xgboost',
        evidence: /(\.(bst|ubj)|(^|\/)xgboost-model)$/i,
        alsoUses: /\.(pkl|pickle|joblib|json)$/i,
    },
    { framework: 'pytorch', evidence: /\.(pt|pth)$/i },
    { framework: 'sklearn', evidence: /\.(joblib|pkl)$/i, alsoUses: /\.(pickle|skops)$/i },
];
/** Files below `code/` are programs, and say nothing about the model. */
function modelPaths(tree) {
    return tree.map((file) => file.path).filter((path) => !path.startsWith('code/'));
}
function detectFramework(tree) {
    const paths = modelPaths(tree);
    for (const { framework, evidence, beside } of RULES) {
        const because = paths.find((path) => evidence.test(path));
        const isWhole = beside === undefined || paths.some((path) => beside.test(path));
        if (because !== undefined && isWhole)
            return { framework, because };
    }
    return { framework: 'custom', because: null };
}
/** A sentence where the files do not look like the framework that the user named; null where they may. */
function contradiction(named, tree) {
    const found = detectFramework(tree);
    const rule = RULES.find(({ framework }) => framework === named);
    if (rule === undefined || found.because === null || found.framework === named)
        return null;
    const fits = (path) => rule.evidence.test(path) || (rule.alsoUses?.test(path) ?? false);
    if (modelPaths(tree).some(fits))
        return null;
    return `framework is "${named}", but "${found.because}" looks like ${found.framework}. It is recorded as "${named}".`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/remarks.js
/** What a user should know about the files that were, or were not, packed. */


const MOST_NAMES = 10;
/** Says in the log what was left out, and what looks like a mistake. */
function remarkOnFiles(log, source) {
    const { leftOut, tree, ready } = source;
    const pathsOf = (reason) => leftOut.filter((l) => l.reason === reason).map((l) => l.path);
    const clutter = pathsOf('clutter');
    const secrets = pathsOf('secret');
    if (clutter.length > 0)
        log.info(`Left out: ${names(clutter)}`);
    if (secrets.length > 0)
        log.warning(`Left out, because they look like secrets: ${names(secrets)}`);
    const packed = ready
        ? tree.filter((file) => (0,exclusions/* exclusionOfPath */.Z)(file.path) === 'secret').map((f) => f.path)
        : [];
    if (packed.length > 0) {
        log.warning(`The archive is stored as it is, with files that look like secrets: ${names(packed)}`);
    }
    const wrapper = wrapperOf(tree.map((file) => file.path));
    if (wrapper !== null) {
        log.warning(`Every file lies in the folder "${wrapper}", but serving containers look for the model outside of folders. ` +
            `Give ${ready ? 'an archive without it' : `model-path with "${wrapper}" at its end`} unless that is what you want.`);
    }
}
/** The framework to record: the one that the user named, or what the files look like. */
function chooseFramework(log, named, tree) {
    if (named !== 'auto') {
        const doubt = contradiction(named, tree);
        if (doubt !== null)
            log.warning(doubt);
        return named;
    }
    const { framework, because } = detectFramework(tree);
    log.info(because === null ? 'No file tells the framework: custom.' : `Framework: ${framework} (${because})`);
    return framework;
}
/** The one folder that holds everything; null where there is none, or where it means something. */
function wrapperOf(paths) {
    const [first = '', ...others] = new Set(paths.map((path) => (path.includes('/') ? path.split('/')[0] : '')));
    // TensorFlow Serving keeps its versions in folders that are numbers.
    return first === '' || others.length > 0 || first === 'code' || /^\d+$/.test(first) ? null : first;
}
/** The first few, and how many more. */
function names(paths) {
    const rest = paths.length - MOST_NAMES;
    const first = paths.slice(0, MOST_NAMES).map((path) => JSON.stringify(path));
    return first.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/summary.js



const MOST_LEFT_OUT = 50;
/** The block of the job summary. */
function summaryOf({ name, manifest, release, releaseDigest, reused, leftOut }) {
    const { digest, bytes, files, sha256, signature } = manifest;
    const { model, reference } = release;
    const tensors = (list) => list.map((tensor) => (0,markdown/* code */.aY)(`${tensor.name}: ${show(tensor)}`)).join('\n');
    const rows = [
        ['Model', (0,markdown/* escapeMarkdown */.FV)(name)],
        ['Digest', (0,markdown/* code */.aY)(digest)],
        ['Archive', `${formatBytes(bytes)}, sha256 ${(0,markdown/* code */.aY)(sha256)}`],
        ['Files', `${files.length} with ${formatBytes((0,content_tree/* treeBytes */.eS)(files))}`],
        ['Framework', (0,markdown/* escapeMarkdown */.FV)([model.framework, model.frameworkVersion ?? ''].join(' ').trim())],
        ...(signature
            ? [
                ['Inputs', tensors(signature.inputs)],
                ['Outputs', tensors(signature.outputs)],
            ]
            : []),
        ['Reference', reference === null ? 'none' : (0,markdown/* code */.aY)(reference.digest)],
        ['Reused', reused ? 'yes: the store had this content, nothing was packed' : 'no'],
        ['Release record', (0,markdown/* code */.aY)(releaseDigest)],
    ];
    return [`### package-model`, (0,markdown/* table */.tp)(['', ''], rows), ...leftOutBlock(leftOut)].join('\n\n');
}
function leftOutBlock(leftOut) {
    if (leftOut.length === 0)
        return [];
    const rows = leftOut.slice(0, MOST_LEFT_OUT).map(({ path, reason }) => [(0,markdown/* code */.aY)(path), reason]);
    const rest = leftOut.length - rows.length;
    const more = rest > 0 ? `\n\n… and ${rest} more` : '';
    return [(0,markdown/* details */.zH)(`Left out (${leftOut.length})`, (0,markdown/* table */.tp)(['Path', 'Why'], rows) + more)];
}
/** Such as `12.3 MB`; a MB is a million bytes. */
function formatBytes(bytes) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/run.js
/** Packs a trained model into a content-addressed archive, puts it into the store once, and records the release. */
















/** @throws UserError for inputs and files that cannot be used, before anything is written. */
async function run(inputs, ports) {
    const { log, signal, report, context, openSession } = ports;
    report.output('model-package-arn', '');
    const request = checkInputs(inputs, context, log);
    const source = await openModel(request.model, request.code, signal);
    checkCompression(inputs, source);
    const digest = (0,content_tree/* contentDigest */.eZ)(source.tree);
    report.output('model-digest', digest);
    log.info(`Model digest: ${digest} (files: ${source.tree.length})`);
    remarkOnFiles(log, source);
    const framework = chooseFramework(log, inputs.framework, source.tree);
    const store = await ports.openStore(request.storeUrl);
    const place = { store, digest, compression: inputs.compression, log, signal };
    const stored = await storedManifest(place);
    const signature = stored ? stored.signature : await readSignature(source, ports);
    report.output('signature', signature === null ? '' : (0,canonical_json/* canonicalJson */.dj)(signature));
    const reference = await findReference(request, source, signature, openSession);
    const description = { framework, frameworkVersion: inputs.frameworkVersion, signature };
    if (request.isDefaultStore)
        await (0,workspace/* prepareWorkspace */.t0)(context);
    const manifest = stored ?? (await storeArchive(place, source, description));
    logArchive(ports, place, manifest, stored !== null);
    const kept = reference === null ? null : await storeReference(store, reference);
    const packed = { request, source, place, description, manifest, reused: stored !== null, reference: kept };
    await reportPacked(packed, ports);
}
function checkCompression({ compression, modelPath }, { ready }) {
    if (!ready || compression === 'gzip')
        return;
    const message = `"none" does not go with "${modelPath}", a gzip archive that is stored as it is.`;
    throw errors/* UserError */.yo.of([{ where: 'compression', message, fix: 'Leave it out, or give the unpacked folder.' }]);
}
async function readSignature(source, { log, openSession }) {
    const path = onnxFileOf(source.tree);
    if (path !== null)
        return signatureOf(openSession, await source.read(path), path);
    if (source.tree.some((file) => file.path.endsWith('.onnx'))) {
        log.info('Several ONNX files and none called model.onnx: no signature is recorded.');
    }
    return null;
}
function logArchive({ log, report }, { store, digest, compression }, { sha256, bytes }, reused) {
    const url = store.urlOf((0,archive_manifest/* archiveKeys */.fJ)(digest, compression).archive);
    const done = reused ? 'The store had it already' : 'Packed';
    log.info(`${done}: ${url} (${formatBytes(bytes)})`);
    report.output('model-data-url', url);
    report.output('model-sha256', sha256);
    report.output('archive-bytes', bytes);
    report.output('reused', reused);
}
/** Writes the release record, and says everything that was found. */
async function reportPacked(packed, { report, context, clock, log }) {
    const { place, manifest, reference, description, reused, request, source } = packed;
    const { store, digest, compression } = place;
    report.output('reference-digest', reference?.digest ?? '');
    report.output('reference-url', reference?.url ?? '');
    const manifestPath = await (0,workspace/* runFile */.y6)(context, `manifest-${(0,canonical_json/* shortDigest */.VK)(digest)}.json`);
    await (0,promises_.writeFile)(manifestPath, (0,archive_manifest/* manifestText */.$2)(manifest));
    report.output('manifest-path', manifestPath);
    const { sha256, bytes } = manifest;
    const url = store.urlOf((0,archive_manifest/* archiveKeys */.fJ)(digest, compression).archive);
    const release = (0,packaged_release/* packagedRelease */.i)({ digest, url, sha256, bytes, ...description }, reference, context, clock.now());
    const releaseDigest = await store.record(release);
    const recordUrl = store.urlOf(stores/* storeKeys */.G.release(releaseDigest));
    report.output('release-record', recordUrl.startsWith('file:') ? (0,external_node_url_.fileURLToPath)(recordUrl) : recordUrl);
    report.output('release-digest', releaseDigest);
    log.info(`Release record: ${recordUrl}`);
    const { leftOut } = source;
    report.summary(summaryOf({ name: request.model.shown, manifest, release, releaseDigest, reused, leftOut }));
}


/***/ })

};
