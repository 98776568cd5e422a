/** What wrote the model, compared with what is to load it, before anybody approves. */
import { readerFindings, type Reader } from '../../core/archive/readers.ts';
import { messageOf } from '../../core/errors.ts';
import { labelledPackages, PACKAGES_LABEL } from '../../core/image/packages-label.ts';
import type { Finding } from '../../documents/plan.ts';
import { platformOf } from '../../platforms/table.ts';
import type { Inputs } from './inputs.ts';
import type { SourcePorts, Sources } from './source-ports.ts';

export interface LabelPorts {
  /** The labels of an image that is pinned by digest, from its registry. @throws for one that cannot be read */
  readonly imageLabels: (uri: string) => Promise<ReadonlyMap<string, string>>;
}

/** Nothing for a model whose files do not say what wrote them: ONNX, for one, says what it needs by itself. */
export async function writerFindings(
  inputs: Inputs,
  { model, image }: Sources,
  ports: Pick<SourcePorts, 'signal'> & LabelPorts,
): Promise<readonly Finding[]> {
  const { writers = [] } = model;
  const { traits } = platformOf(inputs.target);
  if (writers.length === 0 || (traits.servesArchives && image === null)) return [];
  const reader = await readerOf(inputs, image?.uri ?? null, ports);
  return typeof reader === 'string'
    ? [
        {
          level: 'not-checked',
          message: `Not checked: whether the serving image can read the model. ${reader}`,
        },
      ]
    : readerFindings(writers, reader);
}

/** What loads the model, or a sentence that says why that is not known. */
async function readerOf(inputs: Inputs, pinned: string | null, ports: LabelPorts): Promise<Reader | string> {
  const { frameworkVersion: version, imageUri: uri } = inputs;
  // An image that is named serves, whatever the framework.
  const framework = pinned === null ? inputs.framework : null;
  const known = await platformOf(inputs.target).image.packagesOf?.({ framework, version, uri });
  if (known != null) return { ...known, title: `this image (${known.title})` };
  if (pinned === null) return 'Neither image-uri nor framework names the image.';
  try {
    const packages = labelledPackages(await ports.imageLabels(pinned));
    if (packages !== null) return { title: 'this image', packages, installsPins: false };
    return `${pinned} has no label ${PACKAGES_LABEL}: build it with push-image, or set the label in the Dockerfile.`;
  } catch (error) {
    return messageOf(error);
  }
}
