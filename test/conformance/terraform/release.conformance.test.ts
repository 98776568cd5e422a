/** Releases through terraform/release: by the built action, by terraform itself, on the fake of AWS. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import { AwsError } from '../../fakes/aws/errors.ts';
import { ENDPOINT, startReleaseBed, type ReleaseBed } from './release-bed.ts';
import { terraform } from './terraform-bed.ts';

const NOTHING = 0;
let bed: ReleaseBed;

function ok(run: ActionRun): ActionRun {
  expect(run.exitCode, run.log).toBe(0);
  return run;
}

const root = (name: string, hcl: string) => writeFileSync(join(bed.directory, name), hcl);
const describeLive = () => new SageMaker(bed.aws.client).describeEndpoint({ EndpointName: ENDPOINT });
const plain = () =>
  bed.terraform('plan', '-input=false', '-no-color', '-detailed-exitcode', '-var-file=dev.tfvars');

interface Held {
  /** Resolves when Terraform has asked for the endpoint, and waits. */
  readonly reached: Promise<unknown>;
  letGo(): void;
}

/** Holds the provider between the request for an endpoint and the wait for it. */
function hold(): Held {
  const [arrival, release] = [Promise.withResolvers<true>(), Promise.withResolvers<true>()];
  bed.side.onAsked = () => {
    arrival.resolve(true);
    return release.promise;
  };
  return {
    reached: arrival.promise,
    letGo: () => {
      delete bed.side.onAsked;
      release.resolve(true);
    },
  };
}

