// A resource on the map of a desk.
import type { ResourceJson } from '../../../server/contract/resources.ts';
import type { MarkedRow } from '../../parts/desk-map-slot.tsx';
import { placesOf } from '../shell/places-of.ts';

export const markOfResource = ({ id, code, name, state, position }: ResourceJson): MarkedRow => ({
  id,
  title: name || code,
  state,
  places: placesOf(position),
});
