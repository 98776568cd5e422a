/**
 * Which bytes a plan means: an object of Cloud Storage can be overwritten under the same name. What Cloud Storage says
 * of the model's files is recorded when a plan is made, and compared when the approved plan is carried out.
 */
import { isDenied, isMissing } from '../../clouds/google/errors.ts';
import { digestOf } from '../../core/canonical-json.ts';
import type { Problem } from '../../core/errors.ts';
import type { Finding, Plan } from '../../documents/plan.ts';
import { LABEL } from './ledger.ts';
import type { VertexTargetOptions } from './options.ts';
import type { Version } from './versions.ts';

interface StoredObject {
  readonly name: string;
  readonly size: string;
  /** Base64 of four bytes. https://cloud.google.com/storage/docs/json_api/v1/objects#resource */
  readonly crc32c?: string;
}

export interface ModelFiles {
  /** Different for different bytes; null if Cloud Storage says nothing. */
  readonly archive: string | null;
  readonly findings: readonly Finding[];
}

const PREFIX = 'CRC32C:';
const NONE: ModelFiles = { archive: null, findings: [] };
const URL_OF_FOLDER = /^gs:\/\/([^/]+)\/(.+?)\/?$/;

/** @param url of the folder; nothing is known of one elsewhere */
export async function modelFiles(
  url: string,
  { rest, hosts }: Pick<VertexTargetOptions, 'rest' | 'hosts'>,
): Promise<ModelFiles> {
  const [, bucket, folder] = URL_OF_FOLDER.exec(url) ?? [];
  if (bucket === undefined || folder === undefined) return NONE;
  try {
    const objects = await rest.list<StoredObject>(
      {
        operation: 'storage.objects.list',
        on: url,
        needs: ['storage.objects.list'],
        method: 'GET',
        url: `${hosts.storage ?? 'https://storage.googleapis.com'}/storage/v1/b/${encodeURIComponent(bucket)}/o`,
        query: { prefix: `${folder}/`, fields: 'items(name,size,crc32c),nextPageToken' },
      },
      'items',
    );
    return objects.length === 0 ? NONE : { archive: identityOf(objects), findings: [] };
  } catch (error) {
    if (isMissing(error)) return NONE;
    if (!isDenied(error)) throw error;
    const message = `Whether ${url} is overwritten after the approval: ${(error as Error).message}`;
    return { archive: null, findings: [{ level: 'not-checked', message }] };
  }
}

/** What a version's label keeps of its files. */
export function filesLabel(archive: string | null | undefined): Record<string, string> {
  return archive == null ? {} : { [LABEL.files]: archive.replace(PREFIX, '') };
}

/** Vertex AI's copy is of other bytes than those that the release names now: nobody knows which of them are right. */
export function overwrittenProblems(
  { modelUrl, archive }: Pick<Plan['sources'], 'modelUrl' | 'archive'>,
  version: Version | undefined,
): Problem[] {
  const copied = version?.found?.labels?.[LABEL.files];
  const [is = copied] = Object.values(filesLabel(archive));
  if (version === undefined || is === copied || copied === undefined) return [];
  const message = `the files of ${modelUrl} were overwritten after Vertex AI had copied them for version ${version.id}.`;
  return [{ where: 'model-data-url', message, fix: 'Package the model again, and release that.' }];
}

function identityOf(objects: readonly StoredObject[]): string {
  const all = objects.map(({ name, size, crc32c = '' }) => [name, size, crc32c]);
  return `${PREFIX}${digestOf(all.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)))}`;
}
