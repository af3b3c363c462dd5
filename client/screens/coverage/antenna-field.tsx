// The antenna of the macro sectors: the equipment's own widths, or an uploaded file with its two cuts drawn.
import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AntennaJson } from '../../../server/contract/antennas.ts';
import { useAntennaCuts, useAntennas, useDeleteAntenna, useSendAntenna } from '../../api/antennas.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { inLanguage } from '../../format/language.ts';
import { formatNumber } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { PolarDiagram } from '../../parts/polar-diagram.tsx';
import type { RadioForm } from '../../state/plan-form.ts';

const ACCEPTED = '.msi,.pln,.txt';
/** A select has no value that is null. */
const OWN = '';

export function AntennaField({
  radio,
  onChange,
}: {
  readonly radio: RadioForm;
  readonly onChange: (changes: Partial<RadioForm>) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const antennas = useAntennas();
  const send = useSendAntenna();
  const remove = useDeleteAntenna();
  const input = useRef<HTMLInputElement>(null);
  const chosen = antennas.data?.find(({ id }) => id === radio.antennaId) ?? null;
  const isGone = radio.antennaId !== null && antennas.data !== undefined && chosen === null;
  const failure = send.error ?? remove.error;
  const upload = (file: File) => {
    remove.reset();
    send.mutate(file, { onSuccess: ({ id }) => onChange({ antennaId: id }) });
  };
  const drop = (antennaId: string) => {
    send.reset();
    remove.mutate(antennaId, { onSuccess: () => onChange({ antennaId: null, useFileGain: false }) });
  };
  return (
    <div className="field">
      <label htmlFor="antenna">{t('coverage.radio.antenna')}</label>
      <Select
        id="antenna"
        value={radio.antennaId ?? OWN}
        loading={antennas.isLoading}
        onChange={(value: string) => {
          send.reset();
          remove.reset();
          onChange({ antennaId: value === OWN ? null : value, useFileGain: false });
        }}
        options={[
          { value: OWN, label: t('coverage.radio.antennaOwn') },
          ...(antennas.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ...(isGone ? [{ value: radio.antennaId ?? OWN, label: t('coverage.radio.antennaGone') }] : []),
        ]}
        data-testid="antenna-select"
      />
      <div className="field-actions">
        <Button
          size="small"
          icon={<UploadOutlined />}
          loading={send.isPending}
          onClick={() => input.current?.click()}
        >
          {t('coverage.radio.upload')}
        </Button>
        {chosen === null ? null : (
          <Button
            size="small"
            danger
            icon={<DeleteOutlined />}
            loading={remove.isPending}
            aria-label={t('coverage.radio.deleteAntenna', { name: chosen.name })}
            title={t('coverage.radio.deleteAntenna', { name: chosen.name })}
            onClick={() => drop(chosen.id)}
          />
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={ACCEPTED}
          data-testid="antenna-file"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) upload(file);
            // The same file may be chosen again after it was mended outside.
            target.value = '';
          }}
        />
      </div>
      {failure ? (
        <Failure error={failure} fileName={send.error === null ? null : send.variables?.name} />
      ) : null}
      {chosen === null ? null : <AntennaFacts antenna={chosen} />}
      {chosen === null ? null : (
        <Checkbox
          checked={radio.useFileGain}
          onChange={({ target }) => onChange({ useFileGain: target.checked })}
        >
          {t('coverage.radio.useFileGain', { gain: formatNumber(chosen.gainDbi, language, 1) })}
        </Checkbox>
      )}
      {chosen === null ? null : <small className="soft">{t('coverage.radio.gainNote')}</small>}
    </div>
  );
}

/** A refused file is named, because another one may still be chosen above. */
function Failure({
  error,
  fileName,
}: {
  readonly error: Error;
  readonly fileName: string | null | undefined;
}) {
  const { t } = useTranslation();
  const words = describeError(error, useLanguage());
  const message = fileName
    ? t('coverage.radio.refused', { name: fileName, why: words.message })
    : words.message;
  return <ErrorNote {...words} message={message} />;
}

function AntennaFacts({ antenna }: { readonly antenna: AntennaJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cuts = useAntennaCuts(antenna.id);
  return (
    <>
      {cuts.data === undefined ? null : (
        <div className="polar-pair" data-testid="antenna-cuts">
          <PolarDiagram title={t('coverage.radio.horizontal')} loss={cuts.data.horizontalLossDb} zero="up" />
          <PolarDiagram
            title={t('coverage.radio.vertical', {
              tilt: formatNumber(antenna.electricalTiltDeg, language, 1),
            })}
            loss={cuts.data.verticalLossDb}
            zero="right"
          />
          <small className="soft">{t('coverage.radio.rings')}</small>
        </div>
      )}
      {antenna.warnings.map(({ code, message, hint }) => (
        <ErrorNote
          key={`${code} ${message.en}`}
          severity="warning"
          message={inLanguage(message, language)}
          hint={inLanguage(hint, language)}
          code={code}
        />
      ))}
    </>
  );
}
