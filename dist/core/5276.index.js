export const id = 5276;
export const ids = [5276];
export const modules = {

/***/ 25276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createRegistry: () => (/* binding */ createRegistry)
});

// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/image/manifest.js
var manifest = __webpack_require__(97536);
// EXTERNAL MODULE: ./build/js/src/core/image/reference.js
var image_reference = __webpack_require__(73708);
;// CONCATENATED MODULE: ./build/js/src/adapters/registry/address.js
/** Docker Hub's API lives under another name than its images. */
const DOCKER_HUB_API = 'registry-1.docker.io';
/** Whether a host (with or without port) is this machine, where registries speak plain http. */
function isLoopback(host) {
    const name = host.replace(/:\d+$/, '');
    return name === 'localhost' || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]';
}
/** `https://host/v2/` */
function apiRoot(name) {
    const host = name.registry === 'docker.io' ? DOCKER_HUB_API : name.registry;
    return `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/`;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/registry/challenge.js
/** The WWW-Authenticate header of a 401. https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
const TOKEN = /([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w!#$%&'*+.^`|~-]+)/g;
/** Every challenge of a header, which may hold several. */
function parseChallenges(header) {
    const challenges = [];
    for (const [, name, quoted, plain, scheme] of header.matchAll(TOKEN)) {
        if (scheme !== undefined)
            challenges.push({ scheme: scheme.toLowerCase(), params: {} });
        else if (name !== undefined) {
            const last = challenges.at(-1);
            if (last)
                last.params[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
        }
    }
    return challenges;
}

// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
;// CONCATENATED MODULE: ./build/js/src/adapters/registry/http.js
/** One request to a registry, sent again where the connection was dropped or the registry was busy. */


const RETRIES = 3;
const TIMEOUT_MS = 60_000;
/** Manifests have 4 MiB at most by the specification, configs are smaller; nothing larger is read here. */
const SIZE_LIMIT = 16 * 1024 * 1024;
const BUSY = new Set([429, 502, 503, 504]);
/** Failures that the next attempt may not meet. An unknown host or a bad certificate stays what it is. */
const TRANSIENT = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT))$/;
class TransientError extends Error {
    answer;
    constructor(message, answer, cause) {
        super(message, { cause });
        this.answer = answer;
    }
}
/**
 * The answer, whatever its status; a registry that stays busy answers with that.
 * @throws UpstreamError where no answer came; CancelledError where the signal was aborted.
 */
