import { openWhole, type WholeFile } from '../../base/node/files.js';
import type { Effects, Sink } from './effects.js';

/**
 * Opens the place of a result before the work begins: stdout, or a file that is written under a temporary name beside
 * it and renamed when whole, so that an interrupted run leaves the old one.
 *
 * @throws PathfareError where the file cannot be made
 */
export async function openOutput(
  file: string | undefined,
  effects: Pick<Effects, 'stdout'>,
): Promise<WholeFile> {
  if (file === undefined || file === '-') return stdoutOutput(effects.stdout);
  return openWhole(file, {
    name: `--output ${file}`,
    hint: 'Name a file in a folder that exists and that you may write to.',
  });
}

function stdoutOutput(stdout: Sink): WholeFile {
  return {
    write: async (text) => {
      if (!stdout.write(text)) await new Promise<void>((resolve) => stdout.once('drain', resolve));
    },
    commit: async () => {},
    discard: async () => {},
  };
}

/** Opens the output, makes the result, writes it whole, and discards what was begun if anything fails. */
export async function writeResult(
  file: string | undefined,
  effects: Pick<Effects, 'stdout'>,
  make: () => Promise<string>,
): Promise<void> {
  const output = await openOutput(file, effects);
  try {
    await output.write(await make());
  } catch (error) {
    await output.discard();
    throw error;
  }
  await output.commit();
}
