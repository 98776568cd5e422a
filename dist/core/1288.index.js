export const id = 1288;
export const ids = [1288];
export const modules = {

/***/ 51251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ inspectArchive),
/* harmony export */   fb: () => (/* binding */ archiveSourceOf),
/* harmony export */   yG: () => (/* binding */ archiveSource)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(36608);
/* harmony import */ var _content_tree_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(11400);
/* harmony import */ var _hash_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70103);
/* harmony import */ var _pack_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(27020);
/* harmony import */ var _read_archive_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(20841);
/* harmony import */ var _streams_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(92667);
/** A model that is an archive already: it is read to know its content, and stored byte for byte. */










/** Reads an archive to its end, writing nothing. @throws UserError as `readArchive` does. */
async function inspectArchive(source, options) {
    const meter = new _streams_js__WEBPACK_IMPORTED_MODULE_9__/* .Meter */ .kI();
    // A failure of the source is on `meter` as well, where the reader finds it.
    (0,node_stream__WEBPACK_IMPORTED_MODULE_3__.pipeline)(source, meter, () => undefined);
    const files = [];
    await (0,_read_archive_js__WEBPACK_IMPORTED_MODULE_8__/* .readArchive */ .b)(meter, options, async (entry, content) => {
        const { sha256, isLfsPointer } = await (0,_hash_file_js__WEBPACK_IMPORTED_MODULE_6__/* .hashBytes */ .yi)(content, options.signal);
        if (isLfsPointer)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`${options.label} has "${entry.path}", which is a Git LFS pointer.`);
        files.push({ ...entry, sha256 });
    });
    return { tree: (0,_content_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .contentTree */ .ap)(files), sha256: meter.sha256, bytes: meter.bytes };
}
/** An archive on this machine. @throws UserError for one that cannot be used. */
async function archiveSource(root, signal) {
    const { size } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(root.path);
    const open = async () => Promise.resolve((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(root.path));
    return archiveSourceOf({ shown: root.shown, size, open }, root.where, signal);
}
/** @param where the input that names it. @throws UserError for an archive that cannot be used. */
async function archiveSourceOf(archive, where, signal) {
    const options = { label: `${where} "${archive.shown}"`, signal };
    const { tree, sha256 } = await inspectArchive(await archive.open(), options);
    if ((0,_content_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .treeBytes */ .eS)(tree) === 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`${options.label} has no file with anything in it.`);
    return {
        tree,
        leftOut: [],
        ready: true,
        pack: (_, onProgress) => node_stream__WEBPACK_IMPORTED_MODULE_3__.Readable.from(sameBytes(archive, sha256, signal, onProgress), { objectMode: false }),
        maxBytes: () => archive.size,
        read: (path) => readEntry(archive, path, options),
        stream: () => {
            throw new Error('An archive is stored as it is, not file by file.');
        },
    };
}
async function* sameBytes(archive, sha256, signal, onProgress) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let bytes = 0;
    for await (const chunk of (await archive.open())) {
        (0,_streams_js__WEBPACK_IMPORTED_MODULE_9__/* .stopIfCancelled */ .FE)(signal);
        hash.update(chunk);
        onProgress?.((bytes += chunk.length) / archive.size);
        yield chunk;
    }
    if (hash.digest('hex') !== sha256)
        throw (0,_pack_js__WEBPACK_IMPORTED_MODULE_7__/* .changed */ .tD)(archive.shown);
}
async function readEntry(archive, path, options) {
    const chunks = [];
    await (0,_read_archive_js__WEBPACK_IMPORTED_MODULE_8__/* .readArchive */ .b)(await archive.open(), options, async (entry, content) => {
        for await (const chunk of content) {
            if (entry.path === path)
                chunks.push(chunk);
        }
    });
    return Buffer.concat(chunks);
}


/***/ }),

/***/ 11400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IB: () => (/* binding */ fileMode),
/* harmony export */   ap: () => (/* binding */ contentTree),
/* harmony export */   cD: () => (/* binding */ comparePaths),
/* harmony export */   eS: () => (/* binding */ treeBytes),
/* harmony export */   eZ: () => (/* binding */ contentDigest)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/**
 * A model's content as a list of its files: what a model is, whatever folder, archive or compression it comes in.
 */

/** Sorts files into a tree, and drops whatever else the objects carry. */
function contentTree(files) {
    return [...files]
        .map(({ path, mode, size, sha256 }) => ({ path, mode, size, sha256 }))
        .sort((a, b) => comparePaths(a.path, b.path));
}
/** The model digest: sha256 of the tree's canonical JSON, 64 hexadecimal digits. */
function contentDigest(tree) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(contentTree(tree));
}
/** By code unit, so that no locale has a say. */
function comparePaths(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** @param mode permission bits as `stat` gives them, or as they stand in a tar header. */
function fileMode(mode) {
    return (mode & 0o100) === 0 ? '644' : '755';
}
/** Of all files together, in bytes. */
function treeBytes(tree) {
    return tree.reduce((sum, file) => sum + file.size, 0);
}


/***/ }),

