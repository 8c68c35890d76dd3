/* limits.h - every ceiling in one list, each with its unit. */
#ifndef SYN_LIMITS_H
#define SYN_LIMITS_H

#define SYN_MAX_PAGE ((size_t)64 << 20)       /* bytes of one page, unpacked */
#define SYN_MAX_PAGE_MEMORY ((size_t)1 << 30) /* bytes of one page's arena */
#define SYN_MAX_BUFFER ((size_t)1 << 30)      /* bytes of a buffer whose owner named no smaller one */
#define SYN_MAX_LINE ((size_t)64 << 20)       /* bytes of one line of JSON Lines input */
#define SYN_MAX_TEXT ((size_t)16 << 20)       /* bytes of one article's text */
#define SYN_MAX_TREE_DEPTH 512                /* open elements of an HTML tree */
#define SYN_MAX_JSON_DEPTH 64                 /* nested values */
#define SYN_MAX_FACTS 20000                   /* facts of one article */
#define SYN_MAX_TITLE ((size_t)2000)          /* bytes kept of a title */
#define SYN_MAX_AUTHORS 50
#define SYN_MAX_IMAGES 500
#define SYN_MAX_TAGS 200
#define SYN_MAX_ALTERNATES 500
#define SYN_MAX_PASSAGES 200    /* paragraphs of one text in other languages */
#define SYN_MAX_FOLDER_DEPTH 64 /* nested folders walked */
#define SYN_MAX_FEED_ITEMS 10000
#define SYN_MAX_LEADS 20            /* feeds followed that one page, or sitemap of sitemaps, names */
#define SYN_MAX_QUERY ((size_t)400) /* bytes of a reader's search */
#define SYN_MAX_URL ((size_t)4096)  /* bytes */
#define SYN_MAX_THREADS 64
#define SYN_MAX_PACK ((size_t)8 << 20)          /* bytes of a user's pack of terms */
#define SYN_MAX_PACKS 32                        /* packs in use at once */
#define SYN_MAX_QUERY_WORDS 16                  /* words of a reader's search that count */
#define SYN_MAX_HITS 2000                       /* articles that one search ranks */
#define SYN_MAX_PAGE_ROWS 100                   /* rows of one answer to a reader */
#define SYN_MAX_LESSONS 200000                  /* links of words that a grouping has learned */
#define SYN_MAX_LESSONS_OF_WORD 3               /* meanings of one word */
#define SYN_MAX_WITNESSES 3                     /* stories kept by name for one of them */
#define SYN_MAX_TAUGHT_A_DAY 100                /* stories of a language that one outlet may teach by on one day */
#define SYN_MAX_REASONS 200                     /* reasons kept of one article */
#define SYN_MAX_ATTRIBUTES 512                  /* of one HTML element; more are dropped */
#define SYN_MAX_OPEN_ELEMENTS (1u << 20)        /* HTML elements open at once; the page is read up to there */
#define SYN_MAX_COMPARED_SENTENCES 800          /* sentences of one telling that are compared */
#define SYN_MAX_COMPARED_FIGURES 600            /* figures and days of one telling that are compared */
#define SYN_MAX_COMPARED_NAMES 100              /* names of one telling that are compared */
#define SYN_MAX_CLUES ((size_t)60000)           /* keys of words of one telling that are compared */
#define SYN_MAX_TELLINGS 60                     /* tellings of one story's table */
#define SYN_MAX_TABLE_ROWS 1000                 /* rows of one story's table */
#define SYN_MAX_RECORD_TELLINGS 500             /* tellings of one topic's record */
#define SYN_MAX_RECORD_MENTIONS ((size_t)40000) /* of events and figures in all of them */
#define SYN_MAX_TELLING_MENTIONS 300            /* of one of them */
#define SYN_MAX_RECORD_ENTRIES 3000             /* entries of one record */
#define SYN_MAX_RECORD_NAMES 6000               /* spellings of names in one record */
#define SYN_MAX_RECORD_SEEN 800                 /* names that one telling prints, each time it does */
#define SYN_MAX_RECORD_EVIDENCE 120             /* sentences of one entry */
#define SYN_MAX_ROBOTS ((size_t)500 << 10)      /* bytes of a robots.txt that count (RFC 9309 2.5) */
#define SYN_MAX_ROBOTS_KEPT ((size_t)64 << 20)  /* bytes of memory for those of all hosts, but of those being asked */
#define SYN_MAX_CRAWL_DELAY 30000u              /* milliseconds a host may ask for between two requests */
#define SYN_MAX_BACKOFF 60000u                  /* milliseconds before a failed request is tried again */
#define SYN_MAX_RETRY_AFTER 120                 /* seconds a host may ask to wait within one run */
#define SYN_MAX_FEED_WAIT ((int64_t)86400)      /* seconds until a failing feed is asked again */
#define SYN_MAX_COMPARED_QUOTES 40              /* quotations of one telling that are compared */
#define SYN_MAX_COMPARED_URLS 30                /* addresses printed in one telling that are compared */
#define SYN_MAX_DIFFERENCES 2000                /* differences and notes of one comparison */
#define SYN_MAX_REDIRECTS 5
#define SYN_MAX_FETCH_HEADERS ((size_t)256 << 10) /* bytes of one answer's headers */
#define SYN_MAX_FETCHES 100000                    /* pages waiting to be fetched */
#define SYN_MAX_FETCH_HOSTS 8                     /* hosts asked at once */
#define SYN_MAX_FETCH_TRIES 3                     /* of one page in one run */

#endif
