/**
 * What main.ts and src/wiring take from outside goes through core/redaction: whoever adds an adapter and forgets it is
 * told here. What is called without it is named below, with the reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';

const OUTSIDE = /\/(adapters|stores|platforms|clouds)\//;
const CLEANERS = new Set(['outside', 'outsideInvoker', 'outsideTarget']);

/** Functions that ask nobody, or whose answer goes into something that is cleaned as a whole. */
const NEEDLESS: Readonly<Record<string, string>> = {
  readChartLibrary: 'reads a file of the bundle',
  createSessionOpener: 'its result is cleaned where it is used',
  credentialFinder: 'handed to createRegistry, which is cleaned; a login must not be changed',
  currentCredentials: 'handed to the endpoint, which is cleaned; credentials must not be changed',
  signWith: 'takes a provider',
  renewedCredentials: 'its errors stay inside; what it gives are credentials, which must not be changed',
  createSigner: 'handed to the endpoint, which is cleaned',
  createGateHost: 'cleaned where it is returned',
  createPullRequestHost: 'cleaned where it is returned',
  openRemote: 'cleaned as the port remote',
  gateComment: 'pure: reads the comment of the event',
  platformOf: 'a table; what it opens is looked at below',
  groupOf: 'picks one of the inputs',
  parseEcrHost: 'takes a host name apart',
  mayNeverEnd: 'looks at bytes',
  readWasmAhead: 'gives nothing, and leaves what is wrong to what opens a model',
};

const files = [
  ...readdirSync(join(root, 'src/actions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/actions/${name}/main.ts`),
  ...readdirSync(join(root, 'src/wiring')).map((name) => `src/wiring/${name}`),
];

interface Call {
  readonly name: string;
  readonly cleaned: boolean;
}

/** Calls of functions that are imported from outside, in an `import` or in an `await import(...)`. */
function callsOf(source: string): Call[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const imported = new Set<string>();
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) addImport(node, imported);
    if (ts.isVariableDeclaration(node) && node.initializer) addDynamic(node.name, node.initializer, imported);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const name = node.expression.text;
      if (imported.has(name)) calls.push({ name, cleaned: isCleaned(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

function addImport(node: ts.ImportDeclaration, imported: Set<string>): void {
  const bindings = node.importClause?.namedBindings;
  if (/^import type\b/.test(node.getText()) || !OUTSIDE.test(node.moduleSpecifier.getText())) return;
  if (bindings && ts.isNamedImports(bindings))
    for (const { name } of bindings.elements) imported.add(name.text);
}

/** `const { a } = await import('…')`, and `const [{ a }, { b }] = await Promise.all([import('…'), import('…')])`. */
function addDynamic(name: ts.BindingName, value: ts.Expression, imported: Set<string>): void {
  const paths = [...value.getText().matchAll(/\bimport\(\s*'([^']+)'/g)].map(([, path = '']) => path);
  const patterns = ts.isArrayBindingPattern(name)
    ? name.elements.map((element) => (ts.isBindingElement(element) ? element.name : null))
    : [name];
  patterns.forEach((pattern, at) => {
    if (!pattern || !ts.isObjectBindingPattern(pattern) || !OUTSIDE.test(paths[at] ?? '')) return;
    for (const element of pattern.elements) imported.add(element.name.getText());
  });
}

function isCleaned(node: ts.Node): boolean {
  for (let above = node.parent as ts.Node | undefined; above; above = above.parent) {
    if (ts.isCallExpression(above) && CLEANERS.has(above.expression.getText())) return true;
  }
  return false;
}

const uncleaned = (source: string): string[] =>
  callsOf(source)
    .filter(({ name, cleaned }) => !cleaned && !(name in NEEDLESS))
    .map(({ name }) => name);

describe('what is wired from outside is cleaned', () => {
  it.each(files)('in %s', (file) => {
    expect(uncleaned(readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });

  it('so are targets, which are opened at one place', () => {
    const opening = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('.open(wishes'));
    expect(opening).toEqual(['src/wiring/open-platform.ts']);
    expect(readFileSync(join(root, opening[0] ?? ''), 'utf8')).toMatch(
      /const target = await platformOf\(name\)\.open\(.*\);\n\s*return outsideTarget\(target, /,
    );
  });

  it('and no reason is left over', () => {
    const called = new Set(
      files.flatMap((file) => callsOf(readFileSync(join(root, file), 'utf8'))).map((c) => c.name),
    );
    expect(Object.keys(NEEDLESS).filter((name) => !called.has(name))).toEqual([]);
  });

  it('which a new adapter that forgets it breaks', () => {
    const line = "const { createNew } = await import('../../adapters/new/new.ts');";
    expect(uncleaned(`${line} run(createNew({}));`)).toEqual(['createNew']);
    expect(uncleaned(`${line} run(outside(createNew({}), redactor));`)).toEqual([]);
    const two =
      "const [{ a }, { b }] = await Promise.all([import('../core/a.ts'), import('../stores/b.ts')]);";
    expect(uncleaned(`${two} a(); b();`)).toEqual(['b']);
    expect(uncleaned("import { c } from '../adapters/c.ts'; c();")).toEqual(['c']);
  });
});
