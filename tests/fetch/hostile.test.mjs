// add and watch: bodies, names and certificates that are not what they should be.  Everything happens on loopback.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import test from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { BRIDGE, DONE, SOME_FAILED, answers, folder, page } from '../cli/synoptic.mjs';
import { HERE, run, serve } from './server.mjs';

const concurrent = { concurrency: 4 };
const html = { 'content-type': 'text/html; charset=utf-8' };
const bridge = page('Bridge closed for nine weeks', BRIDGE);
const store = (t) => path.join(folder(t), 'news.db');
const add = (db, url, options = HERE) => run(['add', '--db', db, ...options, url]);

async function fails(t, url, why, options) {
    const p = await add(store(t), url, options);
    assert.deepEqual([p.status, p.failed], [SOME_FAILED, 1], p.err);
    assert.match(p.err, why);
}

test('bodies', concurrent, async (t) => {
    await t.test('a brotli bomb', async (t) => {
        const bomb = brotliCompressSync(Buffer.alloc(80 << 20), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
        const s = await serve(t, { '/bomb': (q, r) => r.writeHead(200, { ...html, 'content-encoding': 'br' }).end(bomb) });
        await fails(t, `${s.origin}/bomb`, /larger than 67108864 bytes|compression/, [...HERE, '--timeout', '20']);
    });

    await t.test('a connection that is reset in the middle', async (t) => {
        const s = await serve(t, {
            '/reset': (q, r) => {
                r.writeHead(200, { ...html, 'content-length': bridge.length });
                r.write(bridge.slice(0, 200), () => r.socket.resetAndDestroy());
            },
        });
        await fails(t, `${s.origin}/reset`, /broke off/);
        assert.equal(s.paths().filter((x) => x === '/reset').length, 3);
    });

    await t.test('chunks that are none', async (t) => {
        const s = await serve(t, { '/c': (q, r) => r.socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>one</p>\r\n0\r\n\r\n') });
        await fails(t, `${s.origin}/c`, /\/c: ./);
    });

    await t.test('a charset that nobody knows', async (t) => {
        const s = await serve(t, { '/a': (q, r) => r.writeHead(200, { 'content-type': 'text/html; charset="x-klingon' }).end(bridge) });
        const db = store(t);
        assert.equal((await add(db, `${s.origin}/a`)).added, 1);
        assert.equal(answers(['export', '--db', db])[0].article.title, 'Bridge closed for nine weeks');
    });

    await t.test('a feed without items, and one with a million', async (t) => {
        const head = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>';
        const many = Buffer.from(`${head}${'<item><title>a</title></item>'.repeat(1_000_000)}</channel></rss>`);
        const s = await serve(t, {
            '/none': (q, r) => r.writeHead(200, { 'content-type': 'application/rss+xml' }).end(`${head}</channel></rss>`),
            '/many': (q, r) => r.writeHead(200, { 'content-type': 'application/rss+xml' }).end(many),
        });
        await fails(t, `${s.origin}/none`, /a feed without items/);
        const p = await add(store(t), `${s.origin}/many`, [...HERE, '--timeout', '30']);
        assert.deepEqual([p.added, p.empty], [0, 10_000], p.err.slice(-300));
    });
});

test('a robots.txt of which only the head counts', async (t) => {
    const rules = `User-agent: *\nDisallow: /private\n${'# padding\n'.repeat(60_000)}Disallow: /open\n`;
    const s = await serve(t, { '/open': bridge, '/private': bridge, '/robots.txt': (q, r) => r.writeHead(200).end(rules) });
    await fails(t, `${s.origin}/private`, /robots\.txt forbids/);
    assert.equal((await add(store(t), `${s.origin}/open`)).added, 1);
});

test('robots.txt is kept in the store for a day', async (t) => {
    const s = await serve(t, { '/a': bridge, '/b': page('Ferry', BRIDGE), '/robots.txt': (q, r) => r.writeHead(200).end('User-agent: *\nDisallow: /b\n') });
    const db = store(t);
    await add(db, `${s.origin}/a`);
    const p = await add(db, `${s.origin}/b`);
    assert.match(p.err, /robots\.txt forbids/);
    assert.deepEqual(s.paths(), ['/robots.txt', '/a']);
});

test('certificates', concurrent, async (t) => {
    await t.test('a server that speaks no TLS', async (t) => {
        const s = await serve(t, { '/a': bridge });
        await fails(t, `${s.origin.replace('http:', 'https:')}/a`, /\/a: ./);
        assert.equal(s.asked.length, 0);
    });

    await t.test('a certificate that nobody vouches for', async (t) => {
        const at = folder(t), key = path.join(at, 'key'), cert = path.join(at, 'cert');
        const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=tarn.example']);
        if (made.status !== 0) return t.skip('no openssl to make one');
        let asked = 0;
        const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (q, r) => { asked++; r.end(bridge); });
        server.on('tlsClientError', () => {});
        await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
        t.after(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }));
        await fails(t, `https://127.0.0.1:${server.address().port}/a`, /certificate is not to be trusted/);
        assert.equal(asked, 0);
    });
});

