/* events.c - compiles data/events/ into a table of the same form as that of concepts (src/text/concepts.h), whose ids
   are cues (src/text/text.h).
     events OUT.bin data/events/LANG.tsv ...
   A row is a cue, a tab, forms parted by "|", and after another tab, where it is needed, what must stand near.  A row
   that cannot be stops the build. */
#include <stdio.h>
#include <stdlib.h>

#include "../src/text/concepts.h"

static syn_arena arena;

static _Noreturn void die(const char *file, size_t line, const char *what)
{
    fprintf(stderr, "events: %s:%zu: %s\n", file, line, what);
    exit(1);
}

static syn_str slurp(const char *path)
{
    syn_buf b = {0};
    char piece[1 << 14];
    FILE *f = fopen(path, "rb");
    if (!f) die(path, 0, "cannot open");
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) syn_buf_add(&b, (syn_str){piece, n});
    if (ferror(f) || b.failed) die(path, 0, "cannot read");
    fclose(f);
    return syn_buf_str(&b);
}

/* "none" takes a phrase away from the words in it. */
enum { NONE = 1 << 16 };

static uint32_t cue_of(syn_str name)
{
    if (syn_str_is(name, "none")) return NONE;
    for (uint32_t i = 1; i < SYN_CUES; i++)
        if (syn_str_is(name, syn_cue_names[i])) return i;
    return 0;
}

static bool near_of(syn_str names, uint32_t *bits)
{
    static const char *const known[] = {"money", "number", "date", "period", "ordinal", "name"};
    syn_str one;
    *bits = 0;
    while (syn_split(&names, ' ', &one)) {
        size_t i = 0;
        while (i < SYN_COUNT(known) && !syn_str_is(one, known[i])) i++;
        if (i == SYN_COUNT(known)) return false;
        *bits |= 1u << i;
    }
    return true;
}

static void read_file(syn_concept_maker *m, const syn_lexicon *lex, const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    syn_lang lang = syn_lexicon_lang(lex, (syn_str){name, strcspn(name, ".")});
    if (!lang) die(path, 0, "no such language in languages.tsv");
    syn_str rest = slurp(path), line, cue, forms, form;
    for (size_t number = 1; syn_split(&rest, '\n', &line); number++) {
        syn_err err = {0};
        uint32_t near = 0;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!line.n || line.p[0] == '#') continue;
        if (!syn_split(&line, '\t', &cue) || !syn_split(&line, '\t', &forms) || !forms.n)
            die(path, number, "a row is a cue, a tab, forms");
        uint32_t id = cue_of(cue);
        if (!id) die(path, number, "no such cue: data/README.md names them");
        if (!near_of(line, &near)) die(path, number, "near stand money, number, date, period, ordinal, name");
        while (syn_split(&forms, '|', &form))
            if (syn_concept_maker_add(m, lang, id | near << 8, form, &err)) die(path, number, err.line);
    }
}

int main(int argc, char **argv)
{
    syn_err err = {0};
    syn_lexicon *lex;
    syn_texter *t;
    syn_concept_maker m;
    syn_buf out = {0};
    if (argc < 3) die("usage", 0, "events OUT.bin LANG.tsv ...");
    if (syn_lexicon_open(&lex, &err) || syn_texter_new(lex, &t, &err) || syn_concept_maker_open(&m, &arena, t, &err))
        die(argv[1], 0, err.line);
    for (int i = 2; i < argc; i++) read_file(&m, lex, argv[i]);
    if (syn_concept_maker_write(&m, NULL, 0, &out, &err)) die(argv[1], 0, err.line);
    FILE *f = fopen(argv[1], "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f)) die(argv[1], 0, "cannot write");
    syn_buf_free(&out);
    syn_texter_free(t);
    syn_lexicon_close(lex);
    syn_arena_free(&arena);
    return 0;
}
