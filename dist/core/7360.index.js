export const id = 7360;
export const ids = [7360,301];
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


/***/ }),

/***/ 97360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/plan/outdated.js
var outdated = __webpack_require__(89403);
// EXTERNAL MODULE: ./build/js/src/core/plan/plan.js
var plan_plan = __webpack_require__(47496);
// EXTERNAL MODULE: ./build/js/src/core/targets.js
var targets = __webpack_require__(81997);
// EXTERNAL MODULE: ./build/js/src/core/workspace.js
var workspace = __webpack_require__(46386);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
// EXTERNAL MODULE: ./build/js/src/core/plan/approved-plan.js + 1 modules
var approved_plan = __webpack_require__(79358);
;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/approved.js
/** The plan that was approved, and the plan that is carried out. */





/** @returns null where none is given. @throws UserError for a document that cannot be trusted. */
async function readApprovedPlan({ approvedPlan, endpointName, target }, context) {
    if (approvedPlan === null)
        return null;
    const isJson = approvedPlan.startsWith('{');
    const where = isJson ? 'approved-plan' : `approved-plan "${approvedPlan}"`;
    const approved = (0,approved_plan/* parseApprovedPlan */.u)(isJson ? approvedPlan : await read(approvedPlan, context), where);
    const { plan } = approved;
    if (plan.endpoint !== endpointName || plan.target !== target) {
        throw new errors/* UserError */.yo(`${where} is a plan for the endpoint ${plan.endpoint} of target ${plan.target}, not for ${endpointName} ` +
            `of target ${target}. Nothing was changed.`);
    }
    return approved;
}
async function read(path, context) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.resolve)(context.workspace, path), 'utf8');
    }
    catch (error) {
        const message = `"${path}" cannot be read (${(0,errors/* messageOf */.bD)(error)}).`;
        const fix = 'Give the path or the JSON that approve-gate put out.';
        throw errors/* UserError */.yo.of([{ where: 'approved-plan', message, fix }]);
    }
}
/** The plan to carry out. @throws UserError where it is not the one that was approved; the summary then shows why. */
function bindToApproval(approved, now, report) {
    if (approved === null)
        return now;
    const verdict = (0,approved_plan/* checkApproved */.E)(approved.plan, now);
    if (verdict.accepted)
        return verdict.plan;
    report.summary(`#### What differs from the approved plan ${(0,markdown/* code */.aY)(approved.plan.digest)}\n\n${changesTable(verdict.changes, 'Approved', 'Now')}`);
    const details = verdict.changes.map(({ field, from, to }) => `  - ${field}: ${from ?? 'none'} -> ${to ?? 'none'}`);
    throw new errors/* UserError */.yo(`${verdict.reason} Nothing was changed; have the new plan approved.\n${details.join('\n')}`);
}
function changesTable(changes, from = 'From', to = 'To') {
    const cell = (value) => (value === null ? 'none' : (0,markdown/* code */.aY)(value));
    const rows = changes.map((change) => [(0,markdown/* code */.aY)(change.field), cell(change.from), cell(change.to)]);
    return (0,markdown/* table */.tp)(['Field', from, to], rows);
}

// EXTERNAL MODULE: ./build/js/src/actions/deploy-endpoint/check-inputs.js
var check_inputs = __webpack_require__(60301);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/stores.js
var stores = __webpack_require__(57717);
// EXTERNAL MODULE: ./build/js/src/core/release/packaged-release.js
var packaged_release = __webpack_require__(95737);
;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/release.js
/** The release record of a deployment: what was deployed, where to, on whose approval. */



async function writeRelease(store, sources, deployed, ports) {
    const digest = await store.record(recordOf(sources, deployed, ports));
    const url = store.urlOf(stores/* storeKeys */.G5.release(digest));
    return { digest, location: url.startsWith('file:') ? (0,external_node_url_.fileURLToPath)(url) : url };
}
/** Continues the record that was given. What was found out about other places (smoke) is not true of this one. */
function recordOf({ model, image, reference, release }, { plan, outcome, approval }, { context, clock }) {
    const begun = release?.record ?? (0,packaged_release/* packagedRelease */.i)(model, reference, context, clock.now());
    const { target, endpoint, version, environmentName: environment, digest: planDigest } = plan;
    return {
        ...begun,
        image,
        deployment: { environment, target, endpoint, version, planDigest, outcome },
        approval,
        smoke: null,
        parent: release?.digest ?? null,
        createdAt: clock.now().toISOString(),
    };
}

;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/summary.js
/** The block of the job summary: the outcome first. */



