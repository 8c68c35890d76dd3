/* published.c - stage 2: when the article was published.  Metadata first, then time elements near the title, labelled
   dates, the address, values inside scripts, and any date printed near the text. */
#include "when.h"

enum { MAX_BLOCKS = 400, MAX_DATES_OF_BLOCK = 4, MAX_LABEL_WORDS = 40 };

/* A date in sight must score this much to tell the newsroom's day; that it is the neighbour of the day in UTC says
 * most. */
#define NEIGHBOUR_SHOWN 0.6

typedef struct best_date {
    syn_time time;
    double score;
} best_date;

static void offer(best_date *b, syn_time t, double score)
{
    if (score > b->score) *b = (best_date){t, score};
}

static const uint32_t ELSEWHERE = SYN_HINT_RELATED | SYN_HINT_COMMENT | SYN_HINT_SIDE | SYN_HINT_NAV | SYN_HINT_AD;

/* The closer to the title and the text's start, the surer; 0 to 1. */
static double closeness(const syn_content *c, uint32_t block)
{
    uint32_t title = c->title_block, best = UINT32_MAX;
    if (title != SYN_NONE) best = block > title ? block - title : 2 * (title - block) + 1;
    if (c->last > c->first) {
        uint32_t d = block > c->first ? 2 * (block - c->first) + 1 : c->first - block;
        if (block >= c->last) d = 4 + block - c->last;
        if (d < best) best = d;
    }
    return best == UINT32_MAX ? 0.2 : 4.0 / (4.0 + best);
}

static bool is_modified(syn_reading *r, syn_str text)
{
    uint32_t id = 0;
    return syn_read_label(r, SYN_LEX_PUBLISHED, text, &id) && id == 1;
}

static void from_times(syn_reading *r, const syn_layout *l, const syn_content *c, best_date *published,
                       best_date *modified)
{
    for (size_t i = 0; i < l->ntimes; i++) {
        const syn_time_mark *m = &l->times[i];
        const syn_box *box = &l->boxes[m->box];
        syn_time t;
        if (!syn_read_time(r, m->value, &t)) continue;
        double score = 1.2 + 2 * closeness(c, m->block);
        bool present;
        syn_html_attr(m->node, "pubdate", &present);
        if (present) score += 1;
        if (m->node->tag != SYN_TAG_TIME) score -= 0.6;
        if (box->around & ELSEWHERE) score -= 1.5;
        if (box->in & (SYN_IN_ASIDE | SYN_IN_NAV | SYN_IN_FOOTER)) score -= 0.7;
        if ((box->in & SYN_IN_LINK) && !(box->in & SYN_IN_ARTICLE)) score -= 0.6;
        if (m->block < l->nblocks && is_modified(r, l->blocks[m->block].text)) {
            offer(modified, t, score);
            score -= 0.6;
        } else if ((m->hints | box->hints) & SYN_HINT_MODIFIED) {
            offer(modified, t, score);
            score -= 0.5;
        }
        offer(published, t, score);
    }
}

/* What the words between two places of a text say of the date that follows: 0 nothing, 1 published, 2 modified; of two
   labels the nearer one. */
static int label_between(syn_reading *r, syn_str text, size_t from, size_t to)
{
    int label = 0;
    bool begins = true;
    for (size_t i = from, tries = 0; i < to && tries < MAX_LABEL_WORDS;) {
        uint32_t cp, id = 0;
        if (begins) {
            size_t n = syn_read_label(r, SYN_LEX_PUBLISHED, syn_slice(text, i, to), &id);
            if (n) label = id == 1 ? 2 : 1;
            tries++;
        }
        i += syn_utf8_next(text, i, &cp);
        begins = !(syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK));
    }
    return label;
}

/* The dates that one block prints, each judged by its own label: "Published 3 December, updated 4 December". */
static void from_block(syn_reading *r, const syn_block *b, double score, bool modified_box, best_date *published,
                       best_date *modified)
{
    size_t from = 0;
    int before = 0;
    for (int k = 0; k < MAX_DATES_OF_BLOCK; k++) {
        syn_time t;
        syn_span at;
        if (!syn_read_find_date(r, syn_slice(b->text, from, b->text.n), &t, &at)) return;
        int label = label_between(r, b->text, from, from + at.start);
        if (modified_box && !label) label = 2;
        /* A second date without a label belongs to the first, as an event's end does. */
        double s = score + 0.8 * (double)(at.end - at.start) / (double)b->text.n + (t.date_only ? 0 : 0.2);
        if (k > 0 && !label) s -= 0.6;
        if (k > 0 && before == 2 && label == 1) s += 0.4;
        if (label == 1) s += 0.8;
        if (label == 2) {
            offer(modified, t, s);
            s -= 0.4;
        }
        offer(published, t, s);
        before = label;
        from += at.end;
    }
}

