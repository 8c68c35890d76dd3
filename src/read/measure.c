/* measure.c - stage 2: white space collapsed, and the counts of a block of text: characters, words, marks. */
#include "reading.h"

/* Thai and Lao print no mark where a sentence ends: a run of so many characters holds one. */
enum { UNMARKED = 60 };

static bool ends_sentence(uint32_t cp)
{
    switch (cp) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0E:
    case 0x0964:
    case 0x0965:
    case 0x061F:
    case 0x06D4:
    case 0x104B:
    case 0x17D4:
    case 0x1362:
    case 0x0589:
    case 0x037E:
    case 0x1367:
    case 0x0F0D:
        return true;
    default:
        return false;
    }
}

static bool closes(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x2019:
    case 0x201D:
    case 0x00BB:
    case 0x201C:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0x203A:
    case 0x2018:
    case 0x00AB:
        return true;
    default:
        return false;
    }
}

void syn_read_measure(syn_block *b)
{
    uint32_t last = 0;
    bool space = true;
    for (size_t i = 0; i < b->text.n;) {
        uint32_t cp = (unsigned char)b->text.p[i];
        if ((cp | 0x20) - 'a' < 26) { /* most of what there is */
            i++;
            b->chars++;
            b->words += space;
            space = false;
            last = cp;
            continue;
        }
        if (cp < 0x80)
            i++;
        else
            i += syn_utf8_next(b->text, i, &cp);
        bool wide = (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
                    (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
        b->chars += wide ? 2 : 1;
        if (ends_sentence(cp))
            b->stops++;
        else if (cp == ',' || cp == 0x060C || cp == 0x3001 || cp == 0xFF0C || cp == ';')
            b->commas++;
        else if (cp >= '0' && cp <= '9')
            b->digits++;
        bool blank = cp == ' ' || cp == 0xA0;
        if (!blank && space) b->words++;
        space = blank;
        if (!blank && !closes(cp)) last = cp;
    }
    b->ends = ends_sentence(last) || last == ':' || last == 0xFF1A;
    if (last >= 0x0E00 && last <= 0x0EFF && !b->stops && b->chars >= UNMARKED) {
        b->ends = true;
        b->stops = 1;
    }
}

syn_str syn_read_collapse(syn_arena *arena, syn_str s)
{
    s = syn_trim(s);
    char *p = syn_alloc(arena, s.n + 1);
    if (!p) return (syn_str){"", 0};
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] > ' ')
            p[n++] = s.p[i];
        else if (n && p[n - 1] != ' ')
            p[n++] = ' ';
    }
    return (syn_str){p, n};
}

void syn_list_add(syn_arena *arena, syn_list *list, syn_str s, size_t max)
{
    if (!s.n || list->n >= max) return;
    for (size_t i = 0; i < list->n; i++) {
        if (syn_str_ieq(list->items[i], s)) return;
    }
    if (syn_grow(arena, &list->items, &list->cap, list->n + 1, sizeof *list->items)) list->items[list->n++] = s;
}
