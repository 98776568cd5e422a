export const id = 8983;
export const ids = [8983];
export const modules = {

/***/ 48983:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createOctokit: () => (/* binding */ createOctokit),
/* harmony export */   tokenInput: () => (/* binding */ tokenInput)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93360);
/* harmony import */ var _actions_github__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92413);
/** The only file that knows @actions/github; loaded only by actions that talk to GitHub. */


/** A client that honours the runner's proxy settings. `apiUrl` is GITHUB_API_URL, also that of GitHub Enterprise. */
function createOctokit(token, apiUrl) {
    const octokit = (0,_actions_github__WEBPACK_IMPORTED_MODULE_1__/* .getOctokit */ .Q)(token, { baseUrl: apiUrl.replace(/\/+$/, '') });
    return {
        request: async (route, parameters) => {
            // What comes back depends on the route, which nobody knows here.
            const answer = await octokit.request(route, {
                ...parameters,
            });
            return answer;
        },
    };
}
/** The `token` input of the running step, which its post step has too; null where it is not given. */
function tokenInput() {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('token') || null;
}


/***/ })

};
