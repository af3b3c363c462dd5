// What stands where a map cannot be made: the browser lacks what MapLibre draws with.
import { useTranslation } from 'react-i18next';

export interface MapFailureProps {
  /** Null: nothing is wrong. */
  readonly failure: string | null;
}

export function MapFailure({ failure }: MapFailureProps) {
  const { t } = useTranslation();
  if (failure === null) return null;
  return (
    <div className="map-failure" role="alert">
      <strong>{t('map.failed')}</strong>
      <span>{t('map.failedHint')}</span>
      <code>{failure}</code>
    </div>
  );
}
