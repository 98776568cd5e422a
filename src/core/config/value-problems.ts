/** What is wrong with one value of ml-deploy.yml for the input that takes it. */
import { isScalar, type Node } from 'yaml';
import type { Input } from '../spec/input.ts';
import { asText, plainOf, type ParsedFile } from './located.ts';

export interface Wrong {
  readonly message: string;
  readonly fix?: string;
}

export function sameSchema(a: Input<unknown>, b: Input<unknown>): boolean {
  return JSON.stringify(a.schema) === JSON.stringify(b.schema);
}

export function parseProblem(text: string, input: Input<unknown>): Wrong | null {
  try {
    input.parse(text);
    return null;
  } catch (error) {
    const shown = input.quotable ? `"${text}"` : 'the value';
    return { message: `${shown} ${(error as Error).message}`, ...fixOf(text, input) };
  }
}

/** For what people write who take the file for a workflow, or the name for one of Python's. */
function fixOf(text: string, input: Input<unknown>): { readonly fix?: string } {
  if (text.includes('${{')) return { fix: 'Expressions are not evaluated in this file.' };
  const hyphened = text.replaceAll('_', '-');
  if (!input.quotable || hyphened === text) return {};
  try {
    input.parse(hyphened);
    return { fix: `Did you mean "${hyphened}"?` };
  } catch {
    return {};
  }
}

/** A list or a map instead of one value, and a number that YAML reads instead of a text (1.10 becomes 1.1). */
export function kindProblem(file: ParsedFile, node: Node | null, input: Input<unknown>): Wrong | null {
  const plain = plainOf(node, file);
  const type = input.schema.type ?? (input.schema.enum ? 'string' : null);
  if (type === null) return null;
  const types = Array.isArray(type) ? type : [type];
  if (Array.isArray(plain))
    return types.includes('array') ? null : { message: 'must be one value, not a list.' };
  if (typeof plain === 'object')
    return types.includes('object') ? null : { message: 'must be one value, not a map.' };
  if (type !== 'string' || typeof plain === 'string') return null;
  const read = asText(plain);
  const written = isScalar(node) && typeof node.source === 'string' ? node.source : read;
  const what = typeof plain === 'boolean' ? 'a boolean' : `the number ${read}`;
  return {
    message: `${written} is read as ${what}, but must be a string.`,
    fix: `Put it in quotes: "${written}".`,
  };
}
