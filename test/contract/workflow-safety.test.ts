/** What the workflows promise beyond being valid: what waits for what, and what may never touch what. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { requestMark } from '../../src/core/approval/marker.ts';
import { allPages, blocksOf } from './docs-pages.ts';
import {
  workflow,
  workflowNames,
  type Workflow,
  type WorkflowStep,
  type WorkflowJob,
} from './workflow-files.ts';

const CHECKOUT = 'actions/checkout@';

function stepsOf({ jobs }: Workflow, id?: string): WorkflowStep[] {
  const chosen = id === undefined ? Object.values(jobs) : [jobs[id] ?? {}];
  return chosen.flatMap(({ steps = [] }) => steps);
}

const checkoutsOf = (steps: readonly WorkflowStep[]) =>
  steps.filter(({ uses }) => uses?.startsWith(CHECKOUT) === true);

describe('deploy.yml', () => {
  const { jobs, concurrency } = workflow('deploy.yml');

  test('holds up nobody while people think', () => {
    expect(concurrency).toBeUndefined();
    const queued = Object.entries(jobs).filter(([, job]) => job.concurrency !== undefined);
    expect(queued.map(([id]) => id)).toEqual(['release']);
  });

  test('releases one after the other for each repository, environment and endpoint, and cancels none', () => {
    const { group = '', 'cancel-in-progress': cancel } = jobs.release?.concurrency ?? {};
    for (const part of ['github.repository', 'outputs.environment', 'outputs.endpoint-name']) {
      expect(group).toContain(part);
    }
    expect(cancel).toBe(false);
  });

  test('releases in the environment of GitHub that ml-deploy.yml names, and asks its reviewers nowhere else', () => {
    const environments = Object.entries(jobs).flatMap(([id, job]) =>
      job.environment === undefined ? [] : [[id, job.environment]],
    );
    expect(Object.fromEntries(environments)).toEqual({
      approve: {
        name: "${{ needs.prepare.outputs.approval == 'environment' && needs.prepare.outputs.environment || '' }}",
        deployment: false,
      },
      release: {
        name: '${{ needs.prepare.outputs.github-environment }}',
        url: '${{ steps.promote.outputs.endpoint-url }}',
      },
    });
    expect(jobs.prepare?.outputs?.['github-environment']).toBe(
      '${{ steps.settings.outputs.github-environment }}',
    );
  });

  test('has a job for each set of permissions, and no other machine on the way', () => {
    expect(Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, job.permissions]))).toEqual({
      prepare: { contents: 'read', 'id-token': 'write' },
      approve: { contents: 'read', actions: 'read', deployments: 'write', issues: 'write' },
      release: { contents: 'read', 'id-token': 'write' },
      notify: { contents: 'read' },
    });
  });

  test('tells Slack however it went: each job of itself, and another one where none of them could', () => {
    const told = ['prepare', 'approve', 'release'].map((id) => {
      const step = (jobs[id]?.steps ?? []).find(({ id: name }) => name === 'slack');
      expect(step?.if, id).toContain("always() && env.HAS_SLACK == 'true'");
      expect(jobs[id]?.outputs?.told, id).toBe('${{ steps.slack.outcome }}');
      return ['success', 'failure'].map((outcome) => `needs.${id}.outputs.told != '${outcome}'`);
    });
    expect(jobs.release?.steps?.at(-1)?.id).toBe('slack');
    for (const part of ['always()', ...told.flat()]) expect(jobs.notify?.if).toContain(part);
    expect([jobs.notify?.needs].flat()).toEqual(['prepare', 'approve', 'release']);
  });

  test('packs, pushes and plans each with the role that is for it', () => {
    const steps = jobs.prepare?.steps ?? [];
    const roleBefore = (id: string) =>
      steps
        .slice(
          0,
          steps.findIndex((step) => step.id === id),
        )
        .findLast(({ uses }) => uses === '$/.github/actions/login')?.with?.['aws-role-arn'];
    for (const kind of ['package', 'image', 'plan'])
      expect(roleBefore(kind)).toBe(`\${{ steps.settings.outputs.aws-${kind}-role-arn }}`);
  });

  test('shows approvers the check of the very release that is planned, and asks no endpoint for it', () => {
    const steps = jobs.prepare?.steps ?? [];
    const step = steps.find(({ id }) => id === 'model-check');
    const plan = steps.find(({ id }) => id === 'plan');
    expect(step?.with).toMatchObject({
      subject: 'model',
      release: plan?.with?.release,
      'artifact-store': plan?.with?.['artifact-store'],
    });
    // What was approved before is not asked about again.
    expect(step?.if).toContain("inputs.approved-plan == ''");
    expect(jobs.prepare?.outputs?.report).toBe('${{ steps.document.outputs.report }}');
    const gate = jobs.approve?.steps?.find(({ id }) => id === 'gate');
    expect(gate?.with?.['report-path']).toContain('needs.prepare.outputs.report');
  });

  test('is asked for the environment, the version and a dry run by its caller, when that is started by hand', () => {
    const { workflow_dispatch: byHand } = workflow('deploy-ml-model.yml').on;
    const names = ['environment', 'version', 'dry-run'];
    expect(Object.keys(byHand?.inputs ?? {})).toEqual(expect.arrayContaining(names));
  });
});

/** What is wrong with the cases, or with the model on them, can be known before anybody is asked. */
describe('nobody is asked before the model has run on the cases', () => {
  const ANSWERS: readonly unknown[] = ['resume', 'conclude', 'check'];
  const asks = ({ uses = '', with: given = {} }: WorkflowStep) =>
    /(^\$|ml-deploy)\/approve-gate/.test(uses) && !ANSWERS.includes(given.mode);
  const checks = ({ uses = '', with: given = {} }: WorkflowStep) =>
    /(^\$|ml-deploy)\/smoke-test/.test(uses) && given.subject === 'model';

  test('by deploy.yml, the only workflow that asks', () => {
    const asking = workflowNames.filter((name) => stepsOf(workflow(name)).some(asks));
    expect(asking).toEqual(['deploy.yml']);
    const { prepare, approve } = workflow('deploy.yml').jobs;
    const found = (prepare?.steps ?? []).filter(checks);
    expect(found.map((step) => step['continue-on-error'])).toEqual([undefined]);
    // A failed check fails its job, and the gate begins only after one that did not fail.
    expect([approve?.needs].flat()).toEqual(['prepare']);
    expect(approve?.if).toContain('!failure()');
  });

  test('by a workflow of the documentation that packs a model and asks', () => {
    const blocks = allPages().flatMap((page) => blocksOf(page).filter(({ language }) => language === 'yaml'));
    const jobs = blocks
      .filter(({ text }) => text.includes('/approve-gate@') && text.includes('/package-model@'))
      .flatMap(({ text }) => Object.values((parse(text) as Workflow).jobs));
    expect(jobs.length).toBeGreaterThan(0);
    for (const { steps = [] } of jobs) {
      const [check, gate] = [steps.findIndex(checks), steps.findIndex(asks)];
      expect(check).toBeGreaterThanOrEqual(0);
      expect(check).toBeLessThan(gate);
      expect(steps[gate]?.with?.['report-path']).toBe(
        `\${{ steps.${steps[check]?.id}.outputs.report-json }}`,
      );
    }
  });
});

