import { type CommandEntry, entry } from './command.js';

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
    'breakeven',
    'GB a month above which an interface endpoint beats NAT',
    () => import('./breakeven.js'),
  ),
  entry('explain', 'What the three paths are, side by side', () => import('./explain.js')),
];
