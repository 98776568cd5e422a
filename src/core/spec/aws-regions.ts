/**
 * The regions of AWS, for messages only: AWS opens new ones, so a name that is not here is no mistake. A test holds the list
 * against the SDK's own.
 */
import { suggestion } from './input.ts';

/** `<area>-<direction>-<number>`: areas come and go, directions do not. */
export const AWS_REGION =
  /^[a-z]{2,4}(-[a-z]+)*-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/;

export const AWS_REGIONS: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1'],
  ...['sa-east-1', 'sa-west-1', 'af-south-1', 'il-central-1', 'me-central-1', 'me-south-1', 'me-west-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2'],
  ...['eu-west-3', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'cn-north-1', 'cn-northwest-1'],
  ...['us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-iso-east-1', 'us-iso-west-1'],
  ...['us-isob-east-1', 'us-isob-west-1', 'us-isof-east-1', 'us-isof-south-1', 'eu-isoe-west-1'],
];

/** What may be meant by a name that is none of them: the nearest one, or those of its area. Begins with a space. */
export function regionsNear(name: string): string {
  const near = suggestion(name, AWS_REGIONS);
  if (near !== '') return near;
  const area = AWS_REGIONS.filter((region) => region.startsWith(`${name.split('-')[0] ?? ''}-`));
  return area.length === 0 ? ` There is ${AWS_REGIONS.join(', ')}.` : ` There is ${area.join(', ')}.`;
}
