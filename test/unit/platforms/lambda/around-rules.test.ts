/** What must hold between the inputs about what stands around a function, before any call. */
import { expect, it } from 'vitest';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { DeploymentFacts } from '../../../../src/core/plan/deployment-facts.ts';
import { judge } from '../../../../src/core/spec/rule.ts';
import { aroundRules } from '../../../../src/platforms/lambda/around/rules.ts';

const problems = (settings: CloudSettings) => {
  const facts = { settings, capacity: { min: null, max: null } } as unknown as DeploymentFacts;
  return judge(aroundRules, facts, 'plan').map(({ where, message }) => `${where} ${message}`);
};

it.each<readonly [string, CloudSettings]>([
  ['an HTTP API by default', {}],
  ['tokens, by an HTTP API', { apiAuthorization: 'jwt', jwtIssuer: 'https://x.example', jwtAudience: ['a'] }],
  ['a REST API with limits', { api: 'rest', apiPath: '/v1/score', throttleRate: 5, throttleBurst: 9 }],
  ['a function URL for everybody', { api: 'function-url', apiAuthorization: 'none' }],
])('%s is fine', (_, settings) => {
  expect(problems(settings)).toEqual([]);
});

it.each<readonly [string, CloudSettings, RegExp]>([
  [
    'tokens, by a REST API',
    { api: 'rest', apiAuthorization: 'jwt' },
    /^lambda: api-authorization "jwt" needs an HTTP API; a REST API supports only iam and none\./,
  ],
  [
    'tokens, by a function URL',
    { api: 'function-url', apiAuthorization: 'jwt' },
    /a function URL supports only/,
  ],
  ['a limit of a function URL', { api: 'function-url', throttleRate: 5 }, /throttle-rate 5 is given/],
  ['a path of no API', { api: 'none', apiPath: '/x' }, /api-path "\/x" is given, but api is none/],
  [
    'an issuer for nobody',
    { jwtIssuer: 'https://x.example' },
    /jwt-issuer is given, but api-authorization is/,
  ],
])('%s is refused', (_, settings, message) => {
  expect(problems(settings)[0]).toMatch(message);
});
