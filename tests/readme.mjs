// The README's commands do what they say:  node --test tests/readme.mjs
// Every block fenced as sh is run, in order, in one copy of the project with the program on PATH.  Blocks of other
// kinds, console among them, are only shown.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const program = path.resolve(root, process.env.SYNOPTIC ?? 'build/synoptic');

const blocks = [];
let open;
readFileSync(path.join(root, 'README.md'), 'utf8').split('\n').forEach((line, i) => {
    if (open && line.startsWith('```')) {
        if (open.kind === 'sh') blocks.push(open);
        open = undefined;
    } else if (open) open.lines.push(line);
    else if (line.startsWith('```')) open = { kind: line.slice(3).trim().split(' ')[0], line: i + 1, lines: [] };
});

const scratch = mkdtempSync(path.join(os.tmpdir(), 'synoptic-readme-'));
test.after(() => rmSync(scratch, { recursive: true, force: true }));
const kept = readdirSync(root).filter((name) => !/^(\.git|node_modules|build|build-.*|synoptic\.db.*)$/.test(name));
for (const name of kept) cpSync(path.join(root, name), path.join(scratch, name), { recursive: true, preserveTimestamps: true });
for (const name of ['build', 'node_modules']) symlinkSync(path.join(root, name), path.join(scratch, name));

test('the README has commands', () => assert.ok(blocks.length > 0));

for (const { line, lines } of blocks) {
    test(`README.md:${line}: ${lines[0]}`, () => {
        const p = spawnSync('bash', ['-euo', 'pipefail', '-c', lines.join('\n')], {
            cwd: scratch,
            encoding: 'utf8',
            env: { ...process.env, PATH: `${path.dirname(program)}:${process.env.PATH}` },
            timeout: 120_000,
            maxBuffer: 1 << 26,
        });
        assert.equal(p.status, 0, `${lines.join('\n')}\n${p.stdout.slice(-2000)}\n${p.stderr.slice(-2000)}`);
    });
}
