// npm run validation: runs every check-vector file and rewrites the generated tables of docs/validation.md. Like the golden
// command it looks at tests: the comparisons live there, and a test compares the page with a fresh run.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renewPage } from '../tests/support/validation-page.ts';

const path = fileURLToPath(new URL('../docs/validation.md', import.meta.url));
const before = readFileSync(path, 'utf8');
const after = renewPage(before);
if (after !== before) writeFileSync(path, after);
console.log(after === before ? 'docs/validation.md is current' : 'docs/validation.md has new tables');
