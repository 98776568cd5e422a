/** Which of AWS's own serving images load no model without a script of the user's. */
import type { Problem } from '../../core/errors.ts';

/** Where AWS's images look for the user's code, as package-model lays it out. */
export const SCRIPT_PATH = 'code/inference.py';

/** https://github.com/aws/sagemaker-scikit-learn-container (serving.py) */
export function needsScript(framework: string): boolean {
  return framework === 'sklearn' || framework === 'pytorch';
}

/** Why AWS's image of the framework cannot serve a model of these files; null if it can. */
export function withoutScript(framework: string, paths: readonly string[]): Problem | null {
  if (!needsScript(framework) || paths.includes(SCRIPT_PATH)) return null;
  const message = `"${framework}" needs ${SCRIPT_PATH}, which does not exist: AWS's ${framework} image cannot serve a model without one.`;
  const fix =
    'Set code-path to a folder with an inference.py, or deploy the model with your own image (image-uri).';
  return { where: 'framework', message, fix };
}