/***/ 48393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ exclusionOfPath),
/* harmony export */   a: () => (/* binding */ exclusionOf)
/* harmony export */ });
/** What never goes into an archive, by its name. */
const CLUTTER = [
    /^__pycache__$/,
    /^\.git$/,
    /^\.ipynb_checkpoints$/,
    // What training leaves: lightning and Hugging Face's Trainer.
    /^checkpoints$/,
    /^checkpoint-\d+$/,
    /\.pyc$/,
    /^\.ds_store$/,
    /^\.ml-deploy$/,
];
const SECRETS = [
    /^\.env(\..+)?$/,
    /\.(pem|key|p12|pfx)$/,
    /^id_(rsa|dsa|ecdsa|ed25519)$/,
    /^\.(aws|azure|ssh|gnupg|kube|docker|netrc|pypirc|npmrc|pgpass|git-credentials)$/,
    /^credentials(\.json)?$/,
];
/** Why a file or folder of this name is left out; null where it is not. */
function exclusionOf(name) {
    const lower = name.toLowerCase();
    if (SECRETS.some((pattern) => pattern.test(lower)))
        return 'secret';
    if (CLUTTER.some((pattern) => pattern.test(lower)))
        return 'clutter';
    return null;
}
/** The same for a path: the first of its names that is left out decides. */
function exclusionOfPath(path) {
    for (const name of path.split('/')) {
        const reason = exclusionOf(name);
        if (reason !== null)
            return reason;
    }
    return null;
}


/***/ }),

/***/ 70103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DC: () => (/* binding */ hashFile),
/* harmony export */   NS: () => (/* binding */ isLfsPointer),
/* harmony export */   YY: () => (/* binding */ POINTER_BYTES),
/* harmony export */   yi: () => (/* binding */ hashBytes)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _read_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13243);
/* harmony import */ var _streams_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92667);



/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is less than 1024 bytes. */
const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/');
const LONGEST_POINTER = 1024;
/** As many first bytes tell whether a file is a pointer. */
const POINTER_BYTES = LFS_POINTER.length;
/** @param head the file's first bytes, `POINTER_BYTES` of them where it has as many. */
function isLfsPointer(size, head) {
    return size < LONGEST_POINTER && LFS_POINTER.equals(head);
}
/** Reads bytes as they come, never all at once. */
async function hashBytes(content, signal) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    let head = Buffer.alloc(0);
    for await (const chunk of content) {
        (0,_streams_js__WEBPACK_IMPORTED_MODULE_2__/* .stopIfCancelled */ .FE)(signal);
        hash.update(chunk);
        size += chunk.length;
        if (head.length < POINTER_BYTES) {
            head = Buffer.concat([head, chunk.subarray(0, POINTER_BYTES - head.length)]);
        }
    }
    return { size, sha256: hash.digest('hex'), isLfsPointer: isLfsPointer(size, head) };
}
/** @throws the file system's own error. */
async function hashFile(path, signal) {
    return hashBytes((0,_read_file_js__WEBPACK_IMPORTED_MODULE_1__/* .fileChunks */ .T)(path), signal);
}


/***/ }),

/***/ 9573:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $2: () => (/* binding */ manifestText),
/* harmony export */   KB: () => (/* binding */ MANIFEST_SCHEMA),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   fJ: () => (/* binding */ archiveKeys)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _stores_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57717);
/* harmony import */ var _content_tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11400);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(79479);
/** What stands beside an archive in the store: what is in it, and what its bytes are. */




const MANIFEST_SCHEMA = 'ml-deploy/manifest/v1';
/** The forms of one content have different bytes, so each has a manifest of its own. */
function archiveKeys(digest, form) {
    switch (form) {
        case 'gzip':
            return { archive: _stores_js__WEBPACK_IMPORTED_MODULE_1__/* .storeKeys */ .G5.archive(digest), manifest: _stores_js__WEBPACK_IMPORTED_MODULE_1__/* .storeKeys */ .G5.manifest(digest) };
        case 'tar':
            return { archive: _stores_js__WEBPACK_IMPORTED_MODULE_1__/* .storeKeys */ .G5.tar(digest), manifest: _stores_js__WEBPACK_IMPORTED_MODULE_1__/* .storeKeys */ .G5.tarManifest(digest) };
        case 'files':
            return { archive: _stores_js__WEBPACK_IMPORTED_MODULE_1__/* .storeKeys */ .G5.files(digest), manifest: _stores_js__WEBPACK_IMPORTED_MODULE_1__/* .storeKeys */ .G5.filesManifest(digest) };
    }
}
function manifestText(manifest) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)(manifest);
}
/** Reads a manifest; null for a text that is none, or that is not about this content. */
function parseManifest(text, digest) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return null;
    }
    return isManifest(value) && value.digest === digest && (0,_content_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .contentDigest */ .eZ)(value.files) === digest ? value : null;
}
function isManifest(value) {
    return ((0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) &&
        value.schema === MANIFEST_SCHEMA &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(value.digest) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(value.sha256) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp)(value.bytes) &&
        (value.compression === 'gzip' || value.compression === 'none') &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH)(value.framework) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isTextOrNull */ .MA)(value.frameworkVersion) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH)(value.packer) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isListOf */ .sh)(value.files, isFile) &&
        (value.signature === null || (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSignature */ .hi)(value.signature)));
}
function isFile(value) {
    return ((0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH)(value.path) &&
        (value.mode === '644' || value.mode === '755') &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp)(value.size) &&
        (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(value.sha256));
}


