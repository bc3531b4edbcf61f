/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One recording in a list: its picture with its length, what it is about, whose it is, how long ago
 * it was, and how much of it somebody has watched. A click opens it. */

#include "config.h"

#include "sc-recording-card.h"

#include "sc-json.h"
#include "sc-thumbnail.h"
#include "sc-time-words.h"
#include "sc-window.h"

#include <glib/gi18n.h>

struct _ScRecordingCard {
  AdwBin parent_instance;

  ScRecording *recording;
  ScPictures *pictures;
  GtkProgressBar *watched;
  gint64 now;
};

typedef enum {
  PROP_RECORDING = 1,
  PROP_PICTURES,
  PROP_NOW,
} ScRecordingCardProperty;

static GParamSpec *properties[PROP_NOW + 1];

G_DEFINE_FINAL_TYPE (ScRecordingCard, sc_recording_card, ADW_TYPE_BIN)

static char *
length_words (ScRecordingCard *self, gint64 duration_ms)
{
  return sc_length_words (duration_ms * 1000);
}

static char *
when_words (ScRecordingCard *self, gint64 started_at, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return sc_recorded_words (started_at, now, zone);
}

/* A window that goes away has none any more. */
static ScPlaces *
get_places (ScRecordingCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  return SC_IS_WINDOW (root) ? sc_window_get_places (SC_WINDOW (root)) : NULL;
}

static gint64
find_place (ScRecordingCard *self)
{
  ScPlaces *places = get_places (self);
  return self->recording && places
           ? sc_places_get (places, sc_recording_get_fields (self->recording)->id)
           : 0;
}

static void
update_place (ScRecordingCard *self)
{
  gint64 place = find_place (self);
  gtk_widget_set_visible (GTK_WIDGET (self->watched), place > 0);
  if (place == 0)
    return;
  gint64 length_ms = sc_recording_get_fields (self->recording)->duration_ms;
  g_autofree char *clock = sc_clock_words (place);
  /* Translators: %s is a place in a recording, as "12:34" */
  g_autofree char *words = g_strdup_printf (_ ("Watched up to %s"), clock);
  gtk_progress_bar_set_fraction (self->watched,
                                 CLAMP (place / 1000.0 / MAX (length_ms, 1), 0.0, 1.0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->watched),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
}

static void
on_place_changed (ScRecordingCard *self, const char *recording)
{
  if (self->recording && g_str_equal (sc_recording_get_fields (self->recording)->id, recording))
    update_place (self);
}

static void
sc_recording_card_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_recording_card_parent_class)->root (widget);
  ScPlaces *places = get_places (SC_RECORDING_CARD (widget));
  if (places)
    g_signal_connect_object (places,
                             "changed",
                             G_CALLBACK (on_place_changed),
                             widget,
                             G_CONNECT_SWAPPED);
  update_place (SC_RECORDING_CARD (widget));
}

static void
sc_recording_card_unroot (GtkWidget *widget)
{
  ScPlaces *places = get_places (SC_RECORDING_CARD (widget));
  if (places)
    g_signal_handlers_disconnect_by_data (places, widget);
  GTK_WIDGET_CLASS (sc_recording_card_parent_class)->unroot (widget);
}

static void
on_clicked (ScRecordingCard *self)
{
  if (self->recording)
    sc_recording_card_open (GTK_WIDGET (self), self->recording);
}

static void
sc_recording_card_dispose (GObject *object)
{
  ScRecordingCard *self = SC_RECORDING_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_RECORDING_CARD);
  g_clear_object (&self->recording);
  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (sc_recording_card_parent_class)->dispose (object);
}

static void
sc_recording_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScRecordingCard *self = SC_RECORDING_CARD (object);

  switch ((ScRecordingCardProperty) id) {
  case PROP_RECORDING:
    g_value_set_object (value, self->recording);
    break;
  case PROP_PICTURES:
    g_value_set_object (value, self->pictures);
    break;
  case PROP_NOW:
    g_value_set_int64 (value, self->now);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recording_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScRecordingCard *self = SC_RECORDING_CARD (object);

  switch ((ScRecordingCardProperty) id) {
  case PROP_RECORDING:
    if (g_set_object (&self->recording, g_value_get_object (value))) {
      update_place (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_PICTURES:
    self->pictures = g_value_dup_object (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_NOW:
    self->now = g_value_get_int64 (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recording_card_class_init (ScRecordingCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_RECORDING);
  g_type_ensure (SC_TYPE_THUMBNAIL);

  object_class->dispose = sc_recording_card_dispose;
  object_class->get_property = sc_recording_card_get_property;
  object_class->set_property = sc_recording_card_set_property;
  widget_class->root = sc_recording_card_root;
  widget_class->unroot = sc_recording_card_unroot;

  properties[PROP_RECORDING] =
    g_param_spec_object ("recording", NULL, NULL, SC_TYPE_RECORDING, flags);
  properties[PROP_PICTURES] =
    g_param_spec_object ("pictures", NULL, NULL, SC_TYPE_PICTURES, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/recording-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScRecordingCard, watched);
  gtk_widget_class_bind_template_callback (widget_class, length_words);
  gtk_widget_class_bind_template_callback (widget_class, when_words);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
sc_recording_card_init (ScRecordingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_recording_card_new:
 * @pictures: what fetches its picture
 *
 * Returns: (transfer floating): a card that waits for its recording
 */
GtkWidget *
sc_recording_card_new (ScPictures *pictures)
{
  return g_object_new (SC_TYPE_RECORDING_CARD, "pictures", pictures, NULL);
}

/**
 * sc_recording_card_open:
 * @widget: a widget of the window
 * @recording: what to watch
 *
 * Asks the window to show a recording.
 */
void
sc_recording_card_open (GtkWidget *widget, ScRecording *recording)
{
  g_autoptr (JsonObject) object = sc_recording_to_json (recording);
  g_autofree char *text = sc_json_to_string (object);
  gtk_widget_activate_action (widget, "win.open-recording", "s", text);
}
