import { withoutScript } from '../../clouds/aws/framework-script.ts';
import type { Platform } from '../../core/platform.ts';
import { deployMembers, requestOf, smokeMembers } from './inputs.ts';
import { sagemakerRules } from './preflight/rules.ts';

const TITLE = 'SageMaker';

/** Endpoints of Amazon SageMaker, real-time and serverless. */
export const sagemaker = {
  name: 'sagemaker',
  title: TITLE,
  offered: true,
  cloud: 'aws',
  login: ['aws'],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': smokeMembers },
    requestOf,
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
      'autoscaling',
      'min-capacity',
      'max-capacity',
      'strategy',
      'step-percent',
      'bake-minutes',
      'alarms',
      'adopt',
      'tags',
    ],
    rules: sagemakerRules,
  },
  image: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html
    rules: {
      title: TITLE,
      manifest: 'docker',
      platforms: ['linux/amd64', 'linux/arm64'],
      layers: null,
      modelInside: false,
      pulledBy: null,
    },
    provides: async (uri) => (await import('./serving-images.ts')).isServingImage(uri),
    packagesOf: async (asked) => (await import('./serving-packages.ts')).servingPackages(asked),
  },
  archive: {
    findings: async (framework, source) =>
      (await import('./archive-layout.ts')).layoutFindings(framework, source),
    unservable: (framework, paths) => Promise.resolve(withoutScript(framework, paths)),
    readFrom: { kind: 's3', title: 'S3', form: 's3://bucket/prefix' },
  },
  // A change is an update of the endpoint, which takes some ten minutes.
  traits: { pullsAgain: true, servesArchives: false, changeMs: 3_600_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'sagemaker'>;
