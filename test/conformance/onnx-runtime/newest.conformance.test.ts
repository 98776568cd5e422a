/**
 * Says when a newer ONNX Runtime is out than the pinned one. Not a failure: the same code would pass on one day and fail on
 * the next. The registry is that of npm's own settings.
 */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { ORT_VERSION } from '../../../src/adapters/onnx/pinned.ts';

/** Versions on the registry without pre-releases; null where it cannot be asked. */
function released(name: string): string[] | null {
  try {
    const asked = execFileSync('npm', ['view', name, 'versions', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const versions = JSON.parse(asked) as string[];
    return versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version));
  } catch {
    return null;
  }
}

const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

const node = released('onnxruntime-node');
const web = released('onnxruntime-web');
const reason = node === null || web === null ? "skipped: npm's registry does not answer" : null;
if (reason !== null) console.log(reason);

test.skipIf(reason !== null)(`the newest ONNX Runtime ${reason ?? ''}`, () => {
  // Both runtimes have to be of one version, so only one that both packages have counts.
  const both = (node ?? []).filter((version) => web?.includes(version)).sort(byNumber);
  expect(both).toContain(ORT_VERSION);
  const newest = both.at(-1) ?? '';
  console.log(
    newest === ORT_VERSION
      ? `ONNX Runtime ${ORT_VERSION} is the newest that npm has for both runtimes.`
      : `::warning::ONNX Runtime ${newest} is out; ${ORT_VERSION} is pinned (src/adapters/onnx/pinned.ts).`,
  );
  expect(byNumber(ORT_VERSION, newest)).toBeLessThanOrEqual(0);
});
