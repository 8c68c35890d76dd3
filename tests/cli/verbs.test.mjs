// Every verb answers, misuse is told apart, and the manual says what --help says.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { BRIDGE, DONE, MISUSE, answers, folder, page, portal, root, synoptic } from './synoptic.mjs';

/** Verbs and the options of each, as --help lists them. */
function verbsOf(help) {
    const verbs = new Map();
    let verb;
    for (const line of help.split('\n')) {
        const named = /^ {2}synoptic (\S+)/.exec(line);
        const option = /^ {6}(--[a-z-]+)/.exec(line);
        if (named) verbs.set(verb = named[1], []);
        else if (option) verbs.get(verb).push(option[1]);
    }
    return verbs;
}

const help = synoptic(['--help']);
const verbs = verbsOf(help.out);

test('--help and --version', () => {
    assert.equal(help.status, DONE);
    assert.ok(verbs.size >= 11, help.out);
    assert.match(synoptic(['--version']).out, /^synoptic \d+\.\d+\.\d+\n$/);
    for (const verb of verbs.keys()) assert.equal(synoptic([verb, '--help']).status, DONE);
});

test('the manual has the same verbs and options', () => {
    const manual = new Map();
    const options = (text) => [...text.matchAll(/Fl (-[a-z-]+)/g)].map((found) => `-${found[1]}`);
    const source = readFileSync(path.join(root, 'man/synoptic.1'), 'utf8');
    const [verbsPart, networkPart] = source.split('.Ss Network options');
    const network = options(networkPart.split('.Sh')[0]);
    for (const line of verbsPart.split('\n')) {
        const item = /^\.It Cm (\S+)(.*)/.exec(line);
        if (item) manual.set(item[1], [...options(item[2]), ...(item[2].includes('network options') ? network : [])].sort());
    }
    assert.deepEqual([...manual].sort(), [...verbs].map(([verb, listed]) => [verb, listed.sort()]).sort());
});

test('no verb, an unknown verb, an unknown option, a bad number', () => {
    assert.equal(synoptic([]).status, MISUSE);
    for (const [args, named] of [
        [['frobnicate'], 'frobnicate'],
        [['read', '--frobnicate'], '--frobnicate'],
        [['lang', '--threads', '2'], '--threads'],
        [['read', '--threads', 'many', 'samples'], 'many'],
        [['read', '--threads', '0', 'samples'], '"0"'],
        [['read', '--threads'], '--threads'],
        [['group', '--explain=yes'], '--explain'],
        [['serve', '--port', '65536'], '65536'],
        [['serve', 'word'], 'serve'],
        [['add'], 'add'],
        [['search'], 'search'],
        [['export', 'word'], 'export'],
        [['explain'], 'explain'],
    ]) {
        const p = synoptic(args);
        assert.equal(p.status, MISUSE, args.join(' '));
        assert.ok(p.err.split('\n')[0].includes(named), `${args.join(' ')}: ${p.err}`);
        assert.equal(p.out, '');
    }
});

test('read: a page from standard input and from a file', (t) => {
    const html = page('Bridge closed for nine weeks', BRIDGE);
    const [article] = answers(['read'], { input: html });
    assert.equal(article.title, 'Bridge closed for nine weeks');
    assert.equal(article.lang, 'en');
    assert.ok(`${article.lead ?? ''}\n${article.text}`.includes(BRIDGE[2]));
    const file = path.join(folder(t), 'bridge.html');
    writeFileSync(file, html);
    const [same] = answers(['read', file]);
    assert.deepEqual(same, { ...article, id: file });
});

test('read: paths of a list, in its order', (t) => {
    const here = folder(t);
    const paths = ['b.html', 'a.html', 'c.html'].map((name) => path.join(here, name));
    for (const file of paths) writeFileSync(file, page(path.basename(file), BRIDGE));
    writeFileSync(path.join(here, 'list'), paths.join('\n'));
    assert.deepEqual(answers(['read', '--files-from', path.join(here, 'list')]).map((a) => a.id), paths);
});

