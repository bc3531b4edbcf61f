/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The types of a channel and what each takes: "Channel types" and "Service quotas" of the Amazon
 * IVS Low-Latency User Guide. */

#include "config.h"

#include "sc-channel-type.h"

#define FULL_HD 1080, 1920, 60

typedef struct {
  const char *type;
  guint to_height; /* a picture of so many lines at most */
  ScChannelLimits limits;
} Row;

/* Of a type, from the smallest picture to the largest. */
static const Row rows[] = {
  { "BASIC", 480, { 1500000, FULL_HD } },
  { "BASIC", G_MAXUINT, { 3500000, FULL_HD } },
  { "STANDARD", G_MAXUINT, { 8500000, FULL_HD } },
  { "ADVANCED_HD", G_MAXUINT, { 8500000, FULL_HD } },
  { "ADVANCED_SD", G_MAXUINT, { 8500000, FULL_HD } },
};

/**
 * sc_channel_type_is_known:
 * @type: (nullable): a word
 *
 * Returns: whether it is a channel's type
 */
gboolean
sc_channel_type_is_known (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_strcmp0 (type, rows[i].type) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * sc_channel_type_get_limits:
 * @type: a channel's type; one that is not known has the narrowest limits
 * @height: lines of the picture that comes, or is to come
 *
 * Returns: what a channel of that type takes with such a picture
 */
ScChannelLimits
sc_channel_type_get_limits (const char *type, guint height)
{
  const char *known = sc_channel_type_is_known (type) ? type : rows[0].type;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_str_equal (known, rows[i].type) && height <= rows[i].to_height)
      return rows[i].limits;
  }
  g_return_val_if_reached (rows[0].limits);
}
