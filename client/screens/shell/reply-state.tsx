// What stands in a drawer until its row is there: waiting, nothing of that id within reach, or a refusal that can be asked again.
import { Empty, Spin } from 'antd';
import { ApiError } from '../../api/fetch-reply.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTableError } from './use-table-error.ts';

export interface ReplyStateProps {
  readonly reply: { readonly isPending: boolean; readonly error: unknown; readonly refetch: () => unknown };
  /** Said for an id that is unknown, or of somebody else. */
  readonly notFound: string;
}

export function ReplyState({ reply, notFound }: ReplyStateProps) {
  const refused = useTableError(reply);
  if (reply.isPending) return <Spin />;
  if (reply.error instanceof ApiError && reply.error.status === 404)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={notFound} />;
  return refused === null ? null : <ErrorNote {...refused} />;
}
