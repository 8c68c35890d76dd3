// What the tests of the command share: the program, the samples, and a folder that goes away with its test.
// SYNOPTIC names another program than build/synoptic.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const program = path.resolve(root, process.env.SYNOPTIC ?? 'build/synoptic');
export const DONE = 0, BROKEN = 1, MISUSE = 2, SOME_FAILED = 3;

const split = (text) => text.split('\n').filter((line) => line !== '');

/** Runs the program to its end: status, out, err, and out's lines. */
export function synoptic(args, { input = '', cwd = root, ...options } = {}) {
    const p = spawnSync(program, args, { input, cwd, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000, ...options });
    if (p.error) throw p.error;
    assert.equal(p.signal, null, `${args.join(' ')}: ended by ${p.signal}\n${p.stderr}`);
    return { status: p.status, out: p.stdout ?? '', err: p.stderr ?? '', lines: split(p.stdout ?? '') };
}

/** Its lines of JSON; the status must be the one wanted. */
export function answers(args, options = {}, status = DONE) {
    const p = synoptic(args, options);
    assert.equal(p.status, status, `${args.join(' ')}: status ${p.status}\n${p.err}`);
    return p.lines.map((line) => JSON.parse(line));
}

/** A new folder, removed after the test; others than its owner may look into it. */
export function folder(t) {
    const made = mkdtempSync(path.join(os.tmpdir(), 'synoptic-'));
    chmodSync(made, 0o755);
    t.after(() => rmSync(made, { recursive: true, force: true }));
    return made;
}

export function freePort() {
    return new Promise((resolve, reject) => {
        const server = net.createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** Starts the portal of a store; gives its address and an end() that gives the exit status. */
export async function portal(db, options = []) {
    const port = await freePort();
    const p = spawn(program, ['serve', '--db', db, '--port', String(port), ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => p.once('exit', (status, signal) => resolve(status ?? signal)));
    let err = '';
    p.stderr.on('data', (data) => { err += data; });
    const address = await new Promise((resolve, reject) => {
        let out = '';
        p.stdout.on('data', (data) => {
            out += data;
            if (out.includes('\n')) resolve(out.trim());
        });
        p.once('exit', () => reject(new Error(`the portal ended: ${err}`)));
    });
    return { address, port, end: (signal = 'SIGTERM') => { p.kill(signal); return ended; } };
}

/** Rows of a table of samples/, without its comments. */
export function table(name) {
    return split(readFileSync(path.join(root, 'samples', name), 'utf8'))
        .filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
}

/** A page that reads as an article. */
export function page(title, text, { url } = {}) {
    const canonical = url ? `<link rel="canonical" href="${url}">` : '';
    return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${canonical}</head>
<body><article><h1>${title}</h1>${text.map((p) => `<p>${p}</p>`).join('\n')}</article></body></html>\n`;
}

export const BRIDGE = [
    'The bridge over the Velle at Tarnholm will be closed for nine weeks from Monday, the regional road office said, while its two oldest piers are repaired.',
    'About 14,000 vehicles cross it on a working day. Most of them will have to take the ferry at Lurz or the new road by way of Oststrand, which is 27 kilometres longer.',
    'The repairs cost 48 million crowns, twice what was foreseen when divers first looked at the piers in the spring, the office said in a statement.',
];

/** Cells of RFC 4180, whose rows have no line ends inside. */
export function csvRows(csv) {
    assert.ok(csv.endsWith('\r\n'));
    return csv.slice(0, -2).split('\r\n').map((row) => [...row.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,"]*)/g)].map(([, cell]) => cell));
}
