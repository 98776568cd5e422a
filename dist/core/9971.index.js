export const id = 9971;
export const ids = [9971];
export const modules = {

/***/ 39971:
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

// EXTERNAL MODULE: ./build/js/src/adapters/container-engine/program.js
var container_engine_program = __webpack_require__(88437);
;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/docker.js
/** docker, with what it has: buildx, the BuildKit of clients before 23, or the classic builder. */



const BUILDER_NAMES = { buildkit: 'its own BuildKit', classic: 'the classic builder' };
const INSTALL_BUILDX = 'Install buildx (docker/setup-buildx-action, or the package docker-buildx-plugin)';
function dockerEngine(tools, program, info) {
    const builder = builderOf(info);
    const with_ = builder.kind === 'buildx' ? `buildx ${builder.version}` : BUILDER_NAMES[builder.kind];
    return {
        name: `docker ${info.ServerVersion ?? ''} with ${with_}`,
        storage: info.DockerRootDir ?? null,
        check: (request) => refuseWhatIsMissing(builder, request),
        login: (registry, login) => (0,container_engine_program/* logIn */.E8)(tools, program, registry, login),
        logout: async (registry) => {
            await (0,container_engine_program/* start */.ni)(tools, program, ['logout', registry]);
        },
        build: (request) => build(tools, program, builder, request),
        push: (reference) => (0,container_engine_program/* push */.VC)(tools, program, ['push', reference], reference),
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
    refuseWhatIsMissing(builder, request);
    const secrets = secretFlags(request.secrets);
    const args = [
        ...(builder.kind === 'buildx'
            ? [
                ...['buildx', 'build', ...outputFlags(builder.version, request), ...cacheFlags(request.cache)],
                // Builders of their own want to hear it twice.
                ...(request.network === 'host' ? ['--allow', 'network.host'] : []),
            ]
            : ['build']),
        ...commonFlags(request),
        ...proxyFlags(tools.proxyVariables ?? [], request),
        ...secrets.flags,
        request.context,
    ];
    const env = { ...secrets.env, DOCKER_BUILDKIT: builder.kind === 'classic' ? '0' : '1' };
    const result = await (0,container_engine_program/* start */.ni)(tools, program, args, { show: true, env });
    if (result.exitCode === 0)
        return;
    const { platform } = request;
    throw (0,container_engine_program/* buildFailed */.q3)({ result, program, platform, secrets: [...request.secrets.values()] });
}
/** https://docs.docker.com/build/cache/backends/ */
function cacheFlags(cache) {
    if (cache === null)
        return [];
    if (cache.kind === 'gha') {
        const scope = `type=gha,scope=${cache.scope}`;
        return ['--cache-from', scope, '--cache-to', `${scope},mode=max`];
    }
    const from = `type=registry,ref=${cache.reference}`;
    // One manifest of an image, since ECR does not take the index that is the default of older versions.
    return ['--cache-from', from, '--cache-to', `${from},mode=max,image-manifest=true,oci-mediatypes=true`];
}
/**
 * Docker does not hand the client's proxy to RUN steps by itself. Named without a value, it takes the value from the
 * environment, so that a password in it is in no argument; these names leave no trace in the image.
 * https://docs.docker.com/build/building/variables/#proxy-arguments
 */
function proxyFlags(names, { args }) {
    return names.filter((name) => !args.has(name)).flatMap((name) => ['--build-arg', name]);
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
function refuseWhatIsMissing(builder, request) {
    const problems = [];
    if (request.cache !== null && builder.kind !== 'buildx') {
        problems.push({
            where: 'cache',
            message: `"${request.cache.kind}" needs buildx, and this docker has ${BUILDER_NAMES[builder.kind]}.`,
            fix: `${INSTALL_BUILDX}, or set cache: none.`,
        });
    }
    if (builder.kind === 'classic')
        problems.push(...beyondClassic(request));
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
}
function beyondClassic(request) {
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
    return problems;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/podman.js
/** podman and buildah, which take the same flags. */



function podmanEngine(tools, program, { version, storage }) {
    return {
        name: `${program.name} ${version}`.trim(),
        storage,
        check: (request) => podman_refuseWhatIsMissing(program, request),
        login: (registry, login) => (0,container_engine_program/* logIn */.E8)(tools, program, registry, login, tlsFlags(`${registry}/`)),
        logout: async (registry) => {
            await (0,container_engine_program/* start */.ni)(tools, program, ['logout', registry]);
        },
        build: (request) => podman_build(tools, program, request),
        push: (reference) => (0,container_engine_program/* push */.VC)(tools, program, ['push', ...tlsFlags(reference), reference], reference),
    };
}
async function podman_build(tools, program, request) {
    podman_refuseWhatIsMissing(program, request);
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
    const result = await (0,container_engine_program/* start */.ni)(tools, program, args, { show: true, env: secrets.env });
    if (result.exitCode === 0)
        return;
    const { platform } = request;
    throw (0,container_engine_program/* buildFailed */.q3)({ result, program, platform, secrets: [...request.secrets.values()] });
}
function podman_refuseWhatIsMissing({ name }, { cache }) {
    if (cache === null)
        return;
    const message = `"${cache.kind}" needs docker with buildx, and ${name} is used here.`;
    throw errors/* UserError */.yo.of([{ where: 'cache', message, fix: 'Install docker with buildx, or set cache: none.' }]);
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
    const result = await (0,container_engine_program/* start */.ni)(tools, program, ['info', '--format', '{{json .}}']);
    const info = parseInfo(result.stdout);
    // The package podman-docker puts podman under docker's name.
    if (info !== null && 'host' in info)
        return { engine: podmanOf(tools, program, info) };
    const docker = info;
    const errors = docker?.ServerErrors?.join(' ') ?? '';
    if (result.exitCode === 0 && docker?.ServerVersion)
        return { engine: dockerEngine(tools, program, docker) };
    return { trouble: errors || (0,container_engine_program/* tail */.RT)(result.stderr, 1) || `exit code ${result.exitCode}` };
}
async function askPodman(tools, program) {
    const result = await (0,container_engine_program/* start */.ni)(tools, program, ['info', '--format', 'json']);
    const info = parseInfo(result.stdout);
    if (result.exitCode === 0 && info !== null)
        return { engine: podmanOf(tools, program, info) };
    return { trouble: (0,container_engine_program/* tail */.RT)(result.stderr, 1) || `exit code ${result.exitCode}` };
}
async function askBuildah(tools, program) {
    const result = await (0,container_engine_program/* start */.ni)(tools, program, ['info']);
    if (result.exitCode !== 0)
        return { trouble: (0,container_engine_program/* tail */.RT)(result.stderr, 1) || `exit code ${result.exitCode}` };
    const version = await (0,container_engine_program/* start */.ni)(tools, program, ['--version']);
    const number = /version (\S+)/.exec(version.stdout)?.[1] ?? '';
    return {
        engine: podmanEngine(tools, program, { version: number, storage: graphRoot(parseInfo(result.stdout)) }),
    };
}
function podmanOf(tools, program, info) {
    const { Version } = (info.version ?? {});
    const facts = { version: Version ?? '', storage: graphRoot(info) };
    return podmanEngine(tools, { name: 'podman', path: program.path }, facts);
}
/** Where podman and buildah keep images; null where they do not say. */
function graphRoot(info) {
    const { graphRoot: podman, GraphRoot: buildah } = (info?.store ?? {});
    const root = podman ?? buildah;
    return typeof root === 'string' ? root : null;
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


/***/ })

};
