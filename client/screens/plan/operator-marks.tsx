// Operators by their colours and names, as tables and the legend of the map tell them.
import { operatorColour } from '../../format/operator-colours.ts';
import { useOperatorName } from './use-operator-name.ts';

export function OperatorMarks({ ids }: { readonly ids: readonly string[] }) {
  const nameOf = useOperatorName();
  const shortOf = useOperatorName('short');
  return (
    <span className="operator-marks" title={ids.map(nameOf).join(' · ')}>
      {ids.map((id) => (
        <span key={id}>
          <i className="dot" style={{ background: operatorColour(id) }} /> {shortOf(id)}
        </span>
      ))}
    </span>
  );
}
