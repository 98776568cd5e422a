import { describe, expect, it } from 'vitest';
import { newsBlocks, newsSentence } from '../../../../src/core/news/words.ts';
import type { PlanNews, TestedRelease } from '../../../../src/documents/plan-news.ts';

const EVIL = '<!channel> @everyone --> <script>|`*x*` [a](b)';
const tested = (more: Partial<TestedRelease> = {}): TestedRelease => ({
  ...{ environment: 'staging', at: '2026-05-04T00:00:00.000Z', compared: 429, mismatches: 0 },
  ...{ accuracy: 0.965, p95Ms: 12.3 },
  ...more,
});
const commit = (title: string, author = 'amira') => ({ sha: 'c'.repeat(40), title, author, pull: 12 });
const NEWS: PlanNews = {
  serves: { commit: 'a'.repeat(40), repository: 'acme/churn', tested: tested({ environment: 'prod' }) },
  signature: [],
  commits: { total: 2, behind: 0, newest: [commit('More trees'), commit('Fix', 'ben')] },
  unknown: [],
};
const text = (news: PlanNews, figures: Parameters<typeof newsBlocks>[1] = null) =>
  newsBlocks(news, figures).join('\n\n');

describe('what is new, for people', () => {
  it('sets the accuracy beside that of what serves, and says when that was measured', () => {
    const shown = text(NEWS, { accuracy: 0.979, mae: null });
    expect(shown).toContain('| Accuracy | 97.9 %, +1.4 points (what serves: 96.5 %, measured 2026-05-04) |');
    expect(shown).toContain('| Inputs and outputs | unchanged |');
    expect(shown).toContain('| Commits | 2 commits since `aaaaaaa` |');
    expect(shown).toContain('| `ccccccc` | `More trees` #12 | `amira` |');
  });

  it('does so for an error, and for figures that are not known', () => {
    const serves = {
      ...NEWS.serves,
      commit: 'a',
      repository: 'r',
      tested: tested({ accuracy: null, mae: 2 }),
    };
    expect(text({ serves, unknown: [] }, { accuracy: null, mae: 1.5 })).toContain(
      '| Mean absolute error | 1.5, −0.5 (what serves: 2, measured 2026-05-04) |',
    );
    expect(text({ ...NEWS })).toContain(
      '| Accuracy | not measured (what serves: 96.5 %, measured 2026-05-04) |',
    );
    expect(text({ unknown: [] }, { accuracy: 1, mae: null })).toContain(
      '| Accuracy | 100 % (that of what serves is not known) |',
    );
    expect(newsBlocks({ unknown: [] }, null)).toEqual([]);
  });

  it('names the environment that verified a release that is promoted', () => {
    expect(text({ tested: tested(), unknown: [] })).toContain(
      '| Verified in `staging` | 2026-05-04: accuracy 96.5 %, 429 values compared, 0 differ, p95 12.3 ms |',
    );
  });

  it('lets no text out of its place', () => {
    const commits = { total: 25, behind: 2, newest: [commit(EVIL, EVIL)] };
    const shown = text({ ...NEWS, commits, signature: [EVIL], unknown: [EVIL] });
    const outside = shown.replace(/(`+)[^`].*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/@everyone|<script|\[a\]/);
    expect(shown).toContain('25 commits, and without 2 that serve now, since');
    expect(shown).toContain('and 24 more commits');
  });

  it('is one line for a message', () => {
    expect(newsSentence(NEWS)).toBe(
      '2 commits by amira, ben; same inputs and outputs; what serves: accuracy 96.5 %',
    );
    expect(newsSentence({ ...NEWS, signature: ['x'] })).toContain('other inputs or outputs');
    expect(newsSentence({ unknown: ['?'] })).toBe('');
  });
});
