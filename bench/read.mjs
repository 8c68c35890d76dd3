// How fast pages become articles: `synoptic read` against Mozilla Readability and any other command, in one run on one
// machine.  Whole processes: start-up, reading files and writing lines count.  Medians of several runs.
//
//   node bench/read.mjs [--binary build/synoptic] [--inside build/bench/read_inside] [--runs 5]
//                       [--against 'NAME=COMMAND {list}'] ... [[NAME=]FOLDER ...]
//
// FOLDER: pages, default samples; NAME: what to call it.  {list} stands for a file that names a page a line; the command writes to standard
// output.  Writes bench/read.svg and the section "Reading pages" of BENCHMARKS.md; --no-write only prints.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bars } from './svg.mjs';

const options = { binary: 'build/synoptic', inside: 'build/bench/read_inside', runs: 5, against: [], folders: [], write: true };
for (let args = process.argv.slice(2); args.length; ) {
  const arg = args.shift();
  if (arg === '--binary') options.binary = args.shift();
  else if (arg === '--inside') options.inside = args.shift();
  else if (arg === '--runs') options.runs = Number(args.shift());
  else if (arg === '--against') options.against.push(args.shift());
  else if (arg === '--no-write') options.write = false;
  else options.folders.push(arg);
}
if (!options.folders.length) options.folders.push('samples');

const LEAST_PAGES = 1000; // a small folder is read over and over, so that start-up is not all that is timed
const cores = cpus().length;
const scratch = mkdtempSync(join(tmpdir(), 'bench-read-'));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const list = (name, pages) => {
  const path = join(scratch, name);
  writeFileSync(path, pages.join('\n') + '\n');
  return path;
};

function pagesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.x?html?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

// One run of a command: seconds by the wall and of its own work, and the most memory that it held.
function run(command) {
  return new Promise((done, failed) => {
    const memory = join(scratch, `memory-${Math.random()}`);
    const start = process.hrtime.bigint();
    const child = spawn('/usr/bin/time', ['-q', '-o', memory, '-f', '%M %U %S', 'sh', '-c', `exec ${command}`],
      { stdio: ['ignore', 'ignore', 'ignore'] });
    child.on('error', failed);
    child.on('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      // 3: some items were not answered
      if (code !== 0 && code !== 3) return failed(new Error(`${command}: exit status ${code}`));
      const [kilobytes, user, system] = readFileSync(memory, 'utf8').trim().split(' ').map(Number);
      done({ seconds, kilobytes, work: user + system });
    });
  });
}

// Every job once, then every job again: what else the machine does meets them all alike.
async function times(jobs) {
  const seconds = jobs.map(() => []), kilobytes = jobs.map(() => []), work = jobs.map(() => []);
  for (let i = 0; i < options.runs; i++) {
    for (const [k, [, commands]] of jobs.entries()) {
      const start = process.hrtime.bigint();
      const answers = await Promise.all(commands.map(run));
      seconds[k].push(Number(process.hrtime.bigint() - start) / 1e9);
      kilobytes[k].push(answers.reduce((sum, a) => sum + a.kilobytes, 0));
      work[k].push(answers.reduce((sum, a) => sum + a.work, 0));
    }
  }
  return jobs.map((_, k) => ({ seconds: median(seconds[k]), megabytes: median(kilobytes[k]) / 1024, work: median(work[k]) }));
}

function instructions(pages) {
  const count = (names) => {
    const out = spawnSync('valgrind', ['--tool=callgrind', '--callgrind-out-file=/dev/null', options.binary, 'read',
      '--threads', '1', '--files-from', list('counted', names)], { encoding: 'utf8', maxBuffer: 1 << 30 });
    const found = /Collected : (\d+)/.exec(out.stderr ?? '');
    return found ? Number(found[1]) : NaN;
  };
  const some = pages.slice(0, 60);
  return some.length > 1 ? (count(some) - count(some.slice(0, 1))) / (some.length - 1) : NaN;
}

