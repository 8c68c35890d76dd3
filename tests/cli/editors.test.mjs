// Who may say on the portal what belongs together, and who may not.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BROKEN, DONE, answers, folder, portal, synoptic } from './synoptic.mjs';

const KEY = 'ylvas-long-secret-1', OTHER = 'somsaks-long-secret';

function editorsFile(t, text = `# the desk\nYlva\t${KEY}\nສົມສັກ\t${OTHER}\n`, mode = 0o600) {
    const file = path.join(folder(t), 'editors');
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
}

async function desk(t) {
    const db = path.join(folder(t), 'news.db');
    assert.equal(synoptic(['add', '--db', db, 'samples/nordan', 'samples/meridian', 'samples/darpan']).status, DONE);
    const { address, end } = await portal(db, ['--editors', editorsFile(t)]);
    t.after(() => end());
    const post = (at, fields, headers = {}) => fetch(new URL(at, address), {
        method: 'POST', redirect: 'manual', body: new URLSearchParams(fields),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    });
    const get = async (at, cookie = '') => (await fetch(new URL(at, address), { headers: { cookie } })).text();
    const enter = async (key) => {
        const answer = await post('/editor', { key });
        assert.equal(answer.status, 303);
        return answer.headers.get('set-cookie').split(';')[0];
    };
    const sealOf = async (cookie, at = '/editor') => /name="seal" value="([0-9a-f]{64})"/.exec(await get(at, cookie))?.[1];
    const { stories } = JSON.parse(await get('/api/stories.json'));
    const story = stories.sort((a, b) => b.articles - a.articles)[0];
    const { tellings } = JSON.parse(await get(`/api/stories/${story.story}.json`));
    return { db, address, post, get, enter, sealOf, story, stories, telling: tellings.at(-1) };
}

test('a file of editors must be whole, and closed to others', (t) => {
    const db = path.join(folder(t), 'news.db');
    for (const [text, mode, why] of [
        [`Ylva\t${KEY}\n`, 0o644, /chmod 600/], [`Ylva\tshort\n`, 0o600, /line 1/], [`Ylva ${KEY}\n`, 0o600, /line 1/],
        [`# nobody\n`, 0o600, /no editor/], [`Ylva\t${KEY}\n\t${KEY}\n`, 0o600, /line 2/],
    ]) {
        const ran = synoptic(['serve', '--db', db, '--port', '1', '--editors', editorsFile(t, text, mode)]);
        assert.equal(ran.status, BROKEN);
        assert.match(ran.err, why);
    }
});

