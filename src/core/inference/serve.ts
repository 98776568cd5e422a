/** One request to a model, from body to body. */
import { parseJson, writeJson } from '../exact-json.ts';
import { messageOf, UserError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import type { ModelSession } from '../model-session.ts';
import { answerOf } from './answer.ts';
import { instancesOfCsv } from './csv.ts';
import { feedsOfInstances } from './instances.ts';
import { feedsOfV2, isV2Request, v2TensorOf } from './v2.ts';

export type MediaType = 'application/json' | 'text/csv';

/**
 * Answers `{"instances": …}` and CSV with `{"predictions": …}`, and a request of the V2 inference protocol with
 * `{"outputs": …}`. @returns JSON. @throws UserError for a body that does not fit the model.
 */
export async function answerRequest(session: ModelSession, body: string, type: MediaType): Promise<string> {
  const { signature } = session;
  if (type === 'text/csv') return answerRows(session, instancesOfCsv(body, signature));
  const document = parseBody(body);
  if (isV2Request(document)) {
    const outputs = await session.run(feedsOfV2(document.inputs, signature));
    const tensors = Object.entries(outputs).map(([name, tensor]) => v2TensorOf(name, tensor));
    return writeJson({ model_name: 'model', outputs: tensors });
  }
  return answerRows(session, instancesOf(document));
}

async function answerRows(session: ModelSession, instances: readonly unknown[]): Promise<string> {
  const { signature } = session;
  return writeJson(answerOf(await session.run(feedsOfInstances(instances, signature)), signature));
}

function parseBody(body: string): unknown {
  try {
    return parseJson(body);
  } catch (error) {
    throw new UserError(`The body is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

function instancesOf(document: unknown): readonly unknown[] {
  const instances = isObject(document) ? document.instances : null;
  if (Array.isArray(instances)) return instances;
  throw new UserError('The body must be a JSON object with "instances", a list of rows, or with "inputs".');
}
