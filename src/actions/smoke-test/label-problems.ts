/**
 * Limits that need true labels, of cases that have none. Who forgets the labels often has the rows wrong as well, and only
 * the model knows how they should be: both are told at once.
 */
import { UserError, type Problem } from '../../core/errors.ts';
import { feedsOfInstances } from '../../core/inference/instances.ts';
import type { ModelSession } from '../../core/model-session.ts';
import { batchesOf, bytesPerRequest, rowsPerRequest } from '../../core/smoke/batches.ts';
import type { Cases, OpenedCases } from '../../core/smoke/cases/cases.ts';
import { fixedBatch } from '../../core/smoke/onnx-reference.ts';
import type { Inputs } from './inputs.ts';
import { openModel } from './model.ts';
import type { SmokePorts } from './ports.ts';
import type { Settings } from './settings.ts';

/** @throws UserError if a limit needs labels that are not there, with what is wrong with the rows. */
export async function refuseUnlabelled(inputs: Inputs, settings: Settings, ports: SmokePorts): Promise<void> {
  const { unlabelled, cases, model } = settings;
  if (unlabelled.length === 0) return;
  const hasModel = inputs.reference === 'onnx' && (model !== null || inputs.release !== null);
  const rows =
    cases && !cases.wholeTensors && hasModel ? await rowProblems(inputs, settings, cases, ports) : [];
  throw UserError.of([...rows, ...unlabelled], { page: 'cases' });
}

async function rowProblems(
  inputs: Inputs,
  settings: Settings,
  cases: OpenedCases,
  ports: SmokePorts,
): Promise<readonly Problem[]> {
  const { session } = await openModel(inputs, settings, ports);
  if (session === null) return [];
  try {
    readAll(cases.bind(session.signature), session);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { problems, message } = error;
    return problems.length > 0 ? problems : [{ where: `cases (${cases.source})`, message }];
  } finally {
    await session.close();
  }
}

/** @throws UserError for the first row that the model does not take. */
function readAll(cases: Cases, { signature }: ModelSession): void {
  const rowsEach = fixedBatch(signature) ?? rowsPerRequest(cases.count, null);
  const limits = { rows: rowsEach, bytes: bytesPerRequest(1) };
  for (const { start, rows: instances } of batchesOf(cases.rows(), limits)) {
    feedsOfInstances(instances, signature, (index) => `row ${start + index + 1}`);
  }
}