test('a key opens, a wrong one does not, and the pass is a cookie that scripts and other sites do not get', async (t) => {
    const { post, get, enter } = await desk(t);
    const wrong = await post('/editor', { key: `${KEY}x` });
    assert.equal(wrong.status, 403);
    assert.equal(wrong.headers.get('set-cookie'), null);
    const right = await post('/editor', { key: KEY });
    assert.match(right.headers.get('set-cookie'), /^synoptic=[0-9a-f]{64}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    assert.equal(right.headers.get('location'), '/');
    const secure = await post('/editor', { key: KEY }, { 'X-Forwarded-Proto': 'https' });
    assert.match(secure.headers.get('set-cookie'), /; Secure$/);
    assert.match(await get('/editor', await enter(OTHER)), /ສົມສັກ/);
    assert.doesNotMatch(await get('/editor'), /Ylva/);
});

test('nothing is kept without a pass, the seal of its forms, and a page of ours behind it', async (t) => {
    const { db, post, enter, sealOf, telling } = await desk(t);
    const cookie = await enter(KEY), seal = await sealOf(cookie), at = `/article/${telling.article}/apart`;
    const others = await sealOf(await enter(OTHER));
    for (const [fields, headers] of [
        [{ seal }, {}], [{}, { cookie }], [{ seal: 'f'.repeat(64) }, { cookie }], [{ seal: others }, { cookie }],
        [{ seal }, { cookie: 'synoptic=' }], [{ seal }, { cookie: `synoptic=${'0'.repeat(64)}` }],
        [{ seal }, { cookie, Origin: 'http://elsewhere.example' }], [{ seal }, { cookie, Origin: 'null' }],
        [{ seal }, { cookie, 'Sec-Fetch-Site': 'cross-site' }], [{ seal }, { cookie, 'Sec-Fetch-Site': 'same-site' }],
    ]) assert.equal((await post(at, fields, headers)).status, 403, JSON.stringify([fields, headers]));
    assert.equal((await post('/editor', { key: KEY }, { Origin: 'http://elsewhere.example' })).status, 403);
    assert.deepEqual(answers(['judge', 'list', '--db', db]), []);
    assert.equal((await post('/editor/leave', { seal }, { cookie })).status, 303);
    assert.equal((await post(at, { seal }, { cookie })).status, 403, 'the pass was given back');
    assert.equal((await post('/', { seal }, { cookie })).status, 405);
    assert.equal((await post(at, { why: 'x'.repeat(40000) })).status, 400);
});

test('a word is obeyed at once, shown with who, when and why, and can be taken back', async (t) => {
    const { db, address, post, get, enter, sealOf, story, telling } = await desk(t);
    const cookie = await enter(OTHER), seal = await sealOf(cookie), origin = new URL(address).origin;
    const said = await post(`/article/${telling.article}/apart`, { seal, why: 'ບໍ່ແມ່ນ <b>' }, { cookie, Origin: origin, 'Sec-Fetch-Site': 'same-origin' });
    assert.equal(said.status, 303);
    assert.notEqual(said.headers.get('location'), `/story/${story.story}`);
    for (const at of [`/story/${story.story}?ui=en`, `${said.headers.get('location')}?ui=en`]) {
        const html = await get(at);
        assert.match(html, /id="words"[\s\S]*ສົມສັກ[\s\S]*<time[\s\S]*ບໍ່ແມ່ນ &lt;b&gt;/);
        assert.doesNotMatch(html, /withdraw/, 'who is not signed in has no forms');
    }
    assert.match(await get(`/article/${telling.article}?ui=en`), /An editor’s word decides/);
    const after = JSON.parse(await get(`/api/stories/${story.story}.json`));
    assert.equal(after.articles, story.articles - 1 - telling.reprints.length);
    assert.deepEqual(after.words.map(({ n, verdict, who, why }) => [n, verdict, who, why]), [[1, 'apart', 'ສົມສັກ', 'ບໍ່ແມ່ນ <b>']]);
    assert.match(await get(`/story/${story.story}`, cookie), /action="\/word\/1\/withdraw"/);
    const back = await post('/word/1/withdraw', { seal, article: telling.article }, { cookie });
    assert.equal(back.headers.get('location'), `/story/${story.story}`);
    assert.equal(JSON.parse(await get(`/api/stories/${story.story}.json`)).articles, story.articles);
    assert.ok(JSON.parse(await get(`/api/stories/${story.story}.json`)).words[0].withdrawn);
    assert.ok(answers(['judge', 'list', '--db', db]).every((word) => word.withdrawn));
    assert.equal((await post('/word/1/withdraw', { seal }, { cookie })).status, 422);
});

test('a telling is put to another story, named by any of its addresses', async (t) => {
    const { post, get, enter, sealOf, story, stories, telling } = await desk(t);
    const cookie = await enter(KEY), seal = await sealOf(cookie);
    const other = stories.find((s) => s.story !== story.story && s.articles > 2);
    const there = JSON.parse(await get(`/api/stories/${other.story}.json`)).tellings.at(-1);
    for (const name of ['/story/999999', '/article/0', 'nowhere', '', `/article/${telling.article}`])
        assert.equal((await post(`/article/${telling.article}/together`, { seal, with: name }, { cookie })).status, 422, name);
    for (const name of [`http://news.example/story/${other.story}?ui=fa`, `/article/${there.article}`, there.page.url, there.page.id]) {
        const said = await post(`/article/${telling.article}/together`, { seal, with: name }, { cookie });
        assert.equal(said.headers.get('location'), `/story/${other.story}`, name);
        const n = JSON.parse(await get(`/api/stories/${other.story}.json`)).words[0].n;
        assert.equal((await post(`/word/${n}/withdraw`, { seal, article: telling.article }, { cookie })).status, 303);
        assert.equal(JSON.parse(await get(`/api/stories/${story.story}.json`)).articles, story.articles);
    }
});

test('without editors there is no door', async (t) => {
    const db = path.join(folder(t), 'news.db');
    assert.equal(synoptic(['add', '--db', db, 'samples/nordan']).status, DONE);
    const { address, end } = await portal(db);
    t.after(() => end());
    assert.equal((await fetch(new URL('/editor', address))).status, 404);
    assert.equal((await fetch(new URL('/editor', address), { method: 'POST', body: `key=${KEY}` })).status, 405);
    assert.doesNotMatch(await (await fetch(address)).text(), /editor/);
});
