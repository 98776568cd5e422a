/**
 * Names of what we make. A version is the name of an endpoint config, which is derived from everything that the config
 * and its model contain: the same request is the same names, whoever makes it and however often.
 */
import { digestOf } from '../../core/canonical-json.ts';

/** Of 63 characters: the digest and a hyphen take 17. */
const PREFIX_LENGTH = 44;
const DIGITS = 16;

function prefixOf(endpoint: string): string {
  return endpoint.slice(0, PREFIX_LENGTH).replace(/-+$/, '');
}

/** Two long names may be cut to the same prefix, and then only the tags tell whose a config is. */
export function isCut(endpoint: string): boolean {
  return endpoint.length > PREFIX_LENGTH;
}

/** What every version's name of this endpoint begins with. */
export function versionPrefix(endpoint: string): string {
  return `${prefixOf(endpoint)}-`;
}

/** `<endpoint>-<16 digits>`; the endpoint is in the digest, because long names are cut. */
export function contentName(endpoint: string, kind: 'model' | 'config', content: unknown): string {
  return `${versionPrefix(endpoint)}${digestOf({ endpoint, kind, content }).slice(0, DIGITS)}`;
}

/** Whether a config or model has a name that we would give. */
export function isContentName(endpoint: string, name: string): boolean {
  const prefix = versionPrefix(endpoint);
  return name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length));
}
