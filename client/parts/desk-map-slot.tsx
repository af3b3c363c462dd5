// Where a desk finds its map: screens describe what lies on it, app.tsx puts the component in (screens do not look into map/).
// The shapes here are what both agree on; a map asks its source for marks and never knows which noun they stand for.
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { MapBox } from './desk-map-address.ts';

/** `[lon, lat]` in degrees. */
export type MapPlace = readonly [number, number];

export interface DeskMark {
  readonly lon: number;
  readonly lat: number;
  /** Rows it stands for. */
  readonly count: number;
  /** Of the first of them. */
  readonly ids: readonly string[];
  /** The one state they all have. */
  readonly state: string | null;
  /** Of a single row. */
  readonly label: string | null;
  /** What all places here are to a relocation; null everywhere else. */
  readonly part: 'affected' | 'replacement' | null;
}

export interface DeskMarks {
  readonly marks: readonly DeskMark[];
  /** There were more than the map can tell. */
  readonly cut: boolean;
  /** Rows under the filters with a place, and without, whatever the window. */
  readonly located: number;
  readonly unlocated: number;
}

export interface MapWindow {
  readonly box: MapBox;
  /** Whole number 3..20, counted in tiles of 256 pixels. */
  readonly zoom: number;
}

/** A row in the list of those that stand at one place. */
export interface DeskLine {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

/** A row with its place, where all rows are at hand. */
export interface PlacedRow extends DeskLine {
  readonly place: MapPlace;
}

/** Marks come from the service, or are grouped here out of rows that are at hand. */
export type DeskMapSource =
  | {
      /** Names the answers in the cache: first the desk's word, by which live news makes them stale. */
      readonly key: readonly unknown[];
      readonly loadMarks: (window: MapWindow, signal: AbortSignal) => Promise<DeskMarks>;
      readonly loadLines: (box: MapBox, signal: AbortSignal) => Promise<readonly DeskLine[]>;
      /** Where rows carry no place: the places of one of them. */
      readonly loadPlaces?: (row: DeskLine, signal: AbortSignal) => Promise<readonly MapPlace[]>;
    }
  | { readonly rows: readonly PlacedRow[] };

/** A state of the rows: its word, and the colours of its tag. */
export interface DeskMapState {
  readonly state: string;
  readonly label: string;
  readonly colour: { readonly line: string; readonly tint: string };
}

export interface MarkedRow extends DeskLine {
  /** Null: the row does not say, or is on another page (without a title then): the source is asked, or the marks that name it. */
  readonly places: readonly MapPlace[] | null;
}

export interface DeskMapProps {
  /** First part of every test id: -map. */
  readonly testId: string;
  readonly source: DeskMapSource;
  /** In the order of the legend. */
  readonly states: readonly DeskMapState[];
  /** Ringed and brought into view. */
  readonly marked: MarkedRow | null;
  /** Ringed where it is in view. */
  readonly hovered: MarkedRow | null;
  readonly onOpen: (id: string) => void;
  /** Given: a click on one row marks it and says what it is, opening is a second step. */
  readonly onPick?: (id: string) => void;
  /** 只看图中: the window that table, counts and export keep to. Null: not offered. */
  readonly limit: {
    readonly box: MapBox | null;
    readonly onChange: (box: MapBox | null) => void;
  } | null;
  /** Small map of one row and what lies around it: no tools, it follows the row. */
  readonly isSmall?: boolean;
}

const Slot = createContext<ComponentType<DeskMapProps> | null>(null);

export interface DeskMapProviderProps {
  readonly map: ComponentType<DeskMapProps>;
  readonly children: ReactNode;
}

export function DeskMapProvider({ map, children }: DeskMapProviderProps) {
  return <Slot.Provider value={map}>{children}</Slot.Provider>;
}

/** Null outside of the frame: there is no map to show. */
export const useDeskMap = (): ComponentType<DeskMapProps> | null => useContext(Slot);
