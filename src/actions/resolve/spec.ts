import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, secret, text } from '../../core/spec/input.ts';
import { STORE_URL } from '../../core/stores.ts';
import { platformNames } from '../../platforms/table.ts';

/** Not one of the six: the reusable workflows use it to read ml-deploy.yml (docs/decisions/0006). */
export const spec = defineAction({
  name: 'resolve',
  title: 'ml-deploy: resolve',
  description:
    'For the workflows of ml-deploy, in addition to the six actions: reads ml-deploy.yml, finds the release to promote and the model that an approval is about, and comments on pull requests.',
  branding: { icon: 'map', color: 'purple' },
  post: false,
  inputs: {
    command: choice(['settings', 'check', 'platform', 'newest', 'keep', 'request', 'comment'], {
      description:
        '`settings`: what a run has to do, according to ml-deploy.yml and the branch. `check`: the model and the environment whose settings a check of a pull request uses; it releases nothing. `platform`: what a job needs for target, without a file. `newest`: finds the newest verified release of the environment promote-from. `keep`: records release-digest as the newest verified release of environment. `request`: finds the environment and model of the request for approval that was commented on. `comment`: reports on a pull request how its run of verify.yml ended, in one comment.',
      default: 'settings',
    }),
    target: choice(platformNames, { description: 'Platform: the platform.' }),
    release: text({ description: 'Settings: a release record to deploy instead of a new build.' }),
    'any-branch': boolean({
      description:
        'Settings: allows a branch that is not the environment’s own, because a plan was approved.',
      default: 'false',
    }),
    branch: text({
      description: 'Check: the branch that the change is for. Its environment is used, if it has one.',
    }),
    'promote-from': text({ description: 'Newest: the environment whose release is wanted.' }),
    'artifact-store': text({
      description: 'Newest and keep: the artifact store.',
      ...STORE_URL,
    }),
    'release-digest': text({
      description: 'Keep: the digest of the verified release record.',
      pattern: /^[0-9a-f]{64}$/,
      form: 'a digest of 64 hexadecimal digits',
    }),
    'digest-key': secret({
      description:
        'Newest and keep: a secret that signs the note of the newest release: 16 characters or more, the same in all jobs. With it, nothing unsigned is promoted.',
    }),
    token: secret({
      description:
        'Request and comment: a token that can read deployments, or write comments on pull requests. Default: the job’s own token.',
      expression: '${{ github.token }}',
    }),
    account: text({
      description:
        'Request and comment: the account whose requests or earlier comments count, which is the account of the token.',
      default: 'github-actions[bot]',
    }),
    results: text({
      description: 'Comment: the folder with the artifacts of verify.yml, each in its own folder.',
    }),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    mode: '`release`, or `none` if the branch belongs to no environment.',
    environment: 'The environment.',
    'model-name': 'The model; empty if the file has none.',
    models: 'JSON: the names of all models in the file.',
    environments: 'JSON: the names of the model’s environments.',
    target: 'The platform.',
    'endpoint-name': 'The endpoint.',
    'aws-region': 'The AWS region; empty if the file has none.',
    'aws-role-arn': 'The role that the workflow assumes; empty if the file has none.',
    'aws-package-role-arn': 'The role that packs the model.',
    'aws-image-role-arn': 'The role that pushes the image.',
    'aws-plan-role-arn': 'The role that plans.',
    'artifact-store': 'The artifact store; empty for the one in the workspace.',
    aws: '`true` if AWS credentials are needed.',
    build: '`true` if a model is packed here; `false` if a release is promoted.',
    image: '`true` if an image is built and pushed here.',
    'promote-from': 'The environment whose release is promoted; empty if none is.',
    approval: 'none, wait, request or environment.',
    'github-environment': 'The GitHub environment that the release job runs in; empty for none.',
    'release-record': 'Newest: URL of the release record.',
    'release-digest': 'Newest and keep: its digest.',
    'comment-url': 'Comment: URL of the comment; empty if there is no open pull request with that commit.',
  },
});
