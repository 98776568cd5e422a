export const id = 689;
export const ids = [689];
export const modules = {

/***/ 67689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseConfig: () => (/* binding */ parseConfig)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36608);
/* harmony import */ var _spec_input_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44546);
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
 * action with inputs of its own below it, which wins over the plain key.
 */



/** Reads the file's text. @throws UserError with every problem, each with its line. */
function parseConfig(source, fileName, specs) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(source, { lineCounter: lines });
    const checker = new ConfigChecker(fileName, lines, specs);
    checker.check(document);
    if (checker.problems.length > 0)
        throw _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo.of(checker.problems);
    const file = (document.toJS() ?? {});
    return {
        lookup: (input, selection) => lookUp(file, fileName, input, selection),
        environmentsOf: (modelName) => {
            const own = modelName === null ? undefined : file.models?.[modelName]?.environments;
            return [...new Set([...Object.keys(file.environments ?? {}), ...Object.keys(own ?? {})])];
        },
        models: Object.keys(file.models ?? {}),
    };
}
function lookUp(file, fileName, input, selection) {
    for (const { path, level } of levelsOf(file, selection)) {
        const own = level?.[selection.action];
        const value = isLevel(own) && input in own ? own[input] : level?.[input];
        if (value !== undefined && value !== null)
            return { text: asText(value), origin: `${fileName}, ${path}` };
    }
    return null;
}
function levelsOf(file, { environment, modelName }) {
    const model = modelName === null ? undefined : file.models?.[modelName];
    const env = environment ?? '';
    return [
        { path: `models.${modelName}.environments.${env}`, level: model?.environments?.[env] },
        { path: `models.${modelName}.defaults`, level: model?.defaults },
        { path: `environments.${env}`, level: file.environments?.[env] },
        { path: 'defaults', level: file.defaults },
    ];
}
function isLevel(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** What the user would have written as an input: lists one a line, maps as JSON. */
function asText(value) {
    if (Array.isArray(value))
        return value.map(asText).join('\n');
    return typeof value === 'string' ? value : JSON.stringify(value);
}
/** Walks the document once and collects what is wrong, with line numbers. */
class ConfigChecker {
    problems = [];
    #fileName;
    #lines;
    #inputs = new Map();
    #actions;
    constructor(fileName, lines, specs) {
        this.#fileName = fileName;
        this.#lines = lines;
        this.#actions = new Map(specs.map((spec) => [spec.name, spec]));
        for (const spec of specs) {
            for (const [name, input] of Object.entries(spec.inputs))
                this.#inputs.set(name, input);
        }
    }
    check(document) {
        for (const error of document.errors) {
            const line = this.#lines.linePos(error.pos[0]).line;
            this.problems.push({ where: `${this.#fileName}:${line}`, message: error.message.split('\n')[0] ?? '' });
        }
        if (this.problems.length > 0 || document.contents === null)
            return;
        this.#eachKey(document.contents, 'the file', ['defaults', 'environments', 'models'], {
            defaults: (node) => this.#level(node, 'defaults'),
            environments: (node) => this.#named(node, 'environments', (child, path) => this.#level(child, path)),
            models: (node) => this.#named(node, 'models', (child, path) => this.#model(child, path)),
        });
    }
    #model(node, path) {
        this.#eachKey(node, path, ['defaults', 'environments'], {
            defaults: (child) => this.#level(child, `${path}.defaults`),
            environments: (child) => this.#named(child, `${path}.environments`, (level, levelPath) => this.#level(level, levelPath)),
        });
    }
    #eachKey(node, path, known, visit) {
        for (const { key, value, keyNode } of this.#entries(node, path)) {
            const visitor = Object.hasOwn(visit, key) ? visit[key] : undefined;
            if (visitor)
                visitor(value);
            else {
                const fix = `${path} may have ${known.join(', ')}.${(0,_spec_input_js__WEBPACK_IMPORTED_MODULE_2__/* .suggestion */ .h)(key, known)}`;
                this.#problem(keyNode, `"${key}" is not known here.`, fix);
            }
        }
    }
    #named(node, path, visit) {
        for (const { key, value } of this.#entries(node, path))
            visit(value, `${path}.${key}`);
    }
    #level(node, path) {
        for (const { key, value, keyNode } of this.#entries(node, path)) {
            const action = this.#actions.get(key);
            if (action && (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(value))
                this.#actionLevel(value, action, `${path}.${key}`);
            else
                this.#input(key, value, keyNode, this.#inputs, path);
        }
    }
    #actionLevel(node, action, path) {
        const inputs = new Map(Object.entries(action.inputs));
        for (const { key, value, keyNode } of this.#entries(node, path))
            this.#input(key, value, keyNode, inputs, path);
    }
    #input(key, value, keyNode, known, path) {
        const input = known.get(key);
        if (!input) {
            this.#problem(keyNode, `"${key}" in ${path} is not an input.`, (0,_spec_input_js__WEBPACK_IMPORTED_MODULE_2__/* .suggestion */ .h)(key, known.keys()).trim());
        }
        else if (input.secret) {
            this.#problem(keyNode, `"${key}" is a secret and must not stand in a file.`, 'Pass it as an input.');
        }
        else if (key === 'config-file' || key === 'environment' || key === 'model-name') {
            this.#problem(keyNode, `"${key}" chooses what is read from this file and cannot stand in it.`);
        }
        else
            this.#parses(key, value, input);
    }
    #parses(key, value, input) {
        const plain = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(value) ? value.value : value?.toJSON();
        const text = plain === null || plain === undefined ? '' : asText(plain).trim();
        if (text === '')
            return;
        try {
            input.parse(text);
        }
        catch (error) {
            const shown = input.quotable ? `"${text}"` : 'the value';
            this.#problem(value, `${key}: ${shown} ${error.message}`);
        }
    }
    #entries(node, path) {
        if (node === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) && node.value === null))
            return [];
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node)) {
            this.#problem(node, `${path} must be a map of names to values.`);
            return [];
        }
        return node.items.map((pair) => ({
            key: (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) ? String(pair.key.value) : String(pair.key),
            value: pair.value,
            keyNode: pair.key,
        }));
    }
    #problem(node, message, fix) {
        const line = node?.range ? this.#lines.linePos(node.range[0]).line : 1;
        this.problems.push({ where: `${this.#fileName}:${line}`, message, ...(fix ? { fix } : {}) });
    }
}


/***/ })

};
