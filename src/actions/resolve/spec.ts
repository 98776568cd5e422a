import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, text } from '../../core/spec/input.ts';

/** Not one of the six: the reusable workflows use it to read ml-deploy.yml (docs/decisions/0006). */
export const spec = defineAction({
  name: 'resolve',
  title: 'ml-deploy: resolve',
  description: 'Reads ml-deploy.yml for the reusable workflows, and finds the release that is promoted.',
  branding: { icon: 'map', color: 'purple' },
  post: false,
  inputs: {
    command: choice(['settings', 'newest', 'keep'], {
      description:
        '`settings`: what a run has to do, by ml-deploy.yml and the branch. `newest`: the newest verified release of the environment promote-from. `keep`: notes release-digest as that of environment.',
      default: 'settings',
    }),
    release: text({ description: 'Settings: a release record to deploy instead of a new build.' }),
    'any-branch': boolean({
      description:
        'Settings: also from a branch that is not the environment’s own, since a plan was approved.',
      default: 'false',
    }),
    'promote-from': text({ description: 'Newest: the environment whose release is looked for.' }),
    'artifact-store': text({
      description: 'Newest and keep: the artifact store.',
      pattern: /^(s3:\/\/[^/]+|file:\/\/\/.)/,
      form: 'an s3://bucket/prefix or file:///folder URL',
    }),
    'release-digest': text({
      description: 'Keep: the digest of the verified release record.',
      pattern: /^[0-9a-f]{64}$/,
      form: 'a digest of 64 hexadecimal digits',
    }),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    mode: '`release`, or `none` where the branch belongs to no environment.',
    environment: 'The environment.',
    'model-name': 'The model; empty where the file has none.',
    models: 'JSON: the names of all models in the file.',
    environments: 'JSON: the names of the model’s environments.',
    target: 'The platform.',
    'endpoint-name': 'The endpoint.',
    'aws-region': 'The AWS region; empty where the file has none.',
    'aws-role-arn': 'The role that the workflow assumes; empty where the file has none.',
    'artifact-store': 'The artifact store; empty for the one in the workspace.',
    aws: '`true` where credentials of AWS are needed.',
    build: '`true` where a model is packed here; `false` where a release is promoted.',
    image: '`true` where an image is built and pushed here.',
    'promote-from': 'The environment whose release is promoted; empty where none is.',
    approval: 'none, wait, request or environment.',
    'release-record': 'Newest: URL of the release record.',
    'release-digest': 'Newest and keep: its digest.',
  },
});
