/** The process layer, with a program that is none of Terraform's: what it is given, what is left of it, how it is ended. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../../src/core/errors.ts';
import { createCli, privateFolder } from '../../../../src/platforms/terraform/cli.ts';
import type { Wanted } from '../../../../src/platforms/terraform/options.ts';
import { settleLeft } from '../../../../src/platforms/terraform/settle.ts';
import { fakeHost } from '../../../fakes/host.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const CANARY = 'canary-value-9f8e7d';

/** Notes how it was called; answers as Terraform does; `apply` runs until it is interrupted where the test says so. */
const PROGRAM = `#!${process.execPath}
const fs = require('node:fs');
const [command, ...rest] = process.argv.slice(2);
fs.appendFileSync('calls.jsonl', JSON.stringify({ command, rest, env: process.env }) + '\\n');
const out = rest.find((arg) => arg.startsWith('-out='));
if (command === 'version') console.log('{"terraform_version":"1.11.4"}');
else if (command === 'state') console.log(fs.existsSync('no-state') ? '' : '{"lineage":"l-1","serial":3}');
else if (command === 'show') console.log('{"format_version":"1.2","resource_changes":[],"secret":"${CANARY}"}');
else if (command === 'plan') {
  if (fs.existsSync('fails')) {
    console.log('value = ${CANARY}');
    console.error('Error: Error acquiring the state lock\\n\\nLock Info:\\n  ID: 42\\n  Who: ci@runner');
    process.exit(1);
  }
  fs.writeFileSync(out.slice(5), 'plan with ${CANARY}');
  process.exit(2);
} else if (command === 'apply' && fs.existsSync('waits')) {
  fs.appendFileSync('applied', fs.readFileSync(rest.at(-1)));
  const alive = setInterval(() => {}, 1000);
  process.on('SIGINT', () => { fs.appendFileSync('signals', 'SIGINT\\n'); clearInterval(alive); });
  process.on('SIGTERM', () => { fs.appendFileSync('signals', 'SIGTERM\\n'); process.exit(9); });
  fs.writeFileSync('ready', '');
}
`;

