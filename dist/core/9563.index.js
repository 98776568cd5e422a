export const id = 9563;
export const ids = [9563];
export const modules = {

/***/ 29563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33210);
/* harmony import */ var _spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11101);


/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_runner_action_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X)({
    spec: _spec_js__WEBPACK_IMPORTED_MODULE_0__/* .spec */ .I,
    run: async (inputs, ports, tools) => {
        const { run } = await __webpack_require__.e(/* import() */ 5435).then(__webpack_require__.bind(__webpack_require__, 25435));
        const { clock, signal, log } = ports;
        await run(inputs, {
            ...ports,
            bot: async (token, channel) => {
                const { createBot } = await Promise.all(/* import() */[__webpack_require__.e(5105), __webpack_require__.e(494)]).then(__webpack_require__.bind(__webpack_require__, 70494));
                return createBot({ token, channel, apiUrl: tools.settings.slackApiUrl, clock, signal, log });
            },
            webhook: async (url) => {
                const { createWebhook } = await __webpack_require__.e(/* import() */ 4298).then(__webpack_require__.bind(__webpack_require__, 24298));
                return createWebhook({ url, clock, signal, log });
            },
        });
    },
}));


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
