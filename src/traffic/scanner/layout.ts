// Made by "npm run build:scanner" from assembly/; not to be edited.

// What each number means is written beside it in assembly/layout.ts.

export const addressPattern = {
  none: 0,
  natPrivateOut: 1,
  natPrivateIn: 2,
  publicOut: 3,
  publicIn: 4,
  namedOut: 5,
  namedIn: 6,
  internal: 7,
  unknownDirection: 8,
  otherFlowLog: 9,
} as const;

export const lineReason = {
  none: 0,
  fieldCount: 1,
  number: 2,
  address: 3,
  name: 4,
  time: 5,
  tooLong: 6,
  cutOff: 7,
} as const;

export const circumstanceFlag = {
  none: 0,
  billed: 1,
  ingress: 2,
  egress: 4,
} as const;

export const limit = {
  lineBytes: 65_536,
  fields: 190,
  clientGroups: 524_288,
  unkeptAddress: 1,
} as const;

export const groupWord = {
  address: 0,
  identity: 1,
  label: 2,
  circumstance: 3,
  bucket: 4,
  carry: 5,
  recordsLow: 6,
  recordsHigh: 7,
  bytesLow: 8,
  bytesHigh: 9,
  count: 10,
} as const;

export const talkerWord = {
  remote: 0,
  eni: 1,
  side: 2,
  carry: 3,
  bytesLow: 4,
  bytesHigh: 5,
  count: 6,
} as const;

export const talkerSide = {
  none: 0,
  privateSide: 1,
  publicSide: 2,
} as const;

export const tableByte = {
  index: 0,
  indexMask: 4,
  entries: 8,
  count: 12,
  capacity: 16,
  spanCount: 20,
  spans: 32,
  size: 96,
} as const;

export const entryByte = {
  hash: 0,
  context: 4,
  ranges: 8,
  texts: 12,
  same: 16,
  flags: 20,
  meaning: 24,
  eni: 20,
  start: 24,
  end: 28,
  lengths: 32,
  size: 64,
  textStep: 16,
  noStart: -1,
} as const;

export const rangeByte = {
  count: 0,
  capacity: 4,
  last: 8,
  excluded: 12,
  textHash: 16,
  named: 20,
  severalNamed: 1,
  first: 24,
  size: 8,
} as const;

export const mirrorByte = {
  counts: 0,
  hashes: 8,
  kindSize: 256,
  next: 520,
  size: 528,
} as const;
