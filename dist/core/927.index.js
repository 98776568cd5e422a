export const id = 927;
export const ids = [927];
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
        const { run } = await __webpack_require__.e(/* import() */ 970).then(__webpack_require__.bind(__webpack_require__, 72970));
        const { httpEndpoint } = await __webpack_require__.e(/* import() */ 246).then(__webpack_require__.bind(__webpack_require__, 58246));
        const { openStore } = await __webpack_require__.e(/* import() */ 449).then(__webpack_require__.bind(__webpack_require__, 76449));
        await run(inputs, {
            ...ports,
            openTarget: (name) => openTarget(name, ports, tools),
            httpEndpoint: (url) => httpEndpoint(url),
            openSession: (model, options) => openSession(model, options, ports, tools),
            openStore,
            pollMs: tools.settings.pollMs,
        });
    },
}));
/** Only a test with an ONNX reference pays for a runtime. */
async function openSession(model, options, ports, { exec, settings }) {
    const { createSessionOpener } = await Promise.all(/* import() */[__webpack_require__.e(799), __webpack_require__.e(185)]).then(__webpack_require__.bind(__webpack_require__, 2185));
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
async function openTarget(name, { context, clock, signal, log }, { settings }) {
    if (name !== 'local') {
        throw _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo.of([
            {
                where: 'target',
                message: `"${name}" is not in this version.`,
                fix: 'Use target: local, or endpoint-url.',
            },
        ]);
    }
    const { createLocalTarget } = await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(649), __webpack_require__.e(210)]).then(__webpack_require__.bind(__webpack_require__, 28210));
    const { createLauncher } = await __webpack_require__.e(/* import() */ 944).then(__webpack_require__.bind(__webpack_require__, 95563));
    const { systemProcesses } = await __webpack_require__.e(/* import() */ 498).then(__webpack_require__.bind(__webpack_require__, 60498));
    const { openUrl } = await __webpack_require__.e(/* import() */ 449).then(__webpack_require__.bind(__webpack_require__, 76449));
    return createLocalTarget({
        root: (0,_core_workspace_js__WEBPACK_IMPORTED_MODULE_2__/* .localEndpointsDir */ .Lh)(context),
        launch: createLauncher((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(settings.bundleDir, '..', 'local-server', 'index.js'), settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache], settings.lastingEnvironment),
        openArchive: (url) => openUrl(url, context.workspace),
        processes: systemProcesses,
        clock,
        signal,
        log,
        timeoutMs: ROLLBACK_MS,
        pollMs: settings.pollMs,
        keepVersions: KEEP_VERSIONS,
        port: null,
        run: context.runId,
    });
}


/***/ }),

/***/ 1:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44546);


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
        reference: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['onnx', 'recorded', 'endpoint', 'none'], {
            description: 'What answers are compared with: an ONNX model, expectations recorded in the cases, the live version (for a candidate), or nothing (health only).',
            default: 'onnx',
        }),
        'model-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The ONNX reference model. Default: the one that the release under test names.',
        }),
        cases: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The cases to send: JSON with `instances` and, where known, `labels` and `expected`; JSON Lines; or CSV with a header. Default: seeded rows made from the ONNX reference’s signature.',
        }),
        rtol: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'Relative tolerance.', default: '1e-4', min: 0, max: 1 }),
        atol: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'Absolute tolerance.', default: '1e-5', min: 0 }),
        'output-map': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'Which field of the answer is which output of the reference: `probabilities=output_probability`.',
        }),
        'min-accuracy': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'The lowest accuracy that passes, over cases with labels.',
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
