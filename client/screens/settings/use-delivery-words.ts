// What became of a post, in words: the answer's status, or why there was none.
import { useTranslation } from 'react-i18next';
import type { DeliveryJson } from '../../../server/contract/webhooks.ts';

export function useDeliveryWords() {
  const { t } = useTranslation();
  return {
    outcome: ({ lastStatus, lastError }: Pick<DeliveryJson, 'lastStatus' | 'lastError'>): string => {
      if (lastStatus !== null) return t('settings.webhook.answered', { status: lastStatus });
      return lastError === null
        ? '—'
        : t(`settings.webhook.fault.${lastError}`, {
            defaultValue: t('settings.webhook.noAnswer', { word: lastError }),
          });
    },
  };
}