test('feeds that pages and sitemaps name', concurrent, async (t) => {
    const watch = (db, url) => run(['watch', '--db', db, '--once', ...HERE, url]);
    const xml = (body) => (q, r) => r.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
    const news = (loc, title) => `<url><loc>${loc}</loc><n:news><n:publication><n:name>Tarn Daily</n:name><n:language>en</n:language></n:publication><n:publication_date>2025-12-02T10:00:00Z</n:publication_date><n:title>${title}</n:title></n:news></url>`;
    const urlset = (body) => xml(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">${body}</urlset>`);

    await t.test('a page that names a feed', async (t) => {
        const s = await serve(t, { '/1': page('Story 1', BRIDGE) });
        s.routes['/'] = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><a href="/1">Story 1</a></body></html>';
        s.routes['/feed'] = xml(`<rss version="2.0"><channel><title>Tarn</title><item><title>Story 1</title><link>${s.origin}/1</link></item></channel></rss>`);
        const db = store(t);
        const p = await watch(db, `${s.origin}/`);
        assert.deepEqual([p.status, p.added, p.failed], [DONE, 1, 0], p.err);
        assert.match(p.err, /the feed that it names is followed: http:.*\/feed/);
        const again = await run(['watch', '--db', db, '--once', ...HERE]);
        assert.deepEqual([again.status, again.added], [DONE, 0], again.err);
        assert.equal(s.paths().filter((x) => x === '/').length, 1, 'the feed is followed, not the page');
        const added = await add(store(t), `${s.origin}/`);
        assert.match(added.err, /names a feed that can be watched/);
    });

    await t.test('a sitemap of news, below a sitemap of sitemaps', async (t) => {
        const s = await serve(t, { '/1': page('Story 1', BRIDGE) });
        s.routes['/news.xml'] = urlset(news(`${s.origin}/1`, 'Story 1') + `<url><loc>${s.origin}/about</loc></url>`);
        s.routes['/old.xml'] = urlset(`<url><loc>${s.origin}/about</loc></url>`);
        s.routes['/map.xml'] = xml(`<sitemapindex><sitemap><loc>${s.origin}/old.xml</loc></sitemap><sitemap><loc>${s.origin}/news.xml</loc></sitemap></sitemapindex>`);
        const p = await watch(store(t), `${s.origin}/map.xml`);
        assert.deepEqual([p.status, p.added, p.failed], [DONE, 1, 0], p.err);
        assert.deepEqual(s.paths(), ['/robots.txt', '/map.xml', '/news.xml', '/1']);
    });

    await t.test('a feed that is none is not asked for feeds of its own', async (t) => {
        const to = (href) => `<html><head><link rel="alternate" type="application/rss+xml" href="${href}"></head><body>x</body></html>`;
        const s = await serve(t, { '/': to('/2'), '/2': to('/3'), '/3': to('/4') });
        await watch(store(t), `${s.origin}/`);
        assert.deepEqual(s.paths(), ['/robots.txt', '/', '/2']);
    });
});
