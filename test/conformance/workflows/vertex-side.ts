/**
 * Google Cloud for the workflows: Vertex AI and what watches it are the stand-in's, Cloud Storage and the token services, too.
 * Deployed models answer as what lies in their folder does, run by ONNX Runtime. Nobody pulls an image.
 */
import { FakeGoogle } from '../../fakes/google/fake-google.ts';
import { BUCKET, startGoogleProject, type GoogleProject } from '../../fakes/google/project.ts';
import { startOidc } from '../../fakes/oidc.ts';
import { IN_ITS_TIME } from '../../faults/real-bench.ts';
import { startContainers } from './model-containers.ts';

/** Processes of the jobs live in the stand-in's time, so that a canary bakes as long as its calls take. */
const LOOK_MS = 15_000;

export interface VertexSide extends GoogleProject {
  readonly google: FakeGoogle;
  close(): Promise<void>;
}

export async function startVertexSide(): Promise<VertexSide> {
  const google = new FakeGoogle();
  google.world.now = Date.now();
  google.before = ({ method }) => {
    if (method === 'GET') google.world.advance(LOOK_MS);
  };
  const project = await startGoogleProject(google);
  const oidc = await startOidc((token) => void project.login.assertions.add(token));
  const containers = startContainers(
    (folder, path) => project.gcs.objects.get(`${folder.replace(`gs://${BUCKET}/`, '')}/${path}`)?.bytes,
  );
  google.container = (_image, request, model) => containers.answer(model, request);
  return {
    ...project,
    google,
    env: { ...project.env, ...oidc.env, NODE_OPTIONS: IN_ITS_TIME.join('=') },
    close: async () => {
      await containers.close();
      await oidc.close();
      await project.close();
    },
  };
}
