import type { Talker, TopTalkers } from '../../traffic/attribution/talkers.js';
import { terminalText } from '../draw/labels.js';
import { left, right, textTable } from '../draw/tables.js';

/** The largest talkers as text for a terminal. */
export function showTalkers({ remotes, remoteError, clients }: TopTalkers): string {
  const bound =
    remoteError === 0n ? '' : ` (each may be up to ${remoteError} bytes more than is shown)`;
  return [
    `Largest remote addresses${bound}:`,
    drawTalkers('service', remotes, ({ service }) => service),
    '',
    'Largest clients:',
    drawTalkers('interface', clients, ({ interfaceId }) => interfaceId),
    '',
  ].join('\n');
}

function drawTalkers(
  what: string,
  talkers: readonly Talker[],
  nameOf: (talker: Talker) => string | null,
): string {
  if (talkers.length === 0) return 'none';
  return textTable(
    [left('address'), left(what), right('bytes')],
    talkers.map((talker) => [
      talker.address,
      terminalText(nameOf(talker) ?? '-'),
      String(talker.bytes),
    ]),
  );
}
