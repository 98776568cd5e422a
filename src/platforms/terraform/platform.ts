import { withoutScript } from '../../clouds/aws/framework-script.ts';
import { NO_GROUP_REQUEST, type Platform } from '../../core/platform.ts';
import { deployMembers } from './inputs.ts';

/**
 * Releases that Terraform or OpenTofu carries out: this plans, binds the approval, applies, and reads SageMaker back. No
 * reconciler: what Terraform does in between is Terraform's.
 */
export const terraform = {
  name: 'terraform',
  title: 'Terraform',
  offered: true,
  cloud: 'aws',
  login: ['aws'],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': {} },
    requestOf: () => NO_GROUP_REQUEST,
    // What is not here is said in HCL: scaling, tags, deployment_config.
    reads: [
      'aws-account-id',
      'aws-region',
      'framework',
      'framework-version',
      'execution-role-arn',
      'instance-type',
      'initial-instance-count',
      'environment-variables',
      'vpc-subnets',
      'vpc-security-groups',
      'kms-key-id',
      'startup-timeout',
    ],
    rules: [],
  },
  // Whoever serves the model says what an image has to be.
  image: { rules: null, provides: () => Promise.resolve(false) },
  archive: {
    findings: () => Promise.resolve([]),
    unservable: (framework, paths) => Promise.resolve(withoutScript(framework, paths)),
  },
  traits: {
    pullsAgain: true,
    servesArchives: false,
    changeMs: 3_600_000,
    commands: ['plan', 'deploy', 'rollback'],
  },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'terraform'>;
