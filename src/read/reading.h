/* reading.h - stage 2, inside: what the files of reading share with each other and with nobody else. */
#ifndef SYN_READING_H
#define SYN_READING_H

#include "../html/html.h"
#include "read.h"

/* One page being read. */
typedef struct syn_reading {
    syn_arena *arena;
    const syn_lexicon *lex; /* may be NULL: tables are then empty */
    const syn_page *page;
    const syn_read_options *options;
    syn_lang lang;    /* whose tables to ask: as declared, later as detected */
    syn_lang english; /* whose tables to ask next: the web writes its labels in English */
    syn_err *err;
} syn_reading;

typedef struct syn_list {
    syn_str *items;
    size_t n, cap;
} syn_list;
/* Add a copy-free s unless it is empty, already there (without case) or max are held. */
void syn_list_add(syn_arena *arena, syn_list *list, syn_str s, size_t max);

/* ---- layout.c: the tree as a reader sees it, flat: boxes with blocks of text in them ---- */

/* What the words of class, id and role say of a box (hints.c). */
enum {
    SYN_HINT_NAV = 1 << 0,
    SYN_HINT_SHARE = 1 << 1,
    SYN_HINT_RELATED = 1 << 2,
    SYN_HINT_COMMENT = 1 << 3,
    SYN_HINT_AD = 1 << 4,
    SYN_HINT_SIGNUP = 1 << 5,
    SYN_HINT_META = 1 << 6,
    SYN_HINT_CAPTION = 1 << 7,
    SYN_HINT_SIDE = 1 << 8,
    SYN_HINT_CONTENT = 1 << 9,
    SYN_HINT_LEAD = 1 << 10,
    SYN_HINT_TITLE = 1 << 11,
    SYN_HINT_AUTHOR = 1 << 12,
    SYN_HINT_DATE = 1 << 13,
    SYN_HINT_HIDDEN = 1 << 14,
    SYN_HINT_FOOT = 1 << 15,
    SYN_HINT_TAGS = 1 << 16,
    SYN_HINT_MEDIA = 1 << 17,
    SYN_HINT_NOTICE = 1 << 18,
    SYN_HINT_BODY = 1 << 19, /* "article-body": two words of content */
    SYN_HINT_MODIFIED = 1 << 20,
    SYN_HINT_CREDIT = 1 << 21
};
#define SYN_HINTS_AGAINST                                                                                              \
    (SYN_HINT_NAV | SYN_HINT_SHARE | SYN_HINT_RELATED | SYN_HINT_COMMENT | SYN_HINT_AD | SYN_HINT_SIGNUP |             \
     SYN_HINT_SIDE | SYN_HINT_FOOT | SYN_HINT_TAGS | SYN_HINT_NOTICE)
uint32_t syn_read_hints(syn_str words);

/* Where a box stands, by elements. */
enum {
    SYN_IN_ARTICLE = 1 << 0,
    SYN_IN_MAIN = 1 << 1,
    SYN_IN_NAV = 1 << 2,
    SYN_IN_ASIDE = 1 << 3,
    SYN_IN_FOOTER = 1 << 4,
    SYN_IN_HEADER = 1 << 5,
    SYN_IN_FORM = 1 << 6,
    SYN_IN_FIGURE = 1 << 7,
    SYN_IN_CAPTION = 1 << 8, /* figcaption */
    SYN_IN_LIST = 1 << 9,
    SYN_IN_TABLE = 1 << 10,
    SYN_IN_QUOTE = 1 << 11,
    SYN_IN_PRE = 1 << 12,
    SYN_IN_HEADING = 1 << 13,
    SYN_IN_PROP = 1 << 14, /* itemprop or property articleBody */
    SYN_IN_HIDDEN = 1 << 15,
    SYN_IN_DIALOG = 1 << 16,
    SYN_IN_DETAILS = 1 << 17,
    SYN_IN_LINK = 1 << 18
};

#define SYN_NONE UINT32_MAX

