/** The release record of a deployment: what was deployed, where to, on whose approval. */
import { fileURLToPath } from 'node:url';
import { packagedRelease } from '../../core/release/packaged-release.ts';
import type { Approval } from '../../documents/approval.ts';
import type { ReleaseRecord } from '../../documents/release-record.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Clock, RunContext } from '../../core/ports.ts';
import { storeKeys, type ArtifactStore } from '../../core/stores.ts';
import type { Outcome } from '../../core/targets.ts';
import type { Sources } from './source-ports.ts';

export interface WrittenRelease {
  readonly digest: string;
  /** A path for a file store, a URL for any other. */
  readonly location: string;
}

export async function writeRelease(
  store: ArtifactStore,
  sources: Sources,
  deployed: { readonly plan: Plan; readonly outcome: Outcome; readonly approval: Approval | null },
  ports: { readonly context: RunContext; readonly clock: Clock },
): Promise<WrittenRelease> {
  const digest = await store.record(recordOf(sources, deployed, ports));
  const url = store.urlOf(storeKeys.release(digest));
  return { digest, location: url.startsWith('file:') ? fileURLToPath(url) : url };
}

/** Continues the record that was given. Results out about other places (smoke) is not true of this one. */
function recordOf(
  { model, image, reference, release }: Sources,
  { plan, outcome, approval }: Parameters<typeof writeRelease>[2],
  { context, clock }: Parameters<typeof writeRelease>[3],
): ReleaseRecord {
  const begun = release?.record ?? packagedRelease(model, reference, context, clock.now());
  const { target, endpoint, version, environmentName: environment, digest: planDigest } = plan;
  return {
    ...begun,
    image,
    deployment: { environment, target, endpoint, version, planDigest, outcome },
    approval,
    smoke: null,
    parent: release?.digest ?? null,
    createdAt: clock.now().toISOString(),
  };
}
