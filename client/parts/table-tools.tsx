// What a person sets up once for a table and finds again: the columns, and views (filters and order) under a name.
import { DeleteOutlined, SettingOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './desk.module.css';
import { type ChoosableColumn, shownColumns } from './shown-columns.ts';

export interface SavedView {
  readonly name: string;
  /** The search part of the address, without page and opened row. */
  readonly query: string;
}

/** Kept per person; `useTableSettings` of state gives them. */
export interface TableSettings {
  /** Null: the usual ones. */
  readonly columns: readonly string[] | null;
  readonly views: readonly SavedView[];
  readonly onColumns: (keys: readonly string[] | null) => void;
  readonly onViews: (views: readonly SavedView[]) => void;
}

export interface ColumnButtonProps {
  readonly columns: readonly (ChoosableColumn & { readonly title: string })[];
  readonly settings: TableSettings;
  readonly testId: string;
}

export function ColumnButton({ columns, settings, testId }: ColumnButtonProps) {
  const { t } = useTranslation();
  const choice = (
    <div className={styles.choice}>
      <Checkbox.Group
        value={shownColumns(columns, settings.columns).map(({ key }) => key)}
        options={columns.map(({ key, title, fixed }) => ({
          value: key,
          label: title,
          disabled: fixed === true,
        }))}
        onChange={settings.onColumns}
        className={styles.columnChoice ?? ''}
      />
      <Button size="small" onClick={() => settings.onColumns(null)}>
        {t('desk.columnsPlain')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t('desk.columnsTitle')} content={choice}>
      <Button icon={<SettingOutlined />} data-testid={`${testId}-columns`}>
        {t('desk.columns')}
      </Button>
    </Popover>
  );
}

const mostViews = 30;

export interface ViewButtonProps {
  readonly settings: TableSettings;
  /** What is on the screen, as it would be saved. */
  readonly query: string;
  readonly onTake: (query: string) => void;
  readonly testId: string;
}

export function ViewButton({ settings, query, onTake, testId }: ViewButtonProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const others = settings.views.filter((view) => view.name !== name.trim());
  const isFull = others.length >= mostViews;
  const save = () => {
    if (name.trim() === '' || isFull) return;
    settings.onViews([...others, { name: name.trim(), query }]);
    setName('');
  };
  const content = (
    <div className={styles.choice}>
      {settings.views.length === 0 ? <span className={styles.soft}>{t('desk.noViews')}</span> : null}
      {settings.views.map((view) => (
        <div key={view.name} className={styles.savedView}>
          <Button
            type={view.query === query ? 'primary' : 'default'}
            size="small"
            onClick={() => {
              onTake(view.query);
              setOpen(false);
            }}
          >
            {view.name}
          </Button>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('desk.forgetView', { name: view.name })}
            onClick={() => settings.onViews(settings.views.filter((one) => one !== view))}
          />
        </div>
      ))}
      <div className={styles.savedView}>
        <Input
          size="small"
          value={name}
          maxLength={30}
          placeholder={t('desk.viewName')}
          aria-label={t('desk.viewName')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={save}
          data-testid={`${testId}-view-name`}
        />
        <Button size="small" disabled={name.trim() === '' || isFull} onClick={save}>
          {t('desk.saveView')}
        </Button>
      </div>
      {isFull ? <span className={styles.soft}>{t('desk.viewsFull', { count: mostViews })}</span> : null}
    </div>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('desk.viewsTitle')}
      content={content}
      open={isOpen}
      onOpenChange={setOpen}
    >
      <Button icon={<StarOutlined />} data-testid={`${testId}-views`}>
        {t('desk.views')}
      </Button>
    </Popover>
  );
}
