export const id = 4278;
export const ids = [4278];
export const modules = {

/***/ 14278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./build/js/src/core/archive/shape.js
var shape = __webpack_require__(79479);
// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
// EXTERNAL MODULE: ./build/js/src/core/release/parse-release.js
var parse_release = __webpack_require__(84718);
;// CONCATENATED MODULE: ./build/js/src/core/release/newest.js
/**
 * The newest verified release of an environment: what is promoted to the next one. A small document in the artifact
 * store names it, the only one there that is ever replaced:
 *
 *     environments/<owner>/<repository>/<environment>/<model>.json
 */





const SCHEMA = 'ml-deploy/newest/v1';
function newestKey({ repository, environment, model }) {
    return ['environments', ...repository.split('/'), environment, `${model ?? 'model'}.json`]
        .map(encodeURIComponent)
        .join('/');
}
/** @throws UserError where the environment has none, or where the record does not say that it was verified there. */
async function findNewest(store, place) {
    const key = newestKey(place);
    if (!(await store.exists(key))) {
        throw new errors/* UserError */.yo(`${place.environment} has no verified release to promote: ${store.urlOf(key)} is not there. Release to ${place.environment} first.`);
    }
    const digest = digestIn(await (0,consumers_.text)(await store.open(key)), store.urlOf(key));
    return { digest, record: await verified(store, digest, place) };
}
/** @throws UserError for a release that was not verified in that environment. */
async function keepNewest(store, place, digest, now) {
    await verified(store, digest, place);
    const document = { schema: SCHEMA, ...place, release: digest, at: now.toISOString() };
    await store.put(newestKey(place), `${JSON.stringify(document, null, 2)}\n`, { replace: true });
}
async function verified(store, digest, place) {
    const key = stores/* storeKeys */.G5.release(digest);
    if (!(await store.exists(key)))
        throw new errors/* UserError */.yo(`The release ${digest} is not in ${store.url}.`);
    const record = (0,parse_release/* parseRelease */.B)(await (0,consumers_.text)(await store.open(key)), { label: store.urlOf(key), digest });
    if (record.deployment?.environment !== place.environment) {
        const where = record.deployment?.environment ?? 'no environment';
        throw new errors/* UserError */.yo(`The release ${digest} was deployed to ${where}, not to ${place.environment}.`);
    }
    if (record.smoke?.passed !== true) {
        throw new errors/* UserError */.yo(`The release ${digest} has no passed smoke test in ${place.environment}.`);
    }
    return record;
}
function digestIn(source, label) {
    let value;
    try {
        value = JSON.parse(source);
    }
    catch (cause) {
        throw new errors/* UserError */.yo(`${label} is not valid JSON.`, { cause });
    }
    const { schema, release } = (0,shape/* isObject */.Gv)(value) ? value : {};
    if (schema === SCHEMA && typeof release === 'string' && /^[0-9a-f]{64}$/.test(release))
        return release;
    throw new errors/* UserError */.yo(`${label} does not name a release as this version writes it.`);
}

// EXTERNAL MODULE: ./build/js/src/core/spec/input.js
var input = __webpack_require__(68595);
;// CONCATENATED MODULE: ./build/js/src/actions/resolve/settings.js


/** @throws UserError with every problem at once. */
function findRoute(inputs, config, context) {
    if (context.eventName.startsWith('pull_request')) {
        throw new errors/* UserError */.yo('A pull request is not released. Use the reusable workflow verify.yml for it, which needs no credentials.');
    }
    if (config === null) {
        throw new errors/* UserError */.yo('There is no ml-deploy.yml. The workflow reads from it what goes where: add one.');
    }
    const modelName = findModel(inputs.modelName, config);
    const environments = config.environmentsOf(modelName);
    const environment = inputs.environment ?? environmentOfBranch(config, modelName, context);
    const known = { modelName: modelName ?? '', models: config.models, environments };
    if (environment === null)
        return { ...NOTHING, ...known };
    const from = new Settings(config, environment, modelName);
    const problems = [...required(from), ...wrongBranch(inputs, from, context)];
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    const promoteFrom = inputs.release === null ? from.own('promote-from') : '';
    const build = inputs.release === null && promoteFrom === '';
    const image = build && from.input('repository', 'push-image') !== '';
    const target = from.input('target');
    const artifactStore = from.input('artifact-store') || from.input('destination', 'package-model');
    return {
        ...known,
        mode: 'release',
        environment,
        target,
        endpointName: from.input('endpoint-name'),
        awsRegion: inputs.awsRegion ?? from.input('aws-region'),
        awsRoleArn: from.own('aws-role-arn'),
        artifactStore,
        aws: target === 'sagemaker' || artifactStore.startsWith('s3:'),
        build,
        image,
        promoteFrom,
        approval: from.own('approval') || (from.input('approvers', 'approve-gate') === '' ? 'none' : 'wait'),
    };
}
const NOTHING = {
    mode: 'none',
    environment: '',
    target: '',
    endpointName: '',
    awsRegion: '',
    awsRoleArn: '',
    artifactStore: '',
    aws: false,
    build: false,
    image: false,
    promoteFrom: '',
    approval: 'none',
};
class Settings {
    #config;
    environment;
    #modelName;
    constructor(config, environment, modelName) {
        this.#config = config;
        this.environment = environment;
        this.#modelName = modelName;
    }
    /** '' where the file says nothing. */
    input(name, action = 'deploy-endpoint') {
        const selection = { action, environment: this.environment, modelName: this.#modelName };
        return this.#config.lookup(name, selection)?.text.trim() ?? '';
    }
    own(name) {
        const selection = { environment: this.environment, modelName: this.#modelName };
        return this.#config.environmentKey(name, selection)?.text.trim() ?? '';
    }
    get branches() {
        return branchesOf(this.own('branch'));
    }
}
function findModel(named, { models }) {
    if (named !== null)
        return named;
    if (models.length <= 1)
        return models[0] ?? null;
    const message = `is needed, since ml-deploy.yml has several: ${models.join(', ')}.`;
    throw errors/* UserError */.yo.of([
        { where: 'model-name', message, fix: 'Call the workflow once for each, by a matrix.' },
    ]);
}
/** Null for a branch of no environment. Started by hand, that is a mistake. */
function environmentOfBranch(config, modelName, context) {
    const branch = branchOf(context);
    const all = config.environmentsOf(modelName);
    const found = all.find((environment) => new Settings(config, environment, modelName).branches.includes(branch ?? ''));
    if (found !== undefined)
        return found;
    if (context.eventName === 'push')
        return null;
    const message = `is needed, since ${context.ref || 'this run'} belongs to no environment.`;
    throw errors/* UserError */.yo.of([{ where: 'environment', message, fix: `There is ${all.join(', ') || 'none'}.` }]);
}
function branchOf({ ref }) {
    return /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? null;
}
function branchesOf(text) {
    return text
        .split(/[\n,]/)
        .map((branch) => branch.trim())
        .filter((branch) => branch !== '');
}
function* required(from) {
    for (const name of ['target', 'endpoint-name']) {
        if (from.input(name) !== '')
            continue;
        const fix = `Add it below environments.${from.environment}, or below the model.`;
        yield { where: name, message: `is not set for ${from.environment} in ml-deploy.yml.`, fix };
    }
}
/** Anybody who may push a branch could otherwise bring a configuration of their own to prod. */
function* wrongBranch({ anyBranch }, from, context) {
    const { branches, environment } = from;
    if (anyBranch || branches.length === 0 || branches.includes(branchOf(context) ?? ''))
        return;
    const message = `"${environment}" is released from ${branches.join(', ')} only, and this run is on ${context.ref || 'no branch'}.`;
    yield { where: 'environment', message, fix: (0,input/* suggestion */.h)(branchOf(context) ?? '', branches).trim() };
}

;// CONCATENATED MODULE: ./build/js/src/actions/resolve/run.js





/** @throws UserError with every problem at once. */
async function run(inputs, ports) {
    switch (inputs.command) {
        case 'settings':
            report(findRoute(inputs, await ports.readConfig(), ports.context), ports);
            return;
        case 'newest':
            return newest(inputs, ports);
        case 'keep':
            return keep(inputs, ports);
    }
}
function report(route, { report, log }) {
    report.output('mode', route.mode);
    report.output('environment', route.environment);
    report.output('model-name', route.modelName);
    report.output('models', JSON.stringify(route.models));
    report.output('environments', JSON.stringify(route.environments));
    report.output('target', route.target);
    report.output('endpoint-name', route.endpointName);
    report.output('aws-region', route.awsRegion);
    report.output('aws-role-arn', route.awsRoleArn);
    report.output('artifact-store', route.artifactStore);
    report.output('aws', route.aws);
    report.output('build', route.build);
    report.output('image', route.image);
    report.output('promote-from', route.promoteFrom);
    report.output('approval', route.approval);
    if (route.mode === 'none') {
        log.notice('This branch belongs to no environment of ml-deploy.yml, so that nothing is released.');
        return;
    }
    const source = route.promoteFrom === ''
        ? route.build
            ? 'built here'
            : 'the given record'
        : `from ${route.promoteFrom}`;
    const rows = [
        ['Environment', (0,markdown/* code */.aY)(route.environment)],
        ['Endpoint', `${(0,markdown/* code */.aY)(route.endpointName)} on ${(0,markdown/* code */.aY)(route.target)}`],
        ['Release', source],
        ['Approval', route.approval],
    ];
    report.summary(`### Release\n\n${(0,markdown/* table */.tp)(['', ''], rows)}`);
    log.info(`${route.environment}: ${route.endpointName} on ${route.target}, release ${source}, approval ${route.approval}.`);
}
async function newest(inputs, ports) {
    const { promoteFrom: environment, artifactStore: url } = inputs;
    if (environment === null || url === null)
        throw missing({ 'promote-from': environment, 'artifact-store': url });
    const store = await ports.openStore(url);
    const { digest, record } = await findNewest(store, placeOf(inputs, environment, ports));
    ports.report.output('release-record', store.urlOf(stores/* storeKeys */.G5.release(digest)));
    ports.report.output('release-digest', digest);
    ports.log.notice(`Promoting release ${digest.slice(0, 12)} of ${environment}, made from commit ${record.source.commit.slice(0, 12)}.`);
}
async function keep(inputs, ports) {
    const { environment, artifactStore: url, releaseDigest: digest } = inputs;
    if (environment === null || url === null || digest === null) {
        throw missing({ environment, 'artifact-store': url, 'release-digest': digest });
    }
    const store = await ports.openStore(url);
    await keepNewest(store, placeOf(inputs, environment, ports), digest, ports.clock.now());
    ports.report.output('release-digest', digest);
    ports.log.info(`The newest verified release of ${environment} is ${digest}.`);
}
function placeOf({ modelName }, environment, { context }) {
    return { repository: context.repository, environment, model: modelName };
}
function missing(inputs) {
    const absent = Object.entries(inputs).filter(([, value]) => value === null);
    return errors/* UserError */.yo.of(absent.map(([where]) => ({ where, message: 'is required for this command.' })));
}


/***/ }),

/***/ 79479:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   KH: () => (/* binding */ isText),
/* harmony export */   MA: () => (/* binding */ isTextOrNull),
/* harmony export */   hi: () => (/* binding */ isSignature),
/* harmony export */   kp: () => (/* binding */ isSize),
/* harmony export */   sh: () => (/* binding */ isListOf)
/* harmony export */ });
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value) {
    return typeof value === 'string';
}
function isTextOrNull(value) {
    return value === null || isText(value);
}
/** 64 hexadecimal digits. */
function isDigest(value) {
    return isText(value) && /^[0-9a-f]{64}$/.test(value);
}
/** A whole number of bytes. */
function isSize(value) {
    return Number.isSafeInteger(value) && value >= 0;
}
function isListOf(value, isItem) {
    return Array.isArray(value) && value.every(isItem);
}
function isSignature(value) {
    return isObject(value) && isListOf(value.inputs, isTensor) && isListOf(value.outputs, isTensor);
}
function isTensor(value) {
    const isDimension = (d) => isText(d) || typeof d === 'number';
    return isObject(value) && isText(value.name) && isText(value.type) && isListOf(value.shape, isDimension);
}


