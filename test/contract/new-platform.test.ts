/** CONTRIBUTING.md, "Add a target", followed for a platform that was laid out a minute ago: what it touches, what the compiler says of it, and that nobody can deploy to it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { makeArchive } from '../fakes/archive.ts';
import type { ReachCase, Reached } from './reach-recorder.ts';

const RECORD = 'src/platforms/demo/platform.ts';
const TARGET = 'src/platforms/demo/open.ts';
const TABLE = 'src/platforms/table.ts';
let tree: string;
let laidOut: string[];
/** Read once: what the compiler and the lint rules say is asked of the same one. */
let program: ts.Program;

beforeAll(() => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'ml-deploy-new-platform-')));
  const files = git(root, 'ls-files', '-co', '--exclude-standard', ...COPIED);
  for (const file of files) cpSync(join(root, file), join(tree, file));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  git(tree, 'init', '-q');
  git(tree, 'add', '-A');
  node('scripts/new-platform/main.ts', 'demo');
  laidOut = [...git(tree, 'diff', '--name-only'), ...git(tree, 'ls-files', '-o', '--exclude-standard')];
  const { fileNames, options } = settingsFor(['src', 'test/unit/platforms/demo']);
  program = ts.createProgram(fileNames, options, ts.createCompilerHost(options, true));
});
afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
  // The worker goes on with other files, and need not keep hundreds of MB for them.
  program = ts.createProgram([], { noLib: true });
});

/** All but what is built, and what nothing of this reads. */
const COPIED = [
  '.',
  ...['dist', 'model', 'terraform/examples', 'docs/pictures'].map((path) => `:!${path}`),
  ...['bench', 'conformance', 'deployment', 'e2e', 'faults', 'golden'].map((path) => `:!test/${path}`),
];

function settingsFor(include: readonly string[]): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(join(tree, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')) as {
    config: object;
  };
  return ts.parseJsonConfigFileContent({ ...config, include }, ts.sys, tree, { noEmit: true });
}

function git(cwd: string, ...args: string[]): string[] {
  const said = execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return said.split('\n').filter((line) => line !== '');
}

function node(...args: string[]) {
  return spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
}

const own = (file: string) => file.includes('/platforms/demo/');
const read = (file: string) => readFileSync(join(tree, file), 'utf8');

test('names one file outside of its folders: the table', () => {
  expect(laidOut.filter((file) => !own(file))).toEqual(['src/platforms/table.ts']);
  expect(laidOut.filter(own).sort()).toEqual([
    TARGET,
    RECORD,
    'test/unit/platforms/demo/bed.ts',
    'test/unit/platforms/demo/demo-target.test.ts',
  ]);
});

test('compiles, with everything that reads the table', () => {
  const compiled = readersOf(join(tree, TABLE));
  expect(compiled.map((file) => file.fileName.slice(tree.length + 1))).toEqual(
    expect.arrayContaining(['src/wiring/open-platform.ts', 'src/actions/deploy-endpoint/main.ts']),
  );
  const files = [...compiled, ...laidOut.map((file) => program.getSourceFile(join(tree, file)))];
  const found = files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  expect([...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...found].map(said)).toEqual(
    [],
  );
});

