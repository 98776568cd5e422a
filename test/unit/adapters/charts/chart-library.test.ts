import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CHART_FILE, readChartLibrary } from '../../../../src/adapters/charts/chart-library.ts';

it('is found beside the bundle, or in node_modules above, whole and without its map', async () => {
  const found = await readChartLibrary(import.meta.dirname);
  expect(found).toContain('Chart.js v4');
  expect(found).not.toContain('sourceMappingURL');
  // It goes into a script element.
  expect(found).not.toMatch(/<\/script|<!--/i);

  const folder = await mkdtemp(join(tmpdir(), 'charts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await expect(readChartLibrary(folder)).rejects.toThrow(CHART_FILE);
  await writeFile(join(folder, CHART_FILE), 'beside\n//# sourceMappingURL=x.map');
  expect(await readChartLibrary(folder)).toBe('beside\n');
});
