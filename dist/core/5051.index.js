export const id = 5051;
export const ids = [5051,498];
export const modules = {

/***/ 87811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ instancesOfCsv)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25175);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70793);



const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/**
 * The rows of a CSV without a header. Cells that are numbers become numbers, but for columns that the signature (where
 * given) says are texts.
 * @throws UserError where the text is not CSV.
 */
function instancesOfCsv(text, signature) {
    const columns = signature ? (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .columnsOf */ .PL)(signature) : null;
    return rowsOf(text).map((row) => row.map((cell, column) => {
        if (columns?.[column]?.type === 'string' || !NUMBER.test(cell))
            return cell;
        // A long integer stays a text, since a number would round it.
        return /^-?\d{16,}$/.test(cell) ? cell : Number(cell);
    }));
}
function rowsOf(text) {
    try {
        return (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true });
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The body is not CSV: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
}


/***/ }),

/***/ 75051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  serve: () => (/* binding */ serve)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/runner/clock.js
var clock = __webpack_require__(92020);
// EXTERNAL MODULE: ./build/js/src/targets/local/layout.js
var local_layout = __webpack_require__(95426);
// EXTERNAL MODULE: ./build/js/src/targets/local/process-table.js
var process_table = __webpack_require__(60498);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/js/src/targets/local/server/bounded-log.js

const LIMIT_BYTES = 1024 * 1024;
/**
 * Appends lines to a file that never grows far beyond its limit: then its older half is dropped. The file stays the
 * same one, since the process's standard error is appended to it as well.
 */
