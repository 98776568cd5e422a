/** What a user should know about the files that were, or were not, packed. */
import { exclusionOfPath, type LeftOut } from '../../core/archive/exclusions.ts';
import { names } from '../../core/archive/file-names.ts';
import { ML_MODEL } from '../../core/mlflow/ml-model.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import type { Logger } from '../../core/ports.ts';
import { contradiction, detectFramework, type Framework } from '../../core/archive/framework.ts';

/** Says in the log what was left out, and what looks like a mistake. */
export function remarkOnFiles(log: Logger, source: ModelSource): void {
  const { leftOut, tree, ready } = source;
  const pathsOf = (reason: LeftOut['reason']) =>
    leftOut.filter((l) => l.reason === reason).map((l) => l.path);
  const clutter = pathsOf('clutter');
  const secrets = pathsOf('secret');
  if (clutter.length > 0) log.info(`Left out: ${names(clutter)}`);
  if (secrets.length > 0) log.warning(`Left out, because they look like secrets: ${names(secrets)}`);
  const packed = ready
    ? tree.filter((file) => exclusionOfPath(file.path) === 'secret').map((f) => f.path)
    : [];
  if (packed.length > 0) {
    log.warning(`The archive is stored unchanged, with files that look like secrets: ${names(packed)}`);
  }
}

/**
 * The framework to record: the one that the user named, that MLflow recorded (`flavor`), or that the files look like.
 */
export function chooseFramework(
  log: Logger,
  named: Framework | 'auto',
  tree: ModelSource['tree'],
  flavor: Framework | null = null,
): Framework {
  if (named !== 'auto') {
    const doubt = contradiction(named, tree);
    if (doubt !== null) log.warning(doubt);
    return named;
  }
  const { framework, because } =
    flavor === null ? detectFramework(tree) : { framework: flavor, because: ML_MODEL };
  log.info(
    because === null
      ? 'The files do not show the framework: custom.'
      : `Framework: ${framework} (${because})`,
  );
  return framework;
}
