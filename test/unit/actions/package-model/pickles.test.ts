import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPickles } from '../../../../src/actions/package-model/pickles.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { folderWith, modelRoot } from '../../core/archive/helpers.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/pickles');

async function read(pickle: string, files: Record<string, string> = {}, allowed: string[] = []) {
  const folder = await folderWith({ 'README.txt': 'A model.', ...files });
  await cp(join(FIXTURES, pickle), join(folder, pickle));
  const { log } = fakePorts();
  const written = await readPickles(await openModel(modelRoot(folder), null, undefined), allowed, log);
  return { ...written, messages: written.findings.map(({ message }) => message), log: log.text };
}

describe('readPickles', () => {
  it('says what wrote a model, and what has to be there to load it', async () => {
    const { sklearn, messages, log } = await read('sklearn-b.joblib');
    expect(sklearn).toBe('1.5.2');
    expect(messages).toEqual([]);
    expect(log).toContain(
      'written by scikit-learn 1.5.2, arrays of numpy 1; it imports joblib, numpy, sklearn.',
    );
  });

  it('compares it with what the image installs', async () => {
    const { messages } = await read('sklearn-b.joblib', { 'code/requirements.txt': 'scikit_learn==1.2.2\n' });
    expect(messages).toEqual([
      '"sklearn-b.joblib" was written by scikit-learn 1.5.2; code/requirements.txt pins 1.2.2. scikit-learn loads a model only in the same version: pin 1.5.2.',
    ]);
    expect((await read('sklearn-b.joblib', { 'requirements.txt': 'scikit-learn==1.5.0' })).messages).toEqual(
      [],
    );
  });

  it('and arrays of numpy 2 with an older numpy', async () => {
    const pins = (numpy: string) => ({ 'code/requirements.txt': `numpy==${numpy}\n` });
    expect((await read('sklearn-c.joblib', pins('1.24.4'))).messages[0]).toContain(
      'contains arrays of numpy 2',
    );
    expect((await read('sklearn-c.joblib', pins('1.26.4'))).messages).toEqual([]);
    expect((await read('sklearn-b.joblib', pins('1.24.4'))).messages).toEqual([]);
  });

  it.each(['evil.pkl', 'evil-zlib.joblib', 'evil.pt'])(
    '%s is refused, unless what it runs is named',
    async (name) => {
      await expect(read(name)).rejects.toThrow(
        `"${name}" would run "posix.system" when it is loaded, which no model needs. Do not load this file.`,
      );
      await expect(read(name, {}, ['posix.system'])).resolves.toBeDefined();
    },
  );

  it('a file that is cut off is refused', async () => {
    await expect(read('truncated.joblib')).rejects.toThrow(
      '"truncated.joblib" cannot be loaded: The file ends after 2356 bytes',
    );
  });

  it('functions that are kept as code, and what was not looked into, are told', async () => {
    expect((await read('cloudpickle.pkl')).messages[0]).toContain('contains functions as code (cloudpickle)');
    expect((await read('sklearn-xz.joblib')).messages[0]).toContain('was not checked for imports');
  });
});
