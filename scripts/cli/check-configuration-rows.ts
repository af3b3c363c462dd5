// Whether the rows people read say of each site what it is equipped with: height, directions and equipment of the configuration that the
// certificate opens. Which one that is stands in its name and is compared with the rows elsewhere (check-plan-rows.ts).
import { type PlanFinding, type PreparedCoverage, planFinding, type Selection } from '../../engine/index.ts';
import { rowsOf, said } from './geojson-rows.ts';

/** Nothing for sites that stand as they are listed. */
export function checkConfigurationRows(
  { sites, configurationOf, profile }: PreparedCoverage,
  { steps }: Selection,
  geojson: unknown,
): PlanFinding[] {
  const rows = rowsOf(geojson);
  return steps.flatMap(({ site }, at) => {
    const configuration = configurationOf[site]!;
    const row = rows[at];
    if (configuration === null || row === undefined) return [];
    const { id, heightM, azimuthsDeg } = sites[site]!;
    const pairs: [field: string, expected: unknown][] = [
      ['configurationName', configuration.name],
      ['profileId', configuration.profileId ?? profile.id],
      ['heightM', heightM],
      ['azimuthsDeg', azimuthsDeg],
    ];
    return pairs.flatMap(([field, expected]) =>
      JSON.stringify(row[field]) === JSON.stringify(expected)
        ? []
        : [planFinding('PLAN_ROW', `${id}.${field}`, said(row[field]), said(expected))],
    );
  });
}
