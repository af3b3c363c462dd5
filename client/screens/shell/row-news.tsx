// What changed of a row since a question about it was opened, so that nobody answers for a row they have not seen. Live lines and refused
// tries bring the row as it is now.
import { useRowNews } from '../../parts/use-late-edit.ts';
import { LateNote, type LateNoteProps } from './late-note.tsx';

export interface RowNewsProps<Row, Shown> extends Pick<LateNoteProps<Shown>, 'label' | 'value'> {
  /** As it is now. */
  readonly row: Row;
  /** The fields that matter to whoever answers. */
  readonly shownOf: (row: Row) => Shown;
}

export function RowNews<Row extends { readonly version: number }, Shown extends object>({
  row,
  shownOf,
  label,
  value,
}: RowNewsProps<Row, Shown>) {
  return <LateNote news={useRowNews(row, shownOf)} label={label} value={value} />;
}
