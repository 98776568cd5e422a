/** Rules between the inputs for what is around a function. */
import type { Problem } from '../../../core/errors.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';
import { rule, stepRule, type Rule } from '../../../core/spec/rule.ts';

export const aroundRules: readonly Rule[] = [
  rule(door),
  rule(tokens),
  stepRule(missingTokens),
  rule(provisioned),
  stepRule(missingCount),
];

const where = (member: string) => `lambda: ${member}`;

function door({ settings = {} }: DeploymentFacts): Problem[] {
  const { api = 'http', apiPath, apiAuthorization, throttleRate, throttleBurst } = settings;
  const beside = [where('api')];
  const unused =
    api === 'none'
      ? { 'api-path': apiPath, 'api-authorization': apiAuthorization }
      : ({} as Record<string, unknown>);
  const limits =
    api === 'http' || api === 'rest'
      ? {}
      : { 'throttle-rate': throttleRate, 'throttle-burst': throttleBurst };
  return Object.entries({ ...unused, ...limits }).flatMap(([member, value]) => {
    if (value === undefined) return [];
    const message = `${JSON.stringify(value)} is given, but api is ${api}, which has no such setting.`;
    return [{ where: where(member), message, fix: 'Remove one of them.', beside }];
  });
}

function tokens({ settings = {} }: DeploymentFacts): Problem[] {
  const { api = 'http', apiAuthorization = 'iam', jwtIssuer, jwtAudience } = settings;
  const beside = [where('api-authorization')];
  const given = { 'jwt-issuer': jwtIssuer, 'jwt-audience': jwtAudience };
  if (apiAuthorization !== 'jwt') {
    return Object.entries(given).flatMap(([member, value]) => {
      if (value === undefined) return [];
      const message = `is given, but api-authorization is ${apiAuthorization}.`;
      return [{ where: where(member), message, fix: 'Leave it out, or set api-authorization: jwt.', beside }];
    });
  }
  if (api === 'function-url' || api === 'rest') {
    const other = api === 'rest' ? 'a REST API' : 'a function URL';
    const message = `"jwt" needs an HTTP API; ${other} supports only iam and none.`;
    return [{ where: where('api-authorization'), message, fix: 'Use api: http.', beside: [where('api')] }];
  }
  return [];
}

function missingTokens({ settings = {} }: DeploymentFacts): Problem[] {
  const { apiAuthorization, jwtIssuer, jwtAudience } = settings;
  if (apiAuthorization !== 'jwt') return [];
  const beside = [where('api-authorization')];
  const given = { 'jwt-issuer': jwtIssuer, 'jwt-audience': jwtAudience };
  return Object.entries(given).flatMap(([member, value]) =>
    value === undefined
      ? [{ where: where(member), message: 'is required for api-authorization: jwt.', fix: 'Set it.', beside }]
      : [],
  );
}

function provisioned({ capacity: { min, max }, settings = {} }: DeploymentFacts): Problem[] {
  const { provisionedConcurrency: count, targetUtilization } = settings;
  const member = where('provisioned-concurrency');
  if (min === null || max === null) {
    if (targetUtilization === undefined) return [];
    const message = `${targetUtilization} is a target of autoscaling, and autoscaling is not set.`;
    const fix = 'Set min-capacity and max-capacity, or leave it out.';
    return [{ where: where('target-utilization'), message, fix }];
  }
  if (count === undefined || count === 0) return [];
  // https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
  if (min < 1) return [{ where: 'min-capacity', message: `${min} is too few.`, fix: 'Use 1 or more.' }];
  if (count >= min && count <= max) return [];
  const message = `${count} is not between min-capacity (${min}) and max-capacity (${max}).`;
  return [{ where: member, message, fix: 'Autoscaling would change it at once.' }];
}

function missingCount({ capacity: { min, max }, settings = {} }: DeploymentFacts): Problem[] {
  if (min === null || max === null || (settings.provisionedConcurrency ?? 0) > 0) return [];
  const message = 'is required with min-capacity and max-capacity, which are its limits.';
  const beside = ['min-capacity', 'max-capacity'];
  return [{ where: where('provisioned-concurrency'), message, fix: 'Set it.', beside }];
}
