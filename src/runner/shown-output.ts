/** The output of a program in the log while it runs, line by line, without the run's secrets and without its commands. */
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Redactor } from '../core/redaction/redactor.ts';
import { defuse } from './logger.ts';

/** A program that never ends its line is shown in pieces of that many characters. */
const LONGEST_LINE = 64 * 1024;

/** @param write where the lines go */
export function createShownOutput(
  redactor: Redactor,
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Writable {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const show = (text: string) => write(defuse(redactor.text(text)));
  const take = (text: string) => {
    rest += text;
    const end = rest.length > LONGEST_LINE ? rest.length : rest.lastIndexOf('\n') + 1;
    if (end > 0) show(rest.slice(0, end));
    rest = rest.slice(end);
  };
  return new Writable({
    write: (chunk: Buffer, _, done) => {
      take(decoder.write(chunk));
      done();
    },
    final: (done) => {
      rest += decoder.end();
      if (rest !== '') show(`${rest}\n`);
      done();
    },
  });
}
