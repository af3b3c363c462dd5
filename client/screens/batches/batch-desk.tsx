// The review desk: rows on the left, the row in hand on the right, decisions by keyboard. Each act shows at once and is sent in the
// background (state/batch-outbox.ts); the row that waits next gets the focus. What keys and acts mean is decided in plain functions.
import { App } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { ReviewReasonCode } from '../../../engine/index.ts';
import type { ActResultJson, BatchJson, BatchRowJson } from '../../../server/contract/batches.ts';
import type { MeJson } from '../../../server/contract/people.ts';
import { formatCount } from '../../format/numbers.ts';
import { readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import type { TellHover } from '../../parts/desk-map-pane.tsx';
import { Page } from '../../parts/page.tsx';
import { useKeyCommands } from '../../parts/use-key-commands.ts';
import { useNarrow } from '../../parts/use-narrow.ts';
import { enqueueAct, forgetAct, undoLast } from '../../state/batch-outbox.ts';
import { focusPlan, focusSite } from '../../state/focus.ts';
import { rowsOf, type SeenRow, type UnsentAct } from '../../state/unsent-acts.ts';
import { BatchActions } from './batch-actions.tsx';
import { batchActs, mayOpine, waitsFor } from './batch-acts.ts';
import { BatchHead } from './batch-head.tsx';
import { BatchKeys, type DeskCommand, deskKeys } from './batch-keys.tsx';
import { BatchMap, RowMap } from './batch-map.tsx';
import styles from './batches.module.css';
import { BulkDialog } from './bulk-dialog.tsx';
import { CountersignDialog, type CountersignDialogProps } from './countersign-dialog.tsx';
import { nameOfDepartment } from './department-names.ts';
import { DeskRows } from './desk-rows.tsx';
import { DeskToolbar } from './desk-toolbar.tsx';
import { HandoverDialog } from './handover-dialog.tsx';
import { manyRows } from './kept-reasons.ts';
import type { ReasonDraft } from './reason-form.tsx';
import { rowOnMapPath } from './row-on-map-path.ts';
import { RowPane } from './row-pane.tsx';
import { countFilters, nextWaiting, type RowNews, rowNews, shownRows } from './row-rules.ts';
import { UnsentNotes } from './unsent-notes.tsx';
import { UrgeDialog } from './urge-dialog.tsx';
import { useBatchWords } from './use-batch-words.ts';
import { useKeptReasons } from './use-kept-reasons.ts';
import { useOutbox } from './use-outbox.ts';
import { useRowWalk } from './use-row-walk.ts';
import type { Verb } from './verb-menu.tsx';
import { type Verdict, verdictOfKey, verdictsOf, workOf } from './verdict.ts';

export interface BatchDeskProps {
  readonly batch: BatchJson;
  readonly rows: readonly BatchRowJson[];
  readonly me: MeJson;
}

/** Below this width the desk shows the rows or the row in hand, not both. */
const NARROW_PX = 900;

export function BatchDesk({ batch, rows, me }: BatchDeskProps) {
  const words = useBatchWords();
  const { t } = words;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const isNarrow = useNarrow(NARROW_PX);
  const acts = useMemo(() => batchActs(me, batch), [me, batch]);
  const [news, setNews] = useState<ReadonlyMap<string, readonly RowNews[]>>(new Map());
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const reasons = useKeptReasons(me.id, batch.id);
  const [bulk, setBulk] = useState<Verdict | null>(null);
  /** Who is urged first; null: nobody is being urged. */
  const [urged, setUrged] = useState<{ readonly townCode: string | null } | null>(null);
  const [asked, setAsked] = useState<Pick<CountersignDialogProps, 'rows' | 'seen'> | null>(null);
  const [isHandingOver, setHandingOver] = useState(false);
  const [isKeysOpen, setKeysOpen] = useState(false);
  const [isRowOpen, setRowOpen] = useState(false);
  const [params, setParams] = useSearchParams();
  const isMapOpen = readDeskMap(params).map;
  const tellHover = useRef<TellHover>(null);
  const list = useRef<HTMLElement>(null);
  const pane = useRef<HTMLElement>(null);

  /** Rows as they were when they were acted on: what differs when an act comes too late. */
  const actedOn = useRef(new Map<string, BatchRowJson>());
  /** After an act of one's own the answer knows better than a batch that was read meanwhile. */
  const undoableId = useRef<string | null | undefined>(undefined);

  const outbox = useOutbox(me.id, batch.id, { answered, stale });
  const all = useMemo(() => shownRows(rows, outbox.acts, me.name), [rows, outbox.acts, me.name]);
  const waits = (row: BatchRowJson) => waitsFor(me, acts.mode, row);
  const walk = useRowWalk(rows, all, waits);
  const { row, shown } = walk;
  const draft = draftOf(walk.currentId);
  const counts = useMemo(() => countFilters(all), [all]);
  const isRowAlone = isNarrow && isRowOpen;
  const canAct = acts.mode === 'decide' || acts.mode === 'opine';
  const mayActOn = (one: BatchRowJson) =>
    acts.mode === 'decide' || (acts.mode === 'opine' && mayOpine(me, one));
  const selected = useMemo(() => all.filter(({ id }) => selectedIds.includes(id)), [all, selectedIds]);
  const staleAct = outbox.acts.find(
    ({ stage, work }) => stage === 'stale' && rowsOf(work).some(({ id }) => id === walk.currentId),
  );

  useKeyCommands(deskKeys, (command) => {
    // the reason of a decision has its own keys
    if (draft !== null) return;
    const verdict = verdictOfKey(command, acts.mode);
    if (verdict === null) obey(command);
    else judge(verdict);
  });

  return (
    <Page
      title={batch.title}
      subtitle={isRowAlone ? null : <BatchHead batch={batch} words={words} />}
      width="full"
      testId="batch-screen"
      actions={
        isRowAlone ? null : (
          <BatchActions
            batch={batch}
            acts={acts}
            unsent={outbox.acts.length}
            words={words}
            onKeys={() => setKeysOpen(true)}
            onVerb={startVerb}
            onRow={walk.goTo}
          />
        )
      }
    >
      <UnsentNotes
        outbox={outbox}
        words={words}
        rows={rows}
        news={news}
        onConfirm={confirm}
        onRow={(id) => {
          walk.goTo(id);
          if (isNarrow) openRow();
        }}
      />
      {isRowAlone ? null : (
        <DeskToolbar
          batch={batch}
          words={words}
          counts={counts}
          walk={walk}
          mode={acts.mode}
          isMapOpen={isMapOpen}
          onMap={toggleMap}
          selected={selected.length}
          sending={outbox.acts.filter(({ stage }) => stage === 'waiting').length}
          onJudge={judge}
          onCountersign={acts.countersign ? () => startVerb('countersign') : null}
          onSelectShown={() => setSelectedIds(shown.filter(mayActOn).map(({ id }) => id))}
          onClear={() => setSelectedIds([])}
          onUndo={undo}
        />
      )}
      <div className={styles.desk} data-map={isMapOpen && !isRowAlone}>
        {isRowAlone ? null : (
          <DeskRows
            frame={list}
            rows={shown}
            words={words}
            mode={acts.mode}
            currentId={walk.currentId}
            selection={canAct ? { ids: selectedIds, onChange: setSelectedIds, mayChoose: mayActOn } : null}
            onCurrent={openFromList}
            onHover={(id) => tellHover.current?.(id)}
            onShowAll={() => walk.show('all')}
          />
        )}
        {isMapOpen && !isRowAlone ? (
          <BatchMap
            rows={shown}
            words={words}
            currentId={walk.currentId}
            tellHover={tellHover}
            onOpen={openFromList}
          />
        ) : null}
        {isNarrow && !isRowOpen ? null : (
          <div className={styles.paneColumn}>
            {row === undefined || (isMapOpen && !isRowAlone) ? null : (
              <RowMap rows={all} row={row} words={words} accountId={me.id} onOpen={walk.goTo} />
            )}
            <RowPane
              key={walk.currentId ?? ''}
              frame={pane}
              row={row}
              // a town sees its own rows of them, by their places in the batch
              total={Math.max(rows.length, rows.at(-1)?.place ?? 0)}
              batch={batch}
              acts={acts}
              mayJudge={row !== undefined && mayActOn(row)}
              words={words}
              draft={draft}
              hasNews={isNewsToPerson()}
              onSeen={() => walk.see(rows.find(({ id }) => id === walk.currentId))}
              onJudge={judge}
              onDraft={(next) => setDraft(walk.currentId, next)}
              onRecord={(verdict, reasonCode, text) => record(verdict, inHand(), reasonCode, text)}
              onDepartment={(opinion) =>
                enqueueAct(batch.id, { kind: 'department', rows: inHand(), ...opinion })
              }
              onCountersign={() => startVerb('countersign')}
              onCountersignBack={(department) =>
                enqueueAct(batch.id, { kind: 'countersign-back', rows: inHand(), department })
              }
              onUrgeTown={() => setUrged({ townCode: row?.townCode ?? null })}
              onStep={walk.step}
              onBack={isNarrow ? backToList : null}
            />
          </div>
        )}
      </div>
      {bulk === null ? null : (
        <BulkDialog
          draft={{ reasonCode: null, text: '', ...draftOf(manyRows), verdict: bulk }}
          rows={selected}
          words={words}
          onDraft={(next) => reasons.put(manyRows, next)}
          onRecord={(seen, reasonCode, text) => {
            closeBulk();
            record(bulk, seen, reasonCode, text);
          }}
          onClose={closeBulk}
        />
      )}
      {urged === null ? null : (
        <UrgeDialog batch={batch} words={words} townCode={urged.townCode} onClose={() => setUrged(null)} />
      )}
      {isHandingOver ? (
        <HandoverDialog batch={batch} words={words} onClose={() => setHandingOver(false)} />
      ) : null}
      {asked === null ? null : (
        <CountersignDialog
          {...asked}
          words={words}
          onAsk={(department, on) => {
            setAsked(null);
            remember(on);
            enqueueAct(batch.id, { kind: 'countersign', rows: on, ...department });
            setSelectedIds([]);
          }}
          onClose={() => setAsked(null)}
        />
      )}
      <BatchKeys mode={acts.mode} open={isKeysOpen} onClose={() => setKeysOpen(false)} />
    </Page>
  );

  function openFromList(id: string): void {
    walk.goTo(id);
    if (isNarrow) openRow();
  }

  function toggleMap(): void {
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        writeDeskMap(next, { map: !isMapOpen, bbox: null });
        return next;
      },
      { replace: true },
    );
  }

  /** Null too where it cannot be said any more. */
  function draftOf(id: string | null): ReasonDraft | null {
    const kept = id === null ? undefined : reasons.drafts.get(id);
    const isSayable = verdictsOf(acts.mode).some(({ value }) => value === kept?.verdict.value);
    return kept !== undefined && isSayable ? kept : null;
  }

  function setDraft(id: string | null, next: ReasonDraft | null): void {
    if (id !== null) reasons.put(id, next);
  }

  function closeBulk(): void {
    setBulk(null);
    reasons.put(manyRows, null);
  }

  function obey(command: DeskCommand): void {
    if (command === 'next') walk.step(1);
    else if (command === 'previous') walk.step(-1);
    else if (command === 'keys') setKeysOpen(true);
    else if (command === 'undo') undo();
    else if (command === 'urge' || command === 'countersign' || command === 'handover') startVerb(command);
    else if (command === 'escape') backToList();
    else if (command === 'enter' && staleAct !== undefined) confirm(staleAct);
    else if (command === 'enter') openRow();
    else if (row === undefined) return;
    else if (command === 'map') openMap(row);
    else if (command === 'select' && canAct && mayActOn(row)) toggle(row.id);
  }

  /** A department is asked about the selected rows, or about the row in hand. */
  function startVerb(verb: Verb): void {
    if (!acts[verb]) return;
    if (verb === 'urge') setUrged({ townCode: null });
    else if (verb === 'handover') setHandingOver(true);
    else if (selected.length > 0)
      setAsked({ rows: selected, seen: selected.map(({ id, version }) => ({ id, version })) });
    else if (row !== undefined) setAsked({ rows: [row], seen: inHand() });
  }

  function toggle(id: string): void {
    setSelectedIds((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));
  }

  function openRow(): void {
    setRowOpen(true);
    // on a narrow screen it is drawn first
    setTimeout(() => pane.current?.focus());
  }

  function backToList(): void {
    setRowOpen(false);
    setTimeout(() => list.current?.focus());
  }

  function openMap(one: BatchRowJson): void {
    if (one.planId !== null) focusPlan(one.planId);
    focusSite(one.siteId);
    void navigate(rowOnMapPath(one));
  }

  /** One row agreed to is recorded at once; reasons are asked for, and many rows are shown beforehand. */
  function judge(verdict: Verdict): void {
    if (selected.length > 0) setBulk(verdict);
    else if (row === undefined || !mayActOn(row)) return;
    else if (verdict.value === '同意') record(verdict, inHand(), null, '');
    else {
      if (isNarrow) setRowOpen(true);
      setDraft(row.id, { reasonCode: null, text: '', ...draft, verdict });
    }
  }

  /** The row in hand, in the version the person saw. */
  function inHand(): SeenRow[] {
    return row === undefined ? [] : [{ id: row.id, version: walk.seen?.version ?? row.version }];
  }

  function record(
    verdict: Verdict,
    on: readonly SeenRow[],
    reasonCode: ReviewReasonCode | null,
    text: string,
  ): void {
    if (staleAct !== undefined) forgetAct(staleAct.once);
    remember(on);
    enqueueAct(batch.id, workOf(verdict, on, reasonCode, text));
    setSelectedIds([]);
    goOn(on);
  }

  /** Rows as they are acted on. */
  function remember(on: readonly SeenRow[]): void {
    for (const { id } of on) {
      const saw = walk.seen?.id === id ? walk.seen : rows.find((one) => one.id === id);
      if (saw !== undefined) actedOn.current.set(id, saw);
    }
  }

  /** The same act on the rows as they are now: the person has looked at them again. */
  function confirm({ once, work }: UnsentAct): void {
    if (work.kind === 'undo') return;
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    forgetAct(once);
    enqueueAct(batch.id, {
      ...work,
      rows: work.rows.map(({ id, version }) => ({ id, version: versions.get(id) ?? version })),
    });
    if (work.kind !== 'countersign' && work.kind !== 'countersign-back') goOn(work.rows);
  }

  /** To the row that waits next after an act on these. */
  function goOn(actedOn: readonly SeenRow[]): void {
    const ids = new Set(actedOn.map(({ id }) => id));
    for (const id of ids) setDraft(id, null);
    const next =
      nextWaiting(shown, walk.currentId, waits, ids) ?? nextWaiting(all, walk.currentId, waits, ids);
    if (next === null && acts.mode === 'decide')
      void message.info(t('batches.desk.allDecided', { rows: formatCount(rows.length, words.language) }));
    else if (walk.currentId !== null && ids.has(walk.currentId)) walk.goTo(next);
    if (!isNarrow) list.current?.focus({ preventScroll: true });
  }

  function undo(): void {
    if (acts.mode !== 'decide') return;
    const known = undoableId.current === undefined ? batch.undoable?.actId : undoableId.current;
    const plan = undoLast(batch.id, known ?? null);
    if (plan === null) void message.info(t('batches.decide.nothingToUndo'));
    else if (plan.how === 'forget') walk.goTo(rowsOf(plan.act.work)[0]?.id ?? null);
  }

  function answered(act: UnsentAct, result: ActResultJson): void {
    undoableId.current = result.batch.undoable?.actId ?? null;
    const mine = result.rows.find(({ id }) => id === walk.currentId);
    if (mine !== undefined) walk.see(mine);
    const count = formatCount(result.rows.length, words.language);
    if (act.work.kind === 'undo') {
      walk.goTo(result.rows[0]?.id ?? null);
      if (result.rows[0] !== undefined) walk.see(result.rows[0]);
      void message.success(t('batches.decide.undone', { rows: count }));
    } else if (act.work.kind === 'countersign' || act.work.kind === 'countersign-back') {
      const department = nameOfDepartment(act.work.department, words);
      const done = act.work.kind === 'countersign' ? 'done' : 'backDone';
      void message.success(t(`batches.countersign.${done}`, { department, rows: count }));
    } else if (result.rows.length > 1) {
      void message.success(t('batches.decide.recorded', { rows: count, decision: words.said(act.work) }));
    }
  }

  function stale(_act: UnsentAct, fresh: readonly BatchRowJson[]): void {
    setNews((now) => {
      const changed = fresh.map((one) => {
        const before = actedOn.current.get(one.id);
        return [one.id, before === undefined ? (['other'] as const) : rowNews(before, one)] as const;
      });
      return new Map([...now, ...changed]);
    });
    const mine = fresh.find(({ id }) => id === walk.currentId);
    if (mine !== undefined) walk.see(mine);
    // nobody is taken away from a reason they are writing
    if (draft !== null || mine !== undefined) return;
    walk.goTo(fresh[0]?.id ?? null);
    walk.see(fresh[0]);
  }

  /** Somebody changed the row in hand while it was looked at. */
  function isNewsToPerson(): boolean {
    return (
      canAct &&
      row !== undefined &&
      !row.unsent &&
      staleAct === undefined &&
      walk.seen !== undefined &&
      walk.seen.version < row.version
    );
  }
}
