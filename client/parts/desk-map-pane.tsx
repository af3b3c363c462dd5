// The map beside the rows: it is told which row is opened and which one the pointer is on, and nothing is drawn anew but its rings.
import { type ComponentType, type RefObject, useEffect, useState } from 'react';
import styles from './desk.module.css';
import { type DeskMapView, readMapBox, toggledDeskMap, writeMapBox } from './desk-map-address.ts';
import type { DeskMapProps, DeskMapSource, DeskMapState, MarkedRow } from './desk-map-slot.tsx';

/** Null: the pointer is on no row. */
export type TellHover = (id: string | null) => void;

/** What a desk says of its map; `deskTableMap` makes the rest. */
export interface DeskMapOf<Row> {
  readonly view: DeskMapView;
  readonly onChange: (change: Partial<DeskMapView>) => void;
  readonly source: DeskMapSource;
  /** Must keep their identity between renders. */
  readonly states: readonly DeskMapState[];
  readonly mark: (row: Row) => MarkedRow;
  /** The opened row, which may stand on another page. */
  readonly opened?: Row | undefined;
  /** A row opens as a page: a click on its mark says what it is first. */
  readonly opensPages?: boolean;
}

export interface DeskTableMap<Row>
  extends Pick<DeskMapOf<Row>, 'source' | 'states' | 'mark' | 'opened' | 'opensPages'> {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly limit: DeskMapProps['limit'];
}

export function deskTableMap<Row>({ view, onChange, ...rest }: DeskMapOf<Row>): DeskTableMap<Row> {
  return {
    ...rest,
    isOpen: view.map,
    onToggle: () => onChange(toggledDeskMap(view)),
    limit: {
      box: readMapBox(view.bbox),
      onChange: (box) => onChange({ bbox: box === null ? null : writeMapBox(box) }),
    },
  };
}

export interface DeskMapPaneProps<Row> {
  readonly DeskMap: ComponentType<DeskMapProps>;
  readonly testId: string;
  readonly map: Omit<DeskTableMap<Row>, 'onToggle' | 'isOpen'>;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly markedId: string | null;
  readonly tellHover: RefObject<TellHover | null>;
  /** A click on a mark of a desk whose rows open as pages. */
  readonly onPick: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

export function DeskMapPane<Row>(props: DeskMapPaneProps<Row>) {
  const { DeskMap, testId, map, rows, rowKey, markedId, tellHover, onPick, onOpen } = props;
  const [hoverId, setHoverId] = useState<string | null>(null);
  useEffect(() => {
    tellHover.current = setHoverId;
    return () => {
      tellHover.current = null;
    };
  }, [tellHover]);
  const { opened, mark } = map;
  const markOf = (id: string | null): MarkedRow | null => {
    if (id === null) return null;
    const row =
      rows.find((one) => rowKey(one) === id) ?? (opened && rowKey(opened) === id ? opened : undefined);
    return row === undefined ? { id, title: '', state: '', places: null } : mark(row);
  };
  return (
    <div className={styles.mapPane}>
      <DeskMap
        testId={testId}
        source={map.source}
        states={map.states}
        marked={markOf(markedId)}
        hovered={markOf(hoverId)}
        onOpen={onOpen}
        {...(map.opensPages && { onPick })}
        limit={map.limit}
      />
    </div>
  );
}
