import { commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { choice, list, map, secret, text } from '../../core/spec/input.ts';

export const spec = defineAction({
  name: 'notify-slack',
  title: 'ml-deploy: notify Slack',
  description: 'Tells Slack, in one message per release, what was deployed, how it went and what failed.',
  branding: { icon: 'message-square', color: 'purple' },
  post: false,
  toleratesConfig: 'any',
  inputs: {
    status: choice(['success', 'failure', 'cancelled', 'skipped', 'in-progress'], {
      description: 'How it went, such as `${{ job.status }}`.',
    }),
    needs: text({
      description:
        '`${{ toJSON(needs) }}`: the results of all jobs before this one. If status is given too, it is the status of this job, and the worst result counts.',
    }),
    steps: text({
      description:
        '`${{ toJSON(steps) }}`: the steps of this job so far that have an id. The message lists them with the outputs of these actions (digests, endpoint, parity, latency, approvers).',
    }),
    'report-path': text({
      description: 'The JSON report of smoke-test. Its failed checks are shown in the thread.',
    }),
    details: text({ description: 'Text for the thread, such as an error, shown unchanged.' }),
    'webhook-url': secret({
      description: 'An incoming webhook. It can post but not edit, so `in-progress` is not sent.',
    }),
    token: secret({ description: 'A bot token (`xoxb-…`) with chat:write. Also set channel.' }),
    channel: text({ description: 'The channel for token: an ID such as `C0123456789`, or a name.' }),
    'message-ts': text({
      description: 'The output `ts` of an earlier call, to edit that message instead of posting another.',
    }),
    title: text({
      description: 'The headline. Default: the endpoint, the environment and what happened.',
    }),
    fields: map({ description: 'More fields to show, one `name=value` per line.' }),
    'mention-on-failure': list({
      description:
        'Users or groups to mention only on failure: Slack IDs such as `U0123456789`, `S0123456789`, or GitHub names in user-map.',
    }),
    'user-map': map({
      description:
        'Slack user IDs of GitHub logins, one `login=U0123456789` per line: these people are shown under their Slack names.',
    }),
    'on-error': choice(['fail', 'warn'], {
      description: 'What to do if Slack cannot be reached or refuses the message.',
      default: 'warn',
    }),
    ...commonInputs,
  },
  outputs: {
    delivered: '`true` if Slack accepted the message.',
    ts: 'The message’s `ts`, for message-ts of a later call; empty with a webhook.',
    channel: 'The ID of the channel it went to; empty with a webhook.',
    permalink: 'A link to the message; empty with a webhook.',
  },
});
