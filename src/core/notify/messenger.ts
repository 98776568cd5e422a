/** The port to wherever a notification goes. */
import type { SlackMessage } from './blocks.ts';

/** What is known of a message that was taken; '' if that way of sending does not tell. */
export interface Delivered {
  readonly ts: string;
  readonly channel: string;
  readonly permalink: string;
}

export interface Messenger {
  /** @throws UserError if the configuration is at fault; UpstreamError; CancelledError */
  post(message: SlackMessage): Promise<Delivered>;
  /** Replaces a message that was posted before; null if this way of sending cannot. */
  readonly edit: ((ts: string, message: SlackMessage) => Promise<Delivered>) | null;
  /** Writes below a message that was posted; null if this way of sending cannot. */
  readonly reply: ((ts: string, message: SlackMessage) => Promise<void>) | null;
}
