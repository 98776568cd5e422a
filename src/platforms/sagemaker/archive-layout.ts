/**
 * What SageMaker's serving containers will make of a model's files. Nothing here is an error: the model may be meant
 * for another platform or a container of its own. Each finding says what would happen, and what to do.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/adapt-inference-container.html ·
 * https://sagemaker.readthedocs.io/en/stable/frameworks/ · the containers' code on github.com/aws
 * (sagemaker-inference-toolkit, sagemaker-scikit-learn-container, sagemaker-pytorch-inference-toolkit,
 * sagemaker-xgboost-container, sagemaker-tensorflow-serving-container, sagemaker-huggingface-inference-toolkit)
 */
import { names } from '../../core/archive/file-names.ts';
import type { Framework } from '../../core/archive/framework.ts';
import { readSmall } from '../../core/archive/small-file.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import type { ArchiveFinding } from '../../core/platform.ts';
import {
  isTritonRepository,
  layoutOf,
  tritonWithoutRepository,
  wrapperFinding,
  type Layout,
} from './archive-shape.ts';

type Rule = (layout: Layout) => ArchiveFinding | null;

export async function layoutFindings(framework: Framework, source: ModelSource): Promise<ArchiveFinding[]> {
  const layout = layoutOf(source.tree);
  if (isTritonRepository(layout)) return [];
  const wrapper = wrapperFinding(layout, source.ready);
  // Inside a wrapper nothing is where it should be, and there is one remedy for all of it.
  if (wrapper !== null) return [wrapper];
  const rules = [
    scriptOutsideOfCode,
    requirementsOutsideOfCode,
    codeWithoutScript,
    tritonWithoutRepository,
    ...RULES[framework],
  ];
  const found = rules.map((rule) => rule(layout));
  if (framework === 'onnx') found.push(await onnxWithoutRuntime(layout, source));
  return found.filter((finding) => finding !== null);
}

const scriptOutsideOfCode: Rule = ({ has }) =>
  has('inference.py') && !has('code/inference.py')
    ? {
        rule: 'script-outside-of-code',
        message:
          '"inference.py" is beside the model: SageMaker looks for it in code/, and would serve without it. Move it to code/inference.py, or give its folder as code-path.',
      }
    : null;

const requirementsOutsideOfCode: Rule = ({ has }) =>
  has('requirements.txt') &&
  !has('code/requirements.txt') &&
  (has('code/inference.py') || has('inference.py'))
    ? {
        rule: 'requirements-outside-of-code',
        message:
          '"requirements.txt" is beside the model: SageMaker installs only code/requirements.txt, so the packages would be missing. Move it to code/.',
      }
    : null;

const codeWithoutScript: Rule = ({ paths, has }) => {
  const scripts = paths.filter((path) => /^code\/[^/]+\.py$/.test(path));
  if (scripts.length === 0 || has('code/inference.py')) return null;
  return {
    rule: 'code-without-inference',
    message: `code/ has ${names(scripts)} but no inference.py: SageMaker would not start any of them. Name it inference.py, or set SAGEMAKER_PROGRAM in environment-variables of deploy-endpoint.`,
  };
};

const sklearnWithoutScript: Rule = ({ has }) =>
  has('code/inference.py')
    ? null
    : {
        rule: 'no-inference-script',
        message:
          'There is no code/inference.py: SageMaker\'s scikit-learn container cannot load a model without one, so /ping would fail with "Please provide a model_fn implementation". Give code-path with an inference.py that has a model_fn.',
      };

const pytorchWithoutScript: Rule = ({ model, has }) => {
  if (has('code/inference.py')) return null;
  const all = model.filter((path) => /^[^/]+\.(pt|pth)$/.test(path));
  // It is loaded, whatever else is there.
  const files = all.includes('model.pt') ? ['model.pt'] : all;
  const what =
    files.length === 1
      ? `would load ${names(files)} with torch.jit.load, which accepts only TorchScript`
      : `loads exactly one .pt or .pth file, and there are ${files.length}: the endpoint would not start`;
  return {
    rule: 'no-inference-script',
    message: `There is no code/inference.py: SageMaker's PyTorch container ${what}. Give code-path with an inference.py that has a model_fn.`,
  };
};