function summaryOf(facts) {
    const { endpoint, outcome, message, description, plan } = facts;
    return [
        `### ${(0,markdown/* code */.aY)(endpoint)}: ${outcome}`,
        ...(message === '' ? [] : [(0,markdown/* escapeMarkdown */.FV)(message)]),
        (0,markdown/* table */.tp)(['', ''], rowsOf(facts)),
        ...(description?.status === 'serving' && description.url !== null ? [curl(description.url)] : []),
        ...(plan === null ? [] : planBlocks(plan)),
        ...(description?.detail ? [(0,markdown/* details */.zH)('What the platform says', (0,markdown/* codeBlock */.DV)(description.detail))] : []),
    ].join('\n\n');
}
function rowsOf({ description, plan, releaseDigest }) {
    const rows = [];
    if (description === null)
        rows.push(['Serving', 'not known: it could not be read back']);
    else {
        const { status, live, previous, candidates, url } = description;
        rows.push(['Serving', status === 'serving' ? (0,markdown/* code */.aY)(live?.version ?? '') : 'nothing']);
        rows.push(['Before', previous === null ? 'nothing to roll back to' : (0,markdown/* code */.aY)(previous.version)]);
        if (url !== null)
            rows.push(['URL', (0,markdown/* code */.aY)(url)]);
        for (const { name, version, expiresAt } of candidates) {
            rows.push(['Candidate', `${(0,markdown/* code */.aY)(name)}, version ${(0,markdown/* code */.aY)((0,targets/* shortVersion */.Li)(version))}, expires ${expiresAt}`]);
        }
    }
    if (plan !== null)
        rows.push(['Plan', (0,markdown/* code */.aY)(plan.digest)]);
    if (releaseDigest !== '')
        rows.push(['Release record', (0,markdown/* code */.aY)(releaseDigest)]);
    return rows;
}
/** The body is for the reader to fill in: the endpoint knows its model, we may not. */
function curl(url) {
    const line = `curl -X POST ${url} -H 'content-type: application/json' -d '{"instances": [[...]]}'`;
    return (0,markdown/* codeBlock */.DV)(line, 'sh');
}
function planBlocks({ changes, findings, action }) {
    const changed = changes.length === 0
        ? 'The plan changes nothing of what is asked for.'
        : `#### Changes (${action})\n\n${changesTable(changes)}`;
    const found = findings.map(({ level, message }) => `- ${level}: ${(0,markdown/* escapeMarkdown */.FV)(message)}`);
    return found.length === 0 ? [changed] : [changed, found.join('\n')];
}

;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/report.js
/** What a command says about itself: outputs, the plan document, the release record, and the job summary. */









function noOutputsYet({ endpointName }, { report }) {
    report.output('outcome', 'failed');
    report.output('endpoint-name', endpointName);
    const names = [
        'endpoint-arn',
        'endpoint-url',
        'plan-digest',
        'plan-path',
        'candidate-name',
        'running-version',
        'previous-version',
        'release-record',
        'release-digest',
    ];
    for (const name of names)
        report.output(name, '');
}
async function reportPlan(plan, { context, report, log }, progress) {
    progress.plan = plan;
    const path = await (0,workspace/* runFile */.y6)(context, `plan-${(0,canonical_json/* shortDigest */.VK)(plan.digest)}.json`);
    await (0,promises_.writeFile)(path, `${JSON.stringify(plan, null, 2)}\n`);
    report.output('plan-digest', plan.digest);
    report.output('plan-path', path);
    log.info(`Plan ${plan.digest}: ${plan.action}, ${path}`);
}
async function reportDone(inputs, done, target, ports) {
    const { result, plan } = done;
    reportState(result.outcome, result.description, candidateOf(inputs.command, done), ports);
    const releaseDigest = await reportRelease(inputs.command, done, target, ports);
    ports.log.info(result.message);
    const { outcome, message, description } = result;
    const { endpointName: endpoint } = inputs;
    ports.report.summary(summaryOf({ endpoint, outcome, message, description, plan, releaseDigest }));
}
/** The candidate that waits; for `plan`, the name that it would have. */
function candidateOf(command, { result, plan }) {
    if (command === 'plan' && result.outcome === 'planned')
        return plan?.candidate ?? '';
    return result.candidate?.name ?? waiting(result.description, plan);
}
function waiting(description, plan) {
    return description?.candidates.find(({ name }) => name === plan?.candidate)?.name ?? '';
}
function reportState(outcome, description, candidate, { report }) {
    report.output('outcome', outcome);
    report.output('candidate-name', candidate);
    if (description === null)
        return;
    const { status, live, previous, url, arn } = description;
    report.output('endpoint-url', url ?? '');
    report.output('endpoint-arn', arn ?? '');
    report.output('running-version', status === 'serving' ? (live?.version ?? '') : '');
    report.output('previous-version', previous?.version ?? '');
}
/** Only what puts a version in place has a record; the others name the one of what serves. */
async function reportRelease(command, done, target, ports) {
    const { result, plan, sources, approved } = done;
    const { report } = ports;
    if (plan === null || sources === null || !['deploy', 'stage', 'promote'].includes(command)) {
        const digest = sources?.release?.digest ?? result.description.live?.release ?? '';
        report.output('release-digest', digest);
        return digest;
    }
    const known = knownRelease(done);
    if (known !== null)
        return reportKnown(known, sources, ports);
    const store = await ports.openStore(sources.storeUrl);
    const deployed = { plan, outcome: result.outcome, approval: approved?.approval ?? null };
    const { digest, location } = await writeRelease(store, sources, deployed, ports);
    if (isThere(plan, result.description))
        await target.noteRelease(plan.endpoint, plan.version, digest);
    report.output('release-record', location);
    report.output('release-digest', digest);
    return digest;
}
/** The record of what serves, where nothing was done and none but that record was given. */
function knownRelease({ result, sources }) {
    const known = result.description.live?.release ?? null;
    const given = sources?.release?.digest ?? known;
    return result.outcome === 'unchanged' && given === known ? known : null;
}
/** Nothing was done, so that nothing is written either. */
async function reportKnown(digest, { storeUrl }, { openStore, report }) {
    const url = (await openStore(storeUrl)).urlOf(stores/* storeKeys */.G5.release(digest));
    report.output('release-record', url.startsWith('file:') ? (0,external_node_url_.fileURLToPath)(url) : url);
    report.output('release-digest', digest);
    return digest;
}
/** Whether the planned version serves, did, or waits as a candidate; with staging switched off it may not. */
function isThere({ version }, { versions, candidates }) {
    return [...versions, ...candidates].some((known) => known.version === version);
}
/** Whatever went wrong: what serves now is read back and said. */
async function reportFailure(error, inputs, target, progress, ports) {
    const { plan } = progress;
    const outcome = progress.outcome ?? outcomeOf(error);
    const description = await target.describe(inputs.endpointName).catch((unreadable) => {
        ports.log.warning(`What serves now could not be read back: ${(0,errors/* messageOf */.bD)(unreadable)}`);
        return null;
    });
    reportState(outcome, description, waiting(description, plan), ports);
    const { endpointName: endpoint } = inputs;
    // The reason is added by whoever catches the error.
    const message = '';
    ports.report.summary(summaryOf({ endpoint, outcome, message, description, plan, releaseDigest: '' }));
}
function outcomeOf(error) {
    if (error instanceof errors/* CancelledError */.cc)
        return 'cancelled';
    return error instanceof targets/* TimedOutError */.On ? 'timed-out' : 'failed';
}

