/* record_series.c - stage 8: a series of figures drawn as SVG, with its numbers as a table beneath: points by the
   middle of their period, whole years joined by a line; targets as lozenges, those without a year as a line across. */
#include "internal.h"

#include <stdlib.h>

enum { WIDTH = 720, HEIGHT = 260, LEFT = 28, RIGHT = 28, TOP = 40, BOTTOM = 34, LABELLED = 12, DRAWN = 60, ROOM = 64 };

typedef struct dot {
    const syn_record_entry *entry;
    double day, x, y;
    bool target, year;
} dot;

typedef struct chart {
    dot dots[DRAWN];
    size_t n;
    double first, last, most;
} chart;

static int by_time(const void *pa, const void *pb)
{
    const dot *a = pa, *b = pb;
    if (a->day < b->day || a->day > b->day) return a->day < b->day ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static void add_dot(chart *c, const syn_record_entry *e, bool target)
{
    bool placed = e->from != SYN_NO_DAY && !(target && e->flags & SYN_ENTRY_REPORTED);
    if (c->n == DRAWN || !(e->value > 0)) return;
    dot d = {.entry = e, .target = target, .day = -1e9};
    if (placed) {
        d.year = e->to - e->from >= 365 && e->to - e->from <= 366;
        d.day = e->from + (e->to - e->from) / 2.0;
        if (c->first > d.day) c->first = d.day;
        if (c->last < d.day) c->last = d.day;
    }
    if (c->most < e->value) c->most = e->value;
    c->dots[c->n++] = d;
}

static bool placed(const dot *d)
{
    return d->day > -1e8;
}

static void lay_out(chart *c)
{
    double span = c->last - c->first, wide = WIDTH - LEFT - RIGHT, high = HEIGHT - TOP - BOTTOM;
    qsort(c->dots, c->n, sizeof *c->dots, by_time);
    for (size_t i = 0; i < c->n; i++) {
        dot *d = &c->dots[i];
        d->x = LEFT + 24 + (span > 0 ? (d->day - c->first) / span * (wide - 48) : (wide - 48) / 2);
        d->y = TOP + high * (1 - d->entry->value / c->most);
    }
}

static void put_text(const syn_page_out *w, double x, double y, const char *class)
{
    const char *anchor = x < LEFT + 60 ? "start" : x > WIDTH - RIGHT - 60 ? "end" : "middle";
    if (anchor[0] == 's') x = x < LEFT ? LEFT : x - 12;
    if (anchor[0] == 'e') x += 12;
    syn_buf_format(w->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", class, x, y, anchor);
}

static void put_figure(const syn_page_out *w, const syn_record_entry *e)
{
    syn_view_compact(w->view, w->out, e->value, e->currency, e->unit);
}

static void put_drawing(const syn_page_out *w, const chart *c)
{
    const dot *before = NULL;
    double base = HEIGHT - BOTTOM, ticked = -WIDTH;
    syn_buf_format(w->out, "<path class=\"axis\" d=\"M%d %.1fH%d\"/>", LEFT, base, WIDTH - RIGHT);
    for (size_t i = 0; i < c->n; i++) {
        const dot *d = &c->dots[i];
        if (!placed(d)) {
            syn_buf_format(w->out, "<path class=\"aim\" d=\"M%d %.1fH%d\"/>", LEFT, d->y, WIDTH - RIGHT);
            put_text(w, WIDTH - RIGHT - 12, d->y - 7, "aimed");
            syn_page_put(w, "%k ", UI_SERIES_TARGET);
            put_figure(w, d->entry);
            syn_buf_z(w->out, "</text>");
            continue;
        }
        syn_buf_format(w->out, "<path class=\"drop\" d=\"M%.1f %.1fV%.1f\"/>", d->x, d->y, base);
        if (before && (d->year || d->target))
            syn_buf_format(w->out, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>", d->target ? "aim" : "trend",
                           before->x, before->y, d->x, d->y);
        if (d->year && !d->target) before = d;
    }
    for (size_t i = 0; i < c->n; i++) {
        const dot *d = &c->dots[i];
        if (!placed(d)) continue;
        if (d->target)
            syn_buf_format(w->out, "<path class=\"goal\" d=\"M%.1f %.1fl6 6l-6 6l-6-6z\"/>", d->x, d->y - 6);
        else
            syn_buf_format(w->out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>",
                           d->year || syn_view_entry_dated(d->entry) ? "point" : "point part", d->x, d->y);
        bool labelled = c->n <= LABELLED || i == 0 || i + 1 == c->n || d->entry->value >= c->most;
        if (!labelled) continue;
        put_text(w, d->x, d->y - 13, d->target ? "aimed" : "amount");
        put_figure(w, d->entry);
        syn_buf_z(w->out, "</text>");
        if (d->x - ticked < ROOM) continue;
        ticked = d->x;
        put_text(w, d->x, base + 20, "tick");
        syn_view_entry_period(w->view, w->out, d->entry);
        syn_buf_z(w->out, "</text>");
    }
}

static void put_table(const syn_page_out *w, const syn_record *r, const syn_series *s)
{
    syn_page_put(w,
                 "<table class=\"points\"><thead><tr><th scope=\"col\">%k</th><th scope=\"col\">%k</th><th "
                 "scope=\"col\">%k</th><th scope=\"col\">%k</th></tr></thead><tbody>\n",
                 UI_COLUMN_PERIOD, UI_COLUMN_VALUE, UI_COLUMN_CHANGE, UI_COLUMN_VOICES);
    for (size_t i = 0; i < s->npoints + s->ntargets; i++) {
        bool target = i >= s->npoints;
        const syn_record_entry *e = &r->entries[target ? s->targets[i - s->npoints] : s->points[i]];
        syn_page_put(w, target ? "<tr class=\"goal\"><th scope=\"row\">%k " : "<tr><th scope=\"row\">",
                     UI_SERIES_TARGET);
        if (e->from != SYN_NO_DAY) syn_view_entry_period(w->view, w->out, e);
        syn_page_put(w, "</th><td>");
        put_figure(w, e);
        for (size_t k = 1; k < e->nvalues; k++) {
            syn_page_put(w, " <span class=\"other\">");
            syn_view_compact(w->view, w->out, e->values[k].value, e->currency, e->unit);
            syn_page_put(w, "</span>");
        }
        syn_page_put(w, "</td><td>");
        if (e->flags & SYN_ENTRY_CHANGE) {
            syn_fact f = {.kind = SYN_FACT_PERCENT, .value = e->change < 0 ? -e->change : e->change};
            syn_buf_z(w->out, e->change < 0 ? "\xE2\x88\x92" : "+");
            syn_view_value(w->view, w->out, &f);
        }
        syn_page_put(w, "</td><td>");
        syn_view_count(w->view, w->out, e->voices);
        syn_page_put(w, "</td></tr>\n");
    }
    syn_page_put(w, "</tbody></table>");
}

void syn_page_series(const syn_page_out *w, const syn_record *r, const syn_series *s, size_t number)
{
    chart c = {.first = 1e9, .last = -1e9, .most = 0};
    for (size_t i = 0; i < s->npoints; i++) add_dot(&c, &r->entries[s->points[i]], false);
    for (size_t i = 0; i < s->ntargets; i++) add_dot(&c, &r->entries[s->targets[i]], true);
    if (!c.n) return;
    lay_out(&c);
    int64_t id = (int64_t)number + 1;
    syn_page_put(w,
                 "<figure><figcaption>%z</figcaption><svg class=\"chart\" viewBox=\"0 0 %i %i\" role=\"img\" "
                 "aria-labelledby=\"st%i sd%i\"><title id=\"st%i\">%z</title><desc id=\"sd%i\">",
                 syn_view_measure(w->view, s->measure), (int64_t)WIDTH, (int64_t)HEIGHT, id, id, id,
                 syn_view_measure(w->view, s->measure), id);
    for (size_t i = 0; i < c.n && i < LABELLED; i++) {
        if (i) syn_buf_z(w->out, "; ");
        if (c.dots[i].target) syn_page_put(w, "%k ", UI_SERIES_TARGET);
        if (c.dots[i].entry->from != SYN_NO_DAY) {
            syn_view_entry_period(w->view, w->out, c.dots[i].entry);
            syn_buf_z(w->out, ": ");
        }
        put_figure(w, c.dots[i].entry);
    }
    syn_buf_z(w->out, "</desc>");
    put_drawing(w, &c);
    syn_buf_z(w->out, "</svg>");
    put_table(w, r, s);
    syn_page_put(w, "</figure>\n");
}
