// add URL: pages of a network that misbehaves.  Everything happens on loopback.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { BRIDGE, DONE, MISUSE, SOME_FAILED, answers, folder, page } from '../cli/synoptic.mjs';
import { HERE, SOON, feed, run, serve, serveRaw, start } from './server.mjs';

const concurrent = { concurrency: 6 };
const bridge = page('Bridge closed for nine weeks', BRIDGE);
const html = { 'content-type': 'text/html; charset=utf-8' };
const exported = (db) => answers(['export', '--db', db]);
const store = (t) => path.join(folder(t), 'news.db');
const add = (db, urls, options = HERE) => run(['add', '--db', db, ...options, ...[urls].flat()]);

/** One page fails: status 3, one line that names its address and says why. */
async function fails(t, url, why, options = HERE) {
    const p = await add(store(t), url, options);
    assert.equal(p.status, SOME_FAILED, p.err);
    assert.equal(p.failed, 1, p.err);
    const lines = p.err.split('\n').filter((line) => line.includes(url));
    assert.equal(lines.length, 1, p.err);
    assert.match(lines[0], why);
    return p;
}

test('what is fetched', concurrent, async (t) => {
    await t.test('a page becomes an article with its address', async (t) => {
        const s = await serve(t, { '/bridge': bridge });
        const db = store(t);
        const p = await add(db, `${s.origin}/bridge#top`);
        assert.equal(p.status, DONE, p.err);
        assert.equal(p.added, 1, p.err);
        const [row] = exported(db);
        assert.equal(row.article.title, 'Bridge closed for nine weeks');
        assert.equal(row.article.url, `${s.origin}/bridge`);
        assert.deepEqual(s.paths(), ['/robots.txt', '/bridge']);
    });

    await t.test('a good page of three is added, in the order they were asked for', async (t) => {
        const s = await serve(t, { '/b': bridge });
        const p = await add(store(t), [`${s.origin}/a`, `${s.origin}/b`, `${s.origin}/c`]);
        assert.equal(p.status, SOME_FAILED);
        assert.deepEqual([p.pages, p.added, p.failed], [3, 1, 2], p.err);
        assert.deepEqual(s.paths(), ['/robots.txt', '/a', '/b', '/c']);
        assert.match(p.err, /\/a: the server answers 404/);
    });

    await t.test('it says who is asking, and sends no cookies', async (t) => {
        const s = await serve(t, {
            '/a': (q, r) => r.writeHead(302, { location: '/b', 'set-cookie': 'a=b' }).end(), '/b': bridge,
        });
        const p = await add(store(t), `${s.origin}/a`, [...HERE, '--contact', 'https://desk.example/bot']);
        assert.equal(p.status, DONE, p.err);
        for (const { headers } of s.asked) {
            assert.match(headers['user-agent'], /^Synoptic\/[\d.]+ \(\+https:\/\/desk\.example\/bot\)$/);
            assert.equal(headers.cookie, undefined);
            assert.equal(headers.authorization, undefined);
        }
    });

    await t.test('the charset of the header alone is heeded', async (t) => {
        const body = Buffer.from(page('Мост закрыт', BRIDGE.map((x) => `Мост через реку. ${x}`)).replace('<meta charset="utf-8">', ''), 'utf8');
        const encoded = Buffer.from([...body.toString('utf8')].map((c) => {
            const cp = c.codePointAt(0);
            return cp < 128 ? cp : cp - 0x410 + 0xC0; // windows-1251 of the plain Cyrillic letters
        }));
        const s = await serve(t, { '/ru': (q, r) => r.writeHead(200, { 'content-type': 'text/html; charset=windows-1251' }).end(encoded) });
        const db = store(t);
        assert.equal((await add(db, `${s.origin}/ru`)).added, 1);
        assert.equal(exported(db)[0].article.title, 'Мост закрыт');
    });

    await t.test('a compressed page', async (t) => {
        const s = await serve(t, { '/z': (q, r) => r.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(bridge)) });
        assert.equal((await add(store(t), `${s.origin}/z`)).added, 1);
        assert.match(s.asked[1].headers['accept-encoding'], /gzip/);
    });

    await t.test('an address in letters of any script', async (t) => {
        const s = await serve(t, { '/%d9%be%d9%84': bridge });
        assert.equal((await add(store(t), `${s.origin}/پل`)).added, 1);
    });

    await t.test('what has not changed is not sent again', async (t) => {
        const s = await serve(t, {
            '/e': (q, r) => {
                if (q.headers['if-none-match'] === '"one"') r.writeHead(304).end();
                else r.writeHead(200, { ...html, etag: '"one"' }).end(bridge);
            },
            '/m': (q, r) => {
                if (q.headers['if-modified-since'] === 'Tue, 02 Dec 2025 10:00:00 GMT') r.writeHead(304).end();
                else r.writeHead(200, { ...html, 'last-modified': 'Tue, 02 Dec 2025 10:00:00 GMT' }).end(page('Ferry', BRIDGE));
            },
        });
        const db = store(t), urls = [`${s.origin}/e`, `${s.origin}/m`];
        await add(db, urls);
        const again = await add(db, urls);
        assert.equal(again.status, DONE, again.err);
        assert.deepEqual([again.pages, again.added, again.known], [2, 0, 2], again.err);
        assert.equal(s.asked.length, 5, "robots.txt is remembered");
    });

    await t.test('files and addresses together', async (t) => {
        const s = await serve(t, { '/a': bridge });
        const p = await run(['add', '--db', store(t), ...HERE, `${s.origin}/a`, 'samples/meridian/karpalov-jailed.en.html']);
        assert.deepEqual([p.status, p.pages, p.added], [DONE, 2, 2], p.err);
    });

    await t.test('a feed: its items are named by their own addresses', async (t) => {
        const items = [1, 2].map((n) => ({ title: `Item ${n}`, link: `https://tarn.example/${n}`, content: BRIDGE.map((x) => `<p>${n}. ${x}</p>`).join('') }));
        const s = await serve(t, {});
        s.routes['/feed'] = feed(items);
        const db = store(t);
        assert.equal((await add(db, `${s.origin}/feed`)).added, 2);
        s.routes['/feed'] = feed([{ ...items[0], title: 'Item 3', link: 'https://tarn.example/3', content: `<p>New. ${BRIDGE.join(' ')}</p>` }, ...items]);
        const again = await add(db, `${s.origin}/feed`);
        assert.deepEqual([again.added, again.versions, again.known], [1, 0, 2], again.err);
    });
});

