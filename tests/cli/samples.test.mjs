// The samples, whose stories and disagreements are known: the same bytes each time, and the right ones.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { answers, folder, portal, root, synoptic, table } from './synoptic.mjs';

const gold = new Map(table('stories.tsv').map(([id, story]) => [id, story]));
const name = (id) => id.replace(/^samples\//, '');
const input = (articles) => articles.map((article) => `${JSON.stringify(article)}\n`).join('');

const read = synoptic(['read', '--threads', '1', 'samples']);
const articles = read.lines.map((line) => JSON.parse(line)).filter((article) => gold.has(name(article.id)));
const byName = new Map(articles.map((article) => [name(article.id), article]));

test('every sample is read, with a title and a text', () => {
    assert.deepEqual([...gold.keys()].filter((id) => !byName.get(id)?.title || !byName.get(id)?.text), []);
});

test('a page says its language as its name does', () => {
    const wrong = articles.filter((article) => {
        const said = /\.([a-z]{2})(\.v2)?\.html$/.exec(article.id);
        return said && said[1] !== article.lang.split('-')[0];
    });
    assert.deepEqual(wrong.map((article) => `${article.id}: ${article.lang}`), []);
});

test('the same input gives the same bytes, with one thread or two', () => {
    assert.equal(synoptic(['read', '--threads', '1', 'samples']).out, read.out);
    assert.equal(synoptic(['read', '--threads', '2', 'samples']).out, read.out);
    assert.equal(synoptic(['read', '--threads', '7', 'samples']).out, read.out);
    const lines = input(articles);
    const group = synoptic(['group', '--explain'], { input: lines }).out;
    assert.equal(synoptic(['group', '--explain'], { input: lines }).out, group);
    const facts = synoptic(['facts'], { input: lines }).out;
    assert.equal(synoptic(['facts'], { input: lines }).out, facts);
});

/** B-cubed F1 of a partition against gold, and each article that is not where it belongs. */
function partition(got) {
    const ids = [...gold.keys()];
    const members = (of) => {
        const stories = new Map();
        for (const id of ids) stories.set(of(id), [...(stories.get(of(id)) ?? []), id]);
        return stories;
    };
    const mine = (id) => got.get(id) ?? `absent ${id}`;
    const ours = members(mine), theirs = members((id) => gold.get(id));
    let precision = 0, recall = 0;
    const misplaced = [];
    for (const id of ids) {
        const here = ours.get(mine(id)), there = theirs.get(gold.get(id));
        const both = here.filter((other) => gold.get(other) === gold.get(id)).length;
        precision += both / here.length / ids.length;
        recall += both / there.length / ids.length;
        const strangers = here.filter((other) => gold.get(other) !== gold.get(id));
        if (strangers.length && both < here.length / 2 + 0.5 && gold.get(id)) misplaced.push(`${id} (${gold.get(id)}) is with ${strangers.slice(0, 3).join(', ')}`);
        else if (both <= there.length / 2 && there.length > 1) misplaced.push(`${id} (${gold.get(id)}) is apart from its story`);
    }
    return { f1: 2 * precision * recall / (precision + recall), stories: ours.size, misplaced };
}

test('the samples are grouped as stories.tsv says', (t) => {
    const got = new Map(answers(['group'], { input: input(articles) }).map(({ id, story }) => [name(id), name(story)]));
    const { f1, stories, misplaced } = partition(got);
    t.diagnostic(`B3 F1 ${f1.toFixed(4)}; ${stories} stories for ${new Set(gold.values()).size}`);
    for (const line of misplaced) t.diagnostic(line);
    assert.ok(f1 > 1 - 1e-9, misplaced.join('\n'));
});

test('whatever the order they come in, the samples are grouped nearly so', (t) => {
    const turned = [...articles].reverse();
    const got = new Map(answers(['group'], { input: input(turned) }).map(({ id, story }) => [name(id), name(story)]));
    const { f1, misplaced } = partition(got);
    t.diagnostic(`B3 F1 ${f1.toFixed(4)} in reverse`);
    assert.ok(f1 >= 0.95, misplaced.join('\n'));
});

const figures = ['number', 'percent', 'money'];
const disagreements = table('differences.tsv');
const sameKind = (got, kind) => got === kind || (kind === 'number' && figures.includes(got));
const valueOf = (fact) => String(fact.value ?? fact.from);

for (const [story, kind, page, said, others] of disagreements.filter(([, kind]) => kind !== 'name')) {
    test(`${story}: ${page} beside another says ${said}, not ${others}`, (t) => {
        const telling = byName.get(page);
        const rest = [...gold].filter(([id, of]) => of === story && id !== page).map(([id]) => byName.get(id));
        const pairs = rest.map((other) => ({ id: name(other.id), a: telling, b: other }));
        const found = answers(['compare'], { input: input(pairs) }).filter(({ differences }) => differences.some((d) =>
            sameKind(d.a?.kind, kind) && String(d.a?.value) === said && String(d.b?.value) === others));
        t.diagnostic(`found against ${found.length} of ${rest.length}: ${found.map((pair) => pair.id).join(' ')}`);
        assert.ok(found.length > 0);
    });
}

/** The stories as the portal tells them to a reader of a language: their gold names, and the rows of their tables. */
async function tables(address, reader) {
    const get = async (at) => (await fetch(new URL(`${at}?ui=${reader}`, address))).json();
    const { stories } = await get('/api/stories.json');
    return Promise.all(stories.map(async ({ story }) => {
        const { tellings, compared } = await get(`/api/stories/${story}.json`);
        const page = new Map(tellings.map((telling) => [telling.article, name(telling.page.id)]));
        const langs = new Set(tellings.map((telling) => telling.page.lang));
        const rows = (compared ?? []).map((row) => ({
            ...row, said: row.said.map(({ article, value, fact }) => ({ page: page.get(article), value, fact })),
        }));
        return { names: new Set([...page.values()].map((id) => gold.get(id))), langs, rows };
    }));
}

const planted = (row, names) => disagreements.find(([story, kind, page, said, others]) =>
    names.has(story) && row.differs && sameKind(row.kind, kind) &&
    row.said.some((cell) => cell.page === page && cell.value > 0 && valueOf(cell.fact) === said) &&
    row.said.some((cell) => cell.page !== page && cell.value === 0 && valueOf(cell.fact) === others));

test('the table of each story says where the outlets disagree, and hardly anything else', async (t) => {
    const db = path.join(folder(t), 'samples.db');
    synoptic(['add', '--db', db, 'samples']);
    const { address, end } = await portal(db);
    t.after(() => end());
    const found = new Set();
    let wrong = 0;
    for (const { names, rows } of await tables(address, 'en')) {
        for (const row of rows.filter(({ differs }) => differs)) {
            const one = planted(row, names);
            if (one) found.add(one);
            else wrong++, t.diagnostic(`wrong: ${[...names].join(' ')} ${row.kind} ${row.label}: ${
                row.said.map((cell) => `${cell.page} ${valueOf(cell.fact)}`).join(', ')}`);
        }
    }
    assert.deepEqual(disagreements.filter((one) => !found.has(one)).map(([story, , page, said]) => `${story}: ${page} ${said}`), []);
    t.diagnostic(`${wrong} rows differ where the outlets agree`);
    assert.ok(wrong <= 4, `${wrong} rows differ where the outlets agree`);
});

test('rows are labelled in the words of the reader, in English or at least in the reader’s script, where a telling of the row has them', async (t) => {
    const db = path.join(folder(t), 'samples.db');
    synoptic(['add', '--db', db, 'samples']);
    const { address, end } = await portal(db);
    t.after(() => end());
    const langOf = (page) => byName.get(page)?.lang;
    const scripts = new Map(readFileSync(path.join(root, 'data/languages.tsv'), 'utf8').split('\n').map((row) => row.split('\t')).map((cells) => [cells[0], cells[3]]));
    for (const reader of ['sv', 'ar', 'en']) {
        for (const { rows } of await tables(address, reader)) {
            for (const row of rows) {
                const langs = row.said.map((cell) => langOf(cell.page));
                assert.ok(row.label, `a row without a label: ${JSON.stringify(row)}`);
                const wanted = [reader, 'en'].find((lang) => langs.includes(lang)) ?? langs.find((lang) => scripts.get(lang) === scripts.get(reader)) ?? langs[0];
                assert.equal(row.label_lang, wanted, row.label);
            }
        }
    }
});
