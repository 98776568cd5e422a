/** What a run notes before it changes anything, so that its post step can say what goes on without it. */
import { isObject } from '../../core/json-object.ts';
import { findPlatform, type PlatformName } from '../../platforms/table.ts';
import type { Command, Inputs } from './inputs.ts';

export interface LeftBehind {
  readonly command: Command;
  readonly target: PlatformName;
  readonly endpoint: string;
  readonly region: string | null;
  /** The version that was to serve; null where the command plans none. */
  readonly version: string | null;
  readonly candidate: string | null;
}

export interface RememberPorts {
  readonly remember: {
    /** From here on something in the account may change. */
    readonly began: (left: LeftBehind) => void;
    /** It ended, and its outcome has been told. */
    readonly ended: () => void;
  };
}

export function leftBehind(
  { command, target, endpointName: endpoint, awsRegion: region }: Inputs,
  plan: { readonly version: string; readonly candidate: string | null } | null,
): LeftBehind {
  const { version = null, candidate = null } = plan ?? {};
  return { command, target, endpoint, region, version, candidate };
}

/** @returns null for a text that `leftBehind` did not write */
export function parseLeftBehind(text: string): LeftBehind | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || typeof value.endpoint !== 'string' || typeof value.target !== 'string')
      return null;
    return findPlatform(value.target) === null ? null : (value as unknown as LeftBehind);
  } catch {
    return null;
  }
}
