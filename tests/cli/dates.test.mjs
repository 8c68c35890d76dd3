// Dates as CLDR writes them: every language's own long form is one date.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { answers, root } from './synoptic.mjs';

const cldr = path.join(root, 'node_modules/cldr-dates-full/main');
const days = [[2025, 3, 5], [2024, 11, 28], [2025, 7, 14]];

/** Languages whose long form is not read yet, with the reason. */
const unread = {
    dz: 'the word for a day stands before its number',
    eo: 'the ending of an ordinal is written with a hyphen',
    eu: 'endings in parentheses: "2025(e)ko"; as the news write it, it is read',
    haw: 'months that begin with an ʻokina', to: 'months that begin with an ʻokina',
    ky: 'as the news write it, it is read: tests/cases/facts/ky.tsv',
};

const iso = ([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;

function written(calendar, pattern, [year, month, day]) {
    const names = calendar.months;
    return pattern.replace(/'([^']*)'|([a-zA-Z])\2*/g, (field, literal, letter) => {
        if (letter === undefined) return literal || "'";
        if (letter === 'y') return String(year);
        if (letter === 'G') return calendar.eras.eraAbbr[1];
        if (letter === 'd') return String(day).padStart(field.length, '0');
        if (letter !== 'M' && letter !== 'L') return field;
        if (field.length < 3) return String(month).padStart(field.length, '0');
        return names[letter === 'M' ? 'format' : 'stand-alone'][field.length === 3 ? 'abbreviated' : 'wide'][month];
    });
}

function sentences() {
    const all = [];
    for (const line of readFileSync(path.join(root, 'data/languages.tsv'), 'utf8').split('\n')) {
        const [lang] = line.split('\t');
        const file = path.join(cldr, lang, 'ca-gregorian.json');
        if (!lang || line.startsWith('#') || !existsSync(file) || lang in unread) continue;
        const calendar = JSON.parse(readFileSync(file)).main[lang].dates.calendars.gregorian;
        if (/^M?\d/.test(calendar.months.format.wide[1])) continue; // CLDR has no names of months
        for (const day of days)
            all.push({ lang, text: written(calendar, calendar.dateFormats.long, day), ref: iso([day[0], day[1], day[2] + 3 > 28 ? 28 : day[2] + 3]), day: iso(day) });
    }
    return all;
}

test('the long form of CLDR is one date in every language', { skip: existsSync(cldr) ? false : 'CLDR is not here' }, () => {
    const asked = sentences();
    assert.ok(asked.length > 350, `${asked.length} forms`);
    const found = answers(['facts'], { input: asked.map((a) => JSON.stringify(a)).join('\n') });
    const wrong = asked.filter((a, i) => {
        const facts = found[i].facts.filter((f) => ['date', 'daterange', 'number', 'ordinal'].includes(f.kind));
        return facts.length !== 1 || facts[0].value !== a.day;
    });
    assert.deepEqual(wrong.map((a) => `${a.lang}: ${a.text}`), []);
});
