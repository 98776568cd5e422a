/** What an operation found out, written where the next one finds it. */
import type { Plan } from '../../documents/plan.ts';
import { readVersions } from './describe.ts';
import { readStanding } from './live.ts';
import { addTags } from './mutate.ts';
import { isContentName } from './names.ts';
import { modelUrlOf, modelSpecOf } from './specs.ts';
import type { Session } from './session.ts';
import { tagList } from '../../clouds/aws/tags.ts';
import { TAG } from './tags.ts';
import { factTags, versionOfPlan, writeNote, type Version } from './versions.ts';

/** A version serves as it was planned: the newest from now on, even if it served before another one did. */
export async function noteServed(plan: Plan, session: Session): Promise<boolean> {
  const now = session.options.clock.now().toISOString();
  return noteVersion(plan.endpoint, plan.version, session, (version) => {
    const hasStayed = plan.base === plan.version && version.served && !version.withdrawn;
    const planned = versionOfPlan(plan, hasStayed ? version.deployedAt : now);
    return { ...planned, served: true, verified: version.verified, withdrawn: false };
  });
}

export type Facts = Omit<Version, 'ours' | 'arn' | 'tagged'>;

/** Changes what is known of a version, in its tags and in the note beside its archive. */
export async function noteVersion(
  endpoint: string,
  name: string,
  session: Session,
  change: (version: Version) => Facts,
): Promise<boolean> {
  const { reads, options } = session;
  const live = await readStanding(endpoint, reads);
  const versions = await readVersions(endpoint, live, reads, options);
  const known = versions.find(({ version }) => version === name);
  if (known === undefined) return false;
  // A config of somebody else's is used, and stays theirs.
  const mine = known.ours || isContentName(endpoint, name);
  const facts = { ...known, ...change(known), ours: mine };
  const marks: [string, string | null][] = [
    [TAG.verified, facts.verified ? 'true' : known.verified ? 'false' : null],
    [TAG.withdrawn, facts.withdrawn ? 'true' : known.withdrawn ? 'false' : null],
  ];
  if (mine)
    await addTags(session, known.arn, tagList([[TAG.endpoint, endpoint], ...factTags(facts), ...marks]));
  if (changed(known, facts))
    await writeNote(endpoint, facts, await modelUrl(name, session), session.reads, options);
  return true;
}

function changed(before: Version, after: Version): boolean {
  return (
    JSON.stringify(Object.entries(before).toSorted()) !== JSON.stringify(Object.entries(after).toSorted())
  );
}

async function modelUrl(config: string, { reads }: Session): Promise<string | null> {
  const described = await reads.config(config);
  const name = described?.ProductionVariants?.[0]?.ModelName;
  const model = name === undefined ? null : await reads.model(name);
  return model === null ? null : modelUrlOf({ model: modelSpecOf(model) });
}

/** It was rolled back from, so its proof no longer counts. @returns false if nothing is known of it */
export async function noteWithdrawn(endpoint: string, version: string, session: Session): Promise<boolean> {
  const withdrawnAt = session.options.clock.now().toISOString();
  return noteVersion(endpoint, version, session, (known) => ({
    ...known,
    withdrawn: true,
    withdrawnAt,
    verified: false,
  }));
}
