export const id = 9655;
export const ids = [9655];
export const modules = {

/***/ 39655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createGateHost: () => (/* binding */ createGateHost)
});

// EXTERNAL MODULE: ./build/js/src/core/approval/approvers.js
var approvers = __webpack_require__(56441);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/approval/gate-host.js
var gate_host = __webpack_require__(92239);
;// CONCATENATED MODULE: ./build/js/src/adapters/github/client.js
/** One way to call GitHub: errors sorted by whose fault they are, time limits, pages, and conditional requests. */


const SYSTEM = 'GitHub';
const REQUEST_TIMEOUT_MS = 30_000;
const PAGE = 100;
/** 100 pages of 100; whatever needs more is not a list that a person reads. */
const MOST_PAGES = 100;
class GitHubApi {
    #requester;
    #signal;
    #now;
    #seen = new Map();
    /** `signal` ends reading at once; writing is always let through to its end. */
    constructor(requester, options) {
        this.#requester = requester;
        this.#signal = options.signal;
        this.#now = options.now;
    }
    /** @throws UserError, UpstreamError, TransientError, CancelledError */
    async call(route, parameters, options) {
        try {
            const { data } = await this.#request(route, parameters);
            return options.read(data);
        }
        catch (error) {
            return this.#sort(error, options);
        }
    }
    /** All pages of a list, or, where `enough` is given, those up to an item that is enough. */
    async list(route, parameters, options) {
        const items = [];
        for (let page = 1; page <= MOST_PAGES; page++) {
            const answer = await this.#request(route, { ...parameters, per_page: PAGE, page }).catch((error) => this.#sort(error, options));
            if (!Array.isArray(answer.data))
                throw unexpected(options.what, 'a list');
            items.push(...answer.data.map(options.item));
            if (options.enough && items.some(options.enough))
                return items;
            // A page that answers "not modified" may carry an old Link header, so a full page is always followed.
            const next = String(answer.headers.link ?? '').includes('rel="next"');
            if (answer.data.length < PAGE && !next)
                return items;
        }
        throw new errors/* UpstreamError */.gA(SYSTEM, `GitHub has more than ${MOST_PAGES * PAGE} entries: cannot ${options.what}.`);
    }
    /**
     * Reading is conditional: an answer that has not changed costs nothing of the hourly limit.
     * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
     */
    async #request(route, parameters) {
        const reading = route.startsWith('GET ');
        const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
        const signal = reading ? AbortSignal.any([this.#signal, timeout]) : timeout;
        const key = `${route} ${JSON.stringify(parameters)}`;
        const seen = reading ? this.#seen.get(key) : undefined;
        const headers = seen === undefined ? {} : { headers: { 'if-none-match': seen.etag } };
        try {
            const answer = await this.#requester.request(route, { ...parameters, ...headers, request: { signal } });
            const etag = answer.headers.etag;
            if (reading && typeof etag === 'string')
                this.#seen.set(key, { ...answer, etag });
            return answer;
        }
        catch (error) {
            if (statusOf(error) === 304 && seen !== undefined)
                return seen;
            if (reading && this.#signal.aborted)
                throw new errors/* CancelledError */.cc();
            throw error;
        }
    }
    #sort(error, { what, on = {} }) {
        const ours = [errors/* UserError */.yo, errors/* UpstreamError */.gA, errors/* CancelledError */.cc].some((kind) => error instanceof kind);
        if (ours)
            throw error;
        const status = statusOf(error);
        const said = saidBy(error);
        const retryAfterMs = this.#retryAfter(error, status);
        const handler = status === null || retryAfterMs !== undefined ? undefined : on[status];
        if (handler)
            return handler(said, error);
        if (status === null || status >= 500 || retryAfterMs !== undefined) {
            const message = `GitHub could not ${what} (${said}).`;
            const refused = retryAfterMs !== undefined;
            throw new gate_host/* TransientError */.N(SYSTEM, message, {
                cause: error,
                retryAfterMs: retryAfterMs ?? null,
                refused,
            });
        }
        if (status === 401)
            throw tokenError(`GitHub does not accept the token (${said}).`, error);
        if (status === 403)
            throw tokenError(`The token may not ${what} (${said}).`, error);
        throw new errors/* UpstreamError */.gA(SYSTEM, `GitHub refused to ${what} (HTTP ${status}: ${said}).`, { cause: error });
    }
    /** Milliseconds to wait for a rate limit, null where no time is given; undefined where it is none. */
    #retryAfter(error, status) {
        if (status !== 429 && status !== 403)
            return undefined;
        const headers = headersOf(error);
        const seconds = Number(headers['retry-after']);
        if (headers['retry-after'] !== undefined && seconds >= 0)
            return seconds * 1000;
        const limited = String(headers['x-ratelimit-remaining']) === '0';
        const reset = Number(headers['x-ratelimit-reset']);
        if (limited && reset > 0)
            return Math.max(0, reset * 1000 - this.#now().getTime());
        return status === 429 || /rate limit/i.test((0,errors/* messageOf */.bD)(error)) ? null : undefined;
    }
}
function tokenError(message, cause) {
    const fix = 'Set the input token, or GITHUB_TOKEN, to a token that may; GITHUB_TOKEN needs "permissions: issues: write", for ' +
        'the modes request and resume "deployments: write" too, and for environment "actions: read".';
    return new errors/* UserError */.yo(`${message} ${fix}`, { cause, problems: [{ where: 'token', message, fix }] });
}
function unexpected(what, wanted) {
    return new errors/* UpstreamError */.gA(SYSTEM, `GitHub answered something that is not ${wanted} when asked to ${what}.`);
}
function statusOf(error) {
    const status = error?.status;
    return typeof status === 'number' ? status : null;
}
function headersOf(error) {
    return error.response?.headers ?? {};
}
/** The first line of what GitHub said, short enough for a sentence. */
function saidBy(error) {
    return ((0,errors/* messageOf */.bD)(error).split('\n')[0] ?? '').slice(0, 300).replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/js/src/adapters/github/shapes.js

function fields(data, what) {
    if (typeof data !== 'object' || data === null)
        throw unexpected(what, 'an object');
    return data;
}
function shapes_text(data, name, what) {
    const value = data[name];
    if (typeof value !== 'string')
        throw unexpected(what, `an answer with "${name}"`);
    return value;
}
function count(data, name, what) {
    const value = data[name];
    if (typeof value !== 'number')
        throw unexpected(what, `an answer with "${name}"`);
    return value;
}
/** A deleted account has no user any more. */
function loginOf(user) {
    const login = user?.login;
    return typeof login === 'string' ? login : '';
}
function openedIssue(data) {
    const what = 'open the issue';
    const issue = fields(data, what);
    return {
        number: count(issue, 'number', what),
        url: shapes_text(issue, 'html_url', what),
        createdAt: shapes_text(issue, 'created_at', what),
        author: loginOf(issue.user),
        body: bodyOf(issue),
    };
}
function issueState(data) {
    const what = 'read the issue';
    const issue = fields(data, what);
    return {
        open: shapes_text(issue, 'state', what) === 'open',
        url: textOr(issue.html_url),
        body: bodyOf(issue),
        author: loginOf(issue.user),
        closedBy: loginOf(issue.closed_by),
        closedAt: textOr(issue.closed_at),
        updatedAt: textOr(issue.updated_at),
        comments: typeof issue.comments === 'number' ? issue.comments : 0,
    };
}
/** Null for a pull request, which GitHub lists among the issues. */
function issueSummary(data) {
    const what = 'list open issues';
    const issue = fields(data, what);
    if (issue.pull_request !== undefined)
        return null;
    return { number: count(issue, 'number', what), author: loginOf(issue.user), body: bodyOf(issue) };
}
function gateComment(data) {
    const what = 'read the comments';
    const comment = fields(data, what);
    const type = comment.user?.type;
    return {
        id: count(comment, 'id', what),
        author: loginOf(comment.user),
        authorType: textOr(type),
        body: bodyOf(comment),
        createdAt: shapes_text(comment, 'created_at', what),
        updatedAt: shapes_text(comment, 'updated_at', what),
        url: textOr(comment.html_url),
    };
}
function memberLogin(data) {
    return shapes_text(fields(data, 'read the team'), 'login', 'read the team');
}
function isActive(data) {
    return fields(data, 'read the membership').state === 'active';
}
function deployment(data) {
    const what = 'read the deployment';
    const found = fields(data, what);
    return {
        id: count(found, 'id', what),
        task: shapes_text(found, 'task', what),
        environment: shapes_text(found, 'environment', what),
        commit: textOr(found.sha),
        creator: loginOf(found.creator),
        createdAt: shapes_text(found, 'created_at', what),
        payload: payloadOf(found.payload),
    };
}
/** GitHub gives back what was stored; some servers give its JSON. */
function payloadOf(payload) {
    if (typeof payload !== 'string')
        return payload;
    try {
        return JSON.parse(payload);
    }
    catch {
        return payload;
    }
}
function deploymentStatus(data) {
    const what = 'read the state of the deployment';
    const status = fields(data, what);
    return {
        id: count(status, 'id', what),
        state: shapes_text(status, 'state', what),
        description: textOr(status.description),
        logUrl: textOr(status.log_url),
        environmentUrl: textOr(status.environment_url),
    };
}
function environmentReview(data) {
    const what = 'read the reviews of the run';
    const review = fields(data, what);
    const environments = Array.isArray(review.environments) ? review.environments : [];
    return {
        login: loginOf(review.user),
        userType: textOr(review.user?.type),
        state: shapes_text(review, 'state', what),
        comment: textOr(review.comment),
        environments: environments.map((environment) => shapes_text(fields(environment, what), 'name', what)),
    };
}
function textOr(value) {
    return typeof value === 'string' ? value : '';
}
function bodyOf(data) {
    return typeof data.body === 'string' ? data.body : '';
}

;// CONCATENATED MODULE: ./build/js/src/adapters/github/deployments.js



const REPO = '/repos/{owner}/{repo}';
/** GitHub refuses a longer one. */
const LONGEST_DESCRIPTION = 140;
function deploymentHost(api, at) {
    return {
        createDeployment: (draft) => createDeployment(api, at, draft),
        deployments: ({ task, environment, since }) => api.list(`GET ${REPO}/deployments`, { ...at, task, ...(environment === null ? {} : { environment }) }, {
            what: 'list the deployments',
            item: deployment,
            enough: ({ createdAt }) => Date.parse(createdAt) < Date.parse(since),
        }),
        deployment: (id) => api.call(`GET ${REPO}/deployments/{deployment_id}`, { ...at, deployment_id: id }, { what: 'read the deployment', read: deployment, on: { 404: () => null } }),
        setStatus: (id, status) => api.call(`POST ${REPO}/deployments/{deployment_id}/statuses`, { ...at, deployment_id: id, ...statusBody(status) }, { what: 'write the state of the deployment', read: deploymentStatus }),
        statuses: async (id) => {
            const path = `GET ${REPO}/deployments/{deployment_id}/statuses`;
            const what = { what: 'read the states of the deployment', item: deploymentStatus };
            const statuses = await api.list(path, { ...at, deployment_id: id }, what);
            return statuses.sort((a, b) => a.id - b.id);
        },
        commentById: (id) => api.call(`GET ${REPO}/issues/comments/{comment_id}`, { ...at, comment_id: id }, { what: 'read the comment', read: gateComment, on: { 404: () => null, 410: () => null } }),
        reviews: (runId) => api.list(`GET ${REPO}/actions/runs/{run_id}/approvals`, { ...at, run_id: runId }, { what: 'read the reviews of the run', item: environmentReview, on: { 404: noRun(runId) } }),
    };
}
/** Other models of the repository deploy to the same environment, so GitHub must not retire their deployments. */
function statusBody({ state, description, logUrl, environmentUrl }) {
    return {
        state,
        description: description.slice(0, LONGEST_DESCRIPTION),
        auto_inactive: false,
        ...(logUrl === '' ? {} : { log_url: logUrl }),
        ...(environmentUrl === '' ? {} : { environment_url: environmentUrl }),
    };
}
/** Without auto_merge and required_contexts GitHub merges the default branch, and wants the run's own check to pass. */
function createDeployment(api, at, draft) {
    const { ref, task, environment, description, payload } = draft;
    const refused = (said, cause) => {
        throw new errors/* UserError */.yo(`GitHub refused to make a deployment of ${ref} to ${environment} (${said}). The plan’s commit must be in ` +
            `${at.owner}/${at.repo}.`, { cause });
    };
    const missing = (said, cause) => {
        throw tokenError(`The token may not make deployments in ${at.owner}/${at.repo}, or there is no such repository (${said}).`, cause);
    };
    return api.call(`POST ${REPO}/deployments`, {
        ...at,
        ref,
        task,
        environment,
        payload,
        description: description.slice(0, LONGEST_DESCRIPTION),
        auto_merge: false,
        required_contexts: [],
    }, {
        what: 'make a deployment',
        read: deployment,
        on: { 404: missing, 409: refused, 422: refused },
    });
}
function noRun(runId) {
    return (said, cause) => {
        throw tokenError(`The run ${runId} does not exist, or the token may not read it (${said}).`, cause);
    };
}

;// CONCATENATED MODULE: ./build/js/src/adapters/github/gate-host.js
/** The gate's issue on GitHub. */





const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
function createGateHost(requester, options) {
    const api = new GitHubApi(requester, options);
    const [owner = '', repo = ''] = options.repository.split('/');
    const at = { owner, repo };
    return { ...people(api, at), ...issues(api, at), ...deploymentHost(api, at) };
}
function issues(api, at) {
    return {
        open: (draft) => gate_host_open(api, at, draft),
        issue: (number) => api.call(`GET ${ISSUE}`, { ...at, issue_number: number }, { what: 'read the issue', read: issueState }),
        comments: (number, since) => api.list(`GET ${ISSUE}/comments`, { ...at, issue_number: number, since }, { what: 'read the comments', item: gateComment }),
        openIssues: async (since) => {
            const parameters = { ...at, state: 'open', sort: 'created', direction: 'desc', since };
            const what = { what: 'list open issues', item: issueSummary };
            const issues = await api.list('GET /repos/{owner}/{repo}/issues', parameters, what);
            return issues.filter((issue) => issue !== null);
        },
        comment: (number, body) => api.call(`POST ${ISSUE}/comments`, { ...at, issue_number: number, body }, { what: 'comment on the issue', read: gateComment }),
        close: (number, reason) => api.call(`PATCH ${ISSUE}`, { ...at, issue_number: number, state: 'closed', state_reason: reason }, { what: 'close the issue', read: () => undefined }),
    };
}
function people(api, at) {
    return {
        teamMembers: (team) => teamMembers(api, team),
        isTeamMember: ({ org, slug }, username) => api.call('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', { org, team_slug: slug, username }, { what: `read the team ${org}/${slug}`, read: isActive, on: { 404: () => false } }),
        userExists: (username) => api.call('GET /users/{username}', { username }, { what: `look up ${username}`, read: () => true, on: { 404: () => false } }),
        access: (username) => api.call('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { ...at, username }, { what: `read what ${username} may do`, read: accessOf, on: { 404: () => 'unknown' } }),
    };
}
/** GitHub folds its finer roles into these four; other servers may give the role's own name. */
function accessOf(data) {
    const permission = data?.permission;
    if (permission === 'admin')
        return 'admin';
    if (permission === 'write' || permission === 'push' || permission === 'maintain')
        return 'write';
    return permission === 'read' || permission === 'pull' || permission === 'triage' ? 'read' : 'none';
}
/** GITHUB_TOKEN can never read teams: GitHub answers 403 or 404. */
function teamMembers(api, team) {
    const refuse = (said, cause) => {
        const message = `The team ${(0,approvers/* teamName */.Ps)(team)} does not exist, or the token may not read it (${said}). Check the name, and set ` +
            'token to one that may read the organisation’s members (GITHUB_TOKEN cannot).';
        throw new errors/* UserError */.yo(message, { cause, problems: [{ where: 'approvers', message }] });
    };
    return api.list('GET /orgs/{org}/teams/{team_slug}/members', { org: team.org, team_slug: team.slug }, { what: `read the team ${(0,approvers/* teamName */.Ps)(team)}`, item: memberLogin, on: { 403: refuse, 404: refuse } });
}
async function gate_host_open(api, at, draft) {
    const opened = await tryOpen(api, at, draft);
    if (opened !== null)
        return opened;
    // Somebody who may approve need not be assignable; the mention reaches them all the same.
    const plain = await tryOpen(api, at, { ...draft, assignees: [] });
    if (plain !== null)
        return plain;
    throw new errors/* UserError */.yo('GitHub refused the issue as invalid. Check issue-title and labels.');
}
/** Null where GitHub calls the issue invalid and it had assignees, which is the likely reason. */
function tryOpen(api, at, draft) {
    const { title, body, assignees, labels } = draft;
    const disabled = (said, cause) => {
        throw new errors/* UserError */.yo(`The repository ${at.owner}/${at.repo} has issues disabled (${said}), and approve-gate asks in an issue. ` +
            'Enable issues in the repository’s settings.', { cause });
    };
    const missing = (said, cause) => {
        throw tokenError(`The repository ${at.owner}/${at.repo} does not exist, or the token may not see it (${said}).`, cause);
    };
    return api.call('POST /repos/{owner}/{repo}/issues', { ...at, title, body, assignees, labels }, {
        what: 'open an issue',
        read: openedIssue,
        on: { 410: disabled, 404: missing, 422: (said, cause) => invalid(draft, said, cause) },
    });
}
function invalid(draft, said, cause) {
    if (draft.assignees.length > 0)
        return null;
    throw new errors/* UserError */.yo(`GitHub refused the issue as invalid (${said}). Check issue-title and labels.`, {
        cause,
    });
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
    /** Whether the call was refused (a rate limit), so that it is certain not to have been carried out. */
    refused;
    constructor(system, message, options) {
        super(system, message, { cause: options.cause });
        this.retryAfterMs = options.retryAfterMs;
        this.refused = options.refused ?? false;
    }
}


/***/ })

};
