/** The releases that the main job takes through the actions, and how each has to end. */
import { join } from 'node:path';
import { root } from '../lib/paths.ts';

/** How a release goes in: straight, behind a smoke-tested candidate, or promoted without a look at the candidate. */
export type Route = 'straight' | 'staged' | 'careless';
/** How a release has to end. */
export type Ending = 'released' | 'refused' | 'rolled back';

export interface ReleaseStory {
  readonly name: string;
  readonly title: string;
  /** What is packed: a folder or an .onnx file. */
  readonly model: string;
  /** What the release names as its reference; null: the model itself. */
  readonly reference: string | null;
  readonly cases: string;
  readonly minAccuracy: string;
  readonly route: Route;
  readonly ending: Ending;
}

const MIN_ACCURACY = '0.95';

function sample(name: string, title: string, route: Route, ending: Ending): ReleaseStory {
  return {
    name,
    title,
    model: join(root, 'model/releases', name, 'archive'),
    reference: join(root, 'model/releases', name, 'reference.onnx'),
    cases: join(root, 'model/cases/held-out.json'),
    minAccuracy: MIN_ACCURACY,
    route,
    ending,
  };
}

export const sampleReleases: readonly ReleaseStory[] = [
  sample('v1', 'the first release', 'straight', 'released'),
  sample('v2', 'retrained on more data', 'staged', 'released'),
  sample('bad-swapped', 'the export has two features swapped', 'staged', 'refused'),
  sample(
    'bad-accuracy',
    'the retrained model lost accuracy, and is promoted without a look',
    'careless',
    'rolled back',
  ),
];

/** A release of the user's own model; without a reference it is compared with itself, run by ONNX Runtime. */
export function ownRelease(
  model: string,
  cases: string,
  reference: string | null,
  minAccuracy: string,
): ReleaseStory {
  return {
    name: 'yours',
    title: model,
    model,
    reference,
    cases,
    minAccuracy,
    route: 'straight',
    ending: 'released',
  };
}
