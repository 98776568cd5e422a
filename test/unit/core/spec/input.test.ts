import { describe, expect, test } from 'vitest';
import { defineAction, parseInputs } from '../../../../src/core/spec/action-spec.ts';
import {
  boolean,
  choice,
  integer,
  integers,
  jsonObject,
  list,
  map,
  number,
  secret,
  text,
} from '../../../../src/core/spec/input.ts';

const spec = defineAction({
  name: 'sample',
  title: 'Sample',
  description: 'A sample.',
  branding: { icon: 'box', color: 'purple' },
  post: false,
  inputs: {
    'model-path': text({ description: 'A path.', required: true }),
    mode: choice(['wait', 'request'], { description: 'A mode.', default: 'wait' }),
    count: integer({ description: 'A count.', min: 1, max: 9 }),
    shares: integers({ description: 'Shares.', min: 1, max: 99 }),
    ratio: number({ description: 'A ratio.', default: '0.5', min: 0, max: 1 }),
    dry: boolean({ description: 'Dry.', default: 'false' }),
    names: list({ description: 'Names.' }),
    vars: map({ description: 'Variables.' }),
    extra: jsonObject({ description: 'Extra.' }),
    token: secret({ description: 'A token.' }),
  },
  outputs: {},
});

const parse = (given: Record<string, string>) =>
  parseInputs(spec, (name) => (given[name] === undefined ? null : { text: given[name], origin: '' }));

describe('parseInputs', () => {
  test('gives typed values under camelCase names, with defaults', () => {
    const { inputs, problems } = parse({
      'model-path': ' model ',
      count: '3',
      names: 'a, b\nc',
      vars: 'A=1\nB=x=y',
      extra: '{"a":[1]}',
    });
    expect(problems).toEqual([]);
    expect(inputs).toMatchObject({
      modelPath: 'model',
      mode: 'wait',
      count: 3,
      ratio: 0.5,
      dry: false,
      token: null,
    });
    expect(inputs.names).toEqual(['a', 'b', 'c']);
    expect(inputs.vars).toEqual(new Map([['A', '1'], ['B', 'x=y']])); // prettier-ignore
    expect(inputs.extra).toEqual({ a: [1] });
  });

  test.each([
    ['10', [10]],
    ['10, 50', [10, 50]],
    ['10\n50\n 75', [10, 50, 75]],
  ])('reads one number or several: %j', (given, shares) => {
    expect(parse({ 'model-path': 'm', shares: given }).inputs.shares).toEqual(shares);
  });

  test.each([
    ['ten', 'must be an integer, or several, such as 10, 50.'],
    ['10%', 'must be an integer, or several, such as 10, 50.'],
    ['10; 50', 'must be an integer, or several, such as 10, 50.'],
    ['10, 50,', 'must be an integer, or several, such as 10, 50.'],
    ['[10, 50]', 'must be an integer, or several, such as 10, 50.'],
    ['2.5', 'must be an integer, or several, such as 10, 50.'],
    ['10, 50, 100', 'must be from 1 to 99.'],
    ['0', 'must be from 1 to 99.'],
  ])('refuses %j', (given, message) => {
    const { problems } = parse({ 'model-path': 'm', shares: given });
    expect(problems.map((problem) => problem.message)).toEqual([`"${given}" ${message}`]);
  });

  test('takes an empty text for an absent input', () => {
    const { inputs, problems } = parse({ 'model-path': 'm', mode: '', count: '' });
    expect(problems).toEqual([]);
    expect(inputs).toMatchObject({ mode: 'wait', count: null });
  });

  test('reports every problem at once, with the value and what is allowed', () => {
    const { problems } = parse({
      mode: 'wiat',
      count: '10',
      ratio: 'much',
      dry: 'yes',
      vars: 'oops',
      extra: '{',
    });
    expect(problems.map((p) => p.where)).toEqual([
      'model-path',
      'mode',
      'count',
      'ratio',
      'dry',
      'vars',
      'extra',
    ]);
    const said = problems.map((p) => `${p.message} ${p.fix ?? ''}`).join('\n');
    expect(said).toContain('Set the input model-path, or model-path in ml-deploy.yml.');
    expect(said).toContain('"wiat" must be one of wait, request. Did you mean "wait"?');
    expect(said).toContain('"10" must be from 1 to 9.');
    expect(said).toContain('"much" must be a number');
    expect(said).toContain('"yes" must be true or false.');
    expect(said).toContain('line 1 has no "="');
    expect(said).toContain('is not valid JSON');
  });

  test.each(['1.5', '1e3', 'x', '0x1'])('refuses %s as a whole number', (value) => {
    expect(parse({ 'model-path': 'm', count: value }).problems).toHaveLength(1);
  });

  test('a map may be a JSON object of plain values', () => {
    expect(parse({ 'model-path': 'm', vars: '{"A": 1, "B": true}' }).inputs.vars).toEqual(
      new Map([
        ['A', '1'],
        ['B', 'true'],
      ]),
    );
    expect(parse({ 'model-path': 'm', vars: '{"A": {"b": 1}}' }).problems[0]?.message).toContain('for "A"');
  });
});
