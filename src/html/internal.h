/* internal.h - stage 1: what the files of the parser share.  Algorithms: the WHATWG HTML standard, section 13.2. */
#ifndef SYN_HTML_INTERNAL_H
#define SYN_HTML_INTERNAL_H

#include "html.h"

/* ---- tags.c: what is known of each name ---- */

enum {                         /* bits of syn_tag_traits */
       TRAIT_SPECIAL = 1,      /* the standard's category "special" */
       TRAIT_SCOPE = 2,        /* ends every scope */
       TRAIT_IMPLIED = 4,      /* its end tag may be implied */
       TRAIT_THOROUGH = 8,     /* ... also when implied end tags are generated thoroughly */
       TRAIT_TABLE_SCOPE = 16, /* ends table scope: html, table, template */
       TRAIT_LIST_SCOPE = 32,  /* ends list item scope beside the others: ol, ul */
       TRAIT_MODE = 64,        /* decides the insertion mode when it is reset */
       TRAIT_FOSTER = 128,     /* content that does not belong in it is foster-parented */
       TRAIT_BREAKOUT = 256    /* its start tag leaves foreign content */
};

/* A tag name of at most 16 bytes as two words, first byte lowest. */
typedef struct tag_key {
    uint64_t low, high;
} tag_key;

syn_tag syn_tag_find(tag_key key);
syn_str syn_tag_name(syn_tag tag);
uint16_t syn_tag_traits(syn_tag tag);

/* ---- the tokenizer ---- */

typedef enum token_type { TOKEN_EOF, TOKEN_TEXT, TOKEN_START, TOKEN_END, TOKEN_COMMENT, TOKEN_DOCTYPE } token_type;

/* How the text up to the next markup is read. */
typedef enum text_mode { TEXT_DATA, TEXT_RCDATA, TEXT_RAW, TEXT_SCRIPT, TEXT_PLAIN } text_mode;

typedef struct token {
    token_type type;
    syn_tag tag;
    bool self_closing;
    bool has_nul;      /* text that still holds U+0000 */
    bool force_quirks; /* doctype */
    bool has_public, has_system;
    syn_str text; /* tag or doctype name in lower case, characters, comment */
    syn_str public_id, system_id;
    syn_attr *attrs; /* the tokenizer's own, overwritten by the next tag */
    uint32_t nattrs;
} token;

typedef struct tokenizer {
    syn_arena *arena;
    const char *p;
    size_t n, at;
    /* The next such byte at or after the place last asked about, so that each is searched for once. */
    size_t next_lt, next_amp, next_cr, next_nul;
    text_mode mode;
    syn_tag raw_tag;  /* whose end tag ends RCDATA, raw text and script data */
    bool allow_cdata; /* set by the tree builder: the adjusted current node is foreign */
    bool failed;      /* out of memory */
    syn_buf scratch;  /* decoded text on its way to the arena */
    syn_attr *attrs;  /* SYN_MAX_ATTRIBUTES of them */
    uint32_t *hashes; /* of their names */
    token tok;
} tokenizer;

syn_code syn_tokenizer_open(tokenizer *t, syn_arena *arena, syn_str input);
void syn_tokenizer_close(tokenizer *t);
/* Read the next token into t->tok. */
void syn_tokenizer_next(tokenizer *t);

/* text.c: raw characters [start, end) of the input to what they stand for; the input's own bytes where nothing changes.
 */
enum { DECODE_REFS = 1, DECODE_IN_ATTRIBUTE = 2, DECODE_REPLACE_NUL = 4, DECODE_LOWER = 8 };
syn_str syn_text_decode(tokenizer *t, size_t start, size_t end, unsigned how);
/* Where raw text, RCDATA or script data that starts at `at` ends: before its end tag or at the input's end. */
size_t syn_text_raw_end(tokenizer *t, size_t at);
/* markup.c: at stands after "<!", "<?" or "</" and what follows is no tag. */
void syn_markup_declaration(tokenizer *t);
void syn_markup_bogus(tokenizer *t);

/* entities.c: decode the character reference at s[at] (a '&') to out; returns the bytes it takes, 0 if it is none. */
size_t syn_entity_decode(syn_str s, size_t at, bool in_attribute, syn_buf *out);

