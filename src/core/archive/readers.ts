/** Whether what is to load a model can read what wrote it. */
import type { Finding } from '../../documents/plan.ts';
import type { Writer } from '../../documents/writer.ts';

/** What loads the model, with the versions of the packages in it that are known. */
export interface Reader {
  /** In a sentence, such as `this image (AWS's sagemaker-scikit-learn:1.2-1-cpu-py3)`. */
  readonly title: string;
  /** By the name on PyPI. */
  readonly packages: ReadonlyMap<string, string>;
  /** Whether it installs the model's own requirements.txt before it loads the model. */
  readonly installsPins: boolean;
}

/** The packages whose version decides whether a model can be loaded, with the names that people know. */
const TITLES: Readonly<Record<string, string>> = {
  'scikit-learn': 'scikit-learn',
  numpy: 'numpy',
  torch: 'PyTorch',
  tensorflow: 'TensorFlow',
  keras: 'Keras',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
  catboost: 'CatBoost',
  transformers: 'Transformers',
  joblib: 'joblib',
  cloudpickle: 'cloudpickle',
};

export const READ_PACKAGES: readonly string[] = Object.keys(TITLES);

const titleOf = (name: string) => TITLES[name] ?? name;

/** One finding for each package of each file: what does not fit, what fits, and what is not known of the reader. */
export function readerFindings(writers: readonly Writer[], reader: Reader): Finding[] {
  return writers.flatMap((writer) => {
    if (writer.pinned !== undefined && reader.installsPins) return [];
    const version = reader.packages.get(writer.package);
    if (version !== undefined) return [judged(writer, version, reader.title)];
    const wrote = writtenBy(writer);
    const message = `Not checked: ${wrote}, and nothing says which version of ${titleOf(writer.package)} ${reader.title} has.`;
    // The major version of numpy is known for most pickles, and for hardly any image.
    return writer.package === 'numpy' ? [] : [{ level: 'not-checked', message }];
  });
}

function judged(writer: Writer, version: string, reader: string): Finding {
  const wrote = `${writtenBy(writer)}; ${reader} has ${version}.`;
  const why = unreadable(writer, version);
  return why === null ? { level: 'ok', message: wrote } : { level: 'warning', message: `${wrote} ${why}` };
}

function writtenBy({ path, package: name, version }: Writer): string {
  return name === 'numpy'
    ? `"${path}" contains arrays of numpy ${version}`
    : `"${path}" was written by ${titleOf(name)} ${version}`;
}

/**
 * Why a version may not load what another one wrote, and what to do; null if it should.
 * https://scikit-learn.org/stable/model_persistence.html: scikit-learn does not load models of other versions
 */
export function unreadable({ package: name, version }: Writer, reader: string): string | null {
  if (name === 'numpy') {
    // numpy 2 renamed numpy.core, and 1.26 reads its arrays too.
    const isOld = major(version) >= 2 && (major(reader) < 1 || (major(reader) === 1 && minor(reader) < 26));
    return isOld ? 'It cannot read them: use numpy 1.26 or newer there.' : null;
  }
  if (name === 'scikit-learn') {
    if (sameMinor(version, reader)) return null;
    return `scikit-learn loads a model only in the same version: use an image with ${twoParts(version)}, or train with ${twoParts(reader)}.`;
  }
  if (!isOlder(reader, version)) return null;
  return `An older version possibly cannot read it: use an image with ${twoParts(version)} or newer.`;
}

export const sameMinor = (a: string, b: string) => major(a) === major(b) && minor(a) === minor(b);
const isOlder = (a: string, b: string) =>
  major(a) < major(b) || (major(a) === major(b) && minor(a) < minor(b));
const twoParts = (version: string) => version.split('.').slice(0, 2).join('.');
const part = (version: string, at: number) => Number.parseInt(version.split('.')[at] ?? '0', 10) || 0;
const major = (version: string) => part(version, 0);
const minor = (version: string) => part(version, 1);
