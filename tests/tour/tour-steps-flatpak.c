/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the sandbox of the Flatpak has to let through, and what it has to hold back. The account
 * that comes before it was made, left and found again in the sandbox too. */

#include "config.h"

#include "tour-hands.h"
#include "tour-steps.h"
#include "tour-video.h"
#include "tour-wait.h"

#include <glib/gstdio.h>
#include <string.h>

#define CARD "*Weaving algebraical patterns*"
#define LINE "Nobody hears the loom outside"
#define SECRET "not for the app's eyes"

#define NARROW_WIDTH 370
#define WINDOW_HEIGHT 800
#define LIVE_SECONDS 40

/* How many secrets the desktop's keyring holds for the app of that id: the one that its sandbox
 * asked the secret portal for, and that what it keeps is encrypted with. -1 if it can't be asked.
 */
static int
count_portal_secrets (GError **error)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  if (!session)
    return -1;
  GVariantBuilder attributes;
  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "app_id", SC_APP_ID);
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (session,
                                                             "org.freedesktop.secrets",
                                                             "/org/freedesktop/secrets",
                                                             "org.freedesktop.Secret.Service",
                                                             "SearchItems",
                                                             g_variant_new ("(a{ss})", &attributes),
                                                             G_VARIANT_TYPE ("(aoao)"),
                                                             G_DBUS_CALL_FLAGS_NONE,
                                                             -1,
                                                             NULL,
                                                             error);
  g_autoptr (GVariant) unlocked = answer ? g_variant_get_child_value (answer, 0) : NULL;
  return unlocked ? (int) g_variant_n_children (unlocked) : -1;
}

static gboolean
step_secret (TourWorld *world, char **ret_figure, GError **error)
{
  int secrets = count_portal_secrets (error);
  if (secrets < 0)
    return FALSE;
  g_autofree char *keyring = g_build_filename (tour_person_get_folder (world->streamer),
                                               "data/keyrings/default.keyring",
                                               NULL);
  if (secrets == 1 && g_file_test (keyring, G_FILE_TEST_EXISTS)) {
    *ret_figure = g_strdup ("a keyring of its own, locked with 1 secret of the portal's");
    return TRUE;
  }
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_WRONG,
               "The portal has %d secrets for the app, and %s is %s",
               secrets,
               keyring,
               g_file_test (keyring, G_FILE_TEST_EXISTS) ? "there" : "not there");
  return FALSE;
}

static gboolean
step_publish (TourWorld *world, char **ret_figure, GError **error)
{
  if (!tour_world_publish (world, world->key, TOUR_ENDLESS, "encoder.log", error))
    return FALSE;
  g_autoptr (AtspiAccessible) seen =
    tour_see (world->streamer, TOUR_ANY_ROLE, "We see your stream*", TOUR_PATIENCE, error);
  return seen != NULL;
}

static gboolean
place_narrow (TourWorld *world, GError **error)
{
  return tour_eyes_place (world->eyes, world->streamer, 0, NARROW_WIDTH, WINDOW_HEIGHT, error);
}

/* Then her window is made narrow: a large picture takes what the other steps need of a machine
 * without graphics. */
static gboolean
step_watch (TourWorld *world, char **ret_figure, GError **error)
{
  if (!tour_press (world->streamer, ATSPI_ROLE_BUTTON, "Back", error) ||
      !tour_press (world->streamer, ATSPI_ROLE_BUTTON, CARD, error))
    return FALSE;
  world->viewer = world->streamer; /* who watches herself */
  gboolean seen = tour_see_video (world, LIVE_SECONDS, ret_figure, error);
  world->viewer = NULL;
  return seen && tour_world_take_picture (world, world->streamer, "channel", error) &&
         place_narrow (world, error);
}

static gboolean
see_line (TourWorld *world, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s said " LINE, tour_person_get_name (world->streamer));
  g_autoptr (AtspiAccessible) seen =
    tour_see (world->streamer, TOUR_ANY_ROLE, line, TOUR_PATIENCE, error);
  return seen != NULL;
}

