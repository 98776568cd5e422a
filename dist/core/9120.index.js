export const id = 9120;
export const ids = [9120];
export const modules = {

/***/ 8282:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

const { Crc32, Crc32Js, Crc32Node } = __webpack_require__(99542);
exports.Crc32 = Crc32;
exports.Crc32Js = Crc32Js;
exports.Crc32Node = Crc32Node;

const T = new Uint32Array(256);
for (let i = 0; i < 256; ++i) {
    let c = i;
    for (let j = 0; j < 8; ++j) {
        c = c & 1 ? 0x82f63b78 ^ (c >>> 1) : c >>> 1;
    }
    T[i] = c >>> 0;
}
class Crc32cJs {
    digestLength = 4;
    crc = 0xffff_ffff;
    update(data) {
        let crc = this.crc;
        for (let i = 0; i < data.length; ++i) {
            crc = (crc >>> 8) ^ T[(crc ^ data[i]) & 0xff];
        }
        this.crc = crc;
    }
    async digest() {
        const value = (this.crc ^ 0xffff_ffff) >>> 0;
        const out = new Uint8Array(4);
        out[0] = value >>> 24;
        out[1] = (value >>> 16) & 0xff;
        out[2] = (value >>> 8) & 0xff;
        out[3] = value & 0xff;
        return out;
    }
    reset() {
        this.crc = 0xffff_ffff;
    }
}

const Crc32cNode = Crc32cJs;

const crc64NvmeCrtContainer = {
    CrtCrc64Nvme: null,
};

const generateCRC64NVMETable = () => {
    const sliceLength = 8;
    const tables = new Array(sliceLength);
    for (let slice = 0; slice < sliceLength; slice++) {
        const table = new Array(512);
        for (let i = 0; i < 256; i++) {
            let crc = BigInt(i);
            for (let j = 0; j < 8 * (slice + 1); j++) {
                if (crc & 1n) {
                    crc = (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n;
                }
                else {
                    crc = crc >> 1n;
                }
            }
            table[i * 2] = Number((crc >> 32n) & 0xffffffffn);
            table[i * 2 + 1] = Number(crc & 0xffffffffn);
        }
        tables[slice] = new Uint32Array(table);
    }
    return tables;
};
let CRC64_NVME_REVERSED_TABLE;
let t0, t1, t2, t3;
let t4, t5, t6, t7;
const ensureTablesInitialized = () => {
    if (!CRC64_NVME_REVERSED_TABLE) {
        CRC64_NVME_REVERSED_TABLE = generateCRC64NVMETable();
        [t0, t1, t2, t3, t4, t5, t6, t7] = CRC64_NVME_REVERSED_TABLE;
    }
};
class Crc64NvmeJs {
    c1 = 0;
    c2 = 0;
    constructor() {
        ensureTablesInitialized();
        this.reset();
    }
    update(data) {
        const len = data.length;
        let i = 0;
        let crc1 = this.c1;
        let crc2 = this.c2;
        while (i + 8 <= len) {
            const idx0 = ((crc2 ^ data[i++]) & 255) << 1;
            const idx1 = (((crc2 >>> 8) ^ data[i++]) & 255) << 1;
            const idx2 = (((crc2 >>> 16) ^ data[i++]) & 255) << 1;
            const idx3 = (((crc2 >>> 24) ^ data[i++]) & 255) << 1;
            const idx4 = ((crc1 ^ data[i++]) & 255) << 1;
            const idx5 = (((crc1 >>> 8) ^ data[i++]) & 255) << 1;
            const idx6 = (((crc1 >>> 16) ^ data[i++]) & 255) << 1;
            const idx7 = (((crc1 >>> 24) ^ data[i++]) & 255) << 1;
            crc1 = t7[idx0] ^ t6[idx1] ^ t5[idx2] ^ t4[idx3] ^ t3[idx4] ^ t2[idx5] ^ t1[idx6] ^ t0[idx7];
            crc2 =
                t7[idx0 + 1] ^
                    t6[idx1 + 1] ^
                    t5[idx2 + 1] ^
                    t4[idx3 + 1] ^
                    t3[idx4 + 1] ^
                    t2[idx5 + 1] ^
                    t1[idx6 + 1] ^
                    t0[idx7 + 1];
        }
        while (i < len) {
            const idx = ((crc2 ^ data[i]) & 255) << 1;
            crc2 = ((crc2 >>> 8) | ((crc1 & 255) << 24)) >>> 0;
            crc1 = (crc1 >>> 8) ^ t0[idx];
            crc2 ^= t0[idx + 1];
            ++i;
        }
        this.c1 = crc1;
        this.c2 = crc2;
    }
    async digest() {
        const c1 = this.c1 ^ 4294967295;
        const c2 = this.c2 ^ 4294967295;
        return new Uint8Array([
            c1 >>> 24,
            (c1 >>> 16) & 255,
            (c1 >>> 8) & 255,
            c1 & 255,
            c2 >>> 24,
            (c2 >>> 16) & 255,
            (c2 >>> 8) & 255,
            c2 & 255,
        ]);
    }
    reset() {
        this.c1 = 4294967295;
        this.c2 = 4294967295;
    }
}

class Crc64Nvme {
    impl;
    constructor() {
        const Crt = crc64NvmeCrtContainer.CrtCrc64Nvme;
        this.impl = Crt ? new Crt() : new Crc64NvmeJs();
    }
    update(data) {
        this.impl.update(data);
    }
    async digest() {
        return this.impl.digest();
    }
    reset() {
        this.impl.reset();
    }
}

exports.Crc32c = Crc32cNode;
exports.Crc32cJs = Crc32cJs;
exports.Crc32cNode = Crc32cNode;
exports.Crc64Nvme = Crc64Nvme;
exports.Crc64NvmeJs = Crc64NvmeJs;
exports.crc64NvmeCrtContainer = crc64NvmeCrtContainer;


/***/ }),

