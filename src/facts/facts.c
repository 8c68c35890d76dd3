/* facts.c - stage 4: the list of facts, both halves of it merged, and a fact as JSON. */
#include "facts.h"

#include <stdio.h>
#include <stdlib.h>

const char *const syn_fact_kind_names[SYN_FACT_KINDS] = {
    [SYN_FACT_NUMBER] = "number", [SYN_FACT_PERCENT] = "percent", [SYN_FACT_ORDINAL] = "ordinal",
    [SYN_FACT_MONEY] = "money",   [SYN_FACT_DATE] = "date",       [SYN_FACT_DATERANGE] = "daterange",
    [SYN_FACT_NAME] = "name",     [SYN_FACT_PLACE] = "place",     [SYN_FACT_QUOTE] = "quote",
};

bool syn_fact_push(syn_fact_list *list, const syn_fact *f)
{
    if (list->n >= SYN_MAX_FACTS) return false;
    if (list->n == list->cap) {
        size_t need = list->cap ? list->cap * 2 : 32;
        if (!syn_grow(list->arena, &list->items, &list->cap, need, sizeof *list->items)) return false;
    }
    list->items[list->n++] = *f;
    return true;
}

/* By place, the longer first; then by kind, so that the order never depends on the sorting. */
static int fact_cmp(const void *x, const void *y)
{
    const syn_fact *a = x, *b = y;
    if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
    if (a->span.end != b->span.end) return a->span.end > b->span.end ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

syn_code syn_facts_find(syn_arena *arena, const syn_lexicon *lex, const syn_text *text, syn_day ref, syn_facts *out,
                        syn_err *err)
{
    syn_fact_list figures = {.arena = arena}, names = {.arena = arena};
    syn_code rc = syn_figures_find(lex, text, ref, &figures, err);
    if (!rc) rc = syn_names_find(lex, text, &figures, &names, err);
    if (!rc) rc = syn_money_settle(lex, text, &figures, &names, err);
    if (!rc) rc = syn_passages_find(lex, text, ref, &figures, &names, err);
    if (rc) return rc;
    size_t n = figures.n + names.n;
    syn_fact *all = SYN_NEW_ARRAY(arena, syn_fact, n);
    if (!all) return syn_fail(err, SYN_ENOMEM, 0, "no memory for %zu facts", n);
    if (figures.n) memcpy(all, figures.items, figures.n * sizeof *all);
    if (names.n) memcpy(all + figures.n, names.items, names.n * sizeof *all);
    qsort(all, n, sizeof *all, fact_cmp);
    *out = (syn_facts){all, n < SYN_MAX_FACTS ? n : SYN_MAX_FACTS};
    return SYN_OK;
}

static void write_day(syn_jsonw *w, const char *key, syn_day day)
{
    int year, month, dom;
    char text[32];
    if (day == SYN_NO_DAY) return;
    syn_day_civil(day, &year, &month, &dom);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, dom);
    syn_jw_key(w, key);
    syn_jw_str(w, syn_str_of(text));
}

/* A day told with a time of day: "2026-03-05T17:30", or the day and the part of it. */
static void write_moment(syn_jsonw *w, const syn_fact *f)
{
    static const char *const parts[SYN_PART_PARTS] = {
        [SYN_PART_MORNING] = "morning", [SYN_PART_NOON] = "noon",     [SYN_PART_AFTERNOON] = "afternoon",
        [SYN_PART_EVENING] = "evening", [SYN_PART_NIGHT] = "night",   [SYN_PART_MIDNIGHT] = "midnight",
        [SYN_PART_START] = "start",     [SYN_PART_MIDDLE] = "middle", [SYN_PART_END] = "end"};
    int year, month, dom;
    char text[40];
    if (f->from != SYN_NO_DAY && f->clock) {
        syn_day_civil(f->from, &year, &month, &dom);
        snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", year, month, dom, (f->clock - 1) / 60 % 24,
                 (f->clock - 1) % 60);
        syn_jw_field(w, "value", syn_str_of(text));
    } else {
        write_day(w, "value", f->from);
    }
    if (f->part_of_day && f->part_of_day < SYN_PART_PARTS) syn_jw_field(w, "part", syn_str_of(parts[f->part_of_day]));
}

static void write_value(syn_jsonw *w, const syn_fact *f)
{
    syn_jw_key(w, "value");
    syn_jw_double(w, f->value);
    if (f->flags & SYN_FACT_RANGE) {
        syn_jw_key(w, "value2");
        syn_jw_double(w, f->value2);
    }
}

void syn_fact_write(syn_jsonw *w, const syn_fact *f)
{
    static const struct {
        uint8_t flag;
        const char *name;
    } flags[] = {
        {SYN_FACT_APPROX, "approx"},   {SYN_FACT_AT_LEAST, "at_least"}, {SYN_FACT_AT_MOST, "at_most"},
        {SYN_FACT_ASSUMED, "assumed"}, {SYN_FACT_PARTIAL, "partial"},   {SYN_FACT_PERSON, "person"},
        {SYN_FACT_ORG, "org"},
    };
    syn_jw_open(w, '{');
    bool moment = f->kind == SYN_FACT_DATE && (f->clock || f->part_of_day);
    syn_jw_field(w, "kind", moment ? SYN_STR("datetime") : syn_str_of(syn_fact_kind_names[f->kind]));
    syn_jw_key(w, "start");
    syn_jw_int(w, f->span.start);
    syn_jw_key(w, "end");
    syn_jw_int(w, f->span.end);
    switch (f->kind) {
    case SYN_FACT_NUMBER:
    case SYN_FACT_PERCENT:
    case SYN_FACT_ORDINAL:
        write_value(w, f);
        if (f->unit[0]) {
            syn_jw_field(w, "unit", syn_str_of(f->unit));
            syn_jw_key(w, "si");
            syn_jw_double(w, f->value * f->si + f->si_zero);
        }
        break;
    case SYN_FACT_MONEY:
        write_value(w, f);
        syn_jw_field(w, "currency", syn_str_of(f->currency));
        break;
    case SYN_FACT_DATE:
        write_moment(w, f);
        break;
    case SYN_FACT_DATERANGE:
        if (f->bound == SYN_BOUND_SINCE || f->bound == SYN_BOUND_NONE) write_day(w, "from", f->from);
        if (f->bound == SYN_BOUND_AFTER) write_day(w, "from", f->to == f->from + 1 ? f->from : f->to);
        if (f->bound == SYN_BOUND_BEFORE) write_day(w, "to", f->from);
        if (f->bound == SYN_BOUND_UNTIL || f->bound == SYN_BOUND_NONE) write_day(w, "to", f->to);
        break;
    default:
        syn_jw_key(w, "value");
        syn_jw_str(w, f->name);
        if (f->place) {
            char code[3] = {(char)(f->place >> 8), (char)f->place, 0};
            syn_jw_field(w, "country", syn_str_of(code));
        }
        if (f->lat || f->lon) {
            syn_jw_key(w, "lat");
            syn_jw_double(w, f->lat / 1e4);
            syn_jw_key(w, "lon");
            syn_jw_double(w, f->lon / 1e4);
        }
    }
    for (size_t i = 0; i < SYN_COUNT(flags); i++)
        if (f->flags & flags[i].flag) {
            syn_jw_key(w, flags[i].name);
            syn_jw_bool(w, true);
        }
    syn_jw_close(w, '}');
}
