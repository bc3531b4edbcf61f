/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The channel's type and latency mode, with what each does. A choice is saved at once; one that
 * could not be saved goes back to what there is, and one that has to wait says for what. */

#include "config.h"

#include "sc-settings-group.h"

#include "sc-error-dialog.h"
#include "sc-future.h"

#include <glib/gi18n.h>

typedef struct {
  const char *value; /* as Amazon IVS has it */
  const char *words;
} Choice;

/* "Channel types" and "Service quotas", Amazon IVS Low-Latency Streaming User Guide. */
static const Choice types[] = {
  { "BASIC",
    N_ ("Takes 480p at 1.5 Mb/s, or up to 1080p60 at 3.5 Mb/s. Viewers get it as you send it.") },
  { "STANDARD",
    N_ ("Takes up to 1080p60 at 8.5 Mb/s. Viewers on slow lines get smaller pictures.") },
  { "ADVANCED_SD", N_ ("Takes up to 1080p60 at 8.5 Mb/s. Viewers get up to 480p.") },
  { "ADVANCED_HD", N_ ("Takes up to 1080p60 at 8.5 Mb/s. Viewers get up to 720p.") },
};

static const Choice modes[] = {
  { "LOW", N_ ("Viewers see you a few seconds later, and can talk with you.") },
  { "NORMAL", N_ ("Viewers see you later, and the picture halts less on slow lines.") },
};

struct _ScSettingsGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  AdwComboRow *type_row;
  AdwComboRow *latency_row;
  gboolean is_filling;
  DexFuture *saving;
};

G_DEFINE_FINAL_TYPE (ScSettingsGroup, sc_settings_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
find_choice (const Choice *choices, guint n_choices, const char *value)
{
  for (guint i = 0; i < n_choices; i++)
    if (g_strcmp0 (choices[i].value, value) == 0)
      return i;
  return 0;
}

static const char *
find_note (ScChannel *channel)
{
  const ScChannelPending *pending = sc_channel_get_pending (channel);
  if (!pending)
    return sc_channel_get_live (channel)
             ? _ ("What you choose while you are live is so from your next stream on.")
             : "";
  if (g_str_equal (pending->waits_for, SC_PENDING_STREAM))
    return _ ("Amazon IVS changes no channel that is live. Your choice waits until the stream is"
              " over.");
  if (g_str_equal (pending->waits_for, SC_PENDING_ANOTHER_TRY))
    return _ ("Amazon IVS has not taken your choice yet. It is tried again by itself.");
  return _ ("Your choice is on its way to Amazon IVS…");
}

static void
fill (ScSettingsGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel || (self->saving && dex_future_is_pending (self->saving)))
    return;
  const ScChannelPending *pending = sc_channel_get_pending (channel);
  const char *type =
    pending && pending->type ? pending->type : sc_channel_get_channel_type (channel);
  const char *mode = pending && pending->latency_mode ? pending->latency_mode
                                                      : sc_channel_get_latency_mode (channel);
  guint chosen_type = find_choice (types, G_N_ELEMENTS (types), type);
  guint chosen_mode = find_choice (modes, G_N_ELEMENTS (modes), mode);
  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->type_row, chosen_type);
  adw_combo_row_set_selected (self->latency_row, chosen_mode);
  self->is_filling = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->type_row), _ (types[chosen_type].words));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->latency_row), _ (modes[chosen_mode].words));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), find_note (channel));
}

static DexFuture *
on_saved (DexFuture *future, gpointer user_data)
{
  ScSettingsGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  dex_clear (&self->saving);
  if (!dex_future_get_value (future, &error) && !sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), _ ("Your choice could not be saved."), error);
  fill (self);
  return dex_future_new_true ();
}

/* The one that was chosen first and is not answered yet is in this one, too. */
static void
on_selected (ScSettingsGroup *self)
{
  if (self->is_filling || !self->own_channel)
    return;
  const ScChannelChange change = {
    .type = types[adw_combo_row_get_selected (self->type_row)].value,
    .latency_mode = modes[adw_combo_row_get_selected (self->latency_row)].value,
  };
  dex_clear (&self->saving);
  self->saving =
    dex_future_finally (sc_own_channel_change (self->own_channel, &change), on_saved, self, NULL);
}

static void
sc_settings_group_dispose (GObject *object)
{
  ScSettingsGroup *self = SC_SETTINGS_GROUP (object);

  dex_clear (&self->saving);
  g_clear_object (&self->own_channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SETTINGS_GROUP);

  G_OBJECT_CLASS (sc_settings_group_parent_class)->dispose (object);
}

static void
sc_settings_group_class_init (ScSettingsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sc_settings_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/io/github/streamcat/StreamCat/ui/settings-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ScSettingsGroup, type_row);
  gtk_widget_class_bind_template_child (widget_class, ScSettingsGroup, latency_row);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
sc_settings_group_init (ScSettingsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_settings_group_set_own_channel:
 * @self: the group
 * @own_channel: whose type and latency mode it is
 */
void
sc_settings_group_set_own_channel (ScSettingsGroup *self, ScOwnChannel *own_channel)
{
  g_set_object (&self->own_channel, own_channel);
  g_signal_connect_object (own_channel, "updated", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
}
