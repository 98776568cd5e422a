/**
 * Names of images: `registry/repository:tag@digest`, by the grammar of the distribution project.
 * https://github.com/distribution/reference/blob/main/regexp.go
 */
import { UserError, type Problem } from '../errors.ts';

/** A repository in a registry. */
export interface ImageName {
  /** Host with an optional port, such as `ghcr.io` or `127.0.0.1:5000`. */
  readonly registry: string;
  /** Path in the registry, such as `acme/churn-serving`. */
  readonly repository: string;
}

/** An image as it is written; at least one of tag and digest is usually there. */
export interface ImageReference extends ImageName {
  readonly tag: string | null;
  /** `sha256:…` */
  readonly digest: string | null;
}

const HOST =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[a-f0-9]{64}$/;
/** https://github.com/distribution/reference/blob/main/reference.go (RepositoryNameTotalLengthMax) */
const NAME_LIMIT = 255;

/** `registry/repository` with `:tag` and `@digest` if they are given. */
export function formatReference(image: ImageName & Partial<ImageReference>): string {
  const tag = image.tag ? `:${image.tag}` : '';
  const digest = image.digest ? `@${image.digest}` : '';
  return `${image.registry}/${image.repository}${tag}${digest}`;
}

/**
 * Takes a full reference apart. A first part that cannot be a host is not one: Docker Hub is never guessed.
 * @throws UserError with every problem of the text, under the name `where`.
 */
export function parseReference(text: string, where: string): ImageReference {
  const { name, tag, digest } = split(text);
  const { registry, repository } = splitRegistry(name);
  const problems = [
    ...(registry === ''
      ? [`has no registry. Write the full name, ${likelyName(repository)}.`]
      : registryProblems(registry)),
    ...repositoryProblems(repository),
    ...(tag === null ? [] : tagProblems(tag)),
    ...(digest === null || DIGEST.test(digest)
      ? []
      : [`has the digest "${digest}", which is not sha256:<64 hex>.`]),
  ];
  if (problems.length > 0) {
    throw UserError.of(problems.map((problem) => ({ where, message: `"${text}" ${problem}` })));
  }
  return { registry, repository, tag, digest };
}

/** Docker reads a name without a registry as one of Docker Hub; which one was meant, nobody knows. */
function likelyName(repository: string): string {
  const { registry, repository: path } = onDockerHub({ registry: 'docker.io', repository });
  return `such as registry.example.com/team/image:tag; on Docker Hub it would be ${registry}/${path}`;
}

function split(text: string): { name: string; tag: string | null; digest: string | null } {
  const at = text.indexOf('@');
  const digest = at < 0 ? null : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return colon < 0
    ? { name: rest, tag: null, digest }
    : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}

/** By Docker's rule the first part is a host if it has a dot or a colon, or is `localhost`. */
function splitRegistry(name: string): ImageName {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  return isHost ? { registry: first, repository: name.slice(slash + 1) } : { registry: '', repository: name };
}

function registryProblems(registry: string): string[] {
  return HOST.test(registry)
    ? []
    : [`has the registry "${registry}", which is not a host name with an optional port.`];
}

function repositoryProblems(repository: string): string[] {
  const problems: string[] = [];
  if (repository.length > NAME_LIMIT) {
    problems.push(`has a repository name of ${repository.length} characters; ${NAME_LIMIT} are allowed.`);
  }
  for (const part of repository.split('/')) {
    if (part === '') problems.push('has an empty part before, between or after its slashes.');
    else if (part !== part.toLowerCase() && PATH_COMPONENT.test(part.toLowerCase())) {
      problems.push(`contains capital letters in "${part}": write "${part.toLowerCase()}".`);
    } else if (!PATH_COMPONENT.test(part)) {
      problems.push(
        `has the invalid part "${part}": use lower-case letters and digits, with . _ __ or - between them.`,
      );
    }
  }
  return problems;
}

