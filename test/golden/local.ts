/** The states that a local endpoint alone can be in, and how its commands are watched. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { layoutOf } from '../../src/platforms/local/layout.ts';
import { tryLock } from '../../src/platforms/local/process-lock.ts';
import { makeLocalBed, type LocalBed } from '../platforms/local-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';
import { CASES, make, planned, reap, rollback, teardown, type Case, type GoldenBed } from './cases.ts';
import type { Witness } from './record.ts';

type Bed = LocalBed & GoldenBed;

const layout = (bed: LocalBed) => layoutOf(bed.root, ENDPOINT);

/** What a server said that was asked to change something. */
const CALL = /^(\w+): done|^(\w+) was refused|^a server is started|^stopped/;

export async function openLocal(): Promise<{ bed: Bed; witness: Witness }> {
  const made = await makeLocalBed({ context: { runId: '1001' } });
  const bed = { ...made, anotherRun: () => made.targetWith({ context: { runId: '1002' } }) };
  const models = Object.entries(bed.archives).map(([name, { digest }]) => [digest, `<${name}>`] as const);
  const short = models.map(([digest, name]) => [digest.slice(0, 12), name] as const);
  const witness = {
    log: bed.ports.log.lines,
    calls: () => bed.said.filter((line) => CALL.test(line)),
    names: [
      [bed.root, '<local>'] as const,
      [bed.root.replace(/\/local$/, ''), '<workspace>'] as const,
      ...models,
      ...short,
    ],
  };
  return { bed, witness };
}

/** Its server ends, as with the machine's restart. */
async function stopped(bed: LocalBed): Promise<void> {
  await bed.stopServers();
}

const served = async (bed: Bed) => make(bed, ['deploy', 'one'], ['deploy', 'two']);

const after =
  (state: (bed: Bed) => Promise<void>, act: (bed: Bed) => ReturnType<typeof planned>): Case<Bed>['before'] =>
  async (bed) => {
    await served(bed);
    await state(bed);
    return act(bed);
  };

const COMMANDS = {
  deploy: (bed: Bed) => planned(bed, 'deploy', 'three'),
  stage: (bed: Bed) => planned(bed, 'stage', 'three'),
  discard: (bed: Bed) => planned(bed, 'discard', 'three'),
  rollback: () => rollback(),
  teardown: () => teardown,
  reap: () => reap(),
};

const STATES: Readonly<Record<string, (bed: Bed) => Promise<void>>> = {
  'its server was stopped': stopped,
  'its state is damaged and its server stopped': async (bed) => {
    await stopped(bed);
    await writeFile(layout(bed).stateFile, '{');
  },
  'its state is gone while its server runs': (bed) => rm(layout(bed).stateFile),
  'another command holds it': async (bed) => {
    const table = { ...bed.options.processes, self: () => ({ pid: process.pid, start: null }) };
    await tryLock(layout(bed).lockFile, 'deploy', table);
  },
  'the files of the old version were changed': (bed) => {
    const folder = layout(bed).versionDir(bed.archives.one.digest);
    return writeFile(`${folder}/more.txt`, 'x');
  },
};

const OWN: readonly Case<Bed>[] = [
  ...Object.entries(STATES).flatMap(([state, bring]) =>
    Object.entries(COMMANDS).map(([command, act]) => ({
      name: `${command}: ${state}`,
      before: after(bring, act),
    })),
  ),
  {
    name: 'deploy: the archive is gone',
    before: after(
      (bed) => rm(bed.archives.three.path),
      (bed) => planned(bed, 'deploy', 'three'),
    ),
  },
  {
    name: 'deploy: the archive is another one than planned',
    before: after(
      async (bed) => {
        await rm(bed.archives.three.path);
        await writeFile(bed.archives.three.path, 'no archive');
      },
      (bed) => planned(bed, 'deploy', 'three'),
    ),
  },
  {
    name: 'deploy: a port that is taken',
    before: async (bed) => {
      const taken = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => taken.once('listening', resolve));
      const address = taken.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const target = bed.targetWith({ port });
      return async () => {
        try {
          return await planned(bed, 'deploy', 'one')(target);
        } finally {
          taken.close();
        }
      };
    },
  },
  {
    name: 'deploy: an old version to remove',
    before: async (bed) => {
      await make(bed, ['deploy', 'one'], ['deploy', 'two']);
      return () => planned(bed, 'deploy', 'three')(bed.targetWith({ keepVersions: 0 }));
    },
  },
  {
    name: 'rollback: an old version to remove',
    before: async (bed) => {
      await make(bed, ['deploy', 'one'], ['deploy', 'two'], ['deploy', 'three']);
      return () => bed.targetWith({ keepVersions: 0 }).rollback(ENDPOINT, null);
    },
  },
  {
    name: 'deploy: a first deployment that was cut short',
    before: async (bed) => {
      await mkdir(layout(bed).versionDir('.unfinished-0a1b'), { recursive: true });
      return planned(bed, 'deploy', 'one');
    },
  },
];

export const LOCAL: readonly Case<Bed>[] = [...CASES, ...OWN];
