export const id = 3198;
export const ids = [3198];
export const modules = {

/***/ 11400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IB: () => (/* binding */ fileMode),
/* harmony export */   ap: () => (/* binding */ contentTree),
/* harmony export */   cD: () => (/* binding */ comparePaths),
/* harmony export */   eS: () => (/* binding */ treeBytes),
/* harmony export */   eZ: () => (/* binding */ contentDigest)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/**
 * A model's content as a list of its files: what a model is, whatever folder, archive or compression it comes in.
 */

/** Sorts files into a tree, and drops whatever else the objects carry. */
function contentTree(files) {
    return [...files]
        .map(({ path, mode, size, sha256 }) => ({ path, mode, size, sha256 }))
        .sort((a, b) => comparePaths(a.path, b.path));
}
/** The model digest: sha256 of the tree's canonical JSON, 64 hexadecimal digits. */
function contentDigest(tree) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(contentTree(tree));
}
/** By code unit, so that no locale has a say. */
function comparePaths(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** @param mode permission bits as `stat` gives them, or as they stand in a tar header. */
function fileMode(mode) {
    return (mode & 0o100) === 0 ? '644' : '755';
}
/** Of all files together, in bytes. */
function treeBytes(tree) {
    return tree.reduce((sum, file) => sum + file.size, 0);
}


/***/ }),

/***/ 20841:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ readArchive)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/archive/content-tree.js
var content_tree = __webpack_require__(11400);
;// CONCATENATED MODULE: ./build/js/src/core/archive/check-entry.js


/** A plain file of the archive; null for a folder. @throws UserError for anything else. */
function checkEntry(header, label) {
    const path = safePath(header.name, label);
    if (header.type === 'directory')
        return null;
    const isFile = header.type === 'file' || header.type === 'contiguous-file';
    const isSparse = Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
    if (!isFile || isSparse) {
        // The type is null for letters that tar-stream does not know, whatever its types say.
        const what = isSparse
            ? 'a sparse file'
            : `a ${header.type ?? 'thing of an unknown kind'}`;
        const fix = what.endsWith('link') ? ' Pack it with "tar --dereference --hard-dereference".' : '';
        throw new errors/* UserError */.yo(`${label} has the entry "${header.name}", which is ${what}; only files are taken.${fix}`);
    }
    if (path === '')
        throw new errors/* UserError */.yo(`${label} has a file without a name.`);
    return { path, mode: (0,content_tree/* fileMode */.IB)(header.mode), size: header.size };
}
/** The path without "./" and doubled slashes. @throws UserError where it could lead out of a folder. */
function safePath(name, label) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    const leads = name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) || parts.includes('..');
    if (leads || name.includes('\0') || /(^|\\)\.\.(\\|$)/.test(name)) {
        throw new errors/* UserError */.yo(`${label} has the entry "${name}", which leads out of the folder it is unpacked into.`);
    }
    return parts.join('/');
}

// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
;// CONCATENATED MODULE: ./build/js/src/core/archive/read-archive.js
/**
 * Reads a tar archive, compressed or not, one file after the other. Everything that could write outside of a folder,
 * or that is more than a plain file, is refused.
 */







const DEFAULT_LIMITS = { entries: 100_000, bytes: 64 * 1024 ** 3 };
const BLOCK = 512;
const TAR_MAGIC_AT = 257;
/**
 * @throws UserError for data that is no archive, is cut short, holds what is refused, or is over a limit; whatever
 * `source` or `visit` throws.
 */
async function readArchive(source, options, visit) {
    const { label, signal } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const { head, all } = await peek(source);
    const isGzip = checkMagic(head, label, source);
    const tar = (0,tar_stream.extract)();
    const end = new EndOfTar(label, limits.bytes);
    const feeding = isGzip ? (0,promises_.pipeline)(all, (0,external_node_zlib_.createGunzip)(), end, tar) : (0,promises_.pipeline)(all, end, tar);
    // Awaited below; until then, a failure must not count as unhandled.
    feeding.catch(() => undefined);
    try {
        await visitAll(tar, label, limits.entries, signal, visit);
        await feeding;
    }
    catch (error) {
        // What broke the flow says more than the entry that was cut off by it.
        throw explain(label, isOurs(error)
            ? error
            : await feeding.then(() => error, (first) => first));
    }
    if (!end.complete)
        throw damaged(label, 'it has no end mark');
}
async function visitAll(tar, label, maxEntries, signal, visit) {
    const seen = new Set();
    let count = 0;
    for await (const entry of tar) {
        (0,streams/* stopIfCancelled */.FE)(signal);
        if (++count > maxEntries)
            throw new errors/* UserError */.yo(`${label} has more than ${maxEntries} entries.`);
        const file = checkEntry(entry.header, label);
        if (file === null) {
            entry.resume();
            continue;
        }
        if (seen.has(file.path))
            throw new errors/* UserError */.yo(`${label} has "${file.path}" twice.`);
        seen.add(file.path);
        await visit(file, bytesOf(entry));
    }
}
/**
 * An entry as nothing but an iterable. Node's pipeline takes an entry for a stream of its own kind, and waits forever
 * for the end of one that broke before it was asked for.
 */
async function* bytesOf(entry) {
    yield* entry;
}
/** The first block, and everything including it. */
async function peek(source) {
    const chunks = source[Symbol.asyncIterator]();
    const first = [];
    let next = await chunks.next();
    for (let length = 0; next.done !== true; next = await chunks.next()) {
        first.push(next.value);
        length += next.value.length;
        if (length >= BLOCK)
            break;
    }
    const head = Buffer.concat(first);
    const rest = async function* () {
        yield head;
        yield* { [Symbol.asyncIterator]: () => chunks };
    };
    return { head, all: external_node_stream_.Readable.from(rest(), { objectMode: false }) };
}
/** Whether it is gzip. @throws UserError for what is neither gzip nor tar; the source is let go of then. */
function checkMagic(head, label, source) {
    if (head[0] === 0x1f && head[1] === 0x8b)
        return true;
    if (head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar')
        return false;
    source.destroy();
    if (head.length === 0)
        throw new errors/* UserError */.yo(`${label} is empty.`);
    const bytes = head.subarray(0, 8).toString('hex');
    throw new errors/* UserError */.yo(`${label} is neither a gzip nor a tar archive: it begins with the bytes ${bytes}.`);
}
/** Watches the flow of the tar's own bytes: their number, and the zeros that mark the end of an archive. */
class EndOfTar extends external_node_stream_.Transform {
    #label;
    #limit;
    #bytes = 0;
    #zeros = 0;
    constructor(label, limit) {
        super();
        this.#label = label;
        this.#limit = limit;
    }
    get complete() {
        return this.#zeros >= BLOCK;
    }
    _transform(chunk, _encoding, done) {
        this.#bytes += chunk.length;
        if (this.#bytes > this.#limit) {
            done(new errors/* UserError */.yo(`${this.#label} is larger than ${this.#limit} bytes when unpacked.`));
            return;
        }
        let start = chunk.length;
        while (start > 0 && chunk[start - 1] === 0)
            start--;
        this.#zeros = (start === 0 ? this.#zeros : 0) + chunk.length - start;
        done(null, chunk);
    }
}
function isOurs(error) {
    return error instanceof errors/* UserError */.yo || error instanceof errors/* UpstreamError */.gA || error instanceof errors/* CancelledError */.cc;
}
function explain(label, error) {
    const code = (0,streams/* errorCode */.CA)(error);
    // Errors of the file system or a socket keep their words; zlib's and tar's say the same thing in many ways.
    const fromSystem = error instanceof Error && 'syscall' in error;
    return isOurs(error) || fromSystem ? error : damaged(label, code || (0,errors/* messageOf */.bD)(error), error);
}
function damaged(label, detail, cause) {
    return new errors/* UserError */.yo(`${label} is cut short or damaged (${detail}). Pack or download it again.`, { cause });
}


/***/ }),

