export const id = 970;
export const ids = [970];
export const modules = {

/***/ 72970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/json.js
/**
 * JSON as endpoints really write it. Two things go beyond JSON.parse: whole numbers above 2^53 stay exact (as bigint),
 * and the bare words NaN, Infinity and -Infinity, which Python's json module writes, are read as texts of that name.
 */
/** Sixteen digits may be above 2^53, unless they stand behind a decimal point. */
const LONG_INTEGER = /(?<![.\d])\d{16,}(?![.\deE])/;
const TEXT_OR_WORD = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;
/** @throws SyntaxError with the parser's own words. */
function parseJson(text) {
    const parse = LONG_INTEGER.test(text) ? parseExact : parsePlain;
    try {
        return parse(text);
    }
    catch (error) {
        if (!/\b(NaN|Infinity)\b/.test(text))
            throw error;
        return parse(text.replace(TEXT_OR_WORD, (found) => (found.startsWith('"') ? found : `"${found}"`)));
    }
}
function parsePlain(text) {
    return JSON.parse(text);
}
function parseExact(text) {
    // The third argument is newer than TypeScript's own types. https://tc39.es/proposal-json-parse-with-source/
    const reviver = (_key, value, context) => {
        const unsafe = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
        return unsafe && /^-?\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? 0) : value;
    };
    return JSON.parse(text, reviver);
}
/** Newer than TypeScript's own types. https://tc39.es/proposal-json-parse-with-source/#sec-json.rawjson */
const { rawJSON } = JSON;
/** JSON for a request: a bigint is written with all its digits. */
function writeJson(value) {
    return JSON.stringify(value, (_key, item) => typeof item === 'bigint' ? rawJSON(String(item)) : item);
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A short form of any value, for messages. */
function show(value, length = 60) {
    const text = typeof value === 'bigint' ? String(value) : showJson(value);
    return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
function showJson(value) {
    // NaN and the infinities have no JSON form of their own, and undefined has none at all.
    if (typeof value === 'number' || value === undefined)
        return String(value);
    return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item));
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/explain.js
/** The worst rows, with what was sent: what a person needs to see the error with their own eyes. */

const SHOWN_INPUTS = 40;
/** A value for people: a fraction with seven digits, as float32 has them; anything else as it is. */
function shortValue(text) {
    return /^-?\d+\.\d{7,}(e-?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(7))) : text;
}
function explainRows(worst, cases) {
    return worst.map(({ row, differences }) => {
        const input = inputsOf(cases.instances[row - 1] ?? null, cases.featureNames);
        return {
            row,
            differences: differences.map(explainDifference),
            input: input.slice(0, SHOWN_INPUTS),
            inputLeftOut: Math.max(0, input.length - SHOWN_INPUTS),
        };
    });
}
function explainDifference({ field, index, expected, actual, difference, }) {
    return { field, index, expected: shown(expected), actual: shown(actual), difference };
}
function inputsOf(row, names) {
    if (isRecord(row))
        return Object.entries(row).map(([name, value]) => ({ name, value: shown(value) }));
    const values = Array.isArray(row) ? row : [row];
    return values.map((value, index) => ({ name: names?.[index] ?? `[${index}]`, value: shown(value) }));
}
function shown(value) {
    if (value === null)
        return 'null';
    if (typeof value === 'string')
        return value;
    if (typeof value !== 'object')
        return String(value);
    return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item));
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/release-store.js
/** What a smoke test reads from, and adds to, the artifact store of the release under test. */





/** The store that holds a version's reference; null where the URL is not that of a store. */
function storeUrlOf({ referenceUrl, referenceDigest }) {
    if (referenceUrl === null || referenceDigest === null)
        return null;
    const key = stores/* storeKeys */.G.reference(referenceDigest);
    return referenceUrl.endsWith(`/${key}`) ? referenceUrl.slice(0, -key.length) : null;
}
/** @throws UserError where the store no longer has the reference, or has other bytes than the release names. */
async function readReference(store, digest) {
    const key = stores/* storeKeys */.G.reference(digest);
    if (!(await store.exists(key))) {
        throw new errors/* UserError */.yo(`The release names the reference ${digest}, but ${store.urlOf(key)} is not there. ` +
            'Package the model again, or give the reference with model-path.');
    }
    const bytes = await (0,consumers_.buffer)(await store.open(key));
    const found = (0,canonical_json/* sha256 */.sc)(bytes);
    if (found === digest)
        return bytes;
    throw new errors/* UserError */.yo(`The reference at ${store.urlOf(key)} has the digest ${found}; the release names ${digest}. ` +
        'It was changed after packaging: package the model again.');
}
/** Digests of the ONNX files in an archive, from its manifest; null where the store has none. */
async function servedModels(store, modelDigest) {
    const key = stores/* storeKeys */.G.manifest(modelDigest);
    if (!(await store.exists(key)))
        return null;
    return onnxDigests(parseJson(await (0,consumers_.text)(await store.open(key))));
}
/** Every `sha256` that stands beside the `path` of an ONNX file. */
function onnxDigests(value) {
    if (Array.isArray(value))
        return value.flatMap((item) => onnxDigests(item));
    if (!isRecord(value))
        return [];
    const { path, sha256: digest } = value;
    const own = typeof path === 'string' && path.endsWith('.onnx') && typeof digest === 'string' ? [digest] : [];
    return [...own, ...Object.values(value).flatMap(onnxDigests)];
}
/**
 * Whether the served model is provably the reference itself: the archive holds no other ONNX model, and no image
 * stands between.
 */
function servesReference(version, models, reference) {
    if (version.imageDigest !== null || models === null || models.length === 0)
        return false;
    return models.every((digest) => digest === reference);
}
/**
 * Continues a release record with the evidence of this test.
 * @returns the new record's digest; null where the store does not have the record.
 */
async function recordEvidence(store, release, evidence, createdAt) {
    const key = stores/* storeKeys */.G.release(release);
    if (!(await store.exists(key)))
        return null;
    const record = JSON.parse(await (0,consumers_.text)(await store.open(key)));
    return store.record({ ...record, smoke: evidence, parent: release, createdAt });
}

// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
// EXTERNAL MODULE: ./build/js/src/core/smoke/report.js
var smoke_report = __webpack_require__(41995);
// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/wait.js
/** Waits until an endpoint answers at all. */

/** Gateways say these for what stands behind them and is not up yet. */
const NOT_YET = new Set([502, 503, 504]);
/** The first answer of any kind; where the time is over before, the last reply. */
async function waitForAnswer(send, body, options, { clock, signal, log }) {
    const { state, timedOut } = await (0,poll/* poll */.w)({
        ...options,
        check: () => send(body),
        done: answers,
        key: (reply) => (answers(reply) ? 'answers' : describe(reply)),
        onChange: (reply) => {
            if (!answers(reply))
                log.info(`Waiting for the endpoint, which ${describe(reply)}.`);
        },
        clock,
        signal,
    });
    return { ready: !timedOut, reply: state };
}
function answers({ answer }) {
    return answer !== null && !NOT_YET.has(answer.status);
}
/** Continues a sentence. */
function describe(reply) {
    return reply.answer ? `answers HTTP ${reply.answer.status}` : reply.failure.replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/verdict.js
/** The verdict: one list of checks, and nothing else decides whether the test passed. */

/** The checks where the endpoint never answered. */
function deadEndpoint(reply, seconds) {
    const waited = seconds === 0 ? '' : `for ${seconds} s `;
    const message = `The endpoint does not answer: ${waited}it ${describe(reply)}.`;
    return [check('answers', false, message, { rollsBack: true })];
}
/**
 * @param trusted whether the reference is the one that the release names; a difference from another one may be the
 *   reference's fault, and is no reason to roll back.
 */
function judge(kind, limits, findings, probes, trusted) {
    const parity = findings.parity ? [parityCheck(kind, findings.parity, findings)] : [];
    return [
        errorRateCheck(findings, limits.maxErrorRate),
        ...(trusted ? parity : parity.map((one) => ({ ...one, rollsBack: false }))),
        ...accuracyChecks(findings, limits.minAccuracy),
        ...latencyChecks(findings.latency, limits),
        ...probes.map((probe) => check(`probe: ${probe.name}`, probe.passed, `A ${probe.name} ${probe.message}.`, {
            rollsBack: probe.serious,
        })),
    ];
}
function errorRateCheck({ latency, refused }, limit) {
    const { requests, failed, errorRate, failures } = latency;
    const passed = errorRate !== null && errorRate <= limit;
    const [first] = failures;
    const cause = first ? ` Most often (${first.count} times) the endpoint ${ended(first.reason)}` : '';
    const ours = refused
        ? ' Every request was refused with a 4xx, so the cases may not be what this endpoint takes.'
        : '';
    const message = `${failed} of ${requests} requests failed.${cause}${ours}`;
    return check('error rate', passed, message, { value: errorRate, limit, rollsBack: !refused });
}
function parityCheck(kind, parity, { rows, latency }) {
    const { compared, mismatches, problems } = parity;
    const passed = compared > 0 && mismatches === 0 && problems.length === 0;
    const message = passed ? agreement(parity, rows) : disagreement(parity);
    return check(kind, passed, message, { value: mismatches, limit: 0, rollsBack: latency.n > 0 });
}
function agreement({ compared, rows, maxAbsDiff }, all) {
    const seen = rows === all ? `all ${all} rows` : `${rows} of ${all} rows`;
    const far = maxAbsDiff === null ? '' : `, the largest difference is ${round(maxAbsDiff)}`;
    return `${compared} values of ${seen} agree with the reference${far}.`;
}
function disagreement({ compared, mismatches, problems, rows, rowsWrong, maxAbsDiff }) {
    if (problems.length > 0)
        return problems.join(' ');
    if (compared === 0)
        return 'Nothing was compared, so nothing is proven: no answer could be read.';
    const far = maxAbsDiff === null ? '' : `; the largest difference is ${round(maxAbsDiff)}`;
    return `${mismatches} of ${compared} values, in ${rowsWrong} of ${rows} rows, differ from the reference${far}.`;
}
function accuracyChecks({ accuracy: found }, limit) {
    if (!found && limit === null)
        return [];
    const { accuracy = null, n = 0, correct = 0, reference = null } = found ?? {};
    const passed = limit === null || (accuracy !== null && accuracy >= limit);
    const floor = limit === null ? '' : passed ? `, at or above the floor of ${limit}` : `, below the floor of ${limit}`;
    const beside = reference === null ? '' : ` The reference gets ${percent(reference)}.`;
    const message = accuracy === null
        ? 'No labelled row was answered, so there is no accuracy.'
        : `The endpoint gets ${correct} of ${n} labels right (${percent(accuracy)})${floor}.${beside}`;
    return [check('accuracy', passed, message, { value: accuracy, limit, rollsBack: accuracy !== null })];
}
function latencyChecks(latency, limits) {
    const one = (name, value, limit) => {
        if (limit === null)
            return [];
        const passed = value !== null && value <= limit;
        const message = value === null
            ? `There is no ${name} latency, since no request was answered.`
            : `The ${name} latency is ${round(value)} ms over ${latency.n} requests; ${limit} ms are allowed.`;
        return [check(`${name} latency`, passed, message, { value, limit })];
    };
    return [
        ...one('p50', latency.p50, limits.maxP50),
        ...one('p95', latency.p95, limits.maxP95),
        ...one('p99', latency.p99, limits.maxP99),
    ];
}
function check(name, passed, message, { value = null, limit = null, rollsBack = false }) {
    return { name, passed, message, value, limit, rollsBack };
}
function ended(reason) {
    return /[.!?…]$/.test(reason) ? reason : `${reason}.`;
}
function percent(share) {
    return `${round(share * 100)} %`;
}
/** Three significant digits, as people read them. */
function round(value) {
    if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6))
        return value.toExponential(2);
    return String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 4)));
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/report-markdown.js
/** The report for the job summary: the verdict first. */




