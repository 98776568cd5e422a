import type { Platform } from '../../core/platform.ts';
import { LAMBDA_IMAGES } from './image-rules.ts';
import { deployMembers, requestOf } from './inputs.ts';
import { TARGET, TITLE } from './options.ts';
import { lambdaRules } from './rules.ts';

/** Functions of AWS Lambda, of an image that holds the model. */
export const lambda = {
  name: TARGET,
  title: TITLE,
  offered: true,
  cloud: 'aws',
  login: ['aws'],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': {} },
    requestOf,
    reads: [
      'aws-account-id',
      'aws-region',
      'execution-role-arn',
      'environment-variables',
      'vpc-subnets',
      'vpc-security-groups',
      'kms-key-id',
      'min-capacity',
      'max-capacity',
      'strategy',
      'step-percent',
      'bake-minutes',
      'alarms',
      'adopt',
      'tags',
    ],
    rules: lambdaRules,
  },
  image: { rules: LAMBDA_IMAGES, provides: () => Promise.resolve(false) },
  // The archive is in the image; what its code finds there depends on the image.
  archive: { findings: () => Promise.resolve([]) },
  // A change updates the function and moves its alias: seconds, or minutes in a VPC.
  traits: { pullsAgain: true, servesArchives: false, changeMs: 900_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'lambda'>;
