import * as core from '@actions/core';
import { oneMeaning } from '../core/control-characters.ts';
import type { Logger } from '../core/ports.ts';
import type { Redactor } from '../core/redaction/redactor.ts';

/**
 * Takes the power of a workflow command from a text that we only quote: the runner acts on any line that starts with
 * `::`, and on `##[` anywhere. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function defuse(message: string): string {
  return oneMeaning(message)
    .replace(/^(\s*):(?=:)/gm, '$1:\u200b')
    .replace(/##\[/g, '#\u200b#[');
}

/** What is logged is without the run's secrets, each line is a line, and none is a command. */
export function createLogger(redactor: Redactor): Logger {
  const plain = (message: string) => oneMeaning(redactor.text(message));
  return {
    debug: (message) => core.debug(plain(message)),
    info: (message) => core.info(defuse(redactor.text(message))),
    notice: (message) => core.notice(plain(message)),
    warning: (message) => core.warning(plain(message)),
    group: async (title, body) => {
      core.startGroup(defuse(redactor.text(title)).replace(/\n/g, ' '));
      try {
        return await body();
      } finally {
        core.endGroup();
      }
    },
  };
}