function markdownOf(report) {
    const { passed, verdict, checks, rollback, causes } = report;
    const blocks = [
        `### ${passed ? '✅' : '❌'} Smoke test of ${(0,markdown/* escapeMarkdown */.FV)((0,smoke_report/* subjectName */.wn)(report.subject))}: ${passed ? 'passed' : 'failed'}`,
        (0,markdown/* escapeMarkdown */.FV)(verdict),
        ...causes.map(({ message }) => `**Likely cause:** ${(0,markdown/* escapeMarkdown */.FV)(message)}`),
        ...(rollback ? [`**Rollback:** ${(0,markdown/* escapeMarkdown */.FV)(rollback.message)}`] : []),
        (0,markdown/* table */.tp)(['', 'Check', 'What was found'], checks.map((check) => [
            check.passed ? '✅' : '❌',
            (0,markdown/* escapeMarkdown */.FV)(check.name),
            (0,markdown/* escapeMarkdown */.FV)(check.message),
        ])),
        ...latency(report),
        ...worstRows(report),
        (0,markdown/* details */.zH)('What was tested', facts(report)),
    ];
    return blocks.join('\n\n');
}
function latency({ latency: found, requests }) {
    if (!found || found.n === 0)
        return [];
    const cells = [found.p50, found.p95, found.p99, found.max].map((value) => value === null ? '' : round(value));
    const header = [
        'p50 (ms)',
        'p95 (ms)',
        'p99 (ms)',
        'max (ms)',
        'requests',
        'rows each',
        'at once',
        'warm-up',
    ];
    const counts = [found.n, requests.rowsEach, requests.concurrency, requests.warmup].map(String);
    return [(0,markdown/* table */.tp)(header, [[...cells, ...counts]])];
}
function worstRows({ worstRows: rows }) {
    if (rows.length === 0)
        return [];
    const lines = rows.flatMap(({ row, differences }) => differences.map(({ field, index, expected, actual, difference }) => [
        String(row),
        (0,markdown/* code */.aY)(index === null ? field : `${field}[${index}]`),
        (0,markdown/* code */.aY)(shortValue(expected)),
        (0,markdown/* code */.aY)(shortValue(actual)),
        difference === null ? '' : round(difference),
    ]));
    const header = ['Row', 'Value', 'Expected', 'Actual', 'Difference'];
    return [(0,markdown/* details */.zH)(`The ${rows.length} worst rows`, (0,markdown/* table */.tp)(header, lines))];
}
function facts({ subject, reference, tolerance, cases, mapping, kind }) {
    const lines = [
        ['Proof', kind],
        ['URL', subject.url],
        ['Version', subject.version],
        ['Model digest', subject.modelDigest],
        ['Release record', subject.release],
        ['Reference', reference && `${reference.label}${reference.runtime ? ` (${reference.runtime})` : ''}`],
        ['Reference digest', reference?.digest ?? null],
        ['Tolerance', `rtol ${tolerance.rtol}, atol ${tolerance.atol}`],
        ['Cases', `${cases.rows} rows of ${cases.source}${cases.labelled ? ', with labels' : ''}`],
        ['Compared', mapping.map(({ field, output }) => `${field} with ${output}`).join(', ') || null],
    ];
    const known = lines.flatMap(([name, value]) => (value === null ? [] : [[name, (0,markdown/* code */.aY)(value)]]));
    return (0,markdown/* table */.tp)(['', ''], known);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/rollback.js
/** Brings the old version back where a live endpoint failed its test, and says honestly what came of it. */

/**
 * Rolls back only what was tested: where another version went live in the meantime it is left alone.
 * A refusal of the platform is an outcome, not an error. @throws CancelledError
 */
async function rollBack(target, endpoint, tested, log) {
    try {
        const before = await target.describe(endpoint);
        const from = before.live?.version ?? null;
        const refusal = reasonNotTo(before, tested);
        if (refusal)
            return { rolledBack: false, message: refusal, from, to: null };
        log.info(`Rolling ${endpoint} back from ${rollback_short(from)} to ${rollback_short(before.previous?.version ?? null)}.`);
        const result = await target.rollback(endpoint, null);
        return readBack(await target.describe(endpoint), before, result.message);
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        const message = `The rollback of ${endpoint} failed: ${(0,errors/* messageOf */.bD)(error)} Roll it back by hand.`;
        return { rolledBack: false, message, from: tested, to: null };
    }
}
function reasonNotTo({ endpoint, live, previous }, tested) {
    if (tested !== null && live !== null && live.version !== tested) {
        return (`${endpoint} was not rolled back: while it was tested, its live version changed ` +
            `from ${rollback_short(tested)} to ${rollback_short(live.version)}.`);
    }
    if (previous === null)
        return `There is nothing to roll back to: this is the first release of ${endpoint}.`;
    return null;
}
function readBack(after, before, said) {
    const from = before.live?.version ?? null;
    const to = after.live?.version ?? null;
    const wanted = before.previous?.version ?? null;
    if (after.status === 'serving' && to !== null && to === wanted) {
        return {
            rolledBack: true,
            message: `${after.endpoint} was rolled back to ${rollback_short(to)}, which serves again.`,
            from,
            to,
        };
    }
    const now = after.status === 'serving' ? `${rollback_short(to)} serves` : `it is ${after.status} (${after.detail})`;
    const message = `The rollback of ${after.endpoint} to ${rollback_short(wanted)} did not take hold: ${now}. ${said}`;
    return { rolledBack: false, message: message.trim(), from, to };
}
function rollback_short(version) {
    return version === null ? 'nothing' : version.slice(0, 12);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/batches.js
/** Requests made of rows, each below the platform's limit on a body. */

/**
 * SageMaker takes 6,291,456 bytes a request; a margin is left for headers and envelopes.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
const BODY_LIMIT = 6_000_000;
/** As few rows as still give a latency figure of some worth, and as many as keep memory flat. */
const WANTED_REQUESTS = 20;
const MOST_ROWS = 512;
/** Rows a request, where `requests` are wanted for `rows` rows (null: no wish). */
function rowsPerRequest(rows, requests) {
    const wanted = Math.ceil(rows / (requests ?? WANTED_REQUESTS));
    return Math.max(1, Math.min(wanted, MOST_ROWS));
}
/** Cuts the rows into requests, in order. */
function* batchesOf(instances, limits) {
    let start = 0;
    let bytes = ENVELOPE;
    for (let index = 0; index < instances.length; index++) {
        const size = Buffer.byteLength(writeJson(instances[index] ?? null)) + 1;
        if (index > start && (index - start >= limits.rows || bytes + size > limits.bytes)) {
            yield { start, rows: instances.slice(start, index) };
            start = index;
            bytes = ENVELOPE;
        }
        bytes += size;
    }
    if (start < instances.length)
        yield { start, rows: instances.slice(start) };
}
const ENVELOPE = batches_bodyOf([]).length;
/** The JSON body of a request. */
function batches_bodyOf(rows) {
    return writeJson({ instances: rows });
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/tolerance.js
/** |actual - expected| <= atol + rtol * |expected|, NumPy's rule. https://numpy.org/doc/stable/reference/generated/numpy.isclose.html */
function allowed(expected, { rtol, atol }) {
    return atol + rtol * Math.abs(expected);
}
const EQUAL = { equal: true, difference: 0 };
const UNEQUAL = { equal: false, difference: null };
/**
 * NaN equals NaN only, an infinity the same infinity only. JSON has neither: null stands for a number that is not
 * finite, and the texts NaN, Infinity and -Infinity for themselves.
 */
function compareValues(actual, expected, tolerance) {
    if (typeof expected === 'string' && !isNumberWord(expected))
        return actual === expected ? EQUAL : UNEQUAL;
    if (typeof actual === 'bigint' || typeof expected === 'bigint') {
        const exact = compareIntegers(actual, expected, tolerance);
        if (exact)
            return exact;
    }
    const want = numberOf(expected);
    if (want === null)
        return actual === expected ? EQUAL : UNEQUAL;
    if (!Number.isFinite(want) && actual === null)
        return EQUAL;
    const got = numberOf(actual);
    if (got === null)
        return UNEQUAL;
    if (!Number.isFinite(want) || !Number.isFinite(got))
        return Object.is(got, want) ? EQUAL : UNEQUAL;
    const difference = Math.abs(got - want);
    return { equal: difference <= allowed(want, tolerance), difference };
}
/** Two whole numbers, exactly; null where one of them is none. */
function compareIntegers(actual, expected, tolerance) {
    const got = integerOf(actual);
    const want = integerOf(expected);
    if (got === null || want === null)
        return null;
    const difference = Number(got > want ? got - want : want - got);
    return { equal: difference <= allowed(Number(want), exactOnly(tolerance)), difference };
}
/** Whole numbers of 64 bits are ids and counts: a share of 1e-4 of them would hide any error. */
function exactOnly({ atol }) {
    return { rtol: 0, atol };
}
function integerOf(value) {
    if (typeof value === 'bigint')
        return value;
    if (typeof value === 'string')
        return tolerance_LONG_INTEGER.test(value) ? BigInt(value) : null;
    return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null;
}
/** Whole numbers beyond 2^53 are often written as texts, so that no reader rounds them. */
const tolerance_LONG_INTEGER = /^-?\d{16,20}$/;
function isNumberWord(text) {
    return /^(NaN|-?Infinity)$/.test(text);
}
/** A number, a truth value as 0 or 1, or a word for a number that is not finite; null for anything else. */
function numberOf(value) {
    if (typeof value === 'number')
        return value;
    if (typeof value === 'bigint' || typeof value === 'boolean')
        return Number(value);
    return typeof value === 'string' && isNumberWord(value) ? Number(value) : null;
}
/**
 * Labels are equal where they are the same text, the same whole number (1 is 1.0), or where one is the index of the
 * other among the names.
 */
function sameLabel(a, b, names) {
    if (a === null || a === undefined || b === null || b === undefined)
        return false;
    if (typeof a === 'string' && typeof b === 'string')
        return a === b;
    const exactA = integerOf(typeof a === 'boolean' ? Number(a) : a);
    const exactB = integerOf(typeof b === 'boolean' ? Number(b) : b);
    if (exactA !== null && exactB !== null)
        return exactA === exactB;
    if (typeof a === 'string')
        return names !== null && names[Number(b)] === a;
    if (typeof b === 'string')
        return names !== null && names[Number(a)] === b;
    return Number(a) === Number(b);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/causes.js

/** The likeliest cause first; none where no pattern fits. */
async function guessCauses(options) {
    const field = tellingField(options.sample);
    if (!field || field.actual.length < 2)
        return [];
    const simple = constantAnswer(field) ?? classOrder(field, options.tolerance) ?? reducedPrecision(field);
    if (simple)
        return [simple];
    const found = (await otherVersion(field, options)) ?? (await featureOrder(field, options)) ?? saturated(field);
    return found ? [found] : [];
}
/** Probabilities tell most; then any other field of numbers; then labels. */
function tellingField({ fields }) {
    const all = [...fields.values()];
    return (all.find(({ role }) => role === 'probabilities') ?? all.find(({ role }) => role === 'value') ?? all[0]);
}
function constantAnswer({ field, actual, expected }) {
    if (!isConstant(actual) || isConstant(expected))
        return null;
    const message = `Every row gets the same ${field}, whatever is sent: the endpoint seems to ignore its input.`;
    return { kind: 'constant answer', message };
}
function isConstant(rows) {
    const first = String(rows[0]);
    return rows.every((row) => String(row) === first);
}
function classOrder({ field, role, actual, expected }, tolerance) {
    const width = expected[0]?.length ?? 0;
    if (role !== 'probabilities' || width < 2)
        return null;
    const order = Array.from({ length: width }, (_, column) => Array.from({ length: width }, (_, other) => other).find((other) => actual.every((row, at) => causes_close(row[column], expected[at]?.[other], tolerance))));
    if (order.some((column) => column === undefined) || order.every((column, at) => column === at))
        return null;
    if (new Set(order).size !== width)
        return null;
    const message = `The columns of ${field} are those of the reference in another order (${order.join(', ')}): the classes are swapped.`;
    return { kind: 'class order', message };
}
/** Rounding to float16 moves a normal number by 2^-11 of itself at most. https://en.wikipedia.org/wiki/Half-precision_floating-point_format */
const HALF_PRECISION = { rtol: 2 ** -11 * 1.01, atol: 2 ** -24 };
function reducedPrecision({ field, role, actual, expected }) {
    if (role === 'label' || !allClose(actual, expected, HALF_PRECISION))
        return null;
    const message = `All values of ${field} are within half a unit of 16-bit floating point: the endpoint computes or answers with reduced precision.`;
    return { kind: 'reduced precision', message };
}
async function otherVersion(field, { sample, others, tolerance }) {
    for (const { version, called, predict } of others) {
        const outputs = (await predict(sample.instances))?.get(field.output);
        if (!outputs || !allClose(field.actual, outputs, tolerance))
            continue;
        const message = `The answers are exactly those of ${called} (${version.slice(0, 12)}): a stale model is being served.`;
        return { kind: 'other version', message };
    }
    return null;
}
/** Rows enough to tell one order from another. */
const TRIED_ROWS = 24;
/** Widest row whose every pair of columns is tried. */
const WIDEST = 64;
async function featureOrder(field, { sample, tolerance, featureNames, predict }) {
    const rows = sample.instances.slice(0, TRIED_ROWS);
    const first = rows[0];
    if (!predict || !Array.isArray(first) || first.length < 2 || rows.some((row) => !Array.isArray(row)))
        return null;
    const name = (column) => featureNames?.[column] ?? `column ${column + 1}`;
    let nearest = null;
    for (const { order, told } of orders(first.length, featureNames, name)) {
        const reordered = rows.map((row) => order.map((column) => row[column] ?? null));
        const outputs = (await predict(reordered))?.get(field.output);
        if (!outputs)
            continue;
        const { total } = distance(field.actual.slice(0, rows.length), outputs);
        if (nearest === null || total < nearest.total)
            nearest = { told, outputs, total };
    }
    if (!nearest || !closer(field, nearest.outputs, tolerance))
        return null;
    const message = `The answers are those for rows with ${nearest.told}: the features are in another order.`;
    return { kind: 'feature order', message };
}
function* orders(width, names, name) {
    const identity = Array.from({ length: width }, (_, column) => column);
    if (names) {
        const sorted = [...identity].sort((a, b) => (name(a) < name(b) ? -1 : 1));
        if (sorted.some((column, at) => column !== at))
            yield { order: sorted, told: 'their columns sorted by name' };
        const unsorted = identity.map((column) => sorted.indexOf(column));
        yield { order: unsorted, told: 'their columns put back from an order by name' };
    }
    yield { order: [...identity].reverse(), told: 'their columns reversed' };
    if (width > WIDEST)
        return;
    for (let a = 0; a < width; a++) {
        for (let b = a + 1; b < width; b++) {
            const order = identity.map((column) => (column === a ? b : column === b ? a : column));
            yield { order, told: `"${name(a)}" and "${name(b)}" swapped` };
        }
    }
}
/**
 * Equal; or, since a model that was trained on swapped columns agrees only as far as its training does, twenty times
 * nearer in sum than what was expected, and nowhere far off.
 */
function closer({ actual, expected }, outputs, tolerance) {
    const tried = actual.slice(0, outputs.length);
    if (allClose(tried, outputs, tolerance))
        return true;
    const now = distance(tried, outputs);
    return now.worst < 0.02 && now.total * 20 < distance(tried, expected.slice(0, outputs.length)).total;
}
function saturated({ field, role, actual, expected }) {
    if (role !== 'probabilities')
        return null;
    const share = (rows) => {
        const values = rows.flat().map((value) => numberOf(value) ?? 0.5);
        return values.filter((value) => value < 1e-6 || value > 1 - 1e-6).length / values.length;
    };
    if (share(actual) < 0.9 || share(expected) > 0.5)
        return null;
    const message = `Almost all ${field} are 0 or 1, where the reference hesitates: the input may not be scaled as the model expects.`;
    return { kind: 'saturated answers', message };
}
function allClose(a, b, tolerance) {
    return a.every((row, at) => row.length > 0 && row.every((value, column) => causes_close(value, b[at]?.[column], tolerance)));
}
function causes_close(actual, expected, tolerance) {
    const got = numberOf(actual);
    const want = numberOf(expected);
    if (got === null || want === null)
        return actual !== undefined && String(actual) === String(expected);
    return Math.abs(got - want) <= allowed(want, tolerance);
}
function distance(a, b) {
    const differences = a.flatMap((row, at) => row.map((value, column) => Math.abs((numberOf(value) ?? 0) - (numberOf(b[at]?.[column]) ?? Number.NaN))));
    return {
        total: differences.reduce((sum, difference) => sum + difference, 0),
        worst: differences.reduce((most, difference) => Math.max(most, difference), 0),
    };
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/decode.js

const QUOTED = 160;
function decodeAnswer(answer) {
    const text = new TextDecoder().decode(answer.body);
    if (answer.status < 200 || answer.status > 299) {
        return failed(`answered HTTP ${answer.status}${text.trim() === '' ? '' : `: ${excerpt(text)}`}`);
    }
    if (looksLikeHtml(answer.contentType, text)) {
        return failed(`answered an HTML page instead of JSON: ${excerpt(text)}`);
    }
    return decodeJson(text, answer.contentType);
}
function decodeJson(text, contentType) {
    let value;
    try {
        value = parseJson(text);
    }
    catch {
        const what = text === '' ? 'an empty body' : `${contentType || 'something'} that is not JSON: ${excerpt(text)}`;
        return failed(`answered ${what}`);
    }
    if (Array.isArray(value))
        return { fields: { predictions: value }, failure: null };
    if (isRecord(value))
        return { fields: value, failure: null };
    return failed(`answered ${show(value)}, which is neither an object nor an array`);
}
function failed(failure) {
    return { fields: null, failure };
}
function looksLikeHtml(contentType, text) {
    return /\bhtml\b/i.test(contentType) || /^\s*<(!doctype|html)/i.test(text.slice(0, 200));
}
/** The beginning of a text, on one line. */
function excerpt(text) {
    const flat = text
        .slice(0, 4 * QUOTED)
        .replace(/\s+/g, ' ')
        .trim();
    return flat.length <= QUOTED ? flat : `${flat.slice(0, QUOTED - 1)}…`;
}
/** The values of one row, in order; of an object {class: probability} its values. */
function flatten(value) {
    if (Array.isArray(value))
        return value.flatMap((item) => flatten(item));
    if (isRecord(value))
        return Object.values(value).flatMap((item) => flatten(item));
    return [value];
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/reference.js

/** The column that tells how sure the reference is: the probabilities of the classes; undefined where there is none. */
function probabilitiesOf({ fields, columns }) {
    const field = fields.find(({ role }) => role === 'probabilities');
    return field && columns.get(field.output);
}
/**
 * Whether the reference itself hardly prefers its label: its two highest probabilities are no further apart than the
 * tolerance, so that rounding may flip the label.
 */
function isTie(probabilities, row, tolerance) {
    if (!probabilities || probabilities.width < 2)
        return false;
    const values = rowOf(probabilities, row).map((value) => numberOf(value) ?? Number.NaN);
    const [first = Number.NaN, second = Number.NaN] = values.sort((a, b) => b - a);
    return first - second <= allowed(first, tolerance);
}
function rowOf({ width, values }, row) {
    return Array.from({ length: width }, (_, index) => values[row * width + index] ?? null);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/accuracy.js



class AccuracyTally {
    #labels;
    #names;
    #n = 0;
    #correct = 0;
    #referenceN = 0;
    #referenceCorrect = 0;
    constructor(labels, names) {
        this.#labels = labels;
        this.#names = names;
    }
    add(batch, answer, expected, mapping) {
        const field = mapping.find(({ role }) => role === 'label')?.field ?? 'predictions';
        const answered = answer[field];
        for (let row = 0; row < batch.rows.length; row++) {
            const truth = this.#labels[batch.start + row];
            this.#n++;
            if (sameLabel(labelOfRow(answered, row), truth, this.#names))
                this.#correct++;
            const wanted = expected && referenceLabel(expected, row);
            if (wanted === null)
                continue;
            this.#referenceN++;
            if (sameLabel(wanted, truth, this.#names))
                this.#referenceCorrect++;
        }
    }
    result() {
        return {
            n: this.#n,
            correct: this.#correct,
            accuracy: this.#n === 0 ? null : this.#correct / this.#n,
            reference: this.#referenceN === 0 ? null : this.#referenceCorrect / this.#referenceN,
        };
    }
}
function labelOfRow(answered, row) {
    const value = Array.isArray(answered) ? answered[row] : undefined;
    return value === undefined ? null : labelOf(flatten(value));
}
function referenceLabel({ fields, columns }, row) {
    const field = fields.find(({ role }) => role === 'label') ?? fields.find(({ field: name }) => name === 'predictions');
    const column = field && columns.get(field.output);
    return column ? labelOf(rowOf(column, row)) : null;
}
/** The only value of a row; of several numbers, one a class, the place of the highest. */
function labelOf(values) {
    if (values.length < 2)
        return values[0] ?? null;
    const numbers = values.map((value) => numberOf(value) ?? Number.NEGATIVE_INFINITY);
    return numbers.indexOf(Math.max(...numbers));
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/exchange.js
/** Requests to an endpoint, and what came of them. */



/**
 * Sends one body as JSON. No answer is an outcome as well, not an error.
 * @throws CancelledError where the run was cancelled; whatever is not the endpoint's fault.
 */
function sender(invoker, signal) {
    const stopIfCancelled = () => {
        if (signal.aborted)
            throw new errors/* CancelledError */.cc();
    };
    return async (body) => {
        stopIfCancelled();
        try {
            return { answer: await invoker.invoke(body, 'application/json', signal), failure: null };
        }
        catch (error) {
            stopIfCancelled();
            if (error instanceof errors/* UpstreamError */.gA)
                return { answer: null, failure: `gave no answer: ${(0,errors/* messageOf */.bD)(error)}` };
            throw error;
        }
    };
}
async function sendRows(send, rows) {
    return outcomeOf(await send(bodyOf(rows)));
}
/** Reads the answer; apart from sending, so that reading one does not count as another's latency. */
function outcomeOf(reply) {
    if (!reply.answer)
        return { fields: null, latencyMs: null, failure: reply.failure, status: null };
    const { fields, failure } = decodeAnswer(reply.answer);
    const { latencyMs, status } = reply.answer;
    return fields
        ? { fields, latencyMs, failure: null, status }
        : { fields: null, latencyMs: null, failure, status };
}
/** Runs the tasks with at most `concurrency` under way; results in the order of the items. */
async function inParallel(items, concurrency, task) {
    const results = [];
    let next = 0;
    const worker = async () => {
        for (let at = next++; at < items.length; at = next++)
            results[at] = await task(items[at]);
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
    return results;
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/latency.js
/** Latency and errors of the requests that count; the warm-up is not among them. */
const MOST_REASONS = 20;
const OTHER = 'failed in other ways';
class LatencyTally {
    #latencies = [];
    #reasons = new Map();
    #failed = 0;
    answered(latencyMs) {
        this.#latencies.push(latencyMs);
    }
    failed(reason) {
        this.#failed++;
        const key = this.#reasons.has(reason) || this.#reasons.size < MOST_REASONS ? reason : OTHER;
        this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1);
    }
    result() {
        const sorted = Float64Array.from(this.#latencies).sort();
        const requests = sorted.length + this.#failed;
        return {
            requests,
            failed: this.#failed,
            errorRate: requests === 0 ? null : this.#failed / requests,
            n: sorted.length,
            p50: percentile(sorted, 50),
            p95: percentile(sorted, 95),
            p99: percentile(sorted, 99),
            min: sorted[0] ?? null,
            max: sorted.at(-1) ?? null,
            failures: [...this.#reasons]
                .map(([reason, count]) => ({ reason, count }))
                .sort((a, b) => b.count - a.count),
        };
    }
}
/** The smallest value that at least `percent` % of the values do not exceed (nearest rank); null where there is none. */
function percentile(sorted, percent) {
    const rank = Math.ceil((percent / 100) * sorted.length);
    return sorted[Math.max(rank, 1) - 1] ?? null;
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/mapping.js
/** Which field of the answer is compared with which output of the reference: found by name and shape, or as told. */


/**
 * @param outputMap field to output, as given; only what it names is compared then.
 * @param answer the first answer that could be read.
 * @throws UserError where output-map names an output that the reference does not have.
 */
function mapFields(expected, answer, outputMap) {
    if (outputMap)
        return mapAsTold(expected, outputMap);
    const onlyScores = scoresAsPredictions(expected, answer);
    if (onlyScores)
        return [onlyScores];
    return expected.fields.map((field) => {
        if (!(field.field in answer) && field.output in answer) {
            return { ...field, field: field.output, why: 'the field has the name of the output' };
        }
        return { ...field, why: WHY[field.role] };
    });
}
const WHY = {
    label: 'the output with one label a row',
    probabilities: 'the output with one number a class',
    value: 'the field that stands for this output',
};
/** Some endpoints answer the probabilities as `predictions`, and no labels. */
function scoresAsPredictions({ fields, columns }, answer) {
    const scores = fields.find(({ role }) => role === 'probabilities');
    const predictions = answer.predictions;
    if (!scores || scores.field in answer || scores.output in answer || !Array.isArray(predictions))
        return null;
    const width = flatten(predictions[0] ?? null).length;
    if (width < 2 || width !== columns.get(scores.output)?.width)
        return null;
    return { ...scores, field: 'predictions', why: `it has ${width} numbers a row, as this output` };
}
function mapAsTold({ fields, columns }, outputMap) {
    const unknown = [...outputMap].filter(([, output]) => !columns.has(output));
    if (unknown.length > 0) {
        const known = [...columns.keys()].join(', ') || 'none';
        throw errors/* UserError */.yo.of(unknown.map(([field, output]) => ({
            where: 'output-map',
            message: `"${field}=${output}" names an output that the reference does not have; it has ${known}.`,
        })));
    }
    return [...outputMap].map(([field, output]) => ({
        field,
        output,
        role: fields.find((known) => known.output === output)?.role ?? 'value',
        why: 'output-map says so',
    }));
}
/** One line for the log. */
function describeMapping(fields) {
    return fields.map(({ field, output, why }) => `${field} <- ${output} (${why})`).join('; ');
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/worst-rows.js
const WORST_ROWS = 10;
const DIFFERENCES_A_ROW = 5;
class WorstRows {
    #rows = [];
    add(row, differences) {
        const excess = Math.max(...differences.map((difference) => difference.excess));
        const last = this.#rows.at(-1);
        if (this.#rows.length >= WORST_ROWS && last && !isWorse(excess, differences, last))
            return;
        const worstFirst = [...differences].sort(byExcess).slice(0, DIFFERENCES_A_ROW);
        this.#rows = [...this.#rows, { row, excess, differences: worstFirst }].sort((a, b) => byExcess(a, b) || finiteSum(b.differences) - finiteSum(a.differences) || a.row - b.row);
        this.#rows.length = Math.min(this.#rows.length, WORST_ROWS);
    }
    list() {
        return this.#rows;
    }
}
function isWorse(excess, differences, than) {
    return (excess > than.excess || (excess === than.excess && finiteSum(differences) > finiteSum(than.differences)));
}
/** Infinity - Infinity is no number, and sort needs one. */
function byExcess(a, b) {
    return a.excess === b.excess ? 0 : b.excess - a.excess;
}
function finiteSum(differences) {
    return differences.reduce((total, { difference }) => total + (difference ?? 0), 0);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/parity.js




const MOST_PROBLEMS = 10;
class ParityTally {
    #tolerance;
    #labelNames;
    #outputs = new Map();
    #problems = new Map();
    #worst = new WorstRows();
    #rows = 0;
    #rowsWrong = 0;
    #ties = 0;
    constructor(tolerance, labelNames) {
        this.#tolerance = tolerance;
        this.#labelNames = labelNames;
    }
    /** Compares the answer to one request. */
    add(batch, expected, answer, mapping) {
        const usable = mapping.filter((mapped) => this.#hasRows(mapped, answer, batch));
        this.#rows += batch.rows.length;
        for (let row = 0; row < batch.rows.length; row++) {
            const differences = usable.flatMap((mapped) => this.#compareRow(mapped, expected, answer, batch, row));
            if (differences.length > 0 || usable.length < mapping.length)
                this.#rowsWrong++;
            if (differences.length > 0)
                this.#worst.add(batch.start + row + 1, differences);
        }
    }
    result() {
        const outputs = [...this.#outputs.values()].map(({ mapped, compared, mismatches, maxAbsDiff }) => {
            return { field: mapped.field, output: mapped.output, compared, mismatches, maxAbsDiff };
        });
        return {
            rows: this.#rows,
            rowsWrong: this.#rowsWrong,
            compared: sum(outputs.map(({ compared }) => compared)),
            mismatches: sum(outputs.map(({ mismatches }) => mismatches)),
            ties: this.#ties,
            maxAbsDiff: outputs.reduce((most, { maxAbsDiff }) => larger(most, maxAbsDiff), null),
            outputs,
            problems: [...this.#problems.values()],
            worst: this.#worst.list(),
        };
    }
    #hasRows({ field, output }, answer, batch) {
        const value = answer[field];
        const count = batch.rows.length;
        if (value === undefined) {
            const has = Object.keys(answer).slice(0, 10).join(', ') || 'none';
            return this.#problem(`missing ${field}`, `The answer has no field "${field}" for the output "${output}" (its fields: ${has}). ` +
                'Name the right one with output-map: <field>=<output>.');
        }
        if (!Array.isArray(value)) {
            return this.#problem(`form ${field}`, `The answer's field "${field}" is not an array with one entry a row.`);
        }
        if (value.length === count)
            return true;
        const first = batch.start + 1;
        return this.#problem(`rows ${field}`, `The answer's field "${field}" has ${value.length} rows for a request of ${count} (from row ${first} on).`);
    }
    #compareRow(mapped, expected, answer, batch, row) {
        const column = expected.columns.get(mapped.output);
        const rows = answer[mapped.field];
        if (!column || !Array.isArray(rows))
            return [];
        const want = rowOf(column, row);
        const got = flatten(rows[row] ?? []);
        if (got.length !== want.length) {
            this.#problem(`width ${mapped.field}`, `The answer's field "${mapped.field}" has ${count(got.length)} in row ${batch.start + row + 1}; ` +
                `the reference's output "${mapped.output}" has ${count(want.length)}.`);
            return [
                {
                    field: mapped.field,
                    index: null,
                    expected: want[0] ?? null,
                    actual: got[0] ?? null,
                    difference: null,
                    excess: Infinity,
                },
            ];
        }
        return want.flatMap((value, index) => this.#compareValue(mapped, expected, row, index, got[index], value));
    }
    #compareValue(mapped, expected, row, index, actual, want) {
        const tally = this.#tallyOf(mapped);
        tally.compared++;
        const base = { field: mapped.field, index, expected: want, actual: actual ?? null };
        if (mapped.role === 'label') {
            if (sameLabel(actual, want, this.#labelNames))
                return [];
            if (isTie(probabilitiesOf(expected), row, this.#tolerance))
                return this.#tie();
            tally.mismatches++;
            return [{ ...base, difference: null, excess: Infinity }];
        }
        const { equal, difference } = compareValues(actual, want, this.#tolerance);
        if (typeof want !== 'string')
            tally.maxAbsDiff = larger(tally.maxAbsDiff, difference);
        if (equal)
            return [];
        tally.mismatches++;
        return [{ ...base, difference, excess: excessOf(difference, want, this.#tolerance) }];
    }
    #tie() {
        this.#ties++;
        return [];
    }
    #tallyOf(mapped) {
        const known = this.#outputs.get(mapped.field);
        if (known)
            return known;
        const tally = { mapped, compared: 0, mismatches: 0, maxAbsDiff: null };
        this.#outputs.set(mapped.field, tally);
        return tally;
    }
    /** Notes a problem, once for each kind. */
    #problem(kind, message) {
        if (this.#problems.size < MOST_PROBLEMS && !this.#problems.has(kind))
            this.#problems.set(kind, message);
        return false;
    }
}
/** How many times the tolerance a difference is. */
function excessOf(difference, expected, tolerance) {
    if (difference === null)
        return Infinity;
    const limit = allowed(numberOf(expected) ?? 0, tolerance);
    return limit > 0 ? difference / limit : Infinity;
}
function larger(a, b) {
    if (a === null || b === null)
        return a ?? b;
    return Math.max(a, b);
}
function count(values) {
    return values === 1 ? '1 value' : `${values} values`;
}
function sum(values) {
    return values.reduce((total, value) => total + value, 0);
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/sample.js


const sample_MOST_ROWS = 128;
class Sample {
    instances = [];
    fields = new Map();
    add(batch, expected, answer, mapping) {
        const rows = Math.min(batch.rows.length, sample_MOST_ROWS - this.instances.length);
        if (rows <= 0)
            return;
        this.instances.push(...batch.rows.slice(0, rows));
        for (const mapped of mapping) {
            const column = expected.columns.get(mapped.output);
            const answered = answer[mapped.field];
            const sampled = this.#fieldOf(mapped);
            for (let row = 0; row < rows; row++) {
                sampled.expected.push(column ? rowOf(column, row) : []);
                sampled.actual.push(Array.isArray(answered) ? flatten(answered[row] ?? []) : []);
            }
        }
    }
    #fieldOf({ field, output, role }) {
        const known = this.fields.get(field);
        if (known)
            return known;
        const sampled = { field, output, role, expected: [], actual: [] };
        this.fields.set(field, sampled);
        return sampled;
    }
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/examine.js
/**
 * The examination: sends all cases, a window of requests at a time, and adds up parity, accuracy and latency. Memory
 * holds one window, whatever the number of rows.
 */








/** Windows of this many requests for each that may be under way. */
const WINDOW = 4;
/** @throws UserError where the cases do not fit the reference; CancelledError. */
async function examine(options, send, signal) {
    const { cases, tolerance, concurrency, rowsPerRequest } = options;
    const state = {
        mapping: null,
        leftOut: [],
        refusals: 0,
        parity: new ParityTally(tolerance, cases.labelNames),
        accuracy: cases.labels ? new AccuracyTally(cases.labels, cases.labelNames) : null,
        latency: new LatencyTally(),
        sample: new Sample(),
    };
    const limits = { rows: rowsPerRequest, bytes: BODY_LIMIT };
    await warmUp(options, send, limits);
    let sent = 0;
    for (const batches of windows(batchesOf(cases.instances, limits), concurrency * WINDOW)) {
        await examineWindow(batches, options, send, state, signal);
        sent += batches.length;
    }
    await sendMore(options, limits, (options.requests ?? 0) - sent, send, state.latency);
    return findings(options, state);
}
function findings({ cases, reference }, state) {
    const latency = state.latency.result();
    return {
        rows: cases.instances.length,
        requests: latency.requests,
        mapping: state.mapping ?? [],
        leftOut: state.leftOut,
        parity: reference ? state.parity.result() : null,
        accuracy: state.accuracy?.result() ?? null,
        latency,
        sample: state.sample,
        refused: reference?.kind !== 'onnx' && latency.failed > 0 && state.refusals === latency.requests,
    };
}
async function warmUp({ cases, warmup, concurrency }, send, limits) {
    const [first] = batchesOf(cases.instances, limits);
    const body = batches_bodyOf(first?.rows ?? []);
    await inParallel(Array.from({ length: warmup }), concurrency, () => send(body));
}
/** Expectations are made before the window is sent, so that the reference's work is nobody's latency. */
async function examineWindow(batches, { reference, concurrency, outputMap }, send, state, signal) {
    const expected = [];
    for (const batch of batches)
        expected.push(reference ? await reference.expect(batch, signal) : null);
    const bodies = batches.map(({ rows }) => batches_bodyOf(rows));
    const replies = await inParallel(bodies, concurrency, send);
    for (const [index, batch] of batches.entries()) {
        const reply = replies[index];
        if (reply)
            take(batch, expected[index] ?? null, outcomeOf(reply), outputMap, state);
    }
}
function take(batch, expected, outcome, outputMap, state) {
    examine_count(outcome, state.latency);
    if (outcome.fields === null) {
        if (outcome.status === 401 || outcome.status === 403)
            throw denied(outcome.status);
        if (outcome.status !== null && outcome.status >= 400 && outcome.status < 500)
            state.refusals++;
        return;
    }
    if (expected) {
        state.leftOut = expected.leftOut;
        state.mapping ??= mapFields(expected, outcome.fields, outputMap);
        state.parity.add(batch, expected, outcome.fields, state.mapping);
        state.sample.add(batch, expected, outcome.fields, state.mapping);
    }
    state.accuracy?.add(batch, outcome.fields, expected, state.mapping ?? []);
}
/** Our credentials are at fault, not the model; they may also run out in the middle of a test. */
function denied(status) {
    return new errors/* UserError */.yo(`The endpoint refuses these credentials (HTTP ${status}), so it could not be tested. ` +
        'Give the step access to the endpoint.');
}
function examine_count(outcome, latency) {
    if (outcome.failure === null)
        latency.answered(outcome.latencyMs);
    else
        latency.failed(outcome.failure);
}
/** Requests beyond those that the cases need: only their latency and their failures are of interest. */
async function sendMore({ cases, concurrency }, limits, more, send, latency) {
    let left = more;
    while (left > 0) {
        for (const batches of windows(batchesOf(cases.instances, limits), concurrency * WINDOW)) {
            const bodies = batches.slice(0, left).map(({ rows }) => batches_bodyOf(rows));
            const replies = await inParallel(bodies, concurrency, send);
            for (const reply of replies)
                examine_count(outcomeOf(reply), latency);
            left -= bodies.length;
            if (left <= 0)
                return;
        }
    }
}
function* windows(items, size) {
    let window = [];
    for (const item of items) {
        window.push(item);
        if (window.length < size)
            continue;
        yield window;
        window = [];
    }
    if (window.length > 0)
        yield window;
}

// EXTERNAL MODULE: ./build/js/src/core/inference/answer.js
var answer = __webpack_require__(46345);
// EXTERNAL MODULE: ./build/js/src/core/inference/instances.js
var instances = __webpack_require__(59683);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/onnx-reference.js
/** The reference that matters most: the exported model itself, run here on the same rows. */



/** Rows a request where the model's batch dimension is fixed; null where any number will do. */
function fixedBatch(signature) {
    const sizes = signature.inputs.map(({ shape }) => shape[0]);
    return sizes.find((size) => typeof size === 'number') ?? null;
}
function onnxReference(session, label, digest) {
    const fields = (0,answer/* answerFields */.Au)(session.signature);
    return {
        kind: 'onnx',
        label,
        digest,
        async expect({ rows }) {
            const outputs = await session.run((0,instances/* feedsOfInstances */.N)(rows.map(feedable), session.signature));
            const columns = new Map();
            for (const { output } of fields) {
                const column = columnOf(outputs[output], rows.length);
                if (column)
                    columns.set(output, column);
            }
            if (columns.size === 0)
                throw noColumns(label, outputs, rows.length);
            const leftOut = fields.map(({ output }) => output).filter((output) => !columns.has(output));
            return { fields: fields.filter(({ output }) => columns.has(output)), columns, leftOut };
        },
        close: () => session.close(),
    };
}
/** null for an output whose first dimension does not count the rows. */
function columnOf(tensor, rows) {
    const size = tensor?.data.length ?? 0;
    if (!tensor || size % rows !== 0 || (tensor.dims[0] !== rows && rows !== 1))
        return null;
    return { width: size / rows, values: tensor.data };
}
function noColumns(label, outputs, rows) {
    const shapes = Object.entries(outputs).map(([name, { dims }]) => `"${name}" [${dims.join(', ')}]`);
    return new errors/* UserError */.yo(`No output of ${label} has one value for each of ${rows} rows: ${shapes.join(', ')}. ` +
        'Export the model with a batch dimension.');
}
/** Whole numbers beyond 2^53 are fed as texts of digits. */
function feedable(value) {
    if (typeof value === 'bigint')
        return String(value);
    return Array.isArray(value) ? value.map(feedable) : value;
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/probes.js
/** Contract probes: how an endpoint takes bodies that it should refuse, and whether it still answers afterwards. */


const LARGE_ROWS = 500;
/** @param manyRows whether a request may carry other numbers of rows than one. */
async function probe(send, instances, manyRows) {
    const one = batches_bodyOf(instances.slice(0, 1));
    const results = [
        await refusal(send, 'malformed body', '{"instances": [['),
        await emptyBatch(send),
        await goodAnswer(send, 'one row', one, 1, false),
    ];
    if (manyRows)
        results.push(await largeBatch(send, instances));
    results.push(await goodAnswer(send, 'next good request', one, 1, true));
    return results;
}
async function refusal(send, name, body) {
    const reply = await send(body);
    const passed = statusWithin(reply, 400, 499);
    const message = passed
        ? `was refused with ${told(reply)}`
        : `was met with ${told(reply)}; it should be refused with a status of 400 to 499`;
    return { name, passed, message, serious: false };
}
async function emptyBatch(send) {
    const reply = await send(batches_bodyOf([]));
    const passed = statusWithin(reply, 200, 299) || statusWithin(reply, 400, 499);
    const message = `was met with ${told(reply)}${passed ? '' : '; it should be answered, or refused with 4xx'}`;
    return { name: 'empty batch', passed, message, serious: false };
}
async function goodAnswer(send, name, body, rows, serious) {
    const { fields, failure } = outcomeOf(await send(body));
    if (fields === null)
        return { name, passed: false, message: `failed: the endpoint ${failure}`, serious };
    const counted = Object.values(fields).filter((value) => Array.isArray(value));
    const passed = counted.length === 0 || counted.some((value) => value.length === rows);
    const message = passed
        ? 'was answered'
        : `was answered, but not with ${rows} ${rows === 1 ? 'row' : 'rows'}`;
    return { name, passed, message, serious };
}
/** May also be refused as too large. */
async function largeBatch(send, instances) {
    const [first] = instances;
    const size = Buffer.byteLength(batches_bodyOf(first === undefined ? [] : [first]));
    const count = Math.max(1, Math.min(LARGE_ROWS, Math.floor(BODY_LIMIT / 2 / size)));
    const rows = Array.from({ length: count }, (_, index) => instances[index % instances.length] ?? null);
    const name = `large batch (${count} rows)`;
    const body = batches_bodyOf(rows);
    const reply = await send(body);
    if (reply.answer?.status === 413) {
        return { name, passed: true, message: 'was refused as too large (HTTP 413)', serious: false };
    }
    return goodAnswer(() => Promise.resolve(reply), name, body, count, false);
}
function statusWithin(reply, low, high) {
    return reply.answer !== null && reply.answer.status >= low && reply.answer.status <= high;
}
function told(reply) {
    return reply.answer ? `HTTP ${reply.answer.status}` : `no answer (${reply.failure})`;
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/seeded.js
const SEED = 20_260_101;
const SEEDED_ROWS = 16;
/** Numbers are uniform in [-3, 3), whole ones in 0 … 9; a free dimension other than the batch has size 1. */
function seededCases(signature) {
    const random = mulberry32(SEED);
    const [first] = signature.inputs;
    const row = () => signature.inputs.length === 1 && first
        ? seeded_valueOf(first, random)
        : Object.fromEntries(signature.inputs.map((input) => [input.name, seeded_valueOf(input, random)]));
    return {
        source: `${SEEDED_ROWS} seeded rows made from the reference's signature`,
        instances: Array.from({ length: SEEDED_ROWS }, row),
        labels: null,
        featureNames: null,
        labelNames: null,
        expected: null,
    };
}
function seeded_valueOf(input, random) {
    const sizes = input.shape.slice(1).map((size) => (typeof size === 'number' && size > 0 ? size : 1));
    const build = (depth) => {
        const size = sizes[depth];
        return size === undefined
            ? scalarOf(input, random)
            : Array.from({ length: size }, () => build(depth + 1));
    };
    return build(0);
}
function scalarOf({ type }, random) {
    const value = random();
    if (type === 'string')
        return `text ${Math.floor(value * 10)}`;
    if (type === 'bool')
        return value < 0.5;
    if (type.startsWith('float'))
        return Math.round((value * 6 - 3) * 1e4) / 1e4;
    return Math.floor(value * 10);
}
/** A small generator with a good spread. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/answer-reference.js
/** References that are answers themselves: recorded in the cases, or given by the live version of the endpoint. */



/** Expectations that stand in the cases. */
function recordedReference(expected) {
    return {
        kind: 'recorded',
        label: 'expectations recorded in the cases',
        digest: null,
        expect: ({ start, rows }) => {
            const slices = Object.entries(expected).map(([name, column]) => [
                name,
                column.slice(start, start + rows.length),
            ]);
            return Promise.resolve(expectedOf(Object.fromEntries(slices), rows.length));
        },
        close: () => Promise.resolve(),
    };
}
/** What the live version answers to the same rows. */
function endpointReference(invoker) {
    return {
        kind: 'endpoint',
        label: `the live version at ${invoker.url}`,
        digest: null,
        async expect({ rows }, signal) {
            const decoded = decodeAnswer(await invoker.invoke(batches_bodyOf(rows), 'application/json', signal));
            if (decoded.fields)
                return expectedOf(decoded.fields, rows.length);
            throw new errors/* UpstreamError */.gA('endpoint', `The live version at ${invoker.url}, which the candidate is compared with, ${decoded.failure}.`);
        },
        close: () => Promise.resolve(),
    };
}
function expectedOf(fields, rows) {
    const columns = Object.entries(fields).flatMap(([name, value]) => {
        const column = answer_reference_columnOf(value, rows);
        return column ? [[name, column]] : [];
    });
    const labelled = columns.some(([name]) => name === 'probabilities');
    return {
        fields: columns.map(([name, column]) => ({
            field: name,
            output: name,
            role: roleOf(name, column, labelled),
        })),
        columns: new Map(columns),
        leftOut: Object.keys(fields).filter((name) => !columns.some(([known]) => known === name)),
    };
}
/** null for a field that does not hold one value a row, such as the name of the model. */
function answer_reference_columnOf(value, rows) {
    if (!Array.isArray(value) || value.length !== rows)
        return null;
    const values = value.map((row) => flatten(row));
    const width = values[0]?.length ?? 0;
    return values.every((row) => row.length === width) ? { width, values: values.flat() } : null;
}
function roleOf(name, { width, values }, labelled) {
    if (name === 'probabilities')
        return 'probabilities';
    const labels = width === 1 && Array.from(values).every(isLabel);
    const texts = typeof values[0] === 'string';
    return name === 'predictions' && labels && (labelled || texts) ? 'label' : 'value';
}
function isLabel(value) {
    return typeof value === 'string' || typeof value === 'bigint' || Number.isInteger(value);
}

// EXTERNAL MODULE: ./build/js/src/core/workspace.js
var workspace = __webpack_require__(46386);
;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/reference-of.js
/** Opens what the answers are compared with. */







/** @throws UserError where the reference is not there, is not what the release names, or is no model. */
async function openReference(inputs, settings, subject, ports) {
    switch (inputs.reference) {
        case 'none':
            return null;
        case 'recorded':
            return { reference: recordedReference(settings.cases?.expected ?? {}), session: null };
        case 'endpoint':
            return { reference: await liveReference(subject), session: null };
        case 'onnx': {
            const { bytes, label } = settings.model ?? (await releaseModel(subject, ports));
            const digest = (0,canonical_json/* sha256 */.sc)(bytes);
            warnOfOtherReference(settings, subject, digest, ports);
            const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
            return { reference: onnxReference(session, label, digest), session };
        }
    }
}
async function liveReference({ platform }) {
    if (!platform)
        throw new errors/* UserError */.yo('reference: endpoint needs an endpoint with a live version.');
    const { target, endpoint, description } = platform;
    if (description.status !== 'serving' || description.live === null) {
        throw new errors/* UserError */.yo(`reference: endpoint compares with the live version, but "${endpoint}" has none that serves. ` +
            'Use reference: onnx for the first release.');
    }
    return endpointReference(await target.invoker(endpoint, null));
}
/** The model that the release under test names. */
async function releaseModel({ version }, ports) {
    const digest = version?.referenceDigest ?? null;
    if (!version || digest === null) {
        throw new errors/* UserError */.yo('There is nothing to compare with: the release under test names no ONNX reference. ' +
            'Set model-path to the ONNX model, or reference: none for a health check only.');
    }
    const bytes = await readReference(await openStoreOf(version, ports), digest);
    return { bytes, label: `the release's reference ${(0,canonical_json/* shortDigest */.VK)(digest)}` };
}
function openStoreOf(version, ports) {
    return ports.openStore(storeUrlOf(version) ?? (0,workspace/* defaultStoreUrl */.kT)(ports.context));
}
function warnOfOtherReference({ model }, { version }, digest, { log }) {
    const named = version?.referenceDigest ?? null;
    if (model === null || named === null || named === digest)
        return;
    log.warning(`model-path "${model.label}" has the digest ${digest}, but the release under test names the reference ${named}. ` +
        'The endpoint is compared with model-path.');
}
/** Whether served and reference model are provably the same file, so that only the way between them is tested. */
async function isTransportCheck({ version }, reference, ports) {
    if (!version || reference.digest === null)
        return false;
    const models = await servedModels(await openStoreOf(version, ports), version.modelDigest);
    return servesReference(version, models, reference.digest);
}
/** The reference as a function of rows, for guesses. */
function predictor(reference, signal) {
    return async (rows) => {
        try {
            const { columns } = await reference.expect({ start: 0, rows }, signal);
            return new Map([...columns].map(([name, column]) => [name, rows.map((_, row) => rowOf(column, row))]));
        }
        catch (error) {
            if (error instanceof errors/* UserError */.yo)
                return null;
            throw error;
        }
    };
}
const MOST_VERSIONS = 5;
/** The references of the endpoint's other versions, opened only when they are asked. */
function otherVersions({ version, platform }, cases, inputs, ports) {
    if (!version || !platform || cases.instances.length === 0)
        return [];
    const { live, previous, versions } = platform.description;
    const others = versions.filter(({ referenceDigest }) => referenceDigest !== null && referenceDigest !== version.referenceDigest);
    const called = (other) => other.version === live?.version
        ? 'the live version'
        : other.version === previous?.version
            ? 'the version before'
            : 'an earlier version';
    return others.slice(0, MOST_VERSIONS).map((other) => ({
        version: other.version,
        called: called(other),
        predict: (rows) => predictOnce(other, rows, inputs, ports),
    }));
}
async function predictOnce(version, rows, inputs, ports) {
    const store = await openStoreOf(version, ports);
    const digest = version.referenceDigest ?? '';
    try {
        const bytes = await readReference(store, digest);
        const label = `the reference of ${(0,canonical_json/* shortDigest */.VK)(version.version)}`;
        const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
        const outputs = await predictor(onnxReference(session, label, digest), ports.signal)(rows);
        await session.close();
        return outputs;
    }
    catch (error) {
        // An old reference that is gone makes one guess less, and nothing worse.
        if (error instanceof errors/* UserError */.yo)
            return null;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/measure.js
/** The test itself: waits for the endpoint, sends everything, and judges what came back. */












const WAIT_MS = 30_000;
const POLL_MS = 1_000;
/** @throws UserError for what is no fault of the endpoint; CancelledError. */
async function measure(inputs, settings, subject, opened, ports) {
    const cases = casesOf(settings, opened, ports);
    const fixed = opened?.session ? fixedBatch(opened.session.signature) : null;
    const rowsEach = fixed ?? rowsPerRequest(cases.instances.length, inputs.requests);
    const usable = fixed === null ? cases : wholeBatches(cases, fixed, ports);
    const kind = await kindOf(subject, opened, ports);
    const send = sender(subject.invoker, ports.signal);
    const base = { kind, cases: usable, rowsEach };
    const dead = await waitUntilReady(send, usable, rowsEach, subject, ports);
    if (dead)
        return { ...base, checks: dead, findings: null, causes: [] };
    const findings = await examine({
        ...inputs,
        cases: usable,
        reference: opened?.reference ?? null,
        tolerance: inputs,
        rowsPerRequest: rowsEach,
    }, send, ports.signal);
    log(findings, ports);
    const probes = wantsProbes(inputs) ? await probe(send, usable.instances, fixed === null) : [];
    const checks = judge(kind, limitsOf(inputs), findings, probes, isTrusted(subject, opened));
    const causes = await causesOf(inputs, usable, findings, subject, opened, ports);
    return { ...base, checks, findings, causes };
}
function casesOf(settings, opened, { log }) {
    if (settings.cases)
        return settings.cases;
    if (!opened?.session)
        throw new errors/* UserError */.yo('cases is needed: without an ONNX reference nothing tells what to send.');
    const cases = seededCases(opened.session.signature);
    log.info(`No cases were given: sending ${cases.source}. Real rows prove more; set cases.`);
    return cases;
}
/** A model of a fixed batch size takes nothing less. */
function wholeBatches(cases, size, { log }) {
    const whole = Math.floor(cases.instances.length / size) * size;
    if (whole === 0) {
        throw new errors/* UserError */.yo(`The reference takes ${size} rows at once; ${cases.source} has ${cases.instances.length}.`);
    }
    if (whole < cases.instances.length) {
        log.warning(`The reference takes ${size} rows at once; the last ${cases.instances.length - whole} rows are left out.`);
    }
    return { ...cases, instances: cases.instances.slice(0, whole) };
}
async function kindOf(subject, opened, ports) {
    if (!opened)
        return 'health only';
    return (await isTransportCheck(subject, opened.reference, ports)) ? 'transport check' : 'parity';
}
/** null where the endpoint answers; the failed check where it does not. */
async function waitUntilReady(send, cases, rows, subject, ports) {
    const saysNo = subject.platform?.candidate === null && subject.platform.description.status === 'not-serving';
    const timeoutMs = saysNo ? 0 : WAIT_MS;
    const body = batches_bodyOf(cases.instances.slice(0, rows));
    const { ready, reply } = await waitForAnswer(send, body, { intervalMs: ports.pollMs ?? POLL_MS, timeoutMs }, ports);
    if (!ready)
        return deadEndpoint(reply, timeoutMs / 1000);
    const status = reply.answer?.status;
    if (status === 401 || status === 403)
        throw denied(status);
    return null;
}
function log({ mapping, leftOut, latency }, { log: logger }) {
    if (mapping.length > 0)
        logger.info(`Compared: ${describeMapping(mapping)}.`);
    if (leftOut.length > 0)
        logger.info(`Not compared, for lack of one value for each row: ${leftOut.join(', ')}.`);
    logger.info(`${latency.requests} requests sent, ${latency.failed} failed.`);
}
/** Whether the reference is the one that the release names, where it names one. */
function isTrusted({ version }, opened) {
    const named = version?.referenceDigest ?? null;
    const used = opened?.reference.digest ?? null;
    return named === null || used === null || named === used;
}
function wantsProbes({ probes, candidateName }) {
    return probes === 'always' || (probes === 'candidate' && candidateName !== null);
}
function limitsOf(inputs) {
    return {
        minAccuracy: inputs.minAccuracy,
        maxP50: inputs.maxP50Ms,
        maxP95: inputs.maxP95Ms,
        maxP99: inputs.maxP99Ms,
        maxErrorRate: inputs.maxErrorRate,
    };
}
async function causesOf(inputs, cases, { parity, sample }, subject, opened, ports) {
    if (!opened || !parity || parity.mismatches === 0)
        return [];
    return guessCauses({
        sample,
        tolerance: inputs,
        featureNames: cases.featureNames,
        predict: opened.session ? predictor(opened.reference, ports.signal) : null,
        others: opened.session ? otherVersions(subject, cases, inputs, ports) : [],
    });
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/cases.js
/**
 * The cases to send: rows, and what is known about them.
 *
 * Read from a JSON object {feature_names?, label_names?, instances, labels?, expected?}, a JSON array of rows, JSON
 * Lines (a row, or {instance, label?, expected?}, per line), or CSV with a header (a column `label` is the true label).
 * Row numbers in messages and reports start at 1.
 */


/** The field that a bare recorded value stands for. */
const PREDICTIONS = 'predictions';
const SHOWN_ROWS = 5;
/**
 * @param name the file's name; its ending decides between CSV, JSON Lines and JSON.
 * @throws UserError with every problem of the file at once.
 */
async function parseCases(text, name) {
    const content = text.replace(/^\uFEFF/, '');
    const raw = /\.csv$/i.test(name) ? await readCsv(content, name) : readRaw(content, name);
    const problems = [];
    const instances = checkInstances(raw.instances, problems);
    const count = instances.length;
    const cases = {
        source: name,
        instances,
        labels: checkLabels(raw.labels, count, problems),
        featureNames: checkNames('feature_names', raw.featureNames, problems),
        labelNames: checkNames('label_names', raw.labelNames, problems),
        expected: checkExpected(raw.expected, count, problems),
    };
    checkRows(cases, problems);
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems.map((message) => ({ where: `cases (${name})`, message })));
    return cases;
}
/** Only CSV pays for its parser. */
async function readCsv(text, name) {
    const { readCsvCases } = await Promise.all(/* import() */[__webpack_require__.e(175), __webpack_require__.e(957)]).then(__webpack_require__.bind(__webpack_require__, 44957));
    return readCsvCases(text, name);
}
function readRaw(text, name) {
    if (text.trim() === '')
        return { instances: undefined };
    if (/\.(jsonl|ndjson)$/i.test(name))
        return readLines(text, name);
    const value = parseText(text, name, '');
    if (Array.isArray(value))
        return { instances: value };
    if (!isRecord(value))
        return { instances: undefined };
    return {
        instances: value.instances,
        labels: value.labels,
        featureNames: value.feature_names,
        labelNames: value.label_names,
        expected: value.expected,
    };
}
function parseText(text, name, line) {
    try {
        return parseJson(text);
    }
    catch (error) {
        throw errors/* UserError */.yo.of([
            {
                where: `cases (${name}${line})`,
                message: `is not JSON (${error.message}).`,
                fix: 'Give a JSON file {"instances": [[…], …]}, JSON Lines (.jsonl) or CSV with a header (.csv).',
            },
        ]);
    }
}
/** JSON Lines: https://jsonlines.org */
function readLines(text, name) {
    const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
    const rows = lines
        .filter(({ line }) => line !== '')
        .map(({ line, number }) => parseText(line, name, `, line ${number}`));
    const wrapped = rows.some((row) => isRecord(row) && 'instance' in row);
    if (!wrapped)
        return { instances: rows };
    const column = (key) => rows.map((row) => (isRecord(row) ? (row[key] ?? null) : null));
    const filled = (values) => (values.some((value) => value !== null) ? values : undefined);
    return {
        instances: column('instance'),
        labels: filled(column('label')),
        expected: filled(column('expected')),
    };
}
function checkInstances(value, problems) {
    if (Array.isArray(value) && value.length > 0)
        return value;
    const found = value === undefined
        ? 'has no "instances".'
        : 'has no rows: "instances" must be an array with at least one.';
    problems.push(`${found} Give {"instances": [[…], …]}, or an array of rows.`);
    return [];
}
function checkLabels(value, count, problems) {
    if (value === undefined || value === null)
        return null;
    if (!Array.isArray(value)) {
        problems.push(`"labels" must be an array with one label for each row, not ${show(value)}.`);
        return null;
    }
    const labels = value;
    if (labels.length !== count) {
        problems.push(`has ${count} instances and ${labels.length} labels; give one label for each row.`);
    }
    const bad = rowsWhere(labels, (label) => !['string', 'number', 'bigint', 'boolean'].includes(typeof label));
    if (bad)
        problems.push(`has a label that is neither a number nor a text in ${bad}.`);
    return labels;
}
function checkNames(key, value, problems) {
    if (value === undefined || value === null)
        return null;
    if (Array.isArray(value) && value.every((name) => typeof name === 'string'))
        return value;
    problems.push(`"${key}" must be an array of texts, not ${show(value)}.`);
    return null;
}
/** Takes one entry a row (a value, or an object of fields), or an object with an array for each field. */
function checkExpected(value, count, problems) {
    if (value === undefined || value === null)
        return null;
    const fields = Array.isArray(value) ? fieldsOfRows(value) : value;
    if (!isRecord(fields)) {
        problems.push(`"expected" must be an array with one entry for each row, or an object of such arrays.`);
        return null;
    }
    for (const [field, column] of Object.entries(fields)) {
        if (Array.isArray(column) && column.length === count)
            continue;
        const size = Array.isArray(column) ? `${column.length} entries` : 'no array';
        problems.push(`has ${count} instances and ${size} of "expected" ${field}; give one for each row.`);
    }
    return fields;
}
function fieldsOfRows(rows) {
    const names = new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [PREDICTIONS])));
    const valueOf = (row, name) => isRecord(row) ? (row[name] ?? null) : name === PREDICTIONS ? row : null;
    return Object.fromEntries([...names].map((name) => [name, rows.map((row) => valueOf(row, name))]));
}
/** Every row must have the same form, and only values that JSON can carry. */
function checkRows({ instances, featureNames }, problems) {
    const first = instances[0];
    if (first === undefined)
        return;
    const form = formOf(first);
    const ragged = rowsWhere(instances, (row) => formOf(row) !== form);
    if (ragged)
        problems.push(`has rows of different forms: row 1 has ${form}, but not so ${ragged}.`);
    const empty = rowsWhere(instances, (row) => holds(row, (value) => value === null));
    if (empty)
        problems.push(`has an empty value (null) in ${empty}.`);
    const notFinite = rowsWhere(instances, (row) => holds(row, isNotFinite));
    if (notFinite)
        problems.push(`has NaN or Infinity, which JSON cannot carry, in ${notFinite}.`);
    if (featureNames && Array.isArray(first) && first.length !== featureNames.length) {
        problems.push(`has ${featureNames.length} feature_names for rows of ${first.length} values.`);
    }
}
function formOf(row) {
    if (Array.isArray(row))
        return `${row.length} values`;
    if (isRecord(row))
        return `the fields ${Object.keys(row).sort().join(', ')}`;
    return row === null ? 'nothing' : `one ${typeof row}`;
}
function holds(value, test) {
    if (Array.isArray(value))
        return value.some((item) => holds(item, test));
    if (isRecord(value))
        return Object.values(value).some((item) => holds(item, test));
    return test(value);
}
function isNotFinite(value) {
    return typeof value === 'string' && /^(NaN|-?Infinity)$/.test(value);
}
/** "row 3", "rows 3, 4 and 5", "rows 3, 4, 5, 6, 7 and 20 more"; null where the test holds for no row. */
function rowsWhere(rows, test) {
    const found = rows.flatMap((row, index) => (test(row) ? [index + 1] : []));
    if (found.length === 0)
        return null;
    if (found.length === 1)
        return `row ${found[0]}`;
    const shown = found.slice(0, SHOWN_ROWS);
    const more = found.length - shown.length;
    return more > 0
        ? `rows ${shown.join(', ')} and ${more} more`
        : `rows ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/settings.js
/** The inputs, checked together: whatever is wrong is said at once, before anything is called. */




/** @throws UserError with every problem at once. */
async function readSettings(inputs, context) {
    const problems = [...goalProblems(inputs), ...referenceProblems(inputs)];
    const cases = await readCases(inputs, context, problems);
    const model = await readModel(inputs, context, problems);
    if (cases !== null)
        problems.push(...caseProblems(inputs, cases));
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return { goal: goalOf(inputs), cases, model };
}
function goalOf({ target, endpointName, endpointUrl, candidateName }) {
    if (endpointUrl !== null)
        return { target: null, url: endpointUrl };
    if (target === null || endpointName === null)
        throw new TypeError('The inputs were not checked.');
    return { target, endpoint: endpointName, candidate: candidateName };
}
function goalProblems(inputs) {
    const { target, endpointName, endpointUrl, candidateName, rollbackOnFailure } = inputs;
    const problems = [];
    const add = (where, message, fix) => problems.push({ where, message, fix });
    if (endpointName === null && endpointUrl === null) {
        add('endpoint-name', 'is missing, and so is endpoint-url.', 'Set one of them.');
    }
    if (endpointName !== null && endpointUrl !== null) {
        add('endpoint-name', `"${endpointName}" and endpoint-url are both set.`, 'Set only one of them.');
    }
    if (endpointName !== null && target === null) {
        add('target', `is needed for endpoint-name "${endpointName}".`, 'Set target: local or target: sagemaker.');
    }
    if (endpointUrl !== null)
        problems.push(...urlProblems(inputs, endpointUrl));
    if (candidateName !== null && rollbackOnFailure) {
        add('rollback-on-failure', `cannot be used with candidate-name "${candidateName}": a candidate has no traffic, so there is nothing to roll back.`, 'Discard a candidate that fails with deploy-endpoint, command: discard.');
    }
    return problems;
}
function urlProblems({ candidateName, rollbackOnFailure }, url) {
    const problems = [];
    const fix = 'Use target and endpoint-name instead of endpoint-url.';
    if (rollbackOnFailure) {
        problems.push({
            where: 'rollback-on-failure',
            message: 'cannot be used with endpoint-url: a URL has no versions.',
            fix,
        });
    }
    if (candidateName !== null) {
        problems.push({ where: 'candidate-name', message: 'cannot be used with endpoint-url.', fix });
    }
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed === null) {
        problems.push({
            where: 'endpoint-url',
            message: 'is not a valid URL.',
            fix: 'Give such as https://host/path.',
        });
    }
    else if (parsed.username !== '' || parsed.password !== '') {
        const message = 'holds a user name or a password, which would end up in logs.';
        problems.push({ where: 'endpoint-url', message, fix: 'Take them out of the URL.' });
    }
    return problems;
}
function referenceProblems(inputs) {
    const { reference, modelPath, endpointUrl, candidateName, cases, outputMap } = inputs;
    const problems = [];
    const add = (where, message, fix) => problems.push({ where, message, fix });
    if (reference === 'onnx' && modelPath === null && endpointUrl !== null) {
        add('model-path', 'is missing: a URL names no release, so there is nothing to compare with.', 'Set model-path, or reference: none for a health check only.');
    }
    if (reference !== 'onnx' && modelPath !== null) {
        add('model-path', `"${modelPath}" is not used with reference: ${reference}.`, 'Remove one of them.');
    }
    if (reference === 'endpoint' && candidateName === null) {
        add('reference', '"endpoint" compares a candidate with the live version, and candidate-name is missing.', 'Set candidate-name, or another reference.');
    }
    if (reference !== 'onnx' && cases === null) {
        add('cases', `is needed with reference: ${reference}; only an ONNX reference tells what to send.`, 'Give a file of cases.');
    }
    if (reference === 'none' && outputMap !== null) {
        add('output-map', 'is not used with reference: none.', 'Remove one of them.');
    }
    return problems;
}
function caseProblems({ reference, minAccuracy }, cases) {
    const problems = [];
    if (minAccuracy !== null && cases.labels === null) {
        const message = `of ${minAccuracy} needs true labels, and ${cases.source} has none.`;
        problems.push({ where: 'min-accuracy', message, fix: 'Add "labels", one for each row, to the cases.' });
    }
    if (reference === 'recorded' && cases.expected === null) {
        const message = `${cases.source} has no recorded expectations.`;
        problems.push({
            where: 'cases',
            message,
            fix: 'Add "expected": {"predictions": […]}, one entry for each row.',
        });
    }
    return problems;
}
async function readCases(inputs, context, problems) {
    if (inputs.cases === null) {
        if (inputs.minAccuracy !== null) {
            const message = `of ${inputs.minAccuracy} needs cases with true labels.`;
            problems.push({
                where: 'min-accuracy',
                message,
                fix: 'Set cases to a file with "instances" and "labels".',
            });
        }
        return null;
    }
    const bytes = await readInput('cases', inputs.cases, context, problems);
    if (bytes === null)
        return null;
    try {
        return await parseCases(bytes.toString('utf8'), (0,external_node_path_.basename)(inputs.cases));
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        problems.push(...error.problems);
        return null;
    }
}
async function readModel({ modelPath }, context, problems) {
    if (modelPath === null)
        return null;
    const bytes = await readInput('model-path', modelPath, context, problems);
    return bytes && { bytes, label: modelPath };
}
async function readInput(where, path, context, problems) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.resolve)(context.workspace, path));
    }
    catch (error) {
        const { code = '', message } = error;
        const reason = { ENOENT: 'does not exist', EISDIR: 'is a folder', EACCES: 'may not be read' }[code] ?? message;
        problems.push({
            where,
            message: `"${path}" ${reason}.`,
            fix: 'Give the path of a file, relative to the workspace.',
        });
        return null;
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/subject.js
/** What is under test: where requests go, and what is known about the version that answers them. */


/** @throws UserError where there is no such endpoint or candidate. */
async function openSubject(goal, ports) {
    if (goal.target === null)
        return urlSubject(ports.httpEndpoint(goal.url));
    const { endpoint, candidate } = goal;
    const target = await ports.openTarget(goal.target);
    const description = await target.describe(endpoint);
    const version = candidate === null ? liveOf(description) : candidateOf(description, candidate);
    const dead = candidate === null && description.status === 'not-serving';
    const invoker = dead ? notServing(description) : await target.invoker(endpoint, candidate);
    return {
        invoker,
        version,
        platform: { target, endpoint, candidate, description },
        facts: {
            target: target.name,
            endpoint,
            candidate,
            url: invoker.url,
            version: version.version,
            modelDigest: version.modelDigest,
            release: version.release,
        },
    };
}
function urlSubject(invoker) {
    const none = {
        target: null,
        endpoint: null,
        candidate: null,
        version: null,
        modelDigest: null,
        release: null,
    };
    return { invoker, version: null, platform: null, facts: { ...none, url: invoker.url } };
}
function liveOf({ endpoint, status, live, candidates }) {
    if (live !== null && status !== 'absent')
        return live;
    const hint = candidates.map(({ name }) => name).join(', ');
    throw new errors/* UserError */.yo(hint === ''
        ? `There is no endpoint "${endpoint}". Deploy it first, or correct endpoint-name.`
        : `The endpoint "${endpoint}" has no live version yet. Set candidate-name to test a candidate (${hint}).`);
}
function candidateOf({ endpoint, candidates }, name) {
    const found = candidates.find((candidate) => candidate.name === name);
    if (found)
        return found;
    const known = candidates.map((candidate) => candidate.name).join(', ') || 'none';
    throw new errors/* UserError */.yo(`The endpoint "${endpoint}" has no candidate "${name}" (its candidates: ${known}). ` +
        'It was promoted, discarded or never staged; take candidate-name from the outputs of deploy-endpoint.');
}
/** A platform that says itself that nothing serves need not be asked. */
function notServing({ endpoint, url, detail }) {
    const message = `the platform says that it does not serve. ${excerpt(detail)}`.trim();
    return {
        url: url ?? endpoint,
        invoke: () => Promise.reject(new errors/* UpstreamError */.gA('endpoint', message)),
    };
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/html.js
/** HTML in which every value that is put in is escaped, unless it is HTML already. */

class Html {
    text;
    constructor(text) {
        this.text = text;
    }
}
function html(parts, ...values) {
    return new Html(parts.map((part, at) => part + (at < values.length ? put(values[at] ?? null) : '')).join(''));
}
function put(value) {
    if (value instanceof Html)
        return value.text;
    if (typeof value === 'string' || typeof value === 'number')
        return (0,markdown/* escapeHtml */.ZD)(String(value));
    return value === null ? '' : value.map(({ text }) => text).join('\n');
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/report-style.js
/** The page's style, light and dark. */

const PAGE_STYLE = new Html(`
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { border-left: .4rem solid; padding-left: 1rem; }
header.passed { border-color: var(--good); }
header.failed { border-color: var(--bad); }
span.passed { color: var(--good); }
span.failed { color: var(--bad); font-weight: bold; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
code { font: .9em ui-monospace, monospace; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .3rem 1rem; margin: 0; }
dt { font-weight: bold; }
dd { margin: 0; }
ul.input { columns: 16rem; padding-left: 1.2rem; }
@media (max-width: 34rem) { th, td { padding: .3rem .35rem; font-size: .9rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
`);

;// CONCATENATED MODULE: ./build/js/src/core/smoke/report-html.js
/** The report as one page: nothing is loaded from anywhere, and it reads well on a phone. */





function htmlOf(report) {
    const { passed, verdict, subject, causes, rollback } = report;
    const title = `Smoke test of ${(0,smoke_report/* subjectName */.wn)(subject)}: ${passed ? 'passed' : 'failed'}`;
    return html `<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${PAGE_STYLE}
        </style>
      </head>
      <body>
        <header class="${passed ? 'passed' : 'failed'}">
          <h1>${title}</h1>
          <p>${verdict}</p>
          ${causes.map(({ message }) => html `<p><strong>Likely cause:</strong> ${message}</p>`)}
          ${rollback ? html `<p><strong>Rollback:</strong> ${rollback.message}</p>` : null}
        </header>
        <main>
          ${checksSection(report)} ${paritySection(report)} ${latencySection(report)} ${worstSection(report)}
          ${factsSection(report)}
        </main>
      </body>
    </html> `.text;
}
function checksSection({ checks }) {
    const rows = checks.map(({ name, passed, message }) => [
        html `<span class="${passed ? 'passed' : 'failed'}">${passed ? 'passed' : 'failed'}</span>`,
        html `${name}`,
        html `${message}`,
    ]);
    return section('Checks', tableOf(['', 'Check', 'What was found'], rows));
}
function paritySection({ parity, kind, tolerance }) {
    if (!parity)
        return null;
    const rows = parity.outputs.map(({ field, output, compared, mismatches, maxAbsDiff }) => [
        html `<code>${field}</code>`,
        html `<code>${output}</code>`,
        html `${compared}`,
        html `${mismatches}`,
        html `${numberCell(maxAbsDiff)}`,
    ]);
    const rule = html `<p>
    Equal means |actual − expected| ≤ ${tolerance.atol} + ${tolerance.rtol} · |expected|.
    ${parity.ties > 0 ? html `${parity.ties} labels differ where the reference itself hardly prefers one; they do not count.` : null}
  </p>`;
    const table = tableOf(['Answer field', 'Reference output', 'Compared', 'Mismatches', 'Largest difference'], rows);
    return section(kind === 'parity' ? 'Parity with the reference' : 'Transport check', html `${rule}${table}`);
}
function latencySection({ latency, requests }) {
    if (!latency)
        return null;
    const cells = [latency.p50, latency.p95, latency.p99, latency.min, latency.max].map((v) => html `${numberCell(v)}`);
    const table = tableOf(['p50', 'p95', 'p99', 'min', 'max', 'Requests', 'Failed'], [[...cells, html `${latency.requests}`, html `${latency.failed}`]]);
    const note = html `<p>
    Milliseconds, nearest rank over ${latency.n} answered requests of up to ${requests.rowsEach} rows,
    ${requests.concurrency} at once; ${requests.warmup} for warm-up are left out.
  </p>`;
    const failures = latency.failures.map(({ reason, count }) => html `<li>${count} times the endpoint ${reason}</li>`);
    return section('Latency', html `${note}${table}${failures.length > 0
        ? html `<ul>
            ${failures}
          </ul>`
        : null}`);
}
function worstSection({ worstRows }) {
    if (worstRows.length === 0)
        return null;
    return section('Worst rows', html `${worstRows.map(rowDetails)}`);
}
function rowDetails({ row, differences, input, inputLeftOut }) {
    const values = differences.map(({ field, index, expected, actual, difference }) => [
        html `<code>${index === null ? field : `${field}[${index}]`}</code>`,
        html `${shortValue(expected)}`,
        html `${shortValue(actual)}`,
        html `${numberCell(difference)}`,
    ]);
    const inputs = input.map(({ name, value }) => html `<li>${name} <code>${value}</code></li>`);
    const more = inputLeftOut > 0 ? html `<li>and ${inputLeftOut} more</li>` : null;
    return html `<article>
    <h3>Row ${row}</h3>
    ${tableOf(['Value', 'Expected', 'Actual', 'Difference'], values)}
    <details>
      <summary>Its input</summary>
      <ul class="input">
        ${inputs}${more}
      </ul>
    </details>
  </article>`;
}
function factsSection({ subject, reference, cases, mapping, ...report }) {
    const facts = [
        ['Proof', report.kind],
        ['URL', subject.url],
        ['Endpoint', subject.endpoint],
        ['Candidate', subject.candidate],
        ['Version', subject.version],
        ['Model digest', subject.modelDigest],
        ['Release record', subject.release],
        ['Reference', reference?.label ?? null],
        ['Reference digest', reference?.digest ?? null],
        ['ONNX Runtime', reference?.runtime ?? null],
        ['Cases', `${cases.rows} rows of ${cases.source}${cases.labelled ? ', with labels' : ''}`],
        [
            'Mapping',
            mapping.map(({ field, output, why }) => `${field} with ${output} (${why})`).join('; ') || null,
        ],
        ['Environment', report.environment],
        ['Commit', report.commit || null],
        ['Run', report.run || null],
        ['At', report.createdAt],
    ];
    const known = facts.flatMap(([name, value]) => value === null
        ? []
        : [
            html `<dt>${name}</dt>
            <dd>${value}</dd>`,
        ]);
    return section('What was tested', html `<dl>${known}</dl>`);
}
function section(title, body) {
    return html `<section>
    <h2>${title}</h2>
    ${body}
  </section>`;
}
/** Scrolls by itself where the screen is narrower than it. */
function tableOf(header, rows) {
    const head = header.map((cell) => html `<th>${cell}</th>`);
    const body = rows.map((cells) => html `<tr>
        ${cells.map((cell) => html `<td>${cell}</td>`)}
      </tr>`);
    return html `<div class="wide">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
function numberCell(value) {
    return value === null ? '' : round(value);
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/write-report.js
/** The report's files, and the outputs that stand for what it says. */




/** Every output has a value from the first moment on, whatever happens later. */
function setEmptyOutputs({ report }) {
    report.output('passed', false);
    report.output('compared', 0);
    report.output('mismatches', 0);
    report.output('rolled-back', false);
    for (const name of ['max-abs-diff', 'accuracy', 'p50-ms', 'p95-ms', 'p99-ms', 'error-rate']) {
        report.output(name, '');
    }
    for (const name of ['report-json', 'report-junit', 'report-html', 'release-digest']) {
        report.output(name, '');
    }
}
function setOutputs({ passed, parity, accuracy, latency, rollback }, { report }) {
    report.output('passed', passed);
    report.output('compared', parity?.compared ?? 0);
    report.output('mismatches', parity?.mismatches ?? 0);
    report.output('max-abs-diff', parity?.maxAbsDiff ?? '');
    report.output('accuracy', accuracy?.accuracy ?? '');
    report.output('rolled-back', rollback?.rolledBack ?? false);
    if (latency === null)
        return;
    report.output('p50-ms', milliseconds(latency.p50));
    report.output('p95-ms', milliseconds(latency.p95));
    report.output('p99-ms', milliseconds(latency.p99));
    report.output('error-rate', latency.errorRate ?? '');
}
function milliseconds(value) {
    return value === null ? '' : Math.round(value * 1000) / 1000;
}
/** Writes report.json, report.junit.xml and report.html, and sets their paths as outputs. */
async function writeReport(report, { reportDir }, ports) {
    const folder = await folderOf(report, reportDir, ports.context);
    await (0,promises_.mkdir)(folder, { recursive: true });
    // Loaded only here: the XML library takes longer to load than everything else together.
    const { junitOf } = await Promise.all(/* import() */[__webpack_require__.e(697), __webpack_require__.e(522)]).then(__webpack_require__.bind(__webpack_require__, 11522));
    const files = [
        ['report-json', 'report.json', `${JSON.stringify(report, null, 2)}\n`],
        ['report-junit', 'report.junit.xml', junitOf(report)],
        ['report-html', 'report.html', htmlOf(report)],
    ];
    for (const [output, name, content] of files) {
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, name), content);
        ports.report.output(output, (0,external_node_path_.join)(folder, name));
    }
}
/** Several tests of one job, such as of the candidate and of the live version, keep a folder each. */
async function folderOf({ subject, createdAt }, given, context) {
    if (given !== null)
        return (0,external_node_path_.resolve)(context.workspace, given);
    const name = subject.candidate ?? subject.endpoint ?? 'url';
    return (0,workspace/* runFile */.y6)(context, `smoke-test-${name}-${createdAt.replace(/[^0-9TZ]/g, '')}`);
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/run.js











/**
 * Tests an endpoint, reports, and rolls the live version back where it is wrong and that was asked for.
 * @throws OutcomeError where the test failed; UserError and UpstreamError where there could be no test.
 */
async function run(inputs, ports) {
    setEmptyOutputs(ports);
    const settings = await readSettings(inputs, ports.context);
    const subject = await openSubject(settings.goal, ports);
    const opened = await openReference(inputs, settings, subject, ports);
    let measured;
    try {
        ports.log.info(`Testing ${subject.invoker.url} against ${opened?.reference.label ?? 'nothing (health only)'}.`);
        measured = await measure(inputs, settings, subject, opened, ports);
    }
    finally {
        await opened?.reference.close();
    }
    const rollback = await rollBackIfWrong(inputs, measured, subject, ports);
    const report = reportOf(inputs, measured, subject, opened, rollback, ports);
    setOutputs(report, ports);
    ports.report.summary(markdownOf(report));
    await writeReport(report, inputs, ports);
    if (!report.passed)
        throw failure(report);
    ports.log.notice(report.verdict);
    await run_confirm(report, subject, ports);
    return report;
}
async function rollBackIfWrong({ rollbackOnFailure }, { checks }, { platform, version }, { log }) {
    const failed = checks.filter(({ passed }) => !passed);
    if (!rollbackOnFailure || failed.length === 0 || !platform)
        return null;
    const { target, endpoint } = platform;
    if (failed.some(({ rollsBack }) => rollsBack))
        return rollBack(target, endpoint, version?.version ?? null, log);
    const names = failed.map(({ name }) => name).join(', ');
    const message = `${endpoint} was not rolled back: what failed (${names}) does not show that its predictions are wrong.`;
    return { rolledBack: false, message, from: version?.version ?? null, to: null };
}
function reportOf(inputs, { kind, cases, rowsEach, checks, findings, causes }, { facts }, opened, rollback, { clock, context }) {
    return {
        schema: smoke_report/* REPORT_SCHEMA */.DC,
        passed: checks.every(({ passed }) => passed),
        verdict: (0,smoke_report/* verdictOf */.Vj)(facts, kind, checks),
        kind,
        subject: facts,
        reference: referenceFacts(opened),
        tolerance: { rtol: inputs.rtol, atol: inputs.atol },
        cases: { source: cases.source, rows: cases.instances.length, labelled: cases.labels !== null },
        requests: { rowsEach, concurrency: inputs.concurrency, warmup: inputs.warmup },
        checks,
        ...measurements(findings, cases),
        causes,
        rollback,
        environment: inputs.environment,
        commit: context.commit,
        run: context.runUrl,
        createdAt: clock.now().toISOString(),
    };
}
function referenceFacts(opened) {
    if (opened === null)
        return null;
    const { kind, label, digest } = opened.reference;
    return { kind, label, digest, runtime: opened.session?.runtime ?? null };
}
function measurements(findings, cases) {
    if (findings === null)
        return { mapping: [], parity: null, accuracy: null, latency: null, worstRows: [] };
    const { mapping, accuracy, latency, parity: compared } = findings;
    if (compared === null)
        return { mapping, parity: null, accuracy, latency, worstRows: [] };
    const { worst, ...parity } = compared;
    return { mapping, parity, accuracy, latency, worstRows: explainRows(worst, cases) };
}
/** One sentence on the test, one on what serves now. */
function failure({ verdict, causes, rollback, subject }) {
    const cause = causes[0] ? ` Likely cause: ${causes[0].message}` : '';
    const isLive = subject.endpoint !== null && subject.candidate === null;
    const notAsked = isLive ? ' Nothing was rolled back: rollback-on-failure is not set.' : '';
    return new errors/* OutcomeError */.Rz(`${verdict}${cause}${rollback ? ` ${rollback.message}` : notAsked}`);
}
/** Marks the version as verified, and continues its release record with the evidence. */
async function run_confirm(report, { platform, version }, ports) {
    if (!platform || !version)
        return;
    if (platform.candidate === null)
        await platform.target.markVerified(platform.endpoint, version.version);
    if (version.release === null)
        return;
    const store = await openStoreOf(version, ports);
    const digest = await recordEvidence(store, version.release, (0,smoke_report/* evidenceOf */.X1)(report), report.createdAt);
    if (digest === null) {
        ports.log.info(`The release record ${version.release} is not in ${store.url}, so this test is not added to it.`);
        return;
    }
    ports.report.output('release-digest', digest);
    ports.log.info(`Release record with this test's evidence: ${store.urlOf(`releases/${digest}.json`)}`);
}


/***/ }),

/***/ 29620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var canonicalize__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98799);


/** JSON with sorted keys and no white space, the same bytes for the same value (RFC 8785). */
function canonicalJson(value) {
    const text = (0,canonicalize__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .A)(value);
    if (text === undefined)
        throw new TypeError('This value has no JSON form.');
    return text;
}
/** sha256 of a text or of bytes: 64 hexadecimal digits. */
function sha256(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}
/** sha256 of the canonical JSON of a value: 64 hexadecimal digits. */
function digestOf(value) {
    return sha256(canonicalJson(value));
}
/** The first digits of a digest, for people. */
function shortDigest(digest, length = 12) {
    return digest.slice(0, length);
}


/***/ }),

/***/ 46345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Au: () => (/* binding */ answerFields),
/* harmony export */   ut: () => (/* binding */ answerOf)
/* harmony export */ });
/* unused harmony export nested */
/** Which field of the answer carries which output, in the order of the answer. */
function answerFields(signature) {
    const { outputs } = signature;
    const label = choose(outputs.filter(isLabel), /label|class/i);
    const probabilities = choose(outputs.filter(isProbabilities), /prob|score/i);
    const [first, ...rest] = outputs;
    if (first === undefined)
        return [];
    if (label === undefined || probabilities === undefined) {
        return withOthers([{ field: 'predictions', output: first.name, role: 'value' }], rest);
    }
    const pair = [
        { field: 'predictions', output: label.name, role: 'label' },
        { field: 'probabilities', output: probabilities.name, role: 'probabilities' },
    ];
    return withOthers(pair, outputs.filter((output) => output !== label && output !== probabilities));
}
/** One label a row: [N] or [N, 1]. */
function isLabel({ type, shape }) {
    return ['int64', 'int32', 'string'].includes(type) && (shape.length === 1 || isColumn(shape));
}
function isColumn(shape) {
    return shape.length === 2 && shape[1] === 1;
}
function isProbabilities({ type, shape }) {
    return ['float32', 'float64', 'float16'].includes(type) && shape.length === 2 && !isColumn(shape);
}
function choose(candidates, name) {
    return candidates.find((output) => name.test(output.name)) ?? candidates[0];
}
function withOthers(fields, others) {
    for (const { name } of others) {
        let field = name;
        while (fields.some((taken) => taken.field === field))
            field += '_';
        fields.push({ field, output: name, role: 'value' });
    }
    return fields;
}
/** The body of an answer, ready for JSON.stringify. */
function answerOf(outputs, signature) {
    return Object.fromEntries(answerFields(signature).flatMap(({ field, output, role }) => {
        const tensor = outputs[output];
        if (tensor === undefined)
            return [];
        return [[field, nested(role === 'label' ? flattened(tensor) : tensor)]];
    }));
}
function flattened(tensor) {
    return { ...tensor, dims: [tensor.data.length] };
}
/** A tensor as nested arrays. */
function nested({ type, dims, data }) {
    let at = 0;
    const build = (depth) => {
        const size = dims[depth];
        if (size === undefined)
            return jsonScalar(data[at++], type);
        return Array.from({ length: size }, () => build(depth + 1));
    };
    return build(0);
}
/**
 * JSON has no NaN, no infinities and no integers beyond 2^53: these become texts, as in protobuf's JSON form
 * (https://protobuf.dev/programming-guides/json/).
 */
function jsonScalar(value, type) {
    if (typeof value === 'bigint') {
        const number = Number(value);
        return Number.isSafeInteger(number) ? number : String(value);
    }
    if (type === 'bool')
        return value === 1;
    if (typeof value === 'number' && !Number.isFinite(value))
        return String(value);
    return value;
}


/***/ }),

/***/ 59683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ feedsOfInstances)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57578);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70793);
/**
 * Rows of a request as the tensors that a model takes.
 *
 * A row is the value of the model's only input (`[5.1, 3.5]`), an object `{input name: value}`, or, for several
 * inputs of one value or one dimension each, a flat array of all their values in the order of the inputs.
 */



/** @throws UserError that names the row, the place in it and what is wrong there. */
function feedsOfInstances(instances, signature) {
    if (instances.length === 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('"instances" has no rows.');
    const rows = instances.map((row, index) => valuesOfRow(row, `instances[${index}]`, signature));
    return Object.fromEntries(signature.inputs.map((input, at) => {
        const values = rows.map((row) => row[at]);
        return [input.name, tensorOf(values, input)];
    }));
}
/** The row's value for each input, in the order of the inputs. */
function valuesOfRow(row, where, signature) {
    const { inputs } = signature;
    if (isObject(row))
        return valuesByName(row, where, inputs);
    if (inputs.length === 1)
        return [row];
    const columns = (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .columnsOf */ .PL)(signature);
    const names = inputs.map((input) => `"${input.name}"`).join(', ');
    if (columns === null || !isList(row)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} must be an object with the model's inputs ${names}.`);
    }
    if (row.length !== columns.length) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} has ${row.length} values; the model's inputs ${names} take ${columns.length}.`);
    }
    return inputs.map((input) => row.filter((_, column) => columns[column] === input));
}
function valuesByName(row, where, inputs) {
    const names = inputs.map((input) => input.name);
    const unknown = Object.keys(row).find((name) => !names.includes(name));
    if (unknown !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} names "${unknown}", which is no input of the model; it has ${names.join(', ')}.`);
    }
    return inputs.map((input) => {
        if (!Object.hasOwn(row, input.name))
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} lacks the input "${input.name}".`);
        return row[input.name];
    });
}
function isList(value) {
    return Array.isArray(value);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function tensorOf(rows, input) {
    const count = input.shape[0];
    if (typeof count === 'number' && count !== rows.length) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"instances" has ${rows.length} rows; the model's ${(0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTensor */ .xF)('input', input)} takes ${count}.`);
    }
    const dims = resolveDims(rows[0], input);
    const scalars = [];
    rows.forEach((row, index) => collect(unwrapped(row, input), dims, `instances[${index}]`, input, scalars));
    return { type: input.type, dims: [rows.length, ...dims], data: (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .tensorData */ .X)(input.type, scalars) };
}
/** A row of exactly one value may be sent without its brackets: exports of tables have inputs of shape [N, 1]. */
function unwrapped(row, input) {
    const shape = (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .rowShape */ .yg)(input);
    if (shape.length === 0)
        return Array.isArray(row) && row.length === 1 ? row[0] : row;
    return !Array.isArray(row) && shape.length === 1 && (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .valuesPerRow */ .GB)(input) === 1 ? [row] : row;
}
/** Free dimensions take their size from the first row; every other row must then agree. */
function resolveDims(first, input) {
    let value = first;
    return (0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .rowShape */ .yg)(input).map((size) => {
        const length = Array.isArray(value) ? value.length : 0;
        value = Array.isArray(value) ? value[0] : undefined;
        return typeof size === 'number' ? size : length;
    });
}
function collect(value, dims, where, input, into) {
    const [size, ...rest] = dims;
    if (size === undefined) {
        const scalar = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__/* .scalarOf */ .o)(value, input.type);
        if (scalar instanceof Error)
            throw wrong(where, `${shown(value)} ${scalar.message}`, input);
        into.push(scalar);
        return;
    }
    if (!Array.isArray(value))
        throw wrong(where, `${shown(value)} is not a list of ${size} values`, input);
    if (value.length !== size)
        throw wrong(where, `has ${value.length} values, not ${size}`, input);
    value.forEach((item, index) => collect(item, rest, `${where}[${index}]`, input, into));
}
function wrong(where, what, input) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where}: ${what}, as the model's ${(0,_signature_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTensor */ .xF)('input', input)} needs.`);
}
function shown(value) {
    if (typeof value === 'object' && value !== null)
        return 'a nested value';
    if (value === undefined)
        return 'a missing value';
    const text = JSON.stringify(value);
    return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}


/***/ }),

/***/ 57578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ tensorData),
/* harmony export */   o: () => (/* binding */ scalarOf)
/* harmony export */ });
/** Greatest finite values: https://onnx.ai/onnx/api/mapping.html, IEEE 754. */
const FLOAT_LIMITS = {
    float16: 65504,
    float32: 3.4028234663852886e38,
    float64: Number.MAX_VALUE,
};
const INTEGER_LIMITS = {
    int8: [-(2n ** 7n), 2n ** 7n - 1n],
    int16: [-(2n ** 15n), 2n ** 15n - 1n],
    int32: [-(2n ** 31n), 2n ** 31n - 1n],
    int64: [-(2n ** 63n), 2n ** 63n - 1n],
    uint8: [0n, 2n ** 8n - 1n],
    uint16: [0n, 2n ** 16n - 1n],
    uint32: [0n, 2n ** 32n - 1n],
    uint64: [0n, 2n ** 64n - 1n],
};
/** The element for a value, or an Error that says what it must be ("is not a number"). */
function scalarOf(value, type) {
    if (type === 'string')
        return typeof value === 'string' ? value : new Error('is not a text');
    if (type === 'bool')
        return booleanOf(value);
    const limit = FLOAT_LIMITS[type];
    if (limit !== undefined)
        return floatOf(value, type, limit);
    return integerOf(value, type);
}
function booleanOf(value) {
    if (value === true || value === 1)
        return 1;
    if (value === false || value === 0)
        return 0;
    return new Error('is neither true nor false');
}
function floatOf(value, type, limit) {
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number')
        return new Error('is not a number');
    // A NaN fails this comparison too.
    return Math.abs(number) <= limit ? number : new Error(`is not a finite ${type}`);
}
/** Integers beyond 2^53 come as bigint from core/exact-json, or as texts of digits. */
function integerOf(value, type) {
    const big = bigintOf(value);
    if (big === null)
        return new Error('is not a whole number');
    const [low, high] = INTEGER_LIMITS[type] ?? [0n, 0n];
    if (big < low || big > high)
        return new Error(`is outside the range of ${type}`);
    return type === 'int64' || type === 'uint64' ? big : Number(big);
}
function bigintOf(value) {
    if (typeof value === 'bigint')
        return value;
    if (typeof value === 'number')
        return Number.isSafeInteger(value) ? BigInt(value) : null;
    return typeof value === 'string' && /^-?\d{16,20}$/.test(value) ? BigInt(value) : null;
}
/** The container that ONNX Runtime takes for a type; see TensorData. The scalars are those of `scalarOf`. */
function tensorData(type, scalars) {
    if (type === 'string')
        return scalars.map(String);
    if (type === 'int64')
        return BigInt64Array.from(scalars, BigInt);
    if (type === 'uint64')
        return BigUint64Array.from(scalars, BigInt);
    return NUMBER_ARRAYS[type].from(scalars.map(Number));
}
const NUMBER_ARRAYS = {
    float16: Float32Array,
    float32: Float32Array,
    float64: Float64Array,
    int8: Int8Array,
    int16: Int16Array,
    int32: Int32Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
    bool: Uint8Array,
};


/***/ }),

/***/ 70793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GB: () => (/* binding */ valuesPerRow),
/* harmony export */   PL: () => (/* binding */ columnsOf),
/* harmony export */   xF: () => (/* binding */ formatTensor),
/* harmony export */   yg: () => (/* binding */ rowShape)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** What a model's signature says about one row of a request. */

/** How an input or output is called in messages: `input "x" (float32 [N, 30])`. */
function formatTensor(role, { name, type, shape }) {
    const dims = shape.map((size) => (size === '' ? '?' : size)).join(', ');
    return `${role} "${name}" (${type} [${dims}])`;
}
/**
 * The shape of one row: all dimensions but the first, which counts the rows.
 * @throws UserError for an input without dimensions, which cannot take rows.
 */
function rowShape(input) {
    if (input.shape.length > 0)
        return input.shape.slice(1);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The model's ${formatTensor('input', input)} has no dimension that counts rows; ` +
        'export the model with a batch dimension.');
}
/** How many values one row has for an input; null where a dimension besides the first is free. */
function valuesPerRow(input) {
    return rowShape(input).reduce((product, size) => (product === null || typeof size === 'string' ? null : product * size), 1);
}
/**
 * Which input each column of a flat row (CSV, or an array for a model with several inputs) belongs to, in the order
 * of the signature; null where an input has a free dimension besides the first, or more than one besides it.
 */
function columnsOf(signature) {
    const columns = [];
    for (const input of signature.inputs) {
        const count = rowShape(input).length > 1 ? null : valuesPerRow(input);
        if (count === null)
            return null;
        for (let i = 0; i < count; i++)
            columns.push(input);
    }
    return columns;
}


/***/ }),

