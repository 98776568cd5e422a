import { describe, expect, test } from 'vitest';
import { request } from '../../../../src/actions/resolve/request.ts';
import type { ResolvePorts, WorkflowHost } from '../../../../src/actions/resolve/ports.ts';
import { spec } from '../../../../src/actions/resolve/spec.ts';
import { specs } from '../../../../src/actions/specs.ts';
import type { Deployment } from '../../../../src/core/approval/deployment-host.ts';
import { PAYLOAD_SCHEMA, type RequestPayload } from '../../../../src/documents/request-payload.ts';
import { TASK } from '../../../../src/core/approval/request-payload.ts';
import { parseConfig } from '../../../../src/core/config/config-file.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { fakePlan } from '../../../fakes/plan.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const MODELS = `
defaults: { target: local }
models:
  churn: { environments: { prod: { endpoint-name: churn } } }
  fraud: { environments: { prod: { endpoint-name: fraud } } }
`;

function deployment(payload: Partial<RequestPayload> = {}, creator = 'github-actions[bot]'): Deployment {
  const plan = fakePlan();
  const whole: RequestPayload = {
    schema: PAYLOAD_SCHEMA,
    repository: 'acme/churn',
    environment: 'prod',
    issue: 7,
    comment: 8,
    plan,
    evidence: null,
    initiators: ['olga'],
    title: 'Approve churn',
    bodyDigest: 'b'.repeat(64),
    accounts: {},
    runUrl: '',
    commit: plan.commit,
    remindAt: null,
    expiresAt: '2026-01-09T00:00:00.000Z',
    ...payload,
  };
  const { environment, commit } = whole;
  return {
    id: 1,
    task: TASK,
    environment,
    commit,
    creator,
    createdAt: '2026-01-02T00:00:00Z',
    payload: whole,
  };
}

const SAMPLE = 'https://x/ml-deploy.yml';

function setUp(
  deployments: readonly Deployment[],
  file: string | null = MODELS,
  given: Record<string, string> = {},
  event: Awaited<ReturnType<ResolvePorts['event']>> = { issue: 7, isPullRequest: false },
) {
  const { inputs } = parseInputs(spec, (name) => {
    const text = given[name];
    return text === undefined ? null : { text, origin: '' };
  });
  const ports = fakePorts<OutputsOf<typeof spec>>();
  const unused = () => Promise.reject(new Error('is not asked'));
  const host: WorkflowHost = {
    deployments: () => Promise.resolve(deployments),
    pullRequests: unused,
    comments: unused,
    addComment: unused,
    changeComment: unused,
  };
  const go = () =>
    request(inputs, {
      ...ports,
      readConfig: async () => (file === null ? null : parseConfig(file, 'ml-deploy.yml', specs)),
      sampleUrl: SAMPLE,
      openStore: unused,
      connect: () => Promise.resolve(host),
      event: () => Promise.resolve(event),
      finishedRun: () => Promise.resolve(null),
    });
  return { ports, go };
}

describe('request', () => {
  test('finds environment and model by the endpoint of the Deployment', async () => {
    const { ports, go } = setUp([deployment()]);
    await go();
    expect(ports.outputs).toEqual({ environment: 'prod', 'model-name': 'churn' });
  });

  test('needs no models', async () => {
    const file = 'environments: { prod: { target: local, endpoint-name: churn } }';
    const { ports, go } = setUp([deployment()], file);
    await go();
    expect(ports.outputs).toEqual({ environment: 'prod', 'model-name': '' });
  });

  test('another issue, and a comment on a pull request, are about no request', async () => {
    for (const { ports, go } of [
      setUp([deployment({ issue: 9 })]),
      setUp([deployment()], MODELS, {}, { issue: 7, isPullRequest: true }),
    ]) {
      await go();
      expect(ports.outputs).toEqual({ environment: '', 'model-name': '' });
    }
  });

  test.each([
    ['another account', [deployment({}, 'mallory')], MODELS, {}, /made by mallory, not by github-actions/],
    ['two that claim the issue', [deployment(), { ...deployment(), id: 2 }], MODELS, {}, /not believed/],
    [
      'an endpoint that the file does not have',
      [deployment()],
      MODELS.replace('endpoint-name: churn', 'endpoint-name: other'),
      {},
      /has no model with the endpoint churn of target local in prod/,
    ],
    [
      'no file',
      [deployment()],
      null,
      {},
      /There is no ml-deploy\.yml, which says who can approve\. Add one to the top of the repository, such as https:\/\/x\/ml-deploy\.yml\.$/,
    ],
  ])('%s is refused in words', async (_, deployments, file, given, message) => {
    await expect(setUp(deployments, file, given).go()).rejects.toThrow(message);
  });

  test('the account can be another one', async () => {
    const { ports, go } = setUp([deployment({}, 'deploy-bot')], MODELS, { account: 'deploy-bot' });
    await go();
    expect(ports.outputs.environment).toBe('prod');
  });

  test('a run that no comment started is refused', async () => {
    await expect(setUp([], MODELS, {}, null).go()).rejects.toThrow(/not started by a comment/);
  });
});
