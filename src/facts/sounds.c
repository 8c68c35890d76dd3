/* sounds.c - stage 4: words of any script read aloud in Latin letters.  The table comes from tools/sounds.c; no ICU at
   run time, well under a microsecond a word. */
#include "sounds.h"

bool snd_view(syn_str bytes, snd_table *t)
{
    const void *start = bytes.p; /* 8-byte aligned by the lexicon's contract */
    const snd_head *h = start;
    if (bytes.n < sizeof *h || h->magic != SND_MAGIC || h->size > bytes.n) return false;
#define PART(i) ((const void *)(bytes.p + h->part[i].at))
    *t = (snd_table){
        .head = h,
        .stage1 = PART(SND_S_STAGE1),
        .stage2 = PART(SND_S_STAGE2),
        .chars = PART(SND_S_CHARS),
        .read_at = PART(SND_S_READ_AT),
        .pool = PART(SND_S_POOL),
        .han = PART(SND_S_HAN),
        .mandarin = PART(SND_S_MANDARIN),
        .chunks = PART(SND_S_CHUNKS),
        .chunk_len = PART(SND_S_CHUNK_LEN),
        .row_keys = PART(SND_S_ROW_KEYS),
        .row_at = PART(SND_S_ROW_AT),
        .entries = PART(SND_S_ENTRIES),
        .exp = PART(SND_S_EXP),
        .row_mask = h->part[SND_S_ROW_KEYS].n - 1,
        .nchunks = h->part[SND_S_CHUNK_LEN].n,
    };
#undef PART
    return true;
}

bool snd_open(const syn_lexicon *lex, snd_table *t)
{
    return snd_view(syn_lexicon_table(lex, "sounds"), t);
}

const snd_char *snd_char_of(const snd_table *t, uint32_t cp)
{
    if (cp >= SND_MAX_CP) return &t->chars[0];
    return &t->chars[t->stage2[(size_t)t->stage1[cp >> 7] * 128 + (cp & 127)]];
}

static uint32_t row_slot(uint32_t key)
{
    return (key * 2654435761u) ^ (key >> 13);
}

const snd_entry *snd_row(const snd_table *t, uint32_t key, size_t *n)
{
    for (uint32_t i = row_slot(key);; i++) {
        uint32_t k = t->row_keys[i & t->row_mask];
        if (k == key) {
            const uint32_t *at = &t->row_at[2 * (size_t)(i & t->row_mask)];
            *n = at[1] - at[0];
            return t->entries + at[0];
        }
        if (k == 0) return NULL;
    }
}

/* ---- reading ---- */

typedef struct reader {
    const snd_table *t;
    snd_word *w;
    snd_han han;
    size_t consonant; /* where the last consonant starts in w->latin */
    bool open;        /* the last letter is an inherent a */
    bool silent_a;    /* ... which is not said at the end */
    bool units;       /* wanted */
} reader;

static syn_str reading(const snd_table *t, uint16_t id)
{
    return (syn_str){t->pool + t->read_at[id], t->read_at[id + 1] - t->read_at[id]};
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'U' || c == 'I';
}

static void put(reader *r, syn_str letters)
{
    for (size_t i = 0; i < letters.n && r->w->nlatin < SND_MAX_LETTERS; i++) r->w->latin[r->w->nlatin++] = letters.p[i];
}

static void unit(reader *r, uint16_t sym, bool gap)
{
    if (sym == 0 || !r->units || r->w->nunits == SND_MAX_UNITS) return;
    r->w->unit[r->w->nunits] = sym;
    r->w->gap[r->w->nunits++] = gap;
}

/* Units of the letters from start on. */
static void letter_units(reader *r, size_t start)
{
    for (size_t i = start; r->units && i < r->w->nlatin; i++) {
        char c = r->w->latin[i];
        unit(r, (uint16_t)((c == 'U' ? 'u' : c == 'I' ? 'i' : c) - 'a' + 1), false);
    }
}

static void drop_a(reader *r)
{
    if (r->open && r->w->nlatin) r->w->nlatin--;
    r->open = false;
}

static void read_kana(reader *r, const snd_char *c, const snd_char *next)
{
    snd_word *w = r->w;
    syn_str s = reading(r->t, c->reading);
    if (c->kind == SND_KANA_DOUBLE) {
        if (next && next->kind == SND_KANA) put(r, syn_slice(reading(r->t, next->reading), 0, 1));
    } else if (c->kind == SND_KANA_SMALL && w->nlatin && is_vowel(w->latin[w->nlatin - 1])) {
        char before = w->nlatin > 1 ? w->latin[w->nlatin - 2] : 0;
        w->nlatin--;
        if (s.n > 1 && (before == 'h' || before == 'j')) s = syn_slice(s, 1, s.n); /* shi + ya: sha */
        put(r, s);
    } else {
        put(r, s);
    }
    unit(r, c->sym[0], false);
    unit(r, c->sym[1], false);
}

