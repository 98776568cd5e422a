/** The words that decide. A decision is a whole comment that is one of them; case and closing punctuation are forgiven. */
import type { Problem } from '../errors.ts';

export type Verdict = 'approve' | 'deny';

/** Normalised word to what it means. */
export type DecisionWords = ReadonlyMap<string, Verdict>;

const APPROVE = ['approve', 'approved', 'lgtm', 'yes'];
/** A word that is alone between spaces and signs. */
const PLAIN = /^[\p{L}\p{N}]+$/u;
const DENY = ['deny', 'denied', 'no'];

/**
 * Adds a user's own words to the standing ones. They are taken literally: nothing in them is a pattern.
 * A question mark is not forgiven ("approve?" asks), nor is anything before the word (quotes, list signs, code).
 */
export function decisionWords(
  approve: readonly string[],
  deny: readonly string[],
): { words: DecisionWords; problems: Problem[] } {
  const words = new Map<string, Verdict>();
  const problems: Problem[] = [];
  const add = (where: string, word: string, verdict: Verdict): void => {
    const key = normalise(word);
    const other = words.get(key);
    if (key === '') problems.push({ where, message: `"${word}" contains only punctuation.` });
    else if (other !== undefined && other !== verdict)
      problems.push({ where, message: `"${word}" cannot both approve and deny.` });
    else words.set(key, verdict);
  };
  for (const word of APPROVE) add('approve-words', word, 'approve');
  for (const word of DENY) add('deny-words', word, 'deny');
  for (const word of approve) add('approve-words', word, 'approve');
  for (const word of deny) add('deny-words', word, 'deny');
  return { words, problems };
}

/** Signs that take no room: a telephone or a copied text leaves them behind. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u3164\uffa0]/gu;

/**
 * What a whole comment says; null if it is not one of the words. Signs that nobody sees keep a word from approving, and
 * not from denying.
 */
export function verdictOf(body: string, words: DecisionWords): Verdict | null {
  const verdict = words.get(normalise(body)) ?? null;
  if (verdict !== null) return verdict;
  return words.get(normalise(body.replace(UNSEEN, ''))) === 'deny' ? 'deny' : null;
}

/** Whether a word stands anywhere in the comment: somebody seems to have meant to decide. */
export function mentionsWord(body: string, words: DecisionWords): boolean {
  const tokens = new Set(
    body
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
  const text = normalise(body);
  return [...words.keys()].some((word) => tokens.has(word) || (!PLAIN.test(word) && text.includes(word)));
}

export function wordsFor(words: DecisionWords, verdict: Verdict): string[] {
  return [...words].filter(([, meaning]) => meaning === verdict).map(([word]) => word);
}

function normalise(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s.!,;:]+$/u, '');
}
