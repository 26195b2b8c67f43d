import type { NetworkPath } from '../../cost/compare/comparison.js';
import { serviceFacts } from '../../cost/facts/service-facts.js';
import type { PlanChange } from '../comparison/plan-changes.js';

/** What a change brings with it that its saving does not show. */
export function catchesOf(
  change: PlanChange,
  { stands, natStays }: { readonly stands: boolean; readonly natStays: boolean },
): readonly string[] {
  const { choices, from, to } = change;
  const notes =
    to === 'interface-endpoint'
      ? choices.flatMap(({ service }) => serviceFacts(service).notes)
      : [];
  const remote = choices.some(({ serviceRegion }) => serviceRegion !== null)
    ? ['Transfer between Regions is paid on every path and not part of the sum.']
    : [];
  const extend = stands && to === 'gateway-endpoint' ? [alreadyThere] : [];
  return [
    ...new Set([
      ...extend,
      ...arrivals[to],
      ...(natStays && from === 'nat-gateway' ? [natKept] : []),
      ...remote,
      ...notes,
    ]),
  ];
}

const alreadyThere =
  'A gateway endpoint carries a part of it already: the route tables of the other subnets lack its route.';

/** VPC guide, "Gateway endpoints"; AWS PrivateLink guide, "Access AWS services". */
const arrivals: Readonly<Record<NetworkPath, readonly string[]>> = {
  'gateway-endpoint': [
    'It serves the subnets whose route tables hold it, and open connections break while the route changes; it cannot be reached from on-premises.',
  ],
  'interface-endpoint': [
    'Its security group must let in port 443 from the workloads; with private DNS every client of the VPC moves to it at once.',
  ],
  'nat-gateway': [
    'The traffic leaves over a public address again: check that no policy asks for the endpoint (aws:SourceVpce).',
  ],
  'internet-gateway': [],
};

const natKept = 'The NAT gateway and its hours stay for what is left on it.';
