import { describe, expect, it } from 'vitest';
import { contradiction, detectFramework, type Framework } from '../../../../src/core/archive/framework.ts';
import { chooseFramework, remarkOnFiles } from '../../../../src/actions/package-model/remarks.ts';
import type { ModelSource } from '../../../../src/core/archive/source.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';

const treeOf = (paths: readonly string[]) =>
  paths.map((path) => ({ path, mode: '644' as const, size: 1, sha256: 'a'.repeat(64) }));

describe('detectFramework', () => {
  it.each<[Framework, string[]]>([
    ['onnx', ['model.onnx']],
    ['onnx', ['model.onnx', 'scaler.pkl']],
    ['sklearn', ['model.joblib']],
    ['sklearn', ['model.pkl', 'code/net.pt']],
    ['pytorch', ['model.pt']],
    ['pytorch', ['weights/model.pth', 'vocab.pkl']],
    ['tensorflow', ['saved_model.pb', 'variables/variables.index']],
    ['tensorflow', ['1/saved_model.pb']],
    ['xgboost', ['xgboost-model']],
    ['xgboost', ['m.ubj', 'encoder.joblib']],
    ['xgboost', ['m.bst']],
    ['huggingface', ['config.json', 'model.safetensors']],
    ['huggingface', ['config.json', 'model-00001-of-00002.safetensors', 'onnx/model.onnx']],
    ['huggingface', ['config.json', 'pytorch_model.bin']],
    ['custom', ['model.safetensors']],
    ['custom', ['notes.txt', 'code/model.onnx']],
    ['tensorflow', ['sub/folder/saved_model.pb']],
    ['tensorflow', ['export/Servo/1/saved_model.pb', 'export/Servo/1/variables/x']],
    ['sklearn', ['m.joblib', '._m.onnx', '__MACOSX/m.pt']],
  ])('%s: %j', (framework, paths) => {
    expect(detectFramework(treeOf(paths)).framework).toBe(framework);
  });
});

describe('contradiction', () => {
  it.each<[Framework, string[]]>([
    ['sklearn', ['model.onnx']],
    ['pytorch', ['model.joblib']],
    ['huggingface', ['model.pt']],
  ])('doubts %s for %j', (named, paths) => {
    expect(contradiction(named, treeOf(paths))).toContain(`framework is "${named}"`);
  });

  it.each<[Framework, string[]]>([
    ['sklearn', ['model.onnx', 'model.joblib']],
    ['xgboost', ['model.pkl']],
    ['pytorch', ['weights.dat']],
    ['custom', ['model.onnx']],
    ['onnx', ['model.onnx']],
  ])('does not doubt %s for %j', (named, paths) => {
    expect(contradiction(named, treeOf(paths))).toBeNull();
  });
});

describe('chooseFramework', () => {
  it('says what it found', () => {
    const log = new MemoryLogger();
    expect(chooseFramework(log, 'auto', treeOf(['model.pt']))).toBe('pytorch');
    expect(log.text).toContain('pytorch (model.pt)');
    expect(chooseFramework(log, 'auto', treeOf(['x']))).toBe('custom');
    expect(log.text).toContain('The files do not show the framework');
  });

  it('takes what the user named, with a warning where the files look different', () => {
    const log = new MemoryLogger();
    expect(chooseFramework(log, 'sklearn', treeOf(['model.onnx']))).toBe('sklearn');
    expect(log.lines.map(({ level }) => level)).toEqual(['warning']);
  });
});

describe('remarkOnFiles', () => {
  const remarks = (paths: readonly string[], more: Partial<ModelSource> = {}) => {
    const log = new MemoryLogger();
    const unused = () => Promise.reject(new Error('not needed'));
    const source: ModelSource = {
      tree: treeOf(paths),
      leftOut: [],
      ready: false,
      origin: null,
      pack: unused as never,
      stream: unused as never,
      maxBytes: () => 0,
      read: unused,
      ...more,
    };
    remarkOnFiles(log, source);
    return log;
  };

  it('says nothing where nothing was left out', () => expect(remarks(['a/x', 'b']).lines).toEqual([]));

  it('warns of secrets in an archive that is stored as it is', () => {
    expect(remarks(['a', '.env'], { ready: true }).text).toContain('look like secrets: ".env"');
  });

  it('names the first few of what was left out', () => {
    const leftOut = Array.from({ length: 12 }, (_, i) => ({ path: `${i}.pyc`, reason: 'clutter' as const }));
    expect(remarks(['a'], { leftOut }).text).toMatch(/"9\.pyc" and 2 more$/);
  });
});
