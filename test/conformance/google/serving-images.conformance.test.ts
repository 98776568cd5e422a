/** The list of Google's prebuilt images is the one that Google's own client has, and so are the files that they load. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { FRAMEWORKS, MULTI_REGIONS } from '../../../src/platforms/vertex-ai/serving-images-data.ts';
import { servingImage } from '../../../src/platforms/vertex-ai/serving-images.ts';
import { TOKEN } from '../../fakes/google/fake-google.ts';
import { makeVertexBed } from '../../platforms/vertex-bed.ts';
import { missingWitness, PYTHON, startWitness } from '../beds/google-witness.ts';

if (missingWitness !== null) console.log(`Google's prebuilt images: ${missingWitness}`);

/** By framework, processor and version, for each part of the world; and the names of files. */
interface OfClient {
  readonly images: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>>
  >;
  readonly files: readonly string[];
}

const ASK = `
import json
from google.cloud.aiplatform.constants import prediction
from google.cloud.aiplatform import models
print(json.dumps({"images": prediction._SERVING_CONTAINER_URI_MAP, "files": models._SUPPORTED_MODEL_FILE_NAMES}))
`;

const LOCATIONS = { us: 'us-central1', europe: 'europe-west4', asia: 'asia-east1' } as const;
const MACHINES = {
  cpu: { machineType: 'n1-standard-4' },
  gpu: { machineType: 'n1-standard-4', acceleratorType: 'NVIDIA_TESLA_T4', acceleratorCount: 1 },
} as const;

describe.skipIf(missingWitness !== null)(`Google's prebuilt images ${missingWitness ?? ''}`, () => {
  const client = () => JSON.parse(execFileSync(PYTHON, ['-c', ASK], { encoding: 'utf8' })) as OfClient;

  it('are those of google-cloud-aiplatform, each under its own name, and load the files that it knows', () => {
    const { images, files } = client();
    const ours: Record<string, string> = {};
    for (const region of MULTI_REGIONS)
      for (const [framework, { versions }] of Object.entries(FRAMEWORKS))
        for (const [version, processors] of Object.entries(versions))
          for (const processor of Object.keys(processors) as (keyof typeof MACHINES)[]) {
            const [location, machine] = [LOCATIONS[region], MACHINES[processor]];
            const answer = servingImage({ framework, version, location, machine });
            ours[[region, framework, processor, version].join(' ')] = 'uri' in answer ? answer.uri : '';
          }
    const theirs = Object.entries(images).flatMap(([region, frameworks]) =>
      Object.entries(frameworks).flatMap(([framework, processors]) =>
        Object.entries(processors).flatMap(([processor, versions]) =>
          Object.entries(versions).map(([version, uri]) => [
            [region, framework, processor, version].join(' '),
            uri,
          ]),
        ),
      ),
    );
    console.log(
      `google-cloud-aiplatform has ${theirs.length} prebuilt images, and we ${Object.keys(ours).length}`,
    );
    expect(ours).toEqual(Object.fromEntries(theirs));
    const loaded = new Set(Object.values(FRAMEWORKS).flatMap(({ loads }) => loads));
    expect([...loaded].sort()).toEqual([...files].sort());
  });

  it('are uploaded and deployed by requests that Google’s types take', async () => {
    const bed = makeVertexBed();
    const { project, location } = bed.google.world.settings;
    const witness = startWitness(await bed.google.listen(), TOKEN, project, location);
    try {
      const [machine, framework, version] = [MACHINES.gpu, 'pytorch', '2.4'];
      const answer = servingImage({ framework, version, location, machine });
      bed.registry.set('uri' in answer ? answer.uri : '', `sha256:${'a'.repeat(64)}`);
      const { acceleratorType, acceleratorCount, machineType: instanceType } = machine;
      const settings = {
        framework,
        frameworkVersion: version,
        acceleratorType,
        acceleratorCount,
        instanceType,
      };
      const { desired, sources, ...rest } = bed.requestWith('one', settings);
      const { imageUri: _, ...spec } = desired.spec;
      const request = { ...rest, desired: { ...desired, spec }, sources: { ...sources, imageUri: null } };
      const result = await bed.target.deploy(await bed.target.plan(request));
      expect(result.outcome, result.message).toBe('deployed');
      const asked = bed.google.asked.filter(({ path }) => !path.startsWith('/storage/'));
      expect(await witness.judge(asked)).toEqual([]);
      const { versions } = await witness.read(bed.request('one').endpoint);
      expect(Object.values(versions)).toHaveLength(1);
      console.log(`Google's types take ${asked.length} of ${asked.length} requests for an image of Google's`);
    } finally {
      witness.close();
      await bed.dispose();
    }
  });
});
