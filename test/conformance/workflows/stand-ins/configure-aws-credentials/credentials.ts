/** What the stand-in of aws-actions/configure-aws-credentials does. */
import { appendFileSync } from 'node:fs';

const {
  REGION = '',
  ROLE = '',
  KEY = '',
  SECRET = '',
  AWS_ENDPOINT_URL_STS = '',
  GITHUB_ENV = '',
} = process.env;
if (REGION === '') throw new Error('Input required and not supplied: aws-region');
if (KEY === '' && ROLE === '') throw new Error('Neither a role nor static keys are given.');

const found: Record<string, string> =
  KEY === '' ? await assume(ROLE) : { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET };
for (const secret of [found.AWS_SECRET_ACCESS_KEY, found.AWS_SESSION_TOKEN ?? '']) {
  if (secret !== '') console.log(`::add-mask::${secret}`);
}
const env = { AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION, ...found };
appendFileSync(
  GITHUB_ENV,
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);
console.log(KEY === '' ? `stand-in for ${ROLE}` : 'stand-in with static keys');

async function assume(role: string): Promise<Record<string, string>> {
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: 'GitHubActions',
    WebIdentityToken: 'invented-by-the-stand-in',
  });
  const answer = await fetch(AWS_ENDPOINT_URL_STS, { method: 'POST', body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`STS: ${answer.status} ${text}`);
  const field = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1] ?? '';
  return {
    AWS_ACCESS_KEY_ID: field('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: field('SecretAccessKey'),
    AWS_SESSION_TOKEN: field('SessionToken'),
  };
}
