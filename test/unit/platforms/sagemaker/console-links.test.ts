import { expect, it } from 'vitest';
import { consoleLinks } from '../../../../src/platforms/sagemaker/console-links.ts';

it.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
])('links to the console of %s', (region, start) => {
  const [endpoint, log] = consoleLinks('churn', region);
  expect(endpoint?.url).toBe(`${start}sagemaker/home?region=${region}#/endpoints/churn`);
  expect(log?.url).toBe(
    `${start}cloudwatch/home?region=${region}#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FEndpoints$252Fchurn`,
  );
});
