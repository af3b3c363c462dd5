// Words of the progress report; the bases of counting are those of the field.
export const messages = {
  title: 'Progress',
  subtitleOwn:
    'Sites of your organisation by town: listed, built, on the air and accepted. What stood before is counted for all operators.',
  subtitle:
    'Taken into the plan, built, on air and accepted, by town; the basis of counting stands beside the figures.',
  period: 'Period',
  unitLabel: 'Counted unit',
  formLabel: 'Form',
  unit: {
    physical: 'Physical sites',
    logical: 'Logical stations (per operator)',
    shared: 'Shared counted once (by builder)',
  },
  form: {
    macro: 'Outdoor macro',
    pole: 'Outdoor micro and pole',
    outdoor: 'Outdoor',
    indoor: 'Indoor',
    all: 'All forms',
  },
  stage: { listed: 'In the plan', built: 'Built', onAir: 'On air', accepted: 'Accepted' },
  added: '{{count}} in the period',
  standing: 'Standing sites',
  standingNote: 'in use without a case here',
  basis: 'Basis: {{unit}}, {{form}}, cumulative at the end of {{to}}, period {{from}} to {{to}}.',
  column: { district: 'District', town: 'Town', total: 'Total', added: 'New' },
  nowhere: 'No district',
  noTown: 'No town',
  empty: 'Nothing yet on this basis',
  overrides: 'Removed before replacement',
};
