/* segment.c - stage 3: runs of Chinese and Japanese cut into the words of a dictionary, so that the sum of their costs
   is least (Viterbi 1967).  The words, what a character costs that is none, and what katakana costs that no word spells
   are ICU's (tools/segments.c). */
#include "texter.h"

enum {
    LONGEST_WORD = 20,  /* units */
    UNKNOWN = 255,      /* a character that is no word */
    KATAKANA_MOST = 20, /* units of a run that may be one word, less than that */
    KATAKANA_PRICED = 8 /* those that have a cost of their own */
};
#define UNREACHED UINT32_MAX /* the cost of a place to which no way leads yet */

syn_segments syn_segments_open(const syn_lexicon *lex)
{
    const syn_segments none = {.edges = NULL, .n = 0, .lowest = 0, .roots = 0};
    syn_segments_head head;
    syn_str bytes = syn_lexicon_table(lex, "segments"); /* 8-byte aligned by the lexicon's contract */
    if (bytes.n < sizeof head) return none;
    memcpy(&head, bytes.p, sizeof head);
    if (head.magic != SYN_SEGMENTS_MAGIC || !head.edges || head.roots > head.edges) return none;
    if (bytes.n != sizeof head + sizeof *none.edges * (uint64_t)head.edges) return none;
    return (syn_segments){
        .edges = (const void *)(bytes.p + sizeof head), .n = head.edges, .lowest = head.lowest, .roots = head.roots};
}

static bool is_katakana(UChar c)
{
    return c >= 0x30A1 && c <= 0x30FE && c != 0x30FB;
}

bool syn_segments_has(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3041 && cp <= 0x3096) || is_katakana((UChar)cp) ||
           (cp >= 0x3400 && cp <= 0x4DBF) || cp == 0x3005 || cp == 0x3007 || cp == 0x309D || cp == 0x309E;
}

static uint32_t katakana_cost(size_t units)
{
    static const uint16_t cost[KATAKANA_PRICED + 1] = {8192, 984, 408, 240, 204, 252, 300, 372, 480};
    return units <= KATAKANA_PRICED ? cost[units] : cost[0];
}

static void reach(syn_path *path, size_t from, size_t to, uint32_t cost)
{
    cost += path[from].cost;
    if (cost < path[to].cost) path[to] = (syn_path){cost, (uint32_t)from};
}

/* The words that begin at a place. */
static void try_words(const syn_segments *s, const UChar *run, size_t n, size_t at, syn_path *path)
{
    uint64_t node = SYN_SEGMENTS_ROOT;
    uint32_t cost;
    size_t most = n - at < LONGEST_WORD ? n - at : LONGEST_WORD;
    bool alone = false; /* the first character is a word */
    for (size_t k = 0; k < most; k++) {
        if (!syn_segments_step(s, &node, run[at + k], &cost)) break;
        if (cost) {
            reach(path, at, at + k + 1, cost - 1);
            alone |= k == 0;
        }
        if (node == SYN_SEGMENTS_ROOT) break;
    }
    if (!alone) reach(path, at, at + 1, UNKNOWN);
}

size_t syn_segments_cut(const syn_segments *s, const UChar *run, size_t n, syn_path *path, uint32_t *ends)
{
    path[0] = (syn_path){0, 0};
    for (size_t i = 1; i <= n; i++) path[i] = (syn_path){UNREACHED, 0};
    bool katakana = false;
    for (size_t at = 0; at < n; at++) {
        bool before = katakana;
        try_words(s, run, n, at, path);
        katakana = is_katakana(run[at]);
        if (before || !katakana) continue;
        size_t end = at + 1;
        while (end < n && end - at < KATAKANA_MOST && is_katakana(run[end])) end++;
        if (end - at < KATAKANA_MOST) reach(path, at, end, katakana_cost(end - at));
    }
    size_t words = 0;
    for (size_t to = n; to; to = path[to].from) ends[n - ++words] = (uint32_t)to;
    memmove(ends, ends + n - words, words * sizeof *ends);
    return words;
}
