// The pictures of README.md, taken from a portal of the samples:
//   BASE_URL=http://127.0.0.1:8080 node docs/pictures.mjs
import { chromium } from 'playwright-core';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080';
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function picture(name, path, width, height, locale) {
    const page = await browser.newPage({ viewport: { width, height }, locale });
    await page.goto(new URL(path, base).href);
    await page.screenshot({ path: join(here, `${name}.png`) });
    await page.close();
}

const found = await (await fetch(new URL('/api/search.json?q=earthquake+Mirab', base))).json();
await picture('front', '/?ui=en', 1200, 860, 'en');
await picture('story', `/story/${found.articles[0].story}?ui=en`, 1200, 1000, 'en');
await picture('fa', '/?ui=fa', 1200, 700, 'fa');
await browser.close();
