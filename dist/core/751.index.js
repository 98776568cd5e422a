export const id = 751;
export const ids = [751];
export const modules = {

/***/ 14012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'approve-gate',
    title: 'ml-deploy: approve gate',
    description: 'Lets a deployment go on only after the right people approved exactly this plan.',
    branding: { icon: 'user-check', color: 'purple' },
    post: true,
    inputs: {
        mode: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['wait', 'request', 'resume', 'environment', 'conclude'], {
            description: '`wait` opens an issue and waits for comments on it. `request` opens it and ends; `resume`, in a workflow on `issue_comment`, goes on from there, and `conclude` tells how the release went. `environment` reads the reviews of GitHub’s own environment protection.',
            default: 'wait',
        }),
        approvers: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: 'Who may approve: GitHub users, and teams as `org/team`.' }),
        'minimum-approvals': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'How many of them have to approve.',
            default: '1',
            min: 1,
            max: 50,
        }),
        'exclude-initiator': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({
            description: 'Whether the person who started the run may not approve it.',
            default: 'true',
        }),
        'plan-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The plan document made by deploy-endpoint.' }),
        'report-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'A smoke report (JSON) of the same model, shown to the approvers as evidence.',
        }),
        token: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({
            description: 'A token that may write issues. Default: the job’s own token. Teams need one that may read the organisation.',
            expression: '${{ github.token }}',
        }),
        'timeout-minutes': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'How long the request stands. Default: 60 with mode wait, 10080 (a week) with mode request; 43200 at most.',
            min: 0.01,
            max: 43_200,
        }),
        'reminder-minutes': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'Minutes before the end at which approvers who have not decided are called again; 0 for never. Default: a quarter of timeout-minutes, and never where that is below 15.',
            min: 0,
            max: 43_200,
        }),
        'poll-seconds': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'Seconds between two looks at the issue; after ten minutes without news they become up to four times as many.',
            default: '15',
            min: 1,
            max: 3600,
        }),
        'approve-words': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({
            description: 'Further words that approve, beside approve, approved, lgtm and yes.',
        }),
        'deny-words': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: 'Further words that deny, beside deny, denied and no.' }),
        'issue-title': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The title of the issue. Default: names the endpoint, the environment and the plan.',
        }),
        labels: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: 'Labels for the issue.' }),
        'issue-number': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({
            description: 'Mode resume: the issue of the request. Default: the one that the comment was written on; without either, every waiting request is reminded or ended as its time has come.',
            min: 1,
        }),
        requester: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Mode resume: the account whose requests count, that is the account of the token of mode request.',
            default: 'github-actions[bot]',
        }),
        'deployment-id': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Mode conclude: the deployment-id of mode resume.', min: 1 }),
        result: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['success', 'failure', 'cancelled', 'skipped'], {
            description: 'Mode conclude: how the release went, such as `${{ needs.release.result }}`.',
        }),
        'endpoint-url': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'Mode conclude: the endpoint’s URL, shown with the deployment.' }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        status: 'approved, denied, timed-out, cancelled, pending, superseded, or error; empty where there is no request to decide on.',
        'approved-by': 'Who approved, separated by commas.',
        'approved-plan': 'Path of the approved plan, for deploy-endpoint; empty where it was not approved.',
        'approved-plan-json': 'The approved plan itself, for deploy-endpoint in another job; empty where it was not approved.',
        'plan-digest': 'Digest of the approved plan.',
        'endpoint-name': 'Endpoint of the approved plan.',
        target: 'Target of the approved plan.',
        'environment-name': 'Environment of the approved plan.',
        commit: 'Commit that the approved plan was made from.',
        'model-digest': 'Digest of the approved model.',
        'model-data-url': 'URL of the approved model’s archive.',
        'reference-url': 'URL of the approved reference model; empty where there is none.',
        'image-digest': 'Digest of the approved image; empty where there is none.',
        'image-uri': 'URI of the approved image; empty where there is none.',
        'release-digest': 'Digest of the release record that was planned; empty where there was none.',
        'issue-number': 'Number of the issue.',
        'issue-url': 'URL of the issue.',
        'deployment-id': 'Id of the GitHub Deployment (modes request, resume and conclude); empty in the other modes.',
    },
});


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

