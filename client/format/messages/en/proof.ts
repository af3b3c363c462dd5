// Words of how good a plan is: the running search, the certificate, phases and duties, and what keeps a share out of reach.
export const messages = {
  search: {
    stage: {
      greedy: 'Greedy choice',
      prices: 'Prices for the bound',
      improve: 'Local improvement',
      exact: 'Exact search',
    },
    cost: 'Best so far',
    bound: 'Bound',
    gap: 'at most {{gap}} from the best',
    noGap: 'no bound yet',
    curve: 'Cost and bound along the search: {{cost}} now, bound {{bound}}',
    curveNoBound: 'Cost along the search: {{cost}} now',
    enough: 'Good enough, use it',
    enoughHint: 'Ends the search and finishes the best plan so far',
    enoughEarly: 'As soon as there is a first plan',
    ending: 'Finishing…',
    cancel: 'Cancel',
  },
  badge: {
    cost: 'at most {{gap}} from the best',
    covered: 'at most {{gap}} below the bound',
    optimal: 'proven optimal',
  },
  certificate: {
    title: 'Certificate',
    cost: 'With these candidates, coverage and weights no plan that reaches the shares costs less than {{bound}}; this one costs {{value}}.',
    covered:
      'With these candidates, coverage and weights no plan within the limits covers more than {{bound}}; this one covers {{value}}.',
    optimal: 'It is proved that there is no better plan.',
    methods: {
      prices: 'The bound comes from prices ({{steps}} steps); the exported prices let anyone recount it.',
      exact: 'Proved by a complete search.',
      counted: 'Found by counting; there was nothing to search.',
    },
    coveredPrices:
      'The bound comes from prices ({{steps}} steps); the exported prices let anyone recount it.',
    lastPoint: 'The last percentage point is worth about {{money}}.',
  },
  phases: {
    title: 'Phases (from the beginning)',
    name: 'Phase',
    sites: 'Sites',
    cost: 'Cost (CNY 10,000)',
    share: 'Covered',
    target: 'Target',
    bound: 'Bound',
    missed: 'missed',
    all: 'All phases',
    filter: 'Sites of one phase',
  },
  duties: {
    title: 'Shares of single areas',
    area: 'Area',
    asked: 'Asked',
    reached: 'Reached',
    best: 'All candidates',
  },
  shortfall: {
    notReachable:
      'All candidates together reach {{best}}, {{missing}} short of {{target}}: no candidate covers the ground that is missing.',
    rulesBind:
      'Spacing or quotas keep the share out of reach: {{covered}} of {{target}}. Without those rules the candidates could reach {{best}}.',
    phasesBind: 'The budgets or counts of the phases keep the share out of reach: {{covered}} of {{target}}.',
    budgetSpent:
      '{{cost}} of {{budget}} is spent; {{covered}} is covered, {{missing}} short of {{target}}.',
    countReached:
      'All {{sites}} new sites are used; {{covered}} is covered, {{missing}} short of {{target}}.',
    missed: 'The request is not met: {{covered}} of {{target}} is covered.',
    mostWithin: 'Within these limits no plan covers more than {{bound}}.',
    lastPoint: 'One more percentage point would cost about {{money}}.',
    duty: '{{area}} was to reach {{asked}} and has {{reached}}; all candidates together reach {{best}} there.',
    dutyMissed: '{{area}} was to reach {{asked}} and has {{reached}} (all candidates would reach {{best}}).',
    phase: '{{name}} covers {{reached}}, short of its {{asked}}.',
    phaseRules: '{{name}} misses a share of a single area.',
    uncovered: 'See what is uncovered',
    lower: 'Plan for {{share}}',
    change: 'Change the settings',
  },
  exports: {
    certificate: 'Certificate (JSON)',
    prices: 'Prices (BIN, for a recount)',
  },
  column: 'Gap',
  columnHint: 'How far from the best at the most',
  columnOptimal: 'optimal',
} as const;
