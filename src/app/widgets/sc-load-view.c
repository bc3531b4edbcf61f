/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The three faces of a page: it loads, it shows its content, or it says why it cannot and offers
 * Retry. The page decides; this only shows. */

#include "config.h"

#include "sc-load-view.h"

#include "sc-codec-words.h"
#include "sc-error-dialog.h"
#include "sc-error-words.h"

/* Whoever hardly saw that something loads sees what it is at once, without a fade. */
#define SEEN_US (500 * G_TIME_SPAN_MILLISECOND)

/* There in every Flatpak, and only there. */
#define FLATPAK_MARK "/.flatpak-info"

struct _ScLoadView {
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwBin *content_bin;
  GError *error;
  gint64 seen_since; /* by the monotonic clock, what is on show */
};

typedef enum {
  PROP_CONTENT = 1,
} ScLoadViewProperty;

static GParamSpec *properties[PROP_CONTENT + 1];

G_DEFINE_FINAL_TYPE (ScLoadView, sc_load_view, ADW_TYPE_BIN)

static void
on_retry_clicked (ScLoadView *self)
{
  g_signal_emit_by_name (self, "retry");
}

static void
on_details_clicked (ScLoadView *self)
{
  sc_error_dialog_present (GTK_WIDGET (self), self->error);
}

static void
show (ScLoadView *self, const char *page)
{
  gboolean is_seen = g_get_monotonic_time () - self->seen_since >= SEEN_US;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0)
    return;
  gtk_stack_set_visible_child_full (self->stack,
                                    page,
                                    is_seen ? GTK_STACK_TRANSITION_TYPE_CROSSFADE
                                            : GTK_STACK_TRANSITION_TYPE_NONE);
  self->seen_since = g_get_monotonic_time ();
}

static void
sc_load_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sc_load_view_parent_class)->map (widget);
  SC_LOAD_VIEW (widget)->seen_since = g_get_monotonic_time ();
}

static void
sc_load_view_dispose (GObject *object)
{
  ScLoadView *self = SC_LOAD_VIEW (object);

  g_clear_error (&self->error);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin unparents what the template freed */
  gtk_widget_dispose_template (GTK_WIDGET (self), SC_TYPE_LOAD_VIEW);

  G_OBJECT_CLASS (sc_load_view_parent_class)->dispose (object);
}

static void
sc_load_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScLoadView *self = SC_LOAD_VIEW (object);

  switch ((ScLoadViewProperty) id) {
  case PROP_CONTENT:
    g_value_set_object (value, adw_bin_get_child (self->content_bin));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_load_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScLoadView *self = SC_LOAD_VIEW (object);

  switch ((ScLoadViewProperty) id) {
  case PROP_CONTENT:
    adw_bin_set_child (self->content_bin, g_value_get_object (value));
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sc_load_view_class_init (ScLoadViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sc_load_view_dispose;
  object_class->get_property = sc_load_view_get_property;
  object_class->set_property = sc_load_view_set_property;
  GTK_WIDGET_CLASS (klass)->map = sc_load_view_map;

  properties[PROP_CONTENT] =
    g_param_spec_object ("content",
                         NULL,
                         NULL,
                         GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ScLoadView::retry:
   *
   * The person asks to load again.
   */
  g_signal_new ("retry",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/streamcat/StreamCat/ui/load-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScLoadView, stack);
  gtk_widget_class_bind_template_child (widget_class, ScLoadView, error_page);
  gtk_widget_class_bind_template_child (widget_class, ScLoadView, content_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_details_clicked);
}

static void
sc_load_view_init (ScLoadView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sc_load_view_show_loading:
 * @self: the view
 *
 * Shows that something loads.
 */
void
sc_load_view_show_loading (ScLoadView *self)
{
  show (self, "loading");
}

/**
 * sc_load_view_show_content:
 * @self: the view
 *
 * Shows the content.
 */
void
sc_load_view_show_content (ScLoadView *self)
{
  show (self, "content");
}

/**
 * sc_load_view_show_error:
 * @self: the view
 * @error: why there is no content
 *
 * Says why, and offers Retry and Details.
 */
void
sc_load_view_show_error (ScLoadView *self, const GError *error)
{
  const ScErrorWords words = sc_error_words (error);
  gboolean in_flatpak = g_file_test (FLATPAK_MARK, G_FILE_TEST_EXISTS);
  g_autofree char *install = sc_codec_words (error, in_flatpak);

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  adw_status_page_set_icon_name (self->error_page, words.icon_name);
  adw_status_page_set_title (self->error_page, words.title);
  adw_status_page_set_description (self->error_page, install ? install : words.body);
  show (self, "error");
}
