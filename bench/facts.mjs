// How long cutting a text and finding its facts takes inside a process, by language, for 2,000 characters of an article;
// and how many sentences a second the language is told of.  Medians over articles of the median of several rounds.
//
//   node bench/facts.mjs [--binary build/synoptic] [--inside build/bench/facts_inside] [--rounds 7] [--each 40]
//                        [--no-write] [FILE ...]
//
// FILE: articles, a line of JSON each, as `synoptic read` writes them; the samples are always measured.  At most --each
// articles of a language.  Writes the section "Facts of an article" of BENCHMARKS.md; --no-write only prints.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const options = { binary: 'build/synoptic', inside: 'build/bench/facts_inside', rounds: 7, each: 40, write: true, files: [] };
for (let args = process.argv.slice(2); args.length; ) {
  const arg = args.shift();
  if (arg === '--binary') options.binary = args.shift();
  else if (arg === '--inside') options.inside = args.shift();
  else if (arg === '--rounds') options.rounds = Number(args.shift());
  else if (arg === '--each') options.each = Number(args.shift());
  else if (arg === '--no-write') options.write = false;
  else options.files.push(arg);
}

const CHARACTERS = 2000;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
function run(command, args) {
  const out = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (out.status !== 0 && out.status !== 3) throw new Error(`${command}: ${out.stderr || out.error}`);
  return out.stdout;
}
const lines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// A language the article does not tell is found first, so that it is not timed here.
function known(articles) {
  const blank = articles.filter((a) => a.text && !a.lang);
  if (blank.length) {
    const ask = blank.map((a) => a.text.replaceAll('\n', ' ').slice(0, 1000)).join('\n') + '\n';
    const told = spawnSync(options.binary, ['lang'], { input: ask, encoding: 'utf8', maxBuffer: 1 << 30 }).stdout.split('\n');
    blank.forEach((a, i) => (a.lang = told[i].split('\t')[0]));
  }
  const seen = new Map();
  return articles.filter((a) => {
    if (!a.text || a.text.length < 200) return false;
    const n = (seen.get(a.lang) ?? 0) + 1;
    seen.set(a.lang, n);
    return n <= options.each;
  });
}

function measure(articles) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-facts-'));
  const file = join(scratch, 'articles.jsonl');
  writeFileSync(file, articles.map((a) => JSON.stringify({ lang: a.lang, text: a.text, published: a.published })).join('\n') + '\n');
  const rows = lines(run(options.inside, [String(options.rounds), file]));
  rmSync(scratch, { recursive: true });
  return rows;
}

const STAGES = ['text', 'figures', 'names'];
function summary(name, rows) {
  const of = (stage) => median(rows.map((r) => (r[stage] * CHARACTERS) / r.chars));
  const total = median(rows.map((r) => (STAGES.reduce((sum, stage) => sum + r[stage], 0) * CHARACTERS) / r.chars));
  const sentences = rows.reduce((sum, r) => sum + r.sentences, 0), spent = rows.reduce((sum, r) => sum + r.language, 0);
  return { name, articles: rows.length, ...Object.fromEntries(STAGES.map((s) => [s, of(s)])), total, rate: sentences / (spent / 1e3) };
}

const articles = known([...lines(run(options.binary, ['read', 'samples'])), ...options.files.flatMap((f) => lines(readFileSync(f, 'utf8')))]);
const rows = measure(articles);
const langs = [...new Set(rows.map((r) => r.lang))].sort();
const table = [summary('all', rows), ...langs.map((lang) => summary(lang, rows.filter((r) => r.lang === lang)))];
const ms = (value) => value.toFixed(3);
const text = ['## Facts of an article', '',
  `Milliseconds for ${CHARACTERS.toLocaleString('en')} characters, inside a process, on one core (${cpus()[0].model.trim()}): cutting into words ` +
  'and sentences with folding, then figures, money and dates, then names and quotations. Medians over the articles of a ' +
  `language, each the median of ${options.rounds} rounds. The last column is how many sentences a second the language is told of.`, '',
  '| | articles | text | figures, dates | names | all | sentences/s |', '|---|--:|--:|--:|--:|--:|--:|',
  ...table.map((r) => `| ${r.name} | ${r.articles} | ${ms(r.text)} | ${ms(r.figures)} | ${ms(r.names)} | ${ms(r.total)} | ${r.rate.toFixed(0)} |`), '',
  '```sh', 'make bench-facts', 'make bench-facts ARTICLES=articles.jsonl', '```', ''].join('\n');
if (options.write) {
  const old = existsSync('BENCHMARKS.md') ? readFileSync('BENCHMARKS.md', 'utf8') : '# Benchmarks\n\n';
  const at = old.indexOf('## Facts of an article\n');
  const end = at < 0 ? -1 : old.indexOf('\n## ', at + 1);
  writeFileSync('BENCHMARKS.md', at < 0 ? old.trimEnd() + '\n\n' + text : old.slice(0, at) + text + (end < 0 ? '' : old.slice(end)));
}
console.log(text);