let folder: string;
let wanted: Wanted;
let program: string;
const controller = () => new AbortController();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ml-deploy-cli-'));
  program = join(folder, 'program');
  writeFileSync(program, PROGRAM, { mode: 0o755 });
  mkdirSync(join(folder, 'root'));
  mkdirSync(join(folder, 'temp'));
  wanted = {
    directory: join(folder, 'root'),
    varFiles: ['prod.tfvars'],
    backendConfig: ['prod.s3.tfbackend', 'key=a'],
    workspace: 'blue',
    lockTimeout: '30s',
    allowDestroy: [],
    keepVersions: 3,
    environment: new Map([['TOKEN', CANARY]]),
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function hostWith(signal = controller().signal) {
  const ports = fakePorts({ workspace: folder, temp: join(folder, 'temp') });
  const base = fakeHost({ ...ports, signal });
  const environment = { PATH: process.env.PATH ?? '', AWS_REGION: 'eu-central-1' };
  const settings = { ...base.settings, terraformEnvironment: environment };
  return { ...base, context: { ...base.context, temp: join(folder, 'temp') }, settings };
}

const calls = () =>
  readFileSync(join(folder, 'root/calls.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { command: string; rest: string[]; env: Record<string, string> });
const left = () => readdirSync(join(folder, 'temp'), { recursive: true, encoding: 'utf8' });

describe('the program of Terraform', () => {
  it('gets its arguments, and of the environment what it may have', async () => {
    const cli = createCli(program, wanted, hostWith());
    expect(await cli.version()).toBe('1.11.4');
    await cli.init();
    const saved = await cli.plan();
    await cli.apply(saved);
    const [, init, plan] = calls();
    expect(init?.rest).toEqual([
      '-input=false',
      '-no-color',
      '-reconfigure',
      '-backend-config=prod.s3.tfbackend',
      '-backend-config=key=a',
    ]);
    expect(plan?.rest).toEqual(
      expect.arrayContaining([
        '-lock-timeout=30s',
        '-detailed-exitcode',
        '-var-file=prod.tfvars',
      ]) as string[],
    );
    expect(calls().map(({ command, rest }) => `${command} ${rest.includes('-auto-approve')}`)).not.toContain(
      'apply true',
    );
    const { env = {} } = plan ?? {};
    expect(env).toMatchObject({ AWS_REGION: 'eu-central-1', TF_WORKSPACE: 'blue' });
    expect(JSON.parse(env.TF_VAR_ml_deploy_environment ?? '')).toEqual({ TOKEN: CANARY });
    expect(Object.keys(env).filter((name) => /^(INPUT_|GITHUB_|ACTIONS_|NODE_|VITEST)/.test(name))).toEqual(
      [],
    );
    expect(
      calls()
        .flatMap(({ rest }) => rest)
        .join(' '),
    ).not.toContain(CANARY);
  });

  it('takes the lock file as it is where there is one', async () => {
    writeFileSync(join(folder, 'root/.terraform.lock.hcl'), '');
    const cli = createCli(program, wanted, hostWith());
    await cli.init();
    expect(calls()[0]?.rest).toContain('-lockfile=readonly');
    expect((await cli.state()).lockFile).toMatch(/^[0-9a-f]{64}$/);
  });

  it('tells the lineage of the state, and null where there is none yet', async () => {
    const cli = createCli(program, wanted, hostWith());
    expect((await cli.state()).lineage).toBe('l-1');
    writeFileSync(join(folder, 'root/no-state'), '');
    expect((await cli.state()).lineage).toBeNull();
  });

  it('leaves no file behind: a plan holds every secret in clear', async () => {
    const cli = createCli(program, wanted, hostWith());
    const saved = await cli.plan();
    expect(Buffer.from(saved.file).toString()).toContain(CANARY);
    expect(left().filter((path) => !/^ml-deploy-terraform-\w+$/.test(path))).toEqual([]);
    await cli.apply(saved);
    expect(left().filter((path) => !/^ml-deploy-terraform-\w+$/.test(path))).toEqual([]);
  });

  it('is quoted where it fails, by its errors alone', async () => {
    writeFileSync(join(folder, 'root/fails'), '');
    const failed = createCli(program, wanted, hostWith()).plan();
    await expect(failed).rejects.toThrow(/terraform plan failed[\s\S]*ID: 42[\s\S]*Who: ci@runner/);
    await expect(failed).rejects.not.toThrow(CANARY);
  });

  it('is not started in a folder that is none', async () => {
    const cli = createCli(program, { ...wanted, directory: join(folder, 'nowhere') }, hostWith());
    await expect(cli.init()).rejects.toThrow('terraform: directory: "');
  });

  it('is interrupted once where the run is cancelled, and the post step waits for it', async () => {
    writeFileSync(join(folder, 'root/waits'), '');
    const cancel = controller();
    const host = hostWith(cancel.signal);
    const applying = createCli(program, wanted, host).apply({ json: '', file: Buffer.from('the plan') });
    const ended = expect(applying).rejects.toBeInstanceOf(CancelledError);
    while (!existsSync(join(folder, 'root/ready'))) await new Promise(setImmediate);
    cancel.abort();
    await ended;
    const place = privateFolder(host, wanted.directory);
    expect(JSON.parse(readFileSync(join(place, 'running.json'), 'utf8'))).toMatchObject({ command: 'apply' });
    // The fake clock moves on at once; a turn of the loop in between lets the process end.
    const post = hostWith();
    const clock = {
      ...post.clock,
      monotonic: () => 0,
      now: () => new Date(0),
      sleep: () => new Promise<void>(setImmediate),
    };
    expect((await settleLeft(place, { ...post, clock })).join()).toContain(
      'was interrupted once and has ended',
    );
    expect(readFileSync(join(folder, 'root/signals'), 'utf8')).toBe('SIGINT\n');
    expect(existsSync(place)).toBe(false);
    expect(await settleLeft(place, post)).toEqual([]);
  });

  it('is said to run still where it does not end in time, and how to repair what it leaves', async () => {
    const place = join(folder, 'temp/left');
    mkdirSync(place);
    writeFileSync(join(place, 'running.json'), JSON.stringify({ pid: process.pid, command: 'apply' }));
    const said = (await settleLeft(place, hostWith())).join();
    expect(said).toContain('runs still');
    expect(said).toContain('terraform force-unlock ID');
  });
});
