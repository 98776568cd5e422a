/** Reads the document of document-path as a plan that the gate can ask about. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { documentPlan } from '../../core/approval/document/document-plan.ts';
import { readDocument } from '../../core/approval/document/read-document.ts';
import { type Problem, UserError } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Inputs } from './checks.ts';
import type { GatePorts } from './ports.ts';

/** Null if it cannot be read as what it is said to be; the problems say why. */
export async function loadDocument(
  inputs: Inputs,
  path: string,
  { context, clock, redactor }: Pick<GatePorts, 'context' | 'clock' | 'redactor'>,
  problems: Problem[],
): Promise<Plan | null> {
  const { documentKind: kind, documentKey: key, documentName, environment } = inputs;
  let bytes: Buffer;
  try {
    bytes = await readFile(resolve(context.workspace, path));
  } catch (error) {
    problems.push(await pathProblem('document-path', path, context.workspace, error));
    return null;
  }
  try {
    const document = readDocument(bytes, kind, { label: `"${path}"`, key });
    for (const secret of document.secrets) redactor.addSecret(secret);
    return documentPlan(document, {
      name: documentName ?? basename(path),
      repository: context.repository,
      environment,
      commit: context.commit,
      run: context.runUrl || context.runId,
      createdAt: clock.now().toISOString(),
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push({ where: 'document-path', message: error.message });
    return null;
  }
}
