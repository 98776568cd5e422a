/** Said twice, a teardown also removes an endpoint that was taken over. */
export function twice(endpointName: string): string {
  return `${endpointName} ${endpointName}`;
}