/***/ }),

/***/ 27020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hD: () => (/* binding */ PACKER),
  tD: () => (/* binding */ changed),
  Po: () => (/* binding */ packFiles),
  HQ: () => (/* binding */ packedBound),
  Pq: () => (/* binding */ streamFile)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/js/src/core/archive/gzip.js
/**
 * Gzip on every core, as pigz does it: the data is cut into blocks of one size, each is deflated by a thread of its
 * own with the end of the block before it as its dictionary, and the pieces are joined into ONE gzip member, which any
 * reader takes. The bytes depend on the data alone, not on the number of threads.
 *
 * https://www.rfc-editor.org/rfc/rfc1951 (deflate), https://www.rfc-editor.org/rfc/rfc1952 (gzip)
 */



const deflate = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
/** Large enough that the dictionary and the start of a thread weigh nothing. */
const BLOCK_BYTES = 1024 * 1024;
/** The window of deflate. */
const DICTIONARY_BYTES = 32 * 1024;
/** Within a few hundredths of 6, the level that every tool uses, and faster by a quarter to a half. */
const LEVEL = 5;
/** No time, and 255 for an operating system that is not told. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty last block. */
const LAST_BLOCK = Buffer.from([3, 0]);
/** A stored block has a length of 16 bits. */
const MOST_STORED = 0xffff;
/** Blocks under way beyond the number of threads, so that none of them waits. */
const AHEAD = 1;
const SAMPLES = 4;
const SAMPLE_BYTES = 8 * 1024;
/**
 * A block whose samples shrink by less than this is stored: floating-point weights shrink by about 7 %, at a tenth
 * of the speed of a network, and everybody who downloads them would pay for it again.
 */
const WORTH_IT = 0.9;
/**
 * @param blocks each of BLOCK_BYTES, but for the last one; not to be changed after they were handed over.
 * @param parallel how many blocks are deflated at once.
 */
async function* gzip(blocks, parallel = (0,external_node_os_.availableParallelism)()) {
    yield HEADER;
    let crc = 0;
    let size = 0;
    let dictionary;
    const underWay = [];
    try {
        for await (const block of blocks) {
            crc = (0,external_node_zlib_.crc32)(block, crc);
            size += block.length;
            const piece = deflateBlock(block, dictionary);
            // Awaited in its turn; until then, a failure must not count as unhandled.
            piece.catch(() => undefined);
            underWay.push(piece);
            dictionary = Buffer.from(block.subarray(-DICTIONARY_BYTES));
            if (underWay.length >= parallel + AHEAD)
                yield* (await underWay.shift()) ?? [];
        }
        for (const piece of underWay)
            yield* await piece;
    }
    finally {
        await Promise.allSettled(underWay);
    }
    yield Buffer.concat([LAST_BLOCK, trailer(crc, size)]);
}
async function deflateBlock(block, dictionary) {
    if (!isWorthIt(block))
        return stored(block);
    const options = {
        level: LEVEL,
        // Ends on a whole byte without being the last block, so that another one may follow.
        finishFlush: external_node_zlib_.constants.Z_SYNC_FLUSH,
        chunkSize: BLOCK_BYTES / 4,
        ...(dictionary === undefined ? {} : { dictionary }),
    };
    const deflated = await deflate(block, options);
    return deflated.length < block.length ? [deflated] : stored(block);
}
/** Whether a block shrinks, by a few samples of it. */
function isWorthIt(block) {
    if (block.length <= SAMPLES * SAMPLE_BYTES)
        return true;
    const step = Math.floor((block.length - SAMPLE_BYTES) / (SAMPLES - 1));
    const samples = Array.from({ length: SAMPLES }, (_, i) => block.subarray(i * step, i * step + SAMPLE_BYTES));
    // One after the other, so that four equal samples of random bytes do not look like something that repeats.
    const deflated = samples.reduce((sum, sample) => sum + (0,external_node_zlib_.deflateRawSync)(sample, { level: 1 }).length, 0);
    return deflated < SAMPLES * SAMPLE_BYTES * WORTH_IT;
}
function stored(block) {
    const pieces = [];
    for (let at = 0; at < block.length; at += MOST_STORED) {
        const part = block.subarray(at, at + MOST_STORED);
        const header = Buffer.alloc(5);
        header.writeUInt16LE(part.length, 1);
        header.writeUInt16LE(~part.length & 0xffff, 3);
        pieces.push(header, part);
    }
    return pieces;
}
function trailer(crc, size) {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(crc, 0);
    bytes.writeUInt32LE(size % 2 ** 32, 4);
    return bytes;
}
/** At most as many bytes come out for `bytes` that go in. */
function gzipBound(bytes) {
    return bytes + (Math.ceil(bytes / MOST_STORED) + Math.ceil(bytes / BLOCK_BYTES) + 1) * 5 + 20;
}