typedef struct syn_box {
    const syn_node *node;
    uint32_t parent;         /* SYN_NONE for the first */
    uint32_t end;            /* one past its last descendant */
    uint32_t block0, block1; /* its blocks and its descendants' */
    uint32_t hints, around;  /* its own; its own and its ancestors', without those that cover the page */
    uint32_t in;             /* SYN_IN_*, ancestors' included */
    uint32_t links;          /* <a> elements inside */
} syn_box;

typedef struct syn_block {
    syn_str text; /* white space collapsed */
    uint32_t box;
    uint32_t chars;  /* characters; ideographs and syllables count double */
    uint32_t linked; /* of them inside links */
    uint32_t strong; /* of them in <b> and <strong> */
    uint32_t inner;  /* hints of inline elements that cover the block */
    uint16_t stops;  /* marks that end sentences */
    uint16_t commas;
    uint16_t digits;
    uint16_t words;
    uint8_t heading;  /* 1..6, 0 none */
    bool ends;        /* ends as a sentence does */
    bool item;        /* first block of a list item */
    bool after_break; /* parted from the block before by <br> alone */
} syn_block;

typedef struct syn_time_mark { /* an element that tells a time as an attribute */
    const syn_node *node;
    syn_str value;
    uint32_t box, block; /* where it stands: its box, the block it is in or before */
    uint32_t hints;
} syn_time_mark;

typedef struct syn_layout {
    syn_document *doc;
    syn_box *boxes;
    size_t nboxes, cap_boxes;
    syn_block *blocks;
    size_t nblocks, cap_blocks;
    const syn_node **images;           /* <img>, <amp-img> in order */
    uint32_t *image_box, *image_block; /* the box an image stands in and the block that follows it */
    size_t nimages, cap_images, cap_image_box, cap_image_block;
    syn_time_mark *times;
    size_t ntimes, cap_times;
    size_t chars; /* of all blocks */
} syn_layout;

syn_code syn_read_layout(syn_reading *r, syn_document *doc, syn_layout *out);

/* ---- elements.c: what single elements are ---- */

typedef enum syn_kind {
    SYN_KIND_INLINE,
    SYN_KIND_BOX,
    SYN_KIND_SKIP, /* neither it nor what is below it is shown */
    SYN_KIND_BREAK
} syn_kind;
syn_kind syn_read_kind(const syn_node *n);
/* SYN_IN_* that an element's name gives. */
uint32_t syn_read_stands_in(const syn_node *n);
/* The hints that its attributes give; places they give are added to in. */
uint32_t syn_read_attributes(const syn_node *n, uint32_t *in);
/* All text below a node, white space collapsed. */
syn_str syn_read_text_of(syn_arena *arena, const syn_node *node);

/* ---- measure.c ---- */

/* White space collapsed, ends trimmed. */
syn_str syn_read_collapse(syn_arena *arena, syn_str s);
void syn_read_measure(syn_block *b); /* fill the counts of b->text */

/* ---- evidence.c, jsonld.c: what the page says of itself ---- */

typedef struct syn_evidence {
    syn_str doc_title, og_title, tw_title, ld_headline, meta_title;
    syn_str ld_body, ld_description, og_description, meta_description;
    syn_str site_name, publisher, section, canonical, og_url, lang, source, base;
    syn_list ld_authors, meta_authors, prop_authors, rel_authors, tags;
    syn_time ld_published, ld_modified, meta_published, meta_modified, prop_published, prop_modified, loose_published,
        loose_modified;
    syn_str image, image_caption, image_credit;
    syn_alternate *alternates;
    size_t nalternates, cap_alternates;
    bool paywalled;
    int ld_rank; /* how sure the JSON-LD node is the article: 0 none */
} syn_evidence;

void syn_read_evidence(syn_reading *r, const syn_document *doc, syn_evidence *e);
void syn_read_jsonld(syn_reading *r, syn_str json, syn_evidence *e);
/* A time as metadata print it: ISO 8601, RFC 5322, seconds or milliseconds of Unix, else words. */
bool syn_read_time(syn_reading *r, syn_str s, syn_time *out);

