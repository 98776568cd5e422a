/**
 * One page of a container's blobs. The service writes it, and nobody else: elements without attributes but `Encoded`, no
 * CDATA, no comments. https://learn.microsoft.com/rest/api/storageservices/list-blobs#response-body
 */
import { UpstreamError } from '../../core/errors.ts';

export interface ListedBlob {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/** @throws UpstreamError for a text that is no such page */
export function blobsIn(xml: string): { readonly blobs: readonly ListedBlob[]; readonly next: string } {
  if (!xml.includes('<EnumerationResults')) {
    throw new UpstreamError('Azure', 'Azure Blob did not answer with a list of blobs.');
  }
  const blobs = [...xml.matchAll(/<Blob>(.*?)<\/Blob>/gs)].map(([, blob = '']) => blob);
  return {
    blobs: blobs
      // A data lake lists its folders too.
      .filter(
        (blob) => textOf(blob, 'ResourceType') !== 'directory' && textOf(blob, 'hdi_isfolder') !== 'true',
      )
      .map((blob) => ({ key: nameIn(blob), size: Number(textOf(blob, 'Content-Length')) })),
    next: textOf(xml, 'NextMarker'),
  };
}

function textOf(xml: string, element: string): string {
  return unescaped(new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '');
}

/** A name that XML cannot hold is written as a URL's. */
function nameIn(blob: string): string {
  const [, encoded, name = ''] = /<Name( Encoded="true")?>([^<]*)<\/Name>/.exec(blob) ?? [];
  return encoded === undefined ? unescaped(name) : decodeURIComponent(unescaped(name));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}
