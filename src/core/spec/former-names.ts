/** Names that inputs had before, and other words for them: the present place of each. */
import type { ActionSpec } from './action-spec.ts';
import { isGroup, memberPath } from './group.ts';

/** Those that are called differently now; a member of a group that kept its name is found by the name. */
const RENAMED: Readonly<Record<string, string>> = {
  'local-port': 'local: port',
  'container-startup-timeout': 'startup-timeout',
};

/** The present place of a name, such as `sagemaker: variant-name`; null if it was never an input. */
export function livesNow(name: string, specs: readonly Pick<ActionSpec, 'inputs'>[]): string | null {
  const renamed = RENAMED[name];
  if (renamed !== undefined) return exists(renamed, specs) ? renamed : null;
  for (const { inputs } of specs) {
    for (const [group, input] of Object.entries(inputs)) {
      if (isGroup(input) && Object.hasOwn(input.members, name)) return memberPath(group, name);
    }
  }
  return null;
}

function exists(path: string, specs: readonly Pick<ActionSpec, 'inputs'>[]): boolean {
  const [name = '', member] = path.split(': ');
  return specs.some(({ inputs }) => {
    const input = inputs[name];
    if (input === undefined || member === undefined) return input !== undefined;
    return isGroup(input) && Object.hasOwn(input.members, member);
  });
}

/** What to do about a name that is an input no longer. */
export function moveTo(path: string): string {
  return path.includes(': ') ? `It is in a group now: "${path}".` : `It is called "${path}" now.`;
}
