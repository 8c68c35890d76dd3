/* zawgyi.c - stage 2: Burmese in Zawgyi, a font's own use of Unicode's numbers in which much of Myanmar's web was
   written and some still is, becomes Unicode.  By its letters it is Burmese; its words are no language's.

   It is known by viramas: in Unicode a consonant follows one, in Zawgyi they end syllables.  The rules of the change
   are ICU's (CLDR's transform my-t-my-s0-zawgyi). */
#include "reading.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum {
    VIRAMA = 0x1039,
    PIECE = 512,       /* bytes changed at once: a replacement moves what follows it */
    ROOM = 4 * PIECE,  /* UTF-16 units that they may become */
    LEAST_VIRAMAS = 2, /* that end syllables; one may be a slip */
    SHARE = 10         /* of all viramas */
};

/* ---- knowing it ---- */

typedef struct viramas {
    size_t all, ending;
} viramas;

static void count(syn_str s, viramas *v)
{
    uint32_t cp;
    bool open = false;
    for (size_t at = 0; at < s.n;) {
        at += syn_utf8_next(s, at, &cp);
        const syn_char *c = syn_char_of(cp);
        v->ending += open && !((c->flags & SYN_CH_LETTER) && c->script == SYN_SCRIPT_MYANMAR);
        open = cp == VIRAMA;
        v->all += open;
    }
    v->ending += open;
}

static bool is_zawgyi(const syn_article *a)
{
    const syn_str parts[] = {a->title, a->lead, a->text};
    viramas v = {0};
    for (size_t i = 0; i < SYN_COUNT(parts); i++)
        if (syn_find(parts[i], SYN_STR("\xE1\x80\xB9"), 0) != SIZE_MAX) count(parts[i], &v); /* a virama */
    return v.ending >= LEAST_VIRAMAS && v.ending * SHARE >= v.all;
}

/* ---- changing it ---- */

/* The end of a piece from at: after the last space within reach, where no syllable is cut; else between characters. */
static size_t piece_end(syn_str s, size_t at)
{
    size_t end = at + PIECE < s.n ? at + PIECE : s.n, cut = end;
    if (end == s.n) return end;
    while (cut > at && s.p[cut - 1] != ' ' && s.p[cut - 1] != '\n') cut--;
    if (cut > at) return cut;
    while (end > at + 1 && ((unsigned char)s.p[end] & 0xC0) == 0x80) end--;
    return end;
}

static bool change(UTransliterator *rules, syn_str piece, syn_buf *out)
{
    UChar wide[ROOM];
    char bytes[3 * ROOM];
    int32_t n = 0, limit, made = 0;
    UErrorCode e = U_ZERO_ERROR;
    u_strFromUTF8(wide, ROOM, &n, piece.p, (int32_t)piece.n, &e);
    limit = n;
    utrans_transUChars(rules, wide, &n, ROOM, 0, &limit, &e);
    u_strToUTF8(bytes, (int32_t)sizeof bytes, &made, wide, n, &e);
    if (U_FAILURE(e))
        syn_buf_add(out, piece); /* as it was */
    else
        syn_buf_add(out, (syn_str){bytes, (size_t)made});
    return !out->failed;
}

static bool change_all(UTransliterator *rules, syn_arena *arena, syn_str *s)
{
    syn_buf out = {.max = SYN_MAX_PAGE};
    bool ok = true;
    if (syn_find(*s, SYN_STR("\xE1\x80"), 0) == SIZE_MAX) return true; /* nothing Burmese in it */
    for (size_t at = 0, end; at < s->n && ok; at = end) {
        end = piece_end(*s, at);
        ok = change(rules, syn_slice(*s, at, end), &out);
    }
    syn_str whole = ok ? syn_dup(arena, syn_buf_str(&out)) : *s;
    ok = ok && (whole.n || !out.n);
    syn_buf_free(&out);
    if (ok) *s = whole;
    return ok;
}

syn_code syn_article_unicode(syn_arena *arena, syn_article *a, syn_err *err)
{
    static const UChar id[] = u"Zawgyi-my";
    if (!is_zawgyi(a)) return SYN_OK;
    UErrorCode e = U_ZERO_ERROR;
    UTransliterator *rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    if (U_FAILURE(e)) return SYN_OK; /* an ICU without the rules: the text stays as it is */
    syn_str *const parts[] = {&a->title, &a->lead, &a->text, &a->section};
    bool ok = true;
    for (size_t i = 0; i < SYN_COUNT(parts) && ok; i++) ok = change_all(rules, arena, parts[i]);
    for (size_t i = 0; i < a->nauthors && ok; i++) ok = change_all(rules, arena, &a->authors[i]);
    for (size_t i = 0; i < a->ntags && ok; i++) ok = change_all(rules, arena, &a->tags[i]);
    for (size_t i = 0; i < a->nimages && ok; i++)
        ok = change_all(rules, arena, &a->images[i].caption) && change_all(rules, arena, &a->images[i].credit);
    utrans_close(rules);
    return ok ? SYN_OK : syn_fail(err, SYN_ENOMEM, 0, "no memory for the article in Unicode");
}
