// Words of the table that every desk uses.
export const messages = {
  total: '{{total, number}} in all',
  tab: '{{title}} {{count, number}}',
  clear: 'Clear filters',
  columns: 'Columns',
  columnsTitle: 'Columns to show',
  columnsPlain: 'Usual columns',
  views: 'Views',
  viewsTitle: 'My saved views',
  noViews: 'None yet. Save the filters and the order you see now and come back with one click.',
  viewName: 'Name of the view',
  saveView: 'Save what I see',
  forgetView: 'Forget the view {{name}}',
  chosen: '{{count, number}} chosen',
  unchoose: 'Choose none',
  emptyFiltered: 'No row fits. Loosen or clear the filters.',
};
