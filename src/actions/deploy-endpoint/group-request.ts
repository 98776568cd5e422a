/** What the group of the target says, in the words of a request. */
import type { Scaling } from '../../core/plan/cloud-settings.ts';
import { NO_GROUP_REQUEST, type GroupRequest } from '../../core/platform.ts';
import { groupOf } from '../../platforms/groups.ts';
import { platformOf } from '../../platforms/table.ts';
import type { Given } from './inputs.ts';

export function groupRequest(inputs: Given): GroupRequest {
  if (inputs.target === null) return NO_GROUP_REQUEST;
  return platformOf(inputs.target).inputs.requestOf(groupOf(inputs, inputs.target));
}

/** Null without both bounds, whatever else is given. */
export function scalingOf(
  { minCapacity, maxCapacity }: Pick<Given, 'minCapacity' | 'maxCapacity'>,
  { scaling }: GroupRequest,
): Scaling | null {
  return minCapacity === null || maxCapacity === null ? null : { minCapacity, maxCapacity, ...scaling };
}
