/** A group of inputs in ml-deploy.yml: a map of one level, whose values are read as text and typed by the spec. */
import { isAlias, isMap, isNode, isScalar, visit, type Node } from 'yaml';
import type { Problem } from '../errors.ts';
import { unknownMember, type Members } from '../spec/group.ts';
import { problemAt, entriesOf, isEmpty, sourceOf, type Entry, type ParsedFile } from './located.ts';
import { kindProblem, parseProblem } from './value-problems.ts';

/** @param path such as `environments.dev.sagemaker` */
export function groupProblems(
  file: ParsedFile,
  { key: name, value, keyNode }: Entry,
  members: Members,
  path: string,
  inputs: Members,
): Problem[] {
  if (isEmpty(value)) return [];
  const special = specialProblems(file, value, path);
  if (special.length > 0) return special;
  if (!isMap(value)) {
    const fix = `Write its keys below ${name}, indented.`;
    return [problemAt(file, value ?? keyNode, `${path} must be a map of inputs.`, fix)];
  }
  return entriesOf(value).flatMap((entry) => memberProblems(file, name, members, entry, inputs));
}

function memberProblems(
  file: ParsedFile,
  group: string,
  members: Members,
  { key, value, keyNode }: Entry,
  inputs: Members,
): Problem[] {
  const member = Object.hasOwn(members, key) ? members[key] : undefined;
  if (member === undefined) {
    const { message, fix } = unknownMember(group, members, key, inputs);
    return [problemAt(file, keyNode, message, fix)];
  }
  const text = sourceOf(value, file).trim();
  if (text === '') return [];
  const named = (message: string, fix?: string) =>
    problemAt(file, value ?? keyNode, `${group}: ${key}: ${message}`, fix);
  if (text.includes('${{')) {
    const fix = 'Write the value itself, or pass it in `with:`. Secrets are not allowed in a group.';
    return [named('expressions are not read in a file.', fix)];
  }
  const isOne = isScalar(value);
  const wrong = (isOne ? null : kindProblem(file, value, member)) ?? parseProblem(text, member);
  return wrong === null ? [] : [named(wrong.message, wrong.fix)];
}

/** What YAML would make of a node beside its text. */
function specialProblems(file: ParsedFile, root: Node | null, path: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (node: Node, what: string) =>
    problems.push(problemAt(file, node, `${what} is not allowed in ${path}.`, 'Write the value itself.'));
  if (root === null) return problems;
  visit(root, (_key, node) => {
    if (!isNode(node)) return;
    if (isAlias(node)) refuse(node, `the alias *${node.source}`);
    else {
      // A node may have both.
      if (node.anchor !== undefined) refuse(node, `the anchor &${node.anchor}`);
      if (node.tag !== undefined) refuse(node, `the tag ${shortTag(node.tag)}`);
    }
  });
  return problems;
}

/** As it is written: `!!str` for `tag:yaml.org,2002:str`. */
function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}
