// The house's order and its banned calls, read from the sources:  node --test tests/layers.mjs
// A stage includes headers of its own folder and of earlier stages; some calls are not made anywhere, some not in the
// library, which never prints, exits or depends on the locale.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
/** The order of the stages is the Makefile's. */
const order = /^STAGES\s*\?=\s*(.*)$/m.exec(readFileSync(path.join(root, 'Makefile'), 'utf8'))[1].trim().split(/\s+/);

const earlier = (stage) => order.slice(0, order.indexOf(stage) + 1);
/** The stages whose headers a stage may include. */
const allowed = Object.fromEntries(order.map((stage) => [stage, earlier(stage)]));
allowed.lexicon = ['base', 'lexicon'];
for (const stage of order.filter((name) => !['html', 'read', 'api'].includes(name)))
    allowed[stage] = allowed[stage].filter((other) => other !== 'html' && other !== 'fetch'); // a page's tree ends where it was read
allowed.fetch = ['base', 'read', 'fetch']; // api alone fetches
allowed.cli = ['cli']; // and the public header

const everywhere = ['strtok', 'strtod', 'strtof', 'strtold', 'atof', 'atoi', 'atol', 'atoll', 'sprintf', 'vsprintf', 'gets',
    'strcpy', 'strcat', 'stpcpy', 'gmtime', 'localtime', 'localtime_r', 'ctime', 'asctime', 'mktime', 'setlocale', 'tmpnam',
    'alloca', 'system', 'popen', 'rand', 'srand'];
const inLibrary = ['exit', '_exit', 'abort', 'printf', 'vprintf', 'puts', 'putchar', 'perror', 'assert', 'signal', 'sigaction'];
const bannedHeaders = ['ctype.h', 'wctype.h', 'locale.h', 'setjmp.h'];

/** C without comments, strings and characters, every line kept in its place. */
function bare(source) {
    const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
    return source.replace(token, (found) => (found.startsWith('/') ? ' ' : '""') + '\n'.repeat(found.split('\n').length - 1));
}

const sources = order.flatMap((stage) => {
    const folder = path.join(root, 'src', stage);
    return readdirSync(folder).filter((name) => /\.(c|h|inc|def)$/.test(name)).sort()
        .map((name) => {
            const text = readFileSync(path.join(folder, name), 'utf8');
            return { stage, file: `src/${stage}/${name}`, text, lines: bare(text).split('\n'), raw: text.split('\n') };
        });
});

const none = (found) => assert.equal(found.join('\n'), '');

test('every folder of src is a stage, with one public header', () => {
    const folders = readdirSync(path.join(root, 'src')).sort();
    assert.deepEqual(folders, [...order].sort());
    none(order.filter((stage) => !sources.some((s) => s.file === `src/${stage}/${stage}.h`)).map((stage) => `src/${stage}/${stage}.h`));
});

for (const stage of order) {
    test(`${stage} includes its own and earlier stages only`, () => {
        const found = [];
        for (const { file, raw } of sources.filter((s) => s.stage === stage)) {
            raw.forEach((line, i) => {
                const include = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
                if (!include) return;
                const [, kind, name] = include;
                const at = `${file}:${i + 1}`;
                if (bannedHeaders.includes(name)) found.push(`${at}: <${name}>`);
                if (kind === '<') return;
                const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
                const from = /^src\/([^/]+)\//.exec(target);
                if (from && !allowed[stage].includes(from[1])) found.push(`${at}: ${name} is of stage ${from[1]}`);
                if (from && from[1] !== stage && target !== `src/${from[1]}/${from[1]}.h` && target !== 'src/base/limits.h')
                    found.push(`${at}: ${name} is not the public header of ${from[1]}`);
            });
        }
        none(found);
    });
}

test('banned calls', () => {
    const found = [];
    for (const { stage, file, lines } of sources) {
        const names = stage === 'cli' ? everywhere : [...everywhere, ...inLibrary];
        const call = new RegExp(`(?<![\\w.>])(${names.join('|')})\\s*\\(`, 'g');
        const stream = /(?<!\w)(stdout|stderr)(?!\w)/g;
        lines.forEach((line, i) => {
            for (const hit of line.matchAll(call)) found.push(`${file}:${i + 1}: ${hit[1]}`);
            if (stage !== 'cli') for (const hit of line.matchAll(stream)) found.push(`${file}:${i + 1}: ${hit[1]}`);
        });
    }
    none(found);
});

test('a file says at its head what it is, and is not longer than a person reads', () => {
    const found = [];
    for (const { file, text, raw } of sources) {
        if (!/\.(c|h)$/.test(file)) continue;
        if (!text.startsWith(`/* ${path.basename(file)} - `)) found.push(`${file}:1: no head "/* ${path.basename(file)} - ..."`);
        if (raw.length > 900) found.push(`${file}: ${raw.length} lines`);
    }
    none(found);
});
