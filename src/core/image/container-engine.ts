/** The port to whatever builds and pushes images on this machine: docker, podman, buildah. */

export interface BuildRequest {
  /** Absolute path of the build context. */
  readonly context: string;
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  /** Absolute path of the ignore file that decides what is in the context; null where there is none. */
  readonly ignoreFile: string | null;
  /** What the image is called when it is built: `registry/repository:tag`. */
  readonly reference: string;
  readonly platform: string;
  readonly network: 'default' | 'host' | 'none';
  readonly args: ReadonlyMap<string, string>;
  /** id -> value. Must reach the build without ever standing in an argument, a file that stays, or a layer. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** Docker media types and one manifest without attestations, as SageMaker and Lambda need. */
  readonly singleDockerManifest: boolean;
}

export interface ContainerEngine {
  /** Such as `docker 28.2.2 with buildx 0.24.0`. */
  readonly name: string;
  /**
   * Leaves the image in the engine's own store.
   * @throws UserError where this engine cannot do what is asked; UpstreamError where the build failed.
   */
  build(request: BuildRequest): Promise<void>;
  /** @throws UserError where the registry wants a login; UpstreamError where it refused or cannot be reached. */
  push(reference: string): Promise<void>;
}

/** @throws UserError where no engine is there, or none answers. */
export type FindEngine = () => Promise<ContainerEngine>;
