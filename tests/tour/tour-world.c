/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "tour-world.h"

#include "sc-json.h"
#include "sct-files.h"
#include "tour-access.h"
#include "tour-wait.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The first start makes a database cluster and a certificate authority. */
#define CLOUD_SECONDS 60

/* Every page is pictured in each of these. */
static const int widths[] = { 1280, 360 };
static const char *const appearances[] = { "light", "dark" };

#define WINDOW_HEIGHT 800

/* Where nothing composes windows, a window draws its border inside, 5 pixels a side. */
#define BORDERS 10

/* The longest to wait for a page to come to rest before it is pictured. */
#define SETTLE_SECONDS 3

/**
 * tour_world_new:
 * @build: the build folder, where the programs are
 * @pictures: where pictures go; made if need be
 * @error: an error of GIO or %TOUR_ERROR
 *
 * Returns: (transfer full) (nullable): a world without cloud or people
 */
TourWorld *
tour_world_new (const char *build, const char *pictures, GError **error)
{
  g_autoptr (TourEyes) eyes = tour_eyes_new (error);
  if (!eyes)
    return NULL;
  g_mkdir_with_parents (pictures, 0755);
  g_autofree char *folder = g_build_filename (pictures, "run-XXXXXX", NULL);
  if (!g_mkdtemp (folder)) {
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "%s can't be written to", pictures);
    return NULL;
  }

  TourWorld *self = g_new0 (TourWorld, 1);
  self->build = g_canonicalize_filename (build, NULL);
  self->pictures = g_canonicalize_filename (pictures, NULL);
  self->folder = g_canonicalize_filename (folder, NULL);
  self->eyes = g_steal_pointer (&eyes);
  return self;
}

static void
end_cloud (TourWorld *self)
{
  if (!self->cloud)
    return;
  g_subprocess_send_signal (self->cloud, SIGTERM);
  g_subprocess_wait (self->cloud, NULL, NULL);
  g_clear_object (&self->cloud);
}

/**
 * tour_world_free:
 * @self: (nullable): a world
 *
 * Ends everything that runs in it. What a run leaves behind, logs above all, stays if it failed.
 */
void
tour_world_free (TourWorld *self)
{
  if (!self)
    return;
  tour_encoder_stop (self->encoder);
  tour_person_free (self->viewer);
  tour_person_free (self->streamer);
  end_cloud (self);
  tour_eyes_free (self->eyes);
  if (!self->failed)
    sct_remove_tree (self->folder);
  g_free (self->build);
  g_free (self->pictures);
  g_free (self->folder);
  g_free (self->api_url);
  g_free (self->aws_url);
  g_free (self->ca_file);
  g_free (self->server);
  g_free (self->key);
  g_free (self);
}

typedef struct {
  const char *ready_file;
  gboolean exited;
} CloudStart;

static void
on_cloud_exited (GObject *process, GAsyncResult *result, gpointer data)
{
  gboolean exited = g_subprocess_wait_finish (G_SUBPROCESS (process), result, NULL);
  if (exited) /* cancelled otherwise: @data is gone */
    ((CloudStart *) data)->exited = TRUE;
}

static gboolean
is_ready_or_gone (gpointer data)
{
  CloudStart *start = data;
  return start->exited || g_file_test (start->ready_file, G_FILE_TEST_EXISTS);
}

static gboolean
wait_for_cloud (TourWorld *self, const char *ready_file)
{
  CloudStart start = { .ready_file = ready_file };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_subprocess_wait_async (self->cloud, cancellable, on_cloud_exited, &start);
  gboolean ready = tour_wait (CLOUD_SECONDS, is_ready_or_gone, &start) && !start.exited;
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return ready;
}

static gboolean
read_ready_file (TourWorld *self, const char *path, GError **error)
{
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, size);
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_JSON_MAX_BYTES, error);
  if (!object)
    return FALSE;
  self->api_url = g_strdup (sc_json_get_string_or (object, "api_url", NULL));
  self->aws_url = g_strdup (sc_json_get_string_or (object, "aws_endpoint_url", NULL));
  self->ca_file = g_strdup (sc_json_get_string_or (object, "ca_file", NULL));
  return TRUE;
}

/**
 * tour_world_start_cloud:
 * @self: a world
 * @error: %TOUR_ERROR_NOT_SEEN or an error of GIO
 *
 * Starts an empty local cloud and waits until it answers.
 *
 * Returns: %TRUE if it is ready
 */