// EXTERNAL MODULE: ./build/js/src/core/plan/environment-digests.js
var environment_digests = __webpack_require__(59046);
;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/request.js
/** What is asked for, in the words of the targets. */

/**
 * The request of a local endpoint, fully resolved: what only a cloud platform has is null here, whatever the inputs
 * say, so that it is not in the digest of a plan which it cannot change.
 */
function localRequest(inputs, sources, context) {
    const { model, image, reference, release } = sources;
    // Without a container nobody reads the variables.
    const environment = image === null ? new Map() : (inputs.environmentVariables ?? new Map());
    return {
        endpoint: inputs.endpointName,
        desired: {
            modelDigest: model.digest,
            referenceDigest: reference?.digest ?? null,
            imageDigest: image?.digest ?? null,
            variantName: null,
            instanceType: null,
            instanceCount: null,
            scaling: null,
            strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
            staging: inputs.staging,
            environment: (0,environment_digests/* environmentDigests */.f)(environment),
            settings: {},
        },
        sources: {
            modelUrl: model.url,
            modelSha256: model.sha256,
            referenceUrl: reference?.url ?? null,
            imageUri: image?.uri ?? null,
            release: release?.digest ?? null,
        },
        environmentName: inputs.environment,
        commit: context.commit,
        run: context.runUrl || context.runId,
    };
}
/** The request of a cloud endpoint: what is null or absent is left to what serves, or to the target. */
function cloudRequest(inputs, sources, context) {
    const local = localRequest(inputs, sources, context);
    return {
        ...local,
        desired: {
            ...local.desired,
            variantName: inputs.variantName,
            instanceType: inputs.instanceType,
            instanceCount: inputs.initialInstanceCount,
            scaling: scalingOf(inputs),
            strategy: {
                type: inputs.strategy,
                stepPercent: inputs.stepPercent,
                bakeMinutes: inputs.bakeMinutes,
                alarms: inputs.alarms ?? [],
            },
            environment: (0,environment_digests/* environmentDigests */.f)(inputs.environmentVariables ?? new Map()),
            settings: { ...settingsOf(inputs, sources) },
        },
    };
}
function scalingOf({ minCapacity, maxCapacity, ...inputs }) {
    if (minCapacity === null || maxCapacity === null)
        return null;
    const { invocationsPerInstance, scaleInCooldown, scaleOutCooldown } = inputs;
    return { minCapacity, maxCapacity, invocationsPerInstance, scaleInCooldown, scaleOutCooldown };
}
function settingsOf(inputs, { model, image }) {
    return given({
        modelDataUrl: model.url,
        imageUri: image?.uri ?? null,
        framework: inputs.framework,
        frameworkVersion: inputs.frameworkVersion,
        executionRoleArn: inputs.executionRoleArn,
        serverlessMemoryMb: inputs.serverlessMemoryMb,
        serverlessMaxConcurrency: inputs.serverlessMaxConcurrency,
        vpcSubnets: inputs.vpcSubnets,
        vpcSecurityGroups: inputs.vpcSecurityGroups,
        networkIsolation: inputs.enableNetworkIsolation,
        kmsKeyId: inputs.kmsKeyId,
        dataCaptureDestination: inputs.dataCaptureDestination,
        dataCapturePercentage: inputs.dataCapturePercentage,
        containerStartupTimeout: inputs.containerStartupTimeout,
        modelDownloadTimeout: inputs.modelDownloadTimeout,
        modelOverrides: inputs.modelOverrides,
        endpointConfigOverrides: inputs.endpointConfigOverrides,
    });
}
function given(settings) {
    return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./build/js/src/core/archive/archive-source.js
var archive_source = __webpack_require__(51251);
// EXTERNAL MODULE: ./build/js/src/core/archive/content-tree.js
var content_tree = __webpack_require__(11400);
// EXTERNAL MODULE: ./build/js/src/core/archive/manifest.js
var archive_manifest = __webpack_require__(9573);
// EXTERNAL MODULE: ./build/js/src/core/release/parse-release.js
var parse_release = __webpack_require__(84718);
// EXTERNAL MODULE: ./build/js/src/core/release/release-record.js
var release_record = __webpack_require__(43868);
// EXTERNAL MODULE: ./build/js/src/core/image/reference.js
var reference = __webpack_require__(73708);
;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/image.js
/** Which image is meant: by digest, or what its tag points to when this is planned. */


/** @throws UserError for a text that is no image, or an image that is not there. */
async function findImage(uri, { imageDigest }) {
    const { registry, repository, tag, digest: given } = (0,reference/* parseReference */.F2)(uri, 'image-uri');
    const name = { registry, repository };
    const digest = given ?? (await imageDigest(name, tag ?? 'latest'));
    if (digest !== null)
        return { uri: (0,reference/* formatReference */.FH)({ ...name, digest }), digest };
    throw new errors/* UserError */.yo(`"${uri}" is not in its registry. Check the name and the tag, or give the image-uri that push-image puts out.`);
}

;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/sources.js
/** Which model is meant: a release record, or an archive and a reference by URL. Reads only. */













/** @throws UserError with every problem at once. */
async function findSources(inputs, ports) {
    return inputs.release === null ? fromUrls(inputs, ports) : fromRelease(inputs.release, inputs, ports);
}
async function fromRelease(location, inputs, ports) {
    const problems = [];
    const record = await collect('release', problems, () => readRelease(location, inputs, ports));
    if (record !== null) {
        await collect('release', problems, () => checkReadable(record.model.url, ports));
    }
    if (record === null || problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    const { model, reference } = record;
    const image = inputs.imageUri === null ? record.image : await findImage(inputs.imageUri, ports);
    const digest = (0,release_record/* releaseDigest */.c)(record);
    const storeUrl = inputs.artifactStore ?? storeOfRecord(location, digest, ports) ?? storeFor(model.url, ports);
    return { model, image, reference, release: { record, digest }, storeUrl };
}
/** A digest names a record of the artifact store; anything else is a path or URL. */
async function readRelease(location, inputs, ports) {
    const byName = /(?:^|[\\/])([0-9a-f]{64})(?:\.json)?$/.exec(location)?.[1] ?? null;
    if (location !== byName) {
        const stream = await ports.openUrl(location);
        return (0,parse_release/* parseRelease */.B)(await (0,consumers_.text)(stream), { label: `"${location}"`, digest: byName });
    }
    const storeUrl = inputs.artifactStore ?? (0,workspace/* defaultStoreUrl */.kT)(ports.context);
    const store = await ports.openStore(storeUrl);
    const key = stores/* storeKeys */.G5.release(location);
    if (!(await store.exists(key))) {
        throw new errors/* UserError */.yo(`the artifact store ${store.url} has no release ${location}. Set artifact-store to the store it lies in.`);
    }
    return (0,parse_release/* parseRelease */.B)(await (0,consumers_.text)(await store.open(key)), { label: store.urlOf(key), digest: location });
}
async function fromUrls(inputs, ports) {
    const { modelDataUrl, referenceUrl } = inputs;
    if (modelDataUrl === null)
        throw new TypeError('The inputs were not checked.');
    const problems = [];
    const model = await collect('model-data-url', problems, () => readModel(modelDataUrl, ports));
    const reference = referenceUrl === null
        ? null
        : await collect('reference-url', problems, () => readReference(referenceUrl, ports));
    const image = await collect('image-uri', problems, async () => inputs.imageUri === null ? null : findImage(inputs.imageUri, ports));
    if (model === null || problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    const storeUrl = inputs.artifactStore ?? storeFor(model.url, ports);
    return { model, image, reference, release: null, storeUrl };
}
/** What the manifest beside the archive says; where there is none, what the archive itself says. */
async function readModel(location, ports) {
    const url = absolute(location, ports);
    const stored = await fromManifest(url, ports);
    const archive = await ports.openUrl(location);
    if (stored !== null) {
        archive.destroy();
        return stored;
    }
    const facts = await (0,archive_source/* inspectArchive */.N9)(archive, { label: `"${location}"`, signal: ports.signal });
    const { sha256, bytes } = facts;
    const described = { framework: 'custom', frameworkVersion: null, signature: null };
    return { digest: (0,content_tree/* contentDigest */.eZ)(facts.tree), url, sha256, bytes, ...described };
}
async function fromManifest(url, ports) {
    const storeUrl = (0,stores/* storeOfArchive */.nO)(url);
    const digest = /models\/([0-9a-f]{64})\/model\.tar(?:\.gz)?$/.exec(url)?.[1];
    if (storeUrl === null || digest === undefined)
        return null;
    const store = await ports.openStore(storeUrl);
    const key = url.endsWith('.gz') ? stores/* storeKeys */.G5.manifest(digest) : stores/* storeKeys */.G5.tarManifest(digest);
    if (!(await store.exists(key)))
        return null;
    const manifest = (0,archive_manifest/* parseManifest */.Ng)(await (0,consumers_.text)(await store.open(key)), digest);
    if (manifest === null)
        return null;
    const { sha256, bytes, framework, frameworkVersion, signature } = manifest;
    return { digest, url, sha256, bytes, framework, frameworkVersion, signature };
}
async function readReference(location, ports) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of await ports.openUrl(location))
        hash.update(chunk);
    return { digest: hash.digest('hex'), url: absolute(location, ports) };
}
async function checkReadable(url, ports) {
    (await ports.openUrl(url)).destroy();
}
function absolute(location, { context }) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location))
        return location;
    return (0,external_node_url_.pathToFileURL)((0,external_node_path_.resolve)(context.workspace, location)).href;
}
/** The store that a record was read from, where it lies as records lie in one. */
function storeOfRecord(location, digest, ports) {
    if (location === digest)
        return (0,workspace/* defaultStoreUrl */.kT)(ports.context);
    const url = absolute(location, ports);
    const tail = stores/* storeKeys */.G5.release(digest);
    return url.endsWith(`/${tail}`) ? url.slice(0, -tail.length) : null;
}
function storeFor(modelUrl, { context }) {
    return (0,stores/* storeOfArchive */.nO)(modelUrl) ?? (0,workspace/* defaultStoreUrl */.kT)(context);
}
/** Runs a check; what the user has to fix is added to the problems. */
async function collect(where, problems, check) {
    try {
        return await check();
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        problems.push({ where, message: error.message });
        return null;
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/unused-inputs.js
/** What only a cloud platform has a use for; with the values that mean "not given". */
const CLOUD_ONLY = [
    ['aws-account-id', 'awsAccountId', null],
    ['aws-region', 'awsRegion', null],
    ['model-package-arn', 'modelPackageArn', null],
    ['framework', 'framework', null],
    ['framework-version', 'frameworkVersion', null],
    ['execution-role-arn', 'executionRoleArn', null],
    ['instance-type', 'instanceType', null],
    ['initial-instance-count', 'initialInstanceCount', null],
    ['variant-name', 'variantName', null],
    ['serverless-memory-mb', 'serverlessMemoryMb', null],
    ['serverless-max-concurrency', 'serverlessMaxConcurrency', null],
    ['vpc-subnets', 'vpcSubnets', null],
    ['vpc-security-groups', 'vpcSecurityGroups', null],
    ['enable-network-isolation', 'enableNetworkIsolation', null],
    ['kms-key-id', 'kmsKeyId', null],
    ['data-capture-destination', 'dataCaptureDestination', null],
    ['data-capture-percentage', 'dataCapturePercentage', null],
    ['model-download-timeout', 'modelDownloadTimeout', null],
    ['model-overrides', 'modelOverrides', null],
    ['endpoint-config-overrides', 'endpointConfigOverrides', null],
    ['min-capacity', 'minCapacity', null],
    ['max-capacity', 'maxCapacity', null],
    ['invocations-per-instance', 'invocationsPerInstance', null],
    ['scale-in-cooldown', 'scaleInCooldown', null],
    ['scale-out-cooldown', 'scaleOutCooldown', null],
    ['strategy', 'strategy', 'all-at-once'],
    ['step-percent', 'stepPercent', null],
    ['bake-minutes', 'bakeMinutes', 0],
    ['alarms', 'alarms', null],
    ['adopt', 'adopt', false],
    ['tags', 'tags', null],
];
/** What only a container has a use for. */
const CONTAINER_ONLY = [
    ['environment-variables', 'environmentVariables', null],
    ['container-startup-timeout', 'containerStartupTimeout', null],
];
/** The inputs that were given, and that `target: local` has no use for. */
function unusedByLocal(inputs) {
    const isContainer = inputs.imageUri !== null || inputs.release !== null;
    const unused = isContainer ? CLOUD_ONLY : [...CLOUD_ONLY, ...CONTAINER_ONLY];
    return unused.filter(([, name, absent]) => inputs[name] !== absent).map(([input]) => input);
}

;// CONCATENATED MODULE: ./build/js/src/actions/deploy-endpoint/run.js
/** Plans, deploys, stages, promotes, discards, rolls back or tears down, and says what is true afterwards. */











/** The outcomes that are what was asked for; any other fails the step. */
const ASKED_FOR = {
    plan: ['planned', 'unchanged'],
    deploy: ['deployed', 'unchanged'],
    stage: ['staged', 'unchanged'],
    promote: ['promoted', 'deployed', 'unchanged'],
    discard: ['discarded'],
    rollback: ['rolled-back'],
    teardown: ['torn-down'],
};
const MOST_PLANS = 5;
/**
 * @throws UserError before anything is changed; UpstreamError where the platform failed; OutcomeError where what was
 * asked for is not what is true afterwards.
 */
async function run(inputs, ports) {
    noOutputsYet(inputs, ports);
    const problems = (0,check_inputs.checkInputs)(inputs);
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    noteUnused(inputs, ports);
    const target = await ports.openTarget();
    const progress = { plan: null, outcome: null };
    try {
        const done = await execute(inputs, target, ports, progress);
        progress.outcome = done.result.outcome;
        const isAskedFor = ASKED_FOR[inputs.command].includes(done.result.outcome);
        await reportDone(inputs, done, target, ports);
        if (!isAskedFor)
            throw new errors/* OutcomeError */.Rz(done.result.message);
    }
    catch (error) {
        if (!(error instanceof errors/* OutcomeError */.Rz))
            await reportFailure(error, inputs, target, progress, ports);
        throw error;
    }
}
function noteUnused(inputs, { log }) {
    const unused = inputs.target === 'local' ? unusedByLocal(inputs) : [];
    if (unused.length > 0)
        log.notice(`Not used by target local: ${unused.join(', ')}.`);
    const { command, approvedPlan } = inputs;
    if (approvedPlan !== null && (command === 'rollback' || command === 'teardown')) {
        log.notice(`The command "${command}" makes no plan, so that approved-plan is not used.`);
    }
}
async function execute(inputs, target, ports, progress) {
    const { command, endpointName } = inputs;
    if (command === 'rollback')
        return without(await target.rollback(endpointName, inputs.toVersion));
    if (command === 'teardown')
        return without(await target.teardown(endpointName));
    const approved = await readApprovedPlan(inputs, ports.context);
    if (!(0,check_inputs/* needsModel */.p)(inputs) && approved !== null && inputs.release === null && inputs.modelDataUrl === null) {
        return discardApproved(approved, target, ports, progress);
    }
    const sources = await findSources(inputs, ports);
    return carryOut(inputs, { sources, approved }, target, ports, progress);
}
function without(result) {
    return { result, plan: null, sources: null, approved: null };
}
/** The candidate is known by the approved plan alone; nothing of that plan is carried out. */
async function discardApproved(approved, target, ports, progress) {
    const { endpoint, digest } = approved.plan;
    const plan = { ...approved.plan, candidate: (0,plan_plan/* candidateName */.vf)(endpoint, digest) };
    await reportPlan(plan, ports, progress);
    return { result: await target.discard(plan), plan, sources: null, approved };
}
/** Plans and acts; without an approval, again where another command was faster. */
async function carryOut(inputs, given, target, ports, progress) {
    const { sources, approved } = given;
    const requestOf = inputs.target === 'local' ? localRequest : cloudRequest;
    const request = requestOf(inputs, sources, ports.context);
    for (let plans = 1;; plans++) {
        const plan = bindToApproval(approved, await target.plan(request), ports.report);
        await reportPlan(plan, ports, progress);
        try {
            return { ...given, plan, result: await act(inputs.command, plan, target, ports) };
        }
        catch (error) {
            const mayPlanAgain = approved === null && inputs.command !== 'promote' && plans < MOST_PLANS;
            if (!(error instanceof outdated/* PlanOutdatedError */.w) || !mayPlanAgain)
                throw error;
            ports.log.info('Another command changed what serves in the meantime; planning again.');
        }
    }
}
async function act(command, plan, target, ports) {
    if (command === 'discard')
        return target.discard(plan);
    if (plan.action === 'unchanged')
        return standing(plan, target, 'unchanged');
    if (command === 'plan')
        return standing(plan, target, 'planned');
    await (0,workspace/* prepareWorkspace */.t0)(ports.context);
    if (command === 'stage')
        return target.stage(plan);
    return command === 'promote' ? target.promote(plan) : target.deploy(plan);
}
/** Nothing is done. */
async function standing(plan, target, outcome) {
    const description = await target.describe(plan.endpoint);
    const version = `version ${(0,targets/* shortVersion */.Li)(plan.version)}`;
    const message = outcome === 'unchanged'
        ? `${plan.endpoint} serves ${version} already; there is nothing to change.`
        : `${plan.endpoint} would serve ${version}. Nothing was changed.`;
    return { outcome, message, description, candidate: null };
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

/***/ 79358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ checkApproved),
  u: () => (/* binding */ parseApprovedPlan)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
;// CONCATENATED MODULE: ./build/js/src/core/plan/differences.js

/** Field by field, what differs between two plans; only what their digests cover. */
function planDifferences(from, to) {
    const before = fieldsOf(from);
    const after = fieldsOf(to);
    return [...new Set([...before.keys(), ...after.keys()])]
        .filter((field) => before.get(field) !== after.get(field))
        .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }));
}
/** `strategy.bakeMinutes` -> "5", for every leaf. A leaf that is null is left out. */
function fieldsOf({ target, account, region, endpoint, desired, base }) {
    const fields = new Map();
    const place = { target, account, region, endpoint };
    for (const [name, value] of Object.entries({ ...place, ...desired, base }))
        add(fields, name, value);
    return fields;
}
function add(fields, path, value) {
    if (value === null || value === undefined)
        return;
    if (typeof value !== 'object' || Array.isArray(value)) {
        fields.set(path, typeof value === 'string' ? value : (0,canonical_json/* canonicalJson */.dj)(value));
        return;
    }
    for (const [name, inner] of Object.entries(value))
        add(fields, `${path}.${name}`, inner);
}

