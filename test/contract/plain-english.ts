/** What the checks of the language read: documentation, descriptions, and the messages and comments of the sources. */
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
  [/\bown words\b|\bin these words\b/i, 'message'],
  [/\bslips?\b/i, 'mistake; check the name'],
  [/\bcomes? of\b/i, 'comes from'],
  [/\b(hold|holds|held) [a-z ]{0,30}against\b/i, 'compare with'],
  [/\b(is|are|be|been) let in\b/i, 'is allowed'],
  [/\bmakes? the place\b/i, 'create the infrastructure'],
  [/\b(that|which) (is|are) over\b/i, 'has expired, has ended'],
  [/\bwhere (absent|none)\b/i, 'if'],
  [/\bgoes by\b|\bin vain\b|\bis what it (is|was)\b/i, 'say who does what'],
  [/\bwhat goes where\b|^#+ (The house|Carry on|Read on)$/im, 'a heading that a reader looks for'],
];

/** Phrases that comments must not contain: "where" for "if", "stands" for "is". Places keep their "where". */
export const REFUSED_IN_COMMENTS: readonly (readonly [RegExp, string])[] = [
  [/(\bnull|''|\b0|\babsent|\bundefined|\bempty|@throws \w+|, or|\bonly|\bagain|\balso) where\b/i, 'if'],
  [/\bwhere (there (is|are|was)|nothing|nobody|none|absent|somebody|we|both|rows are|asked)\b/i, 'if'],
  [/\b(stands?|stood) (in|on|at|beside|below|behind|there|here|alone)\b(?! for)/i, 'is, are'],
  [/\b(lies?|lay) (in|on|at|beside|below|there|outside|inside|about|elsewhere)\b/i, 'is, are'],
  [/\bin the place of\b/i, 'instead of, replace'],
  [/\bfor who\b/i, 'for users who, if you'],
  [/\bany more\b/i, 'no longer'],
  [/\b(has|have|can|cannot|wants) (to )?be told\b/i, 'needs to know, differs from'],
  [/\bis no (tensor|number|list|file|model|record|answer of)\b(?<!there is no \w+)/i, 'is not a'],
  [/\b(is|are) no part of\b/i, 'is not part of'],
  [/\b(is|are) (not )?told (together|first|by itself|then)\b/i, 'reported'],
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

/** The lines of comments in src and scripts that begin a line. */
export function commentsSaid(): Said[] {
  return ['src', 'scripts']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
    .flatMap((path) => commentsOf(path, readFileSync(join(root, path), 'utf8')));
}

/** The comments of one source file; exported for the check of the check. */
export function commentsOf(path: string, source: string): Said[] {
  return source
    .split('\n')
    .flatMap((line, at) =>
      /^\s*(\/?\*|\/\/)/.test(line) ? [{ place: `${path}:${at + 1}`, text: line.trim() }] : [],
    );
}

/** The texts of one source file; exported for the check of the check. */
export function textsOf(path: string, source: string): Said[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, false);
  const said: Said[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      if (node.text.trim().split(/\s+/).length >= 3)
        said.push({ place: `${path}:${line + 1}`, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return said;
}

/** @returns a line for each refused phrase: its place, the phrase, and what to write */
export function refusedIn(all: readonly Said[], refused = REFUSED): string[] {
  return all.flatMap(({ place, text }) =>
    refused.flatMap(([pattern, instead]) => {
      const found = pattern.exec(text)?.[0];
      return found === undefined ? [] : [`${place}: "${found}"; write: ${instead}`];
    }),
  );
}
