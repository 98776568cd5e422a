/** This repository with one of its acceptance workflows, which are for real accounts, on a stand-in for the cloud. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import {
  repositoryPayload,
  startActBed,
  type ActBed,
  type ActBedOptions,
  type WorkflowRun,
} from './act-bed.ts';

export interface AcceptanceBed extends ActBed {
  /** Starts the workflow as by hand. @param vars of the repository */
  accept(vars?: Readonly<Record<string, string>>): Promise<WorkflowRun>;
}

/**
 * @param name of the workflow, without `.yml`
 * @param change what cannot be run here is taken out of the workflow
 */
export async function startAcceptanceBed(
  name: string,
  options: ActBedOptions,
  change: (source: string) => string = (source) => source,
): Promise<AcceptanceBed> {
  const bed = await startActBed(options);
  const workflow = `.github/workflows/${name}.yml`;
  const copied = ['actions', 'dist', 'package.json', 'model/code', 'test/acceptance/swapped.py', workflow];
  for (const path of copied) cpSync(join(root, path), join(bed.repository.path, path), { recursive: true });
  bed.repository.change(workflow, change);
  bed.repository.write('model/trained-release', 'v2');
  bed.repository.commit('main', 'this repository');
  return {
    ...bed,
    accept: (vars) =>
      bed.run({
        workflow: name,
        event: 'workflow_dispatch',
        payload: { repository: repositoryPayload() },
        ...(vars === undefined ? {} : { vars, log: name }),
      }),
  };
}
