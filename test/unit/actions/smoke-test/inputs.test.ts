import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import { LIVE, makeScene, ROWS } from './scene.ts';

const NOTHING_MAY_BE_CALLED = {
  openTarget: async (): Promise<never> => {
    throw new Error('A target was opened before the inputs were checked.');
  },
  httpEndpoint: (): never => {
    throw new Error('An endpoint was opened before the inputs were checked.');
  },
};

async function problemsOf(inputs: Record<string, string>, prepare?: (folder: string) => Promise<void>) {
  const scene = await makeScene();
  await prepare?.(scene.folder);
  const error = await scene.run(inputs, NOTHING_MAY_BE_CALLED).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw error;
  expect(scene.ports.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false', 'report-json': '' });
  return error.problems.map(({ where, message }) => `${where}: ${message}`);
}

const URL_INPUTS = {
  'endpoint-url': 'http://127.0.0.1:9/',
  'model-path': 'reference.onnx',
  cases: 'cases.json',
};

describe('the inputs', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'neither endpoint',
      { reference: 'none', cases: 'cases.json' },
      /^endpoint-name: is missing, and so is endpoint-url/,
    ],
    ['both endpoints', { ...LIVE, 'endpoint-url': 'http://h/' }, /"churn" and endpoint-url are both set/],
    ['no target', { ...LIVE, target: '' }, /^target: is needed for endpoint-name "churn"/],
    [
      'rollback of a URL',
      { ...URL_INPUTS, 'rollback-on-failure': 'true' },
      /^rollback-on-failure: cannot be used with endpoint-url/,
    ],
    [
      'candidate of a URL',
      { ...URL_INPUTS, 'candidate-name': 'c' },
      /^candidate-name: cannot be used with endpoint-url/,
    ],
    [
      'rollback of a candidate',
      { ...LIVE, 'candidate-name': 'c', 'rollback-on-failure': 'true' },
      /a candidate has no traffic/,
    ],
    [
      'a password in the URL',
      { ...URL_INPUTS, 'endpoint-url': 'http://me:secret@h/' },
      /^endpoint-url: contains a user name or a password/,
    ],
    ['no URL', { ...URL_INPUTS, 'endpoint-url': 'http://h:99999999/' }, /^endpoint-url: is not a valid URL/],
    [
      'no reference for a URL',
      { ...URL_INPUTS, 'model-path': '' },
      /^model-path: is missing: a URL has no release/,
    ],
    [
      'a model that is not used',
      { ...LIVE, reference: 'none' },
      /^model-path: "reference.onnx" is not used with reference: none/,
    ],
    ['live against live', { ...LIVE, 'model-path': '', reference: 'endpoint' }, /candidate-name is missing/],
    [
      'nothing to send',
      { ...LIVE, 'model-path': '', cases: '', reference: 'none' },
      /^cases: is required with reference: none/,
    ],
    [
      'nothing recorded',
      { ...LIVE, 'model-path': '', reference: 'recorded' },
      /^cases: cases.json has no recorded expectations/,
    ],
    [
      'a map for nothing',
      { ...LIVE, 'model-path': '', reference: 'none', 'output-map': 'a=b' },
      /^output-map: is not used/,
    ],
    ['no such cases', { ...LIVE, cases: 'none.json' }, /^cases: "none.json" does not exist/],
    ['a folder of cases', { ...LIVE, cases: 'folder' }, /^cases: "folder" is a folder/],
    ['no such model', { ...LIVE, 'model-path': 'none.onnx' }, /^model-path: "none.onnx" does not exist/],
    [
      'accuracy without cases',
      { ...LIVE, cases: '', 'min-accuracy': '0.9' },
      /^min-accuracy: of 0.9 needs cases/,
    ],
    [
      'accuracy without labels',
      { ...LIVE, cases: 'unlabelled.json', 'min-accuracy': '0.9' },
      /^min-accuracy: of 0.9 needs true labels, but unlabelled.json has none/,
    ],
    ['broken cases', { ...LIVE, cases: 'broken.json' }, /^cases \(broken.json\): is not JSON/],
  ])('names %s', async (_name, inputs, expected) => {
    const problems = await problemsOf(inputs, async (folder) => {
      await mkdir(join(folder, 'folder'));
      await writeFile(join(folder, 'unlabelled.json'), JSON.stringify(ROWS));
      await writeFile(join(folder, 'broken.json'), '{"instances": [');
    });
    expect(problems).toEqual([expect.stringMatching(expected)]);
  });

  it('are all checked at once', async () => {
    const problems = await problemsOf({
      target: 'local',
      'candidate-name': 'c',
      'rollback-on-failure': 'true',
      'model-path': 'none.onnx',
      cases: 'none.json',
    });
    expect(problems).toHaveLength(4);
  });
});
