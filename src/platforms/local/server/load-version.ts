/** Makes versions ready to serve: in this process, or in a container if they have an image. */
import { messageOf } from '../../../core/errors.ts';
import type { FindRunner } from '../../../core/image/container-runner.ts';
import type { OpenSession } from '../../../core/model-session.ts';
import type { Clock } from '../../../core/ports.ts';
import type { Redactor } from '../../../core/redaction/redactor.ts';
import { checkVersion } from '../check-version.ts';
import { hasContainers, ownLabels, readSettings } from '../container/container-version.ts';
import { startContainer } from '../container/start-container.ts';
import type { Layout } from '../layout.ts';
import type { LoadVersion } from './endpoint.ts';
import { loadModel } from './loaded-model.ts';

export interface LoaderOptions {
  readonly layout: Layout;
  readonly openSession: OpenSession;
  readonly findRunner: FindRunner;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Learns the values of a container's variables before anything is said about it. */
  readonly redactor: Redactor;
}

export function createVersionLoader(options: LoaderOptions): LoadVersion {
  const { layout, openSession, findRunner, clock, log, redactor } = options;
  return async (stored, signal) => {
    const { version, imageDigest } = stored;
    const tree = await checkVersion(layout, stored);
    if (imageDigest === null) return loadModel(layout, version, tree, openSession);
    const { environment } = await readSettings(layout.versionDir(version));
    redactor.addVariables(new Map(Object.entries(environment)));
    return startContainer(layout, version, { runner: await findRunner(), clock, log }, signal);
  };
}

/** Removes the containers of a server of this endpoint that was killed. */
export async function removeStrayContainers({ layout, findRunner, log }: LoaderOptions): Promise<void> {
  if (!(await hasContainers(layout))) return;
  try {
    const removed = await (await findRunner()).removeAll(ownLabels(layout));
    if (removed.length > 0) log(`removed containers of a server that was killed: ${removed.join(', ')}`);
  } catch (error) {
    // Versions without a container serve all the same; one with a container says the same when it is loaded.
    log(`containers of a killed server were not looked for: ${messageOf(error)}`);
  }
}
