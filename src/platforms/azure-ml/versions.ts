/** The versions of an endpoint: its deployments, with what is recorded for each. */
import { readNotes } from '../../deployment/kept/notes.ts';
import { inTurn, referenceIn, turnOf, type KeptVersion } from '../../deployment/kept/versions.ts';
import { isPassing } from '../../deployment/observed.ts';
import { noteTag, readMade, readServed, TAG } from './ledger.ts';
import { versionOf } from './names.ts';
import { madeAt, type Seen } from './reads.ts';
import type { DeploymentResource } from './resources.ts';
import { servingOf } from './serving.ts';

export interface Version extends KeptVersion {
  readonly found: DeploymentResource;
}

export function versionsOf({ endpoint, deployments }: Seen, now: Date): readonly Version[] {
  const tags = endpoint?.tags ?? {};
  // What serves now has served, whoever gave it the traffic, except a version that a rollout still watches.
  const serving = servingOf(endpoint, now);
  const live = serving.state === 'serving' ? (serving.version ?? undefined) : undefined;
  // The tags say at once where requests were sent. Until that is visible, the version has not served.
  const underWay = isPassing(serving) ? serving.towards : null;
  const names = readServed(tags).versions.filter((name) => name !== underWay);
  return inTurn(
    deployments.map((found): Version => {
      const id = versionOf(found.name);
      const made = readMade(id, found.tags ?? {});
      return {
        id,
        made,
        notes: readNotes(tags[noteTag(id)]),
        referenceUrl: referenceIn(tags[TAG.store], made),
        turn: turnOf(id, names, live),
        madeAt: madeAt(found),
        imageDigest: found.tags?.[TAG.image] ?? null,
        isWhole: isReady(found),
        found,
      };
    }),
  );
}

/** Whether it takes requests, also while Azure changes the number of its machines. */
export function isReady({ properties: { provisioningState: state } }: DeploymentResource): boolean {
  return state === 'Succeeded' || state === 'Scaling';
}

/** Whether Azure is changing it. */
export function isBusy({ properties: { provisioningState: state } }: DeploymentResource): boolean {
  return state !== 'Succeeded' && state !== 'Failed' && state !== 'Canceled';
}