static void read_han(reader *r, const snd_char *c)
{
    const uint16_t *row = r->t->han + (size_t)c->reading * SND_HAN_READINGS;
    uint16_t id = row[r->han] ? row[r->han] : row[SND_MANDARIN];
    size_t start = r->w->nlatin;
    put(r, reading(r->t, id));
    r->w->has_han = true;
    if (r->han == SND_MANDARIN && r->t->mandarin[2 * (size_t)id + 1]) {
        unit(r, r->t->mandarin[2 * (size_t)id], false);
        unit(r, r->t->mandarin[2 * (size_t)id + 1], false);
    } else {
        letter_units(r, start);
    }
}

/* w, v, y at a word's start or beside a vowel; u or i between consonants. */
static void read_glide(reader *r, const snd_char *c, const snd_char *before, const snd_char *next)
{
    syn_str s = reading(r->t, c->reading);
    bool sounded = !before || (next && next->kind == SND_LETTER) || (before->kind == SND_LETTER && next) ||
                   (before == c) || (next == c);
    if (sounded)
        put(r, s);
    else
        put(r, s.n && s.p[0] == 'y' ? SYN_STR("I") : SYN_STR("U"));
}

/* A consonant with a mark that makes it another: ph f, j z, d r; g j, z zh, ts ch. */
static void read_nukta(reader *r, snd_kind kind)
{
    static const char *const change[][2] = {{"ph", "f"}, {"j", "z"}, {"d", "r"}, {"dh", "r"}};
    static const char *const geresh[][2] = {{"g", "j"},  {"z", "zh"}, {"ts", "ch"},
                                            {"t", "th"}, {"d", "dh"}, {"v", "w"}};
    bool nukta = kind == SND_NUKTA, open = r->open;
    drop_a(r);
    if (r->consonant > r->w->nlatin) r->consonant = r->w->nlatin;
    syn_str last = {r->w->latin + r->consonant, r->w->nlatin - r->consonant};
    size_t n = nukta ? SYN_COUNT(change) : SYN_COUNT(geresh);
    for (size_t i = 0; i < n; i++) {
        const char *const *pair = nukta ? change[i] : geresh[i];
        if (!syn_str_is(last, pair[0])) continue;
        r->w->nlatin = (uint8_t)r->consonant;
        put(r, syn_str_of(pair[1]));
        break;
    }
    if (open) {
        put(r, SYN_STR("a"));
        r->open = true;
    }
}

/* Letters of scripts whose units are the letters of the reading are handed over at the word's end, for signs may still
   change them. */
typedef struct pending {
    size_t start;
    bool any;
} pending;

static void flush(reader *r, pending *p)
{
    if (p->any) letter_units(r, p->start);
    p->any = false;
}

static void read_letter(reader *r, const snd_char *c, const snd_char *before, const snd_char *next)
{
    r->consonant = r->w->nlatin;
    r->open = false;
    if (c->kind == SND_GLIDE)
        read_glide(r, c, before, next);
    else
        put(r, reading(r->t, c->reading));
}

static size_t word_chars(const snd_table *t, syn_str word, const snd_char **out, size_t max)
{
    size_t n = 0;
    for (size_t at = 0; at < word.n && n < max;) {
        uint32_t cp;
        at += syn_utf8_next(word, at, &cp);
        if (cp - 0xAC00u < 11172u) {
            uint32_t s = cp - 0xAC00u, tail = s % 28;
            if (n + 3 > max) break;
            out[n++] = snd_char_of(t, 0x1100 + s / 588);
            out[n++] = snd_char_of(t, 0x1161 + s % 588 / 28);
            if (tail) out[n++] = snd_char_of(t, 0x11A7 + tail);
            continue;
        }
        const snd_char *c = snd_char_of(t, cp);
        if (c->kind != SND_NONE && c->kind != SND_MARK) out[n++] = c;
    }
    return n;
}

