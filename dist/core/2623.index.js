export const id = 2623;
export const ids = [2623];
export const modules = {

/***/ 44158:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {


/**
 * @license
 * Copyright 2020 Balena Ltd.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *    http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 *
 * ------------------------------------------------------------------------
 *
 * Copyright 2018 Zeit, Inc.
 * Licensed under the MIT License. See file LICENSE.md for a full copy.
 *
 * ------------------------------------------------------------------------
 */

/**
 * This module implements the [dockerignore
 * spec](https://docs.docker.com/engine/reference/builder/#dockerignore-file),
 * closely following Docker's (Moby) Golang implementation:
 * https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/archive/archive.go#L825
 *
 * Something the spec is not clear about, but we discovered by reading source code
 * and testing against the "docker build" command, is the handling of backslashes and
 * forward slashes as path separators and escape characters in the .dockerignore file
 * across platforms including Windows, Linux and macOS:
 *
 * * On Linux and macOS, only forward slashes can be used as path separators in the
 *   .dockerignore file, and the backslash works as an escape character.
 * * On Windows, both forward slashes and backslashes are allowed as path separators
 *   in the .dockerignore file, and the backslash is not used as an escape character.
 *
 * This is consistent with how Windows works generally: both forward slashes and
 * backslashes are accepted as path separators by the cmd.exe Command Prompt or
 * PowerShell, and by library functions like the Golang filepath.Clean or the
 * Node.js path.normalize.
 *
 * Similarly, path strings provided to the IgnoreBase.ignores() and IgnoreBase.filter()
 * methods can use either forward slashes or backslashes as path separators on Windows,
 * but only forward slashes are accepted as path separators on Linux and macOS.
 */

const path = __webpack_require__(16928);

const factory = options => new IgnoreBase(options); // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L538-L539
// Fixes typescript module import


factory.default = factory;
module.exports = factory;

function make_array(subject) {
  return Array.isArray(subject) ? subject : [subject];
}

const REGEX_TRAILING_SLASH = /(?<=.)\/$/;
const REGEX_TRAILING_BACKSLASH = /(?<=.)\\$/;
const REGEX_TRAILING_PATH_SEP = path.sep === '\\' ? REGEX_TRAILING_BACKSLASH : REGEX_TRAILING_SLASH;
const KEY_IGNORE = typeof Symbol !== 'undefined' ? Symbol.for('dockerignore') : 'dockerignore'; // An implementation of Go's filepath.Clean
// https://golang.org/pkg/path/filepath/#Clean
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Note that, like Go, on Windows this function converts forward slashes
// to backslashes.

function cleanPath(file) {
  return path.normalize(file).replace(REGEX_TRAILING_PATH_SEP, '');
} // Javascript port of Golang's filepath.ToSlash
// https://golang.org/pkg/path/filepath/#ToSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Convert any OS-specific path separator to '/'. Backslash is converted
// to forward slash on Windows, but not on Linux/macOS.
// Note that both forward slashes and backslashes are valid path separators on
// Windows. As a result, code such as `pattern.split(path.sep).join('/')` fails
// on Windows when forward slashes are used as path separators.


function toSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\\/g, '/');
} // Javascript port of Golang's filepath.FromSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go


function fromSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\//g, path.sep);
}

class IgnoreBase {
  constructor({
    // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L372
    ignorecase = true
  } = {}) {
    this._rules = [];
    this._ignorecase = ignorecase;
    this[KEY_IGNORE] = true;

    this._initCache();
  }

  _initCache() {
    this._cache = {};
  } // @param {Array.<string>|string|Ignore} pattern


  add(pattern) {
    this._added = false;

    if (typeof pattern === 'string') {
      pattern = pattern.split(/\r?\n/g);
    }

    make_array(pattern).forEach(this._addPattern, this); // Some rules have just added to the ignore,
    // making the behavior changed.

    if (this._added) {
      this._initCache();
    }

    return this;
  } // legacy


  addPattern(pattern) {
    return this.add(pattern);
  }

  _addPattern(pattern) {
    // https://github.com/kaelzhang/node-ignore/issues/32
    if (pattern && pattern[KEY_IGNORE]) {
      this._rules = this._rules.concat(pattern._rules);
      this._added = true;
      return;
    }

    if (this._checkPattern(pattern)) {
      const rule = this._createRule(pattern.trim());

      if (rule !== null) {
        this._added = true;

        this._rules.push(rule);
      }
    }
  }

  _checkPattern(pattern) {
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L34-L40
    return pattern && typeof pattern === 'string' && pattern.indexOf('#') !== 0 && pattern.trim() !== "";
  }

  filter(paths) {
    return make_array(paths).filter(path => this._filter(path));
  }

  createFilter() {
    return path => this._filter(path);
  }

  ignores(path) {
    return !this._filter(path);
  } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L41-L53
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L29-L55


