/* segments.c - compiles the dictionaries of the ICU that is installed, of Chinese and Japanese, Thai, Lao, Khmer and
   Burmese words, into the table of src/text/segments.h.  They are read as unicode/ucharstrie.h and bytestrie.h document
   their tries.  An ICU without them gives an empty table, and a line that says so: then texts are cut by ICU itself.
   Usage: segments OUT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/udata.h>

#include "../src/text/segments.h"

enum { LONGEST = 80 /* units of a word */ };

static uint64_t *edges;
static size_t nedges, cap_edges, nwords;
static uint32_t lowest, roots;

static _Noreturn void die(const char *why)
{
    fprintf(stderr, "segments: %s\n", why);
    exit(1);
}

/* ---- words into the tree ---- */

typedef struct word {
    uint32_t cost;
    uint8_t n;
    uint16_t unit[LONGEST];
} word;
static word *words;
static size_t cap_words;

static int by_units(const void *a, const void *b)
{
    const word *x = a, *y = b;
    for (size_t k = 0; k < x->n && k < y->n; k++)
        if (x->unit[k] != y->unit[k]) return x->unit[k] < y->unit[k] ? -1 : 1;
    return x->n - y->n;
}

/* Room for n edges, all zero; where they begin. */
static size_t reserve(size_t n)
{
    size_t first = nedges;
    nedges += n;
    if (nedges > (size_t)1 << SYN_SEGMENTS_BITS) die("too many words");
    if (nedges > cap_edges) {
        cap_edges = 2 * nedges;
        edges = realloc(edges, cap_edges * sizeof *edges);
        if (!edges) die("no memory");
    }
    memset(edges + first, 0, n * sizeof *edges);
    return first;
}

/* The end of the words from one on that have its unit k, too. */
static size_t alike(size_t from, size_t to, size_t k)
{
    size_t end = from + 1;
    while (end < to && words[end].unit[k] == words[from].unit[k]) end++;
    return end;
}

/* The words [from, to) begin alike in k units; their edges from there on, and what they lead to.  As deep as words are
   long. */
static void put_words(size_t from, size_t to, size_t k, size_t *first, size_t *n)
{
    uint32_t low = words[from].unit[k], high = words[to - 1].unit[k];
    *n = 0;
    for (size_t at = from; at < to; at = alike(at, to, k)) ++*n;
    if (!k) {
        lowest = low;
        roots = high - low + 1;
    }
    *first = reserve(k ? *n : roots);
    size_t place = *first;
    for (size_t at = from, end; at < to; at = end, place++) {
        uint16_t unit = words[at].unit[k];
        uint32_t cost = 0;
        size_t longer = at, next = 0, nnext = 0;
        end = alike(at, to, k);
        while (longer < end && words[longer].n == k + 1) cost |= words[longer++].cost + 1;
        if (longer < end) put_words(longer, end, k + 1, &next, &nnext);
        if (!k) place = unit - low;
        edges[place] = syn_segments_edge(unit, cost, (uint32_t)next, (uint16_t)nnext);
    }
}

/* ---- reading a trie, of UTF-16 units or of bytes ---- */

typedef struct trie {
    const uint16_t *unit; /* NULL: of bytes */
    const uint8_t *byte;
    size_t n, at;
    uint32_t offset; /* of bytes: what is added to them */
} trie;

static uint32_t next(trie *t)
{
    if (t->at >= t->n) die("a dictionary ends inside a node");
    return t->unit ? t->unit[t->at++] : t->byte[t->at++];
}

/* The next n items as one number, below what the lead has of it. */
static uint32_t more(trie *t, uint32_t top, int n)
{
    for (; n; n--) top = top << (t->unit ? 16 : 8) | next(t);
    return top;
}

static uint32_t read_value(trie *t, uint32_t lead)
{
    if (t->unit) {
        if (lead < 0x4000) return lead;
        return lead < 0x7FFF ? more(t, lead - 0x4000, 1) : more(t, 0, 2);
    }
    if (lead < 0x51) return lead - 0x10;
    if (lead < 0x6C) return more(t, lead - 0x51, 1);
    return lead < 0x7E ? more(t, lead - 0x6C, 2) : more(t, 0, lead == 0x7E ? 3 : 4);
}

/* A value that shares its lead unit with a node. */
static uint32_t read_node_value(trie *t, uint32_t lead)
{
    if (lead < 0x4040) return (lead >> 6) - 1;
    return lead < 0x7FC0 ? more(t, ((lead & 0x7FC0) - 0x4040) >> 6, 1) : more(t, 0, 2);
}

static uint32_t read_delta(trie *t)
{
    uint32_t delta = next(t);
    if (t->unit) {
        if (delta < 0xFC00) return delta;
        return delta < 0xFFFF ? more(t, delta - 0xFC00, 1) : more(t, 0, 2);
    }
    if (delta < 0xC0) return delta;
    if (delta < 0xF0) return more(t, delta - 0xC0, 1);
    return delta < 0xFE ? more(t, delta - 0xF0, 2) : more(t, 0, delta == 0xFE ? 3 : 4);
}

