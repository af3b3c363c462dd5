// The rows of a batch on a map, by decision: all that the filter shows beside the list, and a small one over the row in hand with what
// lies around it. The rows are at hand, so a decision shows at once, also one that is still on its way.
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type RefObject, useCallback, useMemo, useState } from 'react';
import type { TagColour } from '../../format/map-colours.ts';
import { DeskMapPane, type TellHover } from '../../parts/desk-map-pane.tsx';
import { type MarkedRow, type PlacedRow, useDeskMap } from '../../parts/desk-map-slot.tsx';
import { keepForAccount, keptForAccount } from '../../state/person-storage.ts';
import { placesOf } from '../shell/places-of.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import styles from './batches.module.css';
import { batchDecisionColours } from './decision-tag.tsx';
import type { ShownRow } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';

export interface BatchMapProps {
  /** Those the filter shows. */
  readonly rows: readonly ShownRow[];
  readonly words: BatchWords;
  readonly currentId: string | null;
  readonly tellHover: RefObject<TellHover | null>;
  readonly onOpen: (id: string) => void;
}

const undecided = '';
const rowColours: Readonly<Record<string, TagColour>> = { [undecided]: 'default', ...batchDecisionColours };

export function BatchMap({ rows, words, currentId, tellHover, onOpen }: BatchMapProps) {
  const DeskMap = useDeskMap();
  const states = useRowStates(words);
  const source = usePlaced(rows);
  if (DeskMap === null) return null;
  return (
    <div className={styles.batchMap}>
      <DeskMapPane
        DeskMap={DeskMap}
        testId="batch"
        map={{ source, states, mark: markOf, limit: null }}
        rows={rows}
        rowKey={({ id }) => id}
        markedId={currentId}
        tellHover={tellHover}
        onPick={onOpen}
        onOpen={onOpen}
      />
    </div>
  );
}

export interface RowMapProps {
  /** All of the batch. */
  readonly rows: readonly ShownRow[];
  readonly row: ShownRow;
  readonly words: BatchWords;
  readonly accountId: string;
  readonly onOpen: (id: string) => void;
}

export function RowMap({ rows, row, words, accountId, onOpen }: RowMapProps) {
  const { t } = words;
  const DeskMap = useDeskMap();
  const states = useRowStates(words);
  const source = usePlaced(rows);
  const [isOpen, setOpen] = useState(() => keptForAccount(accountId, keptAs) !== 'closed');
  if (DeskMap === null) return null;
  const toggle = () => {
    keepForAccount(accountId, keptAs, isOpen ? 'closed' : 'open');
    setOpen(!isOpen);
  };
  return (
    <div className={styles.rowMap} data-open={isOpen} data-testid="row-map">
      {isOpen ? (
        <DeskMap
          testId="row"
          source={source}
          states={states}
          marked={markOf(row)}
          hovered={null}
          onOpen={onOpen}
          limit={null}
          isSmall
        />
      ) : null}
      <Button
        size="small"
        type={isOpen ? 'default' : 'text'}
        icon={isOpen ? <UpOutlined /> : <DownOutlined />}
        aria-expanded={isOpen}
        onClick={toggle}
        data-testid="row-map-toggle"
      >
        {t(isOpen ? 'batches.row.hideMap' : 'batches.row.showMap')}
      </Button>
    </div>
  );
}

const keptAs = 'batch.row-map';

function useRowStates(words: BatchWords) {
  const word = useCallback(
    (state: string) => words.word('decision', state === undecided ? null : state),
    [words],
  );
  return useDeskStates(rowColours, word);
}

function usePlaced(rows: readonly ShownRow[]) {
  return useMemo(
    () => ({
      rows: rows.flatMap((row): readonly PlacedRow[] => {
        const { id, title, state, places } = markOf(row);
        return (places ?? []).map((place) => ({ id, title, state, place }));
      }),
    }),
    [rows],
  );
}

function markOf({ id, code, name, decision, position }: ShownRow): MarkedRow {
  return { id, title: name || code, state: decision ?? undecided, places: placesOf(position) };
}
