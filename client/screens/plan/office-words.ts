// What the office life of a plan says besides its state: what is known of each step, and what comes next by whom (pure).
import { type OfficeState, officeCourse, planMachine } from '../../../engine/index.ts';
import type { PlanOfficeJson } from '../../../server/contract/plan-approval.ts';

export interface OfficeStep {
  readonly state: OfficeState;
  readonly standing: 'finish' | 'process' | 'wait';
  /** Words `office.<key>` with their values; null: nothing is known. */
  readonly said: { readonly key: string; readonly values: Readonly<Record<string, string>> } | null;
}

/** `dayOf`, `timeOf`: a day or a moment in the reader's form. */
export function officeSteps(
  office: PlanOfficeJson,
  dayOf: (day: string) => string,
  timeOf: (at: string) => string,
): OfficeStep[] {
  const full = officeCourse(office.type, office.state);
  // an annual plan that went without
  const isSkipped = office.consultation === null && full.indexOf(office.state) > full.indexOf('征求意见');
  const course = full.filter((state) => state !== '征求意见' || !isSkipped);
  const here = course.indexOf(office.state);
  const isOver = nextInOffice(office) === null;
  return course.map((state, place) => ({
    state,
    standing: place < here || (place === here && isOver) ? 'finish' : place === here ? 'process' : 'wait',
    said: saidOf(state),
  }));

  function saidOf(state: OfficeState): OfficeStep['said'] {
    const { consultation, notice, submitted, decided, documentNo, effectiveOn, type } = office;
    const windowOf = (window: PlanOfficeJson['notice']) =>
      window && { key: 'window', values: { from: dayOf(window.from), to: dayOf(window.to) } };
    switch (state) {
      case '征求意见':
        return windowOf(consultation) ?? (type === '年度建设计划' ? { key: 'optional', values: {} } : null);
      case '公示':
        return windowOf(notice);
      case '审查':
        return submitted === null || course.indexOf('审查') > here
          ? null
          : { key: 'submitted', values: { name: submitted.name, at: timeOf(submitted.at) } };
      case '批复':
        return documentNo === null || decided === null
          ? null
          : { key: 'approved', values: { documentNo, name: decided.name, at: timeOf(decided.at) } };
      case '生效':
        return effectiveOn === null
          ? null
          : { key: here >= place(state) ? 'effective' : 'planned', values: { day: dayOf(effectiveOn) } };
      default:
        return state === office.state ? { key: 'since', values: { at: timeOf(office.since) } } : null;
    }
  }

  function place(state: OfficeState): number {
    return course.indexOf(state);
  }
}

/** The states that may follow by somebody's step forward, and whose it is; null: nobody has to do anything. */
export function nextInOffice({ state, type }: Pick<PlanOfficeJson, 'state' | 'type'>): {
  readonly states: readonly OfficeState[];
  readonly who: 'submit' | 'approve';
} | null {
  const moves = planMachine.moves.filter(
    ({ from, to, needs }) =>
      from === state &&
      to !== '草稿' &&
      !needs.includes('successor') &&
      // a scenario may still become a plan of any type
      (type === '情景方案' || type === '年度建设计划' || !needs.includes('annual')),
  );
  const [first] = moves;
  if (first === undefined) return null;
  return {
    states: moves.map(({ to }) => to),
    who: first.permissions.includes('plan:approve') ? 'approve' : 'submit',
  };
}

/** Days from `today` to the last day of the open window; null outside of windows. */
export function daysOfWindow({
  state,
  today,
  consultation,
  notice,
}: Pick<PlanOfficeJson, 'state' | 'today' | 'consultation' | 'notice'>): {
  readonly to: string;
  readonly left: number;
} | null {
  const window = state === '征求意见' ? consultation : state === '公示' ? notice : null;
  if (window === null) return null;
  return { to: window.to, left: Math.round((Date.parse(window.to) - Date.parse(today)) / 86_400_000) };
}
