// A preview at work, over the map: how the long search gets on, what the last step changed, and what can be done next. The figures of the
// plan itself stand in the header; this panel speaks of what moves.
import { CheckOutlined, LoadingOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usualAmounts } from '../../../engine/index.ts';
import { formatMoney } from '../../format/money.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useNarrow } from '../../parts/use-narrow.ts';
import { BOUND_ROUND } from '../../preview/preview-messages.ts';
import { useStore } from '../../state/make-store.ts';
import {
  enoughOfPreview,
  optimisePreview,
  previewStore,
  undoPreview,
  weighPreview,
} from '../../state/preview.ts';
import { gapBadge } from './certificate-words.ts';
import { PreviewChange } from './preview-change.tsx';
import { PreviewFirmness } from './preview-firmness.tsx';
import './preview-panel.css';

/** A bound farther off says nothing to anybody: the search that finds one is still under way. */
const LOOSE_GAP = 1;

/** Draws nothing unless a preview is shown. */
export function PreviewPanel() {
  const { t } = useTranslation();
  const isShown = useStore(previewStore, (preview) => preview.isShown && preview.result !== null);
  // beside the map there is room, over a small one it waits to be asked
  const isNarrow = useNarrow(640);
  const [wanted, setOpen] = useState<boolean | null>(null);
  const isOpen = wanted ?? !isNarrow;
  const isWeighing = useStore(previewStore, ({ weighing }) => weighing !== null);
  useUndoKey(isShown);
  if (!isShown) return null;
  const label = t(isOpen ? 'preview.fold' : 'preview.unfold');
  return (
    <aside
      className={isOpen && isWeighing ? 'preview-panel tall' : 'preview-panel'}
      aria-label={t('preview.title')}
      data-testid="preview-panel"
    >
      <SearchLine />
      <Button
        type="text"
        size="small"
        className="preview-fold"
        icon={isOpen ? <MinusOutlined /> : <PlusOutlined />}
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        data-testid="preview-fold"
      />
      {isOpen ? (
        <>
          <Actions />
          <div className="preview-scroll">
            <PreviewFirmness />
            <PreviewChange />
          </div>
        </>
      ) : null}
    </aside>
  );
}

function SearchLine() {
  const { t } = useTranslation();
  const language = useLanguage();
  const improving = useStore(previewStore, (preview) => preview.improving);
  const certificate = useStore(previewStore, (preview) => preview.result?.summary.certificate ?? null);
  const badge = gapBadge(certificate, language);
  const isLoose = certificate?.gap == null || certificate.gap > LOOSE_GAP;
  const gap =
    badge === null || isLoose
      ? t('preview.noBound')
      : badge.key === 'optimal'
        ? t('preview.optimal')
        : t('preview.gap', { gap: badge.gap });
  if (improving === null) {
    return (
      <div className="preview-search" role="status" data-testid="preview-search" data-state="settled">
        <strong>{t('preview.settled')}</strong>
        <span data-testid="preview-gap">{gap}</span>
      </div>
    );
  }
  const { stage, round, costCny, boundCny, isStopping } = improving;
  return (
    <div className="preview-search" role="status" data-testid="preview-search" data-state="improving">
      <strong>
        <LoadingOutlined /> {t(round === BOUND_ROUND ? 'preview.bounding' : 'preview.improving')}
      </strong>
      <span>
        {round === BOUND_ROUND
          ? null
          : [t(round === 0 ? 'preview.short' : 'preview.long'), t(`preview.stage.${stage}`)].join(' · ')}
      </span>
      <Tooltip title={t('preview.enoughHint')}>
        <Button
          size="small"
          icon={<CheckOutlined />}
          disabled={isStopping}
          onClick={enoughOfPreview}
          data-testid="preview-enough"
        >
          {t(isStopping ? 'preview.stopping' : 'preview.enough')}
        </Button>
      </Tooltip>
      <small>
        {[
          // while the search has a bound the plan itself may have none yet
          isLoose && boundCny !== null ? '' : gap,
          costCny === null ? '' : t('preview.found', { cost: formatMoney(costCny, language) }),
          boundCny === null ? '' : t('preview.bound', { bound: formatMoney(boundCny, language) }),
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </small>
    </div>
  );
}

function Actions() {
  const { t } = useTranslation();
  const { stage, undoable, improving, weighing } = useStore(previewStore, (preview) => preview);
  const isBusy = stage !== 'ready';
  return (
    <div className="preview-actions">
      <Tooltip title={t('preview.undoHint')}>
        <Button
          size="small"
          disabled={isBusy || undoable === 0}
          onClick={undoPreview}
          data-testid="preview-undo"
        >
          {t('preview.undo')}
        </Button>
      </Tooltip>
      <Tooltip title={t('preview.optimiseHint')}>
        <Button
          size="small"
          disabled={isBusy || improving !== null}
          onClick={optimisePreview}
          data-testid="preview-optimise"
        >
          {t('preview.optimise')}
        </Button>
      </Tooltip>
      <Tooltip title={t('scenarios.weigh.hint')}>
        <Button
          size="small"
          disabled={isBusy || weighing !== null}
          onClick={() => weighPreview(usualAmounts)}
          data-testid="preview-weigh"
        >
          {t('scenarios.weigh.title')}
        </Button>
      </Tooltip>
    </div>
  );
}

/** Ctrl+Z or Cmd+Z belongs to a text while one is typed, and to nobody while a dialog is open. */
function useUndoKey(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (!isUndo || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog][aria-modal=true]') !== null) return;
      event.preventDefault();
      undoPreview();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isOn]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable=true]') !== null;
}
