import type { RemoteFiles } from '../../core/archive/remote-model.ts';
import { stopYoungGenerationAt } from '../../core/young-generation.ts';
import { outside } from '../../core/redaction/outside.ts';
import { action } from '../../runner/action.ts';
import { sessionOpener } from '../../wiring/open-session.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { unservableBy } = await import('./own-image.ts');
    const { onnxReader } = await import('../../adapters/onnx/reader.ts');
    const { openStore } = await import('../../stores/open-store.ts');
    const { storeOptions } = await import('../../wiring/store-options.ts');
    stopYoungGenerationAt();
    const { clock, signal, redactor } = ports;
    const region = inputs.awsRegion ?? tools.settings.awsRegion;
    const { kmsKeyId, tags } = inputs;
    const stores = storeOptions({ region, kmsKeyId, tags }, ports, tools);
    await run(inputs, {
      ...ports,
      unservable: unservableBy(tools.environmentKey),
      openSession: sessionOpener(ports, tools),
      onnx: outside(onnxReader, redactor),
      openStore: outside((url) => openStore(url, stores), redactor),
      remote: outside(
        {
          list: async (url: string) => (await remote(url)).list(url),
          open: async (url: string, version: string | null) => (await remote(url)).open(url, version),
        },
        redactor,
      ),
      verifySignature: async (bundle, trusted) => {
        const { verifySignature } = await import('../../adapters/sigstore/verify-signature.ts');
        return outside(verifySignature, redactor)(bundle, trusted);
      },
      mlflow: tools.settings.mlflow,
      openMlflow: async (access, model) => {
        for (const secret of access.signIn?.secrets ?? []) tools.mask(secret);
        const { openMlflow } = await import('../../adapters/mlflow/mlflow.ts');
        const { files, ...said } = await outside(openMlflow, redactor)(access, model, { clock, signal });
        if (files.kind !== 'server') return { ...said, files };
        return { ...said, files: { kind: 'server', files: outside(files.files, redactor) } };
      },
      registry: {
        register: async (model) => {
          const { createModelRegistry } = await import('../../adapters/model-registry/model-registry.ts');
          const options = { region, clock, signal, pollMs: tools.settings.pollMs };
          return outside(createModelRegistry(options), redactor).register(model);
        },
      },
    });

    async function remote(url: string): Promise<RemoteFiles> {
      const { openRemote } = await import('../../stores/open-store.ts');
      return openRemote(url, stores);
    }
  },
});
