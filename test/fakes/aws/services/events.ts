/** EventBridge, as far as a rule asks a function from time to time. It fires nothing by itself. */
import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  ListTagsForResourceRequest,
  ListTargetsByRuleRequest,
  PutRuleRequest,
  PutTargetsRequest,
  RemoveTargetsRequest,
  Target,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../errors.ts';
import type { Operation, Service } from '../service.ts';
import type { World } from '../world.ts';

export interface Rule {
  readonly spec: PutRuleRequest;
  readonly targets: Map<string, Target>;
}

export interface EventsState {
  readonly world: World;
  readonly rules: Map<string, Rule>;
}

/** One minute, hour or day is written in the singular. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html */
const SCHEDULE = /^(rate\((1 (minute|hour|day)|(?!1 )[1-9]\d* (minutes|hours|days))\)|cron\(.+\))$/;

export function eventsService(state: EventsState): Service {
  const on =
    (run: (state: EventsState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'events',
    validationCode: 'ValidationException',
    operations: {
      DeleteRule: on(deleteRule),
      DescribeRule: on(describeRule),
      ListTagsForResource: on(listTags),
      ListTargetsByRule: on(listTargets),
      PutRule: on(putRule),
      PutTargets: on(putTargets),
      RemoveTargets: on(removeTargets),
    },
    permissions: (action, { Name, Rule: rule, ResourceARN, Tags }) => {
      const name = [Name, rule].find((value) => typeof value === 'string');
      const resource =
        typeof ResourceARN === 'string' ? ResourceARN : state.world.arn('events', `rule/${String(name)}`);
      const tagged = action === 'PutRule' && Array.isArray(Tags) && Tags.length > 0;
      return [
        { action: `events:${action}`, resource },
        ...(tagged ? [{ action: 'events:TagResource', resource }] : []),
      ];
    },
  };
}

const arnOf = ({ world }: EventsState, name: string) => world.arn('events', `rule/${name}`);

function ruleOf(state: EventsState, name = ''): Rule {
  const found = state.rules.get(name);
  if (found !== undefined) return found;
  throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
}

function putRule(state: EventsState, input: PutRuleRequest): object {
  const { Name = '', ScheduleExpression, EventPattern } = input;
  if (ScheduleExpression === undefined && EventPattern === undefined)
    throw new AwsError('ValidationException', 'A schedule or a pattern is needed.');
  if (ScheduleExpression !== undefined && !SCHEDULE.test(ScheduleExpression))
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  const old = state.rules.get(Name);
  const targets = old?.targets ?? new Map<string, Target>();
  // Of a rule that is there, the tags of the request are ignored.
  const Tags = old === undefined ? input.Tags : old.spec.Tags;
  state.rules.set(Name, { spec: { State: 'ENABLED', ...input, Tags }, targets });
  return { RuleArn: arnOf(state, Name) };
}

function describeRule(state: EventsState, { Name = '' }: DescribeRuleRequest): object {
  const { Tags: _, ...spec } = ruleOf(state, Name).spec;
  return { ...spec, Arn: arnOf(state, Name), EventBusName: 'default' };
}

function listTags(state: EventsState, { ResourceARN = '' }: ListTagsForResourceRequest): object {
  const name = ResourceARN.split(':rule/')[1] ?? '';
  return { Tags: ruleOf(state, name).spec.Tags ?? [] };
}

function putTargets(state: EventsState, { Rule: name, Targets = [] }: PutTargetsRequest): object {
  const { targets } = ruleOf(state, name);
  for (const target of Targets) targets.set(target.Id ?? '', target);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function listTargets(state: EventsState, { Rule: name }: ListTargetsByRuleRequest): object {
  const { targets } = ruleOf(state, name);
  // The model of the API knows no empty list of targets: a rule without any has no member.
  return targets.size === 0 ? {} : { Targets: [...targets.values()] };
}

function removeTargets(state: EventsState, { Rule: name, Ids = [] }: RemoveTargetsRequest): object {
  const { targets } = ruleOf(state, name);
  for (const id of Ids) targets.delete(id);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function deleteRule(state: EventsState, { Name = '' }: DeleteRuleRequest): undefined {
  if ((state.rules.get(Name)?.targets.size ?? 0) > 0)
    throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
  state.rules.delete(Name);
}
