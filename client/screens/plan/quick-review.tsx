// 同意 · 退回 · 不同意 from the card, through the same dialog and the same call as the review screen.
import { CheckOutlined, CloseOutlined, RollbackOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reviewDecisions } from '../../../engine/index.ts';
import type { NewReviewJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { usePlanItems } from '../../api/plans.ts';
import { useSendReview } from '../../api/reviews.ts';
import { useMe } from '../../state/session.ts';
import { DecisionDialog } from '../review/decision-dialog.tsx';
import type { Decision } from '../review/review-decisions.ts';
import { useSiteWords } from '../sites/use-site-words.ts';

const icons = { 同意: <CheckOutlined />, 退回: <RollbackOutlined />, 不同意: <CloseOutlined /> };
const keys = { 同意: 'agree', 退回: 'return', 不同意: 'refuse' };

export interface QuickReviewProps {
  readonly planId: string;
  readonly siteId: string;
}

export function QuickReview({ planId, siteId }: QuickReviewProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useSiteWords();
  const send = useSendReview(planId);
  const items = usePlanItems(planId);
  const [asked, setAsked] = useState<Decision | null>(null);
  const reviewer = useMe()?.name ?? '';

  const record = (request: NewReviewJson) => {
    setAsked(null);
    send.mutate(request, {
      onError: (error) => void message.error(describeError(error, words.language).message),
    });
  };
  const decide = (decision: Decision) => {
    if (decision === '同意' && reviewer !== '') record({ siteIds: [siteId], decision, reviewer });
    else setAsked(decision);
  };

  return (
    <fieldset className="quick-review" aria-label={t('plan.card.decide')}>
      {reviewDecisions.map((decision) => (
        <Button
          key={decision}
          size="small"
          icon={icons[decision]}
          loading={send.isPending && send.variables.decision === decision}
          disabled={send.isPending}
          onClick={() => decide(decision)}
          data-testid={`card-${keys[decision]}`}
        >
          {words.term('decision', decision)}
        </Button>
      ))}
      {asked === null ? null : (
        <DecisionDialog
          decision={asked}
          siteIds={[siteId]}
          rows={items.data?.items ?? []}
          words={words}
          onRecord={record}
          onClose={() => setAsked(null)}
        />
      )}
    </fieldset>
  );
}
