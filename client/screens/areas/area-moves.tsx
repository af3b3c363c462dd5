// The steps of an area that whoever looks may take, each with a dialog; changing it, drawing it anew and taking it away.
import { App, Button, Input, Modal, Popconfirm } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { waterKind } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { freshArea, useDeleteArea, useMoveArea } from '../../api/areas.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { makeAct } from '../../api/once-key.ts';
import { useLanguage } from '../../format/use-language.ts';
import { startDrawing } from '../../state/areas.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { RowNews } from '../shell/row-news.tsx';
import { ChangeAreaDialog } from './change-area-dialog.tsx';
import { useAreaWords } from './use-area-words.ts';

type Choice = AreaJson['choices'][number];

export interface AreaMovesProps {
  readonly area: AreaJson;
  readonly onShow: () => void;
}

export function AreaMoves({ area, onShow }: AreaMovesProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Choice | null>(null);
  const [isChanging, setChanging] = useState(false);
  // water is never asked for, so there is nothing to say about it
  const choices = area.kind === waterKind ? [] : area.choices;
  const redraw = () => {
    // the old outline in sight
    onShow();
    startDrawing('polygon', area.id);
  };
  return (
    <>
      <div className={desk.acts} data-testid="area-moves">
        {choices.map((choice) => (
          <Button
            key={choice.to}
            size="small"
            type={choice.to === '已送审' || choice.to === '已批准' ? 'primary' : 'default'}
            danger={choice.to === '退回'}
            disabled={choice.missing.length > 0}
            onClick={() => setAsked(choice)}
            data-testid={`area-to-${choice.to}`}
          >
            {t(`areas.act.${choice.to}`)}
          </Button>
        ))}
        <Button size="small" onClick={onShow} data-testid="area-show">
          {t('coverage.areas.show')}
        </Button>
        {area.mayChange ? (
          <>
            <Button size="small" onClick={() => setChanging(true)} data-testid="area-change">
              {t('areas.change')}
            </Button>
            <Button size="small" onClick={redraw} data-testid="area-redraw">
              {t('areas.redraw')}
            </Button>
            {area.approval === null ? <DeleteButton area={area} /> : null}
          </>
        ) : null}
      </div>
      {choices.some(({ missing }) => missing.includes('own')) ? (
        <p className={desk.soft}>{t('areas.own')}</p>
      ) : null}
      {asked === null ? null : <MoveDialog area={area} choice={asked} onClose={() => setAsked(null)} />}
      {isChanging ? <ChangeAreaDialog area={area} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

function DeleteButton({ area }: { readonly area: AreaJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const remove = useDeleteArea();
  return (
    <Popconfirm
      title={t('coverage.areas.deleteAsk', { name: area.name })}
      okText={t('shell.delete')}
      okButtonProps={{ danger: true }}
      onConfirm={() =>
        remove.mutate(area, {
          onError: (error) => void message.error(describeError(error, language).message),
        })
      }
    >
      <Button size="small" danger loading={remove.isPending}>
        {t('shell.delete')}
      </Button>
    </Popconfirm>
  );
}

interface MoveDialogProps {
  readonly area: AreaJson;
  readonly choice: Choice;
  readonly onClose: () => void;
}

function MoveDialog({ area, choice: { to, reasonNeeded }, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const words = useAreaWords();
  const { message } = App.useApp();
  const id = useId();
  const work = useMoveArea();
  const [act] = useState(makeAct);
  const [reason, setReason] = useState('');
  const [documentNo, setDocumentNo] = useState('');
  const [isTried, setTried] = useState(false);
  const lacksReason = reasonNeeded && reason.trim() === '';
  const submit = () => {
    setTried(true);
    if (lacksReason) return;
    const move = { to, reason: reason.trim(), documentNo: to === '已批准' ? documentNo.trim() : '' };
    work.mutate(
      { area, act, move },
      {
        onSuccess: () => {
          void message.success(t(`areas.done.${to}`, { count: 1 }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={`${t(`areas.act.${to}`)} · ${area.name}`}
      okText={t(`areas.act.${to}`)}
      cancelText={t('shell.cancel')}
      confirmLoading={work.isPending}
      okButtonProps={{ danger: to === '退回', 'data-testid': 'area-move-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="area-move-dialog">
        <span>{t(`areas.means.${to}`)}</span>
        <span className={desk.soft}>{words.line(area)}</span>
        {area.approval !== null && area.approval.differs.length > 0 ? (
          <span className={desk.soft}>
            {t('areas.differsFrom', {
              number: area.approval.number,
              fields: words.fields(area.approval.differs),
            })}
          </span>
        ) : null}
        <RowNews
          row={area}
          shownOf={({ state, name, areaKm2 }) => ({ state, name, areaKm2 })}
          label={(key) => t(`areas.column.${key}`)}
          value={(key) =>
            key === 'state'
              ? t(`areas.state.${area.state}`)
              : key === 'name'
                ? area.name
                : words.ground(area.areaKm2)
          }
        />
        {to === '已批准' ? (
          <div className={desk.field}>
            <label htmlFor={`${id}-document`}>{t('areas.documentNo')}</label>
            <Input
              id={`${id}-document`}
              value={documentNo}
              maxLength={100}
              placeholder={t('areas.documentHint')}
              onChange={({ target }) => setDocumentNo(target.value)}
              data-testid="area-document"
            />
          </div>
        ) : null}
        <div className={desk.field}>
          <label htmlFor={id}>{t(reasonNeeded ? 'cases.reason' : 'cases.reasonOptional')}</label>
          <Input.TextArea
            id={id}
            value={reason}
            rows={2}
            maxLength={500}
            status={isTried && lacksReason ? 'error' : ''}
            onChange={({ target }) => setReason(target.value)}
            data-testid="area-reason"
          />
          {isTried && lacksReason ? (
            <small className={desk.wrong} role="alert">
              {t('cases.reasonNeeded')}
            </small>
          ) : null}
        </div>
        <RefusalNote error={freshArea(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
