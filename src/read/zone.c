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
