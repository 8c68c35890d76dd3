/* test_compare.c - stage 6: when figures agree, and the steps that need no language. */
#include "../../src/compare/comparing.h"
#include "test.h"

static syn_figure amount(syn_fact *f, syn_fact_kind kind, double value, uint64_t mantissa)
{
    *f = (syn_fact){.kind = (uint8_t)kind, .value = value, .value2 = value, .from = SYN_NO_DAY, .to = SYN_NO_DAY};
    return (syn_figure){.fact = f, .mantissa = mantissa, .written = true};
}

static syn_figure day(syn_fact *f, int y, int m, int d)
{
    *f = (syn_fact){.kind = SYN_FACT_DATE, .from = syn_day_of(y, m, d), .to = syn_day_of(y, m, d) + 1};
    return (syn_figure){.fact = f, .written = true};
}

static void equal_values_agree(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_NUMBER, 1200, 12), y = amount(&g, SYN_FACT_NUMBER, 1200, 12);
    assert_true(syn_figure_agree(&x, &y) == 1);
    y = amount(&g, SYN_FACT_NUMBER, 1300, 13);
    assert_true(syn_figure_agree(&x, &y) == 0);
}

static void rounding_agrees(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_NUMBER, 1200, 12), y = amount(&g, SYN_FACT_NUMBER, 1196, 1196);
    assert_true(syn_figure_agree(&x, &y) > 0.5);
    y = amount(&g, SYN_FACT_NUMBER, 1296, 1296);
    assert_true(syn_figure_agree(&x, &y) == 0);
    x = amount(&f, SYN_FACT_NUMBER, 40, 4), y = amount(&g, SYN_FACT_NUMBER, 41, 41);
    assert_true(syn_figure_agree(&x, &y) == 0);
    f.flags = SYN_FACT_AT_LEAST;
    assert_true(syn_figure_agree(&x, &y) > 0.5);
    f.flags = SYN_FACT_AT_MOST;
    assert_true(syn_figure_agree(&x, &y) == 0);
}

static void currencies_part(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_MONEY, 5e6, 5), y = amount(&g, SYN_FACT_MONEY, 5e6, 5);
    memcpy(f.currency, "USD", 4), memcpy(g.currency, "EUR", 4);
    assert_true(syn_figure_agree(&x, &y) == 0);
    assert_true(syn_figure_fit(&x, &y) == 0);
    g.flags = SYN_FACT_ASSUMED;
    assert_true(syn_figure_fit(&x, &y) == 0);
    memcpy(g.currency, "AUD", 4);
    assert_true(syn_figure_agree(&x, &y) == 1);
}

static void measures_convert(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_NUMBER, 30, 3), y = amount(&g, SYN_FACT_NUMBER, 27, 27);
    x.unit = y.unit = 1, x.factor = 0.9144, y.factor = 1;
    assert_true(syn_figure_agree(&x, &y) > 0.5);
    y.unit = 2;
    assert_true(syn_figure_agree(&x, &y) == 0);
}

static void clocks_of_twelve_hours(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_NUMBER, 19, 19), y = amount(&g, SYN_FACT_NUMBER, 7, 7);
    assert_true(syn_figure_agree(&x, &y) == 0);
    x.hour = true;
    assert_true(syn_figure_agree(&x, &y) > 0.5);
    g.value = 8;
    assert_true(syn_figure_agree(&x, &y) == 0);
    g.value = 19.3;
    assert_true(syn_figure_agree(&x, &y) > 0.5);
}

static void days_agree(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = day(&f, 2025, 3, 14), y = day(&g, 2025, 3, 14);
    assert_true(syn_figure_agree(&x, &y) == 1);
    y = day(&g, 2025, 3, 15);
    assert_true(syn_figure_agree(&x, &y) == 0);
    assert_true(syn_figure_near(&x, &y) == 1);
    y = day(&g, 2024, 3, 14);
    assert_true(syn_figure_agree(&x, &y) == 0);
    g.flags = SYN_FACT_PARTIAL; /* the year is the reader's guess */
    assert_true(syn_figure_agree(&x, &y) > 0.9);
    g = (syn_fact){.kind = SYN_FACT_DATE, .from = syn_day_of(2025, 3, 1), .to = syn_day_of(2025, 4, 1)};
    assert_true(syn_figure_agree(&x, &y) > 0.5);
    y = amount(&g, SYN_FACT_NUMBER, 2025, 2025);
    assert_true(syn_figure_agree(&x, &y) > 0.5);
}

static void near_digits(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_NUMBER, 58420, 5842), y = amount(&g, SYN_FACT_NUMBER, 54820, 5482);
    assert_true(syn_figure_near(&x, &y) == 1);
    x = amount(&f, SYN_FACT_PERCENT, 67.4, 674), y = amount(&g, SYN_FACT_PERCENT, 64.7, 647);
    assert_true(syn_figure_near(&x, &y) == 1);
    y = amount(&g, SYN_FACT_PERCENT, 12, 12);
    assert_true(syn_figure_near(&x, &y) < 0.5);
}

