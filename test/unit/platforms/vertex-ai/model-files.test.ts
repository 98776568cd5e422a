/** Files of a model that are overwritten after the approval are seen, and what was approved is not carried out with them. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkApproved } from '../../../../src/core/plan/check-approved.ts';
import { makeVertexBed, type VertexBed } from '../../../platforms/vertex-bed.ts';

const FOLDER = `models/models/${'1'.repeat(64)}/files`;

let bed: VertexBed;
beforeEach(() => {
  bed = makeVertexBed();
  bed.google.objects.set(`${FOLDER}/model.onnx`, 'AAAAAA==');
  bed.google.objects.set(`${FOLDER}/code/inference.py`, 'BBBBBB==');
  bed.google.objects.set(`models/models/${'1'.repeat(64)}/filesystem`, 'of another');
});
afterEach(() => bed.dispose());

const plan = () => bed.target.plan(bed.request('one'));

it('an artifact that is as it was is carried out', async () => {
  const approved = await plan();
  expect(approved.sources.archive).toMatch(/^CRC32C:[0-9a-f]{64}$/);
  expect(checkApproved(approved, await plan()).accepted).toBe(true);
});

it.each([
  ['is overwritten', () => bed.google.objects.set(`${FOLDER}/model.onnx`, 'CCCCCC==')],
  ['gets another file', () => bed.google.objects.set(`${FOLDER}/code/other.py`, 'DDDDDD==')],
  ['loses one', () => bed.google.objects.delete(`${FOLDER}/code/inference.py`)],
])('an artifact that %s after the approval is refused', async (_, change) => {
  const approved = await plan();
  change();
  expect(checkApproved(approved, await plan())).toMatchObject({
    accepted: false,
    reason: `Since the approval, the archive gs://${FOLDER}/ was overwritten.`,
  });
});

it('a plan says that it was not looked, if nobody may', async () => {
  bed.google.allows = (permission) => permission !== 'storage.objects.list';
  const made = await plan();
  expect(made.sources.archive).toBeNull();
  expect(made.findings).toContainEqual({
    level: 'not-checked',
    message: expect.stringMatching(
      /^Whether gs:.* is overwritten after the approval: .*storage\.objects\.list/,
    ) as string,
  });
});

it('what was staged is not promoted once its files are others, though nobody approved it', async () => {
  await bed.target.stage(await plan());
  bed.google.objects.set(`${FOLDER}/model.onnx`, 'CCCCCC==');
  await expect(plan()).rejects.toThrow(
    /model-data-url: the files of gs:\/\/.*\/files\/ were overwritten after Vertex AI had copied them for version [0-9a-f]{16}\. Package the model again/,
  );
});

it('what was staged is promoted with files that are as they were, or that nobody may list', async () => {
  await bed.target.stage(await plan());
  bed.google.allows = (permission) => permission !== 'storage.objects.list';
  const unlisted = await plan();
  expect(unlisted.findings).toContainEqual(expect.objectContaining({ level: 'not-checked' }));
  bed.google.allows = () => true;
  expect((await bed.target.promote(await plan())).outcome).toBe('promoted');
});
