import { join } from 'node:path';
import { localEndpointsDir } from '../../core/workspace.ts';
import type { ImageName } from '../../core/image/reference.ts';
import type { Ports } from '../../core/ports.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { action } from '../../runner/action.ts';
import type { Toolbox } from '../../runner/toolbox.ts';
import type { Inputs } from './inputs.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  check: async (inputs, { settings }) => {
    const { checkInputs } = await import('./check-inputs.ts');
    const problems = checkInputs(inputs);
    if (inputs.target !== 'sagemaker') return problems;
    const { cloudFacts } = await import('./cloud-facts.ts');
    const { checkRules } = await import('../../targets/sagemaker/preflight/rules.ts');
    const region = inputs.awsRegion ?? settings.awsRegion;
    const fix = 'Set aws-region, or AWS_REGION as aws-actions/configure-aws-credentials does.';
    const regionProblems =
      region === null ? [{ where: 'aws-region', message: 'is required for SageMaker.', fix }] : [];
    const rules = checkRules(cloudFacts(inputs, region ?? '')).filter(
      ({ where }) => !problems.some((known) => known.where === where),
    );
    return [...problems, ...regionProblems, ...rules];
  },
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { openStore, openUrl } = await import('../../stores/open-store.ts');
    const s3 = s3OptionsOf(inputs, ports, tools);
    await run(inputs, {
      ...ports,
      openStore: (url) => openStore(url, { s3 }),
      openUrl: (location) => openUrl(location, ports.context.workspace, { s3 }),
      imageDigest: (name, tag) => imageDigest(name, tag, inputs, ports, tools),
      openTarget: () =>
        inputs.target === 'local'
          ? openLocalTarget(inputs, ports, tools)
          : openSageMakerTarget(inputs, ports, tools),
    });
  },
});

function s3OptionsOf(
  { awsRegion, kmsKeyId, tags }: Inputs,
  { log, clock, signal }: Ports<never>,
  { settings }: Toolbox,
) {
  const region = awsRegion ?? settings.awsRegion;
  return { region, endpoint: settings.s3Endpoint, kmsKeyId, tags, log, clock, signal };
}

/** Asks ECR with the credentials of AWS, and any other registry with the logins of this machine. */
async function imageDigest(
  name: ImageName,
  tag: string,
  { target }: Inputs,
  { signal }: Ports<never>,
  { exec, which, settings }: Toolbox,
): Promise<string | null> {
  const { parseEcrHost } = await import('../../core/image/ecr.ts');
  if (target === 'sagemaker' && parseEcrHost(name.registry) !== null) {
    const { ecrDigest } = await import('../../targets/sagemaker/ecr-digest.ts');
    return ecrDigest(name, tag);
  }
  const [{ createRegistry }, { credentialFinder }] = await Promise.all([
    import('../../adapters/registry/registry.ts'),
    import('../../adapters/registry/credentials.ts'),
  ]);
  const credentials = credentialFinder({ files: settings.registryAuthFiles, exec, which });
  return (await createRegistry({ signal, credentials }).manifest(name, tag))?.digest ?? null;
}

const STARTUP_SECONDS = 480;

async function openLocalTarget(
  inputs: Inputs,
  { context, clock, signal, log }: Ports<never>,
  { exec, which, settings }: Toolbox,
): Promise<DeploymentTarget> {
  const { createLocalTarget } = await import('../../targets/local/local-target.ts');
  const { createLauncher } = await import('../../targets/local/launch.ts');
  const { systemProcesses } = await import('../../targets/local/process-table.ts');
  const { openUrl } = await import('../../stores/open-store.ts');
  const server = join(settings.bundleDir, '..', 'local-server', 'index.js');
  return createLocalTarget({
    root: localEndpointsDir(context),
    launch: createLauncher(
      server,
      settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache],
      settings.lastingEnvironment,
    ),
    openArchive: (url) => openUrl(url, context.workspace),
    processes: systemProcesses,
    clock,
    signal,
    log,
    timeoutMs: inputs.timeoutMinutes * 60_000,
    pollMs: settings.pollMs,
    keepVersions: inputs.keepVersions,
    port: inputs.localPort,
    containers: {
      findRunner: async () => {
        const { runnerFinder } = await import('../../adapters/container-engine/find-runner.ts');
        return runnerFinder({ exec, which, log, signal })();
      },
      environment: inputs.environmentVariables ?? new Map(),
      startupMs: 1000 * (inputs.containerStartupTimeout ?? STARTUP_SECONDS),
    },
    run: context.runId,
  });
}

/** The region was checked with the inputs. */
async function openSageMakerTarget(
  inputs: Inputs,
  ports: Ports<never>,
  tools: Toolbox,
): Promise<DeploymentTarget> {
  const { context, clock, signal, log } = ports;
  const { createSageMakerTarget } = await import('../../targets/sagemaker/sagemaker-target.ts');
  const { createAwsClients } = await import('../../targets/sagemaker/clients.ts');
  const { openStore } = await import('../../stores/open-store.ts');
  const s3 = s3OptionsOf(inputs, ports, tools);
  return createSageMakerTarget({
    clients: createAwsClients({ region: s3.region ?? '' }),
    account: inputs.awsAccountId,
    adopt: inputs.adopt,
    environment: inputs.environmentVariables ?? new Map(),
    tags: inputs.tags ?? new Map(),
    environmentName: inputs.environment,
    context,
    openStore: (url) => openStore(url, { s3 }),
    clock,
    signal,
    log,
    timeoutMs: inputs.timeoutMinutes * 60_000,
    pollMs: tools.settings.pollMs,
    keepVersions: inputs.keepVersions,
  });
}
