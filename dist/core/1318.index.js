export const id = 1318;
export const ids = [1318];
export const modules = {

/***/ 51318:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/approval/gate-host.js
var gate_host = __webpack_require__(92239);
;// CONCATENATED MODULE: ./build/js/src/core/approval/patient.js

const MOST_ATTEMPTS = 4;
/** Nobody waits longer for one call, whatever is asked. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: "wait for at least one minute". */
const LIMITED_MS = 60_000;
const DOWN_MS = 2_000;
/** They change something: after a failure that tells nothing it is not known whether they did. */
const WRITES = new Set([
    'open',
    'comment',
    'close',
    'createDeployment',
    'setStatus',
]);
/** The same host; reads are tried again after any passing failure, writes only where they were refused. */
function patientHost(host, options) {
    const methods = Object.entries(host);
    const patient = methods.map(([name, method]) => [
        name,
        (...args) => patiently(() => method(...args), !WRITES.has(name), options),
    ]);
    const wrapped = Object.fromEntries(patient);
    return wrapped;
}
async function patiently(attempt, reads, { clock, signal, log }) {
    let waited = 0;
    for (let count = 1;; count++) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!(error instanceof gate_host/* TransientError */.N) || !(reads || error.refused))
                throw error;
            const least = (error.refused ? LIMITED_MS : DOWN_MS) * 2 ** (count - 1);
            const wait = error.retryAfterMs ?? least;
            waited += wait;
            if (count >= MOST_ATTEMPTS || waited > LONGEST_WAIT_MS)
                throw error;
            log.info(`${error.message} Trying again in ${Math.ceil(wait / 1000)} s.`);
            await clock.sleep(wait, signal);
        }
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/js/src/core/approval/approvers.js
var approval_approvers = __webpack_require__(56441);
// EXTERNAL MODULE: ./build/js/src/core/json-object.js
var json_object = __webpack_require__(94937);
;// CONCATENATED MODULE: ./build/js/src/core/approval/evidence.js
/** A smoke report as evidence for approvers: whatever plain values stand in it, without knowing its exact form. */

const DEEPEST = 3;
const MODEL_DIGEST = /(^|\.)model-?digest$/i;
/** @throws Error whose message says what is wrong with the report. */
function readEvidence(text) {
    const report = (0,json_object/* parseJsonObject */.d)(text);
    const { passed, checks } = report;
    const rows = [...checkRows(checks), ...flatten(report, '', 1)];
    return {
        rows,
        modelDigests: rows.filter(([name]) => MODEL_DIGEST.test(name)).map(([, value]) => value),
        passed: typeof passed === 'boolean' ? passed : null,
    };
}
/** What was checked, and what was found. */
function checkRows(checks) {
    if (!Array.isArray(checks))
        return [];
    return checks.flatMap((check) => typeof check?.name === 'string' && typeof check.message === 'string'
        ? [[check.name, `${check.passed === true ? 'passed' : 'failed'}: ${check.message}`]]
        : []);
}
/** Lists (cases, rows, latencies) are left out: they are for the report itself. */
function flatten(value, prefix, depth) {
    return Object.entries(value).flatMap(([key, child]) => {
        const name = prefix === '' ? key : `${prefix}.${key}`;
        if (child === null || Array.isArray(child))
            return [];
        if (typeof child === 'object') {
            return depth < DEEPEST ? flatten(child, name, depth + 1) : [];
        }
        return [[name, JSON.stringify(child).replace(/^"|"$/g, '')]];
    });
}

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/plan/approved-plan.js + 1 modules
var approved_plan = __webpack_require__(79358);
;// CONCATENATED MODULE: ./build/js/src/core/approval/plan-document.js
/** The plan as a file: checked before it is shown to anybody, and written again with the approval in it. */


/** The plan that is to be approved. An approval that stands in it already is dropped: this gate gives its own. */
function readPlanDocument(text, where) {
    try {
        const { plan } = (0,approved_plan/* parseApprovedPlan */.u)(text, where);
        // Only the digest's content is sure to be there; the rest is for people.
        const { changes, findings } = plan;
        return {
            plan: {
                ...plan,
                changes: objects(changes).map(({ field, from, to }) => ({
                    field: plain(field),
                    from: textOrNull(from),
                    to: textOrNull(to),
                })),
                findings: objects(findings).map(({ level, message }) => ({
                    level: levelOf(level),
                    message: plain(message),
                })),
            },
        };
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        return { problems: error.problems };
    }
}
function objects(list) {
    const isObject = (item) => typeof item === 'object' && item !== null;
    return Array.isArray(list) ? list.filter(isObject) : [];
}
function plain(value) {
    return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
function textOrNull(value) {
    return value === null || value === undefined ? null : plain(value);
}
function levelOf(level) {
    return level === 'ok' || level === 'warning' ? level : 'not-checked';
}
function approvedPlan(plan, by) {
    return { ...plan, approval: { status: 'approved', by, planDigest: plan.digest } };
}

// EXTERNAL MODULE: ./build/js/src/core/approval/words.js
var approval_words = __webpack_require__(47234);
;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/checks.js
/** Everything that can be found wrong before GitHub is asked anything, all of it at once. */







/** For the modes that begin with a plan: wait, request and environment. @throws UserError with every problem. */
async function checkInputs(inputs, context, hasToken) {
    const problems = [...surroundings(inputs, context, hasToken)];
    const policy = checkPolicy(inputs, problems);
    const excluded = inputs.excludeInitiator ? initiators(context) : [];
    problems.push(...enoughUsers(policy.approvers, inputs, excluded));
    const plan = await loadPlan(inputs, context, problems);
    const evidence = await loadEvidence(inputs, context, plan, problems);
    const environment = inputs.environment ?? plan?.environmentName ?? null;
    if (plan !== null && environment === null && inputs.mode !== 'wait') {
        const fix = 'Set environment, or plan with one.';
        problems.push({ where: 'environment', message: `is needed with mode ${inputs.mode}.`, fix });
    }
    if (problems.length > 0 || plan === null)
        throw errors/* UserError */.yo.of(problems);
    return { ...policy, plan, environment, evidence, excluded };
}
/** For resume: what is deployed is not asked here. @throws UserError with every problem. */
function checkResume(inputs, context, hasToken) {
    const problems = [...surroundings(inputs, context, hasToken)];
    const policy = checkPolicy(inputs, problems);
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return policy;
}
/** @throws UserError with every problem. */
function checkConclude(inputs, context, hasToken) {
    const problems = [...surroundings(inputs, context, hasToken)];
    const { deploymentId, result, endpointUrl } = inputs;
    if (deploymentId === null) {
        const fix = 'Give the output deployment-id of mode resume.';
        problems.push({ where: 'deployment-id', message: 'is required with mode conclude.', fix });
    }
    if (result === null) {
        const fix = 'Set it to ${{ needs.<job>.result }} or ${{ job.status }}.';
        problems.push({ where: 'result', message: 'is required with mode conclude.', fix });
    }
    if (endpointUrl !== null && !/^https?:\/\/\S+$/.test(endpointUrl)) {
        problems.push({ where: 'endpoint-url', message: `"${endpointUrl}" is not an http(s) URL.` });
    }
    if (deploymentId === null || result === null || problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return { deploymentId, result };
}
function checkPolicy(inputs, problems) {
    const { list, problems: badApprovers } = (0,approval_approvers/* parseApprovers */.CR)(inputs.approvers ?? []);
    const { words, problems: badWords } = (0,approval_words/* decisionWords */._C)(inputs.approveWords ?? [], inputs.denyWords ?? []);
    problems.push(...badApprovers, ...badWords);
    // GitHub's own rules name the reviewers of an environment; approvers narrows them where it is given.
    if (inputs.mode !== 'environment' && (inputs.approvers ?? []).length === 0) {
        const fix = 'Name users and org/team.';
        problems.push({ where: 'approvers', message: 'is empty, so that nobody could approve.', fix });
    }
    return { approvers: list, minimumApprovals: inputs.minimumApprovals, words };
}
function* surroundings(inputs, context, hasToken) {
    if (!hasToken) {
        yield {
            where: 'token',
            message: 'is not given, and neither is GITHUB_TOKEN.',
            fix: 'Set the input token, or env GITHUB_TOKEN: ${{ github.token }} with "permissions: issues: write".',
        };
    }
    if (!/^[^/]+\/[^/]+$/.test(context.repository)) {
        const message = `"${context.repository}" is not owner/name, so there is nowhere to ask.`;
        yield { where: 'GITHUB_REPOSITORY', message };
    }
    if (inputs.mode === 'environment' && context.runId === '') {
        yield {
            where: 'GITHUB_RUN_ID',
            message: 'is not set, so that there is no run whose reviews could be read.',
        };
    }
}
/** The actor, and who started this attempt where that is another person. */
function initiators(context) {
    const people = [context.actor, context.triggeringActor].filter((login) => login !== '');
    return people.filter((login, i) => people.findIndex((other) => (0,approval_approvers/* loginKey */.H$)(other) === (0,approval_approvers/* loginKey */.H$)(login)) === i);
}
/** With teams, how many people there are is only known once GitHub has been asked. */
function enoughUsers(list, inputs, excluded) {
    if (list.users.length === 0 || list.teams.length > 0)
        return [];
    const remaining = (0,approval_approvers/* without */.FF)(list.users.map((login) => ({ login })), excluded);
    const problem = (0,approval_approvers/* unsatisfiable */.LY)(remaining.length, inputs.minimumApprovals, excluded);
    return problem === null ? [] : [problem];
}
async function loadPlan(inputs, context, problems) {
    const path = inputs.planPath;
    const fix = 'Give the plan-path that deploy-endpoint (command: plan) put out.';
    if (path === null) {
        problems.push({ where: 'plan-path', message: 'is required.', fix });
        return null;
    }
    const text = await load('plan-path', path, context, problems);
    if (text === null)
        return null;
    const document = readPlanDocument(text, `plan-path (${path})`);
    if ('problems' in document) {
        problems.push(...document.problems.map((problem) => ({ fix, ...problem })));
        return null;
    }
    const { plan } = document;
    const { environment } = inputs;
    if (environment !== null && plan.environmentName && plan.environmentName !== environment) {
        const message = `"${environment}" is not the environment of the plan, which was made for ${plan.environmentName}.`;
        problems.push({ where: 'environment', message });
    }
    return plan;
}
/** Evidence about another model is worse than none. */
async function loadEvidence(inputs, context, plan, problems) {
    const path = inputs.reportPath;
    const text = path === null ? null : await load('report-path', path, context, problems);
    if (text === null)
        return null;
    try {
        const evidence = readEvidence(text);
        const digests = evidence.modelDigests;
        const wanted = plan?.desired.modelDigest;
        if (wanted !== undefined && digests.length > 0 && !digests.includes(wanted)) {
            const message = `"${path}" is about the model ${digests.join(', ')}, but the plan deploys ${wanted}.`;
            problems.push({ where: 'report-path', message });
        }
        return evidence;
    }
    catch (error) {
        problems.push({ where: 'report-path', message: `"${path}" ${(0,errors/* messageOf */.bD)(error)}.` });
        return null;
    }
}
async function load(where, path, context, problems) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.resolve)(context.workspace, path), 'utf8');
    }
    catch (error) {
        problems.push({ where, message: `"${path}" cannot be read (${(0,errors/* messageOf */.bD)(error)}).` });
        return null;
    }
}

