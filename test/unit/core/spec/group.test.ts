import { describe, expect, test } from 'vitest';
import { defineAction, parseInputs, type RawValue } from '../../../../src/core/spec/action-spec.ts';
import { foreignGroups, withoutForeign } from '../../../../src/core/spec/foreign-groups.ts';
import { group } from '../../../../src/core/spec/group.ts';
import { choice, integer, jsonObject, secret, text } from '../../../../src/core/spec/input.ts';

const spec = defineAction({
  name: 'sample',
  title: 'Sample',
  description: 'A sample.',
  branding: { icon: 'box', color: 'purple' },
  post: false,
  inputs: {
    target: choice(['cloud', 'local'], { description: 'Where.', required: true }),
    cloud: group('cloud', {
      branch: text({ description: 'A branch.' }),
      version: text({ description: 'A version.' }),
      count: integer({ description: 'A count.', min: 1 }),
      extra: jsonObject({ description: 'Extra.' }),
    }),
    local: group('local', { port: integer({ description: 'A port.' }) }),
  },
  outputs: {},
});

function parse(given: Record<string, string>, file: Record<string, RawValue> = {}) {
  return parseInputs(spec, {
    input: (name) => (given[name] === undefined ? null : { text: given[name], origin: '' }),
    member: (name, member) => file[`${name}: ${member}`] ?? null,
  });
}

const cloud = (given: string, file: Record<string, RawValue> = {}) => {
  const { inputs, problems } = parse({ target: 'cloud', cloud: given }, file);
  return { ...inputs.cloud, problems };
};

describe('the text of a group', () => {
  test.each([
    ['a key a line', 'branch: main\nversion: 1.10\ncount: 3'],
    ['with equal signs', 'branch=main\nversion = 1.10\ncount=3'],
    ['with other line ends, empty lines and an indentation', '\r\n  branch: main\r\n\r\n  version: 1.10\r\n  count: 3\r\n'],
    ['a JSON object', '{"branch": "main", "version": 1.10, "count": 3}'],
    ['as toJSON() writes it', '{\n  "branch": "main",\n  "version": "1.10",\n  "count": 3\n}'],
  ])('%s', (_name, given) => {
    expect(cloud(given)).toEqual({ branch: 'main', version: '1.10', count: 3, extra: null, problems: [] });
  }); // prettier-ignore

  test.each(['1.10', 'no', '0123', 'null', '~', '1e3', '0x1F', 'true', '2024-01-01', '.inf'])(
    '%s stays what it is, in a line and in a string of JSON',
    (value) => {
      expect(cloud(`version: ${value}`).version).toBe(value);
      expect(cloud(JSON.stringify({ version: value })).version).toBe(value);
    },
  );

  test.each(['1.10', '0.50', 'true', '123456789012345678901'])('%s stays what it is as JSON', (value) => {
    expect(cloud(`{"version": ${value}}`).version).toBe(value);
  });

  test.each([
    'feat: x',
    'feat: version: 2',
    'fix #12',
    'a # b',
    'a=b: c',
    'x: "quoted" y',
    'count: 9',
    `it's`,
    '- item',
    '{not json',
    'C:\\temp',
  ])('a value with signs of YAML changes nothing but its value: %s', (value) => {
    const { branch, version, count, problems } = cloud(`branch: ${value}\nversion: 1`);
    expect({ branch, version, count, problems }).toEqual({ branch: value, version: '1', count: null, problems: [] });
  }); // prettier-ignore

  test.each(['a\nversion: 2', 'a\n\n#b', '"a"', "'a'", '&a', '*a b', '!a', '|', 'null', ' a ', '\t', '\\n', 'ü\u2028'])(
    'toJSON(%j) of one value changes nothing but its value',
    (value) => {
      for (const given of [
        `branch: ${JSON.stringify(value)}\nversion: 1`,
        `{"branch": ${JSON.stringify(value)}, "version": "1"}`,
        JSON.stringify({ branch: value, version: '1' }, null, 2),
      ]) {
        const { branch, version, problems } = cloud(given);
        expect({ branch: branch ?? '', version, problems }).toEqual({ branch: value.trim(), version: '1', problems: [] });
      }
    },
  ); // prettier-ignore

  test('a line break in a plain line is refused, and told how to pass', () => {
    expect(cloud('branch: first\nsecond line\nversion: 1').problems).toEqual([
      {
        where: 'cloud, line 2',
        message: 'is not "key: value" or "key=value".',
        fix: 'Write one key per line. A value with a line break needs double quotes, as toJSON() writes them.',
      },
    ]);
  });

  test('JSON may go on over the next lines', () => {
    const value = { Mode: { Size: [1, 2.5] } };
    expect(cloud(`extra: ${JSON.stringify(value, null, 2)}\ncount: 2`)).toMatchObject({
      extra: value,
      count: 2,
    });
    expect(cloud(`extra:\n  ${JSON.stringify(value)}\ncount: 2`)).toMatchObject({ extra: value, count: 2 });
    expect(cloud(JSON.stringify({ extra: value, count: 2 }))).toMatchObject({ extra: value, count: 2 });
  });

  test('an empty text, an empty value and null are absent', () => {
    const nothing = { branch: null, version: null, count: null, extra: null, problems: [] };
    for (const given of ['', ' \n', 'branch:\ncount: ', '{}', '{"count": null, "branch": ""}']) {
      expect(cloud(given)).toEqual(nothing);
    }
  });
});

