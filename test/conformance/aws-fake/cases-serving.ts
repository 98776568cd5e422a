/** Models, configs and endpoints. */
import type { Case } from './cases.ts';

const variant = {
  VariantName: 'AllTraffic',
  ModelName: 'one',
  InitialInstanceCount: 2,
  InstanceType: 'ml.m5.large',
} as const;
export const servingCases: readonly Case[] = [
  { name: 'who calls', ask: ({ sts }) => sts.getCallerIdentity({}), pick: ['Account'] },
  {
    name: 'a role',
    ask: ({ iam }) => iam.getRole({ RoleName: 'execution' }),
    pick: ['Role.Arn', 'Role.RoleName'],
  },
  {
    name: 'a role that is not there',
    motoDiffers: 'its words are others than those that IAM is known for',
    ask: ({ iam }) => iam.getRole({ RoleName: 'none' }),
    words: true,
  },
  {
    name: 'a model',
    ask: ({ sagemaker, image, role }) =>
      sagemaker.createModel({
        ModelName: 'one',
        ExecutionRoleArn: role,
        PrimaryContainer: { Image: image, ModelDataUrl: 's3://elsewhere/model.tar.gz' },
        Tags: [{ Key: 'team', Value: 'risk' }],
      }),
  },
  {
    name: 'the model described',
    ask: ({ sagemaker }) => sagemaker.describeModel({ ModelName: 'one' }),
    pick: [
      'ModelName',
      'ModelArn',
      'ExecutionRoleArn',
      'PrimaryContainer.Image',
      'PrimaryContainer.ModelDataUrl',
    ],
  },
  {
    name: 'a model that is not there',
    ask: ({ sagemaker }) => sagemaker.describeModel({ ModelName: 'none' }),
    words: true,
  },
  {
    name: 'a model of that name again',
    ask: ({ sagemaker, image, role }) =>
      sagemaker.createModel({ ModelName: 'one', ExecutionRoleArn: role, PrimaryContainer: { Image: image } }),
    motoDiffers: 'it takes a second model of the same name',
  },
  {
    name: 'a config',
    ask: ({ sagemaker }) =>
      sagemaker.createEndpointConfig({ EndpointConfigName: 'one', ProductionVariants: [variant] }),
  },
  {
    name: 'a config of a model that is not there',
    ask: ({ sagemaker }) =>
      sagemaker.createEndpointConfig({
        EndpointConfigName: 'lost',
        ProductionVariants: [{ ...variant, ModelName: 'none' }],
      }),
    words: true,
  },
  {
    name: 'the config described',
    ask: ({ sagemaker }) => sagemaker.describeEndpointConfig({ EndpointConfigName: 'one' }),
    pick: [
      'EndpointConfigName',
      'EndpointConfigArn',
      'ProductionVariants.0.ModelName',
      'ProductionVariants.0.InitialInstanceCount',
    ],
  },
  {
    name: 'a config that is not there',
    ask: ({ sagemaker }) => sagemaker.describeEndpointConfig({ EndpointConfigName: 'none' }),
    words: true,
  },
  {
    name: 'an endpoint on a config that is not there',
    ask: ({ sagemaker }) => sagemaker.createEndpoint({ EndpointName: 'lost', EndpointConfigName: 'none' }),
    words: true,
  },
  {
    name: 'an endpoint',
    ask: ({ sagemaker }) =>
      sagemaker.createEndpoint({
        EndpointName: 'churn',
        EndpointConfigName: 'one',
        Tags: [{ Key: 'team', Value: 'risk' }],
      }),
  },
  {
    name: 'the endpoint described',
    ask: ({ sagemaker }) => sagemaker.describeEndpoint({ EndpointName: 'churn' }),
    pick: [
      'EndpointName',
      'EndpointArn',
      'EndpointConfigName',
      'EndpointStatus',
      'ProductionVariants.0.VariantName',
      'ProductionVariants.0.CurrentInstanceCount',
      'ProductionVariants.0.DesiredInstanceCount',
    ],
  },
  {
    name: 'an endpoint that is not there',
    ask: ({ sagemaker }) => sagemaker.describeEndpoint({ EndpointName: 'none' }),
    words: true,
  },
  {
    name: 'weights and capacities',
    ask: ({ sagemaker }) =>
      sagemaker.updateEndpointWeightsAndCapacities({
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [
          { VariantName: 'AllTraffic', DesiredInstanceCount: 3, DesiredWeight: 2 },
        ],
      }),
  },
  {
    name: 'the endpoint after that',
    ask: ({ sagemaker }) => sagemaker.describeEndpoint({ EndpointName: 'churn' }),
    pick: [
      'EndpointStatus',
      'ProductionVariants.0.CurrentInstanceCount',
      'ProductionVariants.0.CurrentWeight',
    ],
  },
  {
    name: 'weights of a variant that is not there',
    ask: ({ sagemaker }) =>
      sagemaker.updateEndpointWeightsAndCapacities({
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [{ VariantName: 'none' }],
      }),
    words: true,
  },
  {
    name: 'tags of the endpoint',
    ask: async ({ sagemaker }) => {
      const { EndpointArn: ResourceArn } = await sagemaker.describeEndpoint({ EndpointName: 'churn' });
      await sagemaker.addTags({ ResourceArn, Tags: [{ Key: 'run', Value: '7' }] });
      await sagemaker.deleteTags({ ResourceArn, TagKeys: ['team'] });
      return sagemaker.listTags({ ResourceArn });
    },
    pick: ['Tags'],
  },
  {
    name: 'models listed',
    ask: ({ sagemaker }) => sagemaker.listModels({ NameContains: 'one' }),
    pick: ['Models.length', 'Models.0.ModelName'],
  },
];

export const removalCases: readonly Case[] = [
  {
    name: 'an endpoint deleted',
    ask: ({ sagemaker }) => sagemaker.deleteEndpoint({ EndpointName: 'churn' }),
  },
  {
    name: 'the endpoint after that is gone',
    ask: ({ sagemaker }) => sagemaker.describeEndpoint({ EndpointName: 'churn' }),
    words: true,
  },
  {
    name: 'a config deleted',
    ask: ({ sagemaker }) => sagemaker.deleteEndpointConfig({ EndpointConfigName: 'one' }),
  },
  {
    name: 'a config deleted again',
    ask: ({ sagemaker }) => sagemaker.deleteEndpointConfig({ EndpointConfigName: 'one' }),
    words: true,
  },
  { name: 'a model deleted', ask: ({ sagemaker }) => sagemaker.deleteModel({ ModelName: 'one' }) },
  {
    name: 'a model deleted again',
    motoDiffers: 'it leaves out the ARN here, and here alone',
    ask: ({ sagemaker }) => sagemaker.deleteModel({ ModelName: 'one' }),
    words: true,
  },
  {
    name: 'a name with an underscore',
    ask: ({ sagemaker }) => sagemaker.describeEndpoint({ EndpointName: 'a_b' }),
    words: true,
    motoDiffers: 'it does not check names',
  },
];
