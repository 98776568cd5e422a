/** Questions to MLflow's REST API. https://mlflow.org/docs/latest/api_reference/rest-api.html */
import { bodyOf, sendTo, type CloudCall, type Dialect, type SendOptions } from '../../clouds/send.ts';
import { messageOf, UpstreamError } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/json-object.ts';
import { LOOPBACK } from '../../core/mlflow/access.ts';
import type { MlflowAccess } from '../../core/mlflow/registry.ts';

/** What is said of a model; its files are streamed, and are no answers of this kind. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

interface MlflowCall extends CloudCall {
  /** Of the server, for messages. */
  readonly host: string;
  /** What is asked for, such as `the model models:/churn/3`. */
  readonly about: string;
}

export type MlflowOptions = SendOptions;

const DIALECT: Dialect<MlflowCall> = {
  refusal: ({ host, about }, { status }, body) => {
    const refusesCaller = status === 401 || status === 403;
    const code = codeOf(body);
    const options = { refusesCaller, mayPass: status >= 500 || status === 429 };
    if (refusesCaller) {
      const fix = 'Check MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.';
      return new UpstreamError(
        'MLflow',
        `MLflow at ${host} does not give us ${about} (status ${status}). ${fix}`,
        options,
      );
    }
    if (isMissing(status, code, body))
      return new UpstreamError('MLflow', `MLflow at ${host} has no ${about.replace(/^the /, '')}.`, options);
    const said = code === null ? '' : `, ${code}`;
    const message = `MLflow at ${host} could not give us ${about} (status ${status}${said}).`;
    return new UpstreamError('MLflow', message, { ...options, detail: body.slice(0, 2000) });
  },
  silence: ({ host }, reason, cause) =>
    new UpstreamError('MLflow', `MLflow at ${host} did not answer: ${reason}. Check mlflow-tracking-uri.`, {
      cause,
      mayPass: true,
    }),
};

/** An alias that there is not is an invalid value to MLflow. */
function isMissing(status: number, code: string | null, body: string): boolean {
  if (status === 404 || code === 'RESOURCE_DOES_NOT_EXIST') return true;
  return code === 'INVALID_PARAMETER_VALUE' && /\bnot found\b/i.test(body);
}

function codeOf(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) && typeof answer.error_code === 'string' ? answer.error_code : null;
  } catch {
    return null;
  }
}

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

  /** @param path below the server's address. @throws UpstreamError, also for an answer that is no JSON object */
  async ask(path: string, query: Readonly<Record<string, string>>, about: string): Promise<JsonObject> {
    const response = await this.#send(path, query, about, 60_000);
    const said = `MLflow at ${this.host} did not answer as MLflow does, about ${about}`;
    try {
      const answer: unknown = JSON.parse((await whole(response)).toString('utf8'));
      if (isObject(answer)) return answer;
    } catch (cause) {
      throw new UpstreamError('MLflow', `${said}: ${messageOf(cause)}.`, { cause });
    }
    throw new UpstreamError('MLflow', `${said}.`);
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
    const { trackingUri, authorization } = this.#access;
    const asked = new URLSearchParams(query).toString();
    const call: MlflowCall = {
      method: 'GET',
      url: `${trackingUri}${path}${asked === '' ? '' : `?${asked}`}`,
      headers: () => Promise.resolve(authorization === null ? {} : { authorization }),
      timeoutMs,
      host: this.host,
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
