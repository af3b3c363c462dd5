// Tag colours of a plan's outcome and of a job's state.
export const statusColours = {
  reached: 'green',
  'budget-spent': 'gold',
  'count-reached': 'gold',
  'rules-bind': 'gold',
  'not-reachable': 'red',
} as const;

export const stateColours = {
  queued: 'default',
  running: 'processing',
  done: 'success',
  failed: 'error',
  cancelled: 'warning',
} as const;

export const decisionTags = { 同意: 'green', 退回: 'gold', 不同意: 'red' } as const;
