/* pictures.c - stage 2: the article's pictures with caption and credit, and addresses made absolute. */
#include "reading.h"

enum { LONGEST_CAPTION = 400, LONGEST_CREDIT = 120 };

static syn_str scheme_of(syn_str address)
{
    for (size_t i = 0; i < address.n && i < 12; i++) {
        char c = address.p[i];
        if (c == ':') return syn_slice(address, 0, i);
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-')) break;
    }
    return (syn_str){0};
}

syn_str syn_read_resolve(syn_arena *arena, syn_str base, syn_str address)
{
    address = syn_trim(address);
    if (!address.n || address.n > SYN_MAX_URL) return (syn_str){0};
    syn_str scheme = scheme_of(address);
    if (scheme.n || !syn_starts_i(base, SYN_STR("http"))) return address;
    scheme = scheme_of(base);
    if (syn_starts(address, SYN_STR("//")))
        return syn_arena_format(arena, "%.*s:%.*s", SYN_FMT(scheme), SYN_FMT(address));
    size_t host = scheme.n + 3, path = syn_find_byte(base, '/', host);
    if (path == SIZE_MAX) path = base.n;
    if (address.p[0] == '/') return syn_arena_format(arena, "%.*s%.*s", (int)path, base.p, SYN_FMT(address));
    size_t end = path, query = syn_find_byte(base, '?', path);
    if (query == SIZE_MAX) query = base.n;
    for (size_t i = path; i < query && base.p[i] != '#'; i++) {
        if (base.p[i] == '/') end = i;
    }
    while (syn_starts(address, SYN_STR("./")) || syn_starts(address, SYN_STR("../"))) {
        bool up = address.p[1] == '.';
        address = syn_slice(address, up ? 3 : 2, address.n);
        if (!up) continue;
        while (end > path && base.p[end - 1] != '/') end--;
        if (end > path) end--;
    }
    return syn_arena_format(arena, "%.*s/%.*s", (int)end, base.p, SYN_FMT(address));
}

syn_str syn_read_base(syn_reading *r, const syn_evidence *e, syn_str url)
{
    return e->base.n ? syn_read_resolve(r->arena, url, e->base) : url;
}

static bool is_number(syn_str s, uint64_t *v)
{
    if (syn_ends(s, SYN_STR("px"))) s.n -= 2;
    return syn_parse_u64(s, v);
}

/* The address a browser would come to show: lazy loaders keep it aside. */
static syn_str address_of(const syn_node *n)
{
    static const char *const KEYS[] = {"data-src", "data-original", "data-lazy-src", "data-full-src", "src"};
    for (size_t i = 0; i < SYN_COUNT(KEYS); i++) {
        syn_str s = syn_trim(syn_html_attr(n, KEYS[i], NULL));
        if (s.n && !syn_starts_i(s, SYN_STR("data:")) && s.p[0] != '{') return s;
    }
    static const char *const SETS[] = {"srcset", "data-srcset"};
    for (size_t i = 0; i < SYN_COUNT(SETS); i++) {
        syn_str s = syn_trim(syn_html_attr(n, SETS[i], NULL));
        size_t end = syn_find_byte(s, ' ', 0);
        if (s.n && !syn_starts_i(s, SYN_STR("data:"))) return syn_slice(s, 0, end == SIZE_MAX ? s.n : end);
    }
    return (syn_str){0};
}

static bool is_small(const syn_node *n)
{
    uint64_t w = 1000, h = 1000;
    is_number(syn_html_attr(n, "width", NULL), &w);
    is_number(syn_html_attr(n, "height", NULL), &h);
    return w < 90 || h < 60;
}

/* A logo: it leads to the front page. */
static bool is_logo(const syn_node *n)
{
    for (int i = 0; n && i < 4; n = n->parent, i++) {
        if (syn_html_is(n, SYN_TAG_A)) return syn_read_leads_home(syn_html_attr(n, "href", NULL));
    }
    return false;
}

/* The nearest box that is a figure or hints at one with a caption: at most a few levels up. */
static uint32_t figure_of(const syn_layout *l, uint32_t box)
{
    uint32_t at = box;
    for (int i = 0; i < 6 && at != SYN_NONE; i++, at = l->boxes[at].parent) {
        const syn_box *b = &l->boxes[at];
        if (syn_html_is(b->node, SYN_TAG_FIGURE)) return at;
        if (b->block1 - b->block0 > 6) break;
        for (uint32_t k = b->block0; k < b->block1; k++) {
            uint32_t hints = l->boxes[l->blocks[k].box].hints | l->blocks[k].inner;
            if ((hints & SYN_HINT_CAPTION) || (l->boxes[l->blocks[k].box].in & SYN_IN_CAPTION)) return at;
        }
    }
    return SYN_NONE;
}

