/**
 * A gate for any document: a plan that Terraform 1.11.4 made of test/fixtures/documents/main.tf, what kubectl prints (it runs
 * `diff -u -N` on two folders, as is done here), and a text file.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../../../src/core/approval/document/read-document.ts';
import { hasProgram } from '../../../programs.ts';
import { Scene, type Ran } from './scene.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/documents');
/** The variable's value in the plans, and what Terraform copied of it. */
const CANARY = 'hunter2-canary-9f1c';
const KEY = 'a-key-of-enough-characters';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(2);
});
afterAll(() => scene.close());

type Given = Record<string, string>;
const put = (name: string, content: string) => writeFile(join(scene.folder, name), content);
const fixture = (name: string) => cp(join(FIXTURES, name), join(scene.folder, 'plan.json'));

/** Asks, has two people approve, and goes on. */
async function approved(given: Given): Promise<{ asked: Ran; done: Ran; issue: number }> {
  const all = { environment: 'prod', 'plan-path': '', 'minimum-approvals': '2', ...given };
  const { issue, ran } = await scene.request(all);
  await scene.say(issue, 'alice', 'approve');
  const last = await scene.say(issue, 'bob', 'approve');
  const done = await scene.resume(issue, last, { 'minimum-approvals': '2' });
  if (done.error) throw done.error;
  return { asked: ran, done, issue };
}

const check = (done: Ran, given: Given) =>
  scene.gate({
    mode: 'check',
    'approved-plan': done.outputs['approved-plan-json'] ?? '',
    environment: 'prod',
    ...given,
  });

/** Everything that the gate leaves anywhere. */
async function everything({ asked, done, issue }: { asked: Ran; done: Ran; issue: number }): Promise<string> {
  const path = done.outputs['approved-plan'] ?? '';
  return JSON.stringify([
    asked.outputs,
    done.outputs,
    asked.ports.log.text,
    done.ports.log.text,
    asked.ports.summaries,
    done.ports.summaries,
    scene.deployment(asked),
    await scene.comments(issue),
    await scene.github.api('GET', `/repos/acme/churn/issues/${issue}`),
    await readFile(path, 'utf8'),
  ]);
}

describe('a plan of Terraform', () => {
  const given = {
    'document-path': 'plan.json',
    'document-kind': 'terraform-plan',
    'document-name': 'infrastructure',
  };

  it('is approved; planned again it is the same, and no secret is left anywhere', async () => {
    await fixture('terraform-approved.json');
    expect(await readFile(join(scene.folder, 'plan.json'), 'utf8')).toContain(CANARY);
    const all = await approved({ ...given, 'document-key': KEY });
    const [comment = ''] = await scene.comments(all.issue);
    for (const shown of [
      'terraform\\_data.endpoint',
      'output.instances',
      'infrastructure',
      all.done.outputs['plan-digest'] ?? '',
    ])
      expect(comment).toContain(shown);
    const left = await everything(all);
    expect(left).not.toContain(CANARY);
    expect(left).not.toContain(Buffer.from(CANARY).toString('base64'));
    // Another run, another second: nothing that counts differs.
    await fixture('terraform-again.json');
    const same = await check(all.done, { ...given, 'document-key': KEY });
    expect(same.error).toBeNull();
    expect(same.outputs).toMatchObject({ status: 'approved', 'approved-by': 'alice,bob' });
  });

  it('is refused where a value changed, and what changed is named by its place', async () => {
    await fixture('terraform-approved.json');
    const { done } = await approved({ ...given, 'document-key': KEY });
    await fixture('terraform-changed.json');
    const other = await check(done, { ...given, 'document-key': KEY });
    expect(other.error?.message).toMatch(
      /differs from the approved one in output\.instances, terraform_data\.endpoint\./,
    );
    expect(other.outputs.status).toBe('denied');
    expect(other.outputs['approved-by']).toBe('');
  });

  it('is refused where a secret changed, if it is sealed by a key', async () => {
    await fixture('terraform-approved.json');
    const { done } = await approved({ ...given, 'document-key': KEY });
    await fixture('terraform-other-secret.json');
    const other = await check(done, { ...given, 'document-key': KEY });
    expect(other.error?.message).toContain('terraform_data.database');
    expect(JSON.stringify([other.error?.message, other.ports.summaries])).not.toContain('other-secret-77aa');
  });

  it('says how many secrets no digest covers where there is no key', async () => {
    await fixture('terraform-approved.json');
    const all = await approved(given);
    const [comment = ''] = await scene.comments(all.issue);
    expect(comment).toMatch(/\d+ sensitive values are not covered by the digest/);
    expect(await everything(all)).not.toContain(CANARY);
  });

  it.each([
    ['no JSON', 'Plan: 1 to add', /document-path: "plan\.json" is not JSON/],
    [
      'a state',
      '{"format_version":"1.0","values":{}}',
      /is not the JSON of a plan. Write it with: terraform show -json/,
    ],
    ['a failed plan', '{"format_version":"1.2","errored":true,"resource_changes":[]}', /is a failed plan/],
  ])('%s is refused before anything is asked', async (_, content, message) => {
    await put('plan.json', content);
    const ran = await scene.gate({ mode: 'request', approvers: 'alice', environment: 'prod', ...given });
    expect(ran.error?.message).toMatch(message);
    expect(ran.remembered).toEqual([]);
  });
});

