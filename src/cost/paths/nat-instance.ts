import type { PathKind } from './path.js';
import { removeEndpoints } from './steps.js';

/**
 * A NAT instance: an instance of the user's own that does a NAT gateway's work (VPC guide, "NAT instances"). Nothing is
 * charged for what it processes. Its own hours, and what crosses zones on the way to it, depend on its type and place,
 * which no log shows: they are in no sum. It is not offered: AWS recommends NAT gateways, and what one carries no log says.
 */
export const natInstance = {
  name: 'nat-instance',
  label: 'NAT instance',
  short: 'NAT inst.',
  compared: false,
  kept: {
    code: 'nat-instance-kept',
    text: 'Traffic through a NAT instance has no processing charge and stays there unless another path saves; hours of its instance, and what crosses zones to it, are not in these sums',
  },
  place: 6,
  color: { light: '#a0701c', dark: '#d8a44c' },
  isDefault: false,
  endpointType: null,
  charge: { kind: 'free' },
  gap: () => null,
  unmet: {
    private: 'a NAT instance reaches the service at its public address',
    'on-premises': null,
    'security-groups': null,
  },
  caveatsTo: () => [],
  caveatsFrom: () => [
    'The NAT instance and its hours stay for what is left on it; they are not part of the sum.',
  ],
  steps: removeEndpoints,
} as const satisfies PathKind;