  _createRule(pattern) {
    const origin = pattern;
    let negative = false; // > An optional prefix "!" which negates the pattern;
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L43-L46

    if (pattern[0] === '!') {
      negative = true;
      pattern = pattern.substring(1).trim();
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L47-L53


    if (pattern.length > 0) {
      pattern = cleanPath(pattern);
      pattern = toSlash(pattern);

      if (pattern.length > 1 && pattern[0] === '/') {
        pattern = pattern.slice(1);
      }
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L54-L55


    if (negative) {
      pattern = '!' + pattern;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L30


    pattern = pattern.trim();

    if (pattern === "") {
      return null;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L34
    // convert forward slashes to backslashes on Windows


    pattern = cleanPath(pattern); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L36-L42

    if (pattern[0] === '!') {
      if (pattern.length === 1) {
        return null;
      }

      negative = true;
      pattern = pattern.substring(1);
    } else {
      negative = false;
    }

    return {
      origin,
      pattern,
      // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L54
      dirs: pattern.split(path.sep),
      negative
    };
  } // @returns `Boolean` true if the `path` is NOT ignored


  _filter(path) {
    if (!path) {
      return false;
    }

    if (path in this._cache) {
      return this._cache[path];
    }

    return this._cache[path] = this._test(path);
  } // @returns {Boolean} true if a file is NOT ignored
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L62


  _test(file) {
    file = fromSlash(file); // equivalent to golang filepath.Dir() https://golang.org/src/path/filepath/path.go

    const parentPath = cleanPath(path.dirname(file));
    const parentPathDirs = parentPath.split(path.sep);
    let matched = false;

    this._rules.forEach(rule => {
      let match = this._match(file, rule); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L80


      if (!match && parentPath !== ".") {
        // Check to see if the pattern matches one of our parent dirs.
        if (rule.dirs.includes('**')) {
          // Ah shucks! We have to test every possible parent path that has 
          // a number of dirs _n_ where 
          // `rule.dirs.filter(doubleStar).length <= _n_ <= parentPathDirs.length`
          // since the ** can imply any number of directories including 0
          for (let i = rule.dirs.filter(x => x !== '**').length; i <= parentPathDirs.length; i++) {
            match = match || this._match(parentPathDirs.slice(0, i).join(path.sep), rule);
          }
        } else if (rule.dirs.length <= parentPathDirs.length) {
          // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L83
          match = this._match(parentPathDirs.slice(0, rule.dirs.length).join(path.sep), rule);
        }
      }

      if (match) {
        matched = !rule.negative;
      }
    });

    return !matched;
  } // @returns {Boolean} true if a file is matched by a rule


  _match(file, rule) {
    return this._compile(rule).regexp.test(file);
  } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L139


  _compile(rule) {
    if (rule.regexp) {
      return rule;
    }

    let regStr = '^'; // Go through the pattern and convert it to a regexp.

    let escapedSlash = path.sep === '\\' ? '\\\\' : path.sep;

    for (let i = 0; i < rule.pattern.length; i++) {
      const ch = rule.pattern[i];

      if (ch === '*') {
        if (rule.pattern[i + 1] === '*') {
          // is some flavor of "**"
          i++; // Treat **/ as ** so eat the "/"

          if (rule.pattern[i + 1] === path.sep) {
            i++;
          }

          if (rule.pattern[i + 1] === undefined) {
            // is "**EOF" - to align with .gitignore just accept all
            regStr += ".*";
          } else {
            // is "**"
            // Note that this allows for any # of /'s (even 0) because
            // the .* will eat everything, even /'s
            regStr += `(.*${escapedSlash})?`;
          }
        } else {
          // is "*" so map it to anything but "/"
          regStr += `[^${escapedSlash}]*`;
        }
      } else if (ch === '?') {
        // "?" is any char except "/"
        regStr += `[^${escapedSlash}]`;
      } else if (ch === '.' || ch === '$') {
        // Escape some regexp special chars that have no meaning
        // in golang's filepath.Match
        regStr += `\\${ch}`;
      } else if (ch === '\\') {
        // escape next char. Note that a trailing \ in the pattern
        // will be left alone (but need to escape it)
        if (path.sep === '\\') {
          // On windows map "\" to "\\", meaning an escaped backslash,
          // and then just continue because filepath.Match on
          // Windows doesn't allow escaping at all
          regStr += escapedSlash;
          continue;
        }

        if (rule.pattern[i + 1] !== undefined) {
          regStr += '\\' + rule.pattern[i + 1];
          i++;
        } else {
          regStr += '\\';
        }
      } else {
        regStr += ch;
      }
    }

    regStr += "$";
    rule.regexp = new RegExp(regStr, this._ignorecase ? 'i' : '');
    return rule;
  }

}


/***/ }),

/***/ 62623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/image/manifest.js
var image_manifest = __webpack_require__(97536);
// EXTERNAL MODULE: ./build/js/src/core/image/platform.js
var image_platform = __webpack_require__(97338);
;// CONCATENATED MODULE: ./build/js/src/core/image/deployable.js


const TARGET_NAMES = {
    sagemaker: 'SageMaker',
    lambda: 'Lambda',
    generic: 'a container platform',
};
const ONE_MANIFEST_FIX = 'Build it for one platform without attestations: docker buildx build --platform linux/amd64 --provenance=false --sbom=false --output type=docker,oci-mediatypes=false.';
const DOCKER_TYPES_FIX = 'Build it with Docker media types: docker buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false, or podman build --format docker.';
/** Why the platform would refuse this image; empty where it would not. Each problem names what to do. */
function undeployable(image, target, platform) {
    return [
        ...manifestProblems(image.manifest.mediaType, target),
        ...platformProblems(image, target, platform),
    ];
}
function manifestProblems(mediaType, target) {
    const where = 'manifest';
    const kind = `It is ${image_manifest/* mediaTypeNames */.P7[mediaType] ?? 'of an unknown kind'} (${mediaType})`;
    if (!(0,image_manifest/* isIndex */.nw)(mediaType) && !(0,image_manifest/* isSingleManifest */.Et)(mediaType)) {
        return [{ where, message: `${kind}, not an image.`, fix: ONE_MANIFEST_FIX }];
    }
    if (target === 'generic')
        return [];
    const needed = target === 'sagemaker' ? `a Docker schema 2 manifest (${image_manifest/* mediaTypes */.Ib.dockerManifest})` : 'one manifest';
    if ((0,image_manifest/* isIndex */.nw)(mediaType)) {
        return [
            { where, message: `${kind}; ${TARGET_NAMES[target]} accepts ${needed} only.`, fix: ONE_MANIFEST_FIX },
        ];
    }
    if (target === 'sagemaker' && mediaType !== image_manifest/* mediaTypes */.Ib.dockerManifest) {
        return [{ where, message: `${kind}; SageMaker accepts ${needed} only.`, fix: DOCKER_TYPES_FIX }];
    }
    return [];
}
function platformProblems(image, target, platform) {
    if (image.platforms.some((own) => (0,image_platform/* samePlatform */.my)(own, platform)))
        return [];
    const found = image.platforms.length === 0 ? 'no platform' : image.platforms.join(', ');
    return [
        {
            where: 'platform',
            message: `It is built for ${found}, not for ${platform}; ${TARGET_NAMES[target]} could not start it.`,
            fix: `Build it with --platform ${platform} (and a base image that exists for ${platform}), or set the input platform.`,
        },
    ];
}
/** What the inputs alone tell: platforms that the target does not run at all. */
function platformInputProblems(target, platform) {
    if (target === 'generic' || ['linux/amd64', 'linux/arm64'].some((known) => (0,image_platform/* samePlatform */.my)(known, platform))) {
        return [];
    }
    return [
        {
            where: 'platform',
            message: `"${platform}" does not run on ${TARGET_NAMES[target]}.`,
            fix: 'Use linux/amd64, or linux/arm64 for Graviton; or set for-target: generic.',
        },
    ];
}

;// CONCATENATED MODULE: ./build/js/src/core/image/published-image.js

/** Reads an image by tag or digest; null where it is not there. */
async function readImage(registry, name, reference) {
    const manifest = await registry.manifest(name, reference);
    if (manifest === null)
        return null;
    if ((0,image_manifest/* isIndex */.nw)(manifest.mediaType)) {
        return { manifest, platforms: (0,image_manifest/* platformsOfIndex */.EW)(manifest.bytes), bytes: null };
    }
    if (!(0,image_manifest/* isSingleManifest */.Et)(manifest.mediaType))
        return { manifest, platforms: [], bytes: null };
    const { configDigest, bytes } = (0,image_manifest/* readManifest */.WI)(manifest.bytes);
    const platform = (0,image_manifest/* platformOfConfig */.Dr)(await registry.blob(name, configDigest));
    return { manifest, platforms: platform === null ? [] : [platform], bytes };
}

// EXTERNAL MODULE: ./build/js/src/core/image/reference.js
var reference = __webpack_require__(73708);
// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/actions/push-image/disk.js

/** The engine keeps the context once as it is sent and once as a layer; base image and RUN steps come on top. */
const CONTEXT_COPIES = 2;
const REST_BYTES = 1e9;
/** Said before a long build, not at its end. @throws UserError where there is not enough space. */
async function checkDisk({ name, storage }, job, ports) {
    const free = storage === null ? null : await ports.freeBytes(storage);
    const needed = CONTEXT_COPIES * job.contextBytes + REST_BYTES;
    if (free === null || free >= needed)
        return;
    throw new errors/* UserError */.yo(`There is not enough space to build the image: ${gigabytes(free)} are free in ${storage}, where ${name} keeps images, and a context of ${gigabytes(job.contextBytes)} needs about ${gigabytes(needed)}. Free some space before this step (docker system prune), or leave files out of the context in .dockerignore. Nothing was built.`);
}
function gigabytes(bytes) {
    return `${(bytes / 1e9).toFixed(1)} GB`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/push-image/image-tags.js
/** The further tags of an image, beside its content tag. */


/**
 * Where tags are immutable, one that stands elsewhere already cannot be set; said before anything is built.
 * @throws UserError with all of them.
 */
async function tagsThatCannotMove(job, existing, repository, ports) {
    if (repository === null || repository === 'missing' || !repository.immutableTags)
        return;
    const problems = [];
    for (const tag of job.imageTags) {
        const before = await ports.registry.manifest(job.name, tag);
        if (before === null || before.digest === existing?.manifest.digest)
            continue;
        const message = `"${tag}" is the image ${before.digest} already, and the tags of ${(0,reference/* formatReference */.FH)(job.name)} are immutable.`;
        const fix = 'Use a tag that is new with each release, such as its version, or leave it out.';
        problems.push({ where: 'image-tags', message, fix });
    }
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
}
/** Lets the further tags point to the image; returns those that pointed elsewhere or nowhere before. */
async function setImageTags(job, image, { registry, log }) {
    const moved = [];
    for (const tag of job.imageTags) {
        const before = await registry.manifest(job.name, tag);
        if (before?.digest === image.manifest.digest)
            continue;
        await registry.tag(job.name, tag, image.manifest);
        moved.push(tag);
        log.info(`Tag ${tag}: ${before?.digest ?? 'nothing'} -> ${image.manifest.digest}`);
    }
    return moved;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/js/src/core/archive/hash-file.js
var hash_file = __webpack_require__(70103);
;// CONCATENATED MODULE: ./build/js/src/core/image/build-context.js




/** Files that are hashed at the same time. */
const PARALLEL = 8;
/**
 * Every entry that the rules let in, sorted by path. Sockets, pipes and devices are left out.
 * @throws CancelledError where the signal is aborted; what the file system says where a file cannot be read.
 */
async function readBuildContext(folder, rules, signal) {
    const found = [];
    await walk(folder, '', rules, found);
    const entries = [];
    let bytes = 0;
    const queue = found.values();
    const worker = async () => {
        for (const { path, entry } of queue) {
            if (signal.aborted)
                throw new errors/* CancelledError */.cc();
            const described = await describe((0,external_node_path_.join)(folder, path), path, entry, signal);
            if (described === null)
                continue;
            entries.push(described.entry);
            bytes += described.bytes;
        }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    return { entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)), bytes };
}
async function walk(root, folder, rules, found) {
    for (const entry of await (0,promises_.readdir)((0,external_node_path_.join)(root, folder), { withFileTypes: true })) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        const ignored = rules.ignores(path);
        if (!ignored)
            found.push({ path, entry });
        if (entry.isDirectory() && (!ignored || rules.mayReenter(path)))
            await walk(root, path, rules, found);
    }
}
async function describe(absolute, path, entry, signal) {
    if (entry.isDirectory())
        return { entry: { path, kind: 'folder' }, bytes: 0 };
    if (entry.isSymbolicLink()) {
        return { entry: { path, kind: 'link', target: await (0,promises_.readlink)(absolute) }, bytes: 0 };
    }
    if (!entry.isFile())
        return null;
    const executable = ((await (0,promises_.lstat)(absolute)).mode & 0o100) !== 0;
    const { sha256, size } = await (0,hash_file/* hashFile */.DC)(absolute, signal);
    return { entry: { path, kind: 'file', mode: executable ? '0755' : '0644', sha256 }, bytes: size };
}

// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
;// CONCATENATED MODULE: ./build/js/src/core/image/content-tag.js
/** The name of an image by what it is built from: the same content gets the same tag, and is built once. */


const SCHEMA = 'ml-deploy/image-content/v1';
/** 64 bits: with a million images, two different ones share a tag with a chance of 3 in 100 million. */
const DIGITS = 16;
/** `content-<16 hexadecimal digits>` */
function contentTag(content) {
    const digest = (0,canonical_json/* digestOf */.ol)({
        schema: SCHEMA,
        context: content.context,
        dockerfile: content.dockerfile,
        args: Object.fromEntries([...content.args].map(([name, value]) => [name, (0,canonical_json/* sha256 */.sc)(value)])),
        secretNames: [...content.secretNames].sort(),
        platform: (0,image_platform/* formatPlatform */.Bq)((0,image_platform/* parsePlatform */.FL)(content.platform)),
        forTarget: content.forTarget,
        modelDigest: content.modelDigest,
    });
    return `content-${(0,canonical_json/* shortDigest */.VK)(digest, DIGITS)}`;
}
/** Whether a tag has the form of a content tag, which no other tag may have. */
function isContentTag(tag) {
    return /^content-[0-9a-f]{16}$/.test(tag);
}

// EXTERNAL MODULE: ./build/js/src/core/image/ecr.js
var ecr = __webpack_require__(36111);
// EXTERNAL MODULE: ./node_modules/@balena/dockerignore/ignore.js
var ignore = __webpack_require__(44158);
;// CONCATENATED MODULE: ./build/js/src/core/image/ignore-rules.js
/** Which files of a build context are left out: .dockerignore, read as Docker reads it. */



/**
 * The ignore file that belongs to a Dockerfile: `<Dockerfile>.dockerignore` before `.dockerignore` of the context.
 * https://docs.docker.com/build/concepts/context/#filename-and-location
 */
async function readIgnoreRules(context, dockerfile) {
    for (const file of [`${dockerfile}.dockerignore`, (0,external_node_path_.join)(context, '.dockerignore')]) {
        const source = await readIfThere(file);
        if (source !== null)
            return { file, ...parseIgnoreRules(source) };
    }
    return { file: null, ignores: () => false, mayReenter: () => false };
}
function parseIgnoreRules(source) {
    const lines = source
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .filter((line) => !line.startsWith('#') && line.trim() !== '');
    // The library ignores case unless told otherwise; Docker does not.
    const matcher = ignore["default"]({ ignorecase: false }).add(lines.map(literalSigns));
    const exceptions = lines.filter((line) => line.trim().startsWith('!')).map(exceptionPath);
    return {
        ignores: (path) => matcher.ignores(path),
        mayReenter: (folder) => exceptions.some((path) => /[*?[\\]/.test(path) || `${path}/`.startsWith(`${folder}/`)),
    };
}
/** These mean themselves in a pattern, but the library hands them to a regular expression as they are. */
function literalSigns(line) {
    return line.replace(/\\.|[+(){}|]/g, (sign) => (sign.length > 1 ? sign : `\\${sign}`));
}
function exceptionPath(line) {
    return line
        .trim()
        .slice(1)
        .trim()
        .replace(/^(\.?\/)+|\/+$/g, '');
}
async function readIfThere(file) {
    try {
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return null;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/push-image/prepare.js
/** From the inputs to what is to be built, with every problem found before anything runs. */










/** @throws UserError with every problem of the inputs and of the files they name. */
async function prepare(inputs, ports) {
    const { name: given, problems } = (0,reference/* resolveRepository */.BN)(inputs);
    const files = await findFiles(inputs, ports.context.workspace);
    const all = [
        ...problems,
        ...files.problems,
        ...inputProblems(inputs),
        ...cacheProblems(inputs, ports),
        ...(given === null ? [] : registryProblems(given, inputs, ports)),
    ];
    if (given === null || all.length > 0)
        throw errors/* UserError */.yo.of(all);
    const ecr = await ecrRegistry(given, inputs, ports);
    const name = ecr === null ? given : { ...given, registry: ecr.host };
    const content = await describeContent(inputs, files, ports);
    const forTarget = inputs.forTarget;
    return {
        name,
        ecr,
        tag: content.tag,
        imageTags: [...new Set(inputs.imageTags ?? [])],
        forTarget,
        contextBytes: content.bytes,
        resourceTags: resourceTags(inputs, ports.context),
        build: {
            context: files.context,
            dockerfile: files.dockerfile,
            ignoreFile: content.ignoreFile,
            reference: (0,reference/* formatReference */.FH)({ ...name, tag: content.tag }),
            platform: inputs.platform,
            network: inputs.buildNetwork,
            args: inputs.buildArgs ?? new Map(),
            secrets: inputs.buildSecrets ?? new Map(),
            labels: labelsOf(inputs, ports.context),
            singleDockerManifest: forTarget !== 'generic',
            cache: cacheOf(inputs, name),
        },
    };
}
/** The ECR registry that is meant; null for any other registry. */
async function ecrRegistry({ registry }, inputs, ports) {
    if (registry !== '')
        return (0,ecr.parseEcrHost)(registry);
    const region = inputs.awsRegion ?? ports.awsRegion;
    return region === null ? null : ports.ecr.ownRegistry(region);
}
/** What goes with ECR only, and what ECR needs. */
function registryProblems({ registry, repository }, inputs, { awsRegion }) {
    const isEcr = registry === '' || (0,ecr.parseEcrHost)(registry) !== null;
    if (!isEcr) {
        const fix = (value) => `Leave it out (${value}), or push to ECR.`;
        const message = `is for ECR, and ${registry} is another registry.`;
        const asked = [
            ...(inputs.scan === 'off' ? [] : [{ where: 'scan', message, fix: fix('scan: off') }]),
            ...(inputs.createRepository ? [{ where: 'create-repository', message, fix: fix('false') }] : []),
        ];
        return asked;
    }
    const problems = (0,ecr/* ecrNameProblems */.Qy)(repository);
    if (registry === '' && (inputs.awsRegion ?? awsRegion) === null) {
        const message = 'is required: without a registry, the image goes to the ECR registry of the account.';
        const fix = 'Set aws-region, AWS_REGION, or registry.';
        problems.push({ where: 'aws-region', message, fix });
    }
    return problems;
}
function cacheProblems({ cache }, { hasActionsCache }) {
    if (cache !== 'gha' || hasActionsCache)
        return [];
    const message = '"gha" needs the cache of GitHub Actions, which cannot be reached from here.';
    return [{ where: 'cache', message, fix: 'Set cache: registry or none outside of GitHub Actions.' }];
}
/** One cache for each repository and platform; in the registry it lies beside the images. */
function cacheOf({ cache, platform }, name) {
    const slug = platform.replaceAll('/', '-');
    if (cache === 'none')
        return null;
    if (cache === 'gha')
        return { kind: 'gha', scope: `ml-deploy-${name.repository.replaceAll('/', '-')}-${slug}` };
    return { kind: 'registry', reference: (0,reference/* formatReference */.FH)({ ...name, tag: `buildcache-${slug}` }) };
}
/** The user's tags, and which repository of code this belongs to. */
function resourceTags({ tags }, { repository }) {
    return new Map([
        ['ml-deploy:created-by', 'push-image'],
        ...(repository === '' ? [] : [['ml-deploy:repository', repository]]),
        ...(tags ?? []),
    ]);
}
async function findFiles(inputs, workspace) {
    const context = (0,external_node_path_.resolve)(workspace, inputs.context);
    const dockerfile = inputs.dockerfile ? (0,external_node_path_.resolve)(workspace, inputs.dockerfile) : (0,external_node_path_.join)(context, 'Dockerfile');
    const problems = [];
    if (!(await isThere(context, 'folder'))) {
        const fix = 'Give a folder, relative to the workspace; was the repository checked out before this step?';
        problems.push({ where: 'context', message: `"${inputs.context}" is no folder (${context}).`, fix });
    }
    else if (!(await isThere(dockerfile, 'file'))) {
        const fix = await dockerfileFix(context, inputs.dockerfile);
        const where = 'dockerfile';
        problems.push({
            where,
            message: `"${inputs.dockerfile ?? dockerfile}" is no file (${dockerfile}).`,
            fix,
        });
    }
    return { context, dockerfile, problems };
}
async function dockerfileFix(context, given) {
    const path = 'The path is relative to the workspace, not to the context';
    if (given !== null && (await isThere((0,external_node_path_.join)(context, given), 'file')))
        return `${path}: give ${(0,external_node_path_.join)(context, given)}.`;
    if (given === null && (await isThere((0,external_node_path_.join)(context, 'Containerfile'), 'file'))) {
        return 'The context has a Containerfile: name it in the input dockerfile.';
    }
    return `${path}.`;
}
async function isThere(path, kind) {
    try {
        const found = await (0,promises_.stat)(path);
        return kind === 'file' ? found.isFile() : found.isDirectory();
    }
    catch {
        return false;
    }
}
function inputProblems(inputs) {
    return [
        ...(0,reference/* imageTagProblems */.Gl)('image-tags', inputs.imageTags ?? []),
        ...(inputs.imageTags ?? []).filter(isContentTag).map((tag) => ({
            where: 'image-tags',
            message: `"${tag}" has the form of a content tag.`,
            fix: 'Leave it out: the content tag is always set.',
        })),
        ...(inputs.imageTags ?? []).filter(ecr/* isDeployedTag */.bf).map((tag) => ({
            where: 'image-tags',
            message: `"${tag}" has the prefix of the tags that keep deployed images.`,
            fix: 'Use another name.',
        })),
        ...platformInputProblems(inputs.forTarget, inputs.platform),
        ...nameProblems('build-args', inputs.buildArgs, /^[A-Za-z_]\w*$/, 'letters, digits and _'),
        ...nameProblems('build-secrets', inputs.buildSecrets, /^[\w.-]+$/, 'letters, digits, ., _ and -'),
    ];
}
function nameProblems(where, map, pattern, form) {
    const bad = [...(map?.keys() ?? [])].filter((name) => !pattern.test(name));
    return bad.map((name) => ({ where, message: `the name "${name}" may have ${form} only.` }));
}
async function describeContent(inputs, files, { signal, log }) {
    try {
        const rules = await readIgnoreRules(files.context, files.dockerfile);
        const { entries: context, bytes } = await readBuildContext(files.context, rules, signal);
        if (context.some(({ path }) => path === '.git')) {
            log.warning('The build context holds .git, which changes with every commit, so no image will ever be reused. Add .git to .dockerignore.');
        }
        const tag = contentTag({
            context,
            dockerfile: (await (0,hash_file/* hashFile */.DC)(files.dockerfile, signal)).sha256,
            args: inputs.buildArgs ?? new Map(),
            secretNames: [...(inputs.buildSecrets?.keys() ?? [])],
            platform: inputs.platform,
            forTarget: inputs.forTarget,
            modelDigest: inputs.modelDigest,
        });
        return { tag, ignoreFile: rules.file, bytes };
    }
    catch (error) {
        throw unreadable(error, inputs.context);
    }
}
/** What the file system said becomes the user's problem; anything else stays what it is. */
function unreadable(error, context) {
    const isFileError = error instanceof Error && 'code' in error && 'syscall' in error;
    if (!isFileError)
        return error;
    const where = 'context';
    const fix = 'Every file of the build context has to be readable; leave out what is not needed in .dockerignore.';
    const problem = { where, message: `"${context}" cannot be read (${(0,errors/* messageOf */.bD)(error)}).`, fix };
    return new errors/* UserError */.yo(errors/* UserError */.yo.of([problem]).message, { cause: error, problems: [problem] });
}
/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function labelsOf(inputs, context) {
    const labels = new Map();
    if (context.commit)
        labels.set('org.opencontainers.image.revision', context.commit);
    if (context.repository) {
        labels.set('org.opencontainers.image.source', `${context.serverUrl}/${context.repository}`);
    }
    if (inputs.modelDigest !== null)
        labels.set('ml-deploy.model-digest', inputs.modelDigest);
    return labels;
}

;// CONCATENATED MODULE: ./build/js/src/actions/push-image/repository.js
/** The repository in ECR: looked at, created on request, and logged in to. Other registries have nothing of this. */


/** Reads only. @throws UserError for a repository that is missing and not to be created. */
async function findRepository(job, inputs, ports) {
    if (job.ecr === null)
        return null;
    const { repository } = job.name;
    const found = await ports.ecr.repository(job.ecr, repository);
    const { account, region } = job.ecr;
    if (found === null && !inputs.createRepository) {
        const message = `There is no ECR repository "${repository}" in the account ${account}, region ${region}.`;
        const fix = 'Set create-repository: true to have it made, or check repository, registry and aws-region.';
        throw errors/* UserError */.yo.of([{ where: 'repository', message, fix }]);
    }
    if (found?.immutableTags && job.build.cache?.kind === 'registry') {
        const message = `"registry" needs a tag that can be moved, and the tags of ${repository} are immutable.`;
        throw errors/* UserError */.yo.of([{ where: 'cache', message, fix: 'Set cache: gha, or cache: none.' }]);
    }
    return found ?? 'missing';
}
async function createRepository(job, ports) {
    if (job.ecr === null)
        return;
    await ports.ecr.createRepository(job.ecr, job.name.repository, job.resourceTags);
    ports.log.notice(`Created the ECR repository ${(0,reference/* formatReference */.FH)(job.name)}: scan on push, immutable tags, and a lifecycle policy that keeps deployed images.`);
}
/** Runs `body` with the engine logged in to ECR; elsewhere the job has logged in before this step. */
async function loggedIn(job, engine, ports, body) {
    if (job.ecr === null)
        return body();
    const { host } = job.ecr;
    await engine.login(host, await ports.ecr.login(job.ecr));
    try {
        return await body();
    }
    finally {
        // The token opens the registry for 12 hours; a cancelled run has no time for it, and the runner ends with the job.
        if (!ports.signal.aborted)
            await engine.logout(host);
    }
}

;// CONCATENATED MODULE: ./build/js/src/core/image/scan.js
/** What a registry's vulnerability scan found, and whether it blocks. */
/** From the worst to the mildest. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'];
/** Counts in the order of severity; a severity that this code does not know comes last. */
function sortedCounts(counts) {
    const known = SEVERITIES.filter((severity) => counts[severity] !== undefined);
    const unknown = Object.keys(counts).filter((name) => !SEVERITIES.some((severity) => severity === name));
    return [...known, ...unknown.sort()].map((severity) => [severity, counts[severity] ?? 0]);
}
/** How many findings are as bad as `level`, or worse. */
function findingsFrom(counts, level) {
    const worst = SEVERITIES.slice(0, SEVERITIES.indexOf(level) + 1);
    return worst.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
}

// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
;// CONCATENATED MODULE: ./build/js/src/actions/push-image/summary.js




function summaryOf({ job, image, builtWith, moved, scan, created }) {
    const { mediaType, digest } = image.manifest;
    const tags = job.imageTags.map((tag) => `${(0,markdown/* code */.aY)(tag)}${moved.includes(tag) ? '' : ' (as before)'}`);
    const rows = [
        ['Image', (0,markdown/* code */.aY)((0,reference/* formatReference */.FH)({ ...job.name, digest }))],
        ['Content tag', (0,markdown/* code */.aY)(job.tag)],
        ...(tags.length > 0 ? [['Further tags', tags.join(', ')]] : []),
        ['Manifest', `${image_manifest/* mediaTypeNames */.P7[mediaType] ?? 'unknown'} (${(0,markdown/* code */.aY)(mediaType)})`],
        ['Platform', image.platforms.map(markdown/* code */.aY).join(', ')],
        ...(image.bytes === null ? [] : [['Compressed size', `${(image.bytes / 1e6).toFixed(1)} MB`]]),
        ['For', (0,markdown/* escapeMarkdown */.FV)(job.forTarget)],
        ['Built', builtWith === null ? 'no: the same content was there' : `with ${(0,markdown/* escapeMarkdown */.FV)(builtWith)}`],
        ...(created ? [['Repository', 'created now: scan on push, immutable tags, lifecycle policy']] : []),
    ];
    const title = builtWith === null ? 'Image reused' : 'Image pushed and verified';
    const parts = [`### ${title}`, (0,markdown/* table */.tp)(['', ''], rows), ...(scan === null ? [] : [scanSummaryOf(scan)])];
    return parts.join('\n\n');
}
const SHOWN = 50;
/** Findings by severity, and the first of them one by one. */
function scanSummaryOf(scan) {
    const counts = sortedCounts(scan.counts);
    if (counts.length === 0)
        return '#### Scan\n\nNothing was found.';
    const bySeverity = (0,markdown/* table */.tp)(counts.map(([severity]) => (0,markdown/* escapeMarkdown */.FV)(severity)), [counts.map(([, count]) => String(count))]);
    const shown = scan.findings.slice(0, SHOWN);
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const list = (0,markdown/* table */.tp)(['', 'Severity', 'Package'], shown.map(rowOf));
    const folded = shown.length > 0 ? [(0,markdown/* details */.zH)(`${shown.length} of ${total} findings`, list)] : [];
    return ['#### Scan', bySeverity, ...folded].join('\n\n');
}
function rowOf({ name, severity, package: what, url }) {
    const isLink = /^https:\/\/[^\s()<>]+$/.test(url);
    const shown = isLink ? `[${(0,markdown/* escapeMarkdown */.FV)(name)}](${url})` : (0,markdown/* escapeMarkdown */.FV)(name);
    return [shown, (0,markdown/* escapeMarkdown */.FV)(severity), (0,markdown/* code */.aY)(what)];
}

;// CONCATENATED MODULE: ./build/js/src/actions/push-image/scan.js
/** The vulnerability scan of ECR: waited for, reported, and where asked, in the way. */




/** Basic scans take seconds to a few minutes. */
const SCAN_MS = 15 * 60_000;
/**
 * What the scan found; null where none was asked for, or none could be had and that is no reason to fail.
 * @throws OutcomeError where `scan: block` is set, and the image has such findings or could not be scanned.
 */
async function scanImage(job, { manifest: { digest } }, inputs, ports) {
    const { ecr } = job;
    if (inputs.scan === 'off' || ecr === null)
        return null;
    const state = await ports.log.group(`Scan of ${job.name.repository}@${digest}`, () => waitForScan(ecr, job.name.repository, digest, ports));
    if (state?.status !== 'done')
        return withoutResult(job, state, inputs, ports);
    const counts = Object.fromEntries(sortedCounts(state.counts));
    ports.report.output('scan-findings', JSON.stringify(counts));
    ports.log.info(`The scan found ${wordsOf(state)}.`);
    const blocking = findingsFrom(state.counts, inputs.scanSeverity);
    if (inputs.scan === 'block' && blocking > 0) {
        ports.report.summary(scanSummaryOf(state));
        throw new errors/* OutcomeError */.Rz(`The scan found ${blocking} ${blocking === 1 ? 'vulnerability' : 'vulnerabilities'} of the severity ${inputs.scanSeverity} or worse in ${job.name.repository}@${digest} (${wordsOf(state)}), so that this image is not to be used. Rebuild it on a newer base image, or raise scan-severity. No further tag was set.`);
    }
    return state;
}
async function waitForScan(registry, repository, digest, ports) {
    const { ecr, log, clock, signal, pollMs } = ports;
    let asked = false;
    const { state } = await (0,poll/* poll */.w)({
        check: async () => {
            const found = await ecr.scanState(registry, repository, digest);
            // Repositories that scan on push show it after a moment; asking twice does no harm.
            if (found === null && !asked) {
                asked = true;
                await ecr.startScan(registry, repository, digest);
            }
            return found;
        },
        done: (found) => found !== null && found.status !== 'running',
        key: (found) => found?.detail ?? 'none',
        onChange: (found) => log.info(found === null ? 'There is no scan yet.' : `Scan: ${found.detail}`),
        intervalMs: pollMs,
        timeoutMs: SCAN_MS,
        clock,
        signal,
    });
    return state;
}
function withoutResult(job, state, { scan }, { log }) {
    const why = state?.status === 'impossible'
        ? `cannot be scanned (${state.detail})`
        : `has no scan result after ${SCAN_MS / 60_000} minutes (${state?.detail ?? 'no scan was started'})`;
    const message = `The image ${job.build.reference} ${why}.`;
    if (scan === 'block') {
        throw new errors/* OutcomeError */.Rz(`${message} With scan: block it is not to be used; see the scan settings of the registry, or set scan: report.`);
    }
    log.warning(message);
    return null;
}
function wordsOf({ counts }) {
    const parts = sortedCounts(counts).map(([severity, count]) => `${count} ${severity}`);
    return parts.join(', ') || 'nothing';
}

;// CONCATENATED MODULE: ./build/js/src/actions/push-image/run.js











/** How long a registry may take to show what was pushed. */
const READ_BACK_MS = 60_000;
/** Builds, pushes and verifies an image, or finds that all of it was done before. */
async function run(inputs, ports) {
    const { report } = ports;
    const job = await prepare(inputs, ports);
    report.output('repository', (0,reference/* formatReference */.FH)(job.name));
    report.output('tag', job.tag);
    report.output('scan-findings', '');
    const repository = await findRepository(job, inputs, ports);
    const { engine, existing } = await lookAround(job, repository, ports);
    await tagsThatCannotMove(job, existing, repository, ports);
    const { image, builtWith } = existing === null
        ? await buildAndPush(job, engine, repository, ports)
        : reuse(job, existing, inputs, ports);
    report.output('media-type', image.manifest.mediaType);
    report.output('image-digest', image.manifest.digest);
    report.output('reused', builtWith === null);
    if (builtWith !== null)
        verify(job, image);
    const scan = await scanImage(job, image, inputs, ports);
    report.output('image-uri', (0,reference/* formatReference */.FH)({ ...job.name, digest: image.manifest.digest }));
    const moved = await setImageTags(job, image, ports);
    report.summary(summaryOf({ job, image, builtWith, moved, scan, created: repository === 'missing' }));
}
/** Asks the registry and the engine at the same time; an image that is there needs no engine. */
async function lookAround(job, repository, ports) {
    const look = () => readImage(ports.registry, job.name, job.tag);
    const [engine, existing] = await Promise.allSettled([
        ports.findEngine(),
        repository === 'missing' ? null : look(),
    ]);
    if (existing.status === 'fulfilled' && existing.value !== null) {
        return { engine: engine.status === 'fulfilled' ? engine.value : null, existing: existing.value };
    }
    if (engine.status === 'rejected') {
        if (existing.status === 'rejected')
            ports.log.warning((0,errors/* messageOf */.bD)(existing.reason));
        throw engine.reason;
    }
    if (existing.status === 'rejected')
        throw existing.reason;
    return { engine: engine.value, existing: null };
}
/** @throws UserError where the image must not be used; nothing has been changed then. */
function reuse(job, image, inputs, ports) {
    const reference = job.build.reference;
    if (inputs.ifExists === 'fail') {
        const message = `${reference} is there already, with the same content.`;
        throw errors/* UserError */.yo.of([{ where: 'if-exists', message, fix: 'Set if-exists: reuse to go on with it.' }]);
    }
    const problems = undeployable(image, job.forTarget, job.build.platform);
    if (problems.length > 0) {
        ports.report.output('media-type', image.manifest.mediaType);
        throw new errors/* UserError */.yo(`${reference} has this content, but ${targetName(job)} would refuse it; somebody pushed it by other means.\n${lines(problems)}\nThen push it under this tag, or delete the tag and run this step again.`, { problems });
    }
    ports.log.info(`${reference} is there with the same content: nothing to build or push.`);
    return { image, builtWith: null };
}
async function buildAndPush(job, engine, repository, ports) {
    const { reference } = job.build;
    // Whatever can be said before anything is changed.
    engine.check(job.build);
    await checkDisk(engine, job, ports);
    if (repository === 'missing')
        await createRepository(job, ports);
    return loggedIn(job, engine, ports, async () => {
        ports.log.info(`Building with ${engine.name}.`);
        await ports.log.group(`Build ${reference}`, () => engine.build(job.build));
        try {
            await ports.log.group(`Push ${reference}`, () => engine.push(reference));
        }
        catch (error) {
            const other = await pushedByAnother(job, ports);
            if (other === null)
                throw error;
            ports.log.info(`Another run pushed ${reference} in the meantime; its image is used.`);
            return { image: other, builtWith: null };
        }
        return { image: await readBack(job, ports), builtWith: engine.name };
    });
}
/** Where tags are immutable, the second of two runs cannot push: the first one's image has the same content. */
async function pushedByAnother(job, ports) {
    if (ports.signal.aborted)
        return null;
    try {
        const image = await readImage(ports.registry, job.name, job.tag);
        const usable = image !== null && undeployable(image, job.forTarget, job.build.platform).length === 0;
        return usable ? image : null;
    }
    catch {
        // The failed push says it better.
        return null;
    }
}
async function readBack(job, ports) {
    const { state } = await (0,poll/* poll */.w)({
        check: () => readImage(ports.registry, job.name, job.tag),
        done: (image) => image !== null,
        key: (image) => (image === null ? 'missing' : 'there'),
        onChange: (image) => {
            if (image === null)
                ports.log.info('The registry does not show the image yet.');
        },
        intervalMs: ports.pollMs,
        timeoutMs: READ_BACK_MS,
        clock: ports.clock,
        signal: ports.signal,
    });
    if (state !== null)
        return state;
    throw new errors/* OutcomeError */.Rz(`${job.build.reference} was pushed, but ${job.name.registry} does not have it after ${READ_BACK_MS / 1000} s. Check what the registry does with pushed images.`);
}
/** @throws OutcomeError where what was pushed is not what was asked for. */
function verify(job, image) {
    const problems = undeployable(image, job.forTarget, job.build.platform);
    if (problems.length === 0)
        return;
    throw new errors/* OutcomeError */.Rz(`${job.build.reference} was pushed, but ${targetName(job)} would refuse it.\n${lines(problems)}\nThen delete that tag in the registry and run this step again. No other tag was set.`);
}
function targetName({ forTarget }) {
    return forTarget === 'generic' ? 'the platform' : { sagemaker: 'SageMaker', lambda: 'Lambda' }[forTarget];
}
function lines(problems) {
    return problems.map(({ message, fix }) => `  - ${message}${fix ? ` ${fix}` : ''}`).join('\n');
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

/***/ 73708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ resolveRepository),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   Gl: () => (/* binding */ imageTagProblems)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/**
 * Names of images: `registry/repository:tag@digest`, by the grammar of the distribution project.
 * https://github.com/distribution/reference/blob/main/regexp.go
 */

const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[a-f0-9]{64}$/;
/** https://github.com/distribution/reference/blob/main/reference.go (RepositoryNameTotalLengthMax) */
const NAME_LIMIT = 255;
/** `registry/repository` with `:tag` and `@digest` where they are there. */
function formatReference(image) {
    const tag = image.tag ? `:${image.tag}` : '';
    const digest = image.digest ? `@${image.digest}` : '';
    return `${image.registry}/${image.repository}${tag}${digest}`;
}
/**
 * Takes a full reference apart. A first part that cannot be a host is not one: Docker Hub is never guessed.
 * @throws UserError with every problem of the text, under the name `where`.
 */
function parseReference(text, where) {
    const { name, tag, digest } = split(text);
    const { registry, repository } = splitRegistry(name);
    const problems = [
        ...(registry === ''
            ? ['names no registry. Write it whole, as in registry.example.com/team/image:tag.']
            : registryProblems(registry)),
        ...repositoryProblems(repository),
        ...(tag === null ? [] : tagProblems(tag)),
        ...(digest === null || DIGEST.test(digest)
            ? []
            : [`has the digest "${digest}", which is not sha256:<64 hex>.`]),
    ];
    if (problems.length > 0) {
        throw _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo.of(problems.map((problem) => ({ where, message: `"${text}" ${problem}` })));
    }
    return { registry, repository, tag, digest };
}
function split(text) {
    const at = text.indexOf('@');
    const digest = at < 0 ? null : text.slice(at + 1);
    const rest = at < 0 ? text : text.slice(0, at);
    const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    return colon < 0
        ? { name: rest, tag: null, digest }
        : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
/** By Docker's rule the first part is a host if it has a dot or a colon, or is `localhost`. */
function splitRegistry(name) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const isHost = /[.:]/.test(first) || first === 'localhost';
    return isHost ? { registry: first, repository: name.slice(slash + 1) } : { registry: '', repository: name };
}
function registryProblems(registry) {
    return HOST.test(registry)
        ? []
        : [`has the registry "${registry}", which is not a host name with an optional port.`];
}
function repositoryProblems(repository) {
    const problems = [];
    if (repository.length > NAME_LIMIT) {
        problems.push(`has a repository name of ${repository.length} characters; ${NAME_LIMIT} are allowed.`);
    }
    for (const part of repository.split('/')) {
        if (part === '')
            problems.push('has an empty part between, before or after its slashes.');
        else if (part !== part.toLowerCase() && PATH_COMPONENT.test(part.toLowerCase())) {
            problems.push(`has "${part}" in capital letters: write "${part.toLowerCase()}".`);
        }
        else if (!PATH_COMPONENT.test(part)) {
            problems.push(`has the part "${part}": allowed are lower-case letters and digits, with . _ __ or - between them.`);
        }
    }
    return problems;
}
function tagProblems(tag) {
    if (TAG.test(tag))
        return [];
    return [
        `has the tag "${tag}": a tag is 1 to 128 letters, digits, _ . and -, and starts with none of . and -.`,
    ];
}
/** What is wrong with the tags of an input, if anything. */
function imageTagProblems(where, tags) {
    return tags.flatMap((tag) => tagProblems(tag).map((message) => ({ where, message: `The list ${message}` })));
}
/**
 * The repository that the inputs `repository` and `registry` mean together; null where there are problems. The registry
 * is '' where neither names one: that is the ECR registry of the account.
 */
function resolveRepository(inputs) {
    const problems = [];
    const prefix = inputs.registry;
    const given = split(inputs.repository);
    const own = splitRegistry(given.name);
    if (given.tag !== null || given.digest !== null) {
        problems.push({
            where: 'repository',
            message: `"${inputs.repository}" has a tag or a digest.`,
            fix: 'Give the repository only; further tags go into image-tags.',
        });
    }
    if (prefix !== null)
        problems.push(...prefixProblems(prefix));
    if (problems.length > 0)
        return { name: null, problems };
    if (own.registry !== '' && prefix !== null && !`${given.name}/`.startsWith(`${prefix}/`)) {
        return { name: null, problems: [twoRegistries(inputs.repository, prefix)] };
    }
    const name = own.registry === '' && prefix !== null ? splitRegistry(`${prefix}/${given.name}`) : own;
    const bad = [
        ...(name.registry === '' ? [] : registryProblems(name.registry)),
        ...repositoryProblems(name.repository),
    ];
    if (bad.length > 0) {
        const where = 'repository';
        return {
            name: null,
            problems: bad.map((message) => ({ where, message: `"${inputs.repository}" ${message}` })),
        };
    }
    return { name: onDockerHub(name), problems: [] };
}
function prefixProblems(prefix) {
    const where = 'registry';
    if (/^\w+:\/\//.test(prefix)) {
        const plain = prefix.replace(/^\w+:\/\//, '').replace(/\/+$/, '');
        return [{ where, message: `"${prefix}" is a URL.`, fix: `Give the host only: ${plain}.` }];
    }
    if (prefix.endsWith('/')) {
        return [{ where, message: `"${prefix}" ends in a slash.`, fix: `Write ${prefix.replace(/\/+$/, '')}.` }];
    }
    if (splitRegistry(`${prefix}/x`).registry === '') {
        const fix = 'Give a host such as ghcr.io, docker.io or registry.example.com:5000, with a path if there is one.';
        return [{ where, message: `"${prefix}" does not start with a host name.`, fix }];
    }
    return [];
}
function twoRegistries(repository, prefix) {
    return {
        where: 'repository',
        message: `"${repository}" names another registry than the input registry ("${prefix}").`,
        fix: 'Leave one of the two out.',
    };
}
/** Docker Hub keeps names of one part under `library/`. */
function onDockerHub(name) {
    const official = name.registry === 'docker.io' && !name.repository.includes('/');
    return official ? { ...name, repository: `library/${name.repository}` } : name;
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
