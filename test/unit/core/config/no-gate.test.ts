/** Thirty and more ways to write "no gate" by accident: each is an error with its line. */
import { describe, expect, it } from 'vitest';
import { specs } from '../../../../src/actions/specs.ts';
import { parseConfig } from '../../../../src/core/config/config-file.ts';
import { UserError } from '../../../../src/core/errors.ts';

function problemsOf(source: string): string[] {
  try {
    parseConfig(source, 'ml-deploy.yml', specs);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ where, message }) => `${where} ${message}`);
  }
  return [];
}

const prod = (...lines: string[]) => ['environments:', '  prod:', ...lines.map((line) => `    ${line}`)];

/** What it is, the file, and the line of the first error. */
const ACCIDENTS: readonly (readonly [string, readonly string[], number])[] = [
  ['an empty list', prod('approvers: []'), 3],
  ['an empty list in flow, with a space', prod('approvers: [ ]'), 3],
  ['nothing after the colon', prod('approvers:'), 3],
  ['a tilde', prod('approvers: ~'), 3],
  ['the word null', prod('approvers: null'), 3],
  ['an empty text', prod("approvers: ''"), 3],
  ['a text of spaces', prod('approvers: "   "'), 3],
  ['commas alone', prod('approvers: ", ,"'), 3],
  ['a list with an empty text', prod("approvers: ['']"), 3],
  ['a list with null', prod('approvers: [null, ~]'), 3],
  ['every name commented out', prod('approvers:', '  # - alice', '  # - bob', 'minimum-approvals: 1'), 3],
  ['an empty block text', prod('approvers: |', '', 'staging: none'), 3],
  ['an empty map', prod('approvers: {}'), 3],
  ['the login "none"', prod('approvers: none'), 3],
  ['the login "nobody"', prod('approvers: [nobody]'), 3],
  ['false', prod('approvers: false'), 3],
  ['approval with nothing after the colon', prod('approval:'), 3],
  ['an empty approval', prod('approval: ""'), 3],
  ['an environment of GitHub with nothing after the colon', prod('github-environment:'), 3],
  ['an environment of GitHub without a name', prod('github-environment: " "'), 3],
  ['approval: false', prod('approval: false'), 3],
  ['approval: no', prod('approval: no'), 3],
  ['approval: None', prod('approval: None'), 3],
  ['approval: waits', prod('approval: waits'), 3],
  ['approval: wait, and nobody', prod('approval: wait'), 3],
  ['approval: request, and an empty list', prod('approval: request', 'approvers: []'), 3],
  ['approval: none beside approvers', prod('approval: none', 'approvers: [alice]'), 3],
  ['a quorum, and nobody', prod('minimum-approvals: 2'), 3],
  ['a quorum of none', prod('approvers: [alice]', 'minimum-approvals: 0'), 4],
  ['words of the gate, and nobody', prod('approve-words: [ship it]'), 3],
  ['the gate’s own map, and nobody', prod('approve-gate:', '  exclude-initiator: true'), 4],
  ['the gate’s own map, empty', prod('approve-gate: {}'), 3],
  ['the gate’s own map, commented out', prod('approve-gate:', '  # approvers: [alice]'), 3],
  ['an empty list in the gate’s own map', prod('approve-gate:', '  approvers: []'), 4],
  ['approver', prod('approver: alice'), 3],
  ['Approvers', prod('Approvers: [alice]'), 3],
  ['reviewers', prod('reviewers: [alice]'), 3],
  ['required-approvals', prod('required-approvals: 2'), 3],
  ['approve_gate', prod('approve_gate:', '  approvers: [alice]'), 3],
  ['approvers of another action', prod('deploy-endpoint:', '  approvers: [alice]'), 4],
  ['approval in the gate’s own map', prod('approve-gate:', '  approval: wait'), 4],
  ['approval for all environments', ['defaults:', '  approval: wait'], 2],
  ['approvers beside the sections', ['approvers: [alice]', ...prod('staging: none')], 1],
  ['names that are no logins', prod('approvers: alice bob'), 3],
  ['an email', prod('approvers: alice@example.com'), 3],
  ['a team without its name', prod('approvers: acme/'), 3],
  ['the key twice', prod('approvers: [alice]', 'approvers: []'), 4],
  [
    'a merge key, which YAML 1.2 has not',
    ['defaults: &gate', '  approvers: [alice]', ...prod('<<: *gate')],
    5,
  ],
  [
    'a more specific level that empties the list',
    ['defaults:', '  approvers: [alice]', ...prod('approvers: []')],
    5,
  ],
  [
    'the defaults of a model that empty the list',
    ['models:', '  churn:', '    defaults:', '      approvers: []', ...prod('approvers: [alice]')],
    4,
  ],
  ['an alias of nothing', ['defaults:', '  approvers: &who []', ...prod('approvers: *who')], 2],
];

describe('no gate by accident', () => {
  it('is written in thirty ways and more', () => {
    expect(new Set(ACCIDENTS.map(([, lines]) => lines.join('\n'))).size).toBe(ACCIDENTS.length);
    expect(ACCIDENTS.length).toBeGreaterThanOrEqual(30);
  });

  it.each(ACCIDENTS)('%s', (_, lines, line) => {
    const problems = problemsOf(`${lines.join('\n')}\n`);
    expect(problems[0], problems.join('\n')).toMatch(new RegExp(`^ml-deploy\\.yml:${line} `));
  });
});

describe('a gate, and none on purpose', () => {
  it.each([
    [prod('approvers: [alice]')],
    [prod('approvers: alice, acme/ml-owners')],
    [prod('approval: none')],
    [['defaults:', '  approvers: [alice]', ...prod('approval: none')]],
    [prod('approval: environment')],
    [prod('approve-gate:', '  approvers: [alice, bob]', '  minimum-approvals: 2')],
    [prod('staging: none')],
    [['defaults:', '  minimum-approvals: 1', ...prod('approvers: [alice]'), '  dev:', '    approval: none']],
  ])('%j is right', (lines) => {
    expect(problemsOf(`${lines.join('\n')}\n`)).toEqual([]);
  });
});
