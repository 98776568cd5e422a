export const id = 1328;
export const ids = [1328];
export const modules = {

/***/ 61328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   oy: () => (/* binding */ answerTo),
/* harmony export */   rW: () => (/* binding */ ends),
/* harmony export */   w2: () => (/* binding */ released),
/* harmony export */   z_: () => (/* binding */ reminder)
/* harmony export */ });
/* unused harmony export reason */
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51438);
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35885);
/* harmony import */ var _request_body_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90791);
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
    const author = comment.author === '' ? '' : ` of ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(comment.author)}`;
    const needed = minimumApprovals === 1 ? 'one approval' : `${minimumApprovals} approvals`;
    return (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`${link}${author} does not count: ${because.replace(/\.$/, '')}.\n\nThis request needs ${needed}.`);
}
const ends = {
    approved: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Approved by ${people(by)}. The run goes on with exactly this plan.`),
    denied: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Denied by ${people(by)}. Nothing was changed.`),
    edited: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The text of this request was edited, so it is not certain what an approval would mean. ' +
        'The request ends without one; nothing was changed.'),
    closed: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Closed${by === '' ? '' : ` by ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(by)}`} without a decision, which denies. Nothing was changed.`),
    'timed-out': (count) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`No decision within ${(0,_request_body_js__WEBPACK_IMPORTED_MODULE_1__/* .minutes */ .Gx)(count)}. Nothing was changed.`),
    expired: (at) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`No decision until ${at}. Nothing was changed; ask again with a new request.`),
    void: (why) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`This request is void: ${why}. It ends without a decision; nothing was changed.`),
    failed: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run ended by an error before a decision. This request cannot be approved any more; nothing was changed.'),
    cancelled: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run was cancelled before a decision. Nothing was changed.'),
    leftOpen: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run ended (cancelled or killed) without closing this request. It cannot be approved any more.'),
    superseded: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .supersededComment */ .wc)(by, `A newer request for the same endpoint and environment, #${by}, replaces this one.`),
};
/** Who has not decided yet is called once more. `left` in minutes. */
function reminder(names, left) {
    const calls = names.map((name) => `@${name}`).join(' ');
    return (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .reminderComment */ ._w)(`${calls}: this request still waits for a decision, and ends in ${(0,_request_body_js__WEBPACK_IMPORTED_MODULE_1__/* .minutes */ .Gx)(left)}.`);
}
/** How the release went that was approved here. */
function released(result, endpoint, url, run) {
    const place = url === '' ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(endpoint) : `[${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(endpoint)}](${url})`;
    const where = run === '' ? '' : ` ([run](${run}))`;
    if (result === 'success')
        return (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Released: ${place} serves what was approved${where}.`);
    return (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`The release that was approved here did not succeed: ${result}${where}.`);
}
function people(votes) {
    return votes.map(({ login, url }) => (url === '' ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(login) : `[${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(login)}](${url})`)).join(', ');
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

/***/ 35885:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DG: () => (/* binding */ isReminder),
/* harmony export */   Ed: () => (/* binding */ parseRequestMark),
/* harmony export */   MU: () => (/* binding */ isOurs),
/* harmony export */   Od: () => (/* binding */ ours),
/* harmony export */   Rr: () => (/* binding */ requestMark),
/* harmony export */   _w: () => (/* binding */ reminderComment),
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
const REMINDER = 'ml-deploy:reminder';
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
/** A reminder is one of our comments, and known as such, so that there is only one. */
function reminderComment(text) {
    return ours(`<!-- ${REMINDER} -->\n${text}`);
}
function isReminder(body) {
    return body.startsWith(ours(`<!-- ${REMINDER} -->`));
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

/***/ 90791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GI: () => (/* binding */ requestTitle),
/* harmony export */   Gx: () => (/* binding */ minutes),
/* harmony export */   IO: () => (/* binding */ requestBody),
/* harmony export */   qb: () => (/* binding */ invitationBody),
/* harmony export */   tx: () => (/* binding */ planComment)
/* harmony export */ });
/* unused harmony exports BODY_LIMIT, cutBody */
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51438);
/* harmony import */ var _approvers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56441);
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35885);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(47234);
/** The request as people read it: an issue's title and body, and, where the plan stands in a comment, that. Pure. */





/** GitHub takes 65,536 characters; the rest is room for how it may count line ends. */
const BODY_LIMIT = 65_000;
const TITLE_LIMIT = 250;
const CUT = '\n\n**This request was cut here: it would have been longer than GitHub allows.**\n';
const ROWS = 60;
const VALUE = 200;
function requestTitle(content, title) {
    const place = content.environment === null ? '' : ` in ${content.environment}`;
    const text = title ?? `Approve ${content.plan.endpoint}${place}: plan ${(0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(content.plan.digest)}`;
    return clip(text.replace(/\s+/g, ' '), TITLE_LIMIT);
}
/** What people must see stands first; the parts that may be long, and are cut if need be, stand last. */
function requestBody(content) {
    const closing = 'Closing this issue denies, and so does editing this text.';
    return cutBody([markOf(content), howTo(content, closing), ...subjectParts(content)].join('\n\n'));
}
/** The issue where the plan stands in a comment of its own, which counts; this text is only for people. */
function invitationBody(content) {
    const closing = 'Closing this issue denies. The plan stands in the first comment; if it is edited, this request is void.';
    return cutBody([markOf(content), howTo(content, closing)].join('\n\n'));
}
/** The plan as a comment: the same text for the same subject, so that a text which says anything else is found out. */
function planComment(subject) {
    return cutBody((0,_marker_js__WEBPACK_IMPORTED_MODULE_1__/* .ours */ .Od)(subjectParts(subject).join('\n\n')));
}
function markOf({ plan, environment, repository }) {
    return (0,_marker_js__WEBPACK_IMPORTED_MODULE_1__/* .requestMark */ .Rr)({ repository, environment, endpoint: plan.endpoint, plan: plan.digest });
}
function subjectParts(subject) {
    return [
        '### What is approved',
        facts(subject),
        '### What changes',
        changes(subject.plan),
        '### Evidence',
        evidence(subject),
        ...findings(subject.plan),
    ];
}
function howTo(content, closing) {
    const { approvers, words, minimumApprovals, initiators } = content;
    const mentions = [...approvers.users, ...approvers.teams.map(_approvers_js__WEBPACK_IMPORTED_MODULE_2__/* .teamName */ .Ps)].map((name) => `@${name}`).join(' ');
    const needed = minimumApprovals === 1 ? 'One approval is' : `${minimumApprovals} approvals are`;
    const out = content.excludeInitiator && initiators.length > 0
        ? ` ${initiators.map(_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY).join(' and ')} started the run and cannot approve it.`
        : '';
    return [
        `${mentions}: a deployment waits for your decision. ${needed} needed; one denial denies.${out}`,
        `- To approve, comment one of: ${(0,_words_js__WEBPACK_IMPORTED_MODULE_4__/* .wordsFor */ .tu)(words, 'approve').map(_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY).join(', ')}`,
        `- To deny, comment one of: ${(0,_words_js__WEBPACK_IMPORTED_MODULE_4__/* .wordsFor */ .tu)(words, 'deny').map(_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY).join(', ')}`,
        `- The word must be the whole comment, and an edited comment does not count. ${closing}`,
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
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .table */ .tp)(['', ''], [...shown.map(([name, value]) => [name, cell(String(value))]), ...run]);
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
    const lines = rows.map(({ field, from, to }) => [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(clip(field, VALUE)), side(from), side(to)]);
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .table */ .tp)(['What', 'Now', 'Planned'], lines) + more(plan.changes.length, 'changes');
}
function evidence({ evidence: found }) {
    if (found === null)
        return 'No smoke report was given with this request.';
    const verdict = found.passed === null ? '' : found.passed ? 'The smoke test passed.' : '**The smoke test did not pass.**';
    const rows = found.rows
        .slice(0, ROWS)
        .map(([name, value]) => [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(clip(name, VALUE)), cell(value)]);
    const list = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .table */ .tp)(['Smoke report', ''], rows) + more(found.rows.length, 'values');
    return [verdict, (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .details */ .zH)('Smoke report', list)].filter((part) => part !== '').join('\n\n');
}
function findings(plan) {
    if (plan.findings.length === 0)
        return [];
    const lines = plan.findings
        .slice(0, ROWS)
        .map(({ level, message }) => `- ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(level)}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(clip(message, 400))}`);
    return ['### Checks before the plan', lines.join('\n') + more(plan.findings.length, 'findings')];
}
function more(count, what) {
    return count > ROWS ? `\n\n_… and ${count - ROWS} more ${what}._` : '';
}
function cell(value) {
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(clip(String(value), VALUE));
}
/** A duration in the unit that people would use. */
function minutes(count) {
    const [amount, unit] = count >= 2880 ? [count / 1440, 'day'] : count >= 120 ? [count / 60, 'hour'] : [count, 'minute'];
    const rounded = Math.round(amount * 100) / 100;
    return rounded === 1 ? `one ${unit}` : `${rounded} ${unit}s`;
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


/***/ }),

/***/ 47234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   _C: () => (/* binding */ decisionWords),
/* harmony export */   _v: () => (/* binding */ mentionsWord),
/* harmony export */   tu: () => (/* binding */ wordsFor)
/* harmony export */ });
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
