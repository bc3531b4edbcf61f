/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One person at one desktop: the app with settings, data and, for a second person, a session bus
 * of its own, so that two apps on one screen are two people and not two windows of one. */

#include "config.h"

#include "tour-person.h"

#include "tour-wait.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define APP_SECONDS 40

struct _TourPerson {
  char *name;
  char *program;
  char *folder;
  GHashTable *environment;
  GSubprocess *bus;
  GSubprocess *app;
  gboolean boxed;
  int window_x;
  TourEyes *keyboard; /* (nullable): not owned */
};

static void
set_folder (TourPerson *self, const char *variable, const char *leaf)
{
  g_autofree char *path = g_build_filename (self->folder, leaf, NULL);
  g_mkdir_with_parents (path, 0700);
  tour_person_setenv (self, variable, path);
}

/* The desktop's own font: without a settings service GTK would take whatever is called "Sans". */
static void
choose_font (TourPerson *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "config", "gtk-4.0", NULL);
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, "[Settings]\ngtk-font-name=Cantarell 11\n", -1, NULL);
}

/**
 * tour_person_new:
 * @name: what the lines of the tour call this person
 * @program: the app
 * @folder: where this person's settings and data go; made if need be
 *
 * Returns: (transfer full): a person whose app is not running yet
 */
TourPerson *
tour_person_new (const char *name, const char *program, const char *folder)
{
  TourPerson *self = g_new0 (TourPerson, 1);
  self->name = g_strdup (name);
  self->program = g_strdup (program);
  self->folder = g_strdup (folder);
  self->environment = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  set_folder (self, "XDG_CONFIG_HOME", "config");
  set_folder (self, "XDG_DATA_HOME", "data");
  set_folder (self, "XDG_CACHE_HOME", "cache");
  set_folder (self, "XDG_STATE_HOME", "state");
  set_folder (self, "XDG_STATE_HOME", "state");
  choose_font (self);
  return self;
}

static void
end_process (GSubprocess **process)
{
  if (*process) {
    g_subprocess_force_exit (*process);
    g_subprocess_wait (*process, NULL, NULL);
  }
  g_clear_object (process);
}

/**
 * tour_person_free:
 * @self: (nullable): a person
 *
 * Ends the app and the bus if they run.
 */
void
tour_person_free (TourPerson *self)
{
  if (!self)
    return;
  end_process (&self->app);
  end_process (&self->bus);
  g_hash_table_unref (self->environment);
  g_free (self->name);
  g_free (self->program);
  g_free (self->folder);
  g_free (self);
}

/**
 * tour_person_setenv:
 * @self: a person
 * @variable: an environment variable of this person's app
 * @value: its value from the next start on
 */
void
tour_person_setenv (TourPerson *self, const char *variable, const char *value)
{
  g_hash_table_insert (self->environment, g_strdup (variable), g_strdup (value));
}

/**
 * tour_person_box:
 * @self: a person
 *
 * Says that the program runs the app in a sandbox. What the desktop knows of its processes are
 * then those of the sandbox, so nobody else may have an app there.
 */
void
tour_person_box (TourPerson *self)
{
  self->boxed = TRUE;
}

/**
 * tour_person_owns:
 * @self: a person
 * @pid: a process id, as the desktop or a bus tells it
 *
 * Returns: %TRUE if that is the person's app
 */
gboolean
tour_person_owns (TourPerson *self, int pid)
{
  return self->boxed ? self->app != NULL : pid == tour_person_get_pid (self);
}

/* The address of the accessibility bus, asked of the session bus as every toolkit does. */
static char *
get_accessibility_bus (GError **error)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  if (!session)
    return NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (session,
                                                             "org.a11y.Bus",
                                                             "/org/a11y/bus",
                                                             "org.a11y.Bus",
                                                             "GetAddress",
                                                             NULL,
                                                             G_VARIANT_TYPE ("(s)"),
                                                             G_DBUS_CALL_FLAGS_NONE,
                                                             -1,
                                                             NULL,
                                                             error);
  char *address = NULL;
  if (answer)
    g_variant_get (answer, "(s)", &address);
  return address;
}

/**
 * tour_person_give_own_bus:
 * @self: a person
 * @error: an error of GIO
 *
 * Gives the person a session bus without any service on it, a keyring least of all, while the
 * tour's hands still reach the app through the accessibility bus of the tour.
 *
 * Returns: %TRUE if the bus runs
 */
gboolean
tour_person_give_own_bus (TourPerson *self, GError **error)
{
  g_autofree char *accessibility = get_accessibility_bus (error);
  if (!accessibility)
    return FALSE;

  self->bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                error,
                                "dbus-daemon",
                                "--session",
                                "--nofork",
                                "--print-address",
                                NULL);
  if (!self->bus)
    return FALSE;

  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->bus));
  g_autofree char *address = g_data_input_stream_read_line (lines, NULL, NULL, error);
  if (!address)
    return FALSE;
  tour_person_setenv (self, "DBUS_SESSION_BUS_ADDRESS", address);
  tour_person_setenv (self, "AT_SPI_BUS_ADDRESS", accessibility);
  return TRUE;
}

static GSubprocessLauncher *
new_launcher (TourPerson *self, GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);
  GHashTableIter iter;
  gpointer variable, value;
  g_hash_table_iter_init (&iter, self->environment);
  while (g_hash_table_iter_next (&iter, &variable, &value))
    g_subprocess_launcher_setenv (launcher, variable, value, TRUE);
  return launcher;
}

/* Activates an action of the application as the desktop's shell does from outside; on the tour's
 * own session bus. */
static gboolean
activate (const char *action, GError **error)
{
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE,
                                                      error,
                                                      "gapplication",
                                                      "action",
                                                      SC_APP_ID,
                                                      action,
                                                      NULL);
  return process && g_subprocess_wait_check (process, NULL, error);
}

