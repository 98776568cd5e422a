/**
 * Slack hears however a release ended, from the job that ended it: no further machine starts for it, but where no job could
 * tell of itself. Runs under act, with GitHub and Slack emulated.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: what Slack hears of a release under act: ${missing}`);

describe.skipIf(missing !== null)('what Slack hears', () => {
  let bed: ActBed;

  beforeAll(async () => {
    bed = await startActBed({ config: 'ml-deploy.yml' });
    for (const branch of ['develop', 'staging']) {
      const run = await bed.push(branch, 'v1');
      expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    }
  });
  afterAll(async () => {
    await bed.close();
  });

  /** The messages since the last call, the newest first. */
  let seen = 0;
  const heard = async () => {
    const all = await bed.people.slack.messages();
    const fresh = all.slice(0, all.length - seen);
    seen = all.length;
    return JSON.stringify(fresh);
  };

  test('a release that succeeded, in one message with what each job found', async () => {
    const messages = await heard();
    expect(messages).toMatch(/Succeeded: acme\/churn: [a-z-]+ in dev succeeded/);
    expect(messages).toContain('*Accuracy*');
    expect(messages).toContain('*Plan*');
  });

  test('a dry run, which ends after the plan', async () => {
    const inputs = { environment: 'dev', 'dry-run': 'true' };
    const run = await bed.dispatch('deploy-ml-model', 'develop', inputs, { log: 'slack-dry-run' });
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, prepare: true });
    expect(await heard()).toContain('Succeeded: *plan* (planned)');
  });

  test('a model that is refused before anybody is asked', async () => {
    bed.repository.write('model/releases/broken/archive/model.onnx', 'no model');
    bed.repository.write('model/releases/broken/reference.onnx', 'no model');
    const run = await bed.push('develop', 'broken', { log: 'slack-prepare' });
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ train: true, prepare: false });
    expect(await heard()).toContain('*Failed* in dev: package');
  });

  test('a gate that says no, with the request', async () => {
    const waiting = bed.push('main', 'v1', { log: 'slack-denied' });
    const issue = await bed.people.nextIssue();
    await bed.people.say('amira', issue, 'no');
    const run = await waiting;
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ prepare: true, approve: false });
    const messages = await heard();
    expect(messages).toContain('*Failed* in prod: gate');
    expect(messages).toContain(`/issues/${issue}`);
  });

  test('a gate that is cancelled while it waits', async () => {
    const cancel = new AbortController();
    const waiting = bed.push('main', 'v1', { log: 'slack-cancelled', cancel: cancel.signal });
    await bed.people.nextIssue();
    cancel.abort();
    const run = await waiting;
    expect(run.exitCode).not.toBe(0);
    expect(run.log).not.toMatch(/Run Main Stage the candidate/);
    expect(await heard()).toContain('*Cancelled* in prod');
  });

  test('a gate that never began, from another machine', async () => {
    const deploy = join(bed.tree, '.github/workflows/deploy.yml');
    const source = readFileSync(deploy, 'utf8');
    // As where a reviewer refuses the environment of the gate: the job fails, and none of its steps runs.
    const never = [
      '      - id: gate',
      '        run: exit 1',
      '      - id: slack',
      '        if: false',
      '        run: exit 1',
      '',
      '',
    ];
    const refused = source.replace(
      /( {2}approve:\n[^]*? {4}steps:\n)[^]*?(?=\n {2}# One job: a candidate)/,
      `$1${never.join('\n')}`,
    );
    expect(refused).not.toBe(source);
    writeFileSync(deploy, refused);
    const run = await bed.push('main', 'v1', { log: 'slack-refused' });
    writeFileSync(deploy, source);
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ prepare: true, approve: false, notify: true });
    expect(await heard()).toContain('*Failed* in prod: approve"');
  });
});
