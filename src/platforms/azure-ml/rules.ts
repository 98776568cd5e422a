/** Azure ML's own rules about inputs that belong together, found without a network. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { NAME } from './names.ts';

export const azureMlRules: readonly Rule[] = [rule(names), rule(machines), rule(images), rule(strategies)];

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

function images({ imageUri }: DeploymentFacts): Problem[] {
  if (imageUri === null || !imageUri.includes('@') || /@sha256:[0-9a-f]{64}$/.test(imageUri)) return [];
  const message = `"${imageUri}" has no digest of the form sha256:….`;
  return [{ where: 'image-uri', message, fix: 'Take it from push-image.' }];
}

function strategies({ strategy: { type } }: DeploymentFacts): Problem[] {
  if (type !== 'rolling') return [];
  const message = '"rolling" replaces machines one after the other, and each version has its own.';
  return [{ where: 'strategy', message, fix: 'Use canary, linear or all-at-once.' }];
}
