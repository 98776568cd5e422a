export const id = 8113;
export const ids = [8113,6111];
export const modules = {

/***/ 2763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runnerFinder: () => (/* binding */ runnerFinder)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/adapters/container-engine/program.js
var container_engine_program = __webpack_require__(88437);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/runner.js
/** Runs containers by docker's command line, which podman takes too. */



const LOOPBACK = '127.0.0.1';
/** SageMaker kills a container 30 seconds after it asked it to end. Here somebody waits for it. */
const STOP_SECONDS = 5;
const TAIL_LINES = 20;
/** What the client itself listens to; the container's values of these must not reach it. */
const OF_THE_CLIENT = /^(PATH|HOME|TMPDIR|XDG_.*|DOCKER_.*|CONTAINERS?_.*|REGISTRY_AUTH_FILE|.*_PROXY|LD_.*|GO.*|SSL_CERT_.*)$/i;
function createRunner(tools, program, name) {
    const engine = new Engine(tools, program);
    return {
        name,
        fetch: (image) => engine.fetch(image),
        run: (spec) => engine.run(spec),
        removeAll: (labels) => engine.removeAll(labels),
    };
}
class Engine {
    #tools;
    #program;
    #hasBridge = null;
    constructor(tools, program) {
        this.#tools = tools;
        this.#program = program;
    }
    async fetch(image) {
        const known = await this.#ask(['image', 'inspect', '--format', '{{.Id}}', image]);
        if (known.exitCode === 0)
            return;
        const pulled = await (0,container_engine_program/* start */.ni)(this.#tools, this.#program, ['pull', image], { show: true });
        if (pulled.exitCode !== 0)
            throw this.#pullFailed(image, pulled);
    }
    async run(spec) {
        const onHost = !(await this.#bridged());
        const port = onHost ? await freePort() : spec.port;
        const environment = new Map([...spec.environment, [spec.portVariable, String(port)]]);
        const result = await this.#start(spec, environment, onHost);
        if (result.exitCode !== 0) {
            await this.#remove(spec.name);
            const said = (0,container_engine_program/* tail */.RT)(result.stderr, 1) || `exit code ${result.exitCode}`;
            throw new errors/* UpstreamError */.gA(this.#program.name, `${this.#program.name} could not start ${spec.image}: ${said}`, {
                detail: (0,container_engine_program/* tail */.RT)(result.stderr, TAIL_LINES),
            });
        }
        const reached = onHost ? port : await this.#published(spec);
        return {
            name: spec.name,
            port: reached,
            exitCode: () => this.#exitCode(spec.name),
            logs: (lines) => this.#logs(spec.name, lines),
            remove: () => this.#remove(spec.name),
        };
    }
    async removeAll(labels) {
        const filters = [...labels].flatMap(([name, value]) => ['--filter', `label=${name}=${value}`]);
        const found = await this.#must(['ps', '--all', '--format', '{{.Names}}', ...filters]);
        const names = found.split('\n').filter((name) => name !== '');
        for (const name of names)
            await this.#remove(name);
        return names;
    }
    /** Values go by the client's environment or standard input, so that they stand in no argument. */
    #start(spec, environment, onHost) {
        const { source, target } = spec.mount;
        const byInput = [...environment].filter(([name]) => OF_THE_CLIENT.test(name));
        const byClient = [...environment].filter(([name]) => !OF_THE_CLIENT.test(name));
        const args = [
            ...['run', '--detach', '--pull', 'never', '--name', spec.name],
            ...[...spec.labels].flatMap(([name, value]) => ['--label', `${name}=${value}`]),
            ...['--mount', `type=bind,source=${source},target=${target},readonly`],
            ...(this.#program.name === 'podman' ? ['--security-opt', 'label=disable'] : []),
            ...(onHost ? ['--network', 'host'] : ['--publish', `${LOOPBACK}::${spec.port}`]),
            ...byClient.flatMap(([name]) => ['--env', name]),
            ...(byInput.length > 0 ? ['--env-file', '/dev/stdin'] : []),
            spec.image,
            ...spec.args,
        ];
        const input = byInput.map(([name, value]) => `${name}=${value}\n`).join('');
        return (0,container_engine_program/* start */.ni)(this.#tools, this.#program, args, {
            env: Object.fromEntries(byClient),
            ...(input === '' ? {} : { input }),
        });
    }
    /** Engines without a bridge network, such as one inside of a container, share the machine's ports. */
    #bridged() {
        if (this.#program.name === 'podman')
            return Promise.resolve(true);
        this.#hasBridge ??= this.#ask([
            'network',
            'ls',
            '--filter',
            'driver=bridge',
            '--format',
            '{{.Name}}',
        ]).then(({ exitCode, stdout }) => exitCode !== 0 || stdout.trim() !== '');
        return this.#hasBridge;
    }
    async #published({ name, port, image }) {
        const { stdout } = await this.#ask(['port', name, `${port}/tcp`]);
        const published = Number(/:(\d+)\s*$/m.exec(stdout)?.[1]);
        if (published > 0)
            return published;
        // One that has ended already has no port any more; what it printed says why.
        const detail = await this.#logs(name, TAIL_LINES);
        await this.#remove(name);
        throw new errors/* UpstreamError */.gA('container', `The container of ${image} ended as soon as it was started: ${(0,container_engine_program/* tail */.RT)(detail, 1) || '(it printed nothing)'}`, { detail });
    }
    async #exitCode(name) {
        const { exitCode, stdout } = await this.#ask([
            ...['inspect', '--type', 'container', '--format', '{{.State.Running}} {{.State.ExitCode}}', name],
        ]);
        const [running, code] = stdout.trim().split(' ');
        if (exitCode !== 0)
            return -1;
        return running === 'true' ? null : Number(code);
    }
    async #logs(name, lines) {
        const { stdout, stderr } = await this.#ask(['logs', '--tail', String(lines), name]);
        return (0,container_engine_program/* tail */.RT)(`${stdout}\n${stderr}`, lines);
    }
    /** Also where the run is cancelled: a container must not outlive it. */
    async #remove(name) {
        const { exec } = this.#tools;
        const { path } = this.#program;
        await exec(path, ['stop', '--time', String(STOP_SECONDS), name]);
        const removed = await exec(path, ['rm', '--force', name]);
        if (removed.exitCode === 0 || /no such container|no container with name/i.test(removed.stderr))
            return;
        throw new errors/* UpstreamError */.gA(this.#program.name, `${this.#program.name} could not remove the container ${name}: ${(0,container_engine_program/* tail */.RT)(removed.stderr, 1)}`);
    }
    #pullFailed(image, { stdout, stderr, exitCode }) {
        const said = (0,container_engine_program/* tail */.RT)(stderr, 1) || (0,container_engine_program/* tail */.RT)(stdout, 1) || `exit code ${exitCode}`;
        const registry = image.split('/')[0] ?? image;
        const { name } = this.#program;
        if (/unauthorized|authentication required|no basic auth|denied|\b403\b/i.test(said)) {
            return new errors/* UserError */.yo(`${registry} did not let ${name} pull ${image}: ${said}. Log in before this step (${name} login ${registry}) with a user who may read there.`);
        }
        if (/not found|manifest unknown|name unknown/i.test(said)) {
            return new errors/* UserError */.yo(`${registry} has no image ${image}: ${said}. Check image-uri.`);
        }
        return new errors/* UpstreamError */.gA(registry, `${name} could not pull ${image}: ${said}`, {
            detail: (0,container_engine_program/* tail */.RT)(`${stdout}\n${stderr}`, TAIL_LINES),
        });
    }
    #ask(args) {
        return (0,container_engine_program/* start */.ni)(this.#tools, this.#program, args);
    }
    async #must(args) {
        const { exitCode, stdout, stderr } = await this.#ask(args);
        if (exitCode === 0)
            return stdout;
        const { name } = this.#program;
        throw new errors/* UpstreamError */.gA(name, `${name} ${args[0] ?? ''} failed: ${(0,container_engine_program/* tail */.RT)(stderr, 1) || `exit code ${exitCode}`}`);
    }
}
async function freePort() {
    const server = (0,external_node_net_.createServer)();
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, LOOPBACK, resolve);
    });
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/container-engine/find-runner.js
/** Finds the engine that runs containers on this machine: docker, or else podman. */



