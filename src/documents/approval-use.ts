/** That an approval was carried out: in the artifact store, named by the digest of the approval. */
import { readDocument, writeDocument, type Format } from './document.ts';
import { digest, object, oneOf, text, time } from './shape.ts';

export const APPROVAL_USE_SCHEMA = 'ml-deploy/approval-use/v1';

export interface ApprovalUse {
  readonly schema: typeof APPROVAL_USE_SCHEMA;
  readonly planDigest: string;
  readonly version: string;
  readonly endpoint: string;
  /** The run that carried it out; '' if it is unknown. */
  readonly run: string;
  /** ISO 8601. */
  readonly at: string;
}

const FORMAT: Format<ApprovalUse> = {
  what: 'the note of an approval',
  schema: APPROVAL_USE_SCHEMA,
  remedy: 'Plan again, and have the new plan approved.',
  shape: object<ApprovalUse>({
    schema: oneOf(APPROVAL_USE_SCHEMA),
    planDigest: digest,
    version: text,
    endpoint: text,
    run: text,
    at: time,
  }),
};

/** @throws UserError if it cannot be read: that the approval was not used is then not known. */
export function parseApprovalUse(source: string, where: string): ApprovalUse {
  return readDocument(FORMAT, source, where);
}

export function writeApprovalUse(use: ApprovalUse): string {
  return writeDocument(use);
}
