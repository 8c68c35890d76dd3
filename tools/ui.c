/* ui.c - build tool: data/ui/<code>.tsv, the portal's texts, to a C table.  English names the keys; a text that another
   language lacks is English there, and the build says so.
   Usage: ui en.tsv other.tsv ... > ui.inc */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 300, FORMS = 6, LANGS = 40, LINE = 4096 };
static const char *const forms[FORMS] = {"other", "zero", "one", "two", "few", "many"};

typedef struct table {
    char code[32];
    char *text[KEYS][FORMS];
} table;

static char *keys[KEYS];
static size_t nkeys;
static table tables[LANGS];

static void die(const char *file, size_t line, const char *what)
{
    fprintf(stderr, "ui: %s:%zu: %s\n", file, line, what);
    exit(1);
}

static char *copy(const char *s)
{
    char *p = strdup(s);
    if (!p) exit(1);
    return p;
}

static size_t find_key(const char *key, int add)
{
    for (size_t i = 0; i < nkeys; i++)
        if (!strcmp(keys[i], key)) return i;
    if (!add || nkeys == KEYS) return KEYS;
    keys[nkeys] = copy(key);
    return nkeys++;
}

static void read_table(const char *path, table *t, int master)
{
    char line[LINE];
    size_t number = 0;
    const char *base = strrchr(path, '/');
    snprintf(t->code, sizeof t->code, "%s", base ? base + 1 : path);
    char *dot = strrchr(t->code, '.');
    if (dot) *dot = 0;
    FILE *f = fopen(path, "r");
    if (!f) die(path, 0, "cannot be read");
    while (fgets(line, sizeof line, f)) {
        number++;
        size_t n = strlen(line);
        if (n && line[n - 1] == '\n') line[n - 1] = 0;
        if (!line[0] || line[0] == '#') continue;
        char *tab = strchr(line, '\t');
        if (!tab) die(path, number, "no tab");
        *tab = 0;
        size_t form = 0;
        dot = strchr(line, '.');
        for (size_t i = 0; dot && i < FORMS; i++)
            if (!strcmp(dot + 1, forms[i])) form = i;
        if (dot) *dot = 0;
        size_t key = find_key(line, master);
        if (key == KEYS) die(path, number, "a key that English does not have");
        if (t->text[key][form]) die(path, number, "the key stands twice");
        t->text[key][form] = copy(tab + 1);
    }
    fclose(f);
    for (size_t k = 0; k < nkeys; k++)
        if (!t->text[k][0]) fprintf(stderr, "ui: %s: no text for %s\n", path, keys[k]);
}

static void write_string(const char *s)
{
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') putchar('\\');
        putchar(*s);
    }
    putchar('"');
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc - 1 > LANGS) return 2;
    for (int i = 1; i < argc; i++) read_table(argv[i], &tables[i - 1], i == 1);
    puts("/* Made by tools/ui.c from data/ui. */\nenum ui_key {");
    for (size_t k = 0; k < nkeys; k++) {
        printf("    UI_");
        for (const char *p = keys[k]; *p; p++) putchar(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
        puts(",");
    }
    puts("    UI_KEYS\n};\n#ifdef SYN_UI_TABLE\nstatic const char *const ui_codes[] = {");
    for (int i = 0; i < argc - 1; i++) printf("    \"%s\",\n", tables[i].code);
    printf("};\nstatic const char *const ui_texts[][UI_KEYS][%d] = {\n", FORMS);
    for (int i = 0; i < argc - 1; i++) {
        puts("    {");
        for (size_t k = 0; k < nkeys; k++) {
            char **text = tables[i].text[k][0] ? tables[i].text[k] : tables[0].text[k];
            printf("        {");
            for (size_t f = 0; f < FORMS; f++) {
                if (f) printf(", ");
                if (text[f])
                    write_string(text[f]);
                else
                    printf("0");
            }
            puts("},");
        }
        puts("    },");
    }
    puts("};\n#endif");
    return 0;
}
