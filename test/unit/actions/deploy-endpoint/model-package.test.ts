import { expect, it } from 'vitest';
import { withModelPackage } from '../../../../src/actions/deploy-endpoint/model-package.ts';
import type { Inputs } from '../../../../src/actions/deploy-endpoint/inputs.ts';
import { spec } from '../../../../src/actions/deploy-endpoint/spec.ts';
import type { ModelPackage } from '../../../../src/core/model-registry.ts';
import { parseInputs } from '../../../../src/core/spec/action-spec.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/7';
const PACKAGE: ModelPackage = {
  arn: ARN,
  approval: 'Approved',
  containers: 1,
  url: 's3://models/churn/model.tar.gz',
  image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn@sha256:${'1'.repeat(64)}`,
  environment: new Map([
    ['A', 'package'],
    ['B', 'package'],
  ]),
};

const inputsOf = (given: Record<string, string>): Inputs => {
  const all: Record<string, string> = { target: 'sagemaker', 'endpoint-name': 'churn', ...given };
  return parseInputs(spec, (name) => (all[name] === undefined ? null : { text: all[name], origin: '' }))
    .inputs;
};
const resolve = (given: Record<string, string>, found: Partial<ModelPackage> = {}) =>
  withModelPackage(inputsOf({ sagemaker: `model-package-arn: ${ARN}`, ...given }), {
    ...fakePorts(),
    modelPackage: () => Promise.resolve({ ...PACKAGE, ...found }),
  });

it('gives the archive, the image and the environment of the package', async () => {
  const { modelDataUrl, imageUri, environmentVariables } = await resolve({});
  expect({ modelDataUrl, imageUri }).toEqual({ modelDataUrl: PACKAGE.url, imageUri: PACKAGE.image });
  expect(environmentVariables).toEqual(PACKAGE.environment);
});

it('lets what is given win', async () => {
  const given = { 'image-uri': 'other:1', 'environment-variables': 'B=given' };
  const { imageUri, environmentVariables } = await resolve(given);
  expect(imageUri).toBe('other:1');
  expect([...(environmentVariables ?? [])]).toEqual([
    ['A', 'package'],
    ['B', 'given'],
  ]);
  expect((await resolve({ framework: 'sklearn' })).imageUri).toBeNull();
});

it('leaves the environment to what serves where nobody names one', async () => {
  expect((await resolve({}, { environment: new Map() })).environmentVariables).toBeNull();
});

it.each<[string, Partial<ModelPackage>, RegExp]>([
  [
    'waits for its approval',
    { approval: 'PendingManualApproval' },
    /is PendingManualApproval, and only an Approved/,
  ],
  ['was rejected', { approval: 'Rejected' }, /is Rejected, and only an Approved/],
  ['has two containers', { containers: 2 }, /has 2 containers, and exactly one/],
  ['has no archive', { url: null }, /names no archive/],
])('refuses one that %s', async (_, found, message) => {
  await expect(resolve({}, found)).rejects.toThrow(message);
});

it('asks for none where the command needs none, or the platform has none', async () => {
  const asked = { ...fakePorts(), modelPackage: () => Promise.reject(new Error('must not be asked')) };
  const others: Record<string, string>[] = [
    { command: 'rollback' },
    { command: 'reap' },
    { target: 'local' },
  ];
  for (const more of others) {
    const inputs = inputsOf({ sagemaker: `model-package-arn: ${ARN}`, ...more });
    expect(await withModelPackage(inputs, asked)).toBe(inputs);
  }
});
