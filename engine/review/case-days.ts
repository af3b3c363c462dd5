// When the steps of a case happened. What has happened has no day to come, and a station is begun, completed, put on the air and accepted in
// this order: a report that counts by date would be wrong otherwise. Papers come in any order, and works may be given the day on which
// they will begin.

/** Of what has happened. */
export const pastCaseDays = ['agreedOn', 'filedOn', 'completedOn', 'onAirOn', 'acceptedOn'] as const;
const inOrder = ['startedOn', 'completedOn', 'onAirOn', 'acceptedOn'] as const;

export type CaseDay = (typeof pastCaseDays)[number] | (typeof inOrder)[number];
/** As yyyy-mm-dd; null: not yet. */
export type CaseDays = Readonly<Partial<Record<CaseDay, string | null>>>;

type CaseDayTrouble =
  | { readonly kind: 'ahead'; readonly day: CaseDay }
  | { readonly kind: 'order'; readonly earlier: CaseDay; readonly later: CaseDay };

/** What is wrong with the days given, beside those that are known; null: nothing. Days nobody touches are not judged again. */
export function caseDayTrouble(given: CaseDays, known: CaseDays, today: string): CaseDayTrouble | null {
  const ahead = pastCaseDays.find((day) => (given[day] ?? '') > today);
  if (ahead) return { kind: 'ahead', day: ahead };
  const all = { ...known, ...given };
  const set = inOrder.filter((day) => (all[day] ?? null) !== null);
  for (const [index, later] of set.entries()) {
    const earlier = set[index - 1];
    if (!earlier || all[earlier]! <= all[later]!) continue;
    if (earlier in given || later in given) return { kind: 'order', earlier, later };
  }
  return null;
}