gboolean
tour_world_start_cloud (TourWorld *self, GError **error)
{
  g_autofree char *program = g_build_filename (self->build, "src/local/streamcat-local", NULL);
  g_autofree char *state = g_build_filename (self->folder, "cloud", NULL);
  g_autofree char *ready = g_build_filename (self->folder, "ready.json", NULL);
  g_autofree char *log = g_build_filename (self->folder, "cloud.log", NULL);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  const char *const argv[] = { program,
                               "--faults",
                               "--state-dir",
                               state,
                               "--ready-file",
                               ready,
                               self->lambda_api ? "--lambda-api" : NULL,
                               NULL };
  self->cloud = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (!self->cloud)
    return FALSE;
  if (!wait_for_cloud (self, ready)) {
    g_set_error (error,
                 TOUR_ERROR,
                 TOUR_ERROR_NOT_SEEN,
                 "The local cloud does not get ready; its words are in %s",
                 log);
    return FALSE;
  }
  return read_ready_file (self, ready, error);
}

/**
 * tour_world_publish:
 * @self: a world without an encoder
 * @key: the stream key
 * @seconds: how long the stream shall be, or %TOUR_ENDLESS
 * @leaf: the name of the log
 * @error: an error of GIO
 *
 * Starts an encoder that publishes with the server that was copied.
 *
 * Returns: %TRUE if it was started
 */
gboolean
tour_world_publish (TourWorld *self,
                    const char *key,
                    guint seconds,
                    const char *leaf,
                    GError **error)
{
  g_autofree char *log = g_build_filename (self->folder, leaf, NULL);
  self->encoder = tour_encoder_start (self->server, key, self->ca_file, seconds, log, error);
  return self->encoder != NULL;
}

static TourPerson *
add_free_person (TourWorld *self, const char *name)
{
  g_autofree char *program = g_build_filename (self->build, "src/app/streamcat", NULL);
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  TourPerson *person = tour_person_new (name, program, folder);
  tour_person_setenv (person, "SSL_CERT_FILE", self->ca_file);
  return person;
}

/* The app in its sandbox reads its settings and the authority of the local cloud from the folder
 * that Flatpak gives it, and there is no other one for it. */
static TourPerson *
add_boxed_person (TourWorld *self, const char *name)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), ".var/app", SC_APP_ID, NULL);
  TourPerson *person = tour_person_new (name, self->flatpak, folder);
  tour_person_box (person);

  g_autofree char *ca_file = g_build_filename (folder, "data", "local-cloud.pem", NULL);
  g_autofree char *authority = NULL;
  gsize size = 0;
  if (!g_file_get_contents (self->ca_file, &authority, &size, NULL) ||
      !g_file_set_contents (ca_file, authority, (gssize) size, NULL))
    g_warning ("%s cannot be copied to %s", self->ca_file, ca_file);
  tour_person_setenv (person, "SSL_CERT_FILE", ca_file);
  return person;
}

/**
 * tour_world_add_person:
 * @self: a world with a cloud
 * @name: what the lines of the tour call the person
 *
 * Returns: (transfer full): a person whose app would trust the local cloud
 */
TourPerson *
tour_world_add_person (TourWorld *self, const char *name)
{
  g_autofree char *schemas = g_build_filename (self->build, "data", NULL);
  TourPerson *person = self->flatpak ? add_boxed_person (self, name) : add_free_person (self, name);
  tour_person_setenv (person, "GSETTINGS_SCHEMA_DIR", schemas);
  if (self->keyboard_alone)
    tour_person_set_keyboard (person, self->eyes);
  return person;
}

typedef struct {
  TourWorld *world;
  TourPerson *person;
  gboolean dark;
  GdkPixbuf *last;
  guint same;
} Settling;

/* So many looks in a row, a third of a second together, must see the same. */
#define SAME_LOOKS 8

/* Above this a background is light, below it is dark. */
#define GREY 0x80

static gboolean
has_appearance (GdkPixbuf *picture, gboolean dark)
{
  /* Inside the window's frame, above everything else. */
  const guchar *pixel = gdk_pixbuf_read_pixels (picture) + 8 * gdk_pixbuf_get_rowstride (picture) +
                        8 * gdk_pixbuf_get_n_channels (picture);
  return (pixel[1] < GREY) == dark;
}

/* A page has settled when it looks as asked for and looks the same for a while. */
static gboolean
has_settled (gpointer data)
{
  Settling *settling = data;
  g_autoptr (GdkPixbuf) now = tour_eyes_grab (settling->world->eyes, settling->person, NULL);
  gboolean same = now && settling->last && has_appearance (now, settling->dark) &&
                  tour_picture_count_differences (settling->last, now) == 0;
  settling->same = same ? settling->same + 1 : 0;
  g_set_object (&settling->last, now);
  return settling->same >= SAME_LOOKS;
}

