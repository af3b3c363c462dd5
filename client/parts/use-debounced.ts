// A value that follows another once it has rested, so that typing does not ask the server at every letter.
import { useEffect, useState } from 'react';

/** The latest value that stood still for `restMs`. */
export function useDebounced<Value>(value: Value, restMs = 250): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
