/** The partitions of AWS: what differs between AWS, AWS China, GovCloud and the others. */

export interface Partition {
  /** As ARNs say it. */
  readonly name: string;
  /** What the names of its regions begin with. */
  readonly regions: string;
  /** `<service>.<region>.<suffix>` */
  readonly suffix: string;
  /** The same for addresses of resources that are reached by IPv4 and IPv6; null if none is known. */
  readonly dualStack: string | null;
  /** `<region>.<console>`; null if the console has no public address. */
  readonly console: string | null;
}

const commercial: Partition = {
  name: 'aws',
  regions: '',
  suffix: 'amazonaws.com',
  dualStack: 'on.aws',
  console: 'console.aws.amazon.com',
};

/**
 * The first that a region's name begins with. A test holds names and suffixes against the SDK's own table.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const PARTITIONS: readonly Partition[] = [
  {
    name: 'aws-cn',
    regions: 'cn-',
    suffix: 'amazonaws.com.cn',
    dualStack: 'on.amazonwebservices.com.cn',
    console: 'console.amazonaws.cn',
  },
  {
    name: 'aws-us-gov',
    regions: 'us-gov-',
    suffix: 'amazonaws.com',
    dualStack: 'on.aws',
    console: 'console.amazonaws-us-gov.com',
  },
  {
    name: 'aws-eusc',
    regions: 'eusc-',
    suffix: 'amazonaws.eu',
    dualStack: 'on.amazonwebservices.eu',
    console: 'console.amazonaws-eusc.eu',
  },
  { name: 'aws-iso', regions: 'us-iso-', suffix: 'c2s.ic.gov', dualStack: null, console: null },
  { name: 'aws-iso-b', regions: 'us-isob-', suffix: 'sc2s.sgov.gov', dualStack: null, console: null },
  { name: 'aws-iso-e', regions: 'eu-isoe-', suffix: 'cloud.adc-e.uk', dualStack: null, console: null },
  { name: 'aws-iso-f', regions: 'us-isof-', suffix: 'csp.hci.ic.gov', dualStack: null, console: null },
];

export function partitionOf(region: string): Partition {
  return PARTITIONS.find(({ regions }) => region.startsWith(regions)) ?? commercial;
}
