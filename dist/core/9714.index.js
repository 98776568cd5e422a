export const id = 9714;
export const ids = [9714];
export const modules = {

/***/ 49714:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSigner: () => (/* binding */ createSigner),
/* harmony export */   defaultCredentials: () => (/* binding */ defaultCredentials)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _smithy_signature_v4__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75118);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/** Signs requests with AWS credentials. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */



/** @throws UserError (when signing) where there are no credentials. */
function createSigner({ service, region, credentials }) {
    const signer = new _smithy_signature_v4__WEBPACK_IMPORTED_MODULE_2__.SignatureV4({
        service,
        region,
        sha256: NodeSha256,
        credentials: async () => {
            const { sessionToken, ...found } = await credentials().catch((error) => {
                const message = `sigv4-service needs AWS credentials, and there are none: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`;
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(message, { cause: error });
            });
            return sessionToken === undefined ? found : { ...found, sessionToken };
        },
    });
    return async ({ url, headers, body }) => {
        const { protocol, hostname, host, pathname, searchParams } = new URL(url);
        const query = Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
        const signed = await signer.sign({
            method: 'POST',
            protocol,
            hostname,
            path: pathname,
            query,
            headers: { ...headers, host },
            body,
        });
        // fetch sets the host itself, to the same.
        const { host: _host, ...rest } = signed.headers;
        return rest;
    };
}
/** The default chain of the AWS SDK: environment, web identity, profile, container, instance. */
async function defaultCredentials() {
    const { defaultProvider } = await __webpack_require__.e(/* import() */ 5861).then(__webpack_require__.t.bind(__webpack_require__, 5861, 19));
    return defaultProvider()();
}
/** Node's own SHA-256 in the form that the signer takes. */
class NodeSha256 {
    #secret;
    #hash;
    constructor(secret) {
        this.#secret = secret === undefined ? null : bytesOf(secret);
        this.#hash = this.#create();
    }
    update(data) {
        this.#hash.update(bytesOf(data));
    }
    digest() {
        return Promise.resolve(this.#hash.digest());
    }
    reset() {
        this.#hash = this.#create();
    }
    #create() {
        return this.#secret === null ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256') : (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', this.#secret);
    }
}
function bytesOf(data) {
    if (typeof data === 'string')
        return data;
    if (data instanceof ArrayBuffer)
        return new Uint8Array(data);
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}


/***/ })

};
