export const id = 786;
export const ids = [786];
export const modules = {

/***/ 54786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/js/src/core/approval/answers.js
var answers = __webpack_require__(61328);
// EXTERNAL MODULE: ./build/js/src/core/approval/gate-host.js
var gate_host = __webpack_require__(92239);
// EXTERNAL MODULE: ./build/js/src/core/approval/marker.js
var marker = __webpack_require__(35885);
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

// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
// EXTERNAL MODULE: ./build/js/src/core/approval/approvers.js
var approval_approvers = __webpack_require__(56441);
;// CONCATENATED MODULE: ./build/js/src/core/approval/words.js
const APPROVE = ['approve', 'approved', 'lgtm', 'yes'];
/** A word that stands alone between spaces and signs. */
const PLAIN = /^[\p{L}\p{N}]+$/u;
const DENY = ['deny', 'denied', 'no'];
/**
 * Adds a user's own words to the standing ones. They are taken literally: nothing in them is a pattern.
 * A question mark is not forgiven ("approve?" asks), nor is anything before the word (quotes, list signs, code).
 */
function decisionWords(approve, deny) {
    const words = new Map();
    const problems = [];
    const add = (where, word, verdict) => {
        const key = normalise(word);
        const other = words.get(key);
        if (key === '')
            problems.push({ where, message: `"${word}" has nothing but punctuation.` });
        else if (other !== undefined && other !== verdict)
            problems.push({ where, message: `"${word}" cannot both approve and deny.` });
        else
            words.set(key, verdict);
    };
    for (const word of APPROVE)
        add('approve-words', word, 'approve');
    for (const word of DENY)
        add('deny-words', word, 'deny');
    for (const word of approve)
        add('approve-words', word, 'approve');
    for (const word of deny)
        add('deny-words', word, 'deny');
    return { words, problems };
}
/** What a whole comment says; null where it is not one of the words. */
function verdictOf(body, words) {
    return words.get(normalise(body)) ?? null;
}
/** Whether a word stands anywhere in the comment: somebody seems to have meant to decide. */
function mentionsWord(body, words) {
    const tokens = new Set(body
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []);
    const text = normalise(body);
    return [...words.keys()].some((word) => tokens.has(word) || (!PLAIN.test(word) && text.includes(word)));
}
function wordsFor(words, verdict) {
    return [...words].filter(([, meaning]) => meaning === verdict).map(([word]) => word);
}
function normalise(text) {
    return text
        .normalize('NFC')
        .trim()
        .toLowerCase()
        .replace(/[\s.!,;:]+$/u, '');
}

;// CONCATENATED MODULE: ./build/js/src/core/approval/request-body.js
/** The request as people read it: an issue's title and body. Pure. */





/** GitHub takes 65,536 characters; the rest is room for how it may count line ends. */
const BODY_LIMIT = 65_000;
const TITLE_LIMIT = 250;
const CUT = '\n\n**This request was cut here: it would have been longer than GitHub allows.**\n';
const ROWS = 60;
const VALUE = 200;
function requestTitle(content, title) {
    const place = content.environment === null ? '' : ` in ${content.environment}`;
    const text = title ?? `Approve ${content.plan.endpoint}${place}: plan ${(0,canonical_json/* shortDigest */.VK)(content.plan.digest)}`;
    return clip(text.replace(/\s+/g, ' '), TITLE_LIMIT);
}
/** What people must see stands first; the parts that may be long, and are cut if need be, stand last. */
function requestBody(content) {
    const { plan, environment, repository } = content;
    const body = [
        (0,marker/* requestMark */.Rr)({ repository, environment, endpoint: plan.endpoint, plan: plan.digest }),
        howTo(content),
        '### What is approved',
        facts(content),
        '### What changes',
        changes(plan),
        '### Evidence',
        evidence(content),
        ...findings(plan),
    ].join('\n\n');
    return cutBody(body);
}
function howTo(content) {
    const { approvers, words, minimumApprovals, initiators } = content;
    const mentions = [...approvers.users, ...approvers.teams.map(approval_approvers/* teamName */.Ps)].map((name) => `@${name}`).join(' ');
    const needed = minimumApprovals === 1 ? 'One approval is' : `${minimumApprovals} approvals are`;
    const out = content.excludeInitiator && initiators.length > 0
        ? ` ${initiators.map(markdown/* code */.aY).join(' and ')} started the run and cannot approve it.`
        : '';
    return [
        `${mentions}: a deployment waits for your decision. ${needed} needed; one denial denies.${out}`,
        `- To approve, comment one of: ${wordsFor(words, 'approve').map(markdown/* code */.aY).join(', ')}`,
        `- To deny, comment one of: ${wordsFor(words, 'deny').map(markdown/* code */.aY).join(', ')}`,
        `- The word must be the whole comment, and an edited comment does not count. Closing this issue denies, and so does editing this text.`,
        `- Without a decision, this request ends after ${minutes(content.timeoutMinutes)}.`,
    ].join('\n');
}
function facts(content) {
    const { plan } = content;
    // The digest vouches for what stands in here, not for its being complete.
    const desired = plan.desired;
    const rows = [
        ['Endpoint', plan.endpoint],
        ['Environment', content.environment],
        ['Target', [plan.target, plan.account, plan.region].filter((part) => part).join(', ')],
        ['Action', plan.action],
        ['Plan digest', plan.digest],
        ['Model digest', desired.modelDigest],
        ['Reference model digest', desired.referenceDigest],
        ['Image digest', desired.imageDigest],
        ['Serves now (content id)', plan.base ?? 'nothing'],
        ['Candidate', plan.candidate],
        ['Instances', instances(plan)],
        ['Strategy', desired.strategy?.type],
        ['Container environment', names(desired.environment)],
        ['Commit', plan.commit || content.commit],
    ];
    const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
    const run = content.runUrl === '' ? [] : [['Run', content.runUrl]];
    return (0,markdown/* table */.tp)(['', ''], [...shown.map(([name, value]) => [name, cell(String(value))]), ...run]);
}
function instances({ desired }) {
    const count = desired.instanceCount === null ? '' : `${desired.instanceCount} × `;
    return desired.instanceType === null ? '' : `${count}${desired.instanceType}`;
}
/** Names only: values of environment variables never stand in issues. */
function names(environment) {
    return Object.keys(environment ?? {}).join(', ');
}
function changes(plan) {
    if (plan.changes.length === 0)
        return 'The plan names no differences.';
    const rows = plan.changes.slice(0, ROWS);
    const side = (value) => (value === null ? '_none_' : cell(value));
    const lines = rows.map(({ field, from, to }) => [(0,markdown/* escapeMarkdown */.FV)(clip(field, VALUE)), side(from), side(to)]);
    return (0,markdown/* table */.tp)(['What', 'Now', 'Planned'], lines) + more(plan.changes.length, 'changes');
}
function evidence({ evidence: found }) {
    if (found === null)
        return 'No smoke report was given with this request.';
    const verdict = found.passed === null ? '' : found.passed ? 'The smoke test passed.' : '**The smoke test did not pass.**';
    const rows = found.rows
        .slice(0, ROWS)
        .map(([name, value]) => [(0,markdown/* escapeMarkdown */.FV)(clip(name, VALUE)), cell(value)]);
    const list = (0,markdown/* table */.tp)(['Smoke report', ''], rows) + more(found.rows.length, 'values');
    return [verdict, (0,markdown/* details */.zH)('Smoke report', list)].filter((part) => part !== '').join('\n\n');
}
function findings(plan) {
    if (plan.findings.length === 0)
        return [];
    const lines = plan.findings
        .slice(0, ROWS)
        .map(({ level, message }) => `- ${(0,markdown/* escapeMarkdown */.FV)(level)}: ${(0,markdown/* escapeMarkdown */.FV)(clip(message, 400))}`);
    return ['### Checks before the plan', lines.join('\n') + more(plan.findings.length, 'findings')];
}
function more(count, what) {
    return count > ROWS ? `\n\n_… and ${count - ROWS} more ${what}._` : '';
}
function cell(value) {
    return (0,markdown/* code */.aY)(clip(String(value), VALUE));
}
function minutes(count) {
    return count === 1 ? 'one minute' : `${count} minutes`;
}
/** Cuts between characters, never inside one. */
function clip(text, limit) {
    const characters = Array.from(text);
    return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
/** Cuts at a line, so that no tag or code span is left half. */
function cutBody(body) {
    if (body.length <= BODY_LIMIT)
        return body;
    const head = body.slice(0, BODY_LIMIT - CUT.length - '</details>'.length - 2);
    const whole = head.slice(0, head.lastIndexOf('\n'));
    const open = (whole.match(/<details>/g) ?? []).length - (whole.match(/<\/details>/g) ?? []).length;
    return whole + (open > 0 ? '\n\n</details>' : '') + CUT;
}

// EXTERNAL MODULE: ./build/js/src/core/workspace.js
var workspace = __webpack_require__(46386);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/js/src/core/approval/evidence.js
/** A smoke report as evidence for approvers: whatever plain values stand in it, without knowing its exact form. */

const DEEPEST = 3;
const MODEL_DIGEST = /(^|\.)model-?digest$/i;
/** @throws Error whose message says what is wrong with the report. */
function readEvidence(text) {
    let report;
    try {
        report = JSON.parse(text);
    }
    catch (error) {
        throw new Error(`is not JSON (${(0,errors/* messageOf */.bD)(error)})`, { cause: error });
    }
    if (typeof report !== 'object' || report === null || Array.isArray(report)) {
        throw new Error('is not a JSON object');
    }
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

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/checks.js
/** Everything that can be found wrong before GitHub is asked anything, all of it at once. */







/** @throws UserError with every problem. */
async function checkInputs(inputs, context, hasToken) {
    const problems = [...surroundings(inputs, context, hasToken)];
    const { list, problems: badApprovers } = (0,approval_approvers/* parseApprovers */.CR)(inputs.approvers ?? []);
    const { words, problems: badWords } = decisionWords(inputs.approveWords ?? [], inputs.denyWords ?? []);
    const excluded = inputs.excludeInitiator ? initiators(context) : [];
    problems.push(...badApprovers, ...badWords, ...enoughUsers(list, inputs, excluded));
    const plan = await loadPlan(inputs, context, problems);
    const evidence = await loadEvidence(inputs, context, plan, problems);
    if (problems.length > 0 || plan === null)
        throw errors/* UserError */.yo.of(problems);
    return {
        plan,
        environment: inputs.environment ?? plan.environmentName ?? null,
        evidence,
        approvers: list,
        minimumApprovals: inputs.minimumApprovals,
        excluded,
        words,
    };
}
function* surroundings(inputs, context, hasToken) {
    if (inputs.mode !== 'wait') {
        yield { where: 'mode', message: `"${inputs.mode}" is not in this version.`, fix: 'Use wait.' };
    }
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
    if ((inputs.approvers ?? []).length === 0) {
        const fix = 'Name users and org/team.';
        yield { where: 'approvers', message: 'is empty, so that nobody could approve.', fix };
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

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/people.js
/** Turns `approvers` into people, and knows whether they still may decide. */


/** @throws UserError where a name is wrong, a team cannot be read, or nobody could satisfy the gate. */
async function resolvePeople(gate, host) {
    const teams = [];
    for (const team of gate.approvers.teams)
        teams.push({ team, members: await host.teamMembers(team) });
    const everyone = (0,approval_approvers/* mergeApprovers */.Nx)(gate.approvers.users, teams);
    const approvers = (0,approval_approvers/* without */.FF)(everyone, gate.excluded);
    const { access, problems } = await accessOf(approvers, host);
    const impossible = (0,approval_approvers/* unsatisfiable */.LY)(approvers.length - problems.length, gate.minimumApprovals, gate.excluded);
    const all = problems.length === 0 && impossible ? [impossible] : problems;
    if (all.length > 0)
        throw errors/* UserError */.yo.of(all);
    return {
        approvers,
        lost: async (logins) => {
            const gone = [];
            for (const approver of approvers) {
                const asked = logins.some((login) => (0,approval_approvers/* loginKey */.H$)(login) === (0,approval_approvers/* loginKey */.H$)(approver.login));
                if (asked && !(await stillMay(approver, access, host)))
                    gone.push(approver.login);
            }
            return gone;
        },
    };
}
/** A misspelt name must not wait for somebody to register it. */
async function accessOf(approvers, host) {
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
    return { status: statusOf(request, approvals, denials), approvals, denials, ignored };
}
function statusOf(request, approvals, denials) {
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
    const verdict = verdictOf(comment.body, request.words);
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
    if (!mentionsWord(body, words))
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
    }));
}

// EXTERNAL MODULE: ./build/js/src/core/poll.js
var poll = __webpack_require__(83490);
;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/wait.js
/** Waits for the decision. A platform that is down for a moment decides nothing. */





/** Enough for honest mistakes; a flood of comments is only logged. */
const MOST_ANSWERS = 30;
/** @throws TransientError where GitHub cannot be reached until the time is over; CancelledError */
async function waitForDecision(options) {
    const { clock, signal, intervalMs, timeoutMs, log } = options;
    const deadline = clock.monotonic() + timeoutMs;
    const answered = new Set();
    const { state } = await (0,poll/* poll */.w)({
        check: () => look(options, answered).catch((error) => pause(error, options, deadline)),
        done: ({ kind }) => kind !== 'pending' && kind !== 'unavailable',
        key: (now) => (now.kind === 'pending' ? `pending ${now.approvals}` : now.kind),
        onChange: (now) => log.info(wording(now, options)),
        intervalMs,
        timeoutMs,
        clock,
        signal,
    });
    if (state.kind === 'unavailable')
        throw state.error;
    return state.kind === 'pending' ? { kind: 'timed-out' } : state;
}
/** Any error but a passing one ends the wait. */
async function pause(error, options, deadline) {
    if (!(error instanceof gate_host/* TransientError */.N))
        throw error;
    const { clock, signal } = options;
    const left = deadline - clock.monotonic();
    const asked = Math.min(error.retryAfterMs ?? 0, Math.max(0, left));
    if (asked > options.intervalMs)
        await clock.sleep(asked - options.intervalMs, signal);
    return { kind: 'unavailable', error };
}
async function look(options, answered) {
    const { host, issue } = options;
    const now = await host.issue(issue.number);
    const comments = await host.comments(issue.number, issue.createdAt);
    const newer = successor(issue, comments);
    if (newer !== null)
        return { kind: 'superseded', by: newer };
    if (wait_plain(now.body) !== wait_plain(issue.body))
        return { kind: 'edited' };
    const decision = await decideNow(options, comments);
    if (decision.status === 'approved')
        return { kind: 'approved', votes: decision.approvals };
    if (decision.status === 'denied')
        return { kind: 'denied', votes: decision.denials };
    if (!now.open)
        return { kind: 'closed', by: now.closedBy };
    await answer(options, decision, answered);
    return { kind: 'pending', approvals: decision.approvals.length };
}
/** Only the account that opened this issue can say that another one replaces it. */
function successor(issue, comments) {
    for (const { author, body } of comments) {
        const by = (0,marker/* supersededBy */.gT)(body);
        if (by !== null && author !== '' && author === issue.author)
            return by;
    }
    return null;
}
function wait_plain(body) {
    return body.replace(/\r\n/g, '\n').trim();
}
/** Before a decision holds, everybody who made it is looked up again. */
async function decideNow(options, comments) {
    const { request, people } = options;
    const { approvers } = people;
    const first = decide(request, { approvers }, comments);
    if (first.status === 'pending')
        return first;
    const lost = await people.lost([...first.approvals, ...first.denials].map(({ login }) => login));
    return lost.length === 0 ? first : decide(request, { approvers, lost }, comments);
}
async function answer(options, decision, answered) {
    for (const ignored of decision.ignored) {
        const { id, author } = ignored.comment;
        const text = answered.has(id) ? null : (0,answers/* answerTo */.oy)(ignored, options.request.minimumApprovals);
        if (text === null)
            continue;
        options.log.info(`A comment of ${author || 'a deleted account'} does not count: ${ignored.why}.`);
        if (answered.size < MOST_ANSWERS)
            await options.host.comment(options.issue.number, text);
        answered.add(id);
    }
}
function wording(now, { request, issue }) {
    if (now.kind === 'unavailable')
        return `${now.error.message} Trying again.`;
    if (now.kind !== 'pending')
        return `The request has ended: ${now.kind}.`;
    return `Waiting for a decision on ${issue.url} (${now.approvals} of ${request.minimumApprovals} approvals).`;
}

;// CONCATENATED MODULE: ./build/js/src/actions/approve-gate/run.js
/** Asks for an approval of exactly one plan, waits for it, and passes the plan on only where it was given. */













const MOST_ASSIGNEES = 10;
/** A workflow run lasts 35 days at most, so no older request can still wait. */
const OLDEST_MS = 36 * 24 * 3600 * 1000;
/**
 * @throws UserError before anything is opened; OutcomeError where the plan was not approved; CancelledError;
 *   UpstreamError where GitHub could not be asked, which is neither an approval nor a denial.
 */
async function run(inputs, ports) {
    noOutputsYet(ports);
    const gate = await checkInputs(inputs, ports.context, ports.connect !== null);
    if (ports.connect === null)
        throw new TypeError('checkInputs lets nobody through without a token.');
    if (inputs.excludeInitiator && gate.excluded.length === 0) {
        ports.log.warning('GITHUB_ACTOR is not set, so it is not known who started the run and must not approve it.');
    }
    const host = await ports.connect();
    const people = await resolvePeople(gate, host);
    const content = contentOf(gate, inputs, ports);
    const issue = await run_open(content, inputs, people, host, ports);
    const end = await decisionOn(issue, gate, people, inputs, host, ports);
    await conclude(end, issue, gate, inputs, host, ports);
}
function noOutputsYet({ report }) {
    const names = [
        'status',
        'approved-by',
        'approved-plan',
        'issue-number',
        'issue-url',
        'deployment-id',
    ];
    for (const name of names)
        report.output(name, '');
}
function contentOf(gate, inputs, { context }) {
    return {
        ...gate,
        repository: context.repository,
        runUrl: context.runUrl,
        commit: context.commit,
        initiators: initiators(context),
        excludeInitiator: inputs.excludeInitiator,
        timeoutMinutes: inputs.timeoutMinutes,
    };
}
async function run_open(content, inputs, people, host, ports) {
    const draft = {
        title: requestTitle(content, inputs.issueTitle),
        body: requestBody(content),
        assignees: people.approvers
            .filter(({ named }) => named)
            .slice(0, MOST_ASSIGNEES)
            .map(({ login }) => login),
        labels: inputs.labels ?? [],
    };
    const issue = await host.open(draft);
    ports.remember.opened(issue.number);
    ports.report.output('issue-number', issue.number);
    ports.report.output('issue-url', issue.url);
    ports.log.notice(`Approval is asked for in ${issue.url}`);
    await supersede(issue, content, host, ports);
    return issue;
}
/** Ends older requests for the same endpoint and environment that the same account opened, and no other. */
async function supersede(issue, content, host, ports) {
    const since = new Date(Date.parse(issue.createdAt) - OLDEST_MS).toISOString();
    const key = { ...content, endpoint: content.plan.endpoint };
    for (const other of await host.openIssues(since)) {
        const mark = (0,marker/* parseRequestMark */.Ed)(other.body);
        const rival = mark !== null && (0,marker/* sameKey */.el)(mark, key);
        if (!rival || other.number >= issue.number || other.author !== issue.author)
            continue;
        await host.comment(other.number, answers/* ends */.rW.superseded(issue.number));
        await host.close(other.number, 'not_planned');
        ports.log.info(`Closed the older request #${other.number} for the same endpoint and environment.`);
    }
}
async function decisionOn(issue, gate, people, inputs, host, ports) {
    try {
        return await waitForDecision({
            host,
            issue,
            request: { createdAt: issue.createdAt, ...gate },
            people,
            intervalMs: ports.pollMs ?? inputs.pollSeconds * 1000,
            timeoutMs: inputs.timeoutMinutes * 60_000,
            clock: ports.clock,
            signal: ports.signal,
            log: ports.log,
        });
    }
    catch (error) {
        if (!(error instanceof errors/* CancelledError */.cc))
            throw error;
        ports.report.output('status', 'cancelled');
        await finish(issue, answers/* ends */.rW.cancelled(), 'not_planned', host, ports);
        throw error;
    }
}
async function conclude(end, issue, gate, inputs, host, ports) {
    const { report } = ports;
    const status = end.kind === 'edited' || end.kind === 'closed' ? 'denied' : end.kind;
    report.output('status', status);
    report.summary(summaryOf(end, issue, gate));
    if (end.kind === 'approved') {
        await passOn(end, gate, ports);
        await finish(issue, answers/* ends */.rW.approved(end.votes), 'completed', host, ports);
        return;
    }
    // A newer request has said why, and closed this one.
    if (end.kind === 'superseded')
        ports.remember.ended();
    else
        await finish(issue, lastWord(end, inputs), 'not_planned', host, ports);
    throw new errors/* OutcomeError */.Rz(refusal(end, issue, inputs));
}
async function passOn(end, gate, ports) {
    const by = end.votes.map(({ login, at, url }) => ({ login, at, url }));
    const path = await (0,workspace/* runFile */.y6)(ports.context, `approved-plan-${(0,canonical_json/* shortDigest */.VK)(gate.plan.digest)}.json`);
    await (0,promises_.writeFile)(path, `${JSON.stringify(approvedPlan(gate.plan, by), null, 2)}\n`);
    const people = by.map(({ login }) => login).join(',');
    ports.report.output('approved-by', people);
    ports.report.output('approved-plan', path);
    ports.log.notice(`Plan ${(0,canonical_json/* shortDigest */.VK)(gate.plan.digest)} was approved by ${people}.`);
}
/** The decision stands, whatever becomes of the issue; one that stays open is left to the post step. */
async function finish(issue, comment, reason, host, ports) {
    try {
        await host.comment(issue.number, comment);
        await host.close(issue.number, reason);
        ports.remember.ended();
    }
    catch (error) {
        if (!(error instanceof gate_host/* TransientError */.N))
            throw error;
        ports.log.warning(`${issue.url} could not be closed; it is tried again after the job. ${error.message}`);
    }
}
function lastWord(end, inputs) {
    if (end.kind === 'denied')
        return answers/* ends */.rW.denied(end.votes);
    if (end.kind === 'closed')
        return answers/* ends */.rW.closed(end.by);
    return end.kind === 'edited' ? answers/* ends */.rW.edited() : answers/* ends */.rW['timed-out'](inputs.timeoutMinutes);
}
function refusal(end, { url }, inputs) {
    switch (end.kind) {
        case 'denied':
            return `The plan was denied by ${end.votes.map(({ login }) => login).join(', ')} (${url}); nothing was changed.`;
        case 'edited':
            return `The text of the request ${url} was edited, so no approval of it counts; run the workflow again.`;
        case 'closed':
            return `The request ${url} was closed${end.by ? ` by ${end.by}` : ''} without a decision, which denies; nothing was changed.`;
        case 'superseded':
            return `The request ${url} was replaced by a newer one, #${end.by}; decide there.`;
        case 'timed-out':
            return `Nobody decided on ${url} within ${inputs.timeoutMinutes} minutes; run the workflow again, or raise timeout-minutes.`;
    }
}
function summaryOf(end, issue, gate) {
    const who = 'votes' in end ? end.votes.map(({ login }) => (0,markdown/* escapeMarkdown */.FV)(login)).join(', ') : '';
    return [
        `### approve-gate: ${end.kind}`,
        (0,markdown/* table */.tp)(['', ''], [
            ['Endpoint', (0,markdown/* code */.aY)(gate.plan.endpoint)],
            ['Plan', (0,markdown/* code */.aY)(gate.plan.digest)],
            ['Request', `[#${issue.number}](${issue.url})`],
            ...(who === '' ? [] : [['By', who]]),
        ]),
    ].join('\n\n');
}


/***/ }),

