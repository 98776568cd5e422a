export const id = 498;
export const ids = [498];
export const modules = {

/***/ 60498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   systemProcesses: () => (/* binding */ systemProcesses)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/** Which processes live, on this machine. */

const systemProcesses = {
    self: () => ({ pid: process.pid, start: linuxStat(process.pid)?.start ?? null }),
    alive,
    kill: (identity) => {
        if (alive(identity))
            signal(identity.pid, 'SIGKILL');
    },
};
function alive({ pid, start }) {
    if (!signal(pid, 0))
        return false;
    const stat = linuxStat(pid);
    if (stat === null)
        return true;
    if (start !== null && start !== stat.start)
        return false;
    // A zombie answers signals until its parent collects it; in a container nobody may ever do. While other threads of
    // it end, it still holds its files and ports.
    return !['Z', 'X'].includes(stat.state) || stat.threads > 1;
}
/** False where there is no such process. */
function signal(pid, name) {
    try {
        process.kill(pid, name);
        return true;
    }
    catch (error) {
        // EPERM: it lives, and belongs to somebody else.
        return error.code === 'EPERM';
    }
}
/** Fields 3, 20 and 22 of /proc/<pid>/stat, see proc_pid_stat(5); null elsewhere than on Linux. */
function linuxStat(pid) {
    try {
        const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/stat`, 'utf8');
        // The second field is the program's name in parentheses and may hold anything.
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return { state: fields[0] ?? '', threads: Number(fields[17]), start: fields[19] ?? '' };
    }
    catch {
        return null;
    }
}


/***/ })

};
