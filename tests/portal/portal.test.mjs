// The portal in a browser, over the invented stories of samples/.  BASE_URL names a running portal:
//   build/synoptic add --db /tmp/p.db samples; build/synoptic serve --db /tmp/p.db --port 8080 &
//   BASE_URL=http://127.0.0.1:8080 node --test tests/portal/
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const base = (process.env.BASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
});
after(async () => { await browser?.close(); });

// A page that notes whatever it should not do.
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') wrong.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => wrong.push(`error: ${e.message}`));
  page.on('request', (r) => { if (!r.url().startsWith(`${base}/`)) wrong.push(`request: ${r.url()}`); });
  page.on('requestfailed', (r) => wrong.push(`failed: ${r.url()}`));
  const response = await page.goto(base + path);
  return { page, context, wrong, response };
}

async function withPage(path, options, body) {
  const opened = await open(path, options);
  try {
    await body(opened.page, opened);
    assert.deepEqual(opened.wrong, []);
  } finally {
    await opened.context.close();
  }
}

// The path of a story that most tellings share.
async function richestStory() {
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  assert.ok(stories.length > 0, 'the portal holds no stories');
  stories.sort((a, b) => b.langs.length - a.langs.length || b.articles - a.articles);
  return stories[0];
}

test('the front page shows stories with tellings in other languages', () => withPage('/', {}, async (page) => {
  assert.match(await page.title(), /Synoptic/);
  assert.ok(await page.locator('article.story').count() >= 5);
  const card = page.locator('article.story', { has: page.locator('.also li') }).first();
  const lang = await card.locator('h2').getAttribute('lang');
  const others = await card.locator('.also a').evaluateAll((links) => links.map((a) => a.lang));
  assert.ok(others.length > 0 && others.every((other) => other && other !== lang));
  await card.locator('h2 a').click();
  assert.match(page.url(), /\/story\/\d+$/);
}));

test('the front page shows all stories, or those that several outlets tell', async () => {
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  const shared = stories.filter((s) => s.outlets > 1);
  for (const ui of ['en', 'fa'])
    await withPage(`/?ui=${ui}`, { javaScriptEnabled: false }, async (page) => {
      const all = await page.locator('article.story').count();
      await page.locator('nav.choice a').last().click();
      assert.equal(new URL(page.url()).searchParams.get('told'), 'many');
      assert.equal(await page.locator('article.story').count(), shared.length);
      assert.equal(await page.locator('nav.choice a[aria-current]').count(), 1);
      assert.ok(all >= shared.length);
    });
  const { stories: told } = await (await fetch(`${base}/api/stories.json?told=many`)).json();
  assert.deepEqual(told.map((s) => s.story), shared.map((s) => s.story));
  assert.equal((await fetch(`${base}/?told=few`)).status, 400);
});

test('a story puts its tellings side by side, compares them and says why', async () => {
  const story = await richestStory();
  await withPage(`/story/${story.story}`, {}, async (page) => {
    const cards = page.locator('article.telling');
    assert.equal(await cards.count(), story.articles - story.reprints);
    const boxes = await cards.evaluateAll((all) => all.map((c) => c.getBoundingClientRect().toJSON()));
    assert.equal(boxes[0].y, boxes[1].y, 'the first two stand side by side');
    assert.ok(boxes[1].x > boxes[0].x);
    for (const lang of story.langs) assert.ok(await page.locator(`article.telling .text[lang="${lang}"]`).count() > 0, lang);
    assert.equal(await page.locator('section.comparison').count(), 1);
    const evidence = page.locator('section.comparison details').first();
    assert.equal(await evidence.locator('blockquote').first().isVisible(), false);
    await evidence.locator('summary').click();
    assert.ok(await evidence.locator('blockquote').first().isVisible());
    const why = page.locator('details.why').last();
    await why.locator('summary').click();
    assert.ok((await why.innerText()).length > 30);
  });
});

