// Where a resource stands, typed or pasted, with the datum it was measured in and how sure it is.
import { Alert, App, Button, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { type Datum, datums } from '../../../engine/index.ts';
import type { PlaceJson, ResourceJson } from '../../../server/contract/resources.ts';
import { useWorkOnResource } from '../../api/resources.ts';
import { startPlacing } from '../../state/placing.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';
import { readPosition } from './read-position.ts';
import { useIsOutside } from './use-is-outside.ts';
import { useLibraryWords } from './use-library-words.ts';

const qualities = ['实测', '图上', '地址估算'] as const satisfies readonly PlaceJson['quality'][];

export interface LocateDialogProps {
  readonly resource: ResourceJson;
  readonly onClose: () => void;
}

export function LocateDialog({ resource, onClose }: LocateDialogProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnResource();
  const [text, setText] = useState('');
  const [datum, setDatum] = useState<Datum>('CGCS2000');
  const [quality, setQuality] = useState<(typeof qualities)[number]>('图上');
  const [isTried, setTried] = useState(false);
  const read = readPosition(text);
  const isOutside = useIsOutside();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const save = () => {
    setTried(true);
    if (read === null) return;
    const place: PlaceJson = { position: read.position, datum, quality };
    work.mutate(
      { resource, work: { kind: 'locate', place } },
      {
        onSuccess: () => {
          void message.success(t('library.done.locate'));
          onClose();
        },
      },
    );
  };
  const pick = () => {
    const { id: resourceId, version, name, code, address } = resource;
    const returnPath = `${pathname}${search}`;
    const queueCode = resource.position === null ? code : null;
    startPlacing({ id: resourceId, version, name: name || code, address, queueCode, returnPath });
    onClose();
    void navigate('/');
  };
  return (
    <Modal
      open
      title={t('library.locate.title', { name: resource.name || resource.code })}
      okText={t('library.locate.save')}
      cancelText={t('library.drawer.cancel')}
      confirmLoading={work.isPending}
      okButtonProps={{ 'data-testid': 'locate-save' }}
      onOk={save}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="locate-dialog">
        {resource.address === '' ? null : (
          <span>{t('library.locate.address', { address: resource.address })}</span>
        )}
        <div className={styles.field}>
          <label htmlFor={`${id}-text`}>{t('library.locate.text')}</label>
          <Input
            id={`${id}-text`}
            value={text}
            autoFocus
            maxLength={100}
            status={isTried && read === null ? 'error' : ''}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={save}
            data-testid="locate-text"
          />
          {isTried && read === null ? (
            <small role="alert" style={{ color: '#a8071a' }}>
              {t('library.locate.bad')}
            </small>
          ) : (
            <small>{t('library.locate.example')}</small>
          )}
        </div>
        {read !== null && isOutside(read.position, datum) ? (
          <Alert type="warning" showIcon title={t('library.locate.outside')} data-testid="locate-outside" />
        ) : null}
        {read?.swapped ? (
          <Alert
            type="info"
            title={t('library.locate.swapped', { lon: read.position[0], lat: read.position[1] })}
          />
        ) : null}
        <div className={styles.fields}>
          <div className={styles.field}>
            <label htmlFor={`${id}-datum`}>{t('library.locate.datum')}</label>
            <Select
              id={`${id}-datum`}
              value={datum}
              options={datums.map((value) => ({ value, label: value }))}
              onChange={setDatum}
            />
          </div>
          <div className={styles.field}>
            <label htmlFor={`${id}-quality`}>{t('library.locate.quality')}</label>
            <Select
              id={`${id}-quality`}
              value={quality}
              options={qualities.map((value) => ({ value, label: words.word('locationQuality', value) }))}
              onChange={setQuality}
            />
          </div>
        </div>
        <Button onClick={pick} data-testid="locate-on-map">
          {t('library.locate.onMap')}
        </Button>
        <RefusalNote error={work.error} />
      </div>
    </Modal>
  );
}
