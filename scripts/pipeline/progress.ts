/** What a person sees on the terminal while the main job runs. */
import { styleText } from 'node:util';
import { decoded } from '../lib/runner-protocol.ts';

type Style = Parameters<typeof styleText>[0];

const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

export const progress = {
  title(text: string): void {
    console.log(`\n${paint('bold', text)}`);
  },
  note(text: string): void {
    console.log(paint('dim', `  ${text}`));
  },
  step(name: string, result: string, milliseconds: number, asExpected: boolean): void {
    const mark = asExpected ? paint('green', 'ok  ') : paint('red', 'FAIL');
    const seconds = `${(milliseconds / 1000).toFixed(1)} s`.padStart(7);
    console.log(`  ${mark} ${name.padEnd(34)} ${paint('dim', seconds)}  ${result}`);
  },
  skipped(name: string, why: string): void {
    console.log(`  ${paint('yellow', 'skip')} ${name.padEnd(34)} ${' '.repeat(7)}  ${why}`);
  },
  log(text: string): void {
    const lines = text.trimEnd().split('\n').flatMap(asRead);
    for (const line of lines) console.log(paint('dim', `       | ${line}`));
  },
};

/** A command of the runner's, as a person would see it on GitHub; what is for debugging is left out. */
function asRead(line: string): string[] {
  const [, command = '', text = ''] = /^::([\w-]+)[^:]*::(.*)$/.exec(line) ?? [];
  if (command === '') return [line];
  if (!['error', 'warning', 'notice'].includes(command)) return [];
  return decoded(`${command}: ${text}`).split('\n');
}
