/* zone.c - stage 2: the newsroom's day of a moment that the page's metadata tell in UTC. */
#include "when.h"

enum { DAY = 86400, HOUR = 3600, QUARTER = 900, WEST = 10 * HOUR, EAST = 14 * HOUR };

/* Whether anywhere with a newsroom it was the day before, or after, while it was that second of a day in UTC. */
static bool was_neighbour(int64_t of_day, int64_t apart)
{
    return (apart == -1 && of_day < WEST) || (apart == 1 && of_day + EAST >= DAY);
}

syn_time syn_read_newsroom_day(syn_time utc, syn_time shown)
{
    if (!syn_time_known(shown) || utc.seconds < 0) return utc;
    int64_t apart = (int64_t)syn_time_day(shown) - syn_time_day(utc);
    if (!was_neighbour(utc.seconds % DAY, apart)) return utc;
    int64_t east = shown.seconds - utc.seconds;
    if (!shown.date_only && shown.zone == SYN_NO_ZONE && east % QUARTER == 0 && east >= -WEST && east <= EAST) {
        return (syn_time){utc.seconds, (int16_t)(east / 60), false};
    }
    return (syn_time){(int64_t)syn_time_day(shown) * DAY, SYN_NO_ZONE, true};
}

/* ---- the zone of the page's other stamps ---- */

enum { MAX_STAMPS = 200, LEAST_STAMPS = 2 };

static bool digit(syn_str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Whether ":ss" or ":ss.fff" with a minute before it ends at end. */
static bool ends_clock(syn_str s, size_t end)
{
    size_t at = end;
    while (at && end - at < 8 && digit(s, at - 1)) at--;
    if (at && s.p[at - 1] == '.') {
        end = --at;
        while (at && end - at < 3 && digit(s, at - 1)) at--;
    }
    return end - at == 2 && at >= 6 && s.p[at - 1] == ':' && digit(s, at - 2) && digit(s, at - 3) && s.p[at - 4] == ':';
}

/* "+hh:mm" or "-hhmm" at at, in minutes; 0 where there is none. */
static int offset_at(syn_str s, size_t at)
{
    size_t i = at + 1;
    if (!digit(s, i) || !digit(s, i + 1)) return 0;
    int minutes = ((s.p[i] - '0') * 10 + s.p[i + 1] - '0') * 60;
    i += 2;
    if (i < s.n && s.p[i] == ':') i++;
    if (!digit(s, i) || !digit(s, i + 1) || digit(s, i + 2) || (i + 2 < s.n && s.p[i + 2] == ':')) return 0;
    minutes += (s.p[i] - '0') * 10 + s.p[i + 1] - '0';
    if (s.p[at] == '-') minutes = -minutes;
    return minutes % 15 == 0 && minutes >= -WEST / 60 && minutes <= EAST / 60 ? minutes : 0;
}

syn_time syn_read_newsroom_zone(syn_time utc, syn_str html)
{
    int zones[MAX_STAMPS], best = 0;
    size_t n = 0, most = 0;
    for (size_t i = 8; i + 4 < html.n && n < MAX_STAMPS; i++) {
        if (html.p[i] != '+' && html.p[i] != '-') continue;
        size_t end = html.p[i - 1] == ' ' ? i - 1 : i;
        int minutes = digit(html, end - 1) && ends_clock(html, end) ? offset_at(html, i) : 0;
        if (minutes) zones[n++] = minutes;
    }
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++) same += zones[k] == zones[i];
        if (same > most) most = same, best = zones[i];
    }
    if (most >= LEAST_STAMPS && most * 4 >= n * 3) utc.zone = (int16_t)best;
    return utc;
}
