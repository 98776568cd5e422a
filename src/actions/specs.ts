/** The six actions as data, in the order in which a release meets them. */
import type { ActionSpec } from '../core/spec/action-spec.ts';
import { spec as approveGate } from './approve-gate/spec.ts';
import { checkFile } from './deploy-endpoint/check-rules.ts';
import { spec as deployEndpoint } from './deploy-endpoint/spec.ts';
import { spec as notifySlack } from './notify-slack/spec.ts';
import { spec as packageModel } from './package-model/spec.ts';
import { spec as pushImage } from './push-image/spec.ts';
import { spec as resolve } from './resolve/spec.ts';
import { spec as smokeTest } from './smoke-test/spec.ts';

export const specs: readonly ActionSpec[] = [
  packageModel,
  pushImage,
  { ...deployEndpoint, checkFile },
  smokeTest,
  approveGate,
  notifySlack,
];

/** What only the reusable workflows use: released beside the six, and not set by ml-deploy.yml. */
export const workflowSpecs: readonly ActionSpec[] = [resolve];
