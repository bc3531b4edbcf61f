/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-playing-page.h"

/* Whether the player goes on without the page. */
static GQuark kept_quark;

G_DEFINE_INTERFACE (ScPlayingPage, sc_playing_page, ADW_TYPE_NAVIGATION_PAGE)

static void
sc_playing_page_default_init (ScPlayingPageInterface *iface)
{
  kept_quark = g_quark_from_static_string ("sc-playing-page-kept");
}

/**
 * sc_playing_page_get_player:
 * @self: a page
 *
 * Returns: (transfer none): its player
 */
ScPlayer *
sc_playing_page_get_player (ScPlayingPage *self)
{
  return SC_PLAYING_PAGE_GET_IFACE (self)->get_player (self);
}

/**
 * sc_playing_page_dup_address:
 * @self: a page
 *
 * Returns: (transfer full): what it plays, as sc_playing_page_dup_live_address() and
 *   sc_playing_page_dup_recording_address() say it
 */
char *
sc_playing_page_dup_address (ScPlayingPage *self)
{
  return SC_PLAYING_PAGE_GET_IFACE (self)->dup_address (self);
}

/**
 * sc_playing_page_set_kept:
 * @self: a page
 * @kept: whether its player goes on as it is when the page leaves the screen, and when it comes
 *   back; if not, and the page is not on screen, the player stops now
 */
void
sc_playing_page_set_kept (ScPlayingPage *self, gboolean kept)
{
  g_object_set_qdata (G_OBJECT (self), kept_quark, GINT_TO_POINTER (kept));
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    sc_playing_page_leave (self);
}

/**
 * sc_playing_page_get_kept:
 * @self: a page
 *
 * Returns: whether its player goes on without the page
 */
gboolean
sc_playing_page_get_kept (ScPlayingPage *self)
{
  return GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (self), kept_quark));
}

/**
 * sc_playing_page_leave:
 * @self: a page
 *
 * Stops its player, unless that is kept. For the page, when it leaves the screen.
 */
void
sc_playing_page_leave (ScPlayingPage *self)
{
  if (!sc_playing_page_get_kept (self))
    SC_PLAYING_PAGE_GET_IFACE (self)->stop (self);
}

/**
 * sc_playing_page_dup_live_address:
 * @channel: the name of a channel
 *
 * Returns: (transfer full): the address of what that sends live
 */
char *
sc_playing_page_dup_live_address (const char *channel)
{
  return g_strconcat ("live/", channel, NULL);
}

/**
 * sc_playing_page_dup_recording_address:
 * @id: that of a recording
 *
 * Returns: (transfer full): the address of the recording
 */
char *
sc_playing_page_dup_recording_address (const char *id)
{
  return g_strconcat ("recording/", id, NULL);
}
