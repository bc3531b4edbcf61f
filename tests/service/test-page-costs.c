/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The last page of a long list costs what the first does. */

#include "config.h"

#include "sc-channel-store.h"
#include "sc-recording-store.h"
#include "sct-reads.h"

/* So many that it does not pay to read all of them for one page. */
#define CHANNELS 10000
#define PAGE 21

/* So many channels, each with a stream that is over and one that is on, a second apart in the order
 * of their numbers; every second is of the category games. The first has as many recordings,
 * all of which are older than one that each of the others has. */
#define FILL                                                                                       \
  "SET session_replication_role = replica;"                                                        \
  "INSERT INTO users (name, password_hash, created_at)"                                            \
  " SELECT 'streamer-' || n, 'x', now() FROM generate_series(1, " G_STRINGIFY (                    \
    CHANNELS) ") n;"                                                                               \
              "INSERT INTO channels (user_id, name, title, category) SELECT id, name, 'x',"        \
              " CASE WHEN split_part(name, '-', 2)::integer % 2 = 0 THEN 'Games' ELSE '' END "     \
              "FROM users"                                                                         \
              " WHERE name LIKE 'streamer-%';"                                                     \
              "INSERT INTO streams (id, user_id, started_at, ended_at) SELECT 'old-' || name, "    \
              "user_id,"                                                                           \
              " '2020-02-01Z', '2020-02-02Z' FROM channels WHERE name LIKE 'streamer-%';"          \
              "INSERT INTO streams (id, user_id, started_at) SELECT 'new-' || name, user_id,"      \
              " to_timestamp(1700000000 + split_part(name, '-', 2)::integer) FROM channels"        \
              " WHERE name LIKE 'streamer-%';"                                                     \
              "INSERT INTO recordings (id, user_id, title, bucket, prefix, started_at, "           \
              "duration_ms, playlist,"                                                             \
              " width, height) SELECT 'old-streamer-' || n, c.user_id, 'x', 'b', 'p',"             \
              " to_timestamp(1700000000 + n), 1, 'm.m3u8', 16, 9 FROM channels c,"                 \
              " generate_series(1, " G_STRINGIFY (                                                 \
                CHANNELS) ") n WHERE c.name = 'streamer-1';"                                       \
                          "INSERT INTO recordings (id, user_id, title, bucket, prefix, "           \
                          "started_at, duration_ms, playlist,"                                     \
                          " width, height) SELECT 'rec-' || name, user_id, 'x', 'b', 'p', "        \
                          "'2026-03-01Z', 1, 'm.m3u8', 16, 9"                                      \
                          " FROM channels WHERE name LIKE 'streamer-%' AND name <> 'streamer-1';"  \
                          "SET session_replication_role = origin; ANALYZE users, channels, "       \
                          "streams, recordings"

/* From before which number on a page is; 0 for from the newest. */
static gint64
place_of (gint64 number)
{
  return number > 0 ? (1700000000 + number) * G_USEC_PER_SEC : 0;
}

static char *
id_of (const char *kind, gint64 number)
{
  return number > 0 ? g_strdup_printf ("%s-streamer-%" G_GINT64_FORMAT, kind, number) : NULL;
}

static gboolean
list_live_of (ScStoreConnection *connection, const char *category, gint64 number, GError **error)
{
  g_autofree char *id = id_of ("new", number);
  const ScLiveWanted wanted = { .category = category,
                                .before_at = place_of (number),
                                .before_id = id,
                                .limit = PAGE };
  g_autoptr (GPtrArray) rows = sc_channel_store_list_live (connection, &wanted, error);
  return rows && rows->len == PAGE;
}

static gboolean
list_live (ScStoreConnection *connection, gint64 number, GError **error)
{
  return list_live_of (connection, NULL, number, error);
}

static gboolean
list_category (ScStoreConnection *connection, gint64 number, GError **error)
{
  return list_live_of (connection, "Games", number, error);
}

static gint64 streamer_id;

static ScRecordingsWanted
recordings_before (gint64 number, const char *id)
{
  return (ScRecordingsWanted) { .before_at = place_of (number), .before_id = id, .limit = PAGE };
}

static gboolean
list_recordings (ScStoreConnection *connection, gint64 number, GError **error)
{
  g_autofree char *id = id_of ("old", number);
  const ScRecordingsWanted wanted = recordings_before (number, id);
  g_autoptr (GPtrArray) rows = sc_recording_store_list (connection, &wanted, error);
  return rows && rows->len == PAGE;
}

static gboolean
list_recordings_of (ScStoreConnection *connection, gint64 number, GError **error)
{
  g_autofree char *id = id_of ("old", number);
  const ScRecordingsWanted wanted = recordings_before (number, id);
  g_autoptr (GPtrArray) rows =
    sc_recording_store_list_of (connection, "streamer-1", &wanted, error);
  return rows && rows->len == PAGE;
}

static gboolean
list_own_recordings (ScStoreConnection *connection, gint64 number, GError **error)
{
  g_autofree char *id = id_of ("old", number);
  const ScRecordingsWanted wanted = recordings_before (number, id);
  g_autoptr (GPtrArray) rows =
    sc_recording_store_list_own (connection, streamer_id, &wanted, error);
  return rows && rows->len == PAGE;
}

/* The last page's number leaves enough for one; what is read for a row is read for no other. */
static void
test_last_page (void)
{
  static const struct {
    const char *what;
    SctWork work;
    gint64 last;
  } lists[] = {
    { "live channels", list_live, PAGE + 1 },
    { "live channels of a category", list_category, 2 * PAGE + 2 },
    { "recordings", list_recordings, PAGE + 1 },
    { "recordings of a channel", list_recordings_of, PAGE + 1 },
    { "own recordings", list_own_recordings, PAGE + 1 },
  };
  g_autoptr (SctService) service = sct_service_new (NULL);
  sct_service_run (service, FILL);
  streamer_id = sct_service_ask_number (service, "SELECT id FROM users WHERE name = 'streamer-1'");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    gint64 first = sct_count_reads (service, lists[i].work, 0);
    gint64 last = sct_count_reads (service, lists[i].work, lists[i].last);
    g_test_message ("%s: %" G_GINT64_FORMAT " reads for the first page, %" G_GINT64_FORMAT
                    " for the last",
                    lists[i].what,
                    first,
                    last);
    g_assert_cmpint (last, <=, first + first / 4);
    g_assert_cmpint (first, <, 20 * PAGE);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/page-costs/last-page", test_last_page);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
