/** A real MLflow server: a registered model is packed, served by the local target, and answers as MLflow's own pyfunc does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAction } from '../beds/run-action.ts';
import { logModels, startMlflow, whyNot, type Logged, type Mlflow } from './server.ts';

const reason = whyNot();
if (reason !== null) console.log(reason);

interface Release {
  readonly model: {
    readonly framework: string;
    readonly frameworkVersion: string | null;
    readonly signature: { readonly inputs: readonly object[] };
    readonly mlflow: Readonly<Record<string, unknown>>;
  };
}

describe.skipIf(reason !== null)(`models of an MLflow registry ${reason ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-mlflow-'));
  const cases = join(work, 'cases.json');
  const endpoint = { target: 'local', 'endpoint-name': 'churn' };
  let server: Mlflow;
  let logged: Logged;

  beforeAll(async () => {
    server = await startMlflow(work);
    logged = logModels(server, cases);
  }, 900_000);
  afterAll(async () => {
    const command = { command: 'teardown', confirm: 'churn' };
    await runAction('deploy-endpoint', { ...endpoint, ...command }, surroundings());
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  });

  const surroundings = () => ({
    workspace: work,
    env: { RUNNER_TEMP: join(work, 'temp'), MLFLOW_TRACKING_URI: server.url },
  });
  const pack = (uri: string, more: Readonly<Record<string, string>> = {}) =>
    runAction('package-model', { 'model-path': uri, ...more }, surroundings());
  const recordOf = (path = '') => (JSON.parse(readFileSync(path, 'utf8')) as Release).model;

  test('the model of an alias is served, and answers as MLflow’s pyfunc', async () => {
    const packed = await pack('models:/churn@champion');
    expect(packed.exitCode, packed.log).toBe(0);
    expect(recordOf(packed.outputs['release-record'])).toMatchObject({
      framework: 'onnx',
      mlflow: {
        server: new URL(server.url).host,
        model: 'models:/churn/2',
        alias: 'champion',
        flavors: ['onnx', 'python_function'],
        metrics: { accuracy: logged.accuracy },
      },
    });
    const release = { 'model-data-url': packed.outputs['model-data-url'] ?? '' };
    const deployed = await runAction('deploy-endpoint', { ...endpoint, ...release }, surroundings());
    expect(deployed.exitCode, deployed.log).toBe(0);
    const tested = await runAction(
      'smoke-test',
      { ...endpoint, reference: 'recorded', cases },
      surroundings(),
    );
    expect(tested.exitCode, tested.log).toBe(0);
    expect(tested.outputs).toMatchObject({ passed: 'true', compared: '429', mismatches: '0' });
    console.log(
      `MLflow ${uriOf(packed.log)}: ${tested.outputs.compared} values as pyfunc gave them, the largest difference is ` +
        `${tested.outputs['max-abs-diff']}`,
    );
  });

  test('a logged model needs no registry, and is the same content', async () => {
    const [byId, byVersion] = [await pack(`models:/${logged.logged}`), await pack('models:/churn/2')];
    expect(byId.exitCode, byId.log).toBe(0);
    expect(byId.outputs['model-digest']).toBe(byVersion.outputs['model-digest']);
    expect(byVersion.outputs.reused).toBe('true');
  });

  test('a scikit-learn model is packed with the signature and the version that MLflow noted', async () => {
    const packed = await pack('models:/churn/1');
    expect(packed.exitCode, packed.log).toBe(0);
    const model = recordOf(packed.outputs['release-record']);
    expect(model).toMatchObject({
      framework: 'sklearn',
      mlflow: { flavors: ['python_function', 'sklearn'] },
    });
    expect(model.frameworkVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(model.signature.inputs).toEqual([{ name: 'input', type: 'float32', shape: ['?', 30] }]);
  });

  test('a version that there is not is told, and so is an alias', async () => {
    for (const uri of ['models:/churn/9', 'models:/churn@nobody']) {
      const packed = await pack(uri);
      expect(packed.exitCode).toBe(1);
      expect(packed.error).toContain(`has no model ${uri}`);
    }
  });
});

function uriOf(log: string): string {
  return /models:\/churn\/\d+/.exec(log)?.[0] ?? '';
}
