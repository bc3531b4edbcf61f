/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* When timed metadata is told: with its picture, and never before it. */

#include "config.h"

#include "sc-live-texts.h"

/* How many may wait. */
#define MOST 256

static void
set_up (ScLiveTexts *texts, gconstpointer data)
{
  sc_live_texts_init (texts);
}

static void
tear_down (ScLiveTexts *texts, gconstpointer data)
{
  sc_live_texts_clear (texts);
}

/* Takes all that is due, as the source does. */
static void
assert_due (ScLiveTexts *texts, guint epoch, gint64 pts, const char *expected)
{
  g_autoptr (GString) due = g_string_new (NULL);
  GstStructure *message = NULL;
  while ((message = sc_live_texts_take (texts, epoch, pts))) {
    g_string_append_printf (due,
                            "%s%s",
                            due->len ? "|" : "",
                            gst_structure_get_string (message, "text"));
    gst_structure_free (message);
  }
  g_assert_cmpstr (due->str, ==, expected);
}

static void
test_waits (ScLiveTexts *texts, gconstpointer data)
{
  assert_due (texts, 0, G_MAXINT64, "");
  sc_live_texts_add (texts, "owner", "goal", 0, 2 * GST_SECOND);
  assert_due (texts, 0, 0, "");
  assert_due (texts, 0, 2 * GST_SECOND - 1, "");
  g_assert_cmpint (sc_live_texts_get_wait (texts, 0, GST_SECOND), ==, GST_SECOND);
  g_assert_cmpint (sc_live_texts_get_wait (texts, 1, GST_SECOND), ==, -1);
  assert_due (texts, 0, 2 * GST_SECOND, "goal");
  g_assert_cmpint (sc_live_texts_get_wait (texts, 0, 2 * GST_SECOND), ==, -1);
  assert_due (texts, 0, G_MAXINT64, "");
}

/* Those of one picture, and those of pictures that were left out, come at once and in order. */
static void
test_order (ScLiveTexts *texts, gconstpointer data)
{
  sc_live_texts_add (texts, "owner", "a", 0, GST_SECOND);
  sc_live_texts_add (texts, "owner", "b", 0, GST_SECOND);
  sc_live_texts_add (texts, "owner", "c", 0, 2 * GST_SECOND);
  sc_live_texts_add (texts, "owner", "d", 0, 4 * GST_SECOND);
  assert_due (texts, 0, 3 * GST_SECOND, "a|b|c");
  assert_due (texts, 0, 4 * GST_SECOND, "d");
}

/* A new timeline begins anywhere: what is left of the old one is due, what is of the next is not.
 */
static void
test_timelines (ScLiveTexts *texts, gconstpointer data)
{
  sc_live_texts_add (texts, "owner", "old", 1, 90 * GST_SECOND);
  sc_live_texts_add (texts, "owner", "new", 2, GST_SECOND);
  assert_due (texts, 0, G_MAXINT64, "");
  assert_due (texts, 1, 80 * GST_SECOND, "");
  assert_due (texts, 2, 0, "old");
  assert_due (texts, 1, G_MAXINT64, "");
  assert_due (texts, 2, GST_SECOND, "new");
}

static void
test_too_many (ScLiveTexts *texts, gconstpointer data)
{
  for (guint i = 0; i < MOST + 2; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);
    sc_live_texts_add (texts, "owner", text, 0, i * GST_MSECOND);
  }
  g_assert_cmpuint (g_queue_get_length (&texts->items), ==, MOST);
  assert_due (texts, 0, 1 * GST_MSECOND, "");
  assert_due (texts, 0, 2 * GST_MSECOND, "2");
  assert_due (texts, 0, 4 * GST_MSECOND, "3|4");
}

#define add(name, test) g_test_add ("/live-texts/" name, ScLiveTexts, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  add ("waits", test_waits);
  add ("order", test_order);
  add ("timelines", test_timelines);
  add ("too-many", test_too_many);
  return g_test_run ();
}
