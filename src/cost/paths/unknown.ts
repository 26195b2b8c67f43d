import { natGateway } from './nat-gateway.js';
import type { PathKind } from './path.js';
import { removeEndpoints } from './steps.js';

/**
 * The path of traffic that no logged gateway carried, and that nothing in the log names a path for: a gateway endpoint,
 * an internet gateway or a NAT gateway that is not logged. It costs from nothing, as by the first two, to what a NAT
 * gateway processes it for: 1,000 GB in us-east-1 from $0.00 to 1,000 × $0.045 = $45.00. Sums take the low case.
 */
export const unknown = {
  name: 'unknown',
  label: 'unknown path',
  short: 'unknown',
  compared: false,
  kept: {
    code: 'unknown-path-kept',
    text: 'Which path carries this traffic is not known: it costs from nothing to what a NAT gateway charges for its GB, sums hold it as nothing (≥), and the plan leaves it where it is (--unknown-path names its path)',
  },
  place: 7,
  color: { light: '#4a4e57', dark: '#c3c7cf' },
  isDefault: false,
  endpointType: null,
  charge: {
    kind: 'range',
    processing: natGateway.charge.processing,
    components: (traffic, card, assumptions) =>
      natGateway.charge
        .components(traffic, card, assumptions)
        .map(({ cost, ...component }) => ({ ...component, cost: null, costAtMost: cost })),
  },
  gap: () => null,
  unmet: {
    private: 'the path of this traffic is not known: it may be a public one',
    'on-premises': 'the path of this traffic is not known: it may be a gateway endpoint',
    'security-groups': 'the path of this traffic is not known: it may have no security group',
  },
  caveatsTo: () => [],
  caveatsFrom: () => [
    'Which path carries this traffic today is not known, so what the change saves or costs is not known either.',
  ],
  steps: removeEndpoints,
} as const satisfies PathKind;
