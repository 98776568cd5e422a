export const id = 783;
export const ids = [783];
export const modules = {

/***/ 56783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(26809);


const POLL_MS = 2000;
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_0__/* .spec */ .I,
    run: async (inputs, ports, { exec, which, settings }) => {
        const [{ run }, { engineFinder }, { createRegistry }, { credentialFinder }] = await Promise.all([
            __webpack_require__.e(/* import() */ 307).then(__webpack_require__.bind(__webpack_require__, 13307)),
            __webpack_require__.e(/* import() */ 581).then(__webpack_require__.bind(__webpack_require__, 24581)),
            Promise.all(/* import() */[__webpack_require__.e(157), __webpack_require__.e(276)]).then(__webpack_require__.bind(__webpack_require__, 25276)),
            __webpack_require__.e(/* import() */ 336).then(__webpack_require__.bind(__webpack_require__, 10336)),
        ]);
        const { log, signal } = ports;
        await run(inputs, {
            ...ports,
            pollMs: settings.pollMs ?? POLL_MS,
            findEngine: engineFinder({ exec, which, log, signal }),
            registry: createRegistry({
                signal,
                credentials: credentialFinder({ files: settings.registryAuthFiles, exec, which }),
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
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44546);


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