function createBoundedLog(file, now, limit = LIMIT_BYTES) {
    return (line) => {
        (0,external_node_fs_.appendFileSync)(file, `${now().toISOString()} ${line}\n`, { mode: 0o600 });
        if ((0,external_node_fs_.statSync)(file).size <= limit)
            return;
        const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
        const half = text.slice(-Math.floor(limit / 2));
        (0,external_node_fs_.truncateSync)(file);
        (0,external_node_fs_.appendFileSync)(file, half.slice(half.indexOf('\n') + 1));
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./node_modules/@hono/node-server/dist/index.mjs + 2 modules
var dist = __webpack_require__(26652);
// EXTERNAL MODULE: ./node_modules/atomically/dist/index.js + 16 modules
var atomically_dist = __webpack_require__(55847);
// EXTERNAL MODULE: ./build/js/src/targets/local/process-lock.js
var process_lock = __webpack_require__(74175);
// EXTERNAL MODULE: ./build/js/src/targets/local/state.js
var local_state = __webpack_require__(95419);
// EXTERNAL MODULE: ./node_modules/hono/dist/index.js + 23 modules
var hono_dist = __webpack_require__(60429);
// EXTERNAL MODULE: ./node_modules/hono/dist/middleware/body-limit/index.js
var body_limit = __webpack_require__(62542);
// EXTERNAL MODULE: ./build/js/src/targets/local/control-protocol.js
var control_protocol = __webpack_require__(88724);
// EXTERNAL MODULE: ./build/js/src/targets/local/transitions.js
var transitions = __webpack_require__(34190);
;// CONCATENATED MODULE: ./build/js/src/targets/local/server/endpoint.js
/**
 * The endpoint inside its server: what is loaded, and the one place that changes what serves.
 *
 * The order of every change: load the model, write state.json, switch. So whatever fails, what served goes on serving,
 * and whenever the process dies, state.json names a version whose files are there.
 */





/** The change is refused; nothing was changed. `status` is the HTTP status that says so. */
class Refusal extends Error {
    name = 'Refusal';
    status;
    /** What a container printed before it failed; null where none did. */
    detail;
    constructor(status, message, options = {}) {
        super(message, options);
        this.status = status;
        this.detail = options.cause instanceof errors/* UpstreamError */.gA ? (options.cause.detail ?? null) : null;
    }
}
const NOT_CANCELLED = new AbortController().signal;
class Endpoint {
    #layout;
    #loadVersion;
    #candidates = new Map();
    #problems = new Map();
    #live = null;
    #state;
    #last = Promise.resolve();
    constructor(layout, state, loadVersion) {
        this.#layout = layout;
        this.#state = state;
        this.#loadVersion = loadVersion;
    }
    get state() {
        return this.#state;
    }
    get live() {
        return this.#live;
    }
    get problems() {
        return Object.fromEntries(this.#problems);
    }
    candidate(name) {
        return this.#candidates.get(name) ?? null;
    }
    /** Why a version that the state names is not loaded; null where it is, or where none is named. */
    problemOf(version) {
        return version === null ? null : (this.#problems.get(version) ?? null);
    }
    /** Loads what the state names. What cannot be loaded is kept as a problem: the rest still serves. */
    async load() {
        const { live, candidates } = this.#state;
        const stored = live === null ? null : transitions/* findVersion */.Am(this.#state, live);
        if (stored !== null)
            this.#live = await this.#tryLoad(stored);
        for (const { name, version } of candidates) {
            const model = await this.#tryLoad(version);
            if (model !== null)
                this.#candidates.set(name, model);
        }
    }
    async #tryLoad(stored) {
        try {
            return await this.#loadVersion(stored, NOT_CANCELLED);
        }
        catch (error) {
            this.#problems.set(stored.version, (0,errors/* messageOf */.bD)(error));
            return null;
        }
    }
    /** One change after the other. @throws Refusal where somebody else changed the endpoint in the meantime. */
    exclusively(generation, change) {
        const next = this.#last.then(() => {
            if (generation === null || generation === this.#state.generation)
                return change();
            throw new Refusal(409, 'The endpoint was changed by somebody else in the meantime; run the command again.');
        });
        this.#last = next.catch(() => undefined);
        return next;
    }
    async deploy({ entry }, signal = NOT_CANCELLED) {
        const model = await this.#load(entry, signal);
        await this.#commit(transitions/* activate */.Yf(this.#state, entry), model);
        await this.#switchLive(model);
    }
    async stage({ candidate }, signal = NOT_CANCELLED) {
        const model = await this.#load(candidate.version, signal);
        await this.#commit(transitions/* stage */.dw(this.#state, candidate), model);
        await this.#candidates.get(candidate.name)?.retire();
        this.#candidates.set(candidate.name, model);
    }
    async promote({ candidate: name, planDigest }, signal = NOT_CANCELLED) {
        const candidate = this.#requireCandidate(name);
        if (candidate.version.planDigest !== planDigest) {
            throw new Refusal(409, `The candidate ${name} belongs to another plan.`);
        }
        const loaded = this.#candidates.get(name);
        const model = loaded ?? (await this.#load(candidate.version, signal));
        await this.#commit(transitions/* promote */.pt(this.#state, candidate), loaded ? null : model);
        this.#candidates.delete(name);
        await this.#switchLive(model);
    }
    async discard({ candidate: name }) {
        await this.#commit(transitions/* discard */.vf(this.#state, name), null);
        const model = this.#candidates.get(name);
        this.#candidates.delete(name);
        await model?.retire();
    }
    async rollBack({ version, run }, signal = NOT_CANCELLED) {
        const stored = transitions/* findVersion */.Am(this.#state, version);
        if (stored === null)
            throw new Refusal(404, `The endpoint has no version ${version}.`);
        const model = await this.#load(stored, signal);
        await this.#commit(transitions/* rollBack */.Fu(this.#state, version, run), model);
        await this.#switchLive(model);
    }
    async mark({ version, ...facts }) {
        const known = [...this.#state.versions, ...this.#state.candidates.map((c) => c.version)];
        if (!known.some((entry) => entry.version === version)) {
            throw new Refusal(404, `The endpoint has no version ${version}.`);
        }
        await this.#commit(transitions/* mark */.Gy(this.#state, version, facts), null);
    }
    /** Forgets old versions, and removes every folder that no version needs. */
    async prune({ keep }) {
        const pruned = transitions/* prune */.R3(this.#state, keep);
        if (pruned.versions.length < this.#state.versions.length)
            await this.#commit(pruned, null);
        const needed = transitions/* neededVersions */.fn(this.#state);
        const folders = await (0,promises_.readdir)(this.#layout.versionsDir).catch(() => []);
        for (const folder of folders.filter((name) => !needed.has(name))) {
            await (0,promises_.rm)((0,external_node_path_.join)(this.#layout.versionsDir, folder), { recursive: true, force: true });
        }
    }
    async save() {
        await (0,local_state/* writeState */.Jq)(this.#layout, this.#state);
    }
    /** The server's address is new: it is written, and is no change. */
    async moveTo(port, pid) {
        const state = { ...this.#state, port, pid };
        await (0,local_state/* writeState */.Jq)(this.#layout, state);
        this.#state = state;
    }
    async close() {
        await this.#live?.retire();
        for (const model of this.#candidates.values())
            await model.retire();
    }
    #requireCandidate(name) {
        const candidate = transitions/* findCandidate */.$6(this.#state, name);
        if (candidate === null)
            throw new Refusal(404, `The endpoint has no candidate ${name}.`);
        return candidate;
    }
    async #load(stored, signal) {
        const { version } = stored;
        if (!(0,local_state/* isVersionName */.Cq)(version))
            throw new Refusal(422, 'A version is 64 hexadecimal digits.');
        try {
            const model = await this.#loadVersion(stored, signal);
            this.#problems.delete(version);
            return model;
        }
        catch (error) {
            if (error instanceof errors/* CancelledError */.cc)
                throw new Refusal(409, 'The command was cancelled.');
            throw new Refusal(422, (0,errors/* messageOf */.bD)(error), { cause: error });
        }
    }
    /** Writes the state; `loaded` is let go where that fails. */
    async #commit(state, loaded) {
        const next = { ...state, generation: this.#state.generation + 1 };
        try {
            await (0,local_state/* writeState */.Jq)(this.#layout, next);
        }
        catch (error) {
            await loaded?.retire();
            throw error;
        }
        this.#state = next;
    }
    async #switchLive(model) {
        const before = this.#live;
        this.#live = model;
        await before?.retire();
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/control.js
/** /control/: how the client changes what serves. Whoever does not know the token finds nothing here. */





function controlRoutes(options) {
    const { endpoint, token } = options;
    const routes = new hono_dist/* Hono */.$();
    routes.use(async (c, next) => {
        if (!sameToken(c.req.header(control_protocol/* TOKEN_HEADER */.wE) ?? '', token))
            return c.notFound();
        return next();
    });
    routes.get('/status', async (c) => c.json(await statusOf(endpoint, token)));
    routes.get('/logs', async (c) => c.json({ text: await logsOf(endpoint, Number(c.req.query('lines'))) }));
    for (const [name, run] of Object.entries(commands(options))) {
        routes.post(`/${name}`, (c) => execute(c, options, name, run));
    }
    return routes;
}
function commands({ endpoint, stop }) {
    return {
        deploy: (body, signal) => endpoint.deploy(body, signal),
        stage: (body, signal) => endpoint.stage(body, signal),
        promote: (body, signal) => endpoint.promote(body, signal),
        discard: (body) => endpoint.discard(body),
        rollback: (body, signal) => endpoint.rollBack(body, signal),
        mark: (body) => endpoint.mark(body),
        prune: (body) => endpoint.prune(body),
        save: () => endpoint.save(),
        stop: () => {
            stop();
            return Promise.resolve();
        },
    };
}
async function execute(c, options, name, run) {
    const { endpoint, token, log } = options;
    const body = await c.req.json();
    const before = endpoint.state.live;
    // Aborted when the client goes away: a container that nobody waits for is not to take over later.
    const { signal } = c.req.raw;
    try {
        await endpoint.exclusively(body.generation ?? null, () => run(body, signal));
    }
    catch (error) {
        log(`${name} was refused: ${(0,errors/* messageOf */.bD)(error)}`);
        if (error instanceof Refusal)
            return c.json({ error: error.message, detail: error.detail }, error.status);
        throw error;
    }
    const { live, generation } = endpoint.state;
    log(`${name}: done; ${live === before ? `live is ${live}` : `live was ${before}, is ${live}`} (change ${generation})`);
    return c.json(await statusOf(endpoint, token));
}
async function logsOf(endpoint, lines) {
    const { live, state } = endpoint;
    const backends = [live, ...state.candidates.map(({ name }) => endpoint.candidate(name))];
    const texts = await Promise.all(backends.map(async (backend) => (await backend?.logs(lines)) ?? ''));
    return texts.filter((text) => text !== '').join('\n');
}
async function statusOf(endpoint, token) {
    const { state, live } = endpoint;
    const trouble = (await live?.trouble()) ?? null;
    const problems = live === null || trouble === null ? endpoint.problems : { ...endpoint.problems, [live.version]: trouble };
    return {
        endpoint: state.endpoint,
        pid: state.pid,
        port: state.port,
        tokenHash: (0,control_protocol/* tokenHashOf */.D8)(token),
        state,
        serving: live !== null && trouble === null ? live.version : null,
        problems,
    };
}
function sameToken(given, token) {
    // Digests have one length, which timingSafeEqual needs, and hide where a guess goes wrong.
    return (0,external_node_crypto_.timingSafeEqual)(Buffer.from((0,control_protocol/* tokenHashOf */.D8)(given)), Buffer.from((0,control_protocol/* tokenHashOf */.D8)(token)));
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/app.js
/** The HTTP face of a local endpoint: SageMaker's container contract, candidates by name, and the control routes. */





function createApp(options) {
    const { endpoint, log } = options;
    const app = new hono_dist/* Hono */.$();
    const limit = (0,body_limit/* bodyLimit */.k)({
        maxSize: control_protocol/* BODY_LIMIT */.Th,
        onError: (c) => refuse(c, 413, `The body is larger than ${control_protocol/* BODY_LIMIT */.Th} bytes.`),
    });
    app.get('/ping', (c) => ping(c, endpoint.live, notLive(endpoint)));
    app.post('/invocations', limit, (c) => invoke(c, endpoint.live, notLive(endpoint), log));
    app.get('/candidates/:name/ping', (c) => candidateRoute(c, endpoint, (model, why) => ping(c, model, why)));
    app.post('/candidates/:name/invocations', limit, (c) => candidateRoute(c, endpoint, (model, why) => invoke(c, model, why, log)));
    app.route('/control', controlRoutes(options));
    app.notFound((c) => refuse(c, 404, `There is no ${c.req.method} ${new URL(c.req.url).pathname} here.`));
    app.onError((error, c) => {
        log(`${c.req.method} ${c.req.path} failed: ${error.stack ?? (0,errors/* messageOf */.bD)(error)}`);
        return refuse(c, 500, (0,errors/* messageOf */.bD)(error));
    });
    return app;
}
function refuse(c, status, error) {
    return c.json({ error }, status);
}
function notLive(endpoint) {
    const { live } = endpoint.state;
    if (live === null)
        return 'No version is live yet.';
    return `The live version ${live} could not be loaded: ${endpoint.problemOf(live) ?? 'no reason is known'}`;
}
function candidateRoute(c, endpoint, respond) {
    const name = c.req.param('name') ?? '';
    const known = endpoint.state.candidates.find((candidate) => candidate.name === name);
    if (known === undefined)
        return refuse(c, 404, `The endpoint has no candidate "${name}".`);
    const problem = endpoint.problemOf(known.version.version);
    return respond(endpoint.candidate(name), `The candidate could not be loaded: ${problem ?? 'no reason is known'}`);
}
async function ping(c, model, why) {
    if (model === null)
        return refuse(c, 503, why);
    const trouble = await model.trouble();
    if (trouble !== null)
        return refuse(c, 503, `The version ${model.version} does not serve: ${trouble}`);
    c.header(control_protocol/* VERSION_HEADER */.XP, model.version);
    return c.json({ version: model.version });
}
async function invoke(c, model, why, log) {
    if (model === null)
        return refuse(c, 503, why);
    c.header(control_protocol/* VERSION_HEADER */.XP, model.version);
    try {
        const { status, contentType, body } = await model.respond({
            body: new Uint8Array(await c.req.arrayBuffer()),
            contentType: c.req.header('content-type') ?? null,
            accept: c.req.header('accept') ?? null,
        });
        return c.body(new Uint8Array(body), status, { 'content-type': contentType });
    }
    catch (error) {
        log(`version ${model.version} failed: ${error instanceof Error ? error.stack : String(error)}`);
        return refuse(c, 500, `The model failed: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

// EXTERNAL MODULE: ./build/js/src/targets/local/container/container-version.js
var container_version = __webpack_require__(48400);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
// EXTERNAL MODULE: ./build/js/src/targets/local/loopback-http.js
var loopback_http = __webpack_require__(48506);
;// CONCATENATED MODULE: ./build/js/src/targets/local/container/ping-container.js


const PING_TIMEOUT_MS = 2000;
/** null where the container is healthy; else what it said. @throws CancelledError */
async function pingContainer(port, signal) {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(PING_TIMEOUT_MS)]);
    try {
        const { status } = await (0,loopback_http/* loopbackRequest */.Xj)({ port, method: 'GET', path: '/ping', signal: limited });
        return status === 200 ? null : `/ping answered ${status}`;
    }
    catch (error) {
        if (signal.aborted)
            throw new errors/* CancelledError */.cc();
        return limited.aborted
            ? `/ping gave no answer within ${PING_TIMEOUT_MS / 1000} s`
            : `/ping failed: ${(0,loopback_http/* explainSocketError */.Df)(error)}`;
    }
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
;// CONCATENATED MODULE: ./build/js/src/targets/local/container/serving-container.js




/** SageMaker's limit for one answer. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const ANSWER_MS = 60_000;
const serving_container_NOT_CANCELLED = new AbortController().signal;
/** A healthy container, as what serves a version. It is ended only when its last request is answered. */
class ServingContainer {
    version;
    #container;
    #log;
    #agent = new external_node_http_.Agent({ keepAlive: true });
    #running = new Set();
    constructor(version, container, log) {
        this.version = version;
        this.#container = container;
        this.#log = log;
    }
    /** What the container says is passed on as it is. */
    respond(request) {
        const answer = this.#forward(request);
        this.#running.add(answer);
        return answer.finally(() => this.#running.delete(answer));
    }
    async #forward({ body, contentType, accept }) {
        const timeout = AbortSignal.timeout(ANSWER_MS);
        try {
            const answer = await (0,loopback_http/* loopbackRequest */.Xj)({
                port: this.#container.port,
                method: 'POST',
                path: '/invocations',
                headers: {
                    ...(contentType === null ? {} : { 'content-type': contentType }),
                    ...(accept === null ? {} : { accept }),
                },
                body,
                signal: timeout,
                agent: this.#agent,
            });
            return {
                status: answer.status,
                contentType: answer.headers['content-type'] ?? 'application/octet-stream',
                body: answer.body,
            };
        }
        catch (error) {
            const why = timeout.aborted
                ? `it gave no answer within ${ANSWER_MS / 1000} s`
                : (0,loopback_http/* explainSocketError */.Df)(error);
            return failed(502, `The container ${this.#container.name} did not answer: ${why}.`);
        }
    }
    async trouble() {
        const said = await pingContainer(this.#container.port, serving_container_NOT_CANCELLED);
        const exitCode = await this.#container.exitCode();
        if (exitCode === null)
            return said === null ? null : `its container is not healthy: ${said}`;
        const tail = await this.#container.logs(5);
        return `its container ended with exit code ${exitCode}; the last lines of its log: ${tail || '(none)'}`;
    }
    logs(lines) {
        return this.#container.logs(lines);
    }
    async retire() {
        await Promise.allSettled([...this.#running]);
        this.#agent.destroy();
        try {
            await this.#container.remove();
            this.#log(`removed the container ${this.#container.name}`);
        }
        catch (error) {
            // What serves has been switched already; the next start of the server, or a teardown, removes it.
            this.#log(`the container ${this.#container.name} stays: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
}
function failed(status, error) {
    return { status, contentType: 'application/json', body: Buffer.from(JSON.stringify({ error })) };
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/container/start-container.js
/** Starts the container of a version, and waits until it is healthy. */









/** SageMaker's contract with containers: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
const MODEL_DIR = '/opt/ml/model';
const PORT = 8080;
const POLL_MS = 250;
const TAIL_LINES = 40;
/**
 * @throws UpstreamError with the end of the container's log where it does not start or never answers /ping with 200.
 * No container stays behind then.
 */
async function startContainer(layout, version, { runner, clock, log }, signal) {
    const folder = layout.versionDir(version);
    const settings = await (0,container_version/* readSettings */.sb)(folder);
    const container = await runner.run({
        name: `ml-deploy-${layout.endpoint}-${(0,canonical_json/* shortDigest */.VK)(version)}-${(0,external_node_crypto_.randomBytes)(3).toString('hex')}`.toLowerCase(),
        image: settings.image,
        args: ['serve'],
        environment: await environmentOf(settings, (0,container_version/* modelFolder */.Ch)(folder)),
        labels: new Map([...(0,container_version/* ownLabels */.ct)(layout), ['ml-deploy.version', version]]),
        mount: { source: (0,container_version/* modelFolder */.Ch)(folder), target: MODEL_DIR },
        port: PORT,
        portVariable: 'SAGEMAKER_BIND_TO_PORT',
    });
    log(`started the container ${container.name} of ${settings.image} with ${runner.name}, port ${container.port}`);
    try {
        await untilHealthy(container, settings, clock, signal);
        return new ServingContainer(version, container, log);
    }
    catch (error) {
        await container.remove();
        throw error;
    }
}
/** What SageMaker sets, and what its own serving images need to find code/inference.py; the user's values win. */
async function environmentOf({ environment }, model) {
    const hasScript = await (0,promises_.access)((0,external_node_path_.join)(model, 'code', 'inference.py')).then(() => true, () => false);
    return new Map([
        ['SM_MODEL_DIR', MODEL_DIR],
        ['SAGEMAKER_CONTAINER_LOG_LEVEL', '20'],
        ...(hasScript
            ? [
                ['SAGEMAKER_PROGRAM', 'inference.py'],
                ['SAGEMAKER_SUBMIT_DIRECTORY', `${MODEL_DIR}/code`],
            ]
            : []),
        ...Object.entries(environment),
    ]);
}
async function untilHealthy(container, { image, startupMs }, clock, signal) {
    const { state, timedOut } = await (0,poll/* poll */.w)({
        check: async () => {
            const said = await pingContainer(container.port, signal);
            // Asked after the ping: one that has ended did not answer it, whatever listens on that port.
            const exitCode = await container.exitCode();
            return { healthy: said === null && exitCode === null, exitCode, said: said ?? '' };
        },
        done: ({ healthy, exitCode }) => healthy || exitCode !== null,
        intervalMs: POLL_MS,
        timeoutMs: startupMs,
        clock,
        signal,
    });
    if (state.healthy && !timedOut)
        return;
    if (state.healthy)
        return;
    const detail = await container.logs(TAIL_LINES);
    const why = state.exitCode === null
        ? `did not answer /ping with 200 within ${Math.round(startupMs / 1000)} s (${state.said})`
        : `ended with exit code ${state.exitCode} before it was healthy`;
    const last = detail.split('\n').at(-1) || '(it printed nothing)';
    throw new errors/* UpstreamError */.gA('container', `The container of ${image} ${why}; the last line of its log: ${last}`, {
        detail: detail || '(the container printed nothing)',
    });
}

// EXTERNAL MODULE: ./build/js/src/core/exact-json.js
var exact_json = __webpack_require__(28231);
// EXTERNAL MODULE: ./build/js/src/core/inference/answer.js
var answer = __webpack_require__(46345);
// EXTERNAL MODULE: ./build/js/src/core/inference/csv.js
var csv = __webpack_require__(87811);
// EXTERNAL MODULE: ./build/js/src/core/inference/instances.js
var inference_instances = __webpack_require__(59683);
// EXTERNAL MODULE: ./build/js/src/core/inference/v2.js
var v2 = __webpack_require__(99067);
;// CONCATENATED MODULE: ./build/js/src/core/inference/serve.js
/** One request to a model, from body to body. */






/**
 * Answers `{"instances": …}` and CSV with `{"predictions": …}`, and a request of the V2 inference protocol with
 * `{"outputs": …}`. @returns JSON. @throws UserError for a body that does not fit the model.
 */
async function answerRequest(session, body, type) {
    const { signature } = session;
    if (type === 'text/csv')
        return answerRows(session, (0,csv/* instancesOfCsv */.e)(body, signature));
    const document = parseBody(body);
    if ((0,v2/* isV2Request */.Qu)(document)) {
        const outputs = await session.run((0,v2/* feedsOfV2 */.td)(document.inputs, signature));
        const tensors = Object.entries(outputs).map(([name, tensor]) => (0,v2/* v2TensorOf */.lC)(name, tensor));
        return (0,exact_json/* writeJson */.GF)({ model_name: 'model', outputs: tensors });
    }
    return answerRows(session, instancesOf(document));
}
async function answerRows(session, instances) {
    const { signature } = session;
    return (0,exact_json/* writeJson */.GF)((0,answer/* answerOf */.ut)(await session.run((0,inference_instances/* feedsOfInstances */.N)(instances, signature)), signature));
}
function parseBody(body) {
    try {
        return (0,exact_json/* parseJson */.qF)(body);
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The body is not JSON: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
function instancesOf(document) {
    const { instances } = (typeof document === 'object' && document !== null ? document : {});
    if (Array.isArray(instances))
        return instances;
    throw new errors/* UserError */.yo('The body must be a JSON object with "instances", a list of rows, or with "inputs".');
}

// EXTERNAL MODULE: ./build/js/src/targets/local/model-file.js
var model_file = __webpack_require__(75994);
;// CONCATENATED MODULE: ./build/js/src/targets/local/server/loaded-model.js





/** A model in memory. It is closed only when its last request is answered. */
class LoadedModel {
    version;
    #session;
    #running = 0;
    #retired = false;
    constructor(version, session) {
        this.version = version;
        this.#session = session;
    }
    async respond({ body, contentType }) {
        const type = mediaType(contentType);
        if (type === null) {
            const given = contentType ?? 'none';
            return refused(415, `The content type ${given} is not supported; send application/json or text/csv.`);
        }
        this.#running++;
        try {
            return json(200, await answerRequest(this.#session, Buffer.from(body).toString('utf8'), type));
        }
        catch (error) {
            if (error instanceof errors/* UserError */.yo)
                return refused(400, error.message);
            throw error;
        }
        finally {
            this.#running--;
            await this.#closeWhenIdle();
        }
    }
    /** It is in this process, which answers. */
    trouble() {
        return Promise.resolve(null);
    }
    logs() {
        return Promise.resolve('');
    }
    /** No further request will come. */
    async retire() {
        this.#retired = true;
        await this.#closeWhenIdle();
    }
    async #closeWhenIdle() {
        if (this.#retired && this.#running === 0)
            await this.#session.close();
    }
}
/** @throws UserError for files that cannot be served. */
async function loadModel(layout, version, openSession) {
    const file = await (0,model_file/* findModelFile */.V)(layout.versionDir(version));
    const label = `the model of version ${(0,canonical_json/* shortDigest */.VK)(version)}`;
    return new LoadedModel(version, await openSession(await (0,promises_.readFile)(file), { label, runtime: 'auto' }));
}
function mediaType(header) {
    const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase();
    return type === 'application/json' || type === 'text/csv' ? type : null;
}
function refused(status, error) {
    return json(status, JSON.stringify({ error }));
}
function json(status, body) {
    return { status, contentType: 'application/json', body: Buffer.from(body) };
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/load-version.js
/** Makes versions ready to serve: in this process, or in a container where they have an image. */




function createVersionLoader(options) {
    const { layout, openSession, findRunner, clock, log } = options;
    return async ({ version, imageDigest }, signal) => {
        if (imageDigest === null)
            return loadModel(layout, version, openSession);
        return startContainer(layout, version, { runner: await findRunner(), clock, log }, signal);
    };
}
/** Removes the containers of a server of this endpoint that was killed. */
async function removeStrayContainers({ layout, findRunner, log }) {
    if (!(await (0,container_version/* hasContainers */.JR)(layout)))
        return;
    try {
        const removed = await (await findRunner()).removeAll((0,container_version/* ownLabels */.ct)(layout));
        if (removed.length > 0)
            log(`removed containers of a server that was killed: ${removed.join(', ')}`);
    }
    catch (error) {
        // Versions without a container serve all the same; one with a container says the same when it is loaded.
        log(`containers that a killed server may have left were not looked for: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/local/server/start.js
/** Starts the server of one local endpoint. */











const LOOPBACK = '127.0.0.1';
/** How long requests that are under way may take to end when the server stops. */
const DRAIN_MS = 2000;
/** @throws UserError where another process serves this endpoint, where its state is damaged, or the port is taken. */
async function startServer(options) {
    const { layout, processes } = options;
    await (0,promises_.mkdir)(layout.folder, { recursive: true });
    const lock = await (0,process_lock/* tryLock */.bh)(layout.serverFile, 'serving the endpoint', processes);
    if (!(0,process_lock/* isHeld */.i7)(lock))
        throw new errors/* UserError */.yo(`The process ${lock.pid} serves ${layout.endpoint} already.`);
    try {
        return await startLocked(options, lock);
    }
    catch (error) {
        await lock.release();
        throw error;
    }
}
async function startLocked(options, lock) {
    const { layout, log } = options;
    const state = (await (0,local_state/* readState */.un)(layout)) ?? (0,local_state/* emptyState */.p$)(layout.endpoint);
    // Before anything is started: what a server that was killed has left is not to stand in the way.
    await removeStrayContainers(options);
    const endpoint = new Endpoint(layout, state, createVersionLoader(options));
    await endpoint.load();
    for (const [version, why] of Object.entries(endpoint.problems))
        log(`version ${version} does not load: ${why}`);
    const token = (0,external_node_crypto_.randomBytes)(32).toString('hex');
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    const requested = (0,external_node_events_.once)(stopping.signal, 'abort');
    const app = createApp({ endpoint, token, log, stop });
    const server = (0,dist/* createAdaptorServer */.b$)({ fetch: app.fetch });
    const port = await listen(server, options.port);
    await endpoint.moveTo(port, lock.holder.pid);
    const address = { port, token };
    await (0,atomically_dist/* writeFile */._h)(layout.serverFile, JSON.stringify({ ...lock.holder, ...address }), { mode: 0o600 });
    log(`serving ${layout.endpoint} on http://${LOOPBACK}:${port}, live ${state.live}, process ${lock.holder.pid}`);
    const stopped = requested.then(async () => {
        await start_close(server);
        await endpoint.close();
        await lock.release();
        log('stopped');
    });
    return {
        port,
        stopped,
        stop: () => {
            stop();
            return stopped;
        },
    };
}
function listen(server, port) {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, LOOPBACK, () => {
            server.off('error', reject);
            resolve(server.address().port);
        });
    });
}
/** Takes no new connections, lets what is under way end, and then ends what does not. */
async function start_close(server) {
    const closed = new Promise((resolve) => server.close(() => resolve()));
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // After the answer to the request that asked for the stop has gone out.
    setImmediate(() => server.closeIdleConnections());
    await closed;
    clearTimeout(timer);
}

;// CONCATENATED MODULE: ./build/js/src/local-server.js
/** The process that serves one local endpoint: `local-server <state folder> [--port N] [--tool-cache FOLDER]`. */








/** Serves until it is told to stop, by its client or by a signal. Exits with 1 where it cannot. */
async function serve(args = process.argv.slice(2)) {
    const { positionals, values } = (0,external_node_util_.parseArgs)({
        args: [...args],
        allowPositionals: true,
        options: { port: { type: 'string', default: '0' }, 'tool-cache': { type: 'string' } },
    });
    const folder = (0,external_node_path_.resolve)(positionals[0] ?? '.');
    const layout = (0,local_layout/* layoutOfFolder */.Is)(folder, (0,external_node_path_.basename)(folder));
    const log = createBoundedLog(layout.logFile, () => new Date());
    try {
        const server = await startServer({
            layout,
            port: Number(values.port),
            openSession: sessionOpener(log, values['tool-cache']),
            findRunner: runnerFinder(log),
            clock: clock/* systemClock */.m,
            processes: process_table.systemProcesses,
            log,
        });
        for (const signal of ['SIGTERM', 'SIGINT'])
            process.once(signal, () => void server.stop());
        await server.stopped;
        process.exit(0);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            log(error instanceof Error ? (error.stack ?? '') : String(error));
        // The last line of the log is what the client says.
        log(`cannot serve: ${(0,errors/* messageOf */.bD)(error)}`);
        process.exit(1);
    }
}
/** The engine is looked for with the first version that needs it. */
function runnerFinder(log) {
    return async () => {
        const [{ programTools }, engine] = await Promise.all([
            Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 77861)),
            Promise.all(/* import() */[__webpack_require__.e(8437), __webpack_require__.e(8113)]).then(__webpack_require__.bind(__webpack_require__, 2763)),
        ]);
        // A container that is to be removed is removed to the end, whatever ends the server.
        const { signal } = new AbortController();
        return engine.runnerFinder({ ...programTools, log: onlyInfo(log), signal })();
    };
}
function onlyInfo(log) {
    return {
        debug: () => undefined,
        info: log,
        notice: log,
        warning: log,
        group: (_, body) => body(),
    };
}
/** The runtime is loaded with the first model: an endpoint without one starts at once. */
function sessionOpener(log, toolCacheDir) {
    return async (model, options) => {
        const { createSessionOpener } = await Promise.all(/* import() */[__webpack_require__.e(9799), __webpack_require__.e(2185)]).then(__webpack_require__.bind(__webpack_require__, 2185));
        const open = createSessionOpener({
            moduleRoots: [import.meta.dirname],
            toolCacheDir,
            // Only `runtime: native` starts a program, and the server never asks for that.
            exec: () => Promise.reject(new Error('The server of a local endpoint starts no programs.')),
            log: { info: log, debug: () => undefined },
        });
        return open(model, options);
    };
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

/***/ 60498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   systemProcesses: () => (/* binding */ systemProcesses)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/** Which processes live, on this machine. */

const systemProcesses = {
    self: () => ({ pid: process.pid, start: linuxStat(process.pid)?.start ?? null }),
    alive,
    kill: (identity) => {
        if (alive(identity))
            signal(identity.pid, 'SIGKILL');
    },
};
function alive({ pid, start }) {
    if (!signal(pid, 0))
        return false;
    const stat = linuxStat(pid);
    if (stat === null)
        return true;
    if (start !== null && start !== stat.start)
        return false;
    // A zombie answers signals until its parent collects it; in a container nobody may ever do. While other threads of
    // it end, it still holds its files and ports.
    return !['Z', 'X'].includes(stat.state) || stat.threads > 1;
}
/** False where there is no such process. */
function signal(pid, name) {
    try {
        process.kill(pid, name);
        return true;
    }
    catch (error) {
        // EPERM: it lives, and belongs to somebody else.
        return error.code === 'EPERM';
    }
}
/** Fields 3, 20 and 22 of /proc/<pid>/stat, see proc_pid_stat(5); null elsewhere than on Linux. */
function linuxStat(pid) {
    try {
        const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/stat`, 'utf8');
        // The second field is the program's name in parentheses and may hold anything.
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return { state: fields[0] ?? '', threads: Number(fields[17]), start: fields[19] ?? '' };
    }
    catch {
        return null;
    }
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