async function request(what, options) {
    try {
        return await (0,p_retry/* default */.Ay)(() => once(what, options), {
            retries: RETRIES,
            minTimeout: options.retryDelayMs,
            randomize: true,
            signal: options.signal,
            shouldRetry: ({ error }) => error instanceof TransientError,
        });
    }
    catch (error) {
        if (options.signal.aborted)
            throw new errors/* CancelledError */.cc();
        if (error instanceof TransientError && error.answer !== null)
            return error.answer;
        throw unreachable(what.url, error);
    }
}
async function once(what, { fetch, signal }) {
    let answer;
    try {
        const response = await fetch(what.url, {
            method: what.method ?? 'GET',
            headers: { ...what.headers },
            ...(what.body === undefined ? {} : { body: what.body }),
            signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        });
        answer = { status: response.status, headers: response.headers, bytes: await readBody(response) };
    }
    catch (error) {
        const timedOut = error instanceof Error && error.name === 'TimeoutError';
        if (timedOut || TRANSIENT.test(codeOf(error)))
            throw new TransientError(reasonOf(error), null, error);
        throw error;
    }
    if (BUSY.has(answer.status))
        throw new TransientError(`status ${answer.status}`, answer);
    return answer;
}
async function readBody(response) {
    const chunks = [];
    let size = 0;
    for await (const chunk of (response.body ?? [])) {
        size += chunk.byteLength;
        if (size > SIZE_LIMIT)
            throw new Error(`the answer is larger than ${SIZE_LIMIT} bytes`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
/** fetch puts the reason one level down: "fetch failed", caused by a socket's error. */
function innermost(error) {
    return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}
function codeOf(error) {
    const inner = innermost(error);
    return inner instanceof Error && 'code' in inner ? String(inner.code) : '';
}
function reasonOf(error) {
    const inner = innermost(error);
    return (0,errors/* messageOf */.bD)(inner) || codeOf(error) || (0,errors/* messageOf */.bD)(error);
}
function unreachable(url, error) {
    const { host, protocol } = new URL(url);
    const hint = /certificate|SSL|TLS/i.test(reasonOf(error))
        ? ' Check its certificate, or set NODE_EXTRA_CA_CERTS to the authority that signed it.'
        : ' Check the name, and that this machine may reach it.';
    const said = `The registry ${host} did not answer over ${protocol.slice(0, -1)}: ${reasonOf(error)}.${hint}`;
    return new errors/* UpstreamError */.gA(host, said, { cause: error });
}

;// CONCATENATED MODULE: ./build/js/src/adapters/registry/authorization.js
/**
 * The authorization of requests: none at first, then what the registry asks for.
 * https://distribution.github.io/distribution/spec/auth/token/
 */




/** Keeps one header for each repository and kind of access, for the length of a run. */
class Authorization {
    #find;
    #http;
    #headers = new Map();
    constructor(find, http) {
        this.#find = find;
        this.#http = http;
    }
    /** What is known so far; null before the first challenge. */
    header(name, access) {
        return this.#headers.get(keyOf(name, access)) ?? null;
    }
    /** Answers the challenge of a 401. @throws UserError where there is no login, or it is refused. */
    async answer(unauthorized, name, access) {
        const challenges = parseChallenges(unauthorized.headers.get('www-authenticate') ?? '');
        const credentials = await this.#find(name);
        const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
        const header = bearer
            ? `Bearer ${await this.#token(bearer, name, access, credentials)}`
            : basicHeader(challenges, credentials, name);
        this.#headers.set(keyOf(name, access), header);
        return header;
    }
    async #token({ params }, name, access, credentials) {
        const realm = realmOf(params.realm ?? '', name);
        const scope = `repository:${name.repository}:${access}`;
        const service = params.service ?? '';
        const answer = credentials?.kind === 'identity-token'
            ? await this.#refresh(realm, service, scope, credentials.token)
            : await this.#getToken(realm, service, scope, credentials);
        if (answer.status === 401 || answer.status === 403)
            throw refused(name, credentials);
        const token = answer.status === 200 ? tokenOf(answer.bytes) : null;
        if (token !== null)
            return token;
        throw new errors/* UpstreamError */.gA(name.registry, `The token service ${realm.host} of ${name.registry} answered with status ${answer.status} and no token.`);
    }
    async #getToken(realm, service, scope, credentials) {
        const url = new URL(realm);
        if (service !== '')
            url.searchParams.set('service', service);
        url.searchParams.set('scope', scope);
        if (credentials?.kind !== 'password')
            return request({ url: url.href }, this.#http);
        return request({ url: url.href, headers: { authorization: basic(credentials) } }, this.#http);
    }
    /** https://distribution.github.io/distribution/spec/auth/oauth/ */
    async #refresh(realm, service, scope, token) {
        const form = {
            grant_type: 'refresh_token',
            refresh_token: token,
            service,
            scope,
            client_id: 'ml-deploy',
        };
        return request({
            url: realm.href,
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(form).toString(),
        }, this.#http);
    }
}
function keyOf(name, access) {
    return `${name.registry}/${name.repository} ${access}`;
}
function basic({ username, password }) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
function basicHeader(challenges, credentials, name) {
    if (!challenges.some(({ scheme }) => scheme === 'basic')) {
        const asked = challenges.map(({ scheme }) => scheme).join(', ') || 'nothing';
        throw new errors/* UpstreamError */.gA(name.registry, `${name.registry} wants a login but asks for ${asked}, where Basic or Bearer was expected. Is it a registry?`);
    }
    if (credentials?.kind !== 'password')
        throw refused(name, credentials);
    return basic(credentials);
}
/** The registry says where the password is sent to; never in clear text over a network. */
function realmOf(text, name) {
    const realm = URL.canParse(text) ? new URL(text) : null;
    if (realm !== null && (realm.protocol === 'https:' || isLoopback(realm.host)))
        return realm;
    throw new errors/* UpstreamError */.gA(name.registry, `${name.registry} sends logins to "${text}", which is no https address; nothing was sent there.`);
}
function tokenOf(bytes) {
    try {
        const answer = JSON.parse(Buffer.from(bytes).toString('utf8'));
        const token = answer.token ?? answer.access_token;
        return typeof token === 'string' && token !== '' ? token : null;
    }
    catch {
        return null;
    }
}
/** The one message for a login that is missing or wrong. */
function refused(name, credentials) {
    const who = credentials?.kind === 'password' ? ` (as "${credentials.username}")` : '';
    return new errors/* UserError */.yo(credentials === null
        ? `${name.registry} wants a login, and there is none on this machine. Log in before this step, as in: echo "$PASSWORD" | docker login ${name.registry} --username NAME --password-stdin.`
        : `${name.registry} refused the login that is kept for it${who}. Log in again before this step: docker login ${name.registry}.`);
}

;// CONCATENATED MODULE: ./build/js/src/adapters/registry/registry.js
/**
 * Reads images back from any registry. https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */







const ACCEPT = Object.values(manifest/* mediaTypes */.Ib).join(', ');
function createRegistry(options) {
    const client = new RegistryClient(options);
    return {
        manifest: (name, reference) => client.manifest(name, reference),
        blob: (name, digest) => client.blob(name, digest),
        tag: (name, tag, manifest) => client.tag(name, tag, manifest),
    };
}
class RegistryClient {
    #http;
    #find;
    #authorization;
    constructor({ credentials, signal, fetch = globalThis.fetch, retryDelayMs = 500 }) {
        this.#http = { fetch, signal, retryDelayMs };
        this.#find = credentials;
        this.#authorization = new Authorization(credentials, this.#http);
    }
    async manifest(name, reference) {
        const url = `${apiRoot(name)}${name.repository}/manifests/${reference}`;
        const answer = await this.#send(name, 'pull', { url, headers: { accept: ACCEPT } });
        if (answer.status === 404)
            return await this.#missing(name, answer);
        await this.#expect(answer, [200], name, `read ${show(name, reference)}`);
        const digest = `sha256:${(0,canonical_json/* sha256 */.sc)(answer.bytes)}`;
        const claimed = answer.headers.get('docker-content-digest') ?? digest;
        const asked = reference.startsWith('sha256:') ? reference : digest;
        if (claimed !== digest || asked !== digest) {
            const wanted = asked === digest ? claimed : asked;
            throw damaged(name, `the manifest of ${show(name, reference)}`, wanted, digest);
        }
        return { mediaType: mediaTypeOf(answer), digest, bytes: answer.bytes };
    }
    async blob(name, digest) {
        const url = `${apiRoot(name)}${name.repository}/blobs/${digest}`;
        const answer = await this.#send(name, 'pull', { url });
        await this.#expect(answer, [200], name, `read the blob ${digest} of ${show(name)}`);
        const actual = `sha256:${(0,canonical_json/* sha256 */.sc)(answer.bytes)}`;
        if (actual !== digest)
            throw damaged(name, 'a blob', digest, actual);
        return answer.bytes;
    }
    async tag(name, tag, manifest) {
        const answer = await this.#send(name, 'pull,push', {
            url: `${apiRoot(name)}${name.repository}/manifests/${tag}`,
            method: 'PUT',
            headers: { 'content-type': manifest.mediaType },
            body: manifest.bytes,
        });
        await this.#expect(answer, [200, 201], name, `set the tag ${show(name, tag)}`);
    }
    async #send(name, access, what) {
        const known = this.#authorization.header(name, access);
        const first = await request(withAuthorization(what, known), this.#http);
        if (first.status !== 401)
            return first;
        const header = await this.#authorization.answer(first, name, access);
        return request(withAuthorization(what, header), this.#http);
    }
    /** "Not found" counts only from a registry: a web server says it too. */
    async #missing(name, answer) {
        if (registryErrors(answer) !== null)
            return null;
        const root = await request({ url: apiRoot(name) }, this.#http);
        const isRegistry = root.status === 200 || root.headers.has('docker-distribution-api-version');
        if (isRegistry || (root.status === 401 && root.headers.has('www-authenticate')))
            return null;
        throw new errors/* UpstreamError */.gA(name.registry, `${name.registry} does not look like a registry: ${apiRoot(name)} answers with status ${root.status}. Check the input registry.`);
    }
    async #expect(answer, good, name, doing) {
        if (good.includes(answer.status))
            return;
        const said = registryErrors(answer) ?? '';
        if (answer.status === 401)
            throw refused(name, await this.#find(name));
        if (answer.status === 403) {
            throw new errors/* UserError */.yo(`${name.registry} does not allow this login to ${doing}${said ? ` (${said})` : ''}. Give it the permission to read and write the repository ${name.repository}.`);
        }
        const detail = said || Buffer.from(answer.bytes).toString('utf8').slice(0, 500);
        const because = said ? `: ${said}` : '';
        const message = `${name.registry} answered with status ${answer.status} to the request to ${doing}${because}.`;
        throw new errors/* UpstreamError */.gA(name.registry, message, { detail });
    }
}
function withAuthorization(what, header) {
    return header === null ? what : { ...what, headers: { ...what.headers, authorization: header } };
}
function mediaTypeOf(answer) {
    return (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
}
/** A registry's own words for its errors; null where the answer is not in a registry's form. */
function registryErrors(answer) {
    try {
        const body = JSON.parse(Buffer.from(answer.bytes).toString('utf8'));
        if (!Array.isArray(body.errors))
            return null;
        return body.errors
            .map(({ code = '', message = '' }) => [code, message].filter((part) => part !== '').join(': '))
            .join('; ');
    }
    catch {
        return null;
    }
}
function show(name, reference = '') {
    const isDigest = reference.startsWith('sha256:');
    return (0,image_reference/* formatReference */.FH)({ ...name, tag: isDigest ? null : reference, digest: isDigest ? reference : null });
}
function damaged(name, what, expected, actual) {
    const message = `${name.registry} gave ${what} with the wrong bytes: expected ${expected}, got ${actual}. A proxy in between may have changed them.`;
    return new errors/* UpstreamError */.gA(name.registry, message);
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

/***/ 97536:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dr: () => (/* binding */ platformOfConfig),
/* harmony export */   EW: () => (/* binding */ platformsOfIndex),
/* harmony export */   Et: () => (/* binding */ isSingleManifest),
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   P7: () => (/* binding */ mediaTypeNames),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   nw: () => (/* binding */ isIndex)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97338);
/** What a registry says an image is: one manifest, or an index of several. */


const mediaTypes = {
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
};
/** What stands behind each media type, in words. */
const mediaTypeNames = {
    [mediaTypes.dockerManifest]: 'a Docker schema 2 manifest',
    [mediaTypes.dockerIndex]: 'a Docker manifest list',
    [mediaTypes.ociManifest]: 'an OCI manifest',
    [mediaTypes.ociIndex]: 'an OCI index',
};
function isIndex(mediaType) {
    return mediaType === mediaTypes.dockerIndex || mediaType === mediaTypes.ociIndex;
}
function isSingleManifest(mediaType) {
    return mediaType === mediaTypes.dockerManifest || mediaType === mediaTypes.ociManifest;
}
/** @throws UpstreamError where the bytes are no JSON object. */
function parseDocument(bytes, what) {
    try {
        const parsed = JSON.parse(Buffer.from(bytes).toString('utf8'));
        if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
            return parsed;
        }
        throw new TypeError('it is not an object');
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('registry', `The ${what} that the registry gave is not JSON: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}.`, {
            cause,
        });
    }
}
/** The config's digest and the compressed size of a single manifest. @throws UpstreamError where it has no config. */
function readManifest(bytes) {
    const document = parseDocument(bytes, 'manifest');
    const digest = document.config?.digest;
    if (typeof digest !== 'string') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('registry', 'The manifest that the registry gave names no image config.');
    }
    const sizes = [document.config, ...(document.layers ?? [])].map((part) => Number(part?.size ?? 0));
    return { configDigest: digest, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
/** The platforms of an index, without its attestations (which BuildKit files under unknown/unknown). */
function platformsOfIndex(bytes) {
    const document = parseDocument(bytes, 'index');
    return (document.manifests ?? [])
        .flatMap(({ platform }) => (platform?.os && platform.architecture ? [platform] : []))
        .filter((platform) => platform.os !== 'unknown')
        .map(({ os = '', architecture = '', variant }) => (0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)({ os, architecture, variant }));
}
/** The platform of an image config; null where it names none, as with artifacts that are no images. */
function platformOfConfig(bytes) {
    const config = parseDocument(bytes, 'image config');
    const { os, architecture, variant } = config;
    if (typeof os !== 'string' || typeof architecture !== 'string')
        return null;
    return (0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)({ os, architecture, ...(typeof variant === 'string' ? { variant } : {}) });
}


/***/ }),

/***/ 97338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   my: () => (/* binding */ samePlatform)
/* harmony export */ });
/** Platforms as `os/architecture[/variant]`, in the words of the OCI image specification (GOOS and GOARCH). */
/** The variant that an architecture has when none is written. https://github.com/containerd/platforms */
const USUAL_VARIANT = { arm64: 'v8', arm: 'v7' };
function parsePlatform(text) {
    const [os = '', architecture = '', variant = ''] = text.split('/');
    return { os, architecture, variant: variant || (USUAL_VARIANT[architecture] ?? '') };
}
function formatPlatform(platform) {
    const usual = USUAL_VARIANT[platform.architecture] ?? '';
    const variant = platform.variant && platform.variant !== usual ? `/${platform.variant}` : '';
    return `${platform.os}/${platform.architecture}${variant}`;
}
/** Whether two texts mean the same platform, as linux/arm64 and linux/arm64/v8 do. */
function samePlatform(a, b) {
    return formatPlatform(parsePlatform(a)) === formatPlatform(parsePlatform(b));
}


