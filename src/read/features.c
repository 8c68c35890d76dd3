/* features.c - stage 2: what is looked at in a block of text to tell whether it is of the article, and the judgement by
   boosted trees learned from labelled press pages (block_model.inc says which). */
#include <math.h>

#include "content.h"

#if __has_include("block_model.inc")
#include "block_model.inc"
#define HAVE_MODEL 1
#endif

/* Letters and digits alone, folded: what two printings of a sentence share. */
static syn_str skeleton(syn_arena *arena, syn_str s)
{
    char *p = syn_alloc(arena, s.n + 1);
    if (!p) return (syn_str){"", 0};
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
                p[n++] = (char)c;
            else if (c >= 'A' && c <= 'Z')
                p[n++] = (char)(c + 32);
            i++;
            continue;
        }
        uint32_t cp;
        size_t step = syn_utf8_next(s, i, &cp);
        if (syn_char_of(cp)->flags & (SYN_CH_LETTER | SYN_CH_MARK | SYN_CH_DIGIT)) {
            memcpy(p + n, s.p + i, step);
            n += step;
        }
        i += step;
    }
    return (syn_str){p, n};
}

enum { SHINGLE = 24, STRIDE = 8, MAX_LINE = 1200, MAX_SEARCHES = 500 };

/* Which blocks stand in the body that JSON-LD tells: by hashed pieces of SHINGLE bytes, so that each byte of either is
   read a fixed number of times. */
static void find_told(syn_judge *j)
{
    const syn_layout *l = j->l;
    memset(j->told, -1, l->nblocks);
    if (j->e->ld_body.n < 200) return;
    syn_arena *arena = j->r->arena;
    syn_str body = skeleton(arena, j->e->ld_body);
    if (body.n < 100) return;
    size_t cap = 1024;
    while (cap < body.n * 2) cap *= 2;
    if (cap > (size_t)1 << 22) return;
    uint32_t *seen = SYN_NEW_ARRAY(arena, uint32_t, cap);
    if (!seen) return;
    for (size_t i = 0; i + SHINGLE <= body.n; i++) {
        uint64_t h = syn_hash(syn_slice(body, i, i + SHINGLE), 7);
        seen[h & (cap - 1)] = (uint32_t)(h >> 32) | 1;
    }
    size_t searches = 0;
    for (uint32_t i = 0; i < l->nblocks; i++) {
        if (!syn_read_candidate(j, i)) continue;
        syn_str s = skeleton(arena, l->blocks[i].text);
        if (s.n < SHINGLE) {
            j->told[i] = s.n >= 10 && searches++ < MAX_SEARCHES && syn_find(body, s, 0) != SIZE_MAX;
            continue;
        }
        size_t hit = 0, all = 0;
        for (size_t k = 0; k + SHINGLE <= s.n; k += STRIDE, all++) {
            uint64_t h = syn_hash(syn_slice(s, k, k + SHINGLE), 7);
            hit += seen[h & (cap - 1)] == ((uint32_t)(h >> 32) | 1);
        }
        j->told[i] = hit * 10 >= all * 6;
    }
}

static uint32_t depth_of(const syn_layout *l, uint32_t box)
{
    uint32_t depth = 0;
    while (l->boxes[box].parent != SYN_NONE) box = l->boxes[box].parent, depth++;
    return depth;
}

/* Where most of what is worth something stands side by side. */
static void find_core(syn_judge *j)
{
    const syn_layout *l = j->l;
    double *own = SYN_NEW_ARRAY(j->r->arena, double, l->nboxes + 1);
    j->core = j->root;
    for (uint32_t i = 0; own && i < l->nblocks; i++) {
        if (j->worth[i] <= 0) continue;
        uint32_t home = syn_read_home(l, &l->blocks[i]);
        if (home == SYN_NONE) continue;
        own[home] += j->worth[i];
        if (own[home] > own[j->core]) j->core = home;
    }
    j->core_depth = depth_of(l, j->core);
}

