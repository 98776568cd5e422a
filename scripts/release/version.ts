/** Versions as tags have them: https://semver.org */
export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Such as `rc.1`; null for a version that everybody is to have. */
  readonly prerelease: string | null;
}

const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*))?$/i;

/** `1.2.3` or `1.2.3-rc.1`; null for anything else. */
export function parseVersion(text: string): Version | null {
  const [, major, minor, patch, prerelease] = VERSION.exec(text) ?? [];
  if (major === undefined) return null;
  return {
    text,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    prerelease: prerelease ?? null,
  };
}

export const exactTag = (version: Version) => `v${version.text}`;
export const majorTag = (version: Version) => `v${version.major}`;

/** Whether one is newer than the other; neither is a prerelease. */
export function isNewer(one: Version, other: Version): boolean {
  return (one.major - other.major || one.minor - other.minor || one.patch - other.patch) > 0;
}
