/* topic_names.c - stage 5: who a topic is about, in every spelling, and what it is called.

   The words of a theme become parties: those that articles print in one name again and again are one. */
#include "story.h"

#include <stdlib.h>

enum { MOST_SPELLINGS = 40, CONCEPTS = 4, MOST_MENTIONS = 20000, LOOKED_AT = 4 };
#define SAME_NAME 0.6 /* likely enough that one of the two is left out */

typedef struct word { /* of names that the topic's stories share */
    uint64_t key;
    float weight;
    uint32_t times;    /* it is printed */
    uint32_t together; /* with the word at hand */
    size_t group;      /* the heaviest word that it goes with */
} word;

typedef struct weighed {
    syn_actor party;
    float weight;
    uint64_t tie;
} weighed;

typedef struct building {
    const syn_topics *t;
    syn_arena *arena;
    const syn_actor_mention *mentions;
    size_t n;
    word words[SYN_TOPIC_THEME];
    size_t nwords;
    weighed parties[2 * SYN_TOPIC_THEME];
    size_t nparties;
    uint32_t *has;   /* of each mention: bits of the words in it */
    uint32_t places; /* bits of the words that name a place of the theme; they are no party of their own */
} building;

static int by_weight(const void *a, const void *b)
{
    const word *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static void find_words(building *b, const syn_story_key *theme, size_t ntheme)
{
    for (size_t i = 0; i < ntheme && b->nwords < SYN_TOPIC_THEME; i++)
        if (theme[i].signal == SYN_SIGNAL_NAME) b->words[b->nwords++] = (word){theme[i].key, theme[i].weight, 0, 0, 0};
    if (b->nwords) qsort(b->words, b->nwords, sizeof *b->words, by_weight);
    for (size_t m = 0; m < b->n; m++) {
        for (uint32_t k = 0; k < b->mentions[m].nkeys; k++) {
            for (size_t w = 0; w < b->nwords; w++)
                if (b->words[w].key == b->mentions[m].keys[k]) b->has[m] |= 1u << w;
        }
        for (size_t w = 0; w < b->nwords; w++)
            if (!b->mentions[m].likely && (b->has[m] >> w & 1)) b->words[w].times += b->mentions[m].times;
    }
}

/* A word goes with a heavier one if half of what prints the rarer of the two prints both. */
static void group_words(building *b)
{
    for (size_t w = 0; w < b->nwords; w++) {
        b->words[w].group = w;
        for (size_t v = 0; v < w && b->words[w].group == w; v++) {
            uint32_t both = 0, least = b->words[w].times < b->words[v].times ? b->words[w].times : b->words[v].times;
            for (size_t m = 0; m < b->n; m++)
                if (!b->mentions[m].likely && (b->has[m] >> w & 1) && (b->has[m] >> v & 1))
                    both += b->mentions[m].times;
            if (both && 2 * both >= least) b->words[w].group = b->words[v].group;
        }
    }
}

/* ---- spellings ---- */

typedef struct spelling {
    syn_actor_spelling s;
    size_t order;
} spelling;

static int by_times(const void *a, const void *b)
{
    const spelling *x = a, *y = b;
    if (x->s.times != y->s.times) return x->s.times > y->s.times ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

typedef bool belongs_fn(const building *b, size_t mention, uint32_t what);

static bool in_group(const building *b, size_t m, uint32_t group)
{
    bool any = false;
    for (size_t w = 0; w < b->nwords; w++) {
        if (!(b->has[m] >> w & 1)) continue;
        if (b->words[w].group != group) return false; /* names two parties at once */
        any = true;
    }
    return any;
}

static bool of_place(const building *b, size_t m, uint32_t place)
{
    const syn_actor_mention *x = &b->mentions[m];
    if (x->place != place) return false;
    for (uint32_t k = 0; k < x->nkeys; k++)
        if (syn_topics_names_place(b->t, x->keys[k], place)) return true;
    return syn_topics_is_place(b->t, x->text, x->lang, place);
}

static bool known_in(const building *b, syn_str lang, belongs_fn *belongs, uint32_t what)
{
    for (size_t m = 0; m < b->n; m++)
        if (!b->mentions[m].likely && syn_str_eq(b->mentions[m].lang, lang) && belongs(b, m, what)) return true;
    return false;
}

/* Whether a name is another with words before or after it. */
static bool extends(syn_str longer, syn_str name)
{
    if (longer.n <= name.n + 1 || !name.n) return false;
    bool tail = longer.p[longer.n - name.n - 1] == ' ' &&
                syn_str_eq(syn_slice(longer, longer.n - name.n, longer.n), name);
    return tail || (longer.p[name.n] == ' ' && syn_starts(longer, name));
}

static uint32_t times_of(const spelling *all, size_t n, syn_str text)
{
    uint32_t times = 0;
    for (size_t i = 0; i < n; i++)
        if (syn_str_eq(all[i].s.text, text)) times += all[i].s.times;
    return times;
}

/* "The port company Grimsund Lines" becomes "Grimsund Lines" where that is printed, too, in any language, and no less
   often, and the words before it are none of the theme's. */
static void shorten(const building *b, spelling *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            if (!extends(all[i].s.text, all[k].s.text) || b->has[all[i].order] != b->has[all[k].order]) continue;
            if (times_of(all, n, all[k].s.text) < all[i].s.times) continue;
            all[i].s.text = all[k].s.text;
            break;
        }
    }
}