test('the reasons of a telling are weighed, and put as the reader would', async () => {
  const story = await richestStory();
  for (const [ui, day] of [['en', /2026|2025|2024/], ['ar', /[٠-٩]{4}/]])
    await withPage(`/story/${story.story}?ui=${ui}`, {}, async (page) => {
      const list = page.locator('article.telling .reasons');
      assert.ok(await list.count() > 0);
      const shares = await list.first().locator('meter').evaluateAll((all) => all.map((m) => m.value));
      assert.equal(shares[0], 100, 'the strongest first');
      assert.deepEqual(shares, [...shares].sort((a, b) => b - a));
      const meanings = await page.locator('.reasons .meaning').allTextContents();
      assert.ok(meanings.some((text) => day.test(text)), meanings.join(' '));
    });
});

test('a reprint stands folded under its original, and is no telling of its own', async () => {
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  const story = stories.find((s) => s.reprints);
  assert.ok(story, 'no story has reprints');
  for (const ui of ['en', 'ar'])
    await withPage(`/story/${story.story}?ui=${ui}`, { viewport: { width: 390, height: 800 }, javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('article.telling').count(), story.articles - story.reprints);
      const folded = page.locator('article.telling details.reprints');
      assert.equal(await folded.locator('> ul > li').count(), story.reprints);
      assert.equal(await folded.locator('li .title a').first().isVisible(), false);
      await folded.locator('> summary').first().click();
      assert.ok(await folded.locator('.changes li').first().isVisible());
      const outlet = await folded.locator('summary .outlet').first().innerText();
      assert.equal(await folded.locator('li .from .outlet').first().innerText(), outlet);
      await folded.locator('li .title a').first().click();
      await page.locator('a.badge').click();
      assert.equal(await page.locator('a.badge').count(), 0, 'the badge leads to the original');
    });
});

test('a story has its record: entries that open their sentences, its series drawn, its exports', async () => {
  const story = await richestStory();
  await withPage(`/story/${story.story}/record`, {}, async (page) => {
    const entries = page.locator('li.entry');
    assert.ok(await entries.count() >= 3);
    const evidence = entries.first().locator('blockquote').first();
    assert.equal(await evidence.isVisible(), false);
    await entries.first().locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await evidence.isVisible());
    const { entries: found } = await (await fetch(`${base}/api/stories/${story.story}/record.json`)).json();
    assert.equal(await entries.count(), found.length);
    assert.match((await fetch(`${base}/api/stories/${story.story}/record.ics`)).headers.get('content-type'), /^text\/calendar/);
    assert.match((await fetch(`${base}/api/stories/${story.story}/record.csv`)).headers.get('content-type'), /^text\/csv/);
  });
  for (const [ui, width] of [['fa', 390], ['en', 390], ['ar', 1280]])
    await withPage(`/story/${story.story}/record?ui=${ui}`, { viewport: { width, height: 800 } }, async (page) => {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${ui} ${width}`);
    });
  await withPage(`/story/${story.story}`, {}, async (page) => {
    await page.locator(`a[href="/story/${story.story}/record"]`).click();
    assert.match(page.url(), /\/record$/);
  });
});

test('a fact shows its sentence when it is pointed at or focused; a difference says its kind and why', async () => {
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  let path;
  for (const { story } of stories) {
    const { compared } = await (await fetch(`${base}/api/stories/${story}.json`)).json();
    if (compared?.some((row) => row.differs && row.severity > 1)) path ??= `/story/${story}`;
  }
  assert.ok(path, 'no story differs');
  for (const options of [{}, { viewport: { width: 390, height: 844 }, hasTouch: true, javaScriptEnabled: false }]) {
    await withPage(path, options, async (page) => {
      const row = page.locator('table.compare tr.loud').first();
      assert.ok((await row.locator('.differs strong').first().innerText()).length > 3);
      assert.ok((await row.locator('.differs > span').last().innerText()).length > 20);
      const fact = row.locator('.fact').last();
      const tip = page.locator(`#${await fact.getAttribute('aria-describedby')}`);
      assert.equal(await tip.isVisible(), false);
      if (options.hasTouch) await fact.tap();
      else await fact.hover();
      assert.ok(await tip.locator('q mark').first().isVisible());
      if (!options.hasTouch) {
        await page.mouse.move(0, 0);
        await fact.focus();
        assert.ok(await tip.isVisible());
      }
    });
  }
});

