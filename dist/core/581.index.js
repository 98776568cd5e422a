export const id = 581;
export const ids = [581];
export const modules = {

/***/ 24581:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  engineFinder: () => (/* binding */ engineFinder)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/build-flags.js
function commonFlags(request) {
    return [
        '--file',
        request.dockerfile,
        '--platform',
        request.platform,
        '--tag',
        request.reference,
        ...(request.network === 'default' ? [] : ['--network', request.network]),
        ...[...request.args].flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
        ...[...request.labels].flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ];
}
/** Secrets go by variables of the engine's process, so that no argument and no file ever holds one. */
function secretFlags(secrets) {
    const numbered = [...secrets].map(([id, value], index) => ({
        id,
        value,
        variable: `ML_DEPLOY_BUILD_SECRET_${index}`,
    }));
    return {
        flags: numbered.flatMap(({ id, variable }) => ['--secret', `id=${id},env=${variable}`]),
        env: Object.fromEntries(numbered.map(({ variable, value }) => [variable, value])),
    };
}

// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/program.js
/** One engine's program: how it is started, and what its failures mean. */


/** Starts the program; a cancelled run does not wait for it. @throws CancelledError */
async function start(tools, program, args, options) {
    const { signal } = tools;
    if (signal.aborted)
        throw new errors/* CancelledError */.cc();
    const { promise: cancelled, reject } = Promise.withResolvers();
    const abort = () => reject(new errors/* CancelledError */.cc());
    signal.addEventListener('abort', abort, { once: true });
    try {
        return await Promise.race([tools.exec(program.path, args, options), cancelled]);
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}
const TAIL_LINES = 40;
const PUSH_RETRIES = 3;
/** A build that failed, with the end of what the engine printed. */
function buildFailed({ result, program, platform, secrets }) {
    const output = redact(`${result.stdout}\n${result.stderr}`, secrets);
    const detail = tail(output, TAIL_LINES);
    const said = tail(redact(result.stderr, secrets), 1) || tail(output, 1) || 'it said nothing';
    const hint = hintFor(output, platform);
    const message = `${program.name} could not build the image (exit code ${result.exitCode}): ${said}${hint}`;
    return new errors/* UpstreamError */.gA(program.name, message, { detail });
}
function hintFor(output, platform) {
    if (/exec format error/i.test(output)) {
        return ` The runner cannot run programs of ${platform}: use a runner of that architecture, or set up QEMU (docker/setup-qemu-action) before this step.`;
    }
    if (/no space left on device/i.test(output))
        return ' The disk is full: free some space before this step.';
    return '';
}
/** What ends when it is tried again: the network and busy registries, not refusals. */
const TRANSIENT = /connection reset|connection refused|broken pipe|unexpected EOF|\bEOF\b|i\/o timeout|timeout exceeded|TLS handshake timeout|timed? ?out|toomanyrequests|too many requests|\b(429|50[0234])\b/i;
const REFUSED = /unauthorized|authentication required|no basic auth credentials|denied|insufficient_scope|\b403\b/i;
/** Pushes, again where the connection was cut. @throws UserError for a refused login, UpstreamError for the rest. */
async function push(tools, program, args, reference) {
    const attempt = async () => {
        const result = await start(tools, program, args, { show: true });
        if (result.exitCode !== 0)
            throw pushFailed(result, program, reference);
    };
    try {
        await (0,p_retry/* default */.Ay)(attempt, {
            retries: PUSH_RETRIES,
            minTimeout: tools.retryDelayMs ?? 1000,
            signal: tools.signal,
            shouldRetry: ({ error }) => error instanceof errors/* UpstreamError */.gA && TRANSIENT.test(error.detail ?? ''),
            onFailedAttempt: ({ error, retriesLeft }) => {
                if (retriesLeft > 0)
                    tools.log.info(`${error.message} ${retriesLeft} more attempts at most.`);
            },
        });
    }
    catch (error) {
        if (tools.signal.aborted)
            throw new errors/* CancelledError */.cc();
        throw error;
    }
}
function pushFailed(result, program, reference) {
    const said = tail(result.stderr, 1) || tail(result.stdout, 1) || 'it said nothing';
    const registry = reference.split('/')[0] ?? reference;
    if (REFUSED.test(said)) {
        return new errors/* UserError */.yo(`${registry} did not let ${program.name} push ${reference}: ${said}. Log in before this step (${program.name} login ${registry}) with a user who may write there.`);
    }
    return new errors/* UpstreamError */.gA(registry, `${program.name} could not push ${reference}: ${said}.`, {
        detail: tail(`${result.stdout}\n${result.stderr}`, TAIL_LINES),
    });
}
function redact(text, secrets) {
    const lines = secrets.flatMap((value) => value.split('\n')).filter((line) => line.trim() !== '');
    return lines.reduce((redacted, line) => redacted.replaceAll(line, '***'), text);
}
/** The last lines that are not empty. */
function tail(text, lines) {
    return text
        .split(/\r?\n/)
        .map((line) => line.trimEnd())
        .filter((line) => line !== '')
        .slice(-lines)
        .join('\n');
}

;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/docker.js
/** docker, with what it has: buildx, the BuildKit of clients before 23, or the classic builder. */



const BUILDER_NAMES = { buildkit: 'its own BuildKit', classic: 'the classic builder' };
const INSTALL_BUILDX = 'Install buildx (docker/setup-buildx-action, or the package docker-buildx-plugin)';
function dockerEngine(tools, program, info) {
    const builder = builderOf(info);
    const with_ = builder.kind === 'buildx' ? `buildx ${builder.version}` : BUILDER_NAMES[builder.kind];
    return {
        name: `docker ${info.ServerVersion ?? ''} with ${with_}`,
        build: (request) => build(tools, program, builder, request),
        push: (reference) => push(tools, program, ['push', reference], reference),
    };
}
/**
 * The plug-in buildx where it is there and whole. Clients before 23 bring BuildKit themselves, and their info gives
 * no version; later ones without buildx have the classic builder only.
 * https://docs.docker.com/engine/release-notes/23.0/#2300 (buildx and BuildKit by default)
 */
function builderOf(info) {
    const buildx = info.ClientInfo?.Plugins?.find(({ Name, Err }) => Name === 'buildx' && !Err);
    if (buildx)
        return { kind: 'buildx', version: (buildx.Version ?? '').replace(/^v/, '') };
    return info.ClientInfo !== undefined && info.ClientInfo.Version === undefined
        ? { kind: 'buildkit' }
        : { kind: 'classic' };
}
async function build(tools, program, builder, request) {
    if (builder.kind === 'classic')
        refuseBeyondClassic(request);
    const secrets = secretFlags(request.secrets);
    const args = [
        ...(builder.kind === 'buildx'
            ? ['buildx', 'build', ...outputFlags(builder.version, request)]
            : ['build']),
        ...commonFlags(request),
        ...secrets.flags,
        request.context,
    ];
    const env = { ...secrets.env, DOCKER_BUILDKIT: builder.kind === 'classic' ? '0' : '1' };
    const result = await start(tools, program, args, { show: true, env });
    if (result.exitCode === 0)
        return;
    const { platform } = request;
    throw buildFailed({ result, program, platform, secrets: [...request.secrets.values()] });
}
/**
 * buildx adds a provenance attestation by default, which turns the image into an index.
 * https://docs.docker.com/build/metadata/attestations/
 */
function outputFlags(version, request) {
    if (!request.singleDockerManifest)
        return ['--load'];
    const attestations = knowsAttestations(version) ? ['--provenance=false', '--sbom=false'] : [];
    return [...attestations, '--output', 'type=docker,oci-mediatypes=false'];
}
/** Since buildx 0.10; a build without a version is taken for a new one. */
function knowsAttestations(version) {
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
    if (major === undefined || Number(major) > 0 || version.startsWith('0.0.'))
        return true;
    return Number(minor) >= 10;
}
function refuseBeyondClassic(request) {
    const problems = [];
    if (request.secrets.size > 0) {
        problems.push({
            where: 'build-secrets',
            message: 'Docker without buildx cannot keep build secrets out of the image.',
            fix: `${INSTALL_BUILDX}, or use podman.`,
        });
    }
    if (request.ignoreFile !== null && request.ignoreFile === `${request.dockerfile}.dockerignore`) {
        problems.push({
            where: 'dockerfile',
            message: `Docker without buildx does not read ${request.ignoreFile}.`,
            fix: `${INSTALL_BUILDX}, or move the rules to .dockerignore in the context.`,
        });
    }
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
}

;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/podman.js


function podmanEngine(tools, program, version) {
    return {
        name: `${program.name} ${version}`.trim(),
        build: (request) => podman_build(tools, program, request),
        push: (reference) => push(tools, program, ['push', ...tlsFlags(reference), reference], reference),
    };
}
async function podman_build(tools, program, request) {
    const secrets = secretFlags(request.secrets);
    const args = [
        'build',
        // Docker media types, whatever the target: every registry and platform takes them.
        ...['--format', 'docker'],
        // Said in so many words, so that a .containerignore does not change what the content tag stands for.
        ...(request.ignoreFile === null ? [] : ['--ignorefile', request.ignoreFile]),
        ...commonFlags(request),
        ...secrets.flags,
        request.context,
    ];
    const result = await start(tools, program, args, { show: true, env: secrets.env });
    if (result.exitCode === 0)
        return;
    const { platform } = request;
    throw buildFailed({ result, program, platform, secrets: [...request.secrets.values()] });
}
/** Docker takes registries on this machine to speak plain http; podman and buildah have to be told. */
function tlsFlags(reference) {
    return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\//.test(reference) ? ['--tls-verify=false'] : [];
}

;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/find-engine.js
/** Finds the container engine of this machine, and makes sure that it answers. */




const CANDIDATES = [
    {
        program: 'docker',
        ask: askDocker,
        fix: 'Start the daemon (sudo systemctl start docker), let this user reach its socket, or set DOCKER_HOST.',
    },
    { program: 'podman', ask: askPodman, fix: 'See whether `podman info` works for this user.' },
    { program: 'buildah', ask: askBuildah, fix: 'See whether `buildah info` works for this user.' },
];
/** Asks docker, podman and buildah in this order; the first that answers is used. */
function engineFinder(tools) {
    return async () => {
        const troubles = [];
        for (const { program: name, ask, fix } of CANDIDATES) {
            const path = await tools.which(name);
            if (path === null)
                continue;
            const answer = await ask(tools, { name, path });
            if ('engine' in answer)
                return answer.engine;
            troubles.push(`${name} is installed, but does not answer: ${sentence(answer.trouble)} ${fix}`);
        }
        throw new errors/* UserError */.yo(troubles.length > 0 ? troubles.join('\n') : NOTHING_FOUND);
    };
}
const NOTHING_FOUND = 'There is no container engine to build the image with: none of docker, podman and buildah is on the PATH. Run this job on a runner with Docker (runs-on: ubuntu-latest has it), or install docker or podman before this step.';
async function askDocker(tools, program) {
    const result = await start(tools, program, ['info', '--format', '{{json .}}']);
    const info = parseInfo(result.stdout);
    // The package podman-docker puts podman under docker's name.
    if (info !== null && 'host' in info)
        return { engine: podmanOf(tools, program, info) };
    const docker = info;
    const errors = docker?.ServerErrors?.join(' ') ?? '';
    if (result.exitCode === 0 && docker?.ServerVersion)
        return { engine: dockerEngine(tools, program, docker) };
    return { trouble: errors || tail(result.stderr, 1) || `exit code ${result.exitCode}` };
}
async function askPodman(tools, program) {
    const result = await start(tools, program, ['info', '--format', 'json']);
    const info = parseInfo(result.stdout);
    if (result.exitCode === 0 && info !== null)
        return { engine: podmanOf(tools, program, info) };
    return { trouble: tail(result.stderr, 1) || `exit code ${result.exitCode}` };
}
async function askBuildah(tools, program) {
    const result = await start(tools, program, ['info']);
    if (result.exitCode !== 0)
        return { trouble: tail(result.stderr, 1) || `exit code ${result.exitCode}` };
    const version = await start(tools, program, ['--version']);
    return { engine: podmanEngine(tools, program, /version (\S+)/.exec(version.stdout)?.[1] ?? '') };
}
function podmanOf(tools, program, info) {
    const { Version } = (info.version ?? {});
    return podmanEngine(tools, { name: 'podman', path: program.path }, Version ?? '');
}
function parseInfo(stdout) {
    try {
        return JSON.parse(stdout);
    }
    catch {
        return null;
    }
}
function sentence(text) {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}


/***/ }),

