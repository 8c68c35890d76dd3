/* foreign.c - stage 1: SVG and MathML within HTML (section 13.2.6.5). */
#include "internal.h"

/* SVG's names in mixed case, sorted by their lower case. */
static const char *const svg_tags[] = {
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "clipPath",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "foreignObject",
    "glyphRef",
    "linearGradient",
    "radialGradient",
    "textPath",
};

static const char *const svg_attrs[] = {
    "attributeName",
    "attributeType",
    "baseFrequency",
    "baseProfile",
    "calcMode",
    "clipPathUnits",
    "diffuseConstant",
    "edgeMode",
    "filterUnits",
    "glyphRef",
    "gradientTransform",
    "gradientUnits",
    "kernelMatrix",
    "kernelUnitLength",
    "keyPoints",
    "keySplines",
    "keyTimes",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "numOctaves",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "refX",
    "refY",
    "repeatCount",
    "repeatDur",
    "requiredExtensions",
    "requiredFeatures",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "systemLanguage",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "viewBox",
    "viewTarget",
    "xChannelSelector",
    "yChannelSelector",
    "zoomAndPan",
};

static int compare_folded(syn_str lower, const char *mixed)
{
    size_t n = strlen(mixed), i = 0;
    for (; i < lower.n && i < n; i++) {
        int d = (unsigned char)lower.p[i] - (unsigned char)to_lower(mixed[i]);
        if (d) return d;
    }
    return lower.n < n ? -1 : lower.n > n;
}

static void fix_case(syn_str *name, const char *const *table, size_t n)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int d = compare_folded(*name, table[mid]);
        if (d == 0) {
            *name = syn_str_of(table[mid]);
            return;
        }
        if (d < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
}

static void fix_prefix(syn_attr *a)
{
    static const struct {
        const char *name, *prefix;
        uint8_t local; /* where the local name begins */
    } foreign[] = {
        {"xlink:actuate", "xlink", 6}, {"xlink:arcrole", "xlink", 6}, {"xlink:href", "xlink", 6},
        {"xlink:role", "xlink", 6},    {"xlink:show", "xlink", 6},    {"xlink:title", "xlink", 6},
        {"xlink:type", "xlink", 6},    {"xml:lang", "xml", 4},        {"xml:space", "xml", 4},
        {"xmlns", "xmlns", 0},         {"xmlns:xlink", "xmlns", 6},
    };
    if (!a->name.n || a->name.p[0] != 'x') return;
    for (size_t i = 0; i < SYN_COUNT(foreign); i++) {
        if (!syn_str_is(a->name, foreign[i].name)) continue;
        a->prefix = foreign[i].prefix;
        a->name = syn_slice(a->name, foreign[i].local, a->name.n);
        return;
    }
}

syn_node *syn_foreign_insert(parser *p, syn_ns ns)
{
    token *k = &p->t.tok;
    if (ns == SYN_NS_SVG) fix_case(&k->text, svg_tags, SYN_COUNT(svg_tags));
    for (uint32_t i = 0; i < k->nattrs; i++) {
        syn_attr *a = &k->attrs[i];
        if (ns == SYN_NS_SVG)
            fix_case(&a->name, svg_attrs, SYN_COUNT(svg_attrs));
        else if (syn_str_is(a->name, "definitionurl"))
            a->name = SYN_STR("definitionURL");
        fix_prefix(a);
    }
    syn_node *n = syn_node_element(p, ns);
    syn_node_put(syn_place(p, NULL), n);
    syn_open_push(p, n);
    return n;
}

static bool is_math_text(const syn_node *n)
{
    if (n->ns != SYN_NS_MATHML) return false;
    return n->tag == SYN_TAG_MI || n->tag == SYN_TAG_MO || n->tag == SYN_TAG_MN || n->tag == SYN_TAG_MS ||
           n->tag == SYN_TAG_MTEXT;
}

static bool is_annotation(const syn_node *n)
{
    return n->ns == SYN_NS_MATHML && n->tag == SYN_TAG_ANNOTATION_XML;
}

