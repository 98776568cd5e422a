/** The dependency directions of docs/architecture.md are a lint rule; here it is shown to bite. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';

/** What asks for types is left out: these rules read names and paths, and a program of the whole tree takes its time. */
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked });

/** Lints a file of ours as if it had one more line at its top. */
async function rulesBroken(file: string, line: string): Promise<(string | null)[]> {
  const path = join(root, file);
  const results = await eslint.lintText(`${line}\n${readFileSync(path, 'utf8')}`, { filePath: path });
  return (results[0]?.messages ?? []).filter((m) => m.line === 1).map((m) => m.ruleId);
}

const FORBIDDEN = [
  ['src/core/poll.ts', "import '../runner/clock.ts';", 'import-x/no-restricted-paths'],
  ['src/core/poll.ts', "import '../platforms/local/local-target.ts';", 'import-x/no-restricted-paths'],
  ['src/core/poll.ts', "import '../clouds/aws/errors.ts';", 'import-x/no-restricted-paths'],
  ['src/clouds/aws/errors.ts', "import '../../stores/open-store.ts';", 'import-x/no-restricted-paths'],
  ['src/runner/entry.ts', "import '../clouds/aws/errors.ts';", 'import-x/no-restricted-paths'],
  ['src/actions/smoke-test/run.ts', "import '../../clouds/aws/errors.ts';", 'import-x/no-restricted-paths'],
  ['src/documents/plan.ts', "import '../platforms/table.ts';", 'import-x/no-restricted-paths'],
  ['src/core/poll.ts', "import '@actions/core';", 'no-restricted-imports'],
  ['src/core/poll.ts', "await import('@actions/core');", 'no-restricted-syntax'],
  ['src/core/poll.ts', 'console.log(process.env);', 'no-restricted-properties'],
  ['src/stores/open-store.ts', "import '../adapters/onnx/open-session.ts';", 'import-x/no-restricted-paths'],
  [
    'src/platforms/local/local-target.ts',
    "import '../../stores/open-store.ts';",
    'import-x/no-restricted-paths',
  ],
  ['src/core/poll.ts', "import '../wiring/open-platform.ts';", 'import-x/no-restricted-paths'],
  [
    'src/actions/smoke-test/run.ts',
    "import '../../wiring/open-platform.ts';",
    'import-x/no-restricted-paths',
  ],
  ['src/wiring/open-platform.ts', "import '../actions/specs.ts';", 'import-x/no-restricted-paths'],
  ['src/runner/entry.ts', "import '../actions/specs.ts';", 'import-x/no-restricted-paths'],
  [
    'src/actions/smoke-test/run.ts',
    "import '../../platforms/local/local-target.ts';",
    'import-x/no-restricted-paths',
  ],
  ['src/core/platform.ts', "import '../platforms/table.ts';", 'import-x/no-restricted-paths'],
  [
    'src/platforms/local/local-target.ts',
    "import '../sagemaker/options.ts';",
    'import-x/no-restricted-paths',
  ],
  ['src/platforms/local/local-target.ts', "import '../table.ts';", 'import-x/no-restricted-paths'],
  [
    'src/actions/smoke-test/main.ts',
    "await import('../../platforms/local/local-target.ts');",
    'import-x/no-restricted-paths',
  ],
  [
    'src/wiring/open-platform.ts',
    "await import('../platforms/sagemaker/open.ts');",
    'import-x/no-restricted-paths',
  ],
  ['src/actions/smoke-test/run.ts', "import '../../runner/clock.ts';", 'import-x/no-restricted-paths'],
  ['src/actions/smoke-test/main.ts', "import '../deploy-endpoint/run.ts';", 'import-x/no-restricted-paths'],
] as const;

test.each(FORBIDDEN)('%s may not have: %s', async (file, line, rule) => {
  expect(await rulesBroken(file, line)).toContain(rule);
});

test.each(['src/platforms/sagemaker/reads.ts', 'src/stores/s3/client.ts', 'src/adapters/ecr/ecr.ts'])(
  '%s may have what it shares with others that talk to AWS',
  async (file) => {
    const rules = await rulesBroken(file, "import '../../clouds/aws/errors.ts';");
    expect(rules).not.toContain('import-x/no-restricted-paths');
  },
);

test('main.ts may wire what run.ts may not import', async () => {
  const line = "import '../../wiring/open-platform.ts';";
  expect(await rulesBroken('src/actions/smoke-test/main.ts', line)).not.toContain(
    'import-x/no-restricted-paths',
  );
});

test('an action may ask the table of platforms', async () => {
  const line = "import '../../platforms/table.ts';";
  expect(await rulesBroken('src/actions/smoke-test/run.ts', line)).not.toContain(
    'import-x/no-restricted-paths',
  );
});

const NAME_ASKED = [
  "if (plan.target === 'local') stop();",
  "const isCloud = 'sagemaker' !== target;",
  "switch (target) { case 'local': break; }",
  "const isOne = ['sagemaker', 'lambda'].includes(target);",
  "const isThere = names.includes('sagemaker');",
  "const title = { local: 'here', sagemaker: 'AWS' }[target];",
  "let target: 'local' | 'sagemaker';",
];

describe('a platform is known by its record, not by its name', () => {
  test.each(NAME_ASKED)('%s', async (line) => {
    const asked = 'no-restricted-syntax';
    expect(await rulesBroken('src/actions/deploy-endpoint/run.ts', line)).toContain(asked);
    expect(await rulesBroken('src/wiring/open-platform.ts', line)).toContain(asked);
    expect(await rulesBroken('src/runner/inputs.ts', line)).toContain(asked);
    expect(await rulesBroken('src/platforms/sagemaker/options.ts', line)).not.toContain(asked);
  });
});