test('every telling can be read on its own, with marks that can be put out', async () => {
  const story = await richestStory();
  await withPage(`/story/${story.story}`, {}, async (page) => {
    await page.locator('article.telling .links a').first().click();
    assert.match(page.url(), /\/article\/\d+$/);
    assert.ok(await page.locator('.body .text mark').count() > 0);
    const shade = () => page.locator('.body .text mark').first().evaluate((m) => getComputedStyle(m).backgroundImage);
    const lit = await shade();
    await page.locator('#marks').uncheck();
    assert.notEqual(await shade(), lit);
    assert.equal(await page.locator('main img').count(), 0, 'no picture is loaded unasked');
    assert.ok(await page.locator('.part a[href^="/story/"]').count() > 0);
  });
});

// Two words of a title (or a piece of it where no spaces are written) must lead back to the article.
function queryFrom(title, lang) {
  const clean = title.replace(/[\p{P}\p{S}]+/gu, ' ').trim();
  if (['th', 'lo', 'km', 'zh', 'zh-Hans', 'ja'].includes(lang)) return [...clean.split(/\s+/)[0]].slice(0, 6).join('');
  return clean.split(/\s+/).filter((word) => word.length > 2).slice(0, 2).join(' ');
}

test('search finds words of every script', async () => {
  const { sources } = await (await fetch(`${base}/api/sources.json`)).json();
  const langs = [...new Set(sources.flatMap((s) => s.langs))];
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  const titles = new Map();
  for (const story of stories) {
    const { tellings } = await (await fetch(`${base}/api/stories/${story.story}.json`)).json();
    for (const t of tellings) if (t.page.title && !titles.has(t.page.lang)) titles.set(t.page.lang, t);
  }
  assert.ok(titles.size >= Math.min(langs.length, 8), `titles in ${titles.size} of ${langs.length} languages`);
  await withPage('/search', {}, async (page) => {
    for (const [lang, telling] of titles) {
      const query = queryFrom(telling.page.title, lang);
      await page.locator('#q').fill(query);
      await page.locator('form.search button').click();
      const hits = page.locator(`.results a[href="/article/${telling.article}"]`);
      assert.ok(await hits.count() > 0, `${lang}: "${query}" does not find its article`);
      assert.equal(await page.locator('#q').inputValue(), query);
      assert.equal(await page.locator('.results h2').first().evaluate((h) => getComputedStyle(h).direction),
        await page.locator('.results h2').first().getAttribute('dir'));
    }
  });
});

test('a name finds articles in another script', async () => {
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  const latin = /^[\p{Script=Latin} .'-]+$/u;
  const foreign = /[\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Devanagari}]/u;
  let tried = 0, found = 0;
  for (const story of stories) {
    const { compared } = await (await fetch(`${base}/api/stories/${story.story}.json`)).json();
    for (const row of compared.filter((r) => r.kind === 'name')) {
      const names = row.said.map((s) => s.fact.value ?? '');
      const query = names.find((n) => latin.test(n) && n.includes(' '));
      if (!query || !names.some((n) => foreign.test(n)) || tried >= 12) continue;
      tried++;
      const { articles } = await (await fetch(`${base}/api/search.json?q=${encodeURIComponent(query)}`)).json();
      if (articles.some((a) => foreign.test(a.page.title))) found++;
    }
  }
  assert.ok(tried === 0 || found / tried >= 0.5, `${found} of ${tried} names`);
});

