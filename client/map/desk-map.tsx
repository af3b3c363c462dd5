// The map beside the table of a desk: all rows of the current filters as marks, a click opens a row, the opened row and the one under
// the pointer are ringed. Made once and told of each change; what it shows comes from its source, what it does goes to the table.
import type { TFunction } from 'i18next';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { describeError } from '../api/fetch-reply.ts';
import { useLanguage } from '../format/use-language.ts';
import type { DeskMapProps, DeskMark, MapPlace, MapWindow } from '../parts/desk-map-slot.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import styles from './desk-map.module.css';
import { DeskMapFoot, DeskMapTools, PlaceList } from './desk-map-parts.tsx';
import { listenToMarks, type MarkActs } from './listen-to-marks.ts';
import { type DeskMapStart, deskLayersNow, makeDeskMap } from './make-desk-map.ts';
import { mainMapPath, windowAfter } from './map-box.ts';
import { MapFailure } from './map-failure.tsx';
import { useDeskMarks, useLinesAt } from './use-desk-marks.ts';
import { useDrawnMarks } from './use-drawn-marks.ts';
import { useGround } from './use-ground.ts';
import { useMap } from './use-map.ts';
import { useNearerLook } from './use-nearer-look.ts';
import { usePlacePopup } from './use-place-popup.ts';
import { useStartBox } from './use-start-box.ts';
import { useWindowLimit } from './use-window-limit.ts';
import './map.css';

/** Waits until it is known where to begin. */
export function DeskMap(props: DeskMapProps) {
  const isGiven = (props.limit?.box ?? null) !== null;
  const box = useStartBox(props);
  return (
    <section className={styles.frame} data-small={props.isSmall ?? false} data-testid={`${props.testId}-map`}>
      {box === null ? null : <Shown {...props} start={{ box, isExact: isGiven }} />}
    </section>
  );
}

function Shown(props: DeskMapProps & { readonly start: DeskMapStart }) {
  const { testId, source, states, onOpen, isSmall = false } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [window, setWindow] = useState<MapWindow | null>(null);
  const [listed, setListed] = useState<MapPlace | null>(null);
  const start = useRef(props.start);
  const make = useCallback(
    (element: HTMLElement, t: TFunction) =>
      makeDeskMap(element, t, start.current, isSmall, (left) => {
        start.current = left;
      }),
    [isSmall],
  );
  const { frame, map, failure } = useMap(make);
  useGround(map, deskLayersNow);
  useEffect(() => {
    if (map !== null) setWindow((now) => windowAfter(map, now));
  }, [map]);
  const marks = useDeskMarks(source, window);
  const { drawn, rings } = useDrawnMarks(map, props, marks.data?.marks);
  const { goNearer, showAll } = useNearerLook(map, source, window, setListed);
  const limit = useWindowLimit(map, props.limit);
  useMarkActs(map, drawn, {
    open: (mark) => {
      setListed(null);
      const [id] = mark.ids;
      if (mark.count > 1) void goNearer(mark);
      else if (id !== undefined && props.onPick === undefined) onOpen(id);
      else if (id !== undefined) {
        props.onPick?.(id);
        setListed([mark.lon, mark.lat]);
      }
    },
    away: () => setListed(null),
    moved: () => {
      if (map !== null) setWindow((now) => windowAfter(map, now));
      limit.moved();
    },
    say: ({ count, label, state }) => {
      const word = states.find((one) => one.state === state)?.label;
      const name = count > 1 ? t('desk.map.rows', { count }) : (label ?? '');
      return word === undefined ? name : `${name} · ${word}`;
    },
  });
  const close = useCallback(() => setListed(null), []);
  const lines = useLinesAt(source, listed);
  const popup = usePlacePopup(map, listed);
  return (
    <>
      <div
        className={styles.canvas}
        aria-busy={marks.isFetching}
        data-testid={`${testId}-map-marks`}
        data-marks={marks.data?.marks.length ?? ''}
        data-rings={rings}
      >
        <div
          ref={frame}
          className="map"
          data-testid={`${testId}-map-canvas`}
          data-map-state="loading"
          role="application"
          aria-label={t('desk.map.label')}
        />
        <MapFailure failure={failure} />
        <div className={styles.aim} aria-hidden="true" />
        <div className={styles.keys}>{t('desk.map.keys')}</div>
        {isSmall ? null : (
          <DeskMapTools
            testId={testId}
            isLimited={limit.isOn}
            onLimit={limit.switchTo}
            onAll={() => void showAll()}
            onMainMap={() => map !== null && void navigate(mainMapPath(map))}
          />
        )}
        {marks.error ? (
          <div className={styles.refused}>
            <ErrorNote
              {...describeError(marks.error, language)}
              retryLabel={t('shell.retry')}
              onRetry={() => void marks.refetch()}
            />
          </div>
        ) : null}
      </div>
      {isSmall ? null : <DeskMapFoot testId={testId} states={states} total={marks.data} />}
      {popup === null
        ? null
        : createPortal(
            <PlaceList testId={testId} lines={lines} states={states} onOpen={onOpen} onClose={close} />,
            popup,
          )}
    </>
  );
}

/** The listeners of a map are made once, what they do with every drawing. */
function useMarkActs(map: MapLibreMap | null, drawn: RefObject<readonly DeskMark[]>, acts: MarkActs): void {
  const now = useRef(acts);
  useEffect(() => {
    now.current = acts;
  });
  useEffect(() => {
    if (map !== null) return listenToMarks(map, drawn, now);
  }, [map, drawn]);
}
