// Which target areas the plan has to serve: chosen from the list or drawn on the map.
import {
  AimOutlined,
  BorderOutlined,
  DeleteOutlined,
  FileProtectOutlined,
  GatewayOutlined,
} from '@ant-design/icons';
import { App, Button, Popconfirm, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { useDeleteArea } from '../../api/areas.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatArea } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { areasStore, pickAreas, startDrawing } from '../../state/areas.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { moveMapToBox, viewStore } from '../../state/view.ts';
import { areaPath } from '../areas/areas-query.ts';
import { boxOfAreas, isTarget } from './area-choice.ts';

export function AreaPicker() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const areas = useKnownAreas();
  const remove = useDeleteArea();
  const { chosenIds, drawing } = useStore(areasStore, (now) => now);
  const isNarrow = useNarrow(900);
  const mayChange = useMay('area:change');
  const targets = (areas.data ?? []).filter(isTarget);
  const chosen = chosenIds.flatMap((id) => targets.find((area) => area.id === id) ?? []);
  const unapproved = chosen.filter(({ state }) => state !== '已批准').length;
  const only = chosen.length === 1 ? chosen[0] : undefined;

  const draw = (shape: 'polygon' | 'rectangle') => {
    startDrawing(shape);
    if (isNarrow) viewStore.set({ leftOpen: false });
  };
  const deleteArea = (area: AreaJson) => {
    remove.mutate(area, {
      onSuccess: () => pickAreas(chosenIds.filter((id) => id !== area.id)),
      onError: (error) => void message.error(describeError(error, language).message),
    });
  };

  return (
    <div className="field" data-testid="area-picker">
      <div className="field-label">
        <label htmlFor="areas">{t('coverage.areas.title')}</label>
        {chosen.length > 0 ? (
          <small>
            {t('coverage.areas.total', {
              count: chosen.length,
              area: formatArea(
                chosen.reduce((sum, area) => sum + area.areaKm2, 0),
                language,
              ),
            })}
          </small>
        ) : null}
      </div>
      {unapproved > 0 ? (
        <small className="soft">{t('coverage.areas.unapproved', { count: unapproved })}</small>
      ) : null}
      {areas.error ? (
        <ErrorNote
          {...describeError(areas.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void areas.refetch()}
        />
      ) : null}
      <Select
        id="areas"
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        loading={areas.isLoading}
        value={chosen.map((area) => area.id)}
        onChange={(ids: string[]) => pickAreas(ids)}
        placeholder={t(targets.length === 0 ? 'coverage.areas.none' : 'coverage.areas.choose')}
        options={targets.map((area) => ({
          value: area.id,
          label: area.name,
          note: `${area.kind} · ${formatArea(area.areaKm2, language)} · ${t(`areas.state.${area.state}`)}`,
        }))}
        optionRender={(option) => (
          <span className="area-option">
            <span>{option.label}</span>
            <small>{option.data.note}</small>
          </span>
        )}
        maxTagCount="responsive"
        data-testid="areas-select"
      />
      <div className="field-actions">
        {mayChange ? (
          <>
            <Button
              icon={<GatewayOutlined />}
              type={drawing === 'polygon' ? 'primary' : 'default'}
              onClick={() => draw('polygon')}
              data-testid="draw-polygon"
            >
              {t('coverage.areas.draw')}
            </Button>
            <Tooltip title={t('coverage.areas.drawRectangle')}>
              <Button
                icon={<BorderOutlined />}
                type={drawing === 'rectangle' ? 'primary' : 'default'}
                aria-label={t('coverage.areas.drawRectangle')}
                onClick={() => draw('rectangle')}
                data-testid="draw-rectangle"
              />
            </Tooltip>
          </>
        ) : null}
        <Tooltip title={t('coverage.areas.show')}>
          <Button
            icon={<AimOutlined />}
            aria-label={t('coverage.areas.show')}
            disabled={chosen.length === 0}
            onClick={() => {
              const box = boxOfAreas(chosen);
              if (box !== null) moveMapToBox(box);
            }}
          />
        </Tooltip>
        {only === undefined ? null : (
          <Tooltip title={t('coverage.areas.open')}>
            <LinkButton
              to={areaPath(only.id)}
              icon={<FileProtectOutlined />}
              aria-label={t('coverage.areas.open')}
              data-testid="area-open"
            />
          </Tooltip>
        )}
        {only === undefined || !mayChange || only.approval !== null ? null : (
          <Popconfirm
            title={t('coverage.areas.deleteAsk', { name: only.name })}
            okText={t('shell.delete')}
            okButtonProps={{ danger: true }}
            onConfirm={() => deleteArea(only)}
          >
            <Button
              icon={<DeleteOutlined />}
              aria-label={t('coverage.areas.delete', { name: only.name })}
              loading={remove.isPending}
            />
          </Popconfirm>
        )}
      </div>
    </div>
  );
}