test('what is refused', concurrent, async (t) => {
    await t.test('loopback, unless it is allowed', async (t) => {
        const s = await serve(t, { '/a': bridge });
        await fails(t, `${s.origin}/a`, /private address/, SOON);
        await fails(t, `${s.origin}/a`, /private address/, [...SOON, '--allow', 'localhost,127.0.0.9']);
        assert.equal(s.asked.length, 0);
        const p = await add(store(t), `${s.origin}/a`, [...SOON, '--allow', 'x.example', '--allow', 'y.example,127.0.0.1']);
        assert.equal(p.added, 1, p.err);
    });

    await t.test('a name that leads to loopback, and figures in disguise', async (t) => {
        const s = await serve(t, { '/a': bridge });
        const port = new URL(s.origin).port;
        for (const host of ['localhost', '2130706433', '0x7f.0.0.1', '[::ffff:127.0.0.1]', '0'])
            await fails(t, `http://${host}:${port}/a`, /private address/, [...SOON, '--allow', '127.0.0.9']);
        assert.equal(s.asked.length, 0);
    });

    await t.test('a redirect into the house', async (t) => {
        const inside = await serve(t, { '/secret': bridge }, '127.0.0.2');
        const s = await serve(t, { '/a': (q, r) => r.writeHead(302, { location: `${inside.origin}/secret` }).end() });
        await fails(t, `${s.origin}/a`, /redirected to 127\.0\.0\.2: .*private address/);
        assert.equal(inside.asked.length, 0);
    });

    await t.test('a redirect to another scheme, or with a password', async (t) => {
        const s = await serve(t, {
            '/f': (q, r) => r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
            '/p': (q, r) => r.writeHead(302, { location: 'http://root:secret@127.0.0.1/' }).end(),
        });
        await fails(t, `${s.origin}/f`, /only http and https/);
        await fails(t, `${s.origin}/p`, /password/);
        await fails(t, `http://root:secret@127.0.0.1:1/`, /password/);
    });

    await t.test('what robots.txt forbids, at the end of redirects too', async (t) => {
        const s = await serve(t, {
            '/robots.txt': (q, r) => r.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /\n\nUser-agent: synoptic\nDisallow: /private\n'),
            '/private/a': bridge, '/open': bridge, '/way': (q, r) => r.writeHead(301, { location: '/private/a' }).end(),
        });
        await fails(t, `${s.origin}/private/a`, /robots\.txt forbids/);
        await fails(t, `${s.origin}/way`, /robots\.txt forbids/);
        assert.equal((await add(store(t), `${s.origin}/open`)).added, 1);
        assert.ok(!s.paths().includes('/private/a'));
    });

    await t.test('a host whose robots.txt cannot be had; not one that has none', async (t) => {
        const s = await serve(t, { '/a': bridge, '/robots.txt': (q, r) => r.writeHead(500).end() });
        await fails(t, `${s.origin}/a`, /robots\.txt cannot be had: the server answers 500/);
        assert.deepEqual(s.paths(), ['/robots.txt', '/robots.txt', '/robots.txt']);
        s.routes['/robots.txt'] = (q, r) => r.writeHead(403).end();
        assert.equal((await add(store(t), `${s.origin}/a`)).added, 1);
        s.routes['/robots.txt'] = (q, r) => r.writeHead(301, { location: '/robots.txt' }).end();
        assert.equal((await add(store(t), `${s.origin}/a`)).added, 1);
    });

    await t.test('robots.txt that another host keeps', async (t) => {
        const other = await serve(t, { '/robots.txt': (q, r) => r.writeHead(200).end('User-agent: *\nDisallow: /b\n') }, '127.0.0.4');
        const s = await serve(t, { '/a': bridge, '/b': bridge, '/robots.txt': (q, r) => r.writeHead(301, { location: `${other.origin}/robots.txt` }).end() });
        const p = await add(store(t), [`${s.origin}/a`, `${s.origin}/b`], [...HERE, '--allow', '127.0.0.4']);
        assert.deepEqual([p.added, p.failed], [1, 1], p.err);
        assert.deepEqual([s.paths(), other.paths()], [['/robots.txt', '/a'], ['/robots.txt']]);
    });

    await t.test('misuse', async () => {
        assert.equal((await run(['add', '--pace', 'x', 'http://127.0.0.1/'])).status, MISUSE);
        assert.equal((await run(['watch', 'feed.xml'])).status, MISUSE);
        assert.equal((await run(['watch', '--every', '0', 'http://127.0.0.1/'])).status, MISUSE);
    });
});

