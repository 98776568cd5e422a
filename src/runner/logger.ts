import * as core from '@actions/core';
import type { Logger } from '../core/ports.ts';

/**
 * Takes the power of a workflow command from a text that we only quote: the runner acts on any line that starts with
 * `::`, and on `##[` anywhere. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function defuse(message: string): string {
  return message.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replace(/##\[/g, '#\u200b#[');
}

export const actionsLogger: Logger = {
  debug: (message) => core.debug(message),
  info: (message) => core.info(defuse(message)),
  notice: (message) => core.notice(message),
  warning: (message) => core.warning(message),
  group: async (title, body) => {
    core.startGroup(defuse(title).replace(/\n/g, ' '));
    try {
      return await body();
    } finally {
      core.endGroup();
    }
  },
};
