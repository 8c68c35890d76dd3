/* langid.c - stage 3: the language of a text.  The script decides first; among the languages of the script a naive
   Bayes model over n-grams and words does (tools/langmodel.c trains it), and what the page declares settles what is
   close. */
#include <math.h>

#include "grams.h"
#include "text.h"

enum {
    TEXT_BYTES = 4096, /* of the text are looked at */
    HEAD_BYTES = 1536, /* of it settle what they are sure of */
    LANGS_MAX = 256,
    CLOSE = 8 /* candidates that a declaration may choose among */
};

/* How sure a lead of so many nats for each square root of a feature is: a logistic curve fitted to news sentences. */
static const double SURE_SLOPE = 0.7, SURE_AT_NONE = 0.3;
/* What a declaration weighs, in the same unit. */
static const double WITNESS = 3;
/* From this on no more of the text is asked. */
static const double SURE_ENOUGH = 0.999;
/* So many telling features make two thirds of what there is to be sure of: a word or two are little. */
static const double ENOUGH_TOLD = 6;
static const uint64_t SYLLABIC = (uint64_t)1 << SYN_SCRIPT_HAN | (uint64_t)1 << SYN_SCRIPT_KANA |
                                 (uint64_t)1 << SYN_SCRIPT_HANGUL;
static const uint64_t ALPHABETS = (uint64_t)1 << SYN_SCRIPT_LATIN | (uint64_t)1 << SYN_SCRIPT_CYRILLIC |
                                  (uint64_t)1 << SYN_SCRIPT_GREEK;
/* Below this a guess is not worth having. */
static const double TOO_UNSURE = 0.05;

typedef struct model {
    const syn_langmodel *head;
    const syn_langmodel_lang *lang;
    const uint32_t *bucket;
    const uint8_t *entries;
} model;

/* Views of the table; false where it is absent or not what it should be. */
static bool model_of(const syn_lexicon *lex, model *m)
{
    syn_str t = syn_lexicon_table(lex, "langmodel");
    if (t.n < sizeof *m->head) return false;
    m->head = (const void *)t.p;
    if (m->head->magic != SYN_LANGMODEL_MAGIC || m->head->langs > LANGS_MAX || m->head->bucket_bits > 24) return false;
    size_t buckets = ((size_t)1 << m->head->bucket_bits) + 1, langs = m->head->langs * sizeof *m->lang;
    if (t.n != sizeof *m->head + langs + buckets * sizeof *m->bucket + m->head->entry_bytes) return false;
    m->lang = (const void *)(t.p + sizeof *m->head);
    m->bucket = (const void *)(t.p + sizeof *m->head + langs);
    m->entries = (const uint8_t *)(m->bucket + buckets);
    return true;
}

typedef struct tally {
    const model *m;
    int32_t score[LANGS_MAX];
    uint32_t features, known;
    uint32_t telling; /* of the known: whole words and n-grams of telling_order on, which letters thrown together
                         have not; a character says more in some scripts */
    uint8_t telling_order;
} tally;

static bool add_feature(tally *t, uint64_t hash, const uint8_t *p, const uint8_t *end)
{
    while (p < end) {
        const uint8_t *pair = p + GRAM_ENTRY_HEAD, *next = pair + 2 * (size_t)p[2];
        if (p[0] == (hash & 255) && p[1] == (hash >> 8 & 255)) {
            for (; pair < next; pair += 2) t->score[pair[0]] += pair[1];
            t->known++;
            return true;
        }
        p = next;
    }
    return false;
}

/* The table is larger than the near caches: ask for all of a word's places before reading the first. */
static void add_word(void *user, const syn_gram *grams, size_t n)
{
    tally *t = user;
    const model *m = t->m;
    const uint32_t *bucket[GRAMS_OF_WORD];
    for (size_t i = 0; i < n; i++) {
        bucket[i] = &m->bucket[grams[i].hash >> (64 - m->head->bucket_bits)];
        __builtin_prefetch(bucket[i]);
    }
    for (size_t i = 0; i < n; i++) __builtin_prefetch(m->entries + *bucket[i]);
    for (size_t i = 0; i < n; i++)
        t->telling += add_feature(t, grams[i].hash, m->entries + bucket[i][0], m->entries + bucket[i][1]) &&
                      grams[i].order >= t->telling_order;
    t->features += (uint32_t)n - 1;
}

/* What a letter counts for when scripts compete: texts in any script quote Latin, and a syllable or a word is more than
   a letter. */
static uint32_t script_weight(unsigned script)
{
    return script == SYN_SCRIPT_HAN || script == SYN_SCRIPT_HANGUL ? 4 : script == SYN_SCRIPT_LATIN ? 1 : 2;
}

/* The scripts to judge by: the one with the most letters; any share of kana makes Han Japanese.  Also how many letters
 * there are and how many of them are in these scripts. */
