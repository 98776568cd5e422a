export const id = 336;
export const ids = [336];
export const modules = {

/***/ 10336:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   credentialFinder: () => (/* binding */ credentialFinder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/** Who we are at a registry: what `docker login` or `podman login` left behind on this machine. */


/** Docker Hub goes by this name in configuration files. https://docs.docker.com/reference/cli/docker/login/ */
const DOCKER_HUB = 'https://index.docker.io/v1/';
/** Looks a registry up in each file in turn; null where nobody is logged in there. */
function credentialFinder(sources) {
    return async (name) => {
        for (const path of sources.files) {
            const file = await readAuthFile(path);
            const found = file && ((await fromHelper(file, name, sources)) ?? fromEntries(file, name, path));
            if (found)
                return found;
        }
        return null;
    };
}
async function readAuthFile(path) {
    let source;
    try {
        source = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8');
    }
    catch (error) {
        const code = error.code;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return null;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The registry logins in ${path} cannot be read (${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}).`, {
            cause: error,
        });
    }
    try {
        return JSON.parse(source);
    }
    catch {
        // The parser's message quotes the text, which may be a password; so it is no cause of ours.
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${path} is not valid JSON. Log in again (docker login), or remove the file.`);
    }
}
/** https://github.com/docker/docker-credential-helpers#usage */
async function fromHelper(file, name, { exec, which }) {
    const server = serverName(name);
    const suffix = file.credHelpers?.[server] ?? file.credHelpers?.[name.registry] ?? file.credsStore;
    if (!suffix)
        return null;
    const program = await which(`docker-credential-${suffix}`);
    if (program === null) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The login for ${name.registry} is kept by docker-credential-${suffix}, which is not on the PATH. Install it, or take it out of the Docker configuration and log in again.`);
    }
    const result = await exec(program, ['get'], { input: server });
    if (result.exitCode !== 0)
        return notFound(result.stdout, suffix, name);
    const answer = parseHelperAnswer(result.stdout, suffix);
    return answer.username === '<token>'
        ? { kind: 'identity-token', token: answer.secret }
        : { kind: 'password', username: answer.username, password: answer.secret };
}
/** A helper says on standard output that it knows nothing of a server; anything else is trouble. */
function notFound(stdout, suffix, name) {
    if (/credentials not found/i.test(stdout))
        return null;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`docker-credential-${suffix} could not give the login for ${name.registry}: ${stdout.trim() || 'it said nothing'}. Log in again.`);
}
function parseHelperAnswer(stdout, suffix) {
    let answer = {};
    try {
        answer = JSON.parse(stdout);
    }
    catch {
        // Fails below, without quoting what may be a password.
    }
    if (typeof answer.Username !== 'string' || typeof answer.Secret !== 'string') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`docker-credential-${suffix} gave no JSON with Username and Secret. Log in again.`);
    }
    return { username: answer.Username, secret: answer.Secret };
}
function fromEntries(file, name, path) {
    const entries = Object.entries(file.auths ?? {});
    for (const wanted of lookUpNames(name)) {
        const entry = entries.find(([key]) => plainName(key) === wanted)?.[1];
        const found = entry && ofEntry(entry, name, path);
        if (found)
            return found;
    }
    return null;
}
function ofEntry(entry, name, path) {
    if (entry.identitytoken)
        return { kind: 'identity-token', token: entry.identitytoken };
    if (entry.username && entry.password) {
        return { kind: 'password', username: entry.username, password: entry.password };
    }
    if (!entry.auth)
        return null;
    const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = decoded.indexOf(':');
    if (colon < 1) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The login for ${name.registry} in ${path} is damaged. Log in again: docker login ${name.registry}.`);
    }
    return { kind: 'password', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
function serverName(name) {
    return name.registry === 'docker.io' ? DOCKER_HUB : name.registry;
}
/** podman keeps logins for parts of a registry too: the longest path that fits comes first. */
function lookUpNames(name) {
    const parts = name.repository.split('/');
    const paths = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
    const host = name.registry === 'docker.io' ? ['docker.io', 'index.docker.io'] : [name.registry];
    return [...paths.map((path) => `${name.registry}/${path}`), ...host];
}
/** Docker wrote keys as URLs once, and still does for Docker Hub. */
function plainName(key) {
    return key.replace(/^https?:\/\//, '').replace(/\/(v[12]\/?)?$/, '');
}


/***/ })

};
