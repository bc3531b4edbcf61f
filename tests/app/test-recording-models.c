/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of recordings, and pictures from servers that may send anything. */

#include "config.h"

#include "sc-pictures.h"
#include "sc-places.h"
#include "sc-recording-list.h"
#include "sc-recording.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void
append (GListStore *store, const char *id, const char *title)
{
  const ScRecordingFields fields = { .id = id,
                                     .channel = "ada",
                                     .title = title,
                                     .started_at = id[0], /* the later the letter, the newer */
                                     .playback_url = "https://x/m.m3u8" };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  g_list_store_append (store, recording);
}

/* A page of recordings by their letters. */
static ScListPage *
make_page (const char *letters, const char *older)
{
  ScListPage *page = g_new0 (ScListPage, 1);
  page->items = g_list_store_new (SC_TYPE_RECORDING);
  page->older = g_strdup (older);
  for (const char *at = letters; *at; at++)
    append (page->items, (const char[]) { *at, '\0' }, "Title");
  return page;
}

static void
take (ScRecordingList *list, const char *letters, const char *older)
{
  g_autoptr (ScListPage) page = make_page (letters, older);
  sc_recording_list_take (list, page);
}

static void
add (ScRecordingList *list, const char *letters, const char *older)
{
  g_autoptr (ScListPage) page = make_page (letters, older);
  sc_recording_list_add (list, page);
}

static void
assert_list (ScRecordingList *list, const char *letters, gboolean has_more)
{
  gboolean more = FALSE;
  g_autoptr (GString) shown = g_string_new (NULL);
  GListModel *model = sc_recording_list_get_recordings (list);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (ScRecording) recording = g_list_model_get_item (model, i);
    g_string_append (shown, sc_recording_get_fields (recording)->id);
  }
  g_assert_cmpstr (shown->str, ==, letters);
  g_object_get (list, "has-more", &more, NULL);
  g_assert_cmpint (more, ==, has_more);
}

typedef struct {
  guint changes;
  guint position;
  guint removed;
  guint added;
} Changes;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  *changes = (Changes) { changes->changes + 1, position, removed, added };
}

/* What stays keeps its object and its place; a new one comes in at the top. */
static void
test_take (void)
{
  Changes changes = { 0 };
  g_autoptr (ScHttp) http = sc_http_new (1);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScRecordingList) list = sc_recording_list_new (client, NULL);
  GListModel *model = sc_recording_list_get_recordings (list);
  take (list, "ba", NULL);
  g_autoptr (ScRecording) first = g_list_model_get_item (model, 1);
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &changes);

  take (list, "ba", NULL);
  g_assert_cmpuint (changes.changes, ==, 0);

  take (list, "cba", NULL);
  g_assert_cmpuint (changes.changes, ==, 1);
  g_assert_cmpuint (changes.position, ==, 0);
  g_assert_cmpuint (changes.removed, ==, 0);
  g_assert_cmpuint (changes.added, ==, 1);
  g_autoptr (ScRecording) same = g_list_model_get_item (model, 2);
  g_assert_true (same == first);
}

/* A newer page moves nothing of what somebody had shown behind it. */
static void
test_more (void)
{
  Changes changes = { 0 };
  g_autoptr (ScHttp) http = sc_http_new (1);
  g_autoptr (ScClient) client = sc_client_new (http);
  g_autoptr (ScRecordingList) list = sc_recording_list_new (client, NULL);
  take (list, "zyx", "x");
  assert_list (list, "zyx", TRUE);
  add (list, "wvu", "u");
  assert_list (list, "zyxwvu", TRUE);
  g_signal_connect (sc_recording_list_get_recordings (list),
                    "items-changed",
                    G_CALLBACK (on_items_changed),
                    &changes);
  take (list, "zyx", "x");
  g_assert_cmpuint (changes.changes, ==, 0);
  take (list, "{zy", "y");
  assert_list (list, "{zyxwvu", TRUE);
  g_assert_cmpuint (changes.changes, ==, 1);
  g_assert_cmpuint (changes.added, ==, 1);
  add (list, "t", NULL);
  assert_list (list, "{zyxwvut", FALSE);

  /* One that is gone from the newest page goes, with none of the others. */
  take (list, "{yx", "x");
  assert_list (list, "{yxwvut", FALSE);

  /* So many came new that what is between is not known; or there are no others any more. */
  take (list, "~}|", "|");
  assert_list (list, "~}|", TRUE);
  add (list, "{", "{");
  take (list, "~}", NULL);
  assert_list (list, "~}", FALSE);
}

static GBytes *
make_jpeg (int width, int height)
{
  char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  gdk_pixbuf_fill (pixbuf, 0x26a269ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* None is wider than it is shown, and one that would take the memory is none. */
static void
test_decode (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) large = make_jpeg (1920, 1080);
  g_autoptr (GdkTexture) texture = sc_picture_decode (large, 320, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 320);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 180);
  g_assert_cmpint (gdk_texture_get_format (texture), ==, GDK_MEMORY_DEFAULT);

  g_autoptr (GBytes) huge = make_jpeg (20000, 1000);
  g_assert_null (sc_picture_decode (huge, 320, &error));
  g_assert_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY);
}

static void
test_no_pictures (void)
{
  g_autoptr (GBytes) good = make_jpeg (64, 36);
  gsize size = 0;
  const char *data = g_bytes_get_data (good, &size);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("<html>", 6);
  g_autoptr (GBytes) cut = g_bytes_new (data, 20);
  GBytes *bad[] = { nothing, text, cut };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (sc_picture_decode (bad[i], 320, &error));
    g_assert_nonnull (error);
  }
}

