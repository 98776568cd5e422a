/** The port to whatever runs containers on this machine: docker or podman. */

export interface ContainerSpec {
  readonly name: string;
  /** With its digest. It has to be on this machine (`fetch`). */
  readonly image: string;
  /** Arguments for the image's entry point. */
  readonly args: readonly string[];
  /** Values are in no argument. */
  readonly environment: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** A folder of this machine, mounted read-only. */
  readonly mount: { readonly source: string; readonly target: string };
  /** Where it listens, unless the variable `portVariable` gives another port. */
  readonly port: number;
  readonly portVariable: string;
}

export interface RunningContainer {
  readonly name: string;
  /** On 127.0.0.1 of this machine. */
  readonly port: number;
  /** null while it runs. */
  exitCode(): Promise<number | null>;
  /** The last lines that it printed, on either stream. */
  logs(lines: number): Promise<string>;
  /** Ends and removes it; one that is gone already is fine. */
  remove(): Promise<void>;
}

export interface ContainerRunner {
  /** Such as `docker 28.2.2`. */
  readonly name: string;
  /**
   * Brings an image to this machine, unless it is there.
   * @throws UserError if it is not in the registry or the registry wants a login; UpstreamError for the rest.
   */
  fetch(image: string): Promise<void>;
  /** @throws UpstreamError if the engine does not start it; nothing stays behind then. */
  run(spec: ContainerSpec): Promise<RunningContainer>;
  /** Removes every container that carries all these labels. Gives their names. */
  removeAll(labels: ReadonlyMap<string, string>): Promise<readonly string[]>;
}

/** @throws UserError if no engine is there, or none answers. */
export type FindRunner = () => Promise<ContainerRunner>;
