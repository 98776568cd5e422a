export const id = 5642;
export const ids = [5642];
export const modules = {

/***/ 55642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endOnAbort: () => (/* binding */ endOnAbort)
/* harmony export */ });
/* harmony import */ var node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53053);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);


/** The runner kills the action itself 10 seconds after it asked it to end. */
const KILL_AFTER_MS = 4000;
const claimed = new WeakSet();
/** Runs `start`, which starts exactly that program, and ends the program where the signal is aborted. */
async function endOnAbort(program, args, signal, start) {
    const wanted = JSON.stringify(args);
    let child = null;
    let killer;
    const end = () => {
        if (child === null || killer !== undefined)
            return;
        const ending = child;
        // docker before 23 does not pass a signal on to its plug-ins, such as buildx.
        const all = [ending.pid ?? 0, ...descendantsOf(ending.pid ?? 0)];
        for (const pid of all)
            send(pid, 'SIGINT');
        killer = setTimeout(() => {
            for (const pid of all)
                send(pid, 'SIGKILL');
        }, KILL_AFTER_MS);
    };
    const onChild = (message) => {
        const started = message.process;
        if (child !== null || claimed.has(started))
            return;
        // The channel speaks before the process is spawned: what it is comes with the event.
        started.once('spawn', () => {
            const isOurs = started.spawnfile === program && JSON.stringify(started.spawnargs.slice(1)) === wanted;
            if (child !== null || claimed.has(started) || !isOurs)
                return;
            claimed.add(started);
            child = started;
            if (signal.aborted)
                end();
        });
    };
    (0,node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_0__.subscribe)('child_process', onChild);
    signal.addEventListener('abort', end, { once: true });
    try {
        return await start();
    }
    finally {
        clearTimeout(killer);
        signal.removeEventListener('abort', end);
        (0,node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_0__.unsubscribe)('child_process', onChild);
    }
}
/** Where the system tells, which is Linux: proc_pid_task_tid_children(5). */
function descendantsOf(pid) {
    try {
        const children = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(`/proc/${pid}/task`).flatMap((thread) => (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
        return children.flatMap((child) => [child, ...descendantsOf(child)]);
    }
    catch {
        return [];
    }
}
function send(pid, signal) {
    try {
        if (pid > 0)
            process.kill(pid, signal);
    }
    catch {
        // It has ended by itself.
    }
}


/***/ })

};
