import { describe, expect, it } from 'vitest';
import { didYouMean, nearestNames } from '../../src/base/nearest-names.js';

const paths = ['nat-gateway', 'gateway-endpoint', 'interface-endpoint', 'internet-gateway'];

describe('the names nearest to a mistyped one', () => {
  it.each([
    // Two edits, or one in three characters.
    ['GATEWAY-endpiont', paths, ['gateway-endpoint']],
    ['tabl', ['table', 'json'], ['table']],
    ['yaml', ['table', 'json'], []],
    ['us-est-1', ['eu-west-1', 'us-west-1', 'us-east-1', 'af-south-1'], ['us-west-1', 'us-east-1']],
    // The start of a name.
    ['nat', paths, ['nat-gateway']],
    ['', paths, []],
    // The last of several words.
    ['shwo', ['prices list', 'prices show'], ['prices show']],
  ])('for %j', (typed, known, near) => {
    expect(nearestNames(typed, known)).toEqual(near);
  });

  it('are offered, the nearest first, where any is near', () => {
    expect(didYouMean('inter', paths)).toBe('Did you mean interface-endpoint? ');
    expect(didYouMean('inter', paths, 2)).toBe(
      'Did you mean interface-endpoint or internet-gateway? ',
    );
    expect(didYouMean('peering', paths)).toBe('');
    expect(didYouMean('x'.repeat(1_000_000), paths)).toBe('');
  });
});
