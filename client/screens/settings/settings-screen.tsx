// What an administrator sets for all desks: rule values, the calendar of working days, where notices are posted. The tab is part of the
// address; the calendar is read by everybody, because everybody's dates are counted by it, rules by all but owners.
import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../state/session.ts';
import { CalendarTab } from './calendar-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { WebhooksTab } from './webhooks-tab.tsx';

type SettingsTab = 'rules' | 'calendar' | 'webhooks';

export function SettingsScreen({ tab }: { readonly tab: SettingsTab }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayReadRules = useMay('rule:read');
  const mayReadWebhooks = useMay('webhook:read');
  const contents = { rules: <RulesTab />, calendar: <CalendarTab />, webhooks: <WebhooksTab /> };
  const tabs: readonly SettingsTab[] = [
    ...(mayReadRules ? (['rules'] as const) : []),
    'calendar',
    ...(mayReadWebhooks ? (['webhooks'] as const) : []),
  ];
  return (
    <Page title={t('settings.title')} subtitle={t('settings.subtitle')} testId="settings-screen">
      <Tabs
        activeKey={tab}
        onTabClick={(key) => void navigate(`/people/${key}`)}
        destroyOnHidden
        items={tabs.map((key) => ({
          key,
          label: <span data-testid={`settings-${key}`}>{t(`settings.tab.${key}`)}</span>,
          children: contents[key],
        }))}
      />
    </Page>
  );
}
