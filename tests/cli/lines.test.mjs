// Articles that were read before come in again as lines of JSON.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { SOME_FAILED, answers, folder, synoptic } from './synoptic.mjs';

const read = synoptic(['read', 'samples/nordan']);

test('lines of articles are read as they were written', (t) => {
    const file = path.join(folder(t), 'nordan.jsonl');
    writeFileSync(file, read.out);
    assert.equal(synoptic(['read', file]).out, read.out);
    assert.equal(synoptic(['read', '-'], { input: read.out }).out, read.out);
    assert.equal(spawnSync('gzip', [file]).status, 0);
    assert.equal(synoptic(['read', `${file}.gz`]).out, read.out);
});

test('one line alone is an article too, and keeps its name', () => {
    const [first] = read.lines;
    assert.equal(synoptic(['read', '-'], { input: first }).out, `${first}\n`);
});

test('a store takes lines as it takes the pages they came from', (t) => {
    const here = folder(t), pages = path.join(here, 'pages.db'), lines = path.join(here, 'lines.db');
    synoptic(['add', '--db', pages, 'samples/nordan']);
    synoptic(['add', '--db', lines, '-'], { input: read.out });
    const stories = (db) => answers(['export', '--db', db]).map((row) => [row.id, row.story_id]);
    assert.deepEqual(stories(lines), stories(pages));
});

test('a line that is no article gets its reason and the next is read', () => {
    const input = `{"id":"a","text":"One."}\nnot a line of JSON\n{"id":"b","error":"it was not there"}\n\n{"id":"c","text":"Three."}\n`;
    const rows = answers(['read', '-'], { input }, SOME_FAILED);
    assert.deepEqual(rows.map((row) => row.id), ['a', '-#2', '-#3', 'c']);
    assert.match(rows[1].error, /not JSON/);
    assert.match(rows[2].error, /it was not there/);
});

test('a JSON Feed on one line stays a feed', () => {
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'T', items: [{ id: '1', content_text: 'A text that is long enough to be read as an article.' }] };
    const [row] = answers(['read', '-'], { input: JSON.stringify(feed) });
    assert.equal(row.outlet, 'T');
});
