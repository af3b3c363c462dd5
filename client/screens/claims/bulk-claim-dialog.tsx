// Claims on many resources: for whom and by when, then what would come of each and what it costs, then the claims themselves. Who lost
// some meanwhile is told which, by which rule, and where the substitutes are.

import { Alert, App, Button, Checkbox, Modal, Select, Table, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BulkClaimResultJson, NewClaimJson } from '../../../server/contract/claims.ts';
import { useOperatorOptions } from '../../api/catalogue.ts';
import { useMakeClaims } from '../../api/claims.ts';
import { isAnswered, makeAct } from '../../api/once-key.ts';
import { todayInChina } from '../../format/dates.ts';
import { formatMoney } from '../../format/money.ts';
import { DayField } from '../../parts/day-field.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { claimPath } from './claim-path.ts';
import { type ClaimWords, useClaimWords } from './use-claim-words.ts';

const MOST_AT_ONCE = 200;

export interface BulkClaimDialogProps {
  /** As chosen when the dialog opened. */
  readonly wanted: readonly WantedClaim[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export type WantedClaim = Pick<NewClaimJson, 'demandIds'> & { readonly resourceId: string };

export function BulkClaimDialog({ wanted: nowWanted, onDone, onClose }: BulkClaimDialogProps) {
  const { t } = useTranslation();
  const operatorOptions = useOperatorOptions();
  const words = useClaimWords();
  const { message } = App.useApp();
  const id = useId();
  const make = useMakeClaims();
  const [act] = useState(makeAct);
  const [wanted] = useState(nowWanted);
  const [operators, setOperators] = useState<readonly string[]>([]);
  const [onAirBy, setOnAirBy] = useState<string | null>(null);
  const [preview, setPreview] = useState<BulkClaimResultJson | null>(null);
  const [skips, setSkips] = useState(false);
  /** What came of it, where some were lost. */
  const [done, setDone] = useState<BulkClaimResultJson | null>(null);
  const isTooMany = wanted.length > MOST_AT_ONCE;
  const wishes = wanted.every(({ demandIds = [] }) => demandIds.length > 0) ? 'demands' : 'operators';
  const made = preview === null ? 0 : preview.held + preview.waits;
  const isReady = preview !== null && made > 0 && (preview.refused === 0 || skips);

  const ask = (dryRun: boolean) =>
    make.mutate(
      {
        act,
        bulk: {
          claims: wanted.map((one) => ({
            ...one,
            ...(operators.length > 0 && { operators: [...operators] }),
            ...(onAirBy !== null && { onAirBy }),
          })),
          dryRun,
          skipRefused: skips,
        },
      },
      {
        onSuccess: (result) => {
          if (dryRun) {
            setPreview(result);
            return;
          }
          onDone();
          if (result.refused > 0) {
            setDone(result);
            return;
          }
          void message.success(t('claims.bulk.done', { count: result.held + result.waits }));
          onClose();
        },
        // something changed since the preview; after silence the same act is sent again
        onError: (error) => {
          if (isAnswered(error)) setPreview(null);
        },
      },
    );
  const forget = () => {
    setPreview(null);
    make.reset();
  };
  if (done !== null)
    return (
      <Modal
        open
        width={820}
        title={t('claims.bulk.title', { count: wanted.length })}
        footer={
          <Button type="primary" onClick={onClose} data-testid="bulk-claim-close">
            {t('claims.dialog.close')}
          </Button>
        }
        onCancel={onClose}
      >
        <div className={desk.stack} data-testid="bulk-claim-done">
          <Alert
            type={done.held + done.waits > 0 ? 'success' : 'warning'}
            showIcon
            title={t('claims.bulk.made', { held: done.held, waits: done.waits, refused: done.refused })}
          />
          <Outcomes result={done} words={words} />
        </div>
      </Modal>
    );
  return (
    <Modal
      open
      width={820}
      title={t('claims.bulk.title', { count: wanted.length })}
      okText={preview === null ? t('claims.bulk.preview') : t('claims.bulk.apply', { count: made })}
      cancelText={t('claims.dialog.close')}
      confirmLoading={make.isPending}
      okButtonProps={{
        disabled:
          (operators.length === 0 && wishes === 'operators') || isTooMany || (preview !== null && !isReady),
        'data-testid': 'bulk-claim-ok',
      }}
      onOk={() => ask(preview === null)}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="bulk-claim-dialog">
        {isTooMany ? <Alert type="warning" title={t('claims.bulk.most', { count: MOST_AT_ONCE })} /> : null}
        <div className={desk.fields}>
          <div className={desk.field}>
            <label htmlFor={`${id}-operators`}>{t('claims.field.operators')}</label>
            <Select
              id={`${id}-operators`}
              mode="tags"
              value={[...operators]}
              maxCount={10}
              options={operatorOptions}
              onChange={(chosen) => {
                setOperators(chosen.map((one) => one.trim()).filter(Boolean));
                forget();
              }}
              data-testid="bulk-claim-operators"
            />
            <small>{t(`claims.bulk.${wishes}`)}</small>
          </div>
          <div className={desk.field}>
            <label htmlFor={`${id}-day`}>{t('claims.field.onAirBy')}</label>
            <DayField
              id={`${id}-day`}
              label={t('claims.field.onAirBy')}
              value={onAirBy}
              from={todayInChina()}
              onChange={(day) => {
                setOnAirBy(day);
                forget();
              }}
            />
            <small>{t('claims.hint.onAirBy')}</small>
          </div>
        </div>
        <RefusalNote error={make.error} />
        {preview === null ? null : (
          <>
            <Alert
              type={made > 0 ? 'success' : 'warning'}
              title={t('claims.bulk.outcome', {
                held: preview.held,
                waits: preview.waits,
                refused: preview.refused,
              })}
              description={t('claims.bulk.cost', {
                cost: formatMoney(costOf(preview), words.language),
              })}
              data-testid="bulk-claim-preview"
            />
            <Outcomes result={preview} words={words} />
            {preview.refused > 0 && made > 0 ? (
              <Checkbox
                checked={skips}
                onChange={(event) => setSkips(event.target.checked)}
                data-testid="bulk-claim-skip"
              >
                {t('claims.bulk.skip', { count: preview.refused })}
              </Checkbox>
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}

const outcomeColours = { held: 'green', waits: 'gold', refused: 'red' } as const;

function Outcomes({ result, words }: { readonly result: BulkClaimResultJson; readonly words: ClaimWords }) {
  const { t } = useTranslation();
  // those that were not won first: they want a look
  const items = [...result.items].sort(
    (a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused'),
  );
  const word = result.dryRun ? 'word' : 'madeWord';
  return (
    <Table
      size="small"
      rowKey="index"
      dataSource={items}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 620 }}
      columns={[
        {
          key: 'resource',
          title: t('claims.column.resource'),
          width: 190,
          render: (_, row) => row.name || row.code || t('claims.bulk.unseen'),
        },
        {
          key: 'outcome',
          title: t('claims.bulk.outcomeColumn'),
          width: 110,
          render: (_, row) => (
            <Tag color={outcomeColours[row.outcome]}>{t(`claims.bulk.${word}.${row.outcome}`)}</Tag>
          ),
        },
        {
          key: 'cost',
          title: t('claims.price.total'),
          width: 120,
          align: 'right',
          render: (_, row) => formatMoney(row.price?.totalCny ?? null, words.language),
        },
        {
          key: 'why',
          title: t('claims.bulk.why'),
          render: (_, row) => (
            <>
              {row.explanation === null ? null : (
                <Tag data-testid="bulk-claim-rule">{words.rule(row.explanation.rule)}</Tag>
              )}
              {[row.explanation ?? row.message, ...row.warnings]
                .flatMap((sentence) => (sentence === null ? [] : [words.sentence(sentence)]))
                .join(' ')}{' '}
              {result.dryRun || row.claimId === null ? null : (
                <Link to={claimPath(row.claimId)} target="_blank">
                  {t(row.outcome === 'refused' ? 'claims.bulk.substitutes' : 'claims.bulk.show')}
                </Link>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

/** Of those that would be made; null where nobody knows a price. */
function costOf({ items }: BulkClaimResultJson): number | null {
  const known = items.flatMap(({ outcome, price }) =>
    outcome === 'refused' || price?.totalCny == null ? [] : [price.totalCny],
  );
  return known.length === 0 ? null : known.reduce((sum, cny) => sum + cny, 0);
}