/***/ 74995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ay: () => (/* binding */ pRetry)
});

// UNUSED EXPORTS: AbortError, makeRetriable

;// CONCATENATED MODULE: ./node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ./node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}

		// Not `Number.isSafeInteger`, which would reject a huge `retries`. That is accepted on purpose and behaves as effectively forever.
		// eslint-disable-next-line unicorn/prefer-number-is-safe-integer
		if (Number.isFinite(retries) && !Number.isInteger(retries)) {
			throw new TypeError('Expected `retries` to be a non-negative integer or Infinity.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {allowInfinity = false} = {}) {
	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < 0) {
		throw new TypeError(`Expected \`${name}\` to be \u{2265} 0.`);
	}
}

function validateOption(name, value, type) {
	// `null` means "not provided", as it does for the other options. `unref` needs this because it is the one option with no default of its own.
	if (value === undefined || value === null) {
		return;
	}

	if (typeof value !== type) {
		throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
	}
}

function validateSignal(value) {
	// `null` means "not provided", as it does for the other options.
	if (value === undefined || value === null) {
		return;
	}

	// Duck typed rather than `instanceof`, so a signal from another realm still works. All three methods are checked because `removeEventListener` is called from inside a timer callback, where a `TypeError` would be an uncaught exception rather than a rejection the caller could catch.
	if (typeof value.throwIfAborted !== 'function'
		|| typeof value.addEventListener !== 'function'
		|| typeof value.removeEventListener !== 'function') {
		throw new TypeError('Expected `signal` to be an AbortSignal.');
	}
}

