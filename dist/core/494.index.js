export const id = 494;
export const ids = [494];
export const modules = {

/***/ 70494:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createBot: () => (/* binding */ createBot)
/* harmony export */ });
/* harmony import */ var _slack_web_api__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85105);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/* harmony import */ var _hints_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71305);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9131);
/* harmony import */ var _redact_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(28246);
/** Messages by a bot token: they can be edited and linked to. */





const TIMEOUT_MS = 15_000;
const CHANNEL_ID = /^[CGD][A-Z0-9]{7,}$/;
function createBot(options) {
    const bot = new Bot(options);
    return {
        post: (message) => bot.post(message),
        edit: (ts, message) => bot.edit(ts, message),
        reply: (ts, message) => bot.reply(ts, message),
    };
}
class Bot {
    #client;
    #options;
    #channel;
    #redact;
    constructor(options) {
        this.#options = options;
        this.#channel = options.channel.replace(/^#/, '');
        this.#redact = (0,_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactor */ .$p)([options.token]);
        this.#client = new _slack_web_api__WEBPACK_IMPORTED_MODULE_0__.WebClient(options.token, {
            ...(options.apiUrl === null ? {} : { slackApiUrl: `${options.apiUrl.replace(/\/+$/, '')}/` }),
            retryConfig: { retries: 0 },
            rejectRateLimitedCalls: true,
            timeout: TIMEOUT_MS,
            logger: SILENT,
        });
    }
    async post(message) {
        const answer = await this.#call('post the message', () => this.#client.chat.postMessage({ ...message, channel: this.#channel }));
        return this.#delivered(answer.channel ?? this.#channel, answer.ts ?? '');
    }
    async edit(ts, message) {
        const channel = await this.#channelId();
        const { text, blocks, attachments } = message;
        // Blocks and attachments are sent again: an update with a text alone would drop them.
        const answer = await this.#call('edit the message', () => this.#client.chat.update({ channel, ts, text, blocks: [...blocks], attachments: [...attachments] }));
        return this.#delivered(channel, answer.ts ?? ts);
    }
    async reply(ts, message) {
        await this.#call('write below the message', () => this.#client.chat.postMessage({ ...message, channel: this.#channel, thread_ts: ts }));
    }
    /** The message is there by now, so a link that cannot be had is only left out. */
    async #delivered(channel, ts) {
        let permalink = '';
        try {
            const answer = await this.#call('link to the message', () => this.#client.chat.getPermalink({ channel, message_ts: ts }));
            permalink = answer.permalink ?? '';
        }
        catch (error) {
            if (!(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo) && !(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA))
                throw error;
            this.#options.log.info(`The message has no link: ${error.message}`);
        }
        return { ts, channel, permalink };
    }
    /** Editing takes an ID, never a name. */
    async #channelId() {
        if (CHANNEL_ID.test(this.#channel))
            return this.#channel;
        let cursor = '';
        do {
            const page = await this.#call('look up the channel (its ID, such as C0123456789, needs no look-up)', () => this.#client.conversations.list({
                limit: 1000,
                exclude_archived: true,
                types: 'public_channel,private_channel',
                ...(cursor === '' ? {} : { cursor }),
            }));
            const found = page.channels?.find(({ name }) => name === this.#channel)?.id;
            if (found !== undefined)
                return found;
            cursor = page.response_metadata?.next_cursor ?? '';
        } while (cursor !== '');
        throw (0,_hints_js__WEBPACK_IMPORTED_MODULE_2__/* .slackError */ .v)(`find the channel "${this.#channel}"`, 'channel_not_found', { cause: undefined });
    }
    #call(tried, send) {
        return (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .patiently */ .d)(() => send().catch((error) => this.#translate(tried, error)), this.#options);
    }
    #translate(tried, error) {
        if (error instanceof _slack_web_api__WEBPACK_IMPORTED_MODULE_0__.WebAPIRateLimitedError)
            throw new _rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .RateLimited */ .J(error.retryAfter);
        const cause = (0,_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactedCause */ .Eb)(error, this.#redact);
        if (error instanceof _slack_web_api__WEBPACK_IMPORTED_MODULE_0__.WebAPIPlatformError) {
            const { needed } = error.data;
            const said = typeof error.data.error === 'string' ? error.data.error : 'an answer that is not Slack’s';
            throw (0,_hints_js__WEBPACK_IMPORTED_MODULE_2__/* .slackError */ .v)(tried, this.#redact(said), {
                cause,
                ...(typeof needed === 'string' ? { detail: `missing: ${needed}` } : {}),
            });
        }
        const status = error instanceof _slack_web_api__WEBPACK_IMPORTED_MODULE_0__.WebAPIHTTPError ? `HTTP ${error.statusCode}` : this.#redact((0,_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .innermost */ .OI)(error));
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UpstreamError */ .gA('Slack', `Slack could not ${tried} (${status}).`, { cause });
    }
}
/** Slack's client would write to the console by itself. */
const nothing = () => undefined;
const SILENT = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
    getLevel: () => _slack_web_api__WEBPACK_IMPORTED_MODULE_0__.LogLevel.ERROR,
};


/***/ }),

/***/ 71305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ slackError)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** Slack's error words as sentences. https://docs.slack.dev/reference/methods/chat.postMessage#errors */

