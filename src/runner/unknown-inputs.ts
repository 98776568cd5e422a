/** Inputs that the action does not have: GitHub only warns of them, and whatever they were to do is not done. */
import type { Problem } from '../core/errors.ts';
import type { ActionSpec } from '../core/spec/action-spec.ts';
import { livesNow, moveTo } from '../core/spec/former-names.ts';
import { suggestion } from '../core/spec/input.ts';
import type { Environment } from './context.ts';
import type { LoadSpecs } from './inputs.ts';

const PREFIX = 'INPUT_';

/** Looks at the variables that the runner makes of `with:`; the value is never shown, because it may be a secret. */
export async function unknownInputs(
  spec: ActionSpec,
  env: Environment,
  loadSpecs: LoadSpecs,
): Promise<Problem[]> {
  const known = new Set(Object.keys(spec.inputs).map(variableOf));
  const unknown = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.has(name));
  if (unknown.length === 0) return [];
  const specs = await loadSpecs();
  return unknown.sort().map((variable) => {
    const name = variable.slice(PREFIX.length).toLowerCase();
    return { where: name, message: `is not an input of ${spec.name}.`, fix: fixOf(name, spec, specs) };
  });
}

/** https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs */
function variableOf(name: string): string {
  return `${PREFIX}${name.replaceAll(' ', '_').toUpperCase()}`;
}

function fixOf(name: string, spec: ActionSpec, specs: readonly ActionSpec[]): string {
  const now = livesNow(name, [spec]);
  if (now !== null) return moveTo(now);
  const near = suggestion(name, Object.keys(spec.inputs)).trim();
  const owners = specs.filter(({ inputs }) => Object.hasOwn(inputs, name)).map((other) => other.name);
  if (owners.length > 0) return `It is an input of ${owners.join(' and of ')}. Remove it here.`;
  return near === '' ? 'Remove it, or correct its name.' : near;
}
