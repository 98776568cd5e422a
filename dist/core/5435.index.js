export const id = 5435;
export const ids = [5435];
export const modules = {

/***/ 25435:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
;// CONCATENATED MODULE: ./build/js/src/core/notify/blocks.js
/** Slack's Block Kit, as far as we use it, and its limits. https://docs.slack.dev/reference/block-kit/blocks */
const LIMITS = {
    blocks: 50,
    text: 3000,
    header: 150,
    fields: 10,
    field: 2000,
    /** Of all blocks together; Slack refuses somewhat above 13,200. */
    all: 12_000,
};
function section(text) {
    return { type: 'section', text: mrkdwn(text) };
}
function mrkdwn(text) {
    return { type: 'mrkdwn', text, verbatim: true };
}
/** Characters of the texts in blocks. */
function size(blocks) {
    const texts = blocks.flatMap((block) => block.type === 'context' ? block.elements : 'fields' in block ? block.fields : [block.text]);
    return texts.reduce((sum, { text }) => sum + text.length, 0);
}

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
 * Reads `toJSON(needs)`: `{"<job>": {"result": "success", "outputs": {…}}}`.
 * @throws Error whose message says what is wrong.
 */
function parseNeeds(text) {
    const jobs = entriesOf(text, 'jobs').map(([job, value]) => {
        return { job, result: resultOf(job, value, 'result', 'job'), outputs: outputsOf(value) };
    });
    if (jobs.length === 0)
        throw new Error('names no job: the job needs "needs:" for its toJSON(needs).');
    return jobs;
}
/**
 * Reads `toJSON(steps)`: `{"<id>": {"outcome": "success", "conclusion": "success", "outputs": {…}}}`, which holds the
 * steps so far that have an id; none yet is none.
 * @throws Error whose message says what is wrong.
 */
function parseSteps(text) {
    return entriesOf(text, 'steps').map(([step, value]) => {
        const outputs = outputsOf(value);
        return { step, result: resultOf(step, value, 'outcome', 'step'), word: wordOf(outputs), outputs };
    });
}
function entriesOf(text, what) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new Error(`is not JSON (${error.message}).`, { cause: error });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Error(`is not a JSON object of ${what}.`);
    }
    return Object.entries(value);
}
function resultOf(name, value, key, what) {
    const result = value?.[key];
    const known = RESULTS.find((word) => word === result);
    if (known === undefined) {
        throw new Error(`has no ${key} such as success or failure for the ${what} "${name}".`);
    }
    return known;
}
function outputsOf(value) {
    const outputs = value?.outputs;
    if (typeof outputs !== 'object' || outputs === null)
        return {};
    return Object.fromEntries(Object.entries(outputs).filter(([, text]) => typeof text === 'string'));
}
/** What deploy-endpoint, approve-gate and smoke-test say in one word. */
function wordOf({ outcome, status, passed }) {
    if (passed === 'true' || passed === 'false')
        return passed === 'true' ? 'passed' : 'did not pass';
    return outcome ?? status ?? '';
}
/** The whole run: a failure outweighs a cancellation, which outweighs success; skipped only where all were. */
function overall(jobs) {
    const order = ['failure', 'cancelled', 'success'];
    return order.find((status) => jobs.some(({ result }) => result === status)) ?? 'skipped';
}
/** One line: the word, and the jobs or steps that it is about. */
function headline({ status, jobs, steps }) {
    const about = status === 'failure' || status === 'cancelled';
    const all = [
        ...jobs.map(({ job, result }) => ({ name: job, result })),
        ...steps.map(({ step, result }) => ({ name: step, result })),
    ];
    return {
        word: STATUS[status].word,
        jobs: about ? all.filter(({ result }) => result === status).map(({ name }) => name) : [],
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

;// CONCATENATED MODULE: ./build/js/src/core/notify/details.js
/** What stands below a message: in its thread, or, where there is none, at its end. */



const MOST_MENTIONS = 20;
/** Of one text of the user's, before it is cut. */
const LONGEST_DETAIL = 9000;
const FENCE = '```';
/**
 * Null where there is nothing to add.
 * @param isEdit calls whoever is to be called where it failed: an edited message calls nobody, a new one below it does
 */
function threadMessage(content, { isEdit = false } = {}) {
    const { word, jobs } = headline(content);
    const failed = content.status === 'failure';
    if (!failed && content.details.length === 0)
        return null;
    const about = jobs.length === 0 ? '' : `: ${fit(jobs.map(oneLine).join(', '), 1000)}`;
    const head = section(`*${escapeSlack(word)}*${about}${isEdit ? calls(content) : ''}`);
    const blocks = [head, ...detailBlocks(content.details, LIMITS.blocks - 1, LIMITS.all - size([head]))];
    const text = fit(`${word}${jobs.length === 0 ? '' : `: ${jobs.map(oneLine).join(', ')}`}`, LIMITS.text);
    return { text, blocks, attachments: [], unfurl_links: false, unfurl_media: false };
}
/** Mentions on their own line; nobody is called where it did not fail. */
function calls({ status, mentions }) {
    const called = status === 'failure' ? mentions.slice(0, MOST_MENTIONS).map(mention) : [];
    return called.length === 0 ? '' : `\n${called.join(' ')}`;
}
function mention({ kind, id }) {
    return kind === 'user' ? `<@${id}>` : `<!subteam^${id}>`;
}
/** Each text as it is, over as many blocks as it takes; what does not fit is cut with a mark. */
function detailBlocks(details, mostBlocks, mostText) {
    const blocks = [];
    let left = mostText;
    for (const detail of details) {
        for (const part of parts(detail.trim().slice(0, LONGEST_DETAIL), detail.trim().length > LONGEST_DETAIL)) {
            const block = section(`${FENCE}${part}${FENCE}`);
            const last = blocks.length === mostBlocks - 1 || size([block]) > left - details_CUT.length;
            if (last)
                return [...blocks, section(details_CUT)];
            left -= size([block]);
            blocks.push(block);
        }
    }
    return blocks;
}
const details_CUT = '_… (cut)_';
/** In pieces that fit into a block once they are escaped, never inside a character. */
function parts(text, isCut) {
    const found = [];
    let part = '';
    // A fence in the text would end ours.
    for (const character of text.replaceAll('```', "'''").toWellFormed()) {
        const next = escapeSlack(character);
        if (part.length + next.length > LIMITS.text - 2 * FENCE.length) {
            found.push(part);
            part = '';
        }
        part += next;
    }
    if (part !== '')
        found.push(part);
    return isCut ? [...found, '… (cut)'] : found;
}

;// CONCATENATED MODULE: ./build/js/src/core/notify/message.js
/**
 * A notification as Slack's Block Kit. Every limit is kept by cutting with a mark, never by refusing.
 * https://docs.slack.dev/reference/block-kit/blocks
 */




/** A longer value gets a section of its own instead of half a column. */
const COLUMN = 180;
/** Kept free for what stands behind the fields. */
const TAIL_BLOCKS = 4;
const TAIL_TEXT = 1500;
/** Of the text of all steps; they come in order, and the newest are the ones to see. */
const STEPS_TEXT = 2500;
/** @param withDetails puts what belongs into a thread at the end, where there can be no thread */
function slackMessage(content, { withDetails = false } = {}) {
    const { status } = content;
    const { word, jobs } = headline(content);
    const title = oneLine(content.title) || word;
    const failed = jobs.length === 0 ? '' : `: ${jobs.map(oneLine).join(', ')}`;
    const head = [
        { type: 'header', text: { type: 'plain_text', text: fit(title, LIMITS.header), emoji: false } },
        section(statement(content, word, failed)),
        ...stepBlocks(content.steps),
    ];
    const facts = factBlocks(content);
    const used = [...head, ...facts];
    const blocks = [...used, ...fieldBlocks(content.fields, used.length, size(used))];
    const footer = context(content);
    const room = LIMITS.all - TAIL_TEXT - size(blocks);
    const details = withDetails ? detailBlocks(content.details, LIMITS.blocks - 2 - blocks.length, room) : [];
    return {
        text: fit(`${word}: ${title}${failed}`, LIMITS.text),
        blocks: [...blocks, ...details],
        attachments: [{ color: STATUS[status].color, fallback: fit(word, LIMITS.text), blocks: [footer] }],
        unfurl_links: false,
        unfurl_media: false,
    };
}
/** The status in words, the jobs that it is about, and, where it failed, whoever is to be called. */
function statement(content, word, failed) {
    const place = content.environment === null ? '' : ` in ${fit(content.environment, 100)}`;
    return `*${escapeSlack(word)}*${place}${fit(failed, 1500)}${calls(content)}`;
}
/** One line a step: its state in a word, its name, and what it says about itself. */
function stepBlocks(steps) {
    const lines = steps.map(({ step, result, word }) => {
        const said = word === '' ? '' : ` (${fit(oneLine(word), 80)})`;
        return `${STATUS[result].word}: *${fit(oneLine(step), 100)}*${said}`;
    });
    let kept = lines.length;
    let length = 0;
    while (kept > 0 && length + (lines[kept - 1] ?? '').length + 1 <= STEPS_TEXT) {
        kept -= 1;
        length += (lines[kept] ?? '').length + 1;
    }
    const cut = kept === 0 ? [] : [`_… ${kept} earlier ${kept === 1 ? 'step' : 'steps'} (cut)_`];
    const text = [...cut, ...lines.slice(kept)].join('\n');
    return text === '' ? [] : [section(text)];
}
function factBlocks({ facts, people }) {
    const columns = facts.map((fact) => mrkdwn(`*${fit(fact.label, 100)}*\n${factText(fact, people)}`));
    const blocks = [];
    for (let from = 0; from < columns.length; from += LIMITS.fields) {
        blocks.push({ type: 'section', fields: columns.slice(from, from + LIMITS.fields) });
    }
    return blocks;
}
function factText({ value, url, people: isPeople }, people) {
    if (isPeople) {
        const names = value
            .split(', ')
            .slice(0, 20)
            .map((login) => nameOf(login, people));
        return names.join(', ') + (url === null ? '' : ` (${mrkdwn_link(url, 'request')})`);
    }
    return url === null ? fit(oneLine(value), 500) : mrkdwn_link(url, value);
}
/** A person as Slack knows them; the GitHub login where user-map does not name them. */
function nameOf(login, people) {
    const id = people.get(login.toLowerCase());
    return id === undefined ? fit(oneLine(login), 100) : `<@${id}>`;
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
    const ref = run.ref.replace(/^refs\/(heads|tags)\//, '');
    const facts = [run.repository, run.workflow, ref].filter((fact) => fact !== '');
    const by = run.actor === '' ? [] : [`by ${nameOf(run.actor, content.people)}`];
    const text = [...links, ...facts.map((fact) => fit(oneLine(fact), 150)), ...by].join(' · ');
    return { type: 'context', elements: [mrkdwn(text || STATUS[content.status].word)] };
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
    const facts = content.facts.map(({ label, value }) => [label, value]);
    const steps = content.steps.map(({ step, result, word: said }) => [
        (0,markdown/* escapeMarkdown */.FV)(step),
        STATUS[result].word + (said === '' ? '' : ` (${(0,markdown/* escapeMarkdown */.FV)(said)})`),
    ]);
    const parts = [
        `### ${(0,markdown/* escapeMarkdown */.FV)(content.title || word)}`,
        `**${word}**${place}${about}`,
        steps.length === 0 ? '' : (0,markdown/* table */.tp)(['Step', ''], steps),
        facts.length + short.length === 0
            ? ''
            : (0,markdown/* table */.tp)(['', ''], [...facts, ...short].map((pair) => pair.map(markdown/* escapeMarkdown */.FV))),
        ...content.details.map((detail) => (0,markdown/* codeBlock */.DV)(detail)),
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

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/js/src/core/canonical-json.js
var canonical_json = __webpack_require__(29620);
;// CONCATENATED MODULE: ./build/js/src/core/notify/facts.js
/** What a release is, out of the outputs of our actions: a list of known names, and nothing else is ever read. */

/** Of several steps, what the last one said counts. */
function factsOf(all, durationMs) {
    const say = latest(all);
    const place = say('running-version') === say('model-digest') ? '' : facts_short(say('running-version'));
    return [
        fact('Model', facts_short(say('model-digest'))),
        fact('Image', facts_short(say('image-digest').replace(/^sha256:/, ''))),
        fact('Endpoint', say('endpoint-name') || say('endpoint-url'), say('endpoint-url')),
        fact('Serves', place),
        fact('Served before', facts_short(say('previous-version'))),
        fact('Plan', facts_short(say('plan-digest'))),
        { ...fact('Approved by', say('approved-by').replaceAll(',', ', '), say('issue-url')), people: true },
        fact('Parity', parity(say)),
        fact('Accuracy', say('accuracy')),
        fact('Latency', latency(say)),
        fact('Rolled back', say('rolled-back') === 'true' ? 'yes, to the version before' : ''),
        fact('Duration', durationMs === null ? '' : duration(durationMs)),
    ].filter(({ value }) => value !== '');
}
function latest(all) {
    return (name) => all.findLast((outputs) => (outputs[name] ?? '') !== '')?.[name] ?? '';
}
function fact(label, value, url = '') {
    return { label, value, url: url === '' ? null : url, people: false };
}
function facts_short(digest) {
    return /^[0-9a-f]{64}$/.test(digest) ? (0,canonical_json/* shortDigest */.VK)(digest) : digest;
}
function parity(say) {
    const compared = Number(say('compared'));
    if (!(compared > 0))
        return '';
    const largest = say('max-abs-diff');
    const wrong = say('mismatches') || '0';
    const found = wrong === '0' ? 'all equal within tolerance' : `${wrong} differ`;
    return `${compared} rows compared, ${found}${largest === '' ? '' : `, largest difference ${plainNumber(largest)}`}`;
}
function latency(say) {
    return ['p50', 'p95', 'p99']
        .map((name) => [name, say(`${name}-ms`)])
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${name} ${plainNumber(value)} ms`)
        .join(', ');
}
/** Three digits are enough for people. */
function plainNumber(text) {
    const number = Number(text);
    return Number.isFinite(number) ? String(Number(number.toPrecision(3))) : text;
}
function duration(milliseconds) {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    const minutes = Math.floor(seconds / 60);
    if (minutes === 0)
        return `${seconds} s`;
    return minutes < 60
        ? `${minutes} min ${seconds % 60} s`
        : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
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
    return { mentions, people: ids, problems };
}
function unknown(name) {
    return {
        where: 'mention-on-failure',
        message: `"${name}" is neither a Slack ID nor in user-map.`,
        fix: 'Give the ID of a user (U…) or of a user group (S…), or add the name to user-map.',
    };
}

// EXTERNAL MODULE: ./build/js/src/core/json-object.js
var json_object = __webpack_require__(94937);
;// CONCATENATED MODULE: ./build/js/src/core/notify/smoke-news.js
/** What a smoke report has to say in a notification: the outputs that smoke-test would give, and what failed. */

/** @throws Error whose message says what is wrong with the report. */
function readSmokeNews(text) {
    const report = (0,json_object/* parseJsonObject */.d)(text);
    const { verdict, checks, passed } = report;
    const failed = (Array.isArray(checks) ? checks : []).flatMap((check) => {
        const { name, message, passed: ok } = (check ?? {});
        return ok === false && typeof message === 'string' ? [`${String(name)}: ${message}`] : [];
    });
    const failures = passed === false && typeof verdict === 'string' && failed.length === 0 ? [verdict] : failed;
    return { outputs: smoke_news_outputsOf(report), failures };
}
function smoke_news_outputsOf({ parity, accuracy, latency, subject }) {
    const values = {
        'model-digest': subject?.modelDigest,
        'endpoint-name': subject?.endpoint,
        compared: parity?.compared,
        mismatches: parity?.mismatches,
        'max-abs-diff': parity?.maxAbsDiff,
        accuracy: accuracy?.accuracy,
        'p50-ms': latency?.p50,
        'p95-ms': latency?.p95,
        'p99-ms': latency?.p99,
    };
    const plain = Object.entries(values).filter((pair) => typeof pair[1] === 'string' || typeof pair[1] === 'number');
    return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
}

;// CONCATENATED MODULE: ./build/js/src/actions/notify-slack/checks.js
/** Everything that can be found wrong with the inputs, all of it at once, before Slack is asked anything. */







/** @throws UserError with every problem. */
async function checkInputs(inputs, context, now) {
    const problems = [];
    const jobs = jobsOf(inputs, problems);
    const steps = stepsOf(inputs, problems);
    const smoke = await smokeNews(inputs, context, problems);
    const way = wayOf(inputs, problems);
    const userMap = inputs.userMap ?? new Map();
    const { mentions, people, problems: unknown } = parseMentions(inputs.mentionOnFailure ?? [], userMap);
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
    const outputs = [...jobs, ...steps].map((one) => one.outputs);
    const facts = factsOf([...outputs, ...(smoke === null ? [] : [smoke.outputs])], since(inputs, now));
    const details = [...(inputs.details === null ? [] : [inputs.details]), ...(smoke?.failures ?? [])];
    const said = { status, title, environment, fields, jobs, steps, facts, details, mentions, people };
    return { content: { ...said, run: context }, way };
}
/** A release begins with its first message. */
function since({ messageTs }, now) {
    return messageTs === null ? null : Math.max(0, now.getTime() - Number(messageTs) * 1000);
}
function stepsOf({ steps }, problems) {
    try {
        return steps === null ? [] : parseSteps(steps);
    }
    catch (error) {
        problems.push({ where: 'steps', message: (0,errors/* messageOf */.bD)(error), fix: 'Set it to ${{ toJSON(steps) }}.' });
        return [];
    }
}
async function smokeNews({ reportPath: path }, context, problems) {
    if (path === null)
        return null;
    try {
        return readSmokeNews(await (0,promises_.readFile)((0,external_node_path_.resolve)(context.workspace, path), 'utf8'));
    }
    catch (error) {
        problems.push({ where: 'report-path', message: `"${path}" cannot be used (${(0,errors/* messageOf */.bD)(error)}).` });
        return null;
    }
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
    const { content, way } = await checkInputs(inputs, ports.context, ports.clock.now());
    if (inputs.status !== null && inputs.needs !== null) {
        ports.log.info('Both status and needs are given: needs is used.');
    }
    if (way.kind === 'none') {
        ports.report.summary(summaryMarkdown(content));
        ports.log.notice('Neither token nor webhook-url is given: the message stands in the job summary only.');
        return;
    }
    if (way.kind === 'webhook' && content.status === 'in-progress') {
        ports.log.notice('A webhook cannot edit a message: nothing is sent now, and one message at the end.');
        return;
    }
    try {
        await deliver(content, way, inputs, ports);
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
    const delivered = await main(content, messenger, inputs.messageTs, ports);
    report(ports, true, delivered);
    ports.log.info(`Slack took the message${delivered.permalink && `: ${delivered.permalink}`}.`);
    const below = threadMessage(content, { isEdit: inputs.messageTs !== null });
    if (messenger.reply !== null && below !== null) {
        await messenger.reply(delivered.ts, below);
        ports.log.info('The details stand in its thread.');
    }
}
/** The one message of the release: posted by the first call, and edited by every later one. */
async function main(content, messenger, ts, { log }) {
    const message = slackMessage(content, { withDetails: messenger.reply === null });
    if (ts === null)
        return messenger.post(message);
    if (messenger.edit !== null)
        return messenger.edit(ts, message);
    log.notice('A webhook cannot edit a message: message-ts is not used, and this is the one message.');
    return messenger.post(message);
}
function report({ report: to }, delivered, { ts, channel, permalink }) {
    to.output('delivered', delivered);
    to.output('ts', ts);
    to.output('channel', channel);
    to.output('permalink', permalink);
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
