import { describe, expect, it } from 'vitest';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { compareShipped, traffic } from '../../cost/traffic.js';

const rows = [
  traffic({ service: 's3', sent: { gb: '1000' }, received: { gb: '4000' } }),
  traffic({ service: 'sqs', sent: { bytes: 1n }, path: null }),
  traffic({ service: 'internet', sent: { bytes: 2n ** 62n } }),
  traffic({ region: 'eu-west-1', vpcId: null, service: 'kms', sent: { gb: '9000000' } }),
];
const text = comparisonFormats.json(compareShipped(rows, { azs: 3 }));
const document: unknown = JSON.parse(text);

const decimal = expect.stringMatching(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
const component = expect.objectContaining({
  name: expect.any(String),
  quantity: decimal,
  unit: expect.stringMatching(/^(GB|Hrs)$/),
  rate: decimal,
  cost: decimal,
});

describe('the comparison as JSON', () => {
  it('has the shape of pathfare/comparison@1', () => {
    expect(document).toMatchObject({
      schema: 'pathfare/comparison@1',
      complete: true,
      currency: 'USD',
      assumptions: { hoursPerMonth: '730', bytesPerGb: '1073741824', azs: 3, nat: 'keep' },
      regions: [
        { region: 'eu-west-1', vpcs: [{ vpcId: null }] },
        {
          region: 'us-east-1',
          rateCard: { publishedAt: '2025-10-28T17:54:55Z', source: 'shipped', currency: 'USD' },
          vpcs: [
            {
              vpcId: 'vpc-1',
              azs: 3,
              natGateways: { count: 3, components: [component, component], monthlyCost: '109.5' },
              services: [{ service: 'internet' }, { service: 's3' }, { service: 'sqs' }],
            },
          ],
        },
      ],
    });
  });

  it('has a service with its three paths, what is cheapest and what that saves', () => {
    expect(document).toHaveProperty('regions.1.vpcs.0.services.1', {
      service: 's3',
      serviceRegion: null,
      gbOut: '1000',
      gbIn: '4000',
      gb: '5000',
      currentPath: 'nat-gateway',
      currentMonthlyCost: '225',
      currentComplete: true,
      paths: {
        'nat-gateway': {
          available: true,
          components: [
            {
              name: 'data-processing',
              quantity: '5000',
              unit: 'GB',
              rate: '0.045',
              cost: '225',
              sku: '59S5R83GFPUAGVR5',
              rateCode: '59S5R83GFPUAGVR5.JRTCKXETXF.6YS6EN2CT7',
              rateName: 'natGatewayGb',
            },
          ],
          monthlyCost: '225',
          complete: true,
        },
        'gateway-endpoint': { available: true, components: [], monthlyCost: '0', complete: true },
        'interface-endpoint': {
          available: true,
          components: [component, component],
          // 3 × 730 h × $0.01 = 21.90, and 5,000 GB × $0.01 = 50
          monthlyCost: '71.9',
          complete: true,
        },
      },
      cheapest: 'gateway-endpoint',
      plannedPath: 'gateway-endpoint',
      monthlySaving: '225',
      // 21.90 / (0.045 − 0.01), to six decimals
      breakEvenGb: '625.714286',
    });
  });

  it('has a plan a Region, and totals', () => {
    expect(document).toHaveProperty('regions.1.plan', {
      choices: [
        expect.objectContaining({ service: 'internet', path: 'nat-gateway' }),
        {
          vpcId: 'vpc-1',
          accountId: null,
          service: 's3',
          serviceRegion: null,
          endpointSet: null,
          currentPath: 'nat-gateway',
          path: 'gateway-endpoint',
          monthlySaving: '225',
          complete: true,
        },
        expect.objectContaining({ service: 'sqs', path: 'nat-gateway' }),
      ],
      removableNatGateways: 0,
      natRemovalSaving: '0',
      currentMonthlyCost: decimal,
      plannedMonthlyCost: decimal,
      monthlySaving: '225',
    });
    expect(document).toHaveProperty('totals', {
      currentMonthlyCost: decimal,
      plannedMonthlyCost: decimal,
      monthlySaving: decimal,
      annualSaving: decimal,
      savingKnown: true,
    });
  });

  it('carries amounts as exact strings without exponent, from a byte to an exbibyte', () => {
    expect(document).toHaveProperty(
      'regions.1.vpcs.0.services.2.gb',
      '0.000000000931322574615478515625',
    );
    // 2^62 / 2^30 = 2^32 GB; × $0.045
    expect(document).toHaveProperty('regions.1.vpcs.0.services.0.gb', '4294967296');
    expect(document).toHaveProperty(
      'regions.1.vpcs.0.services.0.currentMonthlyCost',
      '193273528.32',
    );
    expect(text).not.toMatch(/\d[eE][+-]?\d+"/);
  });

  it('holds no number but counts', () => {
    const numbers = [...text.matchAll(/"(\w+)": (-?[\d.eE+-]+)/g)].map(([, name]) => name);
    expect(new Set(numbers)).toEqual(
      new Set(['azs', 'publicIpv4PerNatGateway', 'crossAzEnds', 'count', 'removableNatGateways']),
    );
  });

  it('is the same bytes for the same rows in any order', () => {
    const again = comparisonFormats.json(compareShipped(rows.toReversed(), { azs: 3 }));
    expect(again).toBe(text);
    expect(text.endsWith('}\n')).toBe(true);
  });
});
