export const id = 8162;
export const ids = [8162];
export const modules = {

/***/ 78162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createModelRegistry: () => (/* binding */ createModelRegistry)
});

// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
// EXTERNAL MODULE: ./build/js/src/core/aws.js
var aws = __webpack_require__(89474);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/adapters/model-registry/errors.js

const SYSTEM = 'the SageMaker Model Registry';
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'];
const CREDENTIALS = [
    'CredentialsProviderError',
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'ExpiredTokenException',
    'InvalidSignatureException',
];
/** SageMaker says that something is missing with a validation error, and in words only. */
function isMissing(error) {
    return error instanceof Error && /does not exist|could not find|not found/i.test(error.message);
}
function isThereAlready(error) {
    return (error instanceof Error && (error.name === 'ConflictException' || /already exists/i.test(error.message)));
}
/** An error of the SDK in our words; every other error stays as it is. */
function explainRegistryError(thrown, operation, resource, signal) {
    if (signal.aborted)
        return new errors/* CancelledError */.cc();
    if (!(thrown instanceof Error) || thrown instanceof errors/* UserError */.yo || thrown instanceof errors/* UpstreamError */.gA)
        return thrown;
    const error = thrown;
    const options = { cause: error };
    const words = `${error.name}: ${(0,errors/* messageOf */.bD)(error)}`;
    if (DENIED.includes(error.name) || error.$metadata?.httpStatusCode === 403) {
        const told = /not authorized to perform: (sagemaker:[A-Za-z]+)/.exec(error.message)?.[1];
        return new errors/* UserError */.yo(`SageMaker refused ${operation} for ${resource} (${words}). The identity that runs this step needs ` +
            `${told ?? `sagemaker:${operation}`}. See docs/iam/package-model.md.`, options);
    }
    if (CREDENTIALS.includes(error.name)) {
        return new errors/* UserError */.yo(`AWS does not take the credentials of this step (${words}). Run aws-actions/configure-aws-credentials before it.`, options);
    }
    if (/region is missing/i.test(error.message)) {
        return new errors/* UserError */.yo('No AWS region is known. Set aws-region, or AWS_REGION in the environment.', options);
    }
    return new errors/* UpstreamError */.gA(SYSTEM, `${operation} for ${resource} failed (${words}).`, options);
}

;// CONCATENATED MODULE: ./build/js/src/adapters/model-registry/model-registry.js