syn_code syn_read_judge_start(syn_judge *j)
{
    const syn_layout *l = j->l;
    syn_arena *arena = j->r->arena;
    j->line = syn_alloc(arena, l->nblocks + 1);
    j->told = syn_alloc(arena, l->nblocks + 1);
    j->again = SYN_NEW_ARRAY(arena, bool, l->nblocks + 1);
    if (!j->line || !j->told || !j->again) return syn_fail(j->r->err, SYN_ENOMEM, 0, "no memory for the page's blocks");
    const syn_box *root = &l->boxes[j->root];
    j->first_good = root->block1;
    j->last_good = root->block0;
    for (uint32_t i = root->block0; i < root->block1; i++) {
        if (j->worth[i] < 60) continue;
        if (j->first_good == root->block1) j->first_good = i;
        j->last_good = i;
    }
    j->root_total = j->sum[root->block1] - j->sum[root->block0];
    j->from = root->block0 > SYN_AROUND_ROOT ? root->block0 - SYN_AROUND_ROOT : 0;
    j->to = root->block1 + SYN_AROUND_ROOT < l->nblocks ? root->block1 + SYN_AROUND_ROOT : (uint32_t)l->nblocks;
    syn_map seen = {.arena = arena};
    for (size_t i = 0; i < l->nblocks; i++) {
        const syn_block *b = &l->blocks[i];
        syn_str rest;
        if (!syn_read_candidate(j, (uint32_t)i)) continue;
        j->line[i] = b->text.n <= MAX_LINE ? (uint8_t)syn_read_line(j->r, b->text, &rest) : SYN_LINE_TEXT;
        uint64_t *n = b->chars >= 20 ? syn_map_add(&seen, b->text) : NULL;
        if (n) j->again[i] = (*n)++ > 0;
    }
    find_told(j);
    find_core(j);
    return arena->failed ? syn_fail(j->r->err, SYN_ENOMEM, 0, "no memory for the page's blocks") : SYN_OK;
}

static const syn_box *above(const syn_layout *l, const syn_box *b)
{
    return b->parent == SYN_NONE ? b : &l->boxes[b->parent];
}

static double total(const syn_judge *j, const syn_box *b)
{
    return j->sum[b->block1] - j->sum[b->block0];
}

