export const id = 8048;
export const ids = [8048,6111];
export const modules = {

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

/***/ 70635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oy: () => (/* binding */ SHORTEST_EXECUTION_SECONDS),
/* harmony export */   Wx: () => (/* binding */ LONGEST_EXECUTION_SECONDS),
/* harmony export */   fx: () => (/* binding */ totalWaitSeconds),
/* harmony export */   ll: () => (/* binding */ extraInstances),
/* harmony export */   zl: () => (/* binding */ LONGEST_WAIT_SECONDS)
/* harmony export */ });
/* unused harmony export stepsOf */
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BlueGreenUpdatePolicy.html */
const LONGEST_WAIT_SECONDS = 3600;
const SHORTEST_EXECUTION_SECONDS = 600;
const LONGEST_EXECUTION_SECONDS = 28_800;
/** In how many steps traffic moves. */
function stepsOf({ type, stepPercent }) {
    if (type === 'all-at-once')
        return 1;
    if (type === 'canary')
        return 2;
    return Math.ceil(100 / (stepPercent ?? 100));
}
/** The waits of one update together, in seconds: one bake after each step. */
function totalWaitSeconds(strategy) {
    return stepsOf(strategy) * strategy.bakeMinutes * 60;
}
/**
 * Instances that run beside what serves while the update is under way. Blue/green starts the whole new fleet first,
 * rolling one batch at a time (https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-rolling.html).
 */
function extraInstances(strategy, count) {
    if (strategy.type !== 'rolling')
        return count;
    return Math.max(1, Math.ceil((count * (strategy.stepPercent ?? 100)) / 100));
}


/***/ }),

/***/ 28048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkRules: () => (/* binding */ checkRules)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/image/ecr.js
var ecr = __webpack_require__(36111);
// EXTERNAL MODULE: ./build/js/src/core/image/reference.js
var image_reference = __webpack_require__(73708);
// EXTERNAL MODULE: ./build/js/src/targets/sagemaker/preflight/s3-url.js
var s3_url = __webpack_require__(88483);
// EXTERNAL MODULE: ./build/js/src/targets/sagemaker/preflight/guardrails.js
var guardrails = __webpack_require__(70635);
;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/strategy-rules.js

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrafficRoutingConfig.html, API_RollingUpdatePolicy.html */
const STEP = {
    'all-at-once': null,
    canary: [1, 50],
    linear: [10, 50],
    rolling: [5, 50],
};
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoRollbackConfig.html */
const MOST_ALARMS = 10;
const LONGEST_ALARM = 255;
function strategyRules(subject) {
    return [
        ...stepRules(subject.strategy),
        ...fleetRules(subject),
        ...waitRules(subject),
        ...alarmRules(subject.strategy),
    ];
}
function stepRules({ type, stepPercent }) {
    const where = 'step-percent';
    const limits = STEP[type];
    if (limits === null) {
        if (stepPercent === null)
            return [];
        return [{ where, message: `${stepPercent} is given, but the strategy "${type}" has no steps.` }];
    }
    const [least, most] = limits;
    const range = `Use ${least} to ${most}.`;
    if (stepPercent === null) {
        return [{ where, message: `is required for the strategy "${type}".`, fix: range }];
    }
    if (stepPercent >= least && stepPercent <= most)
        return [];
    return [{ where, message: `${stepPercent} is not possible for the strategy "${type}".`, fix: range }];
}
/** A step is at least one instance and at most half of them, so there have to be two. */
function fleetRules({ strategy, instanceCount, instanceType, serverless }) {
    const { type } = strategy;
    if (type === 'all-at-once')
        return [];
    const where = 'strategy';
    const fix = 'Use all-at-once.';
    if (serverless !== null) {
        return [
            { where, message: `"${type}" is not possible for serverless inference, which has no instances.`, fix },
        ];
    }
    if (instanceType?.startsWith('ml.inf1.') === true) {
        const message = `"${type}" is not possible with ${instanceType}: SageMaker silently deploys to Inf1 all at once, without a bake.`;
        return [{ where, message, fix }];
    }
    if (instanceCount === null || instanceCount >= 2)
        return [];
    const message = `"${type}" is not possible with ${instanceCount} instance: a step takes half of the instances at most.`;
    return [{ where, message, fix: 'Set initial-instance-count to 2 or more, or use all-at-once.' }];
}
function waitRules({ strategy, timeoutMinutes }) {
    const { bakeMinutes, type } = strategy;
    const problems = [];
    const where = 'bake-minutes';
    if (bakeMinutes * 60 > guardrails/* LONGEST_WAIT_SECONDS */.zl) {
        const message = `${bakeMinutes} is more than AWS waits, ${guardrails/* LONGEST_WAIT_SECONDS */.zl / 60} minutes.`;
        return [{ where, message }];
    }
    const minutes = (0,guardrails/* totalWaitSeconds */.fx)(strategy) / 60;
    if (minutes * 60 >= guardrails/* LONGEST_EXECUTION_SECONDS */.Wx) {
        const most = guardrails/* LONGEST_EXECUTION_SECONDS */.Wx / 60;
        const message = `${bakeMinutes} after each step of "${type}" makes ${minutes} minutes; AWS gives an update less than ${most}.`;
        problems.push({ where, message, fix: 'Shorten it, or take larger steps.' });
    }
    else if (minutes > 0 && minutes >= timeoutMinutes) {
        const message = `${timeoutMinutes} is not more than the waits of "${type}" alone, ${minutes} minutes.`;
        const fix = `Set it above ${minutes}, with the time that new instances need on top.`;
        problems.push({ where: 'timeout-minutes', message, fix });
    }
    return problems;
}
function alarmRules({ alarms }) {
    const where = 'alarms';
    const problems = alarms
        .filter((name) => name.trim() === '' || name.length > LONGEST_ALARM)
        .map((name) => ({ where, message: `"${name}" is no name of an alarm.` }));
    if (alarms.length > MOST_ALARMS) {
        problems.push({ where, message: `there are ${alarms.length} of them; ${MOST_ALARMS} are possible.` });
    }
    return problems;
}

