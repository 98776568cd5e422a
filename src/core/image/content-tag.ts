/** The name of an image by what it is built from: the same content gets the same tag, and is built once. */
import { digestOf, sha256, shortDigest } from '../canonical-json.ts';
import type { ContextEntry } from './build-context.ts';
import { formatPlatform, parsePlatform } from './platform.ts';

const SCHEMA = 'ml-deploy/image-content/v1';
/** 64 bits: with a million images, two different ones share a tag with a chance of 3 in 100 million. */
const DIGITS = 16;

/**
 * What the tag covers. Not in it: the values of build secrets (they must leave no trace), the commit, and what a
 * mutable base tag such as `python:3.11-slim` points to today. Pin base images by digest.
 */
export interface ImageContent {
  readonly context: readonly ContextEntry[];
  /** sha256 of the Dockerfile. */
  readonly dockerfile: string;
  readonly args: ReadonlyMap<string, string>;
  readonly secretNames: readonly string[];
  readonly platform: string;
  /** Whose rules it is made for, as `for-target` names them. */
  readonly forTarget: string;
  /** The model that the image is labelled with; null if it is none. */
  readonly modelDigest: string | null;
  /** Whether that model is in the image, and not named by its label alone. */
  readonly hasModel: boolean;
}

/** `content-<16 hexadecimal digits>` */
export function contentTag(content: ImageContent): string {
  const digest = digestOf({
    schema: SCHEMA,
    context: content.context,
    dockerfile: content.dockerfile,
    args: Object.fromEntries([...content.args].map(([name, value]) => [name, sha256(value)])),
    secretNames: [...content.secretNames].sort(),
    platform: formatPlatform(parsePlatform(content.platform)),
    forTarget: content.forTarget,
    modelDigest: content.modelDigest,
    ...(content.hasModel ? { hasModel: true } : {}),
  });
  return `content-${shortDigest(digest, DIGITS)}`;
}

/** Whether a tag has the form of a content tag, which no other tag may have. */
export function isContentTag(tag: string): boolean {
  return /^content-[0-9a-f]{16}$/.test(tag);
}