test('lang', () => {
    const { status, lines } = synoptic(['lang'], { input: 'Regeringen sade på fredagen att vägen öppnas igen i mars.\n' +
        'Правительство сообщило в пятницу, что дорога снова откроется в марте.\n政府は金曜日、道路が三月に再び開通すると発表した。\n\n12345\n' });
    assert.equal(status, DONE);
    assert.deepEqual(lines.map((line) => line.split('\t')[0]), ['sv', 'ru', 'ja', 'und', 'und']);
    for (const line of lines) assert.match(line, /^[A-Za-z-]+\t[01]\.\d+$/);
});

test('facts: spans are bytes of the text', () => {
    const text = 'På fredagen – i går – såldes 2,5 miljoner ton för 12 procent mer.';
    const [{ facts }] = answers(['facts'], { input: `${JSON.stringify({ lang: 'sv', text, ref: '2024-03-02' })}\n` });
    const bytes = Buffer.from(text);
    const said = (fact) => bytes.subarray(fact.start, fact.end).toString();
    const million = facts.find((fact) => fact.kind === 'number' && fact.value === 2_500_000);
    assert.ok(million && said(million).startsWith('2,5 miljoner'), JSON.stringify(facts));
    assert.ok(facts.some((fact) => fact.kind === 'percent' && fact.value === 12), JSON.stringify(facts));
    assert.ok(facts.some((fact) => fact.kind === 'date' && fact.value === '2024-03-01'), JSON.stringify(facts));
});

test('names: the same across scripts is likelier than another', () => {
    const { status, lines } = synoptic(['names'], { input: 'Thongloun\tتونگلون\nThongloun\tВашингтон\n' });
    assert.equal(status, DONE);
    const [same, other] = lines.map(Number);
    assert.ok(same > other && same <= 1 && other >= 0, lines.join(' '));
});

test('group: two tellings of one event are one story, another is not', () => {
    const articles = [
        { id: 'one', lang: 'en', title: 'Bridge at Tarnholm closed for nine weeks', text: BRIDGE.join('\n') },
        { id: 'two', lang: 'sv', title: 'Bron vid Tarnholm stängs i nio veckor', text: 'Bron över Velle vid Tarnholm stängs i nio veckor från måndag medan de två äldsta pelarna repareras, uppger vägverket.\nOmkring 14 000 fordon passerar den varje vardag. De flesta får ta färjan vid Lurz eller den nya vägen över Oststrand, som är 27 kilometer längre.\nReparationen kostar 48 miljoner kronor.' },
        { id: 'three', lang: 'en', title: 'Library wins prize for its reading room', text: 'The public library of Kilindoni was given a prize on Tuesday for the reading room that pupils built in 2019 out of old boats.\nIts librarian, Amina Juma, said that 600 children come every week.' },
    ];
    const input = articles.map((article) => `${JSON.stringify(article)}\n`).join('');
    assert.deepEqual(answers(['group'], { input }), [
        { id: 'one', story: 'one' }, { id: 'two', story: 'one' }, { id: 'three', story: 'three' }]);
    const explained = answers(['group', '--explain'], { input })[1];
    assert.ok(explained.score > 0 && explained.reasons.length > 0, JSON.stringify(explained));
    for (const reason of explained.reasons) assert.ok(reason.signal && reason.here && reason.there, JSON.stringify(reason));
});

test('compare: a figure that was altered, with its place in both', () => {
    const a = { lang: 'en', published: '2024-05-06', text: BRIDGE.join('\n') }; // an id of its own is not needed
    const b = { ...a, text: a.text.replace('48 million', '84 million') };
    const [answer] = answers(['compare'], { input: `${JSON.stringify({ id: 'pair', a, b })}\n` });
    assert.equal(answer.id, 'pair');
    const found = answer.differences.filter((d) => d.a?.value === 48_000_000 && d.b?.value === 84_000_000);
    assert.equal(found.length, 1, JSON.stringify(answer));
    assert.ok(Buffer.from(b.text).subarray(found[0].b.start, found[0].b.end).toString().includes('84 million'));
    assert.deepEqual(answers(['compare'], { input: `${JSON.stringify({ id: 'same', a, b: a })}\n` }), [{ id: 'same', differences: [] }]);
});

