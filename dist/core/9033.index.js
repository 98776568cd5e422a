export const id = 9033;
export const ids = [9033];
export const modules = {

/***/ 79033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   closeLeftOpen: () => (/* binding */ closeLeftOpen)
/* harmony export */ });
/* harmony import */ var _core_approval_answers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61328);
/** After the job: a request that nobody waits for any more must not look as if it could still be approved. */

async function closeLeftOpen(issue, host, log) {
    const { open } = await host.issue(issue);
    if (!open)
        return;
    await host.comment(issue, _core_approval_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .ends */ .rW.leftOpen());
    await host.close(issue, 'not_planned');
    log.info(`Closed the request #${issue}, which its run had left open.`);
}


/***/ })

};