/* The block right after a picture that ends in its credit, as pages without figures print a caption; SYN_NONE. */
static uint32_t caption_of(syn_reading *r, const syn_layout *l, size_t image)
{
    uint32_t k = l->image_block[image];
    if (k >= l->nblocks || l->blocks[k].heading || l->blocks[k].chars > LONGEST_CAPTION) return SYN_NONE;
    syn_str credit;
    syn_read_credit(r, l->blocks[k].text, &credit);
    return credit.n && credit.n <= LONGEST_CREDIT ? k : SYN_NONE;
}

void syn_read_captions(syn_reading *r, const syn_layout *l, syn_content *c)
{
    for (size_t i = 0; i < l->nimages; i++) {
        if (l->image_block[i] < c->first || l->image_block[i] >= c->last) continue;
        if (c->role[l->image_block[i]] != SYN_ROLE_TEXT) continue;
        uint32_t k = caption_of(r, l, i);
        if (k != SYN_NONE) c->role[k] = SYN_ROLE_OUT;
    }
    while (c->first < c->last && c->role[c->first] == SYN_ROLE_OUT) c->first++;
    while (c->last > c->first && c->role[c->last - 1] == SYN_ROLE_OUT) c->last--;
}

static void describe(syn_reading *r, const syn_layout *l, uint32_t figure, size_t at, syn_image *out)
{
    const syn_node *img = l->images[at];
    syn_buf text = {.max = 4000};
    uint32_t beside = figure == SYN_NONE ? caption_of(r, l, at) : SYN_NONE;
    if (beside != SYN_NONE) syn_buf_add(&text, l->blocks[beside].text);
    if (figure != SYN_NONE) {
        const syn_box *f = &l->boxes[figure];
        for (uint32_t k = f->block0; k < f->block1 && k < f->block0 + 6; k++) {
            const syn_block *b = &l->blocks[k];
            uint32_t hints = l->boxes[b->box].hints | b->inner;
            if ((hints & SYN_HINT_CREDIT) && text.n && b->chars < 120) {
                size_t label = syn_read_label(r, SYN_LEX_CREDIT | SYN_LEX_SOURCE, b->text, NULL);
                out->credit = syn_slice(b->text, label < b->text.n ? label : 0, b->text.n);
                continue;
            }
            if (text.n) syn_buf_c(&text, ' ');
            syn_buf_add(&text, b->text);
        }
    }
    syn_str caption = syn_buf_str(&text);
    if (!caption.n) caption = syn_html_attr(img, "alt", NULL);
    caption = syn_read_collapse(r->arena, caption);
    syn_str credit;
    out->caption = syn_read_credit(r, caption, &credit);
    if (!out->credit.n) out->credit = credit;
    syn_buf_free(&text);
}

void syn_read_pictures(syn_reading *r, const syn_layout *l, const syn_evidence *e, const syn_content *c, syn_article *a)
{
    a->images = SYN_NEW_ARRAY(r->arena, syn_image, (l->nimages < SYN_MAX_IMAGES ? l->nimages : SYN_MAX_IMAGES) + 1);
    if (!a->images) return;
    syn_str base = syn_read_base(r, e, a->url);
    uint32_t from = c->title_block != SYN_NONE && c->title_block < c->first ? c->title_block : c->first;
    for (size_t i = 0; i < l->nimages && a->nimages < SYN_MAX_IMAGES; i++) {
        const syn_box *box = &l->boxes[l->image_box[i]];
        if (l->image_block[i] < from || l->image_block[i] > c->last || c->last == c->first) continue;
        if ((box->around & SYN_HINTS_AGAINST & ~(uint32_t)(SYN_HINT_SIDE | SYN_HINT_SHARE)) ||
            (box->in & (SYN_IN_NAV | SYN_IN_ASIDE | SYN_IN_FOOTER)))
            continue;
        if (is_small(l->images[i]) || is_logo(l->images[i]) || (box->around & SYN_HINT_AUTHOR)) continue;
        syn_str src = syn_read_resolve(r->arena, base, address_of(l->images[i]));
        uint32_t figure = figure_of(l, l->image_box[i]);
        if (!src.n || (figure == SYN_NONE && box->links && l->image_block[i] >= c->last)) continue;
        bool seen = false;
        for (size_t k = 0; k < a->nimages && !seen; k++) seen = syn_str_eq(a->images[k].src, src);
        if (seen) continue;
        syn_image *image = &a->images[a->nimages++];
        *image = (syn_image){.src = src};
        describe(r, l, figure, i, image);
    }
    if (!a->nimages && e->image.n) {
        a->images[a->nimages++] = (syn_image){syn_read_resolve(r->arena, base, e->image), e->image_caption,
                                              e->image_credit};
    }
}
