import { action } from '../../runner/action.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { clock, signal, log } = ports;
    await run(inputs, {
      ...ports,
      bot: async (token, channel) => {
        const { createBot } = await import('../../adapters/slack/bot.ts');
        return createBot({ token, channel, apiUrl: tools.settings.slackApiUrl, clock, signal, log });
      },
      webhook: async (url) => {
        const { createWebhook } = await import('../../adapters/slack/webhook.ts');
        return createWebhook({ url, clock, signal, log });
      },
    });
  },
});
