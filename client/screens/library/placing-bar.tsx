// Over the map while a resource waits for its place: what it is, where it was put, and the way back.
import { App, Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlaceJson } from '../../../server/contract/resources.ts';
import { nextUnplaced, useWorkOnResource } from '../../api/resources.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { useStore } from '../../state/make-store.ts';
import { type Placed, placingStore, startPlacing, stopPlacing } from '../../state/placing.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';
import { useIsOutside } from './use-is-outside.ts';
import { useLibraryWords } from './use-library-words.ts';

/** What a click on a map can be. */
const qualities = ['图上', '地址估算'] as const satisfies readonly PlaceJson['quality'][];

export function PlacingBar() {
  const target = useStore(placingStore, (now) => now.target);
  // each begins anew: what was chosen and refused for the one before is not theirs
  return target === null ? null : <Bar key={target.id} target={target} />;
}

function Bar({ target }: { readonly target: Placed }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const position = useStore(placingStore, (now) => now.position);
  const [quality, setQuality] = useState<(typeof qualities)[number]>('图上');
  const work = useWorkOnResource();
  const isOutside = useIsOutside();
  const { returnPath } = target;

  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      stopPlacing();
      void navigate(returnPath);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [returnPath, navigate]);

  const back = () => {
    stopPlacing();
    void navigate(returnPath);
  };
  const goOn = async () => {
    const next = await nextUnplaced(target.queueCode ?? '').catch(() => null);
    if (next === null) {
      void message.info(t('library.empty.unplaced'));
      back();
      return;
    }
    const { id, version, name, code, address } = next;
    const queued = { id, version, name: name || code, address, queueCode: code };
    startPlacing({ ...queued, returnPath: pathOfResource(returnPath, id) });
  };
  const save = (then: () => void) => {
    if (position === null) return;
    const place: PlaceJson = { position: [...position], datum: 'CGCS2000', quality };
    work.mutate(
      { resource: target, work: { kind: 'locate', place } },
      {
        onSuccess: () => {
          void message.success(t('library.done.locate'));
          then();
        },
      },
    );
  };
  return (
    <section className={styles.placing} data-testid="placing-bar" aria-label={t('library.locate.onMap')}>
      <div>
        <strong>{t('library.locate.title', { name: target.name })}</strong>
        {target.address === '' ? null : (
          <small>{t('library.locate.address', { address: target.address })}</small>
        )}
        {position !== null && isOutside(position, 'CGCS2000') ? (
          <small role="alert">{t('library.locate.outside')}</small>
        ) : null}
        <small role="status" data-testid="placing-position">
          {position === null
            ? t('library.locate.click')
            : t('library.locate.at', { position: formatPosition(position) })}
        </small>
      </div>
      <Select
        value={quality}
        aria-label={t('library.locate.quality')}
        options={qualities.map((value) => ({ value, label: words.word('locationQuality', value) }))}
        onChange={setQuality}
      />
      <Button
        type="primary"
        disabled={position === null}
        loading={work.isPending}
        onClick={() => save(back)}
        data-testid="placing-save"
      >
        {t('library.locate.save')}
      </Button>
      {target.queueCode === null ? null : (
        <Button
          disabled={position === null || work.isPending}
          onClick={() => save(() => void goOn())}
          data-testid="placing-next"
        >
          {t('library.locate.saveNext')}
        </Button>
      )}
      <Button onClick={back} data-testid="placing-cancel">
        {t('library.drawer.cancel')}
      </Button>
      <RefusalNote error={work.error} />
    </section>
  );
}

/** The page to come back to shows the one that was worked on last. */
function pathOfResource(path: string, resourceId: string): string {
  const [page = '', query = ''] = path.split('?');
  const params = new URLSearchParams(query);
  params.set('resource', resourceId);
  return `${page}?${params}`;
}
