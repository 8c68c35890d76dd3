/* words.c - stage 9: what an editor sends: signing in and out, words on what belongs together. */
#include "internal.h"

#include <stdio.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

syn_str syn_serve_field(syn_arena *arena, syn_str body, const char *name)
{
    syn_str pair, none = {"", 0};
    while (syn_split(&body, '&', &pair)) {
        size_t equals = syn_find_byte(pair, '=', 0), n = 0, bad = 0;
        if (equals == SIZE_MAX || !syn_str_is(syn_slice(pair, 0, equals), name)) continue;
        syn_str coded = syn_slice(pair, equals + 1, pair.n);
        char *plain = SYN_NEW_ARRAY(arena, char, coded.n + 1);
        if (!plain) return none;
        for (size_t i = 0; i < coded.n; i++) {
            int high = coded.p[i] == '%' && i + 2 < coded.n ? hex(coded.p[i + 1]) : -1;
            int low = high >= 0 ? hex(coded.p[i + 2]) : -1;
            if (low >= 0)
                plain[n++] = (char)(high * 16 + low), i += 2;
            else
                plain[n++] = coded.p[i] == '+' ? ' ' : coded.p[i];
        }
        return syn_trim(syn_utf8_repair(arena, (syn_str){plain, n}, &bad));
    }
    return none;
}

static syn_arena *mem(syn_call *c)
{
    return &c->room->mem;
}

static syn_str field(syn_call *c, const char *name)
{
    return syn_serve_field(mem(c), c->request->body, name);
}

static void go(syn_call *c, const char *before, int64_t number)
{
    c->out->status = 303;
    char rest[32] = "";
    if (number) snprintf(rest, sizeof rest, "%lld", (long long)number);
    snprintf(c->out->location, sizeof c->out->location, "%s%s%s%s", before, rest, c->frame.sticky ? "?ui=" : "",
             c->frame.sticky ? syn_view_tag(c->frame.view) : "");
}

/* ---- signing in ---- */

static void set_cookie(syn_call *c, const char *id, int64_t seconds)
{
    snprintf(c->out->cookie, sizeof c->out->cookie, "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
             SYN_PASS_COOKIE, id, (long long)seconds, c->request->secure ? "; Secure" : "");
}

syn_code syn_serve_editor(syn_call *c)
{
    if (!c->room->door) return SYN_ENOTFOUND;
    syn_view_editor(&c->frame, false, &c->out->body);
    return SYN_OK;
}

syn_code syn_serve_enter(syn_call *c)
{
    char id[SYN_PASS + 1];
    if (syn_serve_door_enter(c->room->door, field(c, "key"), id)) {
        set_cookie(c, id, 12 * 3600);
        go(c, "/", 0);
        return SYN_OK;
    }
    c->out->status = 403;
    syn_view_editor(&c->frame, true, &c->out->body);
    return SYN_OK;
}

syn_code syn_serve_leave(syn_call *c)
{
    syn_serve_door_leave(c->room->door, c->request->cookie);
    set_cookie(c, "", 0);
    go(c, "/", 0);
    return SYN_OK;
}

/* ---- words ---- */

/* The number after the last such piece of an address, 0 if there is none. */
static int64_t number_after(syn_str s, const char *piece)
{
    int64_t number = 0;
    syn_str p = syn_str_of(piece);
    for (size_t at = 0; (at = syn_find(s, p, at)) != SIZE_MAX;) {
        at += p.n;
        number = 0;
        for (size_t i = at; i < s.n && i < at + 15 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
            number = number * 10 + (s.p[i] - '0');
    }
    return number;
}

/* The article meant by an address here, of a story its founder, or by a page's own address or id. */
static syn_code meant(syn_call *c, syn_str said, syn_str *id)
{
    syn_article_row row = {0};
    syn_story_row of;
    syn_list first = {0};
    int64_t story = number_after(said, "/story/"), article = number_after(said, "/article/");
    syn_code rc = syn_store_article_by_id(c->room->store, mem(c), said, &row, &c->err);
    if (!rc) *id = row.a.id;
    if (!rc || (!story && !article)) return rc;
    c->err = (syn_err){0};
    if (article) {
        rc = syn_store_article(c->room->store, mem(c), article, &row, &c->err);
        if (!rc) *id = row.a.id;
        return rc;
    }
    rc = syn_store_story(c->room->store, mem(c), story, c->reader, &of, &c->err);
    if (!rc) rc = syn_store_tellings(c->room->store, mem(c), of.story, &first, &c->err);
    if (!rc && !first.n) rc = SYN_ENOTFOUND;
    if (!rc) *id = ((const syn_article_row *)first.items)->story_id;
    return rc;
}

/* Says it, and leads to the story in which the article then is. */
static syn_code say(syn_call *c, syn_word *word, int64_t article)
{
    syn_article_row row = {0};
    word->who = c->frame.editor;
    word->why = field(c, "why");
    syn_code rc = syn_serve_say_word(c->room->door, word, &c->err);
    if (!rc && article) rc = syn_store_article(c->room->store, mem(c), article, &row, &c->err);
    if (!rc) go(c, row.story ? "/story/" : "/", row.story);
    return rc;
}

static syn_code about(syn_call *c, uint8_t kind)
{
    syn_article_row row = {0};
    syn_word word = {.kind = kind};
    syn_code rc = syn_store_article(c->room->store, mem(c), c->number, &row, &c->err);
    word.a = row.a.id;
    if (!rc && kind == SYN_WORD_TOGETHER) rc = meant(c, field(c, "with"), &word.b);
    return rc ? rc : say(c, &word, c->number);
}

syn_code syn_serve_apart(syn_call *c)
{
    return about(c, SYN_WORD_APART);
}

syn_code syn_serve_together(syn_call *c)
{
    return about(c, SYN_WORD_TOGETHER);
}

syn_code syn_serve_withdraw(syn_call *c)
{
    syn_word word = {.kind = SYN_WORD_WITHDRAW, .n = c->number};
    uint64_t article = 0;
    syn_parse_u64(field(c, "article"), &article);
    return say(c, &word, (int64_t)(article > INT32_MAX ? 0 : article));
}
