// concepts.mjs - the tables of data/concepts: what a translator can get wrong, said with file and line.
//   node --test tests/concepts.mjs      or, for a table being written:  node tests/concepts.mjs LANG ...
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'data/concepts');
const wanted = process.argv.slice(2);
const tags = fs.readdirSync(folder).map(f => f.replace(/\.tsv$/, '')).sort();
const languages = new Set(
    fs.readFileSync(path.join(root, 'data/languages.tsv'), 'utf8').split('\n')
        .filter(l => l && !l.startsWith('#')).map(l => l.split('\t')[0]));
const LEAST = 1500;  // concepts of the master
const SHARE = 0.8;   // of them in a language that has a table

function rows(tag) {
    const lines = fs.readFileSync(path.join(folder, tag + '.tsv'), 'utf8').split('\n');
    return lines.flatMap((line, i) =>
        line && !line.startsWith('#') ? [{ line: i + 1, cells: line.replace(/\r$/, '').split('\t') }] : []);
}

const master = new Set(rows('en').map(r => r.cells[0]));

// Everything that is wrong with a language's table, a line each.
function faults(tag) {
    const found = [], places = new Map(), keys = new Set();
    const say = (line, what) => found.push(`data/concepts/${tag}.tsv:${line}: ${what}`);
    if (!languages.has(tag)) say(0, 'data/languages.tsv has no such language');
    for (const { line, cells } of rows(tag)) {
        const [key, forms] = cells;
        if (cells.length < 2 || cells.length > (tag === 'en' ? 4 : 2)) say(line, `${cells.length} columns`);
        if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)) say(line, `no key: "${key}"`);
        else if (!master.has(key)) say(line, `en.tsv has no key "${key}"`);
        if (tag === 'en' && keys.has(key)) say(line, `"${key}" stands twice`);
        keys.add(key);
        for (const form of (forms ?? '').split('|')) {
            if (!form.trim() || form !== form.trim()) say(line, `an empty form, or spaces around it: "${form}"`);
            if (form !== form.normalize('NFC')) say(line, `"${form}" is not in NFC`);
            const at = form.toLowerCase();
            const of = places.get(at) ?? [];
            if (of.includes(key)) say(line, `"${form}" stands twice under "${key}"`);
            else if (of.length === 2) say(line, `"${form}" would name more than two concepts: ${of.join(', ')}, ${key}`);
            else places.set(at, [...of, key]);
        }
    }
    const least = tag === 'en' ? LEAST : Math.ceil(master.size * SHARE);
    if (keys.size < least) say(0, `${keys.size} concepts, fewer than ${least}`);
    return found;
}

// Forms that are function words of the language: they stand in every text.  Said, not refused: a phrase may need them.
function functionWords(tag) {
    const stop = new Set();
    for (const [file, at] of [[`data/names/${tag}.tsv`, 0], [`${process.env.BUILD ?? 'build'}/cldr/names.tsv`, 1]]) {
        const from = path.join(root, file);
        for (const line of fs.existsSync(from) ? fs.readFileSync(from, 'utf8').split('\n') : []) {
            const cells = line.split('\t');
            if (cells[at] === 'stop' && (!at || cells[0] === tag)) stop.add(cells[at + 1].toLowerCase());
        }
    }
    return rows(tag).flatMap(({ line, cells }) => (cells[1] ?? '').split('|')
        .filter(form => stop.has(form.replace(/^=(?!=)/, '').toLowerCase()))
        .map(form => `data/concepts/${tag}.tsv:${line}: "${form}" is a function word`));
}

// What the compiler itself says, which knows stems and words of scripts without spaces.
function complaints(list) {
    const tool = path.join(root, process.env.BUILD ?? 'build', 'tools/concepts');
    if (!fs.existsSync(tool)) return null;
    const to = fs.mkdtempSync(path.join(os.tmpdir(), 'concepts-'));
    const files = ['en', ...list.filter(t => t !== 'en')].map(t => path.join('data/concepts', t + '.tsv'));
    const run = spawnSync(tool, [path.join(to, 'a'), path.join(to, 'b'), ...files], { cwd: root, encoding: 'utf8' });
    fs.rmSync(to, { recursive: true });
    return run.stderr + (run.status ? `ended with ${run.status}` : '');
}

if (wanted.length) {
    const all = [...wanted.flatMap(faults), ...wanted.flatMap(functionWords)].join('\n') + '\n' + (complaints(wanted) ?? 'build/tools/concepts is not built\n');
    console.log(all.trim() || 'nothing to say');
    for (const tag of wanted) {
        const have = new Set(rows(tag).map(r => r.cells[0]));
        const gone = [...master].filter(k => !have.has(k));
        console.log(`${tag}: ${have.size} of ${master.size} concepts${gone.length ? ', not: ' + gone.join(' ') : ''}`);
    }
} else {
    for (const tag of tags)
        test(`the concepts of ${tag} are well written`, () => assert.deepEqual(faults(tag), []));
    test('the compiler takes every form', t => {
        const said = complaints(tags);
        if (said === null) return t.skip('build/tools/concepts is not built');
        assert.equal(said, '');
    });
}