static bool read_word(const snd_table *t, syn_str word, snd_han han, bool units, snd_word *out)
{
    const snd_char *ch[SND_MAX_UNITS];
    size_t n = word_chars(t, word, ch, SYN_COUNT(ch));
    reader r = {.t = t, .w = out, .han = han, .units = units};
    pending p = {0, false};
    const snd_char *lead = NULL;

    out->nlatin = out->nunits = 0;
    out->is_latin = n > 0;
    out->has_han = false;
    size_t plain = 0; /* letters that are their reading, whatever stands beside them: most words are nothing else */
    for (; plain < n && ch[plain]->kind == SND_LETTER && !ch[plain]->sym[0] && !ch[plain]->sym[1]; plain++) {
        r.consonant = out->nlatin;
        put(&r, reading(t, ch[plain]->reading));
    }
    p.any = plain > 0;
    for (size_t i = plain; i < n; i++) {
        const snd_char *c = ch[i], *before = i ? ch[i - 1] : NULL, *next = i + 1 < n ? ch[i + 1] : NULL;
        bool own = c->sym[0] || c->sym[1];
        if (c->kind != SND_LETTER || own) out->is_latin = false;
        if (c->kind == SND_GERESH && c->sym[0] == 0 && out->nunits) own = true; /* its unit is its neighbour's */
        if (own || c->kind == SND_HAN) {
            flush(&r, &p);
        } else if (!p.any) {
            p.any = true;
            p.start = out->nlatin;
        }
        switch ((snd_kind)c->kind) {
        case SND_HAN:
            read_han(&r, c);
            continue;
        case SND_KANA:
        case SND_KANA_SMALL:
        case SND_KANA_DOUBLE:
        case SND_KANA_LONG:
            read_kana(&r, c, next);
            continue;
        case SND_LETTER:
        case SND_ABJAD:
        case SND_GLIDE:
            read_letter(&r, c, before, next);
            break;
        case SND_INHERENT:
        case SND_SILENT_A:
            r.consonant = out->nlatin;
            put(&r, reading(t, c->reading));
            put(&r, SYN_STR("a"));
            r.open = true;
            r.silent_a = c->kind == SND_SILENT_A;
            break;
        case SND_SIGN:
            drop_a(&r);
            put(&r, reading(t, c->reading));
            break;
        case SND_KILL:
            drop_a(&r);
            break;
        case SND_MEDIAL:
            drop_a(&r);
            put(&r, reading(t, c->reading));
            put(&r, SYN_STR("a"));
            r.open = true;
            break;
        case SND_FINAL:
            r.open = false;
            put(&r, reading(t, c->reading));
            break;
        case SND_LEAD:
            lead = c;
            continue;
        case SND_GLOTTAL:
            if (!lead && !(next && next->kind == SND_SIGN)) put(&r, reading(t, c->reading));
            break;
        case SND_SILENCE:
            out->nlatin = (uint8_t)(r.consonant < out->nlatin ? r.consonant : out->nlatin);
            r.open = false;
            break;
        case SND_NUKTA:
        case SND_GERESH:
            read_nukta(&r, (snd_kind)c->kind);
            break;
        case SND_NONE:
        case SND_MARK:
        case SND_KINDS:
            break;
        }
        if (own) {
            bool gap = c->sym[1] == t->head->gap_arabic || c->sym[1] == t->head->gap_hebrew;
            unit(&r, c->sym[0], false);
            unit(&r, c->sym[1], gap); /* the gap after an abjad's consonant */
        }
        if (lead && c->kind != SND_LEAD) {
            put(&r, reading(t, lead->reading));
            unit(&r, lead->sym[0], false);
            lead = NULL;
        }
    }
    if (r.open && r.silent_a && r.consonant > 0 && is_vowel(out->latin[r.consonant - 1])) drop_a(&r);
    if (lead) put(&r, reading(t, lead->reading));
    flush(&r, &p);
    return out->nlatin > 0;
}

bool snd_read(const snd_table *t, syn_str word, snd_han han, snd_word *out)
{
    return read_word(t, word, han, true, out);
}

/* The letters of a word that is nothing but letters which are their reading, whatever stands beside them: most words.
   False where it is more than that. */
static bool read_plain(const snd_table *t, syn_str word, snd_word *out)
{
    size_t n = 0;
    for (size_t at = 0; at < word.n;) {
        uint32_t cp;
        at += syn_utf8_next(word, at, &cp);
        if (cp - 0xAC00u < 11172u) return false;
        const snd_char *c = snd_char_of(t, cp);
        if (c->kind == SND_NONE || c->kind == SND_MARK) continue;
        uint32_t from = t->read_at[c->reading], to = t->read_at[c->reading + 1];
        if (c->kind != SND_LETTER || c->sym[0] || c->sym[1] || n + (to - from) > SND_MAX_LETTERS) return false;
        while (from < to) out->latin[n++] = t->pool[from++];
    }
    out->nlatin = (uint8_t)n;
    out->nunits = 0;
    out->is_latin = true;
    out->has_han = false;
    return n > 0;
}

bool snd_read_letters(const snd_table *t, syn_str word, snd_han han, snd_word *out)
{
    return read_plain(t, word, out) || read_word(t, word, han, false, out);
}
