// Words of the table that every desk uses.
export const messages = {
  total: '共 {{total, number}} 条',
  tab: '{{title}} {{count, number}}',
  clear: '清除筛选',
  columns: '列',
  columnsTitle: '显示哪些列',
  columnsPlain: '恢复默认列',
  views: '视图',
  viewsTitle: '我保存的视图',
  noViews: '还没有。把当前的筛选和排序存成一个视图，下次一点就到。',
  viewName: '视图名称',
  saveView: '保存当前筛选',
  forgetView: '删除视图 {{name}}',
  chosen: '已选 {{count, number}} 条',
  unchoose: '取消选择',
  emptyFiltered: '没有符合条件的记录。放宽或清除筛选再看。',
};
