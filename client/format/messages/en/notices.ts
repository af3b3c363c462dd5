// Words of notices. Each kind is one sentence, filled from the facts its desk sends with it.
export const messages = {
  open: 'Notices',
  openCount: 'Notices, {{count}} unread',
  title: 'Notices',
  unreadOnly: 'Unread only',
  allRead: 'Mark all as read',
  none: 'There are no notices yet.',
  noneUnread: 'Nothing is unread.',
  more: 'Show earlier ones',
  rest: '{{count, number}} earlier ones are not listed.',
  today: 'Today',
  go: 'Open',
  unreadMark: 'unread',
  other: 'News about: {{noun}}',
  kind: {
    'case-delivered': '{{number}} {{name}} was handed over; please confirm it and put it on the air.',
    'case-on-air': '{{number}} {{name}} is on the air and waits to be verified.',
    'case-sent-back': '{{number}} {{name}} was sent back to {{state}}: {{reason}}',
    'case-held-up': '{{number}} {{name}} is held up: {{reason}}',
    'export-asked': '{{by}} asks for a file with {{rows}} rows of coordinates.',
    'export-decided': 'Your file with {{rows}} rows of coordinates: {{state}} ({{by}}).',
    'rule-proposed': '{{by}} proposes another rule value, please decide: {{rule}}, {{wanted}}.',
    'rule-proposal-moved':
      'The day of an accepted proposal has come, but its rule was changed meanwhile, please decide again: {{rule}}.',
    'rule-proposal-accepted': 'Your proposal for a rule was accepted by {{by}}: {{rule}}, {{wanted}}.',
    'rule-proposal-refused': 'Your proposal for a rule was refused by {{by}}: {{rule}}, {{wanted}}.',
    'plan-consulted': 'The plan "{{name}}" is open for comments until {{until}}.',
    'plan-noticed': 'The plan "{{name}}" is under public notice; objections are taken until {{until}}.',
    'plan-submitted': '{{by}} has submitted the plan "{{name}}" for approval.',
    'plan-approved': 'The plan "{{name}}" has been approved: {{documentNo}} ({{by}}).',
    'plan-returned': 'The plan "{{name}}" was returned by {{by}}: {{reason}}',
    'plan-taken-back': 'The plan "{{name}}" was taken back by {{by}}: {{reason}}',
    'plan-in-force': 'The plan "{{name}}" is in force from {{day}}.',
    'plan-replaced': 'The plan "{{name}}" has been replaced by a newer one.',
    'comment-made': '{{by}} has commented on "{{name}}". Please answer.',
    'comment-answered': '{{by}} has answered your comment on "{{name}}": {{outcome}}.',
    'area-submitted': '{{by}} submitted the target area "{{name}}", please decide.',
    'area-submitted-many': '{{by}} submitted {{areas}} target areas, "{{name}}" among them, please decide.',
    'area-changed':
      'The target area "{{name}}" was submitted or approved; {{by}} changed it, it is a draft again.',
    'area-changed-many':
      '{{areas}} target areas that were submitted or approved, "{{name}}" among them, were changed by {{by}} and are drafts again.',
    'area-approved': 'Your target area "{{name}}" was approved by {{by}}. {{reason}}',
    'area-approved-many':
      '{{areas}} of your target areas, "{{name}}" among them, were approved by {{by}}. {{reason}}',
    'area-returned': 'Your target area "{{name}}" was returned by {{by}}: {{reason}}',
    'area-returned-many':
      '{{areas}} of your target areas, "{{name}}" among them, were returned by {{by}}: {{reason}}',
    'relocation-registered': 'Relocation {{number}} was registered: {{project}}',
    'relocation-overridden': 'The district let relocation {{number}} ({{project}}) pass: {{reason}}',
    'relocation-gate-open': 'Relocation {{number}} ({{project}}) may be taken down.',
    'relocation-removed': 'Relocation {{number}} ({{project}}) was taken down and waits to be closed.',
    'batch-submitted': 'Batch {{number}} was submitted: {{title}}, {{rows}} rows to review.',
    'batch-town-asked': 'Batch {{number}} ({{title}}) has {{rows}} rows for the opinion of your town.',
    'batch-town-due': 'Batch {{number}} ({{title}}): the opinion of the town is due on {{rows}} rows.',
    'batch-rows-due': 'Batch {{number}} ({{title}}): {{rows}} rows are due for a decision.',
    'batch-rows-returned':
      'Batch {{number}} ({{title}}): {{rows}} rows were returned; amend and submit them again.',
    'batch-row-back':
      'Batch {{number}} ({{title}}): row {{place}}, "{{name}}", came back; review what changed.',
    'batch-withdrawn': 'Batch {{number}} was withdrawn: {{title}}.',
    'batch-closed':
      'Batch {{number}} ({{title}}) is closed: {{agreed}} agreed, {{returned}} returned, {{refused}} refused, {{problems}} to the problem list.',
    'batch-urged-town':
      'Batch {{number}} ({{title}}): {{by}}, {{organisation}}, urges the opinion of the town on {{rows}} rows. {{text}}',
    'batch-urged-submitter':
      'Batch {{number}} ({{title}}): {{by}}, {{organisation}}, urges {{rows}} returned rows. {{text}}',
    'batch-urged-district':
      'Batch {{number}} ({{title}}): {{by}}, {{organisation}}, urges the decision on {{rows}} rows. {{text}}',
    'batch-countersigns-due':
      'Batch {{number}} ({{title}}): the answer of departments is due on {{rows}} rows: {{departments}}.',
    'batch-handed-over': '{{by}} handed batch {{number}} ({{title}}) over to you. {{text}}',
    'batch-copied': 'Batch {{number}} ({{title}}) is closed; your organisation gets a copy of the letter.',
    'problem-urged':
      'Problem {{number}} ({{title}}): {{by}}, {{organisation}}, urges it to be handled. {{text}}',
    'problem-urged-district':
      'Problem {{number}} ({{title}}): {{by}}, {{organisation}}, urges it to be assigned. {{text}}',
    'problem-raised': 'New problem {{number}} waits to be assigned: {{title}}',
    'problem-assigned': 'Problem {{number}} was assigned: {{title}}',
    'problem-settled': 'Problem {{number}} is settled, please confirm: {{title}}',
    'problem-closed': 'Problem {{number}} is closed: {{title}}',
    'problem-returned': 'Problem {{number}} was sent back: {{title}}',
    'problem-reopened': 'Problem {{number}} was reopened: {{title}}',
    'problem-escalated': 'Problem {{number}} rose to a higher level: {{title}}',
    'claim-held': '{{resource}} is held by {{company}} for {{operators}} until {{until}}.',
    'claim-confirm': '{{company}} wants to share {{resource}} for {{operators}}. Please answer by {{until}}.',
    'claim-shared':
      'All have agreed to share {{resource}}: held by {{company}} for {{operators}} until {{until}}.',
    'claim-asked': '{{operators}} asks for {{resource}}; a tower company may take it up until {{until}}.',
    'claim-taken': '{{company}} took up the request of {{operators}} for {{resource}}, held until {{until}}.',
    'claim-ending': 'The claim of {{company}} on {{resource}} ends on {{until}}.',
    'claim-expired': 'The claim on {{resource}} ({{operators}}) has run out.',
    'claim-released': 'The claim on {{resource}} ({{operators}}) was released.',
    'claim-forced': 'The claim on {{resource}} was taken back: {{reason}}',
    'claim-lost': 'The claim on {{resource}} ({{operators}}) was not won: {{rule}}.',
    'claim-override': 'A rule was set aside for a claim on {{resource}}: {{reason}} ({{by}})',
  },
} as const;
