/** A wrong ml-deploy.yml: an action refuses it, but for the one that tells people what failed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spec as deployEndpoint } from '../../../src/actions/deploy-endpoint/spec.ts';
import { spec as notifySlack } from '../../../src/actions/notify-slack/spec.ts';
import { spec as packageModel } from '../../../src/actions/package-model/spec.ts';
import { specs } from '../../../src/actions/specs.ts';
import { UserError } from '../../../src/core/errors.ts';
import { Redactor } from '../../../src/core/redaction/redactor.ts';
import type { ActionSpec } from '../../../src/core/spec/action-spec.ts';
import { readInputs } from '../../../src/runner/inputs.ts';
import { fakeContext } from '../../fakes/ports.ts';

let workspace = '';
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'ml-deploy-inputs-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(workspace, { recursive: true });
});

async function read(spec: ActionSpec, file: string | null, given: Record<string, string>) {
  if (file !== null) await writeFile(join(workspace, 'ml-deploy.yml'), file);
  for (const [name, value] of Object.entries(given)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  return readInputs(spec, { ...fakeContext, workspace }, () => Promise.resolve(specs), new Redactor());
}

const SLIP = 'defaults: { title: From the file }\nenvironments:\n  dev:\n    channel: C7\n    model-pth: x\n';
const SAID = 'ml-deploy.yml:5: "model-pth" in environments.dev is not an input. Did you mean "model-path"?';

test('notify-slack takes what can be read of it, and warns', async () => {
  const { inputs, warnings } = await read(notifySlack, SLIP, { status: 'failure', environment: 'dev' });
  expect(inputs).toMatchObject({ status: 'failure', channel: 'C7', title: 'From the file' });
  expect(warnings).toEqual([SAID]);
});

test.each<[string, string | null, Record<string, string>, RegExp]>([
  ['no YAML', 'defaults: [\n', {}, /^ml-deploy\.yml:\d+: /],
  [
    'a file that is not there',
    null,
    { 'config-file': 'other.yml' },
    /^config-file: "other\.yml" does not exist/,
  ],
  [
    'an environment that it does not have',
    'environments: { prod: {} }\n',
    { environment: 'prdo' },
    /^environment: "prdo" is not in/,
  ],
])('notify-slack works with %s', async (_, file, given, said) => {
  const { inputs, warnings } = await read(notifySlack, file, { status: 'failure', ...given });
  expect(inputs).toMatchObject({ status: 'failure' });
  expect(warnings).toEqual([expect.stringMatching(said)]);
});

test('its own inputs are refused all the same, together with the file', async () => {
  const error: unknown = await read(notifySlack, SLIP, { status: 'fine' }).catch((thrown: unknown) => thrown);
  expect((error as UserError).problems.map(({ where }) => where)).toEqual(['ml-deploy.yml:5', 'status']);
});

test('package-model leaves what does not go together to the actions that are about it', async () => {
  const file = 'environments:\n  dev:\n    approval: wait\n    destination: s3://acme/models\n';
  const { inputs, warnings } = await read(packageModel, file, { 'model-path': 'm', environment: 'dev' });
  expect(inputs).toMatchObject({ modelPath: 'm', destination: 's3://acme/models' });
  expect(warnings).toEqual(['ml-deploy.yml:3: approval: "wait" needs approvers.']);
  await expect(read(deployEndpoint, file, { environment: 'dev' })).rejects.toThrow(warnings[0]);
});

test('package-model refuses the file: what is misspelt there could be the key or the store of the model', async () => {
  await expect(read(packageModel, SLIP, { 'model-path': 'm', environment: 'dev' })).rejects.toThrow(SAID);
});