/***/ }),

/***/ 73708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ resolveRepository),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   Gl: () => (/* binding */ imageTagProblems)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/**
 * Names of images: `registry/repository:tag@digest`, by the grammar of the distribution project.
 * https://github.com/distribution/reference/blob/main/regexp.go
 */

const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[a-f0-9]{64}$/;
/** https://github.com/distribution/reference/blob/main/reference.go (RepositoryNameTotalLengthMax) */
const NAME_LIMIT = 255;
/** `registry/repository` with `:tag` and `@digest` where they are there. */
function formatReference(image) {
    const tag = image.tag ? `:${image.tag}` : '';
    const digest = image.digest ? `@${image.digest}` : '';
    return `${image.registry}/${image.repository}${tag}${digest}`;
}
/**
 * Takes a full reference apart. A first part that cannot be a host is not one: Docker Hub is never guessed.
 * @throws UserError with every problem of the text, under the name `where`.
 */
function parseReference(text, where) {
    const { name, tag, digest } = split(text);
    const { registry, repository } = splitRegistry(name);
    const problems = [
        ...(registry === ''
            ? ['names no registry. Write it whole, as in registry.example.com/team/image:tag.']
            : registryProblems(registry)),
        ...repositoryProblems(repository),
        ...(tag === null ? [] : tagProblems(tag)),
        ...(digest === null || DIGEST.test(digest)
            ? []
            : [`has the digest "${digest}", which is not sha256:<64 hex>.`]),
    ];
    if (problems.length > 0) {
        throw _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo.of(problems.map((problem) => ({ where, message: `"${text}" ${problem}` })));
    }
    return { registry, repository, tag, digest };
}
function split(text) {
    const at = text.indexOf('@');
    const digest = at < 0 ? null : text.slice(at + 1);
    const rest = at < 0 ? text : text.slice(0, at);
    const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    return colon < 0
        ? { name: rest, tag: null, digest }
        : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
/** By Docker's rule the first part is a host if it has a dot or a colon, or is `localhost`. */
function splitRegistry(name) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const isHost = /[.:]/.test(first) || first === 'localhost';
    return isHost ? { registry: first, repository: name.slice(slash + 1) } : { registry: '', repository: name };
}
function registryProblems(registry) {
    return HOST.test(registry)
        ? []
        : [`has the registry "${registry}", which is not a host name with an optional port.`];
}
function repositoryProblems(repository) {
    const problems = [];
    if (repository.length > NAME_LIMIT) {
        problems.push(`has a repository name of ${repository.length} characters; ${NAME_LIMIT} are allowed.`);
    }
    for (const part of repository.split('/')) {
        if (part === '')
            problems.push('has an empty part between, before or after its slashes.');
        else if (part !== part.toLowerCase() && PATH_COMPONENT.test(part.toLowerCase())) {
            problems.push(`has "${part}" in capital letters: write "${part.toLowerCase()}".`);
        }
        else if (!PATH_COMPONENT.test(part)) {
            problems.push(`has the part "${part}": allowed are lower-case letters and digits, with . _ __ or - between them.`);
        }
    }
    return problems;
}
function tagProblems(tag) {
    if (TAG.test(tag))
        return [];
    return [
        `has the tag "${tag}": a tag is 1 to 128 letters, digits, _ . and -, and starts with none of . and -.`,
    ];
}
/** What is wrong with the tags of an input, if anything. */
function imageTagProblems(where, tags) {
    return tags.flatMap((tag) => tagProblems(tag).map((message) => ({ where, message: `The list ${message}` })));
}
/**
 * The repository that the inputs `repository` and `registry` mean together; null where there are problems. The registry
 * is '' where neither names one: that is the ECR registry of the account.
 */
