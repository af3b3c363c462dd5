// The question before something typed is lost; where nothing was typed nobody is asked.
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

export function useLeave(isTouched: boolean): (go: () => void) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (go) => {
    if (!isTouched) {
      go();
      return;
    }
    modal.confirm({
      title: t('library.drawer.leave'),
      okText: t('library.drawer.leaveAct'),
      cancelText: t('library.drawer.leaveStay'),
      okButtonProps: { danger: true },
      // Enter by habit keeps what was typed
      autoFocusButton: 'cancel',
      onOk: go,
    });
  };
}
