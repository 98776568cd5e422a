/** A request's payload: shortened to what fits, and which requests are rivals. */
import type { Plan } from '../../documents/plan.ts';
import type { Evidence, RequestPayload } from '../../documents/request-payload.ts';
import { clip } from '../clip.ts';
import { UserError } from '../errors.ts';
import { sameKey, type RequestKey } from './marker.ts';

/** The task of our deployments. */
export const TASK = 'ml-deploy';

/** No limit is documented; this is what a column of GitHub's has held. */
const LARGEST = 60_000;
const ROWS = [60, 20, 5, 0];
const VALUE = 200;

/** Shortens what is for people only, so the comment shows the same as the payload holds. */
export function compact<T extends { readonly plan: Plan; readonly evidence: Evidence | null }>(
  content: T,
): T {
  for (const rows of ROWS) {
    const { plan, evidence } = content;
    const short = {
      ...content,
      plan: {
        ...plan,
        changes: plan.changes.slice(0, rows),
        steps: shorter(plan.steps, rows),
        findings: plan.findings.slice(0, rows),
        ...shorterNews(plan, rows),
      },
      evidence: evidence && {
        ...evidence,
        rows: evidence.rows
          .slice(0, rows)
          .map(([name, value]) => [clip(name, VALUE), clip(value, VALUE)] as const),
      },
    };
    if (JSON.stringify([short.plan, short.evidence]).length <= LARGEST) return short;
  }
  throw new UserError(
    `The plan is too large for a request (more than ${LARGEST} characters); use mode wait, or fewer settings.`,
  );
}

function shorterNews({ news }: Plan, rows: number): Pick<Plan, 'news'> | object {
  if (news?.commits === undefined) return {};
  const { commits } = news;
  return { news: { ...news, commits: { ...commits, newest: commits.newest.slice(0, rows) } } };
}

/** A plan of Terraform may have hundreds: the last line then says how many are not here. */
function shorter(steps: Plan['steps'], rows: number): Plan['steps'] {
  if (steps.length <= rows) return steps;
  const shown = steps.slice(0, Math.max(0, rows - 1));
  const rest = steps.length - shown.length;
  return [...shown, { when: 'will', what: `${rest} more: the summary of the run that planned names them.` }];
}

/** What makes two requests rivals. */
export function keyOf({ repository, environment, plan }: RequestPayload): RequestKey {
  return { repository, environment, endpoint: plan.endpoint };
}

export function sameEndpoint(a: RequestPayload, b: RequestPayload): boolean {
  return sameKey(keyOf(a), keyOf(b));
}
