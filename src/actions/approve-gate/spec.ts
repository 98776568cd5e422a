import { DOCUMENT_KINDS } from '../../core/approval/document/read-document.ts';
import { commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, integer, list, number, secret, text } from '../../core/spec/input.ts';

export const spec = defineAction({
  name: 'approve-gate',
  title: 'ml-deploy: approve gate',
  description: 'Lets a deployment continue only after the right people have approved exactly this plan.',
  branding: { icon: 'user-check', color: 'purple' },
  post: true,
  inputs: {
    mode: choice(['wait', 'request', 'resume', 'environment', 'conclude', 'check'], {
      description:
        '`wait` opens an issue and waits for comments on it. `request` opens the issue and ends; `resume`, in a workflow on `issue_comment`, continues from there, and `conclude` reports how the release went. `environment` reads the reviews of GitHub’s own environment protection. `check` compares a document with the approved one, and asks nobody.',
      default: 'wait',
    }),
    approvers: list({ description: 'Who can approve: GitHub users, and teams as `org/team`.' }),
    'minimum-approvals': integer({
      description: 'How many approvers have to approve.',
      default: '1',
      min: 1,
      max: 50,
    }),
    'exclude-initiator': boolean({
      description: 'Whether the approval of the person who started the run does not count.',
      default: 'true',
    }),
    'allow-read-access': boolean({
      description: 'Whether approvers with read access only count. Everybody can read a public repository.',
      default: 'false',
    }),
    'plan-path': text({ description: 'The plan document, written by deploy-endpoint.' }),
    'document-path': text({
      description:
        'Instead of plan-path: any document to approve. Only digests of its content are kept; no value of it is shown or passed on.',
    }),
    'document-kind': choice(DOCUMENT_KINDS, {
      description:
        'The kind of document: `terraform-plan` (from `terraform show -json` or `tofu show -json`), `kubernetes-diff` (from `kubectl diff` or `helm diff`), or any `file`, in which every byte counts.',
      default: 'file',
    }),
    'document-name': text({
      description:
        'What the request is about, such as infrastructure. A newer request with the same name and environment replaces it. Default: the name of the file.',
    }),
    'document-key': secret({
      description:
        'A secret of 16 characters or more that seals the sensitive values of the document: if one of them changes, it is another document. Use the same key with mode check. Without it these values are left out, and the request says how many.',
    }),
    'approved-plan': text({
      description: 'Mode check: what was approved, from the output approved-plan or approved-plan-json.',
    }),
    'report-path': text({
      description: 'A smoke report (JSON) of the same model, shown to the approvers as evidence.',
    }),
    token: secret({
      description:
        'A token that can write issues. Default: the job’s own token. Teams need a token that can read the organisation.',
      expression: '${{ github.token }}',
    }),
    'timeout-minutes': number({
      description:
        'How many minutes the request is open. Default: 60 with mode wait, 10080 (a week) with mode request; 43200 at most.',
      belowActionOnly: true,
      min: 0.01,
      max: 43_200,
    }),
    'reminder-minutes': number({
      description:
        'How many minutes before the end approvers who have not decided are reminded; 0 for never. Default: a quarter of timeout-minutes, or never if that is below 15.',
      min: 0,
      max: 43_200,
    }),
    'poll-seconds': number({
      description:
        'Seconds between two looks at the issue; up to four times as many after ten minutes without news.',
      default: '15',
      min: 1,
      max: 3600,
    }),
    'approve-words': list({
      description: 'More words that approve, in addition to approve, approved, lgtm and yes.',
    }),
    'deny-words': list({ description: 'More words that deny, in addition to deny, denied and no.' }),
    'issue-title': text({
      description:
        'The title of the issue. Default: a title with the endpoint, the environment and the plan.',
    }),
    labels: list({ description: 'Labels for the issue.' }),
    'issue-number': integer({
      description:
        'Mode resume: the issue of the request. Default: the one that was commented on. Without either, every open request is reminded or ended when its time has come.',
      min: 1,
    }),
    requester: text({
      description:
        'Mode resume: the account whose requests count, which is the account of the token used with mode request.',
      default: 'github-actions[bot]',
    }),
    'deployment-id': integer({
      description: 'Mode conclude: the output deployment-id of mode resume.',
      min: 1,
    }),
    result: choice(['success', 'failure', 'cancelled', 'skipped'], {
      description: 'Mode conclude: how the release went, such as `${{ needs.release.result }}`.',
    }),
    'endpoint-url': text({ description: 'Mode conclude: the endpoint’s URL, shown with the deployment.' }),
    ...commonInputs,
  },
  outputs: {
    status:
      'approved, denied, timed-out, cancelled, pending, superseded, or error; empty if there is no request to decide on.',
    'approved-by': 'Who approved, separated by commas.',
    'approved-plan': 'Path of the approved plan, for deploy-endpoint; empty if it was not approved.',
    'approved-plan-json':
      'The approved plan itself, for deploy-endpoint in another job; empty if it was not approved.',
    'plan-digest': 'Digest of the approved plan, or of the approved document and its place.',
    'endpoint-name': 'Endpoint of the approved plan.',
    target: 'Target of the approved plan.',
    'environment-name': 'Environment of the approved plan.',
    commit: 'Commit that the approved plan was made from.',
    'model-digest': 'Digest of the approved model, or of what counts in the approved document.',
    'model-data-url': 'URL of the approved model’s archive.',
    'reference-url': 'URL of the approved reference model; empty if there is none.',
    'image-digest': 'Digest of the approved image; empty if there is none.',
    'image-uri': 'URI of the approved image; empty if there is none.',
    'release-digest': 'Digest of the release record that was planned; empty if there was none.',
    'issue-number': 'Number of the issue.',
    'issue-url': 'URL of the issue.',
    'deployment-id':
      'Id of the GitHub Deployment (modes request, resume and conclude); empty in the other modes.',
  },
});
