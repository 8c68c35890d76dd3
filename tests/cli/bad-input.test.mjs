// Bad input of every kind: it is named in one line, the rest is done, and the exit status says so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { BRIDGE, BROKEN, DONE, SOME_FAILED, answers, folder, page, program, synoptic } from './synoptic.mjs';

const html = page('Bridge closed for nine weeks', BRIDGE);

/** The bad file between two good ones: by read and by add, three items, the middle one failed and named. */
function between(t, name, make, why, options = {}) {
    const here = folder(t);
    const [before, bad, after] = ['a.html', name, 'z.html'].map((file) => path.join(here, file));
    writeFileSync(before, html);
    writeFileSync(after, page('Library wins a prize', BRIDGE.map((p) => p.replace('bridge', 'library'))));
    make(bad);

    const p = synoptic(['read', before, bad, after], options);
    assert.equal(p.status, SOME_FAILED, p.err);
    const lines = p.lines.map((line) => JSON.parse(line));
    assert.deepEqual(lines.map((line) => line.id), [before, bad, after]);
    assert.ok(lines[0].text && lines[2].text);
    assert.match(lines[1].error, why);
    assert.ok(!lines[1].error.includes('\n'));
    assert.equal(lines[1].text, undefined);

    const db = path.join(here, 'db');
    mkdirSync(db, { mode: 0o777 });
    chmodSync(db, 0o777);
    const store = path.join(db, 'news.db');
    const added = synoptic(['add', '--db', store, before, bad, after], options);
    assert.equal(added.status, SOME_FAILED, added.err);
    const naming = added.err.split('\n').filter((line) => line.includes(bad));
    assert.equal(naming.length, 1, added.err);
    assert.match(naming[0], why);
    assert.equal(answers(['export', '--db', store], options).length, 2);
}

test('a path that is not there', (t) => between(t, 'missing.html', () => {}, /no such file/i));

test('a path that may not be read', (t) => {
    let options = {};
    if (process.getuid() === 0) {
        options = { uid: 65534, gid: 65534 };
        const reachable = spawnSync(program, ['--version'], options).status === 0;
        if (!reachable) return t.skip('the program itself is out of others\' reach');
    }
    between(t, 'secret.html', (file) => { writeFileSync(file, html); chmodSync(file, 0); }, /permission denied/i, options);
});

test('an empty file', (t) => between(t, 'empty.html', (file) => writeFileSync(file, ''), /empty/));

test('binary data', (t) => between(t, 'noise.html', (file) => {
    let x = 88172645463325252n; // xorshift: the same noise each time
    const noise = Buffer.alloc(20000, 0).map(() => {
        x ^= BigInt.asUintN(64, x << 13n);
        x ^= x >> 7n;
        x ^= BigInt.asUintN(64, x << 17n);
        return Number(x & 255n);
    });
    writeFileSync(file, noise);
}, /not HTML/));

test('a picture', (t) => between(t, 'picture.html', (file) => {
    writeFileSync(file, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000)]));
}, /not HTML/));

test('a gzip file cut in the middle', (t) => between(t, 'cut.html.gz', (file) => {
    const whole = gzipSync(html.repeat(20));
    writeFileSync(file, whole.subarray(0, whole.length / 2));
}, /cut|trunc|end|gzip/i));

test('a gzip file with a wrong sum', (t) => between(t, 'wrong.html.gz', (file) => {
    const whole = gzipSync(html);
    whole[whole.length - 6] ^= 255;
    writeFileSync(file, whole);
}, /gzip|damaged|corrupt|check/i));