/** A file, with every file that imports it, or one that does. */
function readersOf(path: string): ts.SourceFile[] {
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${tree}/src/`));
  const found = new Set([path]);
  const { length } = own;
  for (let before = 0; before !== found.size && found.size <= length;) {
    before = found.size;
    for (const file of own) if (importsOf(file).some((name) => found.has(name))) found.add(file.fileName);
  }
  return own.filter(({ fileName }) => found.has(fileName));
}

function importsOf(file: ts.SourceFile): string[] {
  return ts
    .preProcessFile(file.text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(file.fileName, '..', fileName));
}

const said = ({ messageText }: ts.Diagnostic) => ts.flattenDiagnosticMessageText(messageText, ' ');

test('keeps to the lint rules and to the format', async () => {
  const parserOptions = { projectService: false, programs: [program] };
  const eslint = new ESLint({ cwd: tree, overrideConfig: { languageOptions: { parserOptions } } });
  const results = await eslint.lintFiles(laidOut);
  expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  for (const file of laidOut) {
    const options = { ...(await prettier.resolveConfig(join(root, 'package.json'))), filepath: file };
    expect(await prettier.check(read(file), options), file).toBe(true);
  }
});

test('changes nothing that is generated, since no action offers it yet', () => {
  expect(node('scripts/check.ts')).toMatchObject({ status: 0 });
});

test('fails the shared suite, and that for want of its operations alone', () => {
  const report = join(tree, 'suite.json');
  const args = ['run', 'test/unit/platforms/demo', '--reporter=json', `--outputFile=${report}`];
  expect(node('node_modules/vitest/vitest.mjs', ...args).status).toBe(1);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; failureMessages: string[]; fullName: string }[] }[];
  };
  rmSync(report);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(tests.length).toBeGreaterThan(30);
  for (const { status, failureMessages, fullName } of tests) {
    expect(status, fullName).toBe('failed');
    expect(failureMessages.join(), fullName).toMatch(/target: demo has no "|to be instance of UserError/);
  }
});

test.each(['Demo', '../x', 'a b', '', 'generic', 'local'])(
  'a name that cannot be used changes nothing: "%s"',
  (name) => {
    const before = git(tree, 'status', '--porcelain');
    const { status, stderr } = node('scripts/new-platform/main.ts', name);
    expect(status).toBe(2);
    expect(stderr).toMatch(/Use /);
    expect(git(tree, 'status', '--porcelain')).toEqual(before);
  },
);

describe('each part that the record leaves out', () => {
  test('is a compile error', () => {
    const source = read(RECORD);
    const parts = partsOf(source);
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['name', 'cloud', 'login', 'inputs', 'image', 'archive', 'traits', 'open']),
    );
    const compile = compiler(join(tree, RECORD));
    expect(compile(source)).toEqual([]);
    for (const { name, text } of parts) {
      expect(compile(source.replace(text, '')).join(), name).toMatch(
        /does not satisfy the expected type|missing/,
      );
    }
  });

  test('so is a record under the name of another', () => {
    expect(compiler(join(tree, RECORD))(read(RECORD).replace("name: 'demo'", "name: 'local'"))).not.toEqual(
      [],
    );
  });
});

/** The members of the record, and those of its parts, each with its text. */
function partsOf(source: string): { name: string; text: string }[] {
  const file = ts.createSourceFile('platform.ts', source, ts.ScriptTarget.Latest, true);
  const parts: { name: string; text: string }[] = [];
  const visit = (node: ts.Node, path: string) => {
    if (ts.isPropertyAssignment(node)) {
      const name = `${path}${node.name.getText()}`;
      parts.push({ name, text: `${node.getText()},` });
      if (ts.isObjectLiteralExpression(node.initializer)) {
        for (const inner of node.initializer.properties) {
          if (ts.isPropertyAssignment(inner)) {
            const text = source.slice(inner.getStart(), inner.end + (source[inner.end] === ',' ? 1 : 0));
            parts.push({ name: `${name}.${inner.name.getText()}`, text });
          }
        }
      }
      return;
    }
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(file, '');
  return parts;
}

/** Compiles one file again and again, each time with another text. */
function compiler(path: string): (text: string) => string[] {
  const { options } = settingsFor([]);
  const host = ts.createCompilerHost(options);
  let last = program;
  return (text) => {
    host.getSourceFile = (name, language) =>
      name === path ? ts.createSourceFile(name, text, language) : last.getSourceFile(name);
    last = ts.createProgram([path], options, host, last);
    return last.getSemanticDiagnostics(last.getSourceFile(path)).map(said);
  };
}

const COMMANDS = ['plan', 'deploy', 'stage', 'promote', 'discard', 'rollback', 'teardown', 'reap'];
const AWS = { 'aws-region': 'eu-central-1' };

/** Every action and every command that can be told a target. */
function casesFor(target: string): Omit<ReachCase, 'workspace'>[] {
  const endpoint = { target, 'endpoint-name': 'churn' };
  const cases = { reference: 'none', cases: 'cases.json' };
  const model = { 'model-data-url': 'model.tar.gz', confirm: 'churn' };
  const deploy = COMMANDS.map((command) => {
    const more =
      command === 'teardown'
        ? { confirm: 'churn' }
        : command === 'rollback' || command === 'reap'
          ? {}
          : model;
    return {
      title: command,
      entry: 'deployEndpoint' as const,
      inputs: { command, ...endpoint, ...more, ...AWS },
    };
  });
  const left = { command: 'deploy', target, endpoint: 'churn', region: null, version: null, candidate: null };
  return [
    ...deploy,
    { title: 'post', entry: 'deployEndpointPost', inputs: {}, state: { left: JSON.stringify(left) } },
    { title: 'smoke', entry: 'smokeTest', inputs: { ...endpoint, ...AWS, ...cases } },
    {
      title: 'smoke with rollback',
      entry: 'smokeTest',
      inputs: { ...endpoint, ...AWS, ...cases, 'rollback-on-failure': 'true' },
    },
    {
      title: 'push',
      entry: 'pushImage',
      inputs: { 'for-target': target, repository: 'churn', context: '.', ...AWS },
    },
    { title: 'package', entry: 'packageModel', inputs: { 'model-path': 'model.tar.gz', target } },
    { title: 'approve', entry: 'approveGate', inputs: { mode: 'request', target } },
    { title: 'notify', entry: 'notifySlack', inputs: { status: 'success', target } },
    { title: 'settings', entry: 'resolve', inputs: { command: 'settings', environment: 'dev' } },
  ];
}

describe('an unknown or half-made platform is told so, and no action reaches anything', () => {
  let work: string;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'ml-deploy-reach-'));
    const { bytes } = await makeArchive({ 'model.onnx': 'a model' });
    for (const target of ['nowhere', 'demo']) {
      mkdirSync(join(work, target));
      const write = (name: string, text: string | Uint8Array) =>
        writeFileSync(join(work, target, name), text);
      write('Dockerfile', 'FROM scratch\n');
      write('cases.json', '{"instances": [[1, 2]]}');
      write('model.tar.gz', bytes);
      const levels = [`  dev:`, `    target: ${target}`, '    endpoint-name: churn'];
      write('ml-deploy.yml', ['environments:', ...levels, ''].join('\n'));
    }
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const casesIn = (target: string): ReachCase[] =>
    casesFor(target).map((one) => ({ ...one, workspace: join(work, target) }));

  function reach(cases: readonly ReachCase[]): Reached[] {
    const { stdout, stderr } = spawnSync(process.execPath, [join(tree, 'test/contract/reach-recorder.ts')], {
      cwd: work,
      encoding: 'utf8',
      input: JSON.stringify(cases),
      env: {
        PATH: process.env.PATH,
        HOME: work,
        RUNNER_TEMP: work,
        GITHUB_REPOSITORY: 'acme/churn',
        GITHUB_TOKEN: 'a-token',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
      },
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Reached[];
  }

  function expectNothing(found: readonly Reached[], saying: (title: string) => RegExp): void {
    expect(found).toHaveLength(casesFor('').length);
    for (const { title, failed, log, reached } of found) {
      expect(reached, `${title}: ${log}`).toEqual([]);
      // A post step fails nothing, and settings are read of any platform that is offered.
      if (title === 'post' || (title === 'settings' && !failed)) continue;
      expect(failed, `${title}: ${log}`).toBe(true);
      expect(log, title).toMatch(saying(title));
    }
  }

  const UNKNOWN = /" must be one of|target: is not an input of/;

  test('one that there is not, and one that was laid out and is not offered', () => {
    const inputs = { command: 'rollback', target: 'sagemaker', 'endpoint-name': 'churn', ...AWS };
    const found = reach([
      ...casesIn('nowhere'),
      ...casesIn('demo'),
      // Last: what it reaches, it may try again later.
      { title: 'known', entry: 'deployEndpoint', inputs, workspace: work },
    ]);
    // Else it may be the recorder that sees nothing.
    expect(found.pop()?.reached).toContain('api.sagemaker.eu-central-1.amazonaws.com:443');
    const each = casesFor('').length;
    expectNothing(found.slice(0, each), () => UNKNOWN);
    expectNothing(found.slice(each), () => UNKNOWN);
  });

  describe('one that is offered too early', () => {
    const edit = (file: string, from: string, to: string) => {
      expect(read(file)).toContain(from);
      writeFileSync(join(tree, file), read(file).replace(from, to));
    };
    const WITHOUT_PLATFORM = ['push', 'package', 'approve', 'notify'];
    const saying = (said: RegExp) => (title: string) => (WITHOUT_PLATFORM.includes(title) ? UNKNOWN : said);
    beforeAll(() => edit(RECORD, 'offered: false', 'offered: true'));
    afterAll(() => edit(RECORD, 'offered: true', 'offered: false'));

    test('without its operations', () => {
      expectNothing(reach(casesIn('demo')), saying(/target: demo has no "/));
    });

    test('that cannot even be opened', () => {
      edit(
        TARGET,
        '  return {\n',
        "  if (_wishes.timeoutMs > 0) throw new Error('demo cannot be opened.');\n  return {\n",
      );
      expectNothing(reach(casesIn('demo')), saying(/demo cannot be opened/));
    });
  });
});
