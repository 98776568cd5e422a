/**
 * A real MLflow server with a registry on SQLite: a registered model is packed, served by the local target, and answers as
 * MLflow's own pyfunc does. The server hands out its artifacts itself (mlflow-artifacts), as MLflow does by default.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { freePort, startProcess, untilReady, type Process } from '../beds/processes.ts';
import { hasBundle, runAction } from '../beds/run-action.ts';

const BIN = join(root, 'build/conformance/venv-mlflow/bin');
const reason = !existsSync(join(BIN, 'mlflow'))
  ? 'skipped: MLflow is not installed (test/conformance/beds/install-mlflow.sh)'
  : !hasBundle()
    ? 'skipped: dist is not built (npm run build)'
    : null;
if (reason !== null) console.log(reason);

/** What log_models.py prints. */
interface Logged {
  /** The id of the model that was logged as ONNX. */
  readonly logged: string;
  readonly accuracy: number;
}

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
  let server: Process;
  let url = '';
  let logged: Logged;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const store = ['--backend-store-uri', `sqlite:///${join(work, 'registry.sqlite')}`];
    const artifacts = ['--artifacts-destination', join(work, 'artifacts')];
    const args = [
      'server',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--workers',
      '1',
      ...store,
      ...artifacts,
    ];
    // It starts its own interpreter by name.
    const env = {
      ...process.env,
      PATH: `${BIN}:${process.env.PATH ?? ''}`,
      MLFLOW_DISABLE_TELEMETRY: 'true',
    };
    server = startProcess(join(BIN, 'mlflow'), args, { log: join(work, 'server.log'), env });
    const isUp = () =>
      fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await untilReady(server, isUp, 240_000);
    const said = execFileSync(join(BIN, 'python'), [join(import.meta.dirname, 'log_models.py'), cases], {
      env: { ...env, MLFLOW_TRACKING_URI: url },
      encoding: 'utf8',
    });
    logged = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Logged;
  }, 900_000);
  afterAll(async () => {
    const command = { command: 'teardown', confirm: 'churn' };
    await runAction('deploy-endpoint', { ...endpoint, ...command }, surroundings());
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  });

  const surroundings = () => ({
    workspace: work,
    env: { RUNNER_TEMP: join(work, 'temp'), MLFLOW_TRACKING_URI: url },
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
        server: new URL(url).host,
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
