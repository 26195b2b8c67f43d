import type { NetworkPath } from '../../cost/compare/comparison.js';
import { terminalText } from '../draw/safe-text.js';

/** A change of the plan as the commands need it. */
export interface StepQuestion {
  readonly region: string;
  readonly vpcId: string | null;
  /** Endpoint short names, such as `ecr.api` and `ecr.dkr`. */
  readonly endpoints: readonly string[];
  readonly serviceRegion: string | null;
  readonly from: NetworkPath;
  readonly to: NetworkPath;
  /** Whether an endpoint of the kind stands in the VPC: it is then extended, not made. */
  readonly stands: boolean;
  /** Availability Zones that interface endpoints are priced in: a subnet each. */
  readonly azs: number;
}

/** A change as text to read, adapt and run; pathfare never runs it. Upper-case words stand for what a log does not know. */
export interface NextSteps {
  readonly awsCli: string;
  readonly terraform: string;
}

/** The AWS CLI commands and the Terraform blocks of a change. */
export function nextSteps(question: StepQuestion): NextSteps {
  switch (question.to) {
    case 'gateway-endpoint':
      return gatewaySteps(question);
    case 'interface-endpoint':
      return interfaceSteps(question);
    case 'nat-gateway':
    case 'internet-gateway':
      return removalSteps(question);
  }
}

function gatewaySteps(question: StepQuestion): NextSteps {
  if (question.stands) {
    return {
      awsCli: command('modify-vpc-endpoint', question.region, [
        ['--vpc-endpoint-id', 'VPC_ENDPOINT_ID'],
        ['--add-route-table-ids', 'ROUTE_TABLE_ID'],
      ]),
      terraform: block('aws_vpc_endpoint_route_table_association', labelOf(question, 0), [
        ['vpc_endpoint_id', '"VPC_ENDPOINT_ID"'],
        ['route_table_id', '"ROUTE_TABLE_ID"'],
      ]),
    };
  }
  return {
    awsCli: each(question, (endpoint) =>
      command('create-vpc-endpoint', question.region, [
        ['--vpc-id', vpcOf(question)],
        ['--vpc-endpoint-type', 'Gateway'],
        ['--service-name', serviceName(question, endpoint)],
        ['--route-table-ids', 'ROUTE_TABLE_ID'],
      ]),
    ),
    terraform: each(question, (endpoint, index) =>
      block('aws_vpc_endpoint', labelOf(question, index), [
        ['vpc_id', hcl(vpcOf(question))],
        ['service_name', hcl(serviceName(question, endpoint))],
        ['vpc_endpoint_type', '"Gateway"'],
        ['route_table_ids', '["ROUTE_TABLE_ID"]'],
      ]),
    ),
  };
}

function interfaceSteps(question: StepQuestion): NextSteps {
  const { region, serviceRegion } = question;
  if (question.stands) {
    return {
      awsCli: command('modify-vpc-endpoint', region, [
        ['--vpc-endpoint-id', 'VPC_ENDPOINT_ID'],
        ['--private-dns-enabled', ''],
        ['--add-subnet-ids', 'SUBNET_ID'],
      ]),
      terraform:
        '# Set private_dns_enabled = true on the aws_vpc_endpoint that stands, and add its subnets.',
    };
  }
  return {
    awsCli: each(question, (endpoint) =>
      command('create-vpc-endpoint', region, [
        ['--vpc-id', vpcOf(question)],
        ['--vpc-endpoint-type', 'Interface'],
        ['--service-name', serviceName(question, endpoint)],
        ...(serviceRegion === null ? [] : [['--service-region', serviceRegion] as const]),
        ['--subnet-ids', subnetIds(question).join(' ')],
        ['--security-group-ids', 'SECURITY_GROUP_ID'],
        ['--private-dns-enabled', ''],
      ]),
    ),
    terraform: each(question, (endpoint, index) =>
      block('aws_vpc_endpoint', labelOf(question, index), [
        ['vpc_id', hcl(vpcOf(question))],
        ['service_name', hcl(serviceName(question, endpoint))],
        ...(serviceRegion === null ? [] : [['service_region', hcl(serviceRegion)] as const]),
        ['vpc_endpoint_type', '"Interface"'],
        ['subnet_ids', `[${subnetIds(question).map(hcl).join(', ')}]`],
        ['security_group_ids', '["SECURITY_GROUP_ID"]'],
        ['private_dns_enabled', 'true'],
      ]),
    ),
  };
}

/** A placeholder for the subnet of each zone: `SUBNET_ID_A`, `SUBNET_ID_B`, … */
function subnetIds({ azs }: StepQuestion): readonly string[] {
  return Array.from({ length: azs }, (_, index) => {
    const letter = String.fromCharCode('A'.charCodeAt(0) + (index % 26));
    return `SUBNET_ID_${letter.repeat(1 + Math.floor(index / 26))}`;
  });
}

function removalSteps(question: StepQuestion): NextSteps {
  const names = question.endpoints.map((endpoint) => serviceName(question, endpoint));
  return {
    awsCli: command('delete-vpc-endpoints', question.region, [
      ['--vpc-endpoint-ids', names.map(() => 'VPC_ENDPOINT_ID').join(' ')],
    ]),
    terraform: names
      .map((name) => `# Remove the aws_vpc_endpoint of ${terminalText(name)}.`)
      .join('\n'),
  };
}

function each(
  { endpoints }: StepQuestion,
  write: (endpoint: string, index: number) => string,
): string {
  return endpoints.map(write).join('\n\n');
}

const vpcOf = ({ vpcId }: StepQuestion): string => vpcId ?? 'VPC_ID';

function serviceName({ region, serviceRegion }: StepQuestion, endpoint: string): string {
  return `com.amazonaws.${serviceRegion ?? region}.${endpoint}`;
}

function command(
  name: string,
  region: string,
  flags: readonly (readonly [flag: string, value: string])[],
): string {
  const lines = flags.map(
    ([flag, value]) => `  ${flag}${value === '' ? '' : ` ${words(flag, value)}`}`,
  );
  return [`aws ec2 ${name} --region ${shell(region)}`, ...lines].join(' \\\n');
}

/** Lists of placeholders are words of their own; anything from an input is one quoted word. */
function words(flag: string, value: string): string {
  return flag.endsWith('-ids') ? value.split(' ').map(shell).join(' ') : shell(value);
}

/** A word for a POSIX shell: as it is where that is safe, else in single quotes. */
export function shell(word: string): string {
  const text = terminalText(word);
  return /^[\w.,:/-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

function block(
  type: string,
  label: string,
  settings: readonly (readonly [name: string, value: string])[],
): string {
  const width = Math.max(...settings.map(([name]) => name.length));
  const lines = settings.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
  return [`resource "${type}" "${label}" {`, ...lines, '}'].join('\n');
}

/** A string of HCL: quotes, backslashes and the openings of templates stand escaped. */
export function hcl(text: string): string {
  const escaped = terminalText(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{');
  return `"${escaped}"`;
}

/** A name of a Terraform block: letters, digits and underscores alone. */
function labelOf({ endpoints, vpcId, serviceRegion }: StepQuestion, index: number): string {
  const words = [endpoints[index] ?? '', serviceRegion ?? '', vpcId ?? ''].filter(
    (word) => word !== '',
  );
  const label = words.join('_').replace(/[^A-Za-z0-9_]+/g, '_');
  return /^[A-Za-z_]/.test(label) ? label : `_${label}`;
}
