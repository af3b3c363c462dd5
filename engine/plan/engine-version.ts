// The version every fingerprint carries: raised whenever the same input may give another plan.
export const ENGINE_VERSION = '0.1.0';