// EXTERNAL MODULE: ./build/js/src/core/plan/plan.js
var plan_plan = __webpack_require__(47496);
;// CONCATENATED MODULE: ./build/js/src/core/plan/approved-plan.js
/**
 * A plan that was approved, and whether what is asked for now is what was approved.
 *
 * The document is the plan's JSON, with an extra field `approval` where a gate wrote one. Only what the digest covers
 * is believed: anything else in the document (sources, version, changes) may have been edited.
 */



/**
 * Reads a plan document.
 * @param where how messages name it, such as `approved-plan (plan.json)`
 * @throws UserError where it is not a plan, or where its digest is not the digest of its content.
 */
function parseApprovedPlan(text, where) {
    const document = parseObject(text, where);
    const { approval = null, ...rest } = document;
    if (!isPlan(rest)) {
        throw refusal(where, `is not a plan document of this version (its schema must be ${plan_plan/* PLAN_SCHEMA */.G0}).`);
    }
    const digest = (0,plan_plan/* planDigest */.Gb)(rest);
    if (rest.digest !== digest) {
        throw refusal(where, `is damaged or was edited: it says that its digest is ${rest.digest}, but its content has ${digest}.`);
    }
    return { plan: rest, approval: approval === null ? null : parseApproval(approval, digest, where) };
}
function parseObject(text, where) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw refusal(where, `is not JSON (${(0,errors/* messageOf */.bD)(error)}).`, error);
    }
    if (isObject(value))
        return value;
    throw refusal(where, 'is not a JSON object.');
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** Checks what the digest covers; the digest itself then vouches for what stands inside `desired`. */
function isPlan(value) {
    const plan = value;
    return (plan.schema === plan_plan/* PLAN_SCHEMA */.G0 &&
        typeof plan.digest === 'string' &&
        typeof plan.target === 'string' &&
        typeof plan.endpoint === 'string' &&
        [plan.account, plan.region, plan.base].every((field) => field === null || typeof field === 'string') &&
        isObject(plan.desired));
}
function parseApproval(value, digest, where) {
    const approval = value;
    if (!isObject(value) || approval.status !== 'approved' || !Array.isArray(approval.by)) {
        throw refusal(where, 'has an "approval" that does not say who approved it.');
    }
    if (approval.planDigest !== digest) {
        throw refusal(where, `carries an approval of another plan (${approval.planDigest}); its own digest is ${digest}.`);
    }
    return value;
}
function refusal(where, message, cause) {
    const text = `${where} ${message} Take the plan document that approve-gate put out, unchanged.`;
    return new errors/* UserError */.yo(text, { cause, problems: [{ where, message }] });
}
/**
 * Compares an approved plan with the one made now for the same request. Accepted where place and desired state are
 * equal, and what serves is the approved base or, after a release that was cut short, already what is desired.
 */