/***/ }),

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

/***/ 84718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ parseRelease)
/* harmony export */ });
/* harmony import */ var _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(79479);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _targets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81997);
/* harmony import */ var _release_record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43868);




const orNull = (check) => (value) => value === null || check(value);
const object = (fields) => {
    return (value) => (0,_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
};
const list = (check) => (value) => Array.isArray(value) && value.every(check);
const isNumber = (value) => typeof value === 'number';
/** Each field of a record and what it has to look like. */
const FIELDS = {
    schema: (value) => value === _release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .RELEASE_SCHEMA */ .i,
    model: object({
        digest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        url: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        sha256: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        bytes: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp,
        framework: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        frameworkVersion: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isTextOrNull */ .MA,
        signature: orNull(_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSignature */ .hi),
    }),
    image: orNull(object({ uri: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, digest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH })),
    reference: orNull(object({ digest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc, url: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH })),
    source: object({ repository: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, commit: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, ref: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, run: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, actor: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH }),
    deployment: orNull(object({
        environment: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isTextOrNull */ .MA,
        target: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        endpoint: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        version: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        planDigest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        outcome: (value) => _targets_js__WEBPACK_IMPORTED_MODULE_1__/* .OUTCOMES */ .im.includes(value),
    })),
    approval: orNull(object({
        status: (value) => value === 'approved',
        by: list(object({ login: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, at: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, url: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH })),
        planDigest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
    })),
    smoke: orNull(object({
        passed: (value) => typeof value === 'boolean',
        reportDigest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        subject: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        compared: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp,
        mismatches: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp,
        maxAbsDiff: orNull(isNumber),
        accuracy: orNull(isNumber),
        p95Ms: orNull(isNumber),
    })),
    parent: orNull(_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc),
    createdAt: (value) => (0,_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH)(value) && !Number.isNaN(Date.parse(value)),
};
/** Reads a release record. @throws UserError for a text that is none, or whose digest is not the expected one. */
function parseRelease(text, { label, digest = null }) {
    const value = parseObject(text, label);
    if (value.schema !== _release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .RELEASE_SCHEMA */ .i) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a release record of this version: its schema is ${JSON.stringify(value.schema)}, not "${_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .RELEASE_SCHEMA */ .i}".`);
    }
    const wrong = Object.entries(FIELDS).flatMap(([name, check]) => (check(value[name]) ? [] : [name]));
    if (wrong.length > 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a whole release record: ${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} missing or wrong.`);
    }
    const record = value;
    const actual = (0,_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .releaseDigest */ .c)(record);
    if (digest !== null && digest !== actual) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} was changed: its digest is ${actual}, not ${digest}.`);
    }
    return record;
}
function parseObject(text, label) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a release record: it is not valid JSON (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}).`, {
            cause,
        });
    }
    if ((0,_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value))
        return value;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a release record: it is not a JSON object.`);
}


/***/ }),

/***/ 43868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ releaseDigest),
/* harmony export */   i: () => (/* binding */ RELEASE_SCHEMA)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/**
 * The release record: an immutable JSON in the artifact store, keyed by its own digest. It is what is promoted from
 * one environment to the next, what a rollback names, and what an auditor reads when the logs are gone.
 */

const RELEASE_SCHEMA = 'ml-deploy/release/v1';
/** sha256 of the record's canonical JSON; also its name in the store. */
function releaseDigest(record) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(record);
}


/***/ }),

/***/ 57717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G5: () => (/* binding */ storeKeys),
/* harmony export */   nO: () => (/* binding */ storeOfArchive)
/* harmony export */ });
/* unused harmony export placeInStore */
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73136);

const storeKeys = {
    archive: (digest) => `models/${digest}/model.tar.gz`,
    manifest: (digest) => `models/${digest}/manifest.json`,
    tar: (digest) => `models/${digest}/model.tar`,
    tarManifest: (digest) => `models/${digest}/manifest-tar.json`,
    /** Without the slash that its URL ends in. */
    files: (digest) => `models/${digest}/files`,
    filesManifest: (digest) => `models/${digest}/manifest-files.json`,
    reference: (digest) => `references/${digest}/reference.onnx`,
    release: (digest) => `releases/${digest}.json`,
};
const IN_STORE = /^(.+\/)models\/([0-9a-f]{64})\/(model\.tar\.gz|model\.tar|files\/)$/;
const MANIFESTS = {
    'model.tar.gz': storeKeys.manifest,
    'model.tar': storeKeys.tarManifest,
    'files/': storeKeys.filesManifest,
};
/**
 * Null where a model is not laid out as in a store. `archive` is a URL or an absolute path; that of files by
 * themselves ends in a slash.
 */
function placeInStore(archive) {
    const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(archive) ? archive : (0,node_url__WEBPACK_IMPORTED_MODULE_0__.pathToFileURL)(archive).href;
    const [, store, digest, name = ''] = IN_STORE.exec(url) ?? [];
    const manifest = MANIFESTS[name];
    if (store === undefined || digest === undefined || manifest === undefined)
        return null;
    return { store, digest, manifest: manifest(digest) };
}
/** The URL of the store that a model lies in, ending in a slash; null where it is not laid out as in a store. */
function storeOfArchive(archive) {
    return placeInStore(archive)?.store ?? null;
}


/***/ }),

/***/ 81997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Li: () => (/* binding */ shortVersion),
/* harmony export */   Oc: () => (/* binding */ AnswerTooLargeError),
/* harmony export */   On: () => (/* binding */ TimedOutError),
/* harmony export */   im: () => (/* binding */ OUTCOMES)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/**
 * The port that every platform implements, and the words it speaks.
 */


/** How a deployment ended. `outcome` of deploy-endpoint is always one of these. */
const OUTCOMES = [
    'planned',
    'unchanged',
    'staged',
    'deployed',
    'promoted',
    'discarded',
    'rolled-back',
    'failed',
    'timed-out',
    'cancelled',
    'needs-human',
    'torn-down',
];
/** A version for people: a digest by its first digits, a name whole. */
function shortVersion(version) {
    return /^[0-9a-f]{64}$/.test(version) ? (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(version) : version;
}
/** There was an answer, but more of it than anybody reads. */
class AnswerTooLargeError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA {
}
/** A wait was over before what was waited for came true; what is true now has to be read back. */
class TimedOutError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA {
}


/***/ }),

/***/ 98799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ canonicalize)
/* harmony export */ });
function serializeString (value) {
  if (!value.isWellFormed()) {
    throw new Error('Lone surrogate is not allowed');
  }
  return JSON.stringify(value);
}

function serializePrimitive (value) {
  switch (typeof value) {
    case 'number':
      if (isNaN(value)) {
        throw new Error('NaN is not allowed');
      }
      if (!isFinite(value)) {
        throw new Error('Infinity is not allowed');
      }
      // For finite numbers String(value) would give identical output, but
      // JSON.stringify benchmarks faster on V8.
      return JSON.stringify(value);
    case 'string':
      return serializeString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      // null, or values JSON.stringify maps to undefined (undefined,
      // functions, symbols).
      return JSON.stringify(value);
  }
}

// Resolves a value to either its serialized primitive form (a string — or
// undefined, for values JSON.stringify drops) or a frame describing the
// container to descend into. Callers distinguish the two cases with
// `typeof result !== 'object'`.
//
// toJSON results are unwrapped here, and the wrapper objects stay in `seen`
// until the resolved subtree is fully serialized, so cycles introduced via
// toJSON are still detected.
function enterValue (value, seen) {
  let wrappers = null;
  while (value !== null && typeof value === 'object' && typeof value.toJSON === 'function') {
    if (seen.has(value)) {
      throw new Error('Circular reference detected');
    }
    seen.add(value);
    (wrappers ??= []).push(value);
    value = value.toJSON();
  }

  // Boxed Number/String/Boolean objects serialize as their primitive values,
  // mirroring how JSON.stringify treats them.
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    value = value.valueOf();
  }

  if (value === null || typeof value !== 'object') {
    if (wrappers !== null) {
      for (const wrapper of wrappers) seen.delete(wrapper);
    }
    return serializePrimitive(value);
  }

  if (seen.has(value)) {
    throw new Error('Circular reference detected');
  }
  seen.add(value);

  return {
    container: value,
    // null marks an array frame; object frames carry their sorted keys.
    // `sort()`'s default comparator orders by UTF-16 code unit, which is the
    // order JCS requires.
    keys: Array.isArray(value) ? null : Object.keys(value).sort(),
    // Next child to serialize; the frame resumes here after a nested
    // container's subtree completes.
    index: 0,
    // Whether no member has been emitted yet (controls comma placement).
    first: true,
    // toJSON wrappers to release from `seen` when this frame completes.
    wrappers
  };
}

function canonicalize (object) {
  if (object === null || typeof object !== 'object') {
    return serializePrimitive(object);
  }

  const seen = new Set();
  const root = enterValue(object, seen);
  if (typeof root !== 'object') {
    // A toJSON chain resolved the input to a primitive.
    return root;
  }

  let result = root.keys === null ? '[' : '{';
  const stack = [root];

  // Depth-first serialization with an explicit stack instead of recursion, so
  // nesting depth is bounded by heap size rather than call-stack size. The top
  // frame is the container currently being serialized: primitive children are
  // appended inline, while a nested container pushes a new frame and jumps
  // back to the outer loop. Because frame.index was already advanced, the
  // parent resumes at its next child once the subtree is done. Opening
  // brackets are emitted when a frame is pushed, closing brackets when it
  // completes.
  outer:
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    const container = frame.container;

    // keys === null marks an array frame; otherwise keys holds the object's
    // sorted property names. Either way the iteration counter lives on the
    // frame itself (frame.index), so when a frame is resumed after a nested
    // container completes, the while condition continues at the first
    // unserialized child instead of restarting from the beginning.
    if (frame.keys === null) {
      while (frame.index < container.length) {
        const i = frame.index++;
        if (i > 0) {
          result += ',';
        }
        const element = container[i];
        // Inside arrays, JSON.stringify serializes values with no JSON
        // representation (undefined, symbols, functions) as null.
        const value = element === undefined || typeof element === 'symbol' || typeof element === 'function' ? null : element;
        if (value === null || typeof value !== 'object') {
          result += serializePrimitive(value);
          continue;
        }
        const child = enterValue(value, seen);
        if (typeof child !== 'object') {
          // A toJSON chain resolved the child to an already-serialized
          // primitive — or, when child is undefined, to a value with no JSON
          // representation, which becomes null inside arrays.
          result += child === undefined ? 'null' : child;
          continue;
        }
        result += child.keys === null ? '[' : '{';
        stack.push(child);
        continue outer;
      }
      result += ']';
    } else {
      const keys = frame.keys;
      while (frame.index < keys.length) {
        const key = keys[frame.index++];
        const value = container[key];
        // Inside objects, JSON.stringify omits properties whose value has no
        // JSON representation (undefined, symbols, functions).
        if (value === undefined || typeof value === 'symbol' || typeof value === 'function') {
          continue;
        }
        if (value === null || typeof value !== 'object') {
          // Commas are tracked with a flag rather than the key index: a
          // skipped key must not leave a stray comma behind.
          if (frame.first) {
            frame.first = false;
          } else {
            result += ',';
          }
          result += serializeString(key) + ':' + serializePrimitive(value);
          continue;
        }
        // The child must be resolved before the key is emitted: a toJSON
        // returning a value with no JSON representation drops the whole
        // property.
        const child = enterValue(value, seen);
        if (child === undefined) {
          continue;
        }
        if (frame.first) {
          frame.first = false;
        } else {
          result += ',';
        }
        result += serializeString(key) + ':';
        if (typeof child !== 'object') {
          result += child;
          continue;
        }
        result += child.keys === null ? '[' : '{';
        stack.push(child);
        continue outer;
      }
      result += '}';
    }

    // Frame complete. The container leaves `seen` so that a later, sibling
    // reference to the same object is not mistaken for a cycle.
    seen.delete(container);
    if (frame.wrappers !== null) {
      for (const wrapper of frame.wrappers) seen.delete(wrapper);
    }
    stack.pop();
  }

  return result;
}


/***/ })

};
