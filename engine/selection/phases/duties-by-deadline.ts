// Key areas and corridors with a deadline, as duties of the years: nothing before the deadline, everything from then on.
export interface Duty {
  /** Target index. */
  readonly target: number;
  /** Weight times worth to reach. */
  readonly required: number;
  /** The year by whose end it is due. */
  readonly deadline: number;
}

/**
 * Required weights per year for `PhaseYear.required`. `years` are calendar years, ascending; of several duties on one target
 * the highest that is due counts. What is due before the first year is due in it; what is due after the last is left out.
 */
export function dutiesByDeadline(
  years: readonly number[],
  targets: number,
  duties: readonly Duty[],
): readonly (readonly number[])[] {
  const wrong = duties.find(({ target }) => !(target >= 0 && target < targets));
  if (wrong)
    throw new RangeError(`dutiesByDeadline: target ${wrong.target} is unknown, expected below ${targets}`);
  return years.map((year) => {
    const required = new Array<number>(targets).fill(0);
    for (const duty of duties)
      if (duty.deadline <= year) required[duty.target] = Math.max(required[duty.target]!, duty.required);
    return required;
  });
}
