/** A duplicate key in one map: YAML does not allow it, and one of the two values would silently be lost. */
import { isPair, isScalar, visit } from 'yaml';
import type { Problem } from '../errors.ts';
import { entriesOf, lineOf, problemAt, type ParsedFile } from './located.ts';

export function duplicateKeys(file: ParsedFile): Problem[] {
  const problems: Problem[] = [];
  visit(file.document, {
    Map(_key, map, ancestors) {
      const path = ancestors.flatMap((node) =>
        isPair(node) && isScalar(node.key) ? [String(node.key.value)] : [],
      );
      const first = new Map<string, number>();
      for (const { key, keyNode } of entriesOf(map)) {
        const earlier = first.get(key);
        if (earlier === undefined) first.set(key, lineOf(file, keyNode));
        else {
          const message = `"${key}" is also on line ${earlier}, in ${path.join('.') || 'the file'}.`;
          problems.push(problemAt(file, keyNode, message, 'Remove one of them.'));
        }
      }
    },
  });
  return problems;
}
