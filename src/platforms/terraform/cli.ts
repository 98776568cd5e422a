/**
 * Terraform as a process. What it prints may hold secrets in clear, also those that it calls sensitive, so it goes into
 * files of this user, is read, and is removed; only errors are shown, without what is known to be secret.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, UpstreamError, UserError } from '../../core/errors.ts';
import { isObject, parseJsonObject, type JsonObject } from '../../core/json-object.ts';
import type { PlatformHost } from '../../core/platform.ts';
import type { Applied, Program, SavedPlan, TerraformState, Wanted } from './options.ts';
import { runProgram, type Ended } from './process.ts';

/** https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode */
const CHANGES = 2;
const LONGEST_ERROR = 4000;

type Host = Pick<PlatformHost, 'clock' | 'signal' | 'log' | 'redactor' | 'context' | 'settings'>;

interface Runner {
  readonly folder: string;
  readonly start: (args: readonly string[]) => Promise<Ended>;
  /** What it printed. @throws UpstreamError for an exit code that is not accepted */
  readonly say: (args: readonly string[], accepted?: readonly number[]) => Promise<string>;
}

export function createCli(program: string, wanted: Wanted, host: Host): Program {
  const { directory } = wanted;
  const runner = createRunner(program, wanted, host);
  const { say } = runner;
  return {
    version: async () => {
      const { terraform_version: version } = parsed(await say(['version', '-json']), 'version');
      return typeof version === 'string' ? version : 'unknown';
    },
    init: async () => {
      const args = ['init', '-input=false', '-no-color', '-reconfigure'];
      const pinned = (await digestOfLockFile(directory)) === null ? [] : ['-lockfile=readonly'];
      await say([...args, ...pinned, ...wanted.backendConfig.map((config) => `-backend-config=${config}`)]);
    },
    state: async (): Promise<TerraformState> => {
      const pulled = await say(['state', 'pull']);
      const { lineage } = pulled.trim() === '' ? {} : parsed(pulled, 'state pull');
      const backend = await readFile(join(directory, '.terraform/terraform.tfstate'), 'utf8').catch(
        () => null,
      );
      return {
        lineage: typeof lineage === 'string' && lineage !== '' ? lineage : null,
        json: parsed(await say(['show', '-json']), 'show'),
        backend: backend === null ? null : (parsed(backend, 'init').backend ?? null),
        lockFile: await digestOfLockFile(directory),
      };
    },
    plan: () => plan(wanted, runner),
    apply: (saved) => apply(saved, wanted, runner, host),
  };
}

function createRunner(program: string, wanted: Wanted, host: Host): Runner {
  const { directory, workspace, environment } = wanted;
  const folder = privateFolder(host, directory);
  const env = {
    ...host.settings.terraformEnvironment,
    TF_IN_AUTOMATION: 'true',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: 'true',
    ...(workspace === 'default' ? {} : { TF_WORKSPACE: workspace }),
    TF_VAR_ml_deploy_environment: JSON.stringify(Object.fromEntries(environment)),
  };
  const start = async (args: readonly string[]): Promise<Ended> => {
    await checkDirectory(directory);
    host.log.info(`Running terraform ${args[0] ?? ''} ...`);
    return runProgram(program, args, { cwd: directory, env, folder, signal: host.signal });
  };
  const say: Runner['say'] = async (args, accepted = [0]) => {
    const ended = await start(args);
    if (accepted.includes(ended.exitCode)) return ended.stdout;
    throw failed(args, ended, host);
  };
  return { folder, start, say };
}

async function plan({ varFiles, lockTimeout }: Wanted, { folder, say }: Runner): Promise<SavedPlan> {
  const path = await planPath(folder);
  const files = varFiles.map((file) => `-var-file=${file}`);
  const lock = `-lock-timeout=${lockTimeout}`;
  try {
    const args = ['plan', '-input=false', '-no-color', lock, '-detailed-exitcode', `-out=${path}`, ...files];
    await say(args, [0, CHANGES]);
    const json = await say(['show', '-json', path]);
    return { json, file: await readFile(path) };
  } finally {
    await rm(path, { force: true });
  }
}

async function apply(
  { file }: SavedPlan,
  { lockTimeout }: Wanted,
  { folder, start }: Runner,
  host: Host,
): Promise<Applied> {
  const path = await planPath(folder);
  await writeFile(path, file, { mode: 0o600 });
  // A run that is cancelled leaves the file to its post step: Terraform reads it.
  const ended = await start(['apply', '-input=false', '-no-color', `-lock-timeout=${lockTimeout}`, path]);
  await rm(path, { force: true });
  if (ended.exitCode === 0) return { ok: true, errors: '' };
  return { ok: false, errors: errorsOf(ended, host) || `It ended with the code ${ended.exitCode}.` };
}

async function planPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${randomUUID()}.tfplan`);
}

/** Of this step and its post step: below the folder that the runner empties after the job. */
export function privateFolder({ context }: Pick<Host, 'context'>, directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  return join(context.temp, `ml-deploy-terraform-${name}`);
}

async function checkDirectory(directory: string): Promise<void> {
  const there = await stat(directory).catch(() => null);
  if (there?.isDirectory() === true) return;
  const message = `"${directory}" is not a folder.`;
  throw UserError.of([
    { where: 'terraform: directory', message, fix: 'Give the folder of the root module.' },
  ]);
}

function failed(args: readonly string[], ended: Ended, host: Host): Error {
  if (host.signal.aborted) return new CancelledError();
  const said = errorsOf(ended, host) || `It ended with the code ${ended.exitCode}.`;
  const message = `terraform ${args[0] ?? ''} failed, and nothing was changed.\n${said}`;
  return new UpstreamError('Terraform', message, { page: 'terraform' });
}

/** The error blocks alone: the rest of the output may show values of the plan. */
function errorsOf({ stderr, stdout }: Ended, { redactor }: Host): string {
  const from =
    [stderr, stdout].map((text) => /^.*\bError: [\s\S]*/m.exec(text)?.[0] ?? '').find(Boolean) ?? '';
  const lines = from.split('\n').map((line) => line.replace(/^[│╷╵ ]+/, '').trimEnd());
  return redactor.text(lines.filter((line) => line !== '').join('\n')).slice(0, LONGEST_ERROR);
}

function parsed(text: string, command: string): JsonObject {
  try {
    const value = parseJsonObject(text);
    if (isObject(value)) return value;
  } catch {
    // What it says instead may be a secret.
  }
  throw new UpstreamError('Terraform', `terraform ${command} did not answer with JSON.`);
}

async function digestOfLockFile(directory: string): Promise<string | null> {
  const bytes = await readFile(join(directory, '.terraform.lock.hcl')).catch(() => null);
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
}
