/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The MPRIS D-Bus Interface Specification, version 2.2: a desktop's panel, the keys of a keyboard
 * and those of headphones drive what is played by it. The application has one player there however
 * many pages it has: the one that was last opened or made to go on. It has none while nothing is
 * open.
 *
 * All that is on the bus is written to the generated objects, which tell what became otherwise,
 * once for all that happens together. The position is written, too, and never told.
 */

#include "config.h"

#include "sc-mpris.h"

#include "sc-dbus-mpris.h"
#include "sc-link.h"

#define OBJECT_PATH "/org/mpris/MediaPlayer2"
#define BUS_NAME "org.mpris.MediaPlayer2." SC_APP_ID

struct _ScMpris {
  GApplication *application; /* owns this */
  GDBusConnection *bus;      /* (nullable): there is none everywhere */
  ScDbusMediaPlayer2 *root;
  ScDbusMediaPlayer2Player *player;
  GPtrArray *media; /* of ScMedia: what pages may play */
  ScMedia *current; /* (nullable): of those, what is on the bus */
  guint name;       /* 0: not on the bus */
};

static void
write_place (ScMpris *self)
{
  sc_dbus_media_player2_player_set_position (self->player,
                                             sc_player_get_position (
                                               sc_media_get_player (self->current)));
}

static void
write_all (ScMpris *self)
{
  gboolean has_rates = sc_media_get_has_rates (self->current);
  g_object_set (self->player,
                "playback-status",
                sc_media_get_status (self->current),
                "rate",
                sc_player_get_rate (sc_media_get_player (self->current)),
                "minimum-rate",
                has_rates ? SC_PLAYER_LEAST_RATE : 1,
                "maximum-rate",
                has_rates ? SC_PLAYER_MOST_RATE : 1,
                "metadata",
                sc_media_to_metadata (self->current),
                "volume",
                sc_media_get_volume (self->current),
                "can-seek",
                sc_media_get_seekable (self->current),
                NULL);
  write_place (self);
}

static void
tell_place (ScMpris *self)
{
  write_place (self);
  sc_dbus_media_player2_player_emit_seeked (self->player,
                                            sc_player_get_position (
                                              sc_media_get_player (self->current)));
}

static void
publish (ScMpris *self)
{
  GDBusInterfaceSkeleton *objects[] = { G_DBUS_INTERFACE_SKELETON (self->root),
                                        G_DBUS_INTERFACE_SKELETON (self->player) };
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    (void) g_dbus_interface_skeleton_export (objects[i], self->bus, OBJECT_PATH, NULL);
  self->name = g_bus_own_name_on_connection (self->bus,
                                             BUS_NAME,
                                             G_BUS_NAME_OWNER_FLAGS_NONE,
                                             NULL,
                                             NULL,
                                             NULL,
                                             NULL);
}

static void
withdraw (ScMpris *self)
{
  if (self->name == 0)
    return;
  g_clear_handle_id (&self->name, g_bus_unown_name);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->root));
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->player));
}

static ScMedia *
choose (ScMpris *self)
{
  ScMedia *chosen = NULL;
  gint64 latest = 0;
  for (guint i = 0; i < self->media->len; i++) {
    ScMedia *media = g_ptr_array_index (self->media, i);
    gint64 since = sc_media_get_since (media);
    if (since <= latest)
      continue;
    latest = since;
    chosen = media;
  }
  return chosen;
}

/* Nobody goes on from a place in what was played before. */
static void
update (ScMpris *self)
{
  ScMedia *before = self->current;
  self->current = choose (self);
  if (!self->current) {
    withdraw (self);
    return;
  }
  write_all (self);
  if (self->name == 0)
    publish (self);
  else if (self->current != before)
    tell_place (self);
}

static void
on_media_moved (ScMpris *self, ScMedia *media)
{
  if (media == self->current)
    write_place (self);
}

static void
on_media_seeked (ScMpris *self, ScMedia *media)
{
  if (media == self->current)
    tell_place (self);
}

static void
on_player_gone (gpointer user_data, GObject *gone)
{
  ScMpris *self = user_data;
  for (guint i = self->media->len; i-- > 0;)
    if ((GObject *) sc_media_get_player (g_ptr_array_index (self->media, i)) == gone)
      g_ptr_array_remove_index (self->media, i);
  update (self);
}

/* What others want. */

