/** What the guides say of trust: who may take the role of the quick start, and who needs the key of an endpoint's volumes. */
import { expect, it } from 'vitest';
import { readPage } from './docs-pages.ts';

const { text } = readPage('docs/quick-start.md');

it('B9 the role of the quick start may be taken by main in either form of the subject, by the workflows of one release, and by nothing else', () => {
  const policy = /trust\.json <<END\n([^]*?)\nEND\n/.exec(text)?.[1] ?? '';
  const own = policy.replaceAll('$SUBJECT', 'repo:acme@1/churn@2').replaceAll('$REPOSITORY', 'acme/churn');
  const subjects = /"token\.actions\.githubusercontent\.com:sub": (\[[^\]]*\])/.exec(own)?.[1] ?? '[]';
  expect(JSON.parse(subjects)).toEqual([
    'repo:acme@1/churn@2:ref:refs/heads/main',
    'repo:acme/churn:ref:refs/heads/main',
  ]);
  const workflows =
    /"token\.actions\.githubusercontent\.com:job_workflow_ref": (\[[^\]]*\])/.exec(own)?.[1] ?? '[]';
  expect(JSON.parse(workflows.replaceAll('$RELEASE', 'v1.2.3'))).toEqual([
    'org/ml-deploy/.github/workflows/deploy.yml@refs/tags/v1.2.3',
    'org/ml-deploy/.github/workflows/rollback.yml@refs/tags/v1.2.3',
    'acme/churn/.github/workflows/teardown.yml@refs/heads/main',
  ]);
  expect(policy).not.toContain('StringLike');
  expect(text).toContain(String.raw`repo:\(.owner.login)@\(.owner.id)/\(.name)@\(.id)`);
});

it('B7 the guide of the policies gives both principals the key of an endpoint, since nobody has seen which one AWS asks', () => {
  const guide = readPage('docs/iam/README.md').text.replaceAll(/\s+/g, ' ');
  const entry = /for the instances' volumes \(`kms-key-id`\).*?on an account yet\./.exec(guide)?.[0];
  expect(entry).toContain("the key policy lets the job's role in");
  expect(entry).toContain('`kms:CreateGrant` with the condition');
  expect(entry).toContain(
    'Give the execution role `kms:Decrypt`, `kms:GenerateDataKeyWithoutPlaintext` and `kms:CreateGrant` too',
  );
  expect(entry).toContain('is not proven on an account yet');
});
