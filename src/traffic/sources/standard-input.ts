import { type SourceKind, streamSource } from './source.js';

const name = 'standard input';

/** Standard input, which is named `-`. */
export const standardInput: SourceKind = {
  kind: 'standard-input',
  isNamedBy: (input) => input === '-',
  find: async (_, { stdin }) => ({
    sources: [streamSource(name, once(stdin))],
    unread: [],
    repeated: [],
  }),
  open: () => {
    throw new Error('standard input belongs to the thread of the program');
  },
};

function once(stream: AsyncIterable<Uint8Array>): () => AsyncIterable<Uint8Array> {
  let isTaken = false;
  return () => {
    if (isTaken) throw new Error('standard input was to be read twice');
    isTaken = true;
    return stream;
  };
}
