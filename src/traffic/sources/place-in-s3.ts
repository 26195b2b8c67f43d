import { regionShape } from '../../base/service-name.js';

/** The account and the Region in a flow log's place in S3; null where the name does not tell. */
export interface KeyPlace {
  /** The id of the flow log: `fl-…`. */
  readonly flowLog: string | null;
  readonly accountId: string | null;
  readonly region: string | null;
}

/** `<account>_vpcflowlogs_<region>_<flow-log-id>_…`, the file itself. */
const fileName = new RegExp(
  `(?:^|[/\\\\])(\\d{12})_vpcflowlogs_(${regionShape})_(?:(fl-[0-9a-f]{1,32})_)?[^/\\\\]*$`,
);
/** `AWSLogs/<account>/vpcflowlogs/<region>/`, its folders. */
const folders = new RegExp(
  `[/\\\\](\\d{12})[/\\\\]vpcflowlogs[/\\\\](${regionShape})(?:[/\\\\]|$)`,
);
const hiveAccount = /aws-account-id=(\d{12})(?:[/\\]|$)/;
const hiveRegion = new RegExp(`aws-region=(${regionShape})(?:[/\\\\]|$)`);

/**
 * Reads account and Region from a file's name as flow logs are delivered to S3, plain or Hive-style (VPC user guide,
 * flow-logs-s3-path): they fill in for logs without these fields. Of a file in an archive (`logs.zip: AWSLogs/…`) its own name
 * tells first, then the archive's.
 */
export function placeInS3(file: string): KeyPlace {
  const [own, ...archives] = file.split(': ').reverse().map(placeOf);
  return archives.reduce(
    (inner, outer) => ({
      flowLog: inner.flowLog ?? outer.flowLog,
      accountId: inner.accountId ?? outer.accountId,
      region: inner.region ?? outer.region,
    }),
    own ?? placeOf(file),
  );
}

function placeOf(file: string): KeyPlace {
  const [, account, inRegion, flowLog] = fileName.exec(file) ?? folders.exec(`/${file}`) ?? [];
  return {
    flowLog: flowLog ?? null,
    accountId: account ?? hiveAccount.exec(file)?.[1] ?? null,
    region: inRegion ?? hiveRegion.exec(file)?.[1] ?? null,
  };
}
