// How long comparing a story takes, text and facts ready: the stories of samples/, alone and their tellings taken in turn
// until there are 20.  Writes the section "Comparing a story" of BENCHMARKS.md; --no-write only prints.
//
//   node bench/compare.mjs [--binary build/synoptic] [--inside build/bench/compare_inside] [--rounds 21]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const options = { binary: 'build/synoptic', inside: 'build/bench/compare_inside', rounds: '21', write: true };
for (let args = process.argv.slice(2); args.length; ) {
  const arg = args.shift();
  if (arg === '--no-write') options.write = false;
  else options[arg.replace(/^--/, '')] = args.shift();
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-compare-'));
const run = (command, args) => {
  const p = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (p.status !== 0 && p.status !== 3) throw new Error(`${command}: ${p.stderr}`);
  return p.stdout;
};

const articles = new Map(run(options.binary, ['read', 'samples']).trim().split('\n')
  .map((line) => [JSON.parse(line).id?.replace(/^samples\//, ''), line]));
const stories = new Map();
for (const row of readFileSync('samples/stories.tsv', 'utf8').split('\n')) {
  const [id, story] = row.split('\t');
  if (articles.has(id)) stories.set(story, [...stories.get(story) ?? [], articles.get(id)]);
}
const largest = [...stories].sort((a, b) => b[1].length - a[1].length).slice(0, 5);

const rows = [];
for (const [story, lines] of largest) {
  const file = join(scratch, `${story}.jsonl`);
  writeFileSync(file, lines.join('\n') + '\n');
  for (const n of [lines.length, 20])
    rows.push({ story, ...JSON.parse(run(options.inside, [options.rounds, String(n), file])) });
}
rmSync(scratch, { recursive: true });

const table = ['| story of `samples/` | tellings | KB of text | rows | ms |', '|---|---:|---:|---:|---:|',
  ...rows.map((r) => `| ${r.story} | ${r.tellings} | ${(r.bytes / 1024).toFixed(0)} | ${r.rows} | ${r.milliseconds.toFixed(1)} |`)].join('\n');
console.log(table);
if (options.write) {
  const section = `## Comparing a story\n\n\`make bench-compare\`: text and facts ready, one core of ${cpus()[0].model.trim()}, median of ` +
    `${options.rounds} rounds; tellings taken in turn where a story has fewer than 20.\n\n${table}\n`;
  const old = readFileSync('BENCHMARKS.md', 'utf8');
  const at = old.indexOf('## Comparing a story'), next = at < 0 ? -1 : old.indexOf('\n## ', at + 1);
  writeFileSync('BENCHMARKS.md', at < 0 ? `${old.trimEnd()}\n\n${section}`
    : old.slice(0, at) + section + (next < 0 ? '' : old.slice(next)));
}
