/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The recordings of a channel, or the newest of all, under a heading, unless what it is in has one
 * that says so. It asks the server while it is on screen. It shows nothing at all until the first
 * answer, and where there are none it says how some come about, or is left out by its page. */

#include "config.h"

#include "sc-recordings-section.h"

#include "sc-card-flow.h"
#include "sc-error-words.h"
#include "sc-recording-card.h"

#include <glib/gi18n.h>

struct _ScRecordingsSection {
  AdwBin parent_instance;

  ScRecordingList *list;
  ScPictures *pictures;
  ScCardFlow *cards;
  char *empty_words;
  gboolean has_heading;
};

typedef enum {
  PROP_LIST = 1,
  PROP_EMPTY_WORDS,
  PROP_HAS_HEADING,
} ScRecordingsSectionProperty;

static GParamSpec *properties[PROP_HAS_HEADING + 1];

G_DEFINE_FINAL_TYPE (ScRecordingsSection, sc_recordings_section, ADW_TYPE_BIN)

/* What the template computes. */

static gboolean
has_any (ScRecordingsSection *self, guint n_recordings)
{
  return n_recordings > 0;
}

static gboolean
is_empty (ScRecordingsSection *self, gboolean loaded, guint n_recordings, const char *words)
{
  return loaded && n_recordings == 0 && words;
}

static gboolean
has_failed (ScRecordingsSection *self, GError *error)
{
  return error != NULL;
}

static char *
failed_words (ScRecordingsSection *self, GError *error)
{
  return g_strdup (error ? sc_error_words (error).title : "");
}

static gboolean
shows_heading (ScRecordingsSection *self,
               gboolean has_heading,
               gboolean loaded,
               guint n_recordings,
               GError *error,
               const char *words)
{
  return has_heading && (n_recordings > 0 || error || is_empty (self, loaded, n_recordings, words));
}

static char *
more_failed_words (ScRecordingsSection *self, GError *error)
{
  return g_strdup (error ? sc_error_words (error).body : "");
}

static GtkWidget *
make_card (gpointer owner)
{
  ScRecordingsSection *self = owner;
  GtkWidget *card = sc_recording_card_new (self->pictures);
  g_object_bind_property (self->list, "now", card, "now", G_BINDING_SYNC_CREATE);
  return card;
}

static void
show_recording (GtkWidget *card, gpointer recording, gpointer owner)
{
  g_object_set (card, "recording", recording, NULL);
}

static const ScCardKind of_recordings = { .make = make_card, .show = show_recording };

static void
on_retry (ScRecordingsSection *self)
{
  sc_recording_list_start (self->list);
}

static void
on_more_clicked (ScRecordingsSection *self)
{
  sc_recording_list_load_more (self->list);
}

static void
sc_recordings_section_map (GtkWidget *widget)
{
  ScRecordingsSection *self = SC_RECORDINGS_SECTION (widget);
  GTK_WIDGET_CLASS (sc_recordings_section_parent_class)->map (widget);
  if (self->list)
    sc_recording_list_start (self->list);
}

static void
sc_recordings_section_unmap (GtkWidget *widget)
{
  ScRecordingsSection *self = SC_RECORDINGS_SECTION (widget);
  if (self->list)
    sc_recording_list_stop (self->list);
  GTK_WIDGET_CLASS (sc_recordings_section_parent_class)->unmap (widget);
}

static void
sc_recordings_section_dispose (GObject *object)
{
  ScRecordingsSection *self = SC_RECORDINGS_SECTION (object);

  if (self->cards)
    sc_card_flow_set_model (self->cards, NULL, &of_recordings, self);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_RECORDINGS_SECTION);
  g_clear_object (&self->list);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->empty_words, g_free);

  G_OBJECT_CLASS (sc_recordings_section_parent_class)->dispose (object);
}

static void
sc_recordings_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScRecordingsSection *self = SC_RECORDINGS_SECTION (object);

  switch ((ScRecordingsSectionProperty) id) {
  case PROP_LIST:
    g_value_set_object (value, self->list);
    break;
  case PROP_EMPTY_WORDS:
    g_value_set_string (value, self->empty_words);
    break;
  case PROP_HAS_HEADING:
    g_value_set_boolean (value, self->has_heading);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recordings_section_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  ScRecordingsSection *self = SC_RECORDINGS_SECTION (object);

  switch (id) {
  case PROP_EMPTY_WORDS:
    g_set_str (&self->empty_words, g_value_get_string (value));
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_HAS_HEADING:
    self->has_heading = g_value_get_boolean (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_recordings_section_class_init (ScRecordingsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_type_ensure (SC_TYPE_CARD_FLOW);
  g_type_ensure (SC_TYPE_RECORDING_LIST);

  object_class->dispose = sc_recordings_section_dispose;
  object_class->get_property = sc_recordings_section_get_property;
  object_class->set_property = sc_recordings_section_set_property;
  widget_class->map = sc_recordings_section_map;
  widget_class->unmap = sc_recordings_section_unmap;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, SC_TYPE_RECORDING_LIST, flags);
  properties[PROP_EMPTY_WORDS] =
    g_param_spec_string ("empty-words", NULL, NULL, NULL, flags | G_PARAM_WRITABLE);
  properties[PROP_HAS_HEADING] =
    g_param_spec_boolean ("has-heading", NULL, NULL, TRUE, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/recordings-section.ui");
  gtk_widget_class_bind_template_child (widget_class, ScRecordingsSection, cards);
  gtk_widget_class_bind_template_callback (widget_class, has_any);
  gtk_widget_class_bind_template_callback (widget_class, is_empty);
  gtk_widget_class_bind_template_callback (widget_class, has_failed);
  gtk_widget_class_bind_template_callback (widget_class, failed_words);
  gtk_widget_class_bind_template_callback (widget_class, shows_heading);
  gtk_widget_class_bind_template_callback (widget_class, more_failed_words);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
}

static void
sc_recordings_section_init (ScRecordingsSection *self)
{
  self->has_heading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_recordings_section_watch:
 * @self: a section that watches nothing yet
 * @client: whom to ask
 * @channel: (nullable): the name of a channel; %NULL for the newest of all
 *
 * Says what it shows.
 */
void
sc_recordings_section_watch (ScRecordingsSection *self, ScClient *client, const char *channel)
{
  self->pictures = sc_pictures_new (sc_client_get_http (client));
  self->list = sc_recording_list_new (client, channel);
  sc_card_flow_set_model (self->cards,
                          sc_recording_list_get_recordings (self->list),
                          &of_recordings,
                          self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST]);
}

/**
 * sc_recordings_section_get_list:
 * @self: a section
 *
 * Returns: (transfer none) (nullable): what it shows
 */
ScRecordingList *
sc_recordings_section_get_list (ScRecordingsSection *self)
{
  return self->list;
}
