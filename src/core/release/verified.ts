/** Whether an environment has verified a release: it was deployed there, and passed its smoke test there. */
import { text } from 'node:stream/consumers';
import { storeKeys, type ArtifactStore } from '../stores.ts';
import type { Outcome } from '../targets.ts';
import { parseRelease } from '../../documents/release-record.ts';
import type { ReleaseRecord } from '../../documents/release-record.ts';

/** The outcomes after which a version serves. A candidate that passed may have been discarded afterwards. */
const SERVES: readonly Outcome[] = ['deployed', 'promoted', 'unchanged'];

/** Why a record does not prove that the environment verified it, in one sentence; null if it does. */
export function whyUnverified(record: ReleaseRecord, digest: string, environment: string): string | null {
  const { deployment, smoke } = record;
  if (deployment?.environment !== environment) {
    const where = deployment?.environment ?? 'no environment';
    return `The release ${digest} was deployed to ${where}, not to ${environment}.`;
  }
  if (!SERVES.includes(deployment.outcome)) {
    return `The release ${digest} does not serve in ${environment}: its outcome there is ${deployment.outcome}.`;
  }
  if (smoke?.passed !== true) return `The release ${digest} has no passed smoke test in ${environment}.`;
  return null;
}

/** A chain of records is one release in one place after the other. */
const LONGEST_CHAIN = 50;

/**
 * Looks for the proof in the record and in those that it continues: a release of prod that is deployed again continues
 * that of staging. The newest smoke test in the environment decides, and only one of the same digests counts.
 * @returns why it is not verified, in one sentence; null if it is
 */
export async function whyUnverifiedInChain(
  record: ReleaseRecord,
  digest: string,
  environment: string,
  openStore: () => Promise<ArtifactStore>,
): Promise<string | null> {
  const first = whyUnverified(record, digest, environment);
  if (first === null || isDecided(record, environment)) return first;
  let parent = record.parent;
  for (let steps = 0; parent !== null && steps < LONGEST_CHAIN; steps++) {
    const store = await openStore();
    const key = storeKeys.release(parent);
    if (!(await store.exists(key))) return first;
    const before = parseRelease(await text(await store.open(key)), {
      label: store.urlOf(key),
      digest: parent,
    });
    if (!isSameContent(before, record)) return first;
    const why = whyUnverified(before, parent, environment);
    if (why === null || isDecided(before, environment)) return why;
    parent = before.parent;
  }
  return first;
}

function isDecided({ deployment, smoke }: ReleaseRecord, environment: string): boolean {
  return deployment?.environment === environment && smoke !== null;
}

function isSameContent(a: ReleaseRecord, b: ReleaseRecord): boolean {
  return (
    a.model.digest === b.model.digest &&
    a.image?.digest === b.image?.digest &&
    a.reference?.digest === b.reference?.digest
  );
}
