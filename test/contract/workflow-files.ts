/** The workflows of this repository as data, for tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';
import { specs, workflowSpecs } from '../../src/actions/specs.ts';
import type { ActionSpec } from '../../src/core/spec/action-spec.ts';
import { text } from '../../src/core/spec/input.ts';

export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'continue-on-error'?: unknown;
}

export interface WorkflowJob {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly environment?: { readonly name: string; readonly url?: string; readonly deployment?: boolean };
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress'?: unknown };
  readonly needs?: string | readonly string[];
  readonly steps?: readonly WorkflowStep[];
  readonly 'timeout-minutes'?: number;
}

export interface WorkflowCall {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
}

export interface Workflow {
  readonly on: {
    readonly workflow_call?: WorkflowCall;
    readonly workflow_dispatch?: Pick<WorkflowCall, 'inputs'> | null;
  };
  readonly permissions?: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly concurrency?: WorkflowJob['concurrency'];
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

const folder = '.github/workflows';
const examples = 'examples/workflows';
const filesIn = (path: string) => readdirSync(join(root, path)).filter((name) => name.endsWith('.yml'));

/** Those of this repository by their names, and those that users copy as `examples/workflows/<name>`. */
export const workflowNames = [...filesIn(folder), ...filesIn(examples).map((name) => `${examples}/${name}`)];

export function workflowPath(name: string): string {
  return name.includes('/') ? name : `${folder}/${name}`;
}

export function workflowSource(name: string): string {
  return readFileSync(join(root, workflowPath(name)), 'utf8');
}

export function workflow(name: string): Workflow {
  return parse(workflowSource(name)) as Workflow;
}

/** Of a release, by its tag or by `$/`, or of the checkout. */
const OURS =
  /^(?:org\/ml-deploy\/(?<tagged>\S+)@v1|\$\/(?<own>[^@\s]+)|\.\/(?:actions\/)?(?<local>[^@\s]+))$/;
const OUR_WORKFLOW = /^\.github\/workflows\/([a-z-]+\.yml)$/;
const INTERNAL = /^\.github\/actions\/([a-z-]+)$/;

/** The path within a release that a step or a job names; null where it names another repository. */
function ownPath(uses: string | undefined): string | null {
  const { tagged, own, local } = OURS.exec(uses ?? '')?.groups ?? {};
  return tagged ?? own ?? local ?? null;
}

/** What is known of an action of ours that a step uses; null for any other. @throws Error for one that there is not. */
export function specOf(uses: string | undefined): Pick<ActionSpec, 'inputs' | 'outputs'> | null {
  const path = ownPath(uses);
  if (path === null) return null;
  const name = INTERNAL.exec(path)?.[1] ?? path;
  return [...specs, ...workflowSpecs].find((known) => known.name === name) ?? compositeOf(name);
}

export interface Composite {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly runs: { readonly using: string; readonly steps: readonly WorkflowStep[] };
}

/** An action of steps: written by hand, and without a spec. @throws Error where there is none of that name. */
export function composite(name: string): Composite {
  return parse(readFileSync(join(root, '.github/actions', name, 'action.yml'), 'utf8')) as Composite;
}

function compositeOf(name: string): Pick<ActionSpec, 'inputs' | 'outputs'> {
  const { inputs, outputs = {} } = composite(name);
  const texts = Object.entries(inputs).map(([input, { description }]) => [input, text({ description })]);
  return { inputs: Object.fromEntries(texts) as ActionSpec['inputs'], outputs };
}

export function calledWorkflow(uses: string | undefined): { name: string; workflow: Workflow } | null {
  const name = OUR_WORKFLOW.exec(ownPath(uses) ?? '')?.[1];
  return name === undefined ? null : { name, workflow: workflow(name) };
}
