/** The actions, each run in this process as its step would run it, with stand-ins for what is outside. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run as runGate } from '../../src/actions/approve-gate/run.ts';
import { spec as gateSpec } from '../../src/actions/approve-gate/spec.ts';
import type { ReadCommits } from '../../src/actions/deploy-endpoint/news.ts';
import { run as runDeploy } from '../../src/actions/deploy-endpoint/run.ts';
import { spec as deploySpec } from '../../src/actions/deploy-endpoint/spec.ts';
import { run as runNotify } from '../../src/actions/notify-slack/run.ts';
import { spec as notifySpec } from '../../src/actions/notify-slack/spec.ts';
import { run as runPackage } from '../../src/actions/package-model/run.ts';
import { spec as packageSpec } from '../../src/actions/package-model/spec.ts';
import { run as runSmoke } from '../../src/actions/smoke-test/run.ts';
import { spec as smokeSpec } from '../../src/actions/smoke-test/spec.ts';
import { createGateHost } from '../../src/adapters/github/gate-host.ts';
import { onnxReader } from '../../src/adapters/onnx/reader.ts';
import type { SlackMessage } from '../../src/core/notify/blocks.ts';
import type { Messenger } from '../../src/core/notify/messenger.ts';
import {
  parseInputs,
  type ActionSpec,
  type InputsOf,
  type OutputsOf,
} from '../../src/core/spec/action-spec.ts';
import { createOctokit } from '../../src/runner/octokit.ts';
import { root } from '../lib/paths.ts';
import {
  ENDPOINT,
  ISSUES,
  PEOPLE,
  REGION,
  REPOSITORY,
  STORE,
  type At,
  type Given,
  type StandIns,
} from './stand-ins.ts';

/** What every step has of ml-deploy.yml. */
const ENVIRONMENT: Given = { environment: 'prod' };
const LIVE: Given = { target: 'sagemaker', 'endpoint-name': ENDPOINT };

function inputsOf<S extends ActionSpec>(spec: S, given: Given): InputsOf<S> {
  const all: Given = { ...ENVIRONMENT, ...given };
  const { inputs, problems } = parseInputs(spec, (name) => {
    const text = all[name];
    return text === undefined || text === '' ? null : { text, origin: '' };
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return inputs;
}

const never = (what: string) => () => Promise.reject(new Error(`${what} is not used here.`));

/** @param name of a release of the sample model */
export async function packageModel(name: string, at: At, made: StandIns) {
  const ports = made.ports<OutputsOf<typeof packageSpec>>(at);
  const sample = (path: string) => join('model/releases', name, path);
  const given = {
    'model-path': sample('archive'),
    'reference-path': sample('reference.onnx'),
    destination: STORE,
  };
  await runPackage(inputsOf(packageSpec, given), {
    ...ports,
    context: { ...ports.context, workspace: root },
    unservable: null,
    openSession: made.openSession,
    onnx: onnxReader,
    openStore: made.openStore,
    remote: { list: never('A bucket'), open: never('A bucket') },
    verifySignature: never('A signature'),
    mlflow: { trackingUri: null, token: null, username: null, password: null },
    openMlflow: never('MLflow'),
    registry: { register: never('A registry') },
  });
  const model = await readFile(join(root, sample('archive/model.onnx')));
  await made.serve(ports.outputs['model-data-url'] ?? '', model);
  return ports;
}

export async function deployEndpoint(
  given: Given,
  at: At,
  made: StandIns,
  commits: ReadCommits | null = null,
) {
  const ports = made.ports<OutputsOf<typeof deploySpec>>(at);
  const place = { ...LIVE, ...made.serving, 'aws-region': REGION, 'artifact-store': STORE };
  await runDeploy(inputsOf(deploySpec, { ...place, ...given }), {
    ...ports,
    openStore: made.openStore,
    openUrl: made.openUrl,
    imageDigest: never('A tag'),
    imageLabels: () => Promise.resolve(new Map()),
    keepImage: () => Promise.resolve('needless'),
    modelPackage: never('A model package'),
    commits,
    promoteFrom: null,
    origins: new Map(),
    remember: { began: () => undefined, ended: () => undefined },
    openTarget: () => Promise.resolve(made.target(ports, at)),
  });
  return ports;
}

export async function smokeTest(given: Given, at: At, made: StandIns) {
  const ports = made.ports<OutputsOf<typeof smokeSpec>>(at);
  const cases = join(root, 'model/cases/held-out.json');
  const place = given.subject === 'model' ? { 'artifact-store': STORE } : LIVE;
  const asked = { ...place, cases, 'min-accuracy': '0.95', requests: '40', ...given };
  await runSmoke(inputsOf(smokeSpec, asked), {
    ...ports,
    openTarget: () => Promise.resolve(made.target(ports, at)),
    httpEndpoint: never('A URL'),
    chartLibrary: () => Promise.resolve(''),
    openSession: made.openSession,
    embedWeights: onnxReader.embed,
    openStore: made.openStore,
    openUrl: made.openUrl,
    pollMs: null,
  });
  return ports;
}

/** Asks, and lets all who can approve do so as soon as the gate waits. */
export async function approveGate(given: Given, at: At, made: StandIns) {
  const ports = made.ports<OutputsOf<typeof gateSpec>>(at);
  const { clock, github } = made;
  const asked = {
    approvers: [...PEOPLE.approve, PEOPLE.starts].join(', '),
    'minimum-approvals': String(PEOPLE.approve.length),
    token: github.token,
    ...given,
  };
  const onSleep = clock.onSleep;
  let approving: Promise<void> | null = null;
  clock.onSleep = async (now) => {
    await onSleep(now);
    await (approving ??= approve(github));
  };
  await runGate(inputsOf(gateSpec, asked), {
    ...ports,
    pollMs: null,
    event: () => Promise.resolve(null),
    connect: () =>
      Promise.resolve(
        createGateHost(createOctokit(github.token, github.url), {
          repository: REPOSITORY,
          signal: ports.signal,
          now: () => clock.now(),
        }),
      ),
    remember: { opened: () => undefined, ended: () => undefined },
  });
  clock.onSleep = onSleep;
  return ports;
}

async function approve(github: StandIns['github']): Promise<void> {
  const [issue] = await github.api<{ number: number }[]>('GET', `${ISSUES}?state=open`);
  if (issue === undefined) throw new Error('Nobody asked for an approval.');
  for (const as of PEOPLE.approve) {
    await github.api('POST', `${ISSUES}/${issue.number}/comments`, { as, body: { body: 'Approved' } });
  }
}

/** @returns what Slack was told */
export async function notifySlack(given: Given, at: At, made: StandIns): Promise<SlackMessage> {
  const ports = made.ports<OutputsOf<typeof notifySpec>>(at);
  const told: SlackMessage[] = [];
  const bot: Messenger = {
    post: (message) => {
      told.push(message);
      return Promise.resolve({ ts: '', channel: '', permalink: '' });
    },
    edit: null,
    reply: () => Promise.resolve(),
  };
  const asked = { status: 'success', token: 'xoxb-none', channel: 'releases', ...given };
  await runNotify(inputsOf(notifySpec, asked), {
    ...ports,
    bot: () => Promise.resolve(bot),
    webhook: never('A webhook'),
  });
  const [message] = told;
  if (message === undefined) throw new Error('Slack was told nothing.');
  return message;
}
