/** What a run notes before it changes anything, so its post step can say what goes on without it. */
import { isObject } from '../../core/json-object.ts';
import { groupOf } from '../../platforms/groups.ts';
import { findPlatform, type PlatformName } from '../../platforms/table.ts';
import type { Command, Inputs } from './inputs.ts';

export interface LeftBehind {
  readonly command: Command;
  readonly target: PlatformName;
  readonly endpoint: string;
  readonly region: string | null;
  /** The values of the platform's own group, which say where to look. */
  readonly group: Readonly<Record<string, unknown>>;
  /** The version that was to serve; null if the command plans none. */
  readonly version: string | null;
  readonly candidate: string | null;
}

export interface RememberPorts {
  readonly remember: {
    /** From here on something in the account may change. */
    readonly began: (left: LeftBehind) => void;
    /** It ended, and its outcome has been reported. */
    readonly ended: () => void;
  };
}

export function leftBehind(
  inputs: Inputs,
  plan: { readonly version: string; readonly candidate: string | null } | null,
): LeftBehind {
  const { command, target, endpointName: endpoint, awsRegion: region } = inputs;
  const { version = null, candidate = null } = plan ?? {};
  return { command, target, endpoint, region, group: groupOf(inputs, target), version, candidate };
}

/** @returns null for a text that `leftBehind` did not write */
export function parseLeftBehind(text: string): LeftBehind | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || typeof value.endpoint !== 'string') return null;
    if (typeof value.target !== 'string' || !isObject(value.group)) return null;
    return findPlatform(value.target) === null ? null : (value as unknown as LeftBehind);
  } catch {
    return null;
  }
}