/** What `kubectl diff` prints for these objects: LIVE and MERGED folders of its own, and diff's own times. */
async function kubectlDiff(live: Given, merged: Given): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-'));
  const stamp = String(Math.trunc(Math.random() * 1e9));
  const [a, b] = [`LIVE-${stamp}`, `MERGED-${stamp}`];
  for (const [name, objects] of [
    [a, live],
    [b, merged],
  ] as const) {
    await mkdir(join(folder, name));
    for (const [object, yaml] of Object.entries(objects)) await writeFile(join(folder, name, object), yaml);
  }
  const { stdout, status } = spawnSync('diff', ['-u', '-N', '-r', join(folder, a), join(folder, b)], {
    encoding: 'utf8',
  });
  if (status !== 1) throw new Error('diff found nothing, or failed.');
  await rm(folder, { recursive: true });
  return stdout;
}

const NO_DIFF = 'skipped: diff, whose output this is about, is not installed';

describe('a diff of Kubernetes', () => {
  const given = {
    'document-path': 'kube.diff',
    'document-kind': 'kubernetes-diff',
    'document-name': 'cluster',
    'document-key': KEY,
  };
  const object = (replicas: number, generation: number) =>
    `kind: Deployment\nmetadata:\n  generation: ${generation}\n  name: churn\nspec:\n  replicas: ${replicas}\n`;
  const secret = (value: string) =>
    `apiVersion: v1\ndata:\n  password: ${Buffer.from(value).toString('base64')}\nkind: Secret\nmetadata:\n  name: db\n`;
  const names = { deployment: 'apps.v1.Deployment.prod.churn', secret: 'v1.Secret.prod.db' };
  const diff = (replicas: number, generation: number, value: string) =>
    kubectlDiff(
      { [names.deployment]: object(2, generation), [names.secret]: secret('before') },
      { [names.deployment]: object(replicas, generation + 1), [names.secret]: secret(value) },
    );

  it('is approved; asked again with other folders, times and generations it is the same', async ({
    skip,
  }) => {
    skip(!hasProgram('diff'), NO_DIFF);
    await put('kube.diff', await diff(3, 7, CANARY));
    const all = await approved(given);
    const [comment = ''] = await scene.comments(all.issue);
    expect(comment).toContain('apps.v1.Deployment.prod.churn');
    expect(comment).toContain('+1 -1 lines');
    const left = await everything(all);
    expect(left).not.toContain(CANARY);
    expect(left).not.toContain(Buffer.from(CANARY).toString('base64'));
    await put('kube.diff', await diff(3, 12, CANARY));
    expect((await check(all.done, given)).error).toBeNull();
  });

  it('is refused where an object, or the value of a Secret, is another one', async ({ skip }) => {
    skip(!hasProgram('diff'), NO_DIFF);
    await put('kube.diff', await diff(3, 7, CANARY));
    const { done } = await approved(given);
    await put('kube.diff', await diff(30, 7, CANARY));
    expect((await check(done, given)).error?.message).toMatch(
      /approved one in apps\.v1\.Deployment\.prod\.churn\./,
    );
    await put('kube.diff', await diff(3, 7, 'something else'));
    expect((await check(done, given)).error?.message).toMatch(/approved one in v1\.Secret\.prod\.db\./);
  });

  it('of helm is read too, without its colours', async () => {
    const helm = (image: string) =>
      `\u001b[33mprod, churn, Deployment (apps) has changed:\u001b[0m\n  # Source: churn/deployment.yaml\n\u001b[31m-   image: churn:1\u001b[0m\n\u001b[32m+   image: ${image}\u001b[0m\n`;
    await put('kube.diff', helm('churn:2'));
    const { done, issue } = await approved(given);
    expect((await scene.comments(issue))[0]).toContain('prod, churn, Deployment \\(apps\\)');
    await put('kube.diff', helm('churn:3'));
    expect((await check(done, given)).error?.message).toContain('prod, churn, Deployment (apps)');
  });

  it('anything else is refused', async () => {
    await put('kube.diff', 'error: the server could not be reached\n');
    const ran = await scene.gate({ mode: 'request', approvers: 'alice', environment: 'prod', ...given });
    expect(ran.error?.message).toContain(
      'is not the output of kubectl diff or helm diff: "error: the server',
    );
  });
});

