// The record of a topic: whole for the samples and for real pages, and written in every form.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BROKEN, DONE, MISUSE, SOME_FAILED, answers, csvRows, folder, root, synoptic, table } from './synoptic.mjs';

const shared = path.resolve(root, process.env.SHARED ?? '../shared');
const pages = path.join(shared, 'pages', 'seeds');
const real = existsSync(pages) ? {} : { skip: 'the real pages are not here' };

const year = (day) => Number(day.slice(0, 4));
const last = (to) => year(new Date(Date.parse(to) - 86400e3).toISOString());
function when(e) {
    if (e.date) return e.date;
    if (e.from) return year(e.from) === last(e.to) ? String(year(e.from)) : `${year(e.from)}..${last(e.to)}`;
    return e.to ? `by ${last(e.to)}` : '';
}
function value(e) {
    if (e.ordinal) return `#${e.ordinal}`;
    if (e.value === undefined) return '';
    const change = e.change === undefined ? '' : ` ${e.change > 0 ? '+' : ''}${e.change}`;
    const said = e.values ? e.values.map((one) => one.value).join('|') : e.value;
    return [said, e.currency ?? e.unit].filter(Boolean).join(' ') + change;
}
const line = (e) => [e.kind, when(e), value(e)].join('\t');

const topic = 'karvania-tesmir';
const ids = new Set(table('stories.tsv').filter((row) => row[2] === topic).map(([id]) => `samples/${id}`));
const read = synoptic(['read', 'samples']).lines.filter((text) => ids.has(JSON.parse(text).id));
const input = `${read.join('\n')}\n`;
const record = answers(['record'], { input });
const entries = record.filter((one) => one.record === 'entry');

for (const [of, kind, day, worth, voices] of table('records.tsv')) {
    test(`the record of ${of} holds: ${kind} ${day} ${worth}`, (t) => {
        const found = entries.find((e) => line(e) === [kind, day, worth].join('\t'));
        assert.ok(found, entries.map(line).join('\n'));
        t.diagnostic(`${found.voices} voices in ${new Set(found.sentences.map((s) => s.lang)).size} languages`);
        assert.ok(found.voices >= Number(voices), `${found.voices} voices`);
    });
}

