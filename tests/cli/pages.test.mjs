// Real pages kept outside of the repository: SYNOPTIC_PAGES names their folder, which also says what is expected of them
// (seeds.gold.jsonl, seeds.stories.tsv).  Without it these tests are skipped.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { answers, folder, root, synoptic } from './synoptic.mjs';

const pages = path.resolve(root, process.env.SYNOPTIC_PAGES ?? '../shared/pages');
const options = existsSync(path.join(pages, 'seeds.gold.jsonl')) ? { cwd: pages } : { skip: 'no real pages here' };
const lines = (name) => readFileSync(path.join(pages, name), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

test('real pages: the article without its furniture', options, () => {
    const got = new Map(answers(['read', 'seeds'], options).map((article) => [article.id, article]));
    for (const line of lines('seeds.gold.jsonl')) {
        const want = JSON.parse(line), article = got.get(want.id);
        assert.ok(article, want.id);
        for (const key of ['lang', 'title', 'outlet', 'source'])
            if (want[key]) assert.equal(article[key], want[key], `${want.id}: ${key}`);
        if (want.published) assert.equal(article.published?.slice(0, 10), want.published, want.id);
        if (want.authors) assert.deepEqual(article.authors, want.authors, want.id);
        if (want.images) assert.equal(article.images?.length, want.images, `${want.id}: images`);
        for (const has of want.text_has) assert.ok(article.text.includes(has), `${want.id}: ${has}`);
        for (const lacks of want.text_lacks) assert.ok(!article.text.includes(lacks), `${want.id}: ${lacks}`);
    }
});

test('real pages: their sums, shares and periods', options, () => {
    const got = answers(['read', 'seeds'], options);
    const wanted = new Map(lines('seeds.gold.jsonl').map((line) => [JSON.parse(line).id, JSON.parse(line).facts]));
    for (const article of got) {
        const input = `${JSON.stringify({ lang: article.lang, text: article.text, ref: article.published })}\n`;
        const [{ facts }] = answers(['facts'], { input });
        for (const [kind, value, other] of wanted.get(article.id)) {
            const same = kind === 'daterange'
                ? (fact) => fact.from?.startsWith(value) && Number(fact.to?.slice(0, 4)) === Number(other) + 1
                : (fact) => Number(fact.value) === Number(value) && (!other || fact.currency === other);
            assert.ok(facts.some((fact) => fact.kind === kind && same(fact)), `${article.id}: ${kind} ${value} ${other ?? ''}`);
        }
    }
});

test('real pages: one visit is one story, the year before it is not in it', options, () => {
    const alone = synoptic(['read', 'seeds'], options).out;
    const others = synoptic(['read', 'samples']).out; // among other news, too
    for (const input of [alone, alone + others, others + alone]) {
        const got = new Map(answers(['group'], { input }).map(({ id, story }) => [id, story]));
        const want = new Map(lines('seeds.stories.tsv').map((line) => line.split('\t').slice(0, 2)));
        for (const [a, storyA] of want)
            for (const [b, storyB] of want) assert.equal(got.get(a) === got.get(b), storyA === storyB, `${a} and ${b}`);
    }
});

test('real pages: a name finds its articles in every script', options, (t) => {
    const db = path.join(folder(t), 'pages.db');
    assert.equal(synoptic(['add', '--db', db, 'seeds'], options).status, 0);
    const langs = (query) => answers(['search', '--db', db, query]).map(({ article }) => article.lang);
    const lam = langs('To Lam');
    assert.ok(lam.includes('ar') && lam.includes('fa') && lam.includes('sv'), lam.join(' '));
    assert.ok(langs('Kaysone Phomvihane').includes('hi'));
});
