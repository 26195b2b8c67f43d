import { serviceFacts } from '../../cost/facts/services.js';
import { kindOf } from '../../cost/paths/index.js';
import type { PathChange } from '../../cost/paths/path.js';
import type { PlanChange } from '../comparison/parts.js';

/** What a change brings with it that its saving does not show. */
export function caveatsOf(
  { choices, from, to }: PlanChange,
  change: PathChange,
): readonly string[] {
  const path = kindOf(to);
  const remote = choices.some(({ serviceRegion }) => serviceRegion !== null)
    ? ['Transfer between Regions is paid on every path and not part of the sum.']
    : [];
  // What is known of a service is about the interface endpoints that it needs.
  const notes =
    path.endpointType === 'Interface'
      ? choices.flatMap(({ service }) => serviceFacts(service).notes)
      : [];
  return [
    ...new Set([
      ...path.caveatsTo(change),
      ...kindOf(from).caveatsFrom(change),
      ...remote,
      ...notes,
    ]),
  ];
}
