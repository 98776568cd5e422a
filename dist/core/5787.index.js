export const id = 5787;
export const ids = [5787];
export const modules = {

/***/ 5787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(87325);


/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_0__/* .spec */ .I,
    run: async (inputs, ports, tools) => {
        const { run } = await Promise.all(/* import() */[__webpack_require__.e(6118), __webpack_require__.e(1288), __webpack_require__.e(8450)]).then(__webpack_require__.bind(__webpack_require__, 18450));
        const { openStore } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
        const { log, clock, signal } = ports;
        const region = inputs.awsRegion ?? tools.settings.awsRegion;
        const { kmsKeyId, tags } = inputs;
        const s3 = { region, endpoint: tools.settings.s3Endpoint, kmsKeyId, tags, log, clock, signal };
        // Only a model with an ONNX file that the store does not know pays for a runtime.
        const openSession = async (model, options) => {
            const { createSessionOpener } = await Promise.all(/* import() */[__webpack_require__.e(9799), __webpack_require__.e(2185)]).then(__webpack_require__.bind(__webpack_require__, 2185));
            const { toolCache, bundleDir } = tools.settings;
            const open = createSessionOpener({
                moduleRoots: [bundleDir],
                toolCacheDir: toolCache ?? undefined,
                exec: tools.exec,
                log,
            });
            return open(model, options);
        };
        await run(inputs, {
            ...ports,
            openSession,
            openStore: (url) => openStore(url, { s3 }),
            remote: {
                list: async (url) => (await remote()).list(url),
                open: async (url, version) => (await remote()).open(url, version),
            },
            registry: {
                register: async (model) => {
                    const { createModelRegistry } = await __webpack_require__.e(/* import() */ 8162).then(__webpack_require__.bind(__webpack_require__, 78162));
                    return createModelRegistry({ region, clock, signal, pollMs: tools.settings.pollMs }).register(model);
                },
            },
        });
        async function remote() {
            const { createS3Remote } = await __webpack_require__.e(/* import() */ 6834).then(__webpack_require__.bind(__webpack_require__, 66834));
            return createS3Remote(s3);
        }
    },
}));


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
