/**
 * What a run of verify.yml left in its artifacts. The run was one of a pull request, whose code could write anything there:
 * it is read as data, in small files of known names, and only texts of known places are taken out of it.
 */
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clip } from '../../core/clip.ts';
import { parseJsonObject } from '../../core/json-object.ts';

/** Of the names that verify.yml gives its artifacts. */
const PREFIX = 'ml-deploy-verify-';
const MOST_MODELS = 20;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_ROWS = 30;
const LONGEST = 300;

/** The steps of verify.yml, by id. */
export const STEPS = { package: 'Package', plan: 'Plan', serve: 'Serve', smoke: 'Smoke test' } as const;
export type StepId = keyof typeof STEPS;

export interface Check {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

export interface VerifyResult {
  readonly model: string;
  /** success, failure, cancelled or skipped; '' if the run says nothing of it. */
  readonly steps: Readonly<Record<StepId, string>>;
  /** Outputs of the steps that are shown, by `<step>.<output>`. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly checks: readonly Check[];
  readonly changes: readonly (readonly [field: string, to: string])[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** @param folder with a folder for each artifact; may be absent */
export async function readResults(folder: string): Promise<VerifyResult[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const names = entries
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(PREFIX))
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST_MODELS);
  return Promise.all(names.map((name) => readResult(join(folder, name), name.slice(PREFIX.length))));
}

async function readResult(folder: string, model: string): Promise<VerifyResult> {
  const problems: string[] = [];
  const read = async (name: string) => {
    try {
      return await readObject(join(folder, name));
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
      return null;
    }
  };
  const [steps, plan, report] = [
    await read('steps.json'),
    await read('plan.json'),
    await read('report.json'),
  ];
  return {
    model: plain(model),
    steps: stepsOf(steps ?? {}),
    outputs: outputsOf(steps ?? {}),
    checks: listOf(report?.checks).flatMap(checkOf),
    changes: listOf(plan?.changes).flatMap(changeOf),
    problems: problems.map(plain),
  };
}

/** Null if there is none. @throws Error whose message says what is wrong with it */
async function readObject(path: string): Promise<Fields | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error('cannot be read', { cause: error });
  });
  if (file === null) return null;
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error('is not a file');
    if (stat.size > MOST_BYTES) throw new Error('is too large to be shown here');
    return parseJsonObject(await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

const OUTCOMES = ['success', 'failure', 'cancelled', 'skipped'];
const SHOWN = ['package.model-digest', 'package.archive-bytes', 'plan.outcome', 'smoke.compared'].concat([
  'smoke.mismatches',
  'smoke.max-abs-diff',
  'smoke.accuracy',
  'smoke.p95-ms',
  'smoke.error-rate',
]);

function stepsOf(steps: Fields): Record<StepId, string> {
  const outcome = (id: StepId) => {
    const said = fieldsOf(steps[id]).outcome;
    return typeof said === 'string' && OUTCOMES.includes(said) ? said : '';
  };
  return {
    package: outcome('package'),
    plan: outcome('plan'),
    serve: outcome('serve'),
    smoke: outcome('smoke'),
  };
}

function outputsOf(steps: Fields): Map<string, string> {
  const entries = SHOWN.map((name): [string, string] => {
    const [step = '', output = ''] = name.split('.');
    return [name, textOf(fieldsOf(fieldsOf(steps[step]).outputs)[output])];
  });
  return new Map(entries.filter(([, value]) => value !== ''));
}

function checkOf(value: unknown): Check[] {
  const { name, passed, message } = fieldsOf(value);
  if (typeof name !== 'string' || typeof message !== 'string') return [];
  return [{ name: plain(name), passed: passed === true, message: plain(message) }];
}

function changeOf(value: unknown): [string, string][] {
  const { field, to } = fieldsOf(value);
  return typeof field === 'string' ? [[plain(field), textOf(to)]] : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, MOST_ROWS) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? plain(value) : '';
}

/** Also without what could break out of a line, or change the order in which it is read. */
function plain(text: string): string {
  return clip(text.slice(0, 2 * LONGEST).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' '), LONGEST);
}
