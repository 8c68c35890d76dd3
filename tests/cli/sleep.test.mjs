// Stories that were silent long: a store of thousands leaves them asleep, and a telling that is surely theirs wakes them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { DONE, answers, folder, portal, synoptic } from './synoptic.mjs';

const articles = answers(['read', 'samples']).filter((a) => a.text);
const byId = new Map(articles.map((a) => [a.id, a]));
const stories = (() => {
    const of = new Map();
    for (const row of answers(['group'], { input: articles.map((a) => JSON.stringify(a) + '\n').join('') }))
        of.set(row.story, [...(of.get(row.story) ?? []), byId.get(row.id)]);
    return [...of.values()].filter((tellings) => tellings.length >= 6 && tellings.every((a) => a.published));
})();
const later = (a, days) => ({ ...a, published: new Date(Date.parse(a.published) + days * 86400_000).toISOString() });

let files = 0;
function add(here, db, list) {
    const file = path.join(here, `part${files++}.jsonl`);
    writeFileSync(file, list.map((a) => JSON.stringify(a) + '\n').join(''));
    const done = synoptic(['add', '--db', db, file]);
    assert.equal(done.status, DONE, done.err);
}
const numbers = (db) => new Map(answers(['export', '--db', db]).map((row) => [row.id, row.story]));

/** Short news of other things, a half year later. */
function others(n, from) {
    const pick = (list, k) => list[k % list.length];
    const places = ['Arlev', 'Bormo', 'Celka', 'Dorvik', 'Estan', 'Finsk', 'Galtby', 'Hurnas', 'Ivelo', 'Jarmo', 'Kolby'];
    const things = ['bakery', 'ferry', 'orchard', 'museum', 'bus line', 'school', 'quarry', 'choir', 'library', 'dairy', 'mill', 'rink', 'chapel'];
    const done = ['opened', 'closed', 'was sold', 'burned', 'was repaired', 'moved', 'hired clerks'];
    return Array.from({ length: n }, (_, k) => ({
        id: `other-${k}`, lang: 'en', published: new Date(Date.parse(from) + (180 * 86400 + k * 600) * 1000).toISOString(),
        title: `${pick(things, k)} in ${pick(places, k)} ${pick(done, k)}`,
        text: `The ${pick(things, k)} number ${k * 37 + 1001} in ${pick(places, k)} ${pick(done, k)}, said ${pick(places, k * 7)} Q${(k * 7919).toString(36)}en.`,
    }));
}

test('a story that slept is woken by a telling that comes late, and by one of old date', (t) => {
    const here = folder(t), db = path.join(here, 'news.db');
    const [first, second] = stories;
    add(here, db, [...first.slice(0, -1), ...second.slice(0, -1)]);
    const before = numbers(db);
    add(here, db, others(3200, first[0].published));
    add(here, db, [first.at(-1)]); // published when the others were
    add(here, db, [later(second.at(-1), 30)]);
    const after = numbers(db);
    assert.equal(after.get(first.at(-1).id), before.get(first[0].id), 'a late page of an old date');
    assert.equal(after.get(second.at(-1).id), before.get(second[0].id), 'a telling that comes late');
    const kept = [before.get(first[0].id), before.get(second[0].id)];
    for (const [id, story] of before) if (kept.includes(story)) assert.equal(after.get(id), story, id);
});

test('whoever asks for a story that became part of another is led there', async (t) => {
    const here = folder(t), db = path.join(here, 'news.db');
    const [first, second] = stories;
    add(here, db, [...first.slice(0, 3), ...second.slice(0, 3)]);
    const before = numbers(db), a = first[0].id, b = second[0].id;
    assert.notEqual(before.get(a), before.get(b));
    for (const x of second.slice(0, 3)) {
        const done = synoptic(['judge', 'together', '--db', db, a, x.id]);
        assert.equal(done.status, DONE, done.err);
    }
    const after = numbers(db), gone = before.get(b), stays = after.get(b);
    assert.equal(stays, after.get(a));
    assert.notEqual(gone, stays);
    const p = await portal(db);
    try {
        const page = await fetch(new URL(`story/${gone}`, p.address));
        assert.equal(page.status, 200);
        assert.match(page.url + (await page.text()), new RegExp(`/story/${stays}\\b`));
        const json = await (await fetch(new URL(`api/stories/${gone}.json`, p.address))).json();
        assert.equal(json.story, stays);
    } finally {
        await p.end();
    }
    const [told] = answers(['explain', '--db', db, b]);
    assert.equal(told.story, stays);
});
