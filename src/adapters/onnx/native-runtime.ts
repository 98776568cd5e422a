/** Finds and loads onnxruntime-node if the pinned version is installed; nothing is downloaded here. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createQueue, type LoadedRuntime, type OrtModule } from './ort.ts';
import { ORT_VERSION } from './pinned.ts';

const PACKAGE = 'onnxruntime-node';

export interface NativeSearch {
  /** Directories in and above which node_modules is looked for. */
  readonly moduleRoots: readonly string[];
  /** The runner's tool cache; undefined if there is none. */
  readonly toolCacheDir: string | undefined;
  /** Node's name for the processor, such as x64. */
  readonly arch: string;
}

export interface NativeFindings {
  /** Package directories with exactly the pinned version, best first. */
  readonly pinned: readonly string[];
  /** One line for each other version that was seen. */
  readonly others: readonly string[];
}

/** The package in the tool cache: <cache>/onnxruntime-node/<version>/<arch>/node_modules/onnxruntime-node. */
export function toolCachePackage(toolCacheDir: string, arch: string): string {
  return join(toolCacheDir, PACKAGE, ORT_VERSION, arch, 'node_modules', PACKAGE);
}

/** Looks in the node_modules of each root and above it, then in the tool cache. */
export function findNative(search: NativeSearch): NativeFindings {
  const places = search.moduleRoots
    .flatMap(ancestors)
    .map((directory) => join(directory, 'node_modules', PACKAGE));
  if (search.toolCacheDir !== undefined) places.push(toolCachePackage(search.toolCacheDir, search.arch));
  const seen = [...new Set(places)]
    .map((place) => ({ place, version: versionOf(place) }))
    .filter(({ version }) => version !== undefined);
  return {
    pinned: seen.filter(({ version }) => version === ORT_VERSION).map(({ place }) => place),
    others: seen
      .filter(({ version }) => version !== ORT_VERSION)
      .map(({ place, version }) => `${place} is version ${version}, not ${ORT_VERSION}`),
  };
}

/** @throws what Node throws if the binding does not load: another libc, another processor, missing files. */
export function loadNative(packageDir: string): LoadedRuntime {
  // A require that is made from a path known only at run time stays out of a bundle.
  const load = createRequire(join(packageDir, 'package.json'));
  const ort = load(packageDir) as OrtModule;
  ort.env.logLevel = 'fatal';
  return { ort, exclusively: createQueue() };
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

function versionOf(packageDir: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : undefined;
  } catch {
    return undefined;
  }
}
