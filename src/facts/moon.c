/* moon.c - stage 4: new and full moons, by the mean moon and its largest terms: J. Meeus, Astronomical Algorithms
   (1998), chapter 49, good to some ten minutes between 1900 and 2100. */
#include <math.h>

#include "dates.h"

static const double RADIANS = 0.017453292519943295;
enum { EPOCH = 2440588 }; /* the Julian day that begins at noon of 1 January 1970 */

/* The k-th moon since January 2000, a full one at k and a half, in days and parts of a day from 1970 on, of China. */
static double moon_at(double k)
{
    double t = k / 1236.85, e = 1 - 0.002516 * t;
    double sun = RADIANS * (2.5534 + 29.10535670 * k),
           moon = RADIANS * (201.5643 + 385.81693528 * k + 0.0107582 * t * t);
    double f = RADIANS * (160.7108 + 390.67050284 * k - 0.0016118 * t * t);
    double mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
    double terms = -0.40720 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * f) +
                   0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun) -
                   0.00111 * sin(moon - 2 * f) - 0.00057 * sin(moon + 2 * f) + 0.00056 * e * sin(2 * moon + sun);
    static const double zone = 8.0 / 24, dynamic = 70.0 / 86400;
    return mean + terms - EPOCH + 0.5 + zone - dynamic;
}

syn_day date_moon_from(syn_day first, bool full)
{
    static const double month = 29.530588861, start = 10962.6; /* of the moon of January 2000 */
    if (first < -25567 || first > 47482) return SYN_NO_DAY;    /* 1900 to 2099 */
    double k = floor((first - start) / month) - 1 + (full ? 0.5 : 0);
    syn_day day;
    do day = (syn_day)floor(moon_at(k++));
    while (day < first);
    return day;
}
