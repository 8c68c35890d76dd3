// Users' own terms: given to group, kept in a store, refused with the line that is wrong.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BROKEN, DONE, MISUSE, answers, folder, page, synoptic } from './synoptic.mjs';

// One event told in three languages with few names, and a term that only the house knows.
const ARTICLES = [
    { id: 'en', lang: 'en', title: 'River link shut for nine weeks', text: 'The river link at Tarnholm will be shut for nine weeks from Monday, the road office said, while its two oldest piers are repaired. About 14,000 vehicles use the river link on a working day. The repairs cost 48 million crowns.' },
    { id: 'sv', lang: 'sv', title: 'Flodförbindelsen stängs i nio veckor', text: 'Flodförbindelsen vid Tarnholm stängs i nio veckor från måndag, uppger vägkontoret, medan de två äldsta pelarna lagas. Omkring 14 000 fordon använder flodförbindelsen en arbetsdag. Reparationen kostar 48 miljoner kronor.' },
    { id: 'th', lang: 'th', title: 'จุดข้ามแม่น้ำปิดเก้าสัปดาห์', text: 'จุดข้ามแม่น้ำที่ Tarnholm จะปิดเก้าสัปดาห์ตั้งแต่วันจันทร์ สำนักงานทางหลวงกล่าว รถยนต์ 14,000 คันใช้จุดข้ามแม่น้ำในวันทำงาน ค่าซ่อม 48 ล้านโครน' },
];
const TERMS = `# terms of the house
velle-crossing	en	Velle crossing|river link
velle-crossing	sv	Vellepassagen|flodförbindelsen
velle-crossing	th	จุดข้ามแม่น้ำ
`;
const input = ARTICLES.map((a) => JSON.stringify(a)).join('\n') + '\n';

/** A folder with a pack in it. */
function withPack(t, text = TERMS) {
    const here = folder(t), pack = path.join(here, 'house.tsv');
    writeFileSync(pack, text);
    return { here, pack, db: path.join(here, 'news.db') };
}

const terms = (rows) => rows.flatMap((row) => row.reasons).filter((r) => r.signal === 'concept').map((r) => r.here.toLowerCase());

test('a term of a pack is a reason across languages', (t) => {
    const { pack } = withPack(t);
    const plain = answers(['group', '--explain'], { input });
    assert.ok(!terms(plain).includes('river link'));
    const rows = answers(['group', '--explain', '--pack', pack], { input });
    assert.deepEqual(rows.map((row) => row.story), ['en', 'en', 'en']);
    for (const form of ['river link', 'flodförbindelsen', 'จุดข้ามแม่น้ำ']) assert.ok(terms(rows).includes(form), form);
});

test('several packs may be given, one of them by standard input', (t) => {
    const { pack, here } = withPack(t, TERMS.split('\n').slice(0, 2).join('\n'));
    const file = path.join(here, 'articles.jsonl');
    writeFileSync(file, input);
    const rows = answers(['group', '--explain', `--pack=${pack}`, '--pack', '-', file],
        { input: TERMS.split('\n').slice(2).join('\n') });
    assert.ok(terms(rows).includes('flodförbindelsen'));
});

test('a store keeps packs, and uses them for what is added', (t) => {
    const { here, pack, db } = withPack(t);
    const list = () => answers(['pack', 'list', '--db', db]);
    assert.equal(synoptic(['pack', 'add', '--db', db, pack]).status, DONE);
    const [row, ...others] = list();
    assert.deepEqual(others, []);
    assert.equal(row.name, 'house');
    assert.equal(row.terms, 1);
    assert.match(row.added, /^\d{4}-\d\d-\d\dT/);
    for (const a of ARTICLES)
        writeFileSync(path.join(here, `${a.id}.html`), page(a.title, [a.text]).replace('lang="en"', `lang="${a.lang}"`));
    assert.equal(synoptic(['add', '--db', db, ...ARTICLES.map((a) => path.join(here, `${a.id}.html`))]).status, DONE);
    const [why] = answers(['explain', '--db', db, path.join(here, 'sv.html')]);
    assert.ok(terms([why]).includes('flodförbindelsen'), JSON.stringify(why.reasons));

    writeFileSync(pack, `${TERMS}other-term\ten\tsomething else\n`);
    assert.equal(synoptic(['pack', 'add', '--db', db, pack]).status, DONE);
    assert.deepEqual(list().map((r) => [r.name, r.terms]), [['house', 2]]);
    assert.equal(synoptic(['pack', 'remove', '--db', db, 'house']).status, DONE);
    assert.deepEqual(list(), []);
    const gone = synoptic(['pack', 'remove', '--db', db, 'house']);
    assert.equal(gone.status, BROKEN);
    assert.match(gone.err, /no pack "house"/);
});

test('what is wrong with a pack is said with its line', (t) => {
    for (const [text, why] of [
        ['term\ten\n', /house\.tsv: line 1: a row is key, language, forms/],
        ['# ok\nterm\txx-none\tword\n', /line 2: no such language: "xx-none"/],
        ['Term\ten\tword\n', /line 1: a key is .*: "Term"/],
        ['term\ten\tone two three four five six\n', /line 1: a form of more than 5 words: "one two three four five six"/],
        ['', /no terms/],
    ]) {
        const { pack, db } = withPack(t, text);
        for (const args of [['group', '--pack', pack], ['pack', 'add', '--db', db, pack]]) {
            const p = synoptic(args);
            assert.equal(p.status, BROKEN, args.join(' '));
            assert.match(p.err, why);
            assert.equal(p.out, '');
        }
        assert.deepEqual(answers(['pack', 'list', '--db', db]), []);
    }
});

test('a pack that is not there, and other misuse', (t) => {
    const { here } = withPack(t);
    const none = synoptic(['group', '--pack', path.join(here, 'none.tsv')]);
    assert.equal(none.status, BROKEN);
    assert.match(none.err, /none\.tsv/);
    for (const args of [['pack'], ['pack', 'add'], ['pack', 'remove'], ['pack', 'list', 'x'], ['pack', 'show']])
        assert.equal(synoptic(args, { cwd: here }).status, MISUSE, args.join(' '));
});
