/**
 * A container of a real daemon that repeats all of its variables, in every way of writing them, and ends or stays silent:
 * nothing of them is left in what the step leaves, as test/e2e/secrets.test.ts shows it for everything else that answers.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import { makeArchive } from '../../fakes/archive.ts';
import { found, SHAPES, WRITTEN } from '../../fixtures/secret-shapes.ts';
import { missingForDocker, startDockerBed, type Client, type DockerBed } from '../beds/docker-bed.ts';
import { hasBundle, runAction } from '../beds/run-action.ts';

const missing =
  (await missingForDocker()) ??
  (hasBundle() ? null : 'skipped: there is no built bundle (npm run build), and a local endpoint needs one');
if (missing !== null) console.log(`secrets of a container: ${missing}`);

/** With names that variables may have. */
const VARIABLES = Object.fromEntries(
  Object.entries(SHAPES).map(([name, value]) => [name.replaceAll(' ', '_').toUpperCase(), value]),
);
const ECHO = Object.values(SHAPES)
  .flatMap((value) => Object.values(WRITTEN).map((write) => write(value)))
  .join('\n');
const ENDINGS = { 'ends at once': 'exit 1', 'never answers': 'exec /bin/busybox sleep 600' };

describe.skipIf(missing !== null)(`a container that repeats its variables ${missing ?? ''}`, () => {
  let bed: DockerBed;
  let client: Client;
  let workspace: string;

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'container-secrets-'));
    bed = await startDockerBed();
    const [first] = bed.clients;
    if (first === undefined) throw new Error('the bed has no client');
    client = first;
    await writeFile(join(workspace, 'model.tar.gz'), (await makeArchive({ 'model.onnx': 'a model' })).bytes);
  });
  afterAll(async () => {
    await act('deploy-endpoint', {
      target: 'local',
      command: 'teardown',
      'endpoint-name': 'echo',
      confirm: 'echo',
    });
    await bed.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  const act = (name: string, inputs: Record<string, string>) =>
    runAction(name, inputs, { workspace, env: client.env });

  async function pushed(name: string, ending: string): Promise<string> {
    const context = join(workspace, name);
    await mkdir(context);
    await copyFile(bed.busybox, join(context, 'busybox'));
    await writeFile(join(context, 'echo.txt'), ECHO);
    const script = `/bin/busybox cat /echo.txt; /bin/busybox env; ${ending}`;
    await writeFile(
      join(context, 'Dockerfile'),
      `FROM scratch\nCOPY busybox /bin/busybox\nCOPY echo.txt /echo.txt\nENTRYPOINT ${JSON.stringify(['/bin/busybox', 'sh', '-c', script])}\n`,
    );
    const done = await act('push-image', {
      context,
      registry: bed.registry,
      repository: name,
      'build-network': 'host',
    });
    expect(done.exitCode, done.log).toBe(0);
    await rm(context, { recursive: true });
    return done.outputs['image-uri'] ?? '';
  }

  it.each(Object.entries(ENDINGS))('and %s', async (title, ending) => {
    const step = await act('deploy-endpoint', {
      target: 'local',
      'endpoint-name': 'echo',
      'model-data-url': 'model.tar.gz',
      'image-uri': await pushed(title.replaceAll(' ', '-'), ending),
      'environment-variables': JSON.stringify(VARIABLES),
      'startup-timeout': '60',
    });
    expect(step.outputs.outcome, step.log).toBe('failed');
    const sinks = { ...ofStep(step), ...(await filesBelow(join(workspace, '.ml-deploy'))) };
    expect(Object.values(sinks).join('\n'), `nothing was repeated: ${step.log}`).toContain('***');
    const hits = Object.entries(sinks).flatMap(([sink, text]) =>
      found(text, SHAPES, 2).map((shape) => `${shape} in ${sink}`),
    );
    expect(hits).toEqual([]);
  });
});

/** The runner needs to be told what to mask, and hides those lines itself. */
function ofStep({ log, summary, outputs, state }: ActionRun): Record<string, string> {
  const lines = log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return { log: lines.join('\n'), summary, outputs: JSON.stringify(outputs), state: JSON.stringify(state) };
}

async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
}
