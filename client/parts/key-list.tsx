// The keys of a screen in a dialog, opened with ?.
import { Modal } from 'antd';
import styles from './parts.module.css';

export interface KeyLine {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface KeyListProps {
  readonly open: boolean;
  readonly title: string;
  readonly lines: readonly KeyLine[];
  readonly onClose: () => void;
}

export function KeyList({ open, title, lines, onClose }: KeyListProps) {
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onClose}
      footer={null}
      width={420}
      // keys wait while a dialog is open: it goes at once
      transitionName=""
      maskTransitionName=""
    >
      <dl className={styles.keys} data-testid="key-list">
        {lines.map((line) => (
          <Line key={line.does} {...line} />
        ))}
      </dl>
    </Modal>
  );
}

function Line({ keys, does }: KeyLine) {
  return (
    <>
      <dt>
        {keys.map((key) => (
          <kbd key={key} style={{ marginRight: 4 }}>
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </>
  );
}
