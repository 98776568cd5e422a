export const id = 8226;
export const ids = [8226];
export const modules = {

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

/***/ 97536:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dr: () => (/* binding */ platformOfConfig),
/* harmony export */   EW: () => (/* binding */ platformsOfIndex),
/* harmony export */   Et: () => (/* binding */ isSingleManifest),
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   P7: () => (/* binding */ mediaTypeNames),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   nw: () => (/* binding */ isIndex)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97338);
/** What a registry says an image is: one manifest, or an index of several. */


const mediaTypes = {
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
};
/** What stands behind each media type, in words. */
const mediaTypeNames = {
    [mediaTypes.dockerManifest]: 'a Docker schema 2 manifest',
    [mediaTypes.dockerIndex]: 'a Docker manifest list',
    [mediaTypes.ociManifest]: 'an OCI manifest',
    [mediaTypes.ociIndex]: 'an OCI index',
};
function isIndex(mediaType) {
    return mediaType === mediaTypes.dockerIndex || mediaType === mediaTypes.ociIndex;
}
function isSingleManifest(mediaType) {
    return mediaType === mediaTypes.dockerManifest || mediaType === mediaTypes.ociManifest;
}
/** @throws UpstreamError where the bytes are no JSON object. */
function parseDocument(bytes, what) {
    try {
        const parsed = JSON.parse(Buffer.from(bytes).toString('utf8'));
        if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
            return parsed;
        }
        throw new TypeError('it is not an object');
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('registry', `The ${what} that the registry gave is not JSON: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}.`, {
            cause,
        });
    }
}
/** The config's digest and the compressed size of a single manifest. @throws UpstreamError where it has no config. */
function readManifest(bytes) {
    const document = parseDocument(bytes, 'manifest');
    const digest = document.config?.digest;
    if (typeof digest !== 'string') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('registry', 'The manifest that the registry gave names no image config.');
    }
    const sizes = [document.config, ...(document.layers ?? [])].map((part) => Number(part?.size ?? 0));
    return { configDigest: digest, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
/** The platforms of an index, without its attestations (which BuildKit files under unknown/unknown). */
function platformsOfIndex(bytes) {
    const document = parseDocument(bytes, 'index');
    return (document.manifests ?? [])
        .flatMap(({ platform }) => (platform?.os && platform.architecture ? [platform] : []))
        .filter((platform) => platform.os !== 'unknown')
        .map(({ os = '', architecture = '', variant }) => (0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)({ os, architecture, variant }));
}
/** The platform of an image config; null where it names none, as with artifacts that are no images. */
function platformOfConfig(bytes) {
    const config = parseDocument(bytes, 'image config');
    const { os, architecture, variant } = config;
    if (typeof os !== 'string' || typeof architecture !== 'string')
        return null;
    return (0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)({ os, architecture, ...(typeof variant === 'string' ? { variant } : {}) });
}


/***/ }),

/***/ 97338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   my: () => (/* binding */ samePlatform)
/* harmony export */ });
/** Platforms as `os/architecture[/variant]`, in the words of the OCI image specification (GOOS and GOARCH). */
/** The variant that an architecture has when none is written. https://github.com/containerd/platforms */
const USUAL_VARIANT = { arm64: 'v8', arm: 'v7' };
function parsePlatform(text) {
    const [os = '', architecture = '', variant = ''] = text.split('/');
    return { os, architecture, variant: variant || (USUAL_VARIANT[architecture] ?? '') };
}
function formatPlatform(platform) {
    const usual = USUAL_VARIANT[platform.architecture] ?? '';
    const variant = platform.variant && platform.variant !== usual ? `/${platform.variant}` : '';
    return `${platform.os}/${platform.architecture}${variant}`;
}
/** Whether two texts mean the same platform, as linux/arm64 and linux/arm64/v8 do. */
function samePlatform(a, b) {
    return formatPlatform(parsePlatform(a)) === formatPlatform(parsePlatform(b));
}


/***/ }),

/***/ 89403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ checkBase),
/* harmony export */   w: () => (/* binding */ PlanOutdatedError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/** Another command changed what serves since the plan was made. Without an approval, one may plan again and go on. */
class PlanOutdatedError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo {
}
/**
 * A plan may be carried out while its base serves, or where what it wants serves already.
 * @throws PlanOutdatedError otherwise.
 */
function checkBase(plan, serving) {
    if (serving === plan.base || serving === plan.version)
        return;
    throw new PlanOutdatedError(`What serves as ${plan.endpoint} has changed since this was planned: from ${plan.base ?? 'nothing'} ` +
        `to ${serving ?? 'nothing'}. Nothing was changed; plan again (and have the new plan approved).`);
}


/***/ }),

/***/ 47496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cs: () => (/* binding */ makePlan),
/* harmony export */   G0: () => (/* binding */ PLAN_SCHEMA),
/* harmony export */   Gb: () => (/* binding */ planDigest),
/* harmony export */   J$: () => (/* binding */ sameDesired),
/* harmony export */   vf: () => (/* binding */ candidateName)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/**
 * The plan: what a deployment will make true. Its digest is what an approval is bound to.
 */


const PLAN_SCHEMA = 'ml-deploy/plan/v1';
/** sha256 over {schema, target, account, region, endpoint, desired, base} in canonical JSON. */
function planDigest(subject) {
    const { target, account, region, endpoint, desired, base } = subject;
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)({ schema: PLAN_SCHEMA, target, account, region, endpoint, desired, base });
}
function makePlan(subject, details) {
    return { schema: PLAN_SCHEMA, digest: planDigest(subject), ...subject, ...details };
}
/** Two desired states are the same where their canonical JSON is. */
function sameDesired(a, b) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(a) === (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(b);
}
const LONGEST_NAME = 63;
const CANDIDATE_DIGITS = 8;
/** `<endpoint>-c-<8 of the plan digest>`: two runs cannot swap each other's candidate. */
function candidateName(endpoint, digest) {
    const name = `${endpoint}-c-${digest.slice(0, CANDIDATE_DIGITS)}`;
    if (name.length > LONGEST_NAME) {
        const longest = LONGEST_NAME - (name.length - endpoint.length);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The candidate's name "${name}" would have ${name.length} characters; ${LONGEST_NAME} are allowed. ` +
            `Shorten endpoint-name to ${longest} characters, or set staging to "none".`);
    }
    return name;
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

/***/ 24658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   GZ: () => (/* binding */ isDenied),
/* harmony export */   MT: () => (/* binding */ awsFailure),
/* harmony export */   SZ: () => (/* binding */ isValidation),
/* harmony export */   a4: () => (/* binding */ upstream),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   iC: () => (/* binding */ DeniedError)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** What AWS says when it refuses, and what that means. */