/* ---- when.c: dates in words ---- */

/* The first date that text shows, with the time of day beside it.  False if there is none.  at: its span. */
bool syn_read_find_date(syn_reading *r, syn_str text, syn_time *out, syn_span *at);
bool syn_read_url_date(syn_str url, syn_time *out);
bool syn_read_time_plausible(const syn_reading *r, syn_time t);

/* ---- content.c: which blocks are the article ---- */

typedef enum syn_role { SYN_ROLE_OUT, SYN_ROLE_TEXT, SYN_ROLE_LEAD, SYN_ROLE_TITLE } syn_role;
typedef struct syn_content {
    uint8_t *role;        /* a syn_role for each block */
    uint32_t root;        /* box that holds the article */
    uint32_t title_block; /* SYN_NONE if none */
    uint32_t first, last; /* blocks of the text, last past the end; equal: none */
} syn_content;
syn_code syn_read_content(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_content *out);

/* The box in which a block stands beside others: its box's parent, past lists and tables. */
uint32_t syn_read_home(const syn_layout *l, const syn_block *b);

/* ---- published.c ---- */
/* When the article was published and modified, by all witnesses; l may be NULL. */
void syn_read_published(syn_reading *r, const syn_layout *l, const syn_evidence *e, const syn_content *c, syn_str html,
                        syn_article *a);

/* ---- title.c ---- */
/* The title among the witnesses; *block: the block that prints it or SYN_NONE. */
syn_str syn_read_title(syn_reading *r, const syn_layout *l, const syn_evidence *e, uint32_t *block);
/* How alike two titles are, by words: 0 to 1. */
double syn_read_alike(syn_reading *r, syn_str a, syn_str b);

/* ---- byline.c ---- */
/* Names of persons in what a byline prints, added to out. */
void syn_read_split_authors(syn_reading *r, syn_str printed, syn_list *out);
void syn_read_authors(syn_reading *r, const syn_layout *l, const syn_evidence *e, const syn_content *c, syn_article *a);
/* Take out of the text, at its two ends, lines that only say who wrote it or when. */
void syn_read_cut_signs(syn_reading *r, const syn_layout *l, const syn_article *a, syn_content *c);

/* ---- furniture.c: lines judged by the tables ---- */

typedef enum syn_line {
    SYN_LINE_TEXT,
    SYN_LINE_FURNITURE, /* a line of the site */
    SYN_LINE_END,       /* nothing after it is of the article */
    SYN_LINE_SOURCE,    /* "Source: ..." */
    SYN_LINE_CREDIT,    /* "Photo: ..." and nothing else */
    SYN_LINE_BYLINE,
    SYN_LINE_DATE, /* "Published: 3 December 2025" */
    SYN_LINE_FILE  /* a picture's file name */
} syn_line;
/* Ids of SYN_LEX_FURNITURE from which a line says why there is no text. */
enum { SYN_NOTICE_PAID = 3, SYN_NOTICE_SCRIPT = 4, SYN_NOTICE_CHECK = 5 };
/* What a line is, by tables and form; rest: what follows its label. */
syn_line syn_read_line(syn_reading *r, syn_str line, syn_str *rest);
/* What stands in brackets that hold the whole line; the line itself where none do. */
syn_str syn_read_unbracket(syn_str line);
/* Longest label of kinds at the head of text that ends a word: its bytes (a colon and space after it included), or 0.
   id may be NULL. */
size_t syn_read_label(syn_reading *r, uint32_t kinds, syn_str text, uint32_t *id);
/* A picture's credit at the end of its caption, cut off: "(Photo: X)", "Photo: X". */
syn_str syn_read_credit(syn_reading *r, syn_str caption, syn_str *credit);
/* Whether most words begin as names do; scripts without case cannot tell. */
bool syn_read_like_names(syn_str s);
bool syn_read_is_desk(syn_reading *r, syn_str name);
/* The names before a label that stands after them ("... 기자"); empty where none does. */
syn_str syn_read_before_label(syn_reading *r, syn_str line);

