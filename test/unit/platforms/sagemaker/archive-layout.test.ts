import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Framework } from '../../../../src/core/archive/framework.ts';
import { layoutFindings } from '../../../../src/platforms/sagemaker/archive-layout.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { folderWith, modelRoot, tarGzOf, temporaryFolder } from '../../core/archive/helpers.ts';

const open = async (files: Record<string, string>) =>
  openModel(modelRoot(await folderWith(files)), null, undefined);
const contents = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, 'x']));

async function archiveOf(paths: readonly string[]) {
  const path = join(await temporaryFolder(), 'model.tar.gz');
  await writeFile(path, await tarGzOf(paths.map((name) => ({ name, content: 'x' }))));
  return openModel(modelRoot(path), null, undefined);
}

async function rulesOf(framework: Framework, files: Record<string, string>) {
  return (await layoutFindings(framework, await open(files))).map(({ rule }) => rule);
}

describe('layoutFindings', () => {
  it.each<[Framework, string[], string[]]>([
    ['sklearn', ['v1/model.joblib', 'v1/x'], ['wrapper-folder']],
    ['tensorflow', ['wrapped/saved_model.pb'], ['wrapper-folder']],
    ['tensorflow', ['export/Servo/1/saved_model.pb', 'export/Servo/1/variables/x'], []],
    ['tensorflow', ['churn/7/saved_model.pb', 'churn/7/variables/x'], []],
    ['tensorflow', ['a/1/saved_model.pb', 'a/1/variables/x', 'b/1/saved_model.pb'], []],
    ['onnx', ['churn/config.pbtxt', 'churn/1/model.onnx'], []],
    ['onnx', ['churn/1/model.onnx'], []],
    ['onnx', ['a/config.pbtxt', 'a/1/model.onnx', 'b/config.pbtxt', 'b/1/model.plan'], []],
    ['pytorch', ['churn/config.pbtxt', 'churn/1/model.pt'], []],
    ['tensorflow', ['churn/1/model.savedmodel/saved_model.pb', 'churn/config.pbtxt'], []],
    ['custom', ['churn/config.pbtxt', 'churn/1/model.py'], []],
    ['onnx', ['config.pbtxt', '1/model.onnx'], ['triton-repository']],
    ['onnx', ['v1/model.onnx'], ['wrapper-folder']],
    ['pytorch', ['model.pt', 'optimizer.pt'], ['no-inference-script']],
    ['xgboost', ['xgboost-model', '.gitattributes'], []],
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

  it('PyTorch: says which file the container loads, or that it loads none', async () => {
    const messageOf = async (paths: string[]) =>
      (await layoutFindings('pytorch', await open(contents(paths))))[0]?.message;
    expect(await messageOf(['a.pt'])).toContain('would load "a.pt" with');
    expect(await messageOf(['model.pt', 'b.pth'])).toContain('would load "model.pt" with');
    expect(await messageOf(['a.pt', 'b.pth'])).toContain('there are 2');
  });

  it('a wrapper is found behind what macOS put into an archive', async () => {
    const entries = ['v1/model.joblib', '._v1', '__MACOSX/v1/._model.joblib', '.DS_Store'];
    const { message = '' } = (await layoutFindings('sklearn', await archiveOf(entries)))[0] ?? {};
    expect(message).toContain('Every file is in the folder "v1"');
    const [pytorch] = await layoutFindings('pytorch', await archiveOf(['a.pt', '._a.pt']));
    expect(pytorch?.message).toContain('there are 2');
  });

  it('says what SageMaker would do', async () => {
    const [finding] = await layoutFindings('tensorflow', await open(contents(['saved_model.pb'])));
    expect(finding?.message).toContain('No versions of servable found');
    expect(finding?.message).toContain('1/saved_model.pb');
  });
});
