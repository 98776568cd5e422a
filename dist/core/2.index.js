export const id = 2;
export const ids = [2];
export const modules = {

/***/ 67002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(14012);


const ISSUE = 'issue';
const ENDED = 'ended';
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_0__/* .spec */ .I,
    run: async (inputs, ports, tools) => {
        const { run } = await __webpack_require__.e(/* import() */ 786).then(__webpack_require__.bind(__webpack_require__, 54786));
        const token = inputs.token ?? tools.settings.githubToken;
        await run(inputs, {
            ...ports,
            connect: token === null ? null : () => connect(token, ports),
            pollMs: tools.settings.pollMs,
            remember: {
                opened: (issue) => tools.state.save(ISSUE, String(issue)),
                ended: () => tools.state.save(ENDED, 'true'),
            },
        });
    },
    post: async (ports, tools) => {
        const issue = Number(tools.state.get(ISSUE));
        if (!(issue > 0) || tools.state.get(ENDED) === 'true')
            return;
        const { tokenInput } = await Promise.all(/* import() */[__webpack_require__.e(413), __webpack_require__.e(983)]).then(__webpack_require__.bind(__webpack_require__, 48983));
        const token = tokenInput() ?? tools.settings.githubToken;
        if (token === null)
            return;
        const { closeLeftOpen } = await __webpack_require__.e(/* import() */ 33).then(__webpack_require__.bind(__webpack_require__, 79033));
        await closeLeftOpen(issue, await connect(token, ports), ports.log);
    },
}));
async function connect(token, ports) {
    const { createOctokit } = await Promise.all(/* import() */[__webpack_require__.e(413), __webpack_require__.e(983)]).then(__webpack_require__.bind(__webpack_require__, 48983));
    const { createGateHost } = await __webpack_require__.e(/* import() */ 420).then(__webpack_require__.bind(__webpack_require__, 6420));
    const { repository, apiUrl } = ports.context;
    return createGateHost(createOctokit(token, apiUrl), {
        repository,
        signal: ports.signal,
        now: () => ports.clock.now(),
    });
}


/***/ }),

/***/ 14012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ spec)
/* harmony export */ });
/* harmony import */ var _core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15633);
/* harmony import */ var _core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44546);


const spec = (0,_core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'approve-gate',
    title: 'ml-deploy: approve gate',
    description: 'Lets a deployment go on only after the right people approved exactly this plan.',
    branding: { icon: 'user-check', color: 'purple' },
    post: true,
    inputs: {
        mode: (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)(['wait', 'request', 'resume', 'environment'], {
            description: '`wait` opens an issue and waits for comments on it.',
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
        'timeout-minutes': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({ description: 'How long to wait.', default: '60', min: 0.01, max: 43_200 }),
        'poll-seconds': (0,_core_spec_input_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)({
            description: 'Seconds between two looks at the issue.',
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
        ..._core_spec_action_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .commonInputs */ .j$,
    },
    outputs: {
        status: 'approved, denied, timed-out, cancelled, pending or superseded.',
        'approved-by': 'Who approved, separated by commas.',
        'approved-plan': 'Path of the approved plan, for deploy-endpoint; empty where it was not approved.',
        'issue-number': 'Number of the issue.',
        'issue-url': 'URL of the issue.',
        'deployment-id': 'Id of the GitHub Deployment (mode request); empty in the other modes.',
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
