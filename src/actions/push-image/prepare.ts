/** From the inputs to what is to be built, with every problem found before anything runs. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { BuildRequest, LayerCache } from '../../core/image/container-engine.ts';
import { isContentTag } from '../../core/image/content-tag.ts';
import { platformInputProblems, type ImageRules } from '../../core/image/deployable.ts';
import { ecrNameProblems, isDeployedTag, type Ecr, type EcrRegistry } from '../../core/image/ecr.ts';
import {
  formatReference,
  imageTagProblems,
  resolveRepository,
  type ImageName,
} from '../../core/image/reference.ts';
import { MODEL_DIGEST_LABEL } from '../../core/image/model-label.ts';
import type { Readable } from 'node:stream';
import type { Ports, RunContext } from '../../core/ports.ts';
import { imageRulesOf } from '../../platforms/image-targets.ts';
import { describeContent, findFiles, type BuildFiles } from './build-files.ts';
import type { PushImageInputs } from './inputs.ts';
import { layOutModel, type BuildModel } from './model.ts';
import { packageLabels } from './packages.ts';

export interface ImageJob {
  readonly name: ImageName;
  /** null for a registry that is not ECR's. */
  readonly ecr: EcrRegistry | null;
  /** The content tag. */
  readonly tag: string;
  readonly imageTags: readonly string[];
  readonly forTarget: string;
  readonly rules: ImageRules;
  readonly build: BuildRequest;
  /** The model in it, as its label has to say; null if it is made for none in particular. */
  readonly modelDigest: string | null;
  /** The size of the build context, with the model. */
  readonly contextBytes: number;
  /** For a repository that is created. */
  readonly resourceTags: ReadonlyMap<string, string>;
  /** Removes what was laid out for the build. */
  readonly close: () => Promise<void>;
}

export interface PreparePorts extends Ports {
  readonly ecr: Ecr;
  readonly awsRegion: string | null;
  readonly hasActionsCache: boolean;
  /** Opens an archive by its URL. */
  readonly openUrl: (url: string) => Promise<Readable>;
}

/** @throws UserError with every problem of the inputs and of the files they name. */
export async function prepare(inputs: PushImageInputs, ports: PreparePorts): Promise<ImageJob> {
  const { name: given, problems } = resolveRepository(inputs);
  const files = await findFiles(inputs, ports.context.workspace);
  const all = [
    ...problems,
    ...files.problems,
    ...inputProblems(inputs),
    ...cacheProblems(inputs, ports),
    ...(given === null ? [] : registryProblems(given, inputs, ports)),
  ];
  if (given === null || all.length > 0) throw UserError.of(all);
  const ecr = await ecrRegistry(given, inputs, ports);
  const name = ecr === null ? given : { ...given, registry: ecr.host };
  warnOfMissingModel(inputs, ports);
  const model = await layOutModel(inputs, ports);
  try {
    return await jobOf({ name, ecr, files, model }, inputs, ports);
  } catch (error) {
    await model.close();
    throw error;
  }
}

interface Parts {
  readonly name: ImageName;
  readonly ecr: EcrRegistry | null;
  readonly files: BuildFiles;
  readonly model: BuildModel;
}

async function jobOf(
  { name, ecr, files, model }: Parts,
  inputs: PushImageInputs,
  ports: PreparePorts,
): Promise<ImageJob> {
  const content = await describeContent(inputs, files, model.digest, ports);
  const { forTarget } = inputs;
  const rules = imageRulesOf(forTarget);
  return {
    name,
    ecr,
    tag: content.tag,
    imageTags: [...new Set(inputs.imageTags ?? [])],
    forTarget,
    rules,
    modelDigest: model.digest,
    contextBytes: content.bytes + model.bytes,
    resourceTags: resourceTags(inputs, ports.context),
    close: model.close,
    build: {
      context: files.context,
      dockerfile: files.dockerfile,
      ignoreFile: content.ignoreFile,
      reference: formatReference({ ...name, tag: content.tag }),
      platform: inputs.platform,
      network: inputs.buildNetwork,
      args: inputs.buildArgs ?? new Map(),
      secrets: inputs.buildSecrets ?? new Map(),
      labels: new Map([...labelsOf(model.digest, ports.context), ...(await packageLabels(files))]),
      singleDockerManifest: rules.manifest !== 'any',
      cache: cacheOf(inputs, name),
      model: model.folder,
    },
  };
}

function warnOfMissingModel({ forTarget, modelPath, modelDigest }: PushImageInputs, { log }: Ports): void {
  const { modelInside, title } = imageRulesOf(forTarget);
  if (!modelInside || modelPath !== null) return;
  const label = modelDigest === null ? ', and without model-digest a deployment refuses it' : '';
  log.warning(
    `${title} does not mount a model into a container: the image has to contain it${label}. Set model-path.`,
  );
}

