import { address, natGateway, plain, type RateFamily, type RateKind } from './rate-kind.js';

const rest = { ...plain, required: 'nowhere', further: true } as const;
// Their usage types say what they are; the operation may be that of an interface endpoint.
const otherEndpoint = { serviceCode: 'AmazonVPC', productFamily: 'VpcEndpoint' } as const;
const attachment = { ...rest, unit: 'Hrs', discount: 'transit-gateway' } as const;
const attachmentOf = (operation: string) => ({
  serviceCode: 'AmazonVPC' as const,
  usageType: 'TransitGateway-Hours',
  attributes: { operation },
});
const logs = { ...rest, unit: 'GB', discount: 'cloudwatch' } as const;
const logsProduct = (usageType: string) => ({
  serviceCode: 'AmazonCloudWatch' as const,
  usageType,
});

/** Rates that no estimate waits for, a row each: they ship in a file of their own. */
export const furtherRates = {
  natGatewayProvisionedGbpsHour: {
    ...rest,
    unit: 'Gbps-hrs',
    label: 'NAT, provisioned Gbps-hour',
    discount: 'nat-gateway',
    product: { ...natGateway, usageType: 'NatGateway-Prvd-Gbps' },
  },
  natGatewayProvisionedGb: {
    ...rest,
    unit: 'GB',
    label: 'NAT, provisioned, GB',
    discount: 'nat-gateway',
    mayBeZero: true,
    product: { ...natGateway, usageType: 'NatGateway-Prvd-Bytes' },
  },
  gatewayLoadBalancerEndpointHour: {
    ...rest,
    unit: 'Hrs',
    label: 'GWLB endpoint, hour',
    discount: 'gateway-load-balancer-endpoint',
    product: { ...otherEndpoint, usageType: 'VpcEndpoint-GWLBE-Hours' },
  },
  gatewayLoadBalancerEndpointGb: {
    ...rest,
    unit: 'GB',
    label: 'GWLB endpoint, GB',
    discount: 'gateway-load-balancer-endpoint',
    product: { ...otherEndpoint, usageType: 'VpcEndpoint-GWLBE-Bytes' },
  },
  resourceEndpointHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Resource endpoint, hour',
    discount: 'resource-endpoint',
    product: { ...otherEndpoint, usageType: 'VpcEndpoint-Resource-Hours' },
  },
  resourceEndpointGb: {
    ...rest,
    unit: 'GB',
    label: 'Resource endpoint, GB',
    discount: 'resource-endpoint',
    tiers: 'falling',
    product: { ...otherEndpoint, usageType: 'VpcEndpoint-Resource-Bytes' },
  },
  tunnelEndpointHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Tunnel endpoint, hour',
    discount: 'tunnel-endpoint',
    product: { ...otherEndpoint, usageType: 'VpcEndpoint-Tunnel-Hours' },
  },
  tunnelEndpointGb: {
    ...rest,
    unit: 'GB',
    label: 'Tunnel endpoint, GB',
    discount: 'tunnel-endpoint',
    tiers: 'any',
    product: { ...otherEndpoint, usageType: 'VpcEndpoint-Tunnel-Bytes' },
  },
  publicIpv4IdleHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Idle IPv4 address, hour',
    discount: 'public-ipv4',
    product: { ...address, usageType: 'PublicIPv4:IdleAddress' },
  },
  publicIpv4BlockHour: {
    ...rest,
    unit: 'Hrs',
    label: 'IPv4 of a block, hour',
    discount: 'public-ipv4',
    product: { ...address, usageType: 'PublicIPv4:ContiguousBlock' },
  },
  transitGatewayVpnAttachmentHour: {
    ...attachment,
    label: 'Transit VPN, hour',
    product: attachmentOf('TransitGatewayVPN'),
  },
  transitGatewayDirectConnectAttachmentHour: {
    ...attachment,
    label: 'Transit Direct Connect, h',
    product: attachmentOf('TransitGatewayDirectConnect'),
  },
  transitGatewayPeeringAttachmentHour: {
    ...attachment,
    label: 'Transit peering, hour',
    product: attachmentOf('TransitGatewayPeering'),
  },
  transitGatewayConnectAttachmentHour: {
    ...attachment,
    label: 'Transit Connect, hour',
    product: attachmentOf('TransitGatewayConnect'),
  },
  transitGatewayVpnGb: {
    ...attachment,
    unit: 'GB',
    label: 'Transit VPN, GB',
    product: { ...attachmentOf('TransitGatewayVPN'), usageType: 'TransitGateway-Bytes' },
  },
  transitGatewayDirectConnectGb: {
    ...attachment,
    unit: 'GB',
    label: 'Transit Direct Connect, GB',
    product: { ...attachmentOf('TransitGatewayDirectConnect'), usageType: 'TransitGateway-Bytes' },
  },
  networkFirewallEndpointHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Network Firewall, hour',
    discount: 'network-firewall',
    product: { serviceCode: 'AWSNetworkFirewall', usageType: 'Endpoint-Hour' },
  },
  networkFirewallGb: {
    ...rest,
    unit: 'GB',
    label: 'Network Firewall, GB',
    discount: 'network-firewall',
    product: { serviceCode: 'AWSNetworkFirewall', usageType: 'Traffic-GB-Processed' },
  },
  encryptionControlsVpcHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Encryption Controls, hour',
    discount: 'encryption-controls',
    product: null,
  },
  cloudWanAttachmentHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Cloud WAN, hour',
    discount: 'cloud-wan',
    product: { serviceCode: 'AWSCloudWAN', usageType: 'CloudWAN-Attachment-Hours' },
  },
  cloudWanGb: {
    ...rest,
    unit: 'GB',
    label: 'Cloud WAN, GB',
    discount: 'cloud-wan',
    product: { serviceCode: 'AWSCloudWAN', usageType: 'CloudWAN-Bytes' },
  },
  resolverEndpointHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Resolver endpoint, hour',
    discount: 'route-53',
    product: { serviceCode: 'AmazonRoute53', usageType: 'ResolverNetworkInterface' },
  },
  s3PutRequest: {
    ...rest,
    unit: 'Requests',
    label: 'S3 PUT or LIST request',
    discount: 's3',
    product: {
      serviceCode: 'AmazonS3',
      usageType: 'Requests-Tier1',
      attributes: { group: 'S3-API-Tier1' },
    },
  },
  s3GetRequest: {
    ...rest,
    unit: 'Requests',
    label: 'S3 GET request',
    discount: 's3',
    product: {
      serviceCode: 'AmazonS3',
      usageType: 'Requests-Tier2',
      attributes: { group: 'S3-API-Tier2' },
    },
  },
  s3StandardGbMonth: {
    ...rest,
    unit: 'GB-Mo',
    label: 'S3 Standard, GB-month',
    discount: 's3',
    tiers: 'any',
    product: {
      serviceCode: 'AmazonS3',
      usageType: 'TimedStorage-ByteHrs',
      attributes: { volumeType: 'Standard' },
    },
  },
  vendedLogsGb: {
    ...logs,
    label: 'Logs to CloudWatch, GB',
    tiers: 'any',
    product: logsProduct('VendedLog-Bytes'),
  },
  vendedLogsInfrequentAccessGb: {
    ...logs,
    label: 'Logs to CloudWatch IA, GB',
    tiers: 'any',
    product: logsProduct('VendedLogIA-Bytes'),
  },
  vendedLogsToS3Gb: {
    ...logs,
    label: 'Logs to S3, GB',
    tiers: 'any',
    product: logsProduct('S3-Egress-Bytes'),
  },
  vendedLogsToFirehoseGb: {
    ...logs,
    label: 'Logs to Firehose, GB',
    tiers: 'any',
    product: logsProduct('FH-Egress-Bytes'),
  },
  logsParquetGb: {
    ...logs,
    label: 'Logs to S3 as Parquet, GB',
    product: null,
  },
  customLogsGb: {
    ...logs,
    label: 'Own logs, GB',
    product: logsProduct('DataProcessing-Bytes'),
  },
  logsStorageGbMonth: {
    ...logs,
    unit: 'GB-Mo',
    label: 'Logs stored, GB-month',
    product: logsProduct('TimedStorage-ByteHrs'),
  },
  logsInsightsGb: {
    ...logs,
    label: 'Logs Insights, GB',
    product: logsProduct('DataScanned-Bytes'),
  },
  getMetricDataMetric: {
    ...logs,
    unit: 'Metrics',
    label: 'GetMetricData, metric',
    product: logsProduct('CW:GMD-Metrics'),
  },
  cloudWatchRequest: {
    ...logs,
    unit: 'Requests',
    label: 'CloudWatch request',
    product: logsProduct('CW:Requests'),
  },
  costExplorerRequest: {
    ...rest,
    unit: 'Requests',
    label: 'Cost Explorer request',
    discount: 'cost-explorer',
    product: null,
  },
  athenaTb: {
    ...rest,
    unit: 'TB',
    label: 'Athena, TB',
    discount: 'athena',
    product: { serviceCode: 'AmazonAthena', usageType: 'DataScannedInTB' },
  },
} as const satisfies Readonly<Record<string, RateKind>>;

