export const id = 3629;
export const ids = [3629];
export const modules = {

/***/ 83629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   freeBytes: () => (/* binding */ freeBytes)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);

/** Free space of the file system that a path lies on; null where the path is not on this machine. */
async function freeBytes(path) {
    try {
        const { bavail, bsize } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(path);
        return bavail * bsize;
    }
    catch {
        // The daemon is on another machine, or its folder is closed to this user.
        return null;
    }
}


/***/ })

};
