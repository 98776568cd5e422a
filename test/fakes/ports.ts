import { tmpdir } from 'node:os';
import type { Logger, Ports, RunContext } from '../../src/core/ports.ts';
import { Redactor } from '../../src/core/redaction/redactor.ts';
import { FakeClock } from './clock.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'notice' | 'warning' | 'group';
  readonly message: string;
}

export class MemoryLogger implements Logger {
  readonly lines: LogLine[] = [];
  debug = (message: string) => this.#add('debug', message);
  info = (message: string) => this.#add('info', message);
  notice = (message: string) => this.#add('notice', message);
  warning = (message: string) => this.#add('warning', message);
  group = <T>(title: string, body: () => Promise<T>) => {
    this.#add('group', title);
    return body();
  };

  get text(): string {
    return this.lines.map((line) => line.message).join('\n');
  }

  #add(level: LogLine['level'], message: string): void {
    this.lines.push({ level, message });
  }
}

export interface FakePorts<Name extends string = string> extends Ports<Name> {
  readonly log: MemoryLogger;
  readonly clock: FakeClock;
  /** What was set, as the texts that a runner would see. */
  readonly outputs: Partial<Record<Name, string>>;
  readonly summaries: string[];
  readonly cancel: () => void;
}

/** Everything a run.ts wants, in memory. */
export function fakePorts<Name extends string = string>(context: Partial<RunContext> = {}): FakePorts<Name> {
  const outputs: Partial<Record<Name, string>> = {};
  const summaries: string[] = [];
  const controller = new AbortController();
  return {
    log: new MemoryLogger(),
    clock: new FakeClock(),
    signal: controller.signal,
    cancel: () => controller.abort(),
    outputs,
    summaries,
    report: {
      output: (name, value) => {
        outputs[name] = String(value);
      },
      summary: (markdown) => void summaries.push(markdown),
    },
    context: { ...fakeContext, ...context },
    redactor: new Redactor(),
  };
}

export const fakeContext: RunContext = {
  repository: 'acme/churn',
  commit: 'c0ffee0000000000000000000000000000000000',
  ref: 'refs/heads/main',
  runId: '1001',
  runAttempt: '1',
  runUrl: 'https://github.com/acme/churn/actions/runs/1001',
  workflow: 'deploy',
  job: 'release',
  actor: 'olga',
  triggeringActor: 'olga',
  eventName: 'push',
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  workspace: tmpdir(),
  temp: tmpdir(),
};
