/** package-model with 100,000 small files, packed here and as GNU tar packs them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingForS3, startS3Bed, type S3Bed } from '../beds/s3-bed.ts';
import { BUCKET, packageModel } from './support.ts';

const missing = await missingForS3();
if (missing !== null) console.log(`100,000 small files: ${missing}`);

const FOLDERS = 100;
const FILES = 1000;

describe.skipIf(missing !== null)(`100,000 small files ${missing ?? ''}`, () => {
  let bed: S3Bed;
  let workspace: string;

  beforeAll(async () => {
    bed = await startS3Bed();
    await bed.aws('s3', 'mb', `s3://${BUCKET}`);
    workspace = mkdtempSync(join(tmpdir(), 'many-files-'));
    for (let folder = 0; folder < FOLDERS; folder++) {
      const path = join(workspace, 'm', `folder-${folder}`);
      mkdirSync(path, { recursive: true });
      for (let file = 0; file < FILES; file++)
        writeFileSync(join(path, `${file}.json`), `[${folder}, ${file}]`);
    }
  });
  afterAll(async () => {
    await bed.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('are packed, extract to the same, and are known again, also from an archive with its folders', async () => {
    const first = await packageModel(bed, workspace, {});
    expect(first.exitCode, first.log).toBe(0);
    const archive = join(workspace, 'model.tar.gz');
    await bed.aws('s3', 'cp', first.outputs['model-data-url'] ?? '', archive, '--quiet');
    mkdirSync(join(workspace, 'x'));
    execFileSync('tar', ['-xzf', archive, '-C', join(workspace, 'x')]);
    execFileSync('diff', ['-r', join(workspace, 'm'), join(workspace, 'x')]);

    const again = await packageModel(bed, workspace, {});
    expect(again.outputs).toMatchObject({ reused: 'true', 'model-digest': first.outputs['model-digest'] });
    const given = join(workspace, 'given.tar.gz');
    execFileSync('tar', ['-czf', given, '-C', join(workspace, 'm'), '.']);
    const taken = await packageModel(bed, workspace, { 'model-path': given });
    expect(taken.exitCode, taken.log).toBe(0);
    expect(taken.outputs).toMatchObject({ reused: 'true', 'model-digest': first.outputs['model-digest'] });
  });
});