/***/ 83490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ poll)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/**
 * Asks until it is done or the time is over; the last state is given either way.
 * @throws CancelledError where the signal is aborted; whatever `check` throws.
 */
async function poll(options) {
    const { clock, signal, key = String, random = Math.random } = options;
    const deadline = clock.monotonic() + options.timeoutMs;
    let lastKey = null;
    for (;;) {
        if (signal.aborted)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc();
        const state = await options.check();
        if (key(state) !== lastKey)
            options.onChange?.(state);
        lastKey = key(state);
        if (options.done(state))
            return { state, timedOut: false };
        const left = deadline - clock.monotonic();
        if (left <= 0)
            return { state, timedOut: true };
        const interval = typeof options.intervalMs === 'number' ? options.intervalMs : options.intervalMs(state);
        await clock.sleep(Math.min(left, interval * (1 + random() / 10)), signal);
    }
}


/***/ }),

/***/ 41995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DC: () => (/* binding */ REPORT_SCHEMA),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   X1: () => (/* binding */ evidenceOf),
/* harmony export */   wn: () => (/* binding */ subjectName)
/* harmony export */ });
/* unused harmony export reportDigest */
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/** The report as data. The JSON, JUnit, HTML and Markdown forms say the same thing, each in its own way. */

const REPORT_SCHEMA = 'ml-deploy/smoke-report/v1';
/** sha256 of the report's canonical JSON. */
function reportDigest(report) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(report);
}
function subjectName({ endpoint, candidate, url }) {
    if (candidate !== null)
        return `candidate ${candidate}`;
    return endpoint === null ? url : `endpoint ${endpoint}`;
}
/** What goes into the release record. */
function evidenceOf(report) {
    return {
        passed: report.passed,
        reportDigest: reportDigest(report),
        subject: subjectName(report.subject),
        compared: report.parity?.compared ?? 0,
        mismatches: report.parity?.mismatches ?? 0,
        maxAbsDiff: report.parity?.maxAbsDiff ?? null,
        accuracy: report.accuracy?.accuracy ?? null,
        p95Ms: report.latency?.p95 ?? null,
    };
}
/** "The smoke test of endpoint x passed: …" */
function verdictOf(subject, kind, checks) {
    const failed = checks.filter(({ passed }) => !passed);
    const name = subjectName(subject);
    if (failed.length > 0) {
        const reasons = failed.slice(0, 3).map(({ message }) => message);
        const more = failed.length > 3 ? ` ${failed.length - 3} more checks failed.` : '';
        return `The smoke test of ${name} failed. ${reasons.join(' ')}${more}`;
    }
    const proof = checks.find((check) => check.name === kind)?.message ?? 'Its answers were not compared with anything.';
    return `The smoke test of ${name} passed (${kind}). ${proof}`;
}


