/** Wrong ml-deploy.yml files: what is said of each, with its line. */

export interface WrongFile {
  readonly title: string;
  readonly source: string;
  readonly said: string;
}

const file = (title: string, lines: readonly string[], said: string): WrongFile => ({
  title,
  source: `${lines.join('\n')}\n`,
  said: `ml-deploy.yml:${said}`,
});

/** Wrong by themselves: names, types, values. The JSON Schema refuses these too. */
export const WRONG_FILES: readonly WrongFile[] = [
  file('a misspelled section', ['enviroments:', '  dev: {}'], '1 "enviroments" is not a known key here. the file may have defaults, environments, models. Did you mean "environments"?'),
  file('a section of another tool', ['defaults: {}', 'stages: [dev]'], '2 "stages" is not a known key here. the file may have defaults, environments, models.'),
  file('a misspelled input', ['defaults:', '  endpont-name: churn'], '2 "endpont-name" in defaults is not an input. Did you mean "endpoint-name"?'),
  file('an unknown input of a model', ['models:', '  churn:', '    defaults:', '      colour: red'], '4 "colour" in models.churn.defaults is not an input.'),
  file('an input beside the sections of a model', ['models:', '  churn:', '    target: local'], '3 "target" is not a known key here. models.churn may have defaults, environments.'),
  file('an input of another action', ['defaults:', '  smoke-test:', '    strategy: canary'], '3 "strategy" in defaults.smoke-test is not an input. It is an input of deploy-endpoint.'),
  file('another word for the region', ['environments:', '  dev:', '    region: eu-central-1'], '3 "region" in environments.dev is not an input. Did you mean "aws-region"?'),
  file('another word for the count', ['environments:', '  dev:', '    instances: 2'], '3 "instances" in environments.dev is not an input. Did you mean "initial-instance-count"?'),
  file('another word for the account', ['environments:', '  dev:', '    account: "111111111111"'], '3 "account" in environments.dev is not an input. Did you mean "aws-account-id"?'),
  file('the plural of branch', ['environments:', '  dev:', '    branches: [develop]'], '3 "branches" in environments.dev is not an input. Did you mean "branch"?'),
  file('a branch for all environments', ['defaults:', '  branch: develop'], '2 "branch" in defaults belongs to one environment. Move it below environments.<name>.'),
  file('a secret', ['defaults:', '', '  token: abc'], '3 "token" is a secret and must not be in a file. Pass it as an input.'),
  file('a webhook', ['environments:', '  prod:', '    webhook-url: https://hooks.example.com/x'], '3 "webhook-url" is a secret and must not be in a file. Pass it as an input.'),
  file('what chooses the place', ['defaults:', '  environment: dev'], '2 "environment" decides what is read from this file, so it cannot be in it.'),
  file('environments as a list', ['environments: [dev, prod]'], '1 environments must be a map of names to values.'),
  file('an environment as a text', ['environments:', '  dev: yes please'], '2 environments.dev must be a map of names to values.'),
  file('a name with a space', ['environments:', '  dev: {}', '  pre prod: {}'], '3 the environment\'s name "pre prod" must be letters, digits, dots, hyphens and underscores, 63 at most.'),
  file('an action as a text', ['defaults:', '  smoke-test: strict'], '2 defaults.smoke-test must be a map of inputs.'),
  file('a word for a number', ['defaults:', '  keep-versions: many'], '2 keep-versions: "many" must be an integer.'),
  file('a fraction for an integer', ['defaults:', '  keep-versions: 2.5'], '2 keep-versions: "2.5" must be an integer.'),
  file('a step that is no number', ['environments:', '  prod:', '    strategy: canary', '    step-percent: 10; 50'], '4 step-percent: "10; 50" must be an integer, or several, such as 10, 50.'),
  file('a number beyond its range', ['environments:', '  prod:', '    strategy: canary', '    step-percent: 100'], '4 step-percent: "100" must be from 1 to 99.'),
  file('an accuracy in percent', ['defaults:', '  min-accuracy: 95'], '2 min-accuracy: "95" must be from 0 to 1.'),
  file('an unknown target', ['defaults:', '  target: sagemker'], '2 target: "sagemker" must be one of sagemaker, local, terraform, lambda, azure-ml, vertex-ai. Did you mean "sagemaker"?'),
  file('an unknown approval', ['environments:', '  prod:', '    approval: manual'], '3 approval: "manual" must be one of none, wait, request, environment.'),
  file('yes for true', ['defaults:', '  adopt: yes'], '2 adopt: "yes" must be true or false.'),
  file('a list for one value', ['environments:', '  dev:', '    endpoint-name: [churn, fraud]'], '3 endpoint-name: must be one value, not a list.'),
  file('a map for one value', ['environments:', '  dev:', '    instance-type: { size: large }'], '3 instance-type: must be one value, not a map.'),
  file('a version that is a number', ['defaults:', '  framework-version: 1.10'], '2 framework-version: 1.10 is read as the number 1.1, but must be a string. Put it in quotes: "1.10".'),
  file('an account that is a number', ['environments:', '  dev:', '    aws-account-id: 011111111111'], '3 aws-account-id: 011111111111 is read as the number 11111111111, but must be a string. Put it in quotes: "011111111111".'),
  file('an account with hyphens', ['environments:', '  dev:', '    aws-account-id: "1111-1111-1111"'], '3 aws-account-id: "1111-1111-1111" must be an account id of 12 digits.'),
  file('an expression', ['environments:', '  dev:', '    endpoint-name: churn-${{ github.ref_name }}'], '3 endpoint-name: "churn-${{ github.ref_name }}" must be letters, digits and inner hyphens, 63 at most. Expressions are not evaluated in this file. This is the input of deploy-endpoint; other actions can have their own value.'),
  file('an endpoint with an underscore', ['environments:', '  dev:', '    endpoint-name: churn_dev'], '3 endpoint-name: "churn_dev" must be letters, digits and inner hyphens, 63 at most. Did you mean "churn-dev"? This is the input of deploy-endpoint; other actions can have their own value.'),
  file('an instance type of two words', ['environments:', '  dev:', '    instance-type: m5 large'], '3 instance-type: "m5 large" must be an instance type such as ml.m5.large, Standard_DS3_v2 or n1-standard-4.'),
  file('a provider by its name', ['environments:', '  dev:', '    gcp-workload-identity-provider: acme'], '3 gcp-workload-identity-provider: "acme" must be projects/123456789/locations/global/workloadIdentityPools/POOL/providers/PROVIDER.'),
  file('an application by its name', ['environments:', '  dev:', '    azure-client-id: acme', '    azure-tenant-id: acme.example'], '3 azure-client-id: "acme" must be an ID such as 00000000-0000-0000-0000-000000000000.'),
  file('a role by its name', ['environments:', '  dev:', '    aws-role-arn: deploy'], '3 aws-role-arn: "deploy" must be an ARN such as arn:aws:iam::123456789012:role/deploy.'),
  file('a bucket without its scheme', ['defaults:', '  destination: acme-models'], '2 destination: "acme-models" must be an s3://bucket/prefix, gs://bucket/prefix, https://account.blob.core.windows.net/container/prefix or file:///folder URL.'),
]; // prettier-ignore

