export const id = 301;
export const ids = [301];
export const modules = {

/***/ 60301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkInputs: () => (/* binding */ checkInputs),
/* harmony export */   p: () => (/* binding */ needsModel)
/* harmony export */ });
/** `<endpoint>-c-<8 digits>` must fit into 63 characters. */
const LONGEST_ENDPOINT = 63 - '-c-'.length - 8;
function checkInputs(inputs) {
    return [
        ...targetProblems(inputs),
        ...modelProblems(inputs),
        ...commandProblems(inputs),
        ...capacityProblems(inputs),
        ...strategyProblems(inputs),
    ];
}
function targetProblems({ target, modelPackageArn, command }) {
    if (target !== 'sagemaker' || modelPackageArn === null || command === 'teardown')
        return [];
    const message = 'deploying a model package by itself is not possible in this version.';
    return [
        {
            where: 'model-package-arn',
            message,
            fix: 'Give its archive as model-data-url and its image as image-uri.',
        },
    ];
}
/** Whether the command makes a plan, for which it has to know the model. */
function needsModel({ command, approvedPlan }) {
    // A command that could not be understood has been said to be so; what it needs is not known.
    if (command === null || command === 'rollback' || command === 'teardown')
        return false;
    return command !== 'discard' || approvedPlan === null;
}
function modelProblems(inputs) {
    const { command, release, modelDataUrl, referenceUrl } = inputs;
    const problems = [];
    if (release !== null && modelDataUrl !== null) {
        const message = 'release and model-data-url are both given, and a release names its own model.';
        problems.push({ where: 'release', message, fix: 'Leave one of them out.' });
    }
    if (release !== null && referenceUrl !== null) {
        const message = 'release and reference-url are both given, and a release names its own reference.';
        problems.push({ where: 'reference-url', message, fix: 'Leave one of them out.' });
    }
    if (needsModel(inputs) && release === null && modelDataUrl === null) {
        const message = `the command "${command}" needs a model.`;
        const fix = 'Set release to a release record, or model-data-url to an archive, as package-model puts them out.';
        problems.push({ where: 'release', message, fix });
    }
    return problems;
}
function commandProblems(inputs) {
    const { command, endpointName, confirm, toVersion, staging } = inputs;
    const problems = [];
    if (command === 'teardown' && confirm !== endpointName) {
        const message = confirm === null ? 'is required for teardown.' : `"${confirm}" is not the endpoint's name.`;
        problems.push({
            where: 'confirm',
            message,
            fix: `Set confirm to "${endpointName}" to remove that endpoint.`,
        });
    }
    if (command !== null && command !== 'rollback' && toVersion !== null) {
        const message = `"${toVersion}" is given, but the command is "${command}".`;
        problems.push({ where: 'to-version', message, fix: 'It goes with the command "rollback" only.' });
    }
    if (needsModel(inputs) &&
        staging === 'endpoint' &&
        endpointName !== null &&
        endpointName.length > LONGEST_ENDPOINT) {
        const message = `"${endpointName}" has ${endpointName.length} characters; with the candidate's name, ${LONGEST_ENDPOINT} are possible.`;
        problems.push({ where: 'endpoint-name', message, fix: 'Shorten it, or set staging to "none".' });
    }
    return problems;
}
function capacityProblems(inputs) {
    const { minCapacity, maxCapacity, invocationsPerInstance, serverlessMemoryMb } = inputs;
    const problems = [];
    if (minCapacity !== null && maxCapacity !== null && minCapacity > maxCapacity) {
        const message = `${minCapacity} is more than max-capacity, ${maxCapacity}.`;
        problems.push({ where: 'min-capacity', message });
    }
    if ((minCapacity === null) !== (maxCapacity === null)) {
        const [given, missing] = minCapacity === null ? ['max-capacity', 'min-capacity'] : ['min-capacity', 'max-capacity'];
        problems.push({
            where: missing,
            message: `is missing, while ${given} is given.`,
            fix: 'Give both or none.',
        });
    }
    if (invocationsPerInstance !== null && maxCapacity === null) {
        const message = 'needs min-capacity and max-capacity.';
        problems.push({ where: 'invocations-per-instance', message });
    }
    if (serverlessMemoryMb !== null && serverlessMemoryMb % 1024 !== 0) {
        problems.push({
            where: 'serverless-memory-mb',
            message: `${serverlessMemoryMb} is no multiple of 1024.`,
        });
    }
    return [...problems, ...serverlessProblems(inputs)];
}
function serverlessProblems(inputs) {
    const { serverlessMemoryMb, serverlessMaxConcurrency, instanceType, maxCapacity } = inputs;
    if (serverlessMemoryMb === null && serverlessMaxConcurrency === null)
        return [];
    const others = Object.entries({ 'instance-type': instanceType, 'max-capacity': maxCapacity });
    return others
        .filter(([, value]) => value !== null)
        .map(([where, value]) => ({
        where,
        message: `"${value}" does not go with serverless inference.`,
        fix: 'Leave it out, or leave out the serverless-* inputs.',
    }));
}
function strategyProblems({ target, strategy, stepPercent, alarms, bakeMinutes }) {
    const problems = [];
    if (strategy !== null && strategy !== 'all-at-once' && stepPercent === null) {
        problems.push({ where: 'step-percent', message: `is required for the strategy "${strategy}".` });
    }
    if (strategy === 'all-at-once' && stepPercent !== null) {
        const message = `${stepPercent} is given, but the strategy "all-at-once" has no steps.`;
        problems.push({ where: 'step-percent', message });
    }
    // On SageMaker we make alarms for the time of the deployment where none are given.
    if (target === 'local' && (bakeMinutes ?? 0) > 0 && (alarms ?? []).length === 0) {
        const message = `${bakeMinutes ?? 0} is given without alarms, so that nothing would be watched.`;
        problems.push({ where: 'bake-minutes', message, fix: 'Give alarms, or leave it out.' });
    }
    return problems;
}


/***/ })

};
