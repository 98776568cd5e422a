import { UserError } from '../../core/errors.ts';
import type { Ports } from '../../core/ports.ts';
import { outside, outsideInvoker } from '../../core/redaction/outside.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { groupOf } from '../../platforms/groups.ts';
import { platformOf } from '../../platforms/table.ts';
import { action } from '../../runner/action.ts';
import { stopYoungGenerationAt } from '../../core/young-generation.ts';
import type { Toolbox } from '../../runner/toolbox.ts';
import { openPlatform } from '../../wiring/open-platform.ts';
import { storeOptions } from '../../wiring/store-options.ts';
import { processOpener, readWasmAhead } from '../../wiring/open-session.ts';
import type { SmokePorts } from './ports.ts';
import type { Inputs } from './inputs.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    if (inputs.reference === 'onnx') await readWasmAhead(tools, inputs.runtime);
    const { run } = await import('./run.ts');
    // What a test holds at once fits into it.
    stopYoungGenerationAt(16_000_000);
    const { openStore, openUrl } = await import('../../stores/open-store.ts');
    const stores = storeOptions({ region: inputs.awsRegion }, ports, tools);
    await run(inputs, {
      ...ports,
      openTarget: (goal) => openTarget(goal, inputs, ports, tools),
      httpEndpoint: (url, access) => openEndpoint(url, access, ports, tools),
      chartLibrary: async () => {
        const { readChartLibrary } = await import('../../adapters/charts/chart-library.ts');
        return readChartLibrary(tools.settings.bundleDir);
      },
      openSession: processOpener(ports, tools, referenceMs(tools.settings)),
      embedWeights: async (...model) => {
        const { embedExternalData } = await import('../../adapters/onnx/external-data.ts');
        return outside(embedExternalData, ports.redactor)(...model);
      },
      openStore: outside((url) => openStore(url, stores), ports.redactor),
      openUrl: outside((location) => openUrl(location, ports.context.workspace, stores), ports.redactor),
      pollMs: tools.settings.pollMs,
    });
  },
});

/** A batch takes milliseconds to seconds; a large network on WASM takes minutes. */
const REFERENCE_SECONDS = 600;
const MOST_SECONDS = 86_400;

/** How long the reference may take for one batch of rows. @throws UserError for a setting that is no such time. */
function referenceMs({ referenceSeconds }: Toolbox['settings']): number {
  const seconds = Number(referenceSeconds ?? REFERENCE_SECONDS);
  if (seconds > 0 && seconds <= MOST_SECONDS) return seconds * 1000;
  const message = `"${referenceSeconds ?? ''}" is not a number of seconds above 0 and up to ${MOST_SECONDS}.`;
  throw UserError.of([{ where: 'ML_DEPLOY_REFERENCE_SECONDS', message, fix: 'Mend it, or leave it out.' }]);
}

type UrlArguments = Parameters<SmokePorts['httpEndpoint']>;

async function openEndpoint(
  url: UrlArguments[0],
  { headers, bearerToken, sigv4Service, region }: UrlArguments[1],
  { context, redactor }: Ports<never>,
  tools: Toolbox,
) {
  redactor.addUrl(url);
  const { httpEndpoint } = await import('../../adapters/http-endpoint/http-endpoint.ts');
  const all = {
    ...(context.runId === '' ? {} : { 'x-request-id': `ml-deploy-${context.runId}` }),
    ...Object.fromEntries(headers),
    ...(bearerToken === null ? {} : { authorization: `Bearer ${bearerToken}` }),
  };
  if (sigv4Service === null) return outsideInvoker(httpEndpoint(url, { headers: all }), redactor);
  const known = region ?? tools.settings.awsRegion;
  if (known === null) {
    const message = 'is needed to sign requests (sigv4-service), and AWS_REGION is not set either.';
    throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
  }
  const { createSigner } = await import('../../clouds/aws/sigv4.ts');
  const { currentCredentials } = await import('../../clouds/aws/credentials.ts');
  // A session token is sent as a header, which the endpoint may show.
  const credentials: typeof currentCredentials = async () => {
    const found = await currentCredentials();
    redactor.addSecret(found.secretAccessKey);
    redactor.addSecret(found.sessionToken);
    return found;
  };
  const sign = createSigner({ service: sigv4Service, region: known, credentials });
  return outsideInvoker(httpEndpoint(url, { headers: all, sign }), redactor);
}

/** How many versions are kept is deploy-endpoint's business: a rollback by a smoke test removes none. */
const KEEP_VERSIONS = 100;

type Goal = Parameters<SmokePorts['openTarget']>[0];

function openTarget(
  { target }: Goal,
  inputs: Inputs,
  ports: Ports<never>,
  tools: Toolbox,
): Promise<DeploymentTarget> {
  const timeoutMs = platformOf(target).traits.changeMs;
  const { awsRegion: region, environment: environmentName } = inputs;
  const group = groupOf(inputs, target);
  const mark = `ml-deploy-${ports.context.runId}`;
  const wishes = { timeoutMs, keepVersions: KEEP_VERSIONS, region, environmentName, group, mark };
  return openPlatform(target, wishes, ports, tools);
}
