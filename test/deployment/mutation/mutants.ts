/**
 * Puts every mutant of a file into it at once, each behind its number: `globalThis.isAlive` says whether it is the one. So
 * the code is loaded once, and thousands of mutants can be run in a process.
 *
 * The operators are those of StrykerJS (https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators):
 * conditions, equality, logic, arithmetic, literals, arrays, methods, and statements that are left out.
 */
import ts from 'typescript';

export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The function that it is in; '' for none. */
  readonly within: string;
  /** It is evaluated when the file is loaded, and never again. */
  readonly isStatic: boolean;
  readonly from: string;
  readonly to: string;
}

export interface Instrumented {
  readonly text: string;
  readonly mutants: readonly Mutant[];
}

const SWAPPED: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
};
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', startsWith: 'endsWith' };

/** @param first the number of the first mutant */
export function instrument(file: string, source: string, first: number): Instrumented {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true);
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, to: string): string => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    mutants.push({
      file,
      line: line + 1,
      within: functionOf(node),
      isStatic: isStatic(node),
      from: node.getText(),
      to,
    });
    return `globalThis.isAlive(${first + mutants.length - 1})`;
  };

  /** The text of a node, with the mutants of all that is in it. */
  const write = (node: ts.Node): string => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node))
      return node.getText();
    if (ts.isTypeAliasDeclaration(node) || isText(node)) return node.getText();
    const inner = writeParts(node);
    if (ts.isExpressionStatement(node)) return `${add(node, '')} || (${inner.replace(/;$/, '')});`;
    if (ts.isExpression(node) && isMutable(node)) return alternatives(node, inner, add);
    return inner;
  };
  const writeParts = (node: ts.Node): string => {
    let text = '';
    let at = node.getStart();
    ts.forEachChild(node, (child) => {
      text += source.slice(at, child.getStart()) + write(child);
      at = child.end;
    });
    return text + source.slice(at, node.end);
  };
  return { text: source.slice(0, tree.getStart()) + write(tree) + '\n', mutants };
}

function functionOf(node: ts.Node): string {
  for (let at = node; !ts.isSourceFile(at); at = at.parent)
    if (ts.isFunctionDeclaration(at)) return at.name?.text ?? '';
  return '';
}

function isStatic(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) if (ts.isFunctionLike(at)) return false;
  return true;
}

function alternatives(
  node: ts.Expression,
  inner: string,
  add: (node: ts.Node, to: string) => string,
): string {
  const others = [...mutate(node)];
  if (others.length === 0) return inner;
  return `(${others.map((to) => `${add(node, to)} ? ${to} : `).join('')}${inner})`;
}

function* mutate(node: ts.Expression): Generator<string> {
  if (isCondition(node)) {
    yield 'true';
    yield 'false';
  }
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [node.left.getText(), node.right.getText()];
    for (const other of SWAPPED[node.operatorToken.getText()] ?? []) yield `(${left}) ${other} (${right})`;
  }
  if (ts.isPrefixUnaryExpression(node) && node.getText().startsWith('!')) yield node.operand.getText();
  if (node.kind === ts.SyntaxKind.TrueKeyword) yield 'false';
  if (node.kind === ts.SyntaxKind.FalseKeyword) yield 'true';
  if (ts.isStringLiteral(node)) yield node.text === '' ? `'other'` : `''`;
  if (ts.isNumericLiteral(node)) yield `${Number(node.text) + 1}`;
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) yield '[]';
  if (ts.isCallExpression(node)) yield* mutateCall(node);
}

function* mutateCall({ expression, arguments: given }: ts.CallExpression): Generator<string> {
  if (!ts.isPropertyAccessExpression(expression)) return;
  const object = expression.expression.getText();
  const dot = expression.questionDotToken === undefined ? '.' : '?.';
  const rest = given.map((argument) => argument.getText()).join(', ');
  const { text } = expression.name;
  const other = METHODS[text];
  if (other !== undefined) yield `${object}${dot}${other}(${rest})`;
  if (text === 'filter' || text === 'slice') yield object;
}

/** What decides which way it goes. */
function isCondition(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  return ts.isBinaryExpression(node) && /^([<>]=?|[!=]==|&&|\|\|)$/.test(node.operatorToken.getText());
}

/** Keys, labels of cases and the like are no expressions of their own. */
function isMutable(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isCaseClause(parent) && !ts.isBindingElement(parent) && !ts.isAsExpression(parent);
}

/** What people read, and mistakes of ours. */
function isText(node: ts.Node): boolean {
  return ts.isThrowStatement(node) || ts.isTemplateExpression(node) || ts.isRegularExpressionLiteral(node);
}
