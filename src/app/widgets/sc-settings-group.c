/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The channel's type and latency mode, with what each does. A choice is saved at once; one that
 * could not be saved goes back to what there is, and one that has to wait says for what. */

#include "config.h"

#include "sc-settings-group.h"

#include "sc-future.h"
#include "sc-toast.h"

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
    N_ ("Takes up to 1080p60 at 8.5 Mb/s. Viewers on slow connections get smaller pictures.") },
  { "ADVANCED_SD", N_ ("Takes up to 1080p60 at 8.5 Mb/s. Viewers get up to 480p.") },
  { "ADVANCED_HD", N_ ("Takes up to 1080p60 at 8.5 Mb/s. Viewers get up to 720p.") },
};

static const Choice modes[] = {
  { "LOW", N_ ("Viewers see you a few seconds later, and can talk with you.") },
  { "NORMAL", N_ ("Viewers see you later, and the picture stops less often on slow connections.") },
};

struct _ScSettingsGroup {
  AdwPreferencesGroup parent_instance;

  ScOwnChannel *own_channel;
  AdwComboRow *type_row;
  AdwComboRow *latency_row;
  gboolean is_filling;
  DexFuture *asked; /* the server; what follows it is in the next */
  DexFuture *saving;
};

G_DEFINE_FINAL_TYPE (ScSettingsGroup, sc_settings_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
find_choice (const Choice *choices, guint n_choices, const char *value)
{
  for (guint i = 0; i < n_choices; i++)
    if (g_strcmp0 (choices[i].value, value) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
show_choice (AdwComboRow *row, const Choice *choices, guint n_choices, const char *value)
{
  guint chosen = find_choice (choices, n_choices, value);
  adw_combo_row_set_selected (row, chosen);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               chosen < n_choices ? _ (choices[chosen].words) : "");
}

static const char *
get_choice (AdwComboRow *row, const Choice *choices, guint n_choices)
{
  guint chosen = adw_combo_row_get_selected (row);
  return chosen < n_choices ? choices[chosen].value : NULL;
}

static const char *
find_note (ScChannel *channel)
{
  const ScChannelPending *pending = sc_channel_get_pending (channel);
  if (!pending)
    return sc_channel_get_live (channel)
             ? _ ("A change made while you are live takes effect with your next stream.")
             : "";
  if (g_str_equal (pending->waits_for, SC_PENDING_STREAM))
    return _ ("Amazon IVS changes no channel that is live. Your choice waits until the stream is"
              " over.");
  if (g_str_equal (pending->waits_for, SC_PENDING_ANOTHER_TRY))
    return _ ("Amazon IVS has not taken your choice yet. It is tried again by itself.");
  return _ ("Your choice is on its way to Amazon IVS…");
}

/* As they will be once Amazon IVS has what was chosen. */
static void
get_wanted (ScChannel *channel, const char **ret_type, const char **ret_mode)
{
  const ScChannelPending *pending = sc_channel_get_pending (channel);
  *ret_type = pending && pending->type ? pending->type : sc_channel_get_channel_type (channel);
  *ret_mode = pending && pending->latency_mode ? pending->latency_mode
                                               : sc_channel_get_latency_mode (channel);
}

static gboolean
is_saving (ScSettingsGroup *self)
{
  return self->asked && dex_future_is_pending (self->asked);
}

static void
fill (ScSettingsGroup *self)
{
  ScChannel *channel = sc_own_channel_get_channel (self->own_channel);
  if (!channel || is_saving (self))
    return;
  const char *type = NULL, *mode = NULL;
  get_wanted (channel, &type, &mode);
  self->is_filling = TRUE;
  show_choice (self->type_row, types, G_N_ELEMENTS (types), type);
  show_choice (self->latency_row, modes, G_N_ELEMENTS (modes), mode);
  self->is_filling = FALSE;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), find_note (channel));
}

static DexFuture *
on_saved (DexFuture *future, gpointer user_data)
{
  ScSettingsGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  dex_clear (&self->asked);
  dex_clear (&self->saving);
  if (!dex_future_get_value (future, &error) && !sc_error_is_cancelled (error))
    sc_toast_error (GTK_WIDGET (self), _ ("Your choice could not be saved."), error);
  fill (self);
  return dex_future_new_true ();
}

/* Says only what is to be another: what is on show may be no more than a guess of the server. A
 * choice that is not answered yet is said once more, with the new one. */
static void
on_selected (ScSettingsGroup *self)
{
  ScChannel *channel = self->own_channel ? sc_own_channel_get_channel (self->own_channel) : NULL;
  if (self->is_filling || !channel)
    return;
  const char *type = get_choice (self->type_row, types, G_N_ELEMENTS (types));
  const char *mode = get_choice (self->latency_row, modes, G_N_ELEMENTS (modes));
  const char *type_before = NULL, *mode_before = NULL;
  get_wanted (channel, &type_before, &mode_before);
  const ScChannelChange change = {
    .type = is_saving (self) || g_strcmp0 (type, type_before) != 0 ? type : NULL,
    .latency_mode = is_saving (self) || g_strcmp0 (mode, mode_before) != 0 ? mode : NULL,
  };
  if (!change.type && !change.latency_mode)
    return;
  dex_clear (&self->saving);
  dex_clear (&self->asked);
  self->asked = sc_own_channel_change (self->own_channel, &change);
  self->saving = dex_future_finally (dex_ref (self->asked), on_saved, self, NULL);
}

static void
sc_settings_group_dispose (GObject *object)
{
  ScSettingsGroup *self = SC_SETTINGS_GROUP (object);

  dex_clear (&self->saving);
  /* It goes on when nobody waits for it any more. */
  if (self->asked)
    dex_future_disown (g_steal_pointer (&self->asked));
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