static void values_are_ranked(void **state)
{
    (void)state;
    syn_fact f = {0};
    syn_cell cells[5] = {{&f, 0}, {&f, 0}, {NULL, 0}, {&f, 0}, {&f, 0}};
    uint32_t values[5] = {70, 9, 0, 9, 9};
    syn_row row = {.cells = cells};
    syn_row_settle(&row, cells, values, 5);
    assert_int_equal(row.said, 4);
    assert_true(row.differs);
    assert_int_equal(cells[0].value, 1);
    assert_int_equal(cells[1].value, 0);
    assert_int_equal(cells[4].value, 0);
}

static void scales_slip(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_NUMBER, 5e9, 5), y = amount(&g, SYN_FACT_NUMBER, 5e6, 5);
    assert_false(syn_figure_rescaled(&x, &y)); /* a word of scale that one side did not read */
    x.scaled = y.scaled = true;
    assert_true(syn_figure_rescaled(&x, &y));
    assert_true(syn_figure_agree(&x, &y) == 0);
    x = amount(&f, SYN_FACT_NUMBER, 80, 8), y = amount(&g, SYN_FACT_NUMBER, 80, 8);
    x.unit = y.unit = 1, x.factor = 1609.344, y.factor = 1000;
    assert_true(syn_figure_rescaled(&x, &y));
}

static void ranges_and_bounds_agree_as_wholes(void **state)
{
    (void)state;
    syn_fact f, g;
    syn_figure x = amount(&f, SYN_FACT_PERCENT, 30, 3), y = amount(&g, SYN_FACT_PERCENT, 30, 3);
    f.flags = g.flags = SYN_FACT_RANGE, f.value2 = 43, g.value2 = 44;
    assert_true(syn_figure_agree(&x, &y) == 0);
    x = amount(&f, SYN_FACT_NUMBER, 270, 27), y = amount(&g, SYN_FACT_NUMBER, 277, 277);
    f.flags = SYN_FACT_AT_LEAST;
    assert_true(syn_figure_agree(&x, &y) > 0.5);
    g.flags = SYN_FACT_AT_LEAST; /* "more than" on both sides names the bound itself */
    assert_true(syn_figure_agree(&x, &y) == 0);
    f = (syn_fact){.kind = SYN_FACT_DATERANGE, .from = syn_day_of(1950, 1, 1), .to = syn_day_of(1954, 1, 1)};
    g = (syn_fact){.kind = SYN_FACT_DATERANGE, .from = syn_day_of(1930, 1, 1), .to = syn_day_of(1954, 1, 1)};
    x = (syn_figure){.fact = &f, .written = true}, y = (syn_figure){.fact = &g, .written = true};
    assert_true(syn_figure_agree(&x, &y) == 0);
}

/* A text cut at every '|'. */
static syn_text cut(syn_span *spans, const char *src)
{
    syn_text t = {.src = syn_str_of(src), .sentences = spans};
    size_t from = 0;
    for (size_t i = 0; i <= t.src.n; i++) {
        if (i < t.src.n && src[i] != '|') continue;
        if (i > from) spans[t.nsentences++] = (syn_span){(uint32_t)from, (uint32_t)i};
        from = i + 1;
    }
    return t;
}

static void changed(const char *was, const char *is, const char *wanted)
{
    syn_arena mem = {.limit = 1 << 20};
    syn_span a[40], b[40];
    syn_text x = cut(a, was), y = cut(b, is);
    syn_changes got;
    syn_err err = {0};
    syn_buf out = {0};
    assert_int_equal(syn_compare_versions(&mem, &x, &y, &got, &err), SYN_OK);
    for (size_t i = 0; i < got.n; i++) {
        syn_str src = got.items[i].kind == SYN_TAKEN_OUT ? x.src : y.src;
        syn_buf_c(&out, " -+"[got.items[i].kind]);
        syn_buf_add(&out, syn_slice(src, got.items[i].span.start, got.items[i].span.end));
    }
    assert_str(syn_buf_str(&out), syn_str_of(wanted));
    syn_buf_free(&out);
    syn_arena_free(&mem);
}

static void versions_change_by_sentence(void **state)
{
    (void)state;
    changed("", "", "");
    changed("a|b|c", "a|b|c", " a b c");
    changed("a|b|c", "a|x|c", " a-b+x c");
    changed("a|b", "", "-a-b");
    changed("", "a|b", "+a+b");
    changed("a|b|c|d|e", "x|b|d|y|e|z", "-a+x b-c d+y e+z");
    changed("a|b|c|a|b|b|a", "c|b|a|b|a|c", "-a-b c-a b+a b a+c");
    /* how a line is laid out is no change: no-break spaces, soft hyphens */
    changed("78\xC2\xA0%  of it|b", "78 % of it|bc", " 78 % of it-b+bc");
    changed("ex\xC2\xAD"
            "ample",
            "example", " example");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_agree),
        cmocka_unit_test(rounding_agrees),
        cmocka_unit_test(currencies_part),
        cmocka_unit_test(measures_convert),
        cmocka_unit_test(clocks_of_twelve_hours),
        cmocka_unit_test(days_agree),
        cmocka_unit_test(near_digits),
        cmocka_unit_test(values_are_ranked),
        cmocka_unit_test(scales_slip),
        cmocka_unit_test(ranges_and_bounds_agree_as_wholes),
        cmocka_unit_test(versions_change_by_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
