/**
 * What wrote the model, and what it would import, read from its pickles without loading them. A pickle that would run
 * something that no model needs is refused before anything is stored.
 */
import { Readable } from 'node:stream';
import { unreadable } from '../../core/archive/readers.ts';
import { packageVersions } from '../../core/archive/requirements.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { names } from '../../core/archive/file-names.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { holdsCode, numpyMajor, packagesOf, refusedImports, toldImports } from '../../core/pickle/imports.ts';
import { scanFile, type FileScan } from '../../core/pickle/scan-file.ts';
import type { ArchiveFinding } from '../../core/platform.ts';
import type { Logger } from '../../core/ports.ts';
import type { Writer } from '../../documents/writer.ts';

/** Files that joblib, pickle and torch write; others are not opened. */
const NAMED = /\.(pkl|pickle|joblib|pt|pth|ckpt|bin)$/i;

export interface WrittenBy {
  /** Such as `1.5.2`, of the estimators in the pickles; null if they name none, or several. */
  readonly sklearn: string | null;
  readonly writers: readonly Writer[];
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
        message: `"${path}" was not checked for imports: ${found.why}`,
      });
    }
  }
  if (problems.length > 0) throw UserError.of(problems);
  findings.push(...pickles.flatMap(([path, pickle]) => remarks(path, pickle)));
  const versions = new Set(pickles.flatMap(([, { sklearnVersions }]) => [...sklearnVersions]));
  const [only = null] = versions.size === 1 ? versions : [];
  const writers = pickles.flatMap(([path, pickle]) => writersOf(path, pickle));
  return { sklearn: only, writers, findings: [...findings, ...(await disagreements(writers, source))] };
}

/** Of a model that is stored without compression, one file is read at a time. */
async function bytesOf(source: ModelSource, path: string): Promise<Readable> {
  return source.ready ? Readable.from([await source.read(path)]) : source.stream(path);
}

function refusals(path: string, { imports }: Pick<Pickle, 'imports'>, allowed: readonly string[]): Problem[] {
  const refused = refusedImports(imports, allowed);
  if (refused.length === 0) return [];
  const list = refused.map((name) => (name === '?' ? 'a name that it creates while it is loaded' : name));
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
          `"${path}" contains functions as code (cloudpickle): they run unchanged, and only in the same version of Python.`,
        ]
      : []),
    ...(found.length > 0
      ? [`"${path}" calls ${names(found)} when it is loaded: make sure that you trust its author.`]
      : []),
  ].map((message) => ({ rule: 'pickle', message }));
}

function writersOf(path: string, { sklearnVersions, imports }: Pickle): Writer[] {
  const numpy = numpyMajor(imports);
  return [
    ...[...sklearnVersions].map((version) => ({ path, package: 'scikit-learn', version })),
    ...(numpy === null ? [] : [{ path, package: 'numpy', version: String(numpy) }]),
  ];
}

/** With the versions that the model's own files pin: some images install them before they load the model. */
export async function withPins(writers: readonly Writer[], source: ModelSource): Promise<readonly Writer[]> {
  const pins = await packageVersions(source);
  return writers.map((writer) => {
    const pin = pins.get(writer.package);
    return pin === undefined ? writer : { ...writer, pinned: pin.version };
  });
}

/** Compares with what will load it, as the files beside it say. */
async function disagreements(writers: readonly Writer[], source: ModelSource): Promise<ArchiveFinding[]> {
  const pins = await packageVersions(source);
  return writers.flatMap((writer) => {
    const pin = pins.get(writer.package);
    if (pin === undefined || unreadable(writer, pin.version) === null) return [];
    const { path, version } = writer;
    const message =
      writer.package === 'numpy'
        ? `"${path}" contains arrays of numpy ${version}, which ${pin.file} (numpy ${pin.version}) cannot read: pin numpy 1.26 or newer.`
        : `"${path}" was written by scikit-learn ${version}; ${pin.file} pins ${pin.version}. scikit-learn loads a model only in the same version: pin ${version}.`;
    return [{ rule: 'pickle', message }];
  });
}
