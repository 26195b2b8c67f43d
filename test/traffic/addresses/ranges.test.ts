import { describe, expect, it } from 'vitest';
import {
  checkFreshRanges,
  fetchAwsIpRanges,
  parseAwsIpRanges,
} from '../../../src/traffic/addresses/ranges.js';
import { writeIpRanges } from '../../../src/traffic/addresses/ranges-file.js';

const v4 = (ip_prefix: unknown, service = 'S3', region = 'us-east-1') => ({
  ip_prefix,
  service,
  region,
  network_border_group: region,
});
const v6 = (ipv6_prefix: string, service = 'S3', region = 'us-east-1') => ({
  ipv6_prefix,
  service,
  region,
});
const list = (
  prefixes: readonly unknown[],
  ipv6_prefixes: readonly unknown[] = [],
  createDate = '2026-08-22-15-17-05',
) => ({
  syncToken: '1787411825',
  createDate,
  prefixes,
  ipv6_prefixes,
});

describe("AWS's ip-ranges.json", () => {
  it('is read whatever order it is in, and written in one', () => {
    const prefixes = [v4('3.5.140.0/22'), v4('3.5.144.0/23'), v4('3.5.0.0/19', 'AMAZON', 'GLOBAL')];
    const one = parseAwsIpRanges(list(prefixes, [v6('2600:1f00::/24')]), 'a.json');
    const other = parseAwsIpRanges(list([...prefixes].reverse(), [v6('2600:1f00::/24')]), 'b.json');
    expect(writeIpRanges(other)).toBe(writeIpRanges(one));
    expect(writeIpRanges(one)).toBe(`{
 "$schema": "urn:pathfare:ip-ranges@1",
 "schema": "pathfare/ip-ranges@1",
 "syncToken": "1787411825",
 "createDate": "2026-08-22-15-17-05",
 "ipv4": {
  "AMAZON": {
   "GLOBAL": "3.5.0/19"
  },
  "S3": {
   "us-east-1": "3.5.140/22 144/23"
  }
 },
 "ipv6": {
  "S3": {
   "us-east-1": "2600.1f00/24"
  }
 }
}
`);
  });

  it.each([
    [null, 'f.json: the list: expected Object, found null'],
    [
      list([v4('3.5.140.0/22'), v4('3.5.140.1/22')]),
      'f.json: prefixes.1.ip_prefix: "3.5.140.1/22" has bits set beyond its length: write 3.5.140.0/22',
    ],
    [list([v4('::/8')]), 'f.json: prefixes.0.ip_prefix: "::/8" is not an IPv4 block'],
    [list([v4(7)]), 'f.json: prefixes.0.ip_prefix: expected string, found 7'],
    [list([v4('3.5.140.0/22', 'S3', '\u001b[31m')]), 'f.json: prefixes.0.region: '],
    [
      list([v4('3.5.140.0/22', 'constructor')]),
      'f.json: prefixes.0.service: is not a service name, found "constructor"',
    ],
    [
      list([], [], 'yesterday'),
      'f.json: createDate: is not a date YYYY-MM-DD-hh-mm-ss, found "yesterday"',
    ],
  ])('is refused where it is wrong (%#)', (json, message) => {
    expect(() => parseAwsIpRanges(json, 'f.json')).toThrow(message);
  });

  it('never repeats an escape sequence', () => {
    const json = list([v4('3.5.140.0/22', 'S3', '\u001b[31m')]);
    expect(() => parseAwsIpRanges(json, 'f.json')).not.toThrow('\u001b');
    expect(() => parseAwsIpRanges(json, 'f.json')).toThrow('is not a Region');
  });
});

describe('a refresh', () => {
  const four = ['AMAZON', 'EC2', 'S3', 'DYNAMODB'].map((service, index) =>
    v4(`9.${index}.0.0/16`, service),
  );
  const present = parseAwsIpRanges(list([...four, v4('8.0.0.0/8')]), 'present');
  const options = { file: 'f.json', accept: false };

  it('takes a newer list', () => {
    const fresh = parseAwsIpRanges(list(four, [], '2026-09-01-00-00-00'), 'f.json');
    expect(checkFreshRanges(present, fresh, options)).toBeUndefined();
  });

  it('refuses an older one unless told', () => {
    const fresh = parseAwsIpRanges(list(four, [], '2026-08-21-00-00-00'), 'f.json');
    expect(() => checkFreshRanges(present, fresh, options)).toThrow(
      'f.json: was published 2026-08-21-00-00-00, before the present list (2026-08-22-15-17-05)',
    );
    expect(checkFreshRanges(present, fresh, { ...options, accept: true })).toBeUndefined();
  });

  it.each([
    [[], 'f.json: has 0 prefixes, fewer than half of the present 5'],
    [four.slice(0, 2), 'f.json: has 2 prefixes, fewer than half of the present 5'],
    [four.filter((entry) => entry.service !== 'S3'), 'f.json: has no prefix of S3'],
  ])('refuses an implausible one, even with accept (%#)', (prefixes, message) => {
    const fresh = parseAwsIpRanges(list(prefixes, [], '2027-01-01-00-00-00'), 'f.json');
    expect(() => checkFreshRanges(present, fresh, { ...options, accept: true })).toThrow(message);
  });

  it.each([
    [{ ok: false, status: 503, text: async () => '' }, 'answered with status 503'],
    [{ ok: true, status: 200, text: async () => '<html>' }, 'is not JSON, it begins with "<html>"'],
    [new TypeError('fetch failed'), "can't be fetched: fetch failed"],
  ])('says why AWS could not be read (%#)', async (answer, message) => {
    const fetch = async () => {
      if (answer instanceof Error) throw answer;
      return answer;
    };
    await expect(fetchAwsIpRanges(fetch, new AbortController().signal)).rejects.toThrow(
      `https://ip-ranges.amazonaws.com/ip-ranges.json: ${message}`,
    );
  });
});
