// Words on the map itself.
export const messages = {
  label: 'Map',
  marker: 'Marker that can be dragged',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  failed: 'The map cannot be shown.',
  failedHint:
    'The browser needs WebGL2: switch hardware acceleration on or use a current browser, then reload.',
  drawPolygon: 'Click corner by corner; close on the first corner or with Enter, Esc cancels.',
  drawRectangle: 'Click two opposite corners; Esc cancels.',
  drawProblems: {
    crosses: 'The border crosses itself, so it cannot be a target area. Please draw it again.',
    'too-few-corners': 'An area needs at least three different corners. Please draw it again.',
  },
} as const;