function runnerFinder(tools) {
    return async () => {
        const troubles = [];
        for (const name of ['docker', 'podman']) {
            const path = await tools.which(name);
            if (path === null)
                continue;
            const program = { name, path };
            const { version, trouble } = await ask(tools, program);
            if (version !== null)
                return createRunner(tools, program, `${name} ${version}`);
            troubles.push(`${name} is installed, but does not answer: ${trouble}`);
        }
        throw new errors/* UserError */.yo(troubles.length > 0
            ? `${troubles.join('\n')}\nStart it, or leave image-uri out to serve an ONNX model without a container.`
            : 'There is no container engine to run the image with: neither docker nor podman is on the PATH. Run this job on a runner with Docker (runs-on: ubuntu-latest has it), or leave image-uri out to serve an ONNX model without a container.');
    };
}
async function ask(tools, program) {
    const format = program.name === 'docker' ? '{{.Server.Version}}' : '{{.Client.Version}}';
    const result = await (0,container_engine_program/* start */.ni)(tools, program, ['version', '--format', format]);
    const version = result.stdout.trim();
    if (result.exitCode === 0 && version !== '')
        return { version, trouble: '' };
    return { version: null, trouble: (0,container_engine_program/* tail */.RT)(result.stderr, 1) || `exit code ${result.exitCode}` };
}


