// A place in none of the districts is most often a slip of the pen or another datum: said before it is saved, and left to the person.
import { type Datum, type MultiPolygon, pointInMultiPolygon, toCgcs2000 } from '../../../engine/index.ts';
import { useDistricts } from '../../api/areas.ts';

/** Of a position in its datum; false while no district is known. */
export function useIsOutside(): (position: readonly [lon: number, lat: number], datum: Datum) => boolean {
  const districts = useDistricts().data ?? [];
  return (position, datum) => {
    const place = toCgcs2000(position, datum);
    // the contract knows no pairs
    const isIn = ({ geometry }: (typeof districts)[number]) =>
      pointInMultiPolygon(place, geometry as unknown as MultiPolygon);
    return districts.length > 0 && !districts.some(isIn);
  };
}
