import { describe, expect, it } from 'vitest';
import type { Framework } from '../../../../src/core/archive/framework.ts';
import { layoutFindings } from '../../../../src/platforms/sagemaker/archive-layout.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { folderWith, modelRoot } from '../../core/archive/helpers.ts';

const open = async (files: Record<string, string>) =>
  openModel(modelRoot(await folderWith(files)), null, undefined);
const contents = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, 'x']));

async function rulesOf(framework: Framework, files: Record<string, string>) {
  return (await layoutFindings(framework, await open(files))).map(({ rule }) => rule);
}

describe('layoutFindings', () => {
  it.each<[Framework, string[], string[]]>([
    ['sklearn', ['v1/model.joblib', 'v1/x'], ['wrapper-folder']],
    ['tensorflow', ['wrapped/1/saved_model.pb'], ['wrapper-folder']],
    ['sklearn', ['model.joblib'], ['no-inference-script']],
    ['sklearn', ['model.joblib', 'code/inference.py'], []],
    ['sklearn', ['model.joblib', 'code/serve.py'], ['code-without-inference', 'no-inference-script']],
    ['sklearn', ['model.joblib', 'inference.py'], ['script-outside-of-code', 'no-inference-script']],
    ['sklearn', ['m.pkl', 'code/inference.py', 'requirements.txt'], ['requirements-outside-of-code']],
    ['pytorch', ['model.pt'], ['no-inference-script']],
    ['pytorch', ['model.pt', 'code/inference.py'], []],
    ['tensorflow', ['saved_model.pb', 'variables/x'], ['tensorflow-version-folder']],
    ['tensorflow', ['1/saved_model.pb', '1/variables/x'], []],
    ['tensorflow', ['1/saved_model.pb', '1/assets/x'], ['tensorflow-variables']],
    ['xgboost', ['xgboost-model'], []],
    ['xgboost', ['xgboost-model', 'labels.json'], ['xgboost-other-files']],
    ['xgboost', ['xgboost-model', 'labels.json', 'code/inference.py'], []],
    ['huggingface', ['config.json', 'model.safetensors'], ['huggingface-tokenizer']],
    ['huggingface', ['config.json', 'model.safetensors', 'tokenizer.json'], []],
    ['huggingface', ['config.json', 'model.safetensors', 'preprocessor_config.json'], []],
    ['onnx', ['model.onnx'], ['no-inference-script']],
    ['custom', ['a', 'b'], []],
    ['custom', ['code/x.py', 'code/inference.py'], []],
  ])('%s: %j → %j', async (framework, paths, rules) => {
    expect(await rulesOf(framework, contents(paths))).toEqual(rules);
  });

  it('looks for onnxruntime where the script imports it', async () => {
    const files = { 'model.onnx': 'm', 'code/inference.py': 'import os\nimport onnxruntime as ort\n' };
    expect(await rulesOf('onnx', files)).toEqual(['onnxruntime-not-required']);
    expect(await rulesOf('onnx', { ...files, 'code/requirements.txt': 'onnxruntime==1.18\n' })).toEqual([]);
    expect(await rulesOf('onnx', { 'model.onnx': 'm', 'code/inference.py': 'import triton\n' })).toEqual([]);
  });

  it('says what SageMaker would do', async () => {
    const [finding] = await layoutFindings('tensorflow', await open(contents(['saved_model.pb'])));
    expect(finding?.message).toContain('No versions of servable found');
    expect(finding?.message).toContain('1/saved_model.pb');
  });
});
