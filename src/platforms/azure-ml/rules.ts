/** Azure ML's own rules about inputs that depend on each other, checked without a network. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { wholeDigest } from '../../inputs/serving-image.ts';
import { notRolling } from '../../inputs/strategy.ts';
import { scaleProblems } from '../../inputs/scale-metric.ts';
import { NAME } from './names.ts';

export const azureMlRules: readonly Rule[] = [
  rule(names),
  rule(machines),
  rule(wholeDigest),
  rule(fewest),
  rule((facts) => scaleProblems('azure-ml', facts)),
  rule(notRolling('each version has its own')),
];

function names({ endpoint }: DeploymentFacts): Problem[] {
  if (NAME.test(endpoint)) return [];
  const message = `"${endpoint}" is not a valid name of an Azure ML endpoint.`;
  const fix =
    'Use 3 to 32 letters, digits and single hyphens, beginning with a letter; no other endpoint of the region may have it.';
  return [{ where: 'endpoint-name', message, fix }];
}

/** https://learn.microsoft.com/azure/machine-learning/reference-managed-online-endpoints-vm-sku-list */
const MACHINE = /^Standard_[A-Za-z0-9_-]+$/;

function machines({ instanceType }: DeploymentFacts): Problem[] {
  if (instanceType === null || MACHINE.test(instanceType)) return [];
  const message = `"${instanceType}" is not a machine of Azure ML.`;
  return [{ where: 'instance-type', message, fix: 'It looks like Standard_DS3_v2.' }];
}

/** https://learn.microsoft.com/azure/machine-learning/how-to-autoscale-endpoints */
function fewest({ capacity: { min } }: DeploymentFacts): Problem[] {
  if (min !== 0) return [];
  const message = '0 is too few: a deployment of Azure ML has an instance at least.';
  return [{ where: 'min-capacity', message, fix: 'Use 1 or more.' }];
}
