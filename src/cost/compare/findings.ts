import { findingTable, info, warning } from '../../base/finding.js';
import { listNames } from '../../base/text.js';
import { assumedAzs } from '../price/assumptions.js';

/** Texts that a sentence names. */
type Names<Name extends string> = Readonly<Record<Name, string>>;

const keptText = ({ kept, services }: Names<'kept' | 'services'>) => `${kept}: ${services}.`;

/** Every finding of the cost model, and its sentence. */
export const { codes: costFindingCodes, finding: costFinding } = findingTable({
  'current-path-assumed': info(
    ({ services }: Names<'services'>) =>
      `The input does not say how this traffic leaves today; taken as through a NAT gateway: ${services}.`,
  ),
  'impossible-path': warning(
    ({ services }: Names<'services'>) =>
      `The input puts services on a path that cannot carry them; taken as through a NAT gateway: ${services}.`,
  ),
  'zones-assumed': info(
    ({ vpcs }: Names<'vpcs'>) =>
      `Availability Zones are not given; taken as ${assumedAzs} for ${vpcs} (--azs changes it).`,
  ),
  'zones-from-rows': info(
    ({ vpcs }: Names<'vpcs'>) =>
      `Availability Zones are those seen in the rows, for ${vpcs} (--azs changes it).`,
  ),
  'nat-gateways-assumed': info(
    ({ vpcs, gateways }: Names<'vpcs' | 'gateways'>) =>
      `NAT gateways are not given; taken as ${gateways} for ${vpcs} (--nat-gateways changes it).`,
  ),
  'no-nat-traffic': info(
    ({ vpcs }: Names<'vpcs'>) =>
      `No row goes through a NAT gateway, so none is counted for ${vpcs} and the plan moves nothing to one (--nat-gateways changes it).`,
  ),
  'nat-type-not-offered': warning(
    ({ reason, vpcs }: Names<'reason' | 'vpcs'>) =>
      `No NAT gateway is counted for ${vpcs}, and what its traffic costs today is not known: ${reason}. Give --nat-type zonal.`,
  ),
  'scaled-to-month': info(
    ({ time, vpcs, hoursPerMonth }: Names<'time' | 'vpcs' | 'hoursPerMonth'>) =>
      `Traffic of ${time} is scaled to a month of ${hoursPerMonth} hours, for ${vpcs}.`,
  ),
  'logged-time-assumed': info(
    ({ vpcs }: Names<'vpcs'>) =>
      `The input does not say for how long traffic was logged (logged_seconds); taken as the time from their first start to their last end, for ${vpcs}.`,
  ),
  'short-period': warning(
    ({ time, vpcs }: Names<'time' | 'vpcs'>) =>
      `Only ${time} of traffic stand behind the month, for ${vpcs}; a day holds no weekly rhythm. Give a week or more.`,
  ),
  'sparse-rows': info(
    ({ services }: Names<'services'>) =>
      `Some services have no row for a part of the time covered; that is taken as no traffic: ${services}.`,
  ),
  'cross-az-share-assumed': info(
    ({ share }: Names<'share'>) =>
      `The input does not show how much NAT traffic crosses Availability Zones; taken as a share of ${share} (--cross-az-share changes it).`,
  ),
  'cross-az-ends': info(
    ({ ends }: Names<'ends'>) =>
      `A zone crossing to a NAT gateway is taken as metered at ${ends}: bills make both ends probable, and AWS's pages leave it open (--cross-az-ends changes it).`,
  ),
  'unknown-service': warning(
    ({ services }: Names<'services'>) =>
      `Not known as AWS services with an endpoint, priced as NAT only: ${services}. Check the spelling with "pathfare explain --service".`,
  ),
  'service-unattributed': info(
    ({ vpcs }: Names<'vpcs'>) =>
      `AWS traffic whose service the input does not name (aws-other) stays on its path, for ${vpcs}. --service-map names the addresses of a flow log.`,
  ),
  'missing-gateway-endpoint': warning(
    ({ services }: Names<'services'>) => `Free gateway endpoint not used for: ${services}.`,
  ),
  'nat-removable': info(
    ({ count }: Names<'count'>) =>
      `${count} could go if all that is left on them moved to endpoints (--nat may-go plans it). Check first that nothing else needs the way to the internet.`,
  ),
  'nat-removed': warning(
    ({ count }: Names<'count'>) =>
      `The plan takes away ${count}: check first that nothing else needs the way to the internet, such as traffic that the input does not hold.`,
  ),
  'requirement-unmet': warning(
    ({ requirement, services }: Names<'requirement' | 'services'>) =>
      `No path meets --require ${requirement} for ${services}; left on the current path.`,
  ),
  'rate-missing': warning(
    ({ rate, regions }: Names<'rate' | 'regions'>) =>
      `The rate card holds no ${rate} rate for ${regions}: what needs it is unpriced and totals are lower bounds. Run "pathfare prices refresh" or give --rates.`,
  ),
  'cross-region-service': info(
    ({ services }: Names<'services'>) =>
      `Traffic to another Region pays inter-Region transfer on every path, which is not compared here: ${services}.`,
  ),
  'ecr-layers-from-s3': info(
    ({ vpcs }: Names<'vpcs'>) =>
      `ECR's image layers come from S3: the ecr endpoints need the s3 path beside them, for ${vpcs}.`,
  ),
  'regional-name-needed': info(
    () =>
      "sts.amazonaws.com is global: an sts interface endpoint serves the Region's own name only.",
  ),
  'availability-unchecked': info(
    () =>
      'Which Regions and zones offer an interface endpoint is not checked: "aws ec2 describe-vpc-endpoint-services" shows it.',
  ),
  'rate-assumed': info(
    ({
      rate,
      region,
      price,
      low,
      high,
      reason,
    }: Names<'rate' | 'region' | 'price' | 'low' | 'high' | 'reason'>) =>
      `${rate} of ${region} is assumed to be ${price} (low ${low}, high ${high}): ${reason}`,
  ),
  'tier-pool-organization': info(
    ({ regions }: Names<'regions'>) =>
      `PrivateLink's tiers are pooled over all accounts of the input, in ${regions}, as AWS does for the accounts of one organization. Compare accounts of several organizations on their own.`,
  ),
  'internet-gateway-kept': info(keptText),
  'nat-instance-kept': info(keptText),
  'unknown-path-kept': warning(keptText),
  'unknown-path-gateway-endpoint': warning(
    ({ services }: Names<'services'>) =>
      `A gateway endpoint, at no charge, would make certain which path carries this traffic. A month, it saves what that costs if it passes NAT today: ${services}.`,
  ),
});

/** A finding of the cost model. */
export type CostFinding = ReturnType<typeof costFinding>;

/** One finding that names all it is about; none where it is about nothing. */
export function findingAbout(
  names: readonly string[],
  finding: (list: string) => CostFinding,
): readonly CostFinding[] {
  return names.length === 0 ? [] : [finding(listNames(names))];
}