function resolveRepository(inputs) {
    const problems = [];
    const prefix = inputs.registry;
    const given = split(inputs.repository);
    const own = splitRegistry(given.name);
    if (given.tag !== null || given.digest !== null) {
        problems.push({
            where: 'repository',
            message: `"${inputs.repository}" has a tag or a digest.`,
            fix: 'Give the repository only; further tags go into image-tags.',
        });
    }
    if (prefix !== null)
        problems.push(...prefixProblems(prefix));
    if (problems.length > 0)
        return { name: null, problems };
    if (own.registry !== '' && prefix !== null && !`${given.name}/`.startsWith(`${prefix}/`)) {
        return { name: null, problems: [twoRegistries(inputs.repository, prefix)] };
    }
    const name = own.registry === '' && prefix !== null ? splitRegistry(`${prefix}/${given.name}`) : own;
    const bad = [
        ...(name.registry === '' ? [] : registryProblems(name.registry)),
        ...repositoryProblems(name.repository),
    ];
    if (bad.length > 0) {
        const where = 'repository';
        return {
            name: null,
            problems: bad.map((message) => ({ where, message: `"${inputs.repository}" ${message}` })),
        };
    }
    return { name: onDockerHub(name), problems: [] };
}
function prefixProblems(prefix) {
    const where = 'registry';
    if (/^\w+:\/\//.test(prefix)) {
        const plain = prefix.replace(/^\w+:\/\//, '').replace(/\/+$/, '');
        return [{ where, message: `"${prefix}" is a URL.`, fix: `Give the host only: ${plain}.` }];
    }
    if (prefix.endsWith('/')) {
        return [{ where, message: `"${prefix}" ends in a slash.`, fix: `Write ${prefix.replace(/\/+$/, '')}.` }];
    }
    if (splitRegistry(`${prefix}/x`).registry === '') {
        const fix = 'Give a host such as ghcr.io, docker.io or registry.example.com:5000, with a path if there is one.';
        return [{ where, message: `"${prefix}" does not start with a host name.`, fix }];
    }
    return [];
}
function twoRegistries(repository, prefix) {
    return {
        where: 'repository',
        message: `"${repository}" names another registry than the input registry ("${prefix}").`,
        fix: 'Leave one of the two out.',
    };
}
/** Docker Hub keeps names of one part under `library/`. */
function onDockerHub(name) {
    const official = name.registry === 'docker.io' && !name.repository.includes('/');
    return official ? { ...name, repository: `library/${name.repository}` } : name;
}


/***/ })

};
