/** What MLflow says of a model: its file MLmodel, and the registry that was asked. */
import { readSmall } from '../../core/archive/small-file.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { ML_MODEL, readMlModel, type MlModel } from '../../core/mlflow/ml-model.ts';
import type { RegisteredModel } from '../../core/mlflow/registry.ts';
import type { MlflowOrigin } from '../../documents/release-record.ts';
import type { Request } from './check-inputs.ts';

/** null if the model has no such file, or one that cannot be read. */
export async function mlModelIn(source: ModelSource): Promise<MlModel | null> {
  const text = await readSmall(source, ML_MODEL);
  return text === null ? null : readMlModel(text);
}

/** For a folder: no server was asked. */
const UNASKED = { uri: null, alias: null, runId: null, metrics: {} };

/** For the release record; null for a model without MLflow. */
export function mlflowOrigin(
  { mlflow }: Request,
  registered: RegisteredModel | null,
  logged: MlModel | null,
): MlflowOrigin | null {
  if (registered === null && logged === null) return null;
  const { uri, alias, runId, metrics } = registered ?? UNASKED;
  return {
    server: mlflow === null ? null : new URL(mlflow.access.trackingUri).host,
    model: uri,
    alias,
    runId: runId ?? logged?.runId ?? null,
    flavors: logged?.flavors ?? [],
    metrics,
  };
}
