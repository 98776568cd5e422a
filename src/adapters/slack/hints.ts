/** Slack's error words as sentences. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
import { UpstreamError, UserError } from '../../core/errors.ts';

const TOKEN = 'Set token to a valid bot token (xoxb-…) of an app that is installed in this workspace.';
const CHANNEL = 'Check channel; a private channel is only found once the app has been invited to it.';
const WEBHOOK = 'Make a new incoming webhook, and set webhook-url to it.';

/** What is wrong with the configuration, and what to do. */
const FIXES: Readonly<Record<string, string>> = {
  not_in_channel: 'Invite the app to the channel (/invite @app).',
  channel_not_found: CHANNEL,
  channel_is_archived: 'Unarchive the channel, or choose another one.',
  is_archived: 'Unarchive the channel, or choose another one.',
  invalid_auth: TOKEN,
  not_authed: TOKEN,
  account_inactive: TOKEN,
  token_revoked: TOKEN,
  token_expired: TOKEN,
  not_allowed_token_type: TOKEN,
  missing_scope: 'Give the app the missing scope, and install it again.',
  restricted_action:
    'A workspace setting keeps the app from posting there; choose another channel or ask an administrator.',
  action_prohibited:
    'A workspace setting keeps the app from posting there; choose another channel or ask an administrator.',
  posting_to_general_channel_denied:
    'A workspace setting keeps the app from posting there; choose another channel.',
  message_not_found: 'Check message-ts, and that channel is the channel of that message.',
  cant_update_message:
    'Only the app that posted a message can edit it: use the same token as for the first call.',
  edit_window_closed: 'The workspace does not allow edits of messages of that age: remove message-ts.',
  no_service: WEBHOOK,
  no_service_id: WEBHOOK,
  invalid_token: WEBHOOK,
  no_team: WEBHOOK,
  team_disabled: WEBHOOK,
};

/** The error for a word of Slack's; a UserError if the user can mend it. */
export function slackError(tried: string, word: string, options: { detail?: string; cause: unknown }): Error {
  const fix = FIXES[word];
  const extra = options.detail ? ` (${options.detail})` : '';
  const message = `Slack refused to ${tried}: ${word}${extra}.`;
  if (fix === undefined) return new UpstreamError('Slack', message, { cause: options.cause, page: 'slack' });
  return new UserError(`${message} ${fix}`, { cause: options.cause, page: 'slack' });
}
