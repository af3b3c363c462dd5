// What a table says while there is no plan to speak of.
import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function NeedPlan() {
  const { t } = useTranslation();
  return (
    <Empty className="need-plan" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('plan.needPlan')} />
  );
}
