export const id = 6111;
export const ids = [6111];
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


/***/ })

};
