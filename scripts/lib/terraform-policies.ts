/** The policies of the Terraform modules: docs/iam, for AWS with the module's names in place of the examples'. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifecyclePolicy } from '../../src/core/image/ecr.ts';
import { root } from './paths.ts';

const POLICIES = [
  'package-model',
  'push-image-ecr',
  'deploy',
  'deploy-plan',
  'rollback',
  'smoke-target',
  'smoke',
  'execution-role',
  'execution-role-trust',
];

/** The names of docs/iam/README.md, in an order in which none takes a part of another away. */
const NAMES: readonly (readonly [string, string])[] = [
  ['arn:aws:', 'arn:${partition}:'],
  ['eu-central-1', '${region}'],
  ['123456789012', '${account}'],
  ['acme-models/churn', '${bucket}/${prefix}'],
  ['acme-models', '${bucket}'],
  ['repository/churn-serving', 'repository/${image_repository}'],
  ['role/sagemaker-churn', 'role/${execution_role}'],
  // In these the case of the endpoint's name stays.
  ['/aws/sagemaker/Endpoints/churn', '/aws/sagemaker/Endpoints/${endpoint_name}'],
  ['ml-deploy-bake-churn', 'ml-deploy-bake-${endpoint_name}'],
  ['endpoint-config/churn-', 'endpoint-config/${versions}-'],
  ['model/churn-', 'model/${versions}-'],
  ['churn', '${endpoint}'],
];

export function terraformPolicies(): { path: string; content: string }[] {
  const templates = POLICIES.map((name) => ({
    path: `terraform/aws/policies/${name}.json.tftpl`,
    content: templateOf(readFileSync(join(root, `docs/iam/${name}.json`), 'utf8')),
  }));
  const lifecycle = `${JSON.stringify(lifecyclePolicy(), null, 2)}\n`;
  return [
    ...templates,
    { path: 'terraform/aws/policies/ecr-lifecycle.json', content: lifecycle },
    ...['gcp', 'azure'].flatMap((cloud) => ['plan', 'release', 'smoke'].map((job) => roleOf(cloud, job))),
  ];
}

function roleOf(cloud: string, job: string) {
  const content = readFileSync(join(root, `docs/iam/${cloud}/${job}.json`), 'utf8');
  return { path: `terraform/${cloud}/roles/${job}.json`, content };
}

/** A policy variable of AWS, such as `${aws:username}`, is no expression of Terraform's. */
function templateOf(policy: string): string {
  return NAMES.reduce(
    (text, [example, name]) => text.replaceAll(example, name),
    policy.replaceAll('${', () => '$${'),
  );
}