/***/ }),

/***/ 36111:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ ecrRegistryOf),
/* harmony export */   Qy: () => (/* binding */ ecrNameProblems),
/* harmony export */   Re: () => (/* binding */ lifecyclePolicy),
/* harmony export */   bf: () => (/* binding */ isDeployedTag),
/* harmony export */   parseEcrHost: () => (/* binding */ parseEcrHost)
/* harmony export */ });
/* unused harmony exports DEPLOYED_TAG_PREFIX, deployedTag, imageNameOf */
/** By the credential helper of AWS: https://github.com/awslabs/amazon-ecr-credential-helper/blob/main/ecr-login/api/client.go */
const HOST = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9][a-z0-9-]*)\.(?:amazonaws\.(?:com|eu)(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;
/** What a host name says; null for a registry that is not ECR's. */
function parseEcrHost(host) {
    const [, account, region] = HOST.exec(host) ?? [];
    return account === undefined || region === undefined ? null : { host, account, region };
}
/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html, https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const SUFFIXES = [
    ['cn-', 'amazonaws.com.cn'],
    ['eusc-', 'amazonaws.eu'],
    ['us-isob-', 'sc2s.sgov.gov'],
    ['us-isof-', 'csp.hci.ic.gov'],
    ['us-iso-', 'c2s.ic.gov'],
    ['eu-isoe-', 'cloud.adc-e.uk'],
];
function ecrRegistryOf(account, region) {
    const suffix = SUFFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
    return { account, region, host: `${account}.dkr.ecr.${region}.${suffix}` };
}
/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (repositoryName) */
const REPOSITORY = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
/** What ECR refuses and other registries take. */
function ecrNameProblems(repository) {
    if (repository.length >= 2 && repository.length <= 256 && REPOSITORY.test(repository))
        return [];
    const message = `"${repository}" is no name for an ECR repository.`;
    const fix = 'Use 2 to 256 lower-case letters and digits, with single . _ or - between them, and / between parts.';
    return [{ where: 'repository', message, fix }];
}
/** Tags with this prefix mark images that are deployed; nothing else may use it. */
const DEPLOYED_TAG_PREFIX = 'deployed-';
/** The tag that keeps a deployed image; by its digest, so that setting it twice is the same as once. */
function deployedTag(digest) {
    return `${DEPLOYED_TAG_PREFIX}${digest.replace(/^sha256:/, '').slice(0, 16)}`;
}
function isDeployedTag(tag) {
    return tag.startsWith(DEPLOYED_TAG_PREFIX);
}
const CENTURY_DAYS = 36_500;
const UNTAGGED_DAYS = 14;
const CONTENT_DAYS = 180;
/**
 * The lifecycle policy of a repository that we make. An image that a rule matches is never expired by a rule of lower
 * priority, so that the first rule, which never comes true, shields what is deployed.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html (evaluation rules)
 */
function lifecyclePolicy() {
    const tagged = (prefix, days) => ({
        tagStatus: 'tagged',
        tagPrefixList: [prefix],
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: days,
    });
    const untagged = {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: UNTAGGED_DAYS,
    };
    const rule = (rulePriority, description, selection) => ({
        rulePriority,
        description,
        selection,
        action: { type: 'expire' },
    });
    return {
        rules: [
            rule(1, 'Deployed images stay', tagged(DEPLOYED_TAG_PREFIX, CENTURY_DAYS)),
            rule(2, 'Images that were never deployed', tagged('content-', CONTENT_DAYS)),
            rule(3, 'Images without a tag', untagged),
        ],
    };
}
/** `repository` in `registry`, as other parts of the project call it. */
function imageNameOf(registry, repository) {
    return { registry: registry.host, repository };
}


/***/ })

};
