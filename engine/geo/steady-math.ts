// Sine, logarithm and their kin with the same bits in every JavaScript engine. Math.sin, Math.log10, Math.pow and the like are
// left to the engine by the language and differ in the last digit between versions; a plan must not. These are ports of
// FreeBSD's msun and of Cephes (stdlib-js) that use only what IEEE 754 fixes: + - * / and square roots. Error: at most one
// unit in the last place, two for atan2 and sinh. Versions are pinned: another version may round differently.
export { default as acos } from '@stdlib/math-base-special-acos';
export { default as asin } from '@stdlib/math-base-special-asin';
export { default as atan } from '@stdlib/math-base-special-atan';
export { default as atan2 } from '@stdlib/math-base-special-atan2';
export { default as atanh } from '@stdlib/math-base-special-atanh';
export { default as cbrt } from '@stdlib/math-base-special-cbrt';
export { default as cos } from '@stdlib/math-base-special-cos';
export { default as exp } from '@stdlib/math-base-special-exp';
export { default as log } from '@stdlib/math-base-special-ln';
export { default as log1p } from '@stdlib/math-base-special-log1p';
export { default as log2 } from '@stdlib/math-base-special-log2';
export { default as log10 } from '@stdlib/math-base-special-log10';
export { default as pow } from '@stdlib/math-base-special-pow';
export { default as sin } from '@stdlib/math-base-special-sin';
export { default as sinh } from '@stdlib/math-base-special-sinh';
export { default as tanh } from '@stdlib/math-base-special-tanh';