function checkApproved(approved, now) {
    const changes = planDifferences(approved, now).filter(({ field }) => field !== 'base');
    if (changes.length > 0 || !(0,plan_plan/* sameDesired */.J$)(approved.desired, now.desired)) {
        const fields = changes.map(({ field }) => field).join(', ') || 'an empty setting';
        return { accepted: false, reason: `The request differs from the approved plan in ${fields}.`, changes };
    }
    if (now.base !== approved.base && now.base !== now.version) {
        const change = { field: 'serving version', from: approved.base, to: now.base };
        return {
            accepted: false,
            reason: `Since the approval, the version that serves has changed from ${approved.base ?? 'none'} ` +
                `to ${now.base ?? 'none'}.`,
            changes: [change],
        };
    }
    return { accepted: true, plan: asApproved(approved, now) };
}
function asApproved(approved, now) {
    const { target, account, region, endpoint, desired, base } = approved;
    const subject = { target, account, region, endpoint, desired, base };
    const candidate = desired.staging === 'none' ? null : (0,plan_plan/* candidateName */.vf)(endpoint, (0,plan_plan/* planDigest */.Gb)(subject));
    return (0,plan_plan/* makePlan */.Cs)(subject, { ...detailsOf(now), candidate });
}
function detailsOf(plan) {
    const { action, version, candidate, changes, findings, sources, environmentName, commit, run, createdAt } = plan;
    return { action, version, candidate, changes, findings, sources, environmentName, commit, run, createdAt };
}


