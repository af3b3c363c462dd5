// One colour per reason for which a place stays uncovered; also distinct when red and green look alike.
export const reasonColours = {
  'no-candidate-near': '#3b3b98',
  blocked: '#8c2d7e',
  'too-weak': '#b5651d',
  refused: '#cf1322',
  'not-needed': '#7f8c8d',
  limit: '#c59b08',
} as const;
