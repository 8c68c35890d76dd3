/* read.h - stage 2: from bytes of any source to articles.  Uses base.h, html.h, lexicon.h. */
#ifndef SYN_READ_H
#define SYN_READ_H

#include "../base/base.h"
#include "../lexicon/lexicon.h"

/* ---- pages: where bytes come from ---- */

/* Bytes before anything is known of them.  Borrowed from the source until its next step. */
typedef struct syn_page {
    syn_str id;           /* path as given; "#N" added for a page of an archive */
    syn_str bytes;        /* unpacked */
    syn_str url;          /* where it was fetched from, if the source says so (WARC) */
    syn_str content_type; /* HTTP Content-Type if the source says so, with its charset */
    int64_t fetched;      /* seconds since 1970, 0 unknown */
} syn_page;

/* The content type of a page that is one line of an archive of articles. */
#define SYN_LINES_TYPE "application/x-ndjson"

/* Walks paths in the order given: files (.html .htm .xhtml .txt .xml .rss .atom .json .jsonl .warc .wet, each also .gz
   or .zst, or any name: the content decides), folders in sorted order, "-" for standard input.  A bad item gives its
   error and the walk goes on. */
typedef struct syn_source syn_source;
syn_code syn_source_open(const syn_str *paths, size_t n, syn_source **out, syn_err *err);
/* The next page, or an item that failed: SYN_OK with page filled; SYN_ENOTFOUND at the end; any other code is this
   item's failure, with page->id set and err filled; call again for the next. */
syn_code syn_source_next(syn_source *s, syn_page *page, syn_err *err);
void syn_source_close(syn_source *s);
/* The same for callers with threads: where the next page is a file of its own, it is not read: *file, the caller's from
   then on, is open at its start and page has the id alone.  Else *file is -1. */
syn_code syn_source_walk(syn_source *s, syn_page *page, int *file, syn_err *err);

/* Unpacks one such file after the other; 200 kB, for one thread at a time. */
typedef struct syn_unpacker syn_unpacker;
syn_code syn_unpacker_new(syn_unpacker **out, syn_err *err);
void syn_unpacker_free(syn_unpacker *u);
/* All of the file into body, emptied first, up to its max; fd is closed whatever comes of it. */
syn_code syn_unpack_file(syn_unpacker *u, int fd, syn_str id, syn_buf *body, syn_err *err);

/* ---- articles ---- */

typedef struct syn_image {
    syn_str src, caption, credit;
} syn_image;
typedef struct syn_alternate {
    syn_str lang, url;
} syn_alternate;

/* What was read from a page.  Strings are arena-owned UTF-8, well-formed, NFC as printed; empty where unknown. */
typedef struct syn_article {
    syn_str id;
    syn_str url;   /* canonical where the page names one, else where it came from */
    syn_str lang;  /* BCP 47, as detected from the text, the page's own declaration as a witness */
    syn_str title; /* as printed, without the site's tail */
    syn_str lead;
    syn_str text; /* paragraphs joined by '\n'; a lead that the page prints is its first, one told by metadata alone is
                     not in it */
    syn_passages passages; /* paragraphs of text in other languages than lang; the text stage's to find */
    syn_time published, modified;
    syn_str *authors;
    size_t nauthors;
    syn_str outlet, section;
    syn_str *tags;
    size_t ntags;
    syn_image *images;
    size_t nimages;
    syn_str source; /* where it was first published: an address or a name */
    syn_alternate *alternates;
    size_t nalternates;
    syn_str charset; /* the one it was decoded from */
    size_t replaced; /* ill-formed sequences that became U+FFFD */
    syn_str why;     /* why text is empty, for a person; empty otherwise */
} syn_article;

typedef struct syn_articles {
    syn_article **items;
    size_t n;
} syn_articles;

/* Identifies the language of text; the text stage supplies it, so that reading does not depend on a later stage.
   Writes a BCP 47 tag ("und" if it cannot tell). */
typedef void syn_identify_fn(void *context, syn_str text, syn_str declared, char tag[16], double *confidence);

typedef struct syn_read_options {
    syn_identify_fn *identify; /* NULL: only what the page declares */
    void *identify_context;
} syn_read_options;

/* Read every article of a page (one of HTML or text, many of a feed).  Results live in arena.  O(n).
   SYN_EFORMAT: not HTML, feed or text.  A page without an article gives one with an empty text and why. */
syn_code syn_read_page(syn_arena *arena, const syn_lexicon *lex, const syn_page *page, const syn_read_options *options,
                       syn_articles *out, syn_err *err);

/* Where a page that is no feed says that feeds are: an HTML page's links to feeds, as they stand, or the sitemaps of a
   sitemap of sitemaps, those of news where it has such, the latest first, at most SYN_MAX_LEADS.  Addresses are whole
   where the page's is known.  O(n). */
typedef struct syn_leads {
    syn_str *urls;
    size_t n;
    bool sitemaps; /* they are parts of the page, not beside it */
} syn_leads;
syn_code syn_read_leads(syn_arena *arena, const syn_page *page, syn_leads *out, syn_err *err);

/* The JSON object of one article as the command writes it (a key without a value is absent), and back (unknown keys
   ignored; SYN_EFORMAT names what is wrong; none is needed). */
void syn_article_write(syn_jsonw *w, const syn_article *a);
syn_code syn_article_parse(syn_arena *arena, const syn_json *object, syn_article **out, syn_err *err);

/* Where title, lead and text of an article are Burmese in Zawgyi, it is written in Unicode from then on; syn_read_page
   has done so.  O(n). */
syn_code syn_article_unicode(syn_arena *arena, syn_article *a, syn_err *err);

/* Charset sniffing and decoding alone, as the WHATWG standard has it: BOM, content_type's charset, meta prescan, then
   detection.  out is UTF-8 (input's own bytes where nothing changed). */
syn_code syn_read_decode(syn_arena *arena, syn_str bytes, syn_str content_type, syn_str *out, syn_str *charset,
                         size_t *replaced, syn_err *err);

#endif