/* Those that are one now; how many are left. */
static size_t unite(spelling *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < kept && !(syn_str_eq(all[k].s.text, all[i].s.text) && syn_str_eq(all[k].s.lang, all[i].s.lang))) k++;
        if (k < kept)
            all[k].s.times += all[i].s.times;
        else
            all[kept++] = all[i];
    }
    return kept;
}

/* The party's spellings, most used first. */
static bool spell(building *b, syn_actor *p, belongs_fn *belongs, uint32_t what)
{
    size_t n = 0, cap = 0;
    spelling *all = NULL;
    for (size_t m = 0; m < b->n; m++) {
        if (!belongs(b, m, what)) continue;
        if (b->mentions[m].likely && known_in(b, b->mentions[m].lang, belongs, what)) continue;
        size_t i = 0;
        while (i < n &&
               !(syn_str_eq(all[i].s.text, b->mentions[m].text) && syn_str_eq(all[i].s.lang, b->mentions[m].lang)))
            i++;
        if (i == n) {
            if (!syn_grow(b->arena, &all, &cap, n + 1, sizeof *all)) return false;
            all[n++] = (spelling){{b->mentions[m].lang, b->mentions[m].text, 0}, m};
        }
        all[i].s.times += b->mentions[m].times;
    }
    if (n) qsort(all, n, sizeof *all, by_times);
    if (n > MOST_SPELLINGS) n = MOST_SPELLINGS;
    shorten(b, all, n);
    n = unite(all, n);
    if (n) qsort(all, n, sizeof *all, by_times);
    syn_actor_spelling *out = SYN_NEW_ARRAY(b->arena, syn_actor_spelling, n + 1);
    if (!out) return false;
    for (size_t i = 0; i < n; i++) out[i] = all[i].s;
    p->spellings = out;
    p->n = n;
    return true;
}

/* ---- parties ---- */

static void add_party(building *b, syn_actor p, float weight, uint64_t tie)
{
    if (b->nparties < SYN_COUNT(b->parties)) b->parties[b->nparties++] = (weighed){p, weight, tie};
}

static bool find_places(building *b, const syn_story_key *theme, size_t ntheme)
{
    for (size_t i = 0; i < ntheme; i++) {
        uint32_t place = theme[i].signal == SYN_SIGNAL_PLACE ? syn_topics_place(b->t, theme[i].key) : 0;
        syn_actor p = {SYN_ACTOR_PLACE, place, NULL, 0};
        float weight = theme[i].weight;
        if (!place) continue;
        for (size_t w = 0; w < b->nwords; w++) {
            if (!syn_topics_names_place(b->t, b->words[w].key, place)) continue;
            b->places |= 1u << w;
            if (b->words[w].weight > weight) weight = b->words[w].weight;
        }
        if (!spell(b, &p, of_place, place)) return false;
        add_party(b, p, weight, theme[i].key);
    }
    return true;
}

