/** The port to whatever builds and pushes images on this machine: docker, podman, buildah. */
import type { Login } from './ecr.ts';

/** Where layers of earlier builds are kept. */
export type LayerCache =
  /** In a registry, under this reference. */
  | { readonly kind: 'registry'; readonly reference: string }
  /** In the cache of GitHub Actions, under this scope. */
  | { readonly kind: 'gha'; readonly scope: string };

export interface BuildRequest {
  /** Absolute path of the build context. */
  readonly context: string;
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  /** Absolute path of the ignore file that decides what is in the context; null if there is none. */
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
  readonly cache: LayerCache | null;
  /**
   * Absolute path of the folder that `COPY --from=model` reads; null if there is no model. It is a context of its own,
   * so that neither the ignore file nor the names in the main one matter.
   */
  readonly model: string | null;
}

export interface ContainerEngine {
  /** Such as `docker 28.2.2 with buildx 0.24.0`. */
  readonly name: string;
  /** The folder of this machine that images are kept in; null if it is elsewhere or not known. */
  readonly storage: string | null;
  /**
   * Whether this engine can do what is asked, as far as can be known before.
   * @throws UserError with every problem.
   */
  check(request: BuildRequest): void;
  /** The password goes by standard input. @throws UserError if it is refused; UpstreamError for the rest. */
  login(registry: string, login: Login): Promise<void>;
  /** Forgets that login; one that is not there is fine. */
  logout(registry: string): Promise<void>;
  /**
   * Leaves the image in the engine's own store.
   * @throws UserError if this engine cannot do what is asked; UpstreamError if the build failed.
   */
  build(request: BuildRequest): Promise<void>;
  /** @throws UserError if the registry wants a login; UpstreamError if it refused or cannot be reached. */
  push(reference: string): Promise<void>;
}

/** @throws UserError if no engine is there, or none answers. */
export type FindEngine = () => Promise<ContainerEngine>;
