import { type RateKind } from '../rate-kind.js';
import {
  type FamilyName,
  familyNames,
  type RateName,
  rateFamilies,
  rateKinds,
  rateNames,
} from '../rates.js';
import type { Rate, RateCard } from './rate-card.js';

/** A rate of a card by its name; one of a family by the Region or the type of instance, too. */
export interface NamedRate {
  readonly name: RateName | FamilyName;
  readonly of: string | null;
  /** What a table calls it. */
  readonly label: string;
  readonly rate: Rate;
}

/** Every rate of a rate card, in its order, those of families after the others. */
export function allRates({ rates, families }: RateCard): readonly NamedRate[] {
  return [
    ...rateNames.flatMap((name) => {
      const rate = rates[name];
      return rate === undefined ? [] : [{ name, of: null, label: rateKinds[name].label, rate }];
    }),
    ...familyNames.flatMap((name) =>
      Object.entries(families?.[name] ?? {}).map(([of, rate]) => ({
        name,
        of,
        label: rateLabel(name, of),
        rate,
      })),
    ),
  ];
}

/** What a table calls a rate: `To another Region, GB: eu-west-1` for one of a family. */
export function rateLabel(name: RateName | FamilyName, of: string | null): string {
  if (of !== null && isFamily(name)) return rateFamilies[name].memberLabel(of);
  return kindOfRate(name).label;
}

/** All that is asked of a rate, be it one of a family. */
export function kindOfRate(name: RateName | FamilyName): RateKind {
  return isFamily(name) ? rateFamilies[name] : rateKinds[name];
}

function isFamily(name: RateName | FamilyName): name is FamilyName {
  return Object.hasOwn(rateFamilies, name);
}
