import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { createCli, privateFolder } from './cli.ts';
import { settleLeft } from './settle.ts';
import type { deployMembers } from './inputs.ts';
import type { Program, Terraform, Wanted } from './options.ts';
import { createTerraformTarget } from './terraform-target.ts';

/** Beside the wrapper of setup-terraform, which forwards no signal and copies all output into a step output. */
const PROGRAMS = ['terraform-bin', 'terraform', 'tofu'];
const NO_PROGRAM = 'none';
/** Terraform decides what goes. */
const KEEP_ALL = Number.MAX_SAFE_INTEGER;

/** @throws UserError if there is no such program */
export async function open(wishes: TargetWishes, host: PlatformHost): Promise<DeploymentTarget> {
  const group: Partial<GroupValues<typeof deployMembers>> = wishes.group ?? {};
  const wanted: Wanted = {
    directory: resolve(host.context.workspace, group.directory ?? 'terraform'),
    varFiles: group.varFiles ?? [],
    backendConfig: group.backendConfig ?? [],
    workspace: group.workspace ?? 'default',
    lockTimeout: group.lockTimeout ?? '5m',
    allowDestroy: group.allowDestroy ?? [],
    keepVersions: wishes.keepVersions,
    environment: wishes.environment ?? new Map<string, string>(),
  };
  const platform = await host.openPlatform('sagemaker', {
    ...wishes,
    group: {},
    // Terraform made what is there, and says which tags and how many versions it has.
    adopt: true,
    tags: null,
    keepVersions: KEEP_ALL,
  });
  const terraform =
    group.binary === NO_PROGRAM
      ? null
      : lazily(() => openCli(group.binary ?? null, wanted, host), wanted, host);
  return createTerraformTarget({ wanted, platform, terraform, host });
}

/** A smoke test starts no program, so it needs none. */
function lazily(open: () => Promise<Program>, { directory }: Wanted, host: PlatformHost): Terraform {
  let opened: Promise<Program> | null = null;
  const program = () => (opened ??= open());
  return {
    version: async () => (await program()).version(),
    init: async () => (await program()).init(),
    state: async () => (await program()).state(),
    plan: async () => (await program()).plan(),
    apply: async (plan) => (await program()).apply(plan),
    settle: () => settleLeft(privateFolder(host, directory), host),
  };
}

async function openCli(named: string | null, wanted: Wanted, host: PlatformHost): Promise<Program> {
  const names = named === null ? PROGRAMS : [named];
  for (const name of names) {
    const program = await host.which(name);
    if (program !== null) return createCli(program, wanted, host);
  }
  const message = `${names.join(', ')}: this program is not installed.`;
  const fix =
    'Install it before this step, for example with hashicorp/setup-terraform or opentofu/setup-opentofu.';
  throw UserError.of([{ where: 'terraform: binary', message, fix }]);
}
