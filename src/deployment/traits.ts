/** What differs between platforms as far as deciding goes. Each trait has a reader in this folder. */
export interface Traits {
  /**
   * How a change of the endpoint is kept from overtaking another one:
   * - `etag`: the platform compares and swaps
   * - `serial`: one command at a time
   * - `compare-then-write`: the driver compares immediately before it writes; a call's window remains
   */
  readonly swap: 'etag' | 'serial' | 'compare-then-write';
  /** Who moves requests from one version to the other: the platform in its own way, or we, share by share. */
  readonly shifts: 'platform' | 'us';
  /** Whether a move in progress can be undone by setting off its guard. */
  readonly abort: 'guard' | 'none';
  /** An endpoint that is `broken` is removed and made again, or left for somebody to look at. */
  readonly broken: 'replace' | 'keep';
  /** A move notes by itself that its version has served: no step does. */
  readonly notesMoves?: boolean;
  /** What the steps of scaling set, in words; `autoscaling` if absent. */
  readonly scaling?: string;
  /** For so long a change may not be seen by a look at the worst, in milliseconds. */
  readonly lagMs: number;
  /** For so long it mostly is not: who looks for what is left over waits no longer, and the next run finds the rest. */
  readonly usualLagMs: number;
  /** For so long nobody makes a version and does not use it, in milliseconds. */
  readonly unusedMs: number;
}
