import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';

const LIMIT_BYTES = 1024 * 1024;

/**
 * Appends lines to a file that never grows far beyond its limit: then its older half is dropped. The file stays the
 * same one, because the process's standard error is appended to it as well.
 */
export function createBoundedLog(file: string, now: () => Date, limit = LIMIT_BYTES): (line: string) => void {
  return (line) => {
    appendFileSync(file, `${now().toISOString()} ${line}\n`, { mode: 0o600 });
    if (statSync(file).size <= limit) return;
    const text = readFileSync(file, 'utf8');
    const half = text.slice(-Math.floor(limit / 2));
    truncateSync(file);
    appendFileSync(file, half.slice(half.indexOf('\n') + 1));
  };
}
