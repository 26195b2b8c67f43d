import type { ServiceCode } from '../../src/pricing/rate-kind.js';

/** A row of a price list, in as few words as tell one product from another. */
export interface ProductRow {
  readonly serviceCode: ServiceCode;
  readonly sku: string;
  readonly usageType: string;
  readonly unit: string;
  /** One price, or [upper bound, price] for each tier. */
  readonly prices: string | readonly (readonly [string, string])[];
  readonly family?: string;
  readonly operation?: string;
  readonly group?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const nat = { serviceCode: 'AmazonEC2', family: 'NAT Gateway', group: 'NGW:NatGateway' } as const;
const endpoint = {
  serviceCode: 'AmazonVPC',
  family: 'VpcEndpoint',
  group: 'VPCE:VpcEndpoint',
  operation: 'VpcEndpoint',
} as const;
const transit = { serviceCode: 'AmazonVPC', operation: 'TransitGatewayVPC' } as const;
const ipv4 = { serviceCode: 'AmazonVPC', group: 'VPCPublicIPv4Address' } as const;
const out = {
  serviceCode: 'AWSDataTransfer',
  family: 'Data Transfer',
  attributes: { transferType: 'AWS Outbound', toLocation: 'External' },
} as const;

/** The six NAT gateway products of eu-west-1, as AWS's list of 2026-09-25 has them. */
const natRows: readonly ProductRow[] = [
  {
    ...nat,
    sku: '9F25CQRR8AA58QZS',
    usageType: 'EU-NatGateway-Prvd-Bytes',
    unit: 'GB',
    prices: '0.0000000000',
    operation: 'NatGateway',
  },
  {
    ...nat,
    sku: 'AVQ7WERG9GYTK6BD',
    usageType: 'EU-NatGateway-Prvd-Gbps',
    unit: 'Gbps-hrs',
    prices: '1.1640000000',
    operation: 'NatGateway',
  },
  {
    ...nat,
    sku: 'DTH8595YVPFXV226',
    usageType: 'EU-NatGateway-Bytes',
    unit: 'GB',
    prices: '0.0480000000',
    operation: 'NatGateway',
  },
  {
    ...nat,
    sku: 'EQKFCWWHPDRFVY6T',
    usageType: 'EU-RegionalNatGateway-Hours',
    unit: 'Hrs',
    prices: '0.0480000000',
    operation: 'RegionalNatGateway',
  },
  {
    ...nat,
    sku: 'KFNSSCHWD43WZK2R',
    usageType: 'EU-NatGateway-Hours',
    unit: 'Hrs',
    prices: '0.0480000000',
    operation: 'NatGateway',
  },
  {
    ...nat,
    sku: 'SCVPQWR4PN8NY9DD',
    usageType: 'EU-RegionalNatGateway-Bytes',
    unit: 'GB',
    prices: '0.0480000000',
    operation: 'RegionalNatGateway',
  },
];

/** Every product that a rate card of eu-west-1 needs, and the neighbors that must never leak into it. */
export const irelandRows: readonly ProductRow[] = [
  ...natRows,
  // A Local Zone has the parent Region's usage type.
  {
    ...nat,
    sku: 'LOCALZONE0000001',
    usageType: 'EU-NatGateway-Hours',
    unit: 'Hrs',
    prices: '0.0900000000',
    attributes: { locationType: 'AWS Local Zone' },
  },
  {
    ...endpoint,
    sku: 'ENDPOINTHOUR0001',
    usageType: 'EU-VpcEndpoint-Hours',
    unit: 'Hrs',
    prices: '0.0110000000',
  },
  {
    ...endpoint,
    sku: 'ENDPOINTBYTES001',
    usageType: 'EU-VpcEndpoint-Bytes',
    unit: 'GB',
    prices: [
      ['1048576', '0.0100000000'],
      ['5242880', '0.0060000000'],
      ['Inf', '0.0040000000'],
    ],
  },
  {
    ...endpoint,
    sku: 'GWLBEHOUR0000001',
    usageType: 'EU-VpcEndpoint-GWLBE-Hours',
    unit: 'Hrs',
    prices: '0.0112000000',
  },
  {
    ...endpoint,
    sku: 'GWLBEBYTES000001',
    usageType: 'EU-VpcEndpoint-GWLBE-Bytes',
    unit: 'GB',
    prices: '0.0035000000',
  },
  {
    ...endpoint,
    sku: 'GWLBEHOUR0000002',
    usageType: 'EU-VpcEndpoint-Hours',
    unit: 'Hrs',
    prices: '0.0130000000',
    operation: 'VpcEndpoint-GWLBE',
  },
  {
    ...endpoint,
    sku: 'RESOURCEHOUR0001',
    usageType: 'EU-VpcEndpoint-Resource-Hours',
    unit: 'Hrs',
    prices: '0.0220000000',
  },
  {
    ...ipv4,
    sku: 'IPV4INUSE0000001',
    usageType: 'EU-PublicIPv4:InUseAddress',
    unit: 'Hrs',
    prices: '0.0050000000',
  },
  {
    ...ipv4,
    sku: 'IPV4IDLE00000001',
    usageType: 'EU-PublicIPv4:IdleAddress',
    unit: 'Hrs',
    prices: '0.0050000000',
  },
  {
    ...transit,
    sku: 'TRANSITHOUR00001',
    usageType: 'EU-TransitGateway-Hours',
    unit: 'hour',
    prices: '0.0500000000',
  },
  {
    ...transit,
    sku: 'TRANSITBYTES0001',
    usageType: 'EU-TransitGateway-Bytes',
    unit: 'GigaBytes',
    prices: '0.0200000000',
  },
  {
    ...transit,
    sku: 'TRANSITVPN000001',
    usageType: 'EU-TransitGateway-Hours',
    unit: 'hour',
    prices: '0.0500000000',
    operation: 'TransitGatewayVPN',
  },
  {
    serviceCode: 'AWSDataTransfer',
    sku: 'REGIONALBYTES001',
    usageType: 'EU-DataTransfer-Regional-Bytes',
    unit: 'GB',
    prices: '0.0100000000',
    family: 'Data Transfer',
    attributes: { transferType: 'IntraRegion' },
  },
  {
    serviceCode: 'AWSDataTransfer',
    sku: 'INTERREGION00001',
    usageType: 'EU-USE1-AWS-Out-Bytes',
    unit: 'GB',
    prices: '0.0200000000',
    family: 'Data Transfer',
    attributes: {
      transferType: 'InterRegion Outbound',
      toRegionCode: 'us-east-1',
      toLocationType: 'AWS Region',
    },
  },
  {
    ...out,
    sku: 'OUTBYTES00000001',
    usageType: 'EU-DataTransfer-Out-Bytes',
    unit: 'GB',
    prices: [
      ['10240', '0.0900000000'],
      ['51200', '0.0850000000'],
      ['153600', '0.0700000000'],
      ['Inf', '0.0500000000'],
    ],
  },
];

const logs = { serviceCode: 'AmazonCloudWatch', unit: 'GB' } as const;
const computer = {
  serviceCode: 'AmazonEC2',
  family: 'Compute Instance',
  unit: 'Hrs',
  operation: 'RunInstances',
} as const;
const linux = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
} as const;