static gboolean
take_picture (TourWorld *self, TourPerson *person, const char *leaf, gboolean dark, GError **error)
{
  /* A page that moves, as a picture that plays, never settles: then the last look is kept. */
  Settling settling = { .world = self, .person = person, .dark = dark };
  tour_wait (SETTLE_SECONDS, has_settled, &settling);
  g_autoptr (GdkPixbuf) picture = settling.last;
  g_autofree char *path = g_build_filename (self->pictures, leaf, NULL);
  if (picture)
    return gdk_pixbuf_save (picture, path, "png", error, NULL);
  g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_SEEN, "There is nothing to picture");
  return FALSE;
}

/**
 * tour_world_has_pictures:
 * @self: a world
 *
 * Returns: whether pages are pictured at each width and in each appearance: in its sandbox the app
 *   looks no other, nor with the API from the function
 */
gboolean
tour_world_has_pictures (TourWorld *self)
{
  return !self->flatpak && !self->lambda_api;
}

static gboolean
check_access (TourWorld *self, TourPerson *person, const char *page, GError **error)
{
  guint controls = 0;
  if (!tour_access_check (self->eyes, person, page, &controls, error))
    return FALSE;
  self->pages++;
  self->controls += controls;
  return TRUE;
}

/**
 * tour_world_take_pictures:
 * @self: a world
 * @person: whose window
 * @page: what is on show, as "home"
 * @error: an error of %TOUR_ERROR or GIO
 *
 * Saves PAGE-WIDTH-APPEARANCE.png at each width and in each appearance, then goes back to wide
 * and light, and looks whether the page can be used by the keyboard and without sight. It does
 * nothing in a world without pictures.
 *
 * Returns: %TRUE if all are saved and the page can be used
 */
gboolean
tour_world_take_pictures (TourWorld *self, TourPerson *person, const char *page, GError **error)
{
  if (!tour_world_has_pictures (self))
    return TRUE;
  int x = person == self->viewer ? widths[0] + BORDERS : 0;
  /* The setting first: an app writes its window's size into the same file, and takes the old size
   * back from whoever writes there in the same moment. */
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint a = 0; a < G_N_ELEMENTS (appearances); a++) {
      g_autofree char *leaf = g_strdup_printf ("%s-%d-%s.png", page, widths[w], appearances[a]);
      if (!tour_person_set (person, "appearance", appearances[a], error) ||
          !tour_eyes_place (self->eyes, person, x, widths[w] + BORDERS, WINDOW_HEIGHT, error) ||
          !take_picture (self, person, leaf, a == 1, error))
        return FALSE;
    }
  return tour_person_set (person, "appearance", appearances[0], error) &&
         tour_eyes_place (self->eyes, person, x, widths[0] + BORDERS, WINDOW_HEIGHT, error) &&
         check_access (self, person, page, error);
}

/**
 * tour_world_take_picture:
 * @self: a world
 * @person: whose window
 * @page: what is on show, as "chat-mention"
 * @error: an error of %TOUR_ERROR or GIO
 *
 * Saves PAGE.png of the light window as it is, where four pictures would tell no more.
 *
 * Returns: %TRUE if it is saved
 */
gboolean
tour_world_take_picture (TourWorld *self, TourPerson *person, const char *page, GError **error)
{
  g_autofree char *leaf = g_strconcat (page, ".png", NULL);
  return take_picture (self, person, leaf, FALSE, error);
}

/**
 * tour_world_read_clipboard:
 * @self: a world
 * @error: an error of GIO
 *
 * Returns: (transfer full) (nullable): the text in the clipboard, read as another program would
 */
char *
tour_world_read_clipboard (TourWorld *self, GError **error)
{
  g_autoptr (GSubprocess) reader =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                      error,
                      "xclip",
                      "-selection",
                      "clipboard",
                      "-out",
                      NULL);
  char *text = NULL;
  if (!reader || !g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, error))
    return NULL;
  return text;
}

static guint
count_files (const char *folder, const char *name)
{
  guint count = 0;
  const char *leaf = NULL;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  while (entries && (leaf = g_dir_read_name (entries))) {
    g_autofree char *path = g_build_filename (folder, leaf, NULL);
    count += g_str_equal (leaf, name);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      count += count_files (path, name);
  }
  return count;
}

/**
 * tour_world_count_stored:
 * @self: a world
 * @name: the last part of an object's key
 *
 * Returns: how many objects in the cloud's buckets have such a key
 */
guint
tour_world_count_stored (TourWorld *self, const char *name)
{
  g_autofree char *buckets = g_build_filename (self->folder, "cloud", "buckets", NULL);
  return count_files (buckets, name);
}
