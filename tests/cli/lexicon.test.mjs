// What is learned from reading: words of a language without a dictionary, listed, forgotten, and kept forgotten.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BROKEN, DONE, MISUSE, answers, folder, synoptic } from './synoptic.mjs';

// An invented language: no table of the program knows its words.
const topics = [
    ['police', 'polvorta'], ['earthquake', 'tremulka'], ['hospital', 'sanadomi'], ['parliament', 'kunsidejo'],
    ['football', 'pilkludo'], ['airport', 'flugplaca'],
];
const filler = {
    en: 'while others waited near small houses because nothing certain had been said before evening came'.split(' '),
    ss: 'zavo renti mulka dofre siva patun gorel haniv bretu colma vinse tarop lugam feston marik'.split(' '),
};
const syllables = ['bar', 'kel', 'mon', 'rud', 'sal', 'tov', 'wim', 'gor', 'pel', 'dan', 'fis', 'lun', 'har', 'nik'];

/** Pages of so many stories: each told twice in English and once in the other language, by outlets of their own. */
function write(dir, from, to) {
    fs.mkdirSync(dir, { recursive: true });
    let seed = 5 + from;
    const next = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let story = from; story < to; story++) {
        const names = Array.from({ length: 6 }, () =>
            [0, 0, 0].map(() => syllables[next(14)]).join('').replace(/^./, (c) => c.toUpperCase()));
        const figures = [1000 + next(80000), 1000 + next(80000), 1000 + next(80000)];
        const topic = topics[story % topics.length];
        ['en', 'en', 'ss'].forEach((lang, k) => {
            const some = () => Array.from({ length: 4 }, () => filler[lang][next(15)]).join(' ');
            const word = topic[lang === 'en' ? 0 : 1];
            const text = names.map((n, i) => `${some()} ${n} ${word} ${some()} ${figures[i % 3]} ${some()}.`);
            fs.writeFileSync(path.join(dir, `s${story}-${k}.html`),
                `<html lang="${lang}"><head><title>${names[0]} ${word} ${names[1]}</title>` +
                `<meta property="og:site_name" content="Outlet ${k}-${story % 4}">` +
                `<meta property="article:published_time" content="2026-03-${String(1 + (story % 9)).padStart(2, '0')}T10:00:00Z">` +
                `</head><body><article><h1>${names[0]} ${word} ${names[1]}</h1>` +
                [0, 1, 2].map((p) => `<p>${text[2 * p]} ${text[2 * p + 1]}</p>`).join('') + '</article></body></html>');
        });
    }
}

function add(db, dir) {
    const done = synoptic(['add', '--db', db, dir]);
    assert.equal(done.status, DONE, done.err);
}

test('a language without a dictionary gets one from reading', (t) => {
    const dir = folder(t), db = path.join(dir, 'news.db');
    write(path.join(dir, 'first'), 0, 48);
    add(db, path.join(dir, 'first'));
    const rows = answers(['lexicon', '--db', db, '--json']);
    const word = rows.find((r) => topics.some(([, ss]) => r.word.toLowerCase() === ss));
    assert.ok(word, JSON.stringify(rows.slice(0, 5)));
    const topic = topics.find(([, ss]) => ss === word.word.toLowerCase());
    assert.equal(word.meaning.toLowerCase(), topic[0]);
    assert.ok(word.stories >= 3 && word.witnesses.length === 3 && word.weight > 0 && word.weight < 1);
    const lines = synoptic(['lexicon', '--db', db, '--lang', word.lang]).out.trim().split('\n');
    const same = rows.filter((r) => r.lang === word.lang);
    assert.equal(lines.length, same.length);
    assert.deepEqual(lines[0].split('\t').slice(0, 3), [String(same[0].n), same[0].lang, same[0].word]);
    assert.deepEqual(answers(['lexicon', '--db', db, '--json', '--lang', 'sv']), []);

    // forgotten, whatever its case, and not learned again
    const forget = synoptic(['lexicon', 'forget', '--db', db, word.word.toUpperCase()]);
    assert.equal(forget.status, DONE, forget.err);
    write(path.join(dir, 'more'), 48, 96);
    add(db, path.join(dir, 'more'));
    const after = answers(['lexicon', '--db', db, '--json']).filter((r) => r.lang === word.lang && r.word.toLowerCase() === topic[1]);
    assert.ok(after.length > 0 && after.every((r) => r.forgotten));
    assert.ok(!synoptic(['lexicon', '--db', db, '--lang', word.lang]).out.toLowerCase().includes(topic[1]));

    // a link by its number
    const other = answers(['lexicon', '--db', db, '--json']).find((r) => !r.forgotten);
    assert.equal(synoptic(['lexicon', 'forget', '--db', db, String(other.n)]).status, DONE);
    assert.equal(synoptic(['lexicon', 'forget', '--db', db, String(other.n)]).status, BROKEN);
});

test('misuse and what was never learned are said', (t) => {
    const db = path.join(folder(t), 'news.db');
    add(db, 'samples/nordan');
    assert.deepEqual(answers(['lexicon', '--db', db, '--json']), []);
    for (const words of [['learn'], ['forget'], ['forget', 'a', 'b'], ['forget', ''], ['forget', 'a', '--json']])
        assert.equal(synoptic(['lexicon', ...words, '--db', db]).status, MISUSE, words.join(' '));
    for (const word of ['nothing', '12', "'; DROP TABLE lesson; --"]) {
        const done = synoptic(['lexicon', 'forget', '--db', db, word]);
        assert.equal(done.status, BROKEN);
        assert.match(done.err, /store: /);
    }
});
