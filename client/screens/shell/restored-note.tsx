// Above a form that holds again what was typed in it earlier and not sent, with the way to begin anew.
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

export interface RestoredNoteProps {
  readonly isRestored: boolean;
  /** Back to the form as it begins. */
  readonly onClear: () => void;
}

export function RestoredNote({ isRestored, onClear }: RestoredNoteProps) {
  const { t } = useTranslation();
  if (!isRestored) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('desk.restored')}
      action={
        <Button size="small" onClick={onClear} data-testid="restored-clear">
          {t('desk.restoredClear')}
        </Button>
      }
      data-testid="restored-note"
    />
  );
}
