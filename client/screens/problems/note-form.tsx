// How it goes, in words: as progress, or as evidence for closing it; with photographs of the case it is about, where there is one.
import { App, Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { usePhotos } from '../../api/cases.ts';
import { makeAct } from '../../api/once-key.ts';
import { useNoteOnProblem } from '../../api/problems.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './problems.module.css';

export interface NoteFormProps {
  readonly problem: Pick<ProblemJson, 'id' | 'objects'>;
  /** False: nothing can be added any more; what was typed meanwhile stays to be copied or tried. */
  readonly mayAdd: boolean;
  /** Whoever raised it may say how it goes, but evidence is for whoever handles it. */
  readonly mayEvidence: boolean;
}

export function NoteForm({ problem, mayAdd, mayEvidence }: NoteFormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const add = useNoteOnProblem();
  const [act] = useState(makeAct);
  const [kind, setKind] = useState<'progress' | 'evidence'>('progress');
  const [words, setWords] = useState('');
  const [photoIds, setPhotoIds] = useState<readonly string[]>([]);
  const mayPhotos = useMay('case:read') && mayAdd;
  const caseId = mayPhotos ? problem.objects.find(({ noun }) => noun === 'case')?.id : undefined;
  const save = () =>
    add.mutate(
      { id: problem.id, kind, note: { words: words.trim(), photoIds: [...photoIds] }, act },
      {
        onSuccess: () => {
          void message.success(t(`problems.note.done.${kind}`));
          setWords('');
          setPhotoIds([]);
        },
      },
    );
  if (!mayAdd && words === '' && photoIds.length === 0) return null;
  return (
    <section className={styles.note} data-testid="problem-note">
      {mayEvidence ? (
        <Radio.Group
          size="small"
          optionType="button"
          value={kind}
          options={(['progress', 'evidence'] as const).map((value) => ({
            value,
            label: t(`problems.note.${value}`),
          }))}
          onChange={(event) => setKind(event.target.value === 'evidence' ? 'evidence' : 'progress')}
        />
      ) : (
        <b>{t('problems.note.progress')}</b>
      )}
      <Input.TextArea
        value={words}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={4000}
        aria-label={t(`problems.note.${kind}`)}
        placeholder={t(`problems.note.hint.${kind}`)}
        onChange={(event) => setWords(event.target.value)}
        data-testid="problem-note-words"
      />
      {caseId === undefined ? null : <PhotoChoice caseId={caseId} value={photoIds} onChange={setPhotoIds} />}
      <RefusalNote error={add.error} />
      <Button
        disabled={words.trim() === '' && photoIds.length === 0}
        loading={add.isPending}
        onClick={save}
        data-testid="problem-note-save"
      >
        {t(`problems.note.save.${kind}`)}
      </Button>
    </section>
  );
}

interface PhotoChoiceProps {
  readonly caseId: string;
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

function PhotoChoice({ caseId, value, onChange }: PhotoChoiceProps) {
  const { t } = useTranslation();
  const photos = usePhotos(caseId).data ?? [];
  if (photos.length === 0) return null;
  return (
    <Select
      mode="multiple"
      maxCount={20}
      value={[...value]}
      placeholder={t('problems.note.photos')}
      aria-label={t('problems.note.photos')}
      style={{ width: '100%' }}
      options={photos.map(({ id, kind, fileName }) => ({
        value: id,
        label: t('problems.note.photo', {
          kind: t(`photos.kind.${kind}`, { defaultValue: kind }),
          name: fileName,
        }),
      }))}
      onChange={onChange}
      data-testid="problem-note-photos"
    />
  );
}