/** Products of eu-west-1 that no estimate needs: each is a further rate, or a neighbor of one that must not pass for it. */
export const furtherIrelandRows: readonly ProductRow[] = [
  {
    serviceCode: 'AmazonVPC',
    family: 'VpcEndpoint',
    sku: 'TUNNELHOUR000001',
    usageType: 'EU-VpcEndpoint-Tunnel-Hours',
    unit: 'Hrs',
    prices: '0.0310000000',
    operation: 'VpcEndpoint',
  },
  {
    serviceCode: 'AWSNetworkFirewall',
    sku: 'FIREWALLHOUR0001',
    usageType: 'EU-Endpoint-Hour',
    unit: 'Hrs',
    prices: '0.3950000000',
  },
  {
    serviceCode: 'AWSCloudWAN',
    sku: 'CLOUDWANHOUR0001',
    usageType: 'EU-CloudWAN-Attachment-Hours',
    unit: 'Hrs',
    prices: '0.0650000000',
  },
  {
    serviceCode: 'AmazonRoute53',
    sku: 'RESOLVERHOUR0001',
    usageType: 'EU-ResolverNetworkInterface',
    unit: 'Hrs',
    prices: '0.1250000000',
  },
  {
    serviceCode: 'AmazonS3',
    family: 'API Request',
    sku: 'S3PUT00000000001',
    usageType: 'EU-Requests-Tier1',
    unit: 'Requests',
    prices: '0.0000050000',
    group: 'S3-API-Tier1',
  },
  // Requests of another storage class have the same usage type.
  {
    serviceCode: 'AmazonS3',
    family: 'API Request',
    sku: 'S3PUTIA000000001',
    usageType: 'EU-Requests-Tier1',
    unit: 'Requests',
    prices: '0.0000100000',
    group: 'S3-API-SIA-Tier1',
  },
  {
    serviceCode: 'AmazonS3',
    family: 'Storage',
    sku: 'S3STORAGE0000001',
    usageType: 'EU-TimedStorage-ByteHrs',
    unit: 'GB-Mo',
    prices: [
      ['51200', '0.0230000000'],
      ['512000', '0.0220000000'],
      ['Inf', '0.0210000000'],
    ],
    attributes: { volumeType: 'Standard' },
  },
  {
    ...logs,
    sku: 'VENDEDLOGS000001',
    usageType: 'EU-VendedLog-Bytes',
    prices: [
      ['10240', '0.5700000000'],
      ['30720', '0.2850000000'],
      ['51200', '0.1140000000'],
      ['Inf', '0.0570000000'],
    ],
  },
  // What other services deliver has a price of its own.
  {
    ...logs,
    sku: 'VENDEDWAF0000001',
    usageType: 'EU-VendedLog-Bytes-WAFLogs',
    prices: '0.1900000000',
  },
  {
    serviceCode: 'AmazonCloudWatch',
    sku: 'METRICDATA000001',
    usageType: 'EU-CW:GMD-Metrics',
    unit: 'Metrics',
    prices: '0.0000100000',
  },
  {
    serviceCode: 'AmazonAthena',
    sku: 'ATHENASCAN000001',
    usageType: 'EU-DataScannedInTB',
    unit: 'Terabytes',
    prices: '5.0000000000',
  },
  {
    ...computer,
    sku: 'INSTANCENANO0001',
    usageType: 'EU-BoxUsage:t4g.nano',
    prices: '0.0046000000',
    attributes: { ...linux, instanceType: 't4g.nano' },
  },
  {
    ...computer,
    sku: 'INSTANCENANO0002',
    usageType: 'EU-BoxUsage:t4g.nano',
    prices: '0.0092000000',
    attributes: { ...linux, operatingSystem: 'Windows', instanceType: 't4g.nano' },
  },
  {
    ...computer,
    sku: 'INSTANCELARGE001',
    usageType: 'EU-BoxUsage:m5.large',
    prices: '0.1070000000',
    attributes: { ...linux, instanceType: 'm5.large' },
  },
  {
    serviceCode: 'AWSDataTransfer',
    sku: 'INTERREGION00002',
    usageType: 'EU-EUC1-AWS-Out-Bytes',
    unit: 'GB',
    prices: '0.0200000000',
    family: 'Data Transfer',
    attributes: {
      transferType: 'InterRegion Outbound',
      toRegionCode: 'eu-central-1',
      toLocationType: 'AWS Region',
    },
  },
  // A Local Zone has its Region's code.
  {
    serviceCode: 'AWSDataTransfer',
    sku: 'TOLOCALZONE00001',
    usageType: 'EU-EUC1HAM1-AWS-Out-Bytes',
    unit: 'GB',
    prices: '0.0300000000',
    family: 'Data Transfer',
    attributes: {
      transferType: 'InterRegion Outbound',
      toRegionCode: 'eu-central-1',
      toLocationType: 'AWS Local Zone',
    },
  },
];

