/** Names the newest verified release of an environment: the only document of the artifact store that is ever replaced. */
import { readDocument, writeDocument, type Format } from './document.ts';
import { digest, nullable, object, oneOf, text, time } from './shape.ts';

export const NEWEST_SCHEMA = 'ml-deploy/newest/v1';

export interface NewestDocument {
  readonly schema: typeof NEWEST_SCHEMA;
  /** owner/name */
  readonly repository: string;
  readonly environment: string;
  /** Null where ml-deploy.yml has no models. */
  readonly model: string | null;
  /** Digest of the release record. */
  readonly release: string;
  readonly at: string;
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
  }),
};

/** @throws UserError */
export function parseNewest(source: string, where: string): NewestDocument {
  return readDocument(FORMAT, source, where);
}

export function writeNewest(document: NewestDocument): string {
  return writeDocument(document);
}
