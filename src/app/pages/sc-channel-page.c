/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One channel, as its viewers see it. */

#include "config.h"

#include "sc-channel-page.h"

#include "sc-load-view.h"

struct _ScChannelPage {
  AdwNavigationPage parent_instance;

  ScSession *session;
  char *name;
  ScLoadView *load_view;
};

typedef enum {
  PROP_SESSION = 1,
  PROP_NAME,
} ScChannelPageProperty;

static GParamSpec *properties[PROP_NAME + 1];

G_DEFINE_FINAL_TYPE (ScChannelPage, sc_channel_page, ADW_TYPE_NAVIGATION_PAGE)

static void
sc_channel_page_dispose (GObject *object)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_CHANNEL_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (sc_channel_page_parent_class)->dispose (object);
}

static void
sc_channel_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  switch ((ScChannelPageProperty) id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScChannelPage *self = SC_CHANNEL_PAGE (object);

  switch ((ScChannelPageProperty) id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  case PROP_NAME:
    self->name = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_channel_page_class_init (ScChannelPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  g_type_ensure (SC_TYPE_LOAD_VIEW);

  object_class->dispose = sc_channel_page_dispose;
  object_class->get_property = sc_channel_page_get_property;
  object_class->set_property = sc_channel_page_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SC_TYPE_SESSION, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/channel-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScChannelPage, load_view);
}

static void
sc_channel_page_init (ScChannelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_channel_page_new:
 * @session: who is signed in
 * @name: the channel's name
 *
 * Returns: (transfer floating): the page of a channel
 */
ScChannelPage *
sc_channel_page_new (ScSession *session, const char *name)
{
  return g_object_new (SC_TYPE_CHANNEL_PAGE, "session", session, "name", name, NULL);
}
