/** What a person sees on the terminal while the main job runs. */
import { styleText } from 'node:util';

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
    for (const line of text.trimEnd().split('\n')) console.log(paint('dim', `       | ${line}`));
  },
};
