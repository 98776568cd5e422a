/** Which framework a model was made with, by the names of its files. */
import type { ContentTree, TreeFile } from './content-tree.ts';
import { exclusionOfPath } from './exclusions.ts';

export const FRAMEWORKS = [
  'onnx',
  'sklearn',
  'pytorch',
  'tensorflow',
  'xgboost',
  'huggingface',
  'custom',
] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export interface FrameworkFinding {
  readonly framework: Framework;
  /** The file that tells; null if none does. */
  readonly because: string | null;
}

interface Rule {
  readonly framework: Framework;
  readonly evidence: RegExp;
  /** Must be there as well. */
  readonly beside?: RegExp;
  /** Files that do not tell by themselves, but do not speak against it either. */
  readonly alsoUses?: RegExp;
}

/** The most telling first: a Hugging Face folder may hold ONNX files, and any model a pickled helper. */
const RULES: readonly Rule[] = [
  {
    framework: 'huggingface',
    evidence: /(^|\/)(model([-.].*)?\.safetensors|pytorch_model([-.].*)?\.bin)$/,
    beside: /(^|\/)config\.json$/,
  },
  { framework: 'tensorflow', evidence: /(^|\/)saved_model\.pb$/ },
  { framework: 'onnx', evidence: /\.onnx$/i },
  {
    framework: 'xgboost',
    evidence: /(\.(bst|ubj)|(^|\/)xgboost-model)$/i,
    alsoUses: /\.(pkl|pickle|joblib|json)$/i,
  },
  { framework: 'pytorch', evidence: /\.(pt|pth)$/i },
  { framework: 'sklearn', evidence: /\.(joblib|pkl)$/i, alsoUses: /\.(pickle|skops)$/i },
];

/** Files below `code/` are programs, and an archive may hold what macOS put into it: neither says anything about the model. */
export function modelPaths(files: readonly Pick<TreeFile, 'path'>[]): string[] {
  const isModel = (path: string) => !path.startsWith('code/') && exclusionOfPath(path) !== 'clutter';
  return files.map((file) => file.path).filter(isModel);
}

export function detectFramework(tree: ContentTree): FrameworkFinding {
  const paths = modelPaths(tree);
  for (const { framework, evidence, beside } of RULES) {
    const because = paths.find((path) => evidence.test(path));
    const isWhole = beside === undefined || paths.some((path) => beside.test(path));
    if (because !== undefined && isWhole) return { framework, because };
  }
  return { framework: 'custom', because: null };
}

/** A sentence if the files do not look like the framework that the user named; null if they may. */
export function contradiction(named: Framework, tree: ContentTree): string | null {
  const found = detectFramework(tree);
  const rule = RULES.find(({ framework }) => framework === named);
  if (rule === undefined || found.because === null || found.framework === named) return null;
  const fits = (path: string) => rule.evidence.test(path) || (rule.alsoUses?.test(path) ?? false);
  if (modelPaths(tree).some(fits)) return null;
  return `framework is "${named}", but "${found.because}" looks like ${found.framework}. It is recorded as "${named}".`;
}