test('an empty text and an empty value leave a key to the file; another value wins over it, key by key', () => {
  const file = {
    'cloud: branch': { text: 'dev', origin: 'ml-deploy.yml, environments.dev' },
    'cloud: count': { text: '4', origin: 'ml-deploy.yml, defaults' },
  };
  const { inputs, origins } = parse({ target: 'cloud', cloud: 'branch:\ncount: 5' }, file);
  expect(inputs.cloud).toMatchObject({ branch: 'dev', count: 5 });
  expect([...origins]).toEqual([
    ['target', ''],
    ['cloud: branch', 'ml-deploy.yml, environments.dev'],
    ['cloud: count', ''],
  ]);
});

describe('the group of another platform', () => {
  const foreign = (given: Record<string, string>, origin: string) => {
    const file = { 'cloud: branch': { text: 'x', origin } };
    const { inputs, origins } = parse(given, file);
    const isGiven = (name: string) => given[name] !== undefined;
    return { ...foreignGroups(spec, inputs, origins, isGiven), used: withoutForeign(spec, inputs) };
  };

  test('is an error in `with:`', () => {
    const { problems } = foreign({ target: 'local', cloud: 'branch: a' }, '');
    expect(problems).toEqual([
      {
        where: 'cloud',
        message: 'the group cloud is for target: cloud, and the target is "local".',
        fix: 'Remove it, or write it as local.',
      },
    ]);
  });

  test.each(['ml-deploy.yml, defaults', 'ml-deploy.yml, models.churn.defaults'])(
    'is silent in %s',
    (origin) => {
      const { problems, notices } = foreign({ target: 'local' }, origin);
      expect({ problems, notices }).toEqual({ problems: [], notices: [] });
    },
  );

  test.each(['ml-deploy.yml, environments.dev', 'ml-deploy.yml, models.churn.environments.dev'])(
    'is a notice in %s, and nobody reads it',
    (origin) => {
      const { problems, notices, used } = foreign({ target: 'local', local: 'port: 8080' }, origin);
      expect(problems).toEqual([]);
      expect(notices).toEqual([`cloud: branch (${origin}) is not used: the target is "local".`]);
      expect(used.cloud.branch).toBeNull();
      expect(used.local.port).toBe(8080);
    },
  );

  test('says nothing where the target itself is not understood', () => {
    const { problems, notices } = foreign({ target: 'claud', cloud: 'branch: a' }, '');
    expect({ problems, notices }).toEqual({ problems: [], notices: [] });
  });
});

test('a secret cannot be declared in a group', () => {
  expect(() => group('cloud', { token: secret({ description: 'A token.' }) })).toThrow(
    'cloud: token cannot be',
  );
});
