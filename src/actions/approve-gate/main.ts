import type { ApprovalHost } from '../../core/approval/deployment-host.ts';
import type { Ports } from '../../core/ports.ts';
import { outside } from '../../core/redaction/outside.ts';
import { action } from '../../runner/action.ts';
import { readCommentEvent } from '../../runner/comment-event.ts';
import type { CommentEvent } from './ports.ts';
import { spec } from './spec.ts';

const ISSUE = 'issue';
const ENDED = 'ended';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const token = inputs.token ?? tools.settings.githubToken;
    await run(inputs, {
      ...ports,
      connect: token === null ? null : () => connect(token, ports),
      pollMs: tools.settings.pollMs,
      event: () => eventOf(ports),
      remember: {
        opened: (issue) => tools.state.save(ISSUE, String(issue)),
        ended: () => tools.state.save(ENDED, 'true'),
      },
    });
  },
  post: async (ports, tools) => {
    const issue = Number(tools.state.get(ISSUE));
    if (!(issue > 0) || tools.state.get(ENDED) === 'true') return;
    const { tokenInput } = await import('../../runner/octokit.ts');
    const token = tokenInput() ?? tools.settings.githubToken;
    if (token === null) return;
    const { closeLeftOpen } = await import('./post.ts');
    await closeLeftOpen(issue, await connect(token, ports), ports.log);
  },
});

async function eventOf({ context }: Ports<never>): Promise<CommentEvent | null> {
  const event = await readCommentEvent(context);
  if (event === null) return null;
  const { gateComment } = await import('../../adapters/github/shapes.ts');
  return { ...event, comment: event.comment === null ? null : gateComment(event.comment) };
}

async function connect(token: string, ports: Ports<never>): Promise<ApprovalHost> {
  const { createOctokit } = await import('../../runner/octokit.ts');
  const { createGateHost } = await import('../../adapters/github/gate-host.ts');
  const { repository, apiUrl } = ports.context;
  ports.redactor.addSecret(token);
  const host = createGateHost(createOctokit(token, apiUrl), {
    repository,
    signal: ports.signal,
    now: () => ports.clock.now(),
  });
  return outside(host, ports.redactor);
}
