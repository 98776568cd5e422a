/** Lambda's own rules about inputs that belong together, found without a network. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { aroundRules } from './around/rules.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (FunctionName); the hyphen as in every other target */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Names that Lambda sets or that steer its own processes. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED =
  /^(?:AWS_(?:LAMBDA_|REGION$|DEFAULT_REGION$|ACCESS_KEY|SECRET_ACCESS_KEY$|SESSION_TOKEN$|EXECUTION_ENV$)|_HANDLER$|_X_AMZN_TRACE_ID$|LAMBDA_)/;
/** Of names and values together. Same page. */
const ENVIRONMENT_BYTES = 4096;

export const lambdaRules: readonly Rule[] = [
  rule(names),
  rule(versions),
  rule(environment),
  rule(strategies),
  ...aroundRules,
];

function names({ endpoint }: DeploymentFacts): Problem[] {
  if (NAME.test(endpoint)) return [];
  const message = `"${endpoint}" is not a valid name of a function.`;
  return [{ where: 'endpoint-name', message, fix: 'Use letters, digits and inner hyphens, 63 at most.' }];
}

function versions({ imageUri }: DeploymentFacts): Problem[] {
  if (imageUri === null || !imageUri.includes('@') || /@sha256:[0-9a-f]{64}$/.test(imageUri)) return [];
  return [
    {
      where: 'image-uri',
      message: `"${imageUri}" has no digest of the form sha256:….`,
      fix: 'Take it from push-image.',
    },
  ];
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

function strategies({ strategy: { type } }: DeploymentFacts): Problem[] {
  if (type !== 'rolling') return [];
  const message = '"rolling" replaces machines, and a function has none.';
  return [{ where: 'strategy', message, fix: 'Use canary, linear or all-at-once.' }];
}
