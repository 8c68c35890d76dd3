// What grouping costs as a stream grows: see BENCHMARKS.md.  Writes its section there, and stream.svg.
//
// usage: node bench/stream.mjs [--binary PATH] [--inside PATH] [--articles N] [--store N] [--db FILE] [--no-write]
//                              [--measured GROUP STORE] [ARTICLES STORIES ...]
//
// The stream is made from the samples and from labelled sets where they are named: articles as lines of JSON, and their
// stories as rows of id and story.  --store: articles of the stream that also go into a store.  --db: keep that store.
// --measured: what stream_inside said in runs of its own, a file each, is told and drawn; nothing runs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { lines } from './svg.mjs';

const options = { binary: 'build/synoptic', inside: 'build/bench/stream_inside', articles: 100000, store: NaN, db: '', write: true, measured: [], sets: [] };
for (let i = 2; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word === '--binary') options.binary = process.argv[++i];
  else if (word === '--inside') options.inside = process.argv[++i];
  else if (word === '--articles') options.articles = Number(process.argv[++i]);
  else if (word === '--store') options.store = Number(process.argv[++i]);
  else if (word === '--db') options.db = process.argv[++i];
  else if (word === '--no-write') options.write = false;
  else if (word === '--measured') options.measured = [process.argv[++i], process.argv[++i]];
  else options.sets.push(word);
}
if (Number.isNaN(options.store)) options.store = options.articles;
if (options.sets.length % 2 || !(options.articles > 0)) {
  console.error('usage: node bench/stream.mjs [--articles N] [--store N] [--db FILE] [ARTICLES STORIES ...]');
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-stream-'));

// The samples as a labelled set: articles of known stories, each once.
function samples() {
  const read = spawnSync(resolve(options.binary), ['read', '.'], { cwd: 'samples', encoding: 'utf8', maxBuffer: 1 << 28 });
  const articles = join(scratch, 'samples.jsonl'), stories = join(scratch, 'samples.tsv');
  const named = new Map(readFileSync('samples/stories.tsv', 'utf8').split('\n').map((line) => line.split('\t')).map(([id, story]) => [id, story]));
  const rows = read.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line))
    .map((article) => ({ ...article, id: article.id?.replace(/^\.\//, '') })).filter((article) => article.text && named.has(article.id));
  writeFileSync(articles, rows.map((article) => JSON.stringify(article) + '\n').join(''));
  writeFileSync(stories, rows.map((article) => `${article.id}\t${named.get(article.id)}\n`).join(''));
  return [articles, stories];
}

// The measurements of one run, told as they come.
function run(args) {
  return new Promise((done, failed) => {
    const rows = [];
    const child = spawn(options.inside, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let rest = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (piece) => {
      const all = (rest + piece).split('\n');
      rest = all.pop();
      for (const line of all) {
        rows.push(JSON.parse(line));
        console.error(`${args[0]} ${line}`);
      }
    });
    child.on('error', failed);
    child.on('close', (code) => (code ? failed(new Error(`${args.join(' ')}: exit status ${code}`)) : done(rows)));
  });
}

const thousands = (n) => n.toLocaleString('en-US');
const cost = (row) => row.add + row.settle;

function table(rows) {
  const file = rows.some((row) => row.file !== undefined);
  return [
    `| articles seen | µs an article | of it settling | resident, MB | ${file ? 'file, MB | ' : ''}B3 F1 | precision | recall |`,
    `|--:|--:|--:|--:|${file ? '--:|' : ''}--:|--:|--:|`,
    ...rows.map((row) => `| ${thousands(row.articles)} | ${cost(row).toFixed(0)} | ${row.settle.toFixed(0)} | ${row.megabytes.toFixed(0)} | ` +
      `${file ? `${row.file.toFixed(0)} | ` : ''}${row.f1.toFixed(3)} | ${row.precision.toFixed(3)} | ${row.recall.toFixed(3)} |`), ''];
}

function section(made, group, store) {
  const out = ['## A stream that grows', '',
    `A stream made from ${made}: every event is told anew with other names, figures and words of its own, so that its ` +
    'story is known; some 6,000 articles a day, settled every 256, on one core ' +
    `(${cpus()[0].model.trim()}; CPU time). Times are means since the row before; quality is measured over the latest 20,000 articles.`, '',
    '![Time, memory and quality by articles seen](bench/stream.svg)', '', 'The grouping alone, from ready signatures:', '', ...table(group)];
  if (store.length) out.push('Into a store, as `synoptic add` does after it has read a page (texts cut to 450 bytes), topics included:', '', ...table(store));
  out.push('```sh', 'make bench-stream', 'make bench-stream ARTICLES=1000000 SETS="articles.jsonl stories.tsv"', '```', '');
  return out.join('\n');
}

const measured = (k) => readFileSync(options.measured[k], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const sets = options.measured.length ? [] : [...samples(), ...options.sets];
const made = ['the samples', ...options.sets.filter((_, i) => i % 2 === 0).map((path) => basename(path).replace(/\.[^.]*$/, ''))].join(', ');
const group = sets.length ? await run(['group', String(options.articles), ...sets]) : measured(0);
const db = options.db || join(scratch, 'stream.db');
const store = !sets.length ? measured(1) : options.store ? await run(['store', String(options.store), db, ...sets]) : [];
rmSync(scratch, { recursive: true });
const text = section(made, group, store);
if (options.write) {
  const both = [{ label: 'grouping', rows: group }, ...(store.length ? [{ label: 'into a store', rows: store }] : [])];
  const drawn = (of) => both.map(({ label, rows }) => ({ label, points: rows.map((row) => [row.articles, of(row)]) }));
  writeFileSync('bench/stream.svg', lines('What grouping costs as a stream grows', 'articles seen', [
    { title: 'µs an article', series: drawn(cost) },
    { title: 'resident memory, MB', series: drawn((row) => row.megabytes) },
    { title: 'B3 F1 of the latest 20,000', series: drawn((row) => row.f1), most: 1 },
  ]));
  const old = existsSync('BENCHMARKS.md') ? readFileSync('BENCHMARKS.md', 'utf8') : '# Benchmarks\n\n';
  const at = old.indexOf('## A stream that grows\n'), end = at < 0 ? -1 : old.indexOf('\n## ', at + 1);
  writeFileSync('BENCHMARKS.md', at < 0 ? old.trimEnd() + '\n\n' + text : old.slice(0, at) + text + (end < 0 ? '' : old.slice(end)));
}
console.log(text);
