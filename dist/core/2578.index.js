export const id = 2578;
export const ids = [2578];
export const modules = {

/***/ 52578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  httpEndpoint: () => (/* binding */ httpEndpoint)
});

// UNUSED EXPORTS: shownUrl

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/targets.js
var targets = __webpack_require__(81997);
;// CONCATENATED MODULE: ./build/js/src/adapters/http-endpoint/network-errors.js
/** What a failed connection means, in words that continue a sentence about the URL. */
const WORDS = {
    ECONNREFUSED: 'refuses connections; nothing listens there',
    ECONNRESET: 'closed the connection before it had answered',
    UND_ERR_SOCKET: 'closed the connection before it had answered',
    EPIPE: 'closed the connection before it had taken the request',
    ENOTFOUND: 'has a host name that is not known to DNS',
    EAI_AGAIN: 'has a host name that could not be looked up (DNS does not answer)',
    ETIMEDOUT: 'does not accept connections in time',
    UND_ERR_CONNECT_TIMEOUT: 'does not accept connections in time',
    UND_ERR_HEADERS_TIMEOUT: 'accepted the request, but sent no answer in time',
    UND_ERR_BODY_TIMEOUT: 'stopped in the middle of its answer',
    EHOSTUNREACH: 'is on a host that cannot be reached',
    ENETUNREACH: 'is in a network that cannot be reached',
    HPE_INVALID_CONSTANT: 'does not speak HTTP',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that it signed itself (set NODE_EXTRA_CA_CERTS)',
    SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate of an unknown authority (set NODE_EXTRA_CA_CERTS)',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate of an unknown authority (set NODE_EXTRA_CA_CERTS)',
    CERT_HAS_EXPIRED: 'has a certificate that is no longer valid',
    ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host',
};
/** fetch wraps what happened in a TypeError "fetch failed"; the cause has the code. */
function inWords(error) {
    const chain = [...causes(error)];
    const known = chain.map(codeOf).find((code) => code !== null && code in WORDS);
    if (known)
        return WORDS[known] ?? '';
    const last = chain.at(-1);
    const code = chain.map(codeOf).find((found) => found !== null);
    const message = last instanceof Error ? last.message : String(last);
    return `could not be asked: ${message.replace(/\.$/, '')}${code ? ` (${code})` : ''}`;
}
function* causes(error) {
    for (let current = error; current !== undefined;) {
        yield current;
        current = current instanceof Error ? current.cause : undefined;
    }
}
function codeOf(error) {
    const code = error?.code;
    return typeof code === 'string' ? code : null;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/http-endpoint/platform-time.js
/** How long the platform says that it took itself, beside what the network took. */
/**
 * Milliseconds from Server-Timing (https://www.w3.org/TR/server-timing/; the longest of its metrics, which holds the
 * others) or from Envoy's header, which KServe and most meshes send
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter); null where neither is there.
 */
function platformTime(headers) {
    const durations = [...(headers.get('server-timing') ?? '').matchAll(/;\s*dur="?(\d+(?:\.\d+)?)/gi)];
    const longest = durations.map(([, ms]) => Number(ms)).sort((a, b) => b - a)[0];
    if (longest !== undefined)
        return longest;
    const envoy = headers.get('x-envoy-upstream-service-time') ?? '';
    return /^\d+$/.test(envoy) ? Number(envoy) : null;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/http-endpoint/http-endpoint.js
/** Any URL that takes a POST, as an endpoint. */




/** SageMaker's own limit for an answer; others rarely allow more. */
const TIMEOUT_MS = 60_000;
/** Several times what SageMaker lets through; more is no prediction, and several may be read at once. */
const MAX_BYTES = 25 * 1024 * 1024;
/** Tells the requests of a test from real traffic in the logs of whatever stands in between. */
const USER_AGENT = 'ml-deploy-smoke-test';
/** Where a request can be shown: without credentials and query, which may hold a key. */
function shownUrl(url) {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`;
}
function httpEndpoint(url, options = {}) {
    const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, headers = {}, sign } = options;
    const shown = shownUrl(url);
    return {
        url: shown,
        async invoke(body, contentType, signal) {
            const timeout = AbortSignal.timeout(timeoutMs);
            try {
                const bytes = typeof body === 'string' ? Buffer.from(body) : body;
                const plain = { accept: ACCEPT, 'user-agent': USER_AGENT, ...headers, 'content-type': contentType };
                const sent = sign ? await sign({ url, headers: plain, body: bytes }) : plain;
                return await post(url, bytes, sent, AbortSignal.any([signal, timeout]), maxBytes);
            }
            catch (error) {
                if (error instanceof errors/* UserError */.yo)
                    throw error;
                if (signal.aborted)
                    throw new errors/* CancelledError */.cc();
                if (error instanceof AnswerTooLarge) {
                    throw new targets/* AnswerTooLargeError */.Oc('endpoint', `${shown} sends more than ${maxBytes} bytes.`, {
                        cause: error,
                    });
                }
                const what = timeout.aborted ? `did not answer within ${timeoutMs / 1000} s` : inWords(error);
                throw new errors/* UpstreamError */.gA('endpoint', `${shown} ${what}.`, { cause: error });
            }
        },
    };
}
const ACCEPT = 'application/json';
async function post(url, body, headers, signal, maxBytes) {
    const started = performance.now();
    const response = await fetch(url, {
        method: 'POST',
        headers,
        body: Uint8Array.from(body),
        // A redirected POST arrives as a GET: better to show the status than to test another page.
        redirect: 'manual',
        signal,
    });
    return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: await readUpTo(response.body, maxBytes),
        latencyMs: performance.now() - started,
        version: null,
        platformMs: platformTime(response.headers),
    };
}
class AnswerTooLarge extends Error {
}
/** Leaving the loop early closes the connection, so that the rest is never sent. */
async function readUpTo(stream, maxBytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of stream ?? []) {
        size += chunk.byteLength;
        if (size > maxBytes)
            throw new AnswerTooLarge();
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
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
