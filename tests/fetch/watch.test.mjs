// watch: feeds that lead to pages, repeat themselves, fail and come back.  Everything happens on loopback.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { BRIDGE, DONE, SOME_FAILED, answers, folder, page, portal } from '../cli/synoptic.mjs';
import { HERE, feed, rss, run, serve, start } from './server.mjs';

const store = (t) => path.join(folder(t), 'news.db');
const exported = (db) => answers(['export', '--db', db]);
const watch = (db, feeds, options = []) => run(['watch', '--db', db, '--once', ...HERE, ...options, ...[feeds].flat()]);
const whole = (n) => BRIDGE.map((x) => `<p>${n}: ${x}</p>`).join('');
const story = (n) => page(`Story ${n}`, BRIDGE.map((x) => `${n}: ${x}`));
const until = async (what, ms = 8000) => {
    for (const end = Date.now() + ms; !what();) {
        assert.ok(Date.now() < end, 'it did not come to pass');
        await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
};

test('feeds', { concurrency: 4 }, async (t) => {
    await t.test('items with their text are taken, the pages of others are fetched', async (t) => {
        const s = await serve(t, { '/1': story(1) });
        s.routes['/feed'] = feed([
            { title: 'Story 1', link: `${s.origin}/1`, description: 'Only what it is about.', date: 'Wed, 03 Dec 2025 09:00:00 GMT' },
            { title: 'Story 2', link: `${s.origin}/2`, description: 'A summary.', content: whole(2) },
        ]);
        const db = store(t);
        const p = await watch(db, `${s.origin}/feed`);
        assert.equal(p.status, DONE, p.err);
        assert.deepEqual([p.pages, p.added, p.failed], [2, 2, 0], p.err);
        assert.deepEqual(s.paths(), ['/robots.txt', '/feed', '/1']);
        const rows = exported(db).sort((a, b) => (a.id < b.id ? -1 : 1));
        assert.deepEqual(rows.map((row) => row.id), [`${s.origin}/1`, `${s.origin}/2`]);
        assert.match(rows[0].article.text, /1: About 14,000 vehicles/);
        assert.match(rows[0].article.published, /^2025-12-03/, 'what the page does not say, the feed does');
    });

    await t.test('a feed that repeats items: each is one article, each page is asked for once', async (t) => {
        const s = await serve(t, { '/1': story(1), '/2': story(2) });
        const one = { title: 'Story 1', link: `${s.origin}/1` }, full = { title: 'Story 9', link: `${s.origin}/9`, content: whole(9) };
        s.routes['/feed'] = feed([one, one, full, full]);
        const db = store(t);
        assert.equal((await watch(db, [`${s.origin}/feed`, `${s.origin}/feed`])).added, 2);
        s.routes['/feed'] = feed([{ title: 'Story 2', link: `${s.origin}/2` }, one, full]);
        const again = await watch(db, []);
        assert.deepEqual([again.status, again.added, again.versions], [DONE, 1, 0], again.err);
        assert.equal(s.paths().filter((x) => x === '/1').length, 1);
        assert.equal(exported(db).length, 3);
    });

    await t.test('an unchanged feed is not sent again, but only once its pages have come', async (t) => {
        const s = await serve(t, { '/1': (q, r, n) => (n > 3 ? r.writeHead(200, { 'content-type': 'text/html' }).end(story(1)) : r.writeHead(503).end()) });
        s.routes['/feed'] = (q, r) => {
            if (q.headers['if-none-match'] === '"a"') r.writeHead(304).end();
            else r.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"a"' }).end(rss([{ title: 'Story 1', link: `${s.origin}/1` }]));
        };
        const db = store(t);
        const first = await watch(db, `${s.origin}/feed`);
        assert.deepEqual([first.status, first.added], [SOME_FAILED, 0], first.err);
        assert.equal((await watch(db, `${s.origin}/feed`)).added, 1);
        const third = await watch(db, `${s.origin}/feed`);
        assert.deepEqual([third.status, third.pages, third.added], [DONE, 1, 0], third.err);
        const validators = s.asked.filter((one) => one.path === '/feed').map((one) => one.headers['if-none-match']);
        assert.deepEqual(validators, [undefined, undefined, '"a"']);
    });

    await t.test('where the page cannot be had, what the feed says is kept', async (t) => {
        const s = await serve(t, { '/robots.txt': (q, r) => r.writeHead(200).end('User-agent: *\nDisallow: /paid\n') });
        s.routes['/feed'] = feed([
            { title: 'Gone', link: `${s.origin}/gone`, description: BRIDGE[0] },
            { title: 'Paid', link: `${s.origin}/paid`, description: BRIDGE[1] },
            { title: 'Inside', link: 'http://10.0.0.1/', description: BRIDGE[2] },
            { title: 'No link', description: BRIDGE[2] },
        ]);
        const db = store(t);
        const p = await watch(db, `${s.origin}/feed`);
        assert.equal(p.status, SOME_FAILED);
        assert.match(p.err, /gone: the server answers 404/);
        assert.match(p.err, /paid: its robots\.txt forbids it/);
        assert.match(p.err, /10\.0\.0\.1\/: .*private address/);
        assert.equal(p.added, 4, p.err);
        const again = await watch(db, `${s.origin}/feed`);
        assert.deepEqual([again.status, again.added, again.failed], [DONE, 0, 0], again.err);
    });

    await t.test('a feed that fails does not keep another from being read', async (t) => {
        const s = await serve(t, { '/page': story(1) });
        s.routes['/feed'] = feed([{ title: 'Story 2', link: `${s.origin}/2`, content: whole(2) }]);
        const p = await watch(store(t), [`${s.origin}/missing`, `${s.origin}/page`, `${s.origin}/feed`]);
        assert.deepEqual([p.status, p.added, p.failed], [SOME_FAILED, 1, 2], p.err);
        assert.match(p.err, /missing: the server answers 404/);
        assert.match(p.err, /page: not a feed/);
    });

    await t.test('the portal tells how the feeds fare', async (t) => {
        const s = await serve(t, {});
        s.routes['/feed'] = feed([{ title: 'Story 2', link: `${s.origin}/2`, content: whole(2) }]);
        const db = store(t);
        await watch(db, [`${s.origin}/feed`, `${s.origin}/gone`]);
        const p = await portal(db);
        t.after(() => p.end());
        const { feeds } = await (await fetch(new URL('/api/sources.json', p.address))).json();
        const html = await (await fetch(new URL('/sources', p.address))).text();
        const [good, bad] = feeds;
        assert.deepEqual([good.title, good.items, good.articles, good.fails, good.error], ['Tarn Daily', 1, 1, 0, undefined]);
        assert.equal(Date.parse(good.due) - Date.parse(good.fetched), 900_000);
        assert.deepEqual([bad.url, bad.fails, bad.answered], [`${s.origin}/gone`, 1, undefined]);
        assert.equal(Date.parse(bad.due) - Date.parse(bad.fetched), 1_800_000);
        assert.match(html, /the server answers 404/);
    });

    await t.test('nothing to follow', async (t) => {
        const p = await watch(store(t), []);
        assert.equal(p.status, 1);
        assert.match(p.err, /follows no feed yet/);
    });
});

test('a feed is looked at again and again until the end', async (t) => {
    const s = await serve(t, {});
    const items = [{ title: 'Story 1', link: `${s.origin}/1`, content: whole(1) }];
    s.routes['/feed'] = (q, r) => feed(items)(q, r);
    const db = store(t);
    const p = start(['watch', '--db', db, '--every', '1', ...HERE, `${s.origin}/feed`]);
    await until(() => p.err().includes('1 new articles'));
    items.unshift({ title: 'Story 2', link: `${s.origin}/2`, content: whole(2) });
    await until(() => p.err().split('1 new articles').length === 3);
    p.kill('SIGTERM');
    const { status, err } = await p.ended;
    assert.equal(status, DONE, err);
    assert.equal(exported(db).length, 2);
    assert.equal(s.paths().filter((x) => x === '/robots.txt').length, 1, 'robots.txt is remembered');
});

test('it ends at once when it is told to while a page does not come', async (t) => {
    const s = await serve(t, { '/slow': () => {} });
    s.routes['/feed'] = feed([{ title: 'Slow', link: `${s.origin}/slow` }]);
    const p = start(['watch', '--db', store(t), ...HERE, '--timeout', '60', `${s.origin}/feed`]);
    await until(() => s.paths().includes('/slow'));
    const then = Date.now();
    p.kill('SIGINT');
    const { status } = await p.ended;
    assert.equal(status, DONE);
    assert.ok(Date.now() - then < 3000);
});
