export const id = 8450;
export const ids = [8450];
export const modules = {

/***/ 18450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/js/src/core/archive/content-tree.js
var content_tree = __webpack_require__(11400);
// EXTERNAL MODULE: ./build/js/src/core/archive/manifest.js
var archive_manifest = __webpack_require__(9573);
// EXTERNAL MODULE: ./build/js/src/core/bytes.js
var core_bytes = __webpack_require__(68836);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
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
// EXTERNAL MODULE: ./build/js/src/core/archive/archive-source.js
var archive_source = __webpack_require__(51251);
// EXTERNAL MODULE: ./build/js/src/core/archive/pack.js + 2 modules
var pack = __webpack_require__(27020);
// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/files.js
/** A model without compression in an object store: each file by itself. */




/** Up to this size a file is sent at once, and several beside each other. */
const SMALL_BYTES = 4 * 1024 * 1024;
const PARALLEL_SMALL = 8;
// eslint-disable-next-line no-control-regex -- those are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;
/** Sends what is not there yet. @throws UserError for names that objects cannot have, before anything is sent. */
async function storeFiles({ store, digest }, source) {
    checkNames(source.tree);
    const folder = (0,archive_manifest/* archiveKeys */.fJ)(digest, 'files').archive;
    const send = async (file) => {
        const key = `${folder}/${file.path}`;
        const stored = await store.size(key);
        if (stored === file.size)
            return;
        const replace = stored !== null;
        if (file.size <= SMALL_BYTES)
            await store.put(key, await source.read(file.path), { replace });
        else
            await store.put(key, source.stream(file.path), { replace, maxBytes: file.size });
    };
    const isSmall = (file) => file.size <= SMALL_BYTES;
    await (0,streams/* mapParallel */.EQ)(source.tree.filter(isSmall), PARALLEL_SMALL, send);
    // Each of these is sent in parts beside each other already.
    await (0,streams/* mapParallel */.EQ)(source.tree.filter((file) => !isSmall(file)), 1, send);
    return { sha256: digest, bytes: (0,content_tree/* treeBytes */.eS)(source.tree) };
}
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
function checkNames(tree) {
    const problems = tree
        .filter(({ path }) => CONTROL.test(path))
        .map(({ path }) => ({
        where: 'compression',
        message: `"none" stores each file by itself, and ${JSON.stringify(path)} has a character that no object's name should have.`,
        fix: 'Rename it, or use gzip.',
    }));
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/archive.js
/** Puts the model into the store, once. */









/** SageMaker takes a model without compression as files below a prefix; on a disk one tar is more practical. */
function formOf(store, compression) {
    if (compression === 'gzip')
        return 'gzip';
    return store.url.startsWith('file:') ? 'tar' : 'files';
}
/** The URL that a deployment is given: an archive's, or a folder's with a slash at its end. */
function modelUrl({ store, digest, form }) {
    const url = store.urlOf((0,archive_manifest/* archiveKeys */.fJ)(digest, form).archive);
    return form === 'files' ? `${url}/` : url;
}
/** The manifest of a model that the store has; null where the model or a manifest that fits it is missing. */
async function storedManifest({ store, digest, form }) {
    const keys = (0,archive_manifest/* archiveKeys */.fJ)(digest, form);
    // That of files is written after the last of them.
    const bytes = form === 'files' ? null : await store.size(keys.archive);
    if (form !== 'files' && bytes === null)
        return null;
    if (!(await store.exists(keys.manifest)))
        return null;
    const manifest = (0,archive_manifest/* parseManifest */.Ng)(await (0,consumers_.text)(await store.open(keys.manifest)), digest);
    if (manifest?.compression !== compressionOf(form))
        return null;
    if (bytes !== null && manifest.bytes !== bytes)
        return null;
    if (form !== 'files')
        await store.tidy?.(keys.archive);
    return manifest;
}
function compressionOf(form) {
    return form === 'gzip' ? 'gzip' : 'none';
}
/** Packs the model while it flows into the store. Whatever is there already and whole stays as it is. */
async function storeModel(place, source, description) {
    const { store, digest, form } = place;
    const manifest = {
        schema: archive_manifest/* MANIFEST_SCHEMA */.KB,
        digest,
        ...(form === 'files' ? await storeFiles(place, source) : await storeArchive(place, source)),
        compression: compressionOf(form),
        ...description,
        packer: source.ready ? 'given' : pack/* PACKER */.hD,
        files: source.tree,
    };
    await store.put((0,archive_manifest/* archiveKeys */.fJ)(digest, form).manifest, (0,archive_manifest/* manifestText */.$2)(manifest), { replace: true });
    return manifest;
}
async function storeArchive(place, source) {
    return (await leftBehind(place)) ?? (await archive_pack(place, source));
}
/**
 * An archive without a usable manifest: a run was cut off between the two, or the manifest was damaged. Records may
 * name the archive's bytes already, and another version of Node would compress to different ones, so it is kept
 * where it holds what its name says.
 */
async function leftBehind(place) {
    const { store, digest, form, log } = place;
    const key = (0,archive_manifest/* archiveKeys */.fJ)(digest, form).archive;
    if (!(await store.exists(key)))
        return null;
    const url = store.urlOf(key);
    const problem = await inspect(place, key);
    if (typeof problem !== 'string') {
        log.info(`${url} is whole, but its manifest is missing or damaged; only that is written again.`);
        await store.tidy?.(key);
        return problem;
    }
    log.warning(`${url} is damaged and is packed again: ${problem}`);
    return null;
}
/** What the stored archive is, or a sentence about what is wrong with it. */
async function inspect({ store, digest, signal }, key) {
    try {
        const { tree, sha256, bytes } = await (0,archive_source/* inspectArchive */.N9)(await store.open(key), { label: 'It', signal });
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
    const { store, digest, form } = place;
    const key = (0,archive_manifest/* archiveKeys */.fJ)(digest, form).archive;
    const compression = compressionOf(form);
    const replace = await store.exists(key);
    const meter = new streams/* Meter */.kI();
    let done = 0;
    const packed = source.pack(compression, (share) => (done = share));
    // A failure of the packing is on `meter` as well, where the store finds it.
    (0,external_node_stream_.pipeline)(packed, meter, () => undefined);
    const options = { replace, maxBytes: source.maxBytes(compression), share: () => done };
    if (await store.put(key, meter, options))
        return { sha256: meter.sha256, bytes: meter.bytes };
    // Another run was faster; its bytes are the ones that count.
    const stored = await inspect(place, key);
    if (typeof stored !== 'string')
        return stored;
    throw new errors/* UpstreamError */.gA('the artifact store', `${store.urlOf(key)} was just written, and is damaged: ${stored}`);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/js/src/core/archive/remote-model.js
/** A model that lies in an object store, such as the output of a training job. */







const PARALLEL_DOWNLOADS = 4;
function isRemote(location) {
    return /^s3:\/\//i.test(location);
}
function isRemoteArchive(url) {
    return /\.(tar\.gz|tgz)$/i.test(url);
}
/** An archive there: it is read to know its content, and taken over byte for byte, without a copy on this machine. */
async function remoteArchive(remote, url, where, signal) {
    const file = (await remote.list(url)).find((listed) => listed.url === url);
    if (file === undefined)
        throw nothingAt(url, where);
    let version = null;
    const open = async () => {
        const opened = await remote.open(url, version);
        version = opened.version;
        return opened.body;
    };
    return (0,archive_source/* archiveSourceOf */.fb)({ shown: url, size: file.size, open }, where, signal);
}
/**
 * Downloads an object, or everything below a prefix, into a folder, which is made.
 * @returns the path of the file, or the folder.
 */
async function download(remote, url, folder, { where, signal }) {
    const listed = await remote.list(url);
    const single = listed.find((file) => file.url === url);
    const files = single === undefined ? listed.filter((file) => !file.path.endsWith('/')) : [single];
    if (files.length === 0)
        throw nothingAt(url, where);
    await (0,streams/* mapParallel */.EQ)(files, PARALLEL_DOWNLOADS, async (file) => {
        const path = (0,external_node_path_.join)(folder, safe(file.path, url));
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
        const { body } = await remote.open(file.url, null);
        await (0,external_node_stream_promises_.pipeline)(body, (0,external_node_fs_.createWriteStream)(path), { ...(signal === undefined ? {} : { signal }) });
    });
    return single === undefined ? folder : (0,external_node_path_.join)(folder, (0,external_node_path_.basename)(single.path));
}
function safe(path, url) {
    if (!path.split('/').some((part) => part === '..' || part === '.' || part === ''))
        return path;
    throw new errors/* UserError */.yo(`"${url}" has an object "${path}", whose name cannot be that of a file. Rename it.`);
}
function nothingAt(url, where) {
    return errors/* UserError */.yo.of([{ where, message: `there is nothing at "${url}".`, fix: 'Check the URL.' }]);
}

// EXTERNAL MODULE: ./build/js/src/core/archive/walk.js
var walk = __webpack_require__(16509);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/check-inputs.js
/** What the inputs ask for, as far as it can be told without looking at the files. */






/** @throws UserError with every problem at once. */
function checkInputs(inputs, context, log) {
    const problems = [
        ...placeProblems(inputs),
        ...cloudProblems(inputs),
        ...destinationProblems(inputs, context),
        ...tagProblems(inputs),
    ];
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    if (inputs.tags !== null && !isInS3(inputs))
        log.notice('tags are for cloud resources; a file store has none, so they are ignored.');
    const root = (where, shown, prefix) => {
        return { where, shown, path: (0,external_node_path_.resolve)(context.workspace, shown), prefix };
    };
    const { modelPath, codePath, referencePath, destination } = inputs;
    return {
        model: root('model-path', modelPath, ''),
        remote: isRemote(modelPath) ? modelPath : null,
        code: codePath === null ? null : root('code-path', codePath, 'code/'),
        reference: referencePath === null
            ? null
            : { path: (0,external_node_path_.resolve)(context.workspace, referencePath), shown: referencePath },
        storeUrl: destination ?? (0,workspace/* defaultStoreUrl */.kT)(context),
        isDefaultStore: destination === null,
    };
}
function isInS3({ destination }) {
    return destination !== null && isRemote(destination);
}
/** Only the model itself may come from S3. */
function placeProblems({ codePath, referencePath }) {
    const places = [
        ['code-path', codePath],
        ['reference-path', referencePath],
    ];
    return places.flatMap(([where, value]) => value !== null && isRemote(value)
        ? [{ where, message: `"${value}" is in S3.`, fix: 'Give a path in the workspace.' }]
        : []);
}
function cloudProblems(inputs) {
    if (isInS3(inputs))
        return [];
    const fix = 'Set destination to s3://bucket/prefix, or leave it out.';
    const problems = [];
    for (const [where, value, why] of [
        ['kms-key-id', inputs.kmsKeyId, 'encrypts objects in S3'],
        ['model-package-group', inputs.modelPackageGroup, 'registers models that lie in S3'],
    ]) {
        if (value !== null)
            problems.push({ where, message: `"${value}" ${why}, and this store is a folder.`, fix });
    }
    return problems;
}
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST_TAGS = 10;
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
function tagProblems(inputs) {
    if (inputs.tags === null || !isInS3(inputs))
        return [];
    const where = 'tags';
    const problems = [];
    if (inputs.tags.size > MOST_TAGS) {
        problems.push({ where, message: `has ${inputs.tags.size} tags; an object in S3 takes ${MOST_TAGS}.` });
    }
    for (const [name, value] of inputs.tags) {
        const fits = name.length <= 128 && value.length <= 256 && [name, value].every((t) => TAG_CHARACTERS.test(t));
        if (fits)
            continue;
        const rule = 'letters, digits, spaces and _ . : / = + - @, 128 of them in a name and 256 in a value';
        problems.push({ where, message: `"${name}=${value}" is no tag of S3: it takes ${rule}.` });
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

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/small-file.js

const small_file_SMALL_BYTES = 1024 * 1024;
/** An archive has to be read up to the file that is wanted; a large one is not worth that. */
const LARGE_ARCHIVE = 256 * 1024 * 1024;
/** A small text of the model; null where it has no such file, or where reading it would take long. */
async function readSmall(source, path) {
    const file = source.tree.find((f) => f.path === path);
    if (file === undefined || file.size > small_file_SMALL_BYTES)
        return null;
    if (source.ready && (0,content_tree/* treeBytes */.eS)(source.tree) > LARGE_ARCHIVE)
        return null;
    return Buffer.from(await source.read(path)).toString('utf8');
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/framework-version.js

/** How a framework is called on PyPI, and in the MLmodel file of MLflow. */
const NAMES = {
    sklearn: { pypi: 'scikit-learn', mlflow: 'sklearn_version' },
    pytorch: { pypi: 'torch', mlflow: 'pytorch_version' },
    tensorflow: { pypi: 'tensorflow', mlflow: 'tensorflow_version' },
    xgboost: { pypi: 'xgboost', mlflow: 'xgb_version' },
    huggingface: { pypi: 'transformers', mlflow: 'transformers_version' },
};
const REQUIREMENTS = ['requirements.txt', 'code/requirements.txt'];
/** Such as `1.4.2`; null where no file tells. */
async function readVersion(framework, source) {
    const names = NAMES[framework];
    if (names === undefined)
        return null;
    if (framework === 'huggingface') {
        const version = versionOfConfig(await readSmall(source, 'config.json'));
        if (version !== null)
            return version;
    }
    const mlflow = await readSmall(source, 'MLmodel');
    const noted = new RegExp(`^\\s*${names.mlflow}:\\s*['"]?([\\w.+-]+)`, 'm').exec(mlflow ?? '')?.[1];
    if (noted !== undefined)
        return noted;
    for (const path of REQUIREMENTS) {
        const pinned = new RegExp(`^${names.pypi}(?:\\[[^\\]]*\\])?\\s*==\\s*([\\w.+-]+)`, 'im');
        const version = pinned.exec((await readSmall(source, path)) ?? '')?.[1];
        if (version !== undefined)
            return version;
    }
    return null;
}
/** https://huggingface.co/docs/transformers/main_classes/configuration */
function versionOfConfig(text) {
    try {
        const config = JSON.parse(text ?? '{}');
        return typeof config.transformers_version === 'string' ? config.transformers_version : null;
    }
    catch {
        return null;
    }
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
/** The first few, and how many more. */
function names(paths) {
    const rest = paths.length - MOST_NAMES;
    const first = paths.slice(0, MOST_NAMES).map((path) => JSON.stringify(path));
    return first.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/layout.js


async function layoutFindings(framework, source) {
    const layout = layoutOf(source.tree);
    const wrapper = wrapperFinding(layout, source.ready);
    // Inside of a wrapper nothing is where it should be, and there is one remedy for all of it.
    if (wrapper !== null)
        return [wrapper];
    const rules = [scriptOutsideOfCode, requirementsOutsideOfCode, codeWithoutScript, ...layout_RULES[framework]];
    const found = rules.map((rule) => rule(layout));
    if (framework === 'onnx')
        found.push(await onnxWithoutRuntime(layout, source));
    return found.filter((finding) => finding !== null);
}
function layoutOf(tree) {
    const paths = tree.map((file) => file.path);
    const set = new Set(paths);
    return {
        paths,
        model: paths.filter((path) => !path.startsWith('code/')),
        has: (path) => set.has(path),
    };
}
/** The one folder that holds everything; null where there is none, or where it means something. */
function wrapperFinding({ paths }, ready) {
    const [first = '', ...others] = new Set(paths.map((path) => (path.includes('/') ? path.split('/')[0] : '')));
    // TensorFlow Serving keeps its versions in folders that are numbers.
    if (first === '' || others.length > 0 || first === 'code' || /^\d+$/.test(first))
        return null;
    const fix = ready ? 'Give an archive without it' : `Give model-path with "${first}" at its end`;
    return {
        rule: 'wrapper-folder',
        message: `Every file lies in the folder "${first}", but serving containers look for the model outside of folders: ` +
            `SageMaker would unpack it to /opt/ml/model/${first} and not find it. ${fix} unless that is what you want.`,
    };
}
const scriptOutsideOfCode = ({ has }) => has('inference.py') && !has('code/inference.py')
    ? {
        rule: 'script-outside-of-code',
        message: '"inference.py" lies beside the model: SageMaker looks for it in code/, and would serve without it. Move it to code/inference.py, or give its folder as code-path.',
    }
    : null;
const requirementsOutsideOfCode = ({ has }) => has('requirements.txt') &&
    !has('code/requirements.txt') &&
    (has('code/inference.py') || has('inference.py'))
    ? {
        rule: 'requirements-outside-of-code',
        message: '"requirements.txt" lies beside the model: SageMaker installs code/requirements.txt only, so the packages would be missing. Move it to code/.',
    }
    : null;
const codeWithoutScript = ({ paths, has }) => {
    const scripts = paths.filter((path) => /^code\/[^/]+\.py$/.test(path));
    if (scripts.length === 0 || has('code/inference.py'))
        return null;
    return {
        rule: 'code-without-inference',
        message: `code/ has ${names(scripts)} but no inference.py: SageMaker would not start any of them. Name it inference.py, or set SAGEMAKER_PROGRAM in environment-variables of deploy-endpoint.`,
    };
};
const sklearnWithoutScript = ({ has }) => has('code/inference.py')
    ? null
    : {
        rule: 'no-inference-script',
        message: 'There is no code/inference.py: SageMaker\'s scikit-learn container does not know how to load a model by itself, so /ping would fail with "Please provide a model_fn implementation". Give code-path with an inference.py that has a model_fn.',
    };
const pytorchWithoutScript = ({ model, has }) => {
    if (has('code/inference.py'))
        return null;
    const files = model.filter((path) => /^[^/]+\.(pt|pth)$/.test(path));
    const what = files.length === 1
        ? `would load ${names(files)} with torch.jit.load, which takes TorchScript only`
        : `loads exactly one .pt or .pth file, and there are ${files.length}: the endpoint would not start`;
    return {
        rule: 'no-inference-script',
        message: `There is no code/inference.py: SageMaker's PyTorch container ${what}. Give code-path with an inference.py that has a model_fn.`,
    };
};
const tensorflowFolder = ({ model }) => {
    if (model.some((path) => /(^|\/)\d+\/saved_model\.pb$/.test(path)))
        return null;
    const found = model.some((path) => path.endsWith('saved_model.pb'))
        ? '"saved_model.pb" is there, but not'
        : 'There is no saved_model.pb';
    return {
        rule: 'tensorflow-version-folder',
        message: `${found} in a folder whose name is a number: TensorFlow Serving would say "No versions of servable found" and never answer. Lay it out as 1/saved_model.pb and 1/variables/.`,
    };
};
const tensorflowVariables = ({ model }) => {
    const folder = model
        .map((path) => /^(.*\d+\/)saved_model\.pb$/.exec(path)?.[1])
        .find((f) => f !== undefined);
    if (folder === undefined || model.some((path) => path.startsWith(`${folder}variables/`)))
        return null;
    return {
        rule: 'tensorflow-variables',
        message: `"${folder}variables/" is missing: TensorFlow Serving loads a model with weights from there, and would fail unless they are frozen into saved_model.pb.`,
    };
};
const xgboostOtherFiles = ({ model, has }) => {
    const files = model.filter((path) => !path.includes('/'));
    if (has('code/inference.py') || files.length <= 1)
        return null;
    return {
        rule: 'xgboost-other-files',
        message: `There are ${names(files)}: without code/inference.py SageMaker's XGBoost container loads every file as a booster, and would fail at the first that is none. Leave the others out, or give code-path with an inference.py.`,
    };
};
const huggingfaceTokenizer = ({ model, has }) => {
    const isThere = model.some((path) => /(^|\/)(tokenizer|vocab|spiece|preprocessor_config|processor_config|merges)[^/]*$/.test(path));
    if (isThere || has('code/inference.py'))
        return null;
    return {
        rule: 'huggingface-tokenizer',
        message: "There is no tokenizer and no preprocessor_config.json: SageMaker's Hugging Face container calls pipeline() on this folder, which would fail to load one. Save it beside the model (tokenizer.save_pretrained), or give code-path with an inference.py.",
    };
};
const onnxWithoutScript = ({ has }) => has('code/inference.py')
    ? null
    : {
        rule: 'no-inference-script',
        message: "There is no code/inference.py: none of SageMaker's framework containers serves an ONNX file by itself. Give code-path, or deploy it with an image of your own (image-uri). target: local needs neither.",
    };
async function onnxWithoutRuntime({ has }, source) {
    if (!has('code/inference.py'))
        return null;
    const script = await readSmall(source, 'code/inference.py');
    if (script === null || !/^\s*(import|from)\s+onnxruntime\b/m.test(script))
        return null;
    const requirements = (await readSmall(source, 'code/requirements.txt')) ?? '';
    if (/^onnxruntime/im.test(requirements))
        return null;
    return {
        rule: 'onnxruntime-not-required',
        message: "code/inference.py imports onnxruntime, which code/requirements.txt does not name: SageMaker's framework containers do not have it, so the import would fail. Add it, unless the image of your own has it.",
    };
}
const layout_RULES = {
    sklearn: [sklearnWithoutScript],
    pytorch: [pytorchWithoutScript],
    tensorflow: [tensorflowFolder, tensorflowVariables],
    xgboost: [xgboostOtherFiles],
    huggingface: [huggingfaceTokenizer],
    onnx: [onnxWithoutScript],
    custom: [],
};

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(75919);
// EXTERNAL MODULE: ./build/js/src/core/archive/hash-file.js
var hash_file = __webpack_require__(70103);
;// CONCATENATED MODULE: ./build/js/src/core/archive/hash-worker.js
/**
 * The body of a hashing thread. It is started from its own text (a worker of the built bundle has no file), so it must
 * use nothing from outside of itself.
 */
/** Reads files without waiting for anything else: a thread has nothing else to do. */
function hashWorker() {
    const threads = process.getBuiltinModule('node:worker_threads');
    const { parentPort } = threads;
    const { createHash } = process.getBuiltinModule('node:crypto');
    const { openSync, readSync, closeSync, fstatSync } = process.getBuiltinModule('node:fs');
    const headBytes = threads.workerData;
    const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
    const hashOne = (index, path) => {
        try {
            const file = openSync(path, 'r');
            try {
                const { mode } = fstatSync(file);
                const hash = createHash('sha256');
                let head = new Uint8Array(0);
                let size = 0;
                for (;;) {
                    const read = readSync(file, buffer, 0, buffer.length, null);
                    if (read === 0)
                        break;
                    const chunk = buffer.subarray(0, read);
                    if (size === 0)
                        head = new Uint8Array(chunk.subarray(0, headBytes));
                    hash.update(chunk);
                    size += read;
                }
                return { index, size, sha256: hash.digest('hex'), mode, head, error: null };
            }
            finally {
                closeSync(file);
            }
        }
        catch (thrown) {
            const { code = 'UNKNOWN', message } = thrown;
            return { index, size: 0, sha256: '', mode: 0, head: new Uint8Array(0), error: { code, message } };
        }
    };
    parentPort?.on('message', (request) => {
        parentPort.postMessage(request.map(([index, path]) => hashOne(index, path)));
    });
}

;// CONCATENATED MODULE: ./build/js/src/core/archive/hash-files.js
/** Hashes the files of a model on every core: an unchanged model costs nothing else. */








/** More threads than this only wait for the disk. */
const MOST_THREADS = 16;
/** Below both of these, starting threads takes longer than the work. */
const FEW_FILES = 200;
const FEW_BYTES = 32 * 1024 * 1024;
/** What a thread is given at once: many small files, or one large one. */
const BATCH_FILES = 64;
const BATCH_BYTES = 8 * 1024 * 1024;
const PARALLEL_READS = 4;
/**
 * @param paths absolute.
 * @returns in the order of `paths`; errors of the file system stand in the results.
 * @throws CancelledError
 */
async function hashFiles(paths, { signal, threads = Math.min((0,external_node_os_.availableParallelism)(), MOST_THREADS) }) {
    (0,streams/* stopIfCancelled */.FE)(signal);
    const files = paths.map((path, index) => ({ path, index, size: sizeOf(path) }));
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const batches = threads > 1 && (files.length >= FEW_FILES || bytes >= FEW_BYTES) ? batchesOf(files) : [];
    const count = Math.min(threads, batches.length);
    if (count > 1)
        return hashInThreads(files.length, batches, count, signal);
    return (0,streams/* mapParallel */.EQ)(paths, PARALLEL_READS, (path) => hashHere(path, signal));
}
async function hashHere(path, signal) {
    try {
        const { mode } = await (0,promises_.stat)(path);
        return { ...(await (0,hash_file/* hashFile */.DC)(path, signal)), mode };
    }
    catch (error) {
        if ((0,streams/* errorCode */.CA)(error) === '' || !(error instanceof Error))
            throw error;
        return { error };
    }
}
/** Only for choosing how the work is done; what is wrong with a file is found when it is read. */
function sizeOf(path) {
    try {
        return (0,external_node_fs_.statSync)(path).size;
    }
    catch {
        return 0;
    }
}
/** The largest first, so that no thread is left with one at the end. */
function batchesOf(files) {
    const order = [...files].sort((a, b) => b.size - a.size);
    const batches = [];
    let room = 0;
    let bytes = 0;
    for (const { index, path, size } of order) {
        if (room === 0 || bytes + size > BATCH_BYTES) {
            batches.push([]);
            room = BATCH_FILES;
            bytes = 0;
        }
        batches.at(-1)?.push([index, path]);
        room--;
        bytes += size;
    }
    return batches;
}
async function hashInThreads(total, batches, count, signal) {
    const results = new Array(total);
    const queue = batches.values();
    const workers = Array.from({ length: count }, startWorker);
    const cancel = new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new errors/* CancelledError */.cc()), { once: true });
    });
    const drive = async (worker) => {
        for (const batch of queue) {
            for (const answer of await ask(worker, batch))
                results[answer.index] = resultOf(answer);
        }
    };
    try {
        await Promise.race([Promise.all(workers.map(drive)), cancel]);
        return results;
    }
    finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
    }
}
function startWorker() {
    return new external_node_worker_threads_.Worker(`(${hashWorker.toString()})()`, { eval: true, workerData: hash_file/* POINTER_BYTES */.YY });
}
function ask(worker, batch) {
    return new Promise((resolve, reject) => {
        const failed = (error) => reject(error);
        worker.once('error', failed);
        worker.once('message', (answers) => {
            worker.off('error', failed);
            resolve(answers);
        });
        worker.postMessage(batch);
    });
}
function resultOf({ error, size, sha256, mode, head }) {
    if (error !== null)
        return { error: Object.assign(new Error(error.message), { code: error.code }) };
    return { size, sha256, mode, isLfsPointer: (0,hash_file/* isLfsPointer */.NS)(size, head) };
}

;// CONCATENATED MODULE: ./build/js/src/core/archive/folder-source.js







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
    const fileAt = (path) => {
        const file = bySource.get(path);
        if (file === undefined)
            throw new Error(`"${path}" is not in the content tree.`);
        return file;
    };
    return {
        tree: (0,content_tree/* contentTree */.ap)(files),
        leftOut: listings.flatMap((listing) => listing.leftOut),
        ready: false,
        pack: (compression, onProgress) => (0,pack/* packFiles */.Po)(files, { compression, signal, onProgress }),
        maxBytes: (compression) => (0,pack/* packedBound */.HQ)(files, compression),
        read: async (path) => readOne(fileAt(path)),
        stream: (path) => (0,pack/* streamFile */.Pq)(fileAt(path), signal),
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
    const files = [];
    const results = await hashFiles(listed.map(({ source }) => source), { signal });
    for (const [index, file] of listed.entries()) {
        const facts = factsOf(file, results[index]);
        if ('message' in facts)
            problems.push(facts);
        else
            files.push(facts);
    }
    if (problems.length === 0 && (0,content_tree/* treeBytes */.eS)(files) === 0)
        problems.push(allEmpty(listed));
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return files;
}
function factsOf({ path, source, root }, result) {
    if (result === undefined)
        throw new TypeError(`"${source}" was not hashed.`);
    if ('error' in result)
        return { where: root.where, message: `"${source}" ${(0,walk/* whyUnreadable */._p)(result.error)}` };
    const { size, sha256, mode, isLfsPointer } = result;
    if (!isLfsPointer)
        return { path, source, mode: (0,content_tree/* fileMode */.IB)(mode), size, sha256 };
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
async function readOne(file) {
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
    return (0,archive_source/* archiveSource */.yG)(model, signal);
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

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/open-source.js
/** Opens the model that the inputs name, wherever it is. */






/** @throws UserError with every problem of the files. */
async function openSource(request, ports) {
    const { model, code, remote: url } = request;
    const { signal, remote, log } = ports;
    const nothing = async () => Promise.resolve();
    if (url === null)
        return { source: await openModel(model, code, signal), close: nothing };
    if (isRemoteArchive(url)) {
        if (code !== null) {
            const message = `cannot be added to "${url}", which is an archive already.`;
            throw errors/* UserError */.yo.of([{ where: code.where, message }]);
        }
        log.info(`Reading ${url} ...`);
        return { source: await remoteArchive(remote, url, model.where, signal), close: nothing };
    }
    const folder = await (0,promises_.mkdtemp)(`${await (0,workspace/* runFile */.y6)(ports.context, 'download')}-`);
    const close = async () => (0,promises_.rm)(folder, { recursive: true, force: true });
    try {
        log.info(`Downloading ${url} to ${(0,external_node_path_.dirname)(folder)} ...`);
        const path = await download(remote, url, folder, { where: model.where, signal });
        return { source: await openModel({ ...model, path }, code, signal), close };
    }
    catch (error) {
        await close();
        throw error;
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
    const key = stores/* storeKeys */.G5.reference(digest);
    if (!(await store.exists(key)))
        await store.put(key, await read());
    return { digest, url: store.urlOf(key) };
}

// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
;// CONCATENATED MODULE: ./build/js/src/actions/package-model/summary.js




const MOST_LEFT_OUT = 50;
/** The block of the job summary. */
function summaryOf(facts) {
    const { name, url, manifest, release, releaseDigest, reused, leftOut, findings, registered } = facts;
    const { digest, bytes, files, sha256, signature } = manifest;
    const { model, reference } = release;
    const tensors = (list) => list.map((tensor) => (0,markdown/* code */.aY)(`${tensor.name}: ${show(tensor)}`)).join('\n');
    const rows = [
        ['Model', (0,markdown/* escapeMarkdown */.FV)(name)],
        ['Digest', (0,markdown/* code */.aY)(digest)],
        ['Where', (0,markdown/* code */.aY)(url)],
        ['Archive', `${(0,core_bytes/* formatBytes */.z)(bytes)}, sha256 ${(0,markdown/* code */.aY)(sha256)}`],
        ['Files', `${files.length} with ${(0,core_bytes/* formatBytes */.z)((0,content_tree/* treeBytes */.eS)(files))}`],
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
        ...(registered === '' ? [] : [['Model Registry', (0,markdown/* code */.aY)(registered)]]),
    ];
    const blocks = [
        `### package-model`,
        (0,markdown/* table */.tp)(['', ''], rows),
        ...findingsBlock(findings),
        ...leftOutBlock(leftOut),
    ];
    return blocks.join('\n\n');
}
function findingsBlock(findings) {
    if (findings.length === 0)
        return [];
    return [['**Layout**', ...findings.map(({ message }) => `- ${(0,markdown/* escapeMarkdown */.FV)(message)}`)].join('\n')];
}
function leftOutBlock(leftOut) {
    if (leftOut.length === 0)
        return [];
    const rows = leftOut.slice(0, MOST_LEFT_OUT).map(({ path, reason }) => [(0,markdown/* code */.aY)(path), reason]);
    const rest = leftOut.length - rows.length;
    const more = rest > 0 ? `\n\n… and ${rest} more` : '';
    return [(0,markdown/* details */.zH)(`Left out (${leftOut.length})`, (0,markdown/* table */.tp)(['Path', 'Why'], rows) + more)];
}

;// CONCATENATED MODULE: ./build/js/src/actions/package-model/run.js
/** Packs a trained model into a content-addressed archive, puts it into the store once, and records the release. */



















/** @throws UserError for inputs and files that cannot be used, before anything is written. */
async function run(inputs, ports) {
    const { log, context, clock } = ports;
    const request = checkInputs(inputs, context, log);
    const started = clock.monotonic();
    const { source, close } = await openSource(request, ports);
    try {
        checkCompression(inputs, source);
        const bytes = (0,content_tree/* treeBytes */.eS)(source.tree);
        const seconds = (clock.monotonic() - started) / 1000;
        const rate = seconds > 0.05 ? ` in ${seconds.toFixed(1)} s, ${(0,core_bytes/* formatBytes */.z)(bytes / seconds)}/s` : '';
        log.info(`Hashed ${source.tree.length} files with ${(0,core_bytes/* formatBytes */.z)(bytes)}${rate}`);
        await reportPacked(inputs, await packModel(inputs, request, source, ports), ports);
    }
    finally {
        await close();
    }
}
async function packModel(inputs, request, source, ports) {
    const { log, signal, report, context, openSession } = ports;
    const digest = (0,content_tree/* contentDigest */.eZ)(source.tree);
    report.output('model-digest', digest);
    log.info(`Model digest: ${digest}`);
    remarkOnFiles(log, source);
    const framework = chooseFramework(log, inputs.framework, source.tree);
    const findings = await layoutFindings(framework, source);
    for (const { message } of findings)
        log.warning(message);
    const store = await ports.openStore(request.storeUrl);
    const place = { store, digest, form: formOf(store, inputs.compression), log, signal };
    const stored = await storedManifest(place);
    const signature = stored ? stored.signature : await readSignature(source, ports);
    report.output('signature', signature === null ? '' : (0,canonical_json/* canonicalJson */.dj)(signature));
    const reference = await findReference(request, source, signature, openSession);
    const frameworkVersion = inputs.frameworkVersion ?? (await readVersion(framework, source));
    const description = { framework, frameworkVersion, signature };
    if (request.isDefaultStore)
        await (0,workspace/* prepareWorkspace */.t0)(context);
    const manifest = stored ?? (await storeModel(place, source, description));
    const reused = stored !== null;
    logArchive(ports, place, manifest, reused);
    const kept = reference === null ? null : await storeReference(store, reference);
    return { request, source, findings, place, description, manifest, reused, reference: kept };
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
function logArchive({ log, report }, place, { sha256, bytes }, reused) {
    const url = modelUrl(place);
    const done = reused ? 'The store had it already' : 'Packed';
    log.info(`${done}: ${url} (${(0,core_bytes/* formatBytes */.z)(bytes)})`);
    report.output('model-data-url', url);
    report.output('model-sha256', sha256);
    report.output('archive-bytes', bytes);
    report.output('reused', reused);
}
/** Writes the release record, registers the model, and says everything that was found. */
async function reportPacked(inputs, packed, ports) {
    const { report, context, clock, log } = ports;
    const { place, manifest, reference, description, reused, request, source, findings } = packed;
    const { store, digest } = place;
    report.output('reference-digest', reference?.digest ?? '');
    report.output('reference-url', reference?.url ?? '');
    const manifestPath = await (0,workspace/* runFile */.y6)(context, `manifest-${(0,canonical_json/* shortDigest */.VK)(digest)}.json`);
    await (0,promises_.writeFile)(manifestPath, (0,archive_manifest/* manifestText */.$2)(manifest));
    report.output('manifest-path', manifestPath);
    const { sha256, bytes } = manifest;
    const url = modelUrl(place);
    const release = (0,packaged_release/* packagedRelease */.i)({ digest, url, sha256, bytes, ...description }, reference, context, clock.now());
    const releaseDigest = await store.record(release);
    const recordUrl = store.urlOf(stores/* storeKeys */.G5.release(releaseDigest));
    report.output('release-record', recordUrl.startsWith('file:') ? (0,external_node_url_.fileURLToPath)(recordUrl) : recordUrl);
    report.output('release-digest', releaseDigest);
    log.info(`Release record: ${recordUrl}`);
    const registered = await register(inputs, packed, releaseDigest, ports);
    const { leftOut } = source;
    const name = request.model.shown;
    report.summary(summaryOf({ name, url, manifest, release, releaseDigest, reused, leftOut, findings, registered }));
}
async function register({ modelPackageGroup, tags }, { place, description }, release, { registry, report, log, context }) {
    if (modelPackageGroup === null) {
        report.output('model-package-arn', '');
        return '';
    }
    const { arn, reused, approval } = await registry.register({
        group: modelPackageGroup,
        digest: place.digest,
        url: modelUrl(place),
        compressed: place.form === 'gzip',
        framework: description.framework,
        frameworkVersion: description.frameworkVersion,
        release,
        tags,
        context,
    });
    log.info(`${reused ? 'The Model Registry had it already' : 'Registered'}: ${arn} (${approval})`);
    report.output('model-package-arn', arn);
    return `${arn} (${approval})`;
}


/***/ }),

/***/ 68836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ formatBytes)
/* harmony export */ });
/** Such as `12.3 MB`; a MB is a million bytes. */
function formatBytes(bytes) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}


/***/ })

};