async function measure(named) {
  const path = named.slice(named.indexOf('=') + 1), folder = named.includes('=') ? named.slice(0, named.indexOf('=')) : path;
  const pages = pagesBelow(path);
  if (!pages.length) throw new Error(`${path}: no pages`);
  const rounds = Math.max(1, Math.ceil(LEAST_PAGES / pages.length));
  const all = Array.from({ length: rounds }, () => pages).flat();
  const bytes = pages.reduce((sum, page) => sum + statSync(page).size, 0) * rounds;
  const names = list('all', all);
  const parts = Array.from({ length: cores }, (_, k) => list(`part${k}`, all.filter((_, i) => i % cores === k)));
  const readability = (path) => `node bench/readability.mjs ${path}`;
  const jobs = [
    ['synoptic read, one core', [`${options.binary} read --threads 1 --files-from ${names}`]],
    ['Readability 0.6.0 + linkedom 0.18.15, one process', [readability(names)]],
  ];
  if (cores > 1) {
    jobs.splice(1, 0, [`synoptic read, ${cores} cores`, [`${options.binary} read --threads ${cores} --files-from ${names}`]]);
    jobs.push([`Readability + linkedom, ${cores} processes`, parts.map(readability)]);
  }
  for (const other of options.against) {
    const at = other.indexOf('=');
    jobs.push([other.slice(0, at), [other.slice(at + 1).replaceAll('{list}', names)]]);
  }
  const rows = [];
  for (const [k, { seconds, megabytes, work }] of (await times(jobs)).entries()) {
    const name = jobs[k][0];
    rows.push({ name, rate: all.length / seconds, speed: bytes / 1e6 / seconds, megabytes, work: (work * 1e3) / all.length });
    console.error(`${folder}  ${name}: ${rows.at(-1).rate.toFixed(0)} pages/s`);
  }
  let inside;
  if (existsSync(options.inside)) {
    const out = JSON.parse(spawnSync(options.inside, [String(options.runs), ...pages], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout);
    inside = { rate: out.pages / out.seconds, speed: out.bytes / 1e6 / out.seconds };
  }
  return { folder, pages: pages.length, rounds, bytes: bytes / rounds, rows, inside, instructions: instructions(pages) };
}

function section(results) {
  const lines = ['## Reading pages', '',
    'Pages in, a line of JSON a page out: whole processes, so start-up, reading files and writing count; the median of ' +
    `${options.runs} runs, in turns on the same machine (${cpus()[0].model.trim()}, ${cores} cores). CPU is what all threads of a command used, whatever else the machine did; the last column is how many ` +
    'times as many pages a second as Readability in one process.', '', '![Pages a second](bench/read.svg)', ''];
  for (const r of results) {
    const base = r.rows.find((row) => row.name.startsWith('Readability')).rate;
    lines.push(`${r.pages} pages, ${(r.bytes / 1e3 / r.pages).toFixed(0)} kB each on average` +
      (r.rounds > 1 ? `, read ${r.rounds} times over in each run` : '') + `: ${r.folder}.`, '',
      '| | pages/s | MB/s | CPU ms a page | peak memory, MB | ratio |', '|---|--:|--:|--:|--:|--:|',
      ...r.rows.map((row) => `| ${row.name} | ${row.rate.toFixed(0)} | ${row.speed.toFixed(1)} | ${row.work.toFixed(2)} | ${row.megabytes.toFixed(0)} | ${(row.rate / base).toFixed(1)} |`));
    if (r.inside) lines.push(`| inside a process (\`synoptic_read\`), one core | ${r.inside.rate.toFixed(0)} | ${r.inside.speed.toFixed(1)} | ${(1e3 / r.inside.rate).toFixed(2)} | | |`);
    lines.push('');
    if (r.instructions) lines.push(`Instructions a page (callgrind, whole process less its start): ${(r.instructions / 1e6).toFixed(2)} million.`, '');
  }
  lines.push('Again, over the samples or over folders of your own, against whatever else reads pages:', '', '```sh',
    'make bench-read', "make bench-read PAGES='samples /path/to/pages'",
    "node bench/read.mjs --against 'other=other-reader --files {list}' /path/to/pages", '```', '');
  return lines.join('\n');
}

const results = [];
for (const folder of options.folders) results.push(await measure(folder));
rmSync(scratch, { recursive: true });
const text = section(results);
if (options.write) {
  writeFileSync('bench/read.svg', bars('Pages a second (longer is faster, logarithmic)', results.map((r) => ({
    title: `${r.folder}: ${r.pages} pages`,
    bars: r.rows.map((row) => ({ label: row.name, value: row.rate, ours: row.name.startsWith('synoptic') })),
  }))));
  const head = '# Benchmarks\n\n';
  const old = existsSync('BENCHMARKS.md') ? readFileSync('BENCHMARKS.md', 'utf8') : head;
  const at = old.indexOf('## Reading pages\n');
  const end = at < 0 ? -1 : old.indexOf('\n## ', at + 1);
  const kept = at < 0 ? old.trimEnd() + '\n\n' + text : old.slice(0, at) + text + (end < 0 ? '' : old.slice(end));
  writeFileSync('BENCHMARKS.md', kept);
}
console.log(text);
