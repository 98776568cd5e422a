import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, integer, integers, list, map, secret, text } from '../../core/spec/input.ts';
import { STORE_URL } from '../../core/stores.ts';
import { groupsOf } from '../../platforms/groups.ts';
import { platformNames } from '../../platforms/table.ts';

/** What SageMaker allows for names of endpoints and variants. */
const NAME = {
  pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
  form: 'letters, digits and inner hyphens, 63 at most',
};

export const COMMANDS = [
  'plan',
  'deploy',
  'stage',
  'promote',
  'discard',
  'rollback',
  'teardown',
  'reap',
] as const;

export const spec = defineAction({
  name: 'deploy-endpoint',
  title: 'ml-deploy: deploy endpoint',
  description:
    'Plans, deploys, stages, promotes, rolls back or tears down a model endpoint, and verifies what serves.',
  branding: { icon: 'server', color: 'purple' },
  post: true,
  inputs: {
    command: choice(COMMANDS, { description: 'The command to run.', default: 'deploy' }),
    target: choice(platformNames, { description: 'The platform.', required: true }),
    'endpoint-name': text({ description: 'The endpoint.', required: true, ...NAME }),
    'aws-account-id': text({
      description: 'The AWS account that this run must use; any other is refused.',
      pattern: /^\d{12}$/,
      form: 'an account id of 12 digits',
    }),
    release: text({
      description:
        'A release record (path, URL, or digest in the artifact store) to deploy instead of model-data-url and image-uri.',
    }),
    'artifact-store': text({
      description:
        'The artifact store for release records. Default: the store of model-data-url, else `.ml-deploy/store` in the workspace.',
      ...STORE_URL,
    }),
    'model-data-url': text({
      description: 'The archive made by package-model: a path, or a file://, s3://, gs:// or Azure Blob URL.',
    }),
    'reference-url': text({
      description:
        'The ONNX reference model of this release: a path, or a file://, s3://, gs:// or Azure Blob URL.',
    }),
    'image-uri': text({ description: 'The serving image, pinned by digest or by tag.' }),
    framework: text({
      description:
        'With framework-version, instead of image-uri: the serving image of AWS or Google for that framework.',
    }),
    'framework-version': text({
      description: 'The version of that framework’s image, such as `1.9-0` (AWS) or `1.5` (Google).',
    }),
    'execution-role-arn': text({
      description: 'The role that SageMaker runs the model under.',
      pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
      form: 'an ARN such as arn:aws:iam::123456789012:role/name',
    }),
    'instance-type': text({
      description:
        'The instance type, such as `ml.m5.large` (SageMaker), `Standard_DS3_v2` (Azure ML) or `n1-standard-4` (Vertex AI).',
      pattern: /^[A-Za-z][\w.-]*$/,
      form: 'an instance type such as ml.m5.large, Standard_DS3_v2 or n1-standard-4',
    }),
    'initial-instance-count': integer({ description: 'Instances to start with.', min: 1 }),
    'environment-variables': map({
      description:
        'Environment variables of the container. Their values never appear in a plan, log or summary.',
      variables: true,
    }),
    'digest-key': secret({
      description:
        'A secret that keys the digests of environment-variables in plans, so that nobody can guess values from a plan: ' +
        '16 characters or more, the same in all jobs that plan and release.',
    }),
    'vpc-subnets': list({ description: 'Subnets of the model.' }),
    'vpc-security-groups': list({ description: 'Security groups of the model.' }),
    'kms-key-id': text({
      description:
        'The KMS key of the instances’ storage. A plain key in ml-deploy.yml also applies to the objects in S3 (package-model).',
    }),
    'startup-timeout': integer({
      description: 'How many seconds a container can take to answer /ping.',
      min: 60,
      max: 3600,
    }),
    autoscaling: choice(['keep', 'remove'], {
      description:
        '`remove` ends autoscaling, and initial-instance-count instances run from then on. With `keep`, or if not set, policies stay as they are, or follow min-capacity and the other autoscaling inputs.',
    }),
    'min-capacity': integer({
      description: 'Autoscaling: fewest instances (lambda: provisioned environments).',
      min: 0,
    }),
    'max-capacity': integer({
      description: 'Autoscaling: most instances (lambda: provisioned environments).',
      min: 1,
    }),
    strategy: choice(['all-at-once', 'canary', 'linear', 'rolling'], {
      description: 'How traffic moves to the new version.',
      default: 'all-at-once',
    }),
    'step-percent': integers({
      description:
        'Percent of the traffic (canary, linear) or of the instances (rolling) in each step. A canary takes several, except on SageMaker: with `10, 50`, the new version gets 10 %, then 50 %, then all.',
      min: 1,
      max: 99,
    }),
    'bake-minutes': integer({
      description: 'Minutes to watch the alarms after traffic has moved.',
      default: '0',
      min: 0,
      max: 60,
    }),
    alarms: list({
      description:
        'CloudWatch alarms that roll the deployment back. Default: with `bake-minutes` or a `strategy` other than all-at-once, two alarms on model errors and latency, which exist only during the update.',
    }),
    staging: choice(['endpoint', 'none'], {
      description: 'Whether `stage` starts a candidate beside the live version.',
      default: 'endpoint',
    }),
    'allow-signature-change': boolean({
      description:
        'Allows a model whose inputs or outputs are missing or different from those of the live model, which breaks its callers. Otherwise such a model is refused.',
      default: 'false',
    }),
    adopt: boolean({
      description: 'Takes over an endpoint that ml-deploy did not create.',
      default: 'false',
    }),
    'approved-plan': text({
      description: 'The plan that was approved (path or JSON). A request that differs from it is refused.',
    }),
    'require-approval': boolean({
      description:
        'Refuses `deploy`, `stage` and `promote` without an approved-plan that says who approved it. Set it whenever a gate runs: a lost approval is then an error.',
      default: 'false',
    }),
    'to-version': text({
      description:
        'For `rollback`: the version to go back to. Default: the newest verified version before the live one.',
    }),
    'from-version': text({
      description:
        'For `rollback`: the version to roll back from. A repeated run then goes back only once: if another version serves by then, nothing is changed. Default: the live version.',
    }),
    confirm: text({
      description:
        'For `teardown`: the endpoint’s name again, or twice (`churn churn`) if it was taken over with adopt. For `rollback` to a version that was rolled back from, or that passed no smoke test: that version again, as in to-version.',
    }),
    'timeout-minutes': integer({
      description: 'How many minutes to wait for the platform.',
      default: '30',
      min: 1,
      max: 480,
    }),
    'keep-versions': integer({
      description: 'How many old versions to keep for a rollback.',
      default: '3',
      min: 1,
      max: 100,
    }),
    token: secret({
      description:
        'A token that can read the repository (`contents: read`): the plan then names the commits between what serves and the new version. Default: the job’s own token.',
      expression: '${{ github.token }}',
    }),
    tags: map({ description: 'Tags for cloud resources, set when they are created.' }),
    ...groupsOf('deploy-endpoint'),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    outcome:
      'What is now true: planned, unchanged, staged, deployed, promoted, discarded, rolled-back, failed, timed-out, cancelled, needs-human or torn-down.',
    'endpoint-name': 'The endpoint.',
    'endpoint-arn': 'Its ARN; empty if the platform has none.',
    'endpoint-url': 'The URL that it answers at.',
    'plan-digest': 'Digest of the plan. An approval is bound to it.',
    'plan-path': 'Path of the plan document (JSON).',
    cost: 'For `plan`: what the release changes in a month by list prices, in one line; empty if nothing changes, or the platform bills nothing.',
    news: 'For `plan`, `deploy` and `stage`: what is new beside what serves (commits and their authors, inputs and outputs, the accuracy of what serves), in one line; empty if nothing serves.',
    'accuracy-before':
      'For `plan`, `deploy` and `stage`: the accuracy of what serves, as its last smoke test found it; empty if that is not known.',
    'mae-before': 'Likewise, the mean absolute error of what serves.',
    'candidate-name': 'The candidate beside the live version; empty if there is none.',
    'running-version': 'The version that serves now, read back from the platform.',
    'previous-version': 'The version that a rollback would go to; empty if there is none.',
    'terraform-tfvars': 'Path of ml-deploy.auto.tfvars.json, with target: terraform; empty for any other.',
    'release-record': 'Path or URL of the release record of this deployment.',
    'release-digest': 'Digest of the release record.',
  },
});
