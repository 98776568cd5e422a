/**
 * What an environment in ml-deploy.yml may say beside inputs: how releases come to it. The workflow reads these
 * (see the action folder `resolve`), and deploy-endpoint holds to promote-from; no action takes them as inputs.
 */
import { AZURE_ID, AZURE_TENANT } from '../azure-environment.ts';
import { GOOGLE_PROVIDER, GOOGLE_SERVICE_ACCOUNT } from '../google-environment.ts';
import { choice, list, text, type Input } from '../spec/input.ts';

/** Modes of approve-gate, and no gate at all. */
export const APPROVAL_MODES = ['none', 'wait', 'request', 'environment'] as const;
export type ApprovalMode = (typeof APPROVAL_MODES)[number];

function role(description: string) {
  return text({
    description,
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
    form: 'an ARN such as arn:aws:iam::123456789012:role/deploy',
  });
}

export const environmentKeys = {
  branch: list({
    description: 'The branch, or the branches, whose pushes are released to this environment.',
  }),
  'promote-from': text({
    description:
      'The environment whose newest verified release is deployed here, with its digests, instead of a new build.',
  }),
  approval: choice(APPROVAL_MODES, {
    description:
      'How a release is approved: not at all, by a job that waits for comments, by a request that a comment resumes later, or by GitHub’s own environment protection. Default: `wait` if approvers are named, else `none`.',
  }),
  'github-environment': text({
    description:
      'The GitHub environment that the release job runs in, with its secrets, its branch rules and its `sub` for OIDC. Its required reviewers are asked in addition to the gate. Default: none.',
  }),
  'aws-role-arn': role(
    'The role that the workflow assumes by OIDC in this environment’s account, for whatever has none of its own.',
  ),
  'aws-package-role-arn': role('The role that packs the model. Default: `aws-role-arn`.'),
  'aws-image-role-arn': role('The role that pushes the image. Default: `aws-role-arn`.'),
  'aws-plan-role-arn': role('The role that plans: it needs to change nothing. Default: `aws-role-arn`.'),
  'gcp-workload-identity-provider': text({
    description:
      'The provider of Google Cloud that trusts the tokens of this repository, by its full name, with the number of the project.',
    pattern: GOOGLE_PROVIDER,
    form: 'projects/123456789/locations/global/workloadIdentityPools/POOL/providers/PROVIDER',
  }),
  'gcp-service-account': text({
    description:
      'The service account that each step acts as in Google Cloud. Default: none; the roles of the repository itself count then.',
    pattern: GOOGLE_SERVICE_ACCOUNT,
    form: 'an e-mail address such as deployer@my-project.iam.gserviceaccount.com',
  }),
  'azure-client-id': text({
    description:
      'The ID of the application, or of the user-assigned identity, that each step signs in as at Azure; with azure-tenant-id.',
    pattern: AZURE_ID,
    form: 'an ID such as 00000000-0000-0000-0000-000000000000',
  }),
  'azure-tenant-id': text({
    description: 'The ID, or a domain, of the directory (tenant) of that application.',
    pattern: AZURE_TENANT,
    form: 'an ID or a domain',
  }),
} as const satisfies Readonly<Record<string, Input<unknown>>>;

/** Each says nothing without the other. */
export const NEEDED_BY: readonly (readonly [EnvironmentKey, EnvironmentKey])[] = [
  ['gcp-service-account', 'gcp-workload-identity-provider'],
  ['azure-client-id', 'azure-tenant-id'],
  ['azure-tenant-id', 'azure-client-id'],
];

/** The roles that the workflow assumes. */
export const ROLE_KEYS = [
  'aws-role-arn',
  'aws-package-role-arn',
  'aws-image-role-arn',
  'aws-plan-role-arn',
] as const satisfies readonly (keyof typeof environmentKeys)[];

export type EnvironmentKey = keyof typeof environmentKeys;

/** What an action may ask ml-deploy.yml about others: how the environment is released to, and by whom. */
export type AskedKey =
  EnvironmentKey | 'approvers' | 'target' | 'image-uri' | 'repository' | 'framework-version';

/** What people write for what has another name, to be named in the message. */
export const ALIASES: Readonly<Record<string, string>> = {
  account: 'aws-account-id',
  'account-id': 'aws-account-id',
  branches: 'branch',
  endpoint: 'endpoint-name',
  image: 'image-uri',
  instances: 'initial-instance-count',
  'instance-count': 'initial-instance-count',
  model: 'model-path',
  region: 'aws-region',
  'slack-channel': 'channel',
};
