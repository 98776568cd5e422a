/** The state of an endpoint in a line, with the share of the traffic. */
import type { DescribeEndpointOutput, PendingProductionVariantSummary } from '@aws-sdk/client-sagemaker';

/** `Updating to churn-0123456789abcdef: Baking, 50 % of the traffic, …` */
export function stateLine(described: DescribeEndpointOutput | null): string {
  if (described === null) return 'gone';
  const { EndpointStatus: status = '', PendingDeploymentSummary: pending, FailureReason: reason } = described;
  const why = reason ? ` (${reason})` : '';
  if (pending?.EndpointConfigName === undefined) return `${status}${why}`;
  const [variant] = pending.ProductionVariants ?? [];
  const [phase] = variant?.VariantStatus ?? [];
  const parts = [phase?.Status, share(variant), phase?.StatusMessage].filter(Boolean).join(', ');
  return `${status} to ${pending.EndpointConfigName}${parts === '' ? '' : `: ${parts}`}${why}`;
}

/** Traffic goes to the instances of the new fleet that take part already. */
function share(variant: PendingProductionVariantSummary | undefined): string {
  const { CurrentInstanceCount: current, DesiredInstanceCount: desired } = variant ?? {};
  if (current === undefined || !desired) return '';
  return `${Math.round((100 * current) / desired)} % of the traffic`;
}
