// A user's word on what belongs together: obeyed at once, kept, withdrawn, never undone by what comes later.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { BROKEN, DONE, MISUSE, answers, folder, synoptic } from './synoptic.mjs';

/** A store of some outlets' pages. */
function store(t, ...outlets) {
    const db = path.join(folder(t), 'news.db');
    add(db, ...outlets);
    return db;
}

function add(db, ...outlets) {
    const done = synoptic(['add', '--db', db, ...outlets.map((o) => `samples/${o}`)]);
    assert.equal(done.status, DONE, done.err);
}

function judge(db, ...words) {
    const done = synoptic(['judge', ...words, '--db', db]);
    assert.equal(done.status, DONE, done.err);
}

const stories = (db) => new Map(answers(['export', '--db', db]).map((row) => [row.id, row.story_id]));

/** Two articles of one story, and one of another. */
function three(db) {
    const of = stories(db);
    for (const [a, story] of of)
        for (const [b, other] of of)
            if (a !== b && story === other) return [a, b, [...of].find(([, s]) => s !== story)[0]];
    return assert.fail('no two tellings of one story');
}

test('apart parts two tellings, and more pages do not undo it', (t) => {
    const db = store(t, 'nordan', 'meridian');
    const [a, b] = three(db);
    judge(db, 'apart', '--who', 'Ylva', '--why', 'två matcher', a, b);
    assert.notEqual(stories(db).get(a), stories(db).get(b));
    add(db, 'pritok', 'darpan');
    assert.notEqual(stories(db).get(a), stories(db).get(b));
    const [word] = answers(['judge', 'list', '--db', db]);
    assert.deepEqual([word.n, word.verdict, word.a, word.b, word.who, word.why], [1, 'apart', a, b, 'Ylva', 'två matcher']);
});

test('together joins two stories until it is withdrawn', (t) => {
    const db = store(t, 'nordan', 'meridian');
    const [a, b, c] = three(db);
    judge(db, 'together', a, c);
    assert.equal(stories(db).get(a), stories(db).get(c));
    assert.equal(stories(db).get(a), stories(db).get(b));
    judge(db, 'withdraw', '1');
    assert.notEqual(stories(db).get(a), stories(db).get(c));
    const [word] = answers(['judge', 'list', '--db', db]);
    assert.ok(word.withdrawn);
    assert.equal(synoptic(['judge', 'withdraw', '--db', db, '1']).status, BROKEN);
});

test('misuse and unknown articles are said', (t) => {
    const db = store(t, 'nordan', 'meridian');
    const [a] = three(db);
    for (const words of [[], ['maybe'], ['apart', a], ['withdraw', 'x'], ['withdraw', '0'], ['list', 'x']])
        assert.equal(synoptic(['judge', ...words, '--db', db]).status, MISUSE, words.join(' '));
    const unknown = synoptic(['judge', 'apart', '--db', db, a, 'nowhere.html']);
    assert.equal(unknown.status, BROKEN);
    assert.match(unknown.err, /nowhere\.html/);
    assert.equal(synoptic(['judge', 'apart', '--db', db, a, a]).status, BROKEN);
    assert.deepEqual(answers(['judge', 'list', '--db', db]), []);
});
