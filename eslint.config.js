// Type-aware lint, and the directions in which the layers may depend on each other (docs/architecture.md).
import { readdirSync } from 'node:fs';
import eslint from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const ACTIONS = [
  'package-model',
  'push-image',
  'deploy-endpoint',
  'smoke-test',
  'approve-gate',
  'notify-slack',
  'resolve',
];
const OUTSIDE_CORE = [
  'runner',
  'inputs',
  'clouds',
  'deployment',
  'platforms',
  'stores',
  'adapters',
  'wiring',
  'actions',
];

/** The folders of src/platforms: a platform's name is its folder's. */
const PLATFORMS = readdirSync(new URL('src/platforms', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A zone of import-x/no-restricted-paths: files in `target` must not import from `from`. */
const never = (target, from, message) => ({ target: `./src/${target}`, from: `./src/${from}`, message });

const zones = [
  ...OUTSIDE_CORE.flatMap((layer) => [
    never('core', layer, 'core imports nothing of ours but documents.'),
    never('documents', layer, 'documents import core only.'),
  ]),
  ...['platforms', 'stores', 'adapters'].flatMap((layer) =>
    ['runner', 'actions', 'platforms', 'stores', 'adapters', 'wiring']
      .filter((other) => other !== layer)
      .map((other) => never(layer, other, `${layer} import core and clouds only.`)),
  ),
  ...['clouds', 'deployment'].flatMap((layer) =>
    OUTSIDE_CORE.filter((other) => other !== layer).map((other) =>
      never(layer, other, `${layer} imports core only.`),
    ),
  ),
  ...['stores', 'adapters'].map((layer) => never(layer, 'deployment', `${layer} decide nothing.`)),
  ...OUTSIDE_CORE.filter((layer) => layer !== 'runner').map((layer) =>
    never('runner', layer, 'runner imports core only.'),
  ),
  ...OUTSIDE_CORE.filter((layer) => layer !== 'inputs').map((layer) =>
    never('inputs', layer, 'inputs import core only.'),
  ),
  ...['stores', 'adapters'].map((layer) =>
    never(layer, 'inputs', 'Rules about inputs are for actions and platforms.'),
  ),
  never('wiring', 'actions', 'wiring knows no action.'),
  ...PLATFORMS.map((platform) => ({
    target: `./src/platforms/${platform}`,
    from: './src/platforms',
    except: [`./${platform}`],
    message: 'No platform imports another, or the table.',
  })),
  ...ACTIONS.map((action) => ({
    target: `./src/actions/${action}`,
    from: './src/actions',
    except: [`./${action}`],
    message: 'No action imports another.',
  })),
  ...['actions', 'wiring'].map((layer) => ({
    target: `./src/${layer}`,
    from: './src/platforms/*/**/*',
    message: 'A platform is asked, and opened, by its record in the table.',
  })),
  ...ACTIONS.flatMap((action) =>
    ['runner/**/*', 'clouds/**/*', 'stores/**/*', 'adapters/**/*', 'wiring/**/*'].map((files) => ({
      // main.ts is the wiring; everything else of an action knows core, and the records of the platforms.
      target: `./src/actions/${action}/!(main).ts`,
      from: `./src/${files}`,
      message: 'run.ts gets what it needs as ports; main.ts wires them.',
    })),
  ),
];

const RUNNER_ONLY = {
  patterns: [{ regex: '^@actions/', message: 'Only src/runner talks to @actions/*.' }],
};

const ACTIONS_PACKAGES = {
  selector: 'ImportExpression[source.value=/^@actions\\u002F/]',
  message: 'Only src/runner talks to @actions/*.',
};

/** An `if` for one platform forgets all others; an `else` would mean one of them. */
const A_NAME = `Literal[value=/^(${PLATFORMS.join('|')})$/]`;
const PLATFORM_NAMES = [
  `BinaryExpression[operator=/^[!=]==?$/] > ${A_NAME}`,
  `SwitchCase > ${A_NAME}.test`,
  `MemberExpression[property.name=/^(includes|indexOf|some)$/] > ArrayExpression > ${A_NAME}`,
  `CallExpression[callee.property.name=/^(includes|indexOf|has|startsWith|endsWith)$/] > ${A_NAME}`,
  `MemberExpression[computed=true] > ObjectExpression > Property[key.name=/^(${PLATFORMS.join('|')})$/]`,
  `TSLiteralType > ${A_NAME}`,
].map((selector) => ({
  selector,
  message: 'Ask the record of the platform (src/platforms/table.ts), not its name.',
}));

export default tseslint.config(
  { ignores: ['dist/**', 'build/**', 'coverage/**', 'model/**', 'node_modules/**', '**/.ml-deploy/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': ['error', RUNNER_ONLY],
      'no-restricted-syntax': ['error', ACTIONS_PACKAGES, ...PLATFORM_NAMES],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/runner reads the environment.' },
      ],
      complexity: ['error', 15],
      'max-lines': ['error', 320],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/platforms/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ACTIONS_PACKAGES] },
  },
  {
    files: ['src/runner/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', ...PLATFORM_NAMES],
      'no-restricted-properties': 'off',
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
);