function tagProblems(tag: string): string[] {
  if (TAG.test(tag)) return [];
  return [
    `has the tag "${tag}": a tag has 1 to 128 letters, digits, _ . and -, and does not start with . or -.`,
  ];
}

/** What is wrong with the tags of an input, if anything. */
export function imageTagProblems(where: string, tags: readonly string[]): Problem[] {
  return tags.flatMap((tag) =>
    tagProblems(tag).map((message) => ({ where, message: `The list ${message}` })),
  );
}

export interface RepositoryInputs {
  readonly repository: string;
  readonly registry: string | null;
}

/**
 * The repository that the inputs `repository` and `registry` mean together; null if there are problems. The registry
 * is '' if neither names one: that is the ECR registry of the account.
 */
export function resolveRepository(inputs: RepositoryInputs): { name: ImageName | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const prefix = inputs.registry;
  const given = split(inputs.repository);
  const own = splitRegistry(given.name);
  if (given.tag !== null || given.digest !== null) {
    problems.push({
      where: 'repository',
      message: `"${inputs.repository}" has a tag or a digest.`,
      fix: 'Give only the repository; put tags into image-tags.',
    });
  }
  if (prefix !== null) problems.push(...prefixProblems(prefix));
  if (problems.length > 0) return { name: null, problems };
  if (own.registry !== '' && prefix !== null && !`${given.name}/`.startsWith(`${prefix}/`)) {
    return { name: null, problems: [twoRegistries(inputs.repository, prefix)] };
  }
  const name = own.registry === '' && prefix !== null ? splitRegistry(`${prefix}/${given.name}`) : own;
  const bad =
    name === own ? namedIn('repository', inputs.repository, own) : joinedProblems(prefix ?? '', given.name);
  return bad.length > 0 ? { name: null, problems: bad } : { name: onDockerHub(name), problems: [] };
}

/** Each input answers for its own part of the name. */
function joinedProblems(prefix: string, name: string): Problem[] {
  const { registry, repository } = splitRegistry(`${prefix}/`);
  const path = repository.slice(0, -1);
  const problems = [
    ...namedIn('registry', prefix, path === '' ? { registry } : { registry, repository: path }),
    ...namedIn('repository', name, { repository: name }),
  ];
  const length = path.length + 1 + name.length;
  if (problems.length > 0 || length <= NAME_LIMIT) return problems;
  return namedIn('repository', name, { repository: `${path}/${name}` });
}

function namedIn(where: string, text: string, { registry = '', repository }: Partial<ImageName>): Problem[] {
  const problems = [
    ...(registry === '' ? [] : registryProblems(registry)),
    ...(repository === undefined ? [] : repositoryProblems(repository)),
  ];
  return problems.map((message) => ({ where, message: `"${text}" ${message}` }));
}

function prefixProblems(prefix: string): Problem[] {
  const where = 'registry';
  if (/^\w+:\/\//.test(prefix)) {
    const plain = prefix.replace(/^\w+:\/\//, '').replace(/\/+$/, '');
    return [{ where, message: `"${prefix}" is a URL.`, fix: `Give only the host: ${plain}.` }];
  }
  if (prefix.endsWith('/')) {
    return [{ where, message: `"${prefix}" ends in a slash.`, fix: `Write ${prefix.replace(/\/+$/, '')}.` }];
  }
  if (splitRegistry(`${prefix}/x`).registry === '') {
    const fix =
      'Give a host such as ghcr.io, docker.io or registry.example.com:5000, with a path if there is one.';
    return [{ where, message: `"${prefix}" does not start with a host name.`, fix }];
  }
  return [];
}

function twoRegistries(repository: string, prefix: string): Problem {
  return {
    where: 'repository',
    message: `"${repository}" names a registry other than the input registry ("${prefix}").`,
    fix: 'Remove one of the two.',
  };
}

/** Docker Hub keeps names of one part under `library/`. */
function onDockerHub(name: ImageName): ImageName {
  const official = name.registry === 'docker.io' && !name.repository.includes('/');
  return official ? { ...name, repository: `library/${name.repository}` } : name;
}