/* ---- pictures.c ---- */
/* Take out of the text what stands right after a picture and ends in its credit. */
void syn_read_captions(syn_reading *r, const syn_layout *l, syn_content *c);
void syn_read_pictures(syn_reading *r, const syn_layout *l, const syn_evidence *e, const syn_content *c,
                       syn_article *a);
/* An address made absolute against base (RFC 3986, the common cases); arena-owned. */
syn_str syn_read_resolve(syn_arena *arena, syn_str base, syn_str address);
/* What a page's addresses are relative to: <base href>, else the page's own. */
syn_str syn_read_base(syn_reading *r, const syn_evidence *e, syn_str url);

/* ---- outlet.c ---- */
/* Who publishes the page, where its metadata do not say: the tail of <title>, the link to the front page. */
syn_str syn_read_outlet(syn_reading *r, const syn_layout *l, const syn_evidence *e, syn_str title);

/* Whether the byte at at stands between letters of scripts without spaces, where it parts as it does elsewhere with
   spaces about it. */
bool syn_read_between_unspaced(syn_str s, size_t at);

/* Whether an address is that of the site's front page. */
bool syn_read_leads_home(syn_str href);

/* ---- why.c ---- */
/* Why a page has no text, for a person. */
syn_str syn_read_why(syn_reading *r, const syn_layout *l, const syn_evidence *e);

/* ---- decode.c ---- */
/* Bytes of the charset, which ICU's converter reads ("-": decode.c itself) to UTF-8: out is arena-owned,
 *bad grows by what became U+FFFD.  SYN_EFORMAT: no such converter. */
syn_code syn_read_convert(syn_arena *arena, syn_str bytes, const char *name, const char *converter, syn_str *out,
                          size_t *bad, syn_err *err);

/* ---- the kinds of pages ---- */
syn_code syn_read_html(syn_reading *r, syn_str html, syn_article *a);
/* Only the body: an item's HTML in a feed. */
syn_code syn_read_html_body(syn_reading *r, syn_str html, syn_article *a);
syn_code syn_read_plain(syn_reading *r, syn_str text, syn_article *a);
syn_code syn_read_feed(syn_reading *r, syn_str bytes, syn_articles *out);
/* A JSON Feed.  SYN_ENOTFOUND: no JSON at all; SYN_EFORMAT: JSON of another kind. */
syn_code syn_read_json(syn_reading *r, syn_str text, syn_articles *out);
/* An item's words where markup may stand: collapsed plain text. */
syn_str syn_read_plain_words(syn_reading *r, syn_str s);
/* An item's body, HTML or text, into a's text and pictures. */
void syn_read_item_body(syn_reading *r, syn_str body, syn_article *a);
/* The items of a feed being read, each with its guid or id. */
typedef struct syn_item {
    syn_article *article;
    syn_str key;
} syn_item;
typedef struct syn_items {
    syn_item *all;
    size_t n, cap;
} syn_items;
/* The next item; NULL at the ceiling or out of memory. */
syn_article *syn_read_item(syn_reading *r, syn_items *items);
void syn_read_item_key(syn_items *items, syn_str key); /* of the last one */
void syn_read_item_drop(syn_items *items);             /* the last one */
/* Name them all. */
syn_code syn_read_items_end(syn_reading *r, syn_items *items, syn_articles *out);
/* What the bytes are. */
typedef enum syn_form {
    SYN_FORM_EMPTY,
    SYN_FORM_HTML,
    SYN_FORM_XML_FEED,
    SYN_FORM_SITEMAP,
    SYN_FORM_JSON,
    SYN_FORM_TEXT,
    SYN_FORM_BINARY,
    SYN_FORM_XML
} syn_form;
syn_form syn_read_sniff(syn_str bytes, syn_str content_type);
/* Settle the article's language: what the options' identifier says, else the declared one.  Returns how sure the
   identifier is, 0 to 1. */
double syn_read_language(syn_reading *r, syn_str text, syn_str declared, syn_article *a);

#endif
