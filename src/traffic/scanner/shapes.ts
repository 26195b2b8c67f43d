/**
 * How a record's addresses lie, in the scanner's numbers (assembly/record.ts). Public and private are told by the packet's
 * addresses, where the log has them.
 */
export const shapes = {
  /** No addresses, or no billed traffic. */
  none: 0,
  /** Sent to a private address, meant for a public one: a NAT gateway's private side. */
  natPrivateOut: 1,
  /** Sent by a private address for a public one: a NAT gateway's private side, back. */
  natPrivateIn: 2,
  /** To the internet or AWS, from the VPC. */
  publicOut: 3,
  publicIn: 4,
  /** To a private address that the user's service map names. */
  namedOut: 5,
  namedIn: 6,
  /** Between private addresses. */
  internal: 7,
  /** Between public addresses, by a log without flow-direction: which end is the VPC's can't be told. */
  unknownDirection: 8,
} as const;
