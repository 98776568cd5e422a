/**
 * A group: what one platform alone knows, as one map input that has the platform's name. In ml-deploy.yml it is a nested
 * map; in `with:` a text with one key a line, or a JSON object. Each of its members is an input like any other.
 */
import type { Problem } from '../errors.ts';
import type { Camel } from './action-spec.ts';
import { readGroupText } from './group-text.ts';
import { suggestion, type Input } from './input.ts';

export type Members = Readonly<Record<string, Input<unknown>>>;

type ValueOf<I> = I extends Input<infer T> ? T : never;

/** The typed, camelCase members of a group; always all of them, null if one is absent. */
export type GroupValues<M extends Members> = {
  readonly [K in keyof M & string as Camel<K>]: ValueOf<M[K]>;
};

export interface Group<M extends Members = Members> extends Input<GroupValues<M>> {
  readonly members: M;
}

/** @param platform the name of the platform, which is the input's name too */
export function group<const M extends Members>(platform: string, members: M): Group<M> {
  for (const [name, member] of Object.entries(members)) {
    // A secret has an input of its own, which is masked before anything is read; a required member would be one for all.
    if (member.secret || member.required) throw new TypeError(`${platform}: ${name} cannot be in a group.`);
  }
  const names = Object.keys(members).map((name) => `\`${name}\``);
  const form = 'a nested map in ml-deploy.yml; in `with:` one `key: value` per line, or a JSON object';
  return {
    description: `Settings of \`target: ${platform}\` only, ${form}: ${names.join(', ')}.`,
    kind: 'map',
    required: false,
    secret: false,
    variables: false,
    quotable: false,
    defaultText: null,
    expression: null,
    belowActionOnly: false,
    members,
    parse: () => {
      throw new TypeError('A group is read member by member.');
    },
    schema: { type: ['object', 'null'] },
  };
}

export function isGroup(input: Input<unknown>): input is Group {
  return 'members' in input;
}

/** How a member is named in messages and in the docs, such as `sagemaker: variant-name`. */
export function memberPath(platform: string, member: string): string {
  return `${platform}: ${member}`;
}

export interface GivenMember {
  readonly text: string;
  readonly line: number;
}

/** The members that the text of `with:` gives to the group of that name, by name; what is wrong with the text is added to the problems. */
export function readGroup(
  name: string,
  inputs: Members,
  text: string,
  problems: Problem[],
): ReadonlyMap<string, GivenMember> {
  const read = readGroupText(text);
  const group = inputs[name] as Group;
  const found = new Map<string, GivenMember>();
  const wrong = [...read.problems];
  for (const { key, text: value, line } of read.members) {
    if (Object.hasOwn(group.members, key)) {
      if (!found.has(key)) found.set(key, { text: value, line });
    } else wrong.push({ line, ...unknownMember(name, group.members, key, inputs) });
  }
  wrong.sort((a, b) => a.line - b.line);
  problems.push(...wrong.map(({ line, ...said }) => ({ where: lineOf(name, line), ...said })));
  return found;
}

export function lineOf(name: string, line: number): string {
  return `${name}, line ${line}`;
}

/** Where the key belongs: beside the group, or in another one; null if it is not known. */
function elsewhere(group: string, key: string, inputs: Members): string | null {
  if (Object.hasOwn(inputs, key)) return 'It is a separate input: move it out of the group.';
  const other = Object.entries(inputs).find(
    ([, input]) => isGroup(input) && Object.hasOwn(input.members, key),
  );
  if (other === undefined) return null;
  const [name] = other;
  return name === group ? 'Another action reads it: move it out of this one.' : `It is in the group ${name}.`;
}

/** What looks like a credential: a secret has an input of its own, or none. */
const SECRET_NAME = /(^|-)(secret|password|token|credentials?|access-key(-id)?)(-|$)/;

/** What is said of a key that the group does not have. */
export function unknownMember(
  name: string,
  members: Members,
  key: string,
  inputs: Members,
): { readonly message: string; readonly fix: string } {
  if (SECRET_NAME.test(key.replaceAll('_', '-').toLowerCase())) {
    const fix = 'Pass a secret in its own input or variable, which is masked.';
    return { message: `"${key}" looks like a secret, which is not allowed in a group.`, fix };
  }
  const known = Object.keys(members);
  const near = elsewhere(name, key, inputs) ?? suggestion(key, known).trim();
  return {
    message: `"${key}" is not an input of the group ${name}.`,
    fix: near === '' ? `It has ${known.join(', ')}.` : near,
  };
}
