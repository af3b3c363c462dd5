// Colours and sizes of every control: calm, dense enough for tables, the map carries the colour.
import type { ThemeConfig } from 'antd';

/** Who asks the system for less motion gets none. */
const isCalm = typeof window !== 'undefined' && window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export const theme: ThemeConfig = {
  token: {
    motion: !isCalm,
    colorPrimary: '#1456b8',
    colorInfo: '#1456b8',
    colorLink: '#1456b8',
    colorTextBase: '#1b2430',
    colorBgLayout: '#eef1f5',
    borderRadius: 6,
    fontSize: 13,
    controlHeight: 30,
    fontFamily:
      "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Source Han Sans SC', system-ui, sans-serif",
  },
  components: {
    Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8, headerBg: '#f5f7fa' },
    Tabs: { horizontalItemPaddingSM: '6px 0', horizontalMargin: '0' },
    Form: { itemMarginBottom: 10, verticalLabelPadding: '0 0 2px' },
  },
};
