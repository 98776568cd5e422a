import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Config } from '../../core/config/config-file.ts';
import type { Ports, RunContext } from '../../core/ports.ts';
import { outside } from '../../core/redaction/outside.ts';
import type { ActionSpec } from '../../core/spec/action-spec.ts';
import { action, type Action } from '../../runner/action.ts';
import { storeOptions } from '../../wiring/store-options.ts';
import { readCommentEvent } from '../../runner/comment-event.ts';
import { readFinishedRun } from '../../runner/finished-run-event.ts';
import { missingConfig } from './missing-config.ts';
import type { WorkflowHost } from './ports.ts';
import { spec } from './spec.ts';

const CONFIG_FILE = 'ml-deploy.yml';

/** @param loadSpecs the specs of all actions: ml-deploy.yml is about their inputs, and no action imports another. */
export function createAction(loadSpecs: () => Promise<readonly ActionSpec[]>): Action {
  return action({
    spec,
    run: async (inputs, ports, tools) => {
      const { settings } = tools;
      const { run } = await import('./run.ts');
      const { openStore } = await import('../../stores/open-store.ts');
      const region = inputs.awsRegion ?? settings.awsRegion;
      const stores = storeOptions({ region }, ports, tools);
      const token = inputs.token ?? settings.githubToken;
      await run(inputs, {
        ...ports,
        connect: token === null ? null : () => connect(token, ports),
        event: () => readCommentEvent(ports.context),
        finishedRun: () => readFinishedRun(ports.context),
        readConfig: () => readConfig(inputs.configFile ?? CONFIG_FILE, ports.context, loadSpecs),
        sampleUrl: settings.sampleConfigUrl,
        openStore: outside((url) => openStore(url, stores), ports.redactor),
      });
    },
  });
}

async function connect(
  token: string,
  { context, signal, clock, redactor }: Ports<never>,
): Promise<WorkflowHost> {
  const { createOctokit } = await import('../../runner/octokit.ts');
  const { createGateHost } = await import('../../adapters/github/gate-host.ts');
  const { createPullRequestHost } = await import('../../adapters/github/pull-requests.ts');
  const { repository, apiUrl } = context;
  redactor.addSecret(token);
  const octokit = createOctokit(token, apiUrl);
  const options = { repository, signal, now: () => clock.now() };
  const gate = createGateHost(octokit, options);
  const host: WorkflowHost = {
    deployments: (filter) => gate.deployments(filter),
    ...createPullRequestHost(octokit, options),
  };
  return outside(host, redactor);
}

/** That a file which was named is there, and right, was checked with the inputs. */
async function readConfig(
  name: string,
  { workspace }: RunContext,
  loadSpecs: () => Promise<readonly ActionSpec[]>,
): Promise<Config | null> {
  const { parseConfig } = await import('../../core/config/config-file.ts');
  const path = resolve(workspace, name);
  const source = await readFile(path, 'utf8').catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const reason = missingConfig(basename(name), await readdir(dirname(path)).catch(() => []));
    if (reason !== null) throw reason;
    return null;
  });
  return source === null ? null : parseConfig(source, name, await loadSpecs());
}
