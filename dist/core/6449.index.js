export const id = 6449;
export const ids = [6449];
export const modules = {

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

/***/ 76449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openStore: () => (/* binding */ openStore),
  openUrl: () => (/* binding */ openUrl)
});

// UNUSED EXPORTS: storeOfArchive

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
;// CONCATENATED MODULE: ./build/js/src/stores/file/file-errors.js


const SYSTEM = 'the file store';
/** What an error of the file system means for the store; every other error stays as it is. */
function explainFileError(error, path) {
    const options = { cause: error };
    switch ((0,streams/* errorCode */.CA)(error)) {
        case '':
            return error;
        case 'ENOENT':
            return new errors/* UserError */.yo(`The file store has no "${path}". Check the path or the digest.`, options);
        case 'EACCES':
        case 'EPERM':
        case 'EROFS':
            return new errors/* UserError */.yo(`The user that runs this step may not use "${path}". Give it the right to, or choose another folder.`, options);
        case 'ENOTDIR':
        case 'EEXIST':
            return new errors/* UserError */.yo(`"${path}" cannot be made, because a part of its path is a file. Choose another folder.`, options);
        case 'EISDIR':
            return new errors/* UserError */.yo(`"${path}" is a folder where a file is expected. Remove it.`, options);
        case 'ENOSPC':
        case 'EDQUOT':
            return new errors/* UpstreamError */.gA(SYSTEM, `No space is left for "${path}". Free some, or choose another folder.`, options);
        default:
            return new errors/* UpstreamError */.gA(SYSTEM, `"${path}" cannot be used (${(0,errors/* messageOf */.bD)(error)}).`, options);
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
;// CONCATENATED MODULE: ./build/js/src/stores/file/file-store.js
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
/** An artifact store in a folder of this machine, or of a share that it mounts. */













/** What some network and user-space file systems answer to link(2). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
class FileStore {
    url;
    #root;
    /** @param root absolute path of a folder; it is made when something is put into it. */
    constructor(root) {
        this.#root = root;
        this.url = (0,external_node_url_.pathToFileURL)((0,external_node_path_.join)(root, '/')).href;
    }
    async exists(key) {
        return (await this.size(key)) !== null;
    }
    async size(key) {
        const path = this.#pathOf(key);
        try {
            const stats = await (0,promises_.stat)(path);
            if (stats.isDirectory())
                throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
            return stats.size;
        }
        catch (error) {
            if ((0,streams/* errorCode */.CA)(error) === 'ENOENT')
                return null;
            throw explainFileError(error, path);
        }
    }
    async put(key, data, { replace = false } = {}) {
        const path = this.#pathOf(key);
        // In the same folder, since a file can be moved into place only within one file system.
        const temporary = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), `.${(0,external_node_path_.basename)(path)}.${(0,external_node_crypto_.randomUUID)()}.tmp`);
        try {
            if (!replace && (await this.exists(key)))
                return false;
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
            await writeThrough(temporary, data);
            return await publish(temporary, path, replace);
        }
        catch (error) {
            throw explainFileError(error, path);
        }
        finally {
            if (data instanceof external_node_stream_.Readable)
                data.destroy();
            await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
        }
    }
    async open(key) {
        return openFile(this.#pathOf(key));
    }
    urlOf(key) {
        return (0,external_node_url_.pathToFileURL)(this.#pathOf(key)).href;
    }
    async record(value) {
        const text = (0,canonical_json/* canonicalJson */.dj)(value);
        const digest = (0,canonical_json/* sha256 */.sc)(text);
        const key = stores/* storeKeys */.G5.release(digest);
        if (await this.put(key, text))
            return digest;
        if ((0,canonical_json/* sha256 */.sc)(await (0,consumers_.buffer)(await this.open(key))) === digest)
            return digest;
        throw new errors/* UpstreamError */.gA('the file store', `"${this.#pathOf(key)}" was changed after it was written: its content is not what its name says. Restore or remove it.`);
    }
    #pathOf(key) {
        const parts = key.split('/');
        const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'));
        if (!isPlain)
            throw new Error(`"${key}" is no key of an artifact store.`);
        return (0,external_node_path_.join)(this.#root, ...parts);
    }
}
/** Opens before it returns, so that a missing file is an error here and not later. @throws UserError, UpstreamError */
async function openFile(path) {
    try {
        const file = await (0,promises_.open)(path);
        if (!(await file.stat()).isDirectory())
            return file.createReadStream();
        await file.close();
        throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    }
    catch (error) {
        throw explainFileError(error, path);
    }
}
/** Writes a new file and waits until the disk has it. */
async function writeThrough(path, data) {
    const source = data instanceof external_node_stream_.Readable ? data : external_node_stream_.Readable.from([Buffer.from(data)]);
    await (0,external_node_stream_promises_.pipeline)(source, (0,external_node_fs_.createWriteStream)(path, { flags: 'wx', flush: true }));
}
/** Gives a finished file its name. Returns false where another one has it. */
async function publish(temporary, path, replace) {
    if (replace)
        await (0,promises_.rename)(temporary, path);
    else if (!(await linkNew(temporary, path)))
        return false;
    await syncFolder((0,external_node_path_.dirname)(path));
    return true;
}
/** link(2) is the one call that gives a name only where it is free. */
async function linkNew(temporary, path) {
    try {
        await (0,promises_.link)(temporary, path);
        return true;
    }
    catch (error) {
        if ((0,streams/* errorCode */.CA)(error) === 'EEXIST')
            return false;
        if (!NO_LINKS.has((0,streams/* errorCode */.CA)(error)))
            throw error;
    }
    // Without links two writers could both come here; keys are named by content, so either's file is right.
    if (await isThere(path))
        return false;
    await (0,promises_.rename)(temporary, path);
    return true;
}
async function isThere(path) {
    return (0,promises_.stat)(path).then(() => true, () => false);
}
/** A new name is safe from a power cut once its folder is on disk; Windows has no such call. */
async function syncFolder(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (process.platform === 'win32')
            return;
        const folder = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
        await folder.sync();
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

;// CONCATENATED MODULE: ./build/js/src/stores/open-store.js
/** From a URL to the store, or the artifact, that it names. */








const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** One line for each kind of store. */
const OPENERS = {
    file: openFileStore,
    s3: async (url, { s3 }) => (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(9120)]).then(__webpack_require__.bind(__webpack_require__, 89120))).S3Store.open(url, s3),
};
/** @param url the store's root. Nothing is made or written. @throws UserError for a URL that is no store. */
async function openStore(url, options = {}) {
    const opener = OPENERS[schemeOf(url)];
    if (opener === undefined)
        throw unsupported(url);
    return opener(url, options);
}
/**
 * Opens any one artifact.
 * @param location a `file://` or `s3://` URL or a path; relative paths start at `base`.
 * @throws UserError where there is none, or where its kind of URL is not supported.
 */
