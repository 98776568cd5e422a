export const id = 246;
export const ids = [246];
export const modules = {

/***/ 58246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  httpEndpoint: () => (/* binding */ httpEndpoint)
});

// UNUSED EXPORTS: shownUrl

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
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

;// CONCATENATED MODULE: ./build/js/src/adapters/http-endpoint/http-endpoint.js
/** Any URL that takes a POST, as an endpoint. */


/** SageMaker's own limit for an answer; others rarely allow more. */
const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;
/** Where a request can be shown: without credentials and query, which may hold a key. */
function shownUrl(url) {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`;
}
function httpEndpoint(url, options = {}) {
    const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options;
    const shown = shownUrl(url);
    return {
        url: shown,
        async invoke(body, contentType, signal) {
            const timeout = AbortSignal.timeout(timeoutMs);
            try {
                return await post(url, body, contentType, AbortSignal.any([signal, timeout]), maxBytes);
            }
            catch (error) {
                if (signal.aborted)
                    throw new errors/* CancelledError */.cc();
                if (error instanceof AnswerTooLarge) {
                    throw new errors/* UpstreamError */.gA('endpoint', `${shown} sends more than ${maxBytes} bytes.`, {
                        cause: error,
                    });
                }
                const what = timeout.aborted ? `did not answer within ${timeoutMs / 1000} s` : inWords(error);
                throw new errors/* UpstreamError */.gA('endpoint', `${shown} ${what}.`, { cause: error });
            }
        },
    };
}
async function post(url, body, contentType, signal, maxBytes) {
    const started = performance.now();
    const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': contentType, accept: 'application/json' },
        body: typeof body === 'string' ? body : Uint8Array.from(body),
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


/***/ })

};
