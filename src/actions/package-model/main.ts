import { stopYoungGenerationAt } from '../../core/young-generation.ts';
import { outside } from '../../core/redaction/outside.ts';
import { action } from '../../runner/action.ts';
import { sessionOpener } from '../../wiring/open-session.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { onnxReader } = await import('../../adapters/onnx/reader.ts');
    const { openStore } = await import('../../stores/open-store.ts');
    const { s3Options } = await import('../../wiring/s3-options.ts');
    stopYoungGenerationAt();
    const { clock, signal, redactor } = ports;
    const region = inputs.awsRegion ?? tools.settings.awsRegion;
    const { kmsKeyId, tags } = inputs;
    const s3 = s3Options({ region, kmsKeyId, tags }, ports, tools);
    await run(inputs, {
      ...ports,
      openSession: sessionOpener(ports, tools),
      onnx: outside(onnxReader, redactor),
      openStore: outside((url) => openStore(url, { s3 }), redactor),
      remote: outside(
        {
          list: async (url: string) => (await remote()).list(url),
          open: async (url: string, version: Parameters<Awaited<ReturnType<typeof remote>>['open']>[1]) =>
            (await remote()).open(url, version),
        },
        redactor,
      ),
      verifySignature: async (bundle, trusted) => {
        const { verifySignature } = await import('../../adapters/sigstore/verify-signature.ts');
        return outside(verifySignature, redactor)(bundle, trusted);
      },
      registry: {
        register: async (model) => {
          const { createModelRegistry } = await import('../../adapters/model-registry/model-registry.ts');
          const options = { region, clock, signal, pollMs: tools.settings.pollMs };
          return outside(createModelRegistry(options), redactor).register(model);
        },
      },
    });

    async function remote() {
      const { createS3Remote } = await import('../../stores/s3/s3-remote.ts');
      return createS3Remote(s3);
    }
  },
});
