import * as core from '@actions/core';
import type { Report } from '../core/ports.ts';
import type { Environment } from './context.ts';
import type { Redactor } from '../core/redaction/redactor.ts';
import { defuse } from './logger.ts';

/** The runner drops a whole summary above 1 MiB; some room is left for other steps' words about it. */
const SUMMARY_LIMIT = 1_000_000;
const CUT = '\n\n_The rest of this summary was cut: it would have been longer than GitHub allows._\n';

export interface StepReport extends Report {
  /** Sets the declared outputs that nobody has set to ''; once, at the end of the step. */
  completeOutputs(declared: readonly string[]): void;
  /** Writes the collected summary; once, at the end of the step. */
  writeSummary(): Promise<void>;
}

/** Both the outputs and the summary are without the secrets that the redactor knows by then. */
export function createReport(env: Environment, redactor: Redactor): StepReport {
  const blocks: string[] = [];
  const outputs = new Map<string, string>();
  return {
    output: (name, value) => {
      const text = redactor.text(String(value));
      // An output that is not set reads as '' too, and each value would be in the file once more.
      if (text === (outputs.get(name) ?? '')) return;
      outputs.set(name, text);
      setOutput(env, name, text);
    },
    summary: (markdown) => void blocks.push(markdown),
    completeOutputs: (declared) => {
      for (const name of declared) if (!outputs.has(name)) setOutput(env, name, '');
    },
    writeSummary: async () => {
      if (blocks.length === 0 || !env.GITHUB_STEP_SUMMARY) return;
      await core.summary.addRaw(cut(redactor.text(`${blocks.join('\n\n')}\n`))).write();
    },
  };
}

/** Shows outputs if there is no file for them, as when an action is started by hand. */
function setOutput(env: Environment, name: string, value: string): void {
  if (env.GITHUB_OUTPUT) core.setOutput(name, value);
  else if (value !== '') core.info(defuse(`${name}=${value}`));
}

function cut(markdown: string): string {
  if (Buffer.byteLength(markdown) <= SUMMARY_LIMIT) return markdown;
  const head = Buffer.from(markdown)
    .subarray(0, SUMMARY_LIMIT - CUT.length)
    .toString('utf8');
  return head.slice(0, head.lastIndexOf('\n')) + CUT;
}
