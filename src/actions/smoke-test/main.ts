import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Ports } from '../../core/ports.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { localEndpointsDir } from '../../core/workspace.ts';
import { action } from '../../runner/action.ts';
import type { Toolbox } from '../../runner/toolbox.ts';
import type { SmokePorts } from './run.ts';
import type { Inputs } from './inputs.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { openStore } = await import('../../stores/open-store.ts');
    await run(inputs, {
      ...ports,
      openTarget: (goal) =>
        goal.target === 'local' ? openLocal(ports, tools) : openSageMaker(goal, inputs, ports, tools),
      httpEndpoint: (url, access) => openUrl(url, access, ports, tools),
      chartLibrary: async () => {
        const { readChartLibrary } = await import('../../adapters/charts/chart-library.ts');
        return readChartLibrary(tools.settings.bundleDir);
      },
      openSession: (model, options) => openSession(model, options, ports, tools),
      openStore: (url) => openStore(url, { s3: s3Of(inputs, ports, tools) }),
      pollMs: tools.settings.pollMs,
    });
  },
});

type SessionArguments = Parameters<SmokePorts['openSession']>;

type UrlArguments = Parameters<SmokePorts['httpEndpoint']>;

async function openUrl(
  url: UrlArguments[0],
  { headers, bearerToken, sigv4Service, region }: UrlArguments[1],
  { context }: Ports<never>,
  tools: Toolbox,
) {
  for (const value of headers.values()) tools.mask(value);
  const { httpEndpoint } = await import('../../adapters/http-endpoint/http-endpoint.ts');
  const all = {
    ...(context.runId === '' ? {} : { 'x-request-id': `ml-deploy-${context.runId}` }),
    ...Object.fromEntries(headers),
    ...(bearerToken === null ? {} : { authorization: `Bearer ${bearerToken}` }),
  };
  if (sigv4Service === null) return httpEndpoint(url, { headers: all });
  const known = region ?? tools.settings.awsRegion;
  if (known === null) {
    const message = 'is needed to sign requests (sigv4-service), and AWS_REGION is not set either.';
    throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
  }
  const { createSigner, defaultCredentials } = await import('../../adapters/http-endpoint/sigv4.ts');
  const sign = createSigner({ service: sigv4Service, region: known, credentials: defaultCredentials });
  return httpEndpoint(url, { headers: all, sign });
}

/** Only a test with an ONNX reference pays for a runtime. */
async function openSession(
  model: SessionArguments[0],
  options: SessionArguments[1],
  ports: Ports<never>,
  { exec, settings }: Toolbox,
) {
  const { createSessionOpener } = await import('../../adapters/onnx/open-session.ts');
  const open = createSessionOpener({
    moduleRoots: [settings.bundleDir],
    toolCacheDir: settings.toolCache ?? undefined,
    exec,
    log: ports.log,
  });
  return open(model, options);
}

const ROLLBACK_MS = 120_000;
/** Never used: a smoke test installs nothing. */
const KEEP_VERSIONS = 5;

async function openLocal(
  { context, clock, signal, log }: Ports<never>,
  { settings }: Toolbox,
): Promise<DeploymentTarget> {
  const { createLocalTarget } = await import('../../targets/local/local-target.ts');
  const { createLauncher } = await import('../../targets/local/launch.ts');
  const { systemProcesses } = await import('../../targets/local/process-table.ts');
  const { openUrl: openArchiveUrl } = await import('../../stores/open-store.ts');
  return createLocalTarget({
    root: localEndpointsDir(context),
    launch: createLauncher(
      join(settings.bundleDir, '..', 'local-server', 'index.js'),
      settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache],
      settings.lastingEnvironment,
    ),
    openArchive: (url) => openArchiveUrl(url, context.workspace),
    processes: systemProcesses,
    clock,
    signal,
    log,
    timeoutMs: ROLLBACK_MS,
    pollMs: settings.pollMs,
    keepVersions: KEEP_VERSIONS,
    port: null,
    // A rollback is the server's work, and it has the variables of every version.
    containers: {
      findRunner: () => Promise.reject(new Error('A smoke test installs no version.')),
      environment: new Map(),
      startupMs: ROLLBACK_MS,
    },
    run: context.runId,
  });
}

type SageMakerGoal = Parameters<SmokePorts['openTarget']>[0];

/** Requests go through an invoker that marks them, and can choose the variant. */
async function openSageMaker(
  { variant }: SageMakerGoal,
  inputs: Inputs,
  ports: Ports<never>,
  tools: Toolbox,
): Promise<DeploymentTarget> {
  const s3 = s3Of(inputs, ports, tools);
  if (s3.region === null) {
    const message = 'is needed for target: sagemaker, and AWS_REGION is not set either.';
    throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
  }
  const { createSageMakerTarget } = await import('../../targets/sagemaker/sagemaker-target.ts');
  const { createAwsClients } = await import('../../targets/sagemaker/clients.ts');
  const { openStore } = await import('../../stores/open-store.ts');
  const { region } = s3;
  const clients = createAwsClients({ region });
  const target = createSageMakerTarget({
    clients,
    account: null,
    adopt: false,
    environment: new Map(),
    tags: new Map(),
    environmentName: inputs.environment,
    context: ports.context,
    openStore: (url) => openStore(url, { s3 }),
    clock: ports.clock,
    signal: ports.signal,
    log: ports.log,
    timeoutMs: SAGEMAKER_MS,
    pollMs: tools.settings.pollMs,
    keepVersions: KEEP_VERSIONS,
  });
  return {
    ...target,
    invoker: async (endpoint, candidate) => {
      // It refuses what is not there, or is no candidate of this endpoint.
      await target.invoker(endpoint, candidate);
      const { sageMakerInvoker } = await import('../../adapters/sagemaker-runtime/invoker.ts');
      const mark = `ml-deploy-${ports.context.runId}`;
      return sageMakerInvoker({
        client: await clients.runtime(),
        endpoint: candidate ?? endpoint,
        region,
        variant,
        mark,
      });
    },
  };
}

/** A rollback is an update of the endpoint, which takes some ten minutes. */
const SAGEMAKER_MS = 3_600_000;

function s3Of({ awsRegion }: Inputs, { log, clock, signal }: Ports<never>, { settings }: Toolbox) {
  const region = awsRegion ?? settings.awsRegion;
  return { region, endpoint: settings.s3Endpoint, kmsKeyId: null, tags: null, log, clock, signal };
}
