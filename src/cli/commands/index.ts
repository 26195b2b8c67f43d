import { type CommandEntry, entry, group } from '../kit/command.js';

/** Every command of the program, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  entry(
    'estimate',
    'What one service costs on each path, from two volumes',
    () => import('./estimate.js'),
  ),
  entry(
    'compare <input..>',
    'The three paths for each service, and the cheapest plan',
    () => import('./compare.js'),
  ),
  entry(
    'summarize <input..>',
    'Flow logs of any form as a summary CSV',
    () => import('./summarize.js'),
  ),
  entry(
    'report <input..>',
    'The budget report: Markdown, HTML, CSV, JSON, FOCUS',
    () => import('./report.js'),
  ),
  entry(
    'breakeven',
    'GB a month above which an interface endpoint beats NAT',
    () => import('./breakeven.js'),
  ),
  group('prices', "AWS's rates: what they are, where they come from, refreshed", [
    entry('list', 'The rates of every Region at a glance', () => import('./prices-list.js')),
    entry('show', 'Every rate of a Region, with its evidence', () => import('./prices-show.js')),
    entry('refresh', "Fetch today's rates from AWS", () => import('./prices-refresh.js')),
    entry('diff', 'Which rates AWS changed; exit code 3 if any', () => import('./prices-diff.js')),
  ]),
  group('ip-ranges', "AWS's address ranges, by which traffic is told apart", [
    entry(
      'show [address..]',
      'The list in use, or what addresses are',
      () => import('./ip-ranges-show.js'),
    ),
    entry('refresh', "AWS's current list", () => import('./ip-ranges-refresh.js')),
  ]),
  entry('explain', 'What the three paths are, side by side', () => import('./explain.js')),
];
