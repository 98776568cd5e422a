/** The account of AWS that processes of the built action are killed in. */
import { FakeAws, type FakeAwsOptions } from '../fakes/aws/fake-aws.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import type { Kill, RealCloud } from './real-bench.ts';

export interface AwsFurniture {
  /** Each look takes a while, so that what is under way comes to its end without anybody waiting. */
  readonly perCall: NonNullable<FakeAwsOptions['perCall']>;
  /** Two models, and what each needs, in a fresh account. */
  furnish(aws: FakeAws): Promise<void>;
  /** What no snapshot holds. */
  prepare(aws: FakeAws): void;
}

export class AwsCloud implements RealCloud {
  readonly aws: FakeAws;

  private constructor(aws: FakeAws) {
    this.aws = aws;
  }

  static async start({ perCall, furnish, prepare }: AwsFurniture, from?: unknown): Promise<AwsCloud> {
    const aws = await FakeAws.start({ perCall, ...(from === undefined ? {} : { from: from as Snapshot }) });
    if (from === undefined) await furnish(aws);
    prepare(aws);
    return new AwsCloud(aws);
  }

  get env() {
    return this.aws.env;
  }

  get now(): Date {
    return this.aws.time.now();
  }

  names(): readonly string[] {
    return this.aws.names();
  }

  forget(): void {
    this.aws.forget();
  }

  advance(milliseconds: number): void {
    this.aws.advance(milliseconds);
  }

  snapshot(): Snapshot {
    return this.aws.snapshot();
  }

  cut({ place, when }: Kill, act: () => void): void {
    const drop = () => {
      act();
      return 'drop' as const;
    };
    this.aws.inject({ on: place.name, nth: place.nth, [when]: drop });
  }

  secrets(): readonly string[] {
    return [this.aws.client.credentials.secretAccessKey];
  }

  close(): Promise<void> {
    return this.aws.close();
  }
}
