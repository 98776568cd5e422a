/** The questions of "Not decided without an account" in docs/sagemaker.md, each with what decides it on one. */
import { lifecyclePolicy } from '../../src/core/image/ecr.ts';
import { answerOf, type Look, type Place } from './account.ts';
import type { Claims } from './claims.ts';
import { ENDPOINT_LOOKS } from './undecided-endpoint.ts';

const ELSEWHERE: readonly Look[] = [
  {
    number: 2,
    question:
      'Whether CreateModelPackage accepts a version without an image, framework versions such as `1.4-2-py312`, and the same ClientToken with other metadata after a failed version.',
    decide: async ({ clients, bucket, prefix, endpoint }) => {
      const sageMaker = await clients.sageMaker();
      const ModelPackageGroupName = `${endpoint}-undecided`;
      await sageMaker.createModelPackageGroup({ ModelPackageGroupName });
      const made = new Set<string>();
      const create = (container: object, more: object = {}) => {
        const InferenceSpecification = {
          Containers: [{ ModelDataUrl: `s3://${bucket}/${prefix}/model.tar.gz`, ...container }],
          SupportedContentTypes: ['application/json'],
          SupportedResponseMIMETypes: ['application/json'],
        };
        const call = sageMaker.createModelPackage({
          ModelPackageGroupName,
          InferenceSpecification,
          ...more,
        } as never);
        return answerOf(call.then(({ ModelPackageArn = '' }) => made.add(ModelPackageArn)));
      };
      try {
        const ClientToken = 'a'.repeat(36);
        const first = await create({}, { ClientToken, MetadataProperties: { CommitId: 'one' } });
        const version = await create({ Framework: 'SKLEARN', FrameworkVersion: '1.4-2-py312' });
        for (const ModelPackageName of made) await sageMaker.deleteModelPackage({ ModelPackageName });
        made.clear();
        const again = await create({}, { ClientToken, MetadataProperties: { CommitId: 'two' } });
        return `no image: ${first}; framework version: ${version}; same token: ${again}`;
      } finally {
        for (const ModelPackageName of made) await sageMaker.deleteModelPackage({ ModelPackageName });
        await sageMaker.deleteModelPackageGroup({ ModelPackageGroupName });
      }
    },
  },
  {
    number: 9,
    question: 'Whether ECR accepts the lifecycle rule that keeps deployed images (countNumber 36500).',
    decide: async ({ clients, repository: repositoryName }) => {
      const ecr = await clients.ecr();
      const lifecyclePolicyText = JSON.stringify(lifecyclePolicy());
      return answerOf(ecr.startLifecyclePolicyPreview({ repositoryName, lifecyclePolicyText }));
    },
  },
  {
    number: 10,
    question: 'Whether SageMaker starts AWS’s images with a SOCI index, which a plan refuses as an index.',
    decide: async ({ clients, endpoint, executionRole: ExecutionRoleArn, sociImage: Image }) => {
      if (Image === '') throw new Error('ACCEPTANCE_SOCI_IMAGE is not set.');
      const sageMaker = await clients.sageMaker();
      const ModelName = `${endpoint}-0000000000000010`;
      const answer = await answerOf(
        sageMaker.createModel({ ModelName, ExecutionRoleArn, PrimaryContainer: { Image } }),
      );
      if (answer === 'taken') await sageMaker.deleteModel({ ModelName });
      return answer;
    },
  },
  {
    number: 11,
    question:
      'How many pages of ListServiceQuotas there are, and whether they fit into the 20 seconds of a check.',
    decide: async ({ clients }) => {
      const quotas = await clients.quotas();
      const started = performance.now();
      let pages = 0;
      let NextToken: string | undefined;
      do {
        const page = await quotas.listServiceQuotas({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken });
        NextToken = page.NextToken;
        pages += 1;
      } while (NextToken !== undefined);
      return `${pages} pages in ${Math.round(performance.now() - started)} ms`;
    },
  },
  {
    number: 12,
    question:
      'Whether S3 answers CompleteMultipartUpload with 409 if another upload was faster, and what a new upload then finds.',
    decide: async ({ clients, bucket: Bucket, prefix }) => {
      const s3 = await clients.s3();
      const Key = `${prefix}/undecided-12`;
      const uploads: string[] = [];
      const upload = async () => {
        const { UploadId = '' } = await s3.createMultipartUpload({ Bucket, Key });
        uploads.push(UploadId);
        const { ETag } = await s3.uploadPart({ Bucket, Key, UploadId, PartNumber: 1, Body: 'one' });
        const Parts = [{ PartNumber: 1, ETag }];
        return () =>
          answerOf(
            s3.completeMultipartUpload({
              Bucket,
              Key,
              UploadId,
              MultipartUpload: { Parts },
              IfNoneMatch: '*',
            }),
          );
      };
      try {
        const [one, other] = [await upload(), await upload()];
        const both = await Promise.all([one(), other()]);
        const third = await (await upload())();
        return `both at once: ${both.join('; ')}; a new one: ${third}`;
      } finally {
        // One that was completed no longer exists.
        for (const UploadId of uploads) await answerOf(s3.abortMultipartUpload({ Bucket, Key, UploadId }));
        await s3.deleteObject({ Bucket, Key });
      }
    },
  },
];

export const UNDECIDED: readonly Look[] = [...ENDPOINT_LOOKS, ...ELSEWHERE].toSorted(
  (one, other) => one.number - other.number,
);

/** Each by itself: what cannot be tried in this account is told as that, and the others go on. */
export async function decideAll<Where extends Place>(
  looks: readonly Look<Where>[],
  place: Where,
  claims: Claims,
): Promise<void> {
  for (const { number, question, decide } of looks) {
    const name = `${number}. ${question}`;
    try {
      const seen = await decide(place);
      await claims.prove(name, () => Promise.resolve({ seen, made: null }));
    } catch (error) {
      claims.skip(name, error instanceof Error ? error.message : String(error));
    }
  }
}
