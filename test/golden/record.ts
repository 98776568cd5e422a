/** What one command came to, as people and the platform see it: in a form that is the same in every run. */
import { pageOf } from '../../src/core/errors.ts';
import type { DeploymentResult } from '../../src/core/targets.ts';
import type { LogLine } from '../fakes/ports.ts';

export interface Recorded {
  /** The outcome, or the kind of error that was thrown. */
  readonly outcome: string;
  /** Of docs/failures; null where none is named. */
  readonly page: string | null;
  readonly message: string;
  /** What the description says beside it. */
  readonly detail: string;
  readonly log: readonly string[];
  /** What changed something on the platform, in order. */
  readonly calls: readonly string[];
}

/** Where what a command does and says is read. */
export interface Witness {
  readonly log: readonly LogLine[];
  calls(): readonly string[];
  /** Texts that differ from run to run, such as folders, and what stands for them. */
  readonly names: readonly (readonly [text: string, name: string])[];
}

/** Carries a command out. What was logged and called before does not count. */
export async function record(witness: Witness, act: () => Promise<DeploymentResult>): Promise<Recorded> {
  const [lines, calls] = [witness.log.length, witness.calls().length];
  const { outcome, page = null, message, description } = await act().catch(thrown);
  const log = witness.log
    .slice(lines)
    .filter(({ level }) => level !== 'debug')
    .map((line) => `${line.level}: ${line.message}`);
  const { detail } = description;
  const raw = { outcome, page, message, detail, log, calls: witness.calls().slice(calls) };
  return JSON.parse(steady(JSON.stringify(raw), witness.names)) as Recorded;
}

function thrown(error: unknown) {
  if (!(error instanceof Error)) throw error;
  return {
    outcome: error.name,
    page: pageOf(error) ?? null,
    message: error.message,
    description: { detail: '' },
  };
}

/** Digests are numbered in the order in which they appear; times, ports and processes are left out. */
function steady(text: string, names: Witness['names']): string {
  const numbers = new Map<string, string>();
  const numbered = (digits: string) => {
    const known = numbers.get(digits) ?? `#${numbers.size + 1}`;
    numbers.set(digits, known);
    return known;
  };
  return names
    .reduce((before, [raw, name]) => before.replaceAll(raw, name), text)
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/(127\.0\.0\.1:|\bport )\d{4,}/g, '$1<port>')
    .replaceAll(/\b(pid|process) \d+\b/g, '$1 <number>')
    .replaceAll(/(?<![0-9a-z])(?=[0-9a-f]*\d)[0-9a-f]{8,64}(?![0-9a-z])/g, numbered);
}
