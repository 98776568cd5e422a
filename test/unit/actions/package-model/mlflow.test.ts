/** Models of an MLflow server, over HTTP to a server that answers as MLflow 3 does (recorded in its conformance test). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openMlflow } from '../../../../src/adapters/mlflow/mlflow.ts';
import type { PackageModelPorts } from '../../../../src/actions/package-model/run.ts';
import { readMlflowUri } from '../../../../src/core/mlflow/model-uri.ts';
import { mlflowAccess } from '../../../../src/core/mlflow/access.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { temporaryFolder } from '../../core/archive/helpers.ts';
import { prepare } from './helpers.ts';

const ML_MODEL = `flavors:
  python_function:
    loader_module: mlflow.sklearn
  sklearn:
    pickled_model: model.bin
    sklearn_version: 1.7.2
run_id: 0123456789abcdef0123456789abcdef
signature:
  inputs: '[{"type": "double", "name": "age", "required": true}, {"type": "long", "name": "visits", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
`;
const RUN = '0123456789abcdef0123456789abcdef';
const LOGGED = `m-${'a'.repeat(32)}`;

type Answer = object | string | { readonly status: number; readonly body: object };

/** By path and query; a text is a file's content. */
type Answers = Readonly<Record<string, Answer>>;

let server: Server | null = null;
afterEach(() => void server?.close());

interface Bed {
  readonly url: string;
  readonly asked: { readonly url: string; readonly authorization: string | undefined }[];
}

async function startMlflow(answers: Answers): Promise<Bed> {
  const asked: Bed['asked'] = [];
  server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '').replaceAll('+', ' ');
    asked.push({ url, authorization: request.headers.authorization });
    const answer = answers[url.replace('/api/2.0/', '')] ?? { status: 404, body: {} };
    if (typeof answer === 'string') return response.end(answer);
    const isRefusal = 'status' in answer && 'body' in answer;
    response.statusCode = isRefusal ? answer.status : 200;
    return response.end(JSON.stringify(isRefusal ? answer.body : answer));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const version = { name: 'churn', version: '3', status: 'READY', run_id: RUN, source: `models:/${LOGGED}` };
const file = (path: string, content: string) => ({ path, is_dir: false, file_size: content.length });

/** Version 3 of churn, behind the server's proxy. */
const CHURN: Answers = {
  'mlflow/model-versions/get?name=churn&version=3': { model_version: version },
  'mlflow/registered-models/alias?name=churn&alias=champion': { model_version: version },
  'mlflow/model-versions/get-download-uri?name=churn&version=3': {
    artifact_uri: 'mlflow-artifacts:/1/models/m/artifacts',
  },
  [`mlflow/logged-models/${LOGGED}`]: {
    model: {
      info: { artifact_uri: 'mlflow-artifacts:/1/models/m/artifacts', source_run_id: RUN },
      data: {
        metrics: [
          { key: 'accuracy', value: 0.95 },
          { key: 'broken', value: 'NaN' },
        ],
      },
    },
  },
  'mlflow-artifacts/artifacts?path=1/models/m/artifacts': {
    files: [file('MLmodel', ML_MODEL), file('model.bin', 'weights'), { path: 'code', is_dir: true }],
  },
  'mlflow-artifacts/artifacts?path=1/models/m/artifacts/code': { files: [file('load.py', 'pass')] },
  'mlflow-artifacts/artifacts/1/models/m/artifacts/MLmodel': ML_MODEL,
  'mlflow-artifacts/artifacts/1/models/m/artifacts/model.bin': 'weights',
  'mlflow-artifacts/artifacts/1/models/m/artifacts/code/load.py': 'pass',
};

const ofServer = (): Pick<PackageModelPorts, 'openMlflow'> => ({
  openMlflow: (access, model) =>
    openMlflow(access, model, { clock: new FakeClock(), signal: new AbortController().signal }),
});

async function packed(location: string, answers: Answers, more: Readonly<Record<string, string>> = {}) {
  const bed = await startMlflow(answers);
  const run = await prepare(
    { 'model-path': location, 'mlflow-tracking-uri': bed.url, ...more },
    { ports: ofServer() },
  );
  return { ...run, bed };
}

