/** The script that draws the charts of a report: Chart.js as it was published, in one file that needs nothing else. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const CHART_FILE = 'chart.umd.min.js';
/** Where it is in the package; scripts/build.ts copies it beside the bundle. */
export const CHART_PATH = join('chart.js', 'dist', CHART_FILE);

/** @param root the folder of the running bundle; in a checkout, one below node_modules' own parent. */
export async function readChartLibrary(root: string): Promise<string> {
  for (const path of candidates(root)) {
    const text = await readFile(path, 'utf8').catch(ifMissing);
    // The map is not there, and a browser's tools would look for it.
    if (text !== null) return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  }
  throw new Error(`${CHART_FILE} is neither in ${root} nor in a node_modules above it.`);
}

function* candidates(root: string): Generator<string> {
  yield join(root, CHART_FILE);
  for (let folder = root; ; folder = dirname(folder)) {
    yield join(folder, 'node_modules', CHART_PATH);
    if (dirname(folder) === folder) return;
  }
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