test('a topic shows its stories by time and its parties in every spelling', async () => {
  const { topics } = await (await fetch(`${base}/api/topics.json`)).json();
  assert.ok(topics.length > 0, 'the portal holds no topics');
  const topic = topics.find((t) => /Karvania/.test(t.name)) ?? topics[0];
  await withPage('/topics', {}, async (page) => {
    assert.equal(await page.locator('nav.pages a[aria-current]').getAttribute('href'), '/topics');
    assert.equal(await page.locator('article.story').count(), Math.min(topics.length, 20));
    await page.locator(`a[href="/topic/${topic.topic}"]`).click();
    assert.equal(await page.locator('h1').innerText(), topic.name);
    assert.equal(await page.locator('ol.course > li').count(), topic.stories);
    const days = await page.locator('ol.course > li').evaluateAll((all) => all.map((li) => li.querySelector('time').dateTime));
    assert.deepEqual(days, [...days].sort());
    assert.ok(await page.locator('.spellings .spelling').count() >= 2);
    const feed = await page.locator('main a[href$="/feed.atom"]').getAttribute('href');
    const atom = await (await fetch(base + feed)).text();
    assert.equal(atom.match(/<entry>/g)?.length, topic.stories);
    await page.locator('ol.course h3 a').first().click();
    assert.ok(await page.locator(`.part a[href="/topic/${topic.topic}"]`).count() === 1);
  });
});

test('a topic shows its record, which opens its sentences and can be taken along', async () => {
  const { topics } = await (await fetch(`${base}/api/topics.json`)).json();
  const path = `/topic/${topics[0].topic}`;
  const record = await (await fetch(`${base}${path}/record.json`)).json();
  await withPage(path, {}, async (page) => {
    assert.equal(await page.locator('.timeline li.entry').count(), record.entries.length);
    assert.equal(await page.locator('.series figure svg[role="img"] title').count(), record.series.length);
    const entry = page.locator('li.entry', { has: page.locator('.sum') }).first();
    await entry.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await entry.locator('blockquote mark').first().isVisible());
    for (const link of await page.locator('.exports a').evaluateAll((all) => all.map((a) => a.getAttribute('href'))))
      assert.equal((await fetch(base + link)).status, 200, link);
  });
  for (const [end, type] of [['csv', /^text\/csv/], ['ics', /^text\/calendar/], ['html', /^text\/html/]]) {
    const answer = await fetch(`${base}${path}/record.${end}?ui=fa`);
    assert.match(answer.headers.get('content-type'), type);
    assert.match(answer.headers.get('content-disposition'), new RegExp(`^attachment; filename="topic-\\d+\\.${end}"$`));
  }
  for (const wrong of [`${path}/record.xml`, `${path}/record.`, '/topic/999999/record.csv', `${path}/record.csv.csv`])
    assert.equal((await fetch(base + wrong)).status, 404, wrong);
  await withPage(path, { viewport: { width: 390, height: 800 } }, async (page) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
});

test('a difference is seen in one look, and a comparison can be taken along', async () => {
  const { stories } = await (await fetch(`${base}/api/stories.json`)).json();
  const differs = async ({ story }) => (await (await fetch(`${base}/api/stories/${story}.json`)).json()).compared.find((row) => row.differs && row.kind === 'number');
  let path, row;
  for (const story of stories) if (!path && (row = await differs(story))) path = `/story/${story.story}`;
  assert.ok(path, 'no story differs in a number');
  await withPage(path, {}, async (page) => {
    const tally = page.locator('tr.loud .tally').first();
    assert.ok(await tally.isVisible());
    const values = new Set(row.said.map((s) => s.value));
    assert.equal(await tally.locator('li').count(), values.size);
    assert.equal(await tally.locator('li.other').count(), values.size - 1);
    assert.equal(await page.locator('.quiet .tally').first().isVisible(), false);
    const links = await page.locator('.exports a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.deepEqual(links, ['html', 'csv', 'json'].map((end) => `${path}/compare.${end}`));
    for (const link of links) assert.equal((await fetch(base + link)).status, 200, link);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('tr.loud blockquote').first().isVisible(), 'sentences are printed');
  });
  await withPage(path, { viewport: { width: 390, height: 844 } }, async (page) => {
    assert.ok(await page.locator('.quiet .tally').first().isVisible());
    assert.equal(await page.locator('.quiet td').first().isVisible(), false);
  });
  assert.equal((await fetch(`${base}${path}/compare.ics`)).status, 404);
  const kept = await (await fetch(`${base}${path}/compare.html?ui=ar`)).text();
  assert.match(kept, /^<!doctype html>\n<html lang="ar" dir="rtl">/);
  assert.doesNotMatch(kept, /<script|<link|<img|src=|@import|url\(/);
});

test('a topic is told in the reader’s language and direction, and fits a telephone', async () => {
  const { topics } = await (await fetch(`${base}/api/topics.json`)).json();
  for (const width of [1280, 390]) {
    await withPage(`/topic/${topics[0].topic}?ui=fa`, { viewport: { width, height: 900 } }, async (page) => {
      assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      const [dot, text] = await page.locator('ol.course > li').first().evaluate((li) => [li.getBoundingClientRect().right, li.querySelector('h3').getBoundingClientRect().right]);
      assert.ok(dot > text, 'the line stands where reading begins');
    });
  }
  assert.equal((await fetch(`${base}/topic/999999`)).status, 404);
});

test('hostile and empty searches are answered calmly', () => withPage('/search', {}, async (page) => {
  for (const query of ['"', '* OR NEAR(', '<script>alert(1)</script>', "' OR 1=1 --", '‮', 'x'.repeat(190)]) {
    await page.locator('#q').fill(query);
    await page.locator('form.search button').click();
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.locator('script').count(), 0);
  }
}));

