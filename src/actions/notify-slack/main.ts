import { outside } from '../../core/redaction/outside.ts';
import { action } from '../../runner/action.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { clock, signal, log, redactor } = ports;
    await run(inputs, {
      ...ports,
      bot: async (token, channel) => {
        const { createBot } = await import('../../adapters/slack/bot.ts');
        const options = { token, channel, apiUrl: tools.settings.slackApiUrl, clock, signal, log };
        return outside(createBot(options), redactor);
      },
      webhook: async (url) => {
        const { createWebhook } = await import('../../adapters/slack/webhook.ts');
        return outside(createWebhook({ url, clock, signal, log }), redactor);
      },
    });
  },
});