/***/ 61328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   oy: () => (/* binding */ answerTo),
/* harmony export */   rW: () => (/* binding */ ends)
/* harmony export */ });
/* unused harmony export reason */
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51438);
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35885);
/** What the gate writes on the issue. Everything carries our mark, so that it never counts as anybody's comment. */


/** Why a comment does not count, as the rest of a sentence. `null`: nobody needs to be told. */
const REASONS = {
    edited: 'it was edited; what it said at first cannot be seen any more. Write a new comment',
    bot: 'it was not written by a person’s own account',
    'too-old': 'it is older than this request',
    quoted: 'it quotes something; the word must be the whole comment',
    'in-code': 'the word stands in code; it must be the whole comment, as plain text',
    'not-one-word': 'the whole comment must be one of the words, and nothing else',
    talk: null,
    initiator: 'its author started this run; somebody else must decide. (To stop the run, cancel it.)',
    'not-an-approver': 'its author is not one of the approvers',
    'lost-access': 'its author has lost access since the request was made',
    unclear: 'a later comment of its author was edited, so what they said last is not certain. Write a new comment',
    'said-again': null,
};
function reason(why) {
    return REASONS[why];
}
/** The answer to a comment that does not count; null where it needs none. */
function answerTo({ comment, why }, minimumApprovals) {
    const because = reason(why);
    if (because === null)
        return null;
    const link = comment.url === '' ? 'A comment' : `[The comment](${comment.url})`;
    const author = comment.author === '' ? '' : ` of ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(comment.author)}`;
    const needed = minimumApprovals === 1 ? 'one approval' : `${minimumApprovals} approvals`;
    return (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`${link}${author} does not count: ${because.replace(/\.$/, '')}.\n\nThis request needs ${needed}.`);
}
const ends = {
    approved: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Approved by ${people(by)}. The run goes on with exactly this plan.`),
    denied: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Denied by ${people(by)}. Nothing was changed.`),
    edited: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The text of this request was edited, so it is not certain what an approval would mean. ' +
        'The request ends without one; nothing was changed.'),
    closed: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Closed${by === '' ? '' : ` by ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(by)}`} without a decision, which denies. Nothing was changed.`),
    'timed-out': (minutes) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`No decision within ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Nothing was changed.`),
    cancelled: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run was cancelled before a decision. Nothing was changed.'),
    leftOpen: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run ended (cancelled or killed) without closing this request. It cannot be approved any more.'),
    superseded: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .supersededComment */ .wc)(by, `A newer request for the same endpoint and environment, #${by}, replaces this one.`),
};
function people(votes) {
    return votes.map(({ login, url }) => (url === '' ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(login) : `[${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(login)}](${url})`)).join(', ');
}


