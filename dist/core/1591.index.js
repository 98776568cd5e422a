export const id = 1591;
export const ids = [1591];
export const modules = {

/***/ 91591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchNative: () => (/* binding */ fetchNative)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/adapters/onnx/native-runtime.js
var native_runtime = __webpack_require__(93314);
// EXTERNAL MODULE: ./build/js/src/adapters/onnx/pinned.js
var onnx_pinned = __webpack_require__(71374);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/unpack.js
/** Unpacks what one platform needs of an npm package of ONNX Runtime. */






/** Every file of an npm package lies under this directory. */
const ROOT = 'package/';
/** The code and the bindings of one platform; the packages hold those of all platforms, 300 MB together. */
async function unpack(tarball, directory, target) {
    const entries = (0,tar_stream.extract)();
    const reading = (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(tarball), (0,external_node_zlib_.createGunzip)(), entries);
    const writing = (async () => {
        for await (const entry of entries) {
            const { name, type } = entry.header;
            if (type === 'file' && isWanted(name, target))
                await write(entry, (0,external_node_path_.join)(directory, name.slice(ROOT.length)));
            else
                entry.resume();
        }
    })();
    await Promise.all([reading, writing]);
}
async function write(content, path) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    await (0,external_node_stream_promises_.pipeline)(content, (0,external_node_fs_.createWriteStream)(path));
}
/** Only names of known folders, without a way out of them. */
function isWanted(name, { platform, arch }) {
    if (!name.startsWith(ROOT) || name.split('/').includes('..'))
        return false;
    const path = name.slice(ROOT.length);
    return (path === 'package.json' || path.startsWith('dist/') || path.startsWith(`bin/napi-v6/${platform}/${arch}/`));
}

;// CONCATENATED MODULE: ./build/js/src/adapters/onnx/native-package.js
/** Fetches the pinned native runtime into the runner's tool cache. */









/**
 * Fetches the packages with npm, which honours the user's own registry, proxy and mirror, and keeps the files of this
 * platform. The files appear in the tool cache all at once, so that two runs at the same time do not disturb each other.
 *
 * @returns the directory of the onnxruntime-node package.
 * @throws UserError where the platform has no native runtime, where there is no tool cache or no npm, or where a
 *   package is not the pinned one; UpstreamError where npm fails.
 */
async function fetchNative(options) {
    const { platform, arch, toolCacheDir } = options;
    if (!onnx_pinned/* NATIVE_TARGETS */.Fh.includes(`${platform}-${arch}`)) {
        throw new errors/* UserError */.yo(`There is no native ONNX Runtime for ${platform}-${arch}. Use "runtime: wasm".`);
    }
    if (toolCacheDir === undefined) {
        throw new errors/* UserError */.yo('There is no tool cache to put the native ONNX Runtime in. Use "runtime: auto" or "wasm".');
    }
    const packageDir = (0,native_runtime/* toolCachePackage */.pA)(toolCacheDir, arch);
    const target = (0,external_node_path_.dirname)((0,external_node_path_.dirname)(packageDir));
    const temporary = `${target}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        await (0,promises_.mkdir)(temporary, { recursive: true });
        options.log.info(`Fetching ONNX Runtime ${onnx_pinned/* ORT_VERSION */.N5} for ${platform}-${arch} with npm.`);
        await download(options, temporary);
        await install((0,external_node_path_.join)(temporary, 'content'), target, () => isInstalled(toolCacheDir, arch));
    }
    finally {
        await (0,promises_.rm)(temporary, { recursive: true, force: true });
    }
    return packageDir;
}
async function download(options, temporary) {
    const packages = options.packages ?? onnx_pinned/* NATIVE_PACKAGES */.AA;
    await runNpm(options.exec, packages.map(({ name }) => `${name}@${onnx_pinned/* ORT_VERSION */.N5}`), temporary);
    for (const pinned of packages) {
        const tarball = (0,external_node_path_.join)(temporary, `${pinned.name}-${onnx_pinned/* ORT_VERSION */.N5}.tgz`);
        await checkIntegrity(tarball, pinned);
        await unpack(tarball, (0,external_node_path_.join)(temporary, 'content', 'node_modules', pinned.name), options);
    }
}
async function runNpm(exec, specs, destination) {
    const args = ['pack', ...specs, '--pack-destination', destination, '--ignore-scripts', '--loglevel=error'];
    const result = await exec('npm', args).catch((error) => {
        throw new errors/* UserError */.yo(`npm, which fetches the native ONNX Runtime, cannot be started: ${(0,errors/* messageOf */.bD)(error)} ` +
            'Install Node.js with npm on the runner, or use "runtime: auto" or "wasm".', { cause: error });
    });
    if (result.exitCode === 0)
        return;
    throw new errors/* UpstreamError */.gA('npm', `npm could not fetch ${specs.join(' and ')} (exit code ${result.exitCode}).`, {
        detail: result.stderr.trim(),
    });
}
async function checkIntegrity(tarball, { name, integrity }) {
    const hash = (0,external_node_crypto_.createHash)('sha512');
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(tarball), hash).catch((error) => {
        throw new errors/* UpstreamError */.gA('npm', `npm did not give the package ${name}: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    });
    const found = `sha512-${hash.digest('base64')}`;
    if (found === integrity)
        return;
    throw new errors/* UserError */.yo(`The package ${name}@${onnx_pinned/* ORT_VERSION */.N5} that npm fetched is not the published one: its integrity is ${found}, ` +
        `not ${integrity}. Check the registry or mirror that npm is set up with.`);
}
/** A rename onto a directory that another run has just filled fails; its content is as good as ours. */
async function install(content, target, isDone) {
    try {
        await (0,promises_.rename)(content, target);
    }
    catch (error) {
        if (isDone())
            return;
        throw new errors/* UserError */.yo(`The native ONNX Runtime cannot be put into ${target}: ${(0,errors/* messageOf */.bD)(error)} ` +
            'If something unfinished is there, remove it.', { cause: error });
    }
}
function isInstalled(toolCacheDir, arch) {
    return (0,native_runtime/* findNative */.Pj)({ moduleRoots: [], toolCacheDir, arch }).pinned.length > 0;
}


/***/ })

};
