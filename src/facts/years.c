/* years.c - stage 4: the years of dates, as they are shortened, spoken and joined to what stands before them. */
#include "dates.h"

bool date_short_year(const scan *s, const quantity *q, size_t after)
{
    quantity month;
    size_t end;
    if (!q->plain || q->digits != 2) return false;
    if (s->t.p[q->start] == '0') return true;
    return date_count_at(s, after, &month) && date_mark_after(s, month.end, &end) == SPAN_MONTH;
}

bool date_told_year(const scan *s, size_t at, quantity *q)
{
    return !scan_digit(s, at) && !date_unspaced(s, at) && quantity_at(s, at, q) && !q->ordinal && !q->fraction &&
           q->value > 1900 && q->value < 2100 && date_whole(q) % 100 && q->value == (double)date_whole(q);
}

int date_spoken_year(const scan *s, const quantity *century, size_t *end)
{
    quantity year;
    size_t at = scan_space(s, century->end);
    if (!century->spelled || century->ordinal || century->value < 10 || century->value > 20 || scan_digit(s, at) ||
        !quantity_at(s, at, &year) || year.ordinal || year.fraction || year.value < 10 || year.value > 99)
        return 0;
    *end = year.end;
    return date_whole(century) * 100 + date_whole(&year);
}

bool date_year_spoken(const scan *s, size_t at)
{
    quantity q;
    size_t end;
    return quantity_at(s, scan_space(s, at), &q) && date_spoken_year(s, &q, &end) > 0;
}

bool date_year_joined(const scan *s, size_t at)
{
    quantity q;
    size_t next = date_joiners(s, at);
    return next > at + 1 && digits_at(s, next, &q) && date_plausible_year(&q);
}

bool date_hyphened_year(const scan *s, size_t at)
{
    quantity q;
    return digits_at(s, at, &q) && date_plausible_year(&q) && scan_word_ends(s, q.end);
}
