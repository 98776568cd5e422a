export const id = 1227;
export const ids = [1227];
export const modules = {

/***/ 81227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createAction: () => (/* binding */ createAction)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(877);




const CONFIG_FILE = 'ml-deploy.yml';
/** @param loadSpecs the specs of all actions: ml-deploy.yml is about their inputs, and no action imports another. */
function createAction(loadSpecs) {
    return (0,_runner_action_js__WEBPACK_IMPORTED_MODULE_3__/* .action */ .X)({
        spec: _spec_js__WEBPACK_IMPORTED_MODULE_2__/* .spec */ .I,
        run: async (inputs, ports, { settings }) => {
            const { run } = await __webpack_require__.e(/* import() */ 4278).then(__webpack_require__.bind(__webpack_require__, 14278));
            const { openStore } = await __webpack_require__.e(/* import() */ 6449).then(__webpack_require__.bind(__webpack_require__, 76449));
            const { log, clock, signal } = ports;
            const region = inputs.awsRegion ?? settings.awsRegion;
            const s3 = { region, endpoint: settings.s3Endpoint, kmsKeyId: null, tags: null, log, clock, signal };
            await run(inputs, {
                ...ports,
                readConfig: () => readConfig(inputs.configFile ?? CONFIG_FILE, ports.context, loadSpecs),
                openStore: (url) => openStore(url, { s3 }),
            });
        },
    });
}
/** That a file which was named is there, and right, was checked with the inputs. */
async function readConfig(name, { workspace }, loadSpecs) {
    const { parseConfig } = await Promise.all(/* import() */[__webpack_require__.e(8815), __webpack_require__.e(9307)]).then(__webpack_require__.bind(__webpack_require__, 49307));
    const source = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, name), 'utf8').catch((error) => {
        if (error.code === 'ENOENT')
            return null;
        throw error;
    });
    return source === null ? null : parseConfig(source, name, await loadSpecs());
}


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