/* Words of bytes have no costs of their own. */
static void take(const trie *t, word *w, uint32_t cost)
{
    if (!t->unit) cost = 0;
    if (cost > SYN_SEGMENTS_MOST) die("a cost that is larger than expected");
    if (nwords == cap_words) {
        cap_words = cap_words ? 2 * cap_words : 1 << 16;
        words = realloc(words, cap_words * sizeof *words);
        if (!words) die("no memory");
    }
    w->cost = cost;
    words[nwords++] = *w;
}

static void push(const trie *t, word *w, uint32_t item)
{
    if (w->n == LONGEST) die("a word that is longer than expected");
    if (!t->unit) item = item == 0xFF ? 0x200D : item == 0xFE ? 0x200C : item + t->offset;
    w->unit[w->n++] = (uint16_t)item;
}

static void visit(trie t, word w);

static void visit_branch(trie t, uint32_t length, word w)
{
    while (length > 5) {
        next(&t);
        trie less = t;
        uint32_t delta = read_delta(&t);
        less.at = t.at + delta;
        visit_branch(less, length >> 1, w);
        length -= length >> 1;
    }
    for (; length > 1; length--) {
        word longer = w;
        push(&t, &longer, next(&t));
        uint32_t lead = next(&t), last = t.unit ? lead >> 15 : lead & 1;
        uint32_t value = read_value(&t, t.unit ? lead & 0x7FFF : lead >> 1);
        trie on = t;
        on.at += value;
        if (last)
            take(&t, &longer, value);
        else
            visit(on, longer);
    }
    push(&t, &w, next(&t));
    visit(t, w);
}

/* As deep as words are long. */
static void visit(trie t, word w)
{
    const uint32_t linear = t.unit ? 0x30 : 0x10;
    for (;;) {
        uint32_t node = next(&t);
        if (t.unit && (node & 0x8000)) {
            take(&t, &w, read_value(&t, node & 0x7FFF));
            return;
        }
        if (t.unit && node >= 0x40) {
            take(&t, &w, read_node_value(&t, node));
            node &= 0x3F;
        }
        if (!t.unit && node >= 0x20) {
            take(&t, &w, read_value(&t, node >> 1));
            if (node & 1) return;
            continue;
        }
        if (node < linear) {
            visit_branch(t, (node ? node : next(&t)) + 1, w);
            return;
        }
        for (uint32_t k = node - linear + 1; k; k--) push(&t, &w, next(&t));
    }
}

/* ---- */

static bool read_dictionary(const char *name)
{
    enum { TRIE_AT = 0, TOTAL = 3, KIND = 4, TRANSFORM = 5, INDEXES = 8, BYTES = 0, UCHARS = 1 };
    UErrorCode failed = U_ZERO_ERROR;
    UDataMemory *data = udata_open(U_ICUDATA_NAME "-brkitr", "dict", name, &failed);
    if (U_FAILURE(failed)) return false;
    const int32_t *index = udata_getMemory(data);
    int32_t kind = index[KIND] & 7, size = index[TOTAL] - index[TRIE_AT];
    if ((kind != UCHARS && kind != BYTES) || index[TRIE_AT] < INDEXES * 4 || size < 0 ||
        (kind == BYTES && (index[TRANSFORM] & 0x7F000000) != 0x01000000))
        die("a dictionary is not as ICU 72 has it");
    const char *start = (const char *)index + index[TRIE_AT];
    trie t = {.unit = kind == UCHARS ? (const void *)start : NULL,
              .byte = (const void *)start,
              .n = (size_t)size / (kind == UCHARS ? 2 : 1),
              .at = 0,
              .offset = (uint32_t)index[TRANSFORM] & 0x1FFFFF};
    visit(t, (word){.cost = 0, .n = 0, .unit = {0}});
    udata_close(data);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"cjdict", "thaidict", "laodict", "khmerdict", "burmesedict"};
    if (argc != 2) die("usage: segments OUT");
    for (size_t i = 0; i < SYN_COUNT(names); i++)
        if (!read_dictionary(names[i])) {
            fprintf(stderr, "segments: this ICU has no %s; words of every script that needs one will be ICU's\n",
                    names[i]);
            nwords = 0;
            break;
        }
    qsort(words, nwords, sizeof *words, by_units);
    size_t first, n;
    if (nwords) put_words(0, nwords, 0, &first, &n);
    FILE *out = fopen(argv[1], "wb");
    syn_segments_head head = {.magic = SYN_SEGMENTS_MAGIC, .edges = (uint32_t)nedges, .lowest = lowest, .roots = roots};
    if (!out) die("cannot write");
    fwrite(&head, sizeof head, 1, out);
    if (nedges) fwrite(edges, sizeof *edges, nedges, out);
    if (fclose(out)) die("cannot write");
    return 0;
}
