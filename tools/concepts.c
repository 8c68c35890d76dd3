/* concepts.c - compiles data/concepts/ into the table of src/text/concepts.h and the names that readers are shown.
     concepts OUT.bin NAMES.tsv data/concepts/en.tsv [data/concepts/LANG.tsv ...]
     concepts --stem LANG     stems of the words of standard input, a word a line
     concepts --find LANG data/concepts/en.tsv [data/concepts/LANG.tsv]
                              the concepts of standard input, a text a line: key, bytes from and to, what stands there
   The first file is the master: its keys are all there are.  A row that cannot be is complained of and left out, so
   that a table being written does not stop the build; tests/concepts.mjs counts the complaints. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../src/text/concepts.h"

static syn_arena arena;
static syn_map masters; /* key -> 1 + index into links, or SIZE_MAX where it has no link */

static _Noreturn void die(const char *what, const syn_err *err)
{
    fprintf(stderr, "concepts: %s%s%s\n", what, err ? ": " : "", err ? err->line : "");
    exit(1);
}

static syn_str slurp(FILE *f)
{
    syn_buf b = {0};
    char piece[1 << 14];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) syn_buf_add(&b, (syn_str){piece, n});
    if (ferror(f) || b.failed) die("cannot read", NULL);
    return syn_buf_str(&b);
}

static syn_lang lang_of(const syn_lexicon *lex, const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    return syn_lexicon_lang(lex, (syn_str){name, strcspn(name, ".")});
}

static int print_stems(syn_texter *t, syn_str tag)
{
    for (syn_str rest = slurp(stdin), line; syn_split(&rest, '\n', &line);) {
        syn_text *text;
        if (syn_text_of(t, &arena, line, tag, &text, NULL)) return 1;
        syn_str stem = text->ntokens == 1 ? syn_text_stem_at(t, text, 0) : line;
        printf("%.*s\t%.*s\n", (int)line.n, line.p, (int)stem.n, stem.p);
    }
    return 0;
}

static syn_str key_of(uint32_t id, const syn_concepts *links)
{
    syn_str key;
    for (size_t at = 0; syn_map_next(&masters, &at, &key);)
        if (syn_concepts_id(links, key) == id) return key;
    return SYN_STR("?");
}

/* With the table that was just made in place of the lexicon's. */
static int print_concepts(syn_texter *t, syn_str tag, syn_str table, const syn_concepts *links)
{
    t->concepts[0] = syn_concepts_open(table, t->lex);
    for (syn_str rest = slurp(stdin), line; syn_split(&rest, '\n', &line);) {
        syn_text *text;
        if (syn_text_of(t, &arena, line, tag, &text, NULL)) return 1;
        for (size_t i = 0, tokens; i < text->ntokens; i += tokens ? tokens : 1) {
            uint32_t ids[SYN_CONCEPTS_AT];
            size_t n = syn_text_concepts(t, text, i, ids, &tokens);
            if (!n) tokens = 1;
            for (size_t k = 0; k < n; k++) {
                uint32_t from = text->tokens[i].start, to = text->tokens[i + tokens - 1].end;
                syn_str key = key_of(ids[k], links), there = syn_slice(line, from, to);
                printf("%.*s\t%u\t%u\t%.*s\n", (int)key.n, key.p, from, to, (int)there.n, there.p);
            }
        }
    }
    return 0;
}

typedef struct compiling {
    syn_concept_maker maker;
    syn_concepts links; /* those of the master's third column, found while it is read */
    syn_concepts_head head;
    syn_concepts_link *list;
    size_t cap;
    FILE *names;
    size_t complaints;
} compiling;

static void complain(compiling *c, const char *path, size_t line, const char *what)
{
    fprintf(stderr, "concepts: %s:%zu: %s\n", path, line, what);
    c->complaints++;
}

static void read_file(compiling *c, const syn_lexicon *lex, const char *path, bool master)
{
    FILE *f = fopen(path, "rb");
    syn_lang lang = lang_of(lex, path);
    if (!f || !lang) die(path, NULL);
    syn_str rest = slurp(f), line, key, forms, form;
    syn_map named = {.arena = &arena};
    fclose(f);
    for (size_t number = 1; syn_split(&rest, '\n', &line); number++) {
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!line.n || line.p[0] == '#') continue;
        if (!syn_split(&line, '\t', &key) || !syn_split(&line, '\t', &forms)) {
            complain(c, path, number, "a row is a key, a tab, forms");
            continue;
        }
        syn_str link = {"", 0};
        syn_split(&line, '\t', &link);
        if (master) {
            if (link.n) {
                if (!syn_grow(&arena, &c->list, &c->cap, c->head.nlinks + 1, sizeof *c->list)) die("no memory", NULL);
                c->list[c->head.nlinks++] = (syn_concepts_link){(uint32_t)syn_hash(key, 0) | 1,
                                                                (uint32_t)syn_hash(link, 0) | 1};
                c->links.links = c->list;
            }
            uint64_t *seen = syn_map_add(&masters, key);
            if (!seen) die("no memory", NULL);
            *seen = 1;
        } else if (!syn_map_get(&masters, key)) {
            complain(c, path, number, "en.tsv has no such key");
            continue;
        }
        uint32_t id = syn_concepts_id(&c->links, key);
        uint64_t *first = syn_map_add(&named, key);
        while (syn_split(&forms, '|', &form)) {
            syn_err err = {0};
            if (syn_concept_maker_add(&c->maker, lang, id, form, &err)) complain(c, path, number, err.line);
            if (!first || *first || !form.n || form.p[0] == '*' || form.p[form.n - 1] == '*') continue;
            *first = 1; /* the first whole word is the concept's name for readers */
            while (form.n > 1 && (form.p[0] == '=' || form.p[0] == '!')) form = syn_slice(form, 1, form.n);
            fprintf(c->names, "%s\tconcept-name\t%.*s\t0\t%" PRIu32 "\n", syn_lexicon_info(lex, lang)->tag, (int)form.n,
                    form.p, id);
        }
    }
}

int main(int argc, char **argv)
{
    syn_err err = {0};
    syn_lexicon *lex;
    syn_texter *t;
    compiling c = {0};
    syn_buf out = {0};
    if (syn_lexicon_open(&lex, &err) || syn_texter_new(lex, &t, &err)) die("cannot open", &err);
    if (argc == 3 && strcmp(argv[1], "--stem") == 0) return print_stems(t, syn_str_of(argv[2]));
    bool find = argc > 3 && strcmp(argv[1], "--find") == 0;
    if (argc < 4) die("concepts OUT.bin NAMES.tsv en.tsv [LANG.tsv ...], or concepts --stem LANG", NULL);
    masters.arena = &arena;
    c.links.head = &c.head;
    c.names = fopen(find ? "/dev/null" : argv[2], "wb");
    if (!c.names || syn_concept_maker_open(&c.maker, &arena, t, &err)) die(argv[2], &err);
    for (int i = 3; i < argc; i++) read_file(&c, lex, argv[i], i == 3);
    if (syn_concept_maker_write(&c.maker, c.list, c.head.nlinks, &out, &err)) die(argv[1], &err);
    if (find) return print_concepts(t, syn_str_of(argv[2]), syn_buf_str(&out), &c.links);
    FILE *f = fopen(argv[1], "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f) || fclose(c.names)) die(argv[1], NULL);
    syn_buf_free(&out);
    syn_texter_free(t);
    syn_lexicon_close(lex);
    syn_arena_free(&arena);
    return 0;
}
