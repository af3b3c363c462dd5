// A table as it stands, to be put back after a look ahead: the rows themselves are the same, so only numbers are kept.
import type { SimplexTable } from './simplex-table.ts';

export interface TableSnapshot {
  readonly take: () => void;
  /** Only while no row has been added or dropped since. */
  readonly restore: () => void;
}

/** Its arrays are used again and again. */
export function makeTableSnapshot(table: SimplexTable): TableSnapshot {
  let entries = new Float64Array(0);
  let height = 0;
  let width = 0;
  let basic = table.basic.slice(0, 0);
  let value = table.value.slice(0, 0);
  let norm = table.norm.slice(0, 0);
  let tight = table.tight.slice(0, 0);
  let place = table.place;
  let atHigh = table.atHigh;
  let reduced = table.reduced;
  return {
    take: () => {
      ({ height, width } = table);
      if (entries.length < height * width) entries = new Float64Array(2 * height * width);
      copyLines(table.entries, table.stride, entries, width, width, height);
      basic = table.basic.slice(0, height);
      value = table.value.slice(0, height);
      norm = table.norm.slice(0, height);
      tight = table.tight.slice(0, width);
      place = table.place.slice();
      atHigh = table.atHigh.slice();
      reduced = table.reduced.slice();
    },
    restore: () => {
      table.width = width;
      copyLines(entries, width, table.entries, table.stride, width, height);
      table.basic.set(basic);
      table.value.set(value);
      table.norm.set(norm);
      table.tight.set(tight);
      table.place.set(place);
      table.atHigh.set(atHigh);
      table.reduced.set(reduced);
    },
  };
}

function copyLines(
  from: Float64Array,
  fromStride: number,
  to: Float64Array,
  toStride: number,
  width: number,
  height: number,
): void {
  for (let line = 0; line < height; line++)
    to.set(from.subarray(line * fromStride, line * fromStride + width), line * toStride);
}