;// CONCATENATED MODULE: ./build/js/src/targets/sagemaker/preflight/rules.js
/** The rules that need no network: whatever they find is told before the first call, all of it together. */





/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html (EndpointName) */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const INSTANCE_TYPE = /^ml\.[a-z0-9-]+\.[a-z0-9-]+$/;
function checkRules(subject) {
    return [
        ...nameRules(subject),
        ...sourceRules(subject),
        ...instanceRules(subject),
        ...serverlessRules(subject),
        ...scalingRules(subject),
        ...strategyRules(subject),
        ...environmentRules(subject),
        ...tagRules(subject),
        ...networkRules(subject),
    ];
}
function nameRules({ endpoint, variantName, account }) {
    const names = { 'endpoint-name': endpoint, 'variant-name': variantName };
    const problems = Object.entries(names).flatMap(([where, name]) => name === null || NAME.test(name) ? [] : [nameProblem(where, name)]);
    if (account !== null && !/^\d{12}$/.test(account)) {
        problems.push({ where: 'aws-account-id', message: `"${account}" is not an account id of 12 digits.` });
    }
    return problems;
}
function nameProblem(where, name) {
    const length = name.length > 63 ? ` It has ${name.length} characters.` : '';
    return {
        where,
        message: `"${name}" is no name for SageMaker.${length}`,
        fix: 'Use letters, digits and inner hyphens, 63 at most.',
    };
}
function sourceRules({ executionRoleArn, model, imageUri, region }) {
    const problems = [];
    if (model !== null && (0,s3_url/* parseS3Url */.F)(model.url) === null) {
        const message = `"${model.url}" does not lie in S3, and SageMaker reads models from there only.`;
        const fix = 'Give package-model a destination such as s3://bucket/prefix.';
        problems.push({ where: 'model-data-url', message, fix });
    }
    if (executionRoleArn !== null && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(executionRoleArn)) {
        const message = `"${executionRoleArn}" is not the ARN of a role.`;
        problems.push({
            where: 'execution-role-arn',
            message,
            fix: 'It looks like arn:aws:iam::123456789012:role/name.',
        });
    }
    if (imageUri !== null)
        problems.push(...imageProblems(imageUri, region));
    return problems;
}
function imageProblems(imageUri, region) {
    let reference;
    try {
        reference = (0,image_reference/* parseReference */.F2)(imageUri, 'image-uri');
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            return [...error.problems];
        throw error;
    }
    const registry = (0,ecr.parseEcrHost)(reference.registry);
    if (registry === null || registry.region === region)
        return [];
    const message = `"${imageUri}" lies in ${registry.region}; SageMaker in ${region} pulls images of its own region only.`;
    return [{ where: 'image-uri', message, fix: `Push it to ${region}, or replicate the repository.` }];
}
function instanceRules({ instanceType, kmsKeyId }) {
    if (instanceType === null)
        return [];
    if (!INSTANCE_TYPE.test(instanceType)) {
        const message = `"${instanceType}" is not an instance type of SageMaker.`;
        return [{ where: 'instance-type', message, fix: 'It looks like ml.m5.large.' }];
    }
    if (kmsKeyId === null || !hasLocalStorage(instanceType))
        return [];
    const message = `"${kmsKeyId}" cannot be used with ${instanceType}: its local storage is encrypted by the machine itself, and AWS refuses a key for it.`;
    return [
        { where: 'kms-key-id', message, fix: 'Leave it out, or take an instance type without local storage.' },
    ];
}
/**
 * Families with a disk of their own: those with a d after the generation, and these others.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html (KmsKeyId)
 */
