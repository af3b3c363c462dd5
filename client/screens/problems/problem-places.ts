// Where somebody may raise a problem about a place: in their districts and towns, and not about a district of which only a town is theirs.
import type { MeJson } from '../../../server/contract/people.ts';

type Territory = MeJson['territory'];

interface Town {
  readonly code: string;
  readonly districtCode: string;
}

export function townsWithin<One extends Town>(territory: Territory, towns: readonly One[]): readonly One[] {
  const { everywhere, districtCodes, townCodes } = territory;
  return towns.filter(
    ({ code, districtCode }) =>
      everywhere || townCodes.includes(code) || districtCodes.includes(districtCode),
  );
}

/** True: the service would refuse it as somebody else's place. */
export function lacksTown(
  { everywhere, districtCodes }: Territory,
  chosen: { readonly districtCode: string | null; readonly townCode: string | null },
): boolean {
  const { districtCode, townCode } = chosen;
  return !everywhere && townCode === null && (districtCode === null || !districtCodes.includes(districtCode));
}
