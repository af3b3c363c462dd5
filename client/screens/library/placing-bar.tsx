// Over the map while a resource waits for its place: what it is, where it was put, and the way back.
import { App, Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlaceJson } from '../../../server/contract/resources.ts';
import { useWorkOnResource } from '../../api/resources.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { useStore } from '../../state/make-store.ts';
import { placingStore, stopPlacing } from '../../state/placing.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';
import { useLibraryWords } from './use-library-words.ts';

/** What a click on a map can be. */
const qualities = ['图上', '地址估算'] as const satisfies readonly PlaceJson['quality'][];

export function PlacingBar() {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { target, position } = useStore(placingStore, (now) => now);
  const [quality, setQuality] = useState<(typeof qualities)[number]>('图上');
  const work = useWorkOnResource();
  const returnPath = target?.returnPath ?? null;

  useEffect(() => {
    if (returnPath === null) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      stopPlacing();
      void navigate(returnPath);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [returnPath, navigate]);

  if (target === null) return null;
  const back = () => {
    stopPlacing();
    void navigate(target.returnPath);
  };
  const save = () => {
    if (position === null) return;
    const place: PlaceJson = { position: [...position], datum: 'CGCS2000', quality };
    work.mutate(
      { resource: target, work: { kind: 'locate', place } },
      {
        onSuccess: () => {
          void message.success(t('library.done.locate'));
          back();
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
        onClick={save}
        data-testid="placing-save"
      >
        {t('library.locate.save')}
      </Button>
      <Button onClick={back} data-testid="placing-cancel">
        {t('library.drawer.cancel')}
      </Button>
      <RefusalNote error={work.error} />
    </section>
  );
}
