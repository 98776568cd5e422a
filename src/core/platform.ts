/**
 * A platform as data: everything that the rest of the code may ask about a place where models are served. Each platform
 * has one such record, `src/platforms/<name>/platform.ts`, in one table, `src/platforms/table.ts`. Nothing asks for a
 * platform's name: what makes platforms different is a part of this record.
 */
import type { Readable } from 'node:stream';
import type { AzureSignIn } from './azure-environment.ts';
import type { GoogleSignIn } from './google-environment.ts';
import type { Framework } from './archive/framework.ts';
import type { ModelSource } from './archive/source.ts';
import type { Problem } from './errors.ts';
import type { FindRunner } from './image/container-runner.ts';
import type { ImageName } from './image/reference.ts';
import type { ImageRules } from './image/deployable.ts';
import type { OpenSession } from './model-session.ts';
import type { Exec, Ports, Which } from './ports.ts';
import type { CloudSettings, Scaling } from './plan/cloud-settings.ts';
import type { GroupValues, Members } from './spec/group.ts';
import type { Rule } from './spec/rule.ts';
import type { ArtifactStore } from './stores.ts';
import type { DeploymentTarget } from './targets.ts';

/** Whose API a platform is part of, and whose credentials reach it. */
export type Cloud = 'aws' | 'gcp' | 'azure';

export interface Platform<Name extends string = string> {
  /** What `target` says. The key of the table, and the name of the folder. */
  readonly name: Name;
  /** What people call it, in messages. */
  readonly title: string;
  /**
   * Whether the actions offer it. `false` for a platform that does not pass the shared suite yet
   * (test/platforms/target-suite.ts): `target` then refuses its name like any other word that is not a platform.
   */
  readonly offered: boolean;
  /** null: it is reached without a cloud. */
  readonly cloud: Cloud | null;
  /** The clouds that a job signs in to before it uses the platform. */
  readonly login: readonly Cloud[];
  readonly inputs: PlatformInputs;
  readonly image: PlatformImages;
  readonly archive: PlatformArchives;
  readonly traits: Traits;
  /** Loads the platform's code, and nothing before this is called; makes no request by itself. */
  readonly open: (wishes: TargetWishes, host: PlatformHost) => Promise<DeploymentTarget>;
}

export interface PlatformInputs<Deploy extends Members = Members> {
  /** The inputs that no other platform has, by the action that reads them: a map input with the platform's name. */
  readonly group: { readonly 'deploy-endpoint': Deploy; readonly 'smoke-test': Members };
  /** What deploy-endpoint's group says, in the words of a request. */
  requestOf(group: GroupValues<Deploy>): GroupRequest;
  /** The inputs of deploy-endpoint and smoke-test that it reads, out of those that not every platform reads. */
  readonly reads: readonly string[];
  /** Its own rules about inputs that belong together, found without a network (src/inputs). */
  readonly rules: readonly Rule[];
}

/** What only one platform knows, if a request has a place for it. */
export interface GroupRequest {
  /** Instead of an archive; null if none is named, or the platform has none. */
  readonly modelPackageArn: string | null;
  readonly variantName: string | null;
  /** Beside min-capacity and max-capacity. */
  readonly scaling: Omit<Scaling, 'minCapacity' | 'maxCapacity'>;
  readonly settings: CloudSettings;
}

/** Of a platform whose group says nothing that a request has a place for. */
export const NO_GROUP_REQUEST: GroupRequest = {
  modelPackageArn: null,
  variantName: null,
  scaling: { invocationsPerInstance: null, scaleInCooldown: null, scaleOutCooldown: null },
  settings: {},
};

export interface PlatformImages {
  /** What its registry's images have to be; null if it takes any, so `for-target` does not offer it. */
  readonly rules: ImageRules | null;
  /** Whether an image (`registry/name@digest`) is one of its own, which it keeps for its users. */
  readonly provides: (uri: string) => Promise<boolean>;
  /** What is in its own serving image; null for any other image. Absent if it has none of its own. */
  readonly packagesOf?: (asked: ImageAsked) => Promise<ImagePackages | null>;
}

/** How an image is asked for: by framework and version, or by its name; null for what is not given. */
export interface ImageAsked {
  readonly framework: string | null;
  readonly version: string | null;
  readonly uri: string | null;
}

export interface ImagePackages {
  /** Such as `AWS's image sagemaker-scikit-learn, 1.2-1`. */
  readonly title: string;
  /** Versions by the package's name on PyPI, as far as they are known. */
  readonly packages: ReadonlyMap<string, string>;
  /** Whether it installs the model's own requirements.txt before it loads the model. */
  readonly installsPins: boolean;
}

/** What is in the archive in a place that a platform does not read. */
export interface ArchiveFinding {
  readonly rule: string;
  /** What is there, what the platform would do, and what to do about it. */
  readonly message: string;
  /** Of this platform alone, if others serve such a model: a notice, not a warning. */
  readonly isNote?: boolean;
}

