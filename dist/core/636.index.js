export const id = 636;
export const ids = [636];
export const modules = {

/***/ 20636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   casesLike: () => (/* binding */ casesLike)
/* harmony export */ });
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28231);
/* harmony import */ var _random_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(74706);
/** More rows like those of a sample: every value within the range that its place has there, the same ones every time. */


const SEED = 20_260_102;
/** Labels and expectations are those of other rows, so they are dropped. */
function casesLike(sample, count) {
    const random = (0,_random_js__WEBPACK_IMPORTED_MODULE_0__/* .mulberry32 */ .s)(SEED);
    const make = generatorOf(sample.instances, random);
    return {
        ...sample,
        source: `${count} seeded rows within the ranges of ${sample.source}`,
        instances: Array.from({ length: count }, make),
        labels: null,
        expected: null,
    };
}
/** A generator for what stands at one place of all rows, as deep as they are. */
function generatorOf(values, random) {
    const [first] = values;
    if (Array.isArray(first)) {
        const rows = values;
        const parts = first.map((_, at) => generatorOf(rows.map((row) => row[at] ?? null), random));
        return () => parts.map((part) => part());
    }
    if ((0,_exact_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(first)) {
        const parts = Object.keys(first).map((name) => {
            const column = values.map((row) => ((0,_exact_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(row) ? (row[name] ?? null) : null));
            return [name, generatorOf(column, random)];
        });
        return () => Object.fromEntries(parts.map(([name, part]) => [name, part()]));
    }
    return numbersLike(values, random) ?? (() => values[Math.floor(random() * values.length)] ?? null);
}
/** null where not all are plain numbers; texts, truth values and long integers are drawn from those seen. */
function numbersLike(values, random) {
    if (!values.every((value) => typeof value === 'number'))
        return null;
    const low = values.reduce((least, value) => Math.min(least, value), Infinity);
    const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
    if (values.every(Number.isInteger))
        return () => low + Math.floor(random() * (high - low + 1));
    // Seven digits, as float32 holds them.
    return () => Number((low + random() * (high - low)).toPrecision(7));
}


/***/ })

};
