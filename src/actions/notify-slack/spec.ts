import { commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { choice, list, map, secret, text } from '../../core/spec/input.ts';

export const spec = defineAction({
  name: 'notify-slack',
  title: 'ml-deploy: notify Slack',
  description: 'Tells Slack, in one message per release, what was deployed, how it went and what failed.',
  branding: { icon: 'message-square', color: 'purple' },
  post: false,
  inputs: {
    status: choice(['success', 'failure', 'cancelled', 'skipped', 'in-progress'], {
      description: 'How it went, such as `${{ job.status }}`.',
    }),
    needs: text({
      description: 'Instead of status: `${{ toJSON(needs) }}`, the results of all jobs before this one.',
    }),
    steps: text({
      description:
        '`${{ toJSON(steps) }}`: the steps of this job so far that have an id. They are listed, and what our actions put out (digests, endpoint, parity, latency, approvers) is shown.',
    }),
    'report-path': text({
      description: 'The JSON report of smoke-test: its failed checks stand in the thread.',
    }),
    details: text({ description: 'Text for the thread, such as an error, kept as it is.' }),
    'webhook-url': secret({
      description: 'An incoming webhook. It can post, but not edit, so that `in-progress` is not sent.',
    }),
    token: secret({ description: 'A bot token (`xoxb-…`) with chat:write; with channel.' }),
    channel: text({ description: 'The channel for token: an ID such as `C0123456789`, or a name.' }),
    'message-ts': text({
      description: 'The `ts` of a message of an earlier call, to edit it instead of posting another.',
    }),
    title: text({
      description: 'The headline. Default: names the endpoint, the environment and what happened.',
    }),
    fields: map({ description: 'What to show, one `name=value` a line.' }),
    'mention-on-failure': list({
      description:
        'Users or groups to mention where it failed, and only then: Slack IDs such as `U0123456789`, `S0123456789`, or GitHub names in user-map.',
    }),
    'user-map': map({
      description:
        'GitHub login to Slack user ID, one `login=U0123456789` a line: these people are shown under their Slack names.',
    }),
    'on-error': choice(['fail', 'warn'], {
      description: 'What to do where Slack cannot be reached or refuses.',
      default: 'warn',
    }),
    ...commonInputs,
  },
  outputs: {
    delivered: '`true` where Slack took the message.',
    ts: 'The message’s `ts`, for message-ts of a later call; empty with a webhook.',
    channel: 'The ID of the channel it went to; empty with a webhook.',
    permalink: 'A link to the message; empty with a webhook.',
  },
});
