export const id = 6834;
export const ids = [6834];
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

/***/ 62377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseS3Url)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ACCESS_POINT = /^arn:aws[a-z-]*:s3:[a-z0-9-]+:\d{12}:accesspoint\/[a-z0-9-]+$/;
/** @throws UserError for a URL that names no bucket. */
function parseS3Url(url) {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]*)\/*(.*)$/is.exec(url) ?? [];
    if (ACCESS_POINT.test(url.slice('s3://'.length))) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"${url}" is an access point. Give the bucket behind it: s3://bucket/prefix.`);
    }
    if (!BUCKET.test(bucket) || bucket.includes('..')) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`"${url}" names no bucket: "${bucket}" is not 3 to 63 small letters, digits, dots and hyphens. Write s3://bucket/prefix.`);
    }
    return { bucket, key };
}


/***/ }),

/***/ 19570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ev: () => (/* binding */ isNamed),
/* harmony export */   rl: () => (/* binding */ causeOf),
/* harmony export */   y6: () => (/* binding */ explainS3Error),
/* harmony export */   zM: () => (/* binding */ isStatus)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** What S3's errors mean for the user, and which permission is missing. */

const SYSTEM = 'S3';
function isStatus(error, status) {
    return error instanceof Error && error.$metadata?.httpStatusCode === status;
}
function isNamed(error, ...names) {
    return error instanceof Error && names.includes(error.name);
}
/** The SDK's error behind one of ours. */
function causeOf(error) {
    return error instanceof Error ? error.cause : undefined;
}
/** The region that a bucket is in, where S3 said so while refusing. */
function regionOf(error) {
    return error.$response?.headers?.['x-amz-bucket-region'] ?? error.Region;
}
const ELSEWHERE = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'];
const CREDENTIALS = [
    'CredentialsProviderError',
    'InvalidAccessKeyId',
    'ExpiredToken',
    'SignatureDoesNotMatch',
    'RequestTimeTooSkewed',
];
/** An error of the SDK in our words; every other error stays as it is. */
function explainS3Error(thrown, request) {
    if (request.signal?.aborted)
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc();
    if (thrown instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo || thrown instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA || !(thrown instanceof Error)) {
        return thrown;
    }
    const error = thrown;
    const { bucket, key, operation } = request;
    return (identityError(error, request) ??
        placeError(error, request) ??
        new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA(SYSTEM, `${operation} on s3://${bucket}/${key} failed (${wordsOf(error)}).`, {
            cause: error,
        }));
}
/** What is wrong with who asks; null where nothing is. */
function identityError(error, request) {
    if (isNamed(error, ...CREDENTIALS))
        return noCredentials(error);
    return isStatus(error, 403) ? denied(error, request) : null;
}
/** What is wrong with what is asked for; null where nothing is. */
function placeError(error, { bucket, key, region }) {
    const options = { cause: error };
    if (isNamed(error, 'NoSuchBucket')) {
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`There is no bucket "${bucket}". Check its name, or make it first.`, options);
    }
    if (isStatus(error, 301) || isNamed(error, ...ELSEWHERE)) {
        const actual = regionOf(error);
        const where = actual === undefined ? 'another region than' : `${actual}, not in`;
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The bucket "${bucket}" is in ${where} ${region}. Set aws-region to the bucket's region; a model has to lie in the region of its endpoint.`, options);
    }
    if (isStatus(error, 404)) {
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`There is no s3://${bucket}/${key}. Check the URL or the digest.`, options);
    }
    if (isNamed(error, 'InvalidTag')) {
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`S3 does not take the tags (${wordsOf(error)}).`, options);
    }
    if (!/region is missing/i.test(error.message))
        return null;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('No AWS region is known. Set aws-region, or AWS_REGION in the environment.', options);
}
function noCredentials(error) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`AWS does not take the credentials of this step (${wordsOf(error)}). Run aws-actions/configure-aws-credentials before it.`, { cause: error });
}
function denied(error, { operation, bucket, key, region, needs }) {
    // Newer answers name the one action; older ones, and all answers to HEAD, do not.
    const told = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(error.message)?.[1];
    const missing = told === undefined ? needs : [told];
    const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
    const list = missing.map((action) => `${action}${resourceOf(action, arn, key)}`).join(', ');
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`S3 refused ${operation} on s3://${bucket}/${key} (${wordsOf(error)}). The identity that runs this step needs ${list}. ` +
        'See docs/iam/package-model.md.', { cause: error });
}
const OF_BUCKET = new Set(['s3:ListBucket', 's3:ListBucketMultipartUploads']);
function resourceOf(action, arn, key) {
    if (action.startsWith('kms:'))
        return ' on the KMS key';
    return ` on ${OF_BUCKET.has(action) ? arn : `${arn}/${key}`}`;
}
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region) {
    if (region.startsWith('cn-'))
        return 'aws-cn';
    return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
/** Such as `AccessDenied: Access Denied`; answers to HEAD have no words of their own. */
function wordsOf(error) {
    const status = error.$metadata?.httpStatusCode;
    const words = error.name === error.message || error.message === '' ? error.name : `${error.name}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`;
    return error.message === 'UnknownError' && status !== undefined ? `status ${status}` : words;
}


/***/ }),