describe('any file', () => {
  const given = { 'document-path': 'CHANGELOG.txt' };

  it('is approved, is the same, and is refused after one more byte', async () => {
    await put('CHANGELOG.txt', 'Release 4\n');
    const { done, issue } = await approved(given);
    expect((await scene.comments(issue))[0]).toContain('CHANGELOG.txt');
    expect((await check(done, given)).error).toBeNull();
    await put('CHANGELOG.txt', 'Release 4!\n');
    expect((await check(done, given)).error?.message).toContain('differs from the approved one in content');
  });

  it('is not approved for another environment, under another name, or by a plan that nobody approved', async () => {
    await put('CHANGELOG.txt', 'Release 4\n');
    const { done } = await approved(given);
    const elsewhere = await check(done, { ...given, environment: 'dev' });
    expect(elsewhere.error?.message).toContain('The approval is for the environment prod, not for dev.');
    const named = await check(done, { ...given, 'document-name': 'other' });
    expect(named.error?.message).toContain('The approval is about "CHANGELOG.txt", not about "other".');
    const { approval: _, ...plan } = JSON.parse(done.outputs['approved-plan-json'] ?? '') as {
      approval: unknown;
    };
    const bare = await check(done, { ...given, 'approved-plan': JSON.stringify(plan) });
    expect(bare.error?.message).toContain('has no approver');
    const model = await scene.plan();
    const ofModel = await check(done, { ...given, 'approved-plan': JSON.stringify(model) });
    expect(ofModel.error?.message).toContain('about a plan of deploy-endpoint');
  });

  it('an approval that was edited is refused', async () => {
    await put('CHANGELOG.txt', 'Release 4\n');
    const { done } = await approved(given);
    const edited = (done.outputs['approved-plan-json'] ?? '').replace('CHANGELOG.txt', 'CHANGELOG2.txt');
    const ran = await check(done, { ...given, 'approved-plan': edited });
    expect(ran.error?.message).toContain('is damaged or was edited');
  });

  it.each([
    [{ 'document-path': '' }, /document-path: is required with mode check/],
    [{ 'document-path': 'no.txt' }, /document-path: "no\.txt" does not exist/],
    [{ 'approved-plan': '' }, /approved-plan: is required with mode check/],
    [{ 'approved-plan': 'no.json' }, /approved-plan: "no\.json" does not exist/],
  ])('mode check with %j is told so', async (wrong, message) => {
    await put('CHANGELOG.txt', 'Release 4\n');
    const ran = await scene.gate({ mode: 'check', 'approved-plan': '{}', ...given, ...wrong });
    expect(ran.error?.message).toMatch(message);
  });

  it('a document beside a plan, and a key that can be guessed, are refused at once', async () => {
    await put('CHANGELOG.txt', 'Release 4\n');
    await scene.plan();
    const both = { ...given, 'plan-path': 'plan.json', 'document-key': 'short', environment: 'prod' };
    const ran = await scene.gate({ mode: 'request', approvers: 'alice', ...both });
    expect(ran.error?.message).toContain('document-path: is set together with plan-path.');
    expect(ran.error?.message).toContain('document-key: has 5 characters, which can be guessed');
  });
});

const missing = spawnSync('terraform', ['version']).status === 0 ? null : 'terraform is not installed';
if (missing !== null) console.log(`skipped: the recorded plans made again: ${missing}`);

it.skipIf(missing !== null)('the plans are those that Terraform makes of main.tf', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terraform-'));
  await cp(join(FIXTURES, 'main.tf'), join(folder, 'main.tf'));
  const terraform = (...args: string[]) =>
    execFileSync('terraform', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  terraform('init', '-input=false');
  terraform('plan', '-input=false', '-out=now', '-var', `db_password=${CANARY}`);
  const now = terraform('show', '-json', 'now');
  const recorded = await readFile(join(FIXTURES, 'terraform-approved.json'));
  const digest = (bytes: Buffer) => readDocument(bytes, 'terraform-plan', { label: 'plan', key: KEY }).digest;
  expect(digest(now)).toBe(digest(recorded));
  await rm(folder, { recursive: true });
});
