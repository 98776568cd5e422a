/** The policies of terraform/aws are those of docs/iam, which test/contract/iam.test.ts proves, with other names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { terraformPolicies } from '../../scripts/lib/terraform-policies.ts';

/** What the names stand for in docs/iam. */
const EXAMPLE: Readonly<Record<string, string>> = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '123456789012',
  bucket: 'acme-models',
  prefix: 'churn',
  image_repository: 'churn-serving',
  execution_role: 'sagemaker-churn',
  endpoint_name: 'churn',
  endpoint: 'churn',
  versions: 'churn',
};

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const rendered = (template: string, names: Readonly<Record<string, string>>) =>
  template.replace(/\$\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
const templates = terraformPolicies().filter(({ path }) => path.endsWith('.tftpl'));

describe.each(templates)('$path', ({ path, content }) => {
  const name = /([\w-]+)\.json\.tftpl$/.exec(path)?.[1] ?? '';

  it('is docs/iam with the names of a module in it', () => {
    expect(rendered(content, EXAMPLE)).toBe(read(`docs/iam/${name}.json`));
  });

  it('holds no name of the example', () => {
    const own = Object.fromEntries(Object.keys(EXAMPLE).map((key) => [key, `own-${key}`]));
    const text = rendered(content, own);
    expect(text).not.toMatch(/churn|acme|eu-central-1|123456789012|arn:aws:|\$\{/);
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it('asks for names that the module gives', () => {
    const roles = read('terraform/aws/roles.tf');
    for (const [, asked = ''] of content.matchAll(/\$\{(\w+)\}/g)) {
      expect(roles).toMatch(new RegExp(`^ {4}${asked} +=`, 'm'));
    }
  });
});

it('fit into a managed policy of AWS', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 6144 characters without white space
  const longest = {
    ...EXAMPLE,
    endpoint_name: 'x'.repeat(52),
    endpoint: 'x'.repeat(52),
    versions: 'x'.repeat(44),
  };
  for (const { content } of templates) {
    const size = JSON.stringify(JSON.parse(rendered(content, longest))).length;
    expect(size).toBeLessThanOrEqual(6144);
  }
});