/** Peak of the resident memory of a run, in megabytes, by way of the system's own book-keeping. */
function peak(args) {
    const script = 'import resource, subprocess, sys\n' +
        'p = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n' +
        'print(p.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)';
    const p = spawnSync('python3', ['-c', script, program, ...args], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(p.status, 0, p.stderr);
    return p.stdout.trim().split(' ').map(Number);
}

const MB = 1 << 20;
function bigFile(file, size, head) {
    const fd = openSync(file, 'w');
    writeSync(fd, head);
    ftruncateSync(fd, size);
    closeSync(fd);
}

test('a page over the ceiling, quick and small', (t) => {
    const start = performance.now();
    between(t, 'huge.html', (file) => bigFile(file, 200 * MB, html), /more than|larger|too (large|long|big)|ceiling|limit/i);
    assert.ok(performance.now() - start < 5000, 'it took more than five seconds');
    const file = path.join(folder(t), 'huge.html');
    bigFile(file, 200 * MB, html);
    const [status, used] = peak(['read', '--threads', '1', file]);
    assert.equal(status, SOME_FAILED);
    const [, idle] = peak(['read', '--threads', '1', path.join(folder(t), 'none.html')]);
    assert.ok(used - idle < 160, `${used} MB, ${idle} MB without the page`);
});

test('a small gzip file that unpacks to more than the ceiling', (t) => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(html), Buffer.alloc(200 * MB, 32)]));
    between(t, 'bomb.html.gz', (file) => writeFileSync(file, bomb), /more than|larger|too (large|long|big)|ceiling|limit/i);
});

test('invalid UTF-8 is read, and counted', (t) => {
    const file = path.join(folder(t), 'broken.html');
    const [head, tail] = html.split('About 14,000');
    writeFileSync(file, Buffer.concat([Buffer.from(head), Buffer.from([0xc3, 0x28, 0xff, 0x20]), Buffer.from(`About 14,000${tail}`)]));
    const [article] = answers(['read', file]);
    assert.match(article.text, /About 14,000 vehicles/);
    assert.ok(article.text.includes('\uFFFD'), article.text);
    assert.ok(article.replaced >= 2, JSON.stringify(article));
});

const good = {
    group: { id: 'x', title: 'Bridge closed', text: BRIDGE.join('\n') },
    facts: { lang: 'en', text: BRIDGE[1] },
    compare: { id: 'x', a: { id: 'a', text: BRIDGE[1] }, b: { id: 'b', text: BRIDGE[1] } },
};
const badLines = ['{"id":"x"', 'no JSON', '[1,2]', '"x"', '', `${'['.repeat(100_000)}`, '{"id":"x","text":"\\ud800"', '\u0000'];
for (const [verb, line] of Object.entries(good)) {
    test(`${verb}: a bad line is answered with its error, and the next is read`, () => {
        const first = JSON.stringify(line), last = JSON.stringify({ ...line, id: 'y' });
        const p = synoptic([verb], { input: `${[first, ...badLines, last].join('\n')}\n` });
        assert.equal(p.status, SOME_FAILED, p.err);
        const got = p.lines.map((text) => JSON.parse(text));
        assert.equal(got.length, badLines.length + 2, p.out.slice(0, 2000));
        got.slice(1, -1).forEach((answer, i) => assert.ok(answer.error, `${badLines[i].slice(0, 40)}: ${JSON.stringify(answer)}`));
        assert.equal(got[0].error, undefined);
        assert.equal(got.at(-1).error, undefined);
        assert.equal(p.err.split('\n').filter((text) => /line \d+: /.test(text)).length, badLines.length);
    });
}

test('names: a line without a tab keeps its place', () => {
    const p = synoptic(['names'], { input: 'a\ta\nno tab\na\ta\n' });
    assert.equal(p.status, SOME_FAILED);
    assert.equal(p.out.split('\n').length, 4);
    assert.match(p.err, /line 2: /);
});

test('a file of lines that is not there: the next is read', (t) => {
    const file = path.join(folder(t), 'lines');
    writeFileSync(file, 'hello there, this is a line\n');
    const p = synoptic(['lang', '/nowhere/at/all', file]);
    assert.equal(p.status, SOME_FAILED);
    assert.match(p.err, /\/nowhere\/at\/all: No such file/);
    assert.equal(p.out.split('\n').filter((line) => line.includes('\t')).length, 1);
});