/** The rows with one of them changed; the row is named by its SKU. */
export function withRow(
  rows: readonly ProductRow[],
  sku: string,
  change: Partial<ProductRow>,
): readonly ProductRow[] {
  return rows.map((row) => (row.sku === sku ? { ...row, ...change } : row));
}

/** The rows without those of these SKUs. */
export function withoutRows(rows: readonly ProductRow[], ...skus: string[]): readonly ProductRow[] {
  return rows.filter((row) => !skus.includes(row.sku));
}

/** How a list of products is printed. */
export interface Printing {
  readonly region: string;
  readonly publishedAt: string;
  readonly currency: string;
}

export const ireland: Printing = {
  region: 'eu-west-1',
  publishedAt: '2026-09-25T17:45:21Z',
  currency: 'USD',
};

// AWS's own codes: that of a rate of one price, and those of the interface endpoint's tiers.
const onlyTier = '6YS6EN2CT7';
const tierCodes = ['D7RZ6WCPVW', 'RBMR72YW69', 'SW9U2ZKBYX', 'TIER4'];

/** The product and its on-demand terms, keyed as AWS keys them; the last tier comes first. */
export function printed(row: ProductRow, { region, currency }: Printing) {
  const term = `${row.sku}.JRTCKXETXF`;
  const tiers = typeof row.prices === 'string' ? [['Inf', row.prices] as const] : row.prices;
  const dimensions = tiers.map(([endRange, price], index) => {
    const rateCode = `${term}.${tiers.length === 1 ? onlyTier : tierCodes[index]}`;
    const beginRange = tiers[index - 1]?.[0] ?? '0';
    const pricePerUnit = { [currency]: price };
    return [
      rateCode,
      {
        rateCode,
        description: '',
        beginRange,
        endRange,
        unit: row.unit,
        pricePerUnit,
        appliesTo: [],
      },
    ] as const;
  });
  return {
    product: { ...familyOf(row), attributes: attributesOf(row, region), sku: row.sku },
    onDemand: {
      [term]: {
        offerTermCode: 'JRTCKXETXF',
        sku: row.sku,
        effectiveDate: '2026-09-01T00:00:00Z',
        priceDimensions: Object.fromEntries(dimensions.reverse()),
        termAttributes: {},
      },
    },
  };
}

function familyOf(row: ProductRow) {
  return row.family === undefined ? {} : { productFamily: row.family };
}

/** A transfer product names the Region that sends; every other names the Region it is in. */
function attributesOf(row: ProductRow, region: string): Record<string, string> {
  const place =
    row.serviceCode === 'AWSDataTransfer'
      ? { fromRegionCode: region, fromLocationType: 'AWS Region' }
      : { regionCode: region, locationType: 'AWS Region' };
  return {
    servicecode: row.serviceCode,
    ...place,
    usagetype: row.usageType,
    ...(row.group === undefined ? {} : { group: row.group }),
    operation: row.operation ?? '',
    ...row.attributes,
  };
}
