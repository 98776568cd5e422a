import { describe, expect, it } from 'vitest';
import {
  ALGORITHM_ACCOUNTS,
  DLC_ACCOUNTS,
  FRAMEWORKS,
} from '../../../../src/platforms/sagemaker/serving-images-data.ts';
import { parseEcrHost } from '../../../../src/clouds/aws/ecr-registry.ts';
import { parseReference } from '../../../../src/core/image/reference.ts';
import {
  processorOf,
  servingEnvironment,
  servingImage,
} from '../../../../src/platforms/sagemaker/serving-images.ts';

const REQUEST = { framework: 'pytorch', version: '2.6.0', region: 'eu-west-1', instanceType: 'ml.m5.large' };

const found = (request: Partial<Parameters<typeof servingImage>[0]>) =>
  servingImage({ ...REQUEST, ...request });
const uri = (request: Parameters<typeof found>[0]) => {
  const answer = found(request);
  return 'problems' in answer ? JSON.stringify(answer.problems) : answer.uri;
};
const told = (request: Parameters<typeof found>[0]) => {
  const answer = found(request);
  const problems = 'problems' in answer ? answer.problems : [];
  return problems.map(({ where, message, fix = '' }) => `${where}: ${message} ${fix}`);
};

describe('AWS’s own serving images', () => {
  it.each([
    [{}, '763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-cpu-py312'],
    [{ version: '2.6' }, '763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-cpu-py312'],
    [
      { instanceType: 'ml.g5.xlarge' },
      '763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312',
    ],
    [
      { instanceType: 'ml.m7g.large' },
      '763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference-arm64:2.6.0-cpu-py312-ubuntu22.04-sagemaker',
    ],
    [
      { framework: 'tensorflow', version: '2.14.1', region: 'eu-south-1' },
      '692866216735.dkr.ecr.eu-south-1.amazonaws.com/tensorflow-inference:2.14.1-cpu',
    ],
    [
      { framework: 'huggingface', version: '4.49.0', instanceType: 'ml.g4dn.xlarge' },
      '763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-pytorch-inference:2.6.0-transformers4.49.0-gpu-py312-cu124-ubuntu22.04',
    ],
    [
      { framework: 'sklearn', version: '1.2-1', region: 'us-east-1' },
      '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
    ],
    [
      { framework: 'xgboost', version: '1.7', region: 'cn-north-1' },
      '450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:1.7-1',
    ],
  ])('%j is %s', (request, expected) => {
    expect(uri(request)).toBe(expected);
  });

  it('run on CPUs where inference is serverless', () => {
    expect(uri({ instanceType: null })).toContain('2.6.0-cpu-py312');
  });

  it.each([
    ['ml.m5.large', 'cpu'],
    ['ml.c6i.xlarge', 'cpu'],
    ['ml.t2.medium', 'cpu'],
    ['ml.g4dn.xlarge', 'gpu'],
    ['ml.p4d.24xlarge', 'gpu'],
    ['ml.c7gn.large', 'arm64'],
    ['ml.r6gd.large', 'arm64'],
    ['ml.inf2.xlarge', null],
    ['ml.trn1.2xlarge', null],
    ['ml.g5g.xlarge', null],
  ])('%s computes with %s', (instanceType, processor) => {
    expect(processorOf(instanceType)).toBe(processor);
  });

  it('name what there is where one is unknown, all at once', () => {
    expect(told({ framework: 'sklearn', version: '0.19', region: 'mx-central-1' })).toEqual([
      expect.stringMatching(
        /^aws-region: .* in mx-central-1; there are some in af-south-1, .* Set image-uri/,
      ),
      expect.stringMatching(/^framework-version: "0.19" .* there are 0.23-1, 1.0-1, 1.2-1, .*/),
    ]);
    expect(told({ framework: 'pytorh' })).toEqual([
      expect.stringMatching(
        /^framework: .*"pytorh".* pytorch, tensorflow, huggingface, sklearn, xgboost\. Did you mean pytorch\?/,
      ),
    ]);
    expect(told({ instanceType: 'ml.inf2.xlarge' })).toEqual([
      expect.stringMatching(
        /^instance-type: ml.inf2.xlarge has an accelerator of AWS’s own.* or give image-uri\./,
      ),
    ]);
    expect(told({ version: '2.0.1', instanceType: 'ml.m7g.large' })).toEqual([
      expect.stringMatching(/^instance-type: .*Graviton.* There are such images for 2\.6\.0\./),
    ]);
  });

  it('need a version', () => {
    expect(told({ version: null })).toEqual([
      expect.stringMatching(/^framework-version: is required with framework "pytorch"; there are 1\.12\.1, /),
    ]);
  });

  it('do not take a version that begins several', () => {
    expect(told({ version: '2' })[0]).toContain('"2" is not a version of PyTorch');
  });

  it('are references that ECR understands, in every region, in every version', () => {
    let count = 0;
    for (const [framework, { versions, accounts }] of Object.entries(FRAMEWORKS)) {
      for (const version of Object.keys(versions)) {
        for (const region of Object.keys(accounts)) {
          const reference = parseReference(
            uri({ framework, version, region, instanceType: null }),
            'image-uri',
          );
          expect(parseEcrHost(reference.registry)).toMatchObject({ region, account: accounts[region] });
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('lie in accounts of 12 digits', () => {
    for (const account of Object.values({ ...DLC_ACCOUNTS, ...ALGORITHM_ACCOUNTS })) {
      expect(account).toMatch(/^\d{12}$/);
    }
  });

  it('find the script of the archive, where there is one', () => {
    const script = { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' };
    expect(servingEnvironment('pytorch', true)).toEqual(script);
    expect(servingEnvironment('xgboost', false)).toEqual({});
    expect(servingEnvironment('tensorflow', true)).toEqual({});
  });
});
