// The target areas this person may read: none, and no refused call, for whoever may not (owners of resources).
import { useAreas } from '../api/areas.ts';
import { useMay } from './session.ts';

export const useKnownAreas = () => useAreas(useMay('area:read'));
