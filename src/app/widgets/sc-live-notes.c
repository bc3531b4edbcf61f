/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a viewer has to know of a live stream, over its picture: why it stands, and how far behind a
 * pause left them, with the way back. Comes and goes by itself.
 */

#include "config.h"

#include "sc-live-notes.h"

#include "sc-live-words.h"

struct _ScLiveNotes {
  AdwBin parent_instance;

  ScPlayer *player;
  gboolean starving;
};

typedef enum {
  PROP_PLAYER = 1,
  PROP_STARVING,
} ScLiveNotesProperty;

static GParamSpec *properties[PROP_STARVING + 1];

G_DEFINE_FINAL_TYPE (ScLiveNotes, sc_live_notes, ADW_TYPE_BIN)

/* What the template computes. */

/* There is no live to return to when the stream is over. */
static gboolean
may_return (ScLiveNotes *self, gint64 behind, gboolean over)
{
  return behind > 0 && !over;
}

static char *
behind_words (ScLiveNotes *self, gint64 behind)
{
  return sc_behind_words (behind);
}

static gboolean
is_in_trouble (ScLiveNotes *self, guint trouble, gboolean starving)
{
  return sc_trouble_choose ((ScLiveTrouble) trouble, starving) != SC_LIVE_FINE;
}

static char *
trouble_words (ScLiveNotes *self, guint trouble, gboolean starving)
{
  return g_strdup (sc_trouble_words (sc_trouble_choose ((ScLiveTrouble) trouble, starving)));
}

static char *
trouble_icon (ScLiveNotes *self, guint trouble, gboolean starving)
{
  return g_strdup (sc_trouble_icon (sc_trouble_choose ((ScLiveTrouble) trouble, starving)));
}

/* Who hears the page is told what others see come. */
static void
announce (ScLiveNotes *self, const char *words)
{
  if (*words && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             words,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static char *
over_words (ScLiveNotes *self)
{
  return g_strdup (sc_over_words ());
}

static void
announce_trouble (ScLiveNotes *self)
{
  ScLiveTrouble trouble = sc_player_live_get_trouble (sc_player_get_live (self->player));
  announce (self, sc_trouble_words (sc_trouble_choose (trouble, self->starving)));
}

static void
announce_over (ScLiveNotes *self)
{
  if (sc_player_live_get_over (sc_player_get_live (self->player)))
    announce (self, sc_over_words ());
}

static void
set_player (ScLiveNotes *self, ScPlayer *player)
{
  ScPlayer *before = self->player;
  if (before == player)
    return;
  if (before)
    g_signal_handlers_disconnect_by_data (sc_player_get_live (before), self);
  g_set_object (&self->player, player);
  if (player)
    g_signal_connect_object (sc_player_get_live (player),
                             "notify::trouble",
                             G_CALLBACK (announce_trouble),
                             self,
                             G_CONNECT_SWAPPED);
  if (player)
    g_signal_connect_object (sc_player_get_live (player),
                             "notify::over",
                             G_CALLBACK (announce_over),
                             self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

static void
sc_live_notes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScLiveNotes *self = SC_LIVE_NOTES (object);

  switch ((ScLiveNotesProperty) id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  case PROP_STARVING:
    g_value_set_boolean (value, self->starving);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_live_notes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScLiveNotes *self = SC_LIVE_NOTES (object);

  switch ((ScLiveNotesProperty) id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  case PROP_STARVING:
    sc_live_notes_set_starving (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_live_notes_dispose (GObject *object)
{
  ScLiveNotes *self = SC_LIVE_NOTES (object);

  set_player (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_LIVE_NOTES);

  G_OBJECT_CLASS (sc_live_notes_parent_class)->dispose (object);
}

static void
sc_live_notes_class_init (ScLiveNotesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_PLAYER);
  g_type_ensure (SC_TYPE_PLAYER_LIVE);

  object_class->dispose = sc_live_notes_dispose;
  object_class->get_property = sc_live_notes_get_property;
  object_class->set_property = sc_live_notes_set_property;

  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, SC_TYPE_PLAYER, flags);
  properties[PROP_STARVING] = g_param_spec_boolean ("starving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/live-notes.ui");
  gtk_widget_class_bind_template_callback (widget_class, may_return);
  gtk_widget_class_bind_template_callback (widget_class, over_words);
  gtk_widget_class_bind_template_callback (widget_class, behind_words);
  gtk_widget_class_bind_template_callback (widget_class, is_in_trouble);
  gtk_widget_class_bind_template_callback (widget_class, trouble_words);
  gtk_widget_class_bind_template_callback (widget_class, trouble_icon);
}

static void
sc_live_notes_init (ScLiveNotes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_live_notes_set_starving:
 * @self: the notes
 * @starving: whether the server says that too little of the stream arrives there
 */
void
sc_live_notes_set_starving (ScLiveNotes *self, gboolean starving)
{
  if (self->starving == starving)
    return;
  self->starving = starving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARVING]);
  if (self->player)
    announce_trouble (self);
}
