// What the store keeps: nothing twice, nothing lost, versions apart.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BRIDGE, DONE, answers, folder, page, root, synoptic } from './synoptic.mjs';

/** What add counted: new, versions, known ... */
function counted(args) {
    const p = synoptic(args);
    assert.equal(p.status, DONE, p.err);
    const found = /(\d+) pages: (\d+) new articles, (\d+) new versions, (\d+) known, (\d+) without text, (\d+) failed; (\d+) articles in (\d+) stories/.exec(p.err);
    assert.ok(found, p.err);
    const [pages, added, versions, known, empty, failed, articles, stories] = found.slice(1).map(Number);
    return { pages, added, versions, known, empty, failed, articles, stories };
}

test('adding twice changes nothing', (t) => {
    const db = path.join(folder(t), 'news.db');
    const first = counted(['add', '--db', db, 'samples']);
    const exported = synoptic(['export', '--db', db]).out;
    const second = counted(['add', '--db', db, 'samples']);
    assert.equal(second.added, 0);
    assert.equal(second.versions, 0);
    assert.equal(second.articles, first.articles);
    assert.equal(second.stories, first.stories);
    assert.equal(synoptic(['export', '--db', db]).out, exported);
});

test('export gives a line of JSON for each article', (t) => {
    const db = path.join(folder(t), 'news.db');
    const { articles, stories } = counted(['add', '--db', db, 'samples']);
    const rows = answers(['export', '--db', db]);
    assert.equal(rows.length, articles);
    assert.equal(new Set(rows.map((row) => row.id)).size, articles);
    assert.equal(new Set(rows.map((row) => row.story_id)).size, stories);
    for (const row of rows) assert.ok(row.article.text && row.article.title, row.id);
});

test('a changed page is a new version of its article, in the same story', (t) => {
    const here = folder(t), db = path.join(here, 'news.db'), file = path.join(here, 'bridge.html');
    const url = 'https://tarn.example/bridge';
    writeFileSync(file, page('Bridge closed for nine weeks', BRIDGE, { url }));
    assert.equal(counted(['add', '--db', db, file]).added, 1);
    const [before] = answers(['export', '--db', db]);
    writeFileSync(file, page('Bridge closed for eleven weeks', BRIDGE.map((p) => p.replace('nine', 'eleven')), { url }));
    const again = counted(['add', '--db', db, file]);
    assert.equal(again.added, 0);
    assert.equal(again.versions, 1);
    const rows = answers(['export', '--db', db]);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].story_id, before.story_id);
    assert.match(rows[0].article.text + (rows[0].article.lead ?? ''), /eleven weeks/);
});

test('the sample that was updated is one article of two versions', (t) => {
    const db = path.join(folder(t), 'news.db');
    const both = ['samples/nordan/cyklon-ketsara.sv.html', 'samples/nordan/cyklon-ketsara.sv.v2.html'];
    const { added, versions, articles } = counted(['add', '--db', db, ...both]);
    assert.deepEqual({ added, versions, articles }, { added: 1, versions: 1, articles: 1 });
});

test('sources one after another give the articles of all at once', (t) => {
    const here = folder(t), once = path.join(here, 'once.db'), parts = path.join(here, 'parts.db');
    counted(['add', '--db', once, 'samples']);
    for (const part of ['feeds', 'nordan', 'almarsad', 'rokhdad', 'darpan', 'riverpost', 'higashi', 'pritok', 'sauti', 'meridian'])
        counted(['add', '--db', parts, `samples/${part}`]);
    const ids = (db) => answers(['export', '--db', db]).map((row) => row.id).sort();
    assert.deepEqual(ids(parts), ids(once));
});

test('a search finds a name in other scripts', (t) => {
    const db = path.join(folder(t), 'news.db');
    counted(['add', '--db', db, 'samples']);
    const found = answers(['search', '--db', db, '--limit', '50', 'Karpalov']);
    assert.ok(new Set(found.map((row) => row.article.lang)).size >= 4, found.map((row) => row.id).join('\n'));
});

test('the store is the same whatever folder it is asked from', (t) => {
    const here = folder(t), db = path.join(here, 'synoptic.db');
    const file = path.join(here, 'a.html');
    writeFileSync(file, page('Bridge closed', BRIDGE));
    counted(['add', '--db', db, file]);
    assert.equal(synoptic(['export'], { cwd: here }).out, synoptic(['export', '--db', db], { cwd: root }).out);
    assert.ok(readFileSync(db).length > 0);
});

test('who lists the spellings of a name with their languages', (t) => {
    const db = path.join(folder(t), 'news.db');
    counted(['add', '--db', db, 'samples']);
    const rows = answers(['who', '--db', db, '--limit', '100', 'Aldan Moreth']);
    const of = (lang) => rows.filter((row) => row.lang === lang).map((row) => row.name);
    assert.ok(of('sv').includes('Aldan Moreth'));
    assert.ok(of('hi').includes('अल्दान मोरेथ'));
    assert.ok(of('zh-Hans').includes('阿尔丹·莫雷特'));
    for (const row of rows) assert.ok(row.articles > 0 && row.latest.id && row.alike >= 0.5, row.name);
    assert.deepEqual(answers(['who', '--db', db, 'Nemo Nessuno']), []);
    assert.equal(synoptic(['who', '--db', db]).status, 2);
});
