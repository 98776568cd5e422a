export const id = 4861;
export const ids = [4861];
export const modules = {

/***/ 89474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ awsClientConfig)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/** What every AWS client of ours is made with. Core knows no client; it knows what they have in common. */


/**
 * The SDK makes agents of its own, which know nothing of proxies. Node's global ones are those that the runner's
 * boundary gave the proxy to (src/runner/proxy.ts), so they are looked up when a client is made, and not before.
 */
function awsClientConfig({ region }) {
    const requestHandler = { httpAgent: node_http__WEBPACK_IMPORTED_MODULE_0__.globalAgent, httpsAgent: node_https__WEBPACK_IMPORTED_MODULE_1__.globalAgent };
    return { ...(region === null ? {} : { region }), requestHandler };
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

/***/ 94861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createAwsClients: () => (/* binding */ createAwsClients)
/* harmony export */ });
/* harmony import */ var _core_aws_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89474);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24658);


/** The SDK's own retries, with its growing pauses: throttling, dropped connections, trouble on the other side. */
const MAX_ATTEMPTS = 5;
const REQUEST_HANDLER = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
/** A model answers within 60 seconds or not at all. */
const INVOKE_HANDLER = { ...REQUEST_HANDLER, requestTimeout: 70_000 };
function createAwsClients(options) {
    const made = new Map();
    const once = (name, load) => {
        const known = made.get(name);
        if (known !== undefined)
            return known;
        const client = load().then((loaded) => watched(loaded, options));
        made.set(name, client);
        return client;
    };
    const config = (region = options.region, handler = REQUEST_HANDLER) => ({
        region,
        maxAttempts: MAX_ATTEMPTS,
        retryMode: 'standard',
        requestHandler: { ...(0,_core_aws_js__WEBPACK_IMPORTED_MODULE_0__/* .awsClientConfig */ .r)({ region }).requestHandler, ...handler },
        ...options.config,
    });
    return {
        region: options.region,
        sageMaker: () => once('sagemaker', async () => new (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(4459)]).then(__webpack_require__.t.bind(__webpack_require__, 94459, 19))).SageMaker(config())),
        runtime: () => once('runtime', async () => {
            const { SageMakerRuntime } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(9636)]).then(__webpack_require__.t.bind(__webpack_require__, 39636, 19));
            // A retried inference would hide errors from whoever counts them.
            return new SageMakerRuntime({ ...config(undefined, INVOKE_HANDLER), maxAttempts: 1 });
        }),
        autoScaling: () => once('autoscaling', async () => {
            const { ApplicationAutoScaling } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(1491)]).then(__webpack_require__.t.bind(__webpack_require__, 11491, 19));
            return new ApplicationAutoScaling(config());
        }),
        cloudWatch: () => once('cloudwatch', async () => new (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(4085)]).then(__webpack_require__.t.bind(__webpack_require__, 44085, 19))).CloudWatch(config())),
        logs: () => once('logs', async () => {
            const { CloudWatchLogs } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 70303, 19));
            return new CloudWatchLogs(config());
        }),
        iam: () => once('iam', async () => new (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(6764)]).then(__webpack_require__.t.bind(__webpack_require__, 16764, 19))).IAM(config())),
        ecr: (region) => once(`ecr ${region ?? ''}`, async () => new (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(8249)]).then(__webpack_require__.t.bind(__webpack_require__, 28249, 19))).ECR(config(region))),
        s3: (region) => once(`s3 ${region ?? ''}`, async () => new (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(3711)]).then(__webpack_require__.t.bind(__webpack_require__, 53711, 19))).S3(config(region))),
        sts: () => once('sts', async () => new (await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(1695)]).then(__webpack_require__.t.bind(__webpack_require__, 71695, 19))).STS(config())),
        quotas: () => once('quotas', async () => {
            const { ServiceQuotas } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(2924)]).then(__webpack_require__.t.bind(__webpack_require__, 72924, 19));
            return new ServiceQuotas(config());
        }),
        call: async (permission, make) => {
            try {
                return await make();
            }
            catch (error) {
                throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .awsFailure */ .MT)(error, permission);
            }
        },
    };
}
function watched(client, { record, recordDone }) {
    if (record === undefined && recordDone === undefined)
        return client;
    const watch = (next, context) => async (args) => {
        const call = {
            client: context.clientName ?? '',
            command: context.commandName ?? '',
            input: args.input,
        };
        await record?.(call);
        const answer = await next(args);
        await recordDone?.(call);
        return answer;
    };
    client.middlewareStack.add(watch, { step: 'initialize', name: 'ml-deploy-watch' });
    return client;
}


/***/ })

};
