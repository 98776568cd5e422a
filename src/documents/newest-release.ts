/** Names the newest verified release of an environment: the only document of the artifact store that is ever replaced. */
import { readDocument, writeDocument, type Format } from './document.ts';
import { digest, nullable, object, oneOf, optional, text, time } from './shape.ts';

export const NEWEST_SCHEMA = 'ml-deploy/newest/v1';

export interface NewestDocument {
  readonly schema: typeof NEWEST_SCHEMA;
  /** owner/name */
  readonly repository: string;
  readonly environment: string;
  /** Null if ml-deploy.yml has no models. */
  readonly model: string | null;
  /** Digest of the release record. */
  readonly release: string;
  readonly at: string;
  /** `hmac-sha256:` and 64 hexadecimal digits, by a key that the jobs share; absent if they have none. */
  readonly signature?: string | undefined;
}

const FORMAT: Format<NewestDocument> = {
  what: 'the name of a release',
  schema: NEWEST_SCHEMA,
  remedy: 'Release to that environment again.',
  shape: object<NewestDocument>({
    schema: oneOf(NEWEST_SCHEMA),
    repository: text,
    environment: text,
    model: nullable(text),
    release: digest,
    at: time,
    signature: optional(text),
  }),
};

/** @throws UserError */
export function parseNewest(source: string, where: string): NewestDocument {
  return readDocument(FORMAT, source, where);
}

export function writeNewest(document: NewestDocument): string {
  return writeDocument(document);
}