class AbortError extends Error {
	constructor(message) {
		super(typeof message === 'string' ? message : undefined);

		this.name = 'AbortError';

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			// Created here, so it already captures every caller frame. Copying `this.stack` instead would only rewrite the header, which is rendered lazily from `name` and `message` at read time. It also stringifies a non-string message, so reuse its result below.
			this.originalError = new Error(message);
			({message} = this.originalError);

			// The caller sees this error, so the frame for this constructor is dropped where the runtime supports it. Left in, the top frame blames p-retry for an error the caller threw. An error the caller passed keeps its own stack, which points at their throw site already. V8-only, hence the lint exception, and the optional call leaves the stack as it is where it is missing.
			// eslint-disable-next-line unicorn/no-nonstandard-builtin-properties
			Error.captureStackTrace?.(this.originalError, AbortError);
		}

		this.message = message;
	}
}

// `setTimeout` cannot represent a longer delay and fires it right away instead, which turns a long backoff into a tight retry loop. Cap at the largest value it can still hold.
const maximumDelay = (2 ** 31) - 1;

function calculateDelay(retriesConsumed, options) {
	// Nothing to wait for, and multiplying by a factor that has grown to `Infinity` would give `NaN`.
	if (options.minTimeout === 0) {
		return 0;
	}

	// `retriesConsumed` starts at 0 and only ever counts up, so the first retry is already attempt 1.
	const attempt = retriesConsumed + 1;
	const random = options.randomize ? (Math.random() + 1) : 1;

	const timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));

	// `maxTimeout` rounds up, so a fractional cap still gives a whole number of milliseconds. Rounding down would turn a cap below 1 into no timer at all, which never yields to the event loop. `Math.ceil(Infinity)` is `Infinity`.
	return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}

