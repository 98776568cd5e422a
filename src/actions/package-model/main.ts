import type { OpenSession } from '../../core/model-session.ts';
import { action } from '../../runner/action.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { openStore } = await import('../../stores/open-store.ts');
    // Only a model with an ONNX file that the store does not know pays for a runtime.
    const openSession: OpenSession = async (model, options) => {
      const { createSessionOpener } = await import('../../adapters/onnx/open-session.ts');
      const { toolCache, bundleDir } = tools.settings;
      const open = createSessionOpener({
        moduleRoots: [bundleDir],
        toolCacheDir: toolCache ?? undefined,
        exec: tools.exec,
        log: ports.log,
      });
      return open(model, options);
    };
    await run(inputs, { ...ports, openStore, openSession });
  },
});