// EXTERNAL MODULE: ./build/js/src/core/archive/read-file.js
var read_file = __webpack_require__(13243);
// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
;// CONCATENATED MODULE: ./build/js/src/core/archive/tar-header.js
/** The header of a file in a tar, by tar-stream; nothing in it depends on the machine, the user or the time. */

/**
 * Not the epoch: some tools take 0 for "no time", and ZIP knows nothing before 1980. A month later, no time zone
 * makes 1979 of it.
 */
const MTIME = new Date('1980-02-01T00:00:00Z');
/** One or more whole blocks of 512 bytes. */
async function tarHeader(entry) {
    return isPlain(entry) ? filledIn(await templateOf(entry.mode), entry) : encode(entry);
}
/** Zeros up to the end of a block, behind `size` bytes of content. */
function tarPadding(size) {
    return Buffer.alloc((512 - (size % 512)) % 512);
}
/** Two blocks of zeros. */
const TAR_END = Buffer.alloc(1024);
/** Lets tar-stream begin an archive with this entry, and takes what it wrote so far. */
function encode({ path: name, mode, size }) {
    return new Promise((resolve, reject) => {
        const tar = (0,tar_stream.pack)();
        tar.once('readable', () => {
            const blocks = [];
            for (let block = readFrom(tar); block !== null; block = readFrom(tar))
                blocks.push(block);
            resolve(Buffer.concat(blocks));
            tar.destroy();
        });
        tar.once('error', reject);
        const owner = { uid: 0, gid: 0, uname: '', gname: '' };
        const header = { name, size, mode: Number.parseInt(mode, 8), mtime: MTIME, type: 'file' };
        // It ends without its content, which is not asked for here.
        tar.entry({ ...header, ...owner }).once('error', () => undefined);
    });
}
function readFrom(tar) {
    return tar.read();
}
// Where the fields of a header are: https://www.gnu.org/software/tar/manual/html_node/Standard.html
const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, digits: 11 };
const CHECKSUM = { at: 148, length: 8 };
const MOST_SIZE = 8 ** SIZE.digits;
/** Whether everything fits into one header of the oldest kind. */
function isPlain({ path, size }) {
    return path.length < NAME.length && /^[\x20-\x7e]+$/.test(path) && !path.endsWith('/') && size < MOST_SIZE;
}
const templates = new Map();
/** Encoding takes longer than a small file does, so a header is encoded once and filled in from then on. */
function templateOf(mode) {
    const known = templates.get(mode) ?? encode({ path: '', mode, size: 0 });
    templates.set(mode, known);
    return known;
}
function filledIn(template, { path, size }) {
    const header = Buffer.from(template);
    header.write(path, NAME.at, 'latin1');
    header.write(size.toString(8).padStart(SIZE.digits, '0'), SIZE.at, 'latin1');
    header.fill(' ', CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')} \0`, CHECKSUM.at, 'latin1');
    return header;
}

// EXTERNAL MODULE: ./build/js/src/core/archive/walk.js
var walk = __webpack_require__(16509);
;// CONCATENATED MODULE: ./build/js/src/core/archive/pack.js
/**
 * A reproducible archive: the same files give the same bytes, whoever packs them, wherever and whenever.
 * Only deflate itself may differ between versions of Node, which is why nothing is named by the compressed bytes.
 */









/** Recorded in manifests; to be raised when the same files would give other bytes before compression. */
const PACKER = 'ml-deploy/tar-v1';
/** Up to this size a file is read at once: for small ones, waiting for a thread takes longer than reading. */
const SMALL_BYTES = 256 * 1024;
/**
 * Packs files in the order given. The stream fails with a UserError where a file's bytes are not those that the tree
 * names, so that an archive always holds what its digest says.
 */
function packFiles(files, options) {
    const blocks = tarBlocks(files, options);
    const bytes = options.compression === 'none' ? blocks : gzip(blocks, options.parallel);
    return external_node_stream_.Readable.from(bytes, { objectMode: false, highWaterMark: BLOCK_BYTES });
}
/** At most as many bytes come out of `packFiles`. */
function packedBound(files, compression) {
    const tar = tarBound(files);
    return compression === 'none' ? tar : gzipBound(tar);
}
/** The bytes of one file, as long as they are those of the tree. */
function streamFile(file, signal) {
    return external_node_stream_.Readable.from(copies(largeFile(file, signal)), { objectMode: false });
}
async function* copies(chunks) {
    for await (const chunk of chunks)
        yield Buffer.from(chunk);
}
/** Without compression. A long name has a record of its own, of which this is an upper bound. */
function tarBound(files) {
    const content = files.reduce((sum, file) => sum + Math.ceil(file.size / 512) * 512, 0);
    const header = ({ path }) => (path.length < 100 ? 512 : 0) + 2048 + 3 * path.length;
    return files.reduce((sum, file) => sum + header(file), content + TAR_END.length);
}
/** A file is not what it was when its digest was taken. */
function changed(path, cause) {
    return new errors/* UserError */.yo(`"${path}" changed while it was being packed, so nothing was written. ` +
        'Let whatever writes to the model finish first, then run this step again.', { cause });
}
/** The tar in blocks of one size, so that the compressed bytes do not depend on how it came about. */
async function* tarBlocks(files, { signal, onProgress }) {
    let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    let filled = 0;
    let total = 0;
    const all = tarBound(files);
    for await (const chunk of tarBytes(files, signal)) {
        for (let at = 0; at < chunk.length;) {
            const copied = chunk.copy(block, filled, at);
            at += copied;
            filled += copied;
            if (filled < BLOCK_BYTES)
                continue;
            onProgress?.((total += filled) / all);
            yield block;
            block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
            filled = 0;
        }
    }
    onProgress?.(1);
    if (filled > 0)
        yield block.subarray(0, filled);
}
/** The pieces are only good until the next one is asked for. */
async function* tarBytes(files, signal) {
    for (const file of files) {
        (0,streams/* stopIfCancelled */.FE)(signal);
        yield await tarHeader(file);
        if (file.size <= SMALL_BYTES)
            yield smallFile(file);
        else
            yield* largeFile(file, signal);
        yield tarPadding(file.size);
    }
    yield TAR_END;
}
function smallFile(file) {
    let content;
    try {
        content = (0,external_node_fs_.readFileSync)(file.source);
    }
    catch (error) {
        throw unreadable(file, error);
    }
    const isSame = content.length === file.size && (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex') === file.sha256;
    if (!isSame)
        throw changed(file.source);
    return content;
}
/** The bytes of a file as long as they are those of the tree. */
async function* largeFile(file, signal) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    try {
        for await (const chunk of (0,read_file/* fileChunks */.T)(file.source)) {
            (0,streams/* stopIfCancelled */.FE)(signal);
            size += chunk.length;
            if (size > file.size)
                throw changed(file.source);
            hash.update(chunk);
            yield chunk;
        }
    }
    catch (error) {
        throw unreadable(file, error);
    }
    if (size !== file.size || hash.digest('hex') !== file.sha256)
        throw changed(file.source);
}
/** What the file system says about a file; every other error stays as it is. */
function unreadable(file, error) {
    if ((0,streams/* errorCode */.CA)(error) === '')
        return error;
    return new errors/* UserError */.yo(`"${file.source}" ${(0,walk/* whyUnreadable */._p)(error)}`, { cause: error });
}


/***/ }),

