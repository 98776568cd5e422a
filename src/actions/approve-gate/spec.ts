import { commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, integer, list, number, secret, text } from '../../core/spec/input.ts';

export const spec = defineAction({
  name: 'approve-gate',
  title: 'ml-deploy: approve gate',
  description: 'Lets a deployment go on only after the right people approved exactly this plan.',
  branding: { icon: 'user-check', color: 'purple' },
  post: true,
  inputs: {
    mode: choice(['wait', 'request', 'resume', 'environment'], {
      description: '`wait` opens an issue and waits for comments on it.',
      default: 'wait',
    }),
    approvers: list({ description: 'Who may approve: GitHub users, and teams as `org/team`.' }),
    'minimum-approvals': integer({
      description: 'How many of them have to approve.',
      default: '1',
      min: 1,
      max: 50,
    }),
    'exclude-initiator': boolean({
      description: 'Whether the person who started the run may not approve it.',
      default: 'true',
    }),
    'plan-path': text({ description: 'The plan document made by deploy-endpoint.' }),
    'report-path': text({
      description: 'A smoke report (JSON) of the same model, shown to the approvers as evidence.',
    }),
    token: secret({
      description:
        'A token that may write issues. Default: the job’s own token. Teams need one that may read the organisation.',
      expression: '${{ github.token }}',
    }),
    'timeout-minutes': number({ description: 'How long to wait.', default: '60', min: 0.01, max: 43_200 }),
    'poll-seconds': number({
      description: 'Seconds between two looks at the issue.',
      default: '15',
      min: 1,
      max: 3600,
    }),
    'approve-words': list({
      description: 'Further words that approve, beside approve, approved, lgtm and yes.',
    }),
    'deny-words': list({ description: 'Further words that deny, beside deny, denied and no.' }),
    'issue-title': text({
      description: 'The title of the issue. Default: names the endpoint, the environment and the plan.',
    }),
    labels: list({ description: 'Labels for the issue.' }),
    ...commonInputs,
  },
  outputs: {
    status: 'approved, denied, timed-out, cancelled, pending or superseded.',
    'approved-by': 'Who approved, separated by commas.',
    'approved-plan': 'Path of the approved plan, for deploy-endpoint; empty where it was not approved.',
    'issue-number': 'Number of the issue.',
    'issue-url': 'URL of the issue.',
    'deployment-id': 'Id of the GitHub Deployment (mode request); empty in the other modes.',
  },
});
