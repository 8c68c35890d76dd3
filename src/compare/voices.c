/* voices.c - stage 6: how many speak for themselves: tellings of one outlet are one voice, and so are those that have
   most of their sentences word for word from another. */
#include "recording.h"

enum { LONG_SENTENCE = 24 /* bytes: shorter ones are anybody's */, LEAST_SHARED = 3 };

static uint32_t root(uint32_t *voice, uint32_t i)
{
    while (voice[i] != i) i = voice[i] = voice[voice[i]];
    return i;
}

static void join(uint32_t *voice, uint32_t a, uint32_t b)
{
    a = root(voice, a), b = root(voice, b);
    if (a < b)
        voice[b] = a;
    else
        voice[a] = b;
}

syn_code syn_voices_find(syn_arena *arena, const syn_recorded *tellings, size_t n, uint32_t *voice, syn_err *err)
{
    syn_map outlets = {.arena = arena}, sentences = {.arena = arena};
    uint32_t *shared = SYN_NEW_ARRAY(arena, uint32_t, n), *length = SYN_NEW_ARRAY(arena, uint32_t, n);
    if (!shared || !length) return syn_fail(err, SYN_ENOMEM, 0, "voices of a topic");
    for (size_t i = 0; i < n; i++) voice[i] = (uint32_t)i;
    for (size_t i = 0; i < n; i++) {
        const syn_text *t = tellings[i].telling.text;
        uint64_t *first = tellings[i].outlet.n ? syn_map_add(&outlets, tellings[i].outlet) : NULL;
        if (first && *first) join(voice, (uint32_t)*first - 1, (uint32_t)i);
        if (first && !*first) *first = i + 1;
        memset(shared, 0, n * sizeof *shared);
        for (size_t k = 0; k < t->nsentences && k < SYN_MAX_COMPARED_SENTENCES; k++) {
            syn_str s = syn_slice(t->src, t->sentences[k].start, t->sentences[k].end);
            if (s.n < LONG_SENTENCE) continue;
            length[i]++;
            uint64_t hash = syn_hash(s, 0);
            uint64_t *teller = syn_map_add(&sentences, (syn_str){(const char *)&hash, sizeof hash});
            if (!teller) return syn_fail(err, SYN_ENOMEM, 0, "voices of a topic");
            if (*teller && *teller != i + 1) shared[*teller - 1]++;
            if (!*teller) *teller = i + 1;
        }
        for (size_t k = 0; k < i; k++) {
            uint32_t few = length[k] < length[i] ? length[k] : length[i];
            if (shared[k] >= LEAST_SHARED && 2 * shared[k] > few) join(voice, (uint32_t)k, (uint32_t)i);
        }
    }
    for (size_t i = 0; i < n; i++) voice[i] = root(voice, (uint32_t)i);
    return SYN_OK;
}
