/** What serves one version: a model in this process, or a container. */
export interface Backend {
  readonly version: string;
  /** Any status is an answer. @throws if the model fails. */
  respond(request: BackendRequest): Promise<BackendAnswer>;
  /** Why it no longer serves; null as long as it does. */
  trouble(): Promise<string | null>;
  /** The last lines that it printed by itself; '' if it prints into the server's log. */
  logs(lines: number): Promise<string>;
  /** No further request will come; those that run are answered. */
  retire(): Promise<void>;
}

export interface BackendRequest {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly accept: string | null;
}

export interface BackendAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}