test('a right-to-left reader gets a right-to-left page', () => withPage('/?ui=fa', {}, async (page) => {
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  assert.equal(await page.locator('html').getAttribute('lang'), 'fa');
  const brand = await page.locator('.brand').boundingBox();
  assert.ok(brand.x > 640, 'the name stands on the right');
  const ltr = page.locator('article.story h2[dir="ltr"]').first();
  assert.equal(await ltr.evaluate((h) => getComputedStyle(h).direction), 'ltr');
  await page.locator('.pages a').nth(2).click();
  assert.match(page.url(), /ui=fa/);
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
}));

test('the language of the browser is respected', () => withPage('/', { locale: 'sv-SE' }, async (page) => {
  assert.equal(await page.locator('html').getAttribute('lang'), 'sv');
  await page.locator('.foot .tongues a[hreflang="es"]').click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
}));

for (const ui of ['en', 'ar', 'hi', 'zh-Hans'])
  test(`390 pixels wide, nothing runs out of the page (${ui})`, async () => {
    const story = await richestStory();
    for (const path of ['/', `/story/${story.story}`, '/article/1', '/search?q=a', '/sources', '/about', '/nowhere'])
      await withPage(`${path}${path.includes('?') ? '&' : '?'}ui=${ui}`, { viewport: { width: 390, height: 800 } }, async (page, opened) => {
        if (path === '/nowhere') opened.wrong.length = 0; // the browser reports the 404 itself
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${path}: ${over} pixels too wide`);
      });
  });

test('everything works without JavaScript', async () => {
  const story = await richestStory();
  await withPage('/', { javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator('article.story').count() > 0);
    await page.locator('#find').fill(story.title.split(' ')[0]);
    await page.locator('.find button').click();
    assert.match(page.url(), /\/search\?/);
    await page.goto(`${base}/story/${story.story}`);
    const why = page.locator('details.why').first();
    await why.locator('summary').click();
    assert.ok(await why.locator('p, ul').first().isVisible());
  });
});

test('pages are built for everybody: headings, labels, languages, contrast of focus', async () => {
  const story = await richestStory();
  for (const path of ['/', `/story/${story.story}`, '/article/1', '/search?q=a', '/sources', '/about'])
    await withPage(path, {}, async (page) => {
      const problems = await page.evaluate(() => {
        const out = [];
        const say = (what, node) => out.push(`${what}: ${node.outerHTML.slice(0, 120)}`);
        if (!document.documentElement.lang) out.push('html without lang');
        if (document.querySelectorAll('h1').length !== 1) out.push('not one h1');
        let level = 0;
        for (const h of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) {
          const now = Number(h.tagName[1]);
          if (now > level + 1) say('a level of heading is skipped', h);
          if (!h.textContent.trim()) say('empty heading', h);
          level = now;
        }
        for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
          if (!field.labels?.length && !field.getAttribute('aria-label')) say('field without a label', field);
        for (const link of document.querySelectorAll('a[href]')) {
          if (!link.textContent.trim() && !link.getAttribute('aria-label')) say('link without a name', link);
          if (/^(javascript|data|vbscript):/i.test(link.getAttribute('href'))) say('link that is no address', link);
        }
        for (const button of document.querySelectorAll('button, summary')) if (!button.textContent.trim()) say('button without a name', button);
        const ids = [...document.querySelectorAll('[id]')].map((n) => n.id);
        for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push(`id twice: ${id}`);
        for (const node of document.querySelectorAll('[aria-labelledby], [aria-describedby]'))
          for (const id of (node.getAttribute('aria-labelledby') ?? node.getAttribute('aria-describedby')).split(' '))
            if (!document.getElementById(id)) say('label that is not there', node);
        for (const table of document.querySelectorAll('table')) if (!table.querySelector('th[scope]')) say('table without heads', table);
        if (document.querySelectorAll('main').length !== 1) out.push('not one main');
        if (document.querySelector('[style], script, iframe, object, embed, img')) out.push('something a page must not hold');
        for (const node of document.querySelectorAll('article.telling .text, article.story h2, .results h2'))
          if (!node.hasAttribute('lang') || !node.hasAttribute('dir')) say('foreign text without lang and dir', node);
        return out;
      });
      assert.deepEqual(problems, [], path);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'the first stop skips to the content');
    });
});

test('answers carry strict headers and can be kept', async () => {
  const response = await fetch(`${base}/`);
  const policy = response.headers.get('content-security-policy');
  for (const part of ["default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
    assert.ok(policy.includes(part), part);
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.ok(response.headers.get('referrer-policy'));
  assert.equal(response.headers.get('set-cookie'), null);
  const again = await fetch(`${base}/`, { headers: { 'If-None-Match': response.headers.get('etag') } });
  assert.equal(again.status, 304);
  const whole = await fetch(`${base}/`, { headers: { 'Accept-Encoding': 'identity' } });
  const squeezed = await fetch(`${base}/`, { headers: { 'Accept-Encoding': 'gzip' } });
  assert.deepEqual([whole, squeezed].map((r) => r.headers.get('content-encoding')), [null, 'gzip']);
  assert.equal(await whole.text(), await squeezed.text());
  assert.equal((await fetch(`${base}/`, { method: 'HEAD' })).headers.get('etag'), response.headers.get('etag'));
  const style = (await response.text()).match(/\/style-[0-9a-f]+\.css/)[0];
  assert.match((await fetch(base + style)).headers.get('cache-control'), /immutable/);
});

test('wrong addresses and methods get clear answers', async () => {
  assert.equal((await fetch(`${base}/nowhere`)).status, 404);
  assert.equal((await fetch(`${base}/story/999999`)).status, 404);
  assert.equal((await fetch(`${base}/?from=x`)).status, 400);
  assert.equal((await fetch(`${base}/search?q=${'x'.repeat(3000)}`)).status, 400);
  assert.equal((await fetch(`${base}/`, { method: 'POST', body: 'a=b' })).status, 405);
  assert.equal((await fetch(`${base}/`, { method: 'DELETE' })).status, 405);
  assert.match((await fetch(`${base}/api/nowhere`)).headers.get('content-type'), /json/);
});

test('the feed is well-formed and lists the stories', () => withPage('/about', {}, async (page) => {
  const { title, entries } = await page.evaluate(async (text) => {
    const tree = new DOMParser().parseFromString(text, 'application/xml');
    return { title: tree.querySelector('parsererror') ? 'broken' : tree.querySelector('feed > title').textContent,
      entries: tree.querySelectorAll('entry > link[href]').length };
  }, await (await fetch(`${base}/feed.atom`)).text());
  assert.equal(title, 'Synoptic');
  assert.ok(entries > 0);
}));