/***/ 20841:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ readArchive)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/archive/content-tree.js
var content_tree = __webpack_require__(11400);
;// CONCATENATED MODULE: ./build/js/src/core/archive/check-entry.js


/** A plain file of the archive; null for a folder. @throws UserError for anything else. */
function checkEntry(header, label) {
    const path = safePath(header.name, label);
    if (header.type === 'directory')
        return null;
    const isFile = header.type === 'file' || header.type === 'contiguous-file';
    const isSparse = Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
    if (!isFile || isSparse) {
        // The type is null for letters that tar-stream does not know, whatever its types say.
        const what = isSparse
            ? 'a sparse file'
            : `a ${header.type ?? 'thing of an unknown kind'}`;
        const fix = what.endsWith('link') ? ' Pack it with "tar --dereference --hard-dereference".' : '';
        throw new errors/* UserError */.yo(`${label} has the entry "${header.name}", which is ${what}; only files are taken.${fix}`);
    }
    if (path === '')
        throw new errors/* UserError */.yo(`${label} has a file without a name.`);
    return { path, mode: (0,content_tree/* fileMode */.IB)(header.mode), size: header.size };
}
/** The path without "./" and doubled slashes. @throws UserError where it could lead out of a folder. */
function safePath(name, label) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    const leads = name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) || parts.includes('..');
    if (leads || name.includes('\0') || /(^|\\)\.\.(\\|$)/.test(name)) {
        throw new errors/* UserError */.yo(`${label} has the entry "${name}", which leads out of the folder it is unpacked into.`);
    }
    return parts.join('/');
}