/***/ }),

/***/ 57717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ storeKeys),
/* harmony export */   n: () => (/* binding */ storeOfArchive)
/* harmony export */ });
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73136);

const storeKeys = {
    archive: (digest) => `models/${digest}/model.tar.gz`,
    manifest: (digest) => `models/${digest}/manifest.json`,
    tar: (digest) => `models/${digest}/model.tar`,
    tarManifest: (digest) => `models/${digest}/manifest-tar.json`,
    reference: (digest) => `references/${digest}/reference.onnx`,
    release: (digest) => `releases/${digest}.json`,
};
/**
 * The URL of the store that an archive lies in, ending in a slash; null where the archive is not laid out as in a
 * store. `archive` is a URL or an absolute path.
 */
function storeOfArchive(archive) {
    const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(archive) ? archive : (0,node_url__WEBPACK_IMPORTED_MODULE_0__.pathToFileURL)(archive).href;
    return /^(.+\/)models\/[0-9a-f]{64}\/model\.tar(?:\.gz)?$/.exec(url)?.[1] ?? null;
}


/***/ }),

/***/ 98799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ canonicalize)
/* harmony export */ });
function serializeString (value) {
  if (!value.isWellFormed()) {
    throw new Error('Lone surrogate is not allowed');
  }
  return JSON.stringify(value);
}

