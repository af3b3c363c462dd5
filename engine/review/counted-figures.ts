// A figure of a report as a filter of the list behind it (domain reference, section 13: each figure opens to its rows): what is counted, and
// on which basis, in one text that fits an address. Reports and lists read the same text, so the list has as many rows as the figure says.
import { type CountingForm, type CountingUnit, countingForms, countingUnits } from './counting-bases.ts';

/** 列入计划 · 建成 · 开通 · 验收 */
export const progressStages = ['listed', 'built', 'onAir', 'accepted'] as const;
export type ProgressStage = (typeof progressStages)[number];

/** total: by the last day · added: of them those that came to it since the first day. */
export const progressParts = ['total', 'added'] as const;

/** Days as yyyy-mm-dd in China, both within the period. */
interface Period {
  readonly from: string;
  readonly to: string;
}

/** Of several cases with one key (a site, or a site and its company) the first that came so far stands for all. */
export interface CountedCases extends Period {
  readonly stage: ProgressStage;
  readonly part: (typeof progressParts)[number];
  readonly unit: CountingUnit;
  readonly form: CountingForm;
}

export const rankedFigures = ['raised', 'open', 'overdue', 'closed', 'closedOnTime'] as const;

/** A figure of the ranking board: of problems open at some moment of the period. */
export interface RankedProblems extends Period {
  readonly figure: (typeof rankedFigures)[number];
}

export const countedCasesText = ({ stage, part, from, to, unit, form }: CountedCases): string =>
  [stage, part, from, to, unit, form].join(',');

/** Null: no such figure. */
export function readCountedCases(text: string): CountedCases | null {
  const [first, second, from = '', to = '', third, fourth, ...rest] = text.split(',');
  const stage = progressStages.find((word) => word === first);
  const part = progressParts.find((word) => word === second);
  const unit = countingUnits.find((word) => word === third);
  const form = countingForms.find((word) => word === fourth);
  if (!stage || !part || !unit || !form || rest.length > 0 || !isPeriod(from, to)) return null;
  return { stage, part, from, to, unit, form };
}

export const rankedProblemsText = ({ figure, from, to }: RankedProblems): string =>
  [figure, from, to].join(',');

/** Null: no such figure. */
export function readRankedProblems(text: string): RankedProblems | null {
  const [first, from = '', to = '', ...rest] = text.split(',');
  const figure = rankedFigures.find((word) => word === first);
  return figure && rest.length === 0 && isPeriod(from, to) ? { figure, from, to } : null;
}

const isPeriod = (from: string, to: string): boolean => isDay(from) && isDay(to) && from <= to;

/** The 30th of February has the form of a day and is none. */
function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || month > 12) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}
