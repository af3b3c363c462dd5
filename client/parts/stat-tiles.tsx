// A row of figures with their names; wraps on narrow screens instead of shrinking the digits. A figure may be the way to its rows.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './parts.module.css';

export interface StatTile {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Address of the rows behind the value, and behind the note. */
  readonly to?: string | undefined;
  readonly note?: string | undefined;
  readonly noteTo?: string | undefined;
  readonly tone?: 'good' | 'bad' | 'plain';
}

export function StatTiles({ tiles }: { readonly tiles: readonly StatTile[] }) {
  return (
    <dl className={styles.tiles}>
      {tiles.map((tile) => (
        <div key={tile.key} className={styles.tile} data-testid={`stat-${tile.key}`}>
          <dt>{tile.label}</dt>
          <dd data-tone={tile.tone ?? 'plain'}>{linked(tile.value, tile.to)}</dd>
          {tile.note ? <small>{linked(tile.note, tile.noteTo)}</small> : null}
        </div>
      ))}
    </dl>
  );
}

const linked = (text: string, to: string | undefined): ReactNode =>
  to === undefined ? text : <Link to={to}>{text}</Link>;