// EXTERNAL MODULE: ./build/js/src/core/archive/streams.js
var streams = __webpack_require__(92667);
;// CONCATENATED MODULE: ./build/js/src/core/archive/read-archive.js
/**
 * Reads a tar archive, compressed or not, one file after the other. Everything that could write outside of a folder,
 * or that is more than a plain file, is refused.
 */







const DEFAULT_LIMITS = { entries: 100_000, bytes: 64 * 1024 ** 3 };
const BLOCK = 512;
const TAR_MAGIC_AT = 257;
/**
 * @throws UserError for data that is no archive, is cut short, holds what is refused, or is over a limit; whatever
 * `source` or `visit` throws.
 */
async function readArchive(source, options, visit) {
    const { label, signal } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const { head, all } = await peek(source);
    const isGzip = checkMagic(head, label, source);
    const tar = (0,tar_stream.extract)();
    const end = new EndOfTar(label, limits.bytes);
    const feeding = isGzip ? (0,promises_.pipeline)(all, (0,external_node_zlib_.createGunzip)(), end, tar) : (0,promises_.pipeline)(all, end, tar);
    // Awaited below; until then, a failure must not count as unhandled.
    feeding.catch(() => undefined);
    try {
        await visitAll(tar, label, limits.entries, signal, visit);
        await feeding;
    }
    catch (error) {
        // What broke the flow says more than the entry that was cut off by it.
        throw explain(label, isOurs(error)
            ? error
            : await feeding.then(() => error, (first) => first));
    }
    if (!end.complete)
        throw damaged(label, 'it has no end mark');
}
async function visitAll(tar, label, maxEntries, signal, visit) {
    const seen = new Set();
    let count = 0;
    for await (const entry of tar) {
        (0,streams/* stopIfCancelled */.FE)(signal);
        if (++count > maxEntries)
            throw new errors/* UserError */.yo(`${label} has more than ${maxEntries} entries.`);
        const file = checkEntry(entry.header, label);
        if (file === null) {
            entry.resume();
            continue;
        }
        if (seen.has(file.path))
            throw new errors/* UserError */.yo(`${label} has "${file.path}" twice.`);
        seen.add(file.path);
        await visit(file, bytesOf(entry));
    }
}
/**
 * An entry as nothing but an iterable. Node's pipeline takes an entry for a stream of its own kind, and waits forever
 * for the end of one that broke before it was asked for.
 */
async function* bytesOf(entry) {
    yield* entry;
}
/** The first block, and everything including it. */
async function peek(source) {
    const chunks = source[Symbol.asyncIterator]();
    const first = [];
    let next = await chunks.next();
    for (let length = 0; next.done !== true; next = await chunks.next()) {
        first.push(next.value);
        length += next.value.length;
        if (length >= BLOCK)
            break;
    }
    const head = Buffer.concat(first);
    const rest = async function* () {
        yield head;
        yield* { [Symbol.asyncIterator]: () => chunks };
    };
    return { head, all: external_node_stream_.Readable.from(rest(), { objectMode: false }) };
}
/** Whether it is gzip. @throws UserError for what is neither gzip nor tar; the source is let go of then. */
function checkMagic(head, label, source) {
    if (head[0] === 0x1f && head[1] === 0x8b)
        return true;
    if (head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar')
        return false;
    source.destroy();
    if (head.length === 0)
        throw new errors/* UserError */.yo(`${label} is empty.`);
    const bytes = head.subarray(0, 8).toString('hex');
    throw new errors/* UserError */.yo(`${label} is neither a gzip nor a tar archive: it begins with the bytes ${bytes}.`);
}
/** Watches the flow of the tar's own bytes: their number, and the zeros that mark the end of an archive. */
class EndOfTar extends external_node_stream_.Transform {
    #label;
    #limit;
    #bytes = 0;
    #zeros = 0;
    constructor(label, limit) {
        super();
        this.#label = label;
        this.#limit = limit;
    }
    get complete() {
        return this.#zeros >= BLOCK;
    }
    _transform(chunk, _encoding, done) {
        this.#bytes += chunk.length;
        if (this.#bytes > this.#limit) {
            done(new errors/* UserError */.yo(`${this.#label} is larger than ${this.#limit} bytes when unpacked.`));
            return;
        }
        let start = chunk.length;
        while (start > 0 && chunk[start - 1] === 0)
            start--;
        this.#zeros = (start === 0 ? this.#zeros : 0) + chunk.length - start;
        done(null, chunk);
    }
}
function isOurs(error) {
    return error instanceof errors/* UserError */.yo || error instanceof errors/* UpstreamError */.gA || error instanceof errors/* CancelledError */.cc;
}
function explain(label, error) {
    const code = (0,streams/* errorCode */.CA)(error);
    // Errors of the file system or a socket keep their words; zlib's and tar's say the same thing in many ways.
    const fromSystem = error instanceof Error && 'syscall' in error;
    return isOurs(error) || fromSystem ? error : damaged(label, code || (0,errors/* messageOf */.bD)(error), error);
}
function damaged(label, detail, cause) {
    return new errors/* UserError */.yo(`${label} is cut short or damaged (${detail}). Pack or download it again.`, { cause });
}


/***/ }),

