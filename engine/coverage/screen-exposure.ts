// Public exposure in the main beam of a station (GB 8702-2014, HJ/T 10.3; domain reference section 9), for the site card:
// 仅供筛查，以实测为准. The peak of the traffic beam counts in every direction: nobody knows where it will point.
import { pow } from '../geo/steady-math.ts';
import type { EquipmentProfile, StationForm } from '../model/equipment-profile.ts';
import type { ExposureRow, ExposureScreening } from '../model/exposure-screening.ts';
import { limitDistanceM, publicLimitWPerM2 } from '../radio/emf-screening.ts';

/** Management value of HJ/T 10.3 for a single project. */
const PROJECT_SHARE = 1 / 5;
/** Mean over six minutes and all directions of a loaded station. */
const MEAN_LOAD = 0.25;

/** One row per duty factor, the strictest first; without TDD there is no row for it. */
export function screenExposure(profile: EquipmentProfile, form: StationForm): ExposureScreening {
  const frequencyMhz = profile.frequencyGhz * 1000;
  const powerW = pow(10, (form.totalPowerDbm - 30) / 10);
  const gainDbi = form.trafficGainDbi - form.feederLossDb;
  const row = (duty: ExposureRow['duty'], dutyShare: number): ExposureRow => {
    const source = { powerW, gainDbi, frequencyMhz, dutyShare };
    return {
      duty,
      dutyShare,
      limitM: limitDistanceM(source),
      projectLimitM: limitDistanceM(source, PROJECT_SHARE),
    };
  };
  const share = profile.tddDownlinkShare;
  return {
    frequencyMhz,
    powerW,
    gainDbi,
    limitWPerM2: publicLimitWPerM2(frequencyMhz),
    projectShare: PROJECT_SHARE,
    rows: [
      row('full', 1),
      ...(profile.duplex === 'TDD' ? [row('tdd', share)] : []),
      row('average', share * MEAN_LOAD),
    ],
  };
}
