/** Terraform on this machine, with providers that are attached to it: nothing is downloaded. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { attachProvider, type AttachedProvider } from '../../fakes/terraform/provider-server.ts';
import type { Backend } from '../../fakes/terraform/lifecycle.ts';
import type { ProviderSchema } from '../../fakes/terraform/schema.ts';

/** Where install-terraform.sh puts what it builds. */
export const BUILT = join(root, 'build/conformance/terraform');

/** Null where there is none, which has been said then. */
export const terraform = find('terraform');
if (terraform === null) {
  console.log('skipped: terraform is not installed (test/conformance/beds/install-terraform.sh)');
}

function find(program: string): string | null {
  const folders = [BUILT, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

function schemaOf(provider: string): ProviderSchema {
  const path = join(root, `test/fakes/terraform/schemas/${provider}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as ProviderSchema;
}

export interface Said {
  readonly status: number | null;
  /** What it printed, both streams. */
  readonly output: string;
  readonly stdout: string;
}

export interface TerraformBed {
  /** A folder that is removed with the bed. */
  readonly temp: string;
  /** What a process needs to start terraform with these providers. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs terraform in a folder, apart from this process, which answers as the provider meanwhile. */
  run(folder: string, ...args: string[]): Promise<Said>;
  close(): void;
}

/**
 * @param providers of hashicorp, such as `aws`
 * @param backends what a provider makes, by its name; without, it can validate alone
 */
export async function startTerraformBed(
  providers: readonly string[],
  backends: Readonly<Record<string, Backend>> = {},
  more: Readonly<Record<string, string>> = {},
): Promise<TerraformBed> {
  const temp = mkdtempSync(join(tmpdir(), 'ml-deploy-terraform-'));
  const attached: AttachedProvider[] = [];
  for (const provider of providers) {
    const backend = backends[provider] ?? null;
    attached.push(await attachProvider(`hashicorp/${provider}`, schemaOf(provider), temp, backend));
  }
  const reattach = Object.assign({}, ...attached.map((provider) => provider.reattach)) as object;
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: temp,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
    ...more,
  };
  return {
    temp,
    env,
    run: (folder, ...args) => runIn(folder, args, env),
    close: () => {
      for (const provider of attached) provider.close();
      rmSync(temp, { recursive: true, force: true });
    },
  };
}

async function runIn(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Said> {
  const child = spawn(terraform ?? 'terraform', args, { cwd: folder, env: { ...env } });
  let [stdout, output] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, output, stdout };
}
