export const id = 848;
export const ids = [848];
export const modules = {

/***/ 50848:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/js/src/runner/action.js
var action = __webpack_require__(33210);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/js/src/runner/comment-event.js

/**
 * The numbers of the comment that started the run, out of the event's file; never its text. Null where the run was
 * started by anything else. https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment
 */
async function readCommentEvent({ eventName, }) {
    const path = process.env.GITHUB_EVENT_PATH;
    if (eventName !== 'issue_comment' || !path)
        return null;
    const event = JSON.parse(await (0,promises_.readFile)(path, 'utf8'));
    const issue = event.issue?.number;
    if (typeof issue !== 'number')
        return null;
    const comment = event.comment?.id;
    return {
        issue,
        isPullRequest: event.issue?.pull_request !== undefined,
        comment: typeof comment === 'number' ? comment : null,
    };
}

// EXTERNAL MODULE: ./build/js/src/actions/approve-gate/spec.js
var spec = __webpack_require__(14012);
;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/main.js



const ISSUE = 'issue';
const ENDED = 'ended';
/* harmony default export */ const main = ((0,action/* action */.X)({
    spec: spec/* spec */.I,
    run: async (inputs, ports, tools) => {
        const { run } = await Promise.all(/* import() */[__webpack_require__.e(1328), __webpack_require__.e(1318)]).then(__webpack_require__.bind(__webpack_require__, 51318));
        const token = inputs.token ?? tools.settings.githubToken;
        await run(inputs, {
            ...ports,
            connect: token === null ? null : () => connect(token, ports),
            pollMs: tools.settings.pollMs,
            event: () => readCommentEvent(ports.context),
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
        const { tokenInput } = await Promise.all(/* import() */[__webpack_require__.e(2413), __webpack_require__.e(8983)]).then(__webpack_require__.bind(__webpack_require__, 48983));
        const token = tokenInput() ?? tools.settings.githubToken;
        if (token === null)
            return;
        const { closeLeftOpen } = await Promise.all(/* import() */[__webpack_require__.e(1328), __webpack_require__.e(9033)]).then(__webpack_require__.bind(__webpack_require__, 79033));
        await closeLeftOpen(issue, await connect(token, ports), ports.log);
    },
}));
async function connect(token, ports) {
    const { createOctokit } = await Promise.all(/* import() */[__webpack_require__.e(2413), __webpack_require__.e(8983)]).then(__webpack_require__.bind(__webpack_require__, 48983));
    const { createGateHost } = await __webpack_require__.e(/* import() */ 9655).then(__webpack_require__.bind(__webpack_require__, 39655));
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