test('no script depends on the shell that the runner’s system has by default', () => {
  for (const name of workflowNames) {
    const { jobs, defaults, on } = workflow(name);
    const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.filter(({ run }) => run));
    if (on.workflow_call !== undefined && scripts.length > 0) expect(defaults?.run?.shell, name).toBe('bash');
  }
});

/** Azure and Google Cloud: a step asks for tokens by itself, for whom the environment in ml-deploy.yml names. */
describe('a step that may need Azure or Google Cloud', () => {
  const USERS = ['deploy-endpoint', 'package-model', 'push-image', 'smoke-test'].map((name) => `$/${name}`);
  const jobs = ['deploy.yml', 'reap.yml', 'watch.yml']
    .flatMap((name) =>
      Object.entries(workflow(name).jobs).map(([id, job]) => [`${name} ${id}`, job] as const),
    )
    .filter(([, { steps = [] }]) => steps.some(({ uses = '' }) => USERS.includes(uses)));

  test.each(jobs)('of %s may ask for a token, and knows the environment and the file', (_, job) => {
    expect(job.permissions?.['id-token']).toBe('write');
    for (const { uses = '', with: given = {} } of job.steps ?? []) {
      if (USERS.includes(uses))
        expect(Object.keys(given)).toEqual(expect.arrayContaining(['environment', 'config-file']));
    }
  });

  test('is found', () => expect(jobs.map(([name]) => name)).toContain('deploy.yml release'));

  test('of rollback.yml, which reads no file, has them from variables', () => {
    const [job] = Object.values(workflow('rollback.yml').jobs) as (WorkflowJob & {
      env?: Record<string, string>;
    })[];
    expect(job?.permissions?.['id-token']).toBe('write');
    expect(job?.env).toMatchObject({
      AZURE_CLIENT_ID: '${{ vars.AZURE_CLIENT_ID }}',
      AZURE_TENANT_ID: '${{ vars.AZURE_TENANT_ID }}',
      ML_DEPLOY_GCP_WORKLOAD_IDENTITY_PROVIDER: '${{ vars.GCP_WORKLOAD_IDENTITY_PROVIDER }}',
      ML_DEPLOY_GCP_SERVICE_ACCOUNT: '${{ vars.GCP_SERVICE_ACCOUNT }}',
    });
  });
});