/***/ 92667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   EQ: () => (/* binding */ mapParallel),
/* harmony export */   FE: () => (/* binding */ stopIfCancelled),
/* harmony export */   kI: () => (/* binding */ Meter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);
/** Small parts of the streams that archives flow through. */



/** Lets bytes through and takes their sha256 and their number on the way. */
class Meter extends node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform {
    #hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    #bytes = 0;
    #digest = null;
    get bytes() {
        return this.#bytes;
    }
    /** 64 hexadecimal digits; to be asked once everything went through. */
    get sha256() {
        return (this.#digest ??= this.#hash.digest('hex'));
    }
    _transform(chunk, _encoding, done) {
        this.#hash.update(chunk);
        this.#bytes += chunk.length;
        done(null, chunk);
    }
}
/** @throws CancelledError as soon as the signal is aborted. */
function stopIfCancelled(signal) {
    if (signal?.aborted)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc();
}
/** Runs a job for each item, `limit` at a time; the results keep the items' order. The first error ends it. */
async function mapParallel(items, limit, job) {
    const results = [];
    const queue = items.entries();
    const work = async () => {
        for (const [index, item] of queue)
            results[index] = await job(item);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    return results;
}
/** The error code of Node's file system and zlib errors; '' for any other. */
function errorCode(error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return typeof code === 'string' ? code : '';
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

/***/ 59046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ environmentDigests)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);

/** Container environment as a plan carries it: name to sha256 of the value. */
function environmentDigests(environment) {
    return Object.fromEntries([...environment].map(([name, value]) => [name, (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(value)]));
}


/***/ }),

/***/ 89403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ checkBase),
/* harmony export */   w: () => (/* binding */ PlanOutdatedError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/** Another command changed what serves since the plan was made. Without an approval, one may plan again and go on. */
class PlanOutdatedError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo {
}
/**
 * A plan may be carried out while its base serves, or where what it wants serves already.
 * @throws PlanOutdatedError otherwise.
 */
function checkBase(plan, serving) {
    if (serving === plan.base || serving === plan.version)
        return;
    throw new PlanOutdatedError(`What serves as ${plan.endpoint} has changed since this was planned: from ${plan.base ?? 'nothing'} ` +
        `to ${serving ?? 'nothing'}. Nothing was changed; plan again (and have the new plan approved).`);
}


/***/ }),

/***/ 47496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cs: () => (/* binding */ makePlan),
/* harmony export */   G0: () => (/* binding */ PLAN_SCHEMA),
/* harmony export */   Gb: () => (/* binding */ planDigest),
/* harmony export */   J$: () => (/* binding */ sameDesired),
/* harmony export */   vf: () => (/* binding */ candidateName)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/**
 * The plan: what a deployment will make true. Its digest is what an approval is bound to.
 */


const PLAN_SCHEMA = 'ml-deploy/plan/v1';
/** sha256 over {schema, target, account, region, endpoint, desired, base} in canonical JSON. */
function planDigest(subject) {
    const { target, account, region, endpoint, desired, base } = subject;
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)({ schema: PLAN_SCHEMA, target, account, region, endpoint, desired, base });
}
function makePlan(subject, details) {
    return { schema: PLAN_SCHEMA, digest: planDigest(subject), ...subject, ...details };
}
/** Two desired states are the same where their canonical JSON is. */
function sameDesired(a, b) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(a) === (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(b);
}
const LONGEST_NAME = 63;
const CANDIDATE_DIGITS = 8;
/** `<endpoint>-c-<8 of the plan digest>`: two runs cannot swap each other's candidate. */
function candidateName(endpoint, digest) {
    const name = `${endpoint}-c-${digest.slice(0, CANDIDATE_DIGITS)}`;
    if (name.length > LONGEST_NAME) {
        const longest = LONGEST_NAME - (name.length - endpoint.length);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The candidate's name "${name}" would have ${name.length} characters; ${LONGEST_NAME} are allowed. ` +
            `Shorten endpoint-name to ${longest} characters, or set staging to "none".`);
    }
    return name;
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

/***/ 48400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ modelFolder),
/* harmony export */   JR: () => (/* binding */ hasContainers),
/* harmony export */   Ln: () => (/* binding */ writeSettings),
/* harmony export */   ct: () => (/* binding */ ownLabels),
/* harmony export */   sb: () => (/* binding */ readSettings)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(29620);
/** A version that a container serves: where its files lie, and what the container is started with. */



