/** Questions to MLflow's REST API. https://mlflow.org/docs/latest/api_reference/rest-api.html */
import { bodyOf, sendTo, type SendOptions } from '../../clouds/send.ts';
import { messageOf, UpstreamError } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/json-object.ts';
import { LOOPBACK } from '../../core/mlflow/access.ts';
import type { MlflowAccess } from '../../core/mlflow/registry.ts';
import { DIALECT, type MlflowCall } from './refusals.ts';

/** What is said of a model; its files are streamed, and are no answers of this kind. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

export type MlflowOptions = SendOptions;

export class MlflowApi {
  readonly host: string;
  readonly isOnThisMachine: boolean;
  readonly #access: MlflowAccess;
  readonly #options: MlflowOptions;

  constructor(access: MlflowAccess, options: MlflowOptions) {
    this.#access = access;
    this.#options = options;
    const { host, hostname } = new URL(access.trackingUri);
    this.host = host;
    this.isOnThisMachine = LOOPBACK.test(hostname);
  }

  /** Whether the authority of a URL, such as `mlflow.acme.com:5000`, is this server's; none is. */
  isAt(authority: string): boolean {
    const own = new URL(this.#access.trackingUri);
    const other = `${own.protocol}//${authority}`;
    return authority === '' || (URL.canParse(other) && new URL(other).host === own.host);
  }

  /** @param path below the server's address. @throws UpstreamError, also for an answer that is no JSON object */
  async ask(path: string, query: Readonly<Record<string, string>>, about: string): Promise<JsonObject> {
    const response = await this.#send(path, query, about, 60_000);
    const said = `MLflow at ${this.host} did not answer as MLflow does, about ${about}`;
    try {
      const answer: unknown = JSON.parse((await whole(response)).toString('utf8'));
      if (isObject(answer)) return answer;
    } catch (cause) {
      throw new UpstreamError('MLflow', `${said}: ${messageOf(cause)}.`, { cause, page: 'mlflow' });
    }
    throw new UpstreamError('MLflow', `${said}.`, { page: 'mlflow' });
  }

  /** A file, not read yet. */
  async open(path: string, about: string): Promise<Response> {
    return this.#send(path, {}, about, null);
  }

  #send(
    path: string,
    query: Readonly<Record<string, string>>,
    about: string,
    timeoutMs: number | null,
  ): Promise<Response> {
    const { trackingUri, signIn } = this.#access;
    const asked = new URLSearchParams(query).toString();
    const call: MlflowCall = {
      method: 'GET',
      url: `${trackingUri}${path}${asked === '' ? '' : `?${asked}`}`,
      headers: () => Promise.resolve(signIn === null ? {} : { authorization: signIn.authorization }),
      timeoutMs,
      host: this.host,
      signIn,
      about,
    };
    return sendTo(DIALECT, call, this.#options);
  }
}

async function whole(response: Response): Promise<Buffer> {
  const body = await bodyOf(response, MOST_ANSWER_BYTES);
  if (body === null) throw new Error(`it sends more than ${MOST_ANSWER_BYTES} bytes`);
  return body;
}
