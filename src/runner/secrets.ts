/** What the redactor of a step knows from the start: secrets of the environment, and inputs, before they are read. */
import * as core from '@actions/core';
import type { Redactor } from '../core/redaction/redactor.ts';
import type { ActionSpec } from '../core/spec/action-spec.ts';
import type { Environment } from './context.ts';

/** Credentials that the clients of this process use, or that programs which it starts may print. */
const SECRET_VARIABLE =
  /^(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_CONTAINER_AUTHORIZATION_TOKEN|IDENTITY_HEADER|CLOUDSDK_AUTH_ACCESS_TOKEN|ACTIONS_RUNTIME_TOKEN|ACTIONS_ID_TOKEN_REQUEST_TOKEN|(GITHUB|GH|ML_DEPLOY|SLACK|NPM|NODE_AUTH|HF|HUGGING_FACE_HUB|MLFLOW)_(\w+_)?(TOKEN|WEBHOOK_URL))$|(^|_)(PASSWORD|SECRET|API_KEY)$/;
const PROXY_VARIABLE = /^(https?|all)_proxy$/i;

export function hideEnvironment(env: Environment, redactor: Redactor): void {
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('INPUT_')) continue;
    if (SECRET_VARIABLE.test(name)) redactor.addSecret(value, name);
    if (PROXY_VARIABLE.test(name)) redactor.addUrl(value);
  }
}

/**
 * Masks every secret input, and every value of a secret map; line by line, because the runner masks by line. Values that
 * look like ordinary text are not masked: with a header `x-version: 1`, no log could be read.
 */
export function hideInputs(spec: ActionSpec, redactor: Redactor): void {
  for (const [name, input] of Object.entries(spec.inputs)) {
    const value = core.getInput(name);
    if (value === '') continue;
    const values = mapOf(input, value);
    if (input.variables) redactor.addVariables(values);
    else if (input.secret) hideSecret(name, value, values, redactor);
    else redactor.addUrl(value);
  }
}

function hideSecret(
  name: string,
  value: string,
  values: ReadonlyMap<string, string> | null,
  redactor: Redactor,
): void {
  // Of a map, its values; the whole of it is not a text that anybody repeats.
  if (values === null) redactor.addSecret(value, name);
  for (const [key, item] of values ?? []) redactor.addSecret(item, key);
  for (const text of [value, ...(values?.values() ?? [])]) mask(text, redactor);
}

/** Has the runner hide a value in whatever is logged from now on, by this step or another. */
export function mask(value: string, redactor: Redactor): void {
  for (const line of value.split('\n').map((text) => text.trim())) {
    if (redactor.isDistinct(line)) core.setSecret(line);
  }
}

/** null if it is no map, or cannot be parsed, which is reported when the inputs are read. */
function mapOf(input: ActionSpec['inputs'][string], value: string): ReadonlyMap<string, string> | null {
  try {
    const parsed = input.parse(value.trim());
    return parsed instanceof Map ? (parsed as ReadonlyMap<string, string>) : null;
  } catch {
    return null;
  }
}
