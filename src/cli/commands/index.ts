import { type CommandEntry, commandEntry, commandGroup } from '../kit/yargs.js';

/** Every command of the program, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  commandEntry(
    'estimate',
    'What one service costs on each path, from two volumes',
    () => import('./estimate.js'),
  ),
  commandEntry(
    'compare <input..>',
    'The three paths for each service, and the cheapest plan',
    () => import('./compare.js'),
  ),
  commandEntry(
    'summarize <input..>',
    'Flow logs of any form as a summary CSV',
    () => import('./summarize.js'),
  ),
  commandEntry(
    'report <input..>',
    'The budget report: Markdown, HTML, CSV, JSON, FOCUS',
    () => import('./report.js'),
  ),
  commandEntry(
    'breakeven',
    'GB a month above which an interface endpoint beats NAT',
    () => import('./breakeven.js'),
  ),
  commandGroup('prices', "AWS's rates: what they are, where they come from, refreshed", [
    commandEntry('list', 'The rates of every Region at a glance', () => import('./prices-list.js')),
    commandEntry(
      'show',
      'Every rate of a Region, with its evidence',
      () => import('./prices-show.js'),
    ),
    commandEntry('refresh', "Fetch today's rates from AWS", () => import('./prices-refresh.js')),
    commandEntry(
      'diff',
      'Which rates AWS changed; exit code 3 if any',
      () => import('./prices-diff.js'),
    ),
  ]),
  commandGroup('ip-ranges', "AWS's address ranges, by which traffic is told apart", [
    commandEntry(
      'show [address..]',
      'The list in use, or what addresses are',
      () => import('./ip-ranges-show.js'),
    ),
    commandEntry('refresh', "AWS's current list", () => import('./ip-ranges-refresh.js')),
  ]),
  commandEntry('explain', 'What the three paths are, side by side', () => import('./explain.js')),
];
