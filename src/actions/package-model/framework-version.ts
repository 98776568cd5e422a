/** The version of the framework, if a file of the model has it. */
import type { ModelSource } from '../../core/archive/source.ts';
import type { Framework } from '../../core/archive/framework.ts';
import { packageVersions } from '../../core/archive/requirements.ts';
import type { Writer } from '../../documents/writer.ts';
import { readSmall } from '../../core/archive/small-file.ts';

/** The names of a framework on PyPI, and in the MLmodel file of MLflow. */
const NAMES: Readonly<Partial<Record<Framework, { readonly pypi: string; readonly mlflow: string }>>> = {
  sklearn: { pypi: 'scikit-learn', mlflow: 'sklearn_version' },
  pytorch: { pypi: 'torch', mlflow: 'pytorch_version' },
  tensorflow: { pypi: 'tensorflow', mlflow: 'tensorflow_version' },
  xgboost: { pypi: 'xgboost', mlflow: 'xgb_version' },
  huggingface: { pypi: 'transformers', mlflow: 'transformers_version' },
};

/** Such as `1.4.2`; null if no file tells. */
export async function readVersion(framework: Framework, source: ModelSource): Promise<string | null> {
  const names = NAMES[framework];
  if (names === undefined) return null;
  if (framework === 'huggingface') {
    const version = versionOfConfig(await readSmall(source, 'config.json'));
    if (version !== null) return version;
  }
  const mlflow = await readSmall(source, 'MLmodel');
  const noted = notedIn(mlflow, names.mlflow);
  if (noted !== null) return noted;
  return (await packageVersions(source)).get(names.pypi)?.version ?? null;
}

/** @param mlflow the text of an MLmodel file; null if there is none */
function notedIn(mlflow: string | null, key: string): string | null {
  return new RegExp(`^\\s*${key}:\\s*['"]?([\\w.+-]+)`, 'm').exec(mlflow ?? '')?.[1] ?? null;
}

/** What the MLmodel file of MLflow says of the packages that the model was saved with. */
export async function mlflowWriters(source: ModelSource): Promise<Writer[]> {
  const path = 'MLmodel';
  const mlflow = await readSmall(source, path);
  return Object.values(NAMES).flatMap(({ pypi, mlflow: key }) => {
    const version = notedIn(mlflow, key);
    return version === null ? [] : [{ path, package: pypi, version }];
  });
}

/** https://huggingface.co/docs/transformers/main_classes/configuration */
function versionOfConfig(text: string | null): string | null {
  try {
    const config = JSON.parse(text ?? '{}') as { transformers_version?: unknown };
    return typeof config.transformers_version === 'string' ? config.transformers_version : null;
  } catch {
    return null;
  }
}