/***/ 13243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ fileChunks)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);

const CHUNK = 1024 * 1024;
/**
 * A file in large pieces, the next of which is read while one is looked at. Each piece is overwritten after the next
 * one was asked for: whoever keeps it has to copy it.
 *
 * @throws the file system's own error.
 */
async function* fileChunks(path) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path);
    let ahead = null;
    try {
        let [now, next] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
        ahead = readInto(file, now);
        for (;;) {
            const bytes = await ahead;
            if (bytes === 0)
                return;
            ahead = readInto(file, next);
            yield now.subarray(0, bytes);
            [now, next] = [next, now];
        }
    }
    finally {
        // A handle must not be closed under a read that is under way.
        await ahead?.catch(() => undefined);
        await file.close();
    }
}
function readInto(file, buffer) {
    const reading = file.read(buffer, 0, buffer.length, null).then(({ bytesRead }) => bytesRead);
    // Looked at by the next turn; until then, a failure must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
}


/***/ }),

/***/ 79479:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   KH: () => (/* binding */ isText),
/* harmony export */   MA: () => (/* binding */ isTextOrNull),
/* harmony export */   hi: () => (/* binding */ isSignature),
/* harmony export */   kp: () => (/* binding */ isSize),
/* harmony export */   sh: () => (/* binding */ isListOf)
/* harmony export */ });
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value) {
    return typeof value === 'string';
}
function isTextOrNull(value) {
    return value === null || isText(value);
}
/** 64 hexadecimal digits. */
function isDigest(value) {
    return isText(value) && /^[0-9a-f]{64}$/.test(value);
}
/** A whole number of bytes. */
function isSize(value) {
    return Number.isSafeInteger(value) && value >= 0;
}
function isListOf(value, isItem) {
    return Array.isArray(value) && value.every(isItem);
}
function isSignature(value) {
    return isObject(value) && isListOf(value.inputs, isTensor) && isListOf(value.outputs, isTensor);
}
function isTensor(value) {
    const isDimension = (d) => isText(d) || typeof d === 'number';
    return isObject(value) && isText(value.name) && isText(value.type) && isListOf(value.shape, isDimension);
}


/***/ }),

/***/ 92667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   EQ: () => (/* binding */ mapParallel),
/* harmony export */   FE: () => (/* binding */ stopIfCancelled),
/* harmony export */   kI: () => (/* binding */ Meter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);
/** Small parts of the streams that archives flow through. */



/** Lets bytes through and takes their sha256 and their number on the way. */
class Meter extends node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform {
    #hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    #bytes = 0;
    #digest = null;
    get bytes() {
        return this.#bytes;
    }
    /** 64 hexadecimal digits; to be asked once everything went through. */
    get sha256() {
        return (this.#digest ??= this.#hash.digest('hex'));
    }
    _transform(chunk, _encoding, done) {
        this.#hash.update(chunk);
        this.#bytes += chunk.length;
        done(null, chunk);
    }
}
/** @throws CancelledError as soon as the signal is aborted. */
function stopIfCancelled(signal) {
    if (signal?.aborted)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc();
}
/** Runs a job for each item, `limit` at a time; the results keep the items' order. The first error ends it. */
async function mapParallel(items, limit, job) {
    const results = [];
    const queue = items.entries();
    const work = async () => {
        for (const [index, item] of queue)
            results[index] = await job(item);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    return results;
}
/** The error code of Node's file system and zlib errors; '' for any other. */
function errorCode(error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return typeof code === 'string' ? code : '';
}


/***/ }),

/***/ 16509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   _p: () => (/* binding */ whyUnreadable),
/* harmony export */   h_: () => (/* binding */ listRoot)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36608);
/* harmony import */ var _exclusions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(48393);
/* harmony import */ var _streams_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(92667);
/**
 * Lists the files below a folder. Links are followed where they stay inside it: an archive that holds links is refused
 * by serving platforms, and one that points outside would differ from machine to machine.
 */





