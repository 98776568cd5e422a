/**
 * More than twenty families of models, made with the libraries that people use: each is packed, deployed to the local
 * target and smoke-tested against what its own library predicted; and a second model with a planted fault is refused.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { hasBundle, runAction } from '../beds/run-action.ts';

const PYTHON = join(root, 'build/conformance/venv-families/bin/python');
const reason = !existsSync(PYTHON)
  ? 'skipped: the libraries of the families are not installed (test/conformance/beds/install-families.sh)'
  : !hasBundle()
    ? 'skipped: dist is not built (npm run build)'
    : null;
if (reason !== null) console.log(reason);

/** As make.py writes them; so a family that is missing is told. */
const FAMILIES = [
  ...['sklearn-logistic', 'sklearn-forest', 'sklearn-svc', 'sklearn-boosting', 'sklearn-float64'],
  ...['sklearn-multi-output', 'sklearn-mlp', 'sklearn-columns', 'xgboost-classes', 'xgboost-missing'],
  ...['lightgbm-regression', 'lightgbm-binary', 'catboost-regression', 'catboost-texts'],
  ...['bert', 'image', 'series', 'several-outputs', 'quantised', 'float16', 'external-data', 'one-score'],
];

/** What family.py writes about each. */
interface Family {
  readonly title: string;
  readonly task: 'classification' | 'regression' | 'none';
  readonly fault: string;
  /** Relative and absolute; null for the default of smoke-test. */
  readonly tolerance: number | null;
}

interface Row {
  readonly name: string;
  readonly packed: string;
  readonly compared: string;
  readonly figure: string;
  readonly fault: string;
}

describe.skipIf(reason !== null)(`families of models ${reason ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-families-'));
  const made = join(work, 'made');
  const surroundings = { workspace: work, env: { RUNNER_TEMP: join(work, 'temp') } };
  const endpoint = { target: 'local', 'endpoint-name': 'family' };
  const rows: Row[] = [];

  beforeAll(() => {
    mkdirSync(made);
    execFileSync(PYTHON, [join(import.meta.dirname, 'make.py'), made], { stdio: 'pipe' });
  });
  afterAll(async () => {
    const command = { command: 'teardown', confirm: 'family' };
    await runAction('deploy-endpoint', { ...endpoint, ...command }, surroundings);
    rmSync(work, { recursive: true, force: true });
    console.log(tableOf(rows));
  });

  test('are all there', () => {
    expect(readdirSync(made).sort()).toEqual([...FAMILIES].sort());
  });

  test.each(FAMILIES)('%s is served as it was trained, and its planted fault is found', async (name) => {
    const folder = join(made, name);
    const family = JSON.parse(readFileSync(join(folder, 'family.json'), 'utf8')) as Family;
    const packed = await deploy(join(folder, 'model'));
    const good = await smokeTest(folder, family);
    expect(good.exitCode, good.log).toBe(0);
    expect(good.outputs).toMatchObject({ passed: 'true', mismatches: '0' });
    expect(Number(good.outputs.compared)).toBeGreaterThan(20);
    const figure = figureOf(family, good.outputs['report-json'] ?? '');
    await deploy(join(folder, 'faulty'));
    const bad = await smokeTest(folder, family);
    expect(bad.exitCode, bad.log).toBe(1);
    expect(Number(bad.outputs.mismatches), bad.log).toBeGreaterThan(0);
    const found = `${family.fault}: ${bad.outputs.mismatches} of ${bad.outputs.compared} differ`;
    rows.push({ name: family.title, packed, compared: good.outputs.compared ?? '', figure, fault: found });
  });

  /** Packs a folder and makes it serve. @returns what was packed. */
  async function deploy(folder: string): Promise<string> {
    const packed = await runAction('package-model', { 'model-path': folder }, surroundings);
    expect(packed.exitCode, packed.log).toBe(0);
    expect(packed.log).not.toContain('It is packed all the same');
    const url = packed.outputs['model-data-url'] ?? '';
    // One endpoint serves models of all families, one after the other.
    const inputs = { ...endpoint, 'model-data-url': url, 'allow-signature-change': 'true' };
    const deployed = await runAction('deploy-endpoint', inputs, surroundings);
    expect(deployed.exitCode, deployed.log).toBe(0);
    const files = readdirSync(folder).join(' + ');
    return `${files}, ${packed.outputs['archive-bytes']} bytes`;
  }

  async function smokeTest(folder: string, { tolerance, task }: Family) {
    const inputs = {
      ...endpoint,
      reference: 'recorded',
      cases: join(folder, 'cases.json'),
      'report-dir': mkdtempSync(join(work, 'report-')),
      ...(tolerance === null ? {} : { rtol: String(tolerance), atol: String(tolerance) }),
      ...(task === 'none' ? {} : { task }),
    };
    return runAction('smoke-test', inputs, surroundings);
  }
});

/** The accuracy of a classifier, or the error of a regression, as the report of smoke-test has it. */
function figureOf({ task }: Family, path: string): string {
  if (task === 'none') return 'no true values';
  const { quality } = JSON.parse(readFileSync(path, 'utf8')) as {
    quality: { endpoint: { accuracy: number | null; rmse: number | null } };
  };
  const { accuracy, rmse } = quality.endpoint;
  if (task === 'classification') {
    expect(accuracy).toBeGreaterThan(0.8);
    return `accuracy ${accuracy?.toPrecision(3)}`;
  }
  expect(Number.isFinite(rmse), `RMSE ${rmse}`).toBe(true);
  return `RMSE ${rmse?.toPrecision(3)}`;
}

function tableOf(rows: readonly Row[]): string {
  const head = ['Family', 'Packed', 'Values compared', 'Accuracy or error', 'Planted fault, found'];
  const lines = rows.map(({ name, packed, compared, figure, fault }) => [
    name,
    packed,
    compared,
    figure,
    fault,
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
