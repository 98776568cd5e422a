/** Lambda's own rules about inputs that depend on each other, checked without a network. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { wholeDigest } from '../../inputs/serving-image.ts';
import { notRolling } from '../../inputs/strategy.ts';
import { aroundRules } from './around/rules.ts';
import { overrideRules } from './override-rules.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (FunctionName); the hyphen as in every other target */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Names that Lambda sets or that steer its own processes. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED =
  /^(?:AWS_(?:LAMBDA_|REGION$|DEFAULT_REGION$|ACCESS_KEY|SECRET_ACCESS_KEY$|SESSION_TOKEN$|EXECUTION_ENV$)|_HANDLER$|_X_AMZN_TRACE_ID$|LAMBDA_)/;
/** For names and values together. Same page. */
const ENVIRONMENT_BYTES = 4096;

export const lambdaRules: readonly Rule[] = [
  rule(names),
  rule(wholeDigest),
  rule(environment),
  rule(notRolling('a function has none')),
  ...overrideRules,
  ...aroundRules,
];

function names({ endpoint }: DeploymentFacts): Problem[] {
  if (NAME.test(endpoint)) return [];
  const message = `"${endpoint}" is not a valid function name.`;
  return [{ where: 'endpoint-name', message, fix: 'Use letters, digits and inner hyphens, 63 at most.' }];
}

function environment({ environment: variables }: DeploymentFacts): Problem[] {
  const where = 'environment-variables';
  const problems: Problem[] = [...variables.keys()]
    .filter((name) => RESERVED.test(name))
    .map((name) => ({ where, message: `"${name}" is set by Lambda itself.`, fix: 'Use another name.' }));
  const bytes = [...variables].reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (bytes > ENVIRONMENT_BYTES) {
    const message = `the variables have ${bytes} bytes together; Lambda takes ${ENVIRONMENT_BYTES}.`;
    problems.push({ where, message, fix: 'Put large values into the image, or into a parameter store.' });
  }
  return problems;
}
