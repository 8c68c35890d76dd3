/* published.c - stage 2: when the article was published.  Metadata first, then time elements near the title, labelled
   dates, the address, values inside scripts, and any date printed near the text. */
#include "reading.h"

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

static void from_blocks(syn_reading *r, const syn_layout *l, const syn_content *c, best_date *published,
                        best_date *modified)
{
    size_t tries = 0;
    for (uint32_t i = 0; i < l->nblocks && tries < 400; i++) {
        const syn_block *b = &l->blocks[i];
        const syn_box *box = &l->boxes[b->box];
        double near = closeness(c, i);
        uint32_t own = box->hints | b->inner | (box->parent != SYN_NONE ? l->boxes[box->parent].hints : 0);
        bool hinted = own & SYN_HINT_DATE;
        if (b->chars > 400 || b->text.n < 6 || (!hinted && near < 0.12)) continue;
        if (c->role[i] == SYN_ROLE_TEXT && b->chars > 60 && !hinted) continue;
        tries++;
        syn_time t;
        syn_span at;
        if (!syn_read_find_date(r, b->text, &t, &at)) continue;
        double share = (double)(at.end - at.start) / (double)b->text.n;
        double score = 1.6 * near + 0.8 * share + (hinted ? 0.5 : 0);
        uint32_t id = 0;
        bool labelled = syn_read_label(r, SYN_LEX_PUBLISHED, b->text, &id) != 0;
        if (labelled && id == 0) score += 0.8;
        if (!t.date_only) score += 0.2;
        if (c->role[i] == SYN_ROLE_TITLE) score -= 0.8;
        if ((box->around | b->inner) & ELSEWHERE) score -= 1.0;
        if (box->in & (SYN_IN_ASIDE | SYN_IN_NAV | SYN_IN_FOOTER)) score -= 0.6;
        if ((labelled && id == 1) || (own & SYN_HINT_MODIFIED)) {
            offer(modified, t, score);
            score -= 0.4;
        }
        offer(published, t, score);
    }
}

/* A value in a script: "datePublished":"2025-12-03T..." as pages built by script carry it. */
static bool from_scripts(syn_reading *r, syn_str html, syn_time *out)
{
    static const char *const KEYS[] = {
        "\"datePublished\"",  "\"publishedAt\"",     "\"published_at\"", "\"publishDate\"",
        "\"publish_date\"",   "\"publicationDate\"", "\"pubDate\"",      "\"published_time\"",
        "\"date_published\"", "\"publishedDate\"",   "\"datetime\"",     "\"firstPublished\"",
        "\"pubdate\"",        "\"published\"",       "\"dateCreated\"",  "\"created_at\""};
    for (size_t k = 0; k < SYN_COUNT(KEYS); k++) {
        syn_str key = syn_str_of(KEYS[k]);
        size_t at = syn_find(html, key, 0);
        for (int tries = 0; at != SIZE_MAX && tries < 3; tries++, at = syn_find(html, key, at + 1)) {
            size_t i = at + key.n;
            while (i < html.n && (html.p[i] == ' ' || html.p[i] == ':')) i++;
            if (i >= html.n || html.p[i] != '"') continue;
            size_t end = syn_find_byte(syn_slice(html, 0, i + 48), '"', i + 1);
            if (end != SIZE_MAX && syn_read_time(r, syn_slice(html, i + 1, end), out)) return true;
        }
    }
    return false;
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
    best_date published = {SYN_NO_TIME, 0}, modified = {SYN_NO_TIME, 0};
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
    if (!done && from_scripts(r, html, &script)) done = take(&a->published, script);
    if (!done && published.score >= 0.5) done = take(&a->published, published.time);
    if (!done) done = take(&a->published, e->loose_published);
    if (!done)
        done = take(&a->published, published.time) || take(&a->published, e->meta_modified) ||
               take(&a->published, e->ld_modified) || take(&a->published, e->loose_modified) ||
               take(&a->published, modified.time);
    /* A time in UTC may fall on the neighbour of the day at the newsroom; the address tells that day. */
    if (done && in_url && a->published.zone == 0 && !a->published.date_only) {
        int64_t apart = syn_time_day(url) - syn_time_day(a->published);
        if (apart == 1 || apart == -1) a->published = url;
    }
    (void)(take(&a->modified, e->ld_modified) || take(&a->modified, e->meta_modified) ||
           take(&a->modified, e->prop_modified) || take(&a->modified, modified.time) ||
           take(&a->modified, e->loose_modified));
}
