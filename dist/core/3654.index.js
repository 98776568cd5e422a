export const id = 3654;
export const ids = [3654];
export const modules = {

/***/ 13654:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_workspace_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46386);
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18192);




/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_3__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_2__/* .spec */ .I,
    check: async (inputs, { settings }) => {
        const { checkInputs } = await __webpack_require__.e(/* import() */ 301).then(__webpack_require__.bind(__webpack_require__, 60301));
        const problems = checkInputs(inputs);
        if (inputs.target !== 'sagemaker')
            return problems;
        const { cloudFacts } = await __webpack_require__.e(/* import() */ 7088).then(__webpack_require__.bind(__webpack_require__, 47088));
        const { checkRules } = await __webpack_require__.e(/* import() */ 8048).then(__webpack_require__.bind(__webpack_require__, 28048));
        const region = inputs.awsRegion ?? settings.awsRegion;
        const fix = 'Set aws-region, or AWS_REGION as aws-actions/configure-aws-credentials does.';
        const regionProblems = region === null ? [{ where: 'aws-region', message: 'is required for SageMaker.', fix }] : [];
        const rules = checkRules(cloudFacts(inputs, region ?? '')).filter(({ where }) => !problems.some((known) => known.where === where));
        return [...problems, ...regionProblems, ...rules];
    },
    run: async (inputs, ports, tools) => {
        const { run } = await Promise.all(/* import() */[__webpack_require__.e(6118), __webpack_require__.e(1288), __webpack_require__.e(7360)]).then(__webpack_require__.bind(__webpack_require__, 97360));
        const { openStore, openUrl } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
        const s3 = s3OptionsOf(inputs, ports, tools);
        await run(inputs, {
            ...ports,
            openStore: (url) => openStore(url, { s3 }),
            openUrl: (location) => openUrl(location, ports.context.workspace, { s3 }),
            imageDigest: (name, tag) => imageDigest(name, tag, inputs, ports, tools),
            openTarget: () => inputs.target === 'local'
                ? openLocalTarget(inputs, ports, tools)
                : openSageMakerTarget(inputs, ports, tools),
        });
    },
}));
function s3OptionsOf({ awsRegion, kmsKeyId, tags }, { log, clock, signal }, { settings }) {
    const region = awsRegion ?? settings.awsRegion;
    return { region, endpoint: settings.s3Endpoint, kmsKeyId, tags, log, clock, signal };
}
/** Asks ECR with the credentials of AWS, and any other registry with the logins of this machine. */
async function imageDigest(name, tag, { target }, { signal }, { exec, which, settings }) {
    const { parseEcrHost } = await __webpack_require__.e(/* import() */ 6111).then(__webpack_require__.bind(__webpack_require__, 36111));
    if (target === 'sagemaker' && parseEcrHost(name.registry) !== null) {
        const { ecrDigest } = await __webpack_require__.e(/* import() */ 80).then(__webpack_require__.bind(__webpack_require__, 90080));
        return ecrDigest(name, tag);
    }
    const [{ createRegistry }, { credentialFinder }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(8157), __webpack_require__.e(5276)]).then(__webpack_require__.bind(__webpack_require__, 25276)),
        __webpack_require__.e(/* import() */ 336).then(__webpack_require__.bind(__webpack_require__, 10336)),
    ]);
    const credentials = credentialFinder({ files: settings.registryAuthFiles, exec, which });
    return (await createRegistry({ signal, credentials }).manifest(name, tag))?.digest ?? null;
}
const STARTUP_SECONDS = 480;
async function openLocalTarget(inputs, { context, clock, signal, log }, { exec, which, settings }) {
    const { createLocalTarget } = await Promise.all(/* import() */[__webpack_require__.e(6118), __webpack_require__.e(9649), __webpack_require__.e(3198)]).then(__webpack_require__.bind(__webpack_require__, 93198));
    const { createLauncher } = await __webpack_require__.e(/* import() */ 5563).then(__webpack_require__.bind(__webpack_require__, 95563));
    const { systemProcesses } = await __webpack_require__.e(/* import() */ 498).then(__webpack_require__.bind(__webpack_require__, 60498));
    const { openUrl } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
    const server = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(settings.bundleDir, '..', 'local-server', 'index.js');
    return createLocalTarget({
        root: (0,_core_workspace_js__WEBPACK_IMPORTED_MODULE_1__/* .localEndpointsDir */ .Lh)(context),
        launch: createLauncher(server, settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache], settings.lastingEnvironment),
        openArchive: (url) => openUrl(url, context.workspace),
        processes: systemProcesses,
        clock,
        signal,
        log,
        timeoutMs: inputs.timeoutMinutes * 60_000,
        pollMs: settings.pollMs,
        keepVersions: inputs.keepVersions,
        port: inputs.localPort,
        containers: {
            findRunner: async () => {
                const { runnerFinder } = await Promise.all(/* import() */[__webpack_require__.e(8437), __webpack_require__.e(8113)]).then(__webpack_require__.bind(__webpack_require__, 2763));
                return runnerFinder({ exec, which, log, signal })();
            },
            environment: inputs.environmentVariables ?? new Map(),
            startupMs: 1000 * (inputs.containerStartupTimeout ?? STARTUP_SECONDS),
        },
        run: context.runId,
    });
}
/** The region was checked with the inputs. */
async function openSageMakerTarget(inputs, ports, tools) {
    const { context, clock, signal, log } = ports;
    const { createSageMakerTarget } = await Promise.all(/* import() */[__webpack_require__.e(8048), __webpack_require__.e(8226)]).then(__webpack_require__.bind(__webpack_require__, 58226));
    const { createAwsClients } = await __webpack_require__.e(/* import() */ 4861).then(__webpack_require__.bind(__webpack_require__, 94861));
    const { openStore } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
    const s3 = s3OptionsOf(inputs, ports, tools);
    return createSageMakerTarget({
        clients: createAwsClients({ region: s3.region ?? '' }),
        account: inputs.awsAccountId,
        adopt: inputs.adopt,
        environment: inputs.environmentVariables ?? new Map(),
        tags: inputs.tags ?? new Map(),
        environmentName: inputs.environment,
        context,
        openStore: (url) => openStore(url, { s3 }),
        clock,
        signal,
        log,
        timeoutMs: inputs.timeoutMinutes * 60_000,
        pollMs: tools.settings.pollMs,
        keepVersions: inputs.keepVersions,
    });
}