/***/ 11101:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'notify-slack',
    title: 'ml-deploy: notify Slack',
    description: 'Tells Slack, in one message per release, what was deployed, how it went and what failed.',
    branding: { icon: 'message-square', color: 'purple' },
    post: false,
    inputs: {
        status: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['success', 'failure', 'cancelled', 'skipped', 'in-progress'], {
            description: 'How it went, such as `${{ job.status }}`.',
        }),
        needs: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Instead of status: `${{ toJSON(needs) }}`, the results of all jobs before this one.',
        }),
        steps: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: '`${{ toJSON(steps) }}`: the steps of this job so far that have an id. They are listed, and what our actions put out (digests, endpoint, parity, latency, approvers) is shown.',
        }),
        'report-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The JSON report of smoke-test: its failed checks stand in the thread.',
        }),
        details: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'Text for the thread, such as an error, kept as it is.' }),
        'webhook-url': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({
            description: 'An incoming webhook. It can post, but not edit, so that `in-progress` is not sent.',
        }),
        token: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'A bot token (`xoxb-…`) with chat:write; with channel.' }),
        channel: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The channel for token: an ID such as `C0123456789`, or a name.' }),
        'message-ts': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The `ts` of a message of an earlier call, to edit it instead of posting another.',
        }),
        title: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The headline. Default: names the endpoint, the environment and what happened.',
        }),
        fields: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({ description: 'What to show, one `name=value` a line.' }),
        'mention-on-failure': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({
            description: 'Users or groups to mention where it failed, and only then: Slack IDs such as `U0123456789`, `S0123456789`, or GitHub names in user-map.',
        }),
        'user-map': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'GitHub login to Slack user ID, one `login=U0123456789` a line: these people are shown under their Slack names.',
        }),
        'on-error': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['fail', 'warn'], {
            description: 'What to do where Slack cannot be reached or refuses.',
            default: 'warn',
        }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        delivered: '`true` where Slack took the message.',
        ts: 'The message’s `ts`, for message-ts of a later call; empty with a webhook.',
        channel: 'The ID of the channel it went to; empty with a webhook.',
        permalink: 'A link to the message; empty with a webhook.',
    },
});


/***/ }),

/***/ 87325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'package-model',
    title: 'ml-deploy: package model',
    description: 'Packs a trained model into a content-addressed archive and puts it into the artifact store, once.',
    branding: { icon: 'package', color: 'purple' },
    post: false,
    inputs: {
        'model-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: "The trained model: a file, a folder, or an s3:// URL (a training job's model.tar.gz, one object, or everything below a prefix).",
            required: true,
        }),
        'code-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'A folder with inference code; its content goes to `code/` in the archive, where SageMaker looks for it.',
        }),
        'reference-path': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'An ONNX model that predictions are compared with by smoke-test. Default: the model itself where it is one ONNX file.',
        }),
        framework: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['auto', 'onnx', 'sklearn', 'pytorch', 'tensorflow', 'xgboost', 'huggingface', 'custom'], { description: 'What the model was made with; `auto` looks at the files.', default: 'auto' }),
        'framework-version': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The version of the framework, such as `1.4.2`, for the manifest. Default: what config.json, MLmodel or a pin in requirements.txt says.',
        }),
        destination: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The artifact store: `file:///folder` or `s3://bucket/prefix`. Default: `.ml-deploy/store` in the workspace.',
            pattern: /^(s3:\/\/[^/]+|file:\/\/\/.)/,
            form: 'an s3://bucket/prefix or file:///folder URL',
        }),
        compression: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['gzip', 'none'], {
            description: 'How the model is stored. `gzip`: one archive. `none`: in S3 each file by itself, which SageMaker downloads faster (CompressionType None); in a folder one plain `model.tar`.',
            default: 'gzip',
        }),
        'kms-key-id': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The KMS key that encrypts the objects in S3. Default: as the bucket does.',
        }),
        'model-package-group': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Registers the model in this group of the SageMaker Model Registry, which is made where it is missing.',
        }),
        tags: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'Cloud resource tags, sent at creation: of the objects in S3 and of a new group.',
        }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .awsInputs */ .xN,
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        'model-data-url': 'URL of the archive in the artifact store, or of the folder of files (ending in a slash).',
        'model-digest': 'sha256 of the content (names, modes and bytes of the files), the same whatever the compression.',
        'model-sha256': "sha256 of the archive's bytes; the model-digest where the files lie by themselves.",
        'archive-bytes': "The archive's size in bytes, or that of all files.",
        'manifest-path': 'Path of the content manifest (JSON): each file with its size and sha256.',
        signature: 'JSON: names, types and shapes of the inputs and outputs of an ONNX model; empty for any other.',
        reused: '`true` where the store had the same content already, so that nothing was packed or written.',
        'model-package-arn': 'ARN in the SageMaker Model Registry; empty where model-package-group is not set.',
        'reference-digest': 'sha256 of the ONNX reference model; empty where there is none.',
        'reference-url': 'URL of the ONNX reference model in the artifact store; empty where there is none.',
        'release-record': 'Path or URL of the release record: what was packed, from which commit, by which run.',
        'release-digest': 'Digest of the release record.',
    },
});


