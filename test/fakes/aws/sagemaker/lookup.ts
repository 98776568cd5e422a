/** Finding things, with SageMaker's words for what is not there. Names are compared without regard to case. */
import { invalid } from '../errors.ts';
import type { Endpoint, EndpointConfig, Kind, Model, SageMakerState } from './state.ts';

const WORDS: Readonly<Record<Kind, string>> = {
  model: 'model',
  'endpoint-config': 'endpoint configuration',
  endpoint: 'endpoint',
};

/** SageMaker writes names in ARNs in lower case. */
export function arnOf(state: SageMakerState, kind: Kind, name: string): string {
  return state.world.arn('sagemaker', `${kind}/${name.toLowerCase()}`);
}

export function findModel(state: SageMakerState, name: string, looker: string): Model {
  return find(state, 'model', state.models, name, looker);
}

export function findConfig(state: SageMakerState, name: string, looker: string): EndpointConfig {
  return find(state, 'endpoint-config', state.configs, name, looker);
}

export function findEndpoint(state: SageMakerState, name: string, looker: string): Endpoint {
  return find(state, 'endpoint', state.endpoints, name, looker);
}

function find<T extends { readonly arn: string }>(
  state: SageMakerState,
  kind: Kind,
  all: ReadonlyMap<string, T>,
  name: string,
  looker: string,
): T {
  const found = all.get(name.toLowerCase());
  if (found === undefined || isUnseen(state, found.arn, looker)) {
    throw invalid(`Could not find ${WORDS[kind]} "${arnOf(state, kind, name)}".`);
  }
  return found;
}

/** Each operation has its own view of what is new: it sees it after so many looks. */
function isUnseen(state: SageMakerState, arn: string, looker: string): boolean {
  const key = `${looker} ${arn}`;
  const left = state.unseen.get(key) ?? state.unseen.get(arn) ?? 0;
  if (left > 0) state.unseen.set(key, left - 1);
  return left > 0;
}

export function markNew(state: SageMakerState, kind: Kind, arn: string): void {
  for (const key of state.unseen.keys()) if (key === arn || key.endsWith(` ${arn}`)) state.unseen.delete(key);
  if (state.lag[kind] > 0) state.unseen.set(arn, state.lag[kind]);
}

export function refuseExisting(
  state: SageMakerState,
  kind: Kind,
  all: ReadonlyMap<string, unknown>,
  name: string,
): void {
  if (all.has(name.toLowerCase())) {
    throw invalid(`Cannot create already existing ${WORDS[kind]} "${arnOf(state, kind, name)}".`);
  }
}