/***/ }),

/***/ 18192:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* unused harmony export COMMANDS */
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


/** What SageMaker allows for names of endpoints and variants. */
const NAME = {
    pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
    form: 'letters, digits and inner hyphens, 63 at most',
};
const COMMANDS = ['plan', 'deploy', 'stage', 'promote', 'discard', 'rollback', 'teardown'];
const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'deploy-endpoint',
    title: 'ml-deploy: deploy endpoint',
    description: 'Plans, deploys, stages, promotes, rolls back or tears down a model endpoint, and verifies what serves.',
    branding: { icon: 'server', color: 'purple' },
    post: false,
    inputs: {
        command: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(COMMANDS, { description: 'What to do.', default: 'deploy' }),
        target: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['sagemaker', 'local'], { description: 'The platform.', required: true }),
        'endpoint-name': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The endpoint.', required: true, ...NAME }),
        'aws-account-id': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The account that this must run in; any other is refused.',
            pattern: /^\d{12}$/,
            form: 'an account id of 12 digits',
        }),
        release: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'A release record (path, URL, or digest in the artifact store) to deploy instead of model-data-url and image-uri.',
        }),
        'artifact-store': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The artifact store for release records. Default: the one that model-data-url lies in, else `.ml-deploy/store` in the workspace.',
            pattern: /^(s3:\/\/[^/]+|file:\/\/\/.)/,
            form: 'an s3://bucket/prefix or file:///folder URL',
        }),
        'model-data-url': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The archive made by package-model: a path, or a file:// or s3:// URL.',
        }),
        'reference-url': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The ONNX reference model that this release names: a path, or a file:// or s3:// URL.',
        }),
        'model-package-arn': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'A model package of the SageMaker Model Registry, instead of model-data-url.',
        }),
        'image-uri': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The serving image, pinned by digest or by tag.' }),
        framework: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'With framework-version, instead of image-uri: AWS’s own serving image.',
        }),
        'framework-version': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The version of that framework.' }),
        'execution-role-arn': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The role that SageMaker runs the model under.',
            pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
            form: 'an ARN such as arn:aws:iam::123456789012:role/name',
        }),
        'instance-type': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The instance type, such as `ml.m5.large`.',
            pattern: /^ml\.[a-z0-9-]+\.[a-z0-9-]+$/,
            form: 'an instance type such as ml.m5.large',
        }),
        'initial-instance-count': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Instances to start with.', min: 1 }),
        'variant-name': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The production variant. Default: that of the live endpoint, else `main`.',
            ...NAME,
        }),
        'serverless-memory-mb': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Serverless inference: memory, 1024 to 6144 in steps of 1024.',
            min: 1024,
            max: 6144,
        }),
        'serverless-max-concurrency': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Serverless inference: concurrent requests.',
            min: 1,
            max: 200,
        }),
        'environment-variables': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'Environment of the container. Values never stand in a plan, log or summary.',
        }),
        'vpc-subnets': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: 'Subnets of the model.' }),
        'vpc-security-groups': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: 'Security groups of the model.' }),
        'enable-network-isolation': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({ description: 'Runs the container without outbound network.' }),
        'kms-key-id': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The KMS key of the instances’ storage.' }),
        'data-capture-destination': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Captures requests and answers into this s3:// prefix.',
            pattern: /^s3:\/\/[^/]+/,
            form: 'an s3:// URL',
        }),
        'data-capture-percentage': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'How many of the requests are captured.',
            min: 1,
            max: 100,
        }),
        'container-startup-timeout': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Seconds that a container may take to answer /ping.',
            min: 60,
            max: 3600,
        }),
        'model-download-timeout': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Seconds that the download of the archive may take.',
            min: 60,
            max: 3600,
        }),
        'model-overrides': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)({ description: 'JSON merged into CreateModel; shown in the plan.' }),
        'endpoint-config-overrides': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)({
            description: 'JSON merged into CreateEndpointConfig; shown in the plan.',
        }),
        'min-capacity': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Autoscaling: fewest instances.', min: 0 }),
        'max-capacity': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Autoscaling: most instances.', min: 1 }),
        'invocations-per-instance': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Autoscaling: invocations a minute and instance to aim at.',
            min: 1,
        }),
        'scale-in-cooldown': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Autoscaling: seconds between two scale-ins.', min: 0 }),
        'scale-out-cooldown': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Autoscaling: seconds between two scale-outs.', min: 0 }),
        strategy: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['all-at-once', 'canary', 'linear', 'rolling'], {
            description: 'How traffic moves to the new version.',
            default: 'all-at-once',
        }),
        'step-percent': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Traffic (canary, linear) or instances (rolling) a step.',
            min: 1,
            max: 50,
        }),
        'bake-minutes': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Minutes to watch the alarms after traffic has moved.',
            default: '0',
            min: 0,
            max: 60,
        }),
        alarms: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: 'CloudWatch alarms that roll the deployment back.' }),
        staging: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['endpoint', 'none'], {
            description: 'Whether `stage` starts a candidate of its own beside the live version.',
            default: 'endpoint',
        }),
        adopt: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({ description: 'Takes over an endpoint that ml-deploy did not make.', default: 'false' }),
        'approved-plan': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The plan that was approved (path or JSON). A request that differs from it is refused.',
        }),
        'to-version': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'For `rollback`: the version to go back to. Default: the newest verified one before the live one.',
        }),
        confirm: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'For `teardown`: the endpoint’s name again.' }),
        'timeout-minutes': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'How long to wait for the platform.',
            default: '30',
            min: 1,
            max: 480,
        }),
        'local-port': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'For `target: local`: the loopback port of a new endpoint. Default: a free one.',
            min: 1,
            max: 65535,
        }),
        'keep-versions': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'How many old versions are kept for a rollback.',
            default: '3',
            min: 1,
            max: 100,
        }),
        tags: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({ description: 'Cloud resource tags, sent at creation.' }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .awsInputs */ .xN,
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        outcome: 'What is now true: planned, unchanged, staged, deployed, promoted, discarded, rolled-back, failed, timed-out, cancelled, needs-human or torn-down.',
        'endpoint-name': 'The endpoint.',
        'endpoint-arn': 'Its ARN; empty where the platform has none.',
        'endpoint-url': 'Where it answers.',
        'plan-digest': 'Digest of the plan: what an approval is bound to.',
        'plan-path': 'Path of the plan document (JSON).',
        'candidate-name': 'The candidate that waits beside the live version; empty where there is none.',
        'running-version': 'The version that serves now, read back from the platform.',
        'previous-version': 'The version that a rollback would go to; empty where there is none.',
        'release-record': 'Path or URL of the release record of this deployment.',
        'release-digest': 'Digest of the release record.',
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
