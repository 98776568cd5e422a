/** What a path that cannot be read is relative to, and what is there. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pathProblem } from '../../../src/core/missing-path.ts';

async function workspace(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-path-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

async function told(given: string, base: string): Promise<string> {
  const error: unknown = await readFile(given.startsWith('/') ? given : join(base, given)).catch(
    (thrown: unknown) => thrown,
  );
  const { where, message, fix } = await pathProblem('cases', given, base, error);
  return `${where}: ${message}${fix === undefined ? '' : ` ${fix}`}`.replaceAll(base, '<workspace>');
}

it('says what is there', async () => {
  const base = await workspace('README.md', 'model/train.py', '.git/HEAD');
  expect(await told('cases.json', base)).toBe(
    'cases: "cases.json" does not exist. It is relative to <workspace>, which has README.md, model.',
  );
});

it('goes as far as the path does, and finds a name that is near', async () => {
  const base = await workspace('models/churn/cases.json', 'models/churn/model.onnx');
  expect(await told('models/churn/case.json', base)).toBe(
    'cases: "models/churn/case.json" does not exist. It is relative to <workspace>, where models/churn has cases.json, model.onnx. Did you mean "cases.json"?',
  );
  expect(await told('model/churn/cases.json', base)).toBe(
    'cases: "model/churn/cases.json" does not exist. It is relative to <workspace>, which has models. Did you mean "models"?',
  );
  expect(await told('models/churn/cases.json/x', base)).toContain('where models/churn has cases.json');
});

it('shows some names of many', async () => {
  const base = await workspace(...Array.from({ length: 12 }, (_, at) => `f${String(at).padStart(2, '0')}`));
  expect(await told('other.json', base)).toMatch(/which has f00, .*, f09 and 2 more\.$/);
});

it('says that there is nothing at all', async () => {
  expect(await told('models/churn', await workspace())).toBe(
    'cases: "models/churn" does not exist, because the workspace is empty. Run actions/checkout before this step.',
  );
  expect(await told('x', await workspace('.git/HEAD'))).toMatch(
    /relative to <workspace>, which has no files\.$/,
  );
});

it('lists no folder outside of the workspace', async () => {
  const base = await workspace('a');
  expect(await told('../nowhere.json', base)).toBe(
    'cases: "../nowhere.json" does not exist. It is relative to <workspace>.',
  );
  expect(await told(join(base, 'b.json'), base)).toBe(
    'cases: "<workspace>/b.json" does not exist. <workspace> has a.',
  );
  expect(await told('/nowhere/at/all', base)).toBe('cases: "/nowhere/at/all" does not exist.');
});

it('says of a folder that it is one', async () => {
  const base = await workspace('models/a');
  expect(await told('models', base)).toBe('cases: "models" is a folder, not a file.');
});