// EXTERNAL MODULE: ./build/js/src/core/approval/answers.js
var answers = __webpack_require__(61328);
// EXTERNAL MODULE: ./build/js/src/core/approval/marker.js
var marker = __webpack_require__(35885);
// EXTERNAL MODULE: ./build/js/src/core/approval/request-body.js
var request_body = __webpack_require__(90791);
;// CONCATENATED MODULE: ./build/js/src/core/approval/request-payload.js
/**
 * What a request without a waiting run leaves behind, in the payload of a GitHub Deployment: nobody can change it, and
 * whoever resumes takes what is deployed from here and from nowhere else.
 */




const PAYLOAD_SCHEMA = 'ml-deploy/approval-request/v1';
/** The task of our deployments. */
const TASK = 'ml-deploy';
/** No limit is documented; this is what a column of GitHub's has held. */
const LARGEST = 60_000;
const ROWS = [60, 20, 5, 0];
const VALUE = 200;
/** Shortens what is for people only, so that the comment shows the same as the payload holds. */
function compact(content) {
    for (const rows of ROWS) {
        const { plan, evidence } = content;
        const short = {
            ...content,
            plan: { ...plan, changes: plan.changes.slice(0, rows), findings: plan.findings.slice(0, rows) },
            evidence: evidence && {
                ...evidence,
                rows: evidence.rows.slice(0, rows).map(([name, value]) => [clip(name), clip(value)]),
            },
        };
        if (JSON.stringify([short.plan, short.evidence]).length <= LARGEST)
            return short;
    }
    throw new errors/* UserError */.yo(`The plan is too large for a request (more than ${LARGEST} characters); use mode wait, or fewer settings.`);
}
function clip(text) {
    const characters = Array.from(text);
    return characters.length <= VALUE ? text : `${characters.slice(0, VALUE - 1).join('')}…`;
}
/**
 * Reads a payload. Null where it is somebody else's.
 * @throws UserError where it is ours and damaged.
 */
