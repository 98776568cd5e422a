/** Opens ONNX models with what the runner's machine has. */
import type { OpenSession } from '../core/model-session.ts';
import type { Ports } from '../core/ports.ts';
import { outside } from '../core/redaction/outside.ts';
import type { Toolbox } from '../runner/toolbox.ts';

/** The runtime is loaded with the first model: most steps open none. */
export function sessionOpener(
  { log, redactor }: Pick<Ports<never>, 'log' | 'redactor'>,
  { exec, settings }: Pick<Toolbox, 'exec' | 'settings'>,
): OpenSession {
  return async (model, options) => {
    const { createSessionOpener } = await import('../adapters/onnx/open-session.ts');
    const open = createSessionOpener({
      moduleRoots: [settings.bundleDir],
      ...(settings.toolCache === null ? {} : { toolCacheDir: settings.toolCache }),
      exec,
      log,
    });
    return outside(open, redactor)(model, options);
  };
}