static gboolean
step_chat (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  return tour_type (ada, "Chat message", LINE, error) &&
         tour_press (ada, ATSPI_ROLE_BUTTON, "Send", error) && see_line (world, error);
}

/* The desktop sees from outside what is played inside: the name for that is let through. */
static gboolean
step_controls (TourWorld *world, char **ret_figure, GError **error)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  g_autoptr (GVariant) answer = NULL, status = NULL;
  if (session)
    answer = g_dbus_connection_call_sync (session,
                                          "org.mpris.MediaPlayer2." SC_APP_ID,
                                          "/org/mpris/MediaPlayer2",
                                          "org.freedesktop.DBus.Properties",
                                          "Get",
                                          g_variant_new ("(ss)",
                                                         "org.mpris.MediaPlayer2.Player",
                                                         "PlaybackStatus"),
                                          G_VARIANT_TYPE ("(v)"),
                                          G_DBUS_CALL_FLAGS_NONE,
                                          -1,
                                          NULL,
                                          error);
  if (!answer)
    return FALSE;
  g_variant_get (answer, "(v)", &status);
  *ret_figure = g_variant_dup_string (status, NULL);
  return TRUE;
}

/* Who comes back is still signed in and where they were, and hears what was said: it did reach the
 * room. */
static gboolean
step_come_back (TourWorld *world, char **ret_figure, GError **error)
{
  TourPerson *ada = world->streamer;
  if (!tour_person_quit_app (ada, error) || !tour_person_start_app (ada, error) ||
      !place_narrow (world, error) || !see_line (world, error))
    return FALSE;
  g_autoptr (AtspiAccessible) entry =
    tour_see (ada, TOUR_ANY_ROLE, "Chat message", TOUR_PATIENCE, error);
  return entry && tour_world_take_picture (world, ada, "channel-narrow", error);
}

/* Has a program of the sandbox read a file; *@ret_text is what it read, or %NULL if it could not.
 */
static gboolean
read_in_sandbox (const char *path, char **ret_text, GError **error)
{
  g_autoptr (GSubprocess) reader =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                      error,
                      "flatpak",
                      "run",
                      "--command=cat",
                      SC_APP_ID,
                      path,
                      NULL);
  g_autofree char *text = NULL;
  if (!reader || !g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, error))
    return FALSE;
  *ret_text = g_subprocess_get_successful (reader) ? g_steal_pointer (&text) : NULL;
  return TRUE;
}

/* A file of the app's own can be read there; the same file in the home folder can't. */
static gboolean
step_home (TourWorld *world, char **ret_figure, GError **error)
{
  g_autofree char *own =
    g_build_filename (tour_person_get_folder (world->streamer), "data/letter.txt", NULL);
  g_autofree char *other = g_build_filename (g_get_home_dir (), "letter.txt", NULL);
  g_autofree char *seen = NULL, *hidden = NULL;
  if (!g_file_set_contents (own, SECRET, -1, error) ||
      !g_file_set_contents (other, SECRET, -1, error) || !read_in_sandbox (own, &seen, error) ||
      !read_in_sandbox (other, &hidden, error))
    return FALSE;
  g_unlink (other);
  if (seen && strcmp (seen, SECRET) == 0 && !hidden)
    return TRUE;
  g_set_error (error,
               TOUR_ERROR,
               TOUR_ERROR_WRONG,
               "In the sandbox its own file is %s and that of the home folder is %s",
               seen ? "readable" : "not readable",
               hidden ? "readable" : "not readable");
  return FALSE;
}

static gboolean
step_close (TourWorld *world, char **ret_figure, GError **error)
{
  return tour_person_quit_app (world->streamer, error);
}

const TourStep tour_flatpak_steps[] = {
  { "secret-in-portal", step_secret }, { "publish", step_publish }, { "watch", step_watch },
  { "controls", step_controls },       { "chat", step_chat },       { "come-back", step_come_back },
  { "home-is-closed", step_home },     { "close", step_close },     { NULL, NULL },
};
