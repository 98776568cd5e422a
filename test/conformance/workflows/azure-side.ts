/**
 * Azure for the workflows: Azure ML and what watches it are the stand-in's, Azure Blob and Microsoft Entra, too. Deployments answer
 * as the model in their folder does, run by ONNX Runtime. Nobody pulls an image.
 */
import { startEntra, type FakeEntra } from '../../fakes/azure/entra.ts';
import { startFakeAzure, type FakeAzure } from '../../fakes/azure/fake-azure.ts';
import { World, type Json } from '../../fakes/azure/world.ts';
import { startOidc } from '../../fakes/oidc.ts';
import { IN_ITS_TIME } from '../../faults/real-bench.ts';
import { startFakeBlob } from '../../unit/stores/azure-blob/fake-blob.ts';
import { startContainers } from './model-containers.ts';

export const STORE = 'https://acme.blob.core.windows.net/models';
/** Processes of the jobs live in the stand-in's time, so that a canary bakes as long as its calls take. */
const LOOK_SECONDS = 15;

export interface AzureSide {
  readonly azure: FakeAzure;
  readonly entra: FakeEntra;
  /** For every job. Who signs in is the business of the workflow. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function startAzureSide(): Promise<AzureSide> {
  const world = new World(Date.now());
  const azure = await startFakeAzure(world);
  azure.meet = ({ method }, moment) => {
    if (moment === 'before' && method === 'GET') world.advance(LOOK_SECONDS);
  };
  const entra = await startEntra(() => world.now);
  const oidc = await startOidc((token) => void entra.assertions.add(token));
  const blob = await startFakeBlob();
  const containers = startContainers((folder, path) => blob.blobs.get(`${folder}/${path}`)?.bytes);
  world.container = (deployment, body) =>
    containers.answer(folderOf(world, deployment.body), body.toString());
  return {
    azure,
    entra,
    env: {
      AZURE_AUTHORITY_HOST: entra.url,
      AZURE_RESOURCE_MANAGER_ENDPOINT: azure.url,
      AZURE_STORAGE_SERVICE_ENDPOINT: blob.url,
      ...oidc.env,
      NODE_OPTIONS: IN_ITS_TIME.join('='),
    },
    close: async () => {
      await containers.close();
      await Promise.all([azure.stop(), entra.close(), oidc.close(), blob.stop()]);
    },
  };
}

/** Where the files of its version of the model lie in the store. */
function folderOf(world: World, { properties }: Json): string {
  const { model = '' } = (properties ?? {}) as { model?: string };
  const asset = world.assets.get(model.slice(world.workspace.id.length + 1))?.properties as Json | undefined;
  return new URL(String(asset?.modelUri)).pathname.replace(/\/$/, '');
}