function serializePrimitive (value) {
  switch (typeof value) {
    case 'number':
      if (isNaN(value)) {
        throw new Error('NaN is not allowed');
      }
      if (!isFinite(value)) {
        throw new Error('Infinity is not allowed');
      }
      // For finite numbers String(value) would give identical output, but
      // JSON.stringify benchmarks faster on V8.
      return JSON.stringify(value);
    case 'string':
      return serializeString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      // null, or values JSON.stringify maps to undefined (undefined,
      // functions, symbols).
      return JSON.stringify(value);
  }
}

// Resolves a value to either its serialized primitive form (a string — or
// undefined, for values JSON.stringify drops) or a frame describing the
// container to descend into. Callers distinguish the two cases with
// `typeof result !== 'object'`.
//
// toJSON results are unwrapped here, and the wrapper objects stay in `seen`
// until the resolved subtree is fully serialized, so cycles introduced via
// toJSON are still detected.
function enterValue (value, seen) {
  let wrappers = null;
  while (value !== null && typeof value === 'object' && typeof value.toJSON === 'function') {
    if (seen.has(value)) {
      throw new Error('Circular reference detected');
    }
    seen.add(value);
    (wrappers ??= []).push(value);
    value = value.toJSON();
  }

  // Boxed Number/String/Boolean objects serialize as their primitive values,
  // mirroring how JSON.stringify treats them.
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    value = value.valueOf();
  }

  if (value === null || typeof value !== 'object') {
    if (wrappers !== null) {
      for (const wrapper of wrappers) seen.delete(wrapper);
    }
    return serializePrimitive(value);
  }

  if (seen.has(value)) {
    throw new Error('Circular reference detected');
  }
  seen.add(value);

  return {
    container: value,
    // null marks an array frame; object frames carry their sorted keys.
    // `sort()`'s default comparator orders by UTF-16 code unit, which is the
    // order JCS requires.
    keys: Array.isArray(value) ? null : Object.keys(value).sort(),
    // Next child to serialize; the frame resumes here after a nested
    // container's subtree completes.
    index: 0,
    // Whether no member has been emitted yet (controls comma placement).
    first: true,
    // toJSON wrappers to release from `seen` when this frame completes.
    wrappers
  };
}

