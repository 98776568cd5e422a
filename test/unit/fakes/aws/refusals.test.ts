/** Where the texts come from that the fake refuses with, and that nothing hangs on those that are its own. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { awsFailure, failureKind } from '../../../../src/clouds/aws/errors.ts';
import { causeOf } from '../../../../src/platforms/sagemaker/explain/causes.ts';
import { exists, isInProgress } from '../../../../src/platforms/sagemaker/mutate.ts';
import { OWN_WORDS, REFUSALS } from '../../../fakes/aws/published/refusals.ts';

const FAKE = join(import.meta.dirname, '../../../fakes/aws');
/** Functions, APIs and rules are another platform's. */
const OTHERS =
  /^(?:(?:lambda|published|other-people)\/|route-rest-json\.ts|services\/(?:api-gateway|events)\.ts)/;
/** What the fake cannot do, which no AWS says. */
const OF_THE_FAKE = /\bthe (?:fake|echo)\b|^\{\} \{\}$/i;
/** Handed on: the parameter of a helper whose callers are looked at, or a text of sagemaker/refusal-texts.ts. */
const HANDED_ON = /^(?:message|problem|validationMessage\(.*\)|.*\bwords\.say\(.*\))$/s;

/** Of the tags of a thing that went in the very moment before; another text is told as a refusal, with AWS's words. */
const GONE = 'Could not find resource "{}".';

interface Refusal {
  readonly code: string;
  readonly text: string;
}

/** Each `new AwsError(code, text)` and `invalid(text)` of a file. @throws Error where a text cannot be told */
function refusalsOf(file: string): Refusal[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(FAKE, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const constants = new Map<string, ts.Expression>();
  const found: Refusal[] = [];
  const textOf = (node: ts.Expression): string | null => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node))
      return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
    const known = constants.get(node.getText(source));
    if (known !== undefined) return textOf(known);
    if (HANDED_ON.test(node.getText(source))) return null;
    throw new Error(`${file}: nobody can tell what ${node.getText(source)} says.`);
  };
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      if (ts.isStringLiteralLike(node.initializer) || ts.isTemplateExpression(node.initializer))
        constants.set(node.name.text, node.initializer);
    }
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const [first, second] = node.arguments ?? [];
      const name = node.expression.getText(source);
      const said = name === 'AwsError' ? second : name === 'invalid' ? first : undefined;
      const text = said === undefined ? null : textOf(said);
      // A service calls what breaks its model in its own way: see the code of the others.
      const code =
        name === 'AwsError' && first !== undefined && ts.isStringLiteralLike(first)
          ? first.text
          : 'ValidationException';
      if (text !== null && !OF_THE_FAKE.test(text)) found.push({ code, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = globSync('**/*.ts', { cwd: FAKE }).filter((file) => !OTHERS.test(file));
const refusals = files.flatMap(refusalsOf);

describe('A4 the texts that the fake refuses with', () => {
  it('have a source each, or are marked as its own words', () => {
    expect([...new Set(refusals.map(({ text }) => text))].toSorted()).toEqual(
      Object.keys(REFUSALS).toSorted(),
    );
    for (const source of Object.values(REFUSALS))
      expect(source ?? 'https://github.com/x').toMatch(
        /^https:\/\/(?:github\.com|docs\.aws\.amazon\.com)\/./,
      );
  });

  const own = refusals.filter(({ text }) => REFUSALS[text] === OWN_WORDS && text !== GONE);

  it.each(own)('%j, which is its own, could be any other text of that code', ({ code, text }) => {
    const told = (said: string) => {
      const thrown = Object.assign(new Error(said), { name: code, $metadata: { httpStatusCode: 400 } });
      const error = awsFailure(thrown, { operation: 'sagemaker:X' });
      return [failureKind(thrown), causeOf(said, ''), exists(error), isInProgress(error)];
    };
    expect(told(text.replaceAll('{}', 'arn:aws:sagemaker:eu-west-1:123456789012:x/churn'))).toEqual(
      told('The request was not accepted.'),
    );
  });
});