/***/ }),

/***/ 56441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CR: () => (/* binding */ parseApprovers),
/* harmony export */   FF: () => (/* binding */ without),
/* harmony export */   H$: () => (/* binding */ loginKey),
/* harmony export */   LY: () => (/* binding */ unsatisfiable),
/* harmony export */   Nx: () => (/* binding */ mergeApprovers),
/* harmony export */   Ps: () => (/* binding */ teamName)
/* harmony export */ });
/** With underscores, which the logins of enterprise-managed users have. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?$/;
const SLUG = /^[A-Za-z0-9_.-]{1,255}$/;
/** Reads `approvers`: users, and teams as org/team; a leading @ is forgiven. */
function parseApprovers(entries) {
    const users = new Map();
    const teams = new Map();
    const problems = [];
    for (const entry of entries) {
        const [first = '', slug, ...rest] = entry.replace(/^@/, '').split('/');
        const bad = !LOGIN.test(first) || rest.length > 0 || (slug !== undefined && !SLUG.test(slug));
        if (bad)
            problems.push(malformed(entry));
        else if (slug === undefined)
            users.set(loginKey(first), first);
        else
            teams.set(loginKey(`${first}/${slug}`), { org: first, slug });
    }
    return { list: { users: [...users.values()], teams: [...teams.values()] }, problems };
}
function malformed(entry) {
    const fix = 'Write users as their login (octocat) and teams as org/team (acme/ml-owners).';
    return { where: 'approvers', message: `"${entry}" is neither a user nor a team.`, fix };
}
/** One entry a person, from named users and from teams with their members. */
function mergeApprovers(users, teams) {
    const people = new Map();
    for (const login of users)
        people.set(loginKey(login), { login, named: true, teams: [] });
    for (const { team, members } of teams) {
        for (const login of members) {
            const known = people.get(loginKey(login)) ?? { login, named: false, teams: [] };
            people.set(loginKey(login), { ...known, teams: [...known.teams, team] });
        }
    }
    return [...people.values()];
}
function without(people, excluded) {
    const keys = new Set(excluded.map(loginKey));
    return people.filter((person) => !keys.has(loginKey(person.login)));
}
/** The problem of a gate that can never open; null where it can. */
function unsatisfiable(remaining, minimumApprovals, excluded) {
    if (remaining >= minimumApprovals)
        return null;
    const who = excluded.length > 0 ? ` besides ${excluded.join(' and ')}, who started the run` : '';
    return {
        where: 'minimum-approvals',
        message: `${minimumApprovals} ${minimumApprovals === 1 ? 'approval is' : 'approvals are'} needed, but only ${remaining} of the approvers can give one${who}.`,
        fix: 'Name more approvers, lower minimum-approvals, or set exclude-initiator to false.',
    };
}
/** The form in which two spellings of a login are the same. */
function loginKey(login) {
    return login.toLowerCase();
}
function teamName(team) {
    return `${team.org}/${team.slug}`;
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
    constructor(system, message, options) {
        super(system, message, { cause: options.cause });
        this.retryAfterMs = options.retryAfterMs;
    }
}


