/** What of a resource is another thing after somebody took it over, field by field. */
export interface FieldDifferences {
  /** Paths that are gone. */
  readonly lost: readonly string[];
  readonly changed: readonly string[];
  readonly added: readonly string[];
}

/** @param isShare whether a path is a share of the traffic: it moves, and one that is gone is no field that is lost */
export function fieldDifferences(
  before: object,
  after: object,
  isShare: (path: string) => boolean,
): FieldDifferences {
  const [first, second] = [new Map(leaves(before)), new Map(leaves(after))];
  return {
    lost: [...first.keys()].filter((path) => !second.has(path) && !isShare(path)),
    changed: [...first]
      .filter(([path, value]) => second.has(path) && !isShare(path) && second.get(path) !== value)
      .map(([path]) => path),
    added: [...second.keys()].filter((path) => !first.has(path)),
  };
}

/** Every value of a document by its path. */
function leaves(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`));
}
