/** The modules of terraform/, as terraform itself reads them: with the real schemas of the providers, and nobody asked. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { layOut } from '../../../scripts/release-tree.ts';
import { BUILT, startTerraformBed, terraform, type TerraformBed } from './terraform-bed.ts';

const FOLDERS = ['aws', 'gcp', 'azure', 'release', 'examples/aws', 'examples/release'];
const TESTED = FOLDERS.filter((folder) => existsSync(join(root, 'terraform', folder, 'tests')));

describe.skipIf(terraform === null)('terraform', () => {
  let bed: TerraformBed;
  let tree: string;

  beforeAll(async () => {
    bed = await startTerraformBed(['aws', 'google', 'azurerm']);
    tree = join(bed.temp, 'tree');
    layOut(tree);
  });
  afterAll(() => bed.close());

  const init = (folder: string) => bed.run(folder, 'init', '-backend=false', '-input=false', '-no-color');

  test('has nothing to format', async () => {
    const { status, output } = await bed.run(join(root, 'terraform'), 'fmt', '-check', '-recursive', '-diff');
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  test.each(FOLDERS)('takes %s of the release', async (folder) => {
    const path = join(tree, 'terraform', folder);
    expect((await init(path)).output).toContain('Terraform has been successfully initialized');
    const { output } = await bed.run(path, 'validate', '-no-color');
    expect(output).toContain('Success! The configuration is valid.');
  });

  test.each(TESTED)('passes the tests of %s', async (folder) => {
    const path = join(tree, 'terraform', folder);
    await init(path);
    const { output, status } = await bed.run(path, 'test', '-no-color');
    expect(output).toMatch(/Success! \d+ passed, 0 failed\./);
    expect(status).toBe(0);
  });

  test.each([
    ['aws', 'endpoint.tf', 'endpoint_config_name = aws', 'endpoint_configuration_name = aws'],
    ['gcp', 'store.tf', 'uniform_bucket_level_access', 'uniform_bucket_access'],
    ['azure', 'workspace.tf', 'admin_enabled', 'admin_user_enabled'],
    ['release', 'main.tf', 'initial_instance_count ', 'instance_count '],
  ])('refuses a misspelt attribute in %s', async (folder, file, right, wrong) => {
    const path = join(bed.temp, `misspelt-${folder}`);
    cpSync(join(root, 'terraform', folder), path, { recursive: true });
    const text = readFileSync(join(path, file), 'utf8');
    expect(text).toContain(right);
    writeFileSync(join(path, file), text.replaceAll(right, wrong));
    await init(path);
    const { output, status } = await bed.run(path, 'validate', '-no-color');
    expect(output).toContain('Unsupported argument');
    expect(status).toBe(1);
  });

  test('is given a source in the release tree, as a user writes it', async () => {
    spawnSync('git', ['init', '-q', tree]);
    for (const args of [
      ['add', '-A'],
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'v1'],
      ['tag', 'v1'],
    ])
      spawnSync('git', ['-C', tree, ...args]);
    const caller = join(bed.temp, 'caller');
    cpSync(join(root, 'terraform/examples/aws'), caller, { recursive: true });
    const main = readFileSync(join(caller, 'main.tf'), 'utf8');
    const source = `git::file://${tree}//terraform/aws?ref=v1`;
    writeFileSync(join(caller, 'main.tf'), main.replace('"../../aws"', JSON.stringify(source)));
    expect((await init(caller)).output).toContain('Terraform has been successfully initialized');
    const { output } = await bed.run(caller, 'validate', '-no-color');
    expect(output).toContain('Success!');
    expect(readdirSync(join(caller, '.terraform/modules/ml_deploy/terraform/aws/policies')).length).toBe(10);
  });
});

const checkov = join(BUILT, 'venv/bin/checkov');
if (!existsSync(checkov))
  console.log('skipped: checkov is not installed (test/conformance/beds/install-terraform.sh)');

test.skipIf(!existsSync(checkov))('checkov finds nothing that has no reason', () => {
  const args = [
    '-d',
    join(root, 'terraform'),
    '--framework',
    'terraform',
    '--compact',
    '--skip-download',
    '-o',
    'json',
  ];
  const { stdout } = spawnSync(checkov, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const { results, summary } = JSON.parse(stdout) as {
    results: {
      failed_checks: { check_id: string; resource: string }[];
      skipped_checks: { check_id: string; check_result: { suppress_comment: string } }[];
    };
    summary: { passed: number };
  };
  expect(results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource}`)).toEqual([]);
  expect(summary.passed).toBeGreaterThan(100);
  for (const { check_id, check_result } of results.skipped_checks) {
    expect(check_result.suppress_comment.length, check_id).toBeGreaterThan(20);
  }
});
