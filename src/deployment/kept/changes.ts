/** What a release changes, as a plan lists it, where versions are kept side by side. Pure. */
import { canonicalJson } from '../../core/canonical-json.ts';
import type { Change, Desired } from '../../documents/plan.ts';
import type { KeptVersion } from './versions.ts';

/** @param current the version that serves; null if nothing does */
export function contentChanges(
  { model, reference, image }: Pick<Desired, 'model' | 'reference' | 'image'>,
  current: Pick<KeptVersion, 'made' | 'imageDigest'> | null,
): Change[] {
  const { made = null, imageDigest = null } = current ?? {};
  return [
    { field: 'model', from: made?.modelDigest ?? null, to: model },
    { field: 'reference', from: made?.referenceDigest ?? null, to: reference ?? null },
    { field: 'image', from: imageDigest, to: image ?? null },
  ];
}

/**
 * What is wanted, each beside what is there; what is there and not wanted is left out.
 * @param prefix of the fields' names
 */
export function settingChanges(
  prefix: string,
  before: Readonly<Record<string, unknown>>,
  wanted: object,
): Change[] {
  return Object.entries(wanted).map(([name, value]) => ({
    field: prefix + name,
    from: shown(before[name]),
    to: shown(value),
  }));
}

/** The same text for the same value, in whatever order its members are. */
export function shown(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}

export function differing(changes: readonly Change[]): Change[] {
  return changes.filter(({ from, to }) => from !== to);
}
