export const id = 1522;
export const ids = [1522];
export const modules = {

/***/ 11522:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   junitOf: () => (/* binding */ junitOf)
/* harmony export */ });
/* harmony import */ var xmlbuilder2__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(54697);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41995);
/** The report as JUnit XML, which every CI system shows. https://github.com/testmoapp/junitxml */


function junitOf(report) {
    const { checks } = report;
    const failures = checks.filter(({ passed }) => !passed).length;
    const name = `smoke-test ${(0,_report_js__WEBPACK_IMPORTED_MODULE_1__/* .subjectName */ .wn)(report.subject)}`;
    const counts = { tests: String(checks.length), failures: String(failures), errors: '0', skipped: '0' };
    const suite = (0,xmlbuilder2__WEBPACK_IMPORTED_MODULE_0__/* .create */ .vt)({ version: '1.0', encoding: 'UTF-8' })
        .ele('testsuites', { name: 'ml-deploy', ...counts })
        .ele('testsuite', { name: valid(name), ...counts, timestamp: report.createdAt });
    for (const { name: check, passed, message, value, limit } of checks) {
        const testcase = suite.ele('testcase', { classname: valid(name), name: valid(check) });
        if (!passed)
            testcase.ele('failure', { message: valid(message), type: 'check' }).txt(valid(detail(report, check)));
        if (value !== null)
            testcase.ele('system-out').txt(`value: ${value}, limit: ${limit ?? 'none'}`);
    }
    return `${suite.end({ prettyPrint: true })}\n`;
}
/** The worst rows beside the check that they belong to. */
function detail({ kind, worstRows, verdict }, check) {
    if (check !== kind || worstRows.length === 0)
        return verdict;
    const lines = worstRows.flatMap(({ row, differences }) => differences.map(({ field, index, expected, actual }) => `row ${row}, ${field}${index === null ? '' : `[${index}]`}: expected ${expected}, got ${actual}`));
    return lines.join('\n');
}
/** XML 1.0 has no control characters but tab and line breaks, escaped or not. https://www.w3.org/TR/xml/#charsets */
function valid(text) {
    // eslint-disable-next-line no-control-regex
    return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}


/***/ })

};