function modelFolder(versionFolder) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(versionFolder, 'model');
}
function settingsFile(versionFolder) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(versionFolder, 'container.json');
}
async function writeSettings(versionFolder, settings) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(settingsFile(versionFolder), JSON.stringify(settings, null, 2), { mode: 0o600 });
}
/** @throws where it is missing or damaged. */
async function readSettings(versionFolder) {
    return JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(settingsFile(versionFolder), 'utf8'));
}
/** Whether any version of the endpoint is a container's, so that containers of it may be there. */
async function hasContainers({ versionsDir }) {
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(versionsDir).catch(() => [])) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(settingsFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(versionsDir, name))).then(() => true, () => false);
        if (found)
            return true;
    }
    return false;
}
/** What every container of an endpoint carries: the folder tells endpoints of the same name apart. */
function ownLabels({ endpoint, folder }) {
    return new Map([
        ['ml-deploy.endpoint', endpoint],
        ['ml-deploy.folder', (0,_core_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(folder).slice(0, 16)],
    ]);
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

/***/ 93198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLocalTarget: () => (/* binding */ createLocalTarget)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/js/src/targets/local/control-protocol.js
var control_protocol = __webpack_require__(88724);
// EXTERNAL MODULE: ./build/js/src/targets/local/loopback-http.js
var loopback_http = __webpack_require__(48506);
;// CONCATENATED MODULE: ./build/js/src/targets/local/control-client.js
/** The client's side of /control/. */



function createControlClient(endpoint, port, token) {
    const ask = (method, path, body, signal) => (0,loopback_http/* loopbackRequest */.Xj)({
        port,
        method,
        path: `/control/${path}`,
        headers: { [control_protocol/* TOKEN_HEADER */.wE]: token, 'content-type': 'application/json' },
        body: body === undefined ? '' : JSON.stringify(body),
        signal,
    });
    return {
        port,
        status: async (signal) => parse(await ask('GET', 'status', undefined, signal)),
        logs: async (lines, signal) => {
            const { body } = await ask('GET', `logs?lines=${lines}`, undefined, signal);
            return JSON.parse(body.toString('utf8')).text;
        },
        send: async (command, body, signal) => {
            const answer = await ask('POST', command, body, signal).catch((error) => {
                if (signal.aborted)
                    throw new errors/* CancelledError */.cc();
                throw new errors/* UpstreamError */.gA('local endpoint', `The server of ${endpoint} did not answer "${command}": ${(0,loopback_http/* explainSocketError */.Df)(error)}.`, { cause: error });
            });
            if (answer.status === 200)
                return parse(answer);
            throw refusal(endpoint, command, answer);
        },
    };
}
function refusal(endpoint, command, answer) {
    const text = answer.body.toString('utf8');
    const { error, detail } = saidBy(text);
    const reason = error ?? text;
    const message = `The server of ${endpoint} refused "${command}", and nothing was changed: ${reason}`;
    if (detail !== null)
        return new errors/* UpstreamError */.gA('container', message, { detail });
    if ([404, 409, 422].includes(answer.status))
        return new errors/* UserError */.yo(message);
    return new errors/* UpstreamError */.gA('local endpoint', `The server of ${endpoint} failed at "${command}": ${reason}`);
}
function saidBy(text) {
    try {
        const { error, detail } = JSON.parse(text);
        return {
            error: typeof error === 'string' ? error : null,
            detail: typeof detail === 'string' ? detail : null,
        };
    }
    catch {
        return { error: null, detail: null };
    }
}
/** @throws Error for an answer that is not the server's. */
function parse(answer) {
    if (answer.status !== 200)
        throw new Error(`the answer has the status ${answer.status}`);
    try {
        return JSON.parse(answer.body.toString('utf8'));
    }
    catch (error) {
        throw new Error(`the answer is not JSON (${(0,errors/* messageOf */.bD)(error)})`, { cause: error });
    }
}

// EXTERNAL MODULE: ./build/js/src/targets/local/process-lock.js
var process_lock = __webpack_require__(74175);
;// CONCATENATED MODULE: ./build/js/src/targets/local/connect.js
/** Finds the server of an endpoint, and makes sure that it is that one. */





const STATUS_TIMEOUT_MS = 5000;
async function connect(layout, processes, signal) {
    const holder = await (0,process_lock/* readHolder */.F1)(layout.serverFile);
    if (holder === null)
        return { kind: 'none' };
    if (!processes.alive(holder))
        return { kind: 'dead', holder };
    const address = await readAddress(layout);
    if (address === null)
        return { kind: 'silent', holder };
    const client = createControlClient(layout.endpoint, address.port, address.token);
    const status = await identify(client, layout.endpoint, address.token, signal);
    return status === null ? { kind: 'silent', holder } : { kind: 'running', holder, client, status };
}
/** null as long as the server has not written its address. */
async function readAddress(layout) {
    try {
        const { port, token } = JSON.parse(await (0,promises_.readFile)(layout.serverFile, 'utf8'));
        return port !== undefined && token !== undefined ? { port, token } : null;
    }
    catch {
        // Gone or damaged since it was looked at; the next look will tell.
        return null;
    }
}
/** null where nothing answers, or something that is not this endpoint's server. */
async function identify(client, endpoint, token, signal) {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(STATUS_TIMEOUT_MS)]);
    try {
        const status = await client.status(limited);
        return status.endpoint === endpoint && status.tokenHash === (0,control_protocol/* tokenHashOf */.D8)(token) ? status : null;
    }
    catch {
        if (signal.aborted)
            throw new errors/* CancelledError */.cc();
        return null;
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/log-tail.js

/** More than enough for the lines that a message shows. */
const READ_BYTES = 64 * 1024;
/** The last lines of a file; '' where there is none. */
async function tailOf(file, lines) {
    const handle = await (0,promises_.open)(file, 'r').catch((error) => {
        if (error.code === 'ENOENT')
            return null;
        throw error;
    });
    if (handle === null)
        return '';
    try {
        const { size } = await handle.stat();
        const length = Math.min(size, READ_BYTES);
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
        return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-lines).join('\n');
    }
    finally {
        await handle.close();
    }
}

// EXTERNAL MODULE: ./build/js/src/targets/local/state.js
var local_state = __webpack_require__(95419);
// EXTERNAL MODULE: ./build/js/src/targets/local/transitions.js
var transitions = __webpack_require__(34190);
;// CONCATENATED MODULE: ./build/js/src/targets/local/describe.js
/** What can be said of an endpoint without changing anything. */






const TAIL_LINES = 5;
/** A look takes a few seconds at most, and a cancelled run has to say what serves. */
const NOT_CANCELLED = new AbortController().signal;
/** @throws UserError where no server runs and the state is damaged. */
async function describeEndpoint(layout, options) {
    const connection = await connect(layout, options.processes, NOT_CANCELLED);
    if (connection.kind === 'running')
        return describeServing(connection.status);
    const state = await (0,local_state/* readState */.un)(layout);
    if (state === null)
        return absent(layout, await hasVersions(layout));
    return describeState(state, 'not-serving', await whyNot(layout, connection));
}
async function hasVersions(layout) {
    return (await (0,promises_.readdir)(layout.versionsDir).catch(() => [])).length > 0;
}
function absent({ endpoint }, leftovers) {
    const detail = leftovers ? 'A first deployment of it was cut short.' : '';
    return {
        endpoint,
        status: 'absent',
        detail,
        url: null,
        arn: null,
        live: null,
        previous: null,
        candidates: [],
        versions: [],
    };
}
/** From what the server says that it has loaded, not from what it should have. */
function describeServing({ state, serving, problems }) {
    if (state.live === null)
        return describeState(state, 'not-serving', 'No version is live yet.');
    if (serving === state.live)
        return describeState(state, 'serving', '');
    const why = problems[state.live] ?? 'its server loaded another version';
    return describeState(state, 'not-serving', `The live version ${state.live} is not served: ${why}`);
}
async function whyNot(layout, connection) {
    const { endpoint, logFile } = layout;
    if (connection.kind === 'none')
        return `The server process of endpoint ${endpoint} was stopped.`;
    if (connection.kind === 'running')
        return '';
    const { pid } = connection.holder;
    const what = connection.kind === 'dead' ? 'is gone' : 'lives, but does not answer';
    const tail = await tailOf(logFile, TAIL_LINES);
    return `The server process (pid ${pid}) of endpoint ${endpoint} ${what}; the last lines of its log: ${tail || '(none)'}`;
}
function describeState(state, status, detail) {
    const origin = originOf(state.port);
    const live = state.live === null ? null : (0,transitions/* findVersion */.Am)(state, state.live);
    const previous = (0,transitions/* previousOf */.te)(state);
    return {
        endpoint: state.endpoint,
        status,
        detail,
        url: `${origin}/invocations`,
        arn: null,
        live: live === null ? null : versionInfo(live),
        previous: previous === null ? null : versionInfo(previous),
        candidates: state.candidates.map((candidate) => candidateInfo(candidate, origin)),
        versions: state.versions.map(versionInfo),
    };
}
function originOf(port) {
    return `http://${loopback_http/* LOOPBACK */.Ws}:${port}`;
}
function versionInfo(stored) {
    const { withdrawn: _, environmentName: __, ...info } = stored;
    return info;
}
function candidateInfo({ name, version, expiresAt }, origin) {
    const url = `${origin}/candidates/${encodeURIComponent(name)}/invocations`;
    return { ...versionInfo(version), name, url, expiresAt };
}

// EXTERNAL MODULE: ./build/js/src/core/targets.js
var targets = __webpack_require__(81997);
// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/targets/local/endpoint-lock.js
/** One command at a time changes an endpoint; the next one waits, and says for what. */




const POLL_MS = 500;
/** @throws TimedOutError where another command holds the endpoint for longer than the timeout. */
async function withEndpointLock(layout, purpose, options, body) {
    const lock = await acquire(layout, purpose, options);
    try {
        return await body();
    }
    finally {
        await lock.release();
    }
}
async function acquire(layout, purpose, options) {
    const { clock, signal, timeoutMs, pollMs, log, processes } = options;
    const { state } = await (0,poll/* poll */.w)({
        clock,
        signal,
        timeoutMs,
        intervalMs: pollMs ?? POLL_MS,
        check: () => attempt(layout, purpose, processes),
        done: process_lock/* isHeld */.i7,
        key: (result) => ((0,process_lock/* isHeld */.i7)(result) ? 'held' : result.id),
        onChange: (result) => {
            if (!(0,process_lock/* isHeld */.i7)(result))
                log.info(`Waiting for ${named(result)}, which is changing ${layout.endpoint}.`);
        },
    });
    if ((0,process_lock/* isHeld */.i7)(state))
        return state;
    throw new targets/* TimedOutError */.On('local endpoint', `After ${Math.round(timeoutMs / 60_000)} minutes, ${named(state)} is still changing endpoint ` +
        `${layout.endpoint}. Nothing was changed by this command; run it again when the other one has ended.`);
}
function named({ purpose, pid }) {
    return `another command (${purpose}, process ${pid})`;
}
async function attempt(layout, purpose, processes) {
    for (;;) {
        await (0,promises_.mkdir)(layout.folder, { recursive: true });
        try {
            return await (0,process_lock/* tryLock */.bh)(layout.lockFile, purpose, processes);
        }
        catch (error) {
            // A teardown took the folder away in between.
            if (error.code !== 'ENOENT')
                throw error;
        }
    }
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
;// CONCATENATED MODULE: ./build/js/src/targets/local/invoker.js




/** SageMaker's limit for one answer. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const ANSWER_MS = 60_000;
/** @param candidate null for the live version */
function createInvoker(endpoint, port, candidate, clock) {
    const agent = new external_node_http_.Agent({ keepAlive: true });
    const prefix = candidate === null ? '' : `/candidates/${encodeURIComponent(candidate)}`;
    const path = `${prefix}/invocations`;
    const url = `http://127.0.0.1:${port}${path}`;
    return {
        url,
        invoke: async (body, contentType, signal) => {
            const timeout = AbortSignal.timeout(ANSWER_MS);
            const begun = clock.monotonic();
            const answer = await (0,loopback_http/* loopbackRequest */.Xj)({
                port,
                method: 'POST',
                path,
                headers: { 'content-type': contentType },
                body,
                signal: AbortSignal.any([signal, timeout]),
                agent,
            }).catch((error) => {
                if (signal.aborted)
                    throw new errors/* CancelledError */.cc();
                const why = timeout.aborted
                    ? `it gave no answer within ${ANSWER_MS / 1000} s`
                    : (0,loopback_http/* explainSocketError */.Df)(error);
                throw new errors/* UpstreamError */.gA('local endpoint', `The request to ${endpoint} (${url}) failed: ${why}.`, {
                    cause: error,
                });
            });
            const version = answer.headers[control_protocol/* VERSION_HEADER */.XP];
            return {
                status: answer.status,
                contentType: answer.headers['content-type'] ?? '',
                body: answer.body,
                latencyMs: clock.monotonic() - begun,
                version: typeof version === 'string' ? version : null,
            };
        },
    };
}

// EXTERNAL MODULE: ./build/js/src/targets/local/layout.js
var local_layout = __webpack_require__(95426);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/plan/plan.js
var plan = __webpack_require__(47496);
;// CONCATENATED MODULE: ./build/js/src/targets/local/make-plan.js
/** The plan of a deployment to a local endpoint. */


const TARGET = 'local';
/** @throws UserError where the candidate's name would be too long. */
function planFor(request, now, createdAt) {
    const { endpoint, desired, sources, environmentName, commit, run } = request;
    const base = now.live?.version ?? null;
    const subject = { target: TARGET, account: null, region: null, endpoint, desired, base };
    const candidate = desired.staging === 'none' ? null : (0,plan/* candidateName */.vf)(endpoint, (0,plan/* planDigest */.Gb)(subject));
    const changes = changesOf(request, now);
    return (0,plan/* makePlan */.Cs)(subject, {
        action: actionOf(now, changes),
        version: versionOf(desired),
        candidate,
        changes,
        findings: findingsOf(now),
        sources,
        environmentName,
        commit,
        run,
        createdAt: createdAt.toISOString(),
    });
}
/** The content that is served: the model alone, or a container with everything that decides what it answers. */
function versionOf({ modelDigest, imageDigest, environment }) {
    if (imageDigest === null)
        return modelDigest;
    return (0,canonical_json/* digestOf */.ol)({ schema: 'ml-deploy/local-version/v1', modelDigest, imageDigest, environment });
}
function changesOf({ desired }, { live }) {
    const fields = [
        { field: 'model', from: live?.modelDigest ?? null, to: desired.modelDigest },
        { field: 'image', from: live?.imageDigest ?? null, to: desired.imageDigest },
        { field: 'reference', from: live?.referenceDigest ?? null, to: desired.referenceDigest },
    ];
    const changes = fields.filter(({ from, to }) => from !== to);
    const sameFiles = live?.modelDigest === desired.modelDigest && live.imageDigest === desired.imageDigest;
    if (!sameFiles || live.version === versionOf(desired))
        return changes;
    // Only the container's variables are left, of which the endpoint knows no more than that they differ.
    const names = Object.keys(desired.environment).join(', ') || 'none';
    return [...changes, { field: 'environment', from: 'other values', to: names }];
}
function actionOf(now, changes) {
    if (now.live === null)
        return 'create';
    const asWanted = changes.length === 0 && now.status === 'serving' && now.live.served;
    return asWanted ? 'unchanged' : 'update';
}
function findingsOf({ endpoint, status, live, detail }) {
    if (status === 'serving' && live !== null) {
        return [{ level: 'ok', message: `${endpoint} serves version ${(0,canonical_json/* shortDigest */.VK)(live.version)}.` }];
    }
    if (live === null)
        return [{ level: 'ok', message: `Nothing serves as ${endpoint} yet.` }];
    return [{ level: 'warning', message: `${detail} A deployment starts the server again.` }];
}

// EXTERNAL MODULE: ./build/js/src/core/plan/outdated.js
var outdated = __webpack_require__(89403);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/js/src/core/plan/environment-digests.js
var environment_digests = __webpack_require__(59046);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/js/src/core/archive/content-tree.js
var content_tree = __webpack_require__(11400);
// EXTERNAL MODULE: ./build/js/src/core/archive/read-archive.js + 1 modules
var read_archive = __webpack_require__(20841);
// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
;// CONCATENATED MODULE: ./build/js/src/core/archive/unpack.js








/**
 * Unpacks a tar archive, gzip or plain, into a folder, which is made. It has to be one of its own: no file is
 * overwritten, and after an error it may be half full.
 *
 * @throws UserError for data that is no archive, is damaged, leads out of the folder, holds links or devices, or is
 * over a limit, and where the folder cannot be written; the stream's own error where that fails.
 */
async function unpackArchive(archive, folder, options = {}) {
    const files = [];
    await (0,read_archive/* readArchive */.b)(archive, { label: 'The archive', ...options }, async (entry, content) => {
        const path = (0,external_node_path_.join)(folder, entry.path);
        const meter = new streams/* Meter */.kI();
        try {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
            await (0,external_node_stream_promises_.pipeline)(content, meter, (0,external_node_fs_.createWriteStream)(path, { flags: 'wx' }));
            // After the fact, because the mode at creation is subject to the umask.
            await (0,promises_.chmod)(path, Number.parseInt(entry.mode, 8));
        }
        catch (error) {
            throw isFileError(error) ? cannotWrite(path, error) : error;
        }
        files.push({ ...entry, sha256: meter.sha256 });
    });
    const tree = (0,content_tree/* contentTree */.ap)(files);
    return { tree, digest: (0,content_tree/* contentDigest */.eZ)(tree) };
}
function isFileError(error) {
    return error instanceof Error && 'syscall' in error && (0,streams/* errorCode */.CA)(error) !== '';
}
function cannotWrite(path, cause) {
    return new errors/* UserError */.yo(`"${path}" cannot be unpacked (${(0,errors/* messageOf */.bD)(cause)}).`, { cause });
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/unpack-checked.js


/** Unpacks the planned archive into a folder. @throws UserError for an archive that is not the planned one. */
async function unpackChecked(plan, folder, options) {
    const { modelUrl } = plan.sources;
    const { modelDigest } = plan.desired;
    const archive = await options.openArchive(modelUrl);
    const label = `The archive ${modelUrl}`;
    const { digest } = await unpackArchive(archive, folder, { label, signal: options.signal });
    if (digest !== modelDigest) {
        throw new errors/* UserError */.yo(`${label} holds another model than planned: its content has the digest ${digest}, the plan says ` +
            `${modelDigest}. Nothing was changed. Package the model again, and plan again.`);
    }
}

// EXTERNAL MODULE: ./build/js/src/targets/local/container/container-version.js
var container_version = __webpack_require__(48400);
;// CONCATENATED MODULE: ./build/js/src/targets/local/container/install-container.js
/** Puts the files of a container's version in place: the image, the unpacked archive, and what it is started with. */






/** @throws UserError for an image or environment that is not the planned one, and what the engine says of the image. */
async function installContainer(plan, folder, options) {
    const { findRunner, environment, startupMs } = options.containers;
    const image = plannedImage(plan);
    if ((0,canonical_json/* digestOf */.ol)((0,environment_digests/* environmentDigests */.f)(environment)) !== (0,canonical_json/* digestOf */.ol)(plan.desired.environment)) {
        throw new errors/* UserError */.yo('The container’s environment is not the planned one: environment-variables has other names or values than ' +
            'when this was planned. Nothing was changed. Plan again, and have the new plan approved.');
    }
    const runner = await findRunner();
    await options.log.group(`Image ${image}`, () => runner.fetch(image));
    await (0,promises_.mkdir)(folder, { recursive: true });
    await unpackChecked(plan, (0,container_version/* modelFolder */.Ch)(folder), options);
    await (0,container_version/* writeSettings */.Ln)(folder, { image, environment: Object.fromEntries(environment), startupMs });
}
function plannedImage({ sources: { imageUri }, desired: { imageDigest } }) {
    if (imageUri !== null && imageDigest !== null && imageUri.endsWith(`@${imageDigest}`))
        return imageUri;
    throw new errors/* UserError */.yo(`The plan names the image ${imageUri ?? '(none)'}, which is not pinned to its digest ${imageDigest ?? '(none)'}. Plan again.`);
}

// EXTERNAL MODULE: ./build/js/src/targets/local/model-file.js
var model_file = __webpack_require__(75994);
;// CONCATENATED MODULE: ./build/js/src/targets/local/install-version.js
/** Puts a version's files in place: unpacked beside, checked, and then renamed, so that a folder is whole or absent. */







/** @throws UserError for an archive that is not the planned one, or has nothing that can be served. */
async function installVersion(layout, plan, options) {
    const folder = layout.versionDir(plan.version);
    if (await exists(folder))
        return;
    const unfinished = (0,external_node_path_.join)(layout.versionsDir, `${local_layout/* UNFINISHED */.yA}${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    await (0,promises_.mkdir)(layout.versionsDir, { recursive: true });
    try {
        await (plan.desired.imageDigest === null
            ? installModel(plan, unfinished, options)
            : installContainer(plan, unfinished, options));
        await (0,promises_.rename)(unfinished, folder);
    }
    catch (error) {
        await (0,promises_.rm)(unfinished, { recursive: true, force: true });
        throw error;
    }
}
async function installModel(plan, folder, options) {
    await unpackChecked(plan, folder, options);
    await (0,model_file/* findModelFile */.V)(folder);
}
async function exists(path) {
    return (0,promises_.access)(path).then(() => true, () => false);
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/read-back.js
/** Asks the endpoint itself what it serves. */



const TIMEOUT_MS = 30_000;
/** @param candidate null for what gets the traffic */
async function servedVersion(port, candidate, signal) {
    const path = candidate === null ? '/ping' : `/candidates/${encodeURIComponent(candidate)}/ping`;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
        const { status, headers, body } = await (0,loopback_http/* loopbackRequest */.Xj)({ port, method: 'GET', path, signal: limited });
        const version = headers[control_protocol/* VERSION_HEADER */.XP];
        const detail = `GET ${path} answered ${status}: ${body.toString('utf8')}`;
        return { version: status === 200 && typeof version === 'string' ? version : null, detail };
    }
    catch (error) {
        if (signal.aborted)
            throw new errors/* CancelledError */.cc();
        return { version: null, detail: `GET ${path} failed: ${(0,loopback_http/* explainSocketError */.Df)(error)}.` };
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server-process.js
/** Starts the server of an endpoint where it does not run, and stops it. */








const server_process_POLL_MS = 100;
const server_process_TAIL_LINES = 20;
/** How long a server that was asked to stop may take. */
const STOP_MS = 10_000;
/**
 * The endpoint's server, started where it is not there. One that was killed comes back on its port, if that is free,
 * and serves what state.json says.
 * @throws UserError for a damaged state or a taken port; UpstreamError where the server does not come up.
 */
async function ensureServer(layout, options) {
    const found = await settled(layout, options);
    if (found.kind === 'running')
        return repaired(layout, found, options);
    if (found.kind === 'silent')
        throw await silent(layout, found.holder.pid, options);
    const state = await (0,local_state/* readState */.un)(layout);
    if (found.kind === 'dead' && state !== null) {
        options.log.warning(`The server process (pid ${found.holder.pid}) of endpoint ${layout.endpoint} is gone; it is started again.`);
    }
    return start(layout, await choosePort(layout, state, options), options);
}
/** @throws UserError where the port that was asked for cannot be had; asked before anything is changed. */
async function checkPort(layout, options) {
    const { kind } = await connect(layout, options.processes, options.signal);
    if (kind === 'none' || kind === 'dead')
        await choosePort(layout, await (0,local_state/* readState */.un)(layout), options);
}
/** Waits while a server is about to answer. */
async function settled(layout, options) {
    const { state } = await (0,poll/* poll */.w)({
        ...timing(options),
        check: () => connect(layout, options.processes, options.signal),
        done: ({ kind }) => kind !== 'silent',
        key: ({ kind }) => kind,
        onChange: ({ kind }) => {
            if (kind === 'silent')
                options.log.info(`The server of ${layout.endpoint} lives, but does not answer yet.`);
        },
    });
    return state;
}
function timing({ clock, signal, timeoutMs, pollMs }) {
    return { clock, signal, timeoutMs, intervalMs: pollMs ?? server_process_POLL_MS };
}
/** A state file that was lost or damaged is written again from what the server knows. */
async function repaired(layout, running, options) {
    const state = await (0,local_state/* readState */.un)(layout).catch((error) => {
        if (error instanceof errors/* UserError */.yo)
            return null;
        throw error;
    });
    if (state?.generation === running.status.state.generation)
        return running;
    const status = await running.client.send('save', {}, options.signal);
    options.log.warning(`${layout.stateFile} was damaged, old or gone; it was written again from what the running server knows.`);
    return { ...running, status };
}
async function choosePort(layout, state, options) {
    const known = state !== null && state.port !== 0;
    const wanted = known ? state.port : (options.port ?? 0);
    if (known && options.port !== null && options.port !== wanted) {
        options.log.notice(`Endpoint ${layout.endpoint} keeps its port ${wanted}; local-port is for new endpoints.`);
    }
    if (wanted === 0 || (await (0,loopback_http/* isPortFree */.Ci)(wanted)))
        return wanted;
    if (!known) {
        throw errors/* UserError */.yo.of([
            {
                where: 'local-port',
                message: `the port ${wanted} of 127.0.0.1 is in use by another process.`,
                fix: 'Choose another one, or leave local-port out for a free one.',
            },
        ]);
    }
    options.log.warning(`The port ${wanted} of endpoint ${layout.endpoint} was taken by another process; it gets a new one.`);
    return 0;
}
async function start(layout, port, options) {
    await (0,promises_.mkdir)(layout.folder, { recursive: true });
    const { folder, logFile } = layout;
    const pid = await options.launch({ folder, port, logFile });
    const launched = { pid, start: null };
    const { state } = await (0,poll/* poll */.w)({
        ...timing(options),
        check: async () => {
            // Asked first: a server that writes its address and dies at once must not be taken for one that never came.
            const alive = options.processes.alive(launched);
            return { connection: await connect(layout, options.processes, options.signal), alive };
        },
        // One that ended while another is silent has lost to it: a command that was killed had started one already.
        done: ({ connection: { kind }, alive }) => kind === 'running' || (kind !== 'silent' && !alive),
    });
    if (state.connection.kind === 'running')
        return state.connection;
    if (state.alive || state.connection.kind === 'silent')
        throw await silent(layout, pid, options);
    const said = (await tailOf(logFile, 1)) || '(none)';
    throw new errors/* UpstreamError */.gA('local endpoint', `The server of endpoint ${layout.endpoint} ended while it started; the last line of its log: ${said}`, { detail: await tailOf(logFile, server_process_TAIL_LINES) });
}
async function silent(layout, pid, { timeoutMs }) {
    return new targets/* TimedOutError */.On('local endpoint', `The server process (pid ${pid}) of endpoint ${layout.endpoint} lives, but gave no answer ` +
        `for ${Math.round(timeoutMs / 1000)} s. Look at its log, ${layout.logFile}, or end the process and run this again.`, { detail: await tailOf(layout.logFile, server_process_TAIL_LINES) });
}
/** Asks the server to end, and makes sure that its process is gone; one that hangs is killed. */
async function stopServer(layout, options) {
    const found = await connect(layout, options.processes, options.signal);
    if (found.kind === 'none' || found.kind === 'dead')
        return;
    if (found.kind === 'running')
        await found.client.send('stop', {}, options.signal);
    if (await ended(layout, options))
        return;
    options.processes.kill(found.holder);
    if (await ended(layout, options))
        return;
    throw new errors/* UpstreamError */.gA('local endpoint', `The server process (pid ${found.holder.pid}) of endpoint ${layout.endpoint} does not end.`);
}
async function ended(layout, options) {
    const { timedOut } = await (0,poll/* poll */.w)({
        ...timing(options),
        timeoutMs: Math.min(options.timeoutMs, STOP_MS),
        check: async () => (await connect(layout, options.processes, options.signal)).kind,
        done: (kind) => kind === 'none' || kind === 'dead',
    });
    return !timedOut;
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/operations.js
/** The operations that put versions in place: deploy, stage, promote, discard. Each is run under the endpoint's lock. */










/** After that time a candidate belongs to a run that is long gone. */
const CANDIDATE_LIFETIME_MS = 6 * 60 * 60 * 1000;
async function deploy(layout, plan, options) {
    const running = await prepare(layout, plan, options);
    const { state, serving } = running.status;
    if (!isInPlace(state, serving, plan)) {
        const entry = storedVersion(plan, options);
        await running.client.send('deploy', { generation: state.generation, entry }, options.signal);
    }
    else if ((0,transitions/* findVersion */.Am)(state, plan.version)?.served) {
        return result(layout, options, 'unchanged', `${layout.endpoint} serves ${operations_named(plan)} already.`);
    }
    return conclude(layout, plan, running, options, 'deployed');
}
async function stage(layout, plan, options) {
    if (plan.candidate === null) {
        const message = 'Staging is switched off (staging: none), so that nothing was staged.';
        return result(layout, options, 'unchanged', message);
    }
    const running = await prepare(layout, plan, options);
    const { state, serving } = running.status;
    if (isInPlace(state, serving, plan)) {
        const message = `${layout.endpoint} serves ${operations_named(plan)} already, so that nothing was staged.`;
        return result(layout, options, 'unchanged', message);
    }
    const generation = await discardExpired(running, options);
    const candidate = storedCandidate(plan, plan.candidate, options);
    await running.client.send('stage', { generation, candidate }, options.signal);
    return staged(layout, plan, plan.candidate, running, options);
}
async function staged(layout, plan, name, running, options) {
    const answers = await servedVersion(running.client.port, name, options.signal);
    const description = await describeEndpoint(layout, options);
    const candidate = description.candidates.find((known) => known.name === name) ?? null;
    const done = answers.version === plan.version && candidate !== null;
    const message = done
        ? `The ${operations_named(plan)} waits as the candidate ${name}; no traffic has moved.`
        : `The candidate ${name} was staged, but does not answer as ${operations_named(plan)}: ${answers.detail}`;
    return { outcome: done ? 'staged' : 'failed', message, description, candidate };
}
async function promote(layout, plan, options) {
    if (plan.candidate === null)
        return deploy(layout, plan, options);
    const name = plan.candidate;
    await requireEndpoint(layout, options);
    const running = await ensureServer(layout, options);
    const { state } = running.status;
    if (state.live === plan.version && (0,transitions/* findCandidate */.$6)(state, name) === null) {
        if ((0,transitions/* findVersion */.Am)(state, plan.version)?.served) {
            return result(layout, options, 'unchanged', `${layout.endpoint} serves ${operations_named(plan)} already.`);
        }
        return conclude(layout, plan, running, options, 'promoted');
    }
    (0,outdated/* checkBase */.q)(plan, state.live);
    if ((0,transitions/* findCandidate */.$6)(state, name) === null)
        throw noCandidate(layout, plan, name, state);
    const { generation } = state;
    const body = { generation, candidate: name, planDigest: plan.digest };
    await running.client.send('promote', body, options.signal);
    return conclude(layout, plan, running, options, 'promoted');
}
async function discard(layout, plan, options) {
    const { candidate } = plan;
    const none = `${layout.endpoint} has no candidate ${candidate ?? '(staging: none)'}; nothing had to be discarded.`;
    const known = await describeEndpoint(layout, options);
    if (candidate === null || known.status === 'absent')
        return result(layout, options, 'discarded', none);
    const running = await ensureServer(layout, options);
    const { state } = running.status;
    if ((0,transitions/* findCandidate */.$6)(state, candidate) === null)
        return result(layout, options, 'discarded', none);
    await running.client.send('discard', { generation: state.generation, candidate }, options.signal);
    await tidyUp(layout, running, options);
    return result(layout, options, 'discarded', `The candidate ${candidate} was removed.`);
}
/** The version's files in place, and a server that runs. A bad archive or a taken port is found before any change. */
async function prepare(layout, plan, options) {
    const found = await connect(layout, options.processes, options.signal);
    const state = found.kind === 'running' ? found.status.state : await (0,local_state/* readState */.un)(layout);
    (0,outdated/* checkBase */.q)(plan, state?.live ?? null);
    await checkPort(layout, options);
    await installVersion(layout, plan, options);
    const running = await ensureServer(layout, options);
    (0,outdated/* checkBase */.q)(plan, running.status.state.live);
    return running;
}
function isInPlace(state, serving, plan) {
    const live = (0,transitions/* findVersion */.Am)(state, plan.version);
    const isLive = state.live === plan.version && serving === plan.version;
    return isLive && live?.referenceDigest === plan.desired.referenceDigest;
}
/** Reads back what answers, notes it, and tidies up. */
async function conclude(layout, plan, running, options, outcome) {
    const answers = await servedVersion(running.client.port, null, options.signal);
    if (answers.version !== plan.version) {
        const message = `${layout.endpoint} was to serve ${operations_named(plan)}, but ${answers.detail}`;
        return result(layout, options, 'failed', message);
    }
    await running.client.send('mark', { version: plan.version, served: true }, options.signal);
    await tidyUp(layout, running, options);
    return result(layout, options, outcome, `${layout.endpoint} serves ${operations_named(plan)}, read back from it.`);
}
/** What was asked for is true already, so that old files which stay are no reason to fail. */
async function tidyUp(layout, { client }, options) {
    try {
        await client.send('prune', { keep: options.keepVersions }, options.signal);
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        options.log.warning(`Old versions of ${layout.endpoint} could not be removed: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
async function result(layout, options, outcome, message) {
    return { outcome, message, description: await describeEndpoint(layout, options), candidate: null };
}
/** @throws UserError where there is no such endpoint. */
async function requireEndpoint(layout, options) {
    const { status } = await describeEndpoint(layout, options);
    if (status !== 'absent')
        return;
    throw new errors/* UserError */.yo(`There is no local endpoint ${layout.endpoint} on this machine (looked in ${layout.folder}). ` +
        'A local endpoint lives as long as its job: deploy to it in the same job first.');
}
async function discardExpired(running, options) {
    let { state } = running.status;
    const now = options.clock.now().toISOString();
    for (const { name, expiresAt } of state.candidates.filter((candidate) => candidate.expiresAt < now)) {
        options.log.info(`The candidate ${name} expired at ${expiresAt} and is removed.`);
        const body = { generation: state.generation, candidate: name };
        ({ state } = await running.client.send('discard', body, options.signal));
    }
    return state.generation;
}
function noCandidate(layout, plan, name, state) {
    const same = state.candidates.find(({ version }) => version.version === plan.version);
    if (same !== undefined) {
        return new errors/* UserError */.yo(`There is no candidate ${name}. The same model waits as ${same.name}, but that was planned when ` +
            `${same.base ?? 'nothing'} served or with other settings; now ${state.live ?? 'nothing'} serves. ` +
            'Stage again, and have the new plan approved.');
    }
    const names = state.candidates.map((candidate) => candidate.name).join(', ');
    return new errors/* UserError */.yo(`${layout.endpoint} has no candidate of this plan (${name}); ${names ? `it has ${names}` : 'it has none'}. ` +
        'Run the command "stage" with the same inputs first.');
}
function storedCandidate(plan, name, options) {
    const expires = options.clock.now().getTime() + CANDIDATE_LIFETIME_MS;
    return {
        name,
        version: storedVersion(plan, options),
        base: plan.base,
        expiresAt: new Date(expires).toISOString(),
    };
}
function storedVersion(plan, { clock }) {
    return {
        version: plan.version,
        modelDigest: plan.desired.modelDigest,
        imageDigest: plan.desired.imageDigest,
        referenceDigest: plan.desired.referenceDigest,
        referenceUrl: plan.sources.referenceUrl,
        planDigest: plan.digest,
        release: plan.sources.release,
        deployedAt: clock.now().toISOString(),
        served: false,
        verified: false,
        environmentName: plan.environmentName,
        withdrawn: false,
    };
}
function operations_named({ version }) {
    return `version ${(0,canonical_json/* shortDigest */.VK)(version)}`;
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/rollback.js
/** Going back to a version that served before. */






/**
 * @param version null for the newest verified version before the live one
 *
 * Repeated by the same workflow run, it goes back once: a step that is run again, or that follows a smoke test which
 * has rolled back already, must not go back further.
 */
async function rollBack(layout, version, options) {
    await requireEndpoint(layout, options);
    const { client, status } = await ensureServer(layout, options);
    const { state } = status;
    const to = chooseVersion(layout, state, version, options.run);
    const isDone = state.live === to && status.serving === to;
    if (!isDone) {
        const body = { generation: state.generation, version: to, run: options.run };
        await client.send('rollback', body, options.signal);
    }
    const answers = await servedVersion(client.port, null, options.signal);
    if (answers.version !== to) {
        const message = `${layout.endpoint} was to go back to version ${(0,canonical_json/* shortDigest */.VK)(to)}, but ${answers.detail}`;
        return result(layout, options, 'failed', message);
    }
    return result(layout, options, 'rolled-back', messageFor(layout, state, to, isDone));
}
function messageFor({ endpoint }, before, to, isDone) {
    const target = `version ${(0,canonical_json/* shortDigest */.VK)(to)}`;
    if (!isDone)
        return `${endpoint} went back from version ${(0,canonical_json/* shortDigest */.VK)(before.live ?? '(none)')} to ${target}.`;
    const note = before.rollback;
    const from = note?.to === to ? `; it went back to it from version ${(0,canonical_json/* shortDigest */.VK)(note.from)} before` : '';
    return `${endpoint} serves ${target} already${from}. To go back further, name the version with to-version.`;
}
function chooseVersion(layout, state, version, run) {
    if (version !== null)
        return rollback_named(layout, state, version);
    const { rollback } = state;
    if (run !== '' && rollback?.run === run && rollback.to === state.live)
        return rollback.to;
    const previous = (0,transitions/* previousOf */.te)(state);
    if (previous !== null)
        return previous.version;
    throw new errors/* UserError */.yo(`There is nothing to roll ${layout.endpoint} back to: no version served before ` +
        `${state.live ?? 'the first one'}. Nothing was changed.`);
}
/** A version may be given by its first digits, as summaries show it. */
function rollback_named(layout, state, version) {
    const exact = (0,transitions/* findVersion */.Am)(state, version);
    if (exact !== null)
        return exact.version;
    const matches = version.length < 8 ? [] : state.versions.filter((known) => known.version.startsWith(version));
    if (matches.length === 1 && matches[0] !== undefined)
        return matches[0].version;
    const known = state.versions.map((entry) => (0,canonical_json/* shortDigest */.VK)(entry.version)).join(', ') || 'none';
    throw errors/* UserError */.yo.of([
        { where: 'to-version', message: `${layout.endpoint} has no version "${version}"; it has ${known}.` },
    ]);
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/teardown.js
/** Removing an endpoint: the process first, then the folder, by one rename. */







async function tearDown(layout, options) {
    const existed = await teardown_exists(layout);
    if (existed) {
        await withEndpointLock(layout, 'teardown', options, async () => {
            await stopServer(layout, options);
            // The server removes them; one that was killed could not.
            if (await (0,container_version/* hasContainers */.JR)(layout))
                await removeContainers(layout, options);
            await (0,promises_.rename)(layout.folder, removedPath(layout));
        });
    }
    await removeLeftovers(layout);
    const message = existed
        ? `The local endpoint ${layout.endpoint} was removed, with all its versions.`
        : `There is no local endpoint ${layout.endpoint} on this machine; nothing had to be removed.`;
    return {
        outcome: 'torn-down',
        message,
        description: await describeEndpoint(layout, options),
        candidate: null,
    };
}
async function removeContainers(layout, { containers }) {
    await (await containers.findRunner()).removeAll((0,container_version/* ownLabels */.ct)(layout));
}
/** The names of endpoints begin with a letter or digit, so that these are never taken for one. */
function removedPrefix({ folder }) {
    return `.removed-${(0,external_node_path_.basename)(folder)}.`;
}
function removedPath(layout) {
    return (0,external_node_path_.join)((0,external_node_path_.dirname)(layout.folder), `${removedPrefix(layout)}${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
}
/** This removal, and any that was cut short. */
async function removeLeftovers(layout) {
    const root = (0,external_node_path_.dirname)(layout.folder);
    const names = await (0,promises_.readdir)(root).catch(() => []);
    for (const name of names.filter((entry) => entry.startsWith(removedPrefix(layout)))) {
        await (0,promises_.rm)((0,external_node_path_.join)(root, name), { recursive: true, force: true });
    }
}
async function teardown_exists({ folder }) {
    return (0,promises_.readdir)(folder).then(() => true, () => false);
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/local-target.js
/** `target: local`: an endpoint on this machine, in a process that outlives the step. */












function createLocalTarget(options) {
    const at = (endpoint) => (0,local_layout/* layoutOf */.aH)(options.root, endpoint);
    const locked = (command, operation) => (plan) => {
        const layout = at(plan.endpoint);
        return withEndpointLock(layout, command, options, () => operation(layout, plan, options));
    };
    return {
        name: TARGET,
        capabilities: { staging: true, instances: false, scaling: false, strategies: ['all-at-once'] },
        plan: async (request) => planFor(request, await describeEndpoint(at(request.endpoint), options), options.clock.now()),
        deploy: locked('deploy', deploy),
        stage: locked('stage', stage),
        promote: locked('promote', promote),
        discard: locked('discard', discard),
        rollback: async (endpoint, version) => {
            const layout = at(endpoint);
            await requireEndpoint(layout, options);
            return withEndpointLock(layout, 'rollback', options, () => rollBack(layout, version, options));
        },
        teardown: (endpoint) => tearDown(at(endpoint), options),
        describe: (endpoint) => describeEndpoint(at(endpoint), options),
        noteRelease: (endpoint, version, release) => note(at(endpoint), 'note the release', { version, release }, options),
        markVerified: (endpoint, version) => note(at(endpoint), 'mark as verified', { version, verified: true }, options),
        logs: (endpoint, lines) => logsOf(at(endpoint), lines, options),
        invoker: (endpoint, candidate) => openInvoker(at(endpoint), candidate, options),
    };
}
/** What the containers printed, after what the server has to say. */
async function logsOf(layout, lines, options) {
    const own = await tailOf(layout.logFile, lines);
    const connection = await connect(layout, options.processes, options.signal);
    if (connection.kind !== 'running')
        return own;
    const printed = await connection.client.logs(lines, options.signal).catch(() => '');
    return printed === '' ? own : `${own}\n${printed}`.trim();
}
async function note(layout, what, facts, options) {
    await requireEndpoint(layout, options);
    await withEndpointLock(layout, what, options, async () => {
        const { client } = await ensureServer(layout, options);
        await client.send('mark', facts, options.signal);
    });
}
/** @throws UserError for an endpoint or candidate that does not exist; UpstreamError where its server is gone. */
async function openInvoker(layout, candidate, options) {
    await requireEndpoint(layout, options);
    const connection = await connect(layout, options.processes, options.signal);
    if (connection.kind !== 'running') {
        const { detail } = await describeEndpoint(layout, options);
        throw new errors/* UpstreamError */.gA('local endpoint', detail || `The server of ${layout.endpoint} does not answer.`);
    }
    const names = connection.status.state.candidates.map(({ name }) => name);
    if (candidate !== null && !names.includes(candidate)) {
        const known = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
        throw new errors/* UserError */.yo(`${layout.endpoint} has no candidate "${candidate}"; ${known}.`);
    }
    return createInvoker(layout.endpoint, connection.client.port, candidate, options.clock);
}


/***/ }),

/***/ 48506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ci: () => (/* binding */ isPortFree),
/* harmony export */   Df: () => (/* binding */ explainSocketError),
/* harmony export */   Ws: () => (/* binding */ LOOPBACK),
/* harmony export */   Xj: () => (/* binding */ loopbackRequest)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77030);
/**
 * HTTP to this machine. Node's own client with an agent of ours, since a proxy that the job is told to use must never
 * stand between a step and 127.0.0.1.
 */


const LOOPBACK = '127.0.0.1';
/** @throws the socket's error (`code` such as ECONNREFUSED), or the signal's reason. */
async function loopbackRequest(options) {
    const { reused, answer } = send(options);
    try {
        return await answer;
    }
    catch (error) {
        // A kept connection may be closed by the server at the very moment that it is used again.
        if (options.agent && reused() && error.code === 'ECONNRESET') {
            return send(options).answer;
        }
        throw error;
    }
}
function send({ port, method, path, headers = {}, body = '', signal, agent }) {
    const length = String(Buffer.byteLength(body));
    const { promise, resolve, reject } = Promise.withResolvers();
    const outgoing = (0,node_http__WEBPACK_IMPORTED_MODULE_0__.request)({
        host: LOOPBACK,
        port,
        method,
        path,
        signal,
        agent: agent ?? new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(),
        headers: { ...headers, 'content-length': length },
    }, (incoming) => {
        const chunks = [];
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks),
        }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
    return { reused: () => outgoing.reusedSocket, answer: promise };
}
const WORDS = {
    ECONNREFUSED: 'nothing listens there',
    ECONNRESET: 'the connection was closed without an answer',
    EPIPE: 'the connection was closed before the request was sent',
    HPE_INVALID_CONSTANT: 'what answers there does not speak HTTP',
};
/** What a socket's error means. */
function explainSocketError(error) {
    const { code, message } = error;
    if (code === undefined)
        return message;
    return WORDS[code] ?? (code.startsWith('HPE_') ? 'what answers there does not speak HTTP' : message);
}
/** Whether a port of 127.0.0.1 can be listened on at this moment. */
function isPortFree(port) {
    return new Promise((resolve) => {
        const probe = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.createServer)();
        probe.once('error', () => resolve(false));
        probe.listen(port, LOOPBACK, () => probe.close(() => resolve(true)));
    });
}


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
