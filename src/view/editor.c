/* editor.c - stage 8: what editors see and say: signing in, forms under a telling, the trail of what was said. */
#include "internal.h"

static void put_seal(const syn_page_out *w)
{
    syn_page_put(w, "<input type=\"hidden\" name=\"seal\" value=\"%t\">", w->frame->seal);
}

void syn_view_editor(const syn_frame *f, bool wrong, syn_buf *out)
{
    syn_page_out w = {out, f, f->view};
    syn_page_begin(&w, syn_str_of(syn_view_text(f->view, UI_EDITOR_TITLE)), 0);
    syn_page_put(&w, "<div class=\"prose\"><h1>%k</h1>\n", UI_EDITOR_TITLE);
    if (f->editor.n) {
        syn_page_put(&w, "<p>%k <bdi>%t</bdi></p><p>%k</p><form method=\"post\" action=\"/editor/leave%a\">",
                     UI_EDITOR_AS, f->editor, UI_EDITOR_HOW, '?');
        put_seal(&w);
        syn_page_put(&w, "<button>%k</button></form>", UI_EDITOR_LEAVE);
    } else {
        if (wrong) syn_page_put(&w, "<p class=\"status\" role=\"alert\">%k</p>", UI_EDITOR_WRONG);
        syn_page_put(
            &w,
            "<p>%k</p><form class=\"judge\" method=\"post\" action=\"/editor%a\"><p><label for=\"key\">%k</label>"
            "<input id=\"key\" type=\"password\" name=\"key\" maxlength=\"200\" autocomplete=\"current-password\" "
            "required></p><button>%k</button></form>",
            UI_EDITOR_INTRO, '?', UI_EDITOR_KEY, UI_EDITOR_ENTER);
    }
    syn_page_put(&w, "</div>\n");
    syn_page_end(&w);
}

static void put_why(const syn_page_out *w, int64_t article, char form)
{
    syn_page_put(w,
                 "<p><label for=\"%z%i\">%k</label><input id=\"%z%i\" type=\"text\" name=\"why\" maxlength=\"100\" "
                 "dir=\"auto\"></p>",
                 form == 'a' ? "wa" : "wt", article, UI_JUDGE_WHY, form == 'a' ? "wa" : "wt", article);
}

void syn_page_judge(const syn_page_out *w, const syn_article_row *row, bool alone)
{
    if (!w->frame->editor.n) return;
    syn_page_put(w, "<details class=\"judge\"><summary>%k</summary>", UI_JUDGE);
    if (!alone) {
        syn_page_put(w, "<form class=\"judge\" method=\"post\" action=\"/article/%i/apart%a\">", row->article, '?');
        put_seal(w);
        put_why(w, row->article, 'a');
        syn_page_put(w, "<button>%k</button></form>", UI_JUDGE_APART);
    }
    syn_page_put(w,
                 "<form class=\"judge\" method=\"post\" action=\"/article/%i/together%a\"><p><label "
                 "for=\"with%i\">%k</label><input id=\"with%i\" type=\"text\" name=\"with\" maxlength=\"2000\" "
                 "list=\"stories\" dir=\"auto\" required></p>",
                 row->article, '?', row->article, UI_JUDGE_TARGET, row->article);
    put_seal(w);
    put_why(w, row->article, 't');
    syn_page_put(w, "<button>%k</button></form></details>", UI_JUDGE_TOGETHER);
}

void syn_page_choices(const syn_page_out *w, const syn_list *stories)
{
    const syn_story_row *rows = stories->items;
    if (!w->frame->editor.n || !stories->n) return;
    syn_page_put(w, "<datalist id=\"stories\">");
    for (size_t i = 0; i < stories->n; i++)
        syn_page_put(w, "<option value=\"/story/%i\" label=\"%t\"%l></option>", rows[i].story, rows[i].title,
                     rows[i].lang);
    syn_page_put(w, "</datalist>\n");
}

/* ---- the trail ---- */

static void put_article(const syn_page_out *w, int64_t article, syn_str title, syn_str lang)
{
    syn_page_put(w, "<a href=\"/article/%i%a\"><bdi%l>", article, '?', lang);
    if (title.n)
        syn_page_put(w, "%t</bdi></a>", title);
    else
        syn_page_put(w, "%k</bdi></a>", UI_UNTITLED);
}

/* Who said when what of which, and why. */
static void put_word(const syn_page_out *w, const syn_word_row *r)
{
    const syn_verdict_row *v = &r->said;
    if (v->who.n)
        syn_page_put(w, "<bdi class=\"who\">%t</bdi> ", v->who);
    else
        syn_page_put(w, "<span class=\"who\">%k</span> ", UI_WORD_NOBODY);
    syn_page_moment(w, v->said);
    syn_page_put(w, " <strong>%k</strong> ", v->together ? UI_WORD_TOGETHER : UI_WORD_APART);
    put_article(w, r->a.article, r->a.title, r->a.lang);
    syn_page_put(w, v->together ? " + " : " ≠ ");
    put_article(w, r->b.article, r->b.title, r->b.lang);
    if (r->others) syn_page_put(w, " <span class=\"count\">%c</span>", UI_MORE_ROWS, (int64_t)r->others);
    if (v->why.n) syn_page_put(w, " <q dir=\"auto\">%t</q>", v->why);
}

void syn_page_words(const syn_page_out *w, const syn_list *words)
{
    const syn_word_row *rows = words->items;
    if (!words->n) return;
    syn_page_put(w, "<section class=\"words\" aria-labelledby=\"words\"><h2 id=\"words\">%k</h2><ul>\n",
                 UI_WORDS_TITLE);
    for (size_t i = 0; i < words->n; i++) {
        const syn_verdict_row *v = &rows[i].said;
        syn_page_put(w, v->withdrawn ? "<li class=\"gone\">" : "<li>");
        put_word(w, &rows[i]);
        if (v->withdrawn) {
            syn_page_put(w, " <span class=\"grave\">%k ", UI_WORD_WITHDRAWN);
            syn_page_moment(w, v->withdrawn);
            syn_page_put(w, "</span>");
        } else if (w->frame->editor.n) {
            syn_page_put(w,
                         "<form method=\"post\" action=\"/word/%i/withdraw%a\"><input type=\"hidden\" name=\"article\" "
                         "value=\"%i\">",
                         v->n, '?', rows[i].a.article);
            put_seal(w);
            syn_page_put(w, "<button class=\"plain\">%k</button></form>", UI_WORD_TAKE_BACK);
        }
        syn_page_put(w, "</li>\n");
    }
    syn_page_put(w, "</ul></section>\n");
}

size_t syn_page_words_of(const syn_page_out *w, const syn_list *words, int64_t article)
{
    const syn_word_row *rows = words ? words->items : NULL;
    size_t n = 0;
    for (size_t i = 0; words && i < words->n; i++) {
        const syn_word_row *r = &rows[i];
        bool of_it = r->a.article == article || (r->said.together && r->b.article == article);
        if (r->said.withdrawn || !of_it) continue;
        if (!n++) syn_page_put(w, "<p>%k</p><ul class=\"words\">", UI_WHY_WORD);
        syn_page_put(w, "<li>");
        put_word(w, r);
        syn_page_put(w, "</li>");
    }
    if (n) syn_page_put(w, "</ul>");
    return n;
}
