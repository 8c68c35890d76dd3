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
    for (const words of [[], ['maybe'], ['apart'], ['together', a], ['withdraw', 'x'], ['withdraw', '0'], ['list', 'x']])
        assert.equal(synoptic(['judge', ...words, '--db', db]).status, MISUSE, words.join(' '));
    const unknown = synoptic(['judge', 'apart', '--db', db, a, 'nowhere.html']);
    assert.equal(unknown.status, BROKEN);
    assert.match(unknown.err, /nowhere\.html/);
    assert.equal(synoptic(['judge', 'apart', '--db', db, a, a]).status, BROKEN);
    assert.deepEqual(answers(['judge', 'list', '--db', db]), []);
});

/** A telling of the largest story that founded it, or did not, and the ids of that story. */
function inLargest(db, founder) {
    const members = new Map();
    for (const [id, story] of stories(db)) members.set(story, [...(members.get(story) ?? []), id]);
    const [name, ids] = [...members].sort((x, y) => y[1].length - x[1].length)[0];
    return [ids.find((id) => (id === name) === founder), ids];
}

for (const founder of [false, true])
    test(`one that does not belong leaves all others of its story, ${founder ? 'its founder, too' : 'a later one'}`, (t) => {
        const db = store(t, 'nordan', 'meridian', 'almarsad', 'rokhdad');
        const [a, ids] = inLargest(db, founder), rest = ids.filter((id) => id !== a);
        assert.ok(rest.length >= 3);
        judge(db, 'apart', '--who', 'Ylva', a);
        const whole = (of) => new Set(rest.map((id) => of.get(id))).size === 1 && !rest.some((id) => of.get(id) === of.get(a));
        assert.ok(whole(stories(db)));
        add(db, 'pritok', 'higashi');
        assert.ok(whole(stories(db)));
        const said = answers(['judge', 'list', '--db', db]);
        assert.equal(said.length, rest.length);
        assert.ok(said.every((word) => word.a === a && (word.with ?? 1) === 1));
        const [why] = answers(['explain', '--db', db, a]);
        assert.deepEqual(why.words.map(({ n, verdict, who, others }) => [n, verdict, who, others]), [[1, 'apart', 'Ylva', rest.length - 1]]);
        judge(db, 'together', a, rest[0]);
        assert.equal(stories(db).get(a), stories(db).get(rest[0]), 'the later word holds');
        assert.ok(answers(['judge', 'list', '--db', db]).slice(0, rest.length).every((word) => word.withdrawn));
    });

test('one word about a reprint parts it from its original, too', (t) => {
    const db = store(t, 'nordan', 'meridian', 'sauti', 'darpan');
    const a = 'samples/nordan/malaria-vaccine-lubanda-trial.en.html', b = 'samples/meridian/lubanda-malaria-vaccine-trial.en.html';
    assert.equal(stories(db).get(a), stories(db).get(b));
    judge(db, 'apart', a);
    assert.notEqual(stories(db).get(a), stories(db).get(b));
    const [why] = answers(['explain', '--db', db, a]);
    assert.equal(why.reprint_of, undefined);
});

test('an original takes its reprints along', (t) => {
    const db = store(t, 'nordan', 'meridian', 'sauti', 'darpan');
    const of = (id) => stories(db).get(id);
    const a = 'samples/meridian/lubanda-malaria-vaccine-trial.en.html', b = 'samples/nordan/malaria-vaccine-lubanda-trial.en.html';
    const c = 'samples/meridian/vaccin-paludisme-lubanda.fr.html';
    judge(db, 'apart', a);
    assert.equal(of(a), of(b));
    assert.notEqual(of(a), of(c));
    judge(db, 'withdraw', '1');
    assert.equal(of(a), of(c));
});
