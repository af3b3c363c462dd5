// A row of figures with their names; wraps on narrow screens instead of shrinking the digits.
import styles from './parts.module.css';

export interface StatTile {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly tone?: 'good' | 'bad' | 'plain';
}

export function StatTiles({ tiles }: { readonly tiles: readonly StatTile[] }) {
  return (
    <dl className={styles.tiles}>
      {tiles.map((tile) => (
        <div key={tile.key} className={styles.tile} data-testid={`stat-${tile.key}`}>
          <dt>{tile.label}</dt>
          <dd data-tone={tile.tone ?? 'plain'}>{tile.value}</dd>
          {tile.note ? <small>{tile.note}</small> : null}
        </div>
      ))}
    </dl>
  );
}
