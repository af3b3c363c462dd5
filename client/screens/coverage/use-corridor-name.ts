// What people call a corridor: the name of the road, or the words for its class.
import { useTranslation } from 'react-i18next';
import { readCorridorId } from '../../../engine/index.ts';

export function useCorridorName(): (corridorId: string) => string {
  const { t } = useTranslation();
  return (corridorId) => {
    const word = readCorridorId(corridorId);
    if (word === null) return corridorId;
    return word.by === 'name'
      ? word.value
      : t(`requirements.corridors.classNames.${word.value}`, { defaultValue: word.value });
  };
}