/***/ 57122:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

var __webpack_unused_export__;
const { Crc64Nvme, crc64NvmeCrtContainer } = __webpack_require__(8282);
exports.$ = Crc64Nvme;
__webpack_unused_export__ = crc64NvmeCrtContainer;


/***/ }),

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

/***/ 68836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ formatBytes)
/* harmony export */ });
/** Such as `12.3 MB`; a MB is a million bytes. */
function formatBytes(bytes) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
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

/***/ 89120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S3Store: () => (/* binding */ S3Store)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
// EXTERNAL MODULE: ./build/js/src/stores/s3/address.js
var address = __webpack_require__(62377);
// EXTERNAL MODULE: ./build/js/src/core/bytes.js
var core_bytes = __webpack_require__(68836);
;// CONCATENATED MODULE: ./build/js/src/stores/s3/progress.js
/** A line every few seconds while something large is sent. */

const EVERY_MS = 5000;
/**
 * @param share how much of the work is done, 0 to 1; null where nobody knows.
 * @returns to be told of the bytes of each part that arrived.
 */
function progressLines({ log, clock }, url, share) {
    if (log === undefined || clock === undefined)
        return () => undefined;
    const started = clock.monotonic();
    let last = started;
    let sent = 0;
    return (bytes) => {
        sent += bytes;
        const now = clock.monotonic();
        if (now - last < EVERY_MS)
            return;
        last = now;
        const seconds = (now - started) / 1000;
        const done = share?.() ?? 0;
        const left = done > 0 ? `, ${Math.floor(done * 100)} % done, ${leftOver(seconds, done)} left` : '';
        log.info(`Sent ${(0,core_bytes/* formatBytes */.z)(sent)} to ${url}: ${(0,core_bytes/* formatBytes */.z)(sent / seconds)}/s${left}`);
    };
}
function leftOver(seconds, done) {
    const left = Math.ceil(seconds / done - seconds);
    return left < 120 ? `${left} s` : `${Math.ceil(left / 60)} min`;
}

