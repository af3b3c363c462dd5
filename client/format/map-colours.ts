// Colours of the map's marks, in one place for layers, legend and layer tree. Coverage classes come from the engine.
// Marks stay blue, ink and violet so that none of them can be taken for a coverage level (red to green).
export const markColours = {
  plan: '#1456b8',
  /** Sites of a preview, so that nobody takes them for a saved plan. */
  preview: '#9a5b00',
  existing: '#1f2d3d',
  candidate: '#3f6d9c',
  proposed: '#7a4fc9',
  unavailable: '#9aa3ad',
  focus: '#fa8c16',
  area: '#0b3d91',
  areaLine: '#4a6fa8',
  district: '#6b7684',
  pipe: '#8a5a2b',
  water: '#cfe0ee',
  ground: '#f4f3ef',
  road: '#ffffff',
  roadCasing: '#d5d7da',
} as const;

/** Ring around a plan site by its latest review. */
export const decisionColours = { 同意: '#389e0d', 退回: '#d48806', 不同意: '#cf1322' } as const;

/** The colours of antd's tags as lines and tints on a map, so that a state looks the same in the table and on the ground. */
export const tagColours = {
  default: { line: '#7c8592', tint: '#f0f1f3' },
  gold: { line: '#faad14', tint: '#fffbe6' },
  orange: { line: '#fa8c16', tint: '#fff7e6' },
  volcano: { line: '#fa541c', tint: '#fff2e8' },
  red: { line: '#f5222d', tint: '#fff1f0' },
  magenta: { line: '#eb2f96', tint: '#fff0f6' },
  purple: { line: '#722ed1', tint: '#f9f0ff' },
  geekblue: { line: '#2f54eb', tint: '#f0f5ff' },
  blue: { line: '#1677ff', tint: '#e6f4ff' },
  cyan: { line: '#13c2c2', tint: '#e6fffb' },
  green: { line: '#52c41a', tint: '#f6ffed' },
} as const;
export type TagColour = keyof typeof tagColours;

/** Several states in one mark. */
export const mixedColour = { line: '#3b4756', tint: '#ffffff' } as const;
