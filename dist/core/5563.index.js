export const id = 5563;
export const ids = [5563];
export const modules = {

/***/ 95563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createLauncher: () => (/* binding */ createLauncher)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);
/** Starts the server as a process of its own, which outlives the step. */



/**
 * @param script the server's entry: `<dist>/local-server/index.js`
 * @param extra arguments after the folder and the port
 * @param env its environment; RUNNER_TRACKING_ID in it lets the runner end the server with the job
 */
function createLauncher(script, extra, env) {
    return async ({ folder, port, logFile }) => {
        const log = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(logFile, 'a', 0o600);
        try {
            const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(process.execPath, [script, folder, '--port', String(port), ...extra], {
                detached: true,
                env,
                stdio: ['ignore', log.fd, log.fd],
            });
            await new Promise((resolve, reject) => {
                child.once('spawn', resolve);
                child.once('error', reject);
            }).catch((error) => {
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UpstreamError */ .gA('local endpoint', `The server could not be started: ${script}.`, {
                    cause: error,
                });
            });
            child.unref();
            return child.pid ?? 0;
        }
        finally {
            await log.close();
        }
    };
}


/***/ })

};
