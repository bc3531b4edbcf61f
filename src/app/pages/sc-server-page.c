/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first run: which server? An address is taken only after the server there has answered as ours
 * do. */

#include "config.h"

#include "sc-server-page.h"

#include "sc-closures.h"
#include "sc-error-words.h"
#include "sc-field-hint.h"
#include "sc-future.h"
#include "sc-page-focus.h"

struct _ScServerPage {
  AdwNavigationPage parent_instance;

  GSettings *settings;
  ScSession *session;
  AdwEntryRow *address_row;
  ScFieldHint *address_hint;
  gboolean busy;
  DexFuture *trying;
};

typedef enum {
  PROP_BUSY = 1,
} ScServerPageProperty;

static GParamSpec *properties[PROP_BUSY + 1];

G_DEFINE_FINAL_TYPE (ScServerPage, sc_server_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_busy (ScServerPage *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_address_changed (ScServerPage *self)
{
  sc_field_hint_set_problem (self->address_hint, NULL);
}

static DexFuture *
on_tried (DexFuture *future, gpointer user_data)
{
  ScServerPage *self = user_data;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->address_row));
  g_autofree char *address = sc_server_address (typed);
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (dex_future_get_value (future, &error)) {
    g_settings_set_string (self->settings, "server-url", address);
  } else if (!sc_error_is_cancelled (error)) {
    const ScErrorWords words = sc_error_words (error);
    sc_field_hint_set_problem (self->address_hint, words.body);
    gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
  }
  return dex_future_new_true ();
}

static void
submit (ScServerPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->address_row));
  g_autofree char *problem = sc_server_problem (typed, /* finished= */ TRUE);
  sc_field_hint_set_problem (self->address_hint, problem);
  if (problem || self->busy)
    return;

  g_autofree char *address = sc_server_address (typed);
  ScHttp *http = sc_client_get_http (sc_session_get_client (self->session));
  g_autoptr (ScClient) client = sc_client_new (http);
  sc_client_set_server (client, address);
  set_busy (self, TRUE);
  dex_clear (&self->trying);
  self->trying = dex_future_finally (sc_client_list_live (client), on_tried, self, NULL);
}

static void
sc_server_page_shown (AdwNavigationPage *page)
{
  sc_page_focus_begin (page, GTK_WIDGET (SC_SERVER_PAGE (page)->address_row));
}

static void
sc_server_page_dispose (GObject *object)
{
  ScServerPage *self = SC_SERVER_PAGE (object);

  dex_clear (&self->trying);
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_SERVER_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sc_server_page_parent_class)->dispose (object);
}

static void
sc_server_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScServerPage *self = SC_SERVER_PAGE (object);

  switch ((ScServerPageProperty) id) {
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_server_page_class_init (ScServerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_FIELD_HINT);

  object_class->dispose = sc_server_page_dispose;
  object_class->get_property = sc_server_page_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = sc_server_page_shown;

  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/server-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScServerPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, ScServerPage, address_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, submit);
}

static void
sc_server_page_init (ScServerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_server_page_new:
 * @settings: the settings that get the address
 * @session: what knows the network
 *
 * Returns: (transfer floating): the page
 */
ScServerPage *
sc_server_page_new (GSettings *settings, ScSession *session)
{
  ScServerPage *self = g_object_new (SC_TYPE_SERVER_PAGE, NULL);
  self->settings = g_object_ref (settings);
  self->session = g_object_ref (session);
  return self;
}