function calculateRemainingTime(start, max) {
	return Number.isFinite(max) ? max - (performance.now() - start) : max;
}

async function delayForRetry(delay, options) {
	if (delay <= 0) {
		return;
	}

	await new Promise((resolve, reject) => {
		// Registered with `once`, so it removes itself when it fires.
		const onAbort = () => {
			clearTimeout(timeoutToken);
			reject(options.signal.reason);
		};

		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener('abort', onAbort);
			resolve();
		}, delay);

		if (options.unref) {
			timeoutToken.unref?.();
		}

		options.signal?.addEventListener('abort', onAbort, {once: true});
	});
}

// Stringifying a thrown value can itself throw, for an object with no usable `toString`. That must never be allowed to replace the failure the caller is actually dealing with.
//
// A thrown value whose own accessors or proxy traps throw is not supported, here or anywhere else. It comes from the caller's own code, so it is not something to defend against.
function stringifyThrownValue(value) {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

// `AbortError` wraps the error the caller actually wants, and the wrappers can be nested, so keep unwrapping until the cause is reached. Otherwise an `AbortError` would escape `pRetry` and a `catch` doing `error instanceof AbortError` would read a real failure as a cancellation.
//
// Two wrappers whose `originalError` points at each other are not supported, like the thrown values above.
function unwrapAbortError(error) {
	let cause = error;

	// A wrapper with no error to unwrap to is the cause as far as it goes.
	while (cause instanceof AbortError && cause.originalError instanceof Error) {
		cause = cause.originalError;
	}

	return cause;
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	// The signal is checked after the operation and after every callback, so a cancellation is never reported as an operation failure or a callback's decision, and no callback runs after it. The last check also guards the delay, whose abort listener never fires on a signal that is already aborted.
	const abortIfNeeded = () => {
		options.signal?.throwIfAborted();
	};

	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);

	// Checked before unwrapping an `AbortError`, because the reason a caller aborted with is final. Unwrapping it would replace the reason they chose with whatever is inside it, and it would also let an `AbortError` from the operation outrank a cancellation the caller asked for.
	abortIfNeeded();

	if (normalizedError instanceof AbortError) {
		throw unwrapAbortError(normalizedError);
	}

	// `retriesConsumed` only ever advances while `retriesLeft` is above 0, so this is never negative. `Infinity` minus a finite count is `Infinity`, so an unlimited budget needs no special case.
	const retriesLeft = options.retries - retriesConsumed;

	// A `TypeError` normally means the operation itself is broken rather than the thing it was trying to reach, so retrying it does not help. A network `TypeError` is the exception, and its message differs per runtime, so it has to be recognised rather than assumed.
	const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);

	// Out of time already, out of retries, or a failure that is never retried, so the delay is 0 and the callbacks are told that no retry follows. Only computed when a retry can still follow, so a randomized delay does not draw from `Math.random` for a wait that is never taken.
	const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
	const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;

	const consumeRetryContext = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: delayTime,
	});

	// No answer means no opinion, so fall back to the default. Treating it as `false` instead would leave `retries` uncounted and let the loop run forever.
	const consumeRetry = (await options.shouldConsumeRetry(consumeRetryContext)) ?? true;

	abortIfNeeded();

	const effectiveDelay = consumeRetry ? delayTime : 0;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: effectiveDelay,
	});

	await options.onFailedAttempt(context);

	abortIfNeeded();

	const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);

	// No time or budget left, or a failure that retrying cannot help with.
	if (
		!isRetriableError
		|| remainingTime <= 0
		|| retriesLeft <= 0
	) {
		throw normalizedError;
	}

	const shouldRetry = await options.shouldRetry(context);

	abortIfNeeded();

	if (!shouldRetry) {
		throw normalizedError;
	}

	const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);

	if (remainingTimeAfterShouldRetry <= 0) {
		throw normalizedError;
	}

	if (!consumeRetry) {
		return false;
	}

	await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);

	return true;
}

