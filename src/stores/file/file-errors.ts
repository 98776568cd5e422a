import { errorCode, messageOf, UpstreamError, UserError } from '../../core/errors.ts';

const SYSTEM = 'the file store';

/** What an error of the file system means for the store; every other error stays as it is. */
export function explainFileError(error: unknown, path: string): unknown {
  const options = { cause: error };
  switch (errorCode(error)) {
    case '':
      return error;
    case 'ENOENT':
      return new UserError(`The file store has no "${path}". Check the path or the digest.`, options);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError(
        `The user that runs this step may not use "${path}". Give it the right to, or choose another folder.`,
        options,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new UserError(
        `"${path}" cannot be made, because a part of its path is a file. Choose another folder.`,
        options,
      );
    case 'EISDIR':
      return new UserError(`"${path}" is a folder where a file is expected. Remove it.`, options);
    case 'ENOSPC':
    case 'EDQUOT':
      return new UpstreamError(
        SYSTEM,
        `No space is left for "${path}". Free some, or choose another folder.`,
        options,
      );
    default:
      return new UpstreamError(SYSTEM, `"${path}" cannot be used (${messageOf(error)}).`, options);
  }
}
