import type { Kept } from '../../core/image/ecr.ts';
import type { ImageName } from '../../core/image/reference.ts';
import type { Registry } from '../../core/image/registry.ts';
import { environmentKey } from '../../core/plan/environment-digests.ts';
import type { Ports } from '../../core/ports.ts';
import { outside } from '../../core/redaction/outside.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { groupOf } from '../../platforms/groups.ts';
import { platformOf } from '../../platforms/table.ts';
import { action } from '../../runner/action.ts';
import type { Toolbox } from '../../runner/toolbox.ts';
import { openPlatform } from '../../wiring/open-platform.ts';
import { storeOptions } from '../../wiring/store-options.ts';
import { twice } from './confirm.ts';
import type { Inputs } from './inputs.ts';
import type { LeftBehind } from './left-behind.ts';
import type { ReadCommits } from './news.ts';
import { spec } from './spec.ts';

/** Names of what a run leaves for its post step. */
const LEFT = 'left';
const ENDED = 'ended';
/** A look waits for nothing. */
const LOOK_MS = 60_000;
/** A look removes nothing. */
const KEEP_VERSIONS = 100;

export default action({
  spec,
  check: async (inputs, { settings, environmentKey }) => {
    const { checkInputs } = await import('./check-inputs.ts');
    const { unpromotable } = await import('./promotion.ts');
    const region = inputs.awsRegion ?? settings.awsRegion;
    const problems = [
      ...checkInputs(inputs, region),
      ...unpromotable(inputs, environmentKey('promote-from')),
    ];
    if (inputs.target === null) return problems;
    const { title, cloud } = platformOf(inputs.target);
    const fix = 'Set aws-region, or AWS_REGION as aws-actions/configure-aws-credentials does.';
    const regionProblems =
      cloud === 'aws' && region === null
        ? [{ where: 'aws-region', message: `is required for ${title}.`, fix }]
        : [];
    return [...problems, ...regionProblems];
  },
  run: async (inputs, ports, tools) => {
    ports.redactor.addVariables(inputs.environmentVariables);
    await runWith(inputs, ports, tools);
  },
  post: async (ports, tools) => {
    const { parseLeftBehind } = await import('./left-behind.ts');
    const left = parseLeftBehind(tools.state.get(LEFT));
    if (left === null || tools.state.get(ENDED) === 'true') return;
    const { reportLeft } = await import('./post.ts');
    await reportLeft(left, { ...ports, openTarget: () => openAgain(left, ports, tools) });
  },
});

/** A platform's own images are the platform's to keep. */
async function keepImage(uri: string, { target }: Inputs, { signal, redactor }: Ports<never>): Promise<Kept> {
  if (await platformOf(target).image.provides(uri)) return 'needless';
  const { keepDeployedImage } = await import('../../adapters/ecr/keep-image.ts');
  return outside(keepDeployedImage, redactor)(uri, { signal });
}

type RunPorts = Ports<OutputsOf<typeof spec>>;

/** Asks ECR with the credentials of AWS if the job has them; anything else as `readRegistry` does. */
async function imageDigest(
  name: ImageName,
  tag: string,
  inputs: Inputs,
  ports: RunPorts,
  tools: Toolbox,
): Promise<string | null> {
  const { parseEcrHost } = await import('../../clouds/aws/ecr-registry.ts');
  if (platformOf(inputs.target).cloud === 'aws' && parseEcrHost(name.registry) !== null) {
    const { ecrDigest } = await import('../../adapters/ecr/ecr-digest.ts');
    return outside(ecrDigest, ports.redactor)(name, tag);
  }
  const registry = await readRegistry(inputs, ports, tools);
  return (await registry.manifest(name, tag))?.digest ?? null;
}

/** @param uri pinned by digest */
async function imageLabels(
  uri: string,
  inputs: Inputs,
  ports: RunPorts,
  tools: Toolbox,
): Promise<ReadonlyMap<string, string>> {
  const { parseReference } = await import('../../core/image/reference.ts');
  const { registry: host, repository, digest } = parseReference(uri, 'image-uri');
  const { parseEcrHost } = await import('../../clouds/aws/ecr-registry.ts');
  if (platformOf(inputs.target).cloud === 'aws' && parseEcrHost(host) !== null) {
    const { ecrLabels } = await import('../../adapters/ecr/ecr-labels.ts');
    return outside(ecrLabels, ports.redactor)(uri, ports.signal);
  }
  const { readImage } = await import('../../core/image/published-image.ts');
  const registry = await readRegistry(inputs, ports, tools);
  const image = await readImage(registry, { registry: host, repository }, digest ?? '');
  return image?.labels ?? new Map<string, string>();
}

