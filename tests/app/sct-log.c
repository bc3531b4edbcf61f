/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The log of a program of tests. Every warning ends a test but these, which are not ours.
 *
 * In decodebin3 of GStreamer 1.26.2 each thread that comes with a stream links the streams of all,
 * so that a frame of one may reach its queue before the events that another thread is about to
 * deliver. It is played all the same; what was not, a test that waits for its picture still tells.
 *
 * On a display without a compositor, as Xvfb is, the surface and the display of GTK 4.24's GDK each
 * say of a frame that it was submitted, and GDK warns once that it heard it twice. */

#include "config.h"

#include "sct-log.h"

#include <string.h>

static SctLogWatch watched;

static gboolean
is_theirs (const char *domain, const char *message)
{
  static const struct {
    const char *domain, *pattern;
  } theirs[] = {
    { "GStreamer", "*<multiqueue*Got data flow before stream-start event" },
    { "GStreamer", "*<multiqueue*Got data flow before segment event" },
    { "Gdk", "gdk_frame_timings_submitted() called on submitted frame." },
  };
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    if (g_strcmp0 (domain, theirs[i].domain) == 0 &&
        g_pattern_match_simple (theirs[i].pattern, message))
      return TRUE;
  return FALSE;
}

static gboolean
on_fatal_log (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return !is_theirs (domain, message);
}

/* On any thread. GLib forgets the one who is asked what is fatal before each test; it asks after
 * this. */
static void
on_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if (is_theirs (domain, message))
    g_test_log_set_fatal_handler (on_fatal_log, NULL);
  else
    g_log_default_handler (domain, level, message, user_data);
}

/* Returns: the field's text, "" if there is none that ends. */
static const char *
get_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  return "";
}

/* On any thread. All that is logged comes here in the end; what GDK logs comes here alone. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (watched) {
    g_autofree char *line = g_log_writer_format_fields (level, fields, n_fields, FALSE);
    watched (line);
  }
  if (is_theirs (get_field (fields, n_fields, "GLIB_DOMAIN"),
                 get_field (fields, n_fields, "MESSAGE")))
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, user_data);
}

/**
 * sct_log_watch:
 * @watch: is told each line, also those that nobody would see; on any thread
 *
 * Has somebody look into the log. Before sct_log_init().
 */
void
sct_log_watch (SctLogWatch watch)
{
  watched = watch;
}

/**
 * sct_log_init:
 *
 * Lets through what is known not to be ours. Once, after g_test_init().
 */
void
sct_log_init (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
  g_log_set_handler ("GStreamer", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, on_warning, NULL);
}
