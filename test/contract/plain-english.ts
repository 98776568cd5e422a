/** What the checks of the language look at: the documentation, the descriptions, and the messages in the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/lib/paths.ts';
import { allPages, proseOf } from './docs-pages.ts';

/** A piece of text that people read, with its place, such as `docs/x.md:3`. */
export interface Said {
  readonly place: string;
  readonly text: string;
}

/** Each refused phrase, and what to write instead. */
export const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/\b(stands?|stood) (in|on|at|beside|below|behind|there|here|alone)\b(?! for)/i, 'is, are'],
  [/\b(lies|lie|lay) (in|on|at|beside|below|there|outside|inside)\b/i, 'is, are'],
  [/\bwhere (there (is|are) (no|none)|nothing|nobody|none)\b/i, 'if'],
  [
    /\b(is|are) no (name|key|tag|file|folder|URL|JSON|ID|address|number|path|alarm|tensor)\b(?<!there (is|are) no \w+)/i,
    'is not a',
  ],
  [/\bfor who\b/i, 'if you'],
  [/\bwhoever\b/i, 'anybody who, the person who'],
  [/\bby this look\b|\bhas been said to be\b|\bis for you to pay\b/i, 'say who does what'],
  [/\b(its|their) fellows\b/i, 'name them'],
  [/\bin the place of\b/i, 'instead of, replace'],
  [/\bof yours\b/i, 'your'],
  [/\bnot any more\b|\bnot there any more\b|\bdoes not exist any more\b/i, 'no longer'],
  [/\b(is|are|was|were) told (of|by|to look)\b/i, 'say who does what'],
  [/\bmay not (read|write|use|see|make|take|change|push|pull)\b/i, 'cannot, has no permission to'],
  [/\bgave no answer\b/i, 'did not answer'],
  [/\b(An empty text|a text|texts) means?\b/i, 'string'],
  [/\bwhat goes where\b|^#+ (The house|Carry on|Read on)$/im, 'a heading that a reader looks for'],
];

/** Pages without code, and without quoted messages: the messages have a check of their own. */
export function pagesSaid(): Said[] {
  return allPages().flatMap((page) =>
    proseOf(page).map((text, at) => ({ place: `${page.path}:${at + 1}`, text })),
  );
}

/** Every text of three words and more in the sources that is not an import: messages, log lines, summaries, descriptions. */
export function messagesSaid(): Said[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .flatMap((name) => textsOf(join('src', name), readFileSync(join(root, 'src', name), 'utf8')));
}

/** The texts of one source file; exported for the check of the check. */
export function textsOf(path: string, source: string): Said[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const said: Said[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      if (node.text.trim().split(/\s+/).length >= 3)
        said.push({ place: `${path}:${line + 1}`, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return said;
}

/** @returns a line for each refused phrase: where, which, and what to write */
export function refusedIn(all: readonly Said[]): string[] {
  return all.flatMap(({ place, text }) =>
    REFUSED.flatMap(([pattern, instead]) => {
      const found = pattern.exec(text)?.[0];
      return found === undefined ? [] : [`${place}: "${found}"; write: ${instead}`];
    }),
  );
}
