/** Vertex AI's own rules about inputs that depend on each other, checked without a network. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { scaleProblems } from '../../inputs/scale-metric.ts';
import { wholeDigest } from '../../inputs/serving-image.ts';
import { notRolling } from '../../inputs/strategy.ts';
import { NAME } from './names.ts';
import { inputsFor, isServingImage } from './serving-images.ts';

export const vertexRules: readonly Rule[] = [
  rule(names),
  rule(machines),
  rule(images),
  rule(models),
  rule(labels),
  rule(accelerators),
  rule((facts) => scaleProblems('vertex-ai', facts)),
  rule(notRolling('each version has its own')),
  rule(alarmRules),
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

function images(facts: DeploymentFacts): Problem[] {
  const { imageUri } = facts;
  if (imageUri === null) return [];
  const where = 'image-uri';
  if (isServingImage(imageUri)) {
    const message = `"${imageUri}" is one of Google's own images, which is chosen by framework.`;
    return [{ where, message, fix: inputsFor(imageUri) }];
  }
  const problems: Problem[] = [];
  if (!REGISTRY.test(imageUri)) {
    const message = `"${imageUri}" is not in Artifact Registry, and Vertex AI takes images from there alone.`;
    problems.push({
      where,
      message,
      fix: 'Push it to a repository such as europe-west4-docker.pkg.dev/project/name.',
    });
  }
  return [...problems, ...wholeDigest(facts)];
}

/** Model.artifactUri: a folder of Cloud Storage. A model that is in the image can come from anywhere. */
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

function alarmRules({ strategy: { alarms } }: DeploymentFacts): Problem[] {
  if (alarms.length === 0) return [];
  const message = `"${alarms.join(', ')}" cannot be watched on Vertex AI: ml-deploy reads no alerting policies.`;
  const fix = 'Leave them out: errors and latency of both versions are compared.';
  return [{ where: 'alarms', message, fix }];
}
