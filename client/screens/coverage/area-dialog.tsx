// Name, kind and target for the area that was just drawn; saving chooses it for the next plan. One that is drawn anew keeps them and is
// asked about only.
import { App, AutoComplete, Form, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MultiPolygon, polygonAreaKm2 } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { freshArea, useChangeArea, useCreateArea } from '../../api/areas.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { makeAct } from '../../api/once-key.ts';
import { formatArea } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { areasStore, pickAreas, stopDrawing } from '../../state/areas.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useStore } from '../../state/make-store.ts';
import { viewStore } from '../../state/view.ts';
import { RebaseNote } from '../areas/change-area-dialog.tsx';
import { type AreaTarget, TargetFields } from '../areas/target-fields.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { areaKinds } from './area-choice.ts';

export function AreaDialog() {
  const drawn = useStore(areasStore, (now) => now.drawn);
  const redrawId = useStore(areasStore, (now) => now.redrawId);
  const redrawn = useKnownAreas().data?.find(({ id }) => id === redrawId);
  return redrawId === null ? (
    <NewAreaDialog drawn={drawn} />
  ) : redrawn === undefined || drawn === null ? null : (
    <RedrawDialog area={redrawn} drawn={drawn} />
  );
}

const outlineOf = ({ coordinates }: MultiPolygon): AreaJson['geometry'] => ({
  type: 'MultiPolygon',
  coordinates: coordinates.map((rings) => rings.map((ring) => ring.map((at) => [...at]))),
});

interface AreaFields {
  readonly name: string;
  readonly kind: string;
}

const noTarget: AreaTarget = { coverageRule: null, targetShare: null, deadline: null };

function NewAreaDialog({ drawn }: { readonly drawn: MultiPolygon | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<AreaFields>();
  const create = useCreateArea();
  const [act] = useState(makeAct);
  const [target, setTarget] = useState(noTarget);
  const { reset } = create;
  useEffect(() => {
    if (drawn === null) return;
    reset();
    setTarget(noTarget);
  }, [drawn, reset]);

  const save = ({ name, kind }: AreaFields) => {
    if (drawn === null) return;
    create.mutate(
      { area: { name: name.trim(), kind: kind.trim(), geometry: outlineOf(drawn), ...target }, act },
      {
        onSuccess: (area) => {
          pickAreas([...areasStore.get().chosenIds, area.id]);
          stopDrawing();
          viewStore.set({ leftOpen: true, leftTab: 'setup' });
          void message.success(t('coverage.areas.saved', { name: area.name }));
        },
      },
    );
  };

  return (
    <Modal
      open={drawn !== null}
      title={t('coverage.areas.newTitle')}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={stopDrawing}
      destroyOnHidden
      width={460}
      okButtonProps={{ 'data-testid': 'area-save' }}
    >
      <Form<AreaFields>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ name: '', kind: areaKinds[0] }}
        onFinish={save}
      >
        <Form.Item
          name="name"
          label={t('coverage.areas.name')}
          rules={[{ required: true, whitespace: true, message: t('coverage.areas.nameMissing') }]}
        >
          <Input
            autoFocus
            maxLength={200}
            placeholder={t('coverage.areas.namePlaceholder')}
            data-testid="area-name"
          />
        </Form.Item>
        <Form.Item
          name="kind"
          label={t('coverage.areas.kind')}
          rules={[{ required: true, whitespace: true, max: 50 }]}
        >
          <AutoComplete options={areaKinds.map((kind) => ({ value: kind }))} />
        </Form.Item>
      </Form>
      <TargetFields target={target} onChange={(change) => setTarget((now) => ({ ...now, ...change }))} />
      {drawn === null ? null : (
        <p className="soft">
          {t('coverage.areas.size', { area: formatArea(polygonAreaKm2(drawn), language) })}
        </p>
      )}
      {create.error ? <ErrorNote {...describeError(create.error, language)} /> : null}
    </Modal>
  );
}

interface RedrawDialogProps {
  readonly area: AreaJson;
  readonly drawn: MultiPolygon;
}

function RedrawDialog({ area, drawn }: RedrawDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const work = useChangeArea();
  const [act] = useState(makeAct);
  const save = () =>
    work.mutate(
      { area, act, changes: { geometry: outlineOf(drawn) } },
      {
        onSuccess: () => {
          stopDrawing();
          void message.success(t('areas.changed'));
        },
      },
    );
  return (
    <Modal
      open
      title={t('areas.redrawTitle', { name: area.name })}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      confirmLoading={work.isPending}
      onOk={save}
      onCancel={stopDrawing}
      width={460}
      okButtonProps={{ 'data-testid': 'area-redraw-ok' }}
    >
      <div className={desk.stack} data-testid="area-redraw-dialog">
        <RebaseNote area={area} />
        <span>
          {t('areas.redrawNote', {
            before: formatArea(area.areaKm2, language),
            after: formatArea(polygonAreaKm2(drawn), language),
          })}
        </span>
        <RefusalNote error={freshArea(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