test('what goes wrong', concurrent, async (t) => {
    await t.test('headers that do not come', async (t) => {
        const s = await serve(t, { '/slow': () => {} });
        await fails(t, `${s.origin}/slow`, /no answer within 1\.0 seconds/, [...HERE, '--timeout', '1']);
    });

    await t.test('a body that does not end', async (t) => {
        const s = await serve(t, {
            '/drip': (q, r) => {
                r.writeHead(200, html);
                const timer = setInterval(() => r.write('<p>more</p>'), 50);
                r.once('close', () => clearInterval(timer));
            },
        });
        await fails(t, `${s.origin}/drip`, /not complete within 1\.0 seconds/, [...HERE, '--timeout', '1']);
    });

    await t.test('headers that do not end', async (t) => {
        const s = await serveRaw(t, (socket, asked) => {
            if (asked.startsWith('GET /robots.txt')) return socket.end('HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
            socket.write('HTTP/1.1 200 OK\r\n');
            const more = () => { while (socket.writable && socket.write(`X-${'a'.repeat(60)}: ${'b'.repeat(900)}\r\n`)); };
            socket.on('drain', more);
            more();
        });
        await fails(t, `${s.origin}/head`, /headers|broke off/i);
    });

    await t.test('a page that is too large, said and unsaid', async (t) => {
        const s = await serve(t, {
            '/said': (q, r) => { r.writeHead(200, { ...html, 'content-length': 1 << 30 }); r.write('<p>'); },
            '/unsaid': (q, r) => {
                const piece = Buffer.alloc(1 << 20, 'a');
                const more = () => { while (!r.destroyed && r.write(piece)); };
                r.writeHead(200, html);
                r.on('drain', more);
                more();
            },
        });
        await fails(t, `${s.origin}/said`, /larger than 67108864 bytes/);
        await fails(t, `${s.origin}/unsaid`, /larger than 67108864 bytes/, [...HERE, '--timeout', '20']);
    });

    await t.test('a little page that unpacks to a large one', async (t) => {
        const bomb = gzipSync(Buffer.alloc(80 << 20), { level: 6 });
        const s = await serve(t, { '/bomb': (q, r) => r.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(bomb) });
        await fails(t, `${s.origin}/bomb`, /larger than 67108864 bytes/, [...HERE, '--timeout', '20']);
    });

    await t.test('damaged compression', async (t) => {
        const s = await serve(t, { '/bad': (q, r) => r.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end('this is no gzip at all') });
        await fails(t, `${s.origin}/bad`, /compression is damaged/);
    });

    await t.test('redirects in a circle, and too many', async (t) => {
        const s = await serve(t, {
            '/circle': (q, r) => r.writeHead(302, { location: '/circle' }).end(),
            ...Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`/hop${n}`, (q, r) => r.writeHead(307, { location: `hop${n + 1}` }).end()])),
            '/hop5': bridge,
        });
        await fails(t, `${s.origin}/circle`, /more redirects than are followed/);
        assert.equal(s.paths().filter((x) => x === '/circle').length, 6);
        assert.equal((await add(store(t), `${s.origin}/hop0`)).added, 1);
    });

    await t.test('too many requests: what Retry-After asks for is given', async (t) => {
        const s = await serve(t, {
            '/busy': (q, r, n) => (n > 1 ? r.writeHead(200, html).end(bridge) : r.writeHead(429, { 'retry-after': '1' }).end()),
            '/later': (q, r) => r.writeHead(429, { 'retry-after': '86400' }).end(),
        });
        const p = await add(store(t), `${s.origin}/busy`);
        assert.equal(p.added, 1, p.err);
        const [first, second] = s.asked.filter((one) => one.path === '/busy');
        assert.ok(second.at - first.at >= 990, `${second.at - first.at} ms`);
        await fails(t, `${s.origin}/later`, /answers 429/);
        assert.equal(s.paths().filter((x) => x === '/later').length, 1);
    });

    await t.test('unavailable, then there; and three times is enough', async (t) => {
        const s = await serve(t, {
            '/once': (q, r, n) => (n > 1 ? r.writeHead(200, html).end(bridge) : r.writeHead(503).end()),
            '/never': (q, r) => r.writeHead(503).end(),
        });
        assert.equal((await add(store(t), `${s.origin}/once`)).added, 1);
        await fails(t, `${s.origin}/never`, /answers 503/);
        assert.equal(s.paths().filter((x) => x === '/never').length, 3);
    });

    await t.test('a length that is wrong, and a body that breaks off', async (t) => {
        const s = await serve(t, {
            '/short': (q, r, n) => {
                r.socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${bridge.length + 1000}\r\n\r\n${bridge}`);
                assert.ok(n <= 3);
            },
            '/chunk': (q, r) => r.socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n<p>`),
            '/long': (q, r) => r.socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n${bridge}`),
            '/nothing': (q, r) => r.socket.end(),
        });
        await fails(t, `${s.origin}/short`, /broke off/);
        await fails(t, `${s.origin}/chunk`, /broke off/);
        await fails(t, `${s.origin}/nothing`, /empty answer|broke off/);
        const p = await add(store(t), `${s.origin}/long`);
        assert.equal(p.added, 0, p.err);
    });

    await t.test('no HTTP', async (t) => {
        const s = await serveRaw(t, (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
        await fails(t, `${s.origin}/a`, /no answer of HTTP|empty answer|broke off/);
    });

    await t.test('nobody there', async (t) => {
        const s = await serve(t, {});
        const gone = s.origin.replace(/\d+$/, '1');
        await fails(t, `${gone}/a`, /cannot connect/);
    });

    await t.test('a picture', async (t) => {
        const s = await serve(t, { '/p.png': (q, r) => r.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from('89504e470d0a1a0a', 'hex')) });
        await fails(t, `${s.origin}/p.png`, /of type image\/png, which holds no article/);
        s.routes['/odd'] = (q, r) => r.socket.end('HTTP/1.1 200 OK\r\nContent-Type: \x1b[31mred\r\nContent-Length: 1\r\n\r\nx');
        const p = await fails(t, `${s.origin}/odd`, /of type/);
        assert.ok(!p.err.includes('\x1b'), 'nothing of the network steers the terminal');
    });

    await t.test('an empty page', async (t) => {
        const s = await serve(t, { '/e': (q, r) => r.writeHead(204).end() });
        await fails(t, `${s.origin}/e`, /empty/);
    });
});

test('one connection a host, kept; many hosts at once', async (t) => {
    let now = 0, most = 0, everywhere = 0, mostEverywhere = 0;
    const slow = (q, r) => {
        most = Math.max(most, ++now);
        setTimeout(() => { now--; r.writeHead(200, html).end(bridge); }, 40);
    };
    const others = (q, r) => {
        mostEverywhere = Math.max(mostEverywhere, ++everywhere);
        setTimeout(() => { everywhere--; r.writeHead(404).end(); }, 250);
    };
    const s = await serve(t, { '/robots.txt': slow, '/a': slow, '/b': slow, '/c': slow });
    const many = await Promise.all([...Array(10).keys()].map((n) => serve(t, { '/robots.txt': others, '/x': others }, `127.0.1.${n + 1}`)));
    const p = await add(store(t), [...['a', 'b', 'c'].map((x) => `${s.origin}/${x}`), ...many.map((one) => `${one.origin}/x`)],
        [...HERE, ...many.flatMap((one) => ['--allow', new URL(one.origin).hostname])]);
    assert.deepEqual([p.pages, p.failed], [13, 10], p.err);
    assert.equal(most, 1);
    assert.ok(mostEverywhere > 2 && mostEverywhere <= 8, `${mostEverywhere} hosts at once`);
});

test('told to end, it keeps what has come', async (t) => {
    const s = await serve(t, { '/a': bridge, '/slow': () => {} });
    const db = store(t);
    const p = start(['add', '--db', db, ...HERE, '--timeout', '60', `${s.origin}/a`, `${s.origin}/slow`]);
    for (const end = Date.now() + 8000; !s.paths().includes('/slow') && Date.now() < end;) await new Promise((resolve) => { setTimeout(resolve, 20); });
    p.kill('SIGINT');
    const { status, added } = await p.ended;
    assert.deepEqual([status, added], [1, 1]);
    assert.equal(exported(db).length, 1);
});

test('the pace of a host', async (t) => {
    const s = await serve(t, { '/robots.txt': (q, r) => r.writeHead(200).end('User-agent: *\nCrawl-delay: 0.4\n'), '/a': bridge, '/b': page('Ferry', BRIDGE) });
    const other = await serve(t, { '/a': bridge, '/b': bridge, '/c': bridge }, '127.0.0.3');
    const p = await add(store(t), [...['a', 'b'].map((x) => `${s.origin}/${x}`), ...['a', 'b', 'c'].map((x) => `${other.origin}/${x}`)],
        ['--pace', '150', '--allow', '127.0.0.1,127.0.0.3']);
    assert.equal(p.failed, 0, p.err);
    const gaps = (asked) => asked.slice(1).map((one, i) => one.at - asked[i].at);
    assert.ok(gaps(other.asked).every((ms) => ms >= 140), gaps(other.asked).join(' '));
    assert.ok(gaps(s.asked)[1] >= 390, gaps(s.asked).join(' '));
    assert.ok(other.asked[1].at < s.asked.at(-1).at, 'hosts do not wait for each other');
});
