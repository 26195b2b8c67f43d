/** The version-5 fields of the generated log; the ones of version 2 come first, in AWS's order. */
export const generatedFields =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id pkt-srcaddr pkt-dstaddr region az-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path'.split(
    ' ',
  );

const servers = [
  ['52.216.1.1', 'S3'],
  ['52.94.0.7', 'DYNAMODB'],
  ['203.0.113.5', '-'],
  ['52.5.6.7', 'EC2'],
] as const;

/** Rows of a log that is the same each time: conversations through a NAT gateway, rejected ones, empty intervals. */
export function generatedRows(conversations: number): readonly (readonly string[])[] {
  return Array.from({ length: conversations }, (_, index) => rowsOf(index)).flat();
}

function rowsOf(index: number): readonly (readonly string[])[] {
  const [server, service] = servers[index % servers.length] ?? servers[0];
  const client = `10.0.1.${(index % 200) + 5}`;
  const nat = '10.0.0.220';
  const start = 1_790_000_000 + index * 61;
  const row = (
    eni: string,
    [src, dst, pktSrc, pktDst]: readonly [string, string, string, string],
    bytes: number,
    tail: string,
    action = 'ACCEPT',
  ) => {
    const head = `5 123456789012 ${eni} ${src} ${dst} 443 40000 6 9 ${bytes} ${start} ${start + 59}`;
    return `${head} ${action} OK vpc-1 ${pktSrc} ${pktDst} us-east-1 use1-az1 ${tail}`.split(' ');
  };
  const out = 1000 + index;
  const back = 90_000 + index * 7;
  return [
    row('eni-c', [client, server, client, server], out, `- ${service} egress 1`),
    row('eni-c', [server, client, server, client], back, `${service} - ingress -`),
    row('eni-g', [client, nat, client, server], out, `- ${service} ingress -`),
    row('eni-g', [nat, server, nat, server], out, `- ${service} egress 8`),
    row('eni-g', [server, nat, server, nat], back, `${service} - ingress -`),
    row('eni-g', [nat, client, server, client], back, `${service} - egress 1`),
    row('eni-c', ['198.51.100.9', client, '198.51.100.9', client], 40, '- - ingress -', 'REJECT'),
  ];
}

/** Rows as the text of a log with a header. */
export function textOf(rows: readonly (readonly string[])[], header = generatedFields): string {
  return `${[header, ...rows].map((values) => values.join(' ')).join('\n')}\n`;
}
