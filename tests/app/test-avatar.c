/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The own picture: what is made of a file, and the row that sends it, over a server in this
 * process. With STREAMCAT_PICTURES=DIR it is also painted. */

#include "config.h"

#include "sc-avatar-picture.h"
#include "sc-avatar-row.h"
#include "sc-avatar.h"
#include "sc-fake-api.h"
#include "sct-window.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#define CHANNEL "GET /v1/me/channel"
#define PUT "PUT /v1/me/avatar"
#define DELETE "DELETE /v1/me/avatar"

#define RED 0xc00000ff
#define BLUE 0x0000c0ff

/* Red above and blue below, saved by an encoder. */
static GByteArray *
make_picture (int width, int height, const char *type)
{
  char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) lower =
    gdk_pixbuf_new_subpixbuf (pixbuf, 0, height / 2, width, height - height / 2);
  gdk_pixbuf_fill (pixbuf, RED);
  gdk_pixbuf_fill (lower, BLUE);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) data, size);
}

/* Says in EXIF that the camera was held another way ("Exif Version 2.32", tag 0x0112), as the first
 * segment after the start of the JPEG. */
static void
set_orientation (GByteArray *jpeg, guint8 orientation)
{
  const guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x',         'i', 'f', 0, 0,  'M', 'M',
                          0,    42,   0, 0,  0,   8,           0,   1,   1, 18, 0,   3,
                          0,    0,    0, 1,  0,   orientation, 0,   0,   0, 0,  0,   0 };
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  g_byte_array_append (rest, jpeg->data + 2, jpeg->len - 2);
  g_byte_array_set_size (jpeg, 2);
  g_byte_array_append (jpeg, exif, sizeof exif);
  g_byte_array_append (jpeg, rest->data, rest->len);
}

static GBytes *
make (GByteArray *file, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  return sc_avatar_picture_make (stream, error);
}

static GdkPixbuf *
make_well (GByteArray *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = make (file, &error);
  g_assert_no_error (error);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, SC_AVATAR_SIDE);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, SC_AVATAR_SIDE);
  return pixbuf;
}

static gboolean
is_red (GdkPixbuf *pixbuf, int x, int y)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) +
                        x * gdk_pixbuf_get_n_channels (pixbuf);
  return pixel[0] > pixel[2];
}

/* Where the red half is: of a picture that was taken with the camera turned, at its top once it is
 * turned back. */
static void
test_orientation (void)
{
  static const struct {
    guint8 orientation;
    int x, y; /* in the middle of the red half */
  } cases[] = { { 1, 128, 20 }, { 3, 128, 236 }, { 6, 236, 128 }, { 8, 20, 128 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GByteArray) jpeg = make_picture (1600, 1200, "jpeg");
    set_orientation (jpeg, cases[i].orientation);
    g_autoptr (GdkPixbuf) pixbuf = make_well (jpeg);
    g_assert_true (is_red (pixbuf, cases[i].x, cases[i].y));
    g_assert_false (is_red (pixbuf, 255 - cases[i].x, 255 - cases[i].y));
  }
}

/* The middle of a tall and of a wide picture, and one that is smaller than what is sent. */
static void
test_square (void)
{
  static const int sizes[][2] = { { 300, 3000 }, { 3000, 300 }, { 7, 5 }, { 1, 1 }, { 4000, 2 } };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GByteArray) png = make_picture (sizes[i][0], sizes[i][1], "png");
    g_autoptr (GdkPixbuf) pixbuf = make_well (png);
    g_assert_false (is_red (pixbuf, 128, 250));
  }
}

static void
test_unreadable (void)
{
  g_autoptr (GByteArray) words = g_byte_array_new ();
  g_byte_array_append (words, (const guint8 *) "no picture at all", 17);
  g_autoptr (GByteArray) cut = make_picture (400, 400, "png");
  g_byte_array_set_size (cut, cut->len * 3 / 4);
  g_autoptr (GByteArray) large_cut = make_picture (1600, 1600, "png");
  g_byte_array_set_size (large_cut, large_cut->len * 3 / 4);
  g_autoptr (GByteArray) empty = g_byte_array_new ();
  GByteArray *files[] = { words, cut, large_cut, empty };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) png = make (files[i], &error);
    g_assert_null (png);
    g_assert_nonnull (error);
    g_assert_cmpuint (error->domain, ==, GDK_PIXBUF_ERROR);
  }
}

/* A header that promises 30000 by 30000 pixels is enough to give up. */
static void
test_bomb (void)
{
  static const guint8 header[] = { 0x89, 'P',  'N', 'G', '\r', '\n', 0x1a, '\n', 0,    0,    0,
                                   13,   'I',  'H', 'D', 'R',  0,    0,    0x75, 0x30, 0,    0,
                                   0x75, 0x30, 8,   2,   0,    0,    0,    0xe9, 0x45, 0x6f, 0xed };
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_byte_array_append (png, header, sizeof header);
  g_autoptr (GByteArray) small = make_picture (64, 64, "png");
  g_byte_array_append (png, small->data + sizeof header, small->len - sizeof header);
  g_autoptr (GBytes) made = make (png, &error);
  g_assert_null (made);
  g_assert_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY);
}

