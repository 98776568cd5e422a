/**
 * Follows the shell blocks of docs/iam/README.md, docs/smoke-test.md and model/README.md, in copies of the folders that they
 * are written for. The virtual environment is the one that this layer has, instead of a new one.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { blocksOf, readPage, type Block } from '../../contract/docs-pages.ts';
import { python, whyNoPython } from '../python/python-bed.ts';
import { openGuideShell, type GuideShell } from './guide-shell.ts';

const missing = whyNoPython();
if (missing !== null) console.log(`commands of the sample are not followed: ${missing}`);

/** The port that model/README.md names. */
const PORT = 8080;

const shellBlocks = (path: string) => blocksOf(readPage(path)).filter(({ language }) => language === 'sh');
const block = (path: string, start: string): Block => {
  const found = shellBlocks(path).find(({ text }) => text.includes(start));
  if (found === undefined) throw new Error(`${path} has no block with ${start}.`);
  return found;
};

const work = mkdtempSync(join(tmpdir(), 'ml-deploy-commands-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('a line that fails is told by its place in the page; variables and folder are kept', async () => {
  const folder = join(work, 'shell');
  mkdirSync(folder);
  const shell = openGuideShell(folder, { PATH: process.env.PATH ?? '', HOME: folder });
  const at = (line: number, text: string): Block => ({
    page: 'x.md',
    language: 'sh',
    heading: '',
    line,
    text,
  });
  await shell.run(at(3, 'NAME="a b"\nmkdir inner\ncd inner\n'));
  expect(await shell.run(at(8, 'printf "%s in %s" "$NAME" "$(basename "$PWD")"\n'))).toBe('a b in inner');
  await expect(shell.run(at(20, 'true\n\ncat nothing\ntrue\n'))).rejects.toThrow(
    /^x\.md:22: cat nothing failed:\n.*nothing/,
  );
  expect(shell.variable('NAME')).toBe('a b');
});

test('docs/iam/README.md puts one’s own names into a policy', async () => {
  const folder = join(work, 'policies');
  cpSync(join(root, 'docs/iam'), join(folder, 'docs/iam'), { recursive: true });
  const shell = openGuideShell(folder, { PATH: process.env.PATH ?? '', HOME: folder });
  for (const each of shellBlocks('docs/iam/README.md')) await shell.run(each);
  const policy = readFileSync(join(folder, 'deploy.json'), 'utf8');
  expect(JSON.parse(policy)).toHaveProperty('Statement');
  for (const example of ['eu-central-1', '123456789012', 'acme-models', 'churn'])
    expect(policy).not.toContain(example);
  for (const own of ['REGION', 'ACCOUNT_ID', 'BUCKET/PREFIX', 'endpoint/ENDPOINT', 'role/EXECUTION_ROLE'])
    expect(policy).toContain(own);
});

describe.skipIf(missing !== null)('the sample project', () => {
  const folder = join(work, 'model');
  let shell: GuideShell;

  beforeAll(() => {
    cpSync(join(root, 'model'), folder, { recursive: true, filter: (path) => !path.includes('/build') });
    const bin = join(work, 'bin');
    mkdirSync(bin);
    const script = [
      '#!/bin/sh',
      `mkdir -p .venv/bin`,
      `printf 'PATH=%s:$PATH\\n' '${dirname(python)}' > .venv/bin/activate`,
    ];
    writeFileSync(join(bin, 'python3.11'), `${script.join('\n')}\n`);
    chmodSync(join(bin, 'python3.11'), 0o755);
    shell = openGuideShell(folder, { PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: work });
  });

  test('model/README.md trains', async () => {
    expect(await shell.run(block('model/README.md', 'python3.11 -m venv'))).toMatch(
      /v2\s+held-out accuracy 0\.98/,
    );
  });

  test('model/README.md tests', async () => {
    expect(await shell.run(block('model/README.md', 'python -m pytest'))).toMatch(/\d+ passed/);
  });

  test('model/README.md makes an archive', async () => {
    await shell.run(copying(block('model/README.md', 'python serve.py')));
    await shell.run(block('model/README.md', 'tar -czf'));
    expect(readFileSync(join(folder, 'build/model.tar.gz')).length).toBeGreaterThan(1000);
  });

  test('docs/smoke-test.md records what the model answers', async () => {
    await shell.run(block('docs/smoke-test.md', 'python record.py'));
    const recorded = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')) as object;
    expect(recorded).toHaveProperty('expected');
  });

  test('model/README.md serves, and curl gets the answer that it shows', async ({ skip }) => {
    skip(await answers(), `skipped: somebody else has the port ${PORT}`);
    const serving = block('model/README.md', 'python serve.py');
    const server = startServer(serving, folder);
    try {
      for (let tries = 0; !(await answers()) && tries < 200; tries++) await wait(100);
      const said = await shell.run(block('model/README.md', 'curl -i'));
      expect(said).toContain('200 OK');
      const [shown] = blocksOf(readPage('model/README.md')).filter(({ language }) => language === 'json');
      const answer: unknown = JSON.parse(said.slice(said.lastIndexOf('{"predictions"')));
      expect(rounded(answer)).toEqual(rounded(JSON.parse(shown?.text ?? '')));
    } finally {
      process.kill(-(server.pid ?? 0), 'SIGTERM');
    }
  });
});

/** The last digits of a float64 depend on the processor: its vector units add in another order. */
function rounded(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  );
}

/** The lines before the one that serves, and does not come back. */
function copying(serving: Block): Block {
  return { ...serving, text: serving.text.replace(/^SM_MODEL_DIR.*$/m, '') };
}

function startServer({ text }: Block, cwd: string): ChildProcess {
  const env = { ...process.env, PATH: `${dirname(python)}:${process.env.PATH ?? ''}` };
  return spawn('sh', ['-c', text], { cwd, env, stdio: 'ignore', detached: true });
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(PORT, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