/***/ }),

/***/ 59046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ environmentDigests)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);

/** Container environment as a plan carries it: name to sha256 of the value. */
function environmentDigests(environment) {
    return Object.fromEntries([...environment].map(([name, value]) => [name, (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(value)]));
}


/***/ }),

/***/ 89403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ checkBase),
/* harmony export */   w: () => (/* binding */ PlanOutdatedError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/** Another command changed what serves since the plan was made. Without an approval, one may plan again and go on. */
class PlanOutdatedError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo {
}
/**
 * A plan may be carried out while its base serves, or where what it wants serves already.
 * @throws PlanOutdatedError otherwise.
 */
function checkBase(plan, serving) {
    if (serving === plan.base || serving === plan.version)
        return;
    throw new PlanOutdatedError(`What serves as ${plan.endpoint} has changed since this was planned: from ${plan.base ?? 'nothing'} ` +
        `to ${serving ?? 'nothing'}. Nothing was changed; plan again (and have the new plan approved).`);
}


/***/ }),

/***/ 47496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cs: () => (/* binding */ makePlan),
/* harmony export */   G0: () => (/* binding */ PLAN_SCHEMA),
/* harmony export */   Gb: () => (/* binding */ planDigest),
/* harmony export */   J$: () => (/* binding */ sameDesired),
/* harmony export */   vf: () => (/* binding */ candidateName)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/**
 * The plan: what a deployment will make true. Its digest is what an approval is bound to.
 */