/***/ }),

/***/ 35885:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ed: () => (/* binding */ parseRequestMark),
/* harmony export */   MU: () => (/* binding */ isOurs),
/* harmony export */   Od: () => (/* binding */ ours),
/* harmony export */   Rr: () => (/* binding */ requestMark),
/* harmony export */   el: () => (/* binding */ sameKey),
/* harmony export */   gT: () => (/* binding */ supersededBy),
/* harmony export */   wc: () => (/* binding */ supersededComment)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/**
 * Hidden marks (HTML comments) by which requests and our own comments are found again. A mark is never proof: whoever
 * reads one also checks who wrote it.
 */

const REQUEST = 'ml-deploy:approval-request';
const COMMENT = 'ml-deploy:comment';
const SUPERSEDED = 'ml-deploy:superseded';
function requestMark(mark) {
    const { repository, environment, endpoint, plan } = mark;
    // As escapes, these signs cannot end the HTML comment early, nor mention anybody.
    const json = (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)({ repository, environment, endpoint, plan }).replace(/[<>@-]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `<!-- ${REQUEST} ${json} -->`;
}
/** The mark at the very start of an issue's body; null where there is none that can be read. */
function parseRequestMark(body) {
    const json = new RegExp(`^<!-- ${REQUEST} (\\{.*?\\}) -->`).exec(body)?.[1];
    if (json === undefined)
        return null;
    try {
        const mark = JSON.parse(json);
        const { repository, environment = null, endpoint, plan } = mark;
        if (typeof repository !== 'string' || typeof endpoint !== 'string' || typeof plan !== 'string')
            return null;
        if (environment !== null && typeof environment !== 'string')
            return null;
        return { repository, environment, endpoint, plan };
    }
    catch {
        return null;
    }
}
/** Repository names are compared without regard to case, as GitHub does; the rest as it is. */
function sameKey(a, b) {
    return (a.repository.toLowerCase() === b.repository.toLowerCase() &&
        a.environment === b.environment &&
        a.endpoint === b.endpoint);
}
/** Marks a comment as ours, so that it is neither counted nor answered. */
function ours(text) {
    return `<!-- ${COMMENT} -->\n${text}`;
}
function isOurs(body) {
    return body.startsWith(`<!-- ${COMMENT} -->`) || body.startsWith(`<!-- ${SUPERSEDED} `);
}
/** The comment that a newer request leaves on an older one. */
function supersededComment(by, text) {
    return `<!-- ${SUPERSEDED} ${by} -->\n${text}`;
}
/** The number of the newer request; null where the comment is not such a one. */
function supersededBy(body) {
    const number = new RegExp(`^<!-- ${SUPERSEDED} (\\d{1,15}) -->`).exec(body)?.[1];
    return number === undefined ? null : Number(number);
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
