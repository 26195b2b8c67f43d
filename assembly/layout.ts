/**
 * The numbers that the scanner and its host both use. They are exported with the module, and "npm run build:scanner" writes
 * them to src/traffic/scanner/layout.ts, so that each is written once.
 */

/** How a record's addresses lie. The packet addresses say which are public and which private, where the log has them. */
export enum AddressPattern {
  /** No addresses, or no billed traffic. */
  none,
  /** Sent to a private address, meant for a public one: the private side of a NAT gateway. */
  natPrivateOut,
  /** Sent by a private address for a public one: the private side of a NAT gateway, back. */
  natPrivateIn,
  /** From the VPC to the internet or AWS. */
  publicOut,
  publicIn,
  /** To a private address that the user's service map names. */
  namedOut,
  namedIn,
  /** Between private addresses. */
  internal,
  /** Between public addresses, in a log without flow-direction: which end is the VPC's is not known. */
  unknownDirection,
  /** Of a time for which another flow log of the same interface counts. */
  otherFlowLog,
}

/** Why a line can't be read as a record. */
export enum LineReason {
  /** It was read. */
  none,
  fieldCount,
  number,
  address,
  name,
  time,
  tooLong,
  /** The file breaks off in it. Only the host says so. */
  cutOff,
}

/** What the host says of a circumstance: the sum of those that apply. */
export enum CircumstanceFlag {
  none = 0,
  billed = 1,
  ingress = 2,
  egress = 4,
}

export enum Limit {
  /** A longer line is no record. */
  lineBytes = 65536,
  /** A line has room for no more fields than this; AWS's own have 59. */
  fields = 190,
  /** With so many groups, clients are no longer told apart: the memory is for sums, not for every address of a network. */
  clientGroups = 1 << 19,
  /** Stands for the address of a client that is not kept; no interface has it. */
  unkeptAddress = 1,
}

/** The 32-bit words of a group of records. One without records is empty. */
export enum GroupWord {
  /** The private address. */
  address,
  identity,
  /** The label of the remote address: a user may name more of them than 16 bits tell apart. */
  label,
  /** The circumstance, and the address pattern in the upper half. */
  circumstance,
  bucket,
  /** How often the 64-bit sum of bytes went round. */
  carry,
  recordsLow,
  recordsHigh,
  bytesLow,
  bytesHigh,
  /** How many words a group has. */
  count,
}

/** The 32-bit words of a remote address with its bytes. One without a side is empty. */
export enum TalkerWord {
  remote,
  eni,
  side,
  /** How often the 64-bit sum of bytes went round. */
  carry,
  bytesLow,
  bytesHigh,
  /** How many words a remote address has. */
  count,
}

/** On which side of a NAT gateway a remote address was seen. */
export enum TalkerSide {
  none,
  /** On its private side. */
  privateSide,
  /** On its public side, or where there is no gateway. */
  publicSide,
}

/** Where a table of interned texts has its parts, in bytes. */
export enum TableByte {
  index = 0,
  indexMask = 4,
  entries = 8,
  count = 12,
  capacity = 16,
  spanCount = 20,
  /** Two bytes for each span: the number of its first field, and of the bound that ends its last. */
  spans = 32,
  /** How many bytes a table has. */
  size = 96,
}

/** Where an entry of such a table has its parts, in bytes. */
export enum EntryByte {
  hash = 0,
  context = 4,
  /** Where the ranges of time are in which an identity was logged. */
  ranges = 8,
  /** Where its texts are, each from a multiple of `textStep` on. */
  texts = 12,
  /** The number that stands in groups: files whose headers differ have entries of their own for what is the same. */
  same = 16,
  /** The flags of a circumstance, and a hash of what it is, the same in every file. */
  flags = 20,
  meaning = 24,
  /** The interface of an identity, and the time that it was logged in. */
  eni = 20,
  start = 24,
  end = 28,
  /** Two bytes for the length of each span. */
  lengths = 32,
  /** How many bytes an entry has. */
  size = 64,
  textStep = 16,
  /** The `start` of an identity whose log has no times. */
  noStart = -1,
}

/** Where a block of ranges of time has its parts, in bytes: start and end of each range, in order. */
export enum RangeByte {
  count = 0,
  capacity = 4,
  /** The number of the range last touched. */
  last = 8,
  /** Where the ranges of time are that are excluded for the identity; 0: none. */
  excluded = 12,
  /** A hash of the texts of the identity only, the same in every file. */
  textHash = 16,
  /** The only named private address that the identity has traffic with; 0: none, `severalNamed`: more than one. */
  named = 20,
  severalNamed = 1,
  first = 24,
  /** How many bytes a range has. */
  size = 8,
}

/** Where a block of hashes of flows has its parts, in bytes. There are two kinds: inside the VPC, and with a public end. */
export enum MirrorByte {
  /** How many there are of each kind, in four bytes each. */
  counts = 0,
  /** Those of each kind, the largest first, in eight bytes each. */
  hashes = 8,
  /** How many bytes the hashes of a kind have room for. */
  kindSize = 256,
  /** The next block of its list. */
  next = 520,
  /** How many bytes a block has. */
  size = 528,
}