void syn_read_features(const syn_judge *j, uint32_t i, float f[SYN_FEATURES])
{
    const syn_layout *l = j->l;
    const syn_block *b = &l->blocks[i];
    const syn_box *box = &l->boxes[b->box], *up = above(l, box), *upup = above(l, up), *root = &l->boxes[j->root];
    uint32_t near = (box->hints | b->inner | up->hints) & ~j->deaf, around = (box->around | b->inner) & ~j->deaf,
             in = box->in;
    double chars = b->chars ? b->chars : 1;
    size_t n = 0;
    f[n++] = (float)(b->chars);
    f[n++] = (float)(b->linked / chars);
    f[n++] = (float)(b->strong / chars);
    f[n++] = b->ends;
    f[n++] = b->stops;
    f[n++] = (float)(b->commas / chars * 100);
    f[n++] = b->words;
    f[n++] = b->heading;
    f[n++] = (float)(b->digits / chars);
    f[n++] = b->item;
    f[n++] = b->after_break;
    unsigned tag = box->node->tag;
    f[n++] = tag == SYN_TAG_P ? 1 : tag == SYN_TAG_DIV ? 2 : tag == SYN_TAG_LI ? 3 : tag == SYN_TAG_TD ? 4 : 0;
    for (unsigned bit = 0; bit < 19; bit++) f[n++] = (float)(in >> bit & 1);
    static const uint32_t LOOKED_AT[] = {SYN_HINT_NAV,   SYN_HINT_SHARE,  SYN_HINT_RELATED, SYN_HINT_COMMENT,
                                         SYN_HINT_AD,    SYN_HINT_SIGNUP, SYN_HINT_META,    SYN_HINT_CAPTION,
                                         SYN_HINT_SIDE,  SYN_HINT_LEAD,   SYN_HINT_TITLE,   SYN_HINT_AUTHOR,
                                         SYN_HINT_DATE,  SYN_HINT_HIDDEN, SYN_HINT_FOOT,    SYN_HINT_TAGS,
                                         SYN_HINT_MEDIA, SYN_HINT_NOTICE, SYN_HINT_BODY};
    for (size_t k = 0; k < SYN_COUNT(LOOKED_AT); k++) {
        f[n++] = (float)((near & LOOKED_AT[k] ? 2 : 0) + (around & LOOKED_AT[k] ? 1 : 0));
    }
    bool inside = i >= root->block0 && i < root->block1;
    f[n++] = inside;
    f[n++] = (float)(j->worth[i]);
    f[n++] = (float)(total(j, box));
    f[n++] = (float)(total(j, up));
    f[n++] = (float)(total(j, upup));
    f[n++] = (float)(j->root_total > 0 ? total(j, up) / j->root_total : 0);
    f[n++] = (float)(j->root_total > 0 ? total(j, upup) / j->root_total : 0);
    f[n++] = up->parent == j->root ? 1 : b->box == j->root || box->parent == j->root ? 2 : 0;
    f[n++] = (float)(up->block1 - up->block0);
    f[n++] = (float)(box->block1 - box->block0);
    f[n++] = (float)(up->links);
    for (int d = -2; d <= 2; d++) {
        if (d == 0) continue;
        int64_t k = (int64_t)i + d;
        bool there = k >= 0 && k < (int64_t)l->nblocks;
        const syn_block *o = there ? &l->blocks[k] : NULL;
        f[n++] = there ? (float)(j->worth[k]) : -9;
        f[n++] = there && o->chars ? (float)o->linked / (float)o->chars : 0;
        f[n++] = there ? (float)(o->heading ? 1 : 0) + (o->box == b->box ? 2.0F : 0.0F) : -1;
    }
    uint32_t from = i > 4 ? i - 4 : 0, to = i + 5 < l->nblocks ? i + 5 : (uint32_t)l->nblocks;
    f[n++] = (float)(j->sum[to] - j->sum[from]);
    f[n++] = (float)(j->sum[i] - j->sum[from]);
    f[n++] = (float)(j->sum[to] - j->sum[i + 1]);
    f[n++] = i < j->first_good ? -(float)(j->first_good - i) : i > j->last_good ? (float)(i - j->last_good) : 0;
    f[n++] = (float)((double)i / (double)l->nblocks);
    f[n++] = j->title == SYN_NONE ? 0 : i < j->title ? -(float)(j->title - i) : (float)(i - j->title);
    f[n++] = j->root_total > 0 ? (float)((j->sum[i] - j->sum[root->block0]) / j->root_total) : 0;
    f[n++] = j->line[i];
    f[n++] = j->told[i];
    f[n++] = j->again[i];
    f[n++] = (float)(j->root_total);
    f[n++] = j->title != SYN_NONE && syn_str_ieq(b->text, l->blocks[j->title].text);
    uint32_t cp = 0;
    if (b->text.n) syn_utf8_next(b->text, 0, &cp);
    f[n++] = (float)((syn_char_of(cp)->flags & SYN_CH_LOWER ? 1 : 0) +
                     (syn_char_of(cp)->flags & SYN_CH_LETTER ? 0 : 2));
    f[n++] = syn_find_byte(b->text, '|', 0) != SIZE_MAX || syn_find(b->text, SYN_STR("\xC2\xA9"), 0) != SIZE_MAX;
    /* How far up from the block, and from there down, the core is. */
    const syn_box *core = &l->boxes[j->core];
    uint32_t at = b->box, climbed = 0;
    while (!(at <= j->core && l->boxes[at].end > j->core) && l->boxes[at].parent != SYN_NONE) {
        at = l->boxes[at].parent;
        climbed++;
    }
    f[n++] = (float)climbed;
    f[n++] = (float)j->core_depth - (float)depth_of(l, at);
    f[n++] = i < core->block0 ? (float)i - (float)core->block0 : i >= core->block1 ? (float)(i - core->block1 + 1) : 0;
    f[n++] = j->root_total > 0 ? (float)(total(j, core) / j->root_total) : 0;
    while (n < SYN_FEATURES) f[n++] = 0;
}

#ifdef HAVE_MODEL
/* A score this far out is not turned by the trees that are left: most blocks are plainly one or the other. */
#define SETTLED 4.5
enum { SETTLED_EVERY = 8 };

static double model(const float *f)
{
    double score = MODEL_BASE;
    for (size_t t = 0; t < SYN_COUNT(MODEL_TREES); t++) {
        const model_node *nodes = &MODEL_NODES[MODEL_TREES[t]];
        unsigned at = 0;
        while (nodes[at].feature >= 0) at = f[nodes[at].feature] <= nodes[at].value ? at + 1 : nodes[at].right;
        score += nodes[at].value;
        if (t % SETTLED_EVERY == SETTLED_EVERY - 1 && fabs(score) > SETTLED) break;
    }
    return 1 / (1 + exp(-score));
}
#endif

double syn_read_judge(const syn_judge *j, uint32_t i)
{
    const syn_box *root = &j->l->boxes[j->root];
#ifdef HAVE_MODEL
    float f[SYN_FEATURES];
    syn_read_features(j, i, f);
    (void)root;
    return model(f);
#else
    bool inside = i >= root->block0 && i < root->block1;
    if (!inside) return 0;
    if (j->line[i] != SYN_LINE_TEXT) return 0;
    if (j->l->blocks[i].heading) return 0.6;
    return j->worth[i] > 20 ? 0.9 : 0.1;
#endif
}