/***/ }),

/***/ 26809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'push-image',
    title: 'ml-deploy: push image',
    description: 'Builds the serving image, pushes it, and checks in the registry that the platform will accept it.',
    branding: { icon: 'upload-cloud', color: 'purple' },
    post: false,
    inputs: {
        context: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The build context, a folder.', default: '.' }),
        dockerfile: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'The Dockerfile. Default: `Dockerfile` in the context.' }),
        repository: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The repository: a name such as `churn-serving`, or a whole one such as `registry.example.com/churn-serving`.',
            required: true,
        }),
        registry: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The registry, such as `ghcr.io/acme`. Default: the ECR registry of the account.',
        }),
        'image-tags': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({
            description: 'Tags for the image beside its content tag, such as the release’s version.',
        }),
        platform: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'What the image is built for.',
            default: 'linux/amd64',
            pattern: /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/,
            form: 'a platform such as linux/amd64 or linux/arm64',
        }),
        'for-target': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['sagemaker', 'lambda', 'generic'], {
            description: 'Which platform’s rules the pushed manifest has to keep.',
            default: 'sagemaker',
        }),
        'build-args': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({
            description: 'Build arguments. They stay readable in the image: never put a secret here.',
        }),
        'build-secrets': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .secretMap */ .Jw)({
            description: 'Build secrets (`RUN --mount=type=secret,id=name`); they leave no trace in the image.',
        }),
        'build-network': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['default', 'host', 'none'], {
            description: 'The network of the RUN steps; `host` where the build needs a service on the runner.',
            default: 'default',
        }),
        'model-digest': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'The model that the image is made for (package-model’s model-digest); it stands in the image as the label `ml-deploy.model-digest`.',
            pattern: /^[0-9a-f]{64}$/,
            form: 'a model digest, 64 hexadecimal digits',
        }),
        cache: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['none', 'registry', 'gha'], {
            description: 'Where the layer cache is kept.',
            default: 'none',
        }),
        'create-repository': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({
            description: 'Creates the ECR repository where it is missing.',
            default: 'false',
        }),
        'if-exists': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['reuse', 'fail'], {
            description: 'What to do where an image of the same content is there already.',
            default: 'reuse',
        }),
        scan: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['off', 'report', 'block'], {
            description: 'Waits for the ECR scan and reports it, or blocks on it.',
            default: 'off',
        }),
        'scan-severity': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], {
            description: 'The lowest severity that blocks.',
            default: 'CRITICAL',
        }),
        tags: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .map */ .Tj)({ description: 'Cloud resource tags, sent at creation of a repository.' }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .awsInputs */ .xN,
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        'image-uri': 'The image, pinned by digest: `registry/repository@sha256:…`.',
        'image-digest': 'The digest of the manifest that was pushed (`sha256:…`).',
        repository: 'The repository, for where the runner blanks an image-uri that holds a masked account id.',
        tag: 'The content tag of the image.',
        'media-type': 'The media type of the manifest, read back from the registry.',
        reused: '`true` where an image of the same content was there, so that nothing was built or pushed.',
        'scan-findings': 'JSON: number of findings by severity; empty where scan is off.',
    },
});


