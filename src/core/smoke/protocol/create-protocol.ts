import type { Protocol, ProtocolName, ProtocolOptions } from './protocol.ts';

/** Only the one that is used is loaded: CSV brings a parser. */
export async function createProtocol(name: ProtocolName, options: ProtocolOptions): Promise<Protocol> {
  switch (name) {
    case 'instances':
      return (await import('./instances.ts')).instancesProtocol;
    case 'v2':
      return (await import('./v2.ts')).v2Protocol(options);
    case 'csv':
      return (await import('./csv.ts')).csvProtocol;
    case 'raw':
      return (await import('./raw.ts')).rawProtocol(options);
  }
}
