/** The versions of an endpoint, with what is recorded for each. */
import { NO_NOTES } from '../../deployment/kept/notes.ts';
import { inTurn, referenceIn, turnOf as turnIn, type KeptVersion } from '../../deployment/kept/versions.ts';
import { readMade, readNotes, readServed, type MadeVersion } from './ledger.ts';
import { isForeign, versionOf } from './names.ts';
import type { EndpointResource, ModelVersion } from './resources.ts';
import { sharesOf } from './serving.ts';

export interface Version extends KeptVersion {
  readonly made: MadeVersion | null;
  /** null for somebody else's deployed model, whose model is not ours either. */
  readonly found: ModelVersion | null;
  /** Of all versions of the model with this content, the oldest first: two runs may have uploaded the same. */
  readonly numbers: readonly string[];
}

/** In the order in which they last served; those that never did come first, by age. */
export function versionsOf(
  models: readonly ModelVersion[],
  endpoint: EndpointResource | null,
): readonly Version[] {
  const { versions: served, marker } = readServed(endpoint?.labels ?? {});
  const shares = endpoint === null ? [] : sharesOf(endpoint);
  // What serves now has served, whoever made it serve, except a version that a rollout still watches.
  const serving = marker === '' && shares.length === 1 ? shares[0]?.version : undefined;
  const turnOf = (id: string) => turnIn(id, served, serving);
  const own = ownVersions(models).map((version): Version => ({ ...version, turn: turnOf(version.id) }));
  return inTurn([...own, ...foreign(endpoint, turnOf)]);
}

/** The newest first. */
function ownVersions(models: readonly ModelVersion[]): Version[] {
  const byAge = models.toSorted((one, other) => numberOf(one) - numberOf(other));
  const found = new Map<string, Version>();
  for (const model of byAge) {
    const made = readMade(model.versionDescription);
    if (made === null) continue;
    const before = found.get(made.version);
    const number = model.versionId ?? '';
    found.set(made.version, before ? { ...before, numbers: [...before.numbers, number] } : ours(made, model));
  }
  return [...found.values()].reverse();
}

function numberOf({ versionId = '' }: ModelVersion): number {
  return Number(versionId);
}

function ours(made: MadeVersion, model: ModelVersion): Version {
  return {
    id: made.version,
    made,
    notes: readNotes(model),
    referenceUrl: referenceIn(made.store ?? undefined, made),
    turn: Infinity,
    imageDigest: made.image,
    madeAt: timeOf(model.versionCreateTime ?? model.createTime),
    isWhole: true,
    found: model,
    numbers: [model.versionId ?? ''],
  };
}

/** Deployed models that ml-deploy did not make. */
function foreign(endpoint: EndpointResource | null, turnOf: (id: string) => number): Version[] {
  const all = (endpoint?.deployedModels ?? []).map((deployed) => ({
    ...deployed,
    version: versionOf(deployed),
  }));
  return all
    .filter(({ version }) => isForeign(version))
    .map(({ version, createTime }) => ({
      id: version,
      made: null,
      notes: NO_NOTES,
      referenceUrl: null,
      turn: turnOf(version),
      imageDigest: null,
      madeAt: timeOf(createTime),
      isWhole: true,
      found: null,
      numbers: [],
    }));
}

export function timeOf(text: string | undefined): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? 0 : time;
}
