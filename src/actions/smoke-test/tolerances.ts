/** Tolerances of single outputs: from the cases, and from the input, which is above them. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { CasesFacts } from '../../core/smoke/cases/cases.ts';
import type { Tolerance, Tolerances } from '../../core/smoke/tolerance.ts';
import type { Inputs } from './inputs.ts';

/** @throws UserError with every entry that is not a valid tolerance. */
export function readTolerances(
  { rtol, atol, outputTolerances }: Inputs,
  cases: CasesFacts | null,
): Tolerances {
  const problems: Problem[] = [];
  const by = new Map<string, Tolerance>();
  for (const [name, given] of cases?.tolerances ?? []) by.set(name, { rtol, atol, ...given });
  for (const [name, text] of outputTolerances ?? []) {
    const given = parse(text);
    if (given) by.set(name, { rtol, atol, ...by.get(name), ...given });
    else {
      const message = `"${text}" for ${name} is not a valid tolerance.`;
      problems.push({ where: 'output-tolerances', message, fix: `Write ${name}=rtol 1e-3 atol 1e-6.` });
    }
  }
  if (problems.length > 0) throw UserError.of(problems);
  return { rtol, atol, by };
}

/** `rtol 1e-3 atol 1e-6`, either alone too; null for anything else. */
function parse(text: string): Partial<Tolerance> | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const tolerance: Partial<Record<'rtol' | 'atol', number>> = {};
  for (let at = 0; at < words.length; at += 2) {
    const [name, size] = [words[at], Number(words[at + 1])];
    if ((name !== 'rtol' && name !== 'atol') || !(size >= 0) || !Number.isFinite(size)) return null;
    tolerance[name] = size;
  }
  return words.length === 0 ? null : tolerance;
}