/** The ECR registry that is meant; null for any other registry. */
async function ecrRegistry(
  { registry }: ImageName,
  inputs: PushImageInputs,
  ports: PreparePorts,
): Promise<EcrRegistry | null> {
  if (registry !== '') return ports.ecr.registryAt(registry);
  const region = inputs.awsRegion ?? ports.awsRegion;
  return region === null ? null : ports.ecr.ownRegistry(region);
}

/** What goes with ECR only, and what ECR needs. */
function registryProblems(
  { registry, repository }: ImageName,
  inputs: PushImageInputs,
  { awsRegion, ecr }: PreparePorts,
): Problem[] {
  const isEcr = registry === '' || ecr.registryAt(registry) !== null;
  if (!isEcr) {
    const fix = (value: string) => `Leave it out (${value}), or push to ECR.`;
    const message = `is only for ECR, but ${registry} is another registry.`;
    const asked = [
      ...(inputs.scan === 'off' ? [] : [{ where: 'scan', message, fix: fix('scan: off') }]),
      ...(inputs.createRepository ? [{ where: 'create-repository', message, fix: fix('false') }] : []),
    ];
    return asked;
  }
  const problems = ecrNameProblems(repository);
  if (registry === '' && (inputs.awsRegion ?? awsRegion) === null) {
    const message = 'is required: without a registry, the image goes to the ECR registry of the account.';
    const fix = 'Set aws-region, AWS_REGION, or registry.';
    problems.push({ where: 'aws-region', message, fix });
  }
  return problems;
}

function cacheProblems({ cache }: PushImageInputs, { hasActionsCache }: PreparePorts): Problem[] {
  if (cache !== 'gha' || hasActionsCache) return [];
  const message = '"gha" needs the cache of GitHub Actions, which cannot be reached from here.';
  return [{ where: 'cache', message, fix: 'Set cache: registry or none outside of GitHub Actions.' }];
}

/** One cache for each repository and platform; in the registry it is beside the images. */
function cacheOf({ cache, platform }: PushImageInputs, name: ImageName): LayerCache | null {
  const slug = platform.replaceAll('/', '-');
  if (cache === 'none') return null;
  if (cache === 'gha')
    return { kind: 'gha', scope: `ml-deploy-${name.repository.replaceAll('/', '-')}-${slug}` };
  return { kind: 'registry', reference: formatReference({ ...name, tag: `buildcache-${slug}` }) };
}

/** The user's tags, and which repository of code this belongs to. */
function resourceTags({ tags }: PushImageInputs, { repository }: RunContext): ReadonlyMap<string, string> {
  return new Map([
    ['ml-deploy:created-by', 'push-image'],
    ...(repository === '' ? [] : ([['ml-deploy:repository', repository]] as const)),
    ...(tags ?? []),
  ]);
}

function inputProblems(inputs: PushImageInputs): Problem[] {
  return [
    ...imageTagProblems('image-tags', inputs.imageTags ?? []),
    ...(inputs.imageTags ?? []).filter(isContentTag).map((tag) => ({
      where: 'image-tags',
      message: `"${tag}" has the form of a content tag.`,
      fix: 'Leave it out: the content tag is always set.',
    })),
    ...(inputs.imageTags ?? []).filter(isDeployedTag).map((tag) => ({
      where: 'image-tags',
      message: `"${tag}" has the prefix of the tags that keep deployed images.`,
      fix: 'Use another name.',
    })),
    ...platformInputProblems(imageRulesOf(inputs.forTarget), inputs.platform),
    ...nameProblems(
      'build-args',
      inputs.buildArgs,
      /^[A-Za-z_]\w*$/,
      'letters, digits and _ (no digit first)',
    ),
    ...nameProblems('build-secrets', inputs.buildSecrets, /^[\w.-]+$/, 'letters, digits, ., _ and -'),
  ];
}

function nameProblems(
  where: string,
  map: ReadonlyMap<string, string> | null,
  pattern: RegExp,
  form: string,
): Problem[] {
  const bad = [...(map?.keys() ?? [])].filter((name) => !pattern.test(name));
  return bad.map((name) => ({ where, message: `the name "${name}" is not valid. Use ${form}.` }));
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function labelsOf(modelDigest: string | null, context: RunContext): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  if (context.commit) labels.set('org.opencontainers.image.revision', context.commit);
  if (context.repository) {
    labels.set('org.opencontainers.image.source', `${context.serverUrl}/${context.repository}`);
  }
  if (modelDigest !== null) labels.set(MODEL_DIGEST_LABEL, modelDigest);
  return labels;
}
