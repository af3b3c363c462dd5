// Words on the map itself.
export const messages = {
  label: '地图',
  marker: '可拖动的标记',
  zoomIn: '放大',
  zoomOut: '缩小',
  failed: '地图无法显示。',
  failedHint: '浏览器需要支持 WebGL2：请启用硬件加速或换用新版浏览器，再刷新页面。',
  drawPolygon: '逐点单击绘制；点回起点或按 Enter 结束，Esc 取消。',
  drawRectangle: '单击两个对角绘制矩形；Esc 取消。',
  drawProblems: {
    crosses: '边界自相交，不能作为规划范围，请重新绘制。',
    'too-few-corners': '至少需要三个不同的角点，请重新绘制。',
  },
} as const;
