/** What `terraform output -raw ml_deploy_yml` prints is an environment that ml-deploy.yml takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { specs } from '../../src/actions/specs.ts';
import { parseConfig } from '../../src/core/config/config-file.ts';

/** What Terraform computes, by the key that it is printed as. */
const COMPUTED: Readonly<Record<string, string>> = {
  'endpoint-name': 'churn',
  'azure-client-id': '11111111-1111-1111-1111-111111111111',
  'azure-tenant-id': '22222222-2222-2222-2222-222222222222',
  'subscription-id': '33333333-3333-3333-3333-333333333333',
  'resource-group': 'ml-deploy-churn-prod',
  workspace: 'ml-deploy-churn-prod',
  'user-assigned-identity':
    '/subscriptions/3/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/serving',
  'gcp-workload-identity-provider':
    'projects/123456789/locations/global/workloadIdentityPools/github/providers/acme',
  'gcp-service-account': 'release@acme-prod.iam.gserviceaccount.com',
  'service-account': 'serving@acme-prod.iam.gserviceaccount.com',
  project: 'acme-prod',
  location: 'europe-west4',
};
const PLACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azure: {
    destination: 'https://acmeprod.blob.core.windows.net/models/churn',
    registry: 'acmeprod.azurecr.io',
    repository: 'churn',
  },
  gcp: {
    destination: 'gs://acme-models/churn',
    registry: 'europe-west4-docker.pkg.dev',
    repository: 'acme-prod/models/churn',
  },
};

test.each(Object.keys(PLACES))('the block of terraform/%s', (module) => {
  const source = readFileSync(join(root, 'terraform', module, 'outputs.tf'), 'utf8');
  const block = /\(var\.environment\) = merge\(\n +\{\n([^]*?)\n {8}\},\n/.exec(source)?.[1] ?? '';
  const lines = block.split('\n').flatMap((line) => {
    const [, indent = '', key = '', value = ''] = /^( +)([\w-]+) += (.+)$/.exec(line) ?? [];
    if (key === '') return [];
    const at = indent.slice(6);
    if (value === '{') return [`${at}${key}:`];
    const known = PLACES[module]?.[key] ?? COMPUTED[key] ?? /^"([^"$]+)"$/.exec(value)?.[1];
    expect(known, `${key} of terraform/${module} has a value here`).toBeDefined();
    return [`${at}${key}: ${known ?? ''}`];
  });
  expect(lines.length).toBeGreaterThan(8);
  const text = ['environments:', '  prod:', ...lines, '    branch: main', ''].join('\n');
  expect(parseConfig(text, 'ml-deploy.yml', specs).environmentsOf('')).toEqual(['prod']);
});
