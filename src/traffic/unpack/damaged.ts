import { PathfareError } from '../../base/errors.js';

/** The failure of a container that is damaged or cut off. */
export function damagedContainer(file: string, form: string, cause: unknown): PathfareError {
  return new PathfareError('invalid-flow-log', `${file}: the ${form} data is damaged or cut off`, {
    hint: 'Fetch the file again.',
    cause,
  });
}
