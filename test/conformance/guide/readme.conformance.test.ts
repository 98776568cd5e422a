/** The workflow and the configuration of README.md, taken from it as they stand there, on a pull request under act. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { layOutForServer } from '../../../scripts/release-tree.ts';
import { blocksOf, readPage } from '../../contract/docs-pages.ts';
import { missingAct, runAct, SELF, type WorkflowRun } from '../workflows/act.ts';

const missing = missingAct();
if (missing !== null) console.log(`the workflow of the README is not run: ${missing}`);

describe.skipIf(missing !== null)('the workflow of README.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-readme-'));
  const repository = join(folder, 'repository');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('checks a pull request, and deploys nothing', { timeout: 300_000 }, async () => {
    makeRepository(repository);
    const run = await onPullRequest(folder, repository);
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(run.jobs).toEqual({ verify: true });
    expect(run.log).toContain('429 values');
  });
});

function makeRepository(path: string): void {
  for (const part of ['model/releases', 'model/cases'])
    cpSync(join(root, part), join(path, part), { recursive: true });
  const [workflow, config] = blocksOf(readPage('README.md')).filter(({ language }) => language === 'yaml');
  mkdirSync(join(path, '.github/workflows'), { recursive: true });
  writeFileSync(join(path, '.github/workflows/model.yml'), workflow?.text ?? '');
  writeFileSync(join(path, 'ml-deploy.yml'), config?.text ?? '');
  const identity = [
    '-c',
    'user.name=olga',
    '-c',
    'user.email=olga@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  const git = (...args: string[]) => execFileSync('git', args, { cwd: path, stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch', 'feature');
  git('remote', 'add', 'origin', 'https://github.com/acme/churn.git');
  git('add', '--all');
  git(...identity, 'commit', '--quiet', '--message', 'A model');
}

function onPullRequest(folder: string, repository: string): Promise<WorkflowRun> {
  const tree = join(folder, 'release');
  // act knows neither `$/` nor `deployment: false`: what runs here is the rewritten copy for GitHub Enterprise Server.
  layOutForServer(tree, SELF);
  const pull_request = { number: 7, head: { ref: 'feature' }, base: { ref: 'main' } };
  return runAct(
    {
      workflow: 'model',
      event: 'pull_request',
      payload: { number: 7, pull_request, repository: { full_name: 'acme/churn', default_branch: 'main' } },
      log: 'readme-pull-request',
      actor: 'olga',
      runId: '1',
      env: { ML_DEPLOY_POLL_SECONDS: '0.2' },
      secrets: { GITHUB_TOKEN: 'no-token' },
      vars: {},
    },
    { folder, repository, tree },
  );
}