/**
 * tour_person_start_app:
 * @self: a person whose app is not running
 * @error: an error of GIO
 *
 * Starts the app in the person's folder; its output goes to "app.log" there.
 *
 * Returns: %TRUE if the process was started
 */
gboolean
tour_person_start_app (TourPerson *self, GError **error)
{
  g_autofree char *log = g_build_filename (self->folder, "app.log", NULL);
  g_autoptr (GSubprocessLauncher) launcher = new_launcher (self, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  self->app = g_subprocess_launcher_spawn (launcher, error, self->program, NULL);
  return self->app != NULL;
}

static void
on_app_exited (GObject *process, GAsyncResult *result, gpointer data)
{
  gboolean *exited = data;
  *exited = g_subprocess_wait_finish (G_SUBPROCESS (process), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* A sandbox passes no signal on, but lets the app have its name on the bus. */
static gboolean
ask_to_quit (TourPerson *self, GError **error)
{
  if (self->boxed)
    return activate ("quit", error);
  g_subprocess_send_signal (self->app, SIGTERM);
  return TRUE;
}

/**
 * tour_person_quit_app:
 * @self: a person whose app is running
 * @error: %TOUR_ERROR_NOT_POSSIBLE if the app does not end, or ends with a failure
 *
 * Asks the app to quit as the desktop's session does at its end.
 *
 * Returns: %TRUE if it is gone and left with success
 */
gboolean
tour_person_quit_app (TourPerson *self, GError **error)
{
  gboolean exited = FALSE;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_subprocess_wait_async (self->app, cancellable, on_app_exited, &exited);
  if (!ask_to_quit (self, error) || !tour_wait (APP_SECONDS, is_set, &exited)) {
    g_clear_error (error);
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_NOT_POSSIBLE, "%s's app does not quit", self->name);
    g_cancellable_cancel (cancellable);
    end_process (&self->app);
    return FALSE;
  }
  gboolean good = g_subprocess_get_successful (self->app);
  g_clear_object (&self->app);
  if (!good)
    g_set_error (error, TOUR_ERROR, TOUR_ERROR_WRONG, "%s's app quit with a failure", self->name);
  return good;
}

/**
 * tour_person_crash_app:
 * @self: a person whose app is running
 * @ret_core: (out): whether Linux made a core file of it
 * @error: an error of GIO
 *
 * Ends the app as a bad pointer would.
 *
 * Returns: %TRUE if it is gone
 */
gboolean
tour_person_crash_app (TourPerson *self, gboolean *ret_core, GError **error)
{
  g_subprocess_send_signal (self->app, SIGSEGV);
  if (!g_subprocess_wait (self->app, NULL, error))
    return FALSE;
  *ret_core = WCOREDUMP (g_subprocess_get_status (self->app));
  g_clear_object (&self->app);
  return TRUE;
}

/**
 * tour_person_open:
 * @self: a person whose app is running
 * @link: an address of the app's own
 * @error: an error of GIO
 *
 * Has the app open the address as the desktop does: by another start, which passes it on and ends.
 *
 * Returns: %TRUE if it was passed on
 */
gboolean
tour_person_open (TourPerson *self, const char *link, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher (self, G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process =
    g_subprocess_launcher_spawn (launcher, error, self->program, link, NULL);
  return process && g_subprocess_wait_check (process, NULL, error);
}

/**
 * tour_person_set:
 * @self: a person
 * @key: a key of the app's GSettings schema
 * @value: the value as GVariant text
 * @error: an error of GIO
 *
 * Changes a setting from outside, as the desktop would: the running app follows.
 *
 * Returns: %TRUE if it is written
 */
gboolean
tour_person_set (TourPerson *self, const char *key, const char *value, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher (self, G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process =
    g_subprocess_launcher_spawn (launcher, error, "gsettings", "set", SC_APP_ID, key, value, NULL);
  return process && g_subprocess_wait_check (process, NULL, error);
}

/**
 * tour_person_get_folder:
 * @self: a person
 *
 * Returns: (transfer none): where this person's settings, data and log are
 */
const char *
tour_person_get_folder (TourPerson *self)
{
  return self->folder;
}

/**
 * tour_person_get_name:
 * @self: a person
 *
 * Returns: (transfer none): what the lines of the tour call this person
 */
const char *
tour_person_get_name (TourPerson *self)
{
  return self->name;
}

/**
 * tour_person_get_pid:
 * @self: a person
 *
 * Returns: the process id of the running app, or 0
 */
int
tour_person_get_pid (TourPerson *self)
{
  const char *id = self->app ? g_subprocess_get_identifier (self->app) : NULL;
  return id ? atoi (id) : 0;
}

/**
 * tour_person_set_window_x:
 * @self: a person
 * @x: the left edge of the app's window, pixels from the display's
 */
void
tour_person_set_window_x (TourPerson *self, int x)
{
  self->window_x = x;
}

/**
 * tour_person_get_window_x:
 * @self: a person
 *
 * Returns: where the app's window was placed last, pixels from the display's left edge
 */
int
tour_person_get_window_x (TourPerson *self)
{
  return self->window_x;
}

/**
 * tour_person_set_keyboard:
 * @self: a person
 * @eyes: (nullable): the display whose keyboard it is; must outlive @self
 *
 * From now on the person has neither a mouse nor a screen reader to press with.
 */
void
tour_person_set_keyboard (TourPerson *self, TourEyes *eyes)
{
  self->keyboard = eyes;
}

/**
 * tour_person_get_keyboard:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): the display whose keyboard is all that the person has
 */
TourEyes *
tour_person_get_keyboard (TourPerson *self)
{
  return self->keyboard;
}
