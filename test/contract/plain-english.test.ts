/** The words that this project does not use, where people read them, and the length of lines in the documentation. */
import { describe, expect, test } from 'vitest';
import { allPages, proseOf } from './docs-pages.ts';
import {
  commentsOf,
  commentsSaid,
  messagesSaid,
  pagesSaid,
  REFUSED_IN_COMMENTS,
  refusedIn,
  textsOf,
} from './plain-english.ts';

/** Characters in a line of prose; tables, links and headings cannot be broken. */
const LONGEST = 140;

describe('refused phrases', () => {
  test('are not in the documentation', () => {
    expect(refusedIn(pagesSaid())).toEqual([]);
  });

  test('are not in messages and descriptions', () => {
    const said = messagesSaid();
    expect(said.length).toBeGreaterThan(1000);
    expect(refusedIn(said)).toEqual([]);
  });

  test('are not in comments', () => {
    const said = commentsSaid();
    expect(said.length).toBeGreaterThan(1000);
    expect(refusedIn(said, REFUSED_IN_COMMENTS)).toEqual([]);
  });

  test('are found in comments, unless "where" is a place', () => {
    const source =
      "/** The port; null where there is none. */\n// Where records are kept.\nconst x = 'null where';\n";
    expect(refusedIn(commentsOf('src/x.ts', source), REFUSED_IN_COMMENTS)).toEqual([
      'src/x.ts:1: "null where"; write: if',
      'src/x.ts:1: "where there is"; write: if',
    ]);
  });

  test('are found, with their place and what to write', () => {
    const source =
      'const name = \'x\';\nfail(`The key stands in ${name}, and "a b" is no name for a bucket.`);\n';
    expect(refusedIn(textsOf('src/x.ts', source))).toEqual([
      'src/x.ts:2: "stands in"; write: is, are',
      'src/x.ts:2: "is no name"; write: is not a',
    ]);
    expect(refusedIn(textsOf('src/x.ts', "log('There is no file for this model.');\n"))).toEqual([]);
  });
});

test('no line of prose is longer than an editor shows', () => {
  const long = allPages().flatMap((page) =>
    proseOf(page).flatMap((line, at) =>
      line.length > LONGEST && !/^\s*\||https?:|\]\(|^#|<!--/.test(line)
        ? [`${page.path}:${at + 1}: ${line.length}`]
        : [],
    ),
  );
  expect(long).toEqual([]);
});
