// Topics over time: the samples', whose gold is their table, and those of the seeds where they are there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { DONE, answers, folder, root, synoptic, table } from './synoptic.mjs';

const shared = path.resolve(root, '../shared/pages');

/** Holds the topics of a store against gold, where "-" is none; at most so many articles may lack theirs, none may be in
    another's. */
function judged(db, gold, name, mostMissing = 0) {
    const wrong = [];
    let missing = 0;
    const topicOf = new Map(), seen = new Set();
    for (const row of answers(['export', '--db', db])) {
        const told = gold.get(name(row.id));
        if (!told) continue;
        seen.add(name(row.id));
        const got = (row.topics ?? []).map((t) => t.topic);
        if (told !== '-' && !got.length && missing++ < mostMissing) continue;
        if (told === '-' ? got.length : got.length !== 1) wrong.push(`${row.id}: topics ${got.join(', ')}, not ${told}`);
        if (told === '-' || got.length !== 1) continue;
        if (!topicOf.has(told)) topicOf.set(told, got[0]);
        if (topicOf.get(told) !== got[0]) wrong.push(`${row.id}: topic ${got[0]}, the others of ${told} ${topicOf.get(told)}`);
    }
    assert.equal(new Set(topicOf.values()).size, topicOf.size, 'two topics in one');
    assert.deepEqual(wrong, []);
    return { seen, topicOf };
}

const samples = new Map(table('stories.tsv').map(([id, , topic]) => [id, topic]));
const ofSamples = (id) => id.replace(/^samples\//, '');

function filled(t, parts = ['samples']) {
    const db = path.join(folder(t), 'news.db');
    for (const part of parts) assert.equal(synoptic(['add', '--db', db, part]).status, DONE);
    return db;
}

test('the samples hold the topics that their table says', (t) => {
    const db = filled(t);
    const { topicOf } = judged(db, samples, ofSamples);
    const rows = answers(['topics', '--db', db, '--json']);
    assert.equal(rows.length, new Set([...samples.values()].filter((topic) => topic !== '-')).size);
    const relation = rows.find((row) => row.topic === topicOf.get('karvania-tesmir'));
    assert.equal(relation.stories, 4);
    assert.match(relation.name, /Karvania/);
    assert.match(relation.name, /Tesmir/);
    assert.ok(relation.parties.some((p) => p.spellings?.some((s) => s.lang === 'fa') && p.spellings.some((s) => s.lang === 'sv')));
});

test('they hold them too where the pages come outlet by outlet', (t) => {
    const parts = ['meridian', 'pritok', 'feeds', 'rokhdad', 'sauti', 'nordan', 'almarsad', 'higashi', 'darpan', 'riverpost'];
    judged(filled(t, parts.map((part) => `samples/${part}`)), samples, ofSamples, 2); // a story may come in two then
});

test('the same pages give the same topics, and adding them again changes none', (t) => {
    const once = filled(t), again = filled(t);
    const said = (db) => synoptic(['topics', '--db', db, '--json']).out;
    assert.equal(said(again), said(once));
    synoptic(['add', '--db', once, 'samples']);
    assert.equal(said(once), said(again));
});

test('a topic is named in the reader’s language, or in a script that he reads', (t) => {
    const db = filled(t);
    const name = (lang) => synoptic(['topics', '--db', db, '--lang', lang]).lines[0].split('\t')[1];
    assert.match(name('fa'), /^[\p{Script=Arabic} ‌–]+$/u);
    assert.match(name('hi'), /^[\p{Script=Devanagari} –]+$/u);
    assert.match(name('pl'), /^[\p{Script=Latin} –]+$/u); // no telling is in Polish, nor in Pashto
    assert.match(name('ps'), /^[\p{Script=Arabic} ‌–]+$/u);
});

test('a line for people has six columns', (t) => {
    const [line] = synoptic(['topics', '--db', filled(t)]).lines;
    const [number, , stories, articles, first, last] = line.split('\t');
    assert.deepEqual([number, stories], ['1', '4']);
    assert.ok(Number(articles) >= 30);
    assert.ok(first < last && /^\d{4}-\d\d-\d\d$/.test(first));
});

test('the seeds are one topic of two stories', (t) => {
    const file = path.join(shared, 'seeds.stories.tsv');
    if (!existsSync(file)) return t.skip('the seeds are not here');
    const gold = new Map(readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split('\t')).map(([id, , topic]) => [id, topic]));
    const db = path.join(folder(t), 'seeds.db');
    assert.equal(synoptic(['add', '--db', db, 'seeds'], { cwd: shared }).status, DONE);
    const { seen } = judged(db, gold, (id) => id);
    assert.equal(seen.size, gold.size);
    const rows = answers(['topics', '--db', db, '--json']);
    assert.deepEqual(rows.map((row) => row.stories), [2]);
    assert.deepEqual(rows[0].name.split(' – ').sort(), ['Laos', 'Vietnam']);
});

test('invented stories in fourteen languages are linked as their table says', (t) => {
    const here = path.join(root, 'tests/cases/topics');
    const gold = readFileSync(path.join(here, 'stories.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split('\t')).map(([id, story, topic]) => ({ id, story, topic }));
    const db = path.join(folder(t), 'invented.db');
    assert.equal(synoptic(['add', '--db', db, path.join(here, 'stories.jsonl')]).status, DONE);
    const topics = new Map(answers(['export', '--db', db]).map((row) => [row.id, (row.topics ?? []).map((x) => x.topic)]));
    let right = 0, linked = 0, true_ = 0;
    for (const a of gold) {
        for (const b of gold) {
            if (a.id >= b.id || a.story === b.story) continue; // tellings of one story share its topics anyway
            const one = a.topic !== '-' && a.topic === b.topic;
            const said = topics.get(a.id).some((topic) => topics.get(b.id).includes(topic));
            true_ += one;
            linked += said;
            right += one && said;
        }
    }
    const precision = right / linked, recall = right / true_;
    t.diagnostic(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${true_} links`);
    assert.ok(precision >= 0.95, `precision ${precision}`);
    assert.ok(recall >= 0.88, `recall ${recall}`);
});

test('a store without topics has none, quietly', (t) => {
    const here = folder(t), db = path.join(here, 'one.db'), file = path.join(here, 'one.txt');
    writeFileSync(file, 'A bridge\n\nThe bridge at Tarnholm was closed on Monday, the road office said.\n');
    synoptic(['add', '--db', db, file]);
    const p = synoptic(['topics', '--db', db]);
    assert.deepEqual([p.status, p.out], [DONE, '']);
});