function hasLocalStorage(instanceType) {
    const family = instanceType.split('.')[1] ?? '';
    return (/^[a-z]+\d+[a-z]*d[a-z]*$/.test(family) ||
        ['g5', 'g6', 'g6e', 'p5', 'p5e', 'p5en', 'trn1', 'trn1n', 'trn2'].includes(family));
}
/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html (memory size, feature exclusions) */
function serverlessRules(subject) {
    const { serverless } = subject;
    if (serverless === null)
        return [];
    const { memoryMb, maxConcurrency } = serverless;
    const problems = [];
    if (memoryMb !== null && (memoryMb % 1024 !== 0 || memoryMb < 1024 || memoryMb > 6144)) {
        const message = `${memoryMb} is not possible.`;
        problems.push({ where: 'serverless-memory-mb', message, fix: 'Use 1024 to 6144 in steps of 1024.' });
    }
    if (maxConcurrency !== null && (maxConcurrency < 1 || maxConcurrency > 200)) {
        const message = `${maxConcurrency} is not possible.`;
        problems.push({ where: 'serverless-max-concurrency', message, fix: 'Use 1 to 200.' });
    }
    const excluded = {
        'instance-type': subject.instanceType !== null,
        'initial-instance-count': subject.instanceCount !== null,
        'max-capacity': subject.scaling !== null,
        'vpc-subnets': subject.subnets.length > 0 || subject.securityGroups.length > 0,
        'enable-network-isolation': subject.networkIsolation,
        'data-capture-destination': subject.dataCapture,
    };
    for (const where of Object.keys(excluded).filter((name) => excluded[name])) {
        const message = 'does not go with serverless inference.';
        problems.push({ where, message, fix: 'Leave it out, or leave out the serverless-* inputs.' });
    }
    return problems;
}
function scalingRules({ scaling, instanceCount }) {
    if (scaling === null)
        return [];
    const { minCapacity, maxCapacity } = scaling;
    const problems = [];
    if (minCapacity > maxCapacity) {
        problems.push({
            where: 'min-capacity',
            message: `${minCapacity} is more than max-capacity, ${maxCapacity}.`,
        });
    }
    if (minCapacity < 1) {
        // https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html
        const message = 'AWS scales a variant to no instances only where it has inference components.';
        problems.push({ where: 'min-capacity', message, fix: 'Use 1 or more, or serverless inference.' });
    }
    if (instanceCount !== null && (instanceCount < minCapacity || instanceCount > maxCapacity)) {
        const message = `${instanceCount} is not between min-capacity (${minCapacity}) and max-capacity (${maxCapacity}).`;
        problems.push({ where: 'initial-instance-count', message, fix: 'Autoscaling would change it at once.' });
    }
    return problems;
}
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html (Environment) */
const MOST_VARIABLES = 100;
const LONGEST_VARIABLE = 1024;
function environmentRules({ environment }) {
    const where = 'environment-variables';
    const problems = [];
    if (environment.size > MOST_VARIABLES) {
        problems.push({
            where,
            message: `there are ${environment.size} of them; ${MOST_VARIABLES} are possible.`,
        });
    }
    for (const [name, value] of environment) {
        if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.length > LONGEST_VARIABLE) {
            const fix = 'Use letters, digits and _, without a digit in front.';
            problems.push({ where, message: `"${name}" is no name for a variable.`, fix });
        }
        if (value.length > LONGEST_VARIABLE) {
            const message = `the value of ${name} has ${value.length} characters; ${LONGEST_VARIABLE} are possible.`;
            problems.push({ where, message });
        }
    }
    return problems;
}
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html; some of the 50 are ours. */
const MOST_TAGS = 50 - 20;
function tagRules({ tags }) {
    const where = 'tags';
    const problems = [];
    if (tags.size > MOST_TAGS) {
        problems.push({
            where,
            message: `there are ${tags.size} of them; ${MOST_TAGS} are possible beside our own.`,
        });
    }
    for (const [key, value] of tags) {
        if (/^aws:/i.test(key)) {
            problems.push({ where, message: `"${key}" starts with "aws:", which AWS keeps for itself.` });
        }
        if (key.length < 1 || key.length > 128 || value.length > 256) {
            const message = `"${key}" is too long: 128 characters for a key and 256 for a value are possible.`;
            problems.push({ where, message });
        }
        if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(`${key}${value}`)) {
            const message = `"${key}" has a character that AWS does not take in a tag.`;
            problems.push({ where, message, fix: 'Use letters, digits, spaces and _ . : / = + - @.' });
        }
    }
    return problems;
}
function networkRules({ subnets, securityGroups }) {
    const problems = [];
    if ((subnets.length === 0) !== (securityGroups.length === 0)) {
        const [missing, given] = subnets.length === 0 ? ['vpc-subnets', 'vpc-security-groups'] : ['vpc-security-groups', 'vpc-subnets'];
        problems.push({
            where: missing,
            message: `is missing, while ${given} is given.`,
            fix: 'Give both or none.',
        });
    }
    // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
    const lists = { 'vpc-subnets': [subnets, 16], 'vpc-security-groups': [securityGroups, 5] };
    for (const [where, [list, most]] of Object.entries(lists)) {
        if (list.length > most) {
            problems.push({ where, message: `there are ${list.length} of them; ${most} are possible.` });
        }
    }
    return problems;
}


/***/ }),

/***/ 88483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseS3Url)
/* harmony export */ });
/** null for anything that is not s3://bucket/key. */
function parseS3Url(url) {
    const [, bucket, key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.*)$/s.exec(url) ?? [];
    return bucket === undefined ? null : { bucket, key };
}


/***/ })

};
