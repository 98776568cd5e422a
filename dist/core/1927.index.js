export const id = 1927;
export const ids = [1927];
export const modules = {

/***/ 21927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/* harmony import */ var _core_workspace_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(46386);
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1);





/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_4__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_3__/* .spec */ .I,
    run: async (inputs, ports, tools) => {
        const { run } = await Promise.all(/* import() */[__webpack_require__.e(637), __webpack_require__.e(7206)]).then(__webpack_require__.bind(__webpack_require__, 78492));
        const { openStore } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
        await run(inputs, {
            ...ports,
            openTarget: (goal) => goal.target === 'local' ? openLocal(ports, tools) : openSageMaker(goal, inputs, ports, tools),
            httpEndpoint: (url, access) => openUrl(url, access, ports, tools),
            chartLibrary: async () => {
                const { readChartLibrary } = await __webpack_require__.e(/* import() */ 2046).then(__webpack_require__.bind(__webpack_require__, 72046));
                return readChartLibrary(tools.settings.bundleDir);
            },
            openSession: (model, options) => openSession(model, options, ports, tools),
            openStore: (url) => openStore(url, { s3: s3Of(inputs, ports, tools) }),
            pollMs: tools.settings.pollMs,
        });
    },
}));
async function openUrl(url, { headers, bearerToken, sigv4Service, region }, { context }, tools) {
    for (const value of headers.values())
        tools.mask(value);
    const { httpEndpoint } = await __webpack_require__.e(/* import() */ 2578).then(__webpack_require__.bind(__webpack_require__, 52578));
    const all = {
        ...(context.runId === '' ? {} : { 'x-request-id': `ml-deploy-${context.runId}` }),
        ...Object.fromEntries(headers),
        ...(bearerToken === null ? {} : { authorization: `Bearer ${bearerToken}` }),
    };
    if (sigv4Service === null)
        return httpEndpoint(url, { headers: all });
    const known = region ?? tools.settings.awsRegion;
    if (known === null) {
        const message = 'is needed to sign requests (sigv4-service), and AWS_REGION is not set either.';
        throw _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
    }
    const { createSigner, defaultCredentials } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5118), __webpack_require__.e(9714)]).then(__webpack_require__.bind(__webpack_require__, 49714));
    const sign = createSigner({ service: sigv4Service, region: known, credentials: defaultCredentials });
    return httpEndpoint(url, { headers: all, sign });
}
/** Only a test with an ONNX reference pays for a runtime. */
async function openSession(model, options, ports, { exec, settings }) {
    const { createSessionOpener } = await Promise.all(/* import() */[__webpack_require__.e(9799), __webpack_require__.e(2185)]).then(__webpack_require__.bind(__webpack_require__, 2185));
    const open = createSessionOpener({
        moduleRoots: [settings.bundleDir],
        toolCacheDir: settings.toolCache ?? undefined,
        exec,
        log: ports.log,
    });
    return open(model, options);
}
const ROLLBACK_MS = 120_000;
/** Never used: a smoke test installs nothing. */
const KEEP_VERSIONS = 5;
async function openLocal({ context, clock, signal, log }, { settings }) {
    const { createLocalTarget } = await Promise.all(/* import() */[__webpack_require__.e(6118), __webpack_require__.e(9649), __webpack_require__.e(3198)]).then(__webpack_require__.bind(__webpack_require__, 93198));
    const { createLauncher } = await __webpack_require__.e(/* import() */ 5563).then(__webpack_require__.bind(__webpack_require__, 95563));
    const { systemProcesses } = await __webpack_require__.e(/* import() */ 498).then(__webpack_require__.bind(__webpack_require__, 60498));
    const { openUrl: openArchiveUrl } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
    return createLocalTarget({
        root: (0,_core_workspace_js__WEBPACK_IMPORTED_MODULE_2__/* .localEndpointsDir */ .Lh)(context),
        launch: createLauncher((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(settings.bundleDir, '..', 'local-server', 'index.js'), settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache], settings.lastingEnvironment),
        openArchive: (url) => openArchiveUrl(url, context.workspace),
        processes: systemProcesses,
        clock,
        signal,
        log,
        timeoutMs: ROLLBACK_MS,
        pollMs: settings.pollMs,
        keepVersions: KEEP_VERSIONS,
        port: null,
        // A rollback is the server's work, and it has the variables of every version.
        containers: {
            findRunner: () => Promise.reject(new Error('A smoke test installs no version.')),
            environment: new Map(),
            startupMs: ROLLBACK_MS,
        },
        run: context.runId,
    });
}
/** Requests go through an invoker that marks them, and can choose the variant. */
async function openSageMaker({ variant }, inputs, ports, tools) {
    const s3 = s3Of(inputs, ports, tools);
    if (s3.region === null) {
        const message = 'is needed for target: sagemaker, and AWS_REGION is not set either.';
        throw _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
    }
    const { createSageMakerTarget } = await Promise.all(/* import() */[__webpack_require__.e(8048), __webpack_require__.e(8226)]).then(__webpack_require__.bind(__webpack_require__, 58226));
    const { createAwsClients } = await __webpack_require__.e(/* import() */ 4861).then(__webpack_require__.bind(__webpack_require__, 94861));
    const { openStore } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
    const { region } = s3;
    const clients = createAwsClients({ region });
    const target = createSageMakerTarget({
        clients,
        account: null,
        adopt: false,
        environment: new Map(),
        tags: new Map(),
        environmentName: inputs.environment,
        context: ports.context,
        openStore: (url) => openStore(url, { s3 }),
        clock: ports.clock,
        signal: ports.signal,
        log: ports.log,
        timeoutMs: SAGEMAKER_MS,
        pollMs: tools.settings.pollMs,
        keepVersions: KEEP_VERSIONS,
    });
    return {
        ...target,
        invoker: async (endpoint, candidate) => {
            // It refuses what is not there, or is no candidate of this endpoint.
            await target.invoker(endpoint, candidate);
            const { sageMakerInvoker } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(824)]).then(__webpack_require__.bind(__webpack_require__, 30824));
            const mark = `ml-deploy-${ports.context.runId}`;
            return sageMakerInvoker({
                client: await clients.runtime(),
                endpoint: candidate ?? endpoint,
                region,
                variant,
                mark,
            });
        },
    };
}
/** A rollback is an update of the endpoint, which takes some ten minutes. */
const SAGEMAKER_MS = 3_600_000;
function s3Of({ awsRegion }, { log, clock, signal }, { settings }) {
    const region = awsRegion ?? settings.awsRegion;
    return { region, endpoint: settings.s3Endpoint, kmsKeyId: null, tags: null, log, clock, signal };
}


