/** The sample model, as the local target serves it, against Python: onnxruntime, and inference.py with scikit-learn. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { runAction } from '../../../scripts/lib/runner-protocol.ts';
import { python, train, whyNoPython } from './python-bed.ts';

interface Answer {
  readonly predictions: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

const reason = whyNoPython();
if (reason !== null) console.log(reason);

describe.skipIf(reason !== null)(`the sample model in Python ${reason ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-python-'));
  const env = { GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp') };
  const endpoint = { target: 'local', 'endpoint-name': 'python-witness' };
  const cases = readFileSync(join(root, 'model/cases/held-out.json'), 'utf8');
  const { instances } = JSON.parse(cases) as { instances: unknown };
  const body = JSON.stringify({ instances });

  beforeAll(() => train(join(work, 'model')));

  afterAll(async () => {
    await runAction('deploy-endpoint', {
      inputs: { ...endpoint, command: 'teardown', confirm: 'python-witness' },
      env,
    });
    rmSync(work, { recursive: true, force: true });
  });

  test('its own tests pass', () => {
    const run = spawnSync(python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'], {
      cwd: join(root, 'model'),
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  });

  test.each(['v1', 'v2'])(
    '%s: curl, onnxruntime and scikit-learn agree on every held-out row',
    async (release) => {
      const archive = join(root, 'model/releases', release, 'archive');
      const packed = await runAction('package-model', { inputs: { 'model-path': archive }, env });
      expect(packed.exitCode, packed.log).toBe(0);
      const inputs = { ...endpoint, 'model-data-url': packed.outputs['model-data-url'] ?? '' };
      const deployed = await runAction('deploy-endpoint', { inputs, env });
      expect(deployed.exitCode, deployed.log).toBe(0);

      const served = await ask(deployed.outputs['endpoint-url'] ?? '', body);
      const modelDir = join(work, `sagemaker-${release}`);
      cpSync(join(work, 'model/build', release), modelDir, { recursive: true });
      cpSync(join(root, 'model/code'), join(modelDir, 'code'), { recursive: true });
      const said = execFileSync(
        python,
        [join(import.meta.dirname, 'predict.py'), join(archive, 'model.onnx'), modelDir],
        {
          input: body,
          maxBuffer: 64 * 1024 * 1024,
        },
      );
      const witnesses = JSON.parse(said.toString('utf8')) as { onnx: Answer; joblib: Answer };
      expectSame(served, witnesses.onnx, 1e-6);
      expectSame(served, witnesses.joblib, 1e-5);
    },
  );
});

async function ask(url: string, body: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

function expectSame(actual: Answer, expected: Answer, tolerance: number): void {
  expect(actual.predictions).toEqual(expected.predictions);
  const differences = expected.probabilities.flatMap((row, i) =>
    row.map((value, j) => Math.abs(value - (actual.probabilities[i]?.[j] ?? Number.NaN))),
  );
  expect(differences.length).toBe(expected.predictions.length * 2);
  expect(Math.max(...differences)).toBeLessThanOrEqual(tolerance);
}