/** The credentials of this run may not make a call. */
class DeniedError extends _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA {
    /** The IAM action that is missing, such as `sagemaker:CreateModel`. */
    permission;
    constructor(permission, said, cause) {
        super('AWS', `The credentials of this run may not ${permission}. AWS said: ${said}`, { cause });
        this.permission = permission;
    }
}
/** S3 and IAM say AccessDenied, the JSON services AccessDeniedException; some proxies a bare 403. */
const DENIED = new Set([
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'NotAuthorized',
    'Forbidden',
]);
/** AWS's error code; '' where it is no answer of AWS. */
function codeOf(error) {
    return error instanceof Error ? error.name : '';
}
function statusOf(error) {
    const { $metadata } = (error ?? {});
    return $metadata?.httpStatusCode ?? null;
}
function isDenied(error) {
    return error instanceof DeniedError || DENIED.has(codeOf(error)) || statusOf(error) === 403;
}
/** A refusal for want of a permission names it; anything else stays what it is. */
function awsFailure(error, permission) {
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA || !isDenied(error))
        return error;
    // The caller needs sagemaker:CreateModel and iam:PassRole for one call, and AWS says which one is missing.
    const named = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error))?.[1];
    return new DeniedError(named ?? permission, (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), error);
}
/** SageMaker has no not-found error: a missing thing is a ValidationException that says so. */
function isMissing(error) {
    const code = codeOf(error);
    if (/NotFound|NoSuch/.test(code))
        return true;
    return code === 'ValidationException' && /could not find|does not exist|not found/i.test((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error));
}
function isValidation(error) {
    return codeOf(error) === 'ValidationException';
}
/** For whoever has to say it: an SDK error as an UpstreamError with AWS's own words. */
function upstream(doing, error) {
    if (error instanceof Error && !isAwsError(error))
        return error;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('AWS', `AWS did not ${doing}: ${codeOf(error)}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, {
        cause: error,
    });
}
function isAwsError(error) {
    return '$metadata' in error || '$fault' in error;
}


/***/ }),

/***/ 58226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createSageMakerTarget: () => (/* binding */ createSageMakerTarget)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/targets/sagemaker/aws-errors.js
var aws_errors = __webpack_require__(24658);
// EXTERNAL MODULE: ./build/js/src/core/plan/outdated.js
var outdated = __webpack_require__(89403);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/alarms/bake-alarms.js

/** Ours by name, and by the sentence in the description: nothing else is touched. */
const PREFIX = 'ml-deploy-bake-';
const MARK = 'Made by ml-deploy for one update of this endpoint, and removed after it.';
/** https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html (endpoint invocation metrics) */
const METRICS = 'AWS/SageMaker';
const PERIOD_SECONDS = 60;
/** Half as slow again as before, and never for a difference that nobody notices. */
const SLOWER = 1.5;
const LEAST_SLOWER_MS = 20;
const BASELINE_HOURS = 3;
function bakeAlarmNames({ endpoint, variant }) {
    // No endpoint can be called what another one and its variant are called together: names have no dot.
    const stem = `${PREFIX}${endpoint}.${variant}`;
    return { errors: `${stem}.errors`, latency: `${stem}.latency` };
}
/**
 * Makes the alarms anew, so that none is in alarm from an earlier update.
 * @returns their names, for AutoRollbackConfiguration
 */
async function makeBakeAlarms(clients, bake) {
    await removeBakeAlarms(clients, bake);
    const cloudWatch = await clients.cloudWatch();
    const alarms = alarmsOf(bake);
    for (const alarm of alarms) {
        await clients.call('cloudwatch:PutMetricAlarm', async () => cloudWatch.putMetricAlarm(alarm));
    }
    return alarms.map(({ AlarmName = '' }) => AlarmName);
}
function alarmsOf(bake) {
    const { baselineP99Ms, baselineErrors = 0, tags } = bake;
    const names = bakeAlarmNames(bake);
    const common = {
        Namespace: METRICS,
        Dimensions: dimensionsOf(bake),
        Period: PERIOD_SECONDS,
        EvaluationPeriods: 1,
        // An endpoint that nobody calls says nothing against the new version.
        TreatMissingData: 'notBreaching',
        AlarmDescription: MARK,
        Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    };
    const errors = {
        ...common,
        AlarmName: names.errors,
        MetricName: 'Invocation5XXErrors',
        Statistic: 'Sum',
        Threshold: baselineErrors,
        ComparisonOperator: 'GreaterThanThreshold',
    };
    if (baselineP99Ms === null)
        return [errors];
    const latency = {
        ...common,
        AlarmName: names.latency,
        MetricName: 'ModelLatency',
        ExtendedStatistic: 'p99',
        Unit: 'Microseconds',
        Threshold: Math.ceil(latencyLimitMs(baselineP99Ms) * 1000),
        ComparisonOperator: 'GreaterThanThreshold',
    };
    return [errors, latency];
}
/** From which p99 on the new version counts as too slow, in milliseconds. */
function latencyLimitMs(baselineP99Ms) {
    return Math.max(baselineP99Ms * SLOWER, baselineP99Ms + LEAST_SLOWER_MS);
}
/** How the version that serves now has done in the last hours. */
async function readBaseline(clients, watched, now) {
    const cloudWatch = await clients.cloudWatch();
    const seconds = BASELINE_HOURS * 3600;
    const query = (Id, MetricName, Stat, Period) => ({
        Id,
        MetricStat: {
            Metric: { Namespace: METRICS, MetricName, Dimensions: dimensionsOf(watched) },
            Period,
            Stat,
        },
    });
    const { MetricDataResults = [] } = await clients.call('cloudwatch:GetMetricData', async () => cloudWatch.getMetricData({
        StartTime: new Date(now.getTime() - seconds * 1000),
        EndTime: now,
        MetricDataQueries: [
            query('p99', 'ModelLatency', 'p99', seconds),
            query('errors', 'Invocation5XXErrors', 'Sum', PERIOD_SECONDS),
        ],
    }));
    const most = (id) => {
        const values = MetricDataResults.find(({ Id }) => Id === id)?.Values ?? [];
        return values.length === 0 ? null : Math.max(...values);
    };
    const microseconds = most('p99');
    return { p99Ms: microseconds === null ? null : microseconds / 1000, errors: most('errors') ?? 0 };
}
/** The p99 alone. */
async function readBaselineP99(clients, watched, now) {
    return (await readBaseline(clients, watched, now)).p99Ms;
}
function dimensionsOf({ endpoint, variant }) {
    return [
        { Name: 'EndpointName', Value: endpoint },
        { Name: 'VariantName', Value: variant },
    ];
}
/** @returns the names of the alarms that are gone now */
async function removeBakeAlarms(clients, watched) {
    const names = (await ourAlarms(clients, watched)).map(({ AlarmName = '' }) => AlarmName);
    if (names.length === 0)
        return [];
    const cloudWatch = await clients.cloudWatch();
    try {
        await clients.call('cloudwatch:DeleteAlarms', async () => cloudWatch.deleteAlarms({ AlarmNames: names }));
    }
    catch (error) {
        if (!(0,aws_errors/* isMissing */.b2)(error))
            throw error;
    }
    return names;
}
/**
 * Puts one of our alarms into alarm, upon which SageMaker rolls the running update back.
 * @returns its name; null where we made none for this endpoint, and only waiting helps
 */
async function tripBakeAlarm(clients, watched, reason) {
    const [alarm] = await ourAlarms(clients, watched);
    if (alarm?.AlarmName === undefined)
        return null;
    const { AlarmName } = alarm;
    const cloudWatch = await clients.cloudWatch();
    await clients.call('cloudwatch:SetAlarmState', async () => cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: reason.slice(0, 1023) }));
    return AlarmName;
}
/** Which of our alarms are in alarm, and why: the reason of a rollback. */
async function trippedBakeAlarms(clients, watched) {
    const alarms = await ourAlarms(clients, watched);
    return alarms
        .filter(({ StateValue }) => StateValue === 'ALARM')
        .map(({ AlarmName: name = '', StateReason: reason = '' }) => ({ name, reason }));
}
async function ourAlarms(clients, watched) {
    const cloudWatch = await clients.cloudWatch();
    const { MetricAlarms = [] } = await clients.call('cloudwatch:DescribeAlarms', async () => cloudWatch.describeAlarms({ AlarmNames: Object.values(bakeAlarmNames(watched)) }));
    return MetricAlarms.filter(({ AlarmDescription }) => AlarmDescription === MARK);
}

// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/api-json.js
/** The API's own JSON, as it is described and as it is asked for: the same thing in the same form. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function objectAt(value, name) {
    const inner = value[name];
    return isObject(inner) ? inner : {};
}
/** These mean something where they are false. */
const MEANINGFUL_FALSE = new Set(['EnableCapture']);
/**
 * Without what means the same as nothing: null, false, empty lists and objects. What is described has such defaults
 * filled in, and what is asked for has not.
 */
function pruned(value) {
    const result = {};
    for (const [name, inner] of Object.entries(value)) {
        const kept = prunedValue(inner);
        if (kept === undefined || (kept === false && !MEANINGFUL_FALSE.has(name)))
            continue;
        result[name] = kept;
    }
    return result;
}
function prunedValue(value) {
    if (value === null || value === undefined)
        return undefined;
    if (Array.isArray(value)) {
        const items = value.map((item) => (isObject(item) ? pruned(item) : item));
        return items.length === 0 ? undefined : items;
    }
    if (!isObject(value))
        return value;
    const inner = pruned(value);
    return Object.keys(inner).length === 0 ? undefined : inner;
}
function without(value, names) {
    return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
/** Objects are merged, anything else is replaced; lists of one object each are merged too. */
function merged(base, over) {
    const result = { ...base };
    for (const [name, value] of Object.entries(over))
        result[name] = mergedValue(base[name], value);
    return result;
}
function mergedValue(base, over) {
    if (isObject(base) && isObject(over))
        return merged(base, over);
    if (Array.isArray(base) && Array.isArray(over) && base.length === 1 && over.length === 1) {
        return [mergedValue(base[0], over[0])];
    }
    return over;
}
/** Every leaf with its path, `ProductionVariants.InstanceType`; the number of a list's only item is left out. */
function leavesOf(value, path = '') {
    const leaves = new Map();
    for (const [name, inner] of Object.entries(value))
        addLeaves(leaves, path === '' ? name : `${path}.${name}`, inner);
    return leaves;
}
function addLeaves(leaves, path, value) {
    if (Array.isArray(value) && value.length === 1 && isObject(value[0]))
        addLeaves(leaves, path, value[0]);
    else if (isObject(value))
        for (const [at, leaf] of leavesOf(value, path))
            leaves.set(at, leaf);
    else if (value !== undefined)
        leaves.set(path, typeof value === 'string' ? value : JSON.stringify(value));
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/specs.js

const MODEL_FACTS = [
    'ModelName',
    'ModelArn',
    'CreationTime',
    'DeploymentRecommendation',
    '$metadata',
    'Tags',
];
const CONFIG_FACTS = ['EndpointConfigName', 'EndpointConfigArn', 'CreationTime', '$metadata', 'Tags'];
function modelSpecOf(described) {
    const { PrimaryContainer, Containers, ...rest } = described;
    const container = PrimaryContainer ?? Containers?.[0] ?? {};
    return modelSpec({ ...rest, PrimaryContainer: container });
}
/** In the one form that both what is described and what is asked for have. */
function modelSpec(spec) {
    const container = { ...objectAt(spec, 'PrimaryContainer') };
    delete container.Environment;
    if (container.Mode === 'SingleModel')
        delete container.Mode;
    // An archive is described in both of the ways in which it can be asked for.
    if (typeof container.ModelDataUrl === 'string')
        delete container.ModelDataSource;
    return pruned({ ...without(spec, [...MODEL_FACTS, 'Containers']), PrimaryContainer: container });
}
function configSpecOf(described) {
    return configSpec({ ...described });
}
function configSpec(spec) {
    const variants = Array.isArray(spec.ProductionVariants) ? spec.ProductionVariants : [];
    return pruned({
        ...without(spec, CONFIG_FACTS),
        ProductionVariants: variants.filter(isObject).map(variantSpec),
    });
}
function variantSpec(variant) {
    const { ModelName: _, InitialVariantWeight, ...rest } = variant;
    return InitialVariantWeight === undefined || InitialVariantWeight === 1
        ? rest
        : { ...rest, InitialVariantWeight };
}
function containerOf({ model }) {
    return objectAt(model, 'PrimaryContainer');
}
function variantOf({ endpointConfig }) {
    const [first] = Array.isArray(endpointConfig.ProductionVariants)
        ? endpointConfig.ProductionVariants
        : [];
    return isObject(first) ? first : {};
}
function textAt(value, name) {
    const text = value[name];
    return typeof text === 'string' ? text : null;
}
function numberAt(value, name) {
    const number = value[name];
    return typeof number === 'number' ? number : null;
}
/** Where the archive lies; null for a model without one. */
function specs_modelUrlOf(specs) {
    const container = containerOf(specs);
    const source = objectAt(objectAt(container, 'ModelDataSource'), 'S3DataSource');
    return textAt(container, 'ModelDataUrl') ?? textAt(source, 'S3Uri');
}
/** `sha256:…` of an image that is named by its digest. */
function imageDigestOf(image) {
    return /@(sha256:[0-9a-f]{64})$/.exec(image ?? '')?.[1] ?? null;
}
/** The model's digest, where the archive lies in a store, which names it by its content. */
function modelDigestOfUrl(url) {
    return /models\/([0-9a-f]{64})\/model\.tar(?:\.gz)?$/.exec(url ?? '')?.[1] ?? null;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/names.js
/**
 * Names of what we make. A version is the name of an endpoint config, which is derived from everything that the config
 * and its model contain: the same request is the same names, whoever makes it and however often.
 */

/** Of 63 characters: the digest and a hyphen take 17. */
const PREFIX_LENGTH = 44;
const DIGITS = 16;
function prefixOf(endpoint) {
    return endpoint.slice(0, PREFIX_LENGTH).replace(/-+$/, '');
}
/** Two long names may be cut to the same prefix, and then only the tags tell whose a config is. */
function isCut(endpoint) {
    return endpoint.length > PREFIX_LENGTH;
}
/** What every version's name of this endpoint begins with. */
function versionPrefix(endpoint) {
    return `${prefixOf(endpoint)}-`;
}
/** `<endpoint>-<16 digits>`; the endpoint is in the digest, since long names are cut. */
function contentName(endpoint, kind, content) {
    return `${versionPrefix(endpoint)}${(0,canonical_json/* digestOf */.ol)({ endpoint, kind, content }).slice(0, DIGITS)}`;
}
/** Whether a config or model has a name that we would give. */
function isContentName(endpoint, name) {
    const prefix = versionPrefix(endpoint);
    return name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length));
}
function candidatePrefix(endpoint) {
    return `${endpoint}-c-`;
}
function isCandidateName(endpoint, name) {
    const prefix = candidatePrefix(endpoint);
    return name.startsWith(prefix) && /^[0-9a-f]{8}$/.test(name.slice(prefix.length));
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/tags.js
const tags_PREFIX = 'ml-deploy:';
const TAG = {
    repository: `${tags_PREFIX}repository`,
    environment: `${tags_PREFIX}environment`,
    endpoint: `${tags_PREFIX}endpoint`,
    commit: `${tags_PREFIX}commit`,
    run: `${tags_PREFIX}run`,
    plan: `${tags_PREFIX}plan`,
    release: `${tags_PREFIX}release`,
    model: `${tags_PREFIX}model-digest`,
    image: `${tags_PREFIX}image-digest`,
    reference: `${tags_PREFIX}reference-digest`,
    referenceUrl: `${tags_PREFIX}reference-url`,
    deployedAt: `${tags_PREFIX}deployed-at`,
    served: `${tags_PREFIX}served`,
    verified: `${tags_PREFIX}verified`,
    withdrawn: `${tags_PREFIX}withdrawn`,
    /** On an endpoint: the config that served when we took it over, or before the last update. */
    before: `${tags_PREFIX}before`,
    /** On a candidate. */
    expiresAt: `${tags_PREFIX}expires-at`,
    /** On an endpoint: `<run> <from> <to>` of the last rollback. */
    rollback: `${tags_PREFIX}rollback`,
};
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html */
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
/** Leaves out what is absent, and what AWS would not take; of two of the same key, without regard to case, the last. */
function tagList(tags) {
    const list = new Map();
    for (const [Key, Value] of tags) {
        if (Value !== null && VALUE.test(Value))
            list.set(Key.toLowerCase(), { Key, Value });
    }
    return [...list.values()];
}
/** For every resource: the user's, and whose it is and where it came from. */
function commonTags(plan, { tags, environmentName, context }) {
    return [
        ...tags,
        [TAG.endpoint, plan.endpoint],
        [TAG.repository, context.repository || null],
        [TAG.environment, environmentName],
        [TAG.commit, context.commit || null],
        [TAG.run, context.runId || null],
        [TAG.plan, plan.digest],
    ];
}
function isOurs(tags, endpoint) {
    return tags.get(TAG.endpoint) === endpoint;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/live.js



/** States in which something answers. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html */
const SERVING = new Set(['InService', 'Updating', 'SystemUpdating', 'RollingBack', 'UpdateRollbackFailed']);
/** States that end by themselves. */
const PASSING = new Set(['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting']);
/** Whether the count is autoscaling's business. */
function isScaled({ scaling, scalingSaved }) {
    return scaling !== null || scalingSaved;
}
function isPassing(status) {
    return PASSING.has(status);
}
/** The config that serves; null where nothing does. */
function servingConfig({ EndpointStatus, EndpointConfigName }) {
    return SERVING.has(EndpointStatus ?? '') ? (EndpointConfigName ?? null) : null;
}
/** The config that a change under way will make serve; null where there is none, or where AWS does not say. */
function pendingConfig(described) {
    if (described.EndpointStatus === 'Creating')
        return described.EndpointConfigName ?? null;
    if (described.EndpointStatus !== 'Updating')
        return null;
    return described.PendingDeploymentSummary?.EndpointConfigName ?? null;
}
/** @returns null for an endpoint that is not there */
async function readLive(endpoint, reads) {
    const described = await reads.endpoint(endpoint);
    if (described === null)
        return null;
    const tags = await reads.tags(described.EndpointArn ?? '');
    const made = await readMade(described, reads);
    const summary = described.ProductionVariants?.[0] ?? null;
    const variant = variantNameOf(made.specs) ?? summary?.VariantName ?? '';
    return {
        ...made,
        endpoint,
        described,
        status: described.EndpointStatus ?? '',
        serving: servingConfig(described),
        tags,
        // Somebody may have stripped the tags; a name that only we would give stays.
        ours: isOurs(tags, endpoint) || isContentName(endpoint, described.EndpointConfigName ?? ''),
        variant,
        environment: environmentOf(made.model),
        scaling: variant === '' ? null : await reads.scaling({ endpoint, variant }),
        scalingSaved: [...tags.keys()].some((key) => key.startsWith('ml-deploy:scaling/')),
        summary,
    };
}
function variantNameOf(specs) {
    return specs === null ? null : textAt(variantOf(specs), 'VariantName');
}
function environmentOf(model) {
    return (model?.PrimaryContainer ?? model?.Containers?.[0])?.Environment ?? {};
}
async function readMade({ EndpointConfigName: name = '' }, reads) {
    const config = name === '' ? null : await reads.config(name);
    const modelName = config?.ProductionVariants?.[0]?.ModelName ?? null;
    const model = modelName === null ? null : await reads.model(modelName);
    if (config === null || model === null)
        return { config, model, specs: null };
    return { config, model, specs: { model: modelSpecOf(model), endpointConfig: configSpecOf(config) } };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/resolve.js
/** The request and what serves, together: the whole of what shall serve. What the request leaves open is carried over. */





/** Of the fields of `desired.settings` in a request. */
function cloudSettings(request) {
    return request.desired.settings;
}
function specsOf(desired) {
    const { model, endpointConfig } = desired.settings;
    if (!isObject(model) || !isObject(endpointConfig)) {
        throw new errors/* UserError */.yo('This plan was not made for SageMaker: its settings hold no model and no endpoint config.');
    }
    return { model, endpointConfig };
}
/** @param image what the request asks for; null to keep that of what serves */
function resolve(request, live, image) {
    const settings = cloudSettings(request);
    const problems = [...overrideProblems(settings)];
    const model = modelSpec(merged(wantedModel(request, live, image, problems), settings.modelOverrides ?? {}));
    const endpointConfig = configSpec(merged(wantedConfig(request, live, problems), settings.endpointConfigOverrides ?? {}));
    const specs = { model, endpointConfig };
    const variant = variantOf(specs);
    const environment = resolve_environmentOf(request, live, image);
    const { strategy, scaling, staging, modelDigest, referenceDigest } = request.desired;
    const desired = {
        modelDigest,
        referenceDigest,
        imageDigest: imageDigestOf(textAt(containerOf(specs), 'Image')),
        variantName: textAt(variant, 'VariantName'),
        instanceType: textAt(variant, 'InstanceType'),
        instanceCount: numberAt(variant, 'InitialInstanceCount'),
        scaling,
        strategy,
        staging,
        environment,
        settings: { ...specs },
    };
    return { desired, problems };
}
function overrideProblems({ modelOverrides, endpointConfigOverrides }) {
    const problems = [];
    const refuse = (where, name, instead) => problems.push({ where, message: `${name} cannot be overridden.`, fix: instead });
    const model = modelOverrides ?? {};
    const config = endpointConfigOverrides ?? {};
    const instead = 'Names are derived from the content; use the input tags for tags.';
    for (const name of ['ModelName', 'Tags', 'Containers'])
        if (name in model)
            refuse('model-overrides', name, instead);
    if ('Environment' in objectAt(model, 'PrimaryContainer')) {
        // Overrides are shown in the plan, and values of the environment never are.
        refuse('model-overrides', 'PrimaryContainer.Environment', 'Use environment-variables.');
    }
    for (const name of ['EndpointConfigName', 'Tags', 'ShadowProductionVariants', 'AsyncInferenceConfig']) {
        if (name in config)
            refuse('endpoint-config-overrides', name, instead);
    }
    const variants = config.ProductionVariants;
    if (variants !== undefined && (!Array.isArray(variants) || variants.length !== 1)) {
        refuse('endpoint-config-overrides', 'ProductionVariants', 'Give a list of exactly one variant.');
    }
    return problems;
}
function wantedModel(request, live, image, problems) {
    const settings = cloudSettings(request);
    const base = live?.specs?.model ?? {};
    const before = containerOf({ model: base });
    const uri = image?.uri ?? textAt(before, 'Image');
    if (uri === null) {
        const message = 'nothing says which image serves the model.';
        problems.push({
            where: 'image-uri',
            message,
            fix: 'Set image-uri, or framework and framework-version for an image of AWS.',
        });
    }
    const role = settings.executionRoleArn ?? textAt(base, 'ExecutionRoleArn');
    if (role === null) {
        problems.push({
            where: 'execution-role-arn',
            message: 'is required for a new endpoint.',
            fix: 'Set it to the role that SageMaker shall run the model under.',
        });
    }
    const archive = archiveOf(settings.modelDataUrl ?? request.sources.modelUrl, problems);
    return {
        ...base,
        ExecutionRoleArn: role,
        PrimaryContainer: {
            // Where the archive was before, in whatever form, is not carried over.
            ...without(before, ['ModelDataUrl', 'ModelDataSource', 'ModelPackageName', 'ImageConfig']),
            ...(image === null && before.ImageConfig !== undefined ? { ImageConfig: before.ImageConfig } : {}),
            Image: uri,
            ...archive,
        },
        VpcConfig: vpcOf(settings, base),
        EnableNetworkIsolation: settings.networkIsolation ?? base.EnableNetworkIsolation,
    };
}
function archiveOf(url, problems) {
    const where = 'model-data-url';
    if (!url.startsWith('s3://')) {
        const message = `"${url}" is not on S3, and SageMaker reads archives from there only.`;
        problems.push({ where, message, fix: 'Give package-model a destination such as s3://bucket/prefix.' });
    }
    else if (url.endsWith('.tar')) {
        const message = `"${url}" is not compressed; SageMaker unpacks gzip only.`;
        problems.push({ where, message, fix: 'Use compression: gzip in package-model.' });
    }
    if (!url.endsWith('/'))
        return { ModelDataUrl: url };
    const source = { S3Uri: url, S3DataType: 'S3Prefix', CompressionType: 'None' };
    return { ModelDataSource: { S3DataSource: source } };
}
function vpcOf({ vpcSubnets, vpcSecurityGroups }, base) {
    const before = objectAt(base, 'VpcConfig');
    const Subnets = vpcSubnets ?? before.Subnets;
    const SecurityGroupIds = vpcSecurityGroups ?? before.SecurityGroupIds;
    return Subnets === undefined && SecurityGroupIds === undefined ? undefined : { Subnets, SecurityGroupIds };
}
function wantedConfig(request, live, problems) {
    const settings = cloudSettings(request);
    const base = live?.specs?.endpointConfig ?? {};
    return {
        ...base,
        KmsKeyId: settings.kmsKeyId ?? base.KmsKeyId,
        DataCaptureConfig: dataCaptureOf(settings, base, problems),
        ProductionVariants: [wantedVariant(request, live, problems)],
    };
}
function dataCaptureOf({ dataCaptureDestination, dataCapturePercentage }, base, problems) {
    const before = base.DataCaptureConfig === undefined ? undefined : objectAt(base, 'DataCaptureConfig');
    if (dataCaptureDestination === undefined && dataCapturePercentage === undefined)
        return before;
    if (dataCaptureDestination === undefined && before === undefined) {
        const message = `${dataCapturePercentage ?? ''} is given, and nothing says where to.`;
        problems.push({ where: 'data-capture-percentage', message, fix: 'Set data-capture-destination.' });
    }
    return {
        CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
        InitialSamplingPercentage: 100,
        ...before,
        EnableCapture: true,
        ...(dataCaptureDestination === undefined ? {} : { DestinationS3Uri: dataCaptureDestination }),
        ...(dataCapturePercentage === undefined ? {} : { InitialSamplingPercentage: dataCapturePercentage }),
    };
}
const INSTANCE_ONLY = [
    'InstanceType',
    'InitialInstanceCount',
    'VolumeSizeInGB',
    'AcceleratorType',
    'CoreDumpConfig',
    'RoutingConfig',
    'ManagedInstanceScaling',
    'EnableSSMAccess',
    'InferenceAmiVersion',
    'ContainerStartupHealthCheckTimeoutInSeconds',
    'ModelDataDownloadTimeoutInSeconds',
];
function wantedVariant(request, live, problems) {
    const { desired } = request;
    const settings = cloudSettings(request);
    const before = live?.specs ? variantOf(live.specs) : {};
    const VariantName = desired.variantName ?? textAt(before, 'VariantName') ?? 'main';
    const serverless = serverlessOf(settings, before, desired.instanceType);
    if (serverless !== null) {
        checkKind('serverless-memory-mb', live, before.ServerlessConfig === undefined, problems);
        return { ...without(before, INSTANCE_ONLY), VariantName, ServerlessConfig: serverless };
    }
    checkKind('instance-type', live, before.ServerlessConfig !== undefined, problems);
    const InstanceType = desired.instanceType ?? textAt(before, 'InstanceType');
    if (InstanceType === null) {
        const fix = 'Set instance-type, such as ml.m5.large, or serverless-memory-mb.';
        problems.push({
            where: 'instance-type',
            message: 'is required for a new endpoint; it has no default.',
            fix,
        });
    }
    return {
        ...without(before, ['ServerlessConfig']),
        VariantName,
        InstanceType,
        InitialInstanceCount: desired.instanceCount ?? countOf(live, before) ?? desired.scaling?.minCapacity ?? 1,
        ContainerStartupHealthCheckTimeoutInSeconds: settings.containerStartupTimeout ?? before.ContainerStartupHealthCheckTimeoutInSeconds,
        ModelDataDownloadTimeoutInSeconds: settings.modelDownloadTimeout ?? before.ModelDataDownloadTimeoutInSeconds,
    };
}
/** Autoscaling's count is its own; without it, what runs now is what is carried over. */
function countOf(live, before) {
    const configured = numberAt(before, 'InitialInstanceCount');
    if (live === null || isScaled(live) || live.status !== 'InService')
        return configured;
    return live.summary?.DesiredInstanceCount ?? configured;
}
function serverlessOf({ serverlessMemoryMb, serverlessMaxConcurrency }, before, instanceType) {
    const isAsked = serverlessMemoryMb !== undefined || serverlessMaxConcurrency !== undefined;
    const kept = before.ServerlessConfig === undefined ? null : objectAt(before, 'ServerlessConfig');
    if (!isAsked)
        return instanceType === null ? kept : null;
    return {
        ...kept,
        MemorySizeInMB: serverlessMemoryMb ?? kept?.MemorySizeInMB ?? 2048,
        MaxConcurrency: serverlessMaxConcurrency ?? kept?.MaxConcurrency ?? 5,
    };
}
/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-update-delete.html */
function checkKind(where, live, isOther, problems) {
    if (live?.serving === null || live?.specs == null || !isOther)
        return;
    const message = `${live.endpoint} cannot be changed between serverless and instances while it serves.`;
    problems.push({ where, message, fix: 'Use another endpoint-name, or tear this one down first.' });
}
function resolve_environmentOf(request, live, image) {
    const asked = request.desired.environment;
    const before = Object.entries(live?.environment ?? {}).map(([name, value]) => [name, (0,canonical_json/* sha256 */.sc)(value)]);
    const own = Object.entries(image?.environment ?? {}).map(([name, value]) => [name, (0,canonical_json/* sha256 */.sc)(value)]);
    const isAsked = Object.keys(asked).length > 0;
    return Object.fromEntries([...(isAsked ? [] : before), ...own, ...Object.entries(asked)]);
}
/**
 * The values of the container's environment, by their digests: from the inputs, from the image's own needs, and from
 * what serves.
 * @throws UserError for one that nobody knows any more
 */
function environmentValues(desired, ...known) {
    const values = known.flatMap((entries) => [...entries]);
    const missing = [];
    const found = Object.entries(desired.environment).map(([name, digest]) => {
        const value = values.find(([key, candidate]) => key === name && (0,canonical_json/* sha256 */.sc)(candidate) === digest)?.[1];
        if (value === undefined)
            missing.push(name);
        return [name, value ?? ''];
    });
    if (missing.length === 0)
        return Object.fromEntries(found);
    const message = `the plan has ${missing.join(', ')} with a value that is neither given now nor that of what serves.`;
    throw errors/* UserError */.yo.of([
        { where: 'environment-variables', message, fix: 'Give the values that were planned.' },
    ]);
}
/** Where the archive lies that the plan is about. */
function archiveUrlOf(desired) {
    return modelUrlOf(specsOf(desired));
}

// EXTERNAL MODULE: ./node_modules/leven/index.js
var leven = __webpack_require__(47785);
// EXTERNAL MODULE: ./build/js/src/core/image/ecr.js
var ecr = __webpack_require__(36111);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/serving-images-data.js
/**
 * Where AWS keeps its serving images, and which there are. Facts, copied by hand from
 * - https://github.com/aws/deep-learning-containers/blob/main/docs/reference/region_availability.md (accounts),
 * - https://github.com/aws/deep-learning-containers/tree/main/docs/src/data (tags of the supported images), and
 * - https://github.com/aws/sagemaker-python-sdk/tree/master/sagemaker-core/src/sagemaker/core/image_uri_config
 *   (tags of the older images; accounts in GovCloud and China),
 * all read in August 2026. A version or region that is newer than that: name the image itself in image-uri.
 */
/** Most regions share one account. */
const DLC = '763104351884';
/** Deep Learning Containers: pytorch, tensorflow, huggingface. */
const DLC_ACCOUNTS = {
    'af-south-1': '626614931356',
    'ap-east-1': '871362719292',
    'ap-east-2': '975050140332',
    'ap-northeast-1': DLC,
    'ap-northeast-2': DLC,
    'ap-northeast-3': '364406365360',
    'ap-south-1': DLC,
    'ap-south-2': '772153158452',
    'ap-southeast-1': DLC,
    'ap-southeast-2': DLC,
    'ap-southeast-3': '907027046896',
    'ap-southeast-4': '457447274322',
    'ap-southeast-5': '550225433462',
    'ap-southeast-6': '633930458069',
    'ap-southeast-7': '590183813437',
    'ca-central-1': DLC,
    'ca-west-1': '204538143572',
    'cn-north-1': '727897471807',
    'cn-northwest-1': '727897471807',
    'eu-central-1': DLC,
    'eu-central-2': '380420809688',
    'eu-north-1': DLC,
    'eu-south-1': '692866216735',
    'eu-south-2': '503227376785',
    'eu-west-1': DLC,
    'eu-west-2': DLC,
    'eu-west-3': DLC,
    'il-central-1': '780543022126',
    'me-central-1': '914824155844',
    'me-south-1': '217643126080',
    'mx-central-1': '637423239942',
    'sa-east-1': DLC,
    'us-east-1': DLC,
    'us-east-2': DLC,
    'us-gov-east-1': '446045086412',
    'us-gov-west-1': '442386744353',
    'us-west-1': DLC,
    'us-west-2': DLC,
};
/** SageMaker's own algorithms: sklearn, xgboost. */
const ALGORITHM_ACCOUNTS = {
    'af-south-1': '510948584623',
    'ap-east-1': '651117190479',
    'ap-northeast-1': '354813040037',
    'ap-northeast-2': '366743142698',
    'ap-northeast-3': '867004704886',
    'ap-south-1': '720646828776',
    'ap-south-2': '628508329040',
    'ap-southeast-1': '121021644041',
    'ap-southeast-2': '783357654285',
    'ap-southeast-3': '951798379941',
    'ap-southeast-4': '106583098589',
    'ca-central-1': '341280168497',
    'ca-west-1': '190319476487',
    'cn-north-1': '450853457545',
    'cn-northwest-1': '451049120500',
    'eu-central-1': '492215442770',
    'eu-central-2': '680994064768',
    'eu-north-1': '662702820516',
    'eu-south-1': '978288397137',
    'eu-south-2': '104374241257',
    'eu-west-1': '141502667606',
    'eu-west-2': '764974769150',
    'eu-west-3': '659782779980',
    'il-central-1': '898809789911',
    'me-central-1': '272398656194',
    'me-south-1': '801668240914',
    'sa-east-1': '737474898029',
    'us-east-1': '683313688378',
    'us-east-2': '257758044811',
    'us-gov-east-1': '237065988967',
    'us-gov-west-1': '414596584902',
    'us-west-1': '746614075791',
    'us-west-2': '246618743249',
};
const one = (repository, tag) => ({ repository, tag });
const both = (repository, tag) => ({
    cpu: one(repository, tag('cpu')),
    gpu: one(repository, tag('gpu')),
});
const pytorch = (version, python) => both('pytorch-inference', (processor) => `${version}-${processor}-${python}`);
const tensorflow = (version) => both('tensorflow-inference', (processor) => `${version}-${processor}`);
/** `<pytorch>-transformers<transformers>-<processor>-<python>-[<cuda>-]<os>` */
const huggingface = (torch, transformers, python, cuda, os) => {
    const stem = `${torch}-transformers${transformers}`;
    const repository = 'huggingface-pytorch-inference';
    return {
        cpu: one(repository, `${stem}-cpu-${python}-${os.cpu}`),
        gpu: one(repository, `${stem}-gpu-${python}-${cuda}-${os.gpu}`),
    };
};
const UBUNTU_20 = { cpu: 'ubuntu20.04', gpu: 'ubuntu20.04' };
const UBUNTU_22 = { cpu: 'ubuntu22.04', gpu: 'ubuntu22.04' };
const sklearn = (tag) => ({ cpu: one('sagemaker-scikit-learn', tag) });
const xgboost = (tag) => ({ cpu: one('sagemaker-xgboost', tag) });
const FRAMEWORKS = {
    pytorch: {
        accounts: DLC_ACCOUNTS,
        versionOf: 'PyTorch',
        versions: {
            '1.12.1': pytorch('1.12.1', 'py38'),
            '1.13.1': pytorch('1.13.1', 'py39'),
            '2.0.1': pytorch('2.0.1', 'py310'),
            '2.1.0': pytorch('2.1.0', 'py310'),
            '2.2.0': pytorch('2.2.0', 'py310'),
            '2.3.0': pytorch('2.3.0', 'py311'),
            '2.4.0': pytorch('2.4.0', 'py311'),
            '2.5.1': pytorch('2.5.1', 'py311'),
            '2.6.0': {
                ...pytorch('2.6.0', 'py312'),
                arm64: one('pytorch-inference-arm64', '2.6.0-cpu-py312-ubuntu22.04-sagemaker'),
            },
        },
    },
    tensorflow: {
        accounts: DLC_ACCOUNTS,
        versionOf: 'TensorFlow',
        versions: {
            '2.8.4': tensorflow('2.8.4'),
            '2.9.3': tensorflow('2.9.3'),
            '2.10.1': tensorflow('2.10.1'),
            '2.11.1': tensorflow('2.11.1'),
            '2.12.1': tensorflow('2.12.1'),
            '2.13.0': tensorflow('2.13.0'),
            '2.14.1': tensorflow('2.14.1'),
            '2.16.1': tensorflow('2.16.1'),
            '2.18.0': tensorflow('2.18.0'),
            '2.19.0': {
                cpu: one('tensorflow-inference', '2.19.0-cpu-py312-ubuntu22.04-sagemaker'),
                gpu: one('tensorflow-inference', '2.19.0-gpu-py312-cu122-ubuntu22.04-sagemaker'),
                arm64: one('tensorflow-inference-arm64', '2.19.0-cpu-py312-ubuntu22.04-sagemaker'),
            },
        },
    },
    huggingface: {
        accounts: DLC_ACCOUNTS,
        versionOf: 'Transformers',
        versions: {
            '4.26.0': huggingface('1.13.1', '4.26.0', 'py39', 'cu117', UBUNTU_20),
            '4.28.1': huggingface('2.0.0', '4.28.1', 'py310', 'cu118', UBUNTU_20),
            '4.37.0': huggingface('2.1.0', '4.37.0', 'py310', 'cu118', { cpu: 'ubuntu22.04', gpu: 'ubuntu20.04' }),
            '4.48.0': huggingface('2.3.0', '4.48.0', 'py311', 'cu121', UBUNTU_22),
            '4.49.0': huggingface('2.6.0', '4.49.0', 'py312', 'cu124', UBUNTU_22),
            '4.51.3': huggingface('2.6.0', '4.51.3', 'py312', 'cu124', UBUNTU_22),
            '5.5.3': huggingface('2.6.0', '5.5.3', 'py312', 'cu124', UBUNTU_22),
        },
    },
    sklearn: {
        accounts: ALGORITHM_ACCOUNTS,
        versionOf: 'the scikit-learn container',
        versions: {
            '0.23-1': sklearn('0.23-1-cpu-py3'),
            '1.0-1': {
                ...sklearn('1.0-1-cpu-py3'),
                arm64: one('sagemaker-scikit-learn', '1.0-1-arm64-cpu-py3'),
            },
            '1.2-1': sklearn('1.2-1-cpu-py3'),
            '1.4-2-py312': sklearn('1.4-2-py312'),
            '1.9-0': sklearn('1.9-0'),
        },
    },
    xgboost: {
        accounts: ALGORITHM_ACCOUNTS,
        versionOf: 'the XGBoost container',
        versions: {
            '1.0-1': xgboost('1.0-1-cpu-py3'),
            '1.2-2': xgboost('1.2-2'),
            '1.3-1': { ...xgboost('1.3-1'), arm64: one('sagemaker-xgboost', '1.3-1-arm64') },
            '1.5-1': { ...xgboost('1.5-1'), arm64: one('sagemaker-xgboost', '1.5-1-arm64') },
            '1.7-1': xgboost('1.7-1'),
            '3.0-5': xgboost('3.0-5'),
            '3.2-0': xgboost('3.2-0'),
        },
    },
};

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/serving-images.js
/** AWS's own serving images by framework and version, for who brings no image. */



/** Reads nothing: the images are known, and whether one is there still is checked with the others. */
function servingImage(request) {
    const { framework: name, region, version } = request;
    const framework = FRAMEWORKS[name];
    if (framework === undefined)
        return { problems: [unknownFramework(name)] };
    const account = framework.accounts[region];
    const full = fullVersion(framework, version ?? '');
    const problems = [];
    if (account === undefined)
        problems.push(unknownRegion(name, framework, region));
    if (full === null)
        problems.push(unknownVersion(name, framework, version));
    if (account === undefined || full === null)
        return { problems };
    const processor = processorOf(request.instanceType);
    const tagged = processor === null ? undefined : framework.versions[full]?.[processor];
    if (tagged === undefined)
        return { problems: [noImageFor(name, full, request.instanceType, processor)] };
    const { host } = (0,ecr/* ecrRegistryOf */.Bv)(account, region);
    return { uri: `${host}/${tagged.repository}:${tagged.tag}`, ...tagged, account };
}
/** `2.6` means the one version that starts so, if there is only one. */
function fullVersion({ versions }, version) {
    if (versions[version] !== undefined)
        return version;
    const longer = Object.keys(versions).filter((known) => /^[.-]/.test(known.slice(version.length)) && known.startsWith(version));
    return longer.length === 1 ? (longer[0] ?? null) : null;
}
/**
 * By the family in `ml.<family>.<size>`: a g after the generation is Graviton (m6g, c7gn), while g and p in front are
 * GPUs (g5, p4d; g5g has both and no image). null for AWS's own accelerators (inf, trn), which need images of their own.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
function processorOf(instanceType) {
    const family = instanceType?.split('.')[1] ?? '';
    if (/^(inf|trn|dl)/.test(family) || /^g\d+g/.test(family))
        return null;
    if (/^[gp]\d/.test(family))
        return 'gpu';
    if (/^[a-z]+\d+g/.test(family))
        return 'arm64';
    return 'cpu';
}
/** The inference toolkits look for the script here: https://github.com/aws/sagemaker-inference-toolkit */
const SCRIPT = { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' };
/**
 * What AWS's images need to find code/inference.py in the archive. Without a script nothing is set: the images of
 * huggingface and xgboost then serve the model by themselves, and TensorFlow Serving finds its script anyway.
 */
function servingEnvironment(framework, hasScript) {
    return hasScript && framework !== 'tensorflow' ? SCRIPT : {};
}
function unknownFramework(name) {
    const known = Object.keys(FRAMEWORKS);
    const near = known.find((other) => (0,leven/* default */.A)(other, name.toLowerCase()) <= 2);
    const fix = near === undefined ? 'Give image-uri instead.' : `Did you mean ${near}?`;
    return {
        where: 'framework',
        message: `AWS has no serving image for "${name}" that we know; there are ${known.join(', ')}.`,
        fix,
    };
}
function unknownRegion(name, { accounts }, region) {
    return {
        where: 'aws-region',
        message: `we know of no serving image of AWS for ${name} in ${region}; there are some in ${Object.keys(accounts).join(', ')}.`,
        fix: 'Give image-uri, if there is one by now.',
    };
}
function unknownVersion(name, { versions, versionOf }, version) {
    const known = Object.keys(versions).join(', ');
    if (version === null) {
        const message = `is required with framework "${name}"; there are ${known}.`;
        return { where: 'framework-version', message };
    }
    return {
        where: 'framework-version',
        message: `"${version}" is not a version of ${versionOf} whose serving image for ${name} we know; there are ${known}.`,
        fix: 'Take one of them, or give image-uri.',
    };
}
function noImageFor(name, version, instanceType, processor) {
    const kinds = { cpu: 'CPUs', gpu: 'GPUs', arm64: 'Graviton' };
    const versions = FRAMEWORKS[name]?.versions ?? {};
    const others = processor === null
        ? []
        : Object.keys(versions).filter((known) => versions[known]?.[processor] !== undefined);
    const kind = processor === null ? 'an accelerator of AWS’s own' : kinds[processor];
    const fix = others.length === 0
        ? 'Take another instance-type'
        : `There are such images for ${others.join(', ')}. Take one of them, another instance-type`;
    return {
        where: 'instance-type',
        message: `${instanceType ?? ''} has ${kind}, and we know of no serving image of AWS for ${name} ${version} on it.`,
        fix: `${fix}, or give image-uri.`,
    };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/image.js


/** https://github.com/aws/sagemaker-inference-toolkit#implementation-steps and the containers' own READMEs */
const SCRIPT_ENVIRONMENT = {
    SAGEMAKER_PROGRAM: 'inference.py',
    SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
};
function imageOf(request, { region }) {
    const { imageUri, framework, frameworkVersion } = cloudSettings(request);
    if (imageUri !== undefined)
        return { image: { uri: withoutTag(imageUri), environment: {} }, problems: [], findings: [] };
    if (framework === undefined)
        return { image: null, problems: [], findings: [] };
    const answer = servingImage({
        framework,
        version: frameworkVersion ?? null,
        region,
        instanceType: request.desired.instanceType,
    });
    if ('problems' in answer)
        return { image: null, problems: answer.problems, findings: [] };
    const image = { uri: answer.uri, environment: SCRIPT_ENVIRONMENT };
    return { image, problems: [], findings: [{ level: 'ok', message: `AWS's own image: ${answer.uri}` }] };
}
/** Of a tag and a digest, the digest is what counts. */
function withoutTag(uri) {
    return uri.replace(/:[^:@/]+@/, '@');
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/names-of.js


/** From everything that a model and its config contain. */
function namesOf(endpoint, desired) {
    const { model: modelSpec, endpointConfig } = specsOf(desired);
    const { modelDigest, environment } = desired;
    const model = contentName(endpoint, 'model', { modelDigest, environment, modelSpec });
    return { model, config: contentName(endpoint, 'config', { model, endpointConfig }) };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/mutate.js


/** What was made may not be seen at once by the next call. */
const UNSEEN_MS = 60_000;
const UNSEEN_PAUSE_MS = 2_000;
/** Makes a call again for a short while where it does not find what was made just now. */
async function whileUnseen(session, make) {
    const { clock, signal } = session.options;
    const deadline = clock.monotonic() + UNSEEN_MS;
    for (;;) {
        try {
            return await make();
        }
        catch (error) {
            if (!(0,aws_errors/* isMissing */.b2)(error) || clock.monotonic() >= deadline)
                throw error;
            await clock.sleep(UNSEEN_PAUSE_MS, signal);
        }
    }
}
/** Where the answer of an earlier attempt was lost, or another run was faster. */
function exists(error) {
    return (0,aws_errors/* isValidation */.SZ)(error) && /already exist/i.test((0,errors/* messageOf */.bD)(error));
}
function isInProgress(error) {
    return (0,aws_errors/* isValidation */.SZ)(error) && /in-progress|in progress/i.test((0,errors/* messageOf */.bD)(error));
}
async function created(make) {
    try {
        await make();
        return true;
    }
    catch (error) {
        if (exists(error))
            return false;
        throw error;
    }
}
async function removed(make) {
    try {
        await make();
        return true;
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return false;
        throw error;
    }
}
/** @returns false where it is there already, also where this very call has made it without our hearing of it */
async function createModel(session, input) {
    const sageMaker = await session.clients.sageMaker();
    const done = await created(() => session.clients.call('sagemaker:CreateModel', () => sageMaker.createModel(input)));
    session.reads.forget();
    return done;
}
async function createConfig(session, input) {
    const sageMaker = await session.clients.sageMaker();
    const make = () => session.clients.call('sagemaker:CreateEndpointConfig', () => sageMaker.createEndpointConfig(input));
    const done = await created(() => whileUnseen(session, make));
    session.reads.forget();
    return done;
}
async function createEndpoint(session, endpoint, config, tags) {
    const sageMaker = await session.clients.sageMaker();
    const input = { EndpointName: endpoint, EndpointConfigName: config, Tags: tags };
    const make = () => session.clients.call('sagemaker:CreateEndpoint', () => sageMaker.createEndpoint(input));
    const done = await created(() => whileUnseen(session, make));
    session.reads.forget();
    return done;
}
/** @returns false where a change is under way, which may be this very one */
async function updateEndpoint(session, input) {
    const sageMaker = await session.clients.sageMaker();
    const make = () => session.clients.call('sagemaker:UpdateEndpoint', () => sageMaker.updateEndpoint(input));
    try {
        await whileUnseen(session, make);
        return true;
    }
    catch (error) {
        if (isInProgress(error))
            return false;
        throw error;
    }
    finally {
        session.reads.forget();
    }
}
async function setInstanceCount(session, endpoint, variant, count) {
    const sageMaker = await session.clients.sageMaker();
    const input = {
        EndpointName: endpoint,
        DesiredWeightsAndCapacities: [{ VariantName: variant, DesiredInstanceCount: count }],
    };
    try {
        await session.clients.call('sagemaker:UpdateEndpointWeightsAndCapacities', () => sageMaker.updateEndpointWeightsAndCapacities(input));
        return true;
    }
    catch (error) {
        if (isInProgress(error))
            return false;
        throw error;
    }
    finally {
        session.reads.forget();
    }
}
/** @returns false where it is gone already; while something else is under way, it is not deleted */
async function deleteEndpoint(session, endpoint) {
    const sageMaker = await session.clients.sageMaker();
    const done = await removed(() => session.clients.call('sagemaker:DeleteEndpoint', () => sageMaker.deleteEndpoint({ EndpointName: endpoint })));
    session.reads.forget();
    return done;
}
async function deleteConfig(session, name) {
    const sageMaker = await session.clients.sageMaker();
    const done = await removed(() => session.clients.call('sagemaker:DeleteEndpointConfig', () => sageMaker.deleteEndpointConfig({ EndpointConfigName: name })));
    session.reads.forget();
    return done;
}
async function deleteModel(session, name) {
    const sageMaker = await session.clients.sageMaker();
    const done = await removed(() => session.clients.call('sagemaker:DeleteModel', () => sageMaker.deleteModel({ ModelName: name })));
    session.reads.forget();
    return done;
}
/** Adds what is not there as it shall be. */
async function addTags(session, arn, tags) {
    const known = await session.reads.tags(arn);
    const missing = tags.filter(({ Key, Value }) => known.get(Key) !== Value);
    if (missing.length === 0)
        return;
    const sageMaker = await session.clients.sageMaker();
    await session.clients.call('sagemaker:AddTags', () => sageMaker.addTags({ ResourceArn: arn, Tags: missing }));
    session.reads.forget();
}

// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/versions.js






function versionOfPlan(plan, deployedAt) {
    const { desired, sources } = plan;
    return {
        version: plan.version,
        modelDigest: desired.modelDigest,
        imageDigest: desired.imageDigest,
        referenceDigest: desired.referenceDigest,
        referenceUrl: sources.referenceUrl,
        planDigest: plan.digest,
        release: sources.release,
        deployedAt,
        served: false,
        verified: false,
    };
}
/** The same facts as tags of the config. */
function factTags(info) {
    return [
        [TAG.model, info.modelDigest || null],
        [TAG.image, info.imageDigest],
        [TAG.reference, info.referenceDigest],
        [TAG.referenceUrl, info.referenceUrl],
        [TAG.plan, info.planDigest],
        [TAG.release, info.release],
        [TAG.deployedAt, info.deployedAt],
        ...(info.served ? [[TAG.served, 'true']] : []),
        ...(info.verified ? [[TAG.verified, 'true']] : []),
    ];
}
function fromTags({ name, createdAt, arn }, tags) {
    const at = (key) => tags.get(key) ?? null;
    return {
        version: name,
        arn,
        ours: true,
        modelDigest: at(TAG.model) ?? '',
        imageDigest: at(TAG.image),
        referenceDigest: at(TAG.reference),
        referenceUrl: at(TAG.referenceUrl),
        planDigest: at(TAG.plan),
        release: at(TAG.release),
        deployedAt: at(TAG.deployedAt) ?? createdAt.toISOString(),
        served: at(TAG.served) === 'true',
        verified: at(TAG.verified) === 'true',
        withdrawn: at(TAG.withdrawn) === 'true',
    };
}
/** By the tags of the config; without them by our note, and without that by what the model says. */
async function readVersion(endpoint, config, reads, options) {
    const tags = await reads.tags(config.arn);
    if (isOurs(tags, endpoint))
        return fromTags(config, tags);
    const described = await reads.config(config.name);
    const modelName = described?.ProductionVariants?.[0]?.ModelName;
    const model = modelName === undefined ? null : await reads.model(modelName);
    const spec = model === null ? {} : modelSpecOf(model);
    const url = specs_modelUrlOf({ model: spec });
    const note = await readNote(endpoint, config.name, url, reads, options);
    if (note !== null)
        return { ...note, arn: config.arn };
    return {
        ...fromTags(config, new Map()),
        ours: false,
        modelDigest: modelDigestOfUrl(url) ?? '',
        imageDigest: imageDigestOf(textAt(containerOf({ model: spec }), 'Image')),
    };
}
async function storeBeside(url, options) {
    const storeUrl = url === null ? null : (0,stores/* storeOfArchive */.nO)(url);
    return storeUrl === null ? null : options.openStore(storeUrl);
}
async function noteKey(endpoint, version, reads, options) {
    return `endpoints/${await reads.account()}/${options.clients.region}/${endpoint}/${version}.json`;
}
async function readNote(endpoint, version, url, reads, options) {
    try {
        const store = await storeBeside(url, options);
        const key = await noteKey(endpoint, version, reads, options);
        if (store === null || !(await store.exists(key)))
            return null;
        const note = JSON.parse(await (0,consumers_.text)(await store.open(key)));
        return isObject(note) && note.version === version ? note : null;
    }
    catch (error) {
        options.log.warning(`What is noted about the version ${version} could not be read: ${(0,errors/* messageOf */.bD)(error)}`);
        return null;
    }
}
/** Beside the archive, where it stays when somebody strips the tags. What was asked for is true without it as well. */
async function writeNote(endpoint, version, modelUrl, reads, options) {
    try {
        const store = await storeBeside(modelUrl, options);
        if (store === null)
            return;
        const key = await noteKey(endpoint, version.version, reads, options);
        await store.put(key, `${JSON.stringify(version, null, 2)}\n`, { replace: true });
    }
    catch (error) {
        options.log.warning(`What is known about the version ${version.version} could not be noted in the artifact store: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/** The newest verified version before the live one; where none was ever verified, the newest that served. */
function previousOf(versions, live) {
    const at = versions.findIndex(({ version }) => version === live);
    const before = at < 0 ? [] : versions.slice(at + 1).filter(({ withdrawn }) => !withdrawn);
    return before.find(({ verified }) => verified) ?? before.find(({ served }) => served) ?? null;
}
function newestFirst(versions) {
    return versions.toSorted((a, b) => a.deployedAt === b.deployedAt ? 0 : a.deployedAt < b.deployedAt ? 1 : -1);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/describe.js




/** After that time a candidate belongs to a run that is long gone. */
const CANDIDATE_LIFETIME_MS = 6 * 60 * 60 * 1000;
/** Every config that is a version of this endpoint, newest first; also those that never served. */
async function readVersions(endpoint, live, reads, options) {
    const listed = (await reads.configs(versionPrefix(endpoint))).filter(({ name }) => isContentName(endpoint, name));
    const others = await foreignConfigs(live, listed, reads);
    const versions = await Promise.all([...listed, ...others].map((config) => readVersion(endpoint, config, reads, options)));
    const foreign = new Set(others.map(({ name }) => name));
    return newestFirst(versions
        .filter((version) => version.ours ||
        !isCut(endpoint) ||
        foreign.has(version.version) ||
        version.version === live?.serving)
        // What somebody else made is known to have served because it does, or did when we took the endpoint over.
        .map((version) => (foreign.has(version.version) ? { ...version, served: true } : version)));
}
/** The config that serves, or served when the endpoint was taken over, where it is not of ours. */
async function foreignConfigs(live, listed, reads) {
    if (live === null)
        return [];
    const names = new Set([live.serving, live.tags.get(TAG.before) ?? null]);
    const found = [];
    for (const name of names) {
        if (name === null || listed.some((config) => config.name === name))
            continue;
        const config = await reads.config(name);
        if (config === null)
            continue;
        const { EndpointConfigArn: arn = '', CreationTime: createdAt = new Date(0) } = config;
        found.push({ name, arn, createdAt });
    }
    return found;
}
async function readCandidates(endpoint, reads, options) {
    const prefix = candidatePrefix(endpoint);
    const listed = (await reads.endpoints(prefix)).filter(({ name }) => isCandidateName(endpoint, name));
    const found = await Promise.all(listed.map((entry) => readCandidate(endpoint, entry, reads, options)));
    return found.filter((candidate) => candidate !== null);
}
async function readCandidate(endpoint, { name, arn, createdAt }, reads, options) {
    const [described, tags] = [await reads.endpoint(name), await reads.tags(arn)];
    if (described === null || described.EndpointStatus === 'Deleting')
        return null;
    const configName = described.EndpointConfigName ?? '';
    const config = await reads.config(configName);
    const listed = { name: configName, arn: config?.EndpointConfigArn ?? '', createdAt };
    const { withdrawn: _, ours: __, arn: ___, ...info } = await readVersion(endpoint, listed, reads, options);
    const expiresAt = tags.get(TAG.expiresAt) ?? new Date(createdAt.getTime() + CANDIDATE_LIFETIME_MS).toISOString();
    return {
        ...info,
        name,
        arn,
        status: described.EndpointStatus ?? '',
        ours: isOurs(tags, endpoint),
        url: invokeUrl(name, options),
        expiresAt,
    };
}
/** https://docs.aws.amazon.com/general/latest/gr/sagemaker.html */
function invokeUrl(endpoint, { clients }) {
    const domain = clients.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return `https://runtime.sagemaker.${clients.region}.${domain}/endpoints/${endpoint}/invocations`;
}
async function describeEndpoint(endpoint, reads, options) {
    const [live, candidates] = await Promise.all([
        readLive(endpoint, reads),
        readCandidates(endpoint, reads, options),
    ]);
    const all = await readVersions(endpoint, live, reads, options);
    const serving = live?.serving ?? null;
    const versions = all.filter(({ served, version }) => served || version === serving);
    const current = versions.find(({ version }) => version === serving) ?? null;
    const previous = previousOf(versions, serving);
    return {
        endpoint,
        ...standing(live, candidates),
        url: live === null ? null : invokeUrl(endpoint, options),
        arn: live?.described.EndpointArn ?? null,
        live: current === null ? null : infoOf(current),
        previous: previous === null ? null : infoOf(previous),
        candidates: candidates.map(({ arn: _, status: __, ours: ___, ...info }) => info),
        versions: versions.map(infoOf),
    };
}
function infoOf({ withdrawn: _, ours: __, arn: ___, ...info }) {
    return info;
}
function standing(live, candidates) {
    if (live === null) {
        return candidates.length === 0
            ? { status: 'absent', detail: '' }
            : { status: 'not-serving', detail: 'No version is live yet.' };
    }
    const { described, status } = live;
    const reason = described.FailureReason ? ` AWS said: ${described.FailureReason}` : '';
    const pending = pendingConfig(described);
    const towards = pending === null ? '' : `, on its way to ${pending}`;
    const detail = status === 'InService' ? reason.trim() : `${live.endpoint} is ${status}${towards}.${reason}`;
    return { status: servingConfig(described) === null ? 'not-serving' : 'serving', detail };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/notes.js







/** A version serves as it was planned. */
async function noteServed(plan, session) {
    const now = session.options.clock.now().toISOString();
    await noteVersion(plan.endpoint, plan.version, session, (version) => {
        const planned = versionOfPlan(plan, version.served && !version.withdrawn ? version.deployedAt : now);
        return { ...planned, served: true, verified: version.verified, withdrawn: false };
    });
}
/** Changes what is known of a version, in its tags and in the note beside its archive. */
async function noteVersion(endpoint, name, session, change) {
    const { reads, options } = session;
    const live = await readLive(endpoint, reads);
    const versions = await readVersions(endpoint, live, reads, options);
    const known = versions.find(({ version }) => version === name);
    if (known === undefined)
        return false;
    // A config of somebody else's is used, and stays theirs.
    const mine = known.ours || isContentName(endpoint, name);
    const facts = { ...known, ...change(known), ours: mine };
    const marks = [
        [TAG.verified, facts.verified ? 'true' : known.verified ? 'false' : null],
        [TAG.withdrawn, facts.withdrawn ? 'true' : known.withdrawn ? 'false' : null],
    ];
    if (mine)
        await addTags(session, known.arn, tagList([[TAG.endpoint, endpoint], ...factTags(facts), ...marks]));
    if (changed(known, facts))
        await writeNote(endpoint, facts, await modelUrl(name, session), reads, options);
    return true;
}
function changed(before, after) {
    return (JSON.stringify(Object.entries(before).toSorted()) !== JSON.stringify(Object.entries(after).toSorted()));
}
async function modelUrl(config, { reads }) {
    const described = await reads.config(config);
    const name = described?.ProductionVariants?.[0]?.ModelName;
    const model = name === undefined ? null : await reads.model(name);
    return model === null ? null : specs_modelUrlOf({ model: modelSpecOf(model) });
}
/** On the endpoint: that it is ours, for which plan it is changed, and what served before. */
async function noteChange(plan, arn, before, session) {
    await addTags(session, arn, tagList([...commonTags(plan, session.options), [TAG.before, before]]));
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/scaling/scaling-state.js
/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
const NAMESPACE = 'sagemaker';
const DIMENSION = 'sagemaker:variant:DesiredInstanceCount';
const METRIC = 'SageMakerVariantInvocationsPerInstance';
function resourceId({ endpoint, variant }) {
    return `endpoint/${endpoint}/variant/${variant}`;
}
/** The members that every call about one variant starts with. */
function resourceOf(ref) {
    return { ServiceNamespace: NAMESPACE, ResourceId: resourceId(ref), ScalableDimension: DIMENSION };
}
function policyState(policy) {
    return {
        name: policy.PolicyName ?? '',
        type: policy.PolicyType ?? '',
        targetTracking: policy.TargetTrackingScalingPolicyConfiguration ?? null,
        stepScaling: policy.StepScalingPolicyConfiguration ?? null,
    };
}
function scheduledState(action) {
    const { ScalableTargetAction: capacity } = action;
    return {
        name: action.ScheduledActionName ?? '',
        schedule: action.Schedule ?? '',
        timezone: action.Timezone ?? null,
        startTime: action.StartTime?.toISOString() ?? null,
        endTime: action.EndTime?.toISOString() ?? null,
        minCapacity: capacity?.MinCapacity ?? null,
        maxCapacity: capacity?.MaxCapacity ?? null,
    };
}
function byName(items) {
    return items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
/** Leaves out what is null, so that the API keeps what it has. */
function given(members) {
    const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(kept);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/scaling/scaling.js



/** The policy that we make where the variant has none that aims at invocations per instance. */
const POLICY_NAME = 'ml-deploy-invocations-per-instance';
/** @returns null where the variant is no scalable target; it then has neither policies nor scheduled actions. */
async function readScaling(clients, ref) {
    const client = await clients.autoScaling();
    const target = await readTarget(clients, client, ref);
    if (target === null)
        return null;
    const [policies, scheduled] = await Promise.all([
        scaling_all((NextToken) => clients.call('application-autoscaling:DescribeScalingPolicies', async () => {
            const page = await client.describeScalingPolicies({ ...resourceOf(ref), NextToken });
            return { items: page.ScalingPolicies ?? [], next: page.NextToken };
        })),
        scaling_all((NextToken) => clients.call('application-autoscaling:DescribeScheduledActions', async () => {
            const page = await client.describeScheduledActions({ ...resourceOf(ref), NextToken });
            return { items: page.ScheduledActions ?? [], next: page.NextToken };
        })),
    ]);
    return {
        target,
        policies: byName(policies.map(policyState)),
        scheduled: byName(scheduled.map(scheduledState)),
    };
}
async function readTarget(clients, client, ref) {
    const { ScalableTargets = [] } = await clients.call('application-autoscaling:DescribeScalableTargets', async () => client.describeScalableTargets({
        ServiceNamespace: NAMESPACE,
        ResourceIds: [resourceId(ref)],
        ScalableDimension: DIMENSION,
    }));
    const [target] = ScalableTargets;
    if (target === undefined)
        return null;
    return {
        minCapacity: target.MinCapacity ?? 0,
        maxCapacity: target.MaxCapacity ?? 0,
        suspended: target.SuspendedState ?? null,
    };
}
/**
 * Makes the variant scale as desired; what is so already is left alone.
 * @returns whether anything had to be changed
 */
async function applyScaling(clients, ref, desired) {
    const now = await readScaling(clients, ref);
    const { minCapacity, maxCapacity } = desired;
    let changed = false;
    if (now?.target.minCapacity !== minCapacity || now.target.maxCapacity !== maxCapacity) {
        await register(clients, ref, { minCapacity, maxCapacity, suspended: null });
        changed = true;
    }
    const policy = desiredPolicy(desired, now?.policies ?? []);
    if (policy === null)
        return changed;
    const current = now?.policies.find(({ name }) => name === policy.name);
    if (current !== undefined && (0,canonical_json/* digestOf */.ol)(current) === (0,canonical_json/* digestOf */.ol)(policy))
        return changed;
    await putPolicy(clients, ref, policy);
    return true;
}
/**
 * Only one target-tracking policy may aim at one metric: one that is there already is changed, under its own name.
 * What the inputs do not say is kept. null where no aim is given.
 */
function desiredPolicy(desired, policies) {
    const current = policies.find(isInvocationsPolicy);
    const kept = current?.targetTracking ?? null;
    const { invocationsPerInstance, scaleInCooldown, scaleOutCooldown } = desired;
    const aim = invocationsPerInstance ?? kept?.TargetValue ?? null;
    if (aim === null)
        return null;
    return {
        name: current?.name ?? POLICY_NAME,
        type: 'TargetTrackingScaling',
        stepScaling: null,
        targetTracking: {
            ...kept,
            TargetValue: aim,
            PredefinedMetricSpecification: { PredefinedMetricType: METRIC },
            ...given({ ScaleInCooldown: scaleInCooldown, ScaleOutCooldown: scaleOutCooldown }),
        },
    };
}
function isInvocationsPolicy({ targetTracking }) {
    return targetTracking?.PredefinedMetricSpecification?.PredefinedMetricType === METRIC;
}
/** What the desired scaling would change, for the plan: one line for each field, old and new. */
function scalingChanges(desired, now) {
    const current = now?.policies.find(isInvocationsPolicy)?.targetTracking;
    const rows = [
        ['min-capacity', now?.target.minCapacity, desired.minCapacity],
        ['max-capacity', now?.target.maxCapacity, desired.maxCapacity],
        ['invocations-per-instance', current?.TargetValue, desired.invocationsPerInstance],
        ['scale-in-cooldown', current?.ScaleInCooldown, desired.scaleInCooldown],
        ['scale-out-cooldown', current?.ScaleOutCooldown, desired.scaleOutCooldown],
    ];
    return rows
        .filter(([, from, to]) => to !== null && from !== to)
        .map(([field, from, to]) => ({ field, from: from?.toString() ?? null, to: String(to) }));
}
/**
 * Ends autoscaling of the variant; its policies and scheduled actions go with it.
 * @returns false where there was none
 */
async function removeScaling(clients, ref) {
    const client = await clients.autoScaling();
    try {
        await clients.call('application-autoscaling:DeregisterScalableTarget', async () => client.deregisterScalableTarget(resourceOf(ref)));
        return true;
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return false;
        throw error;
    }
}
async function register(clients, ref, target) {
    const client = await clients.autoScaling();
    await clients.call('application-autoscaling:RegisterScalableTarget', async () => client.registerScalableTarget({
        ...resourceOf(ref),
        MinCapacity: target.minCapacity,
        MaxCapacity: target.maxCapacity,
        ...given({ SuspendedState: target.suspended }),
    }));
}
async function putPolicy(clients, ref, policy) {
    const client = await clients.autoScaling();
    await clients.call('application-autoscaling:PutScalingPolicy', async () => client.putScalingPolicy({
        ...resourceOf(ref),
        PolicyName: policy.name,
        PolicyType: policy.type,
        ...given({
            TargetTrackingScalingPolicyConfiguration: policy.targetTracking,
            StepScalingPolicyConfiguration: policy.stepScaling,
        }),
    }));
}
async function scaling_all(page) {
    const items = [];
    let token;
    do {
        const { items: more, next } = await page(token);
        items.push(...more);
        token = next;
    } while (token !== undefined);
    return items;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/scaling/save-scaling.js
/**
 * Keeping autoscaling over a change of the instance type, which AWS allows only while the variant is no scalable target
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-update.html). Deregistering deletes policies
 * and scheduled actions, so they are written into tags first, on a resource of ours or on the endpoint: where a run dies
 * in between, the next one finds them there.
 */





/** `ml-deploy:scaling/0`, `ml-deploy:scaling/1`, …: the parts of one text. */
const save_scaling_TAG = 'ml-deploy:scaling/';
/** A tag's value has 256 characters at most: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html */
const PART_LENGTH = 256;
/** A resource has 50 tags at most, and others want some of them. */
const MOST_PARTS = 12;
/**
 * Writes down what autoscaling does, for restoreScaling. A state that an interrupted run saved is never overwritten by
 * less.
 * @returns what is saved now; null where there is no autoscaling and never was
 * @throws UserError for autoscaling that could not be restored as it was
 */
async function saveScaling(clients, holder) {
    const saved = await savedScaling(clients, holder.arn);
    const state = await readScaling(clients, holder);
    if (state === null || (saved !== null && !isWhole(state, saved)))
        return saved;
    checkRestorable(state, holder);
    const sageMaker = await clients.sageMaker();
    await clients.call('sagemaker:AddTags', async () => sageMaker.addTags({ ResourceArn: holder.arn, Tags: tagsOf(state, holder) }));
    return state;
}
/** Deregisters what saveScaling wrote down. Nothing is deregistered that was not saved. */
async function suspendScaling(clients, holder) {
    const state = await saveScaling(clients, holder);
    if (state !== null)
        await removeScaling(clients, holder);
    return state;
}
/** @returns what an earlier saveScaling wrote down and nobody has restored yet; null where there is nothing. */
async function savedScaling(clients, arn) {
    const parts = await savedParts(clients, arn);
    if (parts.length === 0)
        return null;
    const [digest, count, first = ''] = (parts[0]?.value ?? '').split(':');
    // An earlier, longer state may have left parts behind the last one of this.
    const rest = parts.slice(1, Number(count)).map(({ value }) => value);
    const text = [first, ...rest].join('');
    if ((0,canonical_json/* sha256 */.sc)(text) !== digest) {
        throw new errors/* UpstreamError */.gA('AWS', `The autoscaling that was saved in the tags ${save_scaling_TAG}* of ${arn} is not whole. Set autoscaling up again as it was, and remove these tags.`);
    }
    return JSON.parse((0,external_node_zlib_.gunzipSync)(Buffer.from(text, 'base64')).toString());
}
/**
 * Makes autoscaling what it was when it was saved, reads it back, and only then forgets what was saved.
 * @returns what is restored; null where nothing was saved
 */
async function restoreScaling(clients, holder) {
    const state = await savedScaling(clients, holder.arn);
    if (state === null)
        return null;
    const before = await readScaling(clients, holder);
    if (before === null || !isWhole(before, state))
        await putBack(clients, holder, state, before);
    const sageMaker = await clients.sageMaker();
    const parts = await savedParts(clients, holder.arn);
    await clients.call('sagemaker:DeleteTags', async () => sageMaker.deleteTags({ ResourceArn: holder.arn, TagKeys: parts.map(({ key }) => key) }));
    return state;
}
/**
 * Whether nothing of what was saved is missing. Then it was never deregistered, or is restored already, and what has
 * been changed since is somebody's wish.
 */
function isWhole(now, saved) {
    const has = (items, others) => items.every(({ name }) => others.some((other) => other.name === name));
    return has(saved.policies, now.policies) && has(saved.scheduled, now.scheduled);
}
async function putBack(clients, holder, state, before) {
    if (before === null || (0,canonical_json/* digestOf */.ol)(before.target) !== (0,canonical_json/* digestOf */.ol)(state.target)) {
        await register(clients, holder, state.target);
    }
    for (const policy of state.policies) {
        if (!includes(before?.policies, policy))
            await putPolicy(clients, holder, policy);
    }
    for (const action of state.scheduled) {
        if (!includes(before?.scheduled, action))
            await putScheduled(clients, holder, action);
    }
    const after = await readScaling(clients, holder);
    if (after !== null && sameParts(after, state))
        return;
    const wanted = (0,canonical_json/* canonicalJson */.dj)(state);
    throw new errors/* UpstreamError */.gA('AWS', `The autoscaling of ${holder.endpoint} (variant ${holder.variant}) is not what it was before the update; what it was stays saved in the tags ${save_scaling_TAG}* of ${holder.arn}. Run the same command again.`, { detail: `before: ${wanted}\nnow: ${(0,canonical_json/* canonicalJson */.dj)(after)}` });
}
function sameParts(after, state) {
    return ((0,canonical_json/* digestOf */.ol)(after.target) === (0,canonical_json/* digestOf */.ol)(state.target) &&
        state.policies.every((policy) => includes(after.policies, policy)) &&
        state.scheduled.every((action) => includes(after.scheduled, action)));
}
function includes(items, item) {
    const digest = (0,canonical_json/* digestOf */.ol)(item);
    return items?.some((other) => (0,canonical_json/* digestOf */.ol)(other) === digest) ?? false;
}
async function putScheduled(clients, ref, action) {
    const client = await clients.autoScaling();
    const time = (text) => (text === null ? null : new Date(text));
    const { minCapacity: MinCapacity, maxCapacity: MaxCapacity } = action;
    await clients.call('application-autoscaling:PutScheduledAction', async () => client.putScheduledAction({
        ...resourceOf(ref),
        ScheduledActionName: action.name,
        Schedule: action.schedule,
        ScalableTargetAction: given({ MinCapacity, MaxCapacity }),
        ...given({
            Timezone: action.timezone,
            StartTime: time(action.startTime),
            EndTime: time(action.endTime),
        }),
    }));
}
/** Step scaling is started by the user's own alarms, which name the policy by an ARN that would be another one. */
function checkRestorable({ policies }, { endpoint }) {
    const lost = policies.filter(({ type }) => type !== 'TargetTrackingScaling').map(({ name }) => name);
    if (lost.length === 0)
        return;
    throw errors/* UserError */.yo.of([
        {
            where: 'instance-type',
            message: `AWS changes it only without autoscaling, and ${endpoint} has policies that could not be restored as they were: ${lost.join(', ')} (only target tracking can be).`,
            fix: 'Remove these policies and set them up again afterwards, or keep the instance type.',
        },
    ]);
}
function tagsOf(state, { endpoint, variant }) {
    const text = (0,external_node_zlib_.gzipSync)((0,canonical_json/* canonicalJson */.dj)(state)).toString('base64');
    // The count stands in the head, and the head's own length is the same for any count of two digits.
    const head = (count) => `${(0,canonical_json/* sha256 */.sc)(text)}:${String(count).padStart(2, '0')}:`;
    const count = Math.ceil((head(0).length + text.length) / PART_LENGTH);
    if (count > MOST_PARTS) {
        throw errors/* UserError */.yo.of([
            {
                where: 'instance-type',
                message: `AWS changes it only without autoscaling, and that of ${endpoint} (variant ${variant}) is too long to be saved: ${count} tags, ${MOST_PARTS} are possible.`,
                fix: 'Remove some of its scheduled actions, or keep the instance type.',
            },
        ]);
    }
    const whole = head(count) + text;
    return Array.from({ length: count }, (_, at) => ({
        Key: `${save_scaling_TAG}${at}`,
        Value: whole.slice(at * PART_LENGTH, (at + 1) * PART_LENGTH),
    }));
}
async function savedParts(clients, arn) {
    const sageMaker = await clients.sageMaker();
    const parts = [];
    let NextToken;
    do {
        const page = await clients.call('sagemaker:ListTags', async () => sageMaker.listTags({ ResourceArn: arn, NextToken }));
        for (const { Key: key = '', Value: value = '' } of page.Tags ?? []) {
            if (key.startsWith(save_scaling_TAG))
                parts.push({ key, value });
        }
        NextToken = page.NextToken;
    } while (NextToken !== undefined);
    const at = ({ key }) => Number(key.slice(save_scaling_TAG.length));
    return parts.sort((a, b) => at(a) - at(b));
}

// EXTERNAL MODULE: ./build/js/src/targets/sagemaker/preflight/guardrails.js
var guardrails = __webpack_require__(70635);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/strategy.js

/** Beside the waits: instances have to start, one fleet or every batch. */
const ROOM_SECONDS = 1800;
/**
 * Real-time endpoints only: serverless ones know no guardrails.
 * @param alarms those that roll the update back
 */
function deploymentConfig(strategy, alarms, timeoutMs) {
    const wait = strategy.bakeMinutes * 60;
    const least = (0,guardrails/* totalWaitSeconds */.fx)(strategy) + ROOM_SECONDS;
    const limit = Math.min(guardrails/* LONGEST_EXECUTION_SECONDS */.Wx, Math.max(guardrails/* SHORTEST_EXECUTION_SECONDS */.Oy, least, Math.round(timeoutMs / 1000)));
    const rollback = alarms.length === 0
        ? {}
        : { AutoRollbackConfiguration: { Alarms: alarms.map((AlarmName) => ({ AlarmName })) } };
    const size = { Type: 'CAPACITY_PERCENT', Value: strategy.stepPercent ?? 100 };
    if (strategy.type === 'rolling') {
        const policy = {
            MaximumBatchSize: size,
            WaitIntervalInSeconds: wait,
            MaximumExecutionTimeoutInSeconds: limit,
        };
        return { RollingUpdatePolicy: policy, ...rollback };
    }
    const traffic = {
        'all-at-once': { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: wait },
        canary: { Type: 'CANARY', WaitIntervalInSeconds: wait, CanarySize: size },
        linear: { Type: 'LINEAR', WaitIntervalInSeconds: wait, LinearStepSize: size },
    }[strategy.type];
    return {
        BlueGreenUpdatePolicy: {
            TrafficRoutingConfiguration: traffic,
            TerminationWaitInSeconds: 0,
            MaximumExecutionTimeoutInSeconds: limit,
        },
        ...rollback,
    };
}
/** Whether alarms of ours watch the update: where there is something to watch for, and the user names none. */
function wantsBakeAlarms(strategy) {
    return strategy.alarms.length === 0 && (strategy.bakeMinutes > 0 || strategy.type !== 'all-at-once');
}

// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/options.js
const TARGET = 'sagemaker';
const DEFAULT_POLL_MS = 15_000;

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/wait.js



/** How long a change that was asked for may stay unseen: SageMaker answers from copies that lag behind. */
const wait_UNSEEN_MS = 60_000;
/** Waits until no change is under way any more. */
async function waitUntilQuiet(endpoint, { begun, wanted, removed = false }, reads, options) {
    const started = options.clock.monotonic();
    let seen = begun;
    let reason = '';
    const { state, timedOut } = await (0,poll/* poll */.w)({
        check: async () => {
            reads.forget();
            const described = await reads.endpoint(endpoint);
            reason = described?.FailureReason ?? reason;
            return described;
        },
        done: (described) => {
            if (described !== null && isPassing(described.EndpointStatus ?? '')) {
                seen = true;
                return false;
            }
            const isWanted = described === null ? removed : described.EndpointConfigName === wanted;
            return seen || isWanted || options.clock.monotonic() - started >= wait_UNSEEN_MS;
        },
        key: stateLine,
        onChange: (described) => options.log.info(`${endpoint}: ${stateLine(described)}`),
        intervalMs: options.pollMs ?? DEFAULT_POLL_MS,
        timeoutMs: options.timeoutMs,
        clock: options.clock,
        signal: options.signal,
    });
    return { described: state, timedOut, reason };
}
/** `Updating to churn-0123456789abcdef: Baking, 50 % of the traffic, …` */
function stateLine(described) {
    if (described === null)
        return 'gone';
    const { EndpointStatus: status = '', PendingDeploymentSummary: pending, FailureReason: reason } = described;
    const why = reason ? ` (${reason})` : '';
    if (pending?.EndpointConfigName === undefined)
        return `${status}${why}`;
    const [variant] = pending.ProductionVariants ?? [];
    const [phase] = variant?.VariantStatus ?? [];
    const parts = [phase?.Status, share(variant), phase?.StatusMessage].filter(Boolean).join(', ');
    return `${status} to ${pending.EndpointConfigName}${parts === '' ? '' : `: ${parts}`}${why}`;
}
/** Traffic goes to the instances of the new fleet that take part already. */
function share(variant) {
    const { CurrentInstanceCount: current, DesiredInstanceCount: desired } = variant ?? {};
    if (current === undefined || !desired)
        return '';
    return `${Math.round((100 * current) / desired)} % of the traffic`;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/change.js
/** Makes a planned version serve under a name: the endpoint's own, or that of a candidate. */
















const MOST_CHANGES = 5;
/** Waits for whatever is under way, unless it is what is wanted. */
async function settle(endpoint, wanted, session) {
    const { reads, options } = session;
    for (let changes = 0; changes < MOST_CHANGES; changes++) {
        reads.forget();
        const live = await readLive(endpoint, reads);
        if (live === null || !isPassing(live.status))
            return { live, underWay: false, timedOut: false };
        const pending = pendingConfig(live.described);
        if (wanted !== null && pending === wanted) {
            options.log.info(`${endpoint} is on its way to ${wanted} already, from an earlier run.`);
            return { live, underWay: true, timedOut: false };
        }
        options.log.info(`${endpoint} is ${live.status}${pending === null ? '' : ` to ${pending}`}; waiting for that.`);
        const { timedOut } = await waitUntilQuiet(endpoint, { begun: true, wanted: null }, reads, options);
        if (timedOut)
            return { live: await readLive(endpoint, reads), underWay: false, timedOut: true };
    }
    throw new errors/* UpstreamError */.gA('AWS', `${endpoint} is changed by others again and again. Run this again when it is quiet.`);
}
/** The model and the config of a plan, where they are not there yet. */
async function ensureVersion(plan, live, session) {
    const { reads, options } = session;
    const names = namesOf(plan.endpoint, plan.desired);
    if (plan.version !== names.config) {
        // Nothing differs from a config that somebody else made, so that there is nothing to make.
        if ((await reads.config(plan.version)) !== null)
            return;
        throw new errors/* UserError */.yo(`The config ${plan.version} that was planned does not exist any more. Plan again.`);
    }
    if ((await reads.config(names.config)) !== null)
        return;
    const facts = versionOfPlan(plan, options.clock.now().toISOString());
    const tags = tagList([...commonTags(plan, options), ...factTags(facts)]);
    const { model, endpointConfig } = specsOf(plan.desired);
    if ((await reads.model(names.model)) === null) {
        const { environment } = options;
        const known = [environment, Object.entries(SCRIPT_ENVIRONMENT), Object.entries(live?.environment ?? {})];
        const Environment = environmentValues(plan.desired, ...known);
        const PrimaryContainer = { ...containerOf({ model }), Environment };
        await createModel(session, { ...model, PrimaryContainer, ModelName: names.model, Tags: tags });
    }
    const variant = { ...variantOf({ endpointConfig }), VariantName: plan.desired.variantName ?? undefined };
    await createConfig(session, {
        ...endpointConfig,
        EndpointConfigName: names.config,
        ProductionVariants: [
            { ...variant, VariantName: plan.desired.variantName ?? 'main', ModelName: names.model },
        ],
        Tags: tags,
    });
}
/** A new endpoint; one that is there already is left to whoever reads it back. */
async function create(endpoint, plan, tags, session) {
    await createEndpoint(session, endpoint, plan.version, tags);
    return waitUntilQuiet(endpoint, { begun: false, wanted: null }, session.reads, session.options);
}
/** The Failed endpoint that the plan shows as one to be made again. */
async function removeFailed(live, session) {
    session.options.log.info(`${live.endpoint} is Failed and is removed, to be made again.`);
    await deleteEndpoint(session, live.endpoint);
    await waitUntilGone(live.endpoint, session);
}
async function waitUntilGone(endpoint, { reads, options }) {
    const { described, timedOut } = await waitUntilQuiet(endpoint, { begun: false, wanted: null, removed: true }, reads, options);
    if (described === null)
        return;
    const what = timedOut ? 'is still being deleted' : `is ${described.EndpointStatus ?? 'there'} still`;
    throw new errors/* UpstreamError */.gA('AWS', `${endpoint} was to be deleted, and ${what}. Run this again.`);
}
/** Moves an endpoint to the plan's version, by its strategy. @returns null where somebody else was faster. */
async function update(plan, live, session) {
    const { reads, options } = session;
    const { endpoint, version } = plan;
    const arn = live.described.EndpointArn ?? '';
    await noteChange(plan, arn, live.serving, session);
    const alarms = await watch(plan, live, session);
    if (changesFleet(plan, live) && isScaled(live)) {
        options.log.info(`The instance type changes: autoscaling of ${endpoint} is set aside, and restored afterwards.`);
        await suspendScaling(session.clients, { endpoint, variant: live.variant, arn });
    }
    const isServerless = variantOf(specsOf(plan.desired)).ServerlessConfig !== undefined;
    // Guardrails want the same variant on both sides: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
    const guarded = !isServerless && plan.desired.variantName === live.variant;
    const done = await updateEndpoint(session, {
        EndpointName: endpoint,
        EndpointConfigName: version,
        ...retained(live),
        ...(guarded
            ? { DeploymentConfig: deploymentConfig(plan.desired.strategy, alarms, options.timeoutMs) }
            : {}),
    });
    if (!done && !(await isOnItsWay(plan, session)))
        return null;
    return waitUntilQuiet(endpoint, { begun: !done, wanted: version }, reads, options);
}
/** An autoscaled count is kept; everything else comes from the new config. */
function retained(live) {
    if (!isScaled(live))
        return { RetainAllVariantProperties: false };
    return {
        RetainAllVariantProperties: true,
        ExcludeRetainedVariantProperties: [
            { VariantPropertyType: 'DataCaptureConfig' },
            { VariantPropertyType: 'DesiredWeight' },
        ],
    };
}
function changesFleet(plan, live) {
    const before = live.specs === null ? null : textAt(variantOf(live.specs), 'InstanceType');
    return plan.desired.instanceType !== before || plan.desired.variantName !== live.variant;
}
async function isOnItsWay(plan, { reads }) {
    reads.forget();
    const described = await reads.endpoint(plan.endpoint);
    return described !== null && pendingConfig(described) === plan.version;
}
/** The alarms that roll this update back: the user's, or our own for its time. */
async function watch(plan, live, session) {
    const { clients, options } = session;
    const { strategy } = plan.desired;
    if (!wantsBakeAlarms(strategy))
        return strategy.alarms;
    const watched = { endpoint: plan.endpoint, variant: live.variant };
    const baselineP99Ms = await readBaselineP99(clients, watched, options.clock.now()).catch((error) => {
        if (!(0,aws_errors/* isDenied */.GZ)(error))
            throw error;
        options.log.warning(`The latency before the update is not known, so that only errors are watched: ${error.message}`);
        return null;
    });
    const tags = new Map(tagList(commonTags(plan, options)).map(({ Key, Value }) => [Key, Value]));
    return makeBakeAlarms(clients, { ...watched, baselineP99Ms, tags });
}
async function unwatch(plan, session) {
    if (!wantsBakeAlarms(plan.desired.strategy) || plan.desired.variantName === null)
        return;
    await removeBakeAlarms(session.clients, { endpoint: plan.endpoint, variant: plan.desired.variantName });
}
/** Re-exported for the operations, which check it before every change. */
function checkStillBase(plan, { live }) {
    (0,outdated/* checkBase */.q)(plan, live?.serving ?? null);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/housekeeping.js
/** Removing what nobody needs any more: only what carries our tags, and never what some endpoint uses. */







/** Nobody makes a config and needs longer than that to use it. */
const UNUSED_MS = 6 * 60 * 60 * 1000;
/** Looks at every endpoint of the account: somebody may use what we made for another one. */
async function readInUse({ reads }) {
    const configs = new Set();
    const models = new Set();
    for (const { name } of await reads.endpoints(null)) {
        const described = await reads.endpoint(name);
        const pending = described?.PendingDeploymentSummary?.EndpointConfigName;
        for (const config of [described?.EndpointConfigName, pending])
            if (config !== undefined)
                configs.add(config);
    }
    for (const name of configs) {
        const config = await reads.config(name);
        for (const { ModelName } of config?.ProductionVariants ?? [])
            if (ModelName !== undefined)
                models.add(ModelName);
    }
    return { configs, models };
}
/** Old versions beyond those that are kept, newest first; the live one and what a rollback goes to always stay. */
function expendable(versions, live, candidates, keep, now) {
    const served = versions.filter(({ served, version }) => served && version !== live);
    const previous = previousOf(versions, live)?.version;
    const kept = new Set([live, previous, ...served.slice(0, keep).map(({ version }) => version)]);
    return versions.filter(({ version, ours, served: hasServed, deployedAt }) => {
        if (!ours || kept.has(version) || candidates.has(version))
            return false;
        return hasServed || now.getTime() - Date.parse(deployedAt) > UNUSED_MS;
    });
}
/** What was asked for is true already, so that what cannot be removed is no reason to fail. */
async function tidyUp(endpoint, session) {
    const { options } = session;
    try {
        await prune(endpoint, session);
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        options.log.warning(`Old versions of ${endpoint} could not be removed: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
async function prune(endpoint, session) {
    const { reads, options } = session;
    reads.forget();
    const live = await readLive(endpoint, reads);
    const versions = await readVersions(endpoint, live, reads, options);
    const candidates = new Set((await readCandidates(endpoint, reads, options)).map(({ version }) => version));
    const old = expendable(versions, live?.serving ?? null, candidates, options.keepVersions, options.clock.now());
    if (old.length > 0)
        await removeVersions(endpoint, old.map(({ version }) => version), session);
}
/** Removes configs with their models, where nobody uses them; a model stays as long as another config names it. */
async function removeVersions(endpoint, names, session, inUse) {
    const { reads, options } = session;
    const used = inUse ?? (await readInUse(session));
    const gone = [];
    const models = new Set();
    for (const name of names) {
        const config = await reads.config(name);
        if (config === null)
            continue;
        if (used.configs.has(name) || !isOurs(await reads.tags(config.EndpointConfigArn ?? ''), endpoint))
            continue;
        for (const { ModelName } of config.ProductionVariants ?? [])
            if (ModelName !== undefined)
                models.add(ModelName);
        await deleteConfig(session, name);
        options.log.info(`Removed the config ${name}.`);
        gone.push(name);
    }
    gone.push(...(await removeModels(endpoint, models, used, session)));
    return gone;
}
/** Models of ours that no config of this endpoint names any more. */
async function removeModels(endpoint, names, used, session) {
    const { reads, options } = session;
    const candidates = [...names].filter((name) => isContentName(endpoint, name) && !used.models.has(name));
    if (candidates.length === 0)
        return [];
    const needed = await neededModels(endpoint, session);
    const gone = [];
    for (const name of candidates.filter((candidate) => !needed.has(candidate))) {
        const model = await reads.model(name);
        if (model === null || !isOurs(await reads.tags(model.ModelArn ?? ''), endpoint))
            continue;
        await deleteModel(session, name);
        options.log.info(`Removed the model ${name}.`);
        gone.push(name);
    }
    return gone;
}
async function neededModels(endpoint, { reads }) {
    const needed = new Set();
    for (const { name } of await reads.configs(versionPrefix(endpoint))) {
        const config = await reads.config(name);
        for (const { ModelName } of config?.ProductionVariants ?? [])
            if (ModelName !== undefined)
                needed.add(ModelName);
    }
    return needed;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/explain/causes.js
/** In order: the first that fits counts. A quota is told before a missing instance, a role before what it may not read. */
const REASONS = [
    // "The account-level service limit 'ml.m5.large for endpoint usage' is 0 Instances, with current utilization of …"
    // https://github.com/aws/amazon-sagemaker-examples/issues/307
    { cause: 'quota', says: /service limit|ResourceLimitExceeded|exceed\w* (?:the|your) (?:quota|limit)/i },
    // "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error."
    // https://github.com/aws/deep-learning-containers/pull/6673, https://github.com/DIAGNijmegen/rse-grand-challenge/issues/2631
    {
        cause: 'no-capacity',
        says: /Unable to provision requested ML compute capacity|InsufficientInstanceCapacity|CapacityError/i,
    },
    // "Could not access model data at … Please ensure that the role "…" exists and that its trust relationship policy …"
    // https://github.com/philschmid/llm-sagemaker-sample/issues/2, https://github.com/bentoml/BentoML/issues/892
    {
        cause: 'role',
        says: /Could not (?:access model data|assume role)|trust relationship|unable to (?:perform: )?(?:sts:)?AssumeRole|Could not assume/i,
    },
    // "Failed to download model data for container "container_1" from URL: …", "Failed to extract model data archive …"
    // https://github.com/aws-solutions-library-samples/fraud-detection-using-machine-learning/issues/9
    // https://github.com/mantiumai/aws-sagemaker-gptj-deepspeed-blog/pull/5, https://github.com/aws-ia/ecs-blueprints/issues/223
    {
        cause: 'model-download',
        says: /Failed to (?:download|extract) model data|Could not find model data|model data .*tim(?:ed|e) ?out/i,
    },
    // "The model data archive is too large. Please … move to an instance type with more memory."
    // https://github.com/aws/sagemaker-python-sdk/issues/879
    { cause: 'out-of-memory', says: /model data archive is too large|out of memory|insufficient memory/i },
    // "Please make sure all images included in the model for the production variant … exist, and that the execution role …"
    // https://github.com/aws/sagemaker-python-sdk/issues/1835
    // "The repository of your image … does not grant ecr:GetDownloadUrlForLayer, …"
    // https://github.com/aws/deep-learning-containers/issues/5657
    {
        cause: 'image-pull',
        says: /all images included in the model|does not grant ecr:|Requested image .*not found|(?:Failed|Unable) to pull|image .*does not exist/i,
    },
    // "The primary container for production variant AllTraffic did not pass the ping health check."
    // https://github.com/aws/sagemaker-python-sdk/issues/787
    // "CannotStartContainerError. Please ensure the model container for variant … starts correctly when invoked with …"
    // https://github.com/aws/sagemaker-python-sdk/issues/4615
    { cause: 'ping', says: /ping health check|CannotStartContainerError/i },
];
/** What a container's own log gives away, where AWS only says that it did not answer. */
const LOGS = [
    // "runtimeError: 507 - System out of memory": https://github.com/aws-neuron/aws-neuron-sdk/issues/426
    {
        cause: 'out-of-memory',
        says: /\bMemoryError\b|out of memory|\boom[- ]?kill|Killed process|signal 9|SIGKILL|exit(?:ed)? (?:with )?(?:code|status) 137|std::bad_alloc|Worker .*was sent SIGKILL/i,
    },
];
function causeOf(reason, logTail) {
    const said = REASONS.find(({ says }) => says.test(reason))?.cause ?? 'unknown';
    if (said !== 'ping' && said !== 'unknown')
        return said;
    return LOGS.find(({ says }) => says.test(logTail))?.cause ?? said;
}
const ADVICE = {
    ping: {
        sentence: 'The container of variant {variant} did not answer GET /ping on port 8080 with 200 in time.',
        fix: 'Read its log below for the first error. If it only starts slowly, raise container-startup-timeout; run the same image with target: local to see it start.',
    },
    'model-download': {
        sentence: 'SageMaker could not fetch or unpack the model archive for variant {variant}.',
        fix: 'Check that the archive exists, that the execution role may s3:GetObject it (and kms:Decrypt its key), and that it is one gzip tar without symbolic links, as package-model makes it; for a large one raise model-download-timeout.',
    },
    'image-pull': {
        sentence: 'SageMaker could not pull the serving image of variant {variant}.',
        fix: 'Check that the image exists in this region, that the execution role may pull it (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, ecr:BatchCheckLayerAvailability, ecr:GetAuthorizationToken), and for another account that its repository policy allows sagemaker.amazonaws.com.',
    },
    'out-of-memory': {
        sentence: 'The instance of variant {variant} has too little memory for this model.',
        fix: 'Take an instance type with more memory, fewer model server workers (for AWS’s images SAGEMAKER_MODEL_SERVER_WORKERS: 1 in environment-variables), or a smaller model.',
    },
    'no-capacity': {
        sentence: 'AWS has no free instance of the requested type for variant {variant} right now.',
        fix: 'Run it again later, take another instance-type or region, or use the strategy "rolling", which needs fewer instances at once.',
    },
    quota: {
        sentence: 'The account’s quota of instances for endpoints is too small for variant {variant}.',
        fix: 'Request more of "<instance type> for endpoint usage" under Service Quotas, Amazon SageMaker, or use the strategy "rolling", which needs fewer instances at once.',
    },
    role: {
        sentence: 'SageMaker could not use the execution role for variant {variant}.',
        fix: 'Check that execution-role-arn exists, that its trust policy allows sts:AssumeRole for sagemaker.amazonaws.com, and that it may s3:GetObject the archive.',
    },
    unknown: {
        sentence: 'The endpoint failed for variant {variant}.',
        fix: 'Read AWS’s reason and the log below; the same command can be run again.',
    },
};

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/explain/log-tail.js

/** https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
function logGroupOf(endpoint) {
    return `/aws/sagemaker/Endpoints/${endpoint}`;
}
/** An endpoint makes a stream for each instance; as many as this are looked through for the newest. */
const MOST_STREAMS = 500;
/**
 * The tail of the variant's newest stream. A group or stream that is not there (yet) is no error, and neither is a
 * missing permission: the failure that is to be explained matters more.
 */
async function readLogTail(clients, { endpoint, variant }, lines) {
    const logGroupName = logGroupOf(endpoint);
    try {
        const logStreamName = await newestStream(clients, logGroupName, `${variant}/`);
        if (logStreamName === null)
            return { text: '', note: `${logGroupName} has no log of ${variant} yet.` };
        const logs = await clients.logs();
        const { events = [] } = await clients.call('logs:GetLogEvents', async () => logs.getLogEvents({ logGroupName, logStreamName, limit: lines, startFromHead: false }));
        return { text: events.map(({ message = '' }) => message.trimEnd()).join('\n'), note: '' };
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return { text: '', note: `There is no log group ${logGroupName} yet.` };
        if ((0,aws_errors/* isDenied */.GZ)(error)) {
            return { text: '', note: `The log ${logGroupName} may not be read: ${error.message}` };
        }
        throw error;
    }
}
/** Streams cannot be asked for by prefix and time at once, so all of the variant's are compared. */
async function newestStream(clients, logGroupName, prefix) {
    const logs = await clients.logs();
    const streams = [];
    let nextToken;
    do {
        const page = await clients.call('logs:DescribeLogStreams', async () => logs.describeLogStreams({ logGroupName, logStreamNamePrefix: prefix, nextToken }));
        streams.push(...(page.logStreams ?? []));
        nextToken = page.nextToken;
    } while (nextToken !== undefined && streams.length < MOST_STREAMS);
    const age = ({ lastEventTimestamp, creationTime }) => lastEventTimestamp ?? creationTime ?? 0;
    const [newest] = streams
        // `main/data-log` and the like stand beside the container's own stream and carry no reason.
        .filter(({ logStreamName = '' }) => !logStreamName.endsWith('/data-log'))
        .toSorted((a, b) => age(b) - age(a));
    return newest?.logStreamName ?? null;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/explain/explain.js
/** Why an endpoint failed, in one sentence with what to do, and what its container said last. */




const TAIL_LINES = 50;
/** Never fails for want of a log. */
async function explainFailure(clients, failure) {
    const { text, note } = await readLogTail(clients, failure, TAIL_LINES).catch((error) => ({
        text: '',
        note: `The log could not be read (${(0,aws_errors/* codeOf */.$N)(error)}: ${(0,errors/* messageOf */.bD)(error)}).`,
    }));
    return explain(failure, { text, note });
}
/** The same for who has the log already. */
function explain({ variant, reason }, { text, note }) {
    const cause = causeOf(reason, text);
    const { sentence, fix } = ADVICE[cause];
    const said = reason.trim() === '' ? 'AWS gave no reason.' : `AWS said: ${reason.trim()}`;
    return {
        cause,
        sentence: `${sentence.replace('{variant}', variant)} ${said}`,
        fix,
        logTail: text,
        logNote: note,
    };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/outcome.js


/** With what is true now, read again. */
async function result(endpoint, outcome, message, session) {
    session.reads.forget();
    const description = await describeEndpoint(endpoint, session.reads, session.options);
    return { outcome, message, description, candidate: null };
}
async function explained(endpoint, variant, reason, { clients }) {
    const { cause, sentence, fix, logTail, logNote } = await explainFailure(clients, {
        endpoint,
        variant,
        reason,
    });
    const log = logTail === '' ? logNote : `The last lines of the log of ${endpoint}:\n${logTail}`;
    return {
        message: `${sentence} ${fix}`,
        detail: [`Cause: ${cause}. ${sentence}`, log].filter(Boolean).join('\n\n'),
    };
}
function withDetail(made, detail) {
    const description = {
        ...made.description,
        detail: [made.description.detail, detail].filter(Boolean).join('\n\n'),
    };
    return { ...made, description };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/verify.js



/** What differs between what was planned and what runs, in words; empty where nothing does. */
function differences(plan, live) {
    const { desired, version } = plan;
    const wanted = specsOf(desired);
    const served = live.specs;
    const found = [];
    const compare = (what, asked, runs) => {
        if (asked !== null && asked !== runs)
            found.push(`${what} is ${runs ?? 'unknown'}, not ${asked}`);
    };
    compare('the config', version, live.serving);
    if (live.serving !== version)
        return found;
    if (served === null)
        return [...found, 'the config or the model that serves has been removed'];
    compare('the variant', desired.variantName, live.summary?.VariantName ?? null);
    compare('the image', textAt(containerOf(wanted), 'Image'), textAt(containerOf(served), 'Image'));
    compare('the archive', specs_modelUrlOf(wanted), specs_modelUrlOf(served));
    compareRunning(plan, live, compare);
    return found;
}
function compareRunning({ desired }, live, compare) {
    const { summary } = live;
    const resolved = summary?.DeployedImages?.[0]?.ResolvedImage;
    if (desired.imageDigest !== null && resolved !== undefined && !resolved.endsWith(desired.imageDigest)) {
        compare('the image that runs', desired.imageDigest, resolved);
    }
    const runs = summary?.CurrentInstanceCount ?? null;
    // Under autoscaling the count is the scaler's business.
    if (!isScaled(live))
        compare('the number of instances', desired.instanceCount, runs);
    else if (runs === 0 && summary?.DesiredInstanceCount !== 0)
        compare('the number of instances', 1, runs);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/conclude.js











/** @param outcome what it is called where it is as it was asked for */
async function conclude(plan, waited, outcome, session) {
    const { endpoint } = plan;
    const live = await readServed(endpoint, session);
    if (live === null) {
        const message = `${endpoint} was to serve ${plan.version}, but it is gone: somebody deleted it meanwhile.`;
        return result(endpoint, 'failed', message, session);
    }
    if (waited.timedOut && isPassing(live.status))
        return stillUnderWay(plan, live, session);
    await unwatch(plan, session);
    if (live.status === 'Failed')
        return failedCreation(plan, live, session);
    const scaled = await keepScaling(plan, live, session);
    if (live.status === 'UpdateRollbackFailed')
        return mixed(plan, live, session);
    if (live.serving !== plan.version)
        return rolledBack(plan, live, waited.reason, session);
    const wrong = differences(plan, live);
    if (wrong.length > 0) {
        const message = `${endpoint} is ${live.status}, but not as it was planned: ${wrong.join('; ')}.`;
        return result(endpoint, 'failed', message, session);
    }
    return served(plan, live, scaled, outcome, session);
}
/** How long a new config or model may stay unseen. */
const conclude_UNSEEN_MS = 60_000;
const conclude_UNSEEN_PAUSE_MS = 3_000;
/** What was made just now may not be seen at once. */
async function readServed(endpoint, { reads, options }) {
    const deadline = options.clock.monotonic() + conclude_UNSEEN_MS;
    for (;;) {
        reads.forget();
        const live = await readLive(endpoint, reads);
        if (live?.specs !== null || options.clock.monotonic() >= deadline)
            return live ?? null;
        await options.clock.sleep(conclude_UNSEEN_PAUSE_MS, options.signal);
    }
}
async function served(plan, live, scaled, outcome, session) {
    const { endpoint, version, desired } = plan;
    const versions = await readVersions(endpoint, live, session.reads, session.options);
    const known = versions.find((entry) => entry.version === version) ?? null;
    const ref = { endpoint, variant: live.variant };
    const applied = desired.scaling !== null && (await applyScaling(session.clients, ref, desired.scaling));
    const stands = `${endpoint} serves ${version} already.`;
    if (!applied && !scaled && isAsPlanned(plan, known))
        return result(endpoint, 'unchanged', stands, session);
    await noteServed(plan, session);
    await tidyUp(endpoint, session);
    const message = `${endpoint} serves ${version}, read back from SageMaker: config, variant, image, archive and instances are as planned.`;
    return result(endpoint, outcome, message, session);
}
/** It served before this command, and this plan or an equal one made it serve. */
function isAsPlanned(plan, known) {
    if (known === null || !known.served || known.withdrawn)
        return false;
    return known.planDigest === plan.digest || (plan.base === plan.version && plan.changes.length === 0);
}
/** Restores what was set aside for a change of the instance type. @returns whether there was anything. */
async function keepScaling(plan, live, session) {
    if (!live.scalingSaved)
        return false;
    const holder = { endpoint: plan.endpoint, variant: live.variant, arn: live.described.EndpointArn ?? '' };
    const restored = await restoreScaling(session.clients, holder);
    session.reads.forget();
    if (restored !== null)
        session.options.log.info(`Autoscaling of ${plan.endpoint} is as it was before.`);
    return restored !== null;
}
async function stillUnderWay(plan, live, session) {
    const message = `${plan.endpoint} is ${live.status} to ${plan.version} still, after the timeout; the change goes on in the account. ` +
        `${live.serving ?? 'Nothing'} serves now. Run the same command again to follow it.`;
    return result(plan.endpoint, 'timed-out', message, session);
}
/** A creation that failed leaves an endpoint that can do nothing: ours is removed, with what it was made of. */
async function failedCreation(plan, live, session) {
    const { endpoint } = plan;
    const why = await explained(endpoint, live.variant, live.described.FailureReason ?? '', session);
    const isOurs = live.described.EndpointConfigName === plan.version && live.ours;
    if (!isOurs) {
        const message = `${endpoint} is Failed. ${why.message} It was not made by this plan and is left as it is.`;
        return withDetail(await result(endpoint, 'failed', message, session), why.detail);
    }
    await deleteEndpoint(session, endpoint);
    await waitUntilGone(endpoint, session);
    await removeNeverServed(plan, session);
    const message = `${endpoint} could not be created. ${why.message} What was made for it has been removed.`;
    return withDetail(await result(endpoint, 'failed', message, session), why.detail);
}
async function rolledBack(plan, live, reason, session) {
    const { endpoint, version } = plan;
    const said = live.described.FailureReason ?? reason;
    const isBase = live.serving === plan.base;
    if (!isBase) {
        const message = `${endpoint} was to serve ${version}, but serves ${live.serving ?? 'nothing'}: another run changed it meanwhile.`;
        return result(endpoint, 'failed', message, session);
    }
    const why = await explained(endpoint, live.variant, said, session);
    await removeNeverServed(plan, session);
    const message = `SageMaker rolled ${endpoint} back: ${live.serving ?? 'nothing'} serves, not ${version}. ${why.message}`;
    return withDetail(await result(endpoint, 'rolled-back', message, session), why.detail);
}
async function mixed(plan, live, session) {
    const why = await explained(plan.endpoint, live.variant, live.described.FailureReason ?? '', session);
    const message = `${plan.endpoint} is UpdateRollbackFailed: the update to ${plan.version} failed, and so did the way back to ` +
        `${live.serving ?? 'nothing'}. It serves a mix of the two, and nothing is deleted by itself; somebody has to look. ${why.message}`;
    return withDetail(await result(plan.endpoint, 'needs-human', message, session), why.detail);
}
/** The config and model of a version that never served, unless its candidate waits with them. */
async function removeNeverServed(plan, session) {
    const { reads, options } = session;
    reads.forget();
    const live = await readLive(plan.endpoint, reads);
    const versions = await readVersions(plan.endpoint, live, reads, options);
    const known = versions.find(({ version }) => version === plan.version);
    if (known?.served === true || live?.serving === plan.version)
        return;
    const candidates = await readCandidates(plan.endpoint, reads, options);
    if (candidates.some(({ version }) => version === plan.version))
        return;
    const configs = new Set(live === null ? [] : [live.described.EndpointConfigName ?? '']);
    await removeVersions(plan.endpoint, [plan.version], session, { configs, models: new Set() });
    await removeLeftModel(plan, session);
}
/** Where a run died between the two, there is a model without its config. */
async function removeLeftModel(plan, session) {
    const { model } = namesOf(plan.endpoint, plan.desired);
    await removeModels(plan.endpoint, [model], { configs: new Set(), models: new Set() }, session);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/candidates.js
/** Candidates: endpoints of their own beside the one that serves, with the very config that would be promoted. */










async function stage(plan, session) {
    const { reads, options } = session;
    const { endpoint, candidate, version } = plan;
    if (candidate === null) {
        const message = 'Staging is switched off (staging: none), so that nothing was staged.';
        return result(endpoint, 'unchanged', message, session);
    }
    reads.forget();
    const live = await readLive(endpoint, reads);
    (0,outdated/* checkBase */.q)(plan, live?.serving ?? null);
    if (live?.serving === version) {
        const message = `${endpoint} serves ${version} already, so that nothing was staged.`;
        return result(endpoint, 'unchanged', message, session);
    }
    await removeExpired(endpoint, session);
    const before = await settle(candidate, version, session);
    if (before.live?.status === 'Failed')
        await removeCandidate(endpoint, candidate, session);
    const isThere = before.live !== null && before.live.status !== 'Failed';
    if (!isThere)
        await ensureVersion(plan, live, session);
    const waited = isThere
        ? await waitUntilQuiet(candidate, { begun: before.underWay, wanted: version }, reads, options)
        : await create(candidate, plan, candidateTags(plan, session), session);
    return concludeStaging(plan, candidate, waited, session);
}
function candidateTags(plan, { options }) {
    const expiresAt = new Date(options.clock.now().getTime() + CANDIDATE_LIFETIME_MS).toISOString();
    return tagList([...commonTags(plan, options), [TAG.expiresAt, expiresAt]]);
}
async function concludeStaging(plan, name, { timedOut }, session) {
    const { reads, options } = session;
    reads.forget();
    const live = await readLive(name, reads);
    const status = live?.status ?? 'gone';
    if (status === 'InService' && live?.serving === plan.version) {
        const made = await result(plan.endpoint, 'staged', `${plan.version} waits as the candidate ${name}; no traffic has moved.`, session);
        const candidate = made.description.candidates.find((known) => known.name === name) ?? null;
        return { ...made, candidate };
    }
    if (timedOut && isPassing(status)) {
        const message = `The candidate ${name} is ${status} still, after ${options.timeoutMs / 60_000} minutes. Run stage again to wait on, or discard.`;
        return result(plan.endpoint, 'timed-out', message, session);
    }
    if (status !== 'Failed' || live === null) {
        const message = `The candidate ${name} is ${status}, with ${live?.serving ?? 'nothing'} instead of ${plan.version}.`;
        return result(plan.endpoint, 'failed', message, session);
    }
    const why = await explained(name, live.variant, live.described.FailureReason ?? '', session);
    await removeCandidate(plan.endpoint, name, session);
    await removeNeverServed(plan, session);
    const message = `The candidate ${name} could not be created. ${why.message} What was made for it has been removed; what serves is untouched.`;
    return withDetail(await result(plan.endpoint, 'failed', message, session), why.detail);
}
async function discard(plan, session) {
    const { endpoint, candidate } = plan;
    const had = candidate !== null && (await removeCandidate(endpoint, candidate, session));
    await removeNeverServed(plan, session);
    const message = had
        ? `The candidate ${candidate} was removed.`
        : `${endpoint} has no candidate ${candidate ?? '(staging: none)'}; nothing had to be discarded.`;
    return result(endpoint, 'discarded', message, session);
}
/** @returns false where there is none. What has the name, but not our tags, is left alone. */
async function removeCandidate(endpoint, name, session) {
    const { reads, options } = session;
    const { live } = await settle(name, null, session);
    if (live === null)
        return false;
    if (!isOurs(live.tags, endpoint)) {
        options.log.warning(`${name} has the name of a candidate, but not our tags; it is left alone.`);
        return false;
    }
    await deleteEndpoint(session, name);
    await waitUntilGone(name, session);
    reads.forget();
    return true;
}
/** What runs that died have left. */
async function removeExpired(endpoint, session) {
    const { reads, options } = session;
    const now = options.clock.now().toISOString();
    const candidates = await readCandidates(endpoint, reads, options);
    for (const { name, expiresAt } of candidates.filter((candidate) => candidate.ours && candidate.expiresAt < now)) {
        options.log.info(`The candidate ${name} expired at ${expiresAt} and is removed.`);
        await removeCandidate(endpoint, name, session).catch((error) => {
            if (error instanceof errors/* CancelledError */.cc)
                throw error;
            options.log.warning(`The expired candidate ${name} could not be removed: ${(0,errors/* messageOf */.bD)(error)}`);
        });
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/invoker.js
/** InvokeEndpoint, signed with the credentials of this run. */


async function createInvoker(endpoint, url, { clients, clock }) {
    const runtime = await clients.runtime();
    return {
        url,
        invoke: async (body, contentType, signal) => {
            const begun = clock.monotonic();
            const Body = typeof body === 'string' ? Buffer.from(body) : body;
            const input = { EndpointName: endpoint, Body, ContentType: contentType, Accept: 'application/json' };
            try {
                const answer = await clients.call('sagemaker:InvokeEndpoint', () => runtime.invokeEndpoint(input, { abortSignal: signal }));
                return {
                    status: answer.$metadata.httpStatusCode ?? 200,
                    contentType: answer.ContentType ?? '',
                    body: answer.Body,
                    latencyMs: clock.monotonic() - begun,
                    // SageMaker names the variant that answered, which is not the version.
                    version: null,
                };
            }
            catch (error) {
                if (signal.aborted)
                    throw new errors/* CancelledError */.cc();
                const refused = modelAnswer(error, clock.monotonic() - begun);
                if (refused !== null)
                    return refused;
                if (error instanceof errors/* UpstreamError */.gA)
                    throw error;
                throw new errors/* UpstreamError */.gA('SageMaker', `The request to ${endpoint} failed: ${(0,aws_errors/* codeOf */.$N)(error)}: ${(0,errors/* messageOf */.bD)(error)}`, {
                    cause: error,
                });
            }
        },
    };
}
/** Any status of the container that is not 2xx comes as a ModelError, and is an answer all the same. */
function modelAnswer(error, latencyMs) {
    if ((0,aws_errors/* codeOf */.$N)(error) !== 'ModelError')
        return null;
    const { OriginalStatusCode: status = 500, OriginalMessage: message = '' } = error;
    return { status, contentType: 'application/json', body: Buffer.from(message), latencyMs, version: null };
}

// EXTERNAL MODULE: ./build/js/src/core/plan/plan.js
var plan = __webpack_require__(47496);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/changes.js
/** Field by field, what a plan would change. */





/** @param current what is known of the version that serves; null where nothing serves */
function changesOf(desired, live, current) {
    const isServing = live?.serving != null;
    const before = isServing ? live : null;
    return [
        ...compare('model', current?.modelDigest || null, desired.modelDigest),
        ...compare('reference', current?.referenceDigest ?? null, desired.referenceDigest),
        ...compareSpecs(desired, before),
        ...compareEnvironment(desired, before),
        ...countDrift(desired, before),
        ...(before?.scalingSaved
            ? [{ field: 'autoscaling', from: 'set aside by an update that was cut short', to: 'restored' }]
            : []),
        ...(desired.scaling === null
            ? []
            : scalingChanges(desired.scaling, before?.scaling ?? null).map(({ field, from, to }) => ({
                field: `autoscaling.${field}`,
                from,
                to,
            }))),
    ];
}
function compare(field, from, to) {
    return from === to ? [] : [{ field, from, to }];
}
/** `ProductionVariants.InstanceType` is what the API calls it, and what a search finds; `variant.` reads better. */
function fieldName(path) {
    return path.replace(/^ProductionVariants\b/, 'variant').replace(/^PrimaryContainer\b/, 'container');
}
function compareSpecs(desired, live) {
    const wanted = specsOf(desired);
    const none = { model: {}, endpointConfig: {} };
    const before = live?.specs ?? none;
    return [
        ...compareLeaves(leavesOf(before.model), leavesOf(wanted.model)),
        ...compareLeaves(leavesOf(before.endpointConfig), leavesOf(wanted.endpointConfig)),
    ];
}
function compareLeaves(before, after) {
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => compare(fieldName(path), before.get(path) ?? null, after.get(path) ?? null));
}
/** Values are never shown: that they differ is. */
function compareEnvironment(desired, live) {
    const before = Object.fromEntries(Object.entries(live?.environment ?? {}).map(([name, value]) => [name, (0,canonical_json/* sha256 */.sc)(value)]));
    const shown = (digest) => digest === undefined ? null : `(sha256 ${digest.slice(0, 8)}…)`;
    return [...new Set([...Object.keys(before), ...Object.keys(desired.environment)])].flatMap((name) => before[name] === desired.environment[name]
        ? []
        : [{ field: `environment.${name}`, from: shown(before[name]), to: shown(desired.environment[name]) }]);
}
/** Somebody set another count by hand, and this request names one. */
function countDrift(desired, live) {
    const runs = live?.summary?.DesiredInstanceCount;
    if (live?.status !== 'InService' || isScaled(live) || runs === undefined)
        return [];
    if (desired.instanceCount === null || desired.instanceCount === runs)
        return [];
    return [{ field: 'instances', from: String(runs), to: String(desired.instanceCount) }];
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/check.js
/** What one check found. */


const ok = (message) => ({ findings: [{ level: 'ok', message }], problems: [] });
const warning = (message) => ({
    findings: [{ level: 'warning', message }],
    problems: [],
});
const notChecked = (what, why) => ({
    findings: [{ level: 'not-checked', message: `Not checked: ${what}. ${why}` }],
    problems: [],
});
const problem = (where, message, fix) => ({
    findings: [],
    problems: [{ where, message, fix }],
});
const nothing = { findings: [], problems: [] };
function together(results) {
    return {
        findings: results.flatMap(({ findings }) => findings),
        problems: results.flatMap(({ problems }) => problems),
    };
}
/** A check that the caller may not make, or that nobody answers, says so; it never fails the plan. */
async function attempt(what, check) {
    try {
        return await check();
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc || isOurFault(error))
            throw error;
        return notChecked(what, whyNot(error));
    }
}
/** A mistake in this program is no answer of AWS. */
function isOurFault(error) {
    const kinds = [TypeError, RangeError, ReferenceError, SyntaxError];
    return kinds.some((kind) => error instanceof kind) && !('$metadata' in error);
}
function whyNot(error) {
    if (error instanceof aws_errors/* DeniedError */.iC)
        return `The credentials of this run may not ${error.permission}.`;
    return `AWS did not answer (${(0,aws_errors/* codeOf */.$N)(error)}: ${(0,errors/* messageOf */.bD)(error)}).`;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/account-check.js

async function callerAccount(clients) {
    const sts = await clients.sts();
    const { Account = '' } = await clients.call('sts:GetCallerIdentity', async () => sts.getCallerIdentity({}));
    return Account;
}
function checkAccount({ account }, found) {
    if (account === null)
        return ok(`This runs in the account ${found}.`);
    if (account === found)
        return ok(`This runs in the account ${account}, as aws-account-id says.`);
    return problem('aws-account-id', `the credentials of this run belong to the account ${found}, not to ${account}.`, 'Take the credentials of the right account, or correct aws-account-id.');
}
/** SageMaker takes roles of its own account only: iam:PassRole does not reach further. */
function checkRoleAccount({ executionRoleArn }, found) {
    const account = executionRoleArn?.split(':')[4];
    if (account === undefined || account === found)
        return nothing;
    return problem('execution-role-arn', `${executionRoleArn} belongs to the account ${account}, and this runs in ${found}.`, 'Name a role of the same account.');
}

// EXTERNAL MODULE: ./build/js/src/targets/sagemaker/preflight/s3-url.js
var s3_url = __webpack_require__(88483);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/archive-check.js



const WHERE = 'model-data-url';
async function checkArchive(model, region, clients) {
    const at = (0,s3_url/* parseS3Url */.F)(model.url);
    if (at === null)
        return { checked: together([]), facts: null };
    let facts = null;
    let bucketRegion = null;
    const checked = [
        await attempt(`in which region the bucket ${at.bucket} is`, async () => {
            bucketRegion = await regionOf(at.bucket, clients);
            return checkRegion(at.bucket, bucketRegion, region);
        }),
        await attempt(`whether ${model.url} is there`, async () => {
            if (at.key === '' || at.key.endsWith('/'))
                return checkPrefix(at, bucketRegion, clients);
            const found = await head(at, bucketRegion, clients);
            if (found === null)
                return missing(model.url);
            facts = factsOf(model.url, found);
            return checkContent(model, found);
        }),
    ];
    return { checked: together(checked), facts };
}
/** S3 tells the region even where it refuses everything else. */
async function regionOf(bucket, clients) {
    const s3 = await clients.s3();
    try {
        const { BucketRegion } = await clients.call('s3:ListBucket', async () => s3.headBucket({ Bucket: bucket }));
        return BucketRegion ?? null;
    }
    catch (error) {
        if ((0,aws_errors/* codeOf */.$N)(error) === 'NotFound' || (0,aws_errors/* codeOf */.$N)(error) === 'NoSuchBucket')
            return '';
        const told = headerOf(error, 'x-amz-bucket-region');
        if (told !== null)
            return told;
        throw error;
    }
}
function headerOf(error, name) {
    const cause = error.cause ?? error;
    const { $response } = cause;
    return $response?.headers?.[name] ?? null;
}
function checkRegion(bucket, found, region) {
    if (found === '') {
        return problem(WHERE, `there is no bucket ${bucket}.`, 'Correct the URL, or the credentials of this run.');
    }
    if (found === null)
        return notChecked(`in which region the bucket ${bucket} is`, 'AWS did not say.');
    if (found === region)
        return together([]);
    return problem(WHERE, `the bucket ${bucket} lies in ${found}; an endpoint in ${region} reads models of its own region only.`, `Give package-model a destination in ${region}.`);
}
async function head({ bucket, key }, region, clients) {
    const s3 = await clients.s3(region || undefined);
    try {
        return await clients.call('s3:GetObject', async () => s3.headObject({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return null;
        throw error;
    }
}
/** An uncompressed model is everything below a prefix. */
async function checkPrefix(at, region, clients) {
    const s3 = await clients.s3(region || undefined);
    const { Contents = [] } = await clients.call('s3:ListBucket', async () => s3.listObjectsV2({ Bucket: at.bucket, Prefix: at.key, MaxKeys: 1 }));
    const url = `s3://${at.bucket}/${at.key}`;
    return Contents.length === 0 ? missing(url) : ok(`The model below ${url} is there.`);
}
function missing(url) {
    return problem(WHERE, `there is nothing at ${url}.`, 'Run package-model with this destination, or correct the URL.');
}
function factsOf(url, found) {
    return {
        url,
        bytes: found.ContentLength ?? null,
        etag: found.ETag ?? null,
        versionId: found.VersionId ?? null,
        checksum: checksumOf(found),
    };
}
/** Only a checksum of the whole object says anything: that of a multipart upload may be one of its parts' checksums. */
function checksumOf(found) {
    if (found.ChecksumType === 'COMPOSITE')
        return null;
    if (found.ChecksumSHA256 !== undefined)
        return `SHA256:${found.ChecksumSHA256}`;
    if (found.ChecksumCRC64NVME !== undefined)
        return `CRC64NVME:${found.ChecksumCRC64NVME}`;
    return null;
}
function checkContent({ url, sha256, bytes }, found) {
    const size = found.ContentLength ?? null;
    if (bytes !== null && size !== null && bytes !== size) {
        return archive_check_changed(url, `${bytes} bytes were packaged and ${size} lie there`);
    }
    const own = found.ChecksumType === 'COMPOSITE' ? undefined : found.ChecksumSHA256;
    if (sha256 === null || own === undefined) {
        const known = size === null ? '' : ` (${size} bytes)`;
        return together([
            ok(`The archive ${url} is there${known}.`),
            notChecked(`the sha256 of ${url}`, 'S3 keeps none of the whole archive, or the release names none.'),
        ]);
    }
    const found64 = Buffer.from(own, 'base64').toString('hex');
    if (found64 !== sha256)
        return archive_check_changed(url, `its sha256 is ${found64}, and that of the release is ${sha256}`);
    return ok(`The archive ${url} is there, with the sha256 of the release.`);
}
function archive_check_changed(url, how) {
    return problem(WHERE, `${url} is not what was packaged: ${how}.`, 'Run package-model again; it repairs the object.');
}

// EXTERNAL MODULE: ./build/js/src/core/image/manifest.js
var manifest = __webpack_require__(97536);
// EXTERNAL MODULE: ./build/js/src/core/image/reference.js
var image_reference = __webpack_require__(73708);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/image-check.js





const image_check_WHERE = 'image-uri';
const REBUILD = 'push-image with for-target: sagemaker builds it so; or docker buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false.';
async function checkImage(uri, clients) {
    const reference = (0,image_reference/* parseReference */.F2)(uri, image_check_WHERE);
    const registry = (0,ecr.parseEcrHost)(reference.registry);
    if (registry === null) {
        const why = `${reference.registry} is not a registry of ECR; SageMaker pulls from elsewhere only with an ImageConfig in model-overrides.`;
        return { checked: notChecked(`the image ${uri}`, why), facts: null };
    }
    if (reference.tag === null && reference.digest === null) {
        const fix = 'Give it with a digest, as push-image puts it out.';
        return { checked: problem(image_check_WHERE, `${uri} has neither a tag nor a digest.`, fix), facts: null };
    }
    let facts = null;
    const checked = await attempt(`the image ${uri}`, async () => {
        const image = await readImage(reference, registry, clients);
        if (image === null) {
            const fix = 'Push it, or correct image-uri.';
            return problem(image_check_WHERE, `there is no image ${uri}.`, fix);
        }
        facts = image_check_factsOf(reference, image);
        return facts === null ? notChecked(`the image ${uri}`, 'ECR gave it without a digest.') : judge(facts);
    });
    return { checked, facts };
}
/**
 * One call gives digest and media type, and never more than one manifest of a list.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
async function readImage({ repository, tag, digest }, { account, region }, clients) {
    const ecr = await clients.ecr(region);
    try {
        const { images = [] } = await clients.call('ecr:BatchGetImage', async () => ecr.batchGetImage({
            registryId: account,
            repositoryName: repository,
            imageIds: [digest === null ? { imageTag: tag ?? '' } : { imageDigest: digest }],
            acceptedMediaTypes: Object.values(manifest/* mediaTypes */.Ib),
        }));
        return images[0] ?? null;
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return null;
        throw error;
    }
}
function image_check_factsOf({ registry, repository }, image) {
    const digest = image.imageId?.imageDigest;
    if (digest === undefined)
        return null;
    return {
        uri: (0,image_reference/* formatReference */.FH)({ registry, repository, digest }),
        digest,
        mediaType: image.imageManifestMediaType ?? mediaTypeOf(image.imageManifest),
    };
}
function mediaTypeOf(manifest) {
    try {
        const { mediaType } = JSON.parse(manifest ?? '{}');
        return typeof mediaType === 'string' ? mediaType : '';
    }
    catch {
        return '';
    }
}
function judge({ uri, mediaType }) {
    if (mediaType === manifest/* mediaTypes */.Ib.dockerManifest)
        return ok(`The image ${uri} is there, with a Docker schema 2 manifest.`);
    if (mediaType === '')
        return together([notChecked(`the media type of ${uri}`, 'ECR did not give it.')]);
    const kind = manifest/* mediaTypeNames */.P7[mediaType] ?? mediaType;
    const what = (0,manifest/* isIndex */.nw)(mediaType) ? 'one image' : 'a Docker schema 2 manifest';
    return problem(image_check_WHERE, `${uri} is ${kind}; SageMaker starts ${what} only.`, REBUILD);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/quota-check.js
/** Whether the account may have as many instances as the deployment needs at its peak. */



const SUFFIX = ' for endpoint usage';
/** `ml.m5.xlarg` is near `ml.m5.xlarge`. */
const NEAR = 1;
/** null for serverless inference, and where nothing is known of the instances. */
function peakOf(subject) {
    const { instanceType, instanceCount, strategy, candidateInstances, live, serverless } = subject;
    if (serverless !== null || instanceType === null || instanceCount === null)
        return null;
    const kept = live?.autoscaled === true ? live.instanceCount : null;
    const own = live === null ? instanceCount : (0,guardrails/* extraInstances */.ll)(strategy, kept ?? instanceCount);
    // The candidate stays until what it stands for serves.
    const extra = own + candidateInstances;
    const serving = live?.instanceType === instanceType ? (live.instanceCount ?? 0) : 0;
    return { instanceType, extra, serving };
}
function checkQuota(subject, clients) {
    const peak = peakOf(subject);
    if (peak === null)
        return Promise.resolve(nothing);
    const needs = `At its peak the deployment needs ${peak.extra} instance(s) of ${peak.instanceType} beside ${peak.serving} that serve(s)`;
    const what = `the quota of ${peak.instanceType}. ${needs}`;
    return attempt(what, async () => {
        const { quota, others } = await readQuota(peak.instanceType, clients);
        if (quota === null)
            return unlisted(what, peak.instanceType, [...others, ...(await knownTypes())]);
        const total = peak.extra + peak.serving;
        if (total <= quota) {
            const share = `the account may have ${quota} for endpoints.`;
            const rest = ok(`${needs}; ${share}`);
            return total === quota
                ? together([rest, warning(`The quota of ${peak.instanceType} leaves none over.`)])
                : rest;
        }
        return problem('instance-type', `the account may have ${quota} of ${peak.instanceType} for endpoints, and the deployment needs ${total} at its peak (${peak.serving} that serve(s), ${peak.extra} more).`, `Request more of "${peak.instanceType}${SUFFIX}" under Service Quotas, Amazon SageMaker; or use the strategy "rolling", fewer instances, or staging: none.`);
    });
}
/** Quota codes are opaque, so the list is read until the name comes by. */
async function readQuota(instanceType, clients) {
    const quotas = await clients.quotas();
    const others = [];
    let NextToken;
    do {
        const page = await clients.call('servicequotas:ListServiceQuotas', async () => quotas.listServiceQuotas({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken }));
        for (const { QuotaName = '', Value = 0 } of page.Quotas ?? []) {
            if (!QuotaName.endsWith(SUFFIX))
                continue;
            const type = QuotaName.slice(0, -SUFFIX.length);
            if (type === instanceType)
                return { quota: Value, others };
            others.push(type);
        }
        NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return { quota: null, others };
}
/**
 * Service Quotas leaves out what has its default value only, so that a type that is not listed may well be there.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
function unlisted(what, instanceType, known) {
    const why = 'Service Quotas lists none for it, so that its default counts.';
    if (known.includes(instanceType))
        return notChecked(what, why);
    const near = [...new Set(known)].filter((type) => (0,leven/* default */.A)(type, instanceType) <= NEAR).slice(0, 3);
    const hint = near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`;
    return together([
        notChecked(what, why),
        warning(`${instanceType} is not among the instance types that we know.${hint}`),
    ]);
}
/** Those of the API at the time of this release; newer ones work too. */
async function knownTypes() {
    const { ProductionVariantInstanceType } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(4459)]).then(__webpack_require__.t.bind(__webpack_require__, 94459, 19));
    return Object.values(ProductionVariantInstanceType);
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/role-check.js
/** The role that the model runs under: it has to exist, and SageMaker has to be able to take it. */


const SERVICE = 'sagemaker.amazonaws.com';
const role_check_WHERE = 'execution-role-arn';
function checkRole(arn, clients) {
    return attempt(`whether ${SERVICE} may take the role ${arn}`, async () => {
        // A role's name is what follows its path.
        const name = arn.split('/').at(-1) ?? '';
        const policy = await readTrustPolicy(name, clients);
        if (policy === null)
            return problem(role_check_WHERE, `there is no role ${arn}.`, 'Correct the ARN, or make the role.');
        const trusts = trustsSageMaker(policy);
        if (trusts === null)
            return notChecked(`the trust policy of ${arn}`, 'It is not JSON that we understand.');
        if (trusts)
            return ok(`The role ${name} exists and trusts ${SERVICE}.`);
        return problem(role_check_WHERE, `the trust policy of ${arn} does not let ${SERVICE} take it.`, `Allow sts:AssumeRole there for the service principal ${SERVICE}.`);
    });
}
async function readTrustPolicy(name, clients) {
    const iam = await clients.iam();
    try {
        const { Role } = await clients.call('iam:GetRole', async () => iam.getRole({ RoleName: name }));
        return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return null;
        throw error;
    }
}
/** Conditions are not weighed: only SageMaker knows what it will send. null where the document cannot be read. */
function trustsSageMaker(document) {
    let policy;
    try {
        policy = JSON.parse(document);
    }
    catch {
        return null;
    }
    const statements = list(policy.Statement);
    const about = (statement) => namesSageMaker(statement) && namesAssume(statement);
    if (statements.some((statement) => statement.Effect === 'Deny' && about(statement)))
        return false;
    return statements.some((statement) => statement.Effect === 'Allow' && about(statement));
}
function namesSageMaker({ Principal: principal }) {
    if (principal === undefined)
        return false;
    if (typeof principal === 'string')
        return principal === '*';
    return list(principal.Service).includes(SERVICE);
}
function namesAssume({ Action }) {
    return list(Action).some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase()));
}
function list(value) {
    if (value === undefined)
        return [];
    return Array.isArray(value) ? value : [value];
}

// EXTERNAL MODULE: ./build/js/src/targets/sagemaker/preflight/rules.js + 1 modules
var rules = __webpack_require__(28048);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/preflight.js







const NO_FACTS = { account: null, image: null, archive: null };
/**
 * Reads only. With a problem that the rules alone find, no call is made.
 * @param readAccount gives the account that the credentials belong to, for who has asked for it already
 */
async function preflight(subject, clients, readAccount = () => callerAccount(clients)) {
    const broken = (0,rules.checkRules)(subject);
    if (broken.length > 0)
        return { findings: [], problems: broken, facts: NO_FACTS };
    const { executionRoleArn, model, imageUri, region } = subject;
    let account = null;
    const [identity, role, archive, image, quota] = await Promise.all([
        attempt('which account this runs in', async () => {
            account = await readAccount();
            return together([checkAccount(subject, account), checkRoleAccount(subject, account)]);
        }),
        executionRoleArn === null ? nothing : checkRole(executionRoleArn, clients),
        model === null ? { checked: nothing, facts: null } : checkArchive(model, region, clients),
        imageUri === null ? { checked: nothing, facts: null } : checkImage(imageUri, clients),
        checkQuota(subject, clients),
    ]);
    const facts = { account, image: image.facts, archive: archive.facts };
    return { ...together([identity, role, archive.checked, image.checked, quota]), facts };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight-subject.js





function preflightOf(request, desired, live, reads, options) {
    return preflight(subjectOf(request, desired, live, options), options.clients, () => reads.account());
}
function subjectOf({ endpoint, sources, desired: asked }, desired, live, options) {
    const specs = specsOf(desired);
    const variant = variantOf(specs);
    const vpc = objectAt(specs.model, 'VpcConfig');
    const serverless = variant.ServerlessConfig === undefined ? null : objectAt(variant, 'ServerlessConfig');
    const url = specs_modelUrlOf(specs);
    return {
        endpoint,
        region: options.clients.region,
        account: options.account,
        variantName: desired.variantName,
        executionRoleArn: textAt(specs.model, 'ExecutionRoleArn'),
        model: url === null ? null : { url, sha256: sources.modelSha256, bytes: null },
        imageUri: textAt(containerOf(specs), 'Image'),
        instanceType: desired.instanceType,
        // What is carried over is not held against the request.
        instanceCount: asked.instanceCount ?? within(desired.instanceCount, desired.scaling),
        serverless: serverless === null
            ? null
            : {
                memoryMb: numberAt(serverless, 'MemorySizeInMB'),
                maxConcurrency: numberAt(serverless, 'MaxConcurrency'),
            },
        scaling: desired.scaling,
        strategy: desired.strategy,
        candidateInstances: desired.staging === 'none' ? 0 : (desired.instanceCount ?? 0),
        environment: options.environment,
        tags: options.tags,
        subnets: texts(vpc.Subnets),
        securityGroups: texts(vpc.SecurityGroupIds),
        networkIsolation: specs.model.EnableNetworkIsolation === true,
        dataCapture: specs.endpointConfig.DataCaptureConfig !== undefined,
        kmsKeyId: textAt(specs.endpointConfig, 'KmsKeyId'),
        timeoutMinutes: options.timeoutMs / 60_000,
        live: live?.serving == null || live.specs === null
            ? null
            : {
                instanceType: textAt(variantOf(live.specs), 'InstanceType'),
                instanceCount: live.summary?.DesiredInstanceCount ?? null,
                autoscaled: isScaled(live),
            },
    };
}
function within(count, scaling) {
    if (count === null || scaling === null)
        return count;
    return Math.max(scaling.minCapacity, Math.min(scaling.maxCapacity, count));
}
function texts(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/mutations.js





async function mutationsOf(plan, live, versions, reads, options) {
    if (plan.action === 'unchanged')
        return [];
    const { endpoint, version, candidate } = plan;
    const isNew = plan.base !== version;
    return [
        ...(live?.status === 'Failed' ? [`DeleteEndpoint ${endpoint}`] : []),
        ...(isNew ? await creations(plan, reads) : []),
        ...(isNew && candidate !== null ? [`CreateEndpoint ${candidate}`] : []),
        ...(isNew ? alarmCalls(plan, live, 'PutMetricAlarm') : []),
        ...scalingCalls(plan, live),
        ...endpointCalls(plan, live, isNew),
        ...(isNew ? alarmCalls(plan, live, 'DeleteAlarms') : []),
        `AddTags ${version}`,
        ...(isNew && candidate !== null ? [`DeleteEndpoint ${candidate}`] : []),
        ...plan.changes
            .filter(({ field }) => field === 'candidate')
            .map(({ from }) => `DeleteEndpoint ${from ?? ''}`),
        ...removals(plan, versions, options),
    ];
}
async function creations({ endpoint, desired, version }, reads) {
    const names = namesOf(endpoint, desired);
    if ((await reads.config(version)) !== null)
        return [];
    const model = (await reads.model(names.model)) === null ? [`CreateModel ${names.model}`] : [];
    return [...model, `CreateEndpointConfig ${version}`];
}
function endpointCalls({ endpoint, changes }, live, isNew) {
    if (!isNew) {
        const isDrift = changes.some(({ field }) => field === 'instances');
        return isDrift ? [`UpdateEndpointWeightsAndCapacities ${endpoint}`] : [];
    }
    const creates = live === null || live.status === 'Failed' || live.status === 'Creating' || live.status === 'Deleting';
    return creates ? [`CreateEndpoint ${endpoint}`] : [`AddTags ${endpoint}`, `UpdateEndpoint ${endpoint}`];
}
function alarmCalls({ desired, endpoint }, live, call) {
    return live?.serving != null && wantsBakeAlarms(desired.strategy) ? [`${call} for ${endpoint}`] : [];
}
function scalingCalls({ desired, endpoint, changes }, live) {
    const isMoved = live?.serving != null && isScaled(live) && changesFleet({ desired }, live);
    const moved = isMoved
        ? [
            'AddTags',
            'DeregisterScalableTarget',
            'RegisterScalableTarget',
            'PutScalingPolicy',
            'PutScheduledAction',
            'DeleteTags',
        ]
        : [];
    const saved = live?.scalingSaved
        ? ['RegisterScalableTarget', 'PutScalingPolicy', 'PutScheduledAction', 'DeleteTags']
        : [];
    const isAsked = changes.some(({ field }) => field.startsWith('autoscaling.'));
    const asked = isAsked ? ['RegisterScalableTarget', 'PutScalingPolicy'] : [];
    return [...new Set([...moved, ...saved, ...asked])].map((call) => `${call} for ${endpoint}`);
}
/** Those that are old when this one serves. */
function removals({ version, base }, versions, options) {
    const now = options.clock.now();
    const next = versions.find((known) => known.version === version);
    const others = versions.filter((known) => known.version !== version);
    const planned = {
        ...(next ?? NONE),
        version,
        served: true,
        withdrawn: false,
        deployedAt: now.toISOString(),
    };
    const after = base === version ? versions : [planned, ...others];
    const old = expendable(after, version, new Set(), options.keepVersions, now);
    return old.flatMap((known) => [`DeleteEndpointConfig ${known.version}`, `DeleteModel of ${known.version}`]);
}
const NONE = {
    version: '',
    modelDigest: '',
    imageDigest: null,
    referenceDigest: null,
    referenceUrl: null,
    planDigest: null,
    release: null,
    deployedAt: '',
    served: false,
    verified: false,
    withdrawn: false,
    ours: true,
    arn: '',
};

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/unsupported.js
/** Each says what it found; null where the endpoint is not of that shape. */
const SHAPES = [
    (live) => {
        const variants = variantsOf(live);
        return variants.length > 1 ? `several variants (${unsupported_namesOf(variants)})` : null;
    },
    ({ config, described }) => {
        const shadows = config?.ShadowProductionVariants ?? described.ShadowProductionVariants ?? [];
        return shadows.length > 0 ? `a shadow variant (${unsupported_namesOf(shadows)})` : null;
    },
    ({ model }) => {
        const containers = model?.Containers ?? [];
        const several = model?.PrimaryContainer === undefined && containers.length > 1;
        return several ? `several containers (${containers.length}) in one model` : null;
    },
    ({ model }) => {
        const container = model?.PrimaryContainer ?? model?.Containers?.[0];
        return container?.Mode === 'MultiModel' ? 'a multi-model container' : null;
    },
    ({ config }) => (config?.AsyncInferenceConfig === undefined ? null : 'asynchronous inference'),
    ({ config }) => {
        const [variant] = config?.ProductionVariants ?? [];
        return variant !== undefined && variant.ModelName === undefined ? 'inference components' : null;
    },
];
function unsupportedShapes(live) {
    return SHAPES.map((shape) => shape(live))
        .filter((what) => what !== null)
        .map((what) => ({
        where: 'endpoint-name',
        message: `"${live.endpoint}" has ${what}, which this version does not deploy to.`,
        fix: 'Use another endpoint-name, or deploy to this one by other means.',
    }));
}
function variantsOf({ config, described }) {
    return config?.ProductionVariants ?? described.ProductionVariants ?? [];
}
function unsupported_namesOf(variants) {
    return variants.map(({ VariantName = '' }) => VariantName).join(', ');
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/make-plan.js
/** The plan of a deployment to SageMaker: everything that can be known before anything is changed. */














/** @throws UserError with every problem at once: of the request, of what serves, and of what it needs. */
async function planFor(request, reads, options) {
    const account = await make_plan_checkAccount(reads, options);
    const live = await readLive(request.endpoint, reads);
    const image = imageOf(request, options.clients);
    const { desired: asked, problems } = resolve(request, live, image.image);
    const preflight = await preflightOf(request, asked, live, reads, options);
    const desired = pinned(asked, preflight.facts.image);
    const all = [
        ...(live === null ? [] : [...unsupportedShapes(live), ...ownershipProblems(live, options)]),
        ...image.problems,
        ...problems,
        ...preflight.problems,
    ];
    if (all.length > 0)
        throw errors/* UserError */.yo.of(unique(all));
    const findings = [
        ...standingFindings(request.endpoint, live, desired),
        ...image.findings,
        ...preflight.findings,
    ];
    return assemble(request, { account, desired, live, findings }, reads, options);
}
/** A tag can be moved, so what it points to now is what is planned. */
function pinned(desired, image) {
    if (image === null || desired.imageDigest !== null)
        return desired;
    const { model, endpointConfig } = specsOf(desired);
    const PrimaryContainer = { ...containerOf({ model }), Image: image.uri };
    return {
        ...desired,
        imageDigest: image.digest,
        settings: { model: { ...model, PrimaryContainer }, endpointConfig },
    };
}
async function make_plan_checkAccount(reads, { account }) {
    const actual = await reads.account();
    if (account === null || account === actual)
        return actual;
    const message = `these credentials are of the account ${actual}, not of ${account}.`;
    throw errors/* UserError */.yo.of([
        { where: 'aws-account-id', message, fix: 'Use the role of the account that is meant.' },
    ]);
}
/** Two checks may find the same. */
function unique(problems) {
    const seen = new Set();
    return problems.filter(({ where, message }) => {
        const key = `${where}\n${message}`;
        if (seen.has(key))
            return false;
        seen.add(key);
        return true;
    });
}
function ownershipProblems({ endpoint, ours, tags }, options) {
    if (options.adopt)
        return [];
    if (!ours) {
        const message = `false, and the endpoint ${endpoint} was not made by ml-deploy.`;
        return [
            { where: 'adopt', message, fix: 'Set adopt: true to take it over, or use another endpoint-name.' },
        ];
    }
    const owner = tags.get(TAG.repository) ?? '';
    const { repository } = options.context;
    if (owner === '' || repository === '' || owner === repository)
        return [];
    const message = `"${endpoint}" belongs to the repository ${owner}.`;
    return [{ where: 'endpoint-name', message, fix: 'Use another name, or set adopt: true to take it over.' }];
}
function standingFindings(endpoint, live, desired) {
    if (live === null)
        return [{ level: 'ok', message: `Nothing serves as ${endpoint} yet.` }];
    const { status, serving, described } = live;
    const why = described.FailureReason ? ` (${described.FailureReason})` : '';
    if (status === 'Failed') {
        const message = `${endpoint} is Failed${why}; AWS allows nothing but its removal, so that it will be deleted and made again.`;
        return [{ level: 'warning', message }];
    }
    if (status === 'UpdateRollbackFailed') {
        const message = `${endpoint} is UpdateRollbackFailed${why}: it serves a mix of two versions, and somebody has to look at it.`;
        return [{ level: 'warning', message }];
    }
    const standing = {
        level: 'ok',
        message: `${endpoint} is ${status}, with the config ${serving ?? 'none'}.`,
    };
    const { scaling, summary } = live;
    if (scaling === null)
        return [standing];
    const { minCapacity, maxCapacity } = scaling.target;
    const message = `${endpoint} scales by itself between ${minCapacity} and ${maxCapacity} instances and has ` +
        `${summary?.DesiredInstanceCount ?? 'an unknown number'} now; that count is kept, and the ` +
        `${desired.instanceCount ?? 0} of the config are for a new endpoint only.`;
    return [standing, { level: 'ok', message }];
}
async function assemble(request, { account, desired, live, findings }, reads, options) {
    const { endpoint, sources, environmentName, commit, run } = request;
    const base = live?.serving ?? null;
    const { region } = options.clients;
    const subject = { target: TARGET, account, region, endpoint, desired, base };
    const candidate = desired.staging === 'none' ? null : (0,plan/* candidateName */.vf)(endpoint, (0,plan/* planDigest */.Gb)(subject));
    const versions = await readVersions(endpoint, live, reads, options);
    const current = versions.find(({ version }) => version === base) ?? null;
    const spare = await spareCandidates(endpoint, base, reads, options);
    const changes = [...changesOf(desired, live, current), ...spare];
    // What is described may have more defaults filled in than what was asked for: what does not differ is the same.
    const isSame = base !== null && changes.every(({ field }) => isBeside(field));
    const version = isSame ? base : namesOf(endpoint, desired).config;
    const action = base === null ? 'create' : isStanding(changes, live, current?.served ?? false) ? 'unchanged' : 'update';
    const facts = { action, version, candidate, changes, sources, environmentName, commit, run };
    const mutations = await mutationsOf({ ...subject, ...facts }, live, versions, reads, options);
    const calls = mutations.length === 0
        ? []
        : [{ level: 'ok', message: `Calls that change something: ${mutations.join('; ')}.` }];
    return (0,plan/* makePlan */.Cs)(subject, {
        ...facts,
        findings: [...findings, ...calls],
        createdAt: options.clock.now().toISOString(),
    });
}
/** Fields that are no part of a version. */
function isBeside(field) {
    return field.startsWith('autoscaling') || ['reference', 'instances', 'candidate'].includes(field);
}
/** Candidates of the version that serves: a promotion was cut short before it removed them. */
async function spareCandidates(endpoint, serving, reads, options) {
    const candidates = await readCandidates(endpoint, reads, options);
    return candidates
        .filter(({ ours, version }) => ours && version === serving)
        .map(({ name }) => ({ field: 'candidate', from: name, to: null }));
}
function isStanding(changes, live, served) {
    return changes.length === 0 && live?.status === 'InService' && served;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/operations.js
/** The operations that put versions in place: deploy, stage, promote, discard. */











async function deploy(plan, session) {
    return withoutCandidates(plan, await makeServe(plan, 'deployed', session), session);
}
async function promote(plan, session) {
    if (plan.candidate === null)
        return deploy(plan, session);
    const { reads, options } = session;
    reads.forget();
    const live = await readLive(plan.endpoint, reads);
    const candidates = await readCandidates(plan.endpoint, reads, options);
    const candidate = candidates.find(({ name }) => name === plan.candidate) ?? null;
    if (live?.serving !== plan.version) {
        const isUnderWay = live !== null && pendingConfig(live.described) === plan.version;
        if (!isUnderWay)
            checkStillBase(plan, { live, underWay: false, timedOut: false });
        if (candidate === null)
            throw noCandidate(plan, plan.candidate, candidates);
        if (!isUnderWay)
            checkReady(plan, candidate);
    }
    return withoutCandidates(plan, await makeServe(plan, 'promoted', session), session);
}
/** Candidates of the version that serves now are of no use any more. */
async function withoutCandidates(plan, made, session) {
    if (!['deployed', 'promoted', 'unchanged'].includes(made.outcome))
        return made;
    const candidates = await readCandidates(plan.endpoint, session.reads, session.options);
    const spare = candidates.filter(({ ours, version }) => ours && version === plan.version);
    for (const { name } of spare)
        await removeCandidate(plan.endpoint, name, session);
    return spare.length === 0 ? made : result(plan.endpoint, made.outcome, made.message, session);
}
function noCandidate({ endpoint }, name, candidates) {
    const known = candidates.length > 0 ? `it has ${candidates.map((c) => c.name).join(', ')}` : 'it has none';
    return new errors/* UserError */.yo(`${endpoint} has no candidate ${name} (${known}). Run stage with the same plan first.`);
}
/** @throws UserError for a candidate that is not, or not yet, what would be promoted. */
function checkReady({ version }, candidate) {
    if (candidate.version === version && candidate.status === 'InService')
        return;
    throw new errors/* UserError */.yo(`The candidate ${candidate.name} is ${candidate.status} with the version ${candidate.version}; it cannot be promoted. ` +
        'Run stage with the same plan again.');
}
async function makeServe(plan, outcome, session) {
    let settled = await settle(plan.endpoint, plan.version, session);
    if (settled.timedOut)
        return timedOut(plan, settled.live, session);
    if (settled.underWay)
        return conclude(plan, await watchOn(plan, session), outcome, session);
    checkStillBase(plan, settled);
    if (settled.live?.status === 'UpdateRollbackFailed')
        return needsHuman(plan, settled.live, session);
    if (settled.live?.status === 'Failed') {
        await removeFailed(settled.live, session);
        settled = { live: null, underWay: false, timedOut: false };
    }
    const { live } = settled;
    if (live !== null && live.serving === plan.version)
        return adjust(plan, live, outcome, session);
    await ensureVersion(plan, live, session);
    return conclude(plan, await change(plan, settled, session), outcome, session);
}
async function change(plan, { live }, session) {
    if (live === null) {
        const tags = tagList(commonTags(plan, session.options));
        return create(plan.endpoint, plan, tags, session);
    }
    const waited = await update(plan, live, session);
    if (waited !== null)
        return waited;
    await unwatch(plan, session);
    throw new outdated/* PlanOutdatedError */.w(`Another run changed ${plan.endpoint} at the same moment, and was faster. Nothing was changed by this one; plan again.`);
}
/** The version serves already; its number of instances may have been changed by hand. */
async function adjust(plan, live, outcome, session) {
    const { reads, options } = session;
    const { endpoint, changes } = plan;
    if (changes.some(({ field }) => field === 'instances') && plan.desired.instanceCount !== null) {
        await setInstanceCount(session, endpoint, live.variant, plan.desired.instanceCount);
        const waited = await waitUntilQuiet(endpoint, { begun: false, wanted: null }, reads, options);
        return conclude(plan, waited, outcome, session);
    }
    return conclude(plan, { described: live.described, timedOut: false, reason: '' }, outcome, session);
}
async function watchOn(plan, { reads, options }) {
    return waitUntilQuiet(plan.endpoint, { begun: true, wanted: plan.version }, reads, options);
}
async function timedOut(plan, live, session) {
    const message = `${plan.endpoint} was ${live?.status ?? 'gone'} for longer than the timeout, so that nothing was changed; ` +
        `${live?.serving ?? 'nothing'} serves.`;
    return result(plan.endpoint, 'timed-out', message, session);
}
async function needsHuman(plan, live, session) {
    const { FailureReason: reason = 'AWS gave no reason' } = live.described;
    const message = `${plan.endpoint} is UpdateRollbackFailed (${reason}): it serves a mix of two versions, and nothing is changed by itself. ` +
        'Look at its instances in the console; another update, or AWS Support, can bring it back.';
    return result(plan.endpoint, 'needs-human', message, session);
}


;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/still-there.js
/** Before going back: whether what an old version is made of still exists. */



const ECR = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/;
/** What is asked for a region's bucket by name. */
const S3 = /^s3:\/\/([^/]+)\/(.+)$/;
/** @throws UserError that names everything that is gone. What may not be looked at is logged as not checked. */
async function checkStillThere(endpoint, version, session) {
    const { reads } = session;
    const config = await reads.config(version);
    const modelName = config?.ProductionVariants?.[0]?.ModelName;
    const model = modelName === undefined ? null : await reads.model(modelName);
    const problems = [];
    const gone = (what) => problems.push({
        where: 'to-version',
        message: `${version} cannot serve ${endpoint} again: ${what} does not exist any more.`,
    });
    if (config === null)
        gone(`its config ${version}`);
    if (config !== null && model === null)
        gone(`its model ${modelName ?? '(none)'}`);
    if (model !== null) {
        const spec = { model: modelSpecOf(model) };
        await still_there_attempt(session, `the image of ${version}`, gone, () => still_there_checkImage(textAt(containerOf(spec), 'Image'), session));
        await still_there_attempt(session, `the archive of ${version}`, gone, () => still_there_checkArchive(specs_modelUrlOf(spec), session));
    }
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
}
async function still_there_attempt({ options }, what, gone, check) {
    try {
        const missing = await check();
        if (missing !== null)
            gone(missing);
    }
    catch (error) {
        if (!(0,aws_errors/* isDenied */.GZ)(error))
            throw error;
        options.log.warning(`Not checked: whether ${what} still exists. ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/** @returns what is missing; null where nothing is */
async function still_there_checkImage(image, { clients }) {
    const [, registryId, region, repositoryName, imageTag, imageDigest] = ECR.exec(image ?? '') ?? [];
    if (registryId === undefined || repositoryName === undefined)
        return null;
    const ecr = await clients.ecr(region);
    const imageId = imageDigest === undefined ? { imageTag } : { imageDigest };
    return still_there_exists(`its image ${image ?? ''}`, () => clients.call('ecr:DescribeImages', () => ecr.describeImages({ registryId, repositoryName, imageIds: [imageId] })));
}
async function still_there_checkArchive(url, { clients }) {
    const [, Bucket, Key] = S3.exec(url ?? '') ?? [];
    if (Bucket === undefined || Key === undefined || Key.endsWith('/'))
        return null;
    const s3 = await clients.s3();
    return still_there_exists(`its archive ${url ?? ''}`, () => clients.call('s3:GetObject', () => s3.headObject({ Bucket, Key })));
}
async function still_there_exists(what, look) {
    try {
        await look();
        return null;
    }
    catch (error) {
        if ((0,aws_errors/* isMissing */.b2)(error))
            return what;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/rollback.js
/** Going back to a version that served before: with the endpoint's name alone, without checkout or build. */

















const AT_ONCE = { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] };
/**
 * @param version null for the newest verified version before the live one
 *
 * Repeated by the same workflow run, it goes back once.
 */
async function rollBack(endpoint, version, session) {
    const { reads, options } = session;
    const found = await readLive(endpoint, reads);
    if (found === null) {
        throw new errors/* UserError */.yo(`There is no endpoint ${endpoint} in ${options.clients.region}. Nothing was changed.`);
    }
    const interrupted = await interruptUpdate(found, version, session);
    if (interrupted !== null)
        return interrupted;
    const { live, timedOut } = await settle(endpoint, null, session);
    if (live === null)
        throw new errors/* UserError */.yo(`The endpoint ${endpoint} was deleted meanwhile.`);
    if (timedOut) {
        const message = `${endpoint} was ${live.status} for longer than the timeout, so that it was not rolled back; ${live.serving ?? 'nothing'} serves.`;
        return result(endpoint, 'timed-out', message, session);
    }
    if (live.status === 'UpdateRollbackFailed')
        return needsHuman({ endpoint }, live, session);
    if (live.serving === null) {
        throw new errors/* UserError */.yo(`${endpoint} is ${live.status} and serves nothing, so that there is nothing to roll back. Deploy again.`);
    }
    const versions = await readVersions(endpoint, live, reads, options);
    const to = chooseVersion(live, versions, version, options.context.runId);
    if (live.serving === to.version)
        return rollback_standing(live, to, session);
    await checkStillThere(endpoint, to.version, session);
    return goTo(live, to, session);
}
/** A running update to another version is what has to be undone: our alarm makes SageMaker roll it back. */
async function interruptUpdate(live, version, session) {
    const { reads, options, clients } = session;
    const { endpoint, variant } = live;
    const pending = pendingConfig(live.described);
    if (!isPassing(live.status) || live.status !== 'Updating' || pending === null || pending === version)
        return null;
    const reason = `ml-deploy rollback, run ${options.context.runId || '(by hand)'}`;
    const alarm = await tripBakeAlarm(clients, { endpoint, variant }, reason);
    if (alarm === null) {
        options.log.info(`${endpoint} is on its way to ${pending}, with no alarm of ours to stop it: waiting for its end first.`);
        return null;
    }
    options.log.info(`${endpoint} is on its way to ${pending}: the alarm ${alarm} was set off, so that SageMaker rolls it back.`);
    await waitUntilQuiet(endpoint, { begun: true, wanted: null }, reads, options);
    reads.forget();
    const after = await readLive(endpoint, reads);
    const isBack = after?.status === 'InService' && after.serving === live.serving;
    if (!isBack || (version !== null && version !== after.serving))
        return null;
    const message = `The update of ${endpoint} to ${pending} was stopped by the alarm ${alarm}; ${after.serving ?? ''} serves.`;
    return result(endpoint, 'rolled-back', message, session);
}
function noteOf({ tags }) {
    const [run, from, to] = (tags.get(TAG.rollback) ?? '').split(' ');
    return run === undefined || from === undefined || to === undefined ? null : { run, from, to };
}
function chooseVersion(live, versions, version, run) {
    if (version !== null)
        return named(live.endpoint, versions, version);
    const note = noteOf(live);
    // The same run again: it has gone back already, or was cut short on the way.
    const again = note !== null && run !== '' && note.run === run && [note.from, note.to].includes(live.serving ?? '');
    const noted = again ? versions.find((entry) => entry.version === note.to) : undefined;
    if (noted !== undefined)
        return noted;
    const previous = previousOf(versions, live.serving);
    if (previous !== null)
        return previous;
    throw new errors/* UserError */.yo(`There is nothing to roll ${live.endpoint} back to: no version is known to have served before ` +
        `${live.serving ?? 'the first one'}. Nothing was changed.`);
}
/** A version may be given by its first characters, or by the digits at its end. */
function named(endpoint, versions, version) {
    const exact = versions.find((entry) => entry.version === version);
    if (exact !== undefined)
        return exact;
    const matches = version.length < 8 ? [] : versions.filter((entry) => entry.version.endsWith(version));
    if (matches.length === 1 && matches[0] !== undefined)
        return matches[0];
    const known = versions.map((entry) => entry.version).join(', ') || 'none';
    throw errors/* UserError */.yo.of([
        { where: 'to-version', message: `${endpoint} has no version "${version}"; it has ${known}.` },
    ]);
}
async function rollback_standing(live, to, session) {
    const note = noteOf(live);
    await settleNotes(live, note?.to === to.version ? note.from : null, to, session);
    const from = note?.to === to.version ? `; it went back to it from ${note.from} before` : '';
    const message = `${live.endpoint} serves ${to.version} already${from}. To go back further, name the version with to-version.`;
    return result(live.endpoint, 'rolled-back', message, session);
}
async function goTo(live, to, session) {
    const { reads, options, clients } = session;
    const { endpoint } = live;
    const from = live.serving ?? '';
    const arn = live.described.EndpointArn ?? '';
    const note = `${options.context.runId || '-'} ${from} ${to.version}`;
    await addTags(session, arn, tagList([
        [TAG.endpoint, endpoint],
        [TAG.rollback, note],
    ]));
    const config = await reads.config(to.version);
    const variant = config === null ? {} : variantOf({ endpointConfig: configSpecOf(config) });
    const before = live.specs === null ? {} : variantOf(live.specs);
    const isOther = textAt(variant, 'InstanceType') !== textAt(before, 'InstanceType') ||
        textAt(variant, 'VariantName') !== live.variant;
    if (isOther && isScaled(live))
        await suspendScaling(clients, { endpoint, variant: live.variant, arn });
    const guarded = variant.ServerlessConfig === undefined && textAt(variant, 'VariantName') === live.variant;
    await updateEndpoint(session, {
        EndpointName: endpoint,
        EndpointConfigName: to.version,
        ...retained(live),
        ...(guarded ? { DeploymentConfig: deploymentConfig(AT_ONCE, [], options.timeoutMs) } : {}),
    });
    const waited = await waitUntilQuiet(endpoint, { begun: false, wanted: to.version }, reads, options);
    return concludeRollback(live, to, waited.timedOut, waited.reason, session);
}
async function concludeRollback(before, to, timedOut, reason, session) {
    const { reads, clients } = session;
    const { endpoint } = before;
    reads.forget();
    const live = await readLive(endpoint, reads);
    if (timedOut) {
        const message = `${endpoint} is ${live?.status ?? 'gone'} on its way back to ${to.version} still; that goes on in the account. Run rollback again to follow it.`;
        return result(endpoint, 'timed-out', message, session);
    }
    if (live?.scalingSaved) {
        await restoreScaling(clients, { endpoint, variant: live.variant, arn: live.described.EndpointArn ?? '' });
        reads.forget();
    }
    if (live?.status === 'UpdateRollbackFailed')
        return needsHuman({ endpoint }, live, session);
    if (live?.status !== 'InService' || live.serving !== to.version) {
        return notBack(before, live, to, live?.described.FailureReason ?? reason, session);
    }
    await settleNotes(live, before.serving, to, session);
    await tidyUp(endpoint, session);
    const message = `${endpoint} went back from ${before.serving ?? 'nothing'} to ${to.version}, read back from SageMaker.`;
    return result(endpoint, 'rolled-back', message, session);
}
async function notBack({ endpoint, variant }, live, to, reason, session) {
    const why = await explained(endpoint, variant, reason, session);
    const message = `${endpoint} was to go back to ${to.version}, but ${live?.serving ?? 'nothing'} serves. ${why.message}`;
    return withDetail(await result(endpoint, 'failed', message, session), why.detail);
}
/** The version that served is withdrawn, and its proof is worth nothing any more. */
async function settleNotes(live, from, to, session) {
    if (from !== null && from !== to.version) {
        await noteVersion(live.endpoint, from, session, (known) => ({
            ...known,
            withdrawn: true,
            verified: false,
        }));
    }
    if (to.withdrawn)
        await noteVersion(live.endpoint, to.version, session, (known) => ({ ...known, withdrawn: false }));
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/reads.js


class Reads {
    #clients;
    #known = new Map();
    constructor(clients) {
        this.#clients = clients;
    }
    /** Forgets what may have changed; what is never changed but by its removal stays known. */
    forget() {
        for (const key of this.#known.keys())
            if (!key.startsWith('caller'))
                this.#known.delete(key);
    }
    /** The account that the credentials belong to. */
    account() {
        return this.#once('caller', async () => {
            const sts = await this.#clients.sts();
            const { Account } = await this.#clients.call('sts:GetCallerIdentity', () => sts.getCallerIdentity({}));
            return Account ?? '';
        });
    }
    endpoint(name) {
        return this.#once(`endpoint ${name}`, () => this.#found('sagemaker:DescribeEndpoint', (sageMaker) => sageMaker.describeEndpoint({ EndpointName: name })));
    }
    config(name) {
        return this.#once(`config ${name}`, () => this.#found('sagemaker:DescribeEndpointConfig', (sageMaker) => sageMaker.describeEndpointConfig({ EndpointConfigName: name })));
    }
    model(name) {
        return this.#once(`model ${name}`, () => this.#found('sagemaker:DescribeModel', (sageMaker) => sageMaker.describeModel({ ModelName: name })));
    }
    scaling(ref) {
        return this.#once(`scaling ${ref.endpoint} ${ref.variant}`, () => readScaling(this.#clients, ref));
    }
    /** Empty for a resource that is not there. */
    tags(arn) {
        return this.#once(`tags ${arn}`, async () => {
            const tags = await this.#pages('sagemaker:ListTags', async (sageMaker, NextToken) => {
                const page = await sageMaker.listTags({ ResourceArn: arn, NextToken });
                return { items: page.Tags ?? [], next: page.NextToken };
            }).catch((error) => {
                if ((0,aws_errors/* isMissing */.b2)(error))
                    return [];
                throw error;
            });
            return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
        });
    }
    configs(nameContains) {
        return this.#once(`configs ${nameContains}`, () => this.#pages('sagemaker:ListEndpointConfigs', async (sageMaker, NextToken) => {
            const page = await sageMaker.listEndpointConfigs({ NameContains: nameContains, NextToken });
            const items = (page.EndpointConfigs ?? []).map((item) => listed(item.EndpointConfigName, item.EndpointConfigArn, item.CreationTime));
            return { items, next: page.NextToken };
        }));
    }
    models(nameContains) {
        return this.#once(`models ${nameContains}`, () => this.#pages('sagemaker:ListModels', async (sageMaker, NextToken) => {
            const page = await sageMaker.listModels({ NameContains: nameContains, NextToken });
            const items = (page.Models ?? []).map((item) => listed(item.ModelName, item.ModelArn, item.CreationTime));
            return { items, next: page.NextToken };
        }));
    }
    /** @param nameContains null for all of the account */
    endpoints(nameContains) {
        return this.#once(`endpoints ${nameContains ?? ''}`, () => this.#pages('sagemaker:ListEndpoints', async (sageMaker, NextToken) => {
            const filter = nameContains === null ? {} : { NameContains: nameContains };
            const page = await sageMaker.listEndpoints({ ...filter, NextToken });
            const items = (page.Endpoints ?? []).map((item) => listed(item.EndpointName, item.EndpointArn, item.CreationTime));
            return { items, next: page.NextToken };
        }));
    }
    #once(key, read) {
        const known = this.#known.get(key);
        if (known !== undefined)
            return known;
        const answer = read();
        this.#known.set(key, answer);
        // What failed is asked again.
        answer.catch(() => this.#known.delete(key));
        return answer;
    }
    async #found(permission, read) {
        const sageMaker = await this.#clients.sageMaker();
        try {
            return await this.#clients.call(permission, () => read(sageMaker));
        }
        catch (error) {
            if ((0,aws_errors/* isMissing */.b2)(error))
                return null;
            throw error;
        }
    }
    async #pages(permission, read) {
        const sageMaker = await this.#clients.sageMaker();
        const items = [];
        let token;
        do {
            const from = token;
            const page = await this.#clients.call(permission, () => read(sageMaker, from));
            items.push(...page.items);
            token = page.next;
        } while (token !== undefined);
        return items;
    }
}
function listed(name = '', arn = '', createdAt = new Date(0)) {
    return { name, arn, createdAt };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/session.js

function openSession(options) {
    return { reads: new Reads(options.clients), clients: options.clients, options };
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/teardown.js
/** Removing an endpoint with everything that we made for it, and nothing else. */










async function tearDown(endpoint, session) {
    const { reads, options } = session;
    const { live, timedOut } = await settle(endpoint, null, session);
    if (timedOut) {
        const message = `${endpoint} was ${live?.status ?? 'gone'} for longer than the timeout, so that nothing was removed.`;
        return result(endpoint, 'timed-out', message, session);
    }
    if (live !== null && !live.ours) {
        const message = `"${endpoint}" was not made by ml-deploy and is left as it is.`;
        const fix = 'Remove it by the means that made it, or take it over first (deploy with adopt: true).';
        throw errors/* UserError */.yo.of([{ where: 'endpoint-name', message, fix }]);
    }
    for (const { name, ours } of await readCandidates(endpoint, reads, options)) {
        if (ours)
            await removeCandidate(endpoint, name, session);
    }
    const versions = (await readVersions(endpoint, live, reads, options)).map(({ version }) => version);
    if (live !== null)
        await removeEndpoint(live, session);
    reads.forget();
    const inUse = await readInUse(session);
    const gone = await removeVersions(endpoint, versions, session, inUse);
    const models = (await reads.models(versionPrefix(endpoint))).map(({ name }) => name);
    gone.push(...(await removeModels(endpoint, models, inUse, session)));
    return result(endpoint, 'torn-down', messageFor(endpoint, live !== null, versions, gone), session);
}
/** Autoscaling first: while it is registered, it would act on an endpoint that is being deleted. */
async function removeEndpoint({ endpoint, variant, scaling }, session) {
    if (scaling !== null)
        await removeScaling(session.clients, { endpoint, variant });
    if (variant !== '')
        await removeBakeAlarms(session.clients, { endpoint, variant });
    await deleteEndpoint(session, endpoint);
    await waitUntilGone(endpoint, session);
}
function messageFor(endpoint, existed, versions, gone) {
    const kept = versions.filter((version) => !gone.includes(version));
    const rest = kept.length === 0 ? '' : ` Kept, since others use them or we did not make them: ${kept.join(', ')}.`;
    const removed = gone.length === 0 ? '' : ` Removed with it: ${gone.join(', ')}.`;
    if (!existed && gone.length === 0)
        return `There is no endpoint ${endpoint}; nothing had to be removed.`;
    return `${existed ? `The endpoint ${endpoint} was removed.` : `The endpoint ${endpoint} was gone already.`}${removed}${rest}`;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/sagemaker-target.js
/** `target: sagemaker`: endpoints of Amazon SageMaker, real-time and serverless. */















function createSageMakerTarget(options) {
    // What a plan has read is still true for the description that follows it at once, and for nothing later.
    let planned = null;
    const fresh = async (doing, run) => {
        planned = null;
        return inWords(doing, () => run(openSession(options)));
    };
    return {
        name: TARGET,
        capabilities: {
            staging: true,
            instances: true,
            scaling: true,
            strategies: ['all-at-once', 'canary', 'linear', 'rolling'],
        },
        plan: (request) => fresh(`plan ${request.endpoint}`, async (session) => {
            const plan = await planFor(request, session.reads, options);
            planned = session;
            return plan;
        }),
        deploy: (plan) => fresh(`deploy to ${plan.endpoint}`, (session) => deploy(plan, session)),
        stage: (plan) => fresh(`stage for ${plan.endpoint}`, (session) => stage(plan, session)),
        promote: (plan) => fresh(`promote on ${plan.endpoint}`, (session) => promote(plan, session)),
        discard: (plan) => fresh(`discard for ${plan.endpoint}`, (session) => discard(plan, session)),
        rollback: (endpoint, version) => fresh(`roll ${endpoint} back`, (session) => rollBack(endpoint, version, session)),
        teardown: (endpoint) => fresh(`tear ${endpoint} down`, (session) => tearDown(endpoint, session)),
        describe: (endpoint) => {
            const session = planned ?? openSession(options);
            planned = null;
            return inWords(`describe ${endpoint}`, () => describeEndpoint(endpoint, session.reads, options));
        },
        markVerified: (endpoint, version) => fresh(`mark a version of ${endpoint}`, (session) => markVerified(endpoint, version, session)),
        noteRelease: (endpoint, version, release) => fresh(`note the release of ${endpoint}`, async (session) => {
            await noteVersion(endpoint, version, session, (known) => ({ ...known, release }));
        }),
        logs: (endpoint, lines) => fresh(`read the log of ${endpoint}`, (session) => logsOf(endpoint, lines, session)),
        invoker: (endpoint, candidate) => fresh(`find ${endpoint}`, (session) => openInvoker(endpoint, candidate, session)),
    };
}
async function inWords(doing, run) {
    try {
        return await run();
    }
    catch (error) {
        throw (0,aws_errors/* upstream */.a4)(doing, error);
    }
}
async function markVerified(endpoint, version, session) {
    const found = await noteVersion(endpoint, version, session, (known) => ({ ...known, verified: true }));
    if (!found)
        throw new errors/* UserError */.yo(`${endpoint} has no version "${version}".`);
}
async function logsOf(endpoint, lines, { reads, clients, options }) {
    const live = await readLive(endpoint, reads);
    if (live === null || live.variant === '')
        return '';
    const { text, note } = await readLogTail(clients, { endpoint, variant: live.variant }, lines);
    if (note !== '')
        options.log.info(note);
    return text;
}
/** @throws UserError for an endpoint or candidate that does not exist; UpstreamError for one that does not serve. */
async function openInvoker(endpoint, candidate, { reads, options }) {
    const name = candidate ?? endpoint;
    const isOne = candidate === null || isCandidateName(endpoint, candidate);
    const described = isOne ? await reads.endpoint(name) : null;
    if (described === null) {
        const what = candidate === null ? `There is no endpoint ${endpoint}` : `${endpoint} has no candidate "${candidate}"`;
        throw new errors/* UserError */.yo(`${what} in ${options.clients.region}.`);
    }
    const status = described.EndpointStatus ?? '';
    if (['Creating', 'Failed', 'Deleting', 'OutOfService'].includes(status)) {
        throw new errors/* UpstreamError */.gA('SageMaker', `${name} is ${status} and cannot be called.`);
    }
    return createInvoker(name, invokeUrl(name, options), options);
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