const PLAN_SCHEMA = 'ml-deploy/plan/v1';
/** sha256 over {schema, target, account, region, endpoint, desired, base} in canonical JSON. */
function planDigest(subject) {
    const { target, account, region, endpoint, desired, base } = subject;
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)({ schema: PLAN_SCHEMA, target, account, region, endpoint, desired, base });
}
function makePlan(subject, details) {
    return { schema: PLAN_SCHEMA, digest: planDigest(subject), ...subject, ...details };
}
/** Two desired states are the same where their canonical JSON is. */
function sameDesired(a, b) {
    return (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(a) === (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(b);
}
const LONGEST_NAME = 63;
const CANDIDATE_DIGITS = 8;
/** `<endpoint>-c-<8 of the plan digest>`: two runs cannot swap each other's candidate. */
function candidateName(endpoint, digest) {
    const name = `${endpoint}-c-${digest.slice(0, CANDIDATE_DIGITS)}`;
    if (name.length > LONGEST_NAME) {
        const longest = LONGEST_NAME - (name.length - endpoint.length);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The candidate's name "${name}" would have ${name.length} characters; ${LONGEST_NAME} are allowed. ` +
            `Shorten endpoint-name to ${longest} characters, or set staging to "none".`);
    }
    return name;
}


/***/ }),