static gboolean
on_raise (ScMpris *self, GDBusMethodInvocation *invocation)
{
  sc_dbus_media_player2_complete_raise (self->root, invocation);
  g_application_activate (self->application);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_quit (ScMpris *self, GDBusMethodInvocation *invocation)
{
  sc_dbus_media_player2_complete_quit (self->root, invocation);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Next and Previous lead nowhere. */
static gboolean
on_control (ScMpris *self, GDBusMethodInvocation *invocation)
{
  static const struct {
    const char *method;
    void (*act) (ScMedia *media);
  } controls[] = {
    { "Play", sc_media_play },
    { "Pause", sc_media_pause },
    { "PlayPause", sc_media_play_or_pause },
    { "Stop", sc_media_stop },
  };
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  for (guint i = 0; self->current && i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (method, controls[i].method))
      controls[i].act (self->current);
  g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_seek (ScMpris *self, GDBusMethodInvocation *invocation, gint64 offset)
{
  if (self->current)
    sc_media_seek_by (self->current, offset);
  sc_dbus_media_player2_player_complete_seek (self->player, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_set_position (ScMpris *self,
                 GDBusMethodInvocation *invocation,
                 const char *track,
                 gint64 position)
{
  if (self->current)
    sc_media_seek_to (self->current, track, position);
  sc_dbus_media_player2_player_complete_set_position (self->player, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_open_uri (ScMpris *self, GDBusMethodInvocation *invocation, const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_application_open (self->application, &file, 1, "");
  sc_dbus_media_player2_player_complete_open_uri (self->player, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* By us, which is no news, or by somebody else: that is a wish, and then there is again what is. */
static void
on_written (ScMpris *self)
{
  double rate = sc_dbus_media_player2_player_get_rate (self->player);
  double volume = sc_dbus_media_player2_player_get_volume (self->player);
  if (!self->current)
    return;
  gboolean wants_rate = rate != sc_player_get_rate (sc_media_get_player (self->current));
  gboolean wants_volume = volume != sc_media_get_volume (self->current);
  if (wants_rate)
    sc_media_set_rate (self->current, rate);
  if (wants_volume)
    sc_media_set_volume (self->current, volume);
  if (wants_rate || wants_volume)
    write_all (self);
}

static void
connect_root (ScMpris *self)
{
  static const char *const schemes[] = { SC_LINK_SCHEME, NULL };
  static const char *const types[] = { NULL };
  self->root = sc_dbus_media_player2_skeleton_new ();
  g_object_set (self->root,
                "can-quit",
                TRUE,
                "can-raise",
                TRUE,
                "identity",
                "StreamCat",
                "desktop-entry",
                SC_APP_ID,
                "supported-uri-schemes",
                schemes,
                "supported-mime-types",
                types,
                NULL);
  g_signal_connect_swapped (self->root, "handle-raise", G_CALLBACK (on_raise), self);
  g_signal_connect_swapped (self->root, "handle-quit", G_CALLBACK (on_quit), self);
}

static void
connect_player (ScMpris *self)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } handled[] = {
    { "handle-next", G_CALLBACK (on_control) },
    { "handle-previous", G_CALLBACK (on_control) },
    { "handle-play", G_CALLBACK (on_control) },
    { "handle-pause", G_CALLBACK (on_control) },
    { "handle-play-pause", G_CALLBACK (on_control) },
    { "handle-stop", G_CALLBACK (on_control) },
    { "handle-seek", G_CALLBACK (on_seek) },
    { "handle-set-position", G_CALLBACK (on_set_position) },
    { "handle-open-uri", G_CALLBACK (on_open_uri) },
    { "notify::rate", G_CALLBACK (on_written) },
    { "notify::volume", G_CALLBACK (on_written) },
  };
  self->player = sc_dbus_media_player2_player_skeleton_new ();
  g_object_set (self->player, "can-play", TRUE, "can-pause", TRUE, "can-control", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (handled); i++)
    g_signal_connect_swapped (self->player, handled[i].signal, handled[i].callback, self);
}

/**
 * sc_mpris_new:
 * @application: an application that is registered; it must live longer
 *
 * Returns: (transfer full): nothing to play yet. Without a session bus it stays so for everybody.
 */
ScMpris *
sc_mpris_new (GApplication *application)
{
  ScMpris *self = g_new0 (ScMpris, 1);
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  self->application = application;
  self->bus = bus ? g_object_ref (bus) : NULL;
  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  connect_root (self);
  connect_player (self);
  return self;
}

/**
 * sc_mpris_free:
 * @self: (nullable) (transfer full): what is played; the bus is told nothing of it any more
 */
void
sc_mpris_free (ScMpris *self)
{
  if (!self)
    return;
  withdraw (self);
  for (guint i = 0; i < self->media->len; i++) {
    ScMedia *media = g_ptr_array_index (self->media, i);
    g_signal_handlers_disconnect_by_data (media, self);
    g_object_weak_unref (G_OBJECT (sc_media_get_player (media)), on_player_gone, self);
  }
  g_ptr_array_unref (self->media);
  g_signal_handlers_disconnect_by_data (self->root, self);
  g_signal_handlers_disconnect_by_data (self->player, self);
  g_object_unref (self->root);
  g_object_unref (self->player);
  g_clear_object (&self->bus);
  g_free (self);
}

/**
 * sc_mpris_add:
 * @self: what is played
 * @media: (transfer full): what a page may play, until its player is gone
 */
void
sc_mpris_add (ScMpris *self, ScMedia *media)
{
  if (!self->bus) {
    g_object_unref (media);
    return;
  }
  g_ptr_array_add (self->media, media);
  g_object_weak_ref (G_OBJECT (sc_media_get_player (media)), on_player_gone, self);
  g_signal_connect_swapped (media, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (media, "moved", G_CALLBACK (on_media_moved), self);
  g_signal_connect_swapped (media, "seeked", G_CALLBACK (on_media_seeked), self);
  update (self);
}