describe('rollback.yml', () => {
  const rollback = workflow('rollback.yml');

  test('needs the environment and the endpoint alone, and no file', () => {
    const byHand = workflow('examples/workflows/rollback.yml').on.workflow_dispatch;
    for (const asked of [rollback.on.workflow_call, byHand]) {
      const inputs = (asked?.inputs ?? {}) as Record<string, { required?: boolean }>;
      const required = Object.entries(inputs).filter(([, { required = false }]) => required);
      expect(required.map(([name]) => name)).toEqual(['environment', 'endpoint-name']);
    }
    expect(checkoutsOf(stepsOf(rollback))).toEqual([]);
  });

  test('waits for other rollbacks only', () => {
    const { concurrency } = rollback.jobs.rollback ?? {};
    expect(concurrency?.group).toMatch(/^ml-deploy-rollback /);
    expect(concurrency?.['cancel-in-progress']).toBe(false);
  });
});

describe('what starts by anybody’s doing', () => {
  test('approve.yml starts no machine for a comment on what is no request', () => {
    const { if: condition = '' } = workflow('approve.yml').jobs.resume ?? {};
    expect(condition).toContain(
      "github.event.issue.user.login == (vars.ML_DEPLOY_APPROVAL_ACCOUNT || 'github-actions[bot]')",
    );
    // The mark that a request begins with, as the gate writes it.
    const mark = requestMark({
      repository: 'acme/churn',
      environment: 'prod',
      endpoint: 'churn',
      plan: 'ab',
    });
    const [, asked = ''] = /startsWith\(github\.event\.issue\.body, '([^']+)'\)/.exec(condition) ?? [];
    expect(asked).not.toBe('');
    expect(mark.startsWith(asked)).toBe(true);
  });

  test('approve.yml takes ml-deploy.yml from the default branch, and nothing else', () => {
    const given = checkoutsOf(stepsOf(workflow('approve.yml'), 'resume')).map((step) => step.with);
    expect(given).toEqual([
      {
        ref: '${{ github.event.repository.default_branch }}',
        'persist-credentials': false,
        'sparse-checkout': '${{ inputs.config-file }}',
        'sparse-checkout-cone-mode': false,
      },
    ]);
    expect(stepsOf(workflow('approve.yml')).filter(({ run }) => run !== undefined)).toEqual([]);
  });

  test('comment.yml checks nothing out, runs nothing, and sees no secret', () => {
    const comment = workflow('comment.yml');
    const steps = stepsOf(comment);
    expect(checkoutsOf(steps)).toEqual([]);
    expect(steps.filter(({ run }) => run !== undefined)).toEqual([]);
    expect(JSON.stringify(comment)).not.toContain('secrets.');
    expect(comment.jobs.comment?.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' });
  });

  test('verify.yml asks for no permission but to read, and gives the secrets of MLflow to package-model alone', () => {
    const verify = workflow('verify.yml');
    const { jobs, on } = verify;
    expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }]);
    const secrets = Object.entries(on.workflow_call?.secrets ?? {});
    expect(secrets.map(([name]) => name)).toEqual(
      ['TOKEN', 'USERNAME', 'PASSWORD'].map((name) => `MLFLOW_TRACKING_${name}`),
    );
    expect(
      secrets.filter(([, secret]) => (secret as { required?: boolean } | null)?.required === true),
    ).toEqual([]);
    const users = stepsOf(verify).filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(users.map(({ id }) => id)).toEqual(['package']);
  });
});

test('no checkout leaves a token behind', () => {
  for (const name of workflowNames) {
    for (const step of checkoutsOf(stepsOf(workflow(name)))) {
      expect(step.with?.['persist-credentials'], name).toBe(false);
    }
  }
});
