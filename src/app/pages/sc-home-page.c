/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first page: who is live, and the way to everything else. */

#include "config.h"

#include "sc-home-page.h"

#include "sc-load-view.h"

#include <glib/gi18n.h>

struct _ScHomePage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  ScLoadView *load_view;
};

typedef enum {
  PROP_SESSION = 1,
} ScHomePageProperty;

static GParamSpec *properties[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (ScHomePage, sc_home_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_signed_out (ScHomePage *self, guint state)
{
  return state == SC_SESSION_SIGNED_OUT;
}

static char *
empty_words (ScHomePage *self, gboolean signed_in)
{
  return g_strdup (signed_in
                     ? _ ("Your channel is the way to change that: it has what an encoder needs.")
                     : _ ("Create an account to go live yourself."));
}

static void
sc_home_page_dispose (GObject *object)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_HOME_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sc_home_page_parent_class)->dispose (object);
}

static void
sc_home_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  switch ((ScHomePageProperty) id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_home_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScHomePage *self = SC_HOME_PAGE (object);

  switch ((ScHomePageProperty) id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_home_page_class_init (ScHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SC_TYPE_LOAD_VIEW);
  g_type_ensure (SC_TYPE_SESSION);

  object_class->dispose = sc_home_page_dispose;
  object_class->get_property = sc_home_page_get_property;
  object_class->set_property = sc_home_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session",
                         NULL,
                         NULL,
                         SC_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScHomePage, load_view);
  gtk_widget_class_bind_template_callback (widget_class, is_signed_out);
  gtk_widget_class_bind_template_callback (widget_class, empty_words);
}

static void
sc_home_page_init (ScHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sc_load_view_show_content (self->load_view);
}

/**
 * sc_home_page_new:
 * @session: who is signed in
 *
 * Returns: (transfer floating): the first page
 */
ScHomePage *
sc_home_page_new (ScSession *session)
{
  return g_object_new (SC_TYPE_HOME_PAGE, "session", session, NULL);
}
