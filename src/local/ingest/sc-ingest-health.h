/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScIngestHealth:
 *
 * Whether media come as fast as they play. To be initialised with zeros; its members are its own.
 */
typedef struct {
  /*< private >*/
  gboolean has_media;
  gboolean is_starving;
  guint32 timestamp;      /* the newest, milliseconds */
  gint64 media_us;        /* the newest, from the first on */
  gint64 window_start_us; /* monotonic */
  gint64 delay;           /* the least of this window */
  gint64 previous_delay;  /* the least of the window before */
} ScIngestHealth;

void sc_ingest_health_take (ScIngestHealth *self, guint32 timestamp, gint64 now_us);
gboolean sc_ingest_health_is_starving (ScIngestHealth *self, gint64 now_us);

G_END_DECLS