/* Half of what prints a group is a place of the theme in some other language's sound. */
static bool is_named_already(const building *b, uint32_t group)
{
    uint32_t all = 0, places = 0;
    for (size_t m = 0; m < b->n; m++) {
        if (!in_group(b, m, group)) continue;
        all += b->mentions[m].times;
        for (size_t i = 0; i < b->nparties; i++) {
            const syn_actor *p = &b->parties[i].party;
            if (p->kind != SYN_ACTOR_PLACE || !of_place(b, m, p->id)) continue;
            places += b->mentions[m].times;
            break;
        }
    }
    return all && 2 * places >= all;
}

static bool find_names(building *b)
{
    for (size_t w = 0; w < b->nwords; w++) {
        syn_actor p = {SYN_ACTOR_NAME, 0, NULL, 0};
        if (b->words[w].group != w || (b->places >> w & 1) || is_named_already(b, (uint32_t)w)) continue;
        if (!spell(b, &p, in_group, (uint32_t)w)) return false;
        if (p.n) add_party(b, p, b->words[w].weight, b->words[w].key);
    }
    return true;
}

static void put_concepts(const building *b, const syn_story_key *theme, size_t ntheme, syn_actor *out, size_t *n)
{
    struct {
        uint32_t id;
        float weight;
    } best[CONCEPTS];
    size_t kept = 0;
    for (size_t i = 0; i < ntheme; i++) {
        uint32_t id = theme[i].signal == SYN_SIGNAL_CONCEPT ? syn_topics_concept(b->t, theme[i].key) : 0;
        if (!id) continue;
        size_t at = kept < CONCEPTS ? kept++ : CONCEPTS;
        if (at == CONCEPTS && best[--at].weight >= theme[i].weight) continue;
        for (; at && best[at - 1].weight < theme[i].weight; at--) best[at] = best[at - 1];
        best[at].id = id;
        best[at].weight = theme[i].weight;
    }
    for (size_t i = 0; i < kept; i++) out[(*n)++] = (syn_actor){SYN_ACTOR_CONCEPT, best[i].id, NULL, 0};
}

/* The place of the heavier party that is called nearly as p is, in some script ("Democratic", "Democrats"); n if none.
 */
static size_t another_form(const building *b, const syn_actor *list, size_t n, const syn_actor *p)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; p->n && k < list[i].n && k < LOOKED_AT; k++) {
            syn_str there = list[i].spellings[k].text, here = p->spellings[0].text;
            if (syn_str_eq(there, here) || syn_name_similarity(syn_topics_lexicon(b->t), there, here) >= SAME_NAME)
                return i;
        }
    }
    return n;
}

/* One name that sounds otherwise in some scripts: the spellings in languages that have none yet. */
static bool absorb(building *b, syn_actor *into, const syn_actor *p)
{
    size_t n = into->n;
    syn_actor_spelling *all = SYN_NEW_ARRAY(b->arena, syn_actor_spelling, into->n + p->n + 1);
    if (!all) return false;
    for (size_t i = 0; i < into->n; i++) all[i] = into->spellings[i];
    for (size_t k = 0; k < p->n && n < MOST_SPELLINGS; k++) {
        bool known = false;
        for (size_t i = 0; i < into->n; i++) known |= syn_str_eq(into->spellings[i].lang, p->spellings[k].lang);
        if (!known) all[n++] = p->spellings[k];
    }
    into->spellings = all;
    into->n = n;
    return true;
}