function parsePayload(value) {
    if (typeof value !== 'object' || value === null)
        return null;
    const payload = value;
    if (payload.schema !== PAYLOAD_SCHEMA)
        return null;
    const { plan } = (0,approved_plan/* parseApprovedPlan */.u)(JSON.stringify(payload.plan ?? null), 'the plan of the request');
    const texts = [payload.repository, payload.environment, payload.runUrl, payload.commit, payload.expiresAt];
    const whole = texts.every((text) => typeof text === 'string') &&
        Number.isSafeInteger(payload.issue) &&
        Number.isSafeInteger(payload.comment) &&
        Array.isArray(payload.initiators) &&
        !Number.isNaN(Date.parse(String(payload.expiresAt)));
    if (!whole)
        throw new errors/* UserError */.yo('The payload of the request is not whole; ask again with a new request.');
    return { ...value, plan, access: accessOf(payload.access) };
}
function accessOf(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
/** What makes two requests rivals. */
function keyOf({ repository, environment, plan }) {
    return { repository, environment, endpoint: plan.endpoint };
}
function sameEndpoint(a, b) {
    return (0,marker/* sameKey */.el)(keyOf(a), keyOf(b));
}
/** Whether a comment says what the payload holds; it was written by this version of the action. */
function showsPlan(comment, payload) {
    const plain = (text) => text.replace(/\r\n/g, '\n').trim();
    return plain(comment) === plain((0,request_body/* planComment */.tx)(payload));
}
/** Reads a payload that may be anybody's; what is wrong with it is given instead of thrown. */
function tryPayload(value) {
    try {
        return parsePayload(value);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        return { problem: (0,errors/* messageOf */.bD)(error) };
    }
}

;// CONCATENATED MODULE: ./build/js/src/core/approval/find-request.js
/** Which Deployment an issue belongs to. Pure. Nothing that stands in the issue is asked. */


/** Everything that `requester` asked for, newest first. What others made in the same form is left out. */
function requestsOf(deployments, repository, requester) {
    return deployments.flatMap((deployment) => {
        const payload = tryPayload(deployment.payload);
        if (payload === null || 'problem' in payload)
            return [];
        return isTrue(deployment, payload, repository, requester) ? [{ deployment, payload }] : [];
    });
}
/** A payload is believed only where it fits what GitHub itself says of the Deployment. */
function isTrue({ creator, environment, commit }, payload, repository, requester) {
    return ((0,approval_approvers/* loginKey */.H$)(creator) === (0,approval_approvers/* loginKey */.H$)(requester) &&
        payload.environment === environment &&
        payload.commit === commit &&
        (0,approval_approvers/* loginKey */.H$)(payload.repository) === (0,approval_approvers/* loginKey */.H$)(repository));
}
function findRequest(deployments, { repository, issue, requester }) {
    const requests = requestsOf(deployments, repository, requester);
    const [mine, ...others] = requests.filter(({ payload }) => payload.issue === issue);
    if (mine === undefined)
        return whyNot(deployments, issue, requester);
    if (others.length > 0) {
        const ids = [mine, ...others].map(({ deployment }) => deployment.id).join(', ');
        return { kind: 'refused', reason: `several deployments (${ids}) claim to belong to #${issue}` };
    }
    const newer = requests.find(({ deployment, payload }) => deployment.id > mine.deployment.id && sameEndpoint(payload, mine.payload) && payload.issue !== issue);
    return { kind: 'found', ...mine, newer: newer ?? null };
}
function whyNot(deployments, issue, requester) {
    for (const { id, creator, payload: value } of deployments) {
        const payload = tryPayload(value);
        if (payload === null || value.issue !== issue)
            continue;
        if ('problem' in payload)
            return { kind: 'refused', reason: `deployment ${id}: ${payload.problem}` };
        const reason = (0,approval_approvers/* loginKey */.H$)(creator) === (0,approval_approvers/* loginKey */.H$)(requester)
            ? `deployment ${id} for #${issue} does not fit its own payload (environment, commit or repository)`
            : `deployment ${id} for #${issue} was made by ${creator || 'a deleted account'}, not by ${requester}; where that is the account of your token, name it in the input requester`;
        return { kind: 'refused', reason };
    }
    return { kind: 'none' };
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/deployments.js
/** Nobody has decided, nor ended it. */
function isWaiting(statuses) {
    return statuses.every(({ state }) => state === 'queued' || state === 'pending');
}
/**
 * Takes the request for one run, and for no other: states are only ever added, so that of two runs that come at the same
 * time the one whose state was stored first has it.
 * @returns whether this run has it
 */
async function claim(id, description, runUrl, host) {
    const before = claimed(await host.statuses(id));
    if (before !== null)
        return before.logUrl === runUrl && runUrl !== '';
    const mine = await host.setStatus(id, {
        state: 'in_progress',
        description,
        logUrl: runUrl,
        environmentUrl: '',
    });
    return claimed(await host.statuses(id))?.id === mine.id;
}
/** The first state that began the release; null where none has. */
function claimed(statuses) {
    return statuses.find(({ state }) => state === 'in_progress') ?? null;
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/open.js
/** Opens the issue of a request, and ends older requests for the same endpoint. */




const MOST_ASSIGNEES = 10;
/** A request ends after 30 days at most, and a run that waits after 35. */
const OLDEST_MS = 36 * 24 * 3600 * 1000;
const MINUTES = { wait: 60, request: 7 * 24 * 60 };
/** Below this, a reminder would come before anybody could have missed the request. */
const REMIND_FROM_MINUTES = 15;
function timeoutMinutes({ mode, timeoutMinutes: given }) {
    return given ?? MINUTES[mode] ?? 60;
}
/** Minutes before the end; null for no reminder. */
function reminderMinutes(inputs) {
    const whole = timeoutMinutes(inputs);
    const before = inputs.reminderMinutes ?? (whole < REMIND_FROM_MINUTES ? 0 : whole / 4);
    return before > 0 && before < whole ? before : null;
}
function contentOf(gate, inputs, { context, log }) {
    if (inputs.excludeInitiator && gate.excluded.length === 0) {
        log.warning('GITHUB_ACTOR is not set, so it is not known who started the run and must not approve it.');
    }
    return {
        ...gate,
        repository: context.repository,
        runUrl: context.runUrl,
        commit: context.commit,
        initiators: initiators(context),
        excludeInitiator: inputs.excludeInitiator,
        timeoutMinutes: timeoutMinutes(inputs),
    };
}
/** From here on the post step closes the issue, unless the request ended before. */
async function openIssue(content, body, inputs, people, ports) {
    const issue = await ports.host.open({
        title: (0,request_body/* requestTitle */.GI)(content, inputs.issueTitle),
        body,
        assignees: people.approvers
            .filter(({ named }) => named)
            .slice(0, MOST_ASSIGNEES)
            .map(({ login }) => login),
        labels: inputs.labels ?? [],
    });
    ports.remember.opened(issue.number);
    ports.report.output('issue-number', issue.number);
    ports.report.output('issue-url', issue.url);
    ports.log.notice(`Approval is asked for in ${issue.url}`);
    return issue;
}
/** Ends older requests for the same endpoint and environment that the same account opened, and no other. */
async function supersede(issue, content, ports) {
    const { host, log } = ports;
    const since = new Date(Date.parse(issue.createdAt) - OLDEST_MS).toISOString();
    const key = { ...content, endpoint: content.plan.endpoint };
    for (const other of await host.openIssues(since)) {
        const mark = (0,marker/* parseRequestMark */.Ed)(other.body);
        const rival = mark !== null && (0,marker/* sameKey */.el)(mark, key);
        if (!rival || other.number >= issue.number || other.author !== issue.author)
            continue;
        await host.comment(other.number, answers/* ends */.rW.superseded(issue.number));
        await host.close(other.number, 'not_planned');
        log.info(`Closed the older request #${other.number} for the same endpoint and environment.`);
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/conclude.js
/** Mode conclude: says on the Deployment and on the issue how the release went that was approved there. */






async function conclude({ deploymentId, result }, { endpointUrl }, ports) {
    const { host, context, report, log } = ports;
    const { deployment, payload } = await requestOf(deploymentId, ports);
    const url = endpointUrl ?? '';
    await host.setStatus(deploymentId, {
        state: stateOf(result),
        description: `${payload.plan.endpoint}: ${result}`,
        logUrl: context.runUrl,
        environmentUrl: url,
    });
    report.output('deployment-id', deploymentId);
    report.output('issue-number', payload.issue);
    if (result === 'success')
        await retireServed(deployment, payload, ports);
    await host.comment(payload.issue, (0,answers/* released */.w2)(result, payload.plan.endpoint, url, context.runUrl));
    log.info(`Deployment ${deploymentId} of ${payload.plan.endpoint}: ${result}.`);
}
/** Only the run that took the request can say how it went. */
async function requestOf(id, { host, context }) {
    const deployment = await host.deployment(id);
    const payload = tryPayload(deployment?.payload);
    if (deployment === null || payload === null || 'problem' in payload) {
        const message = `"${id}" is no deployment of the gate. Give the output deployment-id of mode resume.`;
        throw errors/* UserError */.yo.of([{ where: 'deployment-id', message }]);
    }
    const taken = claimed(await host.statuses(id));
    if (taken?.logUrl !== context.runUrl || context.runUrl === '') {
        throw new errors/* UserError */.yo(`This run (${context.runUrl || 'unknown'}) did not take the request #${payload.issue}, so that it cannot conclude deployment ${id}.`);
    }
    return { deployment, payload };
}
function stateOf(result) {
    if (result === 'success')
        return 'success';
    return result === 'skipped' ? 'inactive' : 'failure';
}
/** What served on this endpoint before does not any more; other endpoints of the environment are left alone. */
async function retireServed(deployment, payload, ports) {
    const { host, context, clock } = ports;
    const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
    const { environment, creator } = deployment;
    const all = await host.deployments({ task: TASK, environment, since });
    for (const other of requestsOf(all, context.repository, creator)) {
        if (other.deployment.id >= deployment.id || !sameEndpoint(other.payload, payload))
            continue;
        if ((await host.statuses(other.deployment.id)).at(-1)?.state !== 'success')
            continue;
        await host.setStatus(other.deployment.id, {
            state: 'inactive',
            description: `Replaced by deployment ${deployment.id}`,
            logUrl: context.runUrl,
            environmentUrl: '',
        });
    }
}

// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
// EXTERNAL MODULE: ./build/js/src/core/workspace.js
var workspace = __webpack_require__(46386);
// EXTERNAL MODULE: ./build/js/src/actions/approve-gate/spec.js
var spec = __webpack_require__(14012);
;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/outputs.js
/** What the gate puts out: nothing until it is known, and what is deployed only where it was approved. */






function noOutputsYet(report) {
    for (const name of Object.keys(spec/* spec */.I.outputs))
        report.output(name, '');
}
/** The plan with the approval in it, and everything that it pins. */
async function passOn(plan, environment, votes, ports) {
    const by = votes.map(({ login, at, url, said }) => ({ login, at, url, said }));
    const document = approvedPlan(plan, by);
    const path = await (0,workspace/* runFile */.y6)(ports.context, `approved-plan-${(0,canonical_json/* shortDigest */.VK)(plan.digest)}.json`);
    await (0,promises_.writeFile)(path, `${JSON.stringify(document, null, 2)}\n`);
    const people = by.map(({ login }) => login).join(',');
    const { report } = ports;
    report.output('approved-by', people);
    report.output('approved-plan', path);
    report.output('approved-plan-json', JSON.stringify(document));
    for (const [name, value] of Object.entries(pinned(plan, environment))) {
        report.output(name, value ?? '');
    }
    ports.log.notice(`Plan ${(0,canonical_json/* shortDigest */.VK)(plan.digest)} was approved by ${people}.`);
}
/** The document may be of another version, or made by hand: only what its digest covers is sure to be there. */
function pinned(plan, environment) {
    const sources = plan.sources ?? {};
    return {
        'plan-digest': plan.digest,
        'endpoint-name': plan.endpoint,
        target: plan.target,
        'environment-name': environment,
        commit: plan.commit,
        'model-digest': plan.desired.modelDigest,
        'model-data-url': sources.modelUrl ?? null,
        'reference-url': sources.referenceUrl ?? null,
        'image-digest': plan.desired.imageDigest,
        'image-uri': sources.imageUri ?? null,
        'release-digest': sources.release ?? null,
    };
}
function summaryOf({ kind, plan, issue, by }) {
    return [
        `### approve-gate: ${(0,markdown/* escapeMarkdown */.FV)(kind)}`,
        (0,markdown/* table */.tp)(['', ''], [
            ['Endpoint', (0,markdown/* code */.aY)(plan.endpoint)],
            ['Plan', (0,markdown/* code */.aY)(plan.digest)],
            ...(issue === null ? [] : [['Request', `[#${issue.number}](${issue.url})`]]),
            ...(by.length === 0 ? [] : [['By', by.map(markdown/* escapeMarkdown */.FV).join(', ')]]),
        ]),
    ].join('\n\n');
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/environment.js
/**
 * Mode environment: where GitHub's own protection rules held the job, the reviews of this run are read and bound to the
 * plan that this run made. https://docs.github.com/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run
 */



const LONGEST_COMMENT = 500;
async function environment(gate, ports) {
    const { plan, environment: name } = gate;
    const { host, context, report } = ports;
    checkRun(plan, context);
    const reviews = await host.reviews(context.runId);
    const about = reviews.filter(({ environments }) => environments.includes(name ?? ''));
    const rejected = about.filter(({ state }) => state === 'rejected');
    if (rejected.length > 0) {
        report.output('status', 'denied');
        throw new errors/* OutcomeError */.Rz(`${name} was rejected by ${names(rejected)}; nothing was changed.`);
    }
    const allowed = await allowedOf(gate, ports);
    const counting = about.filter((review) => allowed(review));
    const votes = once(counting).map((review) => voteOf(review, ports));
    if (votes.length < gate.minimumApprovals) {
        report.output('status', 'denied');
        throw new errors/* OutcomeError */.Rz(shortfall(gate, about, votes.length));
    }
    await passOn(plan, name, votes, ports);
    report.output('status', 'approved');
    report.summary(summaryOf({ kind: 'approved', plan, issue: null, by: votes.map(({ login }) => login) }));
}
/** GitHub's reviewers let a run go on: that says nothing about a plan that another run made. */
function checkRun(plan, { runId, runUrl }) {
    if (plan.run === runId || (runUrl !== '' && plan.run === runUrl))
        return;
    throw errors/* UserError */.yo.of([
        {
            where: 'plan-path',
            message: `the plan was made by the run ${plan.run || '(unknown)'}, not by this one (${runUrl || runId}), whose reviews are read.`,
            fix: 'Plan in an earlier job of the same run.',
        },
    ]);
}
/** A person, other than those who started the run; one of approvers where that is given. */
async function allowedOf(gate, { host }) {
    const { users, teams } = gate.approvers;
    const members = [];
    for (const team of teams)
        members.push(...(await host.teamMembers(team)));
    const named = new Set([...users, ...members].map(approval_approvers/* loginKey */.H$));
    const excluded = new Set(gate.excluded.map(approval_approvers/* loginKey */.H$));
    const isNamed = (login) => (users.length + teams.length === 0 ? true : named.has((0,approval_approvers/* loginKey */.H$)(login)));
    return ({ login, userType, state }) => state === 'approved' &&
        login !== '' &&
        userType === 'User' &&
        !excluded.has((0,approval_approvers/* loginKey */.H$)(login)) &&
        isNamed(login);
}
function once(reviews) {
    return [...new Map(reviews.map((review) => [(0,approval_approvers/* loginKey */.H$)(review.login), review])).values()];
}
/** GitHub tells neither the time of a review nor a link to it: the time is that of reading, the link is the run. */
function voteOf({ login, comment }, { clock, context }) {
    const said = comment.slice(0, LONGEST_COMMENT);
    return { login, at: clock.now().toISOString(), url: context.runUrl, said };
}
function names(reviews) {
    return once(reviews)
        .map(({ login }) => login)
        .join(', ');
}
function shortfall(gate, about, count) {
    const { minimumApprovals, environment: name } = gate;
    if (about.length === 0) {
        return `Nobody reviewed ${name} in this run: the job needs "environment: ${name}", and that environment required reviewers.`;
    }
    return (`${count} of ${minimumApprovals} approvals of ${name} count (reviewed by ${names(about)}): those of bots, of whoever ` +
        'started the run, and of people not in approvers do not.');
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/people.js
/** Turns `approvers` into people, and knows whether they still may decide. */


/** @throws UserError where a name is wrong, a team cannot be read, or nobody could satisfy the gate. */
async function resolvePeople(gate, host) {
    const approvers = await approversOf(gate, host);
    const { access, problems } = await people_accessOf(approvers, host);
    const impossible = (0,approval_approvers/* unsatisfiable */.LY)(approvers.length - problems.length, gate.minimumApprovals, gate.excluded);
    const all = problems.length === 0 && impossible ? [impossible] : problems;
    if (all.length > 0)
        throw errors/* UserError */.yo.of(all);
    return { approvers, access, lost: lostSince(approvers, access, host) };
}
/**
 * For a request that was made before: who lost access since is known from `then`.
 * @throws UserError where a team cannot be read, or nobody could satisfy the gate.
 */
async function peopleSince(gate, then, host) {
    const approvers = await approversOf(gate, host);
    const impossible = (0,approval_approvers/* unsatisfiable */.LY)(approvers.length, gate.minimumApprovals, gate.excluded);
    if (impossible !== null)
        throw errors/* UserError */.yo.of([impossible]);
    return { approvers, access: then, lost: lostSince(approvers, then, host) };
}
async function approversOf(gate, host) {
    const teams = [];
    for (const team of gate.approvers.teams)
        teams.push({ team, members: await host.teamMembers(team) });
    return (0,approval_approvers/* without */.FF)((0,approval_approvers/* mergeApprovers */.Nx)(gate.approvers.users, teams), gate.excluded);
}
function lostSince(approvers, then, host) {
    return async (logins) => {
        const gone = [];
        for (const approver of approvers) {
            const asked = logins.some((login) => (0,approval_approvers/* loginKey */.H$)(login) === (0,approval_approvers/* loginKey */.H$)(approver.login));
            if (asked && !(await stillMay(approver, then, host)))
                gone.push(approver.login);
        }
        return gone;
    };
}
/** A misspelt name must not wait for somebody to register it. */
async function people_accessOf(approvers, host) {
    const access = new Map();
    const problems = [];
    for (const { login, named } of approvers) {
        if (!named)
            continue;
        const now = await host.access(login);
        access.set((0,approval_approvers/* loginKey */.H$)(login), now);
        if (now === 'unknown' && !(await host.userExists(login))) {
            problems.push({ where: 'approvers', message: `"${login}" is not a user.`, fix: 'Check the spelling.' });
        }
        else if (now === 'none') {
            const message = `"${login}" has no access to this repository, so that they could not comment.`;
            problems.push({ where: 'approvers', message });
        }
    }
    return { access, problems };
}
async function stillMay(approver, before, host) {
    for (const team of approver.teams) {
        if (await host.isTeamMember(team, approver.login))
            return true;
    }
    if (!approver.named)
        return false;
    return kept(before.get((0,approval_approvers/* loginKey */.H$)(approver.login)) ?? 'unknown', await host.access(approver.login));
}
/** In a public repository everybody may read, so whoever could write and cannot now has lost their access. */
function kept(before, now) {
    const writes = (access) => access === 'write' || access === 'admin';
    if (before === 'unknown')
        return true;
    return writes(before) ? writes(now) : now !== 'unknown' && now !== 'none';
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/finish.js
/** How a request ends on its issue, and how that is said. */




function statusOf({ kind }) {
    if (kind === 'approved' || kind === 'superseded')
        return kind;
    return kind === 'timed-out' || kind === 'expired' ? 'timed-out' : 'denied';
}
/** The decision stands, whatever becomes of the issue; one that stays open is left to the post step. */
async function finish(issue, comment, reason, { host, log, remember }) {
    try {
        await host.comment(issue.number, comment);
        await host.close(issue.number, reason);
        remember.ended();
    }
    catch (error) {
        if (!(error instanceof gate_host/* TransientError */.N))
            throw error;
        log.warning(`${issue.url} could not be closed; it is tried again after the job. ${error.message}`);
    }
}
/** A request whose run ends by an error must not look as if it could still be approved. */
async function closeAfterError(issue, ports) {
    try {
        await finish(issue, answers/* ends */.rW.failed(), 'not_planned', ports);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo) && !(error instanceof errors/* UpstreamError */.gA))
            throw error;
        ports.log.warning(`${issue.url} could not be closed; it is tried again after the job. ${error.message}`);
    }
}
/** The gate's last comment on the issue. */
function lastWord(end) {
    switch (end.kind) {
        case 'approved':
            return answers/* ends */.rW.approved(end.votes);
        case 'denied':
            return answers/* ends */.rW.denied(end.votes);
        case 'edited':
            return answers/* ends */.rW.edited();
        case 'void':
            return answers/* ends */.rW.void(end.why);
        case 'closed':
            return answers/* ends */.rW.closed(end.by);
        case 'superseded':
            return answers/* ends */.rW.superseded(end.by);
        case 'timed-out':
            return answers/* ends */.rW['timed-out'](end.minutes);
        case 'expired':
            return answers/* ends */.rW.expired(end.at);
    }
}
/** The sentence that the step ends with. */
function refusal(end, { url }) {
    switch (end.kind) {
        case 'denied':
            return `The plan was denied by ${end.votes.map(({ login }) => login).join(', ')} (${url}); nothing was changed.`;
        case 'edited':
            return `The text of the request ${url} was edited, so no approval of it counts; run the workflow again.`;
        case 'void':
            return `The request ${url} is void: ${end.why}. Nothing was changed; ask again with a new request.`;
        case 'closed':
            return `The request ${url} was closed${end.by ? ` by ${end.by}` : ''} without a decision, which denies; nothing was changed.`;
        case 'superseded':
            return `The request ${url} was replaced by a newer one, #${end.by}; decide there.`;
        case 'timed-out':
            return `Nobody decided on ${url} within ${(0,request_body/* minutes */.Gx)(end.minutes)}; run the workflow again, or raise timeout-minutes.`;
        case 'expired':
            return `The request ${url} ended at ${end.at} without a decision; ask again with a new request.`;
    }
}

;// CONCATENATED MODULE: ./build/js/src/core/approval/decide.js
/**
 * Decides a request from the comments on it. Pure: the same comments always give the same decision, whoever asks
 * (a step that waits, or a workflow that was started by a comment).
 */



/**
 * Of each person the last word counts, so that whoever approves can take it back. One denial denies.
 * Whatever cannot be counted with certainty is ignored, with the reason.
 */
function decide(request, standing, comments) {
    const ignored = [];
    const last = new Map();
    for (const comment of inOrder(comments)) {
        if ((0,marker/* isOurs */.MU)(comment.body) && !wasEdited(comment))
            continue;
        const person = (0,approval_approvers/* loginKey */.H$)(comment.author);
        const result = judge(request, standing, comment);
        const before = last.get(person);
        if ('verdict' in result) {
            if (before)
                ignored.push({ comment: before.comment, why: 'said-again' });
            last.set(person, { comment, verdict: result.verdict });
        }
        else {
            ignored.push({ comment, why: result.why });
            // Writers can edit other people's comments. What this person said last is not known any more.
            if (result.why === 'edited' && before?.verdict === 'approve') {
                ignored.push({ comment: before.comment, why: 'unclear' });
                last.delete(person);
            }
        }
    }
    const approvals = votes(last, 'approve');
    const denials = votes(last, 'deny');
    return { status: decide_statusOf(request, approvals, denials), approvals, denials, ignored };
}
function decide_statusOf(request, approvals, denials) {
    if (denials.length > 0)
        return 'denied';
    // A quorum of none would approve by itself.
    return approvals.length >= Math.max(1, request.minimumApprovals) ? 'approved' : 'pending';
}
function judge(request, standing, comment) {
    if (wasEdited(comment))
        return { why: 'edited' };
    if (isBot(comment))
        return { why: 'bot' };
    if (!(Date.parse(comment.createdAt) >= Date.parse(request.createdAt)))
        return { why: 'too-old' };
    const verdict = (0,approval_words/* verdictOf */.Vj)(comment.body, request.words);
    const approver = has(standing.approvers.map(({ login }) => login), comment.author);
    if (verdict === null)
        return { why: shapeOf(comment.body, request.words, approver) };
    if (has(request.excluded, comment.author))
        return { why: 'initiator' };
    if (!approver)
        return { why: 'not-an-approver' };
    if (has(standing.lost ?? [], comment.author))
        return { why: 'lost-access' };
    return { verdict };
}
/**
 * GitHub stamps whole seconds, equal on a comment that was never touched. One millisecond is forgiven for servers that
 * stamp finer than that and write a new comment in two steps.
 */
function wasEdited(comment) {
    return !(Math.abs(Date.parse(comment.updatedAt) - Date.parse(comment.createdAt)) <= 1);
}
function isBot(comment) {
    return comment.authorType !== 'User' || comment.author.toLowerCase().endsWith('[bot]');
}
/** Whoever may decide is told how to; what others talk about is left alone unless it looks like a decision. */
function shapeOf(body, words, approver) {
    if (!(0,approval_words/* mentionsWord */._v)(body, words))
        return approver ? 'not-one-word' : 'talk';
    if (/^\s*(>|&gt;)/m.test(body))
        return 'quoted';
    return /`|~~~|^( {4}|\t)/m.test(body) || /<(code|pre)\b/i.test(body) ? 'in-code' : 'not-one-word';
}
function has(logins, login) {
    return logins.some((other) => (0,approval_approvers/* loginKey */.H$)(other) === (0,approval_approvers/* loginKey */.H$)(login));
}
function inOrder(comments) {
    return [...comments].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id);
}
function votes(last, verdict) {
    return [...last.values()]
        .filter((counted) => counted.verdict === verdict)
        .map(({ comment }) => ({
        login: comment.author,
        at: comment.createdAt,
        url: comment.url,
        commentId: comment.id,
        said: comment.body.trim(),
    }));
}

// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/answer.js
/** Tells people why their comment does not count. */

/** Enough for honest mistakes; a flood of comments is only logged. */
const MOST_ANSWERS = 30;
async function answerComments(ignored, to, host, log) {
    for (const one of ignored) {
        const { id, author } = one.comment;
        const text = to.answered.has(id) ? null : (0,answers/* answerTo */.oy)(one, to.minimumApprovals);
        if (text === null)
            continue;
        log.info(`A comment of ${author || 'a deleted account'} does not count: ${one.why}.`);
        if (to.answered.size < MOST_ANSWERS)
            await host.comment(to.issue, text);
        to.answered.add(id);
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/wait.js
/** Waits for the decision. A platform that is down for a moment decides nothing. */







/** So long without news, the looks become rarer, down to every fourth. */
const QUIET_MS = 10 * 60_000;
const RAREST = 4;
/** An issue that did not change has no new comments; in case it lies, they are read now and then all the same. */
const READ_ANYWAY = 10;
/** @throws TransientError where GitHub cannot be reached until the time is over; CancelledError */
async function waitForDecision(options) {
    const { clock, signal, timeoutMs, log } = options;
    const watch = new Watch(options);
    const { state } = await (0,poll/* poll */.w)({
        check: () => watch.look().catch((error) => watch.pause(error)),
        done: ({ kind }) => kind !== 'pending' && kind !== 'unavailable',
        key: (now) => (now.kind === 'pending' ? `pending ${now.decision.approvals.length}` : now.kind),
        onChange: (now) => log.info(wording(now, options)),
        intervalMs: () => watch.interval(),
        timeoutMs,
        clock,
        signal,
    });
    if (state.kind === 'unavailable')
        throw state.error;
    return state.kind === 'pending' ? { kind: 'timed-out', minutes: timeoutMs / 60_000 } : state;
}
/** What is remembered from one look to the next. */
class Watch {
    #options;
    #deadline;
    #answered = new Set();
    #newsAt;
    #last = null;
    #unread = 0;
    #reminded = false;
    constructor(options) {
        this.#options = options;
        this.#newsAt = options.clock.monotonic();
        this.#deadline = this.#newsAt + options.timeoutMs;
    }
    async look() {
        const { host, issue } = this.#options;
        await this.#remind();
        const now = await host.issue(issue.number);
        if (wait_plain(now.body) === wait_plain(issue.body) && this.#isOldNews(now))
            return this.#last?.pending ?? oops();
        const comments = await host.comments(issue.number, issue.createdAt);
        const found = await this.#judge(now, comments);
        if (found.kind === 'pending')
            this.#note(now, found);
        return found;
    }
    async #judge(now, comments) {
        const { issue, request, people, host, log } = this.#options;
        const newer = successor(issue.author, comments);
        if (newer !== null)
            return { kind: 'superseded', by: newer };
        if (wait_plain(now.body) !== wait_plain(issue.body))
            return { kind: 'edited' };
        const decision = await decideNow(request, people, comments);
        if (decision.status === 'approved')
            return { kind: 'approved', votes: decision.approvals };
        if (decision.status === 'denied')
            return { kind: 'denied', votes: decision.denials };
        if (!now.open)
            return { kind: 'closed', by: now.closedBy };
        const to = { issue: issue.number, minimumApprovals: request.minimumApprovals, answered: this.#answered };
        await answerComments(decision.ignored, to, host, log);
        return { kind: 'pending', decision };
    }
    #isOldNews(now) {
        if (this.#last?.stamp !== stampOf(now))
            return false;
        this.#unread = (this.#unread + 1) % READ_ANYWAY;
        return this.#unread !== 0;
    }
    #note(now, pending) {
        const stamp = stampOf(now);
        if (stamp !== this.#last?.stamp)
            this.#newsAt = this.#options.clock.monotonic();
        this.#last = { stamp, pending };
    }
    interval() {
        const { intervalMs, clock } = this.#options;
        const quiet = clock.monotonic() - this.#newsAt;
        return intervalMs * Math.min(RAREST, Math.max(1, quiet / QUIET_MS));
    }
    /** Any error but a passing one ends the wait. */
    async pause(error) {
        if (!(error instanceof gate_host/* TransientError */.N))
            throw error;
        const { clock, signal } = this.#options;
        const left = this.#deadline - clock.monotonic();
        // "If no time is given, wait for at least one minute."
        const asked = Math.min(error.retryAfterMs ?? (error.refused ? 60_000 : 0), Math.max(0, left));
        if (asked > this.interval())
            await clock.sleep(asked - this.interval(), signal);
        return { kind: 'unavailable', error };
    }
    async #remind() {
        const { reminderMs, clock, host, issue, people } = this.#options;
        const left = this.#deadline - clock.monotonic();
        if (this.#reminded || reminderMs === null || left > reminderMs || left <= 0)
            return;
        this.#reminded = true;
        const text = (0,answers/* reminder */.z_)(undecided(people, this.#last?.pending.decision ?? null), Math.ceil(left / 60_000));
        await host.comment(issue.number, text);
    }
}
function oops() {
    throw new TypeError('An issue without news was looked at before.');
}
function stampOf({ updatedAt, comments, open }) {
    return `${updatedAt} ${comments} ${open}`;
}
/** Named users, and teams as teams, without those who approved. */
function undecided({ approvers }, decision) {
    const voted = new Set((decision?.approvals ?? []).map(({ login }) => login.toLowerCase()));
    const left = approvers.filter(({ login }) => !voted.has(login.toLowerCase()));
    const users = left.filter(({ named }) => named).map(({ login }) => login);
    return [
        ...users,
        ...new Set(left.filter(({ named }) => !named).flatMap(({ teams }) => teams.map(approval_approvers/* teamName */.Ps))),
    ];
}
/** Only the account that opened an issue can say that another one replaces it. */
function successor(author, comments) {
    for (const comment of comments) {
        const by = (0,marker/* supersededBy */.gT)(comment.body);
        if (by !== null && author !== '' && comment.author === author)
            return by;
    }
    return null;
}
function wait_plain(body) {
    return body.replace(/\r\n/g, '\n').trim();
}
/** Before a decision holds, everybody who made it is looked up again. */
async function decideNow(request, people, comments) {
    const { approvers } = people;
    const standing = { approvers };
    const first = decide(request, standing, comments);
    if (first.status === 'pending')
        return first;
    const lost = await people.lost([...first.approvals, ...first.denials].map(({ login }) => login));
    return lost.length === 0 ? first : decide(request, { approvers, lost }, comments);
}
function wording(now, { request, issue }) {
    if (now.kind === 'unavailable')
        return `${now.error.message} Trying again.`;
    if (now.kind !== 'pending')
        return `The request has ended: ${now.kind}.`;
    const { length } = now.decision.approvals;
    return `Waiting for a decision on ${issue.url} (${length} of ${request.minimumApprovals} approvals).`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/wait-mode.js
/** Mode wait: the step stays until somebody decided. */








async function wait(gate, inputs, ports) {
    const people = await resolvePeople(gate, ports.host);
    const content = contentOf(gate, inputs, ports);
    const issue = await openIssue(content, (0,request_body/* requestBody */.IO)(content), inputs, people, ports);
    // As long as nobody has decided: what a step leaves that is killed.
    ports.report.output('status', 'cancelled');
    const end = await untilTheEnd(issue, ports, async () => {
        await supersede(issue, content, ports);
        const reminder = reminderMinutes(inputs);
        return waitForDecision({
            ...ports,
            // Waiting has a patience of its own.
            host: ports.bareHost,
            issue,
            request: { createdAt: issue.createdAt, ...gate },
            people,
            intervalMs: ports.pollMs ?? inputs.pollSeconds * 1000,
            timeoutMs: timeoutMinutes(inputs) * 60_000,
            reminderMs: reminder === null ? null : reminder * 60_000,
        });
    });
    await settle(end, issue, gate, ports);
}
/** However it ends, the issue is closed and the status says it. */
async function untilTheEnd(issue, ports, body) {
    try {
        return await body();
    }
    catch (error) {
        const cancelled = error instanceof errors/* CancelledError */.cc;
        ports.report.output('status', cancelled ? 'cancelled' : 'error');
        if (cancelled)
            await finish(issue, answers/* ends */.rW.cancelled(), 'not_planned', { ...ports, host: ports.bareHost });
        else
            await closeAfterError(issue, { ...ports, host: ports.bareHost });
        throw error;
    }
}
async function settle(end, issue, gate, ports) {
    const by = 'votes' in end ? end.votes.map(({ login }) => login) : [];
    ports.report.summary(summaryOf({ kind: end.kind, plan: gate.plan, issue, by }));
    if (end.kind === 'approved')
        await passOn(gate.plan, gate.environment, end.votes, ports);
    ports.report.output('status', statusOf(end));
    if (end.kind === 'approved') {
        await finish(issue, lastWord(end), 'completed', ports);
        return;
    }
    // A newer request has said why, and closed this one.
    if (end.kind === 'superseded')
        ports.remember.ended();
    else
        await finish(issue, lastWord(end), 'not_planned', ports);
    throw new errors/* OutcomeError */.Rz(refusal(end, issue));
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/request.js
/**
 * Mode request: asks and ends, so that nobody waits on a runner. What is approved stands in the payload of a GitHub
 * Deployment, which cannot be changed; a comment of the same account shows it to people.
 */











async function request(gate, inputs, ports) {
    const people = await resolvePeople(gate, ports.host);
    const content = compact(contentOf(gate, inputs, ports));
    const issue = await openIssue(content, (0,request_body/* invitationBody */.qb)(content), inputs, people, ports);
    await untilTheEnd(issue, ports, async () => {
        const comment = await ports.host.comment(issue.number, (0,request_body/* planComment */.tx)(subjectOf(content)));
        const payload = payloadOf(content, { issue, comment, access: people.access }, inputs, ports);
        const deployment = await deploy(payload, issue, ports);
        await supersede(issue, content, ports);
        await retireOlder(deployment, payload, ports);
        ports.remember.ended();
        ports.report.output('deployment-id', deployment.id);
        ports.report.output('status', 'pending');
        ports.report.summary(summaryOf({ kind: 'pending', plan: content.plan, issue, by: [] }));
        ports.log.info(`Nothing waits: a comment on ${issue.url} starts the workflow that resumes (until ${payload.expiresAt}).`);
    });
}
/** What the comment shows, in the very form in which `resume` will have it. */
function subjectOf({ plan, environment, runUrl, commit, evidence }) {
    return { plan, environment, runUrl, commit, evidence };
}
function payloadOf(content, made, inputs, { clock }) {
    const { plan, environment, evidence, repository, initiators, runUrl, commit } = content;
    const end = clock.now().getTime() + timeoutMinutes(inputs) * 60_000;
    const before = reminderMinutes(inputs);
    return {
        schema: PAYLOAD_SCHEMA,
        repository,
        environment: environment ?? '',
        issue: made.issue.number,
        comment: made.comment.id,
        plan,
        evidence,
        initiators,
        access: Object.fromEntries(made.access),
        runUrl,
        commit: plan.commit || commit,
        remindAt: before === null ? null : new Date(end - before * 60_000).toISOString(),
        expiresAt: new Date(end).toISOString(),
    };
}
async function deploy(payload, issue, { host, log }) {
    const { environment, plan, commit, runUrl } = payload;
    const deployment = await host.createDeployment({
        ref: commit,
        task: TASK,
        environment,
        description: `${plan.endpoint}: plan ${(0,canonical_json/* shortDigest */.VK)(plan.digest)}, approval in #${issue.number}`,
        payload,
    });
    await host.setStatus(deployment.id, {
        state: 'queued',
        description: `Waits for an approval in #${issue.number}`,
        logUrl: runUrl,
        environmentUrl: '',
    });
    log.info(`Deployment ${deployment.id} of ${plan.endpoint} to ${environment} holds the plan.`);
    return deployment;
}
/** Older requests for the same endpoint end here too, also where their issue is closed already. */
async function retireOlder(deployment, payload, ports) {
    const { host } = ports;
    const { environment, creator } = deployment;
    const since = new Date(Date.parse(deployment.createdAt) - OLDEST_MS).toISOString();
    const all = await host.deployments({ task: TASK, environment, since });
    for (const other of requestsOf(all, payload.repository, creator)) {
        const older = other.deployment.id < deployment.id && sameEndpoint(other.payload, payload);
        if (!older || !isWaiting(await host.statuses(other.deployment.id)))
            continue;
        await host.setStatus(other.deployment.id, {
            state: 'inactive',
            description: `Replaced by the request #${payload.issue}`,
            logUrl: payload.runUrl,
            environmentUrl: '',
        });
        const issue = await host.issue(other.payload.issue);
        if (!issue.open || (0,approval_approvers/* loginKey */.H$)(issue.author) !== (0,approval_approvers/* loginKey */.H$)(creator))
            continue;
        await host.comment(other.payload.issue, answers/* ends */.rW.superseded(payload.issue));
        await host.close(other.payload.issue, 'not_planned');
    }
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/resume.js











async function resume(at, policy, inputs, ports) {
    const found = await lookUp(at.issue, inputs, ports);
    if (found === null)
        return;
    const { deployment, payload } = found;
    ports.report.output('deployment-id', deployment.id);
    ports.report.output('issue-number', payload.issue);
    const statuses = await ports.host.statuses(deployment.id);
    const mine = claimed(statuses)?.logUrl === ports.context.runUrl && ports.context.runUrl !== '';
    const over = statuses.some(({ state }) => state === 'success' || state === 'inactive');
    if (!isWaiting(statuses) && (!mine || over)) {
        const last = statuses.at(-1);
        ports.log.info(`The request #${at.issue} is not open any more (${last?.state}: ${last?.description}).`);
        return;
    }
    const issue = { ...(await ports.host.issue(at.issue)), number: at.issue };
    ports.report.output('issue-url', issue.url);
    await goOn({ ...found, issue }, at.comment, policy, inputs, ports);
}
async function lookUp(issue, { environment, requester }, { host, context, clock, log }) {
    const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
    const deployments = await host.deployments({ task: TASK, environment, since });
    const { repository } = context;
    const found = findRequest(deployments, { repository, issue, requester });
    if (found.kind === 'found')
        return found;
    if (found.kind === 'refused')
        throw new errors/* UserError */.yo(`The request #${issue} is not believed: ${found.reason}.`);
    const where = environment === null ? '' : ` for ${environment}`;
    log.info(`#${issue} is no request of the gate${where}: no deployment of ${requester} names it.`);
    return null;
}
async function goOn(found, comment, policy, inputs, ports) {
    const { payload, issue, deployment } = found;
    const shown = await ports.host.commentById(payload.comment);
    const all = await ports.host.comments(issue.number, deployment.createdAt);
    // Whoever closes the issue with a word decides; what is said on a closed one is too late.
    const comments = all.filter(({ createdAt }) => issue.open || !(Date.parse(createdAt) > Date.parse(issue.closedAt)));
    const ended = endedBefore(found, shown, comments, ports);
    const excluded = inputs.excludeInitiator ? payload.initiators : [];
    const request = { ...policy, excluded, createdAt: askedAt(found, shown) };
    const end = ended ?? (await decision(found, request, comment, policy, comments, ports));
    if (end === null)
        return;
    if (end.kind === 'approved')
        await approve(end.votes, found, ports);
    else
        await refuse(end, found, ports);
}
/** Nobody can have approved what was not shown yet. */
function askedAt({ deployment }, shown) {
    const times = [deployment.createdAt, ...(shown === null ? [] : [shown.createdAt])];
    return times.reduce((a, b) => (Date.parse(a) >= Date.parse(b) ? a : b));
}
/** What ends a request whatever anybody commented. */
function endedBefore({ payload, deployment, newer, issue }, shown, comments, { clock }) {
    if (newer !== null)
        return { kind: 'superseded', by: newer.payload.issue };
    const by = successor(deployment.creator, comments);
    if (by !== null && !issue.open)
        return { kind: 'superseded', by };
    const why = whyVoid(payload, deployment.creator, shown);
    if (why !== null)
        return { kind: 'void', why };
    const isOver = clock.now().getTime() >= Date.parse(payload.expiresAt);
    return isOver ? { kind: 'expired', at: payload.expiresAt } : null;
}
/** The comment is what people read before they decided: it must say what the payload holds, and have said so always. */
function whyVoid(payload, creator, shown) {
    if (shown === null)
        return 'the comment with the plan was deleted';
    if ((0,approval_approvers/* loginKey */.H$)(shown.author) !== (0,approval_approvers/* loginKey */.H$)(creator))
        return 'the comment with the plan is not the gate’s own';
    const edited = Math.abs(Date.parse(shown.updatedAt) - Date.parse(shown.createdAt)) > 1;
    if (edited)
        return 'the comment with the plan was edited';
    if (showsPlan(shown.body, payload))
        return null;
    return 'the comment does not show the plan as this version of the action would (forged, or made by another version)';
}
/** By the same rules as with mode wait. Null where it is not decided yet. */
async function decision({ payload, issue }, request, comment, policy, comments, ports) {
    const then = new Map(Object.entries(payload.access));
    const people = await peopleSince({ ...policy, excluded: request.excluded }, then, ports.host);
    const found = await decideNow(request, people, comments);
    if (found.status === 'approved')
        return { kind: 'approved', votes: found.approvals };
    if (found.status === 'denied')
        return { kind: 'denied', votes: found.denials };
    if (!issue.open)
        return { kind: 'closed', by: issue.closedBy };
    ports.report.output('status', 'pending');
    const news = found.ignored.filter((one) => one.comment.id === comment);
    const to = { issue: issue.number, minimumApprovals: request.minimumApprovals, answered: new Set() };
    await answerComments(news, to, ports.host, ports.log);
    const { length } = found.approvals;
    ports.log.info(`Not decided yet: ${length} of ${request.minimumApprovals} approvals on ${issue.url}.`);
    return null;
}
async function approve(votes, { payload, deployment, issue }, ports) {
    const { plan, environment } = payload;
    const by = votes.map(({ login }) => login);
    const { runUrl } = ports.context;
    if (!(await claim(deployment.id, `Approved by ${by.join(', ')}`, runUrl, ports.host))) {
        ports.log.info(`Another run carries out the request #${issue.number} already.`);
        return;
    }
    await passOn(plan, environment, votes, ports);
    ports.report.output('status', 'approved');
    ports.report.summary(summaryOf({ kind: 'approved', plan, issue, by }));
    if (issue.open)
        await finish(issue, lastWord({ kind: 'approved', votes }), 'completed', ports);
}
async function refuse(end, { payload, deployment, issue }, ports) {
    await endRequest(end, { id: deployment.id, issue }, ports);
    ports.report.output('status', statusOf(end));
    const by = 'votes' in end ? end.votes.map(({ login }) => login) : [];
    ports.report.summary(summaryOf({ kind: end.kind, plan: payload.plan, issue, by }));
    throw new errors/* OutcomeError */.Rz(refusal(end, issue));
}
/** No later comment can decide any more: the state of the Deployment says so for good. */
async function endRequest(end, { id, issue }, ports) {
    await ports.host.setStatus(id, {
        state: 'inactive',
        description: stateWords(end),
        logUrl: ports.context.runUrl,
        environmentUrl: '',
    });
    if (issue.open)
        await finish(issue, lastWord(end), 'not_planned', ports);
}
function stateWords(end) {
    if (end.kind === 'denied')
        return `Denied by ${end.votes.map(({ login }) => login).join(', ')}`;
    if (end.kind === 'superseded')
        return `Replaced by the request #${end.by}`;
    if (end.kind === 'void')
        return `Void: ${end.why}`;
    return end.kind === 'closed' ? 'Closed without a decision' : 'Ended without a decision';
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/sweep.js
/** Mode resume without a comment, on a schedule: reminds of requests, and ends those whose time is over. */










/** @throws the first error, after all requests were looked at: one that cannot be read must not hold up the others */
async function sweep(policy, inputs, ports) {
    const { host, clock, context, log } = ports;
    const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
    const all = await host.deployments({ task: TASK, environment: inputs.environment, since });
    const failures = [];
    let waiting = 0;
    for (const request of requestsOf(all, context.repository, inputs.requester)) {
        try {
            if (await care(request, policy, inputs, ports))
                waiting += 1;
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo) && !(error instanceof errors/* UpstreamError */.gA))
                throw error;
            log.warning(`The request #${request.payload.issue}: ${error.message}`);
            failures.push(error);
        }
    }
    log.info(`${waiting} ${waiting === 1 ? 'request waits' : 'requests wait'} for a decision.`);
    if (failures[0] !== undefined)
        throw failures[0];
}
/** Whether it still waits. */
async function care(request, policy, inputs, ports) {
    const { host, clock, log } = ports;
    const { deployment, payload } = request;
    const { expiresAt, remindAt, issue: number } = payload;
    if (!isWaiting(await host.statuses(deployment.id)))
        return false;
    const now = clock.now().getTime();
    if (now >= Date.parse(expiresAt)) {
        const issue = { ...(await host.issue(number)), number };
        await endRequest({ kind: 'expired', at: expiresAt }, { id: deployment.id, issue }, ports);
        log.info(`The request #${number} ended at ${expiresAt} without a decision.`);
        return false;
    }
    if (remindAt !== null && now >= Date.parse(remindAt))
        await remind(request, policy, inputs, ports);
    return true;
}
/** Once. */
async function remind({ payload, deployment }, policy, inputs, { host, clock, log }) {
    const { issue, expiresAt, initiators, access } = payload;
    const said = await host.comments(issue, deployment.createdAt);
    const done = said.some(({ author, body }) => author === deployment.creator && (0,marker/* isReminder */.DG)(body));
    if (done)
        return;
    const excluded = inputs.excludeInitiator ? initiators : [];
    const people = await peopleSince({ ...policy, excluded }, new Map(Object.entries(access)), host);
    const left = Math.ceil((Date.parse(expiresAt) - clock.now().getTime()) / 60_000);
    await host.comment(issue, (0,answers/* reminder */.z_)(undecided(people, null), left));
    log.info(`Reminded the approvers of #${issue}.`);
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/run.js
/** Asks for an approval of exactly one plan, and passes the plan on only where it was given. */









/**
 * @throws UserError before anything is opened; OutcomeError where the plan was not approved; CancelledError;
 *   UpstreamError where GitHub could not be asked, which is neither an approval nor a denial.
 */
async function run(inputs, ports) {
    noOutputsYet(ports.report);
    const { context } = ports;
    const hasToken = ports.connect !== null;
    switch (inputs.mode) {
        case 'wait': {
            const gate = await checkInputs(inputs, context, hasToken);
            return wait(gate, inputs, await connected(ports));
        }
        case 'request': {
            const gate = await checkInputs(inputs, context, hasToken);
            return request(gate, inputs, await connected(ports));
        }
        case 'environment': {
            const gate = await checkInputs(inputs, context, hasToken);
            return environment(gate, await connected(ports));
        }
        case 'conclude': {
            const conclusion = checkConclude(inputs, context, hasToken);
            return conclude(conclusion, inputs, await connected(ports));
        }
        case 'resume':
            return run_goOn(inputs, ports);
    }
}
/** A comment is about one request; without one, all of them are looked through for those whose time has come. */
async function run_goOn(inputs, ports) {
    const policy = checkResume(inputs, ports.context, ports.connect !== null);
    if (inputs.planPath !== null || inputs.reportPath !== null) {
        ports.log.info('plan-path and report-path are not used with mode resume: the plan comes from the request.');
    }
    const event = await ports.event();
    if (event?.isPullRequest && inputs.issueNumber === null) {
        ports.log.info('The comment is on a pull request, which is no request of the gate.');
        return;
    }
    const issue = inputs.issueNumber ?? event?.issue ?? null;
    if (issue === null)
        return sweep(policy, inputs, await connected(ports));
    const comment = event?.issue === issue ? event.comment : null;
    return resume({ issue, comment }, policy, inputs, await connected(ports));
}
async function connected(ports) {
    if (ports.connect === null)
        throw new TypeError('The checks let nobody through without a token.');
    const bareHost = await ports.connect();
    return { ...ports, bareHost, host: patientHost(bareHost, ports) };
}


/***/ }),

/***/ 92239:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ TransientError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** What the gate needs from the platform that holds the request and its comments. */

/** The platform is busy or down for a moment; says nothing about the request. */
class TransientError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA {
    /** How long it asked us to wait, in milliseconds; null where it did not say. */
    retryAfterMs;
    /** Whether the call was refused (a rate limit), so that it is certain not to have been carried out. */
    refused;
    constructor(system, message, options) {
        super(system, message, { cause: options.cause });
        this.retryAfterMs = options.retryAfterMs;
        this.refused = options.refused ?? false;
    }
}


/***/ }),

/***/ 94937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ parseJsonObject)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);

/** The object that a JSON text holds. @throws Error whose message says what is wrong with the text. */
function parseJsonObject(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new Error(`is not JSON (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)})`, { cause: error });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Error('is not a JSON object');
    }
    return value;
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


/***/ })

};
