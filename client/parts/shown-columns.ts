// Which columns of a table somebody wants to see. What was kept is outside input: unknown keys are left out.

export interface ChoosableColumn {
  readonly key: string;
  /** Stays on the left and cannot be taken away. */
  readonly fixed?: boolean;
  /** Not shown until somebody chooses it. */
  readonly optional?: boolean;
}

/** The chosen ones in the order of the table, the fixed ones always among them; nothing known chosen: the usual ones. */
export function shownColumns<Column extends ChoosableColumn>(
  columns: readonly Column[],
  chosen: readonly string[] | null,
): readonly Column[] {
  const known = columns.filter(({ key }) => chosen?.includes(key));
  if (known.length === 0) return columns.filter(({ fixed, optional }) => fixed || !optional);
  return columns.filter((column) => column.fixed || known.includes(column));
}
