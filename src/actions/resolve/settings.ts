/** What a run of the deployment workflow has to do: ml-deploy.yml, the branch, and what was asked for by hand. */
import type { Config } from '../../core/config/config-file.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { RunContext } from '../../core/ports.ts';
import type { Cloud } from '../../core/platform.ts';
import { suggestion } from '../../core/spec/input.ts';
import { objectStoreOf } from '../../core/stores.ts';
import { findPlatform } from '../../platforms/table.ts';
import type { Inputs } from './inputs.ts';
import { noConfig } from './missing-config.ts';

export interface Route {
  readonly mode: 'release' | 'none';
  /** '' if the branch belongs to none. */
  readonly environment: string;
  /** What is said if nothing is released; null if something is. */
  readonly idle: Idle | null;
  readonly modelName: string;
  readonly models: readonly string[];
  readonly environments: readonly string[];
  readonly target: string;
  readonly endpointName: string;
  readonly awsRegion: string;
  readonly awsRoleArn: string;
  /** Of single jobs; that of all if they have none of their own. */
  readonly awsPackageRoleArn: string;
  readonly awsImageRoleArn: string;
  readonly awsPlanRoleArn: string;
  readonly artifactStore: string;
  /** Whether credentials of AWS are needed. */
  readonly aws: boolean;
  readonly build: boolean;
  readonly image: boolean;
  readonly promoteFrom: string;
  readonly approval: string;
  /** The environment of GitHub that the release job runs in; '' for none. */
  readonly githubEnvironment: string;
}

export interface Idle {
  readonly level: 'notice' | 'warning';
  readonly message: string;
}

/** @param sampleUrl of a sample of ml-deploy.yml. @throws UserError with every problem at once. */
export function findRoute(
  inputs: Inputs,
  config: Config | null,
  context: RunContext,
  sampleUrl: string,
): Route {
  if (context.eventName.startsWith('pull_request')) {
    throw new UserError(
      'A pull request is not released. Use the reusable workflow verify.yml for it, which needs no credentials.',
    );
  }
  if (config === null) {
    throw noConfig('which the workflow reads its settings from', sampleUrl);
  }
  const modelName = findModel(inputs.modelName, config);
  const environments = config.environmentsOf(modelName);
  const environment = inputs.environment ?? environmentOfBranch(config, modelName, context);
  const known = { modelName: modelName ?? '', models: config.models, environments };
  if (environment === null) return { ...NOTHING, ...known, idle: idleOn(context, config, modelName) };
  const from = new Settings(config, environment, modelName);
  const promoteFrom = inputs.release === null ? from.own('promote-from') : '';
  const build = inputs.release === null && promoteFrom === '';
  const image = build && from.input('repository', 'push-image') !== '';
  const target = from.input('target');
  const artifactStore = from.input('artifact-store') || from.input('destination', 'package-model');
  const problems = [
    ...required(from),
    ...wrongStore(from, build, artifactStore),
    ...wrongBranch(inputs, from, context),
  ];
  if (problems.length > 0) throw UserError.of(problems);
  return {
    ...known,
    mode: 'release',
    environment,
    idle: null,
    target,
    endpointName: from.input('endpoint-name'),
    awsRegion: inputs.awsRegion ?? from.input('aws-region'),
    ...rolesOf(from),
    artifactStore,
    aws: signsInTo('aws', target) || artifactStore.startsWith('s3:'),
    build,
    image,
    promoteFrom,
    approval: from.own('approval') || (from.input('approvers', 'approve-gate') === '' ? 'none' : 'wait'),
    githubEnvironment: from.own('github-environment'),
  };
}

function rolesOf(from: Settings) {
  const awsRoleArn = from.own('aws-role-arn');
  return {
    awsRoleArn,
    awsPackageRoleArn: from.own('aws-package-role-arn') || awsRoleArn,
    awsImageRoleArn: from.own('aws-image-role-arn') || awsRoleArn,
    awsPlanRoleArn: from.own('aws-plan-role-arn') || awsRoleArn,
  };
}

/** @param target of ml-deploy.yml, checked with the file */
function signsInTo(cloud: Cloud, target: string): boolean {
  return findPlatform(target)?.login.includes(cloud) ?? false;
}

const NOTHING: Omit<Route, 'modelName' | 'models' | 'environments' | 'idle'> = {
  mode: 'none',
  environment: '',
  target: '',
  endpointName: '',
  awsRegion: '',
  awsRoleArn: '',
  awsPackageRoleArn: '',
  awsImageRoleArn: '',
  awsPlanRoleArn: '',
  artifactStore: '',
  aws: false,
  build: false,
  image: false,
  promoteFrom: '',
  approval: 'none',
  githubEnvironment: '',
};

class Settings {
  readonly #config: Config;
  readonly environment: string;
  readonly #modelName: string | null;

  constructor(config: Config, environment: string, modelName: string | null) {
    this.#config = config;
    this.environment = environment;
    this.#modelName = modelName;
  }

