/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One recording in a list: its picture with its length, what it is about, whose it is, how long ago
 * it was. A click opens it. */

#include "config.h"

#include "sc-recording-card.h"

#include "sc-json.h"
#include "sc-thumbnail.h"
#include "sc-time-words.h"

struct _ScRecordingCard {
  AdwBin parent_instance;

  ScRecording *recording;
  ScPictures *pictures;
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
    if (g_set_object (&self->recording, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
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

  properties[PROP_RECORDING] =
    g_param_spec_object ("recording", NULL, NULL, SC_TYPE_RECORDING, flags);
  properties[PROP_PICTURES] =
    g_param_spec_object ("pictures", NULL, NULL, SC_TYPE_PICTURES, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/recording-card.ui");
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