async function openUrl(location, base = '.', options = {}) {
    if (!SCHEME.test(location))
        return openFile((0,external_node_path_.resolve)(base, location));
    if (schemeOf(location) === 's3')
        return (await __webpack_require__.e(/* import() */ 3513).then(__webpack_require__.bind(__webpack_require__, 23513))).openS3Url(location, options.s3);
    if (schemeOf(location) !== 'file')
        throw unsupported(location);
    return openFile(pathOf(location));
}
async function openFileStore(url) {
    const path = pathOf(url);
    const stats = await (0,promises_.stat)(path).catch((error) => {
        if ((0,streams/* errorCode */.CA)(error) === 'ENOENT')
            return null;
        throw explainFileError(error, path);
    });
    if (stats !== null && !stats.isDirectory()) {
        throw new errors/* UserError */.yo(`The artifact store "${path}" is a file. Give the URL of a folder.`);
    }
    return new FileStore(path);
}
function pathOf(url) {
    try {
        return (0,external_node_url_.fileURLToPath)(url);
    }
    catch (cause) {
        throw new errors/* UserError */.yo(`"${url}" names no file of this machine. Write file:///folder, with three slashes and no host.`, { cause });
    }
}
function schemeOf(url) {
    return SCHEME.exec(url)?.[1]?.toLowerCase() ?? '';
}
function unsupported(url) {
    return new errors/* UserError */.yo(`"${url}" cannot be used: artifacts lie in S3 or in folders. Give an s3://bucket/prefix or file:///folder URL.`);
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
