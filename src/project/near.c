/* SPDX-License-Identifier: MIT */
/* How far two names are apart, for "did you mean". */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment; only cells within NEAR_MOST of the diagonal can matter. */
int near_distance(const char *a, const char *b)
{
    enum { FAR = NEAR_MOST + 1 };
    int n = (int)strnlen(a, NEAR_LENGTH + 1), m = (int)strnlen(b, NEAR_LENGTH + 1);
    int row[3][NEAR_LENGTH + 2];
    if (n > NEAR_LENGTH || m > NEAR_LENGTH || abs(n - m) > NEAR_MOST)
        return FAR;
    for (int j = 0; j <= m; j++)
        row[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3], best = FAR;
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            if (abs(i - j) > NEAR_MOST) {
                now[j] = FAR;
                continue;
            }
            int d = least(least(up[j], now[j - 1]) + 1, up[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d = least(d, up2[j - 2] + 1);
            now[j] = least(d, FAR);
            best = least(best, now[j]);
        }
        if (best == FAR && i > NEAR_MOST)
            return FAR;
    }
    int d = row[n % 3][m];              /* a third of a short name is another name */
    return d <= NEAR_MOST && d * 3 <= (n > m ? n : m) ? d : FAR;
}
