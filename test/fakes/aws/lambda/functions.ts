/** Functions: made, changed and removed. Code and configuration are two calls, and neither is done when it answers. */
import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  PublishVersionRequest,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { DOCKER_MANIFEST } from '../services/ecr.ts';
import { configurationOf } from './describe.ts';
import {
  checkRevision,
  conflict,
  functionOf,
  invalid,
  nameIn,
  newRevision,
  versionOf,
  type LambdaFunction,
  type LambdaState,
  type Settings,
  type Version,
} from './state.ts';

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

export function createFunction(state: LambdaState, input: CreateFunctionRequest): object {
  const { FunctionName = '', Code, Description = '', Tags = {}, Publish: _, ...given } = input;
  const name = nameIn(FunctionName);
  if (state.functions.has(name)) throw conflict(`Function already exist: ${name}`);
  if (input.PackageType !== 'Image' || Code?.ImageUri === undefined)
    throw invalid('The fake makes functions of images alone.');
  const codeSha256 = imageDigest(state, Code.ImageUri);
  const settings: Settings = {
    Timeout: 3,
    MemorySize: 128,
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: 'PassThrough' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
    ...given,
  };
  const arn = state.world.arn('lambda', `function:${name}`);
  const latest = newVersion(state, '$LATEST', {
    settings,
    imageUri: Code.ImageUri,
    codeSha256,
    description: Description,
  });
  latest.stateReason = 'The function is being created.';
  latest.stateCode = 'Creating';
  const fn: LambdaFunction = {
    name,
    arn,
    latest,
    published: [],
    lastNumber: 0,
    aliases: new Map(),
    policies: new Map(),
    tags: { ...Tags },
    provisioned: new Map(),
    urls: new Map(),
  };
  state.functions.set(name, fn);
  state.world.time.after(state.durations.create, () => started(state, latest));
  return configurationOf(fn, latest);
}

/** The digest without `sha256:`. @throws AwsError where the registry has no such image, or one of a kind that Lambda refuses */
function imageDigest(state: LambdaState, uri: string): string {
  const image = state.image(uri);
  if (image === null) throw invalid(`Source image ${uri} does not exist. Provide a valid source image.`);
  if (image === undefined) return /@sha256:([0-9a-f]{64})$/.exec(uri)?.[1] ?? '0'.repeat(64);
  if (![DOCKER_MANIFEST, OCI_MANIFEST].includes(image.mediaType))
    throw invalid(
      `The image manifest, config or layer media type for the source image ${uri} is not supported.`,
    );
  return image.digest.replace(/^sha256:/, '');
}

function newVersion(
  { world }: LambdaState,
  number: string,
  from: Pick<Version, 'settings' | 'imageUri' | 'codeSha256' | 'description'>,
): Version {
  const { imageUri, codeSha256, description } = from;
  return {
    number,
    settings: structuredClone(from.settings),
    imageUri,
    codeSha256,
    description,
    revision: newRevision(world),
    modified: world.time.now(),
    state: 'Pending',
    stateReason: undefined,
    stateCode: undefined,
    update: 'Successful',
    updateReason: undefined,
    updateCode: undefined,
    warm: 0,
  };
}

/** What becomes of a function or a version that was Pending. */
function started(state: LambdaState, version: Version): void {
  const refused = state.images.get(version.codeSha256)?.refused;
  version.revision = newRevision(state.world);
  version.state = refused === undefined ? 'Active' : 'Failed';
  version.stateReason = refused?.reason;
  version.stateCode = refused?.code;
}

/** AWS refuses a change while another is under way, and before the function is there. */
function mustRest(fn: LambdaFunction): void {
  const { state, update } = fn.latest;
  if (state === 'Pending')
    throw conflict(
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    );
  if (update === 'InProgress')
    throw conflict(
      `The operation cannot be performed at this time. An update is in progress for resource: ${fn.arn}`,
    );
}

