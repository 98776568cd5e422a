export const id = 9307;
export const ids = [9307];
export const modules = {

/***/ 49307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseConfig: () => (/* binding */ parseConfig)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/spec/input.js
var input = __webpack_require__(68595);
;// CONCATENATED MODULE: ./build/js/src/core/config/located.js
/** Values of ml-deploy.yml together with where they stand. */

function problemAt(file, node, message, fix) {
    const where = `${file.name}:${lineOf(file, node)}`;
    return { where, message, ...(fix ? { fix } : {}) };
}
function lineOf({ lines }, node) {
    return node?.range ? lines.linePos(node.range[0]).line : 1;
}
/** The node itself, or what an alias (`*name`) stands for. */
function resolved(node, { document }) {
    return (0,dist/* isAlias */.Vj)(node) ? (node.resolve(document) ?? null) : node;
}
function isEmpty(node) {
    return node === null || ((0,dist/* isScalar */.jn)(node) && node.value === null);
}
function entriesOf(map) {
    return map.items.map((pair) => ({
        key: (0,dist/* isScalar */.jn)(pair.key) ? String(pair.key.value) : String(pair.key),
        value: pair.value,
        keyNode: pair.key,
    }));
}
/** The entry at a path of keys; null where there is none. */
function entryAt(file, path) {
    let node = file.document.contents;
    let found = null;
    for (const key of path) {
        const map = resolved(node, file);
        if (!(0,dist/* isMap */.jh)(map))
            return null;
        found = entriesOf(map).find((entry) => entry.key === key) ?? null;
        if (found === null)
            return null;
        node = found.value;
    }
    return found;
}
/** The names in the map at a path; none where there is no map. */
function namesAt(file, path) {
    const map = resolved(path.length === 0 ? file.document.contents : (entryAt(file, path)?.value ?? null), file);
    return (0,dist/* isMap */.jh)(map) ? entriesOf(map).map(({ key }) => key) : [];
}
function plainOf(node, file) {
    const value = resolved(node, file);
    if (value === null)
        return null;
    return (0,dist/* isScalar */.jn)(value) ? value.value : value.toJS(file.document);
}
/** What the user would have written as an input: lists one a line, maps as JSON. */
function asText(value) {
    if (Array.isArray(value))
        return value.map(asText).join('\n');
    return typeof value === 'string' ? value : JSON.stringify(value);
}

;// CONCATENATED MODULE: ./build/js/src/core/config/levels.js
/** Which places of ml-deploy.yml a run reads, the most specific first. */
/** Paths of keys, from the document's root. */
function levelPaths({ environment, modelName }) {
    const model = modelName === null ? null : ['models', modelName];
    return [
        ...(model !== null && environment !== null ? [[...model, 'environments', environment]] : []),
        ...(model !== null ? [[...model, 'defaults']] : []),
        ...(environment !== null ? [['environments', environment]] : []),
        ['defaults'],
    ];
}

;// CONCATENATED MODULE: ./build/js/src/core/config/setting.js
/** One value of ml-deploy.yml as it holds for a run, and where it stands. */



/** The most specific value; null where no level that applies has one. */
function settingAt(file, name, selection) {
    for (const path of levelPaths(selection)) {
        const entry = ownEntry(file, [...path, selection.action], name) ?? entryAt(file, [...path, name]);
        if (entry === null)
            continue;
        const plain = plainOf(entry.value, file);
        if (plain === null || plain === undefined)
            continue;
        return { text: asText(plain), level: path.join('.'), node: entry.value ?? entry.keyNode };
    }
    return null;
}
/** Of the action's own map, where the level has one. */
function ownEntry(file, path, name) {
    const action = entryAt(file, path);
    return (0,dist/* isMap */.jh)(resolved(action?.value ?? null, file)) ? entryAt(file, [...path, name]) : null;
}
/** Every environment that the file knows, for all models or for this one. */
function environmentsOf(file, modelName) {
    const own = modelName === null ? [] : namesAt(file, ['models', modelName, 'environments']);
    return [...new Set([...namesAt(file, ['environments']), ...own])];
}

;// CONCATENATED MODULE: ./build/js/src/core/config/view.js


class View {
    file;
    place;
    constructor(file, place) {
        this.file = file;
        this.place = place;
    }
    at(place) {
        return new View(this.file, place);
    }
    get(name, action = 'deploy-endpoint') {
        const { model: modelName, environment } = this.place;
        const setting = settingAt(this.file, name, { action, environment, modelName });
        return setting === null || setting.text.trim() === '' ? null : setting;
    }
    text(name, action) {
        return this.get(name, action)?.text.trim() ?? null;
    }
    number(name, action) {
        const text = this.text(name, action);
        return text === null ? null : Number(text);
    }
    /** At the first of these settings that is there, which is the one to blame. */
    problem(names, message, fix, action) {
        const node = names.map((name) => this.get(name, action)?.node ?? null).find((n) => n !== null) ?? null;
        return problemAt(this.file, node, message, fix);
    }
}
function listOf(text) {
    return (text ?? '')
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./build/js/src/core/config/routes.js




function routeProblems(file, views) {
    return [
        ...views.flatMap((view) => [...promotion(file, view)]),
        ...sharedBranches(file, views),
        ...sharedEndpoints(file, views),
    ];
}
function* promotion(file, view) {
    const from = view.text('promote-from');
    if (from === null)
        return;
    const known = environmentsOf(file, view.place.model);
    const others = known.filter((name) => name !== view.place.environment);
    if (from === view.place.environment) {
        yield view.problem(['promote-from'], `promote-from: "${from}" is the environment itself.`);
    }
    else if (!known.includes(from)) {
        const message = `promote-from: "${from}" is no environment of the file; there is ${others.join(', ') || 'no other'}.`;
        yield view.problem(['promote-from'], message, (0,input/* suggestion */.h)(from, others).trim());
    }
    else if (isCircle(view)) {
        yield view.problem(['promote-from'], `promote-from: "${from}" is itself promoted from "${view.place.environment ?? ''}".`);
    }
    else if (storeOf(view) === null) {
        const message = 'promote-from needs an artifact store that outlives a job, and none is set.';
        yield view.problem(['promote-from'], message, 'Set destination to s3://bucket/prefix, or to a file:/// folder that all jobs have.');
    }
}
function isCircle(view) {
    const { place } = view;
    const seen = new Set();
    let environment = view.text('promote-from');
    while (environment !== null && !seen.has(environment)) {
        if (environment === place.environment)
            return true;
        seen.add(environment);
        environment = view.at({ ...place, environment }).text('promote-from');
    }
    return false;
}
/** Where release records are kept, as the workflow will have it. */
function storeOf(view) {
    return view.text('artifact-store') ?? view.text('destination', 'package-model');
}
/** A push would not know where to go. */
function sharedBranches(file, views) {
    const owners = new Map();
    return views.flatMap((view) => listOf(view.text('branch')).flatMap((branch) => {
        const key = JSON.stringify([view.place.model, branch]);
        const owner = owners.get(key);
        owners.set(key, owner ?? view);
        if (owner === undefined)
            return [];
        const message = `branch: "${branch}" belongs to "${owner.place.environment ?? ''}" already, on line ${lineOf(file, owner.get('branch')?.node ?? null)}.`;
        return [problemAt(file, view.get('branch')?.node ?? null, message)];
    }));
}
/** Two releases would overwrite each other. One value that several inherit is left to the step's own inputs. */
function sharedEndpoints(file, views) {
    const owners = new Map();
    return views.flatMap((view) => {
        const name = view.get('endpoint-name');
        if (name === null)
            return [];
        const key = JSON.stringify([
            name.text.trim(),
            ...['target', 'aws-account-id', 'aws-region'].map((k) => view.text(k)),
        ]);
        const owner = owners.get(key);
        owners.set(key, owner ?? view);
        const other = owner?.get('endpoint-name')?.node ?? null;
        if (other === null || other === name.node)
            return [];
        const message = `endpoint-name: "${name.text.trim()}" stands on line ${lineOf(file, other)} too, for ${nameOf(owner)}.`;
        return [problemAt(file, name.node, message, 'Give each model and environment an endpoint of its own.')];
    });
}
function nameOf(view) {
    const { model = null, environment = null } = view?.place ?? {};
    return [model, environment].filter((name) => name !== null).join(' in ') || 'another place';
}

;// CONCATENATED MODULE: ./build/js/src/core/config/combinations.js





function combinationProblems(file) {
    const views = placesOf(file).map((place) => new View(file, place));
    const problems = [
        ...misspelledEnvironments(file),
        ...views.flatMap((view) => [...sizes(view), ...strategies(view), ...approvals(view), ...account(view)]),
        ...routeProblems(file, views),
    ];
    const seen = new Set();
    return problems.filter(({ where, message }) => {
        const key = `${where} ${message}`;
        return !seen.has(key) && seen.add(key).size > 0;
    });
}
function placesOf(file) {
    const models = namesAt(file, ['models']);
    return (models.length === 0 ? [null] : models).flatMap((model) => {
        const environments = environmentsOf(file, model);
        return (environments.length === 0 ? [null] : environments).map((environment) => ({ model, environment }));
    });
}
/** A slip in the name of a model's environment would silently make another one. */
function misspelledEnvironments(file) {
    const shared = namesAt(file, ['environments']);
    return namesAt(file, ['models']).flatMap((model) => {
        const path = ['models', model, 'environments'];
        return namesAt(file, path)
            .filter((name) => !shared.includes(name) && (0,input/* suggestion */.h)(name, shared) !== '')
            .map((name) => {
            const message = `"${name}" in ${path.join('.')} is no environment of the file, which has ${shared.join(', ')}.`;
            return problemAt(file, keyNodeAt(file, path, name), message, `${(0,input/* suggestion */.h)(name, shared).trim()} A new one has to stand below environments too.`);
        });
    });
}
function keyNodeAt(file, path, name) {
    return entryAt(file, [...path, name])?.keyNode ?? null;
}
function* sizes(view) {
    const [min, max] = [view.number('min-capacity'), view.number('max-capacity')];
    const count = view.number('initial-instance-count');
    if (min !== null && max !== null && min > max) {
        yield view.problem(['min-capacity'], `min-capacity: ${min} is more than max-capacity, ${max}.`);
    }
    else if (min !== null && max !== null && count !== null && (count < min || count > max)) {
        const message = `initial-instance-count: ${count} is not within min-capacity ${min} and max-capacity ${max}.`;
        yield view.problem(['initial-instance-count'], message);
    }
    if ((min === null) !== (max === null)) {
        const [given, missing] = min === null ? ['max-capacity', 'min-capacity'] : ['min-capacity', 'max-capacity'];
        yield view.problem([given], `${given} is given without ${missing}.`, 'Give both or none.');
    }
    for (const name of ['invocations-per-instance', 'scale-in-cooldown', 'scale-out-cooldown']) {
        if (view.get(name) === null || max !== null)
            continue;
        yield view.problem([name], `${name} needs min-capacity and max-capacity.`);
    }
    yield* serverless(view);
}
function* serverless(view) {
    const names = ['serverless-memory-mb', 'serverless-max-concurrency'];
    if (names.every((name) => view.get(name) === null))
        return;
    const memory = view.number('serverless-memory-mb');
    if (memory !== null && memory % 1024 !== 0) {
        yield view.problem(['serverless-memory-mb'], `serverless-memory-mb: ${memory} is no multiple of 1024.`);
    }
    for (const name of ['instance-type', 'initial-instance-count', 'max-capacity']) {
        if (view.get(name) === null)
            continue;
        const message = `${name} does not go with serverless inference.`;
        yield view.problem([name], message, 'Leave it out, or leave out the serverless-* inputs.');
    }
}
function* strategies(view) {
    const strategy = view.text('strategy') ?? 'all-at-once';
    const percent = view.get('step-percent');
    if (strategy !== 'all-at-once' && percent === null) {
        yield view.problem(['strategy'], `strategy: "${strategy}" needs step-percent.`, 'Add it, such as step-percent: 10.');
    }
    if (strategy === 'all-at-once' && percent !== null) {
        const message = 'step-percent is given, but the strategy "all-at-once" has no steps.';
        yield view.problem(['step-percent'], message, 'Leave it out, or set strategy.');
    }
    const most = Math.max(view.number('initial-instance-count') ?? 0, view.number('max-capacity') ?? 0);
    if (strategy === 'canary' && most === 1) {
        yield view.problem(['strategy'], 'strategy: "canary" needs two instances or more, and there is one.');
    }
    const bake = view.number('bake-minutes') ?? 0;
    if (bake > 0 && view.get('alarms') === null) {
        const message = `bake-minutes: ${bake} without alarms, so that nothing would be watched.`;
        yield view.problem(['bake-minutes'], message, 'Give alarms, or leave it out.');
    }
}
const GATE = 'approve-gate';
function* approvals(view) {
    const mode = view.text('approval');
    const approvers = listOf(view.text('approvers', GATE));
    if ((mode === 'wait' || mode === 'request') && approvers.length === 0) {
        yield view.problem(['approval'], `approval: "${mode}" needs approvers, so that somebody could approve.`);
    }
    const people = approvers.filter((name) => !name.includes('/'));
    const minimum = view.number('minimum-approvals', GATE) ?? 1;
    if (people.length > 0 && people.length === approvers.length && new Set(people).size < minimum) {
        const message = `minimum-approvals: ${minimum} is more than the ${new Set(people).size} people in approvers.`;
        yield view.problem(['minimum-approvals'], message, 'Add people or a team (org/team).', GATE);
    }
}
function* account(view) {
    const id = view.text('aws-account-id');
    for (const name of ['aws-role-arn', 'execution-role-arn']) {
        const arn = view.text(name);
        const other = arn === null ? null : (/^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1] ?? null);
        if (id === null || other === null || other === id)
            continue;
        yield view.problem([name], `${name}: the role is of the account ${other}, and aws-account-id is ${id}.`);
    }
}

// EXTERNAL MODULE: ./build/js/src/core/spec/action-spec.js
var action_spec = __webpack_require__(15633);
;// CONCATENATED MODULE: ./build/js/src/core/config/environment-keys.js
/**
 * What an environment in ml-deploy.yml may say beside inputs: how releases come to it. The workflow reads these
 * (see the action folder `resolve`); no action takes them as inputs.
 */

/** Modes of approve-gate, and no gate at all. */
const APPROVAL_MODES = ['none', 'wait', 'request', 'environment'];
const environmentKeys = {
    branch: (0,input/* list */.p_)({
        description: 'The branch, or the branches, whose pushes are released to this environment.',
    }),
    'promote-from': (0,input/* text */.Qq)({
        description: 'The environment whose newest verified release is deployed here, by its digests, instead of a new build.',
    }),
    approval: (0,input/* choice */.Yq)(APPROVAL_MODES, {
        description: 'How a release is approved: not at all, by a job that waits for comments, by a request that a comment resumes later, or by GitHub’s own environment protection. Default: `wait` where approvers are named, else `none`.',
    }),
    'aws-role-arn': (0,input/* text */.Qq)({
        description: 'The role that the workflow assumes by OIDC in this environment’s account.',
        pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
        form: 'an ARN such as arn:aws:iam::123456789012:role/deploy',
    }),
};
/** What people write for what has another name, to be named in the message. */
const ALIASES = {
    account: 'aws-account-id',
    'account-id': 'aws-account-id',
    autoscaling: 'min-capacity',
    branches: 'branch',
    endpoint: 'endpoint-name',
    image: 'image-uri',
    instances: 'initial-instance-count',
    'instance-count': 'initial-instance-count',
    model: 'model-path',
    region: 'aws-region',
    'slack-channel': 'channel',
};

;// CONCATENATED MODULE: ./build/js/src/core/config/shape.js
/** What may stand where in ml-deploy.yml: names, types and values, each by itself. */





const KEYS = takersOf([['', environmentKeys]]);
function takersOf(actions) {
    const takers = new Map();
    for (const [action, inputs] of actions) {
        for (const [name, input] of Object.entries(inputs)) {
            takers.set(name, [...(takers.get(name) ?? []), { action, input }]);
        }
    }
    return takers;
}
function shapeProblems(file, specs) {
    const checker = new ShapeChecker(file, specs);
    checker.check();
    return checker.problems;
}
/** Walks the document once and collects what is wrong, with line numbers. */
class ShapeChecker {
    problems = [];
    #file;
    #inputs;
    #actions;
    constructor(file, specs) {
        this.#file = file;
        this.#actions = new Map(specs.map((spec) => [spec.name, spec]));
        this.#inputs = takersOf(specs.map(({ name, inputs }) => [name, inputs]));
    }
    check() {
        const { document } = this.#file;
        if (document.contents === null)
            return;
        this.#eachKey(document.contents, 'the file', {
            defaults: (node) => this.#level(node, 'defaults', false),
            environments: (node) => this.#environments(node, 'environments'),
            models: (node) => this.#named(node, 'models', (child, path) => this.#model(child, path)),
        });
    }
    #model(node, path) {
        this.#eachKey(node, path, {
            defaults: (child) => this.#level(child, `${path}.defaults`, false),
            environments: (child) => this.#environments(child, `${path}.environments`),
        });
    }
    #environments(node, path) {
        this.#named(node, path, (child, childPath, { key, keyNode }) => {
            this.#environmentName(key, keyNode);
            this.#level(child, childPath, true);
        });
    }
    #environmentName(name, node) {
        try {
            action_spec/* commonInputs */.j$.environment.parse(name);
        }
        catch (error) {
            this.#problem(node, `the environment's name "${name}" ${error.message}`);
        }
    }
    #eachKey(node, path, visit) {
        const known = Object.keys(visit);
        for (const { key, value, keyNode } of this.#entries(node, path)) {
            const visitor = Object.hasOwn(visit, key) ? visit[key] : undefined;
            if (visitor)
                visitor(value);
            else {
                const fix = `${path} may have ${known.join(', ')}.${(0,input/* suggestion */.h)(key, known)}`;
                this.#problem(keyNode, `"${key}" is not known here.`, fix);
            }
        }
    }
    #named(node, path, visit) {
        for (const entry of this.#entries(node, path))
            visit(entry.value, `${path}.${entry.key}`, entry);
    }
    #level(node, path, ofEnvironment) {
        const level = { path, inputs: this.#inputs, ofEnvironment };
        for (const entry of this.#entries(node, path)) {
            const action = this.#actions.get(entry.key);
            const value = resolved(entry.value, this.#file);
            if (action && (0,dist/* isMap */.jh)(value))
                this.#actionLevel(value, action, `${path}.${entry.key}`);
            else if (action)
                this.#problem(entry.keyNode, `${path}.${entry.key} must be a map of inputs.`);
            else
                this.#setting(entry, level);
        }
    }
    #actionLevel(node, action, path) {
        const level = { path, inputs: takersOf([[action.name, action.inputs]]), ofEnvironment: false };
        for (const entry of entriesOf(node))
            this.#setting(entry, level);
    }
    #setting({ key, value, keyNode }, { path, inputs, ofEnvironment }) {
        const own = KEYS.get(key);
        const takers = inputs.get(key) ?? (ofEnvironment ? own : undefined);
        if (!takers && own) {
            this.#problem(keyNode, `"${key}" in ${path} belongs to one environment.`, 'Move it below environments.<name>.');
        }
        else if (!takers) {
            const known = [...inputs.keys(), ...(ofEnvironment ? KEYS.keys() : [])];
            const alias = ALIASES[key];
            const near = alias !== undefined && known.includes(alias) ? ` Did you mean "${alias}"?` : (0,input/* suggestion */.h)(key, known);
            this.#problem(keyNode, `"${key}" in ${path} is not an input.`, near.trim());
        }
        else if (takers.some(({ input }) => input.secret)) {
            this.#problem(keyNode, `"${key}" is a secret and must not stand in a file.`, 'Pass it as an input.');
        }
        else if (key in action_spec/* commonInputs */.j$) {
            this.#problem(keyNode, `"${key}" chooses what is read from this file and cannot stand in it.`);
        }
        else
            this.#value(key, value ?? keyNode, takers);
    }
    /** The value goes to every action that has the input, so that each has to take it. */
    #value(key, node, takers) {
        const value = resolved(node, this.#file);
        const plain = plainOf(value, this.#file);
        if (isEmpty(value) || asText(plain).trim() === '')
            return;
        for (const { action, input } of takers) {
            const kind = kindProblem(plain, value, input);
            const wrong = kind ?? parseProblem(asText(plain).trim(), input);
            if (wrong === null)
                continue;
            const isShared = kind === null && takers.some((other) => !sameSchema(other.input, input));
            const whose = isShared ? `That is what ${action} takes; the others may have values of their own.` : '';
            this.#problem(node, `${key}: ${wrong.message}`, [wrong.fix, whose].filter(Boolean).join(' '));
            return;
        }
    }
    #entries(node, path) {
        const map = resolved(node, this.#file);
        if (isEmpty(map))
            return [];
        if ((0,dist/* isMap */.jh)(map))
            return entriesOf(map);
        this.#problem(node, `${path} must be a map of names to values.`);
        return [];
    }
    #problem(node, message, fix) {
        this.problems.push(problemAt(this.#file, node, message, fix));
    }
}
function sameSchema(a, b) {
    return JSON.stringify(a.schema) === JSON.stringify(b.schema);
}
function parseProblem(text, input) {
    try {
        input.parse(text);
        return null;
    }
    catch (error) {
        const shown = input.quotable ? `"${text}"` : 'the value';
        return { message: `${shown} ${error.message}` };
    }
}
/** A list or a map where one value belongs, and a number that YAML reads where text was meant (1.10 becomes 1.1). */
function kindProblem(plain, node, input) {
    const type = input.schema.type ?? (input.schema.enum ? 'string' : null);
    if (type === null)
        return null;
    const types = Array.isArray(type) ? type : [type];
    if (Array.isArray(plain))
        return types.includes('array') ? null : { message: 'must be one value, not a list.' };
    if (typeof plain === 'object')
        return types.includes('object') ? null : { message: 'must be one value, not a map.' };
    if (type !== 'string' || typeof plain === 'string')
        return null;
    const read = asText(plain);
    const written = (0,dist/* isScalar */.jn)(node) && typeof node.source === 'string' ? node.source : read;
    const what = typeof plain === 'boolean' ? 'a truth value' : `the number ${read}`;
    return {
        message: `${written} is read as ${what}, and must be text.`,
        fix: `Put it into quotes: "${written}".`,
    };
}

;// CONCATENATED MODULE: ./build/js/src/core/config/config-file.js
/**
 * ml-deploy.yml: defaults for any input, per model and environment.
 *
 * An explicit input wins; then, the more specific level before the less specific one:
 *
 *     models.<model>.environments.<environment>
 *     models.<model>.defaults
 *     environments.<environment>
 *     defaults
 *
 * On every level a key is the name of an input, which then holds for every action that has it, or the name of an
 * action with inputs of its own below it, which wins over the plain key. An environment has a few keys more, which
 * the workflow reads (environment-keys.ts).
 */






/** Reads the file's text. @throws UserError with every problem, each with its line. */
function parseConfig(source, fileName, specs) {
    const lines = new dist/* LineCounter */.HN();
    const file = { name: fileName, document: (0,dist/* parseDocument */.Tp)(source, { lineCounter: lines }), lines };
    const problems = problemsOf(file, specs);
    if (problems.length > 0)
        throw errors/* UserError */.yo.of(problems);
    return {
        lookup: (input, selection) => lookUp(file, input, selection),
        environmentKey: (key, selection) => lookUp(file, key, { ...selection, action: '' }),
        environmentsOf: (modelName) => environmentsOf(file, modelName),
        models: namesAt(file, ['models']),
    };
}
/** Combinations are looked at only where each value by itself makes sense. */
function problemsOf(file, specs) {
    const syntax = file.document.errors.map((error) => ({
        where: `${file.name}:${file.lines.linePos(error.pos[0]).line}`,
        message: error.message.split('\n')[0] ?? '',
    }));
    if (syntax.length > 0)
        return syntax;
    const shape = shapeProblems(file, specs);
    return shape.length > 0 ? inOrder(shape) : inOrder(combinationProblems(file));
}
function inOrder(problems) {
    const line = ({ where }) => Number(/:(\d+)$/.exec(where)?.[1] ?? 0);
    return [...problems].sort((a, b) => line(a) - line(b));
}
function lookUp(file, name, selection) {
    const setting = settingAt(file, name, selection);
    if (setting === null)
        return null;
    return { text: setting.text, origin: `${file.name}, ${setting.level}` };
}


/***/ })

};
