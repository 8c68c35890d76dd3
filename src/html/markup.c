/* markup.c - stage 1: comments and document types. */
#include "internal.h"

static void comment(tokenizer *t, size_t start, size_t end, size_t next)
{
    t->tok.type = TOKEN_COMMENT;
    t->tok.text = syn_text_decode(t, start, end, DECODE_REPLACE_NUL);
    t->at = next;
}

void syn_markup_bogus(tokenizer *t)
{
    const char *hit = memchr(t->p + t->at, '>', t->n - t->at);
    size_t end = hit ? (size_t)(hit - t->p) : t->n;
    comment(t, t->at, end, hit ? end + 1 : end);
}

/* After "<!--": up to "-->" or "--!>", or ">" or "->" at once. */
static void real_comment(tokenizer *t)
{
    const char *p = t->p + t->at;
    size_t n = t->n - t->at, start = t->at, i = 0;
    for (;; i++) {
        const char *hit = i < n ? memchr(p + i, '>', n - i) : NULL;
        if (!hit) break;
        i = (size_t)(hit - p);
        size_t close = SIZE_MAX;
        if (i >= 2 && p[i - 1] == '-' && p[i - 2] == '-')
            close = 2;
        else if (i >= 3 && p[i - 1] == '!' && p[i - 2] == '-' && p[i - 3] == '-')
            close = 3;
        else if (i == 0 || (i == 1 && p[0] == '-'))
            close = i;
        if (close != SIZE_MAX) {
            comment(t, start, start + i - close, start + i + 1);
            return;
        }
    }
    syn_str rest = {p, n};
    size_t cut = syn_ends(rest, SYN_STR("--!")) ? 3 : syn_ends(rest, SYN_STR("--")) ? 2 : syn_ends(rest, SYN_STR("-"));
    comment(t, start, t->n - cut, t->n);
}

static size_t skip_space(const tokenizer *t, size_t i)
{
    while (i < t->n && is_space(t->p[i])) i++;
    return i;
}

/* A quoted identifier at *at; false if there is none.  One that '>' or the input's end cuts off makes quirks. */
static bool identifier(tokenizer *t, size_t *at, syn_str *out)
{
    size_t i = *at;
    if (i >= t->n || (t->p[i] != '"' && t->p[i] != '\'')) return false;
    char quote = t->p[i++];
    size_t start = i;
    while (i < t->n && t->p[i] != quote && t->p[i] != '>') i++;
    *out = syn_text_decode(t, start, i, DECODE_REPLACE_NUL);
    if (i < t->n && t->p[i] == quote)
        i++;
    else
        t->tok.force_quirks = true;
    *at = i;
    return true;
}

/* What may follow the name, from i on: PUBLIC and SYSTEM with their identifiers.  Returns where it stopped. */
static size_t external_id(tokenizer *t, size_t i)
{
    token *k = &t->tok;
    syn_str rest = {t->p + i, t->n - i};
    bool is_public = syn_starts_i(rest, SYN_STR("public"));
    if (!is_public && !syn_starts_i(rest, SYN_STR("system"))) {
        k->force_quirks = true;
        return i;
    }
    i = skip_space(t, i + 6);
    if (is_public) {
        k->has_public = identifier(t, &i, &k->public_id);
        if (!k->has_public) k->force_quirks = true;
        if (k->force_quirks) return i;
        i = skip_space(t, i);
    }
    k->has_system = identifier(t, &i, &k->system_id);
    /* Rubbish after a system identifier harms nothing; in its place it makes quirks. */
    if (!k->has_system && (!is_public || (i < t->n && t->p[i] != '>'))) k->force_quirks = true;
    return i;
}

static void doctype(tokenizer *t)
{
    token *k = &t->tok;
    k->type = TOKEN_DOCTYPE;
    k->force_quirks = k->has_public = k->has_system = false;
    k->public_id = k->system_id = (syn_str){"", 0};
    size_t i = skip_space(t, t->at), start = i;
    while (i < t->n && !is_space(t->p[i]) && t->p[i] != '>') i++;
    k->text = syn_text_decode(t, start, i, DECODE_LOWER | DECODE_REPLACE_NUL);
    if (i == start) k->force_quirks = true;
    i = skip_space(t, i);
    if (i < t->n && t->p[i] != '>') i = external_id(t, i);
    i = skip_space(t, i);
    const char *hit = i < t->n ? memchr(t->p + i, '>', t->n - i) : NULL;
    /* Only in rubbish after a system identifier may the input end without harm. */
    if (!hit && !(k->has_system && i < t->n)) k->force_quirks = true;
    t->at = hit ? (size_t)(hit - t->p) + 1 : t->n;
}

void syn_markup_declaration(tokenizer *t)
{
    syn_str rest = {t->p + t->at, t->n - t->at};
    if (syn_starts(rest, SYN_STR("--"))) {
        t->at += 2;
        real_comment(t);
    } else if (syn_starts_i(rest, SYN_STR("doctype"))) {
        t->at += 7;
        doctype(t);
    } else {
        syn_markup_bogus(t);
    }
}

/* Public identifiers that make quirks, by their heads; the standard's section 13.2.6.4.1. */
static const char *const quirky_heads[] = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
};

bool syn_doctype_is_quirky(const token *t)
{
    if (t->force_quirks || !syn_str_is(t->text, "html")) return true;
    if (syn_str_ieq(t->system_id, SYN_STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"))) return true;
    if (!t->has_public) return false;
    if (syn_str_ieq(t->public_id, SYN_STR("-//w3o//dtd w3 html strict 3.0//en//")) ||
        syn_str_ieq(t->public_id, SYN_STR("-/w3c/dtd html 4.0 transitional/en")) ||
        syn_str_ieq(t->public_id, SYN_STR("html")))
        return true;
    for (size_t i = 0; i < SYN_COUNT(quirky_heads); i++) {
        if (syn_starts_i(t->public_id, syn_str_of(quirky_heads[i]))) return true;
    }
    return !t->has_system && (syn_starts_i(t->public_id, SYN_STR("-//w3c//dtd html 4.01 frameset//")) ||
                              syn_starts_i(t->public_id, SYN_STR("-//w3c//dtd html 4.01 transitional//")));
}