const env = (name: string, ...lines: string[]) => [`  ${name}:`, ...lines.map((line) => `    ${line}`)];

/** Each value is right by itself, and together they are impossible: a schema that sees one place cannot tell. */
export const IMPOSSIBLE_FILES: readonly WrongFile[] = [
  file('no YAML', ['defaults:', '  target: "local'], '3 has a quote or a bracket that is not closed. Close it on the line on which it is opened.'),
  file('a bracket that is not closed', ['defaults:', '  approvers: [amira', 'environments: {}'], '3 has a quote or a bracket that is not closed. Close it on the line on which it is opened.'),
  file('tabs', ['defaults:', '\ttarget: local', '\tendpoint-name: churn'], '2 is indented with a tab. YAML accepts only spaces: use two for each level.'),
  file('a second colon', ['defaults:', '  reason: see: the docs'], '2 cannot be read: it contains a second ": ", or the next line is indented too far. Quote values that contain ": ", and indent all keys of a map equally.'),
  file('a line that is indented too far', ['defaults:', '  target: local', '    endpoint-name: churn'], '2 cannot be read: it contains a second ": ", or the next line is indented too far. Quote values that contain ": ", and indent all keys of a map equally.'),
  file('a line that is indented too little', ['defaults:', '  target: local', ' endpoint-name: churn'], '3 is not indented like the lines before it. Indent all keys of a map equally.'),
  file('a reserved character', ['defaults:', '  channel: @releases'], '2 has a value that starts with a character reserved by YAML. Put the value in quotes.'),
  file('a key twice', ['defaults:', '  target: local', '  target: sagemaker'], '3 "target" is also on line 2, in defaults. Remove one of them.'),
  file('a misspelled environment of a model', ['environments:', ...env('prod', 'keep-versions: 5'), 'models:', '  churn:', '    environments:', '      prd: { keep-versions: 9 }'], '7 "prd" in models.churn.environments is not an environment of the file, which has prod. Did you mean "prod"? Define a new one below environments too.'),
  file('a promotion from nowhere', ['defaults: { destination: s3://b/p }', 'environments:', ...env('dev', 'keep-versions: 5'), ...env('prod', 'promote-from: prd')], '6 promote-from: "prd" is not an environment of the file; it has dev.'),
  file('a promotion from itself', ['defaults: { destination: s3://b/p }', 'environments:', ...env('prod', 'promote-from: prod')], '4 promote-from: "prod" is the environment itself.'),
  file('a promotion without a store', ['environments:', ...env('dev', 'keep-versions: 5'), ...env('prod', 'promote-from: dev')], '5 promote-from needs an artifact store that is kept after the job, but none is set. Set destination to s3://bucket/prefix, gs://bucket/prefix, to a container of Azure Blob, or to a file:/// folder that all jobs can access.'),
  file('one branch for two environments', ['environments:', ...env('dev', 'branch: main'), ...env('prod', 'branch: [release, main]')], '5 branch: "main" already belongs to "dev", on line 3.'),
  file('one endpoint for two environments', ['environments:', ...env('dev', 'endpoint-name: churn'), ...env('prod', 'endpoint-name: churn')], '5 endpoint-name: "churn" is also on line 3, for dev. Give each model and environment its own endpoint.'),
  file('an approval by nobody', ['environments:', ...env('prod', 'approval: wait')], '3 approval: "wait" needs approvers.'),
  file('more approvals than people', ['environments:', ...env('prod', 'approvers: [amira, ben]', 'minimum-approvals: 3')], '4 minimum-approvals: 3 is more than the 2 people in approvers. Add people or a team (org/team).'),
  file('a canary without steps', ['environments:', ...env('prod', 'initial-instance-count: 3', 'strategy: canary')], '4 step-percent: is required for the strategy "canary". Add it, such as 10.'),
  file('a canary on one instance', ['defaults: { target: sagemaker, strategy: canary, step-percent: 10 }', 'environments:', ...env('dev', 'initial-instance-count: 1')], '1 strategy: "canary" is not possible with 1 instance: a step can take half of the instances at most. Set initial-instance-count to 2 or more, or use all-at-once.'),
  file('steps without a strategy', ['environments:', ...env('prod', 'step-percent: 10')], '3 step-percent: 10 is given, but the strategy "all-at-once" has no steps. Leave it out, or set strategy.'),
  file('a minimum above the maximum', ['defaults: { max-capacity: 4 }', 'environments:', ...env('prod', 'min-capacity: 8')], '4 min-capacity: 8 is more than max-capacity, 4.'),
  file('a minimum without a maximum', ['environments:', ...env('prod', 'min-capacity: 3')], '3 max-capacity: is missing, while min-capacity is given. Give both or none.'),
  file('a count outside the capacity', ['environments:', ...env('prod', 'initial-instance-count: 1', 'min-capacity: 3', 'max-capacity: 9')], '3 initial-instance-count: 1 is not between min-capacity (3) and max-capacity (9). Autoscaling would change it at once.'),
  file('serverless with an instance type', ['defaults: { instance-type: ml.m5.large }', 'environments:', ...env('dev', 'sagemaker: { serverless-memory-mb: 2048 }')], '1 instance-type: does not go with serverless inference. Leave it out, or leave out serverless-memory-mb and serverless-max-concurrency.'),
  file('half of a sign-in', ['environments:', ...env('dev', 'gcp-service-account: a@b.iam.gserviceaccount.com')], '3 gcp-service-account: gcp-workload-identity-provider is not set, and it is nothing without it. Set both, or none.'),
  file('a role of another account', ['environments:', ...env('dev', 'aws-account-id: "111111111111"', 'aws-role-arn: arn:aws:iam::222222222222:role/deploy')], '4 aws-role-arn: the role belongs to the account 222222222222, but aws-account-id is 111111111111.'),
]; // prettier-ignore