/***/ }),

/***/ 1:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'smoke-test',
    title: 'ml-deploy: smoke test',
    description: 'Proves that an endpoint predicts what the model predicts, and rolls it back where it does not.',
    branding: { icon: 'check-circle', color: 'purple' },
    post: false,
    inputs: {
        target: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['sagemaker', 'local'], {
            description: 'The platform of endpoint-name; not needed with endpoint-url.',
        }),
        'endpoint-name': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The endpoint to test.' }),
        'endpoint-url': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Instead of endpoint-name: any URL that takes a POST.',
            pattern: /^https?:\/\/\S+$/,
            form: 'an http:// or https:// URL',
        }),
        'candidate-name': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Tests this candidate of the endpoint instead of the live version.',
        }),
        'target-variant': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The production variant that requests go to, where a SageMaker endpoint has several.',
        }),
        'request-headers': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .secretMap */ .Jw)({
            description: 'Headers for endpoint-url, such as `x-api-key=…`. Their values are masked.',
        }),
        'bearer-token': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Sent to endpoint-url as `Authorization: Bearer …`.' }),
        'sigv4-service': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Signs requests to endpoint-url with the AWS credentials of the job (SigV4), for this service, such as `execute-api` or `lambda`.',
            pattern: /^[a-z0-9-]{1,63}$/,
            form: 'the name of an AWS service as it stands in signatures, such as execute-api',
        }),
        protocol: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['instances', 'v2', 'csv', 'raw'], {
            description: 'What requests and answers look like: `{"instances": …}`, the V2 inference protocol (KServe, Triton), text/csv, or each case as a whole body. Default: `instances`; `v2` for ONNX test data.',
        }),
        'content-type': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The content type of `protocol: raw`. Default: application/json or application/octet-stream.',
        }),
        reference: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['onnx', 'recorded', 'endpoint', 'none'], {
            description: 'What answers are compared with: an ONNX model, expectations recorded in the cases, the live version (for a candidate), or nothing (health only).',
            default: 'onnx',
        }),
        'model-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The ONNX reference model. Default: the one that the release under test names.',
        }),
        'earlier-models': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({
            description: 'ONNX models of earlier versions. Where the answers are exactly theirs, a stale model is named as the cause.',
        }),
        cases: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The cases to send: JSON with `instances` and, where known, `labels` and `expected`; JSON Lines; CSV with a header; or a folder of ONNX test data (`test_data_set_0`, …). Default: seeded rows made from the ONNX reference’s signature.',
        }),
        'generated-rows': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Sends this many seeded rows instead of the cases, each value within the range that it has there.',
            min: 1,
            max: 1_000_000,
        }),
        rtol: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'Relative tolerance.', default: '1e-4', min: 0, max: 1 }),
        atol: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'Absolute tolerance.', default: '1e-5', min: 0 }),
        'output-tolerances': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'Tolerances for single outputs, by the name of the field or of the output: `probabilities=rtol 1e-3 atol 1e-6`.',
        }),
        'output-map': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'Which field of the answer is which output of the reference: `probabilities=output_probability`. A field may be a JSONPath: `$.result[*].scores=probabilities`.',
        }),
        'min-accuracy': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'The lowest accuracy that passes, over cases with labels.',
            min: 0,
            max: 1,
        }),
        'max-accuracy-drop': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'How far the accuracy may lie below the reference’s over the same rows, as a share: 0.01 is one point of a hundred.',
            min: 0,
            max: 1,
        }),
        requests: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Requests for the latency figures. Default: as many as the cases need.',
            min: 1,
            max: 1_000_000,
        }),
        concurrency: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Requests under way at once.', default: '1', min: 1, max: 256 }),
        warmup: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Requests that are sent first and left out of the figures.',
            default: '3',
            min: 0,
            max: 1000,
        }),
        'max-p50-ms': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'The highest median latency that passes.', min: 0 }),
        'max-p95-ms': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'The highest 95th percentile of latency that passes.', min: 0 }),
        'max-p99-ms': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'The highest 99th percentile of latency that passes.', min: 0 }),
        'max-error-rate': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'The largest share of failed requests that passes.',
            default: '0',
            min: 0,
            max: 1,
        }),
        probes: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['candidate', 'always', 'off'], {
            description: 'Sends malformed, empty and large bodies too: to candidates only, always, or never.',
            default: 'candidate',
        }),
        'rollback-on-failure': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({
            description: 'Rolls the live endpoint back where the test fails.',
            default: 'false',
        }),
        'rollback-on-latency': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({
            description: 'Makes a latency above its limit a reason to roll back, too; alone it is none otherwise.',
            default: 'false',
        }),
        runtime: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['auto', 'native', 'wasm'], {
            description: 'Which ONNX Runtime runs the reference.',
            default: 'auto',
        }),
        'report-dir': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Where the reports go. Default: a folder in the runner’s temp folder.',
        }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .awsInputs */ .xN,
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        passed: '`true` where everything that was asked for holds.',
        compared: 'How many values were compared with the reference.',
        mismatches: 'How many of them were outside the tolerance.',
        'max-abs-diff': 'The largest absolute difference; empty where nothing was compared.',
        accuracy: 'Share of cases whose label the endpoint got right; empty where the cases have no labels.',
        'p50-ms': 'Median latency in milliseconds (nearest rank, warm-up left out).',
        'p95-ms': '95th percentile of latency in milliseconds.',
        'p99-ms': '99th percentile of latency in milliseconds.',
        'error-rate': 'Share of requests that failed.',
        'rolled-back': '`true` where the endpoint was rolled back and the old version was read back as serving.',
        'report-json': 'Path of the report as JSON.',
        'report-junit': 'Path of the report as JUnit XML.',
        'report-html': 'Path of the report as one HTML page.',
        'release-digest': 'Digest of the release record that carries this test’s result; empty where the version has no record, or the test failed.',
    },
});


/***/ }),

/***/ 33210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ action)
/* harmony export */ });
function action(definition) {
    // Inside the entry every action is alike; the types hold where it is defined.
    return definition;
}


/***/ })

};
