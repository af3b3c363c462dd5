// Around the map of a desk: its tools, the legend of the states it shows, and the rows that stand at one place.
import { CloseOutlined, CompassOutlined, ExpandOutlined } from '@ant-design/icons';
import { Button, Checkbox, Spin } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { mixedColour } from '../format/map-colours.ts';
import type { DeskLine, DeskMapState, DeskMarks } from '../parts/desk-map-slot.tsx';
import styles from './desk-map.module.css';

export interface DeskMapToolsProps {
  readonly testId: string;
  /** Null: the window limits nothing here. */
  readonly isLimited: boolean | null;
  readonly onLimit: (isOn: boolean) => void;
  readonly onAll: () => void;
  readonly onMainMap: () => void;
}

export function DeskMapTools({ testId, isLimited, onLimit, onAll, onMainMap }: DeskMapToolsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.tools}>
      {isLimited === null ? null : (
        <Checkbox
          checked={isLimited}
          onChange={({ target }) => onLimit(target.checked)}
          className={styles.tool ?? ''}
          title={t('desk.map.limitHint')}
          data-testid={`${testId}-map-limit`}
        >
          {t('desk.map.limit')}
        </Checkbox>
      )}
      <Button
        icon={<ExpandOutlined />}
        title={t('desk.map.all')}
        aria-label={t('desk.map.all')}
        onClick={onAll}
        data-testid={`${testId}-map-all`}
      />
      <Button
        icon={<CompassOutlined />}
        title={t('desk.map.toMain')}
        aria-label={t('desk.map.toMain')}
        onClick={onMainMap}
        data-testid={`${testId}-map-main`}
      />
    </div>
  );
}

export interface DeskMapFootProps {
  readonly testId: string;
  readonly states: readonly DeskMapState[];
  readonly total: DeskMarks | undefined;
}

export function DeskMapFoot({ testId, states, total }: DeskMapFootProps) {
  const { t } = useTranslation();
  const marks = total?.marks ?? [];
  const shown = new Set(marks.map(({ state }) => state));
  const entry = (key: string, label: string, line: string, tint: string) => (
    <li key={key}>
      <i style={{ borderColor: line, background: tint }} />
      {label}
    </li>
  );
  return (
    <footer className={styles.foot}>
      <ul className={styles.legend} aria-label={t('desk.map.legend')} data-testid={`${testId}-map-legend`}>
        {states
          .filter(({ state }) => shown.has(state))
          .map(({ state, label, colour }) => entry(state, label, colour.line, colour.line))}
        {shown.has(null) ? entry('mixed', t('desk.map.mixed'), mixedColour.line, mixedColour.tint) : null}
        {marks.some(({ part }) => part === 'replacement')
          ? entry('replacement', t('desk.map.replacement'), mixedColour.line, '#ffffff')
          : null}
      </ul>
      <span aria-live="polite" data-testid={`${testId}-map-count`}>
        {total === undefined
          ? ''
          : t(total.unlocated > 0 ? 'desk.map.countAndWithout' : 'desk.map.count', {
              total: total.located + total.unlocated,
              unlocated: total.unlocated,
            })}
        {total?.cut ? ` ${t('desk.map.cut')}` : ''}
      </span>
    </footer>
  );
}

export interface PlaceListProps {
  readonly testId: string;
  /** undefined: not known yet. */
  readonly lines: readonly DeskLine[] | undefined;
  readonly states: readonly DeskMapState[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function PlaceList({ testId, lines, states, onOpen, onClose }: PlaceListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLElement>(null);
  const isKnown = lines !== undefined;
  useEffect(() => {
    if (isKnown) list.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isKnown]);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the list from any of its buttons
    <section ref={list} className={styles.list} onKeyDown={press} data-testid={`${testId}-map-list`}>
      <header>
        <strong>{lines === undefined ? '' : t('desk.map.atPlace', { count: lines.length })}</strong>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('desk.map.closeList')}
          onClick={onClose}
        />
      </header>
      {lines === undefined ? <Spin size="small" /> : null}
      <ul>
        {lines?.map(({ id, title, state }) => {
          const { label, colour } = states.find((one) => one.state === state) ?? {};
          return (
            <li key={id}>
              <button type="button" onClick={() => onOpen(id)}>
                <i style={{ background: (colour ?? mixedColour).line }} />
                <span>{title}</span>
                <small>{label ?? state}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
