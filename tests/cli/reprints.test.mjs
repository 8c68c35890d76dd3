// Copies of a text: one voice, listed under the original, with what they altered.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BRIDGE, DONE, answers, folder, page, portal, synoptic } from './synoptic.mjs';

const TEXT = BRIDGE.join('\n');
const article = (outlet, hour, more = {}) => ({
    id: `${outlet}/bridge`, lang: 'en', title: 'Bridge to close', text: TEXT, outlet,
    url: `https://${outlet.toLowerCase()}.example/2025/bridge`, published: `2025-05-02T${hour}:00:00Z`, ...more,
});
const lines = (articles) => articles.map((a) => `${JSON.stringify(a)}\n`).join('');

/** What each article repeats, whatever the order in which they come. */
function originals(articles) {
    const found = [articles, [...articles].reverse()].map((order) =>
        new Map(answers(['group', '--explain'], { input: lines(order) }).map((a) => [a.id, a.reprint_of ?? ''])));
    assert.deepEqual([...found[0]].sort(), [...found[1]].sort());
    return Object.fromEntries(found[0]);
}

test('the earliest published is the original, in any order of arrival', () => {
    assert.deepEqual(originals([article('Posten', '12'), article('Wire', '09'), article('Bladet', '10')]),
        { 'Posten/bridge': 'Wire/bridge', 'Wire/bridge': '', 'Bladet/bridge': 'Wire/bridge' });
});

for (const source of ['wire.example', 'https://www.wire.example/2025/bridge', 'Wire'])
    test(`what a page names as its source is the original, though published later: ${source}`, () => {
        assert.deepEqual(originals([article('Posten', '07', { source }), article('Wire', '09'), article('Bladet', '08')]),
            { 'Posten/bridge': 'Wire/bridge', 'Wire/bridge': '', 'Bladet/bridge': 'Wire/bridge' });
    });

test('an outlet that names itself as its source keeps to the time', () => {
    assert.deepEqual(originals([article('Posten', '07', { source: 'Posten' }), article('Wire', '09')]),
        { 'Posten/bridge': '', 'Wire/bridge': 'Posten/bridge' });
});

test('a reprint counts once: in the numbers of its story, in its table, in the feed', async (t) => {
    const db = path.join(folder(t), 'news.db'), file = path.join(path.dirname(db), 'lines.jsonl');
    const altered = TEXT.replace('48 million', '84 million').replace('two oldest piers are repaired', 'two oldest piers are mended');
    writeFileSync(file, lines([
        article('Bladet', '11'), article('Posten', '12', { text: altered }), article('Wire', '09'),
        article('Kuriren', '13', { title: 'Bron stängs', lang: 'sv', text: 'Bron över Velle vid Tarnholm stängs i nio veckor från måndag, säger regionens vägkontor, medan de två äldsta pelarna lagas.\nOmkring 14 000 fordon kör över den en arbetsdag. De flesta får ta färjan vid Lurz eller den nya vägen över Oststrand, som är 27 kilometer längre.\nArbetet kostar 48 miljoner kronor, dubbelt så mycket som man räknade med.' })]));
    const added = synoptic(['add', '--db', db, file]);
    assert.equal(added.status, DONE, added.err);
    const { address, end } = await portal(db);
    t.after(() => end());
    const get = async (at) => (await fetch(new URL(at, address))).json();
    const { stories } = await get('/api/stories.json');
    const story = stories.find((s) => s.reprints);
    assert.ok(story, JSON.stringify(stories));
    assert.equal(story.reprints, 2);
    assert.equal(story.outlets, story.articles - 2);
    const { tellings, compared } = await get(`/api/stories/${story.story}.json`);
    const wire = tellings.find((one) => one.page.outlet === 'Wire');
    assert.deepEqual(wire.reprints.map((r) => r.page.outlet), ['Bladet', 'Posten']);
    assert.ok(tellings.every((one) => one.reprint_of === undefined));
    assert.ok(compared.every((row) => row.said.length <= tellings.length));
    const [bladet, posten] = wire.reprints;
    assert.deepEqual([bladet.altered, bladet.taken_out, bladet.put_in], [[], [], []]);
    assert.ok(posten.altered.some((d) => d.severity >= 2 && posten.page.text.slice(d.b.start, d.b.end).includes('84')));
    assert.equal(posten.put_in.length, 2);
    assert.match(await (await fetch(new URL('/feed.atom', address))).text(), new RegExp(`${story.articles - 2} telling`));
    const html = await (await fetch(new URL(`/story/${story.story}?ui=en`, address))).text();
    assert.match(html, /2 reprints: <bdi class="outlet">Bladet<\/bdi>, <bdi class="outlet">Posten<\/bdi>/);
    assert.match(html, /Altered reprint/);
    const [why] = answers(['explain', '--db', db, 'Posten/bridge']);
    assert.equal(why.reprint_of, 'Wire/bridge');
});

test('one page under two addresses is told once', async (t) => {
    const dir = folder(t), db = path.join(dir, 'news.db');
    writeFileSync(path.join(dir, 'a.html'), page('Bridge to close', BRIDGE, { url: 'https://posten.example/2025/bridge' }));
    writeFileSync(path.join(dir, 'b.html'), page('Bridge to close', BRIDGE, { url: 'https://posten.example/print/4711' }));
    assert.equal(synoptic(['add', '--db', db, path.join(dir, 'a.html'), path.join(dir, 'b.html')]).status, DONE);
    const { address, end } = await portal(db);
    t.after(() => end());
    const { stories } = await (await fetch(new URL('/api/stories.json', address))).json();
    assert.deepEqual(stories.map((s) => [s.articles, s.reprints, s.outlets]), [[2, 1, 1]]);
});