/***/ }),

/***/ 877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68595);


/** Not one of the six: the reusable workflows use it to read ml-deploy.yml (docs/decisions/0006). */
const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'resolve',
    title: 'ml-deploy: resolve',
    description: 'Reads ml-deploy.yml for the reusable workflows, and finds the release that is promoted.',
    branding: { icon: 'map', color: 'purple' },
    post: false,
    inputs: {
        command: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['settings', 'newest', 'keep'], {
            description: '`settings`: what a run has to do, by ml-deploy.yml and the branch. `newest`: the newest verified release of the environment promote-from. `keep`: notes release-digest as that of environment.',
            default: 'settings',
        }),
        release: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'Settings: a release record to deploy instead of a new build.' }),
        'any-branch': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)({
            description: 'Settings: also from a branch that is not the environment’s own, since a plan was approved.',
            default: 'false',
        }),
        'promote-from': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'Newest: the environment whose release is looked for.' }),
        'artifact-store': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Newest and keep: the artifact store.',
            pattern: /^(s3:\/\/[^/]+|file:\/\/\/.)/,
            form: 'an s3://bucket/prefix or file:///folder URL',
        }),
        'release-digest': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
            description: 'Keep: the digest of the verified release record.',
            pattern: /^[0-9a-f]{64}$/,
            form: 'a digest of 64 hexadecimal digits',
        }),
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .awsInputs */ .xN,
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        mode: '`release`, or `none` where the branch belongs to no environment.',
        environment: 'The environment.',
        'model-name': 'The model; empty where the file has none.',
        models: 'JSON: the names of all models in the file.',
        environments: 'JSON: the names of the model’s environments.',
        target: 'The platform.',
        'endpoint-name': 'The endpoint.',
        'aws-region': 'The AWS region; empty where the file has none.',
        'aws-role-arn': 'The role that the workflow assumes; empty where the file has none.',
        'artifact-store': 'The artifact store; empty for the one in the workspace.',
        aws: '`true` where credentials of AWS are needed.',
        build: '`true` where a model is packed here; `false` where a release is promoted.',
        image: '`true` where an image is built and pushed here.',
        'promote-from': 'The environment whose release is promoted; empty where none is.',
        approval: 'none, wait, request or environment.',
        'release-record': 'Newest: URL of the release record.',
        'release-digest': 'Newest and keep: its digest.',
    },
});


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

/***/ 20751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   specs: () => (/* binding */ specs),
/* harmony export */   workflowSpecs: () => (/* binding */ workflowSpecs)
/* harmony export */ });
/* harmony import */ var _approve_gate_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(14012);
/* harmony import */ var _deploy_endpoint_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(18192);
/* harmony import */ var _notify_slack_spec_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11101);
/* harmony import */ var _package_model_spec_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(87325);
/* harmony import */ var _push_image_spec_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(26809);
/* harmony import */ var _resolve_spec_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(877);
/* harmony import */ var _smoke_test_spec_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1);







const specs = [
    _package_model_spec_js__WEBPACK_IMPORTED_MODULE_3__/* .spec */ .I,
    _push_image_spec_js__WEBPACK_IMPORTED_MODULE_4__/* .spec */ .I,
    _deploy_endpoint_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .spec */ .I,
    _smoke_test_spec_js__WEBPACK_IMPORTED_MODULE_6__/* .spec */ .I,
    _approve_gate_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .spec */ .I,
    _notify_slack_spec_js__WEBPACK_IMPORTED_MODULE_2__/* .spec */ .I,
];
/** What only the reusable workflows use: released beside the six, and not set by ml-deploy.yml. */
const workflowSpecs = [_resolve_spec_js__WEBPACK_IMPORTED_MODULE_5__/* .spec */ .I];


/***/ })

};
