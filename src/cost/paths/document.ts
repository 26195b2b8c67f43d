import * as v from 'valibot';
import { schemaOf } from '../../base/schema.js';
import {
  comparedPaths,
  type NetworkPath,
  networkPathNames,
  type PathTrait,
  shownPaths,
} from './index.js';
import { traitNames } from './path.js';

/** The name of a network path, as documents hold it. */
export const networkPathSchema = schemaOf<NetworkPath>()(v.picklist(networkPathNames));

/** A value for each path that is compared. */
const byComparedPathSchema = <Value extends v.GenericSchema>(value: Value) =>
  v.object(v.entriesFromList(comparedNames, value));

/** A value for each path that is compared, and for another where it has one. */
export const byShownPathSchema = <Value extends v.GenericSchema>(value: Value) =>
  v.object({
    ...v.entriesFromList(
      shownPaths.map(({ name }) => name),
      v.exactOptional(value),
    ),
    ...v.entriesFromList(comparedNames, value),
  });

const comparedNames = comparedPaths.map(({ name }) => name);

/** A property of the paths that are set side by side. */
export const pathTraitSchema = schemaOf<PathTrait>()(
  v.object({ name: v.picklist(traitNames), values: byComparedPathSchema(v.string()) }),
);
