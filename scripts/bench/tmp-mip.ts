import loadHighs from 'highs';
import { readFileSync } from 'node:fs';
import { runMip } from '../../engine/selection/run-mip.ts';
const text = readFileSync(process.argv[2]!, 'utf8');
const n = new Set(text.match(/x\d+/g)).size;
const highs = await loadHighs();
const c0 = process.cpuUsage();
const a = runMip(highs as any, text, { seconds: Number(process.argv[3]), choices: n, start: null, gap: 0.9 }, (s, c) => console.log(s.seconds.toFixed(1), s.objective, s.bound, c?.length));
console.log(a.status, a.bound, a.chosen?.length, process.cpuUsage(c0).user / 1e6);