/* HTML integration points. */
static bool takes_html(const syn_node *n)
{
    if (n->ns == SYN_NS_SVG) {
        return n->tag == SYN_TAG_FOREIGNOBJECT || n->tag == SYN_TAG_DESC || n->tag == SYN_TAG_TITLE;
    }
    if (!is_annotation(n)) return false;
    syn_str encoding = syn_html_attr(n, "encoding", NULL);
    return syn_str_ieq(encoding, SYN_STR("text/html")) || syn_str_ieq(encoding, SYN_STR("application/xhtml+xml"));
}

bool syn_foreign_is_next(const parser *p)
{
    if (!p->nopen) return false;
    const syn_node *n = adjusted_node(p);
    const token *k = &p->t.tok;
    if (n->ns == SYN_NS_HTML || k->type == TOKEN_EOF) return false;
    bool start = k->type == TOKEN_START, text = k->type == TOKEN_TEXT;
    if (is_math_text(n) && (text || (start && k->tag != SYN_TAG_MGLYPH && k->tag != SYN_TAG_MALIGNMARK))) return false;
    if (is_annotation(n) && start && k->tag == SYN_TAG_SVG) return false;
    return !(takes_html(n) && (start || text));
}

static bool breaks_out(const token *k)
{
    if (k->type == TOKEN_END) return k->tag == SYN_TAG_BR || k->tag == SYN_TAG_P;
    if (syn_tag_traits(k->tag) & TRAIT_BREAKOUT) return true;
    if (k->tag != SYN_TAG_FONT) return false;
    for (uint32_t i = 0; i < k->nattrs; i++) {
        syn_str name = k->attrs[i].name;
        if (syn_str_is(name, "color") || syn_str_is(name, "face") || syn_str_is(name, "size")) return true;
    }
    return false;
}

static void foreign_end(parser *p)
{
    const token *k = &p->t.tok;
    /* An end tag that matches nothing near is dropped: to look through all that is open would cost their number. */
    for (uint32_t at = p->nopen, steps = 0; --at > 0 && steps < 256; steps++) {
        const syn_node *n = p->open[at].node;
        if (n->ns == SYN_NS_HTML) {
            syn_process(p, p->mode);
            return;
        }
        if (n->tag == k->tag && (k->tag != SYN_TAG_UNKNOWN || syn_str_ieq(n->text, k->text))) {
            syn_open_pop_to(p, at);
            return;
        }
    }
}

static void foreign_text(parser *p)
{
    token *k = &p->t.tok;
    syn_str kept = k->text;
    if (p->frameset_ok) {
        for (size_t i = 0; i < kept.n && p->frameset_ok; i++) {
            if (kept.p[i] && !is_space(kept.p[i])) p->frameset_ok = false;
        }
    }
    while (kept.n) {
        size_t n = k->has_nul ? syn_find_byte(kept, '\0', 0) : SIZE_MAX;
        if (n == SIZE_MAX) n = kept.n;
        syn_insert_text(p, (syn_str){kept.p, n});
        if (n < kept.n) {
            syn_insert_text(p, SYN_STR("\xEF\xBF\xBD"));
            n++;
        }
        kept = syn_slice(kept, n, kept.n);
    }
}

void syn_foreign_content(parser *p)
{
    const token *k = &p->t.tok;
    switch (k->type) {
    case TOKEN_TEXT:
        foreign_text(p);
        return;
    case TOKEN_COMMENT:
        syn_insert_comment(p, NULL);
        return;
    case TOKEN_DOCTYPE:
    case TOKEN_EOF:
        return;
    case TOKEN_START:
    case TOKEN_END:
        break;
    }
    if (breaks_out(k)) {
        for (;;) {
            const syn_node *n = current_node(p);
            if (p->nopen == 1 || n->ns == SYN_NS_HTML || is_math_text(n) || takes_html(n)) break;
            syn_open_pop(p);
        }
        syn_process(p, p->mode);
    } else if (k->type == TOKEN_END) {
        foreign_end(p);
    } else {
        syn_foreign_insert(p, (syn_ns)adjusted_node(p)->ns);
        if (k->self_closing) syn_open_pop(p);
    }
}
