/**
 * Values of the container's environment, taken out of everything that is said: an API quotes what it refuses, and a
 * container may print what it was given.
 */
import { OutcomeError, pageOf, UpstreamError, UserError } from '../../core/errors.ts';
import type { Logger, Ports } from '../../core/ports.ts';

/** Shorter ones (`true`, a port) are no secrets, and would tear holes into every sentence. */
const SHORTEST = 6;
const REDACTED = '***';

export class Redactor {
  #secrets: readonly string[] = [];

  add(environment: ReadonlyMap<string, string> | null): void {
    const values = [...(environment ?? [])]
      // Those say where a serving container finds its code: https://github.com/aws/sagemaker-inference-toolkit
      .filter(([name, value]) => !name.startsWith('SAGEMAKER_') && value.length >= SHORTEST)
      .map(([, value]) => value);
    // Of two that begin alike, the longer one first.
    this.#secrets = [...new Set([...this.#secrets, ...values])].toSorted((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  }

  /** The same error where it quotes none of the values; else one of its kind, without what caused it. */
  error(error: unknown): unknown {
    if (!(error instanceof Error) || !this.#isQuotedBy(error)) return error;
    const message = this.text(error.message);
    const page = pageOf(error) ?? undefined;
    if (error instanceof UpstreamError) {
      const detail = error.detail === undefined ? {} : { detail: this.text(error.detail) };
      return new UpstreamError(error.system, message, { ...detail, page });
    }
    if (error instanceof UserError) return new UserError(message, { page });
    return error instanceof OutcomeError ? new OutcomeError(message, { page }) : new Error(message);
  }

  #isQuotedBy(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    const detail = error instanceof UpstreamError ? (error.detail ?? '') : '';
    const said = [error.message, detail, error.stack ?? ''].join('\n');
    return this.text(said) !== said || this.#isQuotedBy(error.cause);
  }
}

/** Ports whose log, summary and outputs say none of the values. */
export function redactedPorts<Name extends string>(ports: Ports<Name>, redactor: Redactor): Ports<Name> {
  const { log, report } = ports;
  const clean = (text: string) => redactor.text(text);
  const logger: Logger = {
    debug: (message) => log.debug(clean(message)),
    info: (message) => log.info(clean(message)),
    notice: (message) => log.notice(clean(message)),
    warning: (message) => log.warning(clean(message)),
    group: (title, body) => log.group(clean(title), body),
  };
  return {
    ...ports,
    log: logger,
    report: {
      output: (name, value) => report.output(name, typeof value === 'string' ? clean(value) : value),
      summary: (markdown) => report.summary(clean(markdown)),
    },
  };
}
