/** What Lambda alone knows: the members of the input `lambda`. */
import type { GroupRequest } from '../../core/platform.ts';
import { given } from '../../core/plan/cloud-settings.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import { integer, jsonObject, list } from '../../core/spec/input.ts';
import { NO_GROUP_REQUEST } from '../../core/platform.ts';

/** Read by deploy-endpoint. Of sizes the least is checked; how much an account may have, AWS says itself. */
export const deployMembers = {
  'memory-mb': integer({
    description:
      'Memory of the function; its share of the processor grows with it. Default: 1024, or what it has.',
    min: 128,
  }),
  'function-timeout': integer({
    description: 'Seconds that one request may take. Default: 30, or what it has.',
    min: 1,
  }),
  'ephemeral-storage-mb': integer({ description: 'Size of /tmp, the only place to write to.', min: 512 }),
  'image-command': list({
    description: 'The command of the image (CMD), where another one than its own is wanted.',
  }),
  'function-overrides': jsonObject({
    description: 'JSON merged into CreateFunction and UpdateFunctionConfiguration; shown in the plan.',
  }),
} as const;

export function requestOf(group: GroupValues<typeof deployMembers>): GroupRequest {
  const { memoryMb, functionTimeout, ephemeralStorageMb, imageCommand, functionOverrides } = group;
  return {
    ...NO_GROUP_REQUEST,
    settings: given({ memoryMb, functionTimeout, ephemeralStorageMb, imageCommand, functionOverrides }),
  };
}