#define S ((gint64) G_USEC_PER_SEC)
#define HOUR (3600 * S)

static ScPlaces *
reopen (ScPlaces *places, const char *path)
{
  g_assert_finalize_object (places);
  return sc_places_new (path);
}

/* What is kept outlives the program, until somebody sees the end. */
static void
test_places (void)
{
  g_autofree char *folder = g_dir_make_tmp ("streamcat-places-XXXXXX", NULL);
  g_autofree char *below = g_build_filename (folder, "below", NULL);
  g_autofree char *path = g_build_filename (below, "places.json", NULL);
  ScPlaces *places = sc_places_new (path);
  g_assert_cmpint (sc_places_get (places, "a"), ==, 0);
  sc_places_keep (places, "a", 754 * S, HOUR);
  sc_places_keep (places, "b", 9 * S, HOUR);
  places = reopen (places, path);
  g_assert_cmpint (sc_places_get (places, "a"), ==, 754 * S);
  g_assert_cmpint (sc_places_get (places, "b"), ==, 0);
  sc_places_keep (places, "a", HOUR - 9 * S, HOUR);
  g_assert_cmpint (sc_places_get (places, "a"), ==, 0);
  places = reopen (places, path);
  g_assert_cmpint (sc_places_get (places, "a"), ==, 0);
  g_assert_finalize_object (places);

  static const char *const broken[] = {
    "{\"places\":[1,{},{\"recording\":\"a\",\"at_ms\":-1}]}",
    "{\"places\":[{\"recording\":\"a\",\"at_ms\":90000}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_assert_true (g_file_set_contents (path, broken[i], -1, NULL));
    places = sc_places_new (path);
    g_assert_cmpint (sc_places_get (places, "a"), ==, 0);
    g_assert_finalize_object (places);
  }
  g_remove (path);
  g_rmdir (below);
  g_rmdir (folder);
}

static char *
read_all (const char *path)
{
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Returns: a file that nobody else can open for as long as it is open here, or -1. */
static int
hold_file (const char *path)
{
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  signal (SIGIO, SIG_IGN); /* that somebody waits is no news */
  if (fcntl (file, F_SETLEASE, F_WRLCK) == 0)
    return file;
  close (file);
  return -1;
}

/* Nobody waits for a slow disk, and the newest is there in the end. */
static void
test_places_slow (void)
{
  g_autofree char *folder = g_dir_make_tmp ("streamcat-places-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "places.json", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int file = hold_file (part);
  if (file < 0) {
    g_test_skip ("this file system does not let a file be held");
    return;
  }
  ScPlaces *places = sc_places_new (path);
  sc_places_keep (places, "a", 60 * S, HOUR);
  sc_places_keep (places, "b", 61 * S, HOUR);
  sc_places_keep (places, "c", 62 * S, HOUR);
  g_assert_cmpint (sc_places_get (places, "c"), ==, 62 * S);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close (file);
  sc_places_flush (places);
  g_autofree char *text = read_all (path);
  g_assert_nonnull (strstr (text, "60000"));
  g_assert_nonnull (strstr (text, "62000"));
  sc_places_keep (places, "d", 63 * S, HOUR);
  places = reopen (places, path);
  g_assert_cmpint (sc_places_get (places, "b"), ==, 61 * S);
  g_assert_cmpint (sc_places_get (places, "d"), ==, 63 * S);
  g_assert_finalize_object (places);
  g_remove (path);
  g_rmdir (folder);
}

static char *
write_places (guint n_places)
{
  GString *text = g_string_new ("{\"places\":[");
  for (guint i = 0; i < n_places; i++)
    g_string_append_printf (text, "%s{\"recording\":\"r%u\",\"at_ms\":60000}", i ? "," : "", i);
  return g_string_free (g_string_append (text, "]}"), FALSE);
}

/* Of too many, the ones that were watched longest ago go. */
static void
test_places_bounded (void)
{
  g_autofree char *path = NULL;
  g_autofree char *text = write_places (SC_PLACES_MAX);
  int file = g_file_open_tmp ("streamcat-places-XXXXXX", &path, NULL);
  g_assert_cmpint (write (file, text, strlen (text)), ==, (gssize) strlen (text));
  close (file);
  g_autofree char *last = g_strdup_printf ("r%u", SC_PLACES_MAX - 1);
  g_autoptr (ScPlaces) places = sc_places_new (path);
  sc_places_keep (places, last, 60 * S, HOUR);
  sc_places_keep (places, "another", 60 * S, HOUR);
  g_autofree char *before = g_strdup_printf ("r%u", SC_PLACES_MAX - 2);
  g_assert_cmpint (sc_places_get (places, last), ==, 60 * S);
  g_assert_cmpint (sc_places_get (places, before), ==, 0);
  g_assert_cmpint (sc_places_get (places, "r0"), ==, 60 * S);
  sc_places_flush (places);
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-models/take", test_take);
  g_test_add_func ("/recording-models/more", test_more);
  g_test_add_func ("/recording-models/decode", test_decode);
  g_test_add_func ("/recording-models/no-pictures", test_no_pictures);
  g_test_add_func ("/recording-models/places", test_places);
  g_test_add_func ("/recording-models/places-slow", test_places_slow);
  g_test_add_func ("/recording-models/places-bounded", test_places_bounded);
  return g_test_run ();
}