const recordOf = async (path: string) => {
  const { readFile } = await import('node:fs/promises');
  return JSON.parse(await readFile(path, 'utf8')) as { model: Record<string, unknown> };
};

describe('a registered model', () => {
  test.each(['models:/churn/3', 'models:/churn@champion'])(
    '%s is packed, with what MLflow says of it',
    async (uri) => {
      const run = await packed(uri, CHURN, { 'mlflow-token': 'secret-token' });
      await run.go();
      const { model } = await recordOf(run.outputs['release-record'] ?? '');
      expect(model).toMatchObject({
        framework: 'sklearn',
        frameworkVersion: '1.7.2',
        signature: {
          inputs: [
            { name: 'age', type: 'float64', shape: ['?'] },
            { name: 'visits', type: 'int64', shape: ['?'] },
          ],
          outputs: [{ name: 'output', type: 'int64', shape: ['?'] }],
        },
        mlflow: {
          server: new URL(run.bed.url).host,
          model: 'models:/churn/3',
          alias: uri.includes('@') ? 'champion' : null,
          runId: RUN,
          flavors: ['python_function', 'sklearn'],
          metrics: { accuracy: 0.95 },
        },
      });
      expect(new Set(run.bed.asked.map(({ authorization }) => authorization))).toEqual(
        new Set(['Bearer secret-token']),
      );
      const manifest = await recordOf(run.outputs['manifest-path'] ?? '');
      expect(JSON.stringify(manifest)).toContain('code/load.py');
    },
  );

  test('the metrics are those of its run where the model has none', async () => {
    const run = await packed('models:/churn/3', {
      ...CHURN,
      [`mlflow/logged-models/${LOGGED}`]: { model: { info: {}, data: {} } },
      [`mlflow/runs/get?run_id=${RUN}`]: { run: { data: { metrics: [{ key: 'auc', value: 0.9 }] } } },
    });
    await run.go();
    expect((await recordOf(run.outputs['release-record'] ?? '')).model.mlflow).toMatchObject({
      metrics: { auc: 0.9 },
    });
  });

  test.each<[string, Answers, RegExp]>([
    ['that there is not', {}, /^MLflow at 127\.0\.0\.1:\d+ has no model models:\/churn\/3\.$/],
    [
      'by an alias that there is not',
      {
        'mlflow/model-versions/get?name=churn&version=3': {
          status: 400,
          body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'Registered model alias x not found.' },
        },
      },
      /has no model models:/,
    ],
    [
      'that is not for us',
      { 'mlflow/model-versions/get?name=churn&version=3': { status: 403, body: {} } },
      /does not give the model models:\/churn\/3 without a sign-in \(status 403\)\. Set MLFLOW_TRACKING_TOKEN/,
    ],
    [
      'whose registration failed',
      {
        'mlflow/model-versions/get?name=churn&version=3': {
          model_version: { ...version, status: 'FAILED_REGISTRATION' },
        },
      },
      /^models:\/churn\/3 is not ready: MLflow says FAILED_REGISTRATION/,
    ],
    [
      'in a place that is not read',
      { 'mlflow/model-versions/get-download-uri?name=churn&version=3': { artifact_uri: 'dbfs:/x' } },
      /^models:\/churn\/3 is kept at "dbfs:\/x", which cannot be read from here\./,
    ],
    [
      'with a file that leads elsewhere',
      {
        'mlflow-artifacts/artifacts?path=1/models/m/artifacts': {
          files: [file('../../../.ssh/authorized_keys', 'x')],
        },
      },
      /has a file "\.\.\/\.\.\/\.\.\/\.ssh\/authorized_keys", which is not a valid file name/,
    ],
    [
      'with a file that is longer than it was listed',
      { 'mlflow-artifacts/artifacts/1/models/m/artifacts/model.bin': 'weights and much more' },
      /^MLflow listed "1\/models\/m\/artifacts\/model\.bin" with 7 bytes, and sent more\.$/,
    ],
    [
      'with a file that is cut off',
      { 'mlflow-artifacts/artifacts/1/models/m/artifacts/model.bin': 'wei' },
      /with 7 bytes, and sent 3\.$/,
    ],
    [
      'with folders that do not end',
      Object.fromEntries(
        Array.from({ length: 25 }, (_, depth) => [
          `mlflow-artifacts/artifacts?path=1/models/m/artifacts${'/a'.repeat(depth)}`,
          { files: [{ path: 'a', is_dir: true }] },
        ]),
      ),
      /has folders 20 deep\. Is it a model\?/,
    ],
  ])('%s is refused, and nothing is packed', async (_, answers, message) => {
    const run = await packed(
      'models:/churn/3',
      Object.keys(answers).length === 0 ? {} : { ...CHURN, ...answers },
    );
    await expect(run.go()).rejects.toThrow(message);
    expect(run.outputs['model-data-url']).toBeUndefined();
  });
});