describe.skipIf(terraform === null)('target: terraform', () => {
  beforeEach(async () => {
    bed = await startReleaseBed();
  });
  afterEach(() => bed.close());

  test('releases by three calls, the next one by an update, and goes back by one', async () => {
    const first = ok(await bed.release('one'));
    expect(bed.changes()).toEqual(['CreateModel', 'CreateEndpointConfig', 'CreateEndpoint']);
    bed.aws.forget();
    const second = ok(await bed.release('two'));
    expect(bed.changes()).toEqual(['CreateModel', 'CreateEndpointConfig', 'UpdateEndpoint']);
    expect(second.outputs).toMatchObject({
      outcome: 'deployed',
      'previous-version': first.outputs['running-version'],
    });
    bed.aws.forget();
    const back = ok(await bed.step('rollback'));
    expect(back.outputs).toMatchObject({
      outcome: 'rolled-back',
      'running-version': first.outputs['running-version'],
    });
    expect(bed.changes()).toEqual(['UpdateEndpoint']);
    expect((await plain()).status).toBe(NOTHING);
  });

  test('does what a module with fixed names does not: that is "Apply complete!", and the endpoint knows nothing of it', async () => {
    const apply = (model: 'one' | 'two') =>
      bed.applyRoot('fixed', fixedNames(bed.archives[model], bed.image));
    expect((await apply('one')).output).toContain('Apply complete! Resources: 3 added');
    bed.aws.forget();
    expect((await apply('two')).output).toContain(
      'Apply complete! Resources: 1 added, 0 changed, 1 destroyed.',
    );
    expect(bed.changes()).toEqual(['DeleteModel', 'CreateModel']);
  });

  test.each([
    ['reads back', false],
    ['believes', true],
  ])(
    'is red where SageMaker goes back, also where the provider %s what it asked for',
    async (_, believes) => {
      const first = ok(await bed.release('one'));
      bed.side.believesUpdates = believes;
      const broken = await bed.release('broken');
      expect(broken.exitCode).toBe(1);
      const said = believes ? 'Terraform says that it applied the plan' : 'terraform apply failed';
      expect(broken.error).toContain(`${said}, and churn serves ${first.outputs['running-version']}, not `);
      expect(broken.outputs).toMatchObject({
        outcome: believes ? 'rolled-back' : 'failed',
        'running-version': first.outputs['running-version'],
      });
      const { EndpointConfigName } = await describeLive();
      expect(EndpointConfigName).toBe(first.outputs['running-version']);
      expect([...bed.aws.ours.configs.keys()].some((key) => key.includes(EndpointConfigName ?? '?'))).toBe(
        true,
      );
      expect(bed.changes().filter((name) => name.startsWith('Delete'))).toEqual([]);
    },
  );

  test('says who holds the lock, and changes nothing', async () => {
    const held = hold();
    const first = bed.release('one');
    await held.reached;
    const before = bed.changes().length;
    const elsewhere = join(bed.work, 'temp-of-another-machine');
    mkdirSync(elsewhere);
    const second = await bed.plan('two', {}, { env: { RUNNER_TEMP: elsewhere } });
    expect(second.exitCode).toBe(1);
    expect(second.error).toMatch(
      /Error acquiring the state lock[\s\S]*ID: +[0-9a-f-]{36}[\s\S]*Who: +\S+@\S+/,
    );
    expect(bed.changes()).toHaveLength(before);
    held.letGo();
    ok(await first);
  });

  test('cancelled: one interrupt, and the post step waits until the state is whole', async () => {
    const held = hold();
    let pid = 0;
    const running = bed.release('one', {}, { onStart: (started) => (pid = started) });
    await held.reached;
    process.kill(pid, 'SIGINT');
    const cut = await running;
    expect(cut.outputs.outcome, cut.log).toBe('cancelled');
    const post = bed.step('deploy', {}, { entry: 'post.js', state: cut.state });
    held.letGo();
    expect(ok(await post).log).toContain('was interrupted once and has ended');
    expect((await bed.terraform('state', 'list')).stdout).toContain(
      'module.release.aws_sagemaker_endpoint.this',
    );
    expect(bed.left()).toEqual([]);
    bed.aws.forget();
    expect((await plain()).status).toBe(NOTHING);
    const again = ok(await bed.release('one'));
    expect(again.outputs['running-version']).toBe((await describeLive()).EndpointConfigName);
    expect(bed.changes()).toEqual([]);
  });

  test('killed: what its page says repairs what is left', async () => {
    const held = hold();
    const running = bed.release('one');
    await held.reached;
    process.kill(pidOfTerraform(), 'SIGKILL');
    const cut = await running;
    expect(cut.exitCode).toBe(1);
    held.letGo();
    const locked = await bed.plan('one');
    const id = /ID: +([0-9a-f-]{36})/.exec(locked.error)?.[1] ?? '';
    expect(locked.error).toContain('Error acquiring the state lock');
    expect((await bed.terraform('force-unlock', '-force', id)).status).toBe(0);
    const version = (await describeLive()).EndpointConfigName ?? '';
    const adopt = (type: string, name: string) =>
      bed.terraform(
        'import',
        '-input=false',
        '-no-color',
        '-var-file=dev.tfvars',
        `module.release.${type}`,
        name,
      );
    for (const [type, name] of [
      [`aws_sagemaker_model.version["${version}"]`, version],
      [`aws_sagemaker_endpoint_configuration.version["${version}"]`, version],
      ['aws_sagemaker_endpoint.this', ENDPOINT],
    ] as const)
      expect((await adopt(type, name)).output).toContain('Import successful!');
    bed.aws.forget();
    ok(await bed.release('one'));
    expect(bed.changes()).toEqual([]);
    ok(await bed.release('two'));
    expect(bed.changes()).toEqual(['CreateModel', 'CreateEndpointConfig', 'UpdateEndpoint']);
  });

  test('has failed where a part was made: the approval is void, and the next plan shows the rest', async () => {
    ok(await bed.release('one'));
    const planned = ok(await bed.plan('two'));
    const approved = readFileSync(planned.outputs['plan-path'] ?? '', 'utf8');
    bed.aws.inject({
      on: 'sagemaker:CreateEndpointConfig',
      fault: new AwsError('ResourceLimitExceeded', 'The account-level service limit is reached.', 400),
    });
    const partly = await bed.release('two', { 'approved-plan': approved });
    expect(partly.outputs.outcome, partly.log).toBe('failed');
    expect(partly.error).toContain('The account-level service limit is reached.');
    expect(partly.error).toContain('The rest is another plan');
    bed.aws.forget();
    const refused = await bed.release('two', { 'approved-plan': approved });
    expect(refused.error).toContain('differs from the approved plan');
    expect(bed.changes()).toEqual([]);
    const rest = ok(await bed.plan('two'));
    const text = readFileSync(rest.outputs['plan-path'] ?? '', 'utf8');
    expect(text).toContain('Terraform: 1 to add, 1 to change, 0 to destroy.');
    expect(rest.log).not.toContain('changed outside Terraform');
    ok(await bed.release('two', { 'approved-plan': text }));
    expect(bed.changes()).toEqual(['CreateEndpointConfig', 'UpdateEndpoint']);
  });

  test('refuses a value that is the time of the plan, with its place', async () => {
    root('time.tf', 'resource "terraform_data" "at" {\n  input = { at = plantimestamp() }\n}\n');
    const refused = await bed.plan('one');
    expect(refused.error).toContain('terraform_data.at.input.at: contains the time of the plan');
  });

  test.each([
    ['pull_request_target', { pull_request: { head: { repo: { full_name: 'acme/churn' } } } }],
    ['pull_request', { pull_request: { head: { repo: { full_name: 'eve/churn' } } } }],
  ])('starts no program for %s', async (name, event) => {
    const eventPath = join(bed.work, 'event.json');
    const repo = { full_name: 'acme/churn' };
    writeFileSync(eventPath, JSON.stringify({ ...event, repository: repo }));
    const started = join(bed.work, 'started');
    const program = script(`touch ${started}`);
    const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: eventPath };
    const refused = await bed.plan('one', bed.withBinary(program), { env });
    expect(refused.error).toContain('Terraform is not started');
    expect(existsSync(started)).toBe(false);
  });

  test('gives its HCL no token of the job', async () => {
    const seen = join(bed.work, 'environment');
    const program = script(`env -0 > ${seen}; exec ${terraform ?? ''} "$@"`);
    const env = {
      GITHUB_TOKEN: 'a-token-of-the-job',
      ACTIONS_RUNTIME_TOKEN: 'a-token-of-the-runner',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-token-for-tokens',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/token',
    };
    ok(await bed.plan('one', bed.withBinary(program), { env }));
    const text = readFileSync(seen, 'utf8');
    expect(text).toContain('AWS_REGION=');
    for (const name of ['GITHUB_', 'ACTIONS_', 'INPUT_', 'a-token']) expect(text).not.toContain(name);
  });
});

function script(body: string): string {
  const path = join(bed.work, 'program');
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

function pidOfTerraform(): number {
  const file = bed.left().find((path) => path.endsWith('running.json')) ?? '';
  const { pid } = JSON.parse(readFileSync(join(bed.env.RUNNER_TEMP ?? '', file), 'utf8')) as { pid: number };
  return pid;
}

/** A module as many are written: a name for all times, and what is behind it changes. */
function fixedNames(archive: string, image: string): string {
  return `
    resource "aws_sagemaker_model" "churn" {
      name               = "fixed"
      execution_role_arn = "arn:aws:iam::111111111111:role/execution"
      primary_container {
        image          = "${image}"
        model_data_url = "${archive}"
      }
    }
    resource "aws_sagemaker_endpoint_configuration" "churn" {
      name = "fixed"
      production_variants {
        variant_name           = "main"
        model_name             = aws_sagemaker_model.churn.name
        instance_type          = "ml.m5.large"
        initial_instance_count = 1
      }
    }
    resource "aws_sagemaker_endpoint" "churn" {
      name                 = "fixed"
      endpoint_config_name = aws_sagemaker_endpoint_configuration.churn.name
    }`;
}