function canonicalize (object) {
  if (object === null || typeof object !== 'object') {
    return serializePrimitive(object);
  }

  const seen = new Set();
  const root = enterValue(object, seen);
  if (typeof root !== 'object') {
    // A toJSON chain resolved the input to a primitive.
    return root;
  }

  let result = root.keys === null ? '[' : '{';
  const stack = [root];

  // Depth-first serialization with an explicit stack instead of recursion, so
  // nesting depth is bounded by heap size rather than call-stack size. The top
  // frame is the container currently being serialized: primitive children are
  // appended inline, while a nested container pushes a new frame and jumps
  // back to the outer loop. Because frame.index was already advanced, the
  // parent resumes at its next child once the subtree is done. Opening
  // brackets are emitted when a frame is pushed, closing brackets when it
  // completes.
  outer:
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    const container = frame.container;

    // keys === null marks an array frame; otherwise keys holds the object's
    // sorted property names. Either way the iteration counter lives on the
    // frame itself (frame.index), so when a frame is resumed after a nested
    // container completes, the while condition continues at the first
    // unserialized child instead of restarting from the beginning.
    if (frame.keys === null) {
      while (frame.index < container.length) {
        const i = frame.index++;
        if (i > 0) {
          result += ',';
        }
        const element = container[i];
        // Inside arrays, JSON.stringify serializes values with no JSON
        // representation (undefined, symbols, functions) as null.
        const value = element === undefined || typeof element === 'symbol' || typeof element === 'function' ? null : element;
        if (value === null || typeof value !== 'object') {
          result += serializePrimitive(value);
          continue;
        }
        const child = enterValue(value, seen);
        if (typeof child !== 'object') {
          // A toJSON chain resolved the child to an already-serialized
          // primitive — or, when child is undefined, to a value with no JSON
          // representation, which becomes null inside arrays.
          result += child === undefined ? 'null' : child;
          continue;
        }
        result += child.keys === null ? '[' : '{';
        stack.push(child);
        continue outer;
      }
      result += ']';
    } else {
      const keys = frame.keys;
      while (frame.index < keys.length) {
        const key = keys[frame.index++];
        const value = container[key];
        // Inside objects, JSON.stringify omits properties whose value has no
        // JSON representation (undefined, symbols, functions).
        if (value === undefined || typeof value === 'symbol' || typeof value === 'function') {
          continue;
        }
        if (value === null || typeof value !== 'object') {
          // Commas are tracked with a flag rather than the key index: a
          // skipped key must not leave a stray comma behind.
          if (frame.first) {
            frame.first = false;
          } else {
            result += ',';
          }
          result += serializeString(key) + ':' + serializePrimitive(value);
          continue;
        }
        // The child must be resolved before the key is emitted: a toJSON
        // returning a value with no JSON representation drops the whole
        // property.
        const child = enterValue(value, seen);
        if (child === undefined) {
          continue;
        }
        if (frame.first) {
          frame.first = false;
        } else {
          result += ',';
        }
        result += serializeString(key) + ':';
        if (typeof child !== 'object') {
          result += child;
          continue;
        }
        result += child.keys === null ? '[' : '{';
        stack.push(child);
        continue outer;
      }
      result += '}';
    }

    // Frame complete. The container leaves `seen` so that a later, sibling
    // reference to the same object is not mistaken for a cycle.
    seen.delete(container);
    if (frame.wrappers !== null) {
      for (const wrapper of frame.wrappers) seen.delete(wrapper);
    }
    stack.pop();
  }

  return result;
}


/***/ })

};
