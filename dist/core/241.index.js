export const id = 241;
export const ids = [241];
export const modules = {

/***/ 97241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
;// CONCATENATED MODULE: ./build/js/src/core/notify/content.js
/** The words say it all; colours only repeat them. */
const STATUS = {
    success: { word: 'Succeeded', color: '#1a7f37' },
    failure: { word: 'Failed', color: '#cf222e' },
    cancelled: { word: 'Cancelled', color: '#6e7781' },
    skipped: { word: 'Skipped', color: '#6e7781' },
    'in-progress': { word: 'In progress', color: '#0969da' },
};
const RESULTS = ['success', 'failure', 'cancelled', 'skipped'];
/**
 * Reads `toJSON(needs)`: `{"<job>": {"result": "success", "outputs": {…}}}`. Outputs are never read.
 * @throws Error whose message says what is wrong.
 */
function parseNeeds(text) {
    let needs;
    try {
        needs = JSON.parse(text);
    }
    catch (error) {
        throw new Error(`is not JSON (${error.message}).`, { cause: error });
    }
    if (typeof needs !== 'object' || needs === null || Array.isArray(needs)) {
        throw new Error('is not a JSON object of jobs.');
    }
    const jobs = Object.entries(needs).map(([job, value]) => ({ job, result: resultOf(job, value) }));
    if (jobs.length === 0)
        throw new Error('names no job: the job needs "needs:" for its toJSON(needs).');
    return jobs;
}
function resultOf(job, value) {
    const result = value?.result;
    const known = RESULTS.find((word) => word === result);
    if (known === undefined)
        throw new Error(`has no result such as success or failure for the job "${job}".`);
    return known;
}
/** The whole run: a failure outweighs a cancellation, which outweighs success; skipped only where all were. */
function overall(jobs) {
    const order = ['failure', 'cancelled', 'success'];
    return order.find((status) => jobs.some(({ result }) => result === status)) ?? 'skipped';
}
/** One line: the word, and the jobs that it is about. */
function headline({ status, jobs }) {
    const about = status === 'failure' || status === 'cancelled';
    return {
        word: STATUS[status].word,
        jobs: about ? jobs.filter(({ result }) => result === status).map(({ job }) => job) : [],
    };
}
/** The default title: what, where and how it went. */
function defaultTitle(modelName, environment, status, run) {
    const what = modelName ?? (run.repository || 'Release');
    const flow = run.workflow === '' ? '' : `${run.workflow} `;
    const place = environment === null ? '' : `in ${environment} `;
    return `${what}: ${flow}${place}${STATUS[status].word.toLowerCase()}`;
}
function linksOf({ run }) {
    const { repository, serverUrl, commit, runUrl } = run;
    const links = [];
    if (runUrl !== '')
        links.push({ label: 'Workflow run', url: runUrl });
    if (repository !== '' && commit !== '') {
        links.push({ label: `Commit ${commit.slice(0, 7)}`, url: `${serverUrl}/${repository}/commit/${commit}` });
    }
    return links;
}

;// CONCATENATED MODULE: ./build/js/src/core/notify/mrkdwn.js
/** Text for Slack: escaped, and never longer than a limit. https://docs.slack.dev/messaging/formatting-message-text */
const CUT = ' … (cut)';
/** Slack's three control signs as entities; nothing else is escaped. This makes `<!channel>` plain text. */
function escapeSlack(text) {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
/** Escapes and, where the result would pass the limit, cuts with a mark: never inside a character or an entity. */
function fit(text, limit) {
    const whole = escapeSlack(text);
    if (whole.length <= limit)
        return whole;
    let kept = '';
    for (const character of text) {
        const next = escapeSlack(character);
        if (kept.length + next.length > limit - CUT.length)
            break;
        kept += next;
    }
    return kept + CUT;
}
/** For a headline: no line breaks. */
function oneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}
/** A link, with a label that cannot end it; only the label where the URL is none. */
function mrkdwn_link(url, label) {
    if (!/^https?:\/\/[^\s]+$/.test(url))
        return fit(label, 200);
    const safe = url.replace(/\|/g, '%7C').replace(/</g, '%3C').replace(/>/g, '%3E').replace(/&/g, '&amp;');
    return `<${safe}|${fit(oneLine(label), 200).replace(/\|/g, '¦')}>`;
}

;// CONCATENATED MODULE: ./build/js/src/core/notify/message.js
/**
 * A notification as Slack's Block Kit. Every limit is kept by cutting with a mark, never by refusing.
 * https://docs.slack.dev/reference/block-kit/blocks
 */


const LIMITS = {
    blocks: 50,
    text: 3000,
    header: 150,
    fields: 10,
    field: 2000,
    /** Of all blocks together; Slack refuses somewhat above 13,200. */
    all: 12_000,
};
/** A longer value gets a section of its own instead of half a column. */
const COLUMN = 180;
/** Kept free for what stands behind the fields. */
const TAIL_BLOCKS = 4;
const TAIL_TEXT = 1500;
const MOST_MENTIONS = 20;
function slackMessage(content) {
    const { status } = content;
    const { word, jobs } = headline(content);
    const title = oneLine(content.title) || word;
    const failed = jobs.length === 0 ? '' : `: ${jobs.map(oneLine).join(', ')}`;
    const head = [
        { type: 'header', text: { type: 'plain_text', text: fit(title, LIMITS.header), emoji: false } },
        section(statement(content, word, failed)),
    ];
    const footer = context(content);
    return {
        text: fit(`${word}: ${title}${failed}`, LIMITS.text),
        blocks: [...head, ...fieldBlocks(content.fields, head.length, size(head))],
        attachments: [{ color: STATUS[status].color, fallback: fit(word, LIMITS.text), blocks: [footer] }],
        unfurl_links: false,
        unfurl_media: false,
    };
}
/** The status in words, the jobs that it is about, and, where it failed, whoever is to be called. */
function statement(content, word, failed) {
    const place = content.environment === null ? '' : ` in ${fit(content.environment, 100)}`;
    const calls = content.status === 'failure' ? content.mentions.slice(0, MOST_MENTIONS).map(mention) : [];
    const called = calls.length === 0 ? '' : `\n${calls.join(' ')}`;
    return `*${escapeSlack(word)}*${place}${fit(failed, 1500)}${called}`;
}
function mention({ kind, id }) {
    return kind === 'user' ? `<@${id}>` : `<!subteam^${id}>`;
}
/** Short values in columns, long ones below each other, in the order given; what does not fit is counted. */
function fieldBlocks(fields, usedBlocks, usedText) {
    const blocks = [];
    let column = [];
    let left = LIMITS.all - TAIL_TEXT - usedText;
    let shown = 0;
    const flush = () => {
        if (column.length > 0)
            blocks.push({ type: 'section', fields: column });
        column = [];
    };
    for (const [name, value] of fields) {
        const wide = value.length > COLUMN;
        const full = usedBlocks + blocks.length + 1 >= LIMITS.blocks - TAIL_BLOCKS;
        const text = fieldText(name, value, wide ? LIMITS.text : LIMITS.field);
        if (full || text.length > left)
            break;
        left -= text.length;
        shown += 1;
        if (wide) {
            flush();
            blocks.push(section(text));
        }
        else if (column.push(mrkdwn(text)) === LIMITS.fields)
            flush();
    }
    flush();
    const rest = fields.size - shown;
    if (rest > 0)
        blocks.push(section(`_… and ${rest} more ${rest === 1 ? 'field' : 'fields'} (cut)_`));
    return blocks;
}
function fieldText(name, value, limit) {
    const label = `*${fit(oneLine(name), 150)}*\n`;
    const url = /^https?:\/\/\S+$/.test(value) && value.length < 1000;
    return label + (url ? mrkdwn_link(value, value) : fit(value, limit - label.length) || '–');
}
function context(content) {
    const { run } = content;
    const links = linksOf(content).map(({ label, url }) => mrkdwn_link(url, label));
    const facts = [
        run.repository,
        run.workflow,
        run.ref.replace(/^refs\/(heads|tags)\//, ''),
        run.actor && `by ${run.actor}`,
    ];
    const text = [...links, ...facts.filter((fact) => fact !== '').map((fact) => fit(oneLine(fact), 150))].join(' · ');
    return { type: 'context', elements: [mrkdwn(text || STATUS[content.status].word)] };
}
function section(text) {
    return { type: 'section', text: mrkdwn(text) };
}
function mrkdwn(text) {
    return { type: 'mrkdwn', text, verbatim: true };
}
function size(blocks) {
    return blocks.reduce((sum, block) => sum + ('text' in block ? block.text.text.length : 0), 0);
}

// EXTERNAL MODULE: ./build/js/src/core/markdown.js
var markdown = __webpack_require__(51438);
;// CONCATENATED MODULE: ./build/js/src/core/notify/summary.js
/** The same notification as Markdown, for the job summary. */


const summary_COLUMN = 180;
function summaryMarkdown(content) {
    const { word, jobs } = headline(content);
    const place = content.environment === null ? '' : ` in ${(0,markdown/* escapeMarkdown */.FV)(content.environment)}`;
    const about = jobs.length === 0 ? '' : `: ${jobs.map(markdown/* code */.aY).join(', ')}`;
    const short = [...content.fields].filter(([, value]) => !isLong(value));
    const long = [...content.fields].filter(([, value]) => isLong(value));
    const parts = [
        `### ${(0,markdown/* escapeMarkdown */.FV)(content.title || word)}`,
        `**${word}**${place}${about}`,
        short.length === 0
            ? ''
            : (0,markdown/* table */.tp)(['', ''], short.map((pair) => pair.map(markdown/* escapeMarkdown */.FV))),
        ...long.map(([name, value]) => `**${(0,markdown/* escapeMarkdown */.FV)(name)}**\n\n${(0,markdown/* codeBlock */.DV)(value)}`),
        linksOf(content)
            .map(({ label, url }) => `[${(0,markdown/* escapeMarkdown */.FV)(label)}](${url})`)
            .join(' · '),
    ];
    return parts.filter((part) => part !== '').join('\n\n');
}
function isLong(value) {
    return value.length > summary_COLUMN || value.includes('\n');
}

;// CONCATENATED MODULE: ./build/js/src/core/notify/mentions.js
const USER = /^[UW][A-Z0-9]{2,20}$/;
const GROUP = /^S[A-Z0-9]{2,20}$/;
/** GitHub logins are matched without regard to case. */
function parseMentions(names, userMap) {
    const problems = [];
    const ids = new Map();
    for (const [login, id] of userMap) {
        if (USER.test(id))
            ids.set(login.replace(/^@/, '').toLowerCase(), id);
        else
            problems.push({
                where: 'user-map',
                message: `"${id}" of ${login} is not a Slack user ID such as U0123456789.`,
            });
    }
    const mentions = [];
    for (const name of names) {
        const id = ids.get(name.replace(/^@/, '').toLowerCase()) ?? name;
        if (USER.test(id))
            mentions.push({ kind: 'user', id });
        else if (GROUP.test(id))
            mentions.push({ kind: 'group', id });
        else
            problems.push(unknown(name));
    }
    return { mentions, problems };
}
function unknown(name) {
    return {
        where: 'mention-on-failure',
        message: `"${name}" is neither a Slack ID nor in user-map.`,
        fix: 'Give the ID of a user (U…) or of a user group (S…), or add the name to user-map.',
    };
}

;// CONCATENATED MODULE: ./build/js/src/actions/notify-slack/checks.js
/** Everything that can be found wrong with the inputs, all of it at once, before Slack is asked anything. */



/** @throws UserError with every problem. */
function checkInputs(inputs, context) {
    const problems = [];
    const jobs = jobsOf(inputs, problems);
    const way = wayOf(inputs, problems);
    const { mentions, problems: unknown } = parseMentions(inputs.mentionOnFailure ?? [], inputs.userMap ?? new Map());
    problems.push(...unknown);
    if (inputs.messageTs !== null && !/^\d+\.\d+$/.test(inputs.messageTs)) {
        const message = `"${inputs.messageTs}" is not a Slack timestamp such as 1700000000.123456.`;
        problems.push({ where: 'message-ts', message, fix: 'Give the output ts of the first call.' });
    }
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    const status = jobs.length > 0 ? overall(jobs) : (inputs.status ?? 'skipped');
    const { environment, modelName } = inputs;
    const title = inputs.title ?? defaultTitle(modelName, environment, status, context);
    const fields = inputs.fields ?? new Map();
    return { content: { status, title, environment, fields, jobs, mentions, run: context }, way };
}
function jobsOf(inputs, problems) {
    if (inputs.needs === null) {
        if (inputs.status === null) {
            const fix = 'Set status to ${{ job.status }}, or needs to ${{ toJSON(needs) }}.';
            problems.push({ where: 'status', message: 'is not given, and neither is needs.', fix });
        }
        return [];
    }
    try {
        return parseNeeds(inputs.needs);
    }
    catch (error) {
        const fix = 'Set it to ${{ toJSON(needs) }}.';
        problems.push({ where: 'needs', message: error.message, fix });
        return [];
    }
}
/** Values of secrets stand in no message. */
function wayOf(inputs, problems) {
    const { token, channel, webhookUrl } = inputs;
    if (token !== null && channel === null) {
        problems.push({ where: 'channel', message: 'is required with token.', fix: 'Give the ID of a channel.' });
    }
    if (token === null && channel !== null) {
        const fix = 'Set token, or leave channel out: a webhook has a channel of its own.';
        problems.push({ where: 'channel', message: `"${channel}" is given without token.`, fix });
    }
    if (webhookUrl !== null && !/^https?:$/.test(protocolOf(webhookUrl))) {
        const fix = 'Give the whole URL of an incoming webhook, https://hooks.slack.com/services/….';
        problems.push({ where: 'webhook-url', message: 'is not a URL.', fix });
    }
    if (token !== null)
        return { kind: 'token', token, channel: channel ?? '' };
    return webhookUrl === null ? { kind: 'none' } : { kind: 'webhook', url: webhookUrl };
}
function protocolOf(url) {
    return URL.canParse(url) ? new URL(url).protocol : '';
}

;// CONCATENATED MODULE: ./build/js/src/actions/notify-slack/run.js
/** Tells Slack how it went; where there is no Slack, the job summary. */




/**
 * @throws UserError for the inputs; what Slack refused only where on-error is `fail`; CancelledError
 */
async function run(inputs, ports) {
    report(ports, false, { ts: '', channel: '', permalink: '' });
    const { content, way } = checkInputs(inputs, ports.context);
    if (inputs.status !== null && inputs.needs !== null) {
        ports.log.info('Both status and needs are given: needs is used.');
    }
    if (way.kind === 'none') {
        ports.report.summary(summaryMarkdown(content));
        ports.log.notice('Neither token nor webhook-url is given: the message stands in the job summary only.');
        return;
    }
    try {
        const delivered = await deliver(content, way, inputs, ports);
        report(ports, true, delivered);
        ports.log.info(`Slack took the message${delivered.permalink && `: ${delivered.permalink}`}.`);
    }
    catch (error) {
        const refused = error instanceof errors/* UserError */.yo || error instanceof errors/* UpstreamError */.gA;
        if (!refused || inputs.onError === 'fail')
            throw error;
        ports.log.warning(`The message was not delivered. ${error.message}`);
        ports.report.summary(summaryMarkdown(content));
    }
}
async function deliver(content, way, inputs, ports) {
    if (way.kind === 'token' && inputs.webhookUrl !== null) {
        ports.log.info('Both token and webhook-url are given: token is used.');
    }
    const messenger = way.kind === 'token' ? await ports.bot(way.token, way.channel) : await ports.webhook(way.url);
    const message = slackMessage(content);
    if (inputs.messageTs === null)
        return messenger.post(message);
    if (messenger.edit !== null)
        return messenger.edit(inputs.messageTs, message);
    ports.log.notice('A webhook cannot edit a message: message-ts is not used, and a new message is posted.');
    return messenger.post(message);
}
function report({ report: to }, delivered, { ts, channel, permalink }) {
    to.output('delivered', delivered);
    to.output('ts', ts);
    to.output('channel', channel);
    to.output('permalink', permalink);
}


/***/ })

};
