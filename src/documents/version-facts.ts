/** What is known of a version that serves, served, or waits, as the documents of the platforms hold it. */
import type { VersionInfo } from '../core/targets.ts';
import { flag, nullable, optional, text } from './shape.ts';

export const versionFields = {
  version: text,
  modelDigest: text,
  imageDigest: nullable(text),
  referenceDigest: nullable(text),
  referenceUrl: nullable(text),
  planDigest: nullable(text),
  release: nullable(text),
  deployedAt: text,
  served: flag,
  verified: flag,
  withdrawnAt: optional(nullable(text)),
} satisfies Readonly<Record<keyof VersionInfo, unknown>>;