  /** '' if the file says nothing. */
  input(name: string, action = 'deploy-endpoint'): string {
    const selection = { action, environment: this.environment, modelName: this.#modelName };
    return this.#config.lookup(name, selection)?.text.trim() ?? '';
  }

  own(name: string): string {
    const selection = { environment: this.environment, modelName: this.#modelName };
    return this.#config.environmentKey(name, selection)?.text.trim() ?? '';
  }

  get branches(): string[] {
    return branchesOf(this.own('branch'));
  }
}

function findModel(named: string | null, { models }: Config): string | null {
  if (named !== null) return named;
  if (models.length <= 1) return models[0] ?? null;
  const message = `is required, because ml-deploy.yml has several: ${models.join(', ')}.`;
  throw UserError.of([
    { where: 'model-name', message, fix: 'Call the workflow once for each, by a matrix.' },
  ]);
}

/**
 * What a check of a pull request is made with: its model, and the environment that its branch is for; '' for none. Without
 * a file, all of it may be in the workflow.
 * @throws UserError if the file has several models and none is named: the settings of no model would hold then
 */
export function findCheck(
  { modelName, environment, branch }: Pick<Inputs, 'modelName' | 'environment' | 'branch'>,
  config: Config | null,
): { readonly modelName: string; readonly environment: string } {
  if (config === null) return { modelName: modelName ?? '', environment: environment ?? '' };
  const model = findModel(modelName, config);
  const found = environment ?? environmentOf(branch ?? '', config, model);
  return { modelName: model ?? '', environment: found ?? '' };
}

function environmentOf(branch: string, config: Config, modelName: string | null): string | undefined {
  return config
    .environmentsOf(modelName)
    .find((environment) => new Settings(config, environment, modelName).branches.includes(branch));
}

/** Null for a branch of no environment. Started by hand, that is a mistake. */
function environmentOfBranch(config: Config, modelName: string | null, context: RunContext): string | null {
  const found = environmentOf(branchOf(context) ?? '', config, modelName);
  if (found !== undefined) return found;
  if (context.eventName === 'push') return null;
  throw UserError.of([noEnvironment(config, modelName, context)]);
}

function noEnvironment(config: Config, modelName: string | null, context: RunContext): Problem {
  const where = 'environment';
  const all = config.environmentsOf(modelName);
  if (all.length === 0) {
    const fix = 'Add one, with its target and endpoint-name.';
    return { where, message: 'is required, because ml-deploy.yml has no environments.', fix };
  }
  const of = branchOf(context) ?? (context.ref || 'this run');
  const known = knownBranches(config, modelName);
  const why = known.length > 0 ? `: ${known.join(', ')}.` : ', and none has a branch.';
  const message = `is required, because ${of} belongs to no environment of ml-deploy.yml${why}`;
  return { where, message, fix: `Choose one of ${all.join(', ')}.` };
}

function knownBranches(config: Config, modelName: string | null): string[] {
  return config.environmentsOf(modelName).flatMap((environment) => {
    const { branches } = new Settings(config, environment, modelName);
    return branches.map((name) => `${name} goes to ${environment}`);
  });
}

/** A file whose environments name no branch releases nothing on any push, which nobody means. */
function idleOn(context: RunContext, config: Config, modelName: string | null): Idle {
  const branch = branchOf(context) ?? context.ref;
  const known = knownBranches(config, modelName);
  return known.length === 0
    ? {
        level: 'warning',
        message:
          'No environment of ml-deploy.yml has a branch, so a push releases nothing. Set `branch` below the environments that a push should release to.',
      }
    : {
        level: 'notice',
        message: `${branch} belongs to no environment of ml-deploy.yml: ${known.join(', ')}. Nothing is released.`,
      };
}

function branchOf({ ref }: RunContext): string | null {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? null;
}

function branchesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((branch) => branch.trim())
    .filter((branch) => branch !== '');
}

function* required(from: Settings): Generator<Problem> {
  for (const name of ['target', 'endpoint-name']) {
    if (from.input(name) !== '') continue;
    const fix = `Add it below environments.${from.environment}, or below the model.`;
    yield { where: name, message: `is not set for ${from.environment} in ml-deploy.yml.`, fix };
  }
}

/** The model would be packed, and then be where its platform cannot read it. */
function* wrongStore(from: Settings, isPacked: boolean, destination: string): Generator<Problem> {
  if (!isPacked) return;
  const platform = findPlatform(from.input('target'));
  const store = platform?.archive.readFrom;
  if (store === undefined || objectStoreOf(destination) === store.kind) return;
  const title = platform?.title ?? '';
  const where = destination === '' || from.input('artifact-store') === '' ? 'destination' : 'artifact-store';
  const message =
    destination === ''
      ? `is not set for ${from.environment} in ml-deploy.yml, and ${title} reads models from ${store.title} only.`
      : `"${destination}" is not in ${store.title}, and ${title} reads models from there only.`;
  yield { where, message, fix: `Set it to ${store.form}.` };
}

/** Anybody who may push a branch could otherwise bring a configuration of their own to prod. */
function* wrongBranch({ anyBranch }: Inputs, from: Settings, context: RunContext): Generator<Problem> {
  const { branches, environment } = from;
  if (anyBranch || branches.length === 0 || branches.includes(branchOf(context) ?? '')) return;
  const message = `"${environment}" is released from ${branches.join(', ')} only, and this run is on ${context.ref || 'no branch'}.`;
  yield { where: 'environment', message, fix: suggestion(branchOf(context) ?? '', branches).trim() };
}
