/* segments.c - compiles ICU's dictionary of Chinese and Japanese words, of the ICU that is installed, into the table of
   src/text/segments.h.  The dictionary is read as unicode/ucharstrie.h documents its trie.  An ICU without it gives an
   empty table, and a line that says so: then texts are cut by ICU itself.
   Usage: segments OUT */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/udata.h>

#include "../src/text/segments.h"

enum { LONGEST = 40 /* units of a word */ };

static uint64_t *slots;
static uint32_t bits = 16;
static size_t nslots, nwords;

static _Noreturn void die(const char *why)
{
    fprintf(stderr, "segments: %s\n", why);
    exit(1);
}

/* ---- words into the table ---- */

typedef struct word {
    uint32_t cost;
    uint8_t n;
    uint16_t unit[LONGEST];
} word;
static word *words;
static size_t cap_words;

static uint32_t slot_of(uint64_t edge)
{
    uint32_t i = syn_segments_slot(edge, bits), mask = (1u << bits) - 1;
    while (slots[i] && (slots[i] & SYN_SEGMENTS_EDGE_MASK) != edge) i = (i + 1) & mask;
    return i;
}

static void put_word(const word *w)
{
    uint32_t node = SYN_SEGMENTS_ROOT;
    for (size_t k = 0; k < w->n; k++) {
        if (node != SYN_SEGMENTS_ROOT) slots[node] |= SYN_SEGMENTS_GOES_ON;
        uint64_t edge = syn_segments_edge(node, w->unit[k]);
        node = slot_of(edge);
        if (!slots[node]) nslots++;
        slots[node] |= edge;
    }
    slots[node] |= (uint64_t)(w->cost + 1) << (SYN_SEGMENTS_BITS + 16);
}

static void put_words(void)
{
    for (;; bits++) {
        if (bits > SYN_SEGMENTS_BITS) die("too many words");
        slots = calloc((size_t)1 << bits, sizeof *slots);
        if (!slots) die("no memory");
        nslots = 0;
        for (size_t i = 0; i < nwords && nslots * 10 < ((size_t)7 << bits); i++) put_word(&words[i]);
        if (nslots * 10 < ((size_t)7 << bits)) return;
        free(slots);
    }
}

/* ---- reading the trie ---- */

typedef struct trie {
    const uint16_t *unit;
    size_t n, at;
} trie;

static uint32_t next(trie *t)
{
    if (t->at >= t->n) die("the dictionary ends inside a node");
    return t->unit[t->at++];
}

static uint32_t read_value(trie *t, uint32_t lead)
{
    if (lead < 0x4000) return lead;
    uint32_t more = next(t);
    return lead < 0x7FFF ? (lead - 0x4000) << 16 | more : more << 16 | next(t);
}

static uint32_t read_node_value(trie *t, uint32_t lead)
{
    if (lead < 0x4040) return (lead >> 6) - 1;
    uint32_t more = next(t);
    return lead < 0x7FC0 ? ((lead & 0x7FC0) - 0x4040) << 10 | more : more << 16 | next(t);
}

static uint32_t read_delta(trie *t)
{
    uint32_t delta = next(t);
    if (delta < 0xFC00) return delta;
    uint32_t more = next(t);
    return delta < 0xFFFF ? (delta - 0xFC00) << 16 | more : more << 16 | next(t);
}

static void take(word *w, uint32_t cost)
{
    if (cost > SYN_SEGMENTS_MOST) die("a cost that is larger than expected");
    if (nwords == cap_words) {
        cap_words = cap_words ? 2 * cap_words : 1 << 16;
        words = realloc(words, cap_words * sizeof *words);
        if (!words) die("no memory");
    }
    w->cost = cost;
    words[nwords++] = *w;
}

static void push(word *w, uint32_t unit)
{
    if (w->n == LONGEST) die("a word that is longer than expected");
    w->unit[w->n++] = (uint16_t)unit;
}

static void visit(trie t, word w);

static void visit_branch(trie t, uint32_t length, word w)
{
    while (length > 5) {
        next(&t);
        trie less = t;
        size_t delta = read_delta(&t);
        less.at = t.at + delta;
        visit_branch(less, length >> 1, w);
        length -= length >> 1;
    }
    for (; length > 1; length--) {
        word longer = w;
        push(&longer, next(&t));
        uint32_t lead = next(&t), value = read_value(&t, lead & 0x7FFF);
        trie on = t;
        on.at += value;
        if (lead & 0x8000)
            take(&longer, value);
        else
            visit(on, longer);
    }
    push(&w, next(&t));
    visit(t, w);
}

/* As deep as words are long. */
static void visit(trie t, word w)
{
    for (;;) {
        uint32_t node = next(&t);
        if (node & 0x8000) {
            take(&w, read_value(&t, node & 0x7FFF));
            return;
        }
        if (node >= 0x40) {
            take(&w, read_node_value(&t, node));
            node &= 0x3F;
        }
        if (node < 0x30) {
            visit_branch(t, (node ? node : next(&t)) + 1, w);
            return;
        }
        for (uint32_t k = node - 0x30 + 1; k; k--) push(&w, next(&t));
    }
}

/* ---- */

static void read_dictionary(void)
{
    enum { TRIE_AT = 0, TOTAL = 3, KIND = 4, INDEXES = 8, UCHARS = 1 };
    UErrorCode failed = U_ZERO_ERROR;
    UDataMemory *data = udata_open(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", &failed);
    if (U_FAILURE(failed)) {
        fprintf(stderr,
                "segments: this ICU has no dictionary of Chinese and Japanese words; they will be cut by ICU\n");
        return;
    }
    const int32_t *index = udata_getMemory(data);
    if ((index[KIND] & 7) != UCHARS || index[TRIE_AT] < INDEXES * 4 || index[TOTAL] < index[TRIE_AT])
        die("the dictionary is not as ICU 72 has it");
    trie t = {(const void *)((const char *)index + index[TRIE_AT]), (size_t)(index[TOTAL] - index[TRIE_AT]) / 2, 0};
    visit(t, (word){.cost = 0, .n = 0, .unit = {0}});
    udata_close(data);
}

int main(int argc, char **argv)
{
    if (argc != 2) die("usage: segments OUT");
    read_dictionary();
    put_words();
    FILE *out = fopen(argv[1], "wb");
    syn_segments_head head = {SYN_SEGMENTS_MAGIC, nwords ? bits : 0};
    if (!out) die("cannot write");
    fwrite(&head, sizeof head, 1, out);
    if (nwords) fwrite(slots, sizeof *slots, (size_t)1 << bits, out);
    if (fclose(out)) die("cannot write");
    return 0;
}