test('compare: why in a language, a note that is no conflict, a side that says nothing', () => {
    const a = { lang: 'en', text: 'The museum had 640,000 visitors. Tickets cost 12 euros.' };
    const b = { lang: 'sv', text: 'Museet hade 460 000 besökare.' };
    const [answer] = answers(['compare', '--lang', 'sv'], { input: `${JSON.stringify({ id: 'pair', a, b })}\n` });
    assert.deepEqual(answer.differences.map((d) => [d.kind, d.severity, d.a.value, d.b.value]), [['figure', 3, 640_000, 460_000]]);
    assert.match(answer.differences[0].why, /olika siffror.*640,000.*460 000/);
    assert.deepEqual(answer.notes.map((d) => [d.kind, d.severity, d.a.value, d.b]), [['only', 1, 12, null]]);
});

test('compare: a story, its facts with their sentences', () => {
    const articles = [
        { id: 'one', lang: 'en', text: 'The bridge at Tarn is 680 metres long. It cost 48 million euros.' },
        { id: 'two', lang: 'de', text: 'Die Brücke bei Tarn ist 680 Meter lang. Sie kostete 48 Millionen Euro.' },
        { id: 'three', lang: 'fr', text: 'Le pont de Tarn mesure 680 mètres. Il a coûté 84 millions d’euros.' },
    ];
    const lines = articles.map((article) => JSON.stringify(article)).join('\n');
    const [story] = answers(['compare', '--story'], { input: `${lines}\n` });
    assert.deepEqual(answers(['compare'], { input: `${JSON.stringify({ articles })}\n` }), [story]);
    assert.equal(story.id, 'one');
    const sum = story.facts.find((fact) => fact.kind === 'money');
    assert.deepEqual(sum.said.map((said) => [said.article, said.value, said.group]),
        [['one', 48e6, 0], ['two', 48e6, 0], ['three', 84e6, 1]]);
    assert.equal(sum.said[1].sentence, 'Sie kostete 48 Millionen Euro.');
    assert.deepEqual(story.differences.map((d) => [d.kind, d.a.article, d.b.article]), [['figure', 'one', 'three']]);
    assert.equal(synoptic(['compare', '--story'], { input: '{"id":\n' }).status, 3);
});

test('add, search, export, explain, serve', async (t) => {
    const here = folder(t), db = path.join(here, 'news.db'), file = path.join(here, 'bridge.html');
    writeFileSync(file, page('Bridge closed for nine weeks', BRIDGE, { url: 'https://tarn.example/bridge' }));
    const added = synoptic(['add', '--db', db, file]);
    assert.equal(added.status, DONE, added.err);
    assert.match(added.err, /1 new article/);
    assert.deepEqual(answers(['search', '--db', db, 'Tarnholm']).map((row) => row.id), [file]);
    assert.deepEqual(answers(['search', `--db=${db}`, '--lang', 'sv', 'Tarnholm']), []);
    assert.deepEqual(answers(['export', '--db', db]).map((row) => row.article.title), ['Bridge closed for nine weeks']);
    for (const name of [file, 'https://tarn.example/bridge']) {
        const [why] = answers(['explain', '--db', db, name]);
        assert.equal(why.id, file);
        assert.ok(Array.isArray(why.reasons));
    }
    const served = await portal(db);
    t.after(() => served.end());
    assert.match(served.address, new RegExp(`^http://127\\.0\\.0\\.1:${served.port}/?$`));
    const answer = await fetch(served.address);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /Bridge closed for nine weeks/);
    assert.equal(await served.end('SIGINT'), DONE);
});
