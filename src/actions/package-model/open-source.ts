/** Opens the model that the inputs name, wherever it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openModel } from '../../core/archive/model-source.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import {
  download,
  isRemoteArchive,
  remoteArchive,
  type RemoteFiles,
} from '../../core/archive/remote-model.ts';
import { UserError } from '../../core/errors.ts';
import type { Ports } from '../../core/ports.ts';
import { runFile } from '../../core/workspace.ts';
import { ML_MODEL } from '../../core/mlflow/ml-model.ts';
import type { OpenMlflow, RegisteredModel } from '../../core/mlflow/registry.ts';
import type { MlflowRequest, Request } from './check-inputs.ts';

export interface OpenedSource {
  readonly source: ModelSource;
  /** What MLflow said of the model; null for any other. */
  readonly registered: RegisteredModel | null;
  /** Removes what was downloaded. */
  readonly close: () => Promise<void>;
}

type SourcePorts = Pick<Ports, 'signal' | 'context' | 'log'> & {
  readonly remote: RemoteFiles;
  readonly openMlflow: OpenMlflow;
};

/** @throws UserError with every problem of the files. */
export async function openSource(request: Request, ports: SourcePorts): Promise<OpenedSource> {
  const { model, code, remote: url, mlflow } = request;
  if (mlflow !== null) return openRegistered(request, mlflow, ports);
  if (url === null) {
    return here(await openModel(model, code, ports.signal), null);
  }
  if (isRemoteArchive(url)) {
    if (code !== null) {
      const message = `cannot be added to "${url}", which is an archive already.`;
      throw UserError.of([{ where: code.where, message }]);
    }
    ports.log.info(`Reading ${url} ...`);
    return here(await remoteArchive(ports.remote, url, model.where, ports.signal), null);
  }
  return downloaded(request, ports.remote, url, null, ports);
}

function here(source: ModelSource, registered: RegisteredModel | null): OpenedSource {
  return { source, registered, close: async () => Promise.resolve() };
}

async function openRegistered(
  request: Request,
  { uri, access }: MlflowRequest,
  ports: SourcePorts,
): Promise<OpenedSource> {
  const { model, code } = request;
  const { log, signal } = ports;
  const registered = await ports.openMlflow(access, uri);
  const { files } = registered;
  const asked = model.shown === registered.uri ? '' : `${model.shown}, which is `;
  log.info(`MLflow at ${new URL(access.trackingUri).host} has ${asked}${registered.uri}.`);
  if (files.kind === 'server') return downloaded(request, files.files, registered.uri, registered, ports);
  if (files.kind === 'store') return downloaded(request, ports.remote, files.url, registered, ports);
  const source = await openModel({ ...model, path: files.path }, code, signal);
  // A server that names a folder must not choose what else of this machine is packed.
  if (source.tree.some(({ path }) => path === ML_MODEL)) return here(source, registered);
  const message = `${registered.uri} is kept in "${files.path}", which has no file ${ML_MODEL}.`;
  throw UserError.of([{ where: model.where, message, fix: 'Log the model again.' }]);
}

async function downloaded(
  { model, code }: Request,
  files: RemoteFiles,
  url: string,
  registered: RegisteredModel | null,
  { signal, context, log }: SourcePorts,
): Promise<OpenedSource> {
  const folder = await mkdtemp(`${await runFile(context, 'download')}-`);
  const close = async () => rm(folder, { recursive: true, force: true });
  try {
    log.info(`Downloading ${url} to ${dirname(folder)} ...`);
    const path = await download(files, url, folder, { where: model.where, signal });
    return { source: await openModel({ ...model, path }, code, signal), registered, close };
  } catch (error) {
    await close();
    throw error;
  }
}