// EXTERNAL MODULE: ./build/js/src/stores/s3/reads.js
var reads = __webpack_require__(21900);
// EXTERNAL MODULE: ./build/js/src/stores/s3/session.js + 1 modules
var session = __webpack_require__(5588);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/crc64-nvme/dist-cjs/index.js
var dist_cjs = __webpack_require__(57122);
;// CONCATENATED MODULE: ./build/js/src/stores/s3/crc64.js
/**
 * CRC64NVME, the one checksum of a whole object that S3 keeps for a multipart upload too.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */

/** The generator polynomial, bits reversed, as the algorithm uses it. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const BITS = 64;
async function crc64(data) {
    const crc = new dist_cjs/* Crc64Nvme */.$();
    crc.update(data);
    return Buffer.from(await crc.digest()).readBigUInt64BE();
}
/** As S3 writes it: base64 of the eight bytes, the highest first. */
function crc64Text(crc) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(crc);
    return bytes.toString('base64');
}
/**
 * The checksum of two pieces of data one after the other, from the checksums of both: the way of zlib's
 * crc32_combine (https://github.com/madler/zlib/blob/develop/crc32.c).
 */
function combineCrc64(first, second, secondBytes) {
    return apply(zeros(secondBytes), first) ^ second;
}
const known = new Map();
/** What as many bytes of zero do to a checksum. All parts but the last have one length, so it is kept. */
function zeros(bytes) {
    const kept = known.get(bytes);
    if (kept !== undefined)
        return kept;
    let result = null;
    let power = squareOf(squareOf(squareOf(oneBit())));
    for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
        if (rest % 2 === 1)
            result = result === null ? power : result.map((column) => apply(power, column));
        power = squareOf(power);
    }
    const matrix = result ?? identity();
    known.set(bytes, matrix);
    return matrix;
}
function identity() {
    return Array.from({ length: BITS }, (_, bit) => 1n << BigInt(bit));
}
/** One bit of zero. */
function oneBit() {
    return Array.from({ length: BITS }, (_, bit) => (bit === 0 ? POLYNOMIAL : 1n << BigInt(bit - 1)));
}
function squareOf(matrix) {
    return matrix.map((column) => apply(matrix, column));
}
function apply(matrix, word) {
    let result = 0n;
    for (let rest = word, bit = 0; rest > 0n; rest >>= 1n, bit++) {
        if ((rest & 1n) === 1n)
            result ^= matrix[bit] ?? 0n;
    }
    return result;
}

