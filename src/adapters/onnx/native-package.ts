/** Fetches the pinned native runtime into the runner's tool cache. */

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf, UpstreamError, UserError } from '../../core/errors.ts';
import type { Exec, ExecResult, Logger } from '../../core/ports.ts';
import { findNative, toolCachePackage } from './native-runtime.ts';
import { NATIVE_PACKAGES, NATIVE_TARGETS, ORT_VERSION, type PinnedPackage } from './pinned.ts';
import { unpack } from './unpack.ts';

export interface FetchOptions {
  readonly toolCacheDir: string | undefined;
  readonly platform: string;
  readonly arch: string;
  readonly exec: Exec;
  readonly log: Pick<Logger, 'info'>;
  /** What to fetch; only tests give anything else than the default. */
  readonly packages?: readonly PinnedPackage[];
}

/**
 * Fetches the packages with npm, which honours the user's own registry, proxy and mirror, and keeps the files of this
 * platform. The files appear in the tool cache all at once, so two runs at the same time do not disturb each other.
 *
 * @returns the directory of the onnxruntime-node package.
 * @throws UserError if the platform has no native runtime, if there is no tool cache or no npm, or if a
 *   package is not the pinned one; UpstreamError if npm fails.
 */
export async function fetchNative(options: FetchOptions): Promise<string> {
  const { platform, arch, toolCacheDir } = options;
  if (!NATIVE_TARGETS.includes(`${platform}-${arch}`)) {
    throw new UserError(`There is no native ONNX Runtime for ${platform}-${arch}. Use "runtime: wasm".`);
  }
  if (toolCacheDir === undefined) {
    throw new UserError('There is no tool cache for the native ONNX Runtime. Use "runtime: auto" or "wasm".');
  }
  const packageDir = toolCachePackage(toolCacheDir, arch);
  const target = dirname(dirname(packageDir));
  const temporary = `${target}.${randomUUID()}`;
  try {
    await mkdir(temporary, { recursive: true });
    options.log.info(`Fetching ONNX Runtime ${ORT_VERSION} for ${platform}-${arch} with npm.`);
    await download(options, temporary);
    await install(join(temporary, 'content'), target, () => isInstalled(toolCacheDir, arch));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return packageDir;
}

async function download(options: FetchOptions, temporary: string): Promise<void> {
  const packages = options.packages ?? NATIVE_PACKAGES;
  await runNpm(
    options.exec,
    packages.map(({ name }) => `${name}@${ORT_VERSION}`),
    temporary,
  );
  for (const pinned of packages) {
    const tarball = join(temporary, `${pinned.name}-${ORT_VERSION}.tgz`);
    await checkIntegrity(tarball, pinned);
    await unpack(tarball, join(temporary, 'content', 'node_modules', pinned.name), options);
  }
}

async function runNpm(exec: Exec, specs: readonly string[], destination: string): Promise<void> {
  const args = ['pack', ...specs, '--pack-destination', destination, '--ignore-scripts', '--loglevel=error'];
  const result = await exec('npm', args).catch((error: unknown): ExecResult => {
    throw new UserError(
      `npm, which fetches the native ONNX Runtime, cannot be started: ${messageOf(error)} ` +
        'Install Node.js with npm on the runner, or use "runtime: auto" or "wasm".',
      { cause: error },
    );
  });
  if (result.exitCode === 0) return;
  throw new UpstreamError(
    'npm',
    `npm could not fetch ${specs.join(' and ')} (exit code ${result.exitCode}).`,
    {
      detail: result.stderr.trim(),
    },
  );
}

async function checkIntegrity(tarball: string, { name, integrity }: PinnedPackage): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash).catch((error: unknown) => {
    throw new UpstreamError('npm', `npm could not download the package ${name}: ${messageOf(error)}`, {
      cause: error,
    });
  });
  const found = `sha512-${hash.digest('base64')}`;
  if (found === integrity) return;
  throw new UserError(
    `The package ${name}@${ORT_VERSION} that npm fetched is not the published one: its integrity is ${found}, ` +
      `not ${integrity}. Check the registry or mirror that npm is set up with.`,
  );
}

/** A rename onto a directory that another run has just filled fails; its content is as good as ours. */
async function install(content: string, target: string, isDone: () => boolean): Promise<void> {
  try {
    await rename(content, target);
  } catch (error) {
    if (isDone()) return;
    throw new UserError(
      `The native ONNX Runtime cannot be put into ${target}: ${messageOf(error)} ` +
        'If something unfinished is there, remove it.',
      { cause: error },
    );
  }
}

function isInstalled(toolCacheDir: string, arch: string): boolean {
  return findNative({ moduleRoots: [], toolCacheDir, arch }).pinned.length > 0;
}
