import { describe, expect, it } from 'vitest';
import { agreeing } from '../../src/base/text.js';
import { trafficFinding } from '../../src/traffic/findings/findings.js';
import { accountOf } from '../../src/traffic/findings/set-aside.js';
import { attributeTexts } from './flow-log-text.js';

const v2 = 'interface-id srcaddr dstaddr bytes action log-status';
const v5 = `${v2} pkt-srcaddr pkt-dstaddr flow-direction traffic-path`;
const out = 'eni-a 10.0.0.1 203.0.113.9 1000';
/** A NAT gateway, with its client. */
const gateway = [
  'eni-n 10.0.0.9 10.0.0.1 500 ACCEPT OK 203.0.113.9 10.0.0.1',
  'eni-n 10.0.0.1 10.0.0.9 400 ACCEPT OK 10.0.0.1 203.0.113.9',
  'eni-a 10.0.0.1 203.0.113.9 1400 ACCEPT OK 10.0.0.1 203.0.113.9',
];

const messageOf = (lines: readonly string[], fields: string, code: string): string =>
  attributeTexts([lines.join('\n')], { fields }).findings.find((each) => each.code === code)
    ?.message ?? '';

describe('advice to log a field', () => {
  it('names those that the log lacks', () => {
    const assumed = 'traffic-path-assumed';
    expect(messageOf([`${out} ACCEPT OK`], v2, assumed)).toContain(
      'Add traffic-path and flow-direction (version 5) to the flow log, or name the NAT gateway',
    );
    const directed = `${v2} flow-direction`;
    expect(messageOf([`${out} ACCEPT OK egress`], directed, assumed)).toContain(
      'Add traffic-path (version 5) to the flow log, or name',
    );
  });

  it('names none that the log has', () => {
    const line = `${out} ACCEPT OK 10.0.0.1 203.0.113.9 egress -`;
    const message = messageOf([line], v5, 'traffic-path-assumed');
    expect(message).toContain('The log has traffic-path and flow-direction, which do not show it');
    expect(message).not.toContain('Add ');
  });

  it('is given of a path that is not known, too', () => {
    const unknown = 'traffic-path-unknown';
    const packets = `${v2} pkt-srcaddr pkt-dstaddr`;
    expect(messageOf(gateway, packets, unknown)).toContain('Add traffic-path and flow-direction');
    const told = gateway.map((line) => `${line} egress -`);
    expect(messageOf(told, v5, unknown)).toContain('The log has traffic-path and flow-direction');
  });
});

describe('a log without action', () => {
  const code = 'traffic-without-action';
  it('is told to count what was rejected', () => {
    const fields = 'interface-id srcaddr dstaddr bytes';
    expect(messageOf([out], fields, code)).toContain(
      '1,000 bytes are counted from a log without action',
    );
    expect(messageOf([out.replace('1000', '1')], fields, code)).toContain('1 byte is counted');
    expect(messageOf([`${out} ACCEPT OK`], v2, code)).toBe('');
    // What is not counted needs no action.
    expect(messageOf([out.replace('203.0.113.9', '10.0.0.7')], fields, code)).toBe('');
  });
});

describe('one of a thing', () => {
  it('has the verb of one', () => {
    expect(agreeing(1, 'record', 'is', 'are')).toBe('1 record is');
    expect(agreeing(1n, 'byte', 'is', 'are')).toBe('1 byte is');
    expect(agreeing(0, 'record', 'is', 'are')).toBe('0 records are');
    expect(agreeing(1200, 'record', 'is', 'are')).toBe('1,200 records are');
    const unread = (records: number) =>
      trafficFinding('records-unreadable', { records, samples: [] }).message;
    expect(unread(1)).toBe('1 record was not read, and not counted.');
    expect(unread(2)).toBe('2 records were not read, and not counted.');
  });
});

describe('the account', () => {
  it('names the other side of a NAT gateway, and networks on-premises', () => {
    const sum = { records: 1, bytes: 5n };
    const setAside = { 'other-vantage': sum, 'on-premises': sum };
    expect(accountOf({ read: 3, counted: sum, setAside })).toBe(
      '3 records read, 1 counted (5 bytes), set aside: 1 the same bytes as another interface, or the other side of a NAT gateway, logged them (5 bytes); 1 by a virtual private gateway, to networks on-premises (5 bytes).',
    );
  });
});
