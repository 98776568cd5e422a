/** push-image in the main job: if there is a container engine and a registry to push to. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../lib/paths.ts';
import { mediaTypes } from '../../src/core/image/manifest.ts';
import { progress } from './progress.ts';
import type { Runner } from './steps.ts';

const ENGINES = ['docker', 'podman', 'buildah'];

/**
 * Builds model/Dockerfile and pushes it to the registry in ML_DEPLOY_REGISTRY, such as `localhost:5000`
 * (BASE_IMAGE may name a base image that is there already). If it does not run, it says why.
 */
export async function pushImage(runner: Runner): Promise<void> {
  progress.title('the serving image');
  const reason = whyNot();
  if (reason !== null) {
    runner.skip('image', 'push-image', reason);
    return;
  }
  const base = process.env.BASE_IMAGE;
  const inputs = {
    context: join(root, 'model'),
    repository: 'ml-deploy-sample',
    registry: process.env.ML_DEPLOY_REGISTRY ?? '',
    'for-target': 'sagemaker',
    ...(base ? { 'build-args': `BASE_IMAGE=${base}` } : {}),
  };
  const outputs = { 'media-type': mediaTypes.dockerManifest };
  await runner.run('image', 'push-image', '', inputs, { exitCode: 0, outputs });
}

function whyNot(): string | null {
  if (!ENGINES.some(answers)) return 'no container engine answers here (docker, podman or buildah)';
  return process.env.ML_DEPLOY_REGISTRY
    ? null
    : 'no registry to push to: set ML_DEPLOY_REGISTRY, such as localhost:5000';
}

/** A client without its daemon is no engine. */
function answers(engine: string): boolean {
  try {
    execFileSync(engine, ['info'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