/** Rates that there are several of in a Region: one for each Region that traffic goes to, one for each type of instance. */
export const families = {
  interRegionGb: {
    ...rest,
    unit: 'GB',
    label: 'To another Region, GB',
    discount: 'inter-region-transfer',
    mayBeZero: true,
    product: {
      serviceCode: 'AWSDataTransfer',
      usageType: 'AWS-Out-Bytes',
      attributes: { transferType: 'InterRegion Outbound', toLocationType: 'AWS Region' },
    },
    /** The attribute that tells one from the others. */
    of: 'toRegionCode',
    memberLabel: (of: string) => `To ${of}, GB`,
    belongs: (of: string) => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(of),
  },
  instanceHour: {
    ...rest,
    unit: 'Hrs',
    label: 'Instance, hour',
    discount: 'instance',
    product: {
      serviceCode: 'AmazonEC2',
      usageType: 'BoxUsage',
      productFamily: 'Compute Instance',
      attributes: {
        operatingSystem: 'Linux',
        tenancy: 'Shared',
        preInstalledSw: 'NA',
        capacitystatus: 'Used',
        operation: 'RunInstances',
      },
    },
    of: 'instanceType',
    memberLabel: (of: string) => `${of}, hour`,
    /** The families that suit a NAT instance: burstable ones, and those made for network throughput. */
    belongs: (of: string) => /^(t4g|c6gn|c7gn|c8gn)\.[a-z0-9-]{1,20}$/.test(of),
  },
} as const satisfies Readonly<Record<string, RateFamily>>;
