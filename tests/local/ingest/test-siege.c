/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-encoder.h"
#include "sct-files.h"
#include "sct-rtmp-script.h"
#include "sct-studio.h"

#include <malloc.h>
#include <string.h>

/* Twenty thousand strangers, and people who mean it, who come while the strangers do. */

#define STRANGERS "20000"
#define REPORTS (20000 / 100) /* siege-attacker writes one a hundred */
/* Those that come before anybody who means it. */
#define REPORTS_ALONE 50
#define WARM_UP "1000"
/* As many strangers as the attacker has at a time. */
#define AT_A_TIME 48
/* What one of them may cost at most: buffers of 4 and 8 KiB, and unfinished messages of 8. */
#define MAX_STRANGER_BYTES (32 * 1024)
/* What is left for each stranger: less than the 32 bytes of the allocator's smallest piece, or each
 * leaves one. */
#define MAX_LEFT_BYTES 24
/* Of the strangers that come in all, this share may get their turn before one who means it. */
#define MAX_SHARE_BEFORE 20
#define MIN_ATTEMPTS 3

typedef struct {
  SctStudio *studio;
  GSubprocess *attacker;
  GDataInputStream *lines;
  guint reports; /* each is a hundred strangers */
  gboolean is_over;
  gsize memory_before;
  gsize most_memory;
  gsize segments_before;
  gint64 slowest_us;  /* of those who mean it, to be let in */
  guint most_reports; /* meanwhile */
} Siege;

/* Returns the memory in use here, but for segments, which channels have a window of. */
static gsize
memory_in_use (SctStudio *studio)
{
  struct mallinfo2 info = mallinfo2 ();
  return info.uordblks + info.hblkhd - sc_origin_get_memory (studio->origin);
}

static void read_report (Siege *siege);

static void
on_report (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Siege *siege = user_data;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  gsize memory = memory_in_use (siege->studio);
  if (memory > siege->memory_before)
    siege->most_memory = MAX (siege->most_memory, memory - siege->memory_before);
  siege->is_over = line == NULL;
  siege->reports += line != NULL;
  if (line)
    read_report (siege);
}

static void
read_report (Siege *siege)
{
  g_data_input_stream_read_line_async (siege->lines, G_PRIORITY_DEFAULT, NULL, on_report, siege);
}

static void
begin (Siege *siege, SctStudio *studio, const char *strangers)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%u", studio->rtmp_port);
  *siege = (Siege) { .studio = studio,
                     .memory_before = memory_in_use (studio),
                     .segments_before = sc_origin_get_memory (studio->origin) };
  siege->attacker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                      &error,
                                      g_getenv ("SIEGE_ATTACKER"),
                                      port,
                                      strangers,
                                      NULL);
  g_assert_no_error (error);
  siege->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (siege->attacker));
  read_report (siege);
}

/* Waits until all strangers were there. */
static void
finish (Siege *siege)
{
  while (!siege->is_over)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_wait (siege->attacker, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (siege->attacker));
  g_clear_object (&siege->lines);
  g_clear_object (&siege->attacker);
}

/* Publishes a short stream. */
static void
publish (Siege *siege, GBytes *flv)
{
  GByteArray *bytes = sct_encoder_greeting ("sk_one");
  sct_encoder_add_flv (bytes, flv, 0, G_MAXUINT32);
  sct_rtmp_command (bytes, "deleteStream", 9);
  g_assert_cmpuint (siege->studio->news->len, ==, 0); /* nobody else was let in */
  guint reports = siege->reports;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SctEncoder) encoder = sct_encoder_new (siege->studio->rtmp_port, bytes);
  sct_studio_wait (siege->studio, "created one");
  siege->slowest_us = MAX (siege->slowest_us, g_get_monotonic_time () - start);
  siege->most_reports = MAX (siege->most_reports, siege->reports - reports);
  sct_studio_wait (siege->studio, "ended one completed");
}

static gboolean
has_publisher_process (void)
{
  g_autofree char *command = g_strdup_printf ("pgrep -P %d streamcat-publi", getpid ());
  g_autofree char *text = NULL;
  g_spawn_command_line_sync (command, &text, NULL, NULL, NULL);
  return text[0] != '\0';
}

/* Without a key nobody starts a process, is heard of, or has a byte kept. */
static void
assert_strangers_cost_little (Siege *siege)
{
  while (siege->reports < REPORTS_ALONE && !siege->is_over)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%" G_GSIZE_FORMAT " bytes at most", siege->most_memory);
  g_assert_cmpuint (siege->reports, ==, REPORTS_ALONE);
  g_assert_cmpuint (siege->studio->news->len, ==, 0);
  g_assert_cmpuint (sc_origin_get_memory (siege->studio->origin), <=, siege->segments_before);
  g_assert_false (has_publisher_process ());
  g_assert_cmpuint (siege->most_memory, <, AT_A_TIME * MAX_STRANGER_BYTES);
}

/* One after the other is let in at the first try, long before the strangers are done. */
static void
assert_others_get_in (Siege *siege, GBytes *flv)
{
  guint attempts = 0;
  while (!siege->is_over) {
    publish (siege, flv);
    attempts++;
  }
  g_test_message ("%u were let in, the slowest after %.0f ms and about %u strangers",
                  attempts,
                  (double) siege->slowest_us / 1000,
                  siege->most_reports * 100);
  g_assert_cmpuint (attempts, >=, MIN_ATTEMPTS);
  g_assert_cmpuint (siege->most_reports, <=, REPORTS / MAX_SHARE_BEFORE);
  g_assert_cmpuint (siege->reports, ==, REPORTS);
}

static void
test_siege (void)
{
  if (!sct_has_proc ())
    return;
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autoptr (GBytes) flv = sct_encoder_flv ("testsrc2=s=320x180:r=30:d=3", "");
  Siege siege = { .studio = studio };
  publish (&siege, flv);
  gint64 quiet = siege.slowest_us;
  guint files = sct_count_entries (SCT_OPEN_FILES);
  begin (&siege, studio, WARM_UP);
  finish (&siege);
  sct_wait_for_entries (SCT_OPEN_FILES, files);

  gsize memory = memory_in_use (studio);
  begin (&siege, studio, STRANGERS);
  gint64 start = g_get_monotonic_time ();
  assert_strangers_cost_little (&siege);
  assert_others_get_in (&siege, flv);
  finish (&siege);
  g_test_message ("%s strangers in %.1f s; in quiet one is let in after %.0f ms",
                  STRANGERS,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  (double) quiet / 1000);
  sct_wait_for_entries (SCT_OPEN_FILES, files);
  gsize after = memory_in_use (studio);
  gsize left = after > memory ? after - memory : 0;
  g_test_message ("%" G_GSIZE_FORMAT " bytes are left behind", left);
  g_assert_cmpuint (left, <, 100 * REPORTS * MAX_LEFT_BYTES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/siege", test_siege);
  return g_test_run ();
}
