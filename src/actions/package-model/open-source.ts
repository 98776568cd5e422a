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
import type { Request } from './check-inputs.ts';

export interface OpenedSource {
  readonly source: ModelSource;
  /** Removes what was downloaded. */
  readonly close: () => Promise<void>;
}

type SourcePorts = Pick<Ports, 'signal' | 'context' | 'log'> & { readonly remote: RemoteFiles };

/** @throws UserError with every problem of the files. */
export async function openSource(request: Request, ports: SourcePorts): Promise<OpenedSource> {
  const { model, code, remote: url } = request;
  const { signal, remote, log } = ports;
  const nothing = async () => Promise.resolve();
  if (url === null) return { source: await openModel(model, code, signal), close: nothing };
  if (isRemoteArchive(url)) {
    if (code !== null) {
      const message = `cannot be added to "${url}", which is an archive already.`;
      throw UserError.of([{ where: code.where, message }]);
    }
    log.info(`Reading ${url} ...`);
    return { source: await remoteArchive(remote, url, model.where, signal), close: nothing };
  }
  const folder = await mkdtemp(`${await runFile(ports.context, 'download')}-`);
  const close = async () => rm(folder, { recursive: true, force: true });
  try {
    log.info(`Downloading ${url} to ${dirname(folder)} ...`);
    const path = await download(remote, url, folder, { where: model.where, signal });
    return { source: await openModel({ ...model, path }, code, signal), close };
  } catch (error) {
    await close();
    throw error;
  }
}