const cases = readFileSync(path.join(root, 'tests/cases/record/values.txt'), 'utf8').split(/^## /m).slice(1);
for (const [title, ...rows] of cases.map((one) => one.trimEnd().split('\n'))) {
    test(`values of a record: ${title}`, () => {
        const told = [], wanted = [];
        for (const row of rows) {
            const head = /^= (\S+) (\S+) (\S+)$/.exec(row);
            if (head) told.push({ id: `t${told.length}`, published: head[1], outlet: head[2], lang: head[3], text: '' });
            else if (row.startsWith('> ')) wanted.push(row.slice(2));
            else if (row) told.at(-1).text += `${told.at(-1).text ? '\n' : ''}${row}`;
        }
        const found = answers(['record'], { input: told.map((one) => `${JSON.stringify(one)}\n`).join('') });
        const valued = found.filter((e) => e.record === 'entry' && e.value !== undefined);
        assert.deepEqual(valued.map(line).sort(), wanted.sort());
        for (const e of valued.filter((one) => one.values)) {
            assert.equal(e.values.reduce((n, one) => n + one.voices, 0), e.voices);
            for (const s of e.sentences) assert.ok(e.values.some((one) => one.value === s.value), s.text);
        }
    });
}

test('hardly anything else is in the record of the samples', (t) => {
    const gold = new Set(table('records.tsv').map((row) => row.slice(1, 4).join('\t')));
    const more = entries.filter((e) => !gold.has(line(e)));
    for (const e of more) t.diagnostic(`${line(e)} ${e.sentences[0].text.slice(0, 60)}`);
    assert.ok(more.length <= 1, more.map(line).join('\n'));
});

test('its sentences are bytes of the tellings, its series is drawn from its entries, its people have every spelling', () => {
    const texts = new Map(read.map((text) => [JSON.parse(text).id, Buffer.from(JSON.parse(text).text)]));
    for (const e of entries)
        for (const s of e.sentences) assert.equal(texts.get(s.id).subarray(s.start, s.end).toString(), s.text);
    const trade = record.find((one) => one.record === 'series' && one.of === 'trade');
    assert.deepEqual(trade.points.map((p) => p.value), [1.2e9, 1.6e9, 1.9e9]);
    assert.deepEqual(trade.targets.map((p) => p.value), [2e9, 3e9]);
    const names = record.filter((one) => one.record === 'party').map((p) => p.names.map(({ name }) => name));
    for (const spellings of [['Aldan Moreth', 'ألدان موريث', '阿尔丹·莫雷特', '알단 모레트', 'अल्दान मोरेथ'], ['Nuri Hasdal', 'نوري حصدال', 'ヌリ・ハスダル', 'ນູຣີ ຮັສດານ', 'ኑሪ ሃስዳል']])
        assert.ok(names.some((all) => spellings.every((name) => all.includes(name))), spellings.join(' '));
    const days = entries.map((e) => e.date ?? e.from ?? e.reported).filter(Boolean);
    assert.deepEqual(days, [...days].sort());
});

test('the same articles in another order give the same entries', () => {
    const turned = answers(['record'], { input: `${[...read].reverse().join('\n')}\n` }).filter((one) => one.record === 'entry');
    const known = (list) => list.map((e) => `${line(e)} ${e.tellings}`).sort();
    const differ = known(turned).filter((one) => !known(entries).includes(one));
    assert.ok(differ.length <= 2, differ.join('\n'));
});

test('as CSV: a row an entry and telling, of as many cells each', () => {
    const { out, status } = synoptic(['record', '--format', 'csv'], { input });
    assert.equal(status, DONE);
    const [head, ...body] = csvRows(out);
    assert.equal(head[0], 'kind');
    assert.equal(body.length, entries.reduce((n, e) => n + e.tellings, 0));
    for (const row of body) assert.equal(row.length, head.length, row.join('|'));
});

test('as CSV: no cell is a formula', () => {
    const article = { id: '=1+1', lang: 'en', outlet: '@SUM(A1)', text: '=HYPERLINK("x") They met on 3 May 2024, "they" said.', published: '2024-05-04' };
    const { out } = synoptic(['record', '--format', 'csv'], { input: `${JSON.stringify(article)}\n` });
    assert.match(out, /"'@SUM\(A1\)",en|"'@SUM\(A1\)","en"/);
    assert.match(out, /"'=HYPERLINK\(""x""\)/);
});

test('as a calendar: what is to come, in lines of at most 75 octets that unfold to whole text', () => {
    const { out } = synoptic(['record', '--format', 'ics', '--now', '2026-02-12'], { input });
    const lines = out.split('\r\n');
    assert.equal(lines.at(0), 'BEGIN:VCALENDAR');
    assert.equal(lines.at(-2), 'END:VCALENDAR');
    for (const one of lines) assert.ok(Buffer.byteLength(one) <= 75, one);
    assert.ok(!out.replaceAll('\r\n', '').includes('\n') && !out.includes('\uFFFD'));
    const whole = out.replaceAll('\r\n ', '').split('\r\n');
    assert.deepEqual(whole.filter((one) => one.startsWith('DTSTART')), ['DTSTART;VALUE=DATE:20260501']);
    assert.ok(whole.some((one) => one.startsWith('DTEND;VALUE=DATE:20260502')));
    assert.equal(whole.filter((one) => one === 'BEGIN:VEVENT').length, whole.filter((one) => /^UID:\S+$/.test(one)).length);
    const before = synoptic(['record', '--format', 'ics', '--now', '2026-01-01'], { input }).out;
    assert.match(before, /DTSTART;VALUE=DATE:20260211/);
});

test('as a page: whole in itself, without scripts or anything from elsewhere', () => {
    const { out } = synoptic(['record', '--format', 'html', '--ui', 'fa'], { input });
    assert.match(out, /^<!doctype html>\n<html lang="fa" dir="rtl">/);
    assert.doesNotMatch(out, /<script|<link|<img|src=|@import|url\(/);
    assert.match(out, /<svg[^>]*role="img"[^>]*>\s*<title/);
    assert.equal(out.match(/<li class="entry">/g).length, entries.length);
});

test('a topic of the store has the record of its articles', (t) => {
    const db = path.join(folder(t), 'news.db');
    synoptic(['add', '--db', db, 'samples']);
    const of = (...args) => synoptic(['record', '--db', db, ...args]);
    const entriesOf = (p) => p.lines.map((text) => JSON.parse(text)).filter((one) => one.record === 'entry');
    const known = (list) => list.map((e) => `${line(e)} ${e.tellings}`).sort();
    const found = known(entriesOf(of('--topic', '1')));
    assert.ok(found.filter((one) => !known(entries).includes(one)).length <= 2, found.join('\n'));
    assert.match(of('--topic', '1', '--format', 'html', '--ui', 'sv').out, /<title>[^<]*Karvani/);
    assert.equal(of('--topic', '99').status, BROKEN);
    assert.match(of('--topic', '99').err, /no .*topic/);
    for (const args of [['--topic', 'one'], ['--topic', '0'], ['--topic', '1', 'README.md']]) assert.equal(of(...args).status, MISUSE);
});

test('lines that are no articles are told of, and the rest is recorded', () => {
    const p = synoptic(['record'], { input: `nonsense\n${read[0]}\n[1]\n` });
    assert.equal(p.status, SOME_FAILED);
    assert.match(p.err, /line 1: .*\n.*line 3: /);
    assert.ok(p.lines.length > 0);
    assert.equal(synoptic(['record'], { input: '' }).status, DONE);
    for (const args of [['--format', 'xml'], ['--now', 'tomorrow']])
        assert.equal(synoptic(['record', ...args], { input }).status, MISUSE);
});

test('a topic of 200 articles takes well under a second', (t) => {
    const many = Array.from({ length: 200 }, (_, i) => JSON.stringify({ ...JSON.parse(read[i % read.length]), id: String(i), outlet: `outlet ${i}` }));
    const begun = Date.now();
    const found = answers(['record'], { input: `${many.join('\n')}\n` });
    t.diagnostic(`${Date.now() - begun} ms, with starting and reading`);
    assert.ok(Date.now() - begun < 5000, 'five times what is asked for, on a busy machine');
    assert.ok(found.length > 0);
});

// ---- the five real pages ----

const seeds = real.skip ? [] : answers(['record'], { input: synoptic(['read', pages]).out });
const wanted = [
    ['the talks of 1 December', 'talks', '2025-12-01', '', ['sv']],
    ['the high-level meeting of 2 December', 'meeting', '2025-12-02', '', ['ar', 'fa', 'sv']],
    ['12 documents handed over', 'signing', '', '12', ['sv']],
    ['trade of 5 billion as a target', 'target', '', '5000000000 USD', ['ar', 'fa', 'sv'], 4],
    ['trade of 10 billion as a target', 'target', '', '10000000000 USD', ['ar', 'fa', 'sv'], 4],
    ['trade in seven months of 2024', 'figure', '2024', '1100000000 USD +16.7', ['hi']],
    ['an agreement for 2020 to 2024', 'agreement', '2020..2024', '', ['hi']],
    ['an agreement for 2021 to 2025', 'agreement', '2021..2025', '', ['hi']],
    ['an agreement for 2021 to 2030', 'agreement', '2021..2030', '', ['hi']],
    ['an agreement for 2026 to 2030', 'agreement', '2026..2030', '', ['sv']],
    ['the 48th session', 'session', '2025-12-02', '#48', ['sv']],
    ['the 50th anniversary', 'anniversary', '', '#50', ['fa', 'sv']],
];
for (const [what, kind, day, worth, langs, tellings = 1] of wanted) {
    test(`real pages: ${what}`, real, () => {
        const found = seeds.find((e) => e.record === 'entry' && line(e) === [kind, day, worth].join('\t'));
        assert.ok(found, seeds.filter((e) => e.record === 'entry').map(line).join('\n'));
        for (const lang of langs) assert.ok(found.sentences.some((s) => s.lang === lang), lang);
        assert.ok(found.tellings >= tellings, `${found.tellings} tellings`);
    });
}

test('real pages: the trade figure is of the first seven months', real, () => {
    const [figure] = seeds.filter((e) => e.kind === 'figure' && e.value === 1.1e9);
    assert.deepEqual([figure.from, figure.to], ['2024-01-01', '2024-08-01']);
});

for (const spellings of [['Thongloun Sisoulith', 'ثونجلون سيسوليث', 'تونگلون سیسولیت'], ['To Lam', 'تو لام'],
    ['Pham Minh Chinh', 'فام مينه تشينه', 'فام مین چین'], ['Sonexay Siphandone', 'سونيكساي سيفاندون', 'سونِکسی سیفاندون']]) {
    test(`real pages: ${spellings.join(', ')} are one person`, real, () => {
        const persons = seeds.filter((e) => e.record === 'party' && e.kind === 'person');
        assert.ok(persons.some((p) => spellings.every((name) => p.names.some((one) => one.name === name))));
    });
}