static void from_blocks(syn_reading *r, const syn_layout *l, const syn_content *c, best_date *published,
                        best_date *modified)
{
    size_t tries = 0;
    for (uint32_t i = 0; i < l->nblocks && tries < MAX_BLOCKS; i++) {
        const syn_block *b = &l->blocks[i];
        const syn_box *box = &l->boxes[b->box];
        double near = closeness(c, i);
        uint32_t own = box->hints | b->inner | (box->parent != SYN_NONE ? l->boxes[box->parent].hints : 0);
        bool hinted = own & SYN_HINT_DATE;
        if (b->chars > 400 || b->text.n < 6 || (!hinted && near < 0.12)) continue;
        if (c->role[i] == SYN_ROLE_TEXT && b->chars > 60 && !hinted) continue;
        tries++;
        double score = 1.6 * near + (hinted ? 0.5 : 0);
        if (c->role[i] == SYN_ROLE_TITLE) score -= 0.8;
        if ((box->around | b->inner) & ELSEWHERE) score -= 1.0;
        if (box->in & (SYN_IN_ASIDE | SYN_IN_NAV | SYN_IN_FOOTER)) score -= 0.6;
        from_block(r, b, score, own & SYN_HINT_MODIFIED, published, modified);
    }
}

static bool take(syn_time *slot, syn_time t)
{
    if (!syn_time_known(t)) return false;
    *slot = t;
    return true;
}

void syn_read_published(syn_reading *r, const syn_layout *l, const syn_evidence *e, const syn_content *c, syn_str html,
                        syn_article *a)
{
    best_date published = {SYN_NO_TIME, 0}, modified = {SYN_NO_TIME, 0}, shown = {SYN_NO_TIME, 0};
    bool known = syn_time_known(e->ld_published) || syn_time_known(e->meta_published);
    if (l && (!known || !syn_time_known(e->ld_modified))) {
        from_times(r, l, c, &published, &modified);
        if (!known && published.score < 2) from_blocks(r, l, c, &published, &modified);
    }
    syn_time url = SYN_NO_TIME, script = SYN_NO_TIME;
    bool in_url = syn_read_url_date(a->url, &url) && syn_read_time_plausible(r, url);
    bool done = take(&a->published, e->ld_published) || take(&a->published, e->meta_published) ||
                take(&a->published, e->prop_published);
    if (!done && published.score >= 1.5) done = take(&a->published, published.time);
    if (!done && in_url) done = take(&a->published, url);
    if (!done && syn_read_script_date(r, html, &script)) done = take(&a->published, script);
    if (!done && published.score >= 0.5) done = take(&a->published, published.time);
    if (!done) done = take(&a->published, e->loose_published);
    if (!done)
        done = take(&a->published, published.time) || take(&a->published, e->meta_modified) ||
               take(&a->published, e->ld_modified) || take(&a->published, e->loose_modified) ||
               take(&a->published, modified.time);
    if (!done && syn_read_quoted_date(r, html, &script)) done = take(&a->published, script);
    if (done && a->published.zone == 0 && !a->published.date_only) {
        best_date ignored = {SYN_NO_TIME, 0};
        if (l && !in_url) from_blocks(r, l, c, &shown, &ignored);
        bool told = in_url || shown.score >= NEIGHBOUR_SHOWN;
        if (told)
            a->published = syn_read_newsroom_day(a->published, in_url ? url : shown.time);
        else if (syn_read_script_day(r, html, &script))
            a->published = syn_read_newsroom_day(a->published, script);
        if (!told && a->published.zone == 0) a->published = syn_read_newsroom_zone(a->published, html);
    }
    (void)(take(&a->modified, e->ld_modified) || take(&a->modified, e->meta_modified) ||
           take(&a->modified, e->prop_modified) || take(&a->modified, modified.time) ||
           take(&a->modified, e->loose_modified));
}