/***/ 21900:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ sizeOf),
/* harmony export */   L: () => (/* binding */ listObjects),
/* harmony export */   MA: () => (/* binding */ openObject)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19570);


/** Size in bytes; null where there is no such object. @throws UserError where there is no such bucket. */
async function sizeOf(session, key) {
    const { bucket, sdk } = session;
    // Without the right to list, S3 answers 403 for what is not there.
    const call = { operation: 'HeadObject', key, needs: ['s3:GetObject', 's3:ListBucket'] };
    try {
        const answer = await session.call(call, (client, http) => client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }), http));
        return answer.ContentLength ?? 0;
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isStatus */ .zM)((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .causeOf */ .rl)(error), 404))
            throw error;
    }
    // Answers to HEAD have no words: a missing bucket looks like a missing object.
    await checkBucket(session);
    return null;
}
const known = new WeakSet();
async function checkBucket(session) {
    if (known.has(session))
        return;
    const { bucket, sdk } = session;
    const call = { operation: 'HeadBucket', key: '', needs: ['s3:ListBucket'] };
    try {
        await session.call(call, (client, http) => client.send(new sdk.HeadBucketCommand({ Bucket: bucket }), http));
        known.add(session);
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isStatus */ .zM)((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .causeOf */ .rl)(error), 404))
            throw error;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`There is no bucket "${bucket}". Check its name, or make it first.`, {
            cause: error,
        });
    }
}
/** @param etag what the object has to be still; null for any. @throws UserError where there is no such object. */
async function openObject(session, key, etag = null) {
    const { bucket, sdk } = session;
    const input = { Bucket: bucket, Key: key, ...(etag === null ? {} : { IfMatch: etag }) };
    try {
        const answer = await session.call({ operation: 'GetObject', key, needs: ['s3:GetObject'] }, (client, http) => client.send(new sdk.GetObjectCommand(input), http));
        return { body: answer.Body, etag: answer.ETag ?? '', bytes: answer.ContentLength ?? 0 };
    }
    catch (error) {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isStatus */ .zM)((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .causeOf */ .rl)(error), 412))
            throw error;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${session.urlOf(key)} was replaced while it was being read. Run this step again.`, {
            cause: error,
        });
    }
}
/** Every object whose key begins like this. */
async function listObjects(session, prefix) {
    const { bucket, sdk } = session;
    const call = { operation: 'ListObjectsV2', key: prefix, needs: ['s3:ListBucket'] };
    return session.call(call, async (client) => {
        const objects = [];
        for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
            objects.push(...(page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({ key: Key, size: Size })));
        }
        return objects;
    });
}


/***/ }),

/***/ 66834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createS3Remote: () => (/* binding */ createS3Remote)
/* harmony export */ });
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53916);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62377);
/* harmony import */ var _reads_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21900);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5588);




/** Reads objects by their s3:// URLs. */
function createS3Remote(options) {
    const sessions = new Map();
    const sessionOf = (bucket) => {
        const session = sessions.get(bucket) ?? _session_js__WEBPACK_IMPORTED_MODULE_3__/* .S3Session */ .J.open(bucket, options);
        sessions.set(bucket, session);
        return session;
    };
    return {
        list: async (url) => {
            const { bucket, key } = (0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .parseS3Url */ .F)(url);
            const session = await sessionOf(bucket);
            const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
            const objects = await (0,_reads_js__WEBPACK_IMPORTED_MODULE_2__/* .listObjects */ .L)(session, key);
            return objects
                .filter((object) => object.key === key || object.key.startsWith(folder))
                .map((object) => ({
                path: object.key === key ? (0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.basename)(key) : object.key.slice(folder.length),
                url: session.urlOf(object.key),
                size: object.size,
            }))
                .filter((file) => file.path !== '');
        },
        open: async (url, version) => {
            const { bucket, key } = (0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .parseS3Url */ .F)(url);
            const { body, etag } = await (0,_reads_js__WEBPACK_IMPORTED_MODULE_2__/* .openObject */ .MA)(await sessionOf(bucket), key, version);
            return { body, version: etag };
        },
    };
}


/***/ }),

/***/ 5588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ S3Session)
});

// EXTERNAL MODULE: ./build/js/src/core/aws.js
var aws = __webpack_require__(89474);
;// CONCATENATED MODULE: ./build/js/src/stores/s3/client.js

async function loadS3() {
    return Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(3711)]).then(__webpack_require__.t.bind(__webpack_require__, 53711, 19));
}
function createS3Client(module, { region = null, endpoint = null }) {
    const client = new module.S3Client({
        ...(0,aws/* awsClientConfig */.r)({ region }),
        ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
        // Ours are computed on the way (CRC64NVME), and the SDK need not do it again.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
    });
    leaveBodiesToTls(client);
    return client;
}
/**
 * A signature with a sha256 of each body costs as much as everything else together, and says nothing that TLS and the
 * CRC64NVME of the same body do not say. Without TLS it stays.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
function leaveBodiesToTls(client) {
    client.middlewareStack.add((next, context) => (args) => {
        const request = args.request;
        const sendsData = context.commandName === 'UploadPartCommand' || context.commandName === 'PutObjectCommand';
        if (sendsData && request.protocol === 'https:' && request.headers) {
            request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
        }
        return next(args);
    }, { step: 'build', name: 'leaveBodiesToTls' });
}

// EXTERNAL MODULE: ./build/js/src/stores/s3/errors.js
var errors = __webpack_require__(19570);
;// CONCATENATED MODULE: ./build/js/src/stores/s3/session.js


const NEVER = new AbortController().signal;
class S3Session {
    bucket;
    sdk;
    client;
    options;
    constructor(bucket, options, sdk) {
        this.bucket = bucket;
        this.options = options;
        this.sdk = sdk;
        this.client = createS3Client(sdk, options);
    }
    static async open(bucket, options) {
        return new S3Session(bucket, options, await loadS3());
    }
    get signal() {
        return this.options.signal ?? NEVER;
    }
    urlOf(key) {
        return `s3://${this.bucket}/${key}`;
    }
    /** @throws what `explainS3Error` makes of the SDK's errors; those stand in `cause`. */
    async call({ operation, key, needs, always = false }, send) {
        const signal = always ? NEVER : this.signal;
        try {
            return await send(this.client, { abortSignal: signal });
        }
        catch (error) {
            const region = await this.client.config.region().catch(() => 'the region that is set');
            throw (0,errors/* explainS3Error */.y6)(error, { operation, bucket: this.bucket, key, region, needs, signal });
        }
    }
}


/***/ })

};
