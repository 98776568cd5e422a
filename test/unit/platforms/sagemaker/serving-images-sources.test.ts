/** A2: every image of the table, held against two sources of AWS's own that do not copy from each other. */
import { expect, it } from 'vitest';
import {
  FRAMEWORKS,
  type Processor,
  type Tagged,
} from '../../../../src/platforms/sagemaker/serving-images-data.ts';
import { CONTAINER_RELEASES, DLC_RELEASES, ONE_SOURCE, SDK, SDK_ARM64 } from './published-images.ts';

interface Row extends Tagged {
  readonly framework: string;
  readonly version: string;
  readonly processor: Processor;
  readonly name: string;
}

const ROWS: readonly Row[] = Object.entries(FRAMEWORKS).flatMap(([framework, { versions }]) =>
  Object.entries(versions).flatMap(([version, images]) =>
    Object.entries(images).map(([processor, tagged]) => ({
      ...{ framework, version, processor: processor as Processor, ...tagged },
      name: `${framework} ${version} ${processor}`,
    })),
  ),
);

/** `<repository>:<tag>`, as the SDK builds it; null where it has none. */
function bySdk({ framework, version, processor }: Row): string | null {
  if (processor === 'arm64') return SDK_ARM64[`${framework} ${version}`] ?? null;
  const facts = SDK[framework]?.[version];
  if (facts === undefined) return null;
  const { repository, processors, python, container, torch } = facts;
  const stem = torch === undefined ? version : `${torch}-transformers${version}`;
  const named = processors.includes(processor) ? processor : undefined;
  const tag = [stem, named, python, container?.[processor]].filter((part) => part !== undefined).join('-');
  return `${repository}:${tag}`;
}

const SHORT: Readonly<Record<string, string>> = { pytorch: 'pt', tensorflow: 'tf', huggingface: 'hf' };

/** Whether the project that builds the container released one of that version, processor and, where the tag says it, Python. */
function isReleased({ framework, version, processor, tag }: Row): boolean {
  const own = CONTAINER_RELEASES[framework];
  // Their releases do not say what they are built for.
  if (own !== undefined) return processor === 'cpu' && own[version] !== undefined;
  const short = SHORT[framework] ?? '';
  const torch = /^(.+)-transformers/.exec(tag)?.[1];
  const sort = processor === 'arm64' ? `${short}-arm64` : short;
  const stem = torch === undefined ? `${sort}-sagemaker-${version}` : `${sort}-${version}-pt-${torch}`;
  const on = processor === 'arm64' ? 'cpu' : processor;
  const python = /py\d+/.exec(tag)?.[0];
  return DLC_RELEASES.some((release) => {
    const [, of, only, its] = /^(.+)-inf(?:-(cpu|gpu))?-(py\d+)$/.exec(release) ?? [];
    return of === stem && (only === undefined || only === on) && (python === undefined || its === python);
  });
}

const agreed = (row: Row) => bySdk(row) === `${row.repository}:${row.tag}` && isReleased(row);

it.each(ROWS.filter(({ name }) => !ONE_SOURCE.has(name)))(
  'A2 $name is $repository:$tag by the SDK, and was released by the project that builds it',
  (row) => {
    expect(bySdk(row)).toBe(`${row.repository}:${row.tag}`);
    expect(isReleased(row)).toBe(true);
  },
);

it('A2 what one source alone knows is marked as that, and nothing else is', () => {
  const rows = ROWS.filter((row) => !agreed(row));
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...ONE_SOURCE].toSorted());
  for (const row of rows) {
    expect(bySdk(row) === `${row.repository}:${row.tag}` || isReleased(row), row.name).toBe(true);
  }
});

it('A2 nothing is left in the sources that the table does not have', () => {
  const known = new Set(ROWS.map(({ framework, version }) => `${framework} ${version}`));
  const sources: readonly Readonly<Record<string, object>>[] = [SDK, CONTAINER_RELEASES];
  const named = sources.flatMap((source) =>
    Object.entries(source).flatMap(([framework, versions]) =>
      Object.keys(versions).map((version) => `${framework} ${version}`),
    ),
  );
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  const commits = Object.values(CONTAINER_RELEASES).flatMap((versions) => Object.values(versions));
  for (const commit of commits) expect(commit).toMatch(/^[0-9a-f]{40}$/);
});
