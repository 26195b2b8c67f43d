import { onceSource } from './pipe.js';
import type { SourceKind } from './source.js';

const names = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

/** What messages call standard input. */
export const standardInputName = 'standard input';

/** Standard input, which is named `-`. */
export const standardInput: SourceKind = {
  kind: 'standard-input',
  isNamedBy: (input) => names.includes(input),
  find: async (_, { stdin }) => ({
    sources: [onceSource(standardInputName, () => stdin)],
    unread: [],
    repeated: [],
  }),
  open: () => {
    throw new Error('standard input belongs to the thread of the program');
  },
};
