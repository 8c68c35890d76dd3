// Holds a score's figures against their floors:  node tests/floors.mjs FLOORS SCORE
// FLOORS: part, name, least or most, value, parted by tabs.  SCORE: lines "PART NAME VALUE  note" as the scoring script
// prints them.  A figure below its least, above its most, or absent is named, and the exit status is 1.
import { readFileSync } from 'node:fs';

const [floorsFile, scoreFile] = process.argv.slice(2);
const lines = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

const figures = new Map();
for (const line of lines(scoreFile)) {
    const found = /^(\S+)\s+(.+?)\s+(-?\d+\.\d{4})(?:\s|$)/.exec(line);
    if (found) figures.set(`${found[1]}\t${found[2]}`, Number(found[3]));
}

let missed = 0;
const floors = lines(floorsFile);
for (const line of floors) {
    const [part, name, bound, value] = line.split('\t');
    if (!/^(least|most)$/.test(bound) || !Number.isFinite(Number(value))) throw new Error(`not a floor: ${line}`);
    const got = figures.get(`${part}\t${name}`);
    const good = got !== undefined && (bound === 'least' ? got >= Number(value) : got <= Number(value));
    if (good) continue;
    missed++;
    console.log(`${part} ${name}: ${got ?? 'no figure'}, at ${bound} ${value} wanted`);
}
console.log(`${floors.length - missed} of ${floors.length} figures hold their floors`);
process.exitCode = missed ? 1 : 0;
