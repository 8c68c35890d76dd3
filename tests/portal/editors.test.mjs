// An editor at work in a browser without scripts: signs in, says where a telling belongs, takes it back.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { DONE, folder, portal, synoptic } from '../cli/synoptic.mjs';

const KEY = 'a-key-for-the-desk-1';
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] });
});
after(async () => { await browser?.close(); });

for (const [ui, width] of [['en', 1280], ['fa', 390]])
  test(`an editor says that a telling does not belong, and takes it back (${ui}, ${width})`, async (t) => {
    const dir = folder(t), db = path.join(dir, 'news.db'), editors = path.join(dir, 'editors');
    writeFileSync(editors, `Ylva Ek\t${KEY}\n`, { mode: 0o600 });
    assert.equal(synoptic(['add', '--db', db, 'samples/nordan', 'samples/meridian', 'samples/almarsad']).status, DONE);
    const { address, end } = await portal(db, ['--editors', editors]);
    t.after(() => end());
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', javaScriptEnabled: false });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${address}?ui=${ui}`);
    await page.locator('.foot a[href^="/editor"]').click();
    await page.locator('#key').fill('not-the-key-of-anybody');
    await page.locator('main button').click();
    assert.ok(await page.locator('[role="alert"]').isVisible());
    await page.locator('#key').fill(KEY);
    await page.locator('main button').click();
    assert.match(await page.locator('.foot').innerText(), /Ylva Ek/);

    const { stories } = await (await fetch(new URL('/api/stories.json', address))).json();
    const story = stories.sort((a, b) => b.articles - b.reprints - a.articles + a.reprints)[0];
    await page.goto(new URL(`/story/${story.story}?ui=${ui}`, address).href);
    const telling = page.locator('article.telling').last();
    const id = (await telling.getAttribute('id')).slice(1);
    assert.equal(await telling.locator('button').first().isVisible(), false);
    await telling.locator('details.judge > summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await telling.locator('input[name="why"]').first().fill('another matter');
    await telling.locator('button').first().click();
    assert.notEqual(new URL(page.url()).pathname, `/story/${story.story}`);
    assert.match(await page.locator('section.words').innerText(), /Ylva Ek[\s\S]*another matter/);
    await page.locator('.why summary').first().click();
    assert.match(await page.locator('.why .words').first().innerText(), /Ylva Ek/);
    await page.locator('section.words button').click();
    assert.equal(new URL(page.url()).pathname, `/story/${story.story}`);
    assert.equal(await page.locator('section.words li.gone').count(), 1);
    assert.equal(await page.locator(`#t${id}`).count(), 1);
    assert.equal(await page.locator('section.words button').count(), 0);
  });
