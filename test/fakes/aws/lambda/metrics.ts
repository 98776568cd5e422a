/** CloudWatch's metrics of functions, from the invocations that were counted. */
import type { MetricQuery } from '../services/cloudwatch.ts';
import type { Counted, LambdaState } from './state.ts';

/**
 * One point where anything was counted in the query's time; none where nothing was, as on AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html (Resource, ExecutedVersion)
 */
export function lambdaMetric(
  { counted }: LambdaState,
  { metric, dimensions, statistic, start, end }: MetricQuery,
): { at: Date; value: number }[] {
  const { FunctionName, Resource, ExecutedVersion } = dimensions;
  const chosen = counted.filter(
    ({ at, functionName, resource, version }) =>
      at >= start &&
      at < end &&
      functionName === FunctionName &&
      (Resource === undefined || resource === Resource) &&
      (ExecutedVersion === undefined || version === ExecutedVersion),
  );
  return chosen.length === 0 ? [] : [{ at: start, value: valueOf(metric, statistic, chosen) }];
}

function valueOf(metric: string, statistic: string, chosen: readonly Counted[]): number {
  if (metric === 'Invocations') return chosen.length;
  if (metric === 'Errors') return chosen.filter(({ error }) => error).length;
  const durations = chosen.map(({ duration }) => duration).sort((one, other) => one - other);
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(statistic) ?? [];
  const at = percent === undefined ? durations.length : Math.ceil((Number(percent) / 100) * durations.length);
  return durations[at - 1] ?? 0;
}
