import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Redactor } from '../../../src/core/redaction/redactor.ts';
import { createLogger, defuse } from '../../../src/runner/logger.ts';
import { createShownOutput } from '../../../src/runner/shown-output.ts';

/** Whatever a reader of lines takes for the end of one, followed by what would be a command. */
const ENDS = ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\u0000'];
const COMMANDS = [
  '::error::forged',
  '::add-mask::x',
  '::stop-commands::t',
  '##[error]forged',
  ' ::set-output name=a::b',
];
/** The runner reads lines as .NET does (CR, LF), and others also end them elsewhere. */
const lines = (text: string) => text.split(/[\n\r\u0085\u2028\u2029\v\f\0]/);
const isCommand = (line: string) => line.trimStart().startsWith('::') || line.includes('##[');

describe('a text that is quoted', () => {
  it.each(ENDS.flatMap((end) => COMMANDS.map((command) => [end, command] as const)))(
    '%j and %j is no command',
    (end, command) => {
      expect(lines(defuse(`said${end}${command}`)).filter(isCommand)).toEqual([]);
    },
  );
});

describe('the log', () => {
  let written = '';
  beforeEach(() => {
    written = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  const redactor = new Redactor();
  redactor.addSecret('geheim_1');
  const log = createLogger(redactor);

  it.each(['debug', 'info', 'notice', 'warning'] as const)(
    '%s is one command at most, and without a secret',
    (level) => {
      log[level]('said geheim_1\r::error::forged\u0085::error::forged\u202e');
      expect(written.split('\n').filter(isCommand)).toHaveLength(level === 'info' ? 0 : 1);
      expect(written).toContain('***');
      expect(written).not.toMatch(/geheim|[\u0085\u202e]|\r/);
    },
  );

  it('has titles of one line', async () => {
    await log.group('a geheim_1\n::error::b', () => Promise.resolve());
    expect(written).toBe('::group::a *** :\u200b:error::b\n::endgroup::\n');
  });
});

it('shows a program’s output by lines, so that a secret in two pieces is found', () => {
  const redactor = new Redactor();
  redactor.addSecret('geheim_1');
  const shown: string[] = [];
  const stream = createShownOutput(redactor, (text) => shown.push(text));
  for (const piece of ['step 1\nuses gehe', 'im_1 here\n', '::error::x\nno end geheim', '_1'])
    stream.write(piece);
  stream.end();
  expect(shown).toEqual(['step 1\n', 'uses *** here\n', ':\u200b:error::x\n', 'no end ***\n']);
});
