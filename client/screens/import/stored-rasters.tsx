// Rasters of one kind that are stored already, each with what it covers and a way to take it out.
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RasterJson } from '../../../server/contract/rasters.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useDeleteRaster, useRasters } from '../../api/rasters.ts';
import { formatDistance, formatHeight } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import styles from './import.module.css';

export function StoredRasters({ kind }: { readonly kind: RasterJson['kind'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rasters = useRasters();
  const { mutate, isPending, error } = useDeleteRaster();
  const stored = (rasters.data ?? []).filter((raster) => raster.kind === kind);
  if (stored.length === 0) return null;
  return (
    <div className={styles.field} data-testid="stored-rasters">
      <strong>{t('import.raster.stored')}</strong>
      {error ? <ErrorNote {...describeError(error, language)} /> : null}
      {stored.map((raster) => (
        <div key={raster.id} className={styles.head} data-testid="stored-raster">
          <span>
            {raster.name}
            <small className={styles.quiet}>
              {` ${raster.crs}, ${formatDistance(raster.resolutionM, language)}`}
              {raster.lowestM === null
                ? null
                : `, ${formatHeight(raster.lowestM, language)} – ${formatHeight(raster.highestM, language)}`}
            </small>
          </span>
          <Popconfirm
            title={t('import.raster.deleteAsk', { name: raster.name })}
            okText={t('import.raster.delete')}
            cancelText={t('shell.cancel')}
            onConfirm={() => mutate(raster.id)}
          >
            <Button size="small" type="link" danger loading={isPending} data-testid="raster-delete">
              {t('import.raster.delete')}
            </Button>
          </Popconfirm>
        </div>
      ))}
    </div>
  );
}
