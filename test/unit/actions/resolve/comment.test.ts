import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMMENT_MARKER } from '../../../../src/actions/resolve/comment-body.ts';
import { comment } from '../../../../src/actions/resolve/comment.ts';
import { spec } from '../../../../src/actions/resolve/spec.ts';
import type { GateComment } from '../../../../src/core/approval/decide.ts';
import type { FinishedRun, PullRequest } from '../../../../src/core/pull-requests.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const COMMIT = 'abc123'.padEnd(40, '0');
const RUN: FinishedRun = {
  id: 55,
  url: 'https://github.com/acme/churn/actions/runs/55',
  conclusion: 'success',
  commit: COMMIT,
  branch: 'feature',
  repository: 'somebody/churn',
};
const OPEN: PullRequest = { number: 7, commit: COMMIT, repository: 'somebody/churn' };
const STEPS = {
  package: { outcome: 'success', outputs: { 'model-digest': 'd'.repeat(64) } },
  plan: { outcome: 'success', outputs: { outcome: 'planned' } },
  serve: { outcome: 'success', outputs: {} },
  smoke: { outcome: 'failure', outputs: { compared: '429', mismatches: '3', accuracy: '0.98601398' } },
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ml-deploy-comment-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

interface Scene {
  readonly run?: FinishedRun | null;
  readonly open?: readonly PullRequest[];
  readonly comments?: readonly Pick<GateComment, 'author' | 'body'>[];
}

function setUp({ run = RUN, open = [OPEN], comments = [] }: Scene = {}) {
  const { inputs } = parseInputs(spec, (name) => (name === 'results' ? { text: folder, origin: '' } : null));
  const ports = fakePorts<OutputsOf<typeof spec>>();
  const said: string[] = [];
  const stored = (body: string, id: number, author = ''): GateComment => ({
    ...{ id, author, authorId: null, viaApp: null, authorType: 'Bot', body, createdAt: '', updatedAt: '' },
    url: `https://github.com/acme/churn/pull/7#issuecomment-${id}`,
  });
  const host = {
    deployments: () => Promise.resolve([]),
    pullRequests: (owner: string, branch: string) => {
      said.push(`${owner}:${branch}`);
      return Promise.resolve(open);
    },
    comments: () => Promise.resolve(comments.map(({ body, author }, i) => stored(body, i + 1, author))),
    addComment: (number: number, body: string) => {
      said.push(`add to ${number}`, body);
      return Promise.resolve(stored(body, 99));
    },
    changeComment: (id: number, body: string) => {
      said.push(`change ${id}`, body);
      return Promise.resolve(stored(body, id));
    },
  };
  const go = () =>
    comment(inputs, {
      ...ports,
      readConfig: () => Promise.resolve(null),
      sampleUrl: '',
      openStore: () => Promise.reject(new Error('is not opened')),
      connect: () => Promise.resolve(host),
      event: () => Promise.resolve(null),
      finishedRun: () => Promise.resolve(run),
    });
  return { ports, said, go };
}

describe('comment', () => {
  test('shows steps, values and checks, and says where', async () => {
    write('ml-deploy-verify-churn/steps.json', STEPS);
    write('ml-deploy-verify-churn/report.json', {
      checks: [{ name: 'parity', passed: false, message: '3 of 429 values differ.' }],
    });
    write('ml-deploy-verify-churn/plan.json', { changes: [{ field: 'model', from: null, to: 'dddd' }] });
    const { said, ports, go } = setUp({ run: { ...RUN, conclusion: 'failure' } });
    await go();
    const [looked, added, body = ''] = said;
    expect([looked, added]).toEqual(['somebody:feature', 'add to 7']);
    expect(body.startsWith(COMMENT_MARKER)).toBe(true);
    expect(body).toContain('❌ The check of the model failed');
    expect(body).toContain('#### churn');
    expect(body).toContain('| Package | ✅ | model `dddddddddddd` |');
    expect(body).toContain(
      '| Smoke test | ❌ | compared `429`, outside the tolerance `3`, accuracy `0.9860` |',
    );
    expect(body).toContain('| parity | ❌ | 3 of 429 values differ. |');
    expect(body).toContain('| `model` | `dddd` |');
    expect(ports.outputs['comment-url']).toContain('issuecomment-99');
  });

  test('changes the comment of before, if it is its own', async () => {
    const mine = { author: 'github-actions[bot]', body: `${COMMENT_MARKER}\nold` };
    const theirs = { author: 'mallory', body: `${COMMENT_MARKER}\nforged` };
    const other = { author: 'github-actions[bot]', body: 'something else' };
    const first = setUp({ comments: [mine, theirs, other] });
    await first.go();
    expect(first.said[1]).toBe('change 1');
    const second = setUp({ comments: [theirs, other] });
    await second.go();
    expect(second.said[1]).toBe('add to 7');
  });

  test('nothing is said where the branch has moved on, or the commit is of another fork', async () => {
    for (const open of [
      [],
      [{ ...OPEN, commit: 'f'.repeat(40) }],
      [{ ...OPEN, repository: 'mallory/churn' }],
    ]) {
      const { said, ports, go } = setUp({ open });
      await go();
      expect(said).toEqual(['somebody:feature']);
      expect(ports.outputs['comment-url']).toBe('');
      expect(ports.log.text).toContain('nothing to comment on');
    }
  });

  test('how the run ended is what GitHub says, not what the run says', async () => {
    write('ml-deploy-verify-churn/steps.json', { ...STEPS, conclusion: 'success' });
    const { said, go } = setUp({ run: { ...RUN, conclusion: 'failure' } });
    await go();
    expect(said[2]).toContain('### ❌');
  });

  test('a run without artifacts is told as one', async () => {
    rmSync(folder, { recursive: true });
    const { said, go } = setUp({ run: { ...RUN, conclusion: 'cancelled' } });
    await go();
    expect(said[2]).toContain('was cancelled');
    expect(said[2]).toContain('ended before the model was packed');
  });

  test('nothing of the run becomes markup, a mention, a link or a line of its own', async () => {
    const evil =
      '@amira ![x](https://evil.example/p.png) <img src=x> `a`\n# head\r## other\u2028| x |\u202e</details>';
    write(`ml-deploy-verify-[x](y)/steps.json`, {
      package: { outcome: evil, outputs: { 'model-digest': evil } },
      smoke: { outcome: 'success', outputs: { compared: evil } },
    });
    write(`ml-deploy-verify-[x](y)/report.json`, { checks: [{ name: evil, passed: true, message: evil }] });
    write(`ml-deploy-verify-[x](y)/plan.json`, { changes: [{ field: evil, to: evil }] });
    const { said, go } = setUp();
    await go();
    const body = said[2] ?? '';
    // Code spans hold it as it is.
    const outside = body.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/@amira|<img|!\[|\]\(https:\/\/evil|^#+ (head|other)/m);
    expect(body.split(/[\r\n\u2028]/).filter((line) => /^#+ (head|other)|^\| x/.test(line))).toEqual([]);
    expect(body).not.toMatch(/[\r\u2028\u202e]/);
    expect(outside.match(/<\/details>/g)?.length).toBe(1);
  });

  test('large files, links and nonsense are said to be so, and the comment keeps to the limit', async () => {
    write('ml-deploy-verify-a/steps.json', `{"x": "${'y'.repeat(3 * 1024 * 1024)}"}`);
    write('ml-deploy-verify-a/report.json', '[1]');
    writeFileSync(
      join(folder, 'secret'),
      '{"checks":[{"name":"s","passed":true,"message":"of the machine"}]}',
    );
    mkdirSync(join(folder, 'ml-deploy-verify-b'));
    symlinkSync(join(folder, 'secret'), join(folder, 'ml-deploy-verify-b/report.json'));
    const checks = Array.from({ length: 500 }, (_, i) => ({
      ...{ name: `check ${i}`, passed: true },
      message: 'z'.repeat(3000),
    }));
    for (let i = 0; i < 40; i++) write(`ml-deploy-verify-c${i}/report.json`, { checks });
    const { said, go } = setUp();
    await go();
    const body = said[2] ?? '';
    expect(body).toContain('Not shown: steps.json is too large to be shown here.');
    expect(body).toContain('Not shown: report.json is not a JSON object.');
    expect(body).toContain('Not shown: report.json cannot be read.');
    expect(body).not.toContain('of the machine');
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/\d+ more in the summary of the run\./);
  });

  test.each([['a run that no other one started', { run: null }, /not started by another run/]] as const)(
    '%s is refused in words',
    async (_, scene, message) => {
      await expect(setUp(scene).go()).rejects.toThrow(message);
    },
  );
});
