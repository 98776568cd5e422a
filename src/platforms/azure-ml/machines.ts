/** What a region has for the subscription. A role for the workspace does not reach it. */

/** Of virtual machines in a region. Source: VirtualMachineSizes_List of 2024-10-01. */
export interface MachineSize {
  readonly name: string;
  readonly family: string;
  readonly vCPUs: number;
}

/** Cores of a family that are used, and may be. Source: Usages_List of 2024-10-01. */
export interface Usage {
  readonly id?: string;
  readonly type?: string;
  readonly name?: { readonly value?: string };
  readonly currentValue?: number;
  /** -1: none. */
  readonly limit?: number;
}