static int by_party(const void *a, const void *b)
{
    const weighed *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

syn_code syn_topics_parties(const syn_topics *t, syn_arena *arena, const syn_story_key *theme, size_t ntheme,
                            const syn_actor_mention *mentions, size_t n, syn_actor **out, size_t *nout, syn_err *err)
{
    building b = {.t = t, .arena = arena, .mentions = mentions, .n = n < MOST_MENTIONS ? n : MOST_MENTIONS};
    syn_actor *list = SYN_NEW_ARRAY(arena, syn_actor, SYN_TOPIC_PARTIES);
    b.has = SYN_NEW_ARRAY(arena, uint32_t, b.n + 1);
    bool ok = list && b.has;
    if (ok) find_words(&b, theme, ntheme);
    if (ok) group_words(&b);
    ok = ok && find_places(&b, theme, ntheme) && find_names(&b);
    if (!ok) return syn_fail(err, SYN_ENOMEM, 0, "no memory to name a topic");
    if (b.nparties) qsort(b.parties, b.nparties, sizeof *b.parties, by_party);
    size_t kept = 0;
    for (size_t i = 0; i < b.nparties && kept < SYN_TOPIC_PARTIES - CONCEPTS; i++) {
        const syn_actor *p = &b.parties[i].party;
        size_t at = another_form(&b, list, kept, p);
        if (at == kept)
            list[kept++] = *p;
        else if (list[at].kind == SYN_ACTOR_NAME && !absorb(&b, &list[at], p))
            return syn_fail(err, SYN_ENOMEM, 0, "no memory to name a topic");
    }
    put_concepts(&b, theme, ntheme, list, &kept);
    *out = list;
    *nout = kept;
    return SYN_OK;
}

/* ---- what it is called ---- */

static uint8_t script_of(syn_str s)
{
    uint32_t cp;
    for (size_t at = 0; at < s.n;) {
        at += syn_utf8_next(s, at, &cp);
        if (syn_char_of(cp)->flags & SYN_CH_LETTER) return syn_char_of(cp)->script;
    }
    return SYN_SCRIPT_COMMON;
}

/* The most used in a script, languages added up; before where none is written in it. */
static const syn_actor_spelling *most_used(const syn_actor *p, uint8_t script, const syn_actor_spelling *before)
{
    uint32_t most = 0;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t times = 0;
        if (script_of(p->spellings[i].text) != script) continue;
        for (size_t k = 0; k < p->n; k++)
            if (syn_str_eq(p->spellings[k].text, p->spellings[i].text)) times += p->spellings[k].times;
        if (times <= most) continue;
        most = times;
        before = &p->spellings[i];
    }
    return before;
}

syn_str syn_topic_called(const syn_lexicon *lex, const syn_actor *p, syn_str reader, syn_str *lang)
{
    syn_lang own = syn_lexicon_lang(lex, reader);
    syn_str name = {"", 0};
    *lang = name;
    if (p->kind == SYN_ACTOR_PLACE) name = syn_lexicon_place_name(lex, p->id, own);
    if (p->kind == SYN_ACTOR_CONCEPT) name = syn_lexicon_concept_name(lex, p->id, own);
    if (name.n || !p->n) return name;
    const syn_actor_spelling *best = &p->spellings[0];
    best = most_used(p, SYN_SCRIPT_LATIN, best); /* which most can read */
    best = most_used(p, syn_lexicon_info(lex, own)->script, best);
    for (size_t i = p->n; i-- > 0;)
        if (own != SYN_LANG_UNKNOWN && syn_lexicon_lang(lex, p->spellings[i].lang) == own) best = &p->spellings[i];
    *lang = best->lang;
    return best->text;
}

static bool holds(syn_str whole, syn_str part)
{
    for (size_t at = 0; at + part.n <= whole.n; at++)
        if (syn_str_ieq(syn_slice(whole, at, at + part.n), part)) return true;
    return false;
}

size_t syn_topic_named_by(const syn_lexicon *lex, const syn_actor *parties, size_t n, syn_str reader,
                          const syn_actor *out[2])
{
    size_t k = 0;
    syn_str lang, first = {"", 0};
    for (size_t i = 0; i < n && k < 2; i++) { /* concepts come after the parties */
        syn_str name = syn_topic_called(lex, &parties[i], reader, &lang);
        if (!name.n || (k && (holds(first, name) || holds(name, first)))) continue;
        if (!k) first = name;
        out[k++] = &parties[i];
    }
    return k;
}

syn_str syn_topic_title(syn_arena *arena, const syn_lexicon *lex, const syn_actor *parties, size_t n, syn_str reader)
{
    const syn_actor *by[2];
    syn_str parts[2], lang;
    size_t k = syn_topic_named_by(lex, parties, n, reader, by);
    for (size_t i = 0; i < k; i++) parts[i] = syn_topic_called(lex, by[i], reader, &lang);
    if (!k) return (syn_str){"", 0};
    if (k == 1) return syn_dup(arena, parts[0]);
    return syn_arena_format(arena, "%.*s – %.*s", SYN_FMT(parts[0]), SYN_FMT(parts[1]));
}
