/** The trust policy of the quick start, for both forms of the subject that GitHub puts into a job's token. */
import { expect, it } from 'vitest';
import { readPage } from './docs-pages.ts';

const { text } = readPage('docs/quick-start.md');

it('B9 the role of the quick start may be taken by main in either form of the subject, and by nothing else', () => {
  const policy = /trust\.json <<END\n([^]*?)\nEND\n/.exec(text)?.[1] ?? '';
  const own = policy.replaceAll('$SUBJECT', 'repo:acme@1/churn@2').replaceAll('$REPOSITORY', 'acme/churn');
  const subjects = /"token\.actions\.githubusercontent\.com:sub": (\[[^\]]*\])/.exec(own)?.[1] ?? '[]';
  expect(JSON.parse(subjects)).toEqual([
    'repo:acme@1/churn@2:ref:refs/heads/main',
    'repo:acme/churn:ref:refs/heads/main',
  ]);
  expect(policy).not.toContain('StringLike');
  expect(text).toContain(String.raw`repo:\(.owner.login)@\(.owner.id)/\(.name)@\(.id)`);
});
