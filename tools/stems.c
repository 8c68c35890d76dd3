/* stems.c - compiles the files of data/stem (kind, form, characters that must be left) into the set of
   src/text/endings.h. The language is the file's name.  Forms are folded, as the words are that they are looked up for.
   Usage: stems OUT FILE... */
#include <stdio.h>
#include <stdlib.h>

#include "../src/text/endings.h"

enum { BITS = 13, SLOTS = 1 << BITS, LEFT = 3, LANGS = 256 };

static _Noreturn void die(const char *file, const char *why)
{
    fprintf(stderr, "stems: %s: %s\n", file, why);
    exit(1);
}

static syn_ending_kind kind_of(syn_str s)
{
    static const char *const names[] = {"suffix", "prefix", "abbr", "abbr-number", "rule"};
    for (unsigned i = 0; i < SYN_COUNT(names); i++) {
        if (syn_str_is(s, names[i])) return (syn_ending_kind)(i + 1);
    }
    return (syn_ending_kind)0;
}

static syn_str tag_of(const char *path)
{
    syn_str s = syn_str_of(path);
    for (size_t at = s.n; at > 0; at--) {
        if (s.p[at - 1] == '/') {
            s = syn_slice(s, at, s.n);
            break;
        }
    }
    return syn_slice(s, 0, syn_find_byte(s, '.', 0));
}

static void add(uint64_t *slots, size_t *n, uint64_t hash, uint64_t rest)
{
    size_t i = hash & (SLOTS - 1);
    while (slots[i] && slots[i] >> 8 != hash >> 8) i = (i + 1) & (SLOTS - 1);
    if (!slots[i] && ++*n * 2 > SLOTS) die("table", "too many rows: raise BITS");
    slots[i] = (hash & ~(uint64_t)255) | rest;
}

/* A form is folded and has at most SYN_ENDING_LONGEST bytes. */
static void note(syn_endings_kind *kind, syn_str form)
{
    uint8_t last = (uint8_t)form.p[form.n - 1];
    kind->lengths |= (uint64_t)1 << form.n;
    kind->lasts[last / 64] |= (uint64_t)1 << last % 64;
}

static void compile(const char *path, uint64_t *slots, size_t *n, syn_endings_lang *lang)
{
    lang->tag = syn_endings_tag(tag_of(path));
    FILE *in = fopen(path, "r");
    if (!in) die(path, "cannot read");
    char line[512];
    while (fgets(line, sizeof line, in)) {
        syn_str rest = syn_trim(syn_str_of(line)), kind, form;
        if (!rest.n || rest.p[0] == '#') continue;
        uint64_t left = LEFT;
        if (!syn_split(&rest, '\t', &kind) || !syn_split(&rest, '\t', &form))
            die(path, "a row needs a kind and a form");
        if (rest.n && (!syn_parse_u64(rest, &left) || left < 1 || left > 255))
            die(path, "the third column is no count");
        syn_arena arena = {.limit = 1 << 16};
        syn_folded folded;
        syn_ending_kind what = kind_of(kind);
        if (!what || syn_fold(&arena, form, false, &folded, NULL) || !folded.text.n ||
            folded.text.n > SYN_ENDING_LONGEST)
            die(path, "a row that cannot be");
        add(slots, n, syn_endings_hash(lang->tag, what, folded.text), left);
        note(&lang->kinds[what], folded.text);
        syn_arena_free(&arena);
    }
    fclose(in);
}

int main(int argc, char **argv)
{
    if (argc < 3) die("usage", "stems OUT FILE...");
    static uint64_t slots[SLOTS];
    static syn_endings_lang langs[LANGS];
    size_t n = 0, nlangs = (size_t)argc - 2;
    if (nlangs > LANGS) die("table", "too many languages: raise LANGS");
    for (size_t i = 0; i < nlangs; i++) compile(argv[i + 2], slots, &n, &langs[i]);
    FILE *out = fopen(argv[1], "wb");
    syn_endings head = {SYN_ENDINGS_MAGIC, BITS, (uint32_t)nlangs, 0};
    if (!out || fwrite(&head, sizeof head, 1, out) != 1 || fwrite(slots, sizeof slots, 1, out) != 1 ||
        fwrite(langs, sizeof *langs, nlangs, out) != nlangs || fclose(out)) {
        die(argv[1], "cannot write");
    }
    return 0;
}