/* First offset >= at of c in the input or n, remembered in *next. */
static inline size_t tokenizer_find(const tokenizer *t, size_t *next, size_t at, char c)
{
    if (*next < at) {
        const char *hit = at < t->n ? memchr(t->p + at, c, t->n - at) : NULL;
        *next = hit ? (size_t)(hit - t->p) : t->n;
    }
    return *next;
}

static inline bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}
static inline bool is_alpha(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}
static inline char to_lower(char c)
{
    return (unsigned char)(c - 'A') < 26 ? (char)(c + 32) : c;
}

/* ---- the tree builder ---- */

typedef enum insertion_mode {
    MODE_INITIAL,
    MODE_BEFORE_HTML,
    MODE_BEFORE_HEAD,
    MODE_IN_HEAD,
    MODE_IN_HEAD_NOSCRIPT,
    MODE_AFTER_HEAD,
    MODE_IN_BODY,
    MODE_TEXT,
    MODE_IN_TABLE,
    MODE_IN_TABLE_TEXT,
    MODE_IN_CAPTION,
    MODE_IN_COLUMN_GROUP,
    MODE_IN_TABLE_BODY,
    MODE_IN_ROW,
    MODE_IN_CELL,
    MODE_IN_TEMPLATE,
    MODE_AFTER_BODY,
    MODE_IN_FRAMESET,
    MODE_AFTER_FRAMESET,
    MODE_AFTER_AFTER_BODY,
    MODE_AFTER_AFTER_FRAMESET
} insertion_mode;

/* What ends a search down the stack of open elements. */
typedef enum stop_kind {
    STOP_SCOPE,
    STOP_BUTTON,
    STOP_LIST,
    STOP_TABLE,
    STOP_SPECIAL, /* any other end tag */
    STOP_ITEM,    /* special but address, div, p: li, dd and dt */
    STOP_MODE,    /* resetting the insertion mode */
    STOP_KINDS
} stop_kind;

#define NOT_OPEN UINT32_MAX

typedef struct open_element {
    syn_node *node;
    uint32_t same;             /* the next lower one of the same tag in HTML's namespace, or NOT_OPEN */
    uint32_t stop[STOP_KINDS]; /* the topmost one up to here that ends such a search */
} open_element;

typedef struct formatting {
    syn_node *node; /* NULL: a marker */
    uint32_t pos;   /* where it stood on the stack of open elements */
} formatting;

#define MAX_FORMATTING 256 /* entries of the list of active formatting elements; the oldest goes first */

typedef struct parser {
    tokenizer t;
    syn_arena *arena;
    syn_document *doc;
    const syn_html_options *options;
    insertion_mode mode, original_mode;
    bool again; /* the token is to be processed once more, by what is now the mode */
    bool stopped;
    bool failed; /* out of memory: the tree is given up */
    bool frameset_ok, foster, skip_newline;
    syn_node *form;
    syn_node *context;   /* fragment algorithm */
    uint32_t depth_risk; /* how much deeper than the stack the tree may be */

    open_element *open;
    uint32_t nopen, open_cap, max_open;
    uint32_t last_open[SYN_TAG_COUNT]; /* topmost of each tag, HTML's namespace */

    formatting list[MAX_FORMATTING];
    uint32_t nlist;
    size_t clones_left; /* elements that reconstruction may still make */

    uint8_t *template_modes;
    size_t ntemplates, template_cap;

    syn_str *pending; /* table text */
    size_t npending, pending_cap;

    syn_node *block; /* nodes allocated ahead */
    uint32_t block_left, block_size;
    syn_node spare; /* stands in for a node that could not be had */
} parser;

/* Where a node is put: before `before`, or last in parent. */
typedef struct place {
    syn_node *parent, *before;
} place;

/* Make *items hold at least need; old content kept.  False (and p->failed) on failure.  The block is malloc's. */
bool syn_parser_grow(parser *p, void *items, size_t *cap, size_t need, size_t size);

