/** Why a deployment failed: Azure's reason, and what its containers logged, read before it is removed. */
import { logsOf, textOf, type Logs } from './log-tail.ts';
import type { AzureMlTargetOptions } from './options.ts';

const LINES = 40;

export class Why {
  /** As one line; '' if nothing failed. */
  said = '';
  /** null if nothing failed, or the logs cannot be read. */
  logs: Logs | null = null;
  readonly #endpoint: string;
  readonly #options: AzureMlTargetOptions;

  constructor(endpoint: string, options: AzureMlTargetOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  async read(deployment: string, said: string): Promise<void> {
    this.said = said;
    this.logs = await logsOf(this.#endpoint, deployment, LINES, this.#options);
    // https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints#get-container-logs
    if (this.logs !== null && textOf(this.logs) === '')
      this.said = `${said} Neither container has logged anything: none has started.`;
  }
}
