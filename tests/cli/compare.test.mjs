// Comparisons written to be kept: as a table and as a page, of pairs and of a story.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DONE, MISUSE, SOME_FAILED, answers, csvRows, synoptic, table } from './synoptic.mjs';

const ids = new Set(table('stories.tsv').filter((row) => row[1] === 'S4').map(([id]) => `samples/${id}`));
const articles = synoptic(['read', 'samples']).lines.map((text) => JSON.parse(text)).filter(({ id }) => ids.has(id));
const input = articles.map((article) => `${JSON.stringify(article)}\n`).join('');
const pair = (id, a, b) => ({ id, a: { id: `${id}a`, lang: 'en', text: a }, b: { id: `${id}b`, lang: 'en', text: b } });
const pairs = [
    pair('p1', 'The two ministers signed 12 documents in Orlen on Tuesday.', 'The two ministers signed 14 documents in Orlen on Tuesday.'),
    pair('p2', 'The bridge cost 48 million crowns, the office said.', 'The bridge cost 48 million crowns, said the office.'),
].map((one) => `${JSON.stringify(one)}\n`).join('');

test('a story as CSV: rows of as many cells, a number each for what is compared, the same values as its JSON', () => {
    const [{ facts, differences, notes = [] }] = answers(['compare', '--story'], { input });
    const { out, status } = synoptic(['compare', '--story', '--format', 'csv'], { input });
    assert.equal(status, DONE);
    const [head, ...body] = csvRows(out);
    for (const row of body) assert.equal(row.length, head.length, row.join('|'));
    const column = (row, name) => row[head.indexOf(name)].replace(/^"|"$/g, '');
    const numbers = [...new Set(body.map((row) => Number(column(row, 'row'))))];
    assert.deepEqual(numbers, numbers.map((_, i) => i + 1));
    facts.forEach((fact, i) => {
        const rows = body.filter((row) => column(row, 'row') === String(i + 1));
        assert.deepEqual(rows.map((row) => column(row, 'article')), fact.said.map((said) => said.article));
        assert.deepEqual(rows.map((row) => Number(column(row, 'group'))), fact.said.map((said) => said.group + 1));
        if (['number', 'money', 'percent'].includes(fact.kind)) assert.deepEqual(rows.map((row) => Number(column(row, 'value'))), fact.said.map((said) => said.value));
        assert.equal(rows.some((row) => column(row, 'difference')), fact.differs);
    });
    const told = new Set(body.map((row) => column(row, 'difference')).filter(Boolean));
    assert.deepEqual([...told].sort(), [...new Set([...differences, ...notes].map(({ kind }) => kind))].sort());
});

test('no cell of the table is a formula, whatever the articles hold', () => {
    const hostile = ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1', '＋1'];
    const told = hostile.map((text, i) => ({ id: `${text}${i}`, lang: 'en', outlet: text, url: text, text: `${text} said 12,400 people came to the harbour on 3 May 2024.` }));
    const { out } = synoptic(['compare', '--story', '--format', 'csv'], { input: told.map((one) => `${JSON.stringify(one)}\n`).join('') });
    assert.ok(csvRows(out).length > hostile.length);
    for (const row of csvRows(out))
        for (const cell of row) assert.doesNotMatch(cell.startsWith('"') ? cell.slice(1) : cell, /^\s*[=+@＝＋－＠]|^\s*-(?!\d)/);
});

test('pairs as CSV: one head, the pair named in each row', () => {
    const { out, status } = synoptic(['compare', '--format', 'csv'], { input: pairs });
    assert.equal(status, DONE);
    const [head, ...body] = csvRows(out);
    assert.equal(head[0], 'id');
    assert.deepEqual([...new Set(body.map((row) => row[0]))], ['"p1"', '"p2"']);
    const differing = body.filter((row) => row[head.indexOf('difference')] === 'figure');
    assert.deepEqual(differing.map((row) => row[head.indexOf('value')]), ['12', '14']);
});

test('as a page: whole in itself, in the reader’s language, with an id once', () => {
    for (const [args, given] of [[['--story'], input], [[], pairs]]) {
        const { out, status } = synoptic(['compare', ...args, '--format', 'html', '--lang', 'fa'], { input: given });
        assert.equal(status, DONE);
        assert.match(out, /^<!doctype html>\n<html lang="fa" dir="rtl">[^]*<\/html>\n$/);
        assert.doesNotMatch(out, /<script|<link|<img|src=|@import|url\(/);
        const named = [...out.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        assert.equal(new Set(named).size, named.length, named.join(' '));
        for (const [, id] of out.matchAll(/(?:href="#|aria-describedby="|aria-labelledby=")([^"]*)"/g)) assert.ok(named.includes(id), id);
        assert.match(out, /<ul class="tally">/);
    }
});

test('a line that cannot be compared is told of, and the rest is written', () => {
    for (const format of ['csv', 'html']) {
        const p = synoptic(['compare', '--format', format], { input: `nonsense\n${pairs}{"a":1}\n` });
        assert.equal(p.status, SOME_FAILED);
        assert.match(p.err, /line 1: .*\n.*line 4: /);
        assert.match(p.out, format === 'csv' ? /"p2"/ : /<\/html>/);
    }
    assert.equal(synoptic(['compare', '--format', 'xml'], { input: pairs }).status, MISUSE);
});
