// The same pages in another order, at once or in parts, come to the same stories.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { DONE, answers, folder, synoptic } from './synoptic.mjs';

/** The samples' articles, each page once. */
const articles = (() => {
    const seen = new Set();
    return answers(['read', 'samples']).filter((a) => a.text && !seen.has(a.url ?? a.id) && seen.add(a.url ?? a.id));
})();

function shuffled(list, seed) {
    const out = [...list];
    for (let i = out.length - 1, x = BigInt(seed); i > 0; i--) {
        x = (x * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
        const j = Number((x >> 33n) % BigInt(i + 1));
        [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
}
const lines = (list) => list.map((a) => JSON.stringify(a) + '\n').join('');

/** Who is with whom, whatever the stories are called. */
function together(rows) {
    const of = new Map();
    for (const [id, story] of rows) of.set(story, [...(of.get(story) ?? []), id]);
    return [...of.values()].map((ids) => ids.sort().join(' ')).sort();
}
const grouped = (list) => together(answers(['group'], { input: lines(list) }).map((row) => [row.id, row.story]));

const asRead = grouped(articles);
const orders = [['backwards', [...articles].reverse()], ...[7, 8, 9].map((seed) => [`shuffled by ${seed}`, shuffled(articles, seed)])];

for (const [name, list] of orders) {
    test(`${name}, group finds the same stories`, () => assert.deepEqual(grouped(list), asRead));
}

for (const [name, list, size] of [['as read', articles, 1000], ...orders.map(([n, l], i) => [n, l, [9, 31, 17, 50][i]])]) {
    test(`${name}, ${size} at a time into a store that is opened anew, the same stories`, (t) => {
        const here = folder(t), db = path.join(here, 'news.db');
        for (let at = 0; at < list.length; at += size) {
            const part = path.join(here, `part${at}.jsonl`);
            writeFileSync(part, lines(list.slice(at, at + size)));
            const done = synoptic(['add', '--db', db, part]);
            assert.equal(done.status, DONE, done.err);
        }
        assert.deepEqual(together(answers(['export', '--db', db]).map((row) => [row.id, row.story_id])), asRead);
    });
}

test('a story keeps its number while its tellings come in', (t) => {
    const here = folder(t), db = path.join(here, 'news.db'), part = path.join(here, 'part.jsonl');
    const numbers = new Map();
    for (let at = 0; at < articles.length; at += 33) {
        writeFileSync(part, lines(articles.slice(at, at + 33)));
        assert.equal(synoptic(['add', '--db', db, part]).status, DONE);
        const rows = answers(['export', '--db', db]);
        const founders = new Map(rows.map((row) => [row.story_id, row]));
        let kept = 0;
        for (const row of rows) {
            const before = numbers.get(row.id);
            if (before !== undefined && founders.has(before)) kept += row.story_id === before;
            else if (before !== undefined) kept++; // emptied: it forwards
            numbers.set(row.id, row.story_id);
        }
        assert.ok(kept >= at * 0.95, `${kept} of ${at}`);
    }
});
