import { describe, expect, it } from 'vitest';
import { ocsfRecord } from '../../../src/traffic/records/ocsf.js';

/** An event as OCSF's mapping of Amazon VPC flow logs has it: a client's request on the private side of a NAT gateway. */
const event = {
  class_uid: 4001,
  metadata: { product: { name: 'Amazon VPC', feature: { name: 'Flowlogs' }, version: '5' } },
  cloud: { account: { uid: '123456789012' }, region: 'eu-west-1', zone: 'euw1-az2' },
  src_endpoint: { ip: '10.0.1.5', port: 40_000, svc_name: '-' },
  dst_endpoint: {
    ip: '52.218.0.1',
    intermediate_ips: ['10.0.0.220'],
    port: 443,
    svc_name: 'S3',
    interface_uid: 'eni-1',
    vpc_uid: 'vpc-1',
  },
  connection_info: { direction: 'Inbound', direction_id: 1, boundary_id: 99, boundary: '-' },
  traffic: { bytes: 84, packets: 1 },
  action: 'Allowed',
  status_code: 'OK',
  time: 1_790_000_000_000,
  start_time_dt: '2026-09-21 14:13:20+00:00',
  end_time_dt: '2026-09-21 14:14:20+00:00',
  unmapped: { sublocation_type: '-' },
};

function read(changes: Readonly<Record<string, unknown>> = {}) {
  const record = ocsfRecord({ ...event, ...changes });
  if (typeof record === 'string') return record;
  return Object.fromEntries(record.fields.map((field, at) => [field, record.values[at]]));
}

describe('an OCSF event of a VPC flow log', () => {
  it('names the packet address first, and the own one as intermediate', () => {
    expect(read()).toMatchObject({
      'account-id': '123456789012',
      region: 'eu-west-1',
      'az-id': 'euw1-az2',
      'vpc-id': 'vpc-1',
      'interface-id': 'eni-1',
      srcaddr: '10.0.1.5',
      'pkt-srcaddr': '10.0.1.5',
      dstaddr: '10.0.0.220',
      'pkt-dstaddr': '52.218.0.1',
      'pkt-src-aws-service': '-',
      'pkt-dst-aws-service': 'S3',
      bytes: '84',
      start: '1790000000',
      end: '1790000060',
      action: 'ACCEPT',
      'log-status': 'OK',
      'flow-direction': 'ingress',
      'traffic-path': '-',
    });
  });

  // OCSF's boundary_id: 4 same VPC, 5 internet or VPC gateway, 6 virtual private gateway … 11 internet gateway.
  it.each([
    [3, '-'],
    [4, '1'],
    [5, '2'],
    [7, '4'],
    [10, '7'],
    [11, '8'],
    [99, '-'],
    [undefined, '-'],
  ])('has boundary %s for traffic-path %s', (boundary, path) => {
    expect(read({ connection_info: { boundary_id: boundary } })).toMatchObject({
      'traffic-path': path,
    });
  });

  it.each([
    [{ pkt_dstaddr: '9.9.9.9', traffic_path: '7' }],
    [
      [
        ['pkt_dstaddr', '9.9.9.9'],
        ['traffic_path', '7'],
      ],
    ],
    [
      [
        { key: 'pkt_dstaddr', value: '9.9.9.9' },
        { key: 'traffic_path', value: '7' },
      ],
    ],
  ])('takes what is unmapped from an object, pairs and a map: %j', (unmapped) => {
    expect(read({ unmapped })).toMatchObject({ 'pkt-dstaddr': '9.9.9.9', 'traffic-path': '7' });
  });

  it('knows what was refused, by each of the attributes that say it', () => {
    expect(read({ action: 'Denied' })).toMatchObject({ action: 'REJECT' });
    expect(read({ action: undefined, disposition: 'Blocked' })).toMatchObject({ action: 'REJECT' });
    expect(read({ action: undefined, action_id: 2 })).toMatchObject({ action: 'REJECT' });
    expect(read({ action: undefined })).toMatchObject({ action: '-' });
  });

  it('is none of another class or product', () => {
    expect(read({ class_uid: 4003 })).toBe(
      'is an OCSF event of class "4003": a flow log\'s are of class 4001',
    );
    expect(read({ metadata: { product: { name: 'Zeek' } } })).toBe(
      'is an OCSF event of "Zeek", not of Amazon VPC',
    );
  });

  it('does not round a count that JSON could not hold', () => {
    expect(read({ traffic: { bytes: 2 ** 60 } })).toMatchObject({ bytes: '(not exact)' });
  });
});
