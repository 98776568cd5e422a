/** A local server as a process of its own, with fake models; for tests that kill it. Arguments as local-server.ts. */
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { layoutOfFolder } from '../../src/platforms/local/layout.ts';
import { systemProcesses } from '../../src/platforms/local/process-table.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { startServer } from '../../src/platforms/local/server/start.ts';
import { openFakeSession } from '../fakes/session.ts';

const [folder = '', , port = '0'] = process.argv.slice(2);
const layout = layoutOfFolder(folder, basename(folder));
const server = await startServer({
  layout,
  port: Number(port),
  openSession: openFakeSession,
  findRunner: () => Promise.reject(new Error('no containers here')),
  clock: systemClock,
  processes: systemProcesses,
  log: (line) => appendFileSync(layout.logFile, `${line}\n`),
});
await server.stopped;
process.exit(0);