test('a list of paths that is not there', () => {
    const p = synoptic(['read', '--files-from', '/nowhere/at/all']);
    assert.equal(p.status, BROKEN);
    assert.match(p.err, /\/nowhere\/at\/all: No such file/);
});

test('a store of a newer schema is refused and left as it is', (t) => {
    const here = folder(t), db = path.join(here, 'news.db'), file = path.join(here, 'a.html');
    writeFileSync(file, html);
    assert.equal(synoptic(['add', '--db', db, file]).status, DONE);
    const bytes = readFileSync(db);
    bytes.writeUInt32BE(999, 60); // where SQLite keeps user_version
    writeFileSync(db, bytes);
    for (const args of [['add', '--db', db, file], ['export', '--db', db], ['search', '--db', db, 'bridge'], ['serve', '--db', db]]) {
        const p = synoptic(args);
        assert.equal(p.status, BROKEN, args[0]);
        assert.match(p.err, /news\.db: .*999.*newer/, args[0]);
    }
    assert.ok(readFileSync(db).equals(bytes));
});

test('a file that is no store', (t) => {
    const here = folder(t), db = path.join(here, 'not.db'), file = path.join(here, 'a.html');
    writeFileSync(file, html);
    writeFileSync(db, 'this is a letter, and no database at all; '.repeat(50));
    const p = synoptic(['add', '--db', db, file]);
    assert.equal(p.status, BROKEN);
    assert.match(p.err, /not\.db|not a database/);
    assert.match(readFileSync(db, 'utf8'), /^this is a letter/);
});

test('a store that is not there is not made by asking', (t) => {
    const db = path.join(folder(t), 'none.db');
    for (const args of [['export', '--db', db], ['search', '--db', db, 'bridge'], ['explain', '--db', db, 'a']]) {
        const p = synoptic(args);
        assert.equal(p.status, BROKEN, args[0]);
        assert.match(p.err, /none\.db/);
    }
    assert.throws(() => readFileSync(db));
});

test('an article that the store does not have', (t) => {
    const here = folder(t), db = path.join(here, 'news.db'), file = path.join(here, 'a.html');
    writeFileSync(file, html);
    synoptic(['add', '--db', db, file]);
    const p = synoptic(['explain', '--db', db, 'https://nowhere.example/']);
    assert.equal(p.status, SOME_FAILED);
    assert.match(p.err, /nowhere\.example/);
});

test('a port in use', async (t) => {
    const here = folder(t), db = path.join(here, 'news.db'), file = path.join(here, 'a.html');
    writeFileSync(file, html);
    synoptic(['add', '--db', db, file]);
    const taken = net.createServer();
    await new Promise((resolve) => { taken.listen(0, '127.0.0.1', resolve); });
    t.after(() => taken.close());
    const { port } = taken.address();
    const p = synoptic(['serve', '--db', db, '--port', String(port)]);
    assert.equal(p.status, BROKEN);
    assert.match(p.err, new RegExp(`${port}`));
    assert.equal(p.err.trim().split('\n').length, 1);
});

test('an output that takes nothing', (t) => {
    const here = folder(t), file = path.join(here, 'a.html');
    writeFileSync(file, html);
    const full = openSync('/dev/full', 'w');
    t.after(() => closeSync(full));
    for (const [args, input] of [[['read', file]], [['--help']], [['--version']], [['lang'], 'hello\n'], [['group'], `${JSON.stringify(good.group)}\n`]]) {
        const p = synoptic(args, { input, stdio: ['pipe', full, 'pipe'] });
        assert.equal(p.status, BROKEN, args[0]);
        if (!args[0].startsWith('--')) assert.match(p.err, /No space left/);
    }
});