static uint64_t scripts_of(syn_str text, size_t *letters, size_t *inside)
{
    uint32_t count[SYN_SCRIPT_COUNT] = {0};
    for (size_t at = 0; at < text.n;) {
        uint32_t cp;
        at += syn_utf8_next(text, at, &cp);
        const syn_char *c = syn_char_of(cp);
        if (c->flags & SYN_CH_LETTER) count[c->script] += script_weight(c->script);
    }
    uint32_t *kana = &count[SYN_SCRIPT_KANA], *han = &count[SYN_SCRIPT_HAN];
    if (*kana * 10 >= *kana + *han / 3) {
        *kana = *kana * 2 + *han;
        *han = 0;
    }
    size_t best = SYN_SCRIPT_LATIN;
    *letters = 0;
    for (size_t s = 1; s < SYN_SCRIPT_COUNT; s++) {
        *letters += count[s];
        if (count[s] > count[best]) best = s;
    }
    *inside = count[best];
    return (uint64_t)1 << best;
}

typedef struct ranked {
    size_t lang[CLOSE];
    size_t n;
} ranked;

/* The best candidates of the script, best first; none that is written in one of without. */
static ranked rank(const tally *t, uint64_t scripts, uint64_t without)
{
    ranked r = {{0}, 0};
    for (size_t l = 0; l < t->m->head->langs; l++) {
        if (!(t->m->lang[l].scripts & scripts) || (t->m->lang[l].scripts & without)) continue;
        size_t at = r.n < CLOSE ? r.n++ : CLOSE;
        for (; at > 0 && t->score[r.lang[at - 1]] < t->score[l]; at--) {
            if (at < CLOSE) r.lang[at] = r.lang[at - 1];
        }
        if (at < CLOSE) r.lang[at] = l;
    }
    return r;
}

/* Whether the model's language is the one declared: by the lexicon's language, or by the tag where it has none. */
static bool is_declared(const syn_lexicon *lex, const syn_langmodel_lang *l, syn_str declared)
{
    syn_str tag = syn_str_of(l->tag);
    syn_lang a = syn_lexicon_lang(lex, tag);
    if (a != SYN_LANG_UNKNOWN) return a == syn_lexicon_lang(lex, declared);
    return syn_starts_i(declared, tag) && (declared.n == tag.n || declared.p[tag.n] == '-');
}

static void identify(const syn_lexicon *lex, syn_str text, syn_str declared, char tag[16], double *confidence)
{
    model m;
    memcpy(tag, "und", 4);
    *confidence = 0;
    size_t letters, inside;
    uint64_t scripts = scripts_of(text, &letters, &inside);
    if (!letters || !model_of(lex, &m)) return;

    /* eight characters of Han in a row without kana are no Japanese */
    uint64_t kana = (uint64_t)1 << SYN_SCRIPT_KANA, han = (uint64_t)1 << SYN_SCRIPT_HAN;
    uint64_t without = scripts == han && inside >= (size_t)8 * script_weight(SYN_SCRIPT_HAN) ? kana : 0;
    tally t = {.m = &m, .telling_order = scripts & SYLLABIC ? 1 : scripts & ALPHABETS ? 4 : 2};
    for (size_t l = 0; l < m.head->langs; l++) t.score[l] = m.lang[l].prior;
    uint64_t looked_at = scripts | (scripts >> SYN_SCRIPT_KANA & 1 ? (uint64_t)1 << SYN_SCRIPT_HAN : 0);
    syn_grams_of(text, looked_at, add_word, &t);
    ranked r = rank(&t, scripts, without);
    if (!r.n || !t.known || (r.n > 1 && !t.telling && !declared.n)) return;
    for (size_t i = 0; declared.n && i < r.n; i++) {
        if (!is_declared(lex, &m.lang[r.lang[i]], declared)) continue;
        t.score[r.lang[i]] += (int32_t)(WITNESS * GRAM_UNIT * sqrt((double)t.features));
        r = rank(&t, scripts, without);
        break;
    }
    double share = (double)inside / (double)letters, sure;
    if (r.n == 1) {
        sure = letters > 3 ? share : share / 2;
    } else {
        double lead = (t.score[r.lang[0]] - t.score[r.lang[1]]) / (double)GRAM_UNIT;
        sure = share / (1 + exp(-(SURE_SLOPE * lead / sqrt((double)t.features) + SURE_AT_NONE)));
    }
    if (r.n > 1) sure *= 1 - exp(-(double)t.telling / ENOUGH_TOLD);
    if (sure < TOO_UNSURE) return;
    memcpy(tag, m.lang[r.lang[0]].tag, sizeof m.lang->tag);
    tag[15] = 0;
    *confidence = sure;
}

void syn_lang_identify(const syn_lexicon *lex, syn_str text, syn_str declared, char tag[16], double *confidence)
{
    text = syn_utf8_head(text, TEXT_BYTES);
    identify(lex, syn_utf8_head(text, HEAD_BYTES), declared, tag, confidence);
    if (text.n > HEAD_BYTES && *confidence < SURE_ENOUGH) identify(lex, text, declared, tag, confidence);
}
