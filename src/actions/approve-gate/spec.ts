import { DOCUMENT_KINDS } from '../../core/approval/document/read-document.ts';
import { commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, integer, list, number, secret, text } from '../../core/spec/input.ts';

export const spec = defineAction({
  name: 'approve-gate',
  title: 'ml-deploy: approve gate',
  description: 'Lets a deployment go on only after the right people approved exactly this plan.',
  branding: { icon: 'user-check', color: 'purple' },
  post: true,
  inputs: {
    mode: choice(['wait', 'request', 'resume', 'environment', 'conclude', 'check'], {
      description:
        '`wait` opens an issue and waits for comments on it. `request` opens it and ends; `resume`, in a workflow on `issue_comment`, goes on from there, and `conclude` tells how the release went. `environment` reads the reviews of GitHub’s own environment protection. `check` compares a document with the one that was approved, and asks nobody.',
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
    'allow-read-access': boolean({
      description:
        'Whether approvers count who may only read the repository, which everybody may where it is public.',
      default: 'false',
    }),
    'plan-path': text({ description: 'The plan document made by deploy-endpoint.' }),
    'document-path': text({
      description:
        'Instead of plan-path: any document to approve. What counts in it is kept by digests; no value of it is shown or handed on.',
    }),
    'document-kind': choice(DOCUMENT_KINDS, {
      description:
        'What the document is: `terraform-plan` (of `terraform show -json` or `tofu show -json`), `kubernetes-diff` (of `kubectl diff` or `helm diff`), or any `file`, of which every byte counts.',
      default: 'file',
    }),
    'document-name': text({
      description:
        'What the request is about, such as infrastructure; a newer request of the same name and environment replaces it. Default: the name of the file.',
    }),
    'document-key': secret({
      description:
        'A secret text of 16 characters or more that seals the sensitive values of the document, so that another secret is another document. Give the same to mode check. Without it they are left out, and the request says how many.',
    }),
    'approved-plan': text({
      description: 'Mode check: what was approved, the output approved-plan or approved-plan-json.',
    }),
    'report-path': text({
      description: 'A smoke report (JSON) of the same model, shown to the approvers as evidence.',
    }),
    token: secret({
      description:
        'A token that may write issues. Default: the job’s own token. Teams need one that may read the organisation.',
      expression: '${{ github.token }}',
    }),
    'timeout-minutes': number({
      description:
        'How long the request stands. Default: 60 with mode wait, 10080 (a week) with mode request; 43200 at most.',
      belowActionOnly: true,
      min: 0.01,
      max: 43_200,
    }),
    'reminder-minutes': number({
      description:
        'Minutes before the end at which approvers who have not decided are called again; 0 for never. Default: a quarter of timeout-minutes, and never where that is below 15.',
      min: 0,
      max: 43_200,
    }),
    'poll-seconds': number({
      description:
        'Seconds between two looks at the issue; after ten minutes without news they become up to four times as many.',
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
    'issue-number': integer({
      description:
        'Mode resume: the issue of the request. Default: the one that the comment was written on; without either, every waiting request is reminded or ended as its time has come.',
      min: 1,
    }),
    requester: text({
      description:
        'Mode resume: the account whose requests count, that is the account of the token of mode request.',
      default: 'github-actions[bot]',
    }),
    'deployment-id': integer({ description: 'Mode conclude: the deployment-id of mode resume.', min: 1 }),
    result: choice(['success', 'failure', 'cancelled', 'skipped'], {
      description: 'Mode conclude: how the release went, such as `${{ needs.release.result }}`.',
    }),
    'endpoint-url': text({ description: 'Mode conclude: the endpoint’s URL, shown with the deployment.' }),
    ...commonInputs,
  },
  outputs: {
    status:
      'approved, denied, timed-out, cancelled, pending, superseded, or error; empty where there is no request to decide on.',
    'approved-by': 'Who approved, separated by commas.',
    'approved-plan': 'Path of the approved plan, for deploy-endpoint; empty where it was not approved.',
    'approved-plan-json':
      'The approved plan itself, for deploy-endpoint in another job; empty where it was not approved.',
    'plan-digest': 'Digest of the approved plan, or of the approved document and its place.',
    'endpoint-name': 'Endpoint of the approved plan.',
    target: 'Target of the approved plan.',
    'environment-name': 'Environment of the approved plan.',
    commit: 'Commit that the approved plan was made from.',
    'model-digest': 'Digest of the approved model, or of what counts in the approved document.',
    'model-data-url': 'URL of the approved model’s archive.',
    'reference-url': 'URL of the approved reference model; empty where there is none.',
    'image-digest': 'Digest of the approved image; empty where there is none.',
    'image-uri': 'URI of the approved image; empty where there is none.',
    'release-digest': 'Digest of the release record that was planned; empty where there was none.',
    'issue-number': 'Number of the issue.',
    'issue-url': 'URL of the issue.',
    'deployment-id':
      'Id of the GitHub Deployment (modes request, resume and conclude); empty in the other modes.',
  },
});