typedef struct {
  ScFakeApi *api;
  ScClient *client;
  ScOwnChannel *own_channel;
  GtkWidget *window;
  ScAvatarRow *row;
  char *url; /* of the picture */
  GFile *file;
  const char *text;
} Fixture;

static void
answer_channel (Fixture *self, const char *url)
{
  g_autofree char *quoted = url ? g_strdup_printf ("'%s'", url) : g_strdup ("null");
  g_autofree char *body =
    g_strdup_printf ("{'channel':{'name':'ada','title':'Notes','state':'ready','live':false,"
                     "'avatar_url':%s,'stream':null}}",
                     quoted);
  sc_fake_api_answer (self->api, CHANNEL, 200, body);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (ScHttp) http = sc_http_new (5);
  g_autoptr (GError) error = NULL;
  self->api = sc_fake_api_new ();
  self->client = sc_client_new (http);
  sc_client_set_server (self->client, sc_fake_api_get_url (self->api));
  sc_client_set_token (self->client, "t0k3n");
  answer_channel (self, NULL);

  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("avatar-XXXXXX.jpg", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_autoptr (GByteArray) jpeg = make_picture (640, 480, "jpeg");
  g_file_set_contents (path, (const char *) jpeg->data, jpeg->len, &error);
  g_assert_no_error (error);
  self->file = g_file_new_for_path (path);
  self->url = g_strconcat (sc_fake_api_get_url (self->api), "/picture.png", NULL);

  self->own_channel = sc_own_channel_new (self->client);
  self->window = adw_window_new ();
  self->row = g_object_new (SC_TYPE_AVATAR_ROW, NULL);
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->row));
  GtkWidget *page = adw_preferences_page_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  GtkWidget *overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 200);
  sc_avatar_row_set_own_channel (self->row, self->own_channel);
  sc_own_channel_start (self->own_channel);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_file_get_path (self->file);
  g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (self->window));
  sc_own_channel_stop (self->own_channel);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->own_channel);
  g_object_unref (self->file);
  g_object_unref (self->client);
  g_free (self->url);
  sc_fake_api_free (self->api);
}

static gboolean
is_told (gpointer data)
{
  Fixture *self = data;
  return sct_find (self->window, GTK_TYPE_LABEL, self->text) != NULL;
}

static void
wait_told (Fixture *self, const char *text)
{
  self->text = text;
  sc_test_wait_until (is_told, self);
}

static gboolean
is_known (gpointer data)
{
  return sc_own_channel_get_channel (((Fixture *) data)->own_channel) != NULL;
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = g_strdup_printf ("{'avatar_url':'%s'}", self->url);
  sc_fake_api_answer (self->api, PUT, 200, answer);
  sc_test_wait_until (is_known, self);
  answer_channel (self, self->url);
  sc_avatar_row_upload (self->row, self->file);
  wait_told (self, "Your picture is changed");
  g_assert_cmpuint (sc_fake_api_count (self->api, PUT), ==, 1);
  g_assert_true (g_str_has_prefix (sc_fake_api_get_body (self->api, PUT), "\x89PNG"));
  g_assert_cmpstr (sc_fake_api_get_authorization (self->api, PUT), ==, "Bearer t0k3n");
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  g_assert_cmpstr (sc_channel_get_avatar_url (channel), ==, self->url);
  sct_take_pictures (self->window, "avatar-row");
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  sc_fake_api_answer (self->api,
                      PUT,
                      400,
                      "{'error':{'code':'invalid_picture','message':'m','field':null}}");
  sc_test_wait_until (is_known, self);
  sc_avatar_row_upload (self->row, self->file);
  wait_told (self, "The picture could not be changed.");
}

static void
test_no_picture (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (self->file);
  g_file_set_contents (path, "no picture at all", -1, &error);
  g_assert_no_error (error);
  sc_test_wait_until (is_known, self);
  sc_avatar_row_upload (self->row, self->file);
  wait_told (self, "This file is no picture that can be read.");
  g_assert_cmpuint (sc_fake_api_count (self->api, PUT), ==, 0);
}

int
main (int argc, char *argv[])
{
  sct_window_init (&argc, &argv);
  g_test_add_func ("/avatar/orientation", test_orientation);
  g_test_add_func ("/avatar/square", test_square);
  g_test_add_func ("/avatar/unreadable", test_unreadable);
  g_test_add_func ("/avatar/bomb", test_bomb);
  g_test_add ("/avatar/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/avatar/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/avatar/no-picture", Fixture, NULL, set_up, test_no_picture, tear_down);
  return g_test_run ();
}