async function pRetry(input, options = {}) {
	options = {...options};

	// Applied before validating, so that `null` means "not provided" here as it does for every other option.
	options.retries ??= 10;

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Infinity;
	options.maxRetryTime ??= Infinity;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate the options that have a runtime type to check.
	validateOption('onFailedAttempt', options.onFailedAttempt, 'function');
	validateOption('shouldRetry', options.shouldRetry, 'function');
	validateOption('shouldConsumeRetry', options.shouldConsumeRetry, 'function');
	validateOption('randomize', options.randomize, 'boolean');
	validateOption('unref', options.unref, 'boolean');
	validateSignal(options.signal);
	validateNumberOption('factor', options.factor);
	validateNumberOption('minTimeout', options.minTimeout);
	validateNumberOption('maxTimeout', options.maxTimeout, {allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {allowInfinity: true});

	// A negative factor is rejected above, so this only catches `0`. Treat it as `1` to keep the delay constant instead of dropping to zero after the first retry.
	if (options.factor === 0) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	// A consumed count is always finite, so `Infinity` keeps this true and needs no special case.
	while (retriesConsumed <= options.retries) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Unreachable: `onAttemptFailure` throws once `retriesLeft` reaches 0, which is the same state the loop condition tests, so the loop is always left by a throw. Kept as a guard against a future change to either side breaking that pairing.
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}


/***/ })

};
