/** Vertex AI's own rules about inputs that belong together, found without a network. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { NAME } from './names.ts';

export const vertexRules: readonly Rule[] = [
  rule(names),
  rule(machines),
  rule(images),
  rule(models),
  rule(labels),
  rule(accelerators),
  rule(scaling),
  rule(strategies),
];

function names({ endpoint }: DeploymentFacts): Problem[] {
  if (NAME.test(endpoint)) return [];
  const message = `"${endpoint}" is not a valid ID of a Vertex AI endpoint.`;
  const fix =
    'Use small letters, digits and hyphens, beginning with a letter and not ending with a hyphen, 52 at most.';
  return [{ where: 'endpoint-name', message, fix }];
}

/** https://docs.cloud.google.com/vertex-ai/docs/predictions/configure-compute: a series, a kind and a size */
const MACHINE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+){1,3}$/;

function machines({ instanceType }: DeploymentFacts): Problem[] {
  if (instanceType === null || MACHINE.test(instanceType)) return [];
  const message = `"${instanceType}" is not a machine type of Vertex AI.`;
  return [{ where: 'instance-type', message, fix: 'It looks like n1-standard-4.' }];
}

/** aiplatform v1, ModelContainerSpec.imageUri: an image in Artifact Registry or Container Registry */
const REGISTRY = /^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:[a-z]+\.)?gcr\.io)\//;

function images({ imageUri }: DeploymentFacts): Problem[] {
  if (imageUri === null) return [];
  const where = 'image-uri';
  const problems: Problem[] = [];
  if (!REGISTRY.test(imageUri)) {
    const message = `"${imageUri}" is not in Artifact Registry, and Vertex AI takes images from there alone.`;
    problems.push({
      where,
      message,
      fix: 'Push it to a repository such as europe-west4-docker.pkg.dev/project/name.',
    });
  }
  if (imageUri.includes('@') && !/@sha256:[0-9a-f]{64}$/.test(imageUri)) {
    const message = `"${imageUri}" has no digest of the form sha256:….`;
    problems.push({ where, message, fix: 'Take it from push-image.' });
  }
  return problems;
}

/** Model.artifactUri: a folder of Cloud Storage. A model that is in the image may lie anywhere. */
function models({ model }: DeploymentFacts): Problem[] {
  if (model === null || !model.url.startsWith('gs://') || !/\.tar(\.gz)?$/.test(model.url)) return [];
  const message = `"${model.url}" is an archive, and Vertex AI takes a folder.`;
  return [{ where: 'model-data-url', message, fix: 'Package it with compression: none.' }];
}

/** aiplatform v1, Endpoint.labels */
const LABEL_KEY = /^\p{Ll}[\p{Ll}\d_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\d_-]{0,63}$/u;

function labels({ tags }: DeploymentFacts): Problem[] {
  return [...tags].flatMap(([key, value]) => {
    const where = 'tags';
    const fix = 'Labels of Google Cloud have small letters, digits, _ and -, 63 at most.';
    if (key.startsWith('ml-deploy')) return [{ where, message: `"${key}" is a label of ml-deploy's own.` }];
    if (LABEL_KEY.test(key) && LABEL_VALUE.test(value)) return [];
    return [{ where, message: `"${key}: ${value}" cannot be a label.`, fix }];
  });
}

function accelerators({ settings = {} }: DeploymentFacts): Problem[] {
  if (settings.acceleratorCount === undefined || settings.acceleratorType !== undefined) return [];
  const message = `${settings.acceleratorCount} is given without accelerator-type.`;
  return [{ where: 'vertex-ai: accelerator-count', message, fix: 'Give both or none.' }];
}

function scaling({ settings = {}, capacity }: DeploymentFacts): Problem[] {
  const isScaled = capacity.min !== null && capacity.max !== null;
  const given = { 'scale-metric': settings.scaleMetric, 'scale-target': settings.scaleTarget };
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && !isScaled)
    .map(([name, value]) => ({
      where: `vertex-ai: ${name}`,
      message: `${value} is given without min-capacity and max-capacity.`,
      fix: 'Give them too, or leave it out.',
      beside: ['min-capacity', 'max-capacity'],
    }));
}

function strategies({ strategy: { type, alarms } }: DeploymentFacts): Problem[] {
  const problems: Problem[] = [];
  if (type === 'rolling') {
    const message = '"rolling" replaces machines one after the other, and each version has its own.';
    problems.push({ where: 'strategy', message, fix: 'Use canary, linear or all-at-once.' });
  }
  if (alarms.length > 0) {
    const message = `"${alarms.join(', ')}" cannot be watched on Vertex AI: ml-deploy reads no alerting policies.`;
    const fix = 'Leave them out: errors and latency of both versions are compared.';
    problems.push({ where: 'alarms', message, fix });
  }
  return problems;
}