export function updateCode(state: LambdaState, input: UpdateFunctionCodeRequest): object {
  const fn = functionOf(state, input.FunctionName);
  mustRest(fn);
  checkRevision(input.RevisionId, fn.latest.revision, 'GetFunction/GetAlias');
  if (input.ImageUri === undefined)
    throw invalid('Please provide ImageUri when updating a function with packageType Image.');
  const codeSha256 = imageDigest(state, input.ImageUri);
  const { ImageUri, Architectures } = input;
  return begin(state, fn, () => {
    fn.latest.imageUri = ImageUri;
    fn.latest.codeSha256 = codeSha256;
    if (Architectures !== undefined) fn.latest.settings = { ...fn.latest.settings, Architectures };
  });
}

export function updateConfiguration(state: LambdaState, input: UpdateFunctionConfigurationRequest): object {
  const fn = functionOf(state, input.FunctionName);
  mustRest(fn);
  checkRevision(input.RevisionId, fn.latest.revision, 'GetFunction/GetAlias');
  const { latest } = fn;
  // AWS fails so where somebody deleted the image that the function has: the new one has to come first.
  if (state.image(latest.imageUri) === null)
    throw invalid(`The function is trying to use a deleted image: ${latest.imageUri}`);
  const { FunctionName: _, RevisionId: __, Description, ...given } = input;
  const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return begin(state, fn, () => {
    latest.settings = { ...latest.settings, ...sent };
    if (Description !== undefined) latest.description = Description;
  });
}

/** The change is taken at once and serves when it is done; one that fails leaves what was. */
function begin(state: LambdaState, fn: LambdaFunction, change: () => void): object {
  const { latest } = fn;
  const before = structuredClone({
    settings: latest.settings,
    imageUri: latest.imageUri,
    codeSha256: latest.codeSha256,
    description: latest.description,
  });
  change();
  const { world, images, durations } = state;
  const refused = images.get(latest.codeSha256)?.refused;
  latest.update = 'InProgress';
  latest.updateReason = undefined;
  latest.updateCode = undefined;
  latest.revision = newRevision(world);
  latest.modified = world.time.now();
  world.time.after(durations.update, () => {
    if (refused !== undefined) Object.assign(latest, before);
    latest.update = refused === undefined ? 'Successful' : 'Failed';
    latest.updateReason = refused?.reason;
    latest.updateCode = refused?.code;
    latest.revision = newRevision(world);
    latest.warm = 0;
  });
  return configurationOf(fn, latest);
}

/** Nothing new is published where the last version has the same code and settings. */
export function publish(state: LambdaState, input: PublishVersionRequest): object {
  const fn = functionOf(state, input.FunctionName);
  mustRest(fn);
  const { latest } = fn;
  checkRevision(input.RevisionId, latest.revision, 'GetFunction/GetAlias');
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== latest.codeSha256)
    throw invalid(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  const last = fn.published.at(-1);
  const description = input.Description ?? latest.description;
  const isSame =
    last?.codeSha256 === latest.codeSha256 &&
    JSON.stringify(last.settings) === JSON.stringify(latest.settings);
  if (isSame && last.description === description) return configurationOf(fn, last, last.number);
  const version = newVersion(state, String(++fn.lastNumber), { ...latest, description });
  version.stateReason = 'The function is being created.';
  version.stateCode = 'Creating';
  fn.published.push(version);
  latest.revision = newRevision(state.world);
  state.world.time.after(state.durations.publish, () => started(state, version));
  return configurationOf(fn, version, version.number);
}

/** Without a qualifier all of it goes: versions, aliases, policies. */
export function deleteFunction(state: LambdaState, input: DeleteFunctionRequest): object {
  const fn = functionOf(state, input.FunctionName);
  if (input.Qualifier === undefined) {
    state.functions.delete(fn.name);
    return { StatusCode: 204 };
  }
  if (input.Qualifier === '$LATEST')
    throw invalid('$LATEST version cannot be deleted without deleting the function.');
  const version = versionOf(fn, input.Qualifier);
  const users = [...fn.aliases.values()].filter(
    (alias) => alias.version === version.number || version.number in alias.weights,
  );
  if (users.length > 0)
    throw conflict(
      `Unable to delete version because the following aliases reference it: [${users.map(({ name }) => name).join(', ')}]`,
    );
  fn.provisioned.delete(version.number);
  fn.published.splice(fn.published.indexOf(version), 1);
  return { StatusCode: 204 };
}
