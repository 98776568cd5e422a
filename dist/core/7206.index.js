export const id = 7206;
export const ids = [7206];
export const modules = {

/***/ 78492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/exact-json.js
var exact_json = __webpack_require__(28231);
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
    if ((0,exact_json/* isRecord */.u4)(row))
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
    const key = stores/* storeKeys */.G5.reference(referenceDigest);
    return referenceUrl.endsWith(`/${key}`) ? referenceUrl.slice(0, -key.length) : null;
}
/** @throws UserError where the store no longer has the reference, or has other bytes than the release names. */
async function readReference(store, digest) {
    const key = stores/* storeKeys */.G5.reference(digest);
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
/** Digests of the ONNX files in an archive, compressed or not, from its manifest; null where the store has none. */
async function servedModels(store, modelDigest) {
    for (const key of [stores/* storeKeys */.G5.manifest(modelDigest), stores/* storeKeys */.G5.tarManifest(modelDigest)]) {
        if (await store.exists(key))
            return onnxDigests((0,exact_json/* parseJson */.qF)(await (0,consumers_.text)(await store.open(key))));
    }
    return null;
}
/** Every `sha256` that stands beside the `path` of an ONNX file. */
function onnxDigests(value) {
    if (Array.isArray(value))
        return value.flatMap((item) => onnxDigests(item));
    if (!(0,exact_json/* isRecord */.u4)(value))
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
    const key = stores/* storeKeys */.G5.release(release);
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
function answers(reply) {
    return reply.answer ? !NOT_YET.has(reply.answer.status) : reply.isUp;
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
        ...dropChecks(findings, limits.maxAccuracyDrop),
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
function dropChecks({ accuracy: found }, limit) {
    if (limit === null)
        return [];
    const { accuracy = null, reference = null } = found ?? {};
    if (accuracy === null || reference === null) {
        const message = 'The reference or the endpoint gave no labels, so there is no drop in accuracy to measure.';
        return [check('accuracy drop', false, message, { limit })];
    }
    // Shares of the same rows: a difference below that of one row in a billion is rounding.
    const drop = Math.round((reference - accuracy) * 1e9) / 1e9;
    const passed = drop <= limit;
    const place = drop > 0
        ? `${round(drop * 100)} points below`
        : drop < 0
            ? `${round(-drop * 100)} points above`
            : 'equal to';
    const message = `The accuracy is ${place} the reference's; a drop of ${round(limit * 100)} points is allowed.`;
    return [check('accuracy drop', passed, message, { value: drop, limit, rollsBack: true })];
}
function latencyChecks(latency, limits) {
    const one = (name, value, limit) => {
        if (limit === null)
            return [];
        const passed = value !== null && value <= limit;
        const message = value === null
            ? `There is no ${name} latency, since no request was answered.`
            : `The ${name} latency is ${round(value)} ms over ${latency.n} requests; ${limit} ms are allowed.`;
        return [check(`${name} latency`, passed, message, { value, limit, rollsBack: limits.latencyRollsBack })];
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
        ...logs(report),
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
    return [(0,markdown/* table */.tp)(header, [[...cells, ...counts]]), ...platformTime(found), ...latencyChart(found)];
}
function platformTime({ platform, retries }) {
    const lines = [];
    if (platform?.p50 != null && platform.p95 != null) {
        lines.push(`Of that, the platform itself took ${round(platform.p50)} ms (p50) and ${round(platform.p95)} ms (p95), as it says.`);
    }
    if (retries > 0)
        lines.push(`The client sent ${retries} requests again; that is part of the latency.`);
    return lines.length > 0 ? [lines.join(' ')] : [];
}
/** GitHub draws Mermaid in summaries. https://mermaid.js.org/syntax/xyChart.html */
function latencyChart({ curve, n }) {
    if (n < 2)
        return [];
    const values = curve.map(({ ms }) => Number(ms.toPrecision(4)));
    const chart = [
        'xychart-beta',
        '  title "Latency by percentile"',
        `  x-axis [${curve.map(({ percent }) => `"p${percent}"`).join(', ')}]`,
        '  y-axis "ms"',
        `  bar [${values.join(', ')}]`,
    ];
    return [(0,markdown/* codeBlock */.DV)(chart.join('\n'), 'mermaid')];
}
function logs({ logs: lines }) {
    return lines === '' ? [] : [(0,markdown/* details */.zH)('What the endpoint logged last', (0,markdown/* codeBlock */.DV)(lines))];
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
function facts({ subject, reference, tolerance, cases, mapping, kind, protocol }) {
    const lines = [
        ['Proof', kind],
        ['URL', subject.url],
        ['Protocol', protocol],
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

// EXTERNAL MODULE: ./build/js/src/core/smoke/decode.js
var decode = __webpack_require__(30159);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/not-serving.js

/** The platform's first sentence and what follows of it, on one line; a platform need not say anything. */
function whyNotServing({ detail }) {
    const said = (0,decode/* excerpt */.Kb)(detail);
    if (said === '')
        return 'it gives no reason.';
    return /[.!?…]$/.test(said) ? said : `${said}.`;
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
    const now = after.status === 'serving'
        ? `${rollback_short(to)} serves`
        : `it is ${after.status}: ${whyNotServing(after).replace(/\.$/, '')}`;
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
        const size = Buffer.byteLength((0,exact_json/* writeJson */.GF)(instances[index] ?? null)) + 1;
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
const ENVELOPE = '{"instances":[]}'.length;

;// CONCATENATED MODULE: ./build/js/src/core/smoke/tolerance.js
function toleranceFor({ rtol, atol, by }, { field, output }) {
    return by.get(field) ?? by.get(output) ?? { rtol, atol };
}
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
    // A float beyond 2^53 may be answered in digits, too; it stays one, since the reference says so.
    if (typeof expected === 'bigint') {
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
        return LONG_INTEGER.test(value) ? BigInt(value) : null;
    return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null;
}
/** Whole numbers beyond 2^53 are often written as texts, so that no reader rounds them. */
const LONG_INTEGER = /^-?\d{16,20}$/;
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
    // Answers that are all 0 or 1 fit too many patterns to tell one from another by.
    const constant = isSaturated(field) ? null : constantAnswer(field);
    const simple = constant ?? classOrder(field, options.tolerance) ?? reducedPrecision(field);
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
    if (!nearest || saturation(nearest.outputs) >= SATURATED)
        return null;
    if (!closer(field, nearest.outputs, tolerance))
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
    yield { order: [...identity.slice(1), 0], told: 'their columns moved by one to the left' };
    yield { order: [width - 1, ...identity.slice(0, -1)], told: 'their columns moved by one to the right' };
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
function saturated(field) {
    if (!isSaturated(field))
        return null;
    const message = `Almost all ${field.field} are 0 or 1, where the reference hesitates: ` +
        'the input seems not to be scaled as the model expects.';
    return { kind: 'saturated answers', message };
}
const SATURATED = 0.9;
function isSaturated({ role, actual, expected }) {
    return role === 'probabilities' && saturation(actual) >= SATURATED && saturation(expected) <= 0.5;
}
/** The share of values that are 0 or 1, or nearly so. */
function saturation(rows) {
    const values = rows.flat().map((value) => numberOf(value) ?? 0.5);
    return values.filter((value) => value < 1e-6 || value > 1 - 1e-6).length / values.length;
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
    return value === undefined ? null : labelOf((0,decode/* flatten */.Bq)(value));
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

// EXTERNAL MODULE: ./build/js/src/core/targets.js
var targets = __webpack_require__(81997);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/exchange.js
/** Requests to an endpoint, and what came of them. */


/**
 * Sends one body. No answer is an outcome as well, not an error.
 * @throws CancelledError where the run was cancelled; whatever is not the endpoint's fault.
 */
function sender(invoker, signal) {
    const stopIfCancelled = () => {
        if (signal.aborted)
            throw new errors/* CancelledError */.cc();
    };
    return async ({ content, contentType }) => {
        stopIfCancelled();
        try {
            return { answer: await invoker.invoke(content, contentType, signal), failure: null };
        }
        catch (error) {
            stopIfCancelled();
            if (error instanceof errors/* UpstreamError */.gA)
                return {
                    answer: null,
                    failure: `gave no answer: ${(0,errors/* messageOf */.bD)(error)}`,
                    isUp: error instanceof targets/* AnswerTooLargeError */.Oc,
                };
            throw error;
        }
    };
}
/** Reads the answer; apart from sending, so that reading one does not count as another's latency. */
function outcomeOf(reply, protocol, rows) {
    if (!reply.answer) {
        return { fields: null, latencyMs: null, failure: reply.failure, retries: 0, status: null };
    }
    const { latencyMs, status, platformMs = null, retries = 0 } = reply.answer;
    const decoded = protocol.decode(reply.answer, rows);
    return decoded.fields
        ? { ...decoded, latencyMs, platformMs, retries, status }
        : { ...decoded, latencyMs: null, retries, status };
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
    #platform = [];
    #failed = 0;
    #retries = 0;
    answered(latencyMs, platformMs = null) {
        this.#latencies.push(latencyMs);
        if (platformMs !== null)
            this.#platform.push(platformMs);
    }
    retried(times) {
        this.#retries += times;
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
            retries: this.#retries,
            platform: platformOf(this.#platform),
            curve: CURVE.flatMap((percent) => {
                const ms = percentile(sorted, percent);
                return ms === null ? [] : [{ percent, ms }];
            }),
        };
    }
}
const CURVE = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 100];
function platformOf(times) {
    if (times.length === 0)
        return null;
    const sorted = Float64Array.from(times).sort();
    return { n: sorted.length, p50: percentile(sorted, 50), p95: percentile(sorted, 95) };
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
 * @param rows how many rows it answers
 * @throws UserError where output-map names an output that the reference does not have.
 */
function mapFields(expected, answer, outputMap, rows) {
    if (outputMap)
        return mapAsTold(expected, outputMap);
    const onlyScores = scoresAsPredictions(expected, answer);
    if (onlyScores)
        return [onlyScores];
    const byName = expected.fields.map((field) => {
        if (!(field.field in answer) && field.output in answer) {
            return { ...field, field: field.output, why: 'the field has the name of the output' };
        }
        return { ...field, why: WHY[field.role] };
    });
    return byShape(byName, expected, answer, rows);
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
    const width = (0,decode/* flatten */.Bq)(predictions[0] ?? null).length;
    if (width < 2 || width !== columns.get(scores.output)?.width)
        return null;
    return { ...scores, field: 'predictions', why: `it has ${width} numbers a row, as this output` };
}
/** A field whose name is not there is the one field of another name that has the output's form, where there is just one. */
function byShape(mapped, { columns }, answer, rows) {
    const taken = new Set(mapped.map(({ field }) => field));
    return mapped.map((one) => {
        const column = columns.get(one.output);
        if (one.field in answer || !column)
            return one;
        const isText = typeof column.values[0] === 'string' && numberOf(column.values[0]) === null;
        const fitting = Object.keys(answer).filter((name) => !taken.has(name) && hasForm(answer[name], rows, column.width, isText));
        const [only] = fitting;
        if (only === undefined || fitting.length > 1)
            return one;
        taken.add(only);
        const what = isText ? 'text' : 'number';
        const why = `the only other field with ${column.width} ${what}${column.width === 1 ? '' : 's'} a row`;
        return { ...one, field: only, why };
    });
}
function hasForm(value, rows, width, isText) {
    if (!Array.isArray(value) || value.length !== rows)
        return false;
    const row = (0,decode/* flatten */.Bq)(value[0] ?? null);
    const isTextRow = typeof row[0] === 'string' && numberOf(row[0]) === null;
    return row.length === width && isTextRow === isText;
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

// EXTERNAL MODULE: ./build/js/src/core/smoke/random.js
var smoke_random = __webpack_require__(74706);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/pairs.js
/** What the charts of a comparison are drawn from: few pairs of many, and how many differences there are of each size. */

const MOST_PAIRS = 400;
const SEED = 7;
/** Differences below 1e-12 are counted as such. */
const SMALLEST = -12;
/** Reservoir sampling: each pair is as likely to be kept as any other. https://en.wikipedia.org/wiki/Reservoir_sampling */
class PairTally {
    #field;
    #random = (0,smoke_random/* mulberry32 */.s)(SEED);
    #pairs = [];
    #decades = new Map();
    #equal = 0;
    #seen = 0;
    constructor(field) {
        this.#field = field;
    }
    add(expected, actual) {
        const difference = Math.abs(actual - expected);
        if (!Number.isFinite(difference))
            return;
        if (difference === 0)
            this.#equal++;
        else {
            const decade = Math.max(SMALLEST, Math.floor(Math.log10(difference)) + 1);
            this.#decades.set(decade, (this.#decades.get(decade) ?? 0) + 1);
        }
        const at = this.#seen++ < MOST_PAIRS ? this.#pairs.length : Math.floor(this.#random() * this.#seen);
        if (at < MOST_PAIRS)
            this.#pairs[at] = { expected, actual };
    }
    result() {
        const found = [...this.#decades.keys()];
        const [low, high] = [Math.min(...found), Math.max(...found)];
        const decades = found.length === 0 ? [] : Array.from({ length: high - low + 1 }, (_, at) => low + at);
        return {
            field: this.#field,
            pairs: this.#pairs,
            differences: [
                { below: null, count: this.#equal },
                ...decades.map((decade) => ({ below: 10 ** decade, count: this.#decades.get(decade) ?? 0 })),
            ],
        };
    }
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
    #tolerances;
    #labelNames;
    #outputs = new Map();
    #problems = new Map();
    #worst = new WorstRows();
    #rows = 0;
    #rowsWrong = 0;
    #ties = 0;
    constructor(tolerances, labelNames) {
        this.#tolerances = tolerances;
        this.#labelNames = labelNames;
    }
    /**
     * Compares the answer to one request.
     * @param shapes what the answer itself says of the shapes of its fields, where its protocol does
     */
    add(batch, expected, answer, mapping, shapes = null) {
        const usable = mapping.filter((mapped) => this.#hasRows(mapped, answer, batch) && this.#hasShape(mapped, expected, shapes));
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
        const tallies = [...this.#outputs.values()];
        const outputs = tallies.map(({ mapped: { field, output }, compared, mismatches, maxAbsDiff, tolerance }) => {
            return { field, output, compared, mismatches, maxAbsDiff, tolerance };
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
            pairs: tallies.filter(({ mapped }) => mapped.role !== 'label').map(({ pairs }) => pairs.result()),
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
    /** Whole tensors are compared with their shapes; each is one comparison, so that an empty tensor is compared too. */
    #hasShape(mapped, { shapes: wanted }, shapes) {
        const want = wanted?.get(mapped.output);
        if (!want)
            return true;
        const got = shapes?.[mapped.field];
        const tally = this.#tallyOf(mapped);
        tally.compared++;
        if (got?.length === want.length && got.every((size, axis) => size === want[axis]))
            return true;
        tally.mismatches++;
        return this.#problem(`shape ${mapped.field}`, `The answer's field "${mapped.field}" has the shape [${got?.join(', ') ?? 'none'}]; ` +
            `the reference's output "${mapped.output}" has [${want.join(', ')}].`);
    }
    #compareRow(mapped, expected, answer, batch, row) {
        const column = expected.columns.get(mapped.output);
        const rows = answer[mapped.field];
        if (!column || !Array.isArray(rows))
            return [];
        const want = rowOf(column, row);
        const got = (0,decode/* flatten */.Bq)(rows[row] ?? []);
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
            if (this.#isTie(expected, row))
                return this.#tie();
            tally.mismatches++;
            return [{ ...base, difference: null, excess: Infinity }];
        }
        const { equal, difference } = compareValues(actual, want, tally.tolerance);
        if (typeof want !== 'string')
            tally.maxAbsDiff = larger(tally.maxAbsDiff, difference);
        const [wanted, got] = [numberOf(want), numberOf(actual)];
        if (wanted !== null && got !== null)
            tally.pairs.add(wanted, got);
        if (equal)
            return [];
        tally.mismatches++;
        return [{ ...base, difference, excess: excessOf(difference, want, tally.tolerance) }];
    }
    /** Judged by the tolerance of the probabilities, which say how sure the reference is. */
    #isTie(expected, row) {
        const scores = expected.fields.find(({ role }) => role === 'probabilities');
        const tolerance = scores ? toleranceFor(this.#tolerances, scores) : this.#tolerances;
        return isTie(probabilitiesOf(expected), row, tolerance);
    }
    #tie() {
        this.#ties++;
        return [];
    }
    #tallyOf(mapped) {
        const known = this.#outputs.get(mapped.field);
        if (known)
            return known;
        const tally = {
            mapped,
            tolerance: toleranceFor(this.#tolerances, mapped),
            pairs: new PairTally(mapped.field),
            compared: 0,
            mismatches: 0,
            maxAbsDiff: null,
        };
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
                sampled.actual.push(Array.isArray(answered) ? (0,decode/* flatten */.Bq)(answered[row] ?? []) : []);
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
    const { cases, tolerances, concurrency } = options;
    const state = {
        mapping: null,
        leftOut: [],
        refusals: 0,
        parity: new ParityTally(tolerances, cases.labelNames),
        accuracy: cases.labels ? new AccuracyTally(cases.labels, cases.labelNames) : null,
        latency: new LatencyTally(),
        sample: new Sample(),
    };
    await warmUp(options, send);
    let sent = 0;
    for (const batches of windows(batchesOf(cases.instances, limitsOf(options)), concurrency * WINDOW)) {
        await examineWindow(batches, options, send, state, signal);
        sent += batches.length;
    }
    await sendMore(options, (options.requests ?? 0) - sent, send, state.latency);
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
function limitsOf({ rowsPerRequest, protocol }) {
    return { rows: Math.min(rowsPerRequest, protocol.maxRows), bytes: BODY_LIMIT };
}
async function warmUp(options, send) {
    const { cases, warmup, concurrency, protocol } = options;
    if (warmup === 0)
        return;
    const [first] = batchesOf(cases.instances, limitsOf(options));
    const body = await protocol.encode(first?.rows ?? []);
    await inParallel(Array.from({ length: warmup }), concurrency, () => send(body));
}
/** Expectations are made before the window is sent, so that the reference's work is nobody's latency. */
async function examineWindow(batches, options, send, state, signal) {
    const { reference } = options;
    const expected = [];
    for (const batch of batches)
        expected.push(reference ? await reference.expect(batch, signal) : null);
    const replies = await sendAll(batches, options, send);
    for (const [index, batch] of batches.entries()) {
        const reply = replies[index];
        if (reply)
            take(batch, expected[index] ?? null, reply, options, state);
    }
}
/** All bodies are made before the first is sent: making one is nobody's latency. */
async function sendAll(batches, { protocol, concurrency }, send) {
    const bodies = await Promise.all(batches.map(async ({ rows }) => protocol.encode(rows)));
    return inParallel(bodies, concurrency, send);
}
function take(batch, expected, reply, { protocol, outputMap, paths }, state) {
    const outcome = outcomeOf(reply, protocol, batch.rows.length);
    examine_count(outcome, state.latency);
    if (outcome.fields === null) {
        if (outcome.status === 401 || outcome.status === 403)
            throw denied(outcome.status);
        if (outcome.status !== null && outcome.status >= 400 && outcome.status < 500)
            state.refusals++;
        return;
    }
    const rows = batch.rows.length;
    const fields = paths ? { ...outcome.fields, ...paths(outcome.document, rows) } : outcome.fields;
    if (expected) {
        state.leftOut = expected.leftOut;
        state.mapping ??= mapFields(expected, fields, outputMap, rows);
        state.parity.add(batch, expected, fields, state.mapping, outcome.shapes);
        state.sample.add(batch, expected, fields, state.mapping);
    }
    state.accuracy?.add(batch, fields, expected, state.mapping ?? []);
}
/** Our credentials are at fault, not the model; they may also run out in the middle of a test. */
function denied(status) {
    return new errors/* UserError */.yo(`The endpoint refuses these credentials (HTTP ${status}), so it could not be tested. ` +
        'Give the step access to the endpoint.');
}
function examine_count(outcome, latency) {
    latency.retried(outcome.retries);
    if (outcome.failure === null)
        latency.answered(outcome.latencyMs, outcome.platformMs);
    else
        latency.failed(outcome.failure);
}
/** Requests beyond those that the cases need: only their latency and their failures are of interest. */
async function sendMore(options, more, send, latency) {
    const { cases, concurrency, protocol } = options;
    let left = more;
    while (left > 0) {
        for (const window of windows(batchesOf(cases.instances, limitsOf(options)), concurrency * WINDOW)) {
            const batches = window.slice(0, left);
            const replies = await sendAll(batches, options, send);
            batches.forEach(({ rows }, index) => {
                const reply = replies[index];
                if (reply)
                    examine_count(outcomeOf(reply, protocol, rows.length), latency);
            });
            left -= batches.length;
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
// EXTERNAL MODULE: ./build/js/src/core/inference/v2.js
var v2 = __webpack_require__(99067);
;// CONCATENATED MODULE: ./build/js/src/core/smoke/onnx-reference.js
/** The reference that matters most: the exported model itself, run here on the same rows. */




/** Rows a request where the model's batch dimension is fixed; null where any number will do. */
function fixedBatch(signature) {
    const sizes = signature.inputs.map(({ shape }) => shape[0]);
    return sizes.find((size) => typeof size === 'number') ?? null;
}
/** @param wholeTensors whether a case is the model's whole input, as ONNX test data has it, and not a row of it */
function onnxReference(session, label, digest, wholeTensors = false) {
    const fields = (0,answer/* answerFields */.Au)(session.signature);
    return {
        kind: 'onnx',
        label,
        digest,
        async expect({ rows }) {
            if (wholeTensors)
                return expectWhole(await session.run(feedsOfWhole(rows[0], session.signature)));
            const outputs = await session.run((0,instances/* feedsOfInstances */.N)(rows, session.signature));
            const columns = new Map();
            for (const { output } of fields) {
                const column = columnOf(outputs[output], rows.length);
                if (column)
                    columns.set(output, column);
            }
            if (columns.size === 0)
                throw noColumns(label, outputs, rows.length);
            const leftOut = fields.map(({ output }) => output).filter((output) => !columns.has(output));
            return { fields: fields.filter(({ output }) => columns.has(output)), columns, shapes: null, leftOut };
        },
        close: () => session.close(),
    };
}
function feedsOfWhole(row, signature) {
    return (0,v2/* feedsOfV2 */.td)(Array.isArray(row) ? row : [], signature);
}
/** Every output as one row of all its values. */
function expectWhole(outputs) {
    const all = Object.entries(outputs);
    return {
        fields: all.map(([name]) => ({ field: name, output: name, role: 'value' })),
        columns: new Map(all.map(([name, { data }]) => [name, { width: data.length, values: data }])),
        shapes: new Map(all.map(([name, { dims }]) => [name, dims])),
        leftOut: [],
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

;// CONCATENATED MODULE: ./build/js/src/core/smoke/probes.js


const LARGE_ROWS = 500;
/** Nothing has to be computed to refuse a body. */
const QUICK_MS = 5_000;
/** @param manyRows whether a request may carry other numbers of rows than one. */
async function probe(send, protocol, instances, manyRows) {
    const { malformed, noRows } = protocol;
    const one = instances.slice(0, 1);
    const results = [];
    if (malformed)
        results.push(await refusal(send, malformed));
    if (noRows)
        results.push(await emptyBatch(send, noRows));
    results.push(await goodAnswer(send, protocol, 'one row', one, false));
    if (manyRows && protocol.maxRows > 1)
        results.push(await largeBatch(send, protocol, instances));
    results.push(await goodAnswer(send, protocol, 'next good request', one, true));
    return results;
}
async function refusal(send, body) {
    const reply = await send(body);
    const refused = statusWithin(reply, 400, 499);
    const slow = refused && reply.answer !== null && reply.answer.latencyMs > QUICK_MS;
    const message = !refused
        ? `was met with ${told(reply)}; it should be refused with a status of 400 to 499`
        : slow
            ? `was refused with ${told(reply)}, but only after ${Math.round(reply.answer.latencyMs)} ms; ${QUICK_MS} ms are allowed`
            : `was refused with ${told(reply)}`;
    return { name: 'malformed body', passed: refused && !slow, message, serious: false };
}
async function emptyBatch(send, body) {
    const reply = await send(body);
    const passed = statusWithin(reply, 200, 299) || statusWithin(reply, 400, 499);
    const message = `was met with ${told(reply)}${passed ? '' : '; it should be answered, or refused with 4xx'}`;
    return { name: 'empty batch', passed, message, serious: false };
}
async function goodAnswer(send, protocol, name, rows, serious) {
    return probes_judge(await send(await protocol.encode(rows)), protocol, name, rows.length, serious);
}
function probes_judge(reply, protocol, name, rows, serious) {
    const { fields, failure } = outcomeOf(reply, protocol, rows);
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
async function largeBatch(send, protocol, instances) {
    const { content } = await protocol.encode(instances.slice(0, 1));
    const count = Math.max(1, Math.min(LARGE_ROWS, Math.floor(BODY_LIMIT / 2 / Buffer.byteLength(content))));
    const rows = Array.from({ length: count }, (_, index) => instances[index % instances.length] ?? null);
    const name = `large batch (${count} rows)`;
    const reply = await send(await protocol.encode(rows));
    if (reply.answer?.status === 413) {
        return { name, passed: true, message: 'was refused as too large (HTTP 413)', serious: false };
    }
    return probes_judge(reply, protocol, name, count, false);
}
function statusWithin(reply, low, high) {
    return reply.answer !== null && reply.answer.status >= low && reply.answer.status <= high;
}
function told(reply) {
    return reply.answer ? `HTTP ${reply.answer.status}` : `no answer (${reply.failure})`;
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/seeded.js

const seeded_SEED = 20_260_101;
const SEEDED_ROWS = 16;
/** Numbers are uniform in [-3, 3), whole ones in 0 … 9; a free dimension other than the batch has size 1. */
function seededCases(signature) {
    const random = (0,smoke_random/* mulberry32 */.s)(seeded_SEED);
    const [first] = signature.inputs;
    const row = () => signature.inputs.length === 1 && first
        ? seeded_valueOf(first, random)
        : Object.fromEntries(signature.inputs.map((input) => [input.name, seeded_valueOf(input, random)]));
    return {
        source: `${SEEDED_ROWS} seeded rows made from the reference's signature`,
        instances: Array.from({ length: SEEDED_ROWS }, row),
        wholeTensors: false,
        labels: null,
        featureNames: null,
        labelNames: null,
        expected: null,
        expectedShapes: null,
        tolerances: new Map(),
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

;// CONCATENATED MODULE: ./build/js/src/core/smoke/answer-reference.js
/** References that are answers themselves: recorded in the cases, or given by the live version of the endpoint. */


/** Expectations that stand in the cases. */
function recordedReference({ expected, expectedShapes, source }) {
    return {
        kind: 'recorded',
        label: `expectations recorded in ${source}`,
        digest: null,
        expect: ({ start, rows }) => {
            const slices = Object.entries(expected ?? {}).map(([name, column]) => [
                name,
                column.slice(start, start + rows.length),
            ]);
            const columns = expectedOf(Object.fromEntries(slices), rows.length);
            return Promise.resolve({ ...columns, shapes: expectedShapes?.[start] ?? null });
        },
        close: () => Promise.resolve(),
    };
}
/** What the live version answers to the same rows. */
function endpointReference(invoker, protocol) {
    return {
        kind: 'endpoint',
        label: `the live version at ${invoker.url}`,
        digest: null,
        async expect({ rows }, signal) {
            const { content, contentType } = await protocol.encode(rows);
            const decoded = protocol.decode(await invoker.invoke(content, contentType, signal), rows.length);
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
        shapes: null,
        leftOut: Object.keys(fields).filter((name) => !columns.some(([known]) => known === name)),
    };
}
/** null for a field that does not hold one value a row, such as the name of the model. */
function answer_reference_columnOf(value, rows) {
    if (!Array.isArray(value) || value.length !== rows)
        return null;
    const values = value.map((row) => (0,decode/* flatten */.Bq)(row));
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

;// CONCATENATED MODULE: ./build/js/src/core/smoke/protocol/create-protocol.js
/** Only the one that is used is loaded: CSV brings a parser. */
async function createProtocol(name, options) {
    switch (name) {
        case 'instances':
            return (await __webpack_require__.e(/* import() */ 4442).then(__webpack_require__.bind(__webpack_require__, 74442))).instancesProtocol;
        case 'v2':
            return (await __webpack_require__.e(/* import() */ 7036).then(__webpack_require__.bind(__webpack_require__, 47036))).v2Protocol(options);
        case 'csv':
            return (await Promise.all(/* import() */[__webpack_require__.e(5175), __webpack_require__.e(1630)]).then(__webpack_require__.bind(__webpack_require__, 91630))).csvProtocol;
        case 'raw':
            return (await __webpack_require__.e(/* import() */ 4200).then(__webpack_require__.bind(__webpack_require__, 54200))).rawProtocol(options);
    }
}

// EXTERNAL MODULE: ./build/js/src/core/workspace.js
var workspace = __webpack_require__(46386);
;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/reference-of.js
/** Opens what the answers are compared with. */








/** @throws UserError where the reference is not there, is not what the release names, or is no model. */
async function openReference(inputs, settings, subject, ports) {
    if (inputs.reference === 'onnx')
        return openOnnx(inputs, settings, subject, ports);
    const protocol = await protocolOf(inputs, settings, null);
    return {
        reference: await answersOf(inputs.reference, settings, subject, protocol),
        session: null,
        protocol,
    };
}
async function openOnnx(inputs, settings, subject, ports) {
    const { bytes, label } = settings.model ?? (await releaseModel(subject, ports));
    const digest = (0,canonical_json/* sha256 */.sc)(bytes);
    warnOfOtherReference(settings, subject, digest, ports);
    const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
    const protocol = await protocolOf(inputs, settings, session);
    const wholeTensors = settings.cases?.wholeTensors ?? false;
    return { reference: onnxReference(session, label, digest, wholeTensors), session, protocol };
}
async function answersOf(kind, { cases }, subject, protocol) {
    if (kind === 'endpoint')
        return liveReference(subject, protocol);
    return kind === 'recorded' && cases !== null ? recordedReference(cases) : null;
}
function protocolOf({ contentType }, { protocol, cases, casesFolder }, session) {
    return createProtocol(protocol, {
        signature: session?.signature ?? null,
        wholeTensors: cases?.wholeTensors ?? false,
        contentType,
        folder: casesFolder,
    });
}
async function liveReference({ platform }, protocol) {
    if (!platform)
        throw new errors/* UserError */.yo('reference: endpoint needs an endpoint with a live version.');
    const { target, endpoint, description } = platform;
    if (description.status !== 'serving' || description.live === null) {
        throw new errors/* UserError */.yo(`reference: endpoint compares with the live version, but "${endpoint}" has none that serves. ` +
            'Use reference: onnx for the first release.');
    }
    return endpointReference(await target.invoker(endpoint, null), protocol);
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
/** Models that may be served by mistake: of other versions of the endpoint, and those named in earlier-models. */
function otherVersions(subject, { earlierModels }, inputs, ports) {
    const named = earlierModels.map((file) => ({
        version: (0,canonical_json/* sha256 */.sc)(file.bytes),
        called: `the earlier model ${file.label}`,
        predict: (rows) => predictOnce(file, rows, inputs, ports),
    }));
    return [...named, ...platformVersions(subject, inputs, ports)];
}
/** The references of the endpoint's other versions, opened only when they are asked. */
function platformVersions({ version, platform }, inputs, ports) {
    if (!version || !platform)
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
        predict: (rows) => predictAs(other, rows, inputs, ports),
    }));
}
async function predictAs(version, rows, inputs, ports) {
    const store = await openStoreOf(version, ports);
    try {
        const bytes = await readReference(store, version.referenceDigest ?? '');
        const label = `the reference of ${(0,canonical_json/* shortDigest */.VK)(version.version)}`;
        return await predictOnce({ bytes, label }, rows, inputs, ports);
    }
    catch (error) {
        // An old reference that is gone makes one guess less, and nothing worse.
        if (error instanceof errors/* UserError */.yo)
            return null;
        throw error;
    }
}
async function predictOnce({ bytes, label }, rows, inputs, ports) {
    const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
    try {
        return await predictor(onnxReference(session, label, ''), ports.signal)(rows);
    }
    finally {
        await session.close();
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/measure.js
/** The test itself: waits for the endpoint, sends everything, and judges what came back. */












const WAIT_MS = 30_000;
const POLL_MS = 1_000;
/** @throws UserError for what is no fault of the endpoint; CancelledError. */
async function measure(inputs, settings, subject, opened, ports) {
    const { reference, protocol } = opened;
    const { cases, rowsEach, fixed } = planOf(inputs, settings, opened, ports);
    const kind = await kindOf(subject, opened, ports);
    const send = sender(subject.invoker, ports.signal);
    const base = { kind, cases, rowsEach };
    const [first] = batchesOf(cases.instances, { rows: rowsEach, bytes: BODY_LIMIT });
    const body = await protocol.encode(first?.rows ?? []);
    const dead = await waitUntilReady(send, body, subject, ports);
    if (dead)
        return { ...base, checks: dead, findings: null, causes: [] };
    const { tolerances, paths } = settings;
    const examination = { ...inputs, cases, reference, protocol, tolerances, paths, rowsPerRequest: rowsEach };
    const findings = await examine(examination, send, ports.signal);
    log(findings, ports);
    const probes = wantsProbes(inputs) ? await probe(send, protocol, cases.instances, !fixed) : [];
    const checks = judge(kind, measure_limitsOf(inputs), findings, probes, isTrusted(subject, opened));
    const causes = await causesOf(inputs, settings, cases, findings, subject, opened, ports);
    return { ...base, checks, findings, causes };
}
/** What is sent, and how much of it at once. */
function planOf(inputs, settings, { session, protocol }, ports) {
    const cases = casesOf(settings, session, ports);
    if (cases.wholeTensors)
        return { cases, rowsEach: 1, fixed: true };
    const fixed = session ? fixedBatch(session.signature) : null;
    if (fixed !== null)
        return { cases: wholeBatches(cases, fixed, ports), rowsEach: fixed, fixed: true };
    const rowsEach = rowsPerRequest(cases.instances.length, inputs.requests);
    return { cases, rowsEach: Math.min(rowsEach, protocol.maxRows), fixed: false };
}
function casesOf(settings, session, { log }) {
    if (settings.cases)
        return settings.cases;
    if (!session)
        throw new errors/* UserError */.yo('cases is needed: without an ONNX reference nothing tells what to send.');
    const cases = seededCases(session.signature);
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
async function kindOf(subject, { reference }, ports) {
    if (!reference)
        return 'health only';
    return (await isTransportCheck(subject, reference, ports)) ? 'transport check' : 'parity';
}
/** null where the endpoint answers; the failed check where it does not. */
async function waitUntilReady(send, body, subject, ports) {
    const saysNo = subject.platform?.candidate === null && subject.platform.description.status === 'not-serving';
    const timeoutMs = saysNo ? 0 : WAIT_MS;
    const timing = { intervalMs: ports.pollMs ?? POLL_MS, timeoutMs };
    const { ready, reply } = await waitForAnswer(send, body, timing, ports);
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
    const retries = latency.retries > 0 ? `, ${latency.retries} sent again by the client` : '';
    logger.info(`${latency.requests} requests sent, ${latency.failed} failed${retries}.`);
}
/** Whether the reference is the one that the release names, where it names one. */
function isTrusted({ version }, { reference }) {
    const named = version?.referenceDigest ?? null;
    const used = reference?.digest ?? null;
    return named === null || used === null || named === used;
}
function wantsProbes({ probes, candidateName }) {
    return probes === 'always' || (probes === 'candidate' && candidateName !== null);
}
function measure_limitsOf(inputs) {
    return {
        minAccuracy: inputs.minAccuracy,
        maxAccuracyDrop: inputs.maxAccuracyDrop,
        maxP50: inputs.maxP50Ms,
        maxP95: inputs.maxP95Ms,
        maxP99: inputs.maxP99Ms,
        maxErrorRate: inputs.maxErrorRate,
        latencyRollsBack: inputs.rollbackOnLatency,
    };
}
async function causesOf(inputs, settings, { wholeTensors, featureNames }, { parity, sample }, subject, { reference, session }, ports) {
    if (!reference || !parity || parity.mismatches === 0 || wholeTensors)
        return [];
    return guessCauses({
        sample,
        tolerance: inputs,
        featureNames,
        predict: session ? predictor(reference, ports.signal) : null,
        others: session ? otherVersions(subject, settings, inputs, ports) : [],
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
 * The JSON object may have `tolerances` too: {field: {rtol?, atol?}}. The names of expected fields may be JSONPaths.
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
        wholeTensors: false,
        labels: checkLabels(raw.labels, count, problems),
        featureNames: checkNames('feature_names', raw.featureNames, problems),
        labelNames: checkNames('label_names', raw.labelNames, problems),
        expected: checkExpected(raw.expected, count, problems),
        expectedShapes: null,
        tolerances: checkTolerances(raw.tolerances, problems),
    };
    checkRows(cases, problems);
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems.map((message) => ({ where: `cases (${name})`, message })));
    return cases;
}
/** Only CSV pays for its parser. */
async function readCsv(text, name) {
    const { readCsvCases } = await Promise.all(/* import() */[__webpack_require__.e(5175), __webpack_require__.e(4957)]).then(__webpack_require__.bind(__webpack_require__, 44957));
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
    if (!(0,exact_json/* isRecord */.u4)(value))
        return { instances: undefined };
    return {
        instances: value.instances,
        labels: value.labels,
        featureNames: value.feature_names,
        labelNames: value.label_names,
        expected: value.expected,
        tolerances: value.tolerances,
    };
}
function parseText(text, name, line) {
    try {
        return (0,exact_json/* parseJson */.qF)(text);
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
    const wrapped = rows.some((row) => (0,exact_json/* isRecord */.u4)(row) && 'instance' in row);
    if (!wrapped)
        return { instances: rows };
    const column = (key) => rows.map((row) => ((0,exact_json/* isRecord */.u4)(row) ? (row[key] ?? null) : null));
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
        problems.push(`"labels" must be an array with one label for each row, not ${(0,exact_json/* show */.WU)(value)}.`);
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
    problems.push(`"${key}" must be an array of texts, not ${(0,exact_json/* show */.WU)(value)}.`);
    return null;
}
/** Takes one entry a row (a value, or an object of fields), or an object with an array for each field. */
function checkExpected(value, count, problems) {
    if (value === undefined || value === null)
        return null;
    const fields = Array.isArray(value) ? fieldsOfRows(value) : value;
    if (!(0,exact_json/* isRecord */.u4)(fields)) {
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
function checkTolerances(value, problems) {
    if (value === undefined || value === null)
        return new Map();
    const isSize = (size) => size === undefined || (typeof size === 'number' && size >= 0);
    const isTolerance = (one) => (0,exact_json/* isRecord */.u4)(one) && isSize(one.rtol) && isSize(one.atol);
    if ((0,exact_json/* isRecord */.u4)(value) && Object.values(value).every(isTolerance)) {
        return new Map(Object.entries(value));
    }
    problems.push(`"tolerances" must be an object {field: {"rtol": …, "atol": …}}, not ${(0,exact_json/* show */.WU)(value)}.`);
    return new Map();
}
function fieldsOfRows(rows) {
    const names = new Set(rows.flatMap((row) => ((0,exact_json/* isRecord */.u4)(row) ? Object.keys(row) : [PREDICTIONS])));
    const valueOf = (row, name) => (0,exact_json/* isRecord */.u4)(row) ? (row[name] ?? null) : name === PREDICTIONS ? row : null;
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
    if ((0,exact_json/* isRecord */.u4)(row))
        return `the fields ${Object.keys(row).sort().join(', ')}`;
    return row === null ? 'nothing' : `one ${typeof row}`;
}
function holds(value, test) {
    if (Array.isArray(value))
        return value.some((item) => holds(item, test));
    if ((0,exact_json/* isRecord */.u4)(value))
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

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/check-inputs.js
function inputProblems(inputs) {
    const problems = [];
    const add = (where, message, fix) => problems.push({ where, message, fix });
    checkGoal(inputs, add);
    if (inputs.endpointUrl === null)
        checkAccess(inputs, add);
    else
        checkUrl(inputs, inputs.endpointUrl, add);
    checkReference(inputs, add);
    checkProtocol(inputs, add);
    checkAccuracy(inputs, add);
    return problems;
}
function checkGoal(inputs, add) {
    const { target, endpointName, endpointUrl, candidateName, rollbackOnFailure, targetVariant } = inputs;
    if (endpointName === null && endpointUrl === null) {
        add('endpoint-name', 'is missing, and so is endpoint-url.', 'Set one of them.');
    }
    if (endpointName !== null && endpointUrl !== null) {
        add('endpoint-name', `"${endpointName}" and endpoint-url are both set.`, 'Set only one of them.');
    }
    if (endpointName !== null && target === null) {
        add('target', `is needed for endpoint-name "${endpointName}".`, 'Set target: local or target: sagemaker.');
    }
    if (targetVariant !== null && target !== 'sagemaker') {
        add('target-variant', `"${targetVariant}" is for target: sagemaker only.`, 'Remove it.');
    }
    if (candidateName !== null && rollbackOnFailure) {
        add('rollback-on-failure', `cannot be used with candidate-name "${candidateName}": a candidate has no traffic, so there is nothing to roll back.`, 'Discard a candidate that fails with deploy-endpoint, command: discard.');
    }
    if (inputs.rollbackOnLatency && !rollbackOnFailure) {
        add('rollback-on-latency', 'does nothing without rollback-on-failure.', 'Set both, or neither.');
    }
}
function checkUrl({ candidateName, rollbackOnFailure, bearerToken, sigv4Service }, url, add) {
    const fix = 'Use target and endpoint-name instead of endpoint-url.';
    if (rollbackOnFailure) {
        add('rollback-on-failure', 'cannot be used with endpoint-url: a URL has no versions.', fix);
    }
    if (candidateName !== null)
        add('candidate-name', 'cannot be used with endpoint-url.', fix);
    if (bearerToken !== null && sigv4Service !== null) {
        add('bearer-token', 'and sigv4-service are two ways to sign in.', 'Set only one of them.');
    }
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed === null) {
        add('endpoint-url', 'is not a valid URL.', 'Give such as https://host/path.');
    }
    else if (parsed.username !== '' || parsed.password !== '') {
        const message = 'holds a user name or a password, which would end up in logs.';
        add('endpoint-url', message, 'Take them out of the URL; bearer-token and request-headers are masked.');
    }
}
function checkAccess({ requestHeaders, bearerToken, sigv4Service }, add) {
    const given = {
        'request-headers': requestHeaders,
        'bearer-token': bearerToken,
        'sigv4-service': sigv4Service,
    };
    for (const [name, value] of Object.entries(given)) {
        if (value !== null)
            add(name, 'is for endpoint-url only.', 'Remove it: a target signs in by itself.');
    }
}
function checkReference(inputs, add) {
    const { reference, modelPath, endpointUrl, candidateName, cases, outputMap } = inputs;
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
}
function checkProtocol(inputs, add) {
    const { protocol, reference, contentType, generatedRows, cases } = inputs;
    if (protocol === 'raw' && reference === 'onnx') {
        add('protocol', '"raw" sends bodies that an ONNX reference cannot read.', 'Set reference: recorded, reference: endpoint or reference: none.');
    }
    if (contentType !== null && protocol !== 'raw') {
        add('content-type', `"${contentType}" is for protocol: raw only.`, 'Remove it, or set protocol: raw.');
    }
    if (generatedRows !== null && cases === null) {
        add('generated-rows', `of ${generatedRows} needs cases, whose ranges it keeps to.`, 'Set cases.');
    }
    if (generatedRows !== null && reference === 'recorded') {
        add('generated-rows', 'makes rows that nothing is recorded of.', 'Use reference: onnx, or remove it.');
    }
}
function checkAccuracy({ minAccuracy, maxAccuracyDrop, reference, generatedRows, cases }, add) {
    const floors = { 'min-accuracy': minAccuracy, 'max-accuracy-drop': maxAccuracyDrop };
    for (const [name, limit] of Object.entries(floors)) {
        if (limit !== null && (cases === null || generatedRows !== null)) {
            add(name, `of ${limit} needs cases with true labels.`, 'Set cases to a file with "instances" and "labels", without generated-rows.');
        }
    }
    if (maxAccuracyDrop !== null && reference === 'none') {
        add('max-accuracy-drop', 'is measured from a reference.', 'Set another reference than none.');
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/tolerances.js
/** Tolerances of single outputs: from the cases, and from the input, which stands above them. */

/** @throws UserError with every entry that is no tolerance. */
function readTolerances({ rtol, atol, outputTolerances }, cases) {
    const problems = [];
    const by = new Map();
    for (const [name, given] of cases?.tolerances ?? [])
        by.set(name, { rtol, atol, ...given });
    for (const [name, text] of outputTolerances ?? []) {
        const given = parse(text);
        if (given)
            by.set(name, { rtol, atol, ...by.get(name), ...given });
        else {
            const message = `"${text}" for ${name} is no tolerance.`;
            problems.push({ where: 'output-tolerances', message, fix: `Write ${name}=rtol 1e-3 atol 1e-6.` });
        }
    }
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return { rtol, atol, by };
}
/** `rtol 1e-3 atol 1e-6`, either alone too; null for anything else. */
function parse(text) {
    const words = text.split(/[\s,]+/).filter((word) => word !== '');
    const tolerance = {};
    for (let at = 0; at < words.length; at += 2) {
        const [name, size] = [words[at], Number(words[at + 1])];
        if ((name !== 'rtol' && name !== 'atol') || !(size >= 0) || !Number.isFinite(size))
            return null;
        tolerance[name] = size;
    }
    return words.length === 0 ? null : tolerance;
}

;// CONCATENATED MODULE: ./build/js/src/actions/smoke-test/settings.js
/** The inputs, checked together: whatever is wrong is said at once, before anything is called. */






/** @throws UserError with every problem at once. */
async function readSettings(inputs, { workspace }) {
    const problems = inputProblems(inputs);
    const read = (where, path) => readInput(where, path, workspace, problems);
    const cases = await collecting(problems, () => readCases(inputs, workspace, problems));
    const model = inputs.modelPath === null ? null : await read('model-path', inputs.modelPath);
    const earlier = [];
    for (const path of inputs.earlierModels ?? [])
        earlier.push(await read('earlier-models', path));
    if (cases !== null)
        problems.push(...caseProblems(inputs, cases));
    const tolerances = await collecting(problems, () => readTolerances(inputs, cases));
    const paths = await collecting(problems, () => pathsOf(inputs, cases));
    if (problems.length > 0 || tolerances === null)
        throw errors/* UserError */.yo.of(problems);
    return {
        goal: goalOf(inputs),
        cases,
        casesFolder: (0,external_node_path_.dirname)((0,external_node_path_.resolve)(workspace, inputs.cases ?? '')),
        protocol: inputs.protocol ?? (cases?.wholeTensors ? 'v2' : 'instances'),
        tolerances,
        paths,
        model,
        earlierModels: earlier.filter((file) => file !== null),
    };
}
/** Adds the problems of a UserError to all others. */
async function collecting(problems, read) {
    try {
        return await read();
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        problems.push(...(error.problems.length > 0 ? error.problems : [{ where: 'cases', message: error.message }]));
        return null;
    }
}
function goalOf(inputs) {
    const { target, endpointName, endpointUrl, candidateName, targetVariant } = inputs;
    if (endpointUrl !== null) {
        const { requestHeaders, bearerToken, sigv4Service, awsRegion } = inputs;
        const access = { headers: requestHeaders ?? new Map(), bearerToken, sigv4Service, region: awsRegion };
        return { target: null, url: endpointUrl, access };
    }
    if (target === null || endpointName === null)
        throw new TypeError('The inputs were not checked.');
    return { target, endpoint: endpointName, candidate: candidateName, variant: targetVariant };
}
function caseProblems({ reference, minAccuracy, maxAccuracyDrop, protocol }, cases) {
    const problems = [];
    const floors = { 'min-accuracy': minAccuracy, 'max-accuracy-drop': maxAccuracyDrop };
    for (const [where, limit] of Object.entries(floors)) {
        if (limit === null || cases.labels !== null)
            continue;
        const message = `of ${limit} needs true labels, and ${cases.source} has none.`;
        problems.push({ where, message, fix: 'Add "labels", one for each row, to the cases.' });
    }
    if (reference === 'recorded' && cases.expected === null) {
        const message = `${cases.source} has no recorded expectations.`;
        const fix = 'Add "expected": {"predictions": […]}, one entry for each row.';
        problems.push({ where: 'cases', message, fix });
    }
    if (cases.wholeTensors && protocol !== null && protocol !== 'v2') {
        const message = `"${protocol}" carries rows, and ONNX test data are whole tensors.`;
        problems.push({ where: 'protocol', message, fix: 'Set protocol: v2, or leave it out.' });
    }
    return problems;
}
/** A folder is one of ONNX test data. */
async function readCases(inputs, workspace, problems) {
    if (inputs.cases === null)
        return null;
    const path = (0,external_node_path_.resolve)(workspace, inputs.cases);
    if (await (0,promises_.stat)(path).then((found) => found.isDirectory(), () => false)) {
        const { readTestData } = await Promise.all(/* import() */[__webpack_require__.e(9799), __webpack_require__.e(7600)]).then(__webpack_require__.bind(__webpack_require__, 7600));
        return readTestData(path, inputs.cases);
    }
    const file = await readInput('cases', inputs.cases, workspace, problems);
    if (file === null)
        return null;
    const cases = await parseCases(file.bytes.toString('utf8'), (0,external_node_path_.basename)(inputs.cases));
    if (inputs.generatedRows === null)
        return cases;
    const { casesLike } = await __webpack_require__.e(/* import() */ 636).then(__webpack_require__.bind(__webpack_require__, 20636));
    return casesLike(cases, inputs.generatedRows);
}
/** Only a test that names one pays for the parser of JSONPath. */
async function pathsOf({ outputMap }, cases) {
    const names = [...Object.keys(cases?.expected ?? {}), ...(outputMap?.keys() ?? [])];
    const paths = names.filter((name) => name.startsWith('$'));
    if (paths.length === 0)
        return null;
    const { compilePaths } = await Promise.all(/* import() */[__webpack_require__.e(393), __webpack_require__.e(2191)]).then(__webpack_require__.bind(__webpack_require__, 12191));
    return compilePaths(paths);
}
async function readInput(where, path, workspace, problems) {
    try {
        return { bytes: await (0,promises_.readFile)((0,external_node_path_.resolve)(workspace, path)), label: path };
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
        return urlSubject(await ports.httpEndpoint(goal.url, goal.access));
    const { endpoint, candidate } = goal;
    const target = await ports.openTarget(goal);
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
function notServing(description) {
    const { endpoint, url } = description;
    const message = `the platform says that it does not serve: ${whyNotServing(description)}`;
    return {
        url: url ?? endpoint,
        invoke: () => Promise.reject(new errors/* UpstreamError */.gA('endpoint', message)),
    };
}

;// CONCATENATED MODULE: ./build/js/src/core/smoke/report-charts.js

const BLUE = '#2f81f7';
const ORANGE = '#db6d28';
const GREY = '#8b949e';
function chartsOf({ parity, latency }) {
    const pairs = parity?.pairs.filter((one) => one.pairs.length > 0) ?? [];
    return [
        ...pairs.flatMap((one) => [againstChart(one), differencesChart(one)]),
        ...(latency && latency.n > 1 ? [report_charts_latencyChart(latency)] : []),
    ];
}
function againstChart({ field, pairs }) {
    const all = pairs.flatMap(({ expected, actual }) => [expected, actual]);
    const ends = [Math.min(...all), Math.max(...all)];
    const points = pairs.map(({ expected, actual }) => ({ x: expected, y: actual }));
    const diagonal = ends.map((end) => ({ x: end, y: end }));
    return {
        title: `${field}: expected against actual (${pairs.length} values)`,
        config: {
            type: 'scatter',
            data: {
                datasets: [
                    { label: 'a value', data: points, backgroundColor: `${BLUE}99`, pointRadius: 3 },
                    {
                        label: 'expected = actual',
                        data: diagonal,
                        type: 'line',
                        borderColor: GREY,
                        borderWidth: 1,
                        pointRadius: 0,
                    },
                ],
            },
            options: { scales: { x: axis('expected', 'linear'), y: axis('actual', 'linear') } },
        },
    };
}
function differencesChart({ field, differences }) {
    const labels = differences.map(({ below }) => (below === null ? 'equal' : `< ${below.toExponential(0)}`));
    return {
        title: `${field}: differences by size`,
        config: {
            type: 'bar',
            data: {
                labels,
                datasets: [{ label: 'values', data: differences.map(({ count }) => count), backgroundColor: ORANGE }],
            },
            options: {
                plugins: { legend: { display: false } },
                scales: { x: axis('|actual − expected|'), y: axis('values', 'linear') },
            },
        },
    };
}
function report_charts_latencyChart({ curve, n }) {
    return {
        title: `Latency by percentile (${n} requests)`,
        config: {
            type: 'line',
            data: {
                labels: curve.map(({ percent }) => percent),
                datasets: [
                    {
                        label: 'ms',
                        data: curve.map(({ ms }) => Number(round(ms))),
                        borderColor: BLUE,
                        backgroundColor: BLUE,
                    },
                ],
            },
            options: {
                plugins: { legend: { display: false } },
                scales: { x: axis('percentile'), y: { ...axis('milliseconds', 'linear'), beginAtZero: true } },
            },
        },
    };
}
function axis(text, type) {
    return { ...(type ? { type } : {}), title: { display: true, text } };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
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
figure.chart { margin: 1rem 0; }
figure.chart div { position: relative; height: 19rem; }
figcaption { font-weight: bold; }
pre { overflow-x: auto; font: .85rem/1.4 ui-monospace, monospace; border: 1px solid var(--line); padding: .5rem; }
code { font: .9em ui-monospace, monospace; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .3rem 1rem; margin: 0; }
dt { font-weight: bold; }
dd { margin: 0; }
ul.input { columns: 16rem; padding-left: 1.2rem; }
@media (max-width: 34rem) {
  thead { display: none; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .3rem 0; }
  td { display: flex; gap: .8rem; border: 0; padding: .15rem 0; }
  td:empty { display: none; }
  td::before { content: attr(data-name); flex: 0 0 7rem; color: color-mix(in srgb, currentcolor 65%, transparent); }
  td[data-name='']::before { content: none; }
}
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
`);

;// CONCATENATED MODULE: ./build/js/src/core/smoke/report-html.js
/** The report as one page: nothing is loaded from anywhere, it reads well on a phone, and without scripts too. */







/** @param chartLibrary Chart.js, which becomes part of the page */
function htmlOf(report, chartLibrary) {
    const charts = chartsOf(report);
    const scripts = charts.length === 0 ? [] : [chartLibrary, DRAW];
    const { passed, verdict, subject, causes, rollback } = report;
    const title = `Smoke test of ${(0,smoke_report/* subjectName */.wn)(subject)}: ${passed ? 'passed' : 'failed'}`;
    return html `<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}" />
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
          ${checksSection(report)} ${paritySection(report)} ${latencySection(report)} ${chartsSection(charts)}
          ${worstSection(report)} ${logsSection(report)} ${factsSection(report)}
        </main>
        ${scripts.map((script) => new Html(`<script>${script}</script>`))}
      </body>
    </html> `.text;
}
/** Runs the scripts of this page and no others, whatever a text in it may say. https://www.w3.org/TR/CSP3/ */
function policyFor(scripts) {
    const hashes = scripts.map((script) => `'sha256-${(0,external_node_crypto_.createHash)('sha256').update(script).digest('base64')}'`);
    return `default-src 'none'; style-src 'unsafe-inline'; script-src ${hashes.join(' ') || "'none'"}`;
}
/** What a chart shows stands in the tables too, so that nothing is lost without scripts. */
const DRAW = `
'use strict';
const style = getComputedStyle(document.body);
Chart.defaults.color = style.color;
Chart.defaults.borderColor = 'rgba(128, 128, 128, 0.3)';
Chart.defaults.font.family = style.fontFamily;
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
for (const figure of document.querySelectorAll('figure.chart')) {
  figure.hidden = false;
  new Chart(figure.querySelector('canvas'), JSON.parse(figure.querySelector('script').textContent));
}
`;
function chartsSection(charts) {
    if (charts.length === 0)
        return null;
    const figures = charts.map(({ title, config }) => {
        // No end tag can stand in JSON where every "<" is escaped.
        const json = new Html(JSON.stringify(config).replaceAll('<', '\\u003c'));
        return html `<figure class="chart" hidden="hidden">
      <figcaption>${title}</figcaption>
      <div><canvas role="img" aria-label="${title}"></canvas></div>
      <script type="application/json">
        ${json}
      </script>
    </figure>`;
    });
    return section('Charts', html `${figures}`);
}
function logsSection({ logs }) {
    return logs === '' ? null : section('What the endpoint logged last', html `<pre>${logs}</pre>`);
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
    const rows = parity.outputs.map(({ field, output, compared, mismatches, maxAbsDiff, tolerance: own }) => [
        html `<code>${field}</code>`,
        html `<code>${output}</code>`,
        html `${compared}`,
        html `${mismatches}`,
        html `${numberCell(maxAbsDiff)}`,
        html `${own.atol} + ${own.rtol}`,
    ]);
    const rule = html `<p>
    Equal means |actual − expected| ≤ ${tolerance.atol} + ${tolerance.rtol} · |expected|, unless the table
    says otherwise.
    ${parity.ties > 0 ? html `${parity.ties} labels differ where the reference itself hardly prefers one; they do not count.` : null}
  </p>`;
    const table = tableOf(['Answer field', 'Reference output', 'Compared', 'Mismatches', 'Largest difference', 'atol + rtol'], rows);
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
        ['Protocol', report.protocol],
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
/** On a narrow screen each row becomes a list of its cells under their names. */
function tableOf(header, rows) {
    const head = header.map((cell) => html `<th>${cell}</th>`);
    const body = rows.map((cells) => html `<tr>
        ${cells.map((cell, at) => html `<td data-name="${header[at] ?? ''}">${cell}</td>`)}
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
    const { junitOf } = await Promise.all(/* import() */[__webpack_require__.e(4697), __webpack_require__.e(1522)]).then(__webpack_require__.bind(__webpack_require__, 11522));
    const files = [
        ['report-json', 'report.json', `${JSON.stringify(report, null, 2)}\n`],
        ['report-junit', 'report.junit.xml', junitOf(report)],
        ['report-html', 'report.html', htmlOf(report, await ports.chartLibrary())],
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
        ports.log.info(`Testing ${subject.invoker.url} against ${opened.reference?.label ?? 'nothing (health only)'}.`);
        measured = await measure(inputs, settings, subject, opened, ports);
    }
    finally {
        await opened.reference?.close();
    }
    // Before a rollback, which may start the endpoint's log anew.
    const logs = await logsOf(measured, subject);
    const rollback = await rollBackIfWrong(inputs, measured, subject, ports);
    const report = reportOf(inputs, measured, subject, opened, { rollback, logs }, ports);
    setOutputs(report, ports);
    ports.report.summary(markdownOf(report));
    await writeReport(report, inputs, ports);
    annotate(report, ports);
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
function reportOf(inputs, { kind, cases, rowsEach, checks, findings, causes }, { facts }, opened, after, { clock, context }) {
    return {
        schema: smoke_report/* REPORT_SCHEMA */.DC,
        passed: checks.every(({ passed }) => passed),
        verdict: (0,smoke_report/* verdictOf */.Vj)(facts, kind, checks),
        kind,
        subject: facts,
        reference: referenceFacts(opened),
        tolerance: { rtol: inputs.rtol, atol: inputs.atol },
        cases: { source: cases.source, rows: cases.instances.length, labelled: cases.labels !== null },
        protocol: opened.protocol.name,
        requests: { rowsEach, concurrency: inputs.concurrency, warmup: inputs.warmup },
        checks,
        ...measurements(findings, cases),
        causes,
        ...after,
        environment: inputs.environment,
        commit: context.commit,
        run: context.runUrl,
        createdAt: clock.now().toISOString(),
    };
}
function referenceFacts({ reference, session }) {
    if (reference === null)
        return null;
    const { kind, label, digest } = reference;
    return { kind, label, digest, runtime: session?.runtime ?? null };
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
const LOG_LINES = 20;
/** What the endpoint itself logged, where it did not answer as it should. */
async function logsOf({ checks }, { platform }) {
    const silent = checks.some(({ name, passed }) => !passed && ['answers', 'error rate'].includes(name));
    if (!silent || !platform)
        return '';
    return platform.target.logs(platform.endpoint, LOG_LINES).catch((error) => {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        return `(its log could not be read: ${(0,errors/* messageOf */.bD)(error)})`;
    });
}
/** Each failed check as an annotation of its own; the error that ends the step names but the first. */
function annotate({ checks, subject }, { log }) {
    for (const { name, passed, message } of checks) {
        if (!passed)
            log.warning(`${(0,smoke_report/* subjectName */.wn)(subject)}, ${name}: ${message}`);
    }
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

/***/ 30159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ flatten),
/* harmony export */   Kb: () => (/* binding */ excerpt),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   xO: () => (/* binding */ decodeJson),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var _exact_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28231);
/** An endpoint's answer as fields, or in words why it is of no use. */

const QUOTED = 160;
/** The text of an answer that is one: of a good status, and no HTML page. */
function readText(answer) {
    const text = new TextDecoder().decode(answer.body);
    if (answer.status < 200 || answer.status > 299) {
        const said = text.trim() === '' ? '' : `: ${excerpt(text)}`;
        return { text: null, failure: `answered HTTP ${answer.status}${said}` };
    }
    if (looksLikeHtml(answer.contentType, text)) {
        return { text: null, failure: `answered an HTML page instead of a prediction: ${excerpt(text)}` };
    }
    return { text, failure: null };
}
/** An object's fields; an array stands for its `predictions`. */
function decodeJson(answer) {
    const { text, failure } = readText(answer);
    if (text === null)
        return failed(failure);
    let value;
    try {
        value = (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text);
    }
    catch {
        const what = text === ''
            ? 'an empty body'
            : `${answer.contentType || 'something'} that is not JSON: ${excerpt(text)}`;
        return failed(`answered ${what}`);
    }
    if (!Array.isArray(value) && !(0,_exact_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(value)) {
        return failed(`answered ${(0,_exact_json_js__WEBPACK_IMPORTED_MODULE_0__/* .show */ .WU)(value)}, which is neither an object nor an array`);
    }
    const fields = (0,_exact_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(value) ? value : { predictions: value };
    return { fields, document: value, shapes: null, failure: null };
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
    const values = [];
    collect(value, values);
    return values;
}
function collect(value, into) {
    if (Array.isArray(value))
        for (const item of value)
            collect(item, into);
    else if ((0,_exact_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(value))
        for (const item of Object.values(value))
            collect(item, into);
    else
        into.push(value);
}


/***/ }),

/***/ 74706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ mulberry32)
/* harmony export */ });
/** A small generator with a good spread, from 0 to below 1. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
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
/* harmony export */   G5: () => (/* binding */ storeKeys),
/* harmony export */   nO: () => (/* binding */ storeOfArchive)
/* harmony export */ });
/* unused harmony export placeInStore */
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73136);

const storeKeys = {
    archive: (digest) => `models/${digest}/model.tar.gz`,
    manifest: (digest) => `models/${digest}/manifest.json`,
    tar: (digest) => `models/${digest}/model.tar`,
    tarManifest: (digest) => `models/${digest}/manifest-tar.json`,
    /** Without the slash that its URL ends in. */
    files: (digest) => `models/${digest}/files`,
    filesManifest: (digest) => `models/${digest}/manifest-files.json`,
    reference: (digest) => `references/${digest}/reference.onnx`,
    release: (digest) => `releases/${digest}.json`,
};
const IN_STORE = /^(.+\/)models\/([0-9a-f]{64})\/(model\.tar\.gz|model\.tar|files\/)$/;
const MANIFESTS = {
    'model.tar.gz': storeKeys.manifest,
    'model.tar': storeKeys.tarManifest,
    'files/': storeKeys.filesManifest,
};
/**
 * Null where a model is not laid out as in a store. `archive` is a URL or an absolute path; that of files by
 * themselves ends in a slash.
 */
function placeInStore(archive) {
    const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(archive) ? archive : (0,node_url__WEBPACK_IMPORTED_MODULE_0__.pathToFileURL)(archive).href;
    const [, store, digest, name = ''] = IN_STORE.exec(url) ?? [];
    const manifest = MANIFESTS[name];
    if (store === undefined || digest === undefined || manifest === undefined)
        return null;
    return { store, digest, manifest: manifest(digest) };
}
/** The URL of the store that a model lies in, ending in a slash; null where it is not laid out as in a store. */
function storeOfArchive(archive) {
    return placeInStore(archive)?.store ?? null;
}


/***/ }),

/***/ 81997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Li: () => (/* binding */ shortVersion),
/* harmony export */   Oc: () => (/* binding */ AnswerTooLargeError),
/* harmony export */   On: () => (/* binding */ TimedOutError),
/* harmony export */   im: () => (/* binding */ OUTCOMES)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/**
 * The port that every platform implements, and the words it speaks.
 */


/** How a deployment ended. `outcome` of deploy-endpoint is always one of these. */
const OUTCOMES = [
    'planned',
    'unchanged',
    'staged',
    'deployed',
    'promoted',
    'discarded',
    'rolled-back',
    'failed',
    'timed-out',
    'cancelled',
    'needs-human',
    'torn-down',
];
/** A version for people: a digest by its first digits, a name whole. */
function shortVersion(version) {
    return /^[0-9a-f]{64}$/.test(version) ? (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(version) : version;
}
/** There was an answer, but more of it than anybody reads. */
class AnswerTooLargeError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA {
}
/** A wait was over before what was waited for came true; what is true now has to be read back. */
class TimedOutError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA {
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
