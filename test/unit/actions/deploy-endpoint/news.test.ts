/** What is new beside what serves: from two records and GitHub, and never a reason to stop a plan. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withNews, type ReadCommits } from '../../../../src/actions/deploy-endpoint/news.ts';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import type { DeclaredSignature } from '../../../../src/core/onnx-reader.ts';
import { packagedRelease } from '../../../../src/core/release/packaged-release.ts';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import type { ReleaseRecord } from '../../../../src/documents/release-record.ts';
import { openStore, openUrl } from '../../../../src/stores/open-store.ts';
import { fakePlan } from '../../../fakes/plan.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { folderWith } from '../../core/archive/helpers.ts';

const [OLD, NEW] = ['1'.repeat(40), '2'.repeat(40)];
const REPOSITORY = 'acme/churn';
const signature = (...names: string[]): DeclaredSignature => ({
  inputs: [{ name: 'x', type: 'float32', shape: ['N', 4] }],
  outputs: names.map((name) => ({ name, type: 'float32', shape: ['N', 2] })),
});

interface Case {
  readonly before?: Partial<ReleaseRecord> | null;
  readonly after?: Partial<ReleaseRecord>;
  readonly commits?: ReadCommits | null;
  readonly base?: string | null;
  readonly command?: 'plan' | 'promote';
  readonly forget?: boolean;
}

function recordOf(commit: string, digit: string, more: Partial<ReleaseRecord> = {}): ReleaseRecord {
  const model = {
    ...{ digest: digit.repeat(64), url: 'file:///m', sha256: 'a'.repeat(64), bytes: 1 },
    ...{ framework: 'onnx', frameworkVersion: null, signature: signature('label', 'p') },
  };
  const { context } = fakePorts();
  const record = packagedRelease(model, null, { ...context, repository: REPOSITORY, commit }, new Date(0));
  return { ...record, ...more };
}

const verified = (environment: string, accuracy: number): Partial<ReleaseRecord> => ({
  deployment: {
    ...{ environment, target: 'local', endpoint: 'churn', version: 'v1', outcome: 'deployed' },
    planDigest: 'e'.repeat(64),
  },
  smoke: {
    ...{ passed: true, reportDigest: 'f'.repeat(64), subject: 'endpoint churn', compared: 429 },
    ...{ mismatches: 0, maxAbsDiff: 0, accuracy, p95Ms: 12 },
  },
});

async function newsOf({
  before = {},
  after = {},
  commits = null,
  base = 'v1',
  command = 'plan',
  forget,
}: Case) {
  const folder = await folderWith({ a: 'a' });
  const storeUrl = `${pathToFileURL(join(folder, 'store')).href}/`;
  const store = await openStore(storeUrl);
  const known = before === null ? null : await store.record(recordOf(OLD, 'a', before));
  const release = forget ? 'c'.repeat(64) : known;
  const live = { version: 'v1', modelDigest: 'a'.repeat(64), release };
  const target = { describe: () => Promise.resolve({ live }) } as unknown as DeploymentTarget;
  const record = recordOf(NEW, 'b', after);
  const { repository, commit, run, actor } = record.source;
  const plan = {
    ...fakePlan({ base, repository: REPOSITORY, origin: { repository, commit, run, actor } }),
    action: 'update',
  } as const;
  const sources = { model: record.model, release: { record, digest: 'd'.repeat(64) }, storeUrl };
  const ports = { openStore, openUrl: (location: string) => openUrl(location, folder), commits };
  return (await withNews(plan, command, sources, target, ports)).news;
}

const THREE = { total: 1, behind: 0, newest: [{ sha: NEW, title: 'More trees', author: 'amira', pull: 12 }] };

describe('what is new', () => {
  it('is the figures of what serves, the outputs, and the commits between the two builds', async () => {
    const asked: string[] = [];
    const commits: ReadCommits = (...between) => {
      asked.push(...between);
      return Promise.resolve(THREE);
    };
    const model = { ...recordOf(NEW, 'b').model, signature: signature('label', 'p', 'reasons') };
    const news = await newsOf({ before: verified('prod', 0.965), after: { model }, commits });
    expect(asked).toEqual([OLD, NEW]);
    expect(news).toMatchObject({
      serves: { commit: OLD, tested: { environment: 'prod', accuracy: 0.965 } },
      signature: ['the output "reasons" is new'],
      commits: THREE,
      unknown: [],
    });
  });

  it('is what the environment before found, for a release that is promoted', async () => {
    const promoted = { base: null, after: verified('staging', 0.979) };
    expect(await newsOf(promoted)).toMatchObject({ tested: { environment: 'staging', accuracy: 0.979 } });
    expect(await newsOf({ base: null })).toBeUndefined();
  });

  it('asks GitHub nothing where both are of one commit', async () => {
    const after = { source: recordOf(OLD, 'b').source };
    const commits = () => Promise.reject(new Error('asked'));
    expect((await newsOf({ after, commits }))?.commits).toEqual({ total: 0, behind: 0, newest: [] });
  });

  it.each<[string, Case, RegExp]>([
    ['no token', {}, /the commits between what serves and the new version\. There is no token\./],
    [
      'a token that cannot read them',
      { commits: () => Promise.reject(new UserError('GitHub shows them to no token without it.')) },
      /commits between .*\. GitHub shows them to no token without it\./,
    ],
    [
      'another repository',
      { after: { source: { ...recordOf(NEW, 'b').source, repository: 'acme/other' } } },
      /built in acme\/churn and acme\/other/,
    ],
    ['no record of what serves', { before: null }, /which serves\. It has no release record\./],
    ['a record that is gone', { forget: true }, /which serves\. the artifact store .* has no release c/],
  ])('says in words what it does not know: %s', async (_, given, said) => {
    const news = await newsOf(given);
    expect(news?.unknown).toHaveLength(1);
    expect(news?.unknown[0]).toMatch(said);
  });

  it('is not asked for by who carries out what was approved, and stops for a cancelled run', async () => {
    expect(await newsOf({ command: 'promote' })).toBeUndefined();
    const commits = () => Promise.reject(new CancelledError());
    await expect(newsOf({ commits })).rejects.toThrow(CancelledError);
  });
});
