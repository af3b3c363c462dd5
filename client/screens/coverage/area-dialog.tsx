// Name and kind for the area that was just drawn; saving chooses it for the next plan.
import { App, AutoComplete, Form, Input, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { polygonAreaKm2 } from '../../../engine/index.ts';
import { useCreateArea } from '../../api/areas.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatArea } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { areasStore, chooseAreas, stopDrawing } from '../../state/areas.ts';
import { useStore } from '../../state/make-store.ts';
import { viewStore } from '../../state/view.ts';
import { areaKinds } from './area-choice.ts';

interface AreaFields {
  readonly name: string;
  readonly kind: string;
}

export function AreaDialog() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<AreaFields>();
  const drawn = useStore(areasStore, (now) => now.drawn);
  const create = useCreateArea();
  const { reset } = create;
  useEffect(() => {
    if (drawn !== null) reset();
  }, [drawn, reset]);

  const save = ({ name, kind }: AreaFields) => {
    if (drawn === null) return;
    const coordinates = drawn.coordinates.map((rings) => rings.map((ring) => ring.map((at) => [...at])));
    create.mutate(
      { name: name.trim(), kind: kind.trim(), geometry: { type: 'MultiPolygon', coordinates } },
      {
        onSuccess: (area) => {
          chooseAreas([...areasStore.get().chosenIds, area.id]);
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
      width={420}
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
      {drawn === null ? null : (
        <p className="soft">
          {t('coverage.areas.size', { area: formatArea(polygonAreaKm2(drawn), language) })}
        </p>
      )}
      {create.error ? <ErrorNote {...describeError(create.error, language)} /> : null}
    </Modal>
  );
}