/***/ 84718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ parseRelease)
/* harmony export */ });
/* harmony import */ var _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(79479);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/* harmony import */ var _targets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81997);
/* harmony import */ var _release_record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43868);




const orNull = (check) => (value) => value === null || check(value);
const object = (fields) => {
    return (value) => (0,_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
};
const list = (check) => (value) => Array.isArray(value) && value.every(check);
const isNumber = (value) => typeof value === 'number';
/** Each field of a record and what it has to look like. */
const FIELDS = {
    schema: (value) => value === _release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .RELEASE_SCHEMA */ .i,
    model: object({
        digest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        url: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        sha256: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        bytes: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp,
        framework: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        frameworkVersion: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isTextOrNull */ .MA,
        signature: orNull(_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSignature */ .hi),
    }),
    image: orNull(object({ uri: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, digest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH })),
    reference: orNull(object({ digest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc, url: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH })),
    source: object({ repository: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, commit: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, ref: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, run: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, actor: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH }),
    deployment: orNull(object({
        environment: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isTextOrNull */ .MA,
        target: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        endpoint: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        version: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        planDigest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        outcome: (value) => _targets_js__WEBPACK_IMPORTED_MODULE_1__/* .OUTCOMES */ .im.includes(value),
    })),
    approval: orNull(object({
        status: (value) => value === 'approved',
        by: list(object({ login: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, at: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH, url: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH })),
        planDigest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
    })),
    smoke: orNull(object({
        passed: (value) => typeof value === 'boolean',
        reportDigest: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc,
        subject: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH,
        compared: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp,
        mismatches: _archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isSize */ .kp,
        maxAbsDiff: orNull(isNumber),
        accuracy: orNull(isNumber),
        p95Ms: orNull(isNumber),
    })),
    parent: orNull(_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc),
    createdAt: (value) => (0,_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH)(value) && !Number.isNaN(Date.parse(value)),
};
/** Reads a release record. @throws UserError for a text that is none, or whose digest is not the expected one. */
function parseRelease(text, { label, digest = null }) {
    const value = parseObject(text, label);
    if (value.schema !== _release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .RELEASE_SCHEMA */ .i) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a release record of this version: its schema is ${JSON.stringify(value.schema)}, not "${_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .RELEASE_SCHEMA */ .i}".`);
    }
    const wrong = Object.entries(FIELDS).flatMap(([name, check]) => (check(value[name]) ? [] : [name]));
    if (wrong.length > 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a whole release record: ${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} missing or wrong.`);
    }
    const record = value;
    const actual = (0,_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .releaseDigest */ .c)(record);
    if (digest !== null && digest !== actual) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} was changed: its digest is ${actual}, not ${digest}.`);
    }
    return record;
}
function parseObject(text, label) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a release record: it is not valid JSON (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}).`, {
            cause,
        });
    }
    if ((0,_archive_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value))
        return value;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${label} is not a release record: it is not a JSON object.`);
}


/***/ }),

/***/ 81997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Li: () => (/* binding */ shortVersion),
/* harmony export */   Oc: () => (/* binding */ AnswerTooLargeError),
/* harmony export */   On: () => (/* binding */ TimedOutError),
/* harmony export */   im: () => (/* binding */ OUTCOMES)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/**
 * The port that every platform implements, and the words it speaks.
 */


/** How a deployment ended. `outcome` of deploy-endpoint is always one of these. */
const OUTCOMES = [
    'planned',
    'unchanged',
    'staged',
    'deployed',
    'promoted',
    'discarded',
    'rolled-back',
    'failed',
    'timed-out',
    'cancelled',
    'needs-human',
    'torn-down',
];
/** A version for people: a digest by its first digits, a name whole. */
function shortVersion(version) {
    return /^[0-9a-f]{64}$/.test(version) ? (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(version) : version;
}
/** There was an answer, but more of it than anybody reads. */
class AnswerTooLargeError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA {
}
/** A wait was over before what was waited for came true; what is true now has to be read back. */
class TimedOutError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA {
}


/***/ })

};
