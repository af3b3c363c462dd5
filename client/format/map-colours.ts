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
  district: '#6b7684',
  pipe: '#8a5a2b',
  water: '#cfe0ee',
  ground: '#f4f3ef',
  road: '#ffffff',
  roadCasing: '#d5d7da',
} as const;

/** Ring around a plan site by its latest review. */
export const decisionColours = { 同意: '#389e0d', 退回: '#d48806', 不同意: '#cf1322' } as const;
