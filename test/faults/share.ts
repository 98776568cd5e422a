/** The cases of one share of the matrix: every n-th of each flow. */
import { FAULTS, type Fault } from './faults.ts';
import { FLOWS } from './flows.ts';
import { tryDenials, type Denial } from './denied.ts';
import { PART } from '../share.ts';
import { baseline, casesOf, tryCase, type Verdict } from './matrix.ts';

export interface Share {
  /** Which one, from 0, of how many. */
  readonly part: number;
  readonly of: number;
  /** What the names of flows and faults have to contain. */
  readonly flow: string;
  readonly fault: string;
  /** Whether `flow` is the whole name. */
  readonly exact?: boolean;
}

export interface FlowVerdicts {
  readonly flow: string;
  readonly calls: number;
  readonly verdicts: readonly Verdict[];
  /** With one of the reads that it can do without denied. */
  readonly denials: readonly Denial[];
}

export async function tryShare(share: Share, done: (flow: FlowVerdicts) => void): Promise<void> {
  const { part, of } = share;
  for (const flow of FLOWS.filter(({ name }) =>
    share.exact === true ? name === share.flow : name.includes(share.flow),
  )) {
    const base = await baseline(flow);
    const cases = casesOf(base)
      .filter((_, index) => (index + PART) % of === part)
      .filter(({ fault }) => fault.includes(share.fault));
    const verdicts: Verdict[] = [];
    for (const one of cases) verdicts.push(await tryCase(flow, one, base));
    // They are few: one share has them all.
    const denials = part === 0 ? await tryDenials(flow, base.start, base.alone.trace) : [];
    done({ flow: flow.name, calls: base.places.length, verdicts, denials });
  }
}

/** `stage (58 calls): throttle 58/58, …` */
export function matrixLine({ flow, calls, verdicts, denials }: FlowVerdicts): string {
  const reads = denials.filter(({ wrong }) => wrong.length === 0).length;
  const cells = [
    ...FAULTS.map((fault) => cell(fault, verdicts)),
    denials.length === 0 ? '' : `optional reads denied throughout ${reads}/${denials.length}`,
  ].filter((text) => text !== '');
  return `${flow} (${calls} calls): ${cells.join(', ')}`;
}

function cell(fault: Fault, verdicts: readonly Verdict[]): string {
  const of = verdicts.filter((verdict) => verdict.fault === fault);
  const good = of.filter(({ wrong }) => wrong.length === 0);
  return of.length === 0 ? '' : `${fault} ${good.length}/${of.length}`;
}

export function denialLines({ flow, denials }: Pick<FlowVerdicts, 'flow' | 'denials'>): string[] {
  return denials
    .filter(({ wrong }) => wrong.length > 0)
    .map(({ read, wrong }) => `  ✗ ${flow}: without ${read}: ${wrong.join('; ')}`);
}

export function failureLine({ flow, place, fault, first, wrong }: Verdict): string {
  return `  ✗ ${flow}: ${fault} at ${place.name} ${place.nth}: ${first}; ${wrong.join('; ')}`;
}