/** Whether a path is a folder or lies in it. Both are absolute. */
function isInside(folder, path) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way));
}
/** Never throws for what is wrong with the files: every problem stands in the listing. */
async function listRoot(root) {
    const listing = { files: [], leftOut: [], problems: [] };
    let base;
    let stats;
    try {
        base = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(root.path);
        stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(base);
    }
    catch (error) {
        listing.problems.push({ where: root.where, message: `"${root.shown}" ${whyUnreadable(error)}` });
        return listing;
    }
    const walk = { ...listing, root, base };
    if (stats.isDirectory())
        await walkFolder(walk, base, '', [base]);
    else
        addFile(walk, stats, base, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(root.path));
    return listing;
}
async function walkFolder(walk, folder, path, ancestors) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true }).catch((error) => {
        problem(walk, path, whyUnreadable(error));
        return [];
    });
    for (const entry of entries) {
        const source = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
        const inner = path === '' ? entry.name : `${path}/${entry.name}`;
        const reason = (0,_exclusions_js__WEBPACK_IMPORTED_MODULE_4__/* .exclusionOf */ .a)(entry.name);
        if (reason !== null)
            walk.leftOut.push({ path: walk.root.prefix + inner, reason });
        else if (entry.isSymbolicLink())
            await followLink(walk, source, inner, ancestors);
        else if (entry.isDirectory())
            await walkFolder(walk, source, inner, [...ancestors, source]);
        else
            addFile(walk, entry, source, inner);
    }
}
async function followLink(walk, link, path, ancestors) {
    let target;
    let stats;
    try {
        target = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(link);
        stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(target);
    }
    catch (error) {
        problem(walk, path, `is a link that leads nowhere: it ${whyUnreadable(error)}`);
        return;
    }
    if (!isInside(walk.base, target)) {
        const fix = 'Copy the file into it (cp -L).';
        problem(walk, path, `is a link to "${target}", outside of the model's folder.`, fix);
        return;
    }
    const reason = (0,_exclusions_js__WEBPACK_IMPORTED_MODULE_4__/* .exclusionOfPath */ .Z)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(walk.base, target).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'));
    if (reason !== null)
        walk.leftOut.push({ path: walk.root.prefix + path, reason });
    else if (!stats.isDirectory())
        addFile(walk, stats, target, path);
    else if (ancestors.includes(target))
        problem(walk, path, `is a link to "${target}", which it lies in.`);
    else
        await walkFolder(walk, target, path, [...ancestors, target]);
}
function addFile(walk, kind, source, path) {
    const reason = (0,_exclusions_js__WEBPACK_IMPORTED_MODULE_4__/* .exclusionOf */ .a)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
    if (reason !== null)
        walk.leftOut.push({ path: walk.root.prefix + path, reason });
    else if (path.includes('\uFFFD'))
        problem(walk, path, 'has a name that is not UTF-8.', 'Rename it.');
    else if (!kind.isFile()) {
        const what = kind.isSocket() ? 'a socket' : kind.isFIFO() ? 'a named pipe' : 'a device';
        problem(walk, path, `is ${what}, not a file.`, 'Remove it.');
    }
    else
        walk.files.push({ path: walk.root.prefix + path, source, root: walk.root });
}
function problem(walk, path, message, fix) {
    const { where, shown } = walk.root;
    const name = path === '' ? shown : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(shown, path);
    walk.problems.push({ where, message: `"${name}" ${message}`, ...(fix === undefined ? {} : { fix }) });
}
/** The rest of a sentence that begins with a path. */
function whyUnreadable(error) {
    const code = (0,_streams_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .CA)(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
        return 'does not exist.';
    if (code === 'EACCES' || code === 'EPERM')
        return 'may not be read by the user that runs this step.';
    if (code === 'ELOOP')
        return 'is a link in a circle of links.';
    return `cannot be read (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}).`;
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

/***/ 95737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ packagedRelease)
/* harmony export */ });
/* unused harmony export releaseSource */
/* harmony import */ var _release_record_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43868);

/** Where a record comes from, out of the facts of the workflow run. */
function releaseSource(context) {
    const { repository, commit, ref, runUrl, runId, actor } = context;
    return { repository, commit, ref, run: runUrl || runId, actor };
}
/** The first record of a release: packed, and neither deployed nor tested anywhere. */
function packagedRelease(model, reference, context, createdAt) {
    return {
        schema: _release_record_js__WEBPACK_IMPORTED_MODULE_0__/* .RELEASE_SCHEMA */ .i,
        model,
        image: null,
        reference,
        source: releaseSource(context),
        deployment: null,
        approval: null,
        smoke: null,
        parent: null,
        createdAt: createdAt.toISOString(),
    };
}


/***/ }),

/***/ 43868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ releaseDigest),
/* harmony export */   i: () => (/* binding */ RELEASE_SCHEMA)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/**
 * The release record: an immutable JSON in the artifact store, keyed by its own digest. It is what is promoted from
 * one environment to the next, what a rollback names, and what an auditor reads when the logs are gone.
 */

const RELEASE_SCHEMA = 'ml-deploy/release/v1';
/** sha256 of the record's canonical JSON; also its name in the store. */
function releaseDigest(record) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(record);
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
