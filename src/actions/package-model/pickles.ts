/**
 * What wrote the model, and what it would import, read from its pickles without loading them. A pickle that would run what no
 * model needs is refused before anything is stored.
 */
import { Readable } from 'node:stream';
import { packageVersions } from '../../core/archive/requirements.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { names } from '../../core/archive/file-names.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { holdsCode, numpyMajor, packagesOf, refusedImports, toldImports } from '../../core/pickle/imports.ts';
import { scanFile, type FileScan } from '../../core/pickle/scan-file.ts';
import type { ArchiveFinding } from '../../core/platform.ts';
import type { Logger } from '../../core/ports.ts';

/** Files that joblib, pickle and torch write; others are not opened. */
const NAMED = /\.(pkl|pickle|joblib|pt|pth|ckpt|bin)$/i;

export interface WrittenBy {
  /** Such as `1.5.2`, of the estimators in the pickles; null where they name none, or several. */
  readonly sklearn: string | null;
  readonly findings: readonly ArchiveFinding[];
}

type Pickle = FileScan & { readonly kind: 'pickle' };

/** @param allowed imports that the user named. @throws UserError for a file that is broken, or imports what is refused */
export async function readPickles(
  source: ModelSource,
  allowed: readonly string[],
  log: Logger,
): Promise<WrittenBy> {
  const problems: Problem[] = [];
  const findings: ArchiveFinding[] = [];
  const pickles: (readonly [string, Pickle])[] = [];
  for (const { path } of source.tree.filter((file) => NAMED.test(file.path))) {
    const found = await scanFile(await bytesOf(source, path), path);
    if (found.kind === 'other') continue;
    const refused = refusals(path, found, allowed);
    problems.push(...refused);
    if (found.kind === 'pickle') {
      pickles.push([path, found]);
      log.info(told(path, found));
    } else if (found.kind === 'broken') {
      problems.push({
        where: 'model-path',
        message: `"${path}" cannot be loaded: ${found.problem}`,
        fix: 'Write it, or copy it, once more.',
      });
    } else if (refused.length === 0) {
      findings.push({
        rule: 'pickle',
        message: `"${path}" was not looked into for what it imports: ${found.why}`,
      });
    }
  }
  if (problems.length > 0) throw UserError.of(problems);
  findings.push(...pickles.flatMap(([path, pickle]) => remarks(path, pickle)));
  const versions = new Set(pickles.flatMap(([, { sklearnVersions }]) => [...sklearnVersions]));
  const [only = null] = versions.size === 1 ? versions : [];
  return { sklearn: only, findings: [...findings, ...(await disagreements(pickles, source))] };
}

/** Of an archive that is stored as it is, one file is read at once. */
async function bytesOf(source: ModelSource, path: string): Promise<Readable> {
  return source.ready ? Readable.from([await source.read(path)]) : source.stream(path);
}

function refusals(path: string, { imports }: Pick<Pickle, 'imports'>, allowed: readonly string[]): Problem[] {
  const refused = refusedImports(imports, allowed);
  if (refused.length === 0) return [];
  const list = refused.map((name) => (name === '?' ? 'a name that it makes while it is loaded' : name));
  const fix = 'Do not load this file. Where you wrote it, and it has to do so, name them in allow-imports.';
  return [
    {
      where: 'model-path',
      message: `"${path}" would run ${names(list)} when it is loaded, which no model needs.`,
      fix,
    },
  ];
}

function told(path: string, { imports, protocol, sklearnVersions }: Pickle): string {
  const wrote =
    sklearnVersions.size === 0 ? '' : `, written by scikit-learn ${[...sklearnVersions].join(' and ')}`;
  const numpy = numpyMajor(imports);
  const array = numpy === null ? '' : `, arrays of numpy ${numpy}`;
  const packages = packagesOf(imports);
  return `${path}: a pickle of protocol ${protocol}${wrote}${array}; it imports ${packages.length === 0 ? 'no package' : packages.join(', ')}.`;
}

function remarks(path: string, { imports }: Pickle): ArchiveFinding[] {
  const found = toldImports(imports);
  return [
    ...(holdsCode(imports)
      ? [
          `"${path}" holds functions as code (cloudpickle): they run as they were written, and in that version of Python alone.`,
        ]
      : []),
    ...(found.length > 0
      ? [`"${path}" calls ${names(found)} when it is loaded: make sure that you know who wrote it.`]
      : []),
  ].map((message) => ({ rule: 'pickle', message }));
}

/** Against what the files beside it say that will load it. */
async function disagreements(
  pickles: readonly (readonly [string, Pickle])[],
  source: ModelSource,
): Promise<ArchiveFinding[]> {
  const pinned = await packageVersions(source);
  return pickles.flatMap(([path, { sklearnVersions, imports }]) => {
    const sklearn = pinned.get('scikit-learn');
    const others = [...sklearnVersions].filter(
      (version) => sklearn !== undefined && !sameMinor(version, sklearn.version),
    );
    const numpy = pinned.get('numpy');
    const major = numpyMajor(imports);
    return [
      ...others.map(
        (version) =>
          `"${path}" was written by scikit-learn ${version}; ${sklearn?.file} pins ${sklearn?.version}. scikit-learn loads a model in its own version alone: pin ${version}.`,
      ),
      ...(numpy !== undefined &&
      major === 2 &&
      numpy.version.startsWith('1.') &&
      !numpy.version.startsWith('1.26')
        ? [
            `"${path}" holds arrays of numpy 2, which ${numpy.file} (numpy ${numpy.version}) cannot read: pin numpy 1.26 or newer.`,
          ]
        : []),
    ].map((message) => ({ rule: 'pickle', message }));
  });
}

export const sameMinor = (a: string, b: string) => minor(a) === minor(b);
const minor = (version: string) => version.split('.').slice(0, 2).join('.');