const TOKEN = 'Set token to a valid bot token (xoxb-…) of an app that is installed in this workspace.';
const CHANNEL = 'Check channel; a private channel is only found once the app has been invited to it.';
const WEBHOOK = 'Make a new incoming webhook, and set webhook-url to it.';
/** What is wrong with the configuration, and what to do. */
const FIXES = {
    not_in_channel: 'Invite the app to the channel (/invite @app).',
    channel_not_found: CHANNEL,
    channel_is_archived: 'Unarchive the channel, or choose another one.',
    is_archived: 'Unarchive the channel, or choose another one.',
    invalid_auth: TOKEN,
    not_authed: TOKEN,
    account_inactive: TOKEN,
    token_revoked: TOKEN,
    token_expired: TOKEN,
    not_allowed_token_type: TOKEN,
    missing_scope: 'Give the app the scope that is missing, and install it again.',
    restricted_action: 'A workspace setting keeps the app from posting there; choose another channel or ask an administrator.',
    action_prohibited: 'A workspace setting keeps the app from posting there; choose another channel or ask an administrator.',
    posting_to_general_channel_denied: 'A workspace setting keeps the app from posting there; choose another channel.',
    message_not_found: 'Check message-ts, and that channel is the one of that message.',
    cant_update_message: 'Only the app that posted a message can edit it: use the same token as for the first call.',
    edit_window_closed: 'The workspace does not let messages of that age be edited: leave message-ts out.',
    no_service: WEBHOOK,
    no_service_id: WEBHOOK,
    invalid_token: WEBHOOK,
    no_team: WEBHOOK,
    team_disabled: WEBHOOK,
};
/** The error for a word of Slack's; a UserError where the user can mend it. */
function slackError(tried, word, options) {
    const fix = FIXES[word];
    const extra = options.detail ? ` (${options.detail})` : '';
    const message = `Slack refused to ${tried}: ${word}${extra}.`;
    if (fix === undefined)
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('Slack', message, { cause: options.cause });
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${message} ${fix}`, { cause: options.cause });
}


/***/ }),

/***/ 9131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ RateLimited),
/* harmony export */   d: () => (/* binding */ patiently)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** Waits as long as Slack asks, within reason. https://docs.slack.dev/apis/web-api/rate-limits */

const MOST_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 120_000;
const UNSAID_MS = 5_000;
/** Thrown by an attempt that Slack refused with 429. */
class RateLimited extends Error {
    name = 'RateLimited';
    retryAfterMs;
    /** @param retryAfterSeconds of the Retry-After header; anything that is no number counts as five seconds */
    constructor(retryAfterSeconds) {
        super('Slack limits the rate of messages');
        this.retryAfterMs = retryAfterSeconds >= 0 ? retryAfterSeconds * 1000 : UNSAID_MS;
    }
}
/** A message that was refused with 429 was not posted, so that trying again cannot post it twice. */
async function patiently(attempt, { clock, signal, log }) {
    let waited = 0;
    for (let count = 1;; count++) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!(error instanceof RateLimited))
                throw error;
            waited += error.retryAfterMs;
            if (count >= MOST_ATTEMPTS || waited > LONGEST_WAIT_MS)
                throw gaveUp(error, count);
            log.info(`Slack asks to wait ${error.retryAfterMs / 1000} s before the next message.`);
            await clock.sleep(error.retryAfterMs, signal);
        }
    }
}
function gaveUp(error, count) {
    const asked = error.retryAfterMs / 1000;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpstreamError */ .gA('Slack', `Slack limits the rate of messages and asked to wait ${asked} s after ${count} ${count === 1 ? 'try' : 'tries'}, ` +
        'which is too long. Send fewer messages to this channel.', { cause: error });
}


/***/ }),

/***/ 28246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ redactor),
/* harmony export */   Eb: () => (/* binding */ redactedCause),
/* harmony export */   OI: () => (/* binding */ innermost)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36608);
/** Takes credentials out of whatever a client library throws, its causes and stacks included. */

/** Hides each secret, and for URLs also their path, which is the secret part. */
function redactor(secrets) {
    const hidden = secrets.flatMap(forms).filter((form) => form.length > 3);
    const longestFirst = [...new Set(hidden)].sort((a, b) => b.length - a.length);
    return (text) => longestFirst.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
}
function forms(secret) {
    const parsed = URL.canParse(secret) ? new URL(secret) : null;
    const path = parsed === null ? [] : [parsed.href, parsed.pathname];
    return [secret, encodeURIComponent(secret), ...path];
}
/** What really happened: fetch hides "ECONNREFUSED" and the like in its cause's cause. */
function innermost(error) {
    let inner = error;
    while (inner instanceof Error && inner.cause instanceof Error)
        inner = inner.cause;
    const { code } = inner;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(inner) || (typeof code === 'string' ? code : (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error));
}
/** A plain copy of an error without the secrets; nothing but name, message, stack and causes is taken over. */
function redactedCause(error, redact, depth = 5) {
    if (error === undefined || error === null || depth === 0)
        return undefined;
    if (!(error instanceof Error))
        return new Error(redact((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)));
    const copy = new Error(redact(error.message), { cause: redactedCause(error.cause, redact, depth - 1) });
    copy.name = error.name;
    copy.stack = redact(error.stack ?? '');
    return copy;
}


/***/ })

};
