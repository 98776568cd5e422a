/** What is found out about a version after it was made. */
import { readWords, writeWords } from './words.ts';

export interface Notes {
  readonly verified: boolean;
  /** It was rolled back from, and nobody deployed it again. */
  readonly withdrawn: boolean;
  /** When it was last rolled back from, ISO 8601. */
  readonly withdrawnAt: string | null;
  /** Digest of its newest release record. */
  readonly release: string | null;
}

export const NO_NOTES: Notes = { verified: false, withdrawn: false, withdrawnAt: null, release: null };

/** Letters, digits, spaces and : - . alone, which the tags of every cloud take. Never ''. */
export function writeNotes({ verified, withdrawn, withdrawnAt, release }: Notes): string {
  const flags = `${verified ? 'v' : ''}${withdrawn ? 'w' : ''}`;
  return [`f:${flags}`, writeWords({ w: withdrawnAt, r: release })].filter((part) => part !== '').join(' ');
}

export function readNotes(text: string | undefined): Notes {
  const words = readWords(text ?? '');
  const flags = words.get('f') ?? '';
  return {
    verified: flags.includes('v'),
    withdrawn: flags.includes('w'),
    withdrawnAt: words.get('w') ?? null,
    release: words.get('r') ?? null,
  };
}

/** What a step notes. @param now when */
export function notedBy(notes: Notes, note: 'withdrawn' | 'reinstated', now: Date): Notes {
  if (note === 'reinstated') return { ...notes, withdrawn: false };
  return { ...notes, withdrawn: true, verified: false, withdrawnAt: now.toISOString() };
}
