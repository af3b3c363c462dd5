// Words a demand of the demand library may carry (domain reference, 4.3). Unknown is null wherever no word here says so.

export const demandScenarios = [
  '密集城区',
  '一般城区',
  '郊区',
  '县城',
  '乡镇',
  '农村',
  '高速',
  '高铁',
  '地铁',
  '室内',
] as const;
export type DemandScenario = (typeof demandScenarios)[number];

/** Macro, micro, pole site, indoor system. */
export const demandForms = ['宏站', '微站', '杆站', '室分'] as const;
export type DemandForm = (typeof demandForms)[number];

export const demandReasons = ['弱覆盖', '容量', '投诉', '新建区', '政策点', '拆迁补点', '指标保障'] as const;
export type DemandReason = (typeof demandReasons)[number];

/** Metres around a demand in which a resource still serves it, where nobody says (D: about half the usual spacing at 3.5 GHz). */
const radiusOfScenario: Readonly<Record<DemandScenario, number>> = {
  密集城区: 150,
  一般城区: 200,
  郊区: 350,
  县城: 200,
  乡镇: 350,
  农村: 750,
  高速: 500,
  高铁: 250,
  地铁: 100,
  室内: 100,
};

export function usualSearchRadiusM(scenario: DemandScenario | null): number {
  return radiusOfScenario[scenario ?? '一般城区'];
}
