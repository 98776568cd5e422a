export const id = 6783;
export const ids = [6783,6111];
export const modules = {

/***/ 56783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33210);
/* harmony import */ var _core_image_ecr_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36111);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(26809);



const POLL_MS = 2000;
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_0__/* .spec */ .I,
    run: async (inputs, ports, tools) => {
        const [{ run }, { engineFinder }, { createRegistry }, { credentialFinder }, { createEcr }, { freeBytes },] = await Promise.all([
            __webpack_require__.e(/* import() */ 2623).then(__webpack_require__.bind(__webpack_require__, 62623)),
            Promise.all(/* import() */[__webpack_require__.e(8437), __webpack_require__.e(9971)]).then(__webpack_require__.bind(__webpack_require__, 39971)),
            Promise.all(/* import() */[__webpack_require__.e(8157), __webpack_require__.e(5276)]).then(__webpack_require__.bind(__webpack_require__, 25276)),
            __webpack_require__.e(/* import() */ 336).then(__webpack_require__.bind(__webpack_require__, 10336)),
            __webpack_require__.e(/* import() */ 1350).then(__webpack_require__.bind(__webpack_require__, 31350)),
            __webpack_require__.e(/* import() */ 3629).then(__webpack_require__.bind(__webpack_require__, 83629)),
        ]);
        const { exec, which, settings } = tools;
        const { log, signal } = ports;
        const { proxyVariables } = settings;
        const ecr = createEcr({ signal, onPassword: (password) => tools.mask(password) });
        const onThisMachine = credentialFinder({ files: settings.registryAuthFiles, exec, which });
        await run(inputs, {
            ...ports,
            pollMs: settings.pollMs ?? POLL_MS,
            awsRegion: settings.awsRegion,
            hasActionsCache: settings.hasActionsCache,
            freeBytes,
            ecr,
            findEngine: engineFinder({ exec, which, log, signal, proxyVariables }),
            registry: createRegistry({
                signal,
                credentials: async (name) => {
                    const registry = (0,_core_image_ecr_js__WEBPACK_IMPORTED_MODULE_2__.parseEcrHost)(name.registry);
                    return registry === null
                        ? onThisMachine(name)
                        : { kind: 'password', ...(await ecr.login(registry)) };
                },
            }),
        });
    },
}));


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

/***/ 36111:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ ecrRegistryOf),
/* harmony export */   Qy: () => (/* binding */ ecrNameProblems),
/* harmony export */   Re: () => (/* binding */ lifecyclePolicy),
/* harmony export */   bf: () => (/* binding */ isDeployedTag),
/* harmony export */   parseEcrHost: () => (/* binding */ parseEcrHost)
/* harmony export */ });
/* unused harmony exports DEPLOYED_TAG_PREFIX, deployedTag, imageNameOf */
/** By the credential helper of AWS: https://github.com/awslabs/amazon-ecr-credential-helper/blob/main/ecr-login/api/client.go */
const HOST = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9][a-z0-9-]*)\.(?:amazonaws\.(?:com|eu)(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;
/** What a host name says; null for a registry that is not ECR's. */
function parseEcrHost(host) {
    const [, account, region] = HOST.exec(host) ?? [];
    return account === undefined || region === undefined ? null : { host, account, region };
}
/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html, https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const SUFFIXES = [
    ['cn-', 'amazonaws.com.cn'],
    ['eusc-', 'amazonaws.eu'],
    ['us-isob-', 'sc2s.sgov.gov'],
    ['us-isof-', 'csp.hci.ic.gov'],
    ['us-iso-', 'c2s.ic.gov'],
    ['eu-isoe-', 'cloud.adc-e.uk'],
];
function ecrRegistryOf(account, region) {
    const suffix = SUFFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
    return { account, region, host: `${account}.dkr.ecr.${region}.${suffix}` };
}
/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (repositoryName) */
const REPOSITORY = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
/** What ECR refuses and other registries take. */
function ecrNameProblems(repository) {
    if (repository.length >= 2 && repository.length <= 256 && REPOSITORY.test(repository))
        return [];
    const message = `"${repository}" is no name for an ECR repository.`;
    const fix = 'Use 2 to 256 lower-case letters and digits, with single . _ or - between them, and / between parts.';
    return [{ where: 'repository', message, fix }];
}
/** Tags with this prefix mark images that are deployed; nothing else may use it. */
const DEPLOYED_TAG_PREFIX = 'deployed-';
/** The tag that keeps a deployed image; by its digest, so that setting it twice is the same as once. */
function deployedTag(digest) {
    return `${DEPLOYED_TAG_PREFIX}${digest.replace(/^sha256:/, '').slice(0, 16)}`;
}
function isDeployedTag(tag) {
    return tag.startsWith(DEPLOYED_TAG_PREFIX);
}
const CENTURY_DAYS = 36_500;
const UNTAGGED_DAYS = 14;
const CONTENT_DAYS = 180;
/**
 * The lifecycle policy of a repository that we make. An image that a rule matches is never expired by a rule of lower
 * priority, so that the first rule, which never comes true, shields what is deployed.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html (evaluation rules)
 */
function lifecyclePolicy() {
    const tagged = (prefix, days) => ({
        tagStatus: 'tagged',
        tagPrefixList: [prefix],
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: days,
    });
    const untagged = {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: UNTAGGED_DAYS,
    };
    const rule = (rulePriority, description, selection) => ({
        rulePriority,
        description,
        selection,
        action: { type: 'expire' },
    });
    return {
        rules: [
            rule(1, 'Deployed images stay', tagged(DEPLOYED_TAG_PREFIX, CENTURY_DAYS)),
            rule(2, 'Images that were never deployed', tagged('content-', CONTENT_DAYS)),
            rule(3, 'Images without a tag', untagged),
        ],
    };
}
/** `repository` in `registry`, as other parts of the project call it. */
function imageNameOf(registry, repository) {
    return { registry: registry.host, repository };
}


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