;// CONCATENATED MODULE: ./build/js/src/stores/s3/lanes.js
/** A few things at once, with a few buffers. */
/** Runs jobs side by side; the first failure ends it at the next turn. */
class Lanes {
    #limit;
    #active = new Set();
    #failure = null;
    constructor(limit) {
        this.#limit = limit;
    }
    /** Starts a job, and comes back as soon as there is room for another one. @throws what an earlier job threw. */
    async run(job) {
        const running = job()
            .catch((error) => {
            this.#failure ??= { error };
        })
            .finally(() => this.#active.delete(running));
        this.#active.add(running);
        if (this.#active.size >= this.#limit)
            await Promise.race(this.#active);
        this.#check();
    }
    /** Waits for every job. @throws what the first one threw. */
    async all() {
        await this.settled();
        this.#check();
    }
    async settled() {
        await Promise.all(this.#active);
    }
    #check() {
        if (this.#failure !== null)
            throw this.#failure.error;
    }
}
/** Buffers of one size that are used again and again, so that memory does not depend on what flows through. */
class BufferPool {
    #size;
    #free = [];
    constructor(size) {
        this.#size = size;
    }
    take() {
        return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size);
    }
    /** @param buffer one that was taken, or the beginning of one. */
    give(buffer) {
        this.#free.push(Buffer.from(buffer.buffer, 0, this.#size));
    }
}

// EXTERNAL MODULE: ./build/js/src/stores/s3/errors.js
var s3_errors = __webpack_require__(19570);
;// CONCATENATED MODULE: ./build/js/src/stores/s3/writes.js




/** How often, a second apart, it is asked whether the object of a run that wrote at the same time is there. */
const CONFLICT_CHECKS = 30;
/** Returns false where it was there already. */
async function putObject(session, key, bytes, { replace }) {
    const command = new session.sdk.PutObjectCommand({
        Bucket: session.bucket,
        Key: key,
        Body: bytes,
        ChecksumCRC64NVME: crc64Text(await crc64(bytes)),
        ...(replace ? {} : { IfNoneMatch: '*' }),
        ...newObject(session),
    });
    const call = { operation: 'PutObject', key, needs: writeNeeds(session, false) };
    return unlessThere(session, key, () => session.call(call, (client, http) => client.send(command, http)));
}
/** Returns the upload's name. */
async function createUpload(session, key) {
    const command = new session.sdk.CreateMultipartUploadCommand({
        Bucket: session.bucket,
        Key: key,
        ChecksumAlgorithm: 'CRC64NVME',
        ChecksumType: 'FULL_OBJECT',
        ...newObject(session),
    });
    const call = { operation: 'CreateMultipartUpload', key, needs: writeNeeds(session, true) };
    const { UploadId } = await session.call(call, (client, http) => client.send(command, http));
    if (UploadId === undefined)
        throw new errors/* UpstreamError */.gA('S3', 'S3 began an upload without a name for it.');
    return UploadId;
}
/** Returns the part's ETag. */
async function uploadPart(session, key, uploadId, part, bytes) {
    const command = new session.sdk.UploadPartCommand({
        Bucket: session.bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: part.number,
        Body: bytes,
        ChecksumCRC64NVME: part.crc,
    });
    const call = { operation: 'UploadPart', key, needs: writeNeeds(session, true) };
    return (await session.call(call, (client, http) => client.send(command, http))).ETag ?? '';
}
/** Returns false where another run was faster. */
async function completeUpload(session, key, uploadId, { parts, crc }, { replace }) {
    const command = new session.sdk.CompleteMultipartUploadCommand({
        Bucket: session.bucket,
        Key: key,
        UploadId: uploadId,
        ChecksumCRC64NVME: crc64Text(crc),
        ChecksumType: 'FULL_OBJECT',
        ...(replace ? {} : { IfNoneMatch: '*' }),
        MultipartUpload: {
            Parts: parts.map((part) => ({
                PartNumber: part.number,
                ETag: part.etag,
                ChecksumCRC64NVME: part.crc,
            })),
        },
    });
    const call = { operation: 'CompleteMultipartUpload', key, needs: writeNeeds(session, true) };
    return unlessThere(session, key, () => session.call(call, (client, http) => client.send(command, http)));
}
/** Names of the uploads of this very object that were begun and neither finished nor ended. */
async function listUploads(session, key) {
    const call = { operation: 'ListMultipartUploads', key: '', needs: ['s3:ListBucketMultipartUploads'] };
    return session.call(call, async (client, http) => {
        const ids = [];
        let marker = {};
        while (marker !== null) {
            const command = new session.sdk.ListMultipartUploadsCommand({
                Bucket: session.bucket,
                Prefix: key,
                ...marker,
            });
            const page = await client.send(command, http);
            for (const { Key, UploadId } of page.Uploads ?? []) {
                if (Key === key && UploadId !== undefined)
                    ids.push(UploadId);
            }
            marker = page.IsTruncated
                ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
                : null;
        }
        return ids;
    });
}
/** Ends uploads, also when the run was cancelled; one that has ended already is no error. */
async function abortUploads(session, key, uploadIds) {
    const call = { operation: 'AbortMultipartUpload', key, needs: ['s3:AbortMultipartUpload'], always: true };
    for (const UploadId of uploadIds) {
        const command = new session.sdk.AbortMultipartUploadCommand({
            Bucket: session.bucket,
            Key: key,
            UploadId,
        });
        try {
            await session.call(call, (client) => client.send(command));
        }
        catch (error) {
            if (!isGone(error))
                throw error;
        }
    }
}
/** Whether an error says that an upload was ended. */
function isGone(error) {
    return (0,s3_errors/* isNamed */.ev)((0,s3_errors/* causeOf */.rl)(error), 'NoSuchUpload');
}
/** What every new object gets. */
function newObject({ options: { kmsKeyId, tags } }) {
    const query = [...(tags ?? [])].map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    return {
        ...(kmsKeyId ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId } : {}),
        ...(query === '' ? {} : { Tagging: query }),
    };
}
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function writeNeeds({ options: { kmsKeyId, tags } }, inParts) {
    return [
        's3:PutObject',
        ...(tags && tags.size > 0 ? ['s3:PutObjectTagging'] : []),
        ...(kmsKeyId ? ['kms:GenerateDataKey', ...(inParts ? ['kms:Decrypt'] : [])] : []),
    ];
}
/** Runs a conditional write. A write of another run at the same moment is waited for. */
async function unlessThere(session, key, write) {
    try {
        await write();
        return true;
    }
    catch (error) {
        const cause = (0,s3_errors/* causeOf */.rl)(error);
        if ((0,s3_errors/* isStatus */.zM)(cause, 412))
            return false;
        if (!(0,s3_errors/* isStatus */.zM)(cause, 409))
            throw error;
        const { clock } = session.options;
        for (let checks = 0; checks < CONFLICT_CHECKS; checks++) {
            if ((await (0,reads/* sizeOf */.$d)(session, key)) !== null)
                return false;
            await clock?.sleep(1000, session.signal);
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/js/src/stores/s3/upload.js





/** Also the size from which on an object is sent in parts. */
const PART_BYTES = 8 * 1024 * 1024;
/** S3 takes 10,000; a bound may be a little too low where headers of names are long. */
const MOST_PARTS = 9_500;
const PARALLEL_PARTS = 3;
/** Returns false where the object was there already. The stream is used up or destroyed. */
async function uploadStream(session, key, source, options) {
    const pool = new BufferPool(partBytesFor(options.maxBytes));
    const parts = partsOf(source, pool);
    try {
        const first = await parts.next();
        if (first.done === true)
            return await putObject(session, key, Buffer.alloc(0), options);
        if (!first.value.isLast)
            return await uploadParts(session, key, prepend(first.value, parts), pool, options);
        const done = await putObject(session, key, first.value.bytes, options);
        options.onSent(first.value.bytes.length);
        return done;
    }
    finally {
        source.destroy();
    }
}
/** A whole number of MiB that lets everything fit into the number of parts that S3 takes. */
function partBytesFor(maxBytes) {
    const mebibyte = 1024 * 1024;
    return Math.max(PART_BYTES, Math.ceil(maxBytes / MOST_PARTS / mebibyte) * mebibyte);
}
/** Cuts a stream into parts; each buffer has to be given back. An empty stream has no part. */
async function* partsOf(source, pool) {
    let buffer = null;
    let filled = 0;
    for await (const chunk of source) {
        const bytes = Buffer.from(chunk);
        for (let at = 0; at < bytes.length;) {
            if (buffer !== null && filled === buffer.length) {
                yield { bytes: buffer, isLast: false };
                buffer = null;
            }
            if (buffer === null) {
                buffer = pool.take();
                filled = 0;
            }
            const copied = bytes.copy(buffer, filled, at);
            at += copied;
            filled += copied;
        }
    }
    if (buffer !== null)
        yield { bytes: buffer.subarray(0, filled), isLast: true };
}
async function* prepend(first, rest) {
    yield first;
    yield* rest;
}
async function uploadParts(session, key, parts, pool, options) {
    // Before anything is sent, and before our own is among them.
    const leftovers = await listUploads(session, key);
    const uploadId = await createUpload(session, key);
    let written;
    try {
        const sent = await sendParts(session, key, uploadId, parts, pool, options.onSent);
        written = await completeUpload(session, key, uploadId, sent, options);
    }
    catch (error) {
        if (isGone(error))
            return afterEnd(session, key, error);
        // What went wrong first is what the user has to know.
        await abortUploads(session, key, [uploadId]).catch((second) => {
            session.options.log?.debug(`The upload ${uploadId} could not be ended: ${(0,errors/* messageOf */.bD)(second)}`);
        });
        throw error;
    }
    await abortUploads(session, key, written ? leftovers : [uploadId, ...leftovers]);
    return written;
}
/** A run that was faster took our upload for a leftover. */
async function afterEnd(session, key, cause) {
    if ((await (0,reads/* sizeOf */.$d)(session, key)) !== null)
        return false;
    const url = session.urlOf(key);
    throw new errors/* UpstreamError */.gA('S3', `Somebody else ended the upload of ${url}. Run this step again.`, { cause });
}
async function sendParts(session, key, uploadId, parts, pool, onSent) {
    const sent = [];
    const lanes = new Lanes(PARALLEL_PARTS);
    let crc = null;
    try {
        for await (const { bytes } of parts) {
            const number = sent.length + 1;
            const own = await crc64(bytes);
            crc = crc === null ? own : combineCrc64(crc, own, bytes.length);
            const part = { number, crc: crc64Text(own), etag: '' };
            sent.push(part);
            await lanes.run(async () => {
                const etag = await uploadPart(session, key, uploadId, part, bytes);
                sent[number - 1] = { ...part, etag };
                onSent(bytes.length);
                pool.give(bytes);
            });
        }
        await lanes.all();
    }
    finally {
        await lanes.settled();
    }
    return { parts: sent, crc: crc ?? 0n };
}

;// CONCATENATED MODULE: ./build/js/src/stores/s3/s3-store.js
/** An artifact store below a prefix of an S3 bucket. */











class S3Store {
    url;
    #session;
    #prefix;
    constructor(session, prefix) {
        this.#session = session;
        this.#prefix = prefix;
        this.url = session.urlOf(prefix);
    }
    /** @param url `s3://bucket` or `s3://bucket/prefix`. Asks S3 nothing. @throws UserError for any other URL. */
    static async open(url, options = {}) {
        const { bucket, key } = (0,address/* parseS3Url */.F)(url);
        const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
        return new S3Store(await session/* S3Session */.J.open(bucket, options), prefix);
    }
    async exists(key) {
        return (await this.size(key)) !== null;
    }
    async size(key) {
        return (0,reads/* sizeOf */.$d)(this.#session, this.#keyOf(key));
    }
    async put(key, data, { replace = false, maxBytes = 0, share } = {}) {
        const whole = this.#keyOf(key);
        if (!(data instanceof external_node_stream_.Readable)) {
            const bytes = Buffer.from(data);
            if (bytes.length <= partBytesFor(bytes.length)) {
                return putObject(this.#session, whole, bytes, { replace });
            }
            return this.put(key, external_node_stream_.Readable.from([bytes], { objectMode: false }), {
                replace,
                maxBytes: bytes.length,
            });
        }
        const onSent = progressLines(this.#session.options, this.urlOf(key), share ?? null);
        try {
            if (!replace && (await this.exists(key)))
                return false;
            return await uploadStream(this.#session, whole, data, { replace, maxBytes, onSent });
        }
        finally {
            data.destroy();
        }
    }
    async open(key) {
        return (await (0,reads/* openObject */.MA)(this.#session, this.#keyOf(key))).body;
    }
    urlOf(key) {
        return this.#session.urlOf(this.#keyOf(key));
    }
    async record(value) {
        const text = (0,canonical_json/* canonicalJson */.dj)(value);
        const digest = (0,canonical_json/* sha256 */.sc)(text);
        const key = stores/* storeKeys */.G5.release(digest);
        if (await this.put(key, text))
            return digest;
        if ((0,canonical_json/* sha256 */.sc)(await (0,consumers_.buffer)(await this.open(key))) === digest)
            return digest;
        throw new errors/* UpstreamError */.gA('S3', `${this.urlOf(key)} was changed after it was written: its content is not what its name says. Restore or remove it.`);
    }
    async tidy(key) {
        const whole = this.#keyOf(key);
        await abortUploads(this.#session, whole, await listUploads(this.#session, whole));
    }
    #keyOf(key) {
        const isPlain = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
        if (!isPlain)
            throw new Error(`"${key}" is no key of an artifact store.`);
        return this.#prefix + key;
    }
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