/** With the logins of this machine, or, at Google Cloud and Azure, the identity of the job. */
async function readRegistry(inputs: Inputs, ports: RunPorts, tools: Toolbox): Promise<Registry> {
  const { openRegistry } = await import('../../wiring/open-registry.ts');
  const { awsRegion: region } = inputs;
  return openRegistry('read', storeOptions({ region }, ports, tools), ports, tools).registry;
}

async function runWith(inputs: Inputs, ports: RunPorts, tools: Toolbox): Promise<void> {
  const { run } = await import('./run.ts');
  const { openStore, openUrl } = await import('../../stores/open-store.ts');
  const { awsRegion: region, kmsKeyId, tags } = inputs;
  const { redactor } = ports;
  const stores = storeOptions({ region, kmsKeyId, tags }, ports, tools);
  await run(inputs, {
    ...ports,
    openStore: outside((url) => openStore(url, stores), redactor),
    openUrl: outside((location) => openUrl(location, ports.context.workspace, stores), redactor),
    imageDigest: (name, tag) => imageDigest(name, tag, inputs, ports, tools),
    imageLabels: (uri) => imageLabels(uri, inputs, ports, tools),
    keepImage: (uri) => keepImage(uri, inputs, ports),
    modelPackage: outside(async (arn) => {
      const { findModelPackage } = await import('../../adapters/model-registry/model-package.ts');
      return findModelPackage(arn, ports);
    }, redactor),
    commits: commitReader(inputs.token ?? tools.settings.githubToken, ports),
    promoteFrom: tools.environmentKey('promote-from'),
    origins: tools.origins,
    remember: {
      began: (left) => tools.state.save(LEFT, JSON.stringify(left)),
      ended: () => tools.state.save(ENDED, 'true'),
    },
    openTarget: (resolved) => {
      ports.redactor.addVariables(resolved.environmentVariables);
      return openTarget(resolved, ports, tools);
    },
  });
}

/** Loads nothing of GitHub before two commits differ. */
function commitReader(
  token: string | null,
  { context, signal, clock, redactor }: Ports<never>,
): ReadCommits | null {
  const { repository, apiUrl } = context;
  if (token === null) return null;
  redactor.addSecret(token);
  return outside(async (base: string, head: string) => {
    const { createOctokit } = await import('../../runner/octokit.ts');
    const { createCommitReader } = await import('../../adapters/github/commits.ts');
    const options = { repository, signal, now: () => clock.now() };
    return createCommitReader(createOctokit(token, apiUrl), options)(base, head);
  }, redactor);
}

function openTarget(inputs: Inputs, ports: Ports<never>, tools: Toolbox): Promise<DeploymentTarget> {
  const { startupTimeout: seconds, environmentVariables } = inputs;
  const wishes = {
    timeoutMs: inputs.timeoutMinutes * 60_000,
    keepVersions: inputs.keepVersions,
    environmentName: inputs.environment,
    region: inputs.awsRegion,
    environment: environmentVariables ?? new Map<string, string>(),
    environmentKey: environmentKey(inputs.digestKey, inputs.target, inputs.endpointName),
    ...(seconds === null ? {} : { startupMs: 1000 * seconds }),
    group: groupOf(inputs, inputs.target),
    account: inputs.awsAccountId,
    adopt: inputs.adopt,
    removesAdopted: inputs.confirm === twice(inputs.endpointName),
    hasApprovers: (tools.environmentKey('approvers') ?? '') !== '',
    tags: inputs.tags,
    kmsKeyId: inputs.kmsKeyId,
    startWith: inputs.endpointName,
  };
  return openPlatform(inputs.target, wishes, ports, tools);
}

/** For a look after the job. */
function openAgain({ target, region, group }: LeftBehind, ports: Ports<never>, tools: Toolbox) {
  const wishes = { timeoutMs: LOOK_MS, keepVersions: KEEP_VERSIONS, region, group, environmentName: null };
  return openPlatform(target, wishes, ports, tools);
}