describe('a folder that the server names', () => {
  const answers = (path: string): Answers => ({
    ...CHURN,
    'mlflow/model-versions/get-download-uri?name=churn&version=3': { artifact_uri: path },
  });

  test('is packed, if a model was logged there', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'MLmodel'), ML_MODEL);
    await writeFile(join(folder, 'model.bin'), 'weights');
    const run = await packed('models:/churn/3', answers(folder));
    await run.go();
    expect((await recordOf(run.outputs['release-record'] ?? '')).model.mlflow).toMatchObject({
      model: 'models:/churn/3',
    });
  });

  test('is not packed, if it is no model', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'keys'));
    await writeFile(join(folder, 'keys/id'), 'private');
    const run = await packed('models:/churn/3', answers(folder));
    await expect(run.go()).rejects.toThrow(/which has no file MLmodel/);
  });
});

describe('what is refused before anybody is asked', () => {
  const server = { 'mlflow-tracking-uri': 'http://127.0.0.1:9' };

  test.each([
    ['models:/churn', server, 'names no version and no alias'],
    ['models:/churn/latest', server, 'would be another model tomorrow'],
    ['models:/churn/Production', server, 'names a stage, which MLflow has replaced by aliases'],
    ['models:/../secrets/1', server, 'is not a valid name'],
    ['models:/churn/3?x=1', server, 'is not a valid name'],
    ['models://churn/3', server, 'too many slashes'],
    [`runs:/${RUN}/model`, server, 'is not a registered model'],
    ['models:/churn/3', {}, 'mlflow-tracking-uri: is required for a model of MLflow'],
    [
      'models:/churn/3',
      { 'mlflow-tracking-uri': 'sqlite:///mlflow.db' },
      'is not the address of an MLflow server',
    ],
    [
      'models:/churn/3',
      { 'mlflow-tracking-uri': 'https://me:pass-word@host' },
      'has a user, a password or a query',
    ],
    [
      'models:/churn/3',
      { 'mlflow-tracking-uri': 'http://mlflow.acme.com', 'mlflow-token': 'secret-token' },
      'begins with http://, and a token or a password is sent there',
    ],
  ])('%s with %o', async (uri, inputs, message) => {
    const { go } = await prepare({ 'model-path': uri, ...inputs });
    const error = await go().catch((thrown: unknown) => String(thrown));
    expect(error).toContain(message);
    expect(error).not.toContain('pass-word');
  });

  test('half of a sign-in', () => {
    const inputs = { mlflowTrackingUri: 'https://mlflow.acme.com', mlflowToken: null };
    const environment = { trackingUri: null, token: null, username: 'olga', password: null };
    expect(mlflowAccess(inputs, environment)).toMatchObject([
      { where: 'MLFLOW_TRACKING_USERNAME', message: 'is set, and MLFLOW_TRACKING_PASSWORD is not.' },
    ]);
  });
});

test('names are read as MLflow reads them', () => {
  expect(readMlflowUri('models:/my model/12')).toEqual({
    uri: { kind: 'version', name: 'my model', version: '12' },
  });
  expect(readMlflowUri('models:/churn@next-1')).toEqual({
    uri: { kind: 'alias', name: 'churn', alias: 'next-1' },
  });
  expect(readMlflowUri(`models:/${LOGGED}`)).toEqual({ uri: { kind: 'logged', id: LOGGED } });
});
