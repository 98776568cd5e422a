/**
 * A rule of EventBridge that sends GET /ping regularly to the alias that serves. The server in the image answers it
 * only when its model is loaded, so the model is warm too.
 */
import type { EventBridge, Rule, Target } from '@aws-sdk/client-eventbridge';
import { isMissing } from '../../../clouds/aws/errors.ts';
import { awsTags } from '../../../clouds/aws/tags.ts';
import type { CallOptions } from '../../../clouds/aws/clients.ts';
import { UpstreamError, UserError } from '../../../core/errors.ts';
import { eventOf } from '../event.ts';
import { ruleName } from '../names.ts';
import { TAG } from '../options.ts';
import { ownTags } from '../../../deployment/kept/tags.ts';
import { isOurs, tagFunction, tagsIn, untagFunction, type Beside, type Due } from './due.ts';
import { forbid, permit } from './permission.ts';

export const STATEMENT = 'ml-deploy-warm-up';
const TARGET_ID = 'live';

/** The next call that makes the rule with that schedule; null if it is there. */
export async function nextOfWarmUp(schedule: string | undefined, beside: Beside): Promise<Due | null> {
  const isMarked = tagsIn(beside)[TAG.warmUp] !== undefined;
  if (schedule === undefined) return removalOfWarmUp(beside);
  if (!isMarked) return tagFunction({ [TAG.warmUp]: 'on' }, beside);
  const rule = await ownRule(beside);
  if (rule?.ScheduleExpression !== schedule || rule.State !== 'ENABLED')
    return putRule(schedule, rule === null, beside);
  const grant = {
    StatementId: STATEMENT,
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: rule.Arn ?? '',
  };
  return (await permit(grant, beside)) ?? (await nextTarget(beside));
}

/** The next call that removes the rule; null if there is none. */
export async function removalOfWarmUp(beside: Beside): Promise<Due | null> {
  if (tagsIn(beside)[TAG.warmUp] === undefined) return null;
  const Name = ruleName(beside.endpoint);
  if ((await ownRule(beside)) !== null) {
    const targets = await targetsOf(beside);
    if (targets.some(({ Id }) => Id === TARGET_ID))
      return due('events:RemoveTargets', beside, (events, http) =>
        events.removeTargets({ Rule: Name, Ids: [TARGET_ID] }, http),
      );
    // A rule with another target belongs to whoever changed it.
    if (targets.length === 0)
      return due('events:DeleteRule', beside, (events, http) => events.deleteRule({ Name }, http));
  }
  return (await forbid(STATEMENT, beside)) ?? untagFunction([TAG.warmUp], beside);
}

/**
 * null if there is none
 * @throws UserError for a rule of that name that is not ours
 */
async function ownRule(beside: Beside): Promise<Rule | null> {
  const Name = ruleName(beside.endpoint);
  const rule = await ask('events:DescribeRule', beside, (events, http) =>
    events.describeRule({ Name }, http),
  );
  if (rule === null) return null;
  const answer = await ask('events:ListTagsForResource', beside, (events, http) =>
    events.listTagsForResource({ ResourceARN: rule.Arn }, http),
  );
  const tags = Object.fromEntries((answer?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  if (isOurs(tags, beside)) return rule;
  const message = `the rule ${Name} is there, and was not made by ml-deploy for ${beside.endpoint}.`;
  throw UserError.of([
    { where: 'lambda: warm-up', message, fix: 'Remove or rename it, or use warm-up: off.' },
  ]);
}

async function targetsOf(beside: Beside): Promise<readonly Target[]> {
  const answer = await ask('events:ListTargetsByRule', beside, (events, http) =>
    events.listTargetsByRule({ Rule: ruleName(beside.endpoint) }, http),
  );
  return answer?.Targets ?? [];
}

function putRule(schedule: string, isNew: boolean, beside: Beside): Due {
  const { endpoint } = beside;
  return due('events:PutRule', beside, (events, http) =>
    events.putRule(
      {
        Name: ruleName(endpoint),
        ScheduleExpression: schedule,
        State: 'ENABLED',
        Description: `Made by ml-deploy: GET /ping to the function ${endpoint}.`,
        // AWS ignores tags that are sent for an existing rule.
        ...(isNew ? { Tags: awsTags(Object.entries(ownTags(beside.endpoint, beside.options))) } : {}),
      },
      http,
    ),
  );
}

async function nextTarget(beside: Beside): Promise<Due | null> {
  const { AliasArn } = beside.live;
  const Input = eventOf({ method: 'GET', path: '/ping' });
  const found = (await targetsOf(beside)).find(({ Id }) => Id === TARGET_ID);
  if (found?.Arn === AliasArn && found?.Input === Input) return null;
  return due('events:PutTargets', beside, async (events, http) => {
    const { FailedEntryCount = 0, FailedEntries = [] } = await events.putTargets(
      {
        Rule: ruleName(beside.endpoint),
        // A failed call is not repeated: the next one is due soon.
        Targets: [{ Id: TARGET_ID, Arn: AliasArn, Input, RetryPolicy: { MaximumRetryAttempts: 0 } }],
      },
      http,
    );
    if (FailedEntryCount === 0) return;
    const why = FailedEntries.map(({ ErrorMessage = '' }) => ErrorMessage).join(' ');
    throw new UpstreamError('EventBridge', `EventBridge did not take ${beside.endpoint} as a target: ${why}`);
  });
}

function due(
  operation: string,
  { options: { clients } }: Beside,
  make: (events: EventBridge, http: CallOptions) => Promise<unknown>,
): Due {
  return { operation, make: async (http) => make(await clients.events(), http) };
}

/** null for what is not there */
async function ask<T>(
  operation: string,
  { endpoint, options: { clients } }: Beside,
  make: (events: EventBridge, http: CallOptions) => Promise<T>,
): Promise<T | null> {
  const events = await clients.events();
  try {
    return await clients.call({ operation, on: ruleName(endpoint) }, (http) => make(events, http));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
