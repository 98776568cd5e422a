import type { Platform } from '../../core/platform.ts';

const TITLE = 'SageMaker';

/** Endpoints of Amazon SageMaker, real-time and serverless. */
export const sagemaker = {
  name: 'sagemaker',
  title: TITLE,
  offered: true,
  cloud: 'aws',
  login: ['aws'],
  inputs: {
    group: {},
    reads: [
      'aws-account-id',
      'aws-region',
      'model-package-arn',
      'framework',
      'framework-version',
      'execution-role-arn',
      'instance-type',
      'initial-instance-count',
      'variant-name',
      'serverless-memory-mb',
      'serverless-max-concurrency',
      'environment-variables',
      'vpc-subnets',
      'vpc-security-groups',
      'enable-network-isolation',
      'kms-key-id',
      'data-capture-destination',
      'data-capture-percentage',
      'container-startup-timeout',
      'model-download-timeout',
      'model-overrides',
      'endpoint-config-overrides',
      'autoscaling',
      'min-capacity',
      'max-capacity',
      'invocations-per-instance',
      'scale-in-cooldown',
      'scale-out-cooldown',
      'strategy',
      'step-percent',
      'bake-minutes',
      'alarms',
      'adopt',
      'tags',
      'target-variant',
    ],
    problems: async (facts) => (await import('./preflight/rules.ts')).checkRules(facts),
  },
  image: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html
    rules: { title: TITLE, manifest: 'docker', platforms: ['linux/amd64', 'linux/arm64'] },
    provides: async (uri) => (await import('./serving-images.ts')).isServingImage(uri),
  },
  archive: {
    findings: async (framework, source) =>
      (await import('./archive-layout.ts')).layoutFindings(framework, source),
  },
  // A change is an update of the endpoint, which takes some ten minutes.
  traits: { pullsAgain: true, servesArchives: false, changeMs: 3_600_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'sagemaker'>;