const tensorflowFolder: Rule = ({ model }) => {
  if (model.some((path) => /(^|\/)\d+\/saved_model\.pb$/.test(path))) return null;
  const found = model.some((path) => path.endsWith('saved_model.pb'))
    ? '"saved_model.pb" is there, but not'
    : 'There is no saved_model.pb';
  return {
    rule: 'tensorflow-version-folder',
    message: `${found} in a folder whose name is a number: TensorFlow Serving would say "No versions of servable found" and never answer. Lay it out as 1/saved_model.pb and 1/variables/.`,
  };
};

const tensorflowVariables: Rule = ({ model }) => {
  const folder = model
    .map((path) => /^(.*\d+\/)saved_model\.pb$/.exec(path)?.[1])
    .find((f) => f !== undefined);
  if (folder === undefined || model.some((path) => path.startsWith(`${folder}variables/`))) return null;
  return {
    rule: 'tensorflow-variables',
    message: `"${folder}variables/" is missing: TensorFlow Serving loads a model with weights from there, and would fail unless they are frozen into saved_model.pb.`,
  };
};

const xgboostOtherFiles: Rule = ({ model, has }) => {
  // The container leaves out files whose name begins with a dot.
  const files = model.filter((path) => /^[^./][^/]*$/.test(path));
  if (has('code/inference.py') || files.length <= 1) return null;
  return {
    rule: 'xgboost-other-files',
    message: `There are ${names(files)}: without code/inference.py SageMaker's XGBoost container loads every file as a booster, and would fail at the first other file. Remove the others, or give code-path with an inference.py.`,
  };
};

const huggingfaceTokenizer: Rule = ({ model, has }) => {
  const isThere = model.some((path) =>
    /(^|\/)(tokenizer|vocab|spiece|preprocessor_config|processor_config|merges)[^/]*$/.test(path),
  );
  if (isThere || has('code/inference.py')) return null;
  return {
    rule: 'huggingface-tokenizer',
    message:
      "There is no tokenizer and no preprocessor_config.json: SageMaker's Hugging Face container calls pipeline() on this folder, which would fail to load one. Save it beside the model (tokenizer.save_pretrained), or give code-path with an inference.py.",
  };
};

const onnxWithoutScript: Rule = ({ has }) =>
  has('code/inference.py') || has('config.pbtxt')
    ? null
    : {
        rule: 'no-inference-script',
        message:
          'For SageMaker there is no code/inference.py, and none of its framework containers serves an ONNX file without one: set code-path, or deploy it with your own image (image-uri). target: local needs neither.',
        isNote: true,
      };

async function onnxWithoutRuntime({ has }: Layout, source: ModelSource): Promise<ArchiveFinding | null> {
  if (!has('code/inference.py')) return null;
  const script = await readSmall(source, 'code/inference.py');
  if (script === null || !/^\s*(import|from)\s+onnxruntime\b/m.test(script)) return null;
  const requirements = (await readSmall(source, 'code/requirements.txt')) ?? '';
  if (/^onnxruntime/im.test(requirements)) return null;
  return {
    rule: 'onnxruntime-not-required',
    message:
      "code/inference.py imports onnxruntime, which code/requirements.txt does not name: SageMaker's framework containers do not have it, so the import would fail. Add it, unless the image of your own has it.",
  };
}

const RULES: Readonly<Record<Framework, readonly Rule[]>> = {
  sklearn: [sklearnWithoutScript],
  pytorch: [pytorchWithoutScript],
  tensorflow: [tensorflowFolder, tensorflowVariables],
  xgboost: [xgboostOtherFiles],
  huggingface: [huggingfaceTokenizer],
  onnx: [onnxWithoutScript],
  custom: [],
};
