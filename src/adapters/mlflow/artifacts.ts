/**
 * Files of a model behind the server's own proxy: mlflow-artifacts. What the server lists is not trusted: each name is one
 * part of a path, there are so many files at most, and no file is longer than it was listed.
 * https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/
 */
import { Readable, Transform } from 'node:stream';
import { formatBytes } from '../../core/bytes.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { RemoteFile, RemoteFiles } from '../../core/archive/remote-model.ts';
import { isObject } from '../../core/json-object.ts';
import type { MlflowApi } from './api.ts';

const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

/** A model is a few files; a folder with more of them is a data set, or a server that does not end. */
const MOST_FILES = 10_000;
const MOST_DEPTH = 20;
/** More does not fit on a hosted runner. */
const MOST_BYTES = 64 * 1024 ** 3;

/** @param folder below the root of the proxy, without a slash at its ends */
export function proxiedFiles(api: MlflowApi, folder: string): RemoteFiles {
  const sizes = new Map<string, number>();
  return {
    list: async (url) => {
      const files = await listBelow(api, folder, url);
      for (const file of files) sizes.set(file.url, file.size);
      return files;
    },
    open: async (url) => {
      const response = await api.open(`${PROXY}/${encoded(url)}`, `the file "${url}"`);
      const body = Readable.fromWeb(response.body ?? new ReadableStream());
      return { body: body.compose(ofSize(sizes.get(url) ?? 0, url)) as Readable, version: '' };
    },
  };
}

async function listBelow(api: MlflowApi, folder: string, model: string): Promise<RemoteFile[]> {
  const files: RemoteFile[] = [];
  let bytes = 0;
  const folders = [{ path: '', depth: 0 }];
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    const { path: below, depth } = next;
    const path = [folder, below].filter((part) => part !== '').join('/');
    const answer = await api.ask(PROXY, { path }, `the files of ${model}`);
    for (const entry of Array.isArray(answer.files) ? answer.files : []) {
      const name = nameIn(entry, model);
      const inner = below === '' ? name : `${below}/${name}`;
      if (isObject(entry) && entry.is_dir === true) {
        if (depth >= MOST_DEPTH) throw tooMuch(model, `folders ${MOST_DEPTH} deep`);
        folders.push({ path: inner, depth: depth + 1 });
        continue;
      }
      const size = isObject(entry) ? Number(entry.file_size ?? 0) : 0;
      files.push({ path: inner, url: `${path}/${name}`, size });
      bytes += size;
      if (files.length + folders.length > MOST_FILES) throw tooMuch(model, `more than ${MOST_FILES} files`);
      if (!(bytes <= MOST_BYTES)) throw tooMuch(model, `more than ${formatBytes(MOST_BYTES)}`);
    }
  }
  return files;
}

/** The last part of a path, whichever of them the server gives. @throws UserError for one that could lead elsewhere */
function nameIn(entry: unknown, model: string): string {
  const path = isObject(entry) && typeof entry.path === 'string' ? entry.path : '';
  const name = path.split('/').at(-1) ?? '';
  // Control characters, a drive's colon and backslashes are parts of paths on some machines.
  const isPlain =
    !path.split('/').some((part) => part === '..' || part === '.') && /^[^\\:\p{Cc}]+$/u.test(name);
  if (isPlain) return name;
  throw new UserError(`${model} has a file "${path}", which is not a valid file name. Log the model again.`);
}

function tooMuch(model: string, what: string): UserError {
  return new UserError(
    `${model} has ${what}. Is it a model? Download it yourself, and set model-path to its folder.`,
  );
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Passes on as many bytes as were listed, and fails for fewer and for more. */
function ofSize(size: number, name: string): Transform {
  let passed = 0;
  const wrong = (what: string) =>
    new UpstreamError('MLflow', `MLflow listed "${name}" with ${size} bytes, and sent ${what}.`, {
      mayPass: true,
    });
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      if (passed > size) done(wrong('more'));
      else done(null, chunk);
    },
    flush(done) {
      done(passed < size ? wrong(String(passed)) : null);
    },
  });
}
