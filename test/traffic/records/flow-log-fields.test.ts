import { describe, expect, it } from 'vitest';
import {
  defaultFlowLogFields,
  flowLogFieldOf,
  flowLogFields,
  parseFieldList,
} from '../../../src/traffic/records/flow-log-fields.js';

const camel = (name: string) =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

describe('the fields of a flow log', () => {
  it('are 29 up to version 5, and all are told apart in every style', () => {
    // 14 of version 2, 7 of version 3, 4 of version 4, 4 of version 5.
    expect(flowLogFields.indexOf('traffic-path') + 1).toBe(14 + 7 + 4 + 4);
    expect(new Set(flowLogFields).size).toBe(flowLogFields.length);
    for (const field of flowLogFields) {
      const styles = [
        field,
        field.replaceAll('-', '_'),
        camel(field),
        `\${${field}}`,
        field.toUpperCase(),
      ];
      expect(styles.map(flowLogFieldOf)).toEqual(styles.map(() => field));
    }
  });

  it.each([
    ['srcAddr', 'srcaddr'],
    ['pktDstAddr', 'pkt-dstaddr'],
    ['endTime', 'end'],
    ['numbytes', 'bytes'],
    ['sum(bytes)', 'bytes'],
    ['sum( packets )', 'packets'],
    ['min(start)', 'start'],
    ['max(endTime)', 'end'],
    ['max(bytes)', undefined],
    ['sum(start)', undefined],
    ['@timestamp', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%j is %s', (name, field) => {
    expect(flowLogFieldOf(name)).toBe(field);
  });
});

describe('--fields', () => {
  it.each([
    '${version} ${account-id} ${srcaddr} ${some-new-field}',
    'version account-id srcaddr some-new-field',
    'version,account_id, srcAddr ,some-new-field',
  ])('reads %s', (text) => {
    const fields = ['version', 'account-id', 'srcaddr', 'some-new-field'];
    expect(parseFieldList(text, '--fields')).toEqual(fields);
  });

  it('reads the default list in its own order', () => {
    expect(parseFieldList(defaultFlowLogFields.join(' '), '--fields')).toEqual(
      defaultFlowLogFields,
    );
  });

  it.each([
    ['', '--fields: "" names no field of a flow log'],
    ['foo bar', '--fields: "foo bar" names no field of a flow log'],
    ['bytes srcaddr bytes', '--fields: the field "bytes" stands there twice'],
  ])('refuses %j', (text, message) => {
    expect(() => parseFieldList(text, '--fields')).toThrow(message);
  });
});
