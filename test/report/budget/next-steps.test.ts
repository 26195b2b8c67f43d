import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { gatewayEndpoint } from '../../../src/cost/paths/gateway-endpoint.js';
import { interfaceEndpoint } from '../../../src/cost/paths/interface-endpoint.js';
import { natGateway } from '../../../src/cost/paths/nat-gateway.js';
import { hcl, nextSteps, shell } from '../../../src/report/budget/next-steps.js';

const question = {
  region: 'us-east-1',
  vpcId: 'vpc-1',
  services: ['s3'],
  endpoints: ['s3'],
  serviceRegion: null,
  stands: false,
  azs: 3,
} as const;

describe('the next steps of a change', () => {
  it('make a gateway endpoint with its route tables', () => {
    expect(nextSteps(gatewayEndpoint, question)).toEqual({
      awsCli: `aws ec2 create-vpc-endpoint --region us-east-1 \\
  --vpc-id vpc-1 \\
  --vpc-endpoint-type Gateway \\
  --service-name com.amazonaws.us-east-1.s3 \\
  --route-table-ids ROUTE_TABLE_ID`,
      terraform: `resource "aws_vpc_endpoint" "s3_vpc_1" {
  vpc_id            = "vpc-1"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = ["ROUTE_TABLE_ID"]
}`,
    });
  });

  it('make each interface endpoint of a set, with subnets, security group and private DNS', () => {
    const { awsCli, terraform } = nextSteps(interfaceEndpoint, {
      ...question,
      vpcId: null,
      endpoints: ['ecr.api', 'ecr.dkr'],
    });
    expect(awsCli.match(/^aws ec2 create-vpc-endpoint/gm)).toHaveLength(2);
    expect(awsCli).toContain('--vpc-id VPC_ID \\\n  --vpc-endpoint-type Interface');
    expect(awsCli).toContain(
      '--subnet-ids SUBNET_ID_A SUBNET_ID_B SUBNET_ID_C \\\n  --security-group-ids SECURITY_GROUP_ID \\\n  --private-dns-enabled',
    );
    expect(terraform.match(/^resource "aws_vpc_endpoint" "ecr_\w+" \{$/gm)).toEqual([
      'resource "aws_vpc_endpoint" "ecr_api" {',
      'resource "aws_vpc_endpoint" "ecr_dkr" {',
    ]);
    expect(terraform).toContain('private_dns_enabled = true');
  });

  it('reach a service in another Region', () => {
    const { awsCli, terraform } = nextSteps(interfaceEndpoint, {
      ...question,
      serviceRegion: 'us-west-2',
    });
    expect(awsCli).toContain('--region us-east-1');
    expect(awsCli).toContain('com.amazonaws.us-west-2.s3 \\\n  --service-region us-west-2');
    expect(terraform).toContain('service_region      = "us-west-2"');
  });

  it('extend the endpoint that stands, and take away the one that does not pay', () => {
    expect(nextSteps(gatewayEndpoint, { ...question, stands: true }).awsCli).toContain(
      'modify-vpc-endpoint',
    );
    const { awsCli } = nextSteps(natGateway, question);
    expect(awsCli).toContain('delete-vpc-endpoints');
  });

  it.each(['vpc-1', "a'b", '$(touch x)', '`id`', '-rf', 'a b;c', 'a"b\\', '*', '${x} %{y}'])(
    'hand %j to a shell as one word',
    (text) => {
      const { stdout } = spawnSync('sh', ['-c', `printf %s ${shell(text)}`], { encoding: 'utf8' });
      expect(stdout).toBe(text);
    },
  );

  it('leave no template and no quote open in Terraform', () => {
    expect(hcl('a"b\\c${d}%{e}')).toBe('"a\\"b\\\\c$${d}%%{e}"');
    expect(nextSteps(gatewayEndpoint, { ...question, vpcId: '1"} x' }).terraform).toContain(
      '"s3_1_x" {',
    );
  });
});
