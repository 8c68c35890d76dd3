// A server of the tests' own on loopback that misbehaves as it is told, and the program that fetches from it.
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import { program } from '../cli/synoptic.mjs';

/**
 * Serves routes: a path to a page's HTML, or to a function (request, response).  Keeps what was asked: {path, headers, at}.
 * Without a route of its own, /robots.txt is not there.  ip: any address of 127.0.0.0/8, each a host of its own.
 */
export async function serve(t, routes, ip = '127.0.0.1') {
    const asked = [];
    const sockets = new Set();
    const server = http.createServer((request, response) => {
        asked.push({ path: request.url, headers: request.headers, at: Date.now() });
        const route = routes[request.url];
        if (typeof route === 'function') return route(request, response, asked.filter((one) => one.path === request.url).length);
        if (route === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n');
        else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(route);
    });
    server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.once('close', () => sockets.delete(socket));
    });
    await new Promise((resolve) => { server.listen(0, ip, resolve); });
    const origin = `http://${ip}:${server.address().port}`;
    t.after(() => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => { server.close(resolve); });
    });
    return { origin, routes, asked, paths: () => asked.map((one) => one.path), sockets };
}

/** A server below HTTP: answer(socket, what was asked) for each connection. */
export async function serveRaw(t, answer) {
    const sockets = new Set();
    const server = net.createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.once('close', () => sockets.delete(socket));
        socket.once('data', (data) => answer(socket, String(data)));
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    t.after(() => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => { server.close(resolve); });
    });
    return { origin: `http://127.0.0.1:${server.address().port}` };
}

export const SOON = ['--pace', '5', '--timeout', '2'];
export const HERE = [...SOON, '--allow', '127.0.0.1'];

/** Starts the program; {status, out, err} once it has ended.  The environment tries to lead it astray. */
export function start(args) {
    const env = { ...process.env, http_proxy: 'http://127.0.0.1:9/', https_proxy: 'http://127.0.0.1:9/', all_proxy: 'http://127.0.0.1:9/' };
    const p = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let out = '', err = '';
    p.stdout.on('data', (data) => { out += data; });
    p.stderr.on('data', (data) => { err += data; });
    const ended = new Promise((resolve) => {
        p.once('close', (status, signal) => resolve({ status: status ?? signal, out, err, ...counted(err) }));
    });
    return { ended, kill: (signal) => p.kill(signal), err: () => err };
}

export const run = (args) => start(args).ended;

/** What the last line of figures says. */
function counted(err) {
    const all = [...err.matchAll(/(\d+) pages: (\d+) new articles, (\d+) new versions, (\d+) known, (\d+) without text, (\d+) failed/g)];
    if (!all.length) return {};
    const [pages, added, versions, known, empty, failed] = all.at(-1).slice(1).map(Number);
    return { pages, added, versions, known, empty, failed };
}

/** An RSS feed of items {title, link, description, content, date}. */
export function rss(items, title = 'Tarn Daily') {
    const body = items.map((i) => `<item><title>${i.title}</title>${i.link ? `<link>${i.link}</link>` : ''}
<description>${i.description ?? (i.content ? 'What it is about.' : '')}</description>${i.content ? `<content:encoded><![CDATA[${i.content}]]></content:encoded>` : ''}
<pubDate>${i.date ?? 'Tue, 02 Dec 2025 10:00:00 GMT'}</pubDate></item>`);
    return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${title}</title>
<link>https://tarn.example/</link><language>en</language>${body.join('\n')}</channel></rss>\n`;
}

export const feed = (items, headers = {}) => (request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', ...headers }).end(rss(items));
};