/** Where a version says which content it is. */
const DIGEST = 'ml-deploy:model-digest';
const RELEASE = 'ml-deploy:release';
const GROUP_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const PARALLEL_DESCRIBES = 4;
const POLL_MS = 2000;
const TIMEOUT_MS = 120_000;
/** The client is loaded with the first model. */
function createModelRegistry(options) {
    return {
        register: async (model) => {
            if (!GROUP_NAME.test(model.group)) {
                throw new errors/* UserError */.yo(`model-package-group: "${model.group}" is no name of a group: letters, digits and hyphens, 63 at most.`);
            }
            const sdk = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(4459)]).then(__webpack_require__.t.bind(__webpack_require__, 94459, 19));
            const client = new sdk.SageMakerClient((0,aws/* awsClientConfig */.r)(options));
            return register({ ...options, sdk, client }, model);
        },
    };
}
async function register(registry, model) {
    if (await makeGroup(registry, model))
        return create(registry, model);
    const known = await findVersion(registry, model);
    return known ?? create(registry, model);
}
/** Runs a call and explains what it throws; the SDK's error stands in `cause`. */
async function call({ signal }, operation, resource, send) {
    try {
        return await send({ abortSignal: signal });
    }
    catch (error) {
        throw explainRegistryError(error, operation, resource, signal);
    }
}
function causeOf(error) {
    return error instanceof Error ? error.cause : undefined;
}
/** Returns whether the group is new. */
async function makeGroup(registry, { group, tags }) {
    const { sdk, client } = registry;
    const name = { ModelPackageGroupName: group };
    try {
        await call(registry, 'DescribeModelPackageGroup', group, (http) => client.send(new sdk.DescribeModelPackageGroupCommand(name), http));
        return false;
    }
    catch (error) {
        if (!isMissing(causeOf(error)))
            throw error;
    }
    const Tags = [...(tags ?? [])].map(([Key, Value]) => ({ Key, Value }));
    const input = { ...name, ...(Tags.length > 0 ? { Tags } : {}) };
    try {
        await call(registry, 'CreateModelPackageGroup', group, (http) => client.send(new sdk.CreateModelPackageGroupCommand(input), http));
        return true;
    }
    catch (error) {
        if (isThereAlready(causeOf(error)))
            return false;
        throw error;
    }
}
/** The newest version with this digest that did not fail; null where there is none. */
async function findVersion(registry, model) {
    const { sdk, client } = registry;
    let token;
    do {
        const input = {
            ModelPackageGroupName: model.group,
            SortBy: 'CreationTime',
            SortOrder: 'Descending',
            MaxResults: 100,
            ...(token === undefined ? {} : { NextToken: token }),
        };
        const page = await call(registry, 'ListModelPackages', model.group, (http) => client.send(new sdk.ListModelPackagesCommand(input), http));
        const arns = (page.ModelPackageSummaryList ?? []).flatMap((s) => s.ModelPackageArn ?? []);
        const versions = await (0,streams/* mapParallel */.EQ)(arns, PARALLEL_DESCRIBES, (arn) => describe(registry, arn));
        const found = versions.find((version) => isOf(version, model.digest));
        if (found !== undefined)
            return resultOf(found, true);
        token = page.NextToken;
    } while (token !== undefined && token !== '');
    return null;
}
function isOf(version, digest) {
    return version.CustomerMetadataProperties?.[DIGEST] === digest && version.ModelPackageStatus !== 'Failed';
}
async function describe(registry, arn) {
    const { sdk, client } = registry;
    return call(registry, 'DescribeModelPackage', arn, (http) => client.send(new sdk.DescribeModelPackageCommand({ ModelPackageName: arn }), http));
}
function resultOf(version, reused) {
    return {
        arn: version.ModelPackageArn ?? '',
        reused,
        approval: version.ModelApprovalStatus ?? 'PendingManualApproval',
    };
}
/** Makes a version and waits until SageMaker has taken it. */
async function create(registry, model) {
    const { sdk, client, clock, signal, pollMs } = registry;
    const { ModelPackageArn: arn } = await call(registry, 'CreateModelPackage', model.group, (http) => client.send(new sdk.CreateModelPackageCommand(inputOf(model)), http));
    if (arn === undefined)
        throw new errors/* UpstreamError */.gA('SageMaker', 'SageMaker made a model package without an ARN.');
    const { state, timedOut } = await (0,poll/* poll */.w)({
        check: () => describe(registry, arn),
        done: ({ ModelPackageStatus }) => ModelPackageStatus === 'Completed' || ModelPackageStatus === 'Failed',
        key: ({ ModelPackageStatus = '' }) => ModelPackageStatus,
        intervalMs: pollMs ?? POLL_MS,
        timeoutMs: TIMEOUT_MS,
        clock,
        signal,
    });
    if (state.ModelPackageStatus === 'Completed')
        return resultOf(state, false);
    const why = timedOut ? 'is still not complete after 2 minutes' : 'failed';
    const detail = JSON.stringify(state.ModelPackageStatusDetails ?? {});
    throw new errors/* UpstreamError */.gA('SageMaker', `The registration of ${arn} ${why}.`, { detail });
}
/** Tags belong to the group: a version takes none. */
function inputOf(model) {
    const { group, digest, url, framework, frameworkVersion, context } = model;
    const { commit, repository, actor, runUrl } = context;
    const data = model.compressed
        ? { ModelDataUrl: url }
        : {
            ModelDataSource: {
                S3DataSource: {
                    S3Uri: url,
                    S3DataType: 'S3Prefix',
                    CompressionType: 'None',
                },
            },
        };
    const made = Object.entries({ CommitId: commit, Repository: repository, GeneratedBy: runUrl || actor });
    return {
        ModelPackageGroupName: group,
        ModelPackageDescription: `Model ${digest} packed by ml-deploy`,
        ModelApprovalStatus: 'PendingManualApproval',
        // Two runs at once, or one that is tried again, make one version.
        ClientToken: (0,canonical_json/* sha256 */.sc)(`${group}/${digest}`).slice(0, 36),
        InferenceSpecification: {
            Containers: [
                {
                    ...data,
                    Framework: framework.toUpperCase(),
                    ...(frameworkVersion === null ? {} : { FrameworkVersion: frameworkVersion }),
                },
            ],
            SupportedContentTypes: ['application/json', 'text/csv'],
            SupportedResponseMIMETypes: ['application/json'],
        },
        CustomerMetadataProperties: { [DIGEST]: digest, [RELEASE]: model.release },
        MetadataProperties: Object.fromEntries(made.filter(([, value]) => value !== '')),
    };
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

/***/ 89474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ awsClientConfig)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/** What every AWS client of ours is made with. Core knows no client; it knows what they have in common. */


/**
 * The SDK makes agents of its own, which know nothing of proxies. Node's global ones are those that the runner's
 * boundary gave the proxy to (src/runner/proxy.ts), so they are looked up when a client is made, and not before.
 */
function awsClientConfig({ region }) {
    const requestHandler = { httpAgent: node_http__WEBPACK_IMPORTED_MODULE_0__.globalAgent, httpsAgent: node_https__WEBPACK_IMPORTED_MODULE_1__.globalAgent };
    return { ...(region === null ? {} : { region }), requestHandler };
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
