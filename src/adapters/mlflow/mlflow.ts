/** A model of an MLflow server: which version it is, where its files are, and what was measured. */
import { fileURLToPath } from 'node:url';
import { isAbsolute } from 'node:path';
import { UpstreamError, UserError } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/json-object.ts';
import type { MlflowModelUri } from '../../core/mlflow/model-uri.ts';
import type { MlflowAccess, ModelFiles, RegisteredModel } from '../../core/mlflow/registry.ts';
import { objectStoreOf } from '../../core/stores.ts';
import { MlflowApi, type MlflowOptions } from './api.ts';
import { proxiedFiles } from './artifacts.ts';

const API = '/api/2.0/mlflow';
/** A run may have logged thousands; a record is no place for them. */
const MOST_METRICS = 100;

/**
 * Asks for a model; none of its files is read yet.
 * @throws UserError for a model that cannot be used; UpstreamError if the server has none, or does not answer
 */
export async function openMlflow(
  access: MlflowAccess,
  model: MlflowModelUri,
  options: MlflowOptions,
): Promise<RegisteredModel> {
  const api = new MlflowApi(access, options);
  return model.kind === 'logged' ? loggedModel(api, model.id) : registeredModel(api, model);
}

async function registeredModel(
  api: MlflowApi,
  model: Exclude<MlflowModelUri, { kind: 'logged' }>,
): Promise<RegisteredModel> {
  const { name } = model;
  const found =
    model.kind === 'version'
      ? await versionOf(
          api,
          'model-versions/get',
          { name, version: model.version },
          `models:/${name}/${model.version}`,
        )
      : await versionOf(
          api,
          'registered-models/alias',
          { name, alias: model.alias },
          `models:/${name}@${model.alias}`,
        );
  const uri = `models:/${name}/${found.version}`;
  if (found.status !== '' && found.status !== 'READY')
    throw new UserError(`${uri} is not ready: MLflow says ${found.status}. Register the version again.`);
  const { artifact_uri: artifacts } = await api.ask(
    `${API}/model-versions/get-download-uri`,
    { name, version: found.version },
    `the model ${uri}`,
  );
  const logged = loggedIdIn(artifacts) ?? found.modelId;
  const own = logged === null ? null : await loggedInfo(api, logged, uri);
  const where = loggedIdIn(artifacts) === null ? artifacts : own?.artifacts;
  const measured = own?.metrics ?? {};
  return {
    uri,
    alias: model.kind === 'alias' ? model.alias : null,
    runId: found.runId,
    metrics: Object.keys(measured).length > 0 ? measured : await metricsOfRun(api, found.runId),
    files: filesAt(api, where, uri),
  };
}

async function loggedModel(api: MlflowApi, id: string): Promise<RegisteredModel> {
  const uri = `models:/${id}`;
  const { artifacts, metrics, runId } = await loggedInfo(api, id, uri);
  const measured = Object.keys(metrics).length > 0 ? metrics : await metricsOfRun(api, runId);
  return { uri, alias: null, runId, metrics: measured, files: filesAt(api, artifacts, uri) };
}

interface FoundVersion {
  readonly version: string;
  readonly status: string;
  readonly runId: string | null;
  readonly modelId: string | null;
}

async function versionOf(
  api: MlflowApi,
  path: string,
  query: Readonly<Record<string, string>>,
  uri: string,
): Promise<FoundVersion> {
  const { model_version: found } = await api.ask(`${API}/${path}`, query, `the model ${uri}`);
  const version = isObject(found) ? String(found.version) : '';
  if (!isObject(found) || !/^[1-9]\d{0,9}$/.test(version))
    throw new UpstreamError('MLflow', `MLflow at ${api.host} names no version of ${uri}.`);
  return {
    version,
    status: textIn(found, 'status') ?? '',
    runId: textIn(found, 'run_id'),
    modelId: loggedId(found),
  };
}

function loggedId(found: JsonObject): string | null {
  return textIn(found, 'model_id') ?? loggedIdIn(found.source);
}

/** MLflow 3 registers logged models: the source of a version is then the name of one. */
function loggedIdIn(source: unknown): string | null {
  return typeof source === 'string' ? (/^models:\/+(m-[0-9a-f]{32})\/?$/.exec(source)?.[1] ?? null) : null;
}

async function loggedInfo(
  api: MlflowApi,
  id: string,
  uri: string,
): Promise<{ artifacts: unknown; metrics: Record<string, number>; runId: string | null }> {
  const answer = await api.ask(`${API}/logged-models/${encodeURIComponent(id)}`, {}, `the model ${uri}`);
  const model = isObject(answer.model) ? answer.model : {};
  const info = isObject(model.info) ? model.info : {};
  const data = isObject(model.data) ? model.data : {};
  return {
    artifacts: info.artifact_uri,
    metrics: metricsIn(data.metrics),
    runId: textIn(info, 'source_run_id'),
  };
}

async function metricsOfRun(api: MlflowApi, runId: string | null): Promise<Record<string, number>> {
  if (runId === null) return {};
  const { run } = await api
    .ask(`${API}/runs/get`, { run_id: runId }, `the run ${runId}`)
    .catch((error: unknown) => {
      // A run may be deleted, and its model kept.
      if (error instanceof UpstreamError && !error.refusesCaller && !error.mayPass) return { run: null };
      throw error;
    });
  const data = isObject(run) && isObject(run.data) ? run.data : {};
  return metricsIn(data.metrics);
}

function metricsIn(value: unknown): Record<string, number> {
  const known = (Array.isArray(value) ? (value as unknown[]) : []).flatMap((one): [string, number][] => {
    const key = isObject(one) ? textIn(one, 'key') : null;
    const measured = isObject(one) ? Number(one.value) : Number.NaN;
    return key === null || !Number.isFinite(measured) ? [] : [[key.slice(0, 250), measured]];
  });
  return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_METRICS));
}

function textIn(value: JsonObject, key: string): string | null {
  const text = value[key];
  return typeof text === 'string' && text !== '' ? text : null;
}

function filesAt(api: MlflowApi, artifacts: unknown, uri: string): ModelFiles {
  const location = typeof artifacts === 'string' ? artifacts : '';
  if (objectStoreOf(location) !== null) return { kind: 'store', url: `${location.replace(/\/+$/, '')}/` };
  const [, authority = '', proxied = '..'] =
    /^mlflow-artifacts:(?:\/\/([^/]*))?\/(.+?)\/*$/.exec(location) ?? [];
  // The sign-in is for this server alone, and what this server has under the path of another one is another model.
  if (api.isAt(authority) && !proxied.split('/').includes('..'))
    return { kind: 'server', files: proxiedFiles(api, proxied) };
  // Only a server on this machine knows its folders; another one would choose what is read here.
  if (api.isOnThisMachine && location.startsWith('file:'))
    return { kind: 'folder', path: fileURLToPath(location) };
  if (api.isOnThisMachine && isAbsolute(location)) return { kind: 'folder', path: location };
  throw new UserError(
    `${uri} is kept at "${withoutSecrets(location)}", which cannot be read from here. Serve artifacts by the MLflow server ` +
      '(mlflow server --serve-artifacts), keep them in S3 or Cloud Storage, or download the model yourself.',
    { page: 'mlflow' },
  );
}

/** Without the user, the password and the query, which may have a key in it. */
function withoutSecrets(location: string): string {
  return location.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/[?#][^]*$/, '');
}
