import { describe, expect, it } from 'vitest';
import { createCommitReader } from '../../../../src/adapters/github/commits.ts';

const commit = (sha: string, message: string, login: string | null = 'amira') => ({
  sha,
  commit: { message, author: { name: 'Amira B.' } },
  author: login === null ? null : { login },
});

function reader(answer: unknown, status = 200) {
  const asked: { route: string; parameters: unknown }[] = [];
  const requester = {
    request: (route: string, parameters: Readonly<Record<string, unknown>>) => {
      asked.push({ route, parameters });
      return status === 200
        ? Promise.resolve({ status, data: answer, headers: {} })
        : Promise.reject(Object.assign(new Error('Not Found'), { status }));
    },
  };
  const options = {
    repository: 'acme/churn',
    signal: new AbortController().signal,
    now: () => new Date(0),
  };
  return { read: createCommitReader(requester, options), asked };
}

describe('the commits between two', () => {
  it('are the newest first, with the pull request that a title names', async () => {
    const commits = [
      commit('1', 'Train on May (#7)\n\nlong'),
      commit('2', 'Merge pull request #12 from acme/trees\n\nMore trees', null),
      commit('3', 'Fix <script> @everyone'),
    ];
    const { read, asked } = reader({ ahead_by: 3, behind_by: 1, commits });
    expect(await read('a'.repeat(40), 'b'.repeat(40))).toEqual({
      total: 3,
      behind: 1,
      newest: [
        { sha: '3', title: 'Fix <script> @everyone', author: 'amira', pull: null },
        { sha: '2', title: 'More trees', author: 'Amira B.', pull: 12 },
        { sha: '1', title: 'Train on May', author: 'amira', pull: 7 },
      ],
    });
    expect(asked).toMatchObject([
      { parameters: { owner: 'acme', repo: 'churn', basehead: `${'a'.repeat(40)}...${'b'.repeat(40)}` } },
    ]);
  });

  it('are twenty at most, and all are counted', async () => {
    const commits = Array.from({ length: 90 }, (_, at) => commit(String(at), `Change ${at}`));
    const { total, newest } = await reader({ ahead_by: 300, behind_by: 0, commits }).read('a', 'b');
    expect([total, newest.length, newest[0]?.sha]).toEqual([300, 20, '89']);
  });

  it.each([403, 404])('that a token cannot see (%i) name the permission', async (status) => {
    await expect(reader({}, status).read('a', 'b')).rejects.toThrow('permissions: contents: read');
  });

  it('are no page of a proxy', async () => {
    await expect(reader('<html>').read('a', 'b')).rejects.toThrow('did not return a list of commits');
  });
});
