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
        `The user that runs this step has no access to "${path}". Give it access, or choose another folder.`,
        options,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new UserError(
        `"${path}" cannot be created, because a part of its path is a file. Choose another folder.`,
        options,
      );
    case 'EISDIR':
      return new UserError(`"${path}" is a folder, but must be a file. Remove it.`, options);
    case 'ENOSPC':
    case 'EDQUOT':
      return new UpstreamError(
        SYSTEM,
        `There is no space left for "${path}". Free some space, or choose another folder.`,
        options,
      );
    default:
      return new UpstreamError(SYSTEM, `"${path}" cannot be used (${messageOf(error)}).`, options);
  }
}
