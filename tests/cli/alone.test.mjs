// Most pages of a real stream are told once: what has nothing of its own in common with another stays alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { answers, root } from './synoptic.mjs';

const cases = path.join(root, 'tests/cases/topics');
const invented = readFileSync(path.join(cases, 'stories.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const rows = readFileSync(path.join(cases, 'stories.tsv'), 'utf8').trim().split('\n').filter((l) => !l.startsWith('#'));
const topicOf = new Map(rows.map((row) => row.split('\t')).map(([id, , topic]) => [id, topic]));
const grouped = (articles) =>
    new Map(answers(['group'], { input: articles.map((a) => JSON.stringify(a) + '\n').join('') }).map((r) => [r.id, r.story]));

/** Ids of those in one story, where there are several. */
function together(stories) {
    const of = new Map();
    for (const [id, story] of stories) of.set(story, [...(of.get(story) ?? []), id]);
    return [...of.values()].filter((ids) => ids.length > 1);
}

test('one telling of each of many stories has no company', () => {
    const samples = answers(['read', 'samples']).filter((a) => a.text);
    const story = grouped(samples);
    const byStory = new Map();
    for (const a of samples) byStory.set(story.get(a.id), [...(byStory.get(story.get(a.id)) ?? []), a]);
    for (let pick = 0; pick < 3; pick++) {
        const one = [...byStory.values()].map((tellings) => tellings[pick % tellings.length]);
        const company = together(grouped([...one, ...invented]));
        for (const ids of company) {
            assert.ok(!ids.some((id) => one.some((a) => a.id === id)), `${ids}`);
            assert.equal(new Set(ids.map((id) => topicOf.get(id))).size, 1, `${ids}`);
        }
        assert.ok(company.length <= 6, `${company.join('; ')}`); // four are told twice; two of a matter may be near
    }
});

const page = (id, outlet, title, text, picture) => ({
    id, outlet, lang: 'en', title, text, published: '2026-03-13T09:00:00Z', url: `https://${outlet}.example/${id}`,
    images: [{ src: `https://${outlet}.example/pictures/${picture}` }],
});
const bakery = 'The bakery on Market Square opens again on Friday. Its owner spent the winter on repairs, and a new oven came this week.';
const tram = 'A tram ran off its rails near the harbour on Friday. Nobody was hurt. The line stays closed until this week ends, the operator said.';

test('a weekday and a picture of any name put nothing together', () => {
    for (const picture of ['image.jpg', '920x920.jpg', 'logo.png', '1200x630.jpg?fit=scale']) {
        const stories = grouped([...invented, page('b', 'herald', 'Bakery opens again', bakery, picture),
            page('t', 'gazette', 'Tram leaves its rails', tram, picture)]);
        assert.equal(stories.get('b'), 'b', picture);
        assert.equal(stories.get('t'), 't', picture);
    }
});

test('what one outlet prints under all its pages puts nothing together', () => {
    const under = '\nSign up for the Herald Evening letter of Editor Jorun Hask. Herald House, Quay Street 14. Call 555 010 222.';
    const texts = { Bakery: bakery, Tram: tram,
        Choir: 'The choir of the old school sings on Sunday for the first time since its hall burned. Tickets are sold at the door.',
        Bridge: 'Divers looked at the piers of the north bridge and found cracks in two of them. Lorries have to take the ring road.',
        Owls: 'Three young owls left their nest in the park. Wardens ask walkers to keep their dogs away from the pines.' };
    const pages = Object.entries(texts).map(([title, text]) => page(title, 'herald', title, text + under, 'a.jpg'));
    assert.deepEqual(together(grouped([...invented, ...pages])).filter((ids) => ids.some((id) => id in texts)), []);
});