/* stack.c */
void syn_open_push(parser *p, syn_node *n);
void syn_open_pop(parser *p);
void syn_open_pop_to(parser *p, uint32_t count);   /* until only count are left; at least the root stays */
void syn_open_pop_through(parser *p, syn_tag tag); /* up to and with the topmost such element */
void syn_open_remove(parser *p, uint32_t index);
void syn_open_insert(parser *p, uint32_t index, syn_node *n);
uint32_t syn_open_find(const parser *p, const syn_node *n); /* or NOT_OPEN; O(depth) */
bool syn_open_has(const parser *p, syn_tag tag, stop_kind kind);
bool syn_open_has_heading(const parser *p);
void syn_open_imply_ends(parser *p, syn_tag except);
void syn_open_imply_ends_thoroughly(parser *p);
void syn_open_close_p(parser *p); /* where one is in button scope */
bool syn_node_is_special(const syn_node *n);

static inline syn_node *current_node(const parser *p)
{
    return p->open[p->nopen - 1].node;
}
static inline bool current_is(const parser *p, syn_tag tag)
{
    return syn_html_is(current_node(p), tag);
}
static inline syn_node *adjusted_node(const parser *p)
{
    return p->context && p->nopen == 1 ? p->context : current_node(p);
}
static inline bool is_open(const parser *p, syn_tag tag)
{
    return p->last_open[tag] != NOT_OPEN;
}

/* formatting.c */
void syn_formatting_push(parser *p, syn_node *n);
void syn_formatting_marker(parser *p);
void syn_formatting_clear(parser *p); /* up to the last marker */
void syn_formatting_remove(parser *p, const syn_node *n);
void syn_formatting_reconstruct(parser *p);
syn_node *syn_formatting_last(const parser *p, syn_tag tag);  /* after the last marker, or NULL */
uint32_t syn_formatting_pos(const parser *p, uint32_t index); /* of a list entry on the stack, or NOT_OPEN */
void syn_adopt(parser *p, syn_tag tag);
void syn_any_other_end(parser *p);

/* insert.c */
syn_node *syn_node_new(parser *p, syn_node_type type);
syn_node *syn_node_clone(parser *p, const syn_node *n);
syn_node *syn_node_element(parser *p, syn_ns ns); /* of the token */
void syn_node_put(place at, syn_node *n);
void syn_node_detach(syn_node *n);
place syn_place(const parser *p, syn_node *target); /* target NULL: the current node */
syn_node *syn_insert_element(parser *p);            /* the token's, in HTML; pushed */
syn_node *syn_insert_named(parser *p, syn_tag tag); /* one without attributes, as if its start tag had come; pushed */
void syn_insert_void(parser *p);
void syn_insert_text(parser *p, syn_str text);
syn_str syn_text_without_nul(parser *p);              /* the token's */
void syn_insert_comment(parser *p, syn_node *parent); /* parent NULL: the appropriate place */
void syn_insert_raw(parser *p, text_mode mode);       /* an element whose content is text */
void syn_add_missing_attrs(parser *p, syn_node *n);

/* The modes: head.c, body.c, table.c, after.c, foreign.c. */
void syn_mode_initial(parser *p);
void syn_mode_before_html(parser *p);
void syn_mode_before_head(parser *p);
void syn_mode_in_head(parser *p);
void syn_mode_in_head_noscript(parser *p);
void syn_mode_after_head(parser *p);
void syn_mode_in_body(parser *p);
void syn_mode_text(parser *p);
void syn_mode_in_table(parser *p);
void syn_mode_in_table_text(parser *p);
void syn_mode_in_caption(parser *p);
void syn_mode_in_column_group(parser *p);
void syn_mode_in_table_body(parser *p);
void syn_mode_in_row(parser *p);
void syn_mode_in_cell(parser *p);
void syn_mode_in_template(parser *p);
void syn_mode_after_body(parser *p);
void syn_mode_in_frameset(parser *p);
void syn_mode_after_frameset(parser *p);
void syn_mode_after_after_body(parser *p);
void syn_mode_after_after_frameset(parser *p);
void syn_foreign_content(parser *p);
bool syn_foreign_is_next(const parser *p);
syn_node *syn_foreign_insert(parser *p, syn_ns ns);

void syn_reset_mode(parser *p);
void syn_process(parser *p, insertion_mode mode); /* the token, by the rules of that mode */
bool syn_doctype_is_quirky(const token *t);
void syn_template_end(parser *p);

static inline void switch_mode(parser *p, insertion_mode mode)
{
    p->mode = mode;
    p->again = true;
}
/* The white space that text starts with, cut off it. */
syn_str syn_take_space(syn_str *text);

#endif