export interface PlatformArchives {
  /** What it would make of a model's files. */
  readonly findings: (framework: Framework, source: ModelSource) => Promise<readonly ArchiveFinding[]>;
  /**
   * Why its own image of a framework cannot serve a model of these files; null if it can. Absent if it has no such images.
   */
  readonly unservable?: (framework: string, paths: readonly string[]) => Promise<Problem | null>;
  /** The only object store that it reads models from; absent if it takes them from any, or has them in its image. */
  readonly readFrom?: ModelStore;
}

export interface ModelStore {
  readonly kind: 's3' | 'gcs' | 'azure-blob';
  /** What people call it. */
  readonly title: string;
  /** What a destination in it looks like. */
  readonly form: string;
}

/** How platforms differ in what they do. Each trait has a reader; what nobody reads is not here. */
export interface Traits {
  /** It pulls the image again for each instance that it adds, so what serves must stay in its registry. */
  readonly pullsAgain: boolean;
  /** It serves an archive by itself if no image is given, so nobody reads the variables of a container then. */
  readonly servesArchives: boolean;
  /** How long a change of what serves may take if no input limits it, in milliseconds. */
  readonly changeMs: number;
  /** The commands of deploy-endpoint that it has; all if absent. */
  readonly commands?: readonly string[];
}

/** What an action wants of a target; what is absent, it has no use for. A platform takes what its inputs say that it reads. */
export interface TargetWishes {
  /** For each wait, in milliseconds. */
  readonly timeoutMs: number;
  readonly keepVersions: number;
  /** Under which what is made is recorded. */
  readonly environmentName: string | null;
  /** The input aws-region; without it, the region of the environment. */
  readonly region: string | null;
  /** Variables of the container, with their values. */
  readonly environment?: ReadonlyMap<string, string>;
  /** What the digests of those values are keyed with, for this endpoint; absent or null if they are not. */
  readonly environmentKey?: string | null;
  readonly startupMs?: number;
  /** The values of the platform's own group. */
  readonly group?: Readonly<Record<string, unknown>>;
  readonly account?: string | null;
  readonly adopt?: boolean;
  /** A teardown may remove an endpoint that was taken over. */
  readonly removesAdopted?: boolean;
  /** Whether people approve what comes into the environment, so it counts to somebody. */
  readonly hasApprovers?: boolean;
  readonly tags?: ReadonlyMap<string, string> | null;
  readonly kmsKeyId?: string | null;
  /** The endpoint that the step is about, for a target that can look at it before it is asked to. */
  readonly startWith?: string;
  /** What marks the requests to an endpoint, if the platform takes a mark. */
  readonly mark?: string;
}

/** What a platform gets of the machine it runs on. */
export interface PlatformHost extends Omit<Ports<never>, 'report'> {
  readonly exec: Exec;
  readonly which: Which;
  readonly settings: HostSettings;
  /** How the job signs in to Azure; stores and platforms share its tokens. Nothing is asked before one is needed. */
  readonly azure: AzureSignIn;
  /** How the job signs in to Google Cloud; stores and platforms share its tokens here too. */
  readonly google: GoogleSignIn;
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  /** @param location a path in the workspace, or a URL */
  readonly openUrl: (location: string) => Promise<Readable>;
  /** The digest of an image that is named by tag, from its registry; null if there is none. */
  readonly imageDigest: (name: ImageName, tag: string) => Promise<string | null>;
  readonly findRunner: FindRunner;
  readonly openSession: OpenSession;
  /** Opens another platform of the table, for one that releases to it by other means. */
  readonly openPlatform: (name: string, wishes: TargetWishes) => Promise<DeploymentTarget>;
}

/** What started the run, as far as it can be trusted. */
export interface RunEvent {
  /** Such as `push`; '' outside a workflow. */
  readonly name: string;
  /** Whether the code may be that of a fork. */
  readonly isFromFork: boolean;
}

export interface HostSettings {
  /** Milliseconds between two polls, for every wait; null if each wait has its own. */
  readonly pollMs: number | null;
  /** The AWS region of the environment. */
  readonly awsRegion: string | null;
  /** How long the AWS credentials of this job last, in seconds; null if they are requested again, or it is not known. */
  readonly awsSessionSeconds: number | null;
  /** Where the AWS Price List is, if it is not at its own address. (AWS_ENDPOINT_URL_PRICING, AWS_ENDPOINT_URL) */
  readonly awsPricingEndpoint: string | null;
  /** The runner's tool cache. */
  readonly toolCache: string | null;
  /** The folder of the running bundle: dist/core. */
  readonly bundleDir: string;
  /** The environment for Terraform: what it and its providers read, and nothing else of the job. */
  readonly terraformEnvironment: Readonly<Record<string, string>>;
  /** What started the run. */
  readonly event: RunEvent;
  /** The environment for a process that outlives the step. */
  readonly lastingEnvironment: Readonly<Record<string, string>>;
}
