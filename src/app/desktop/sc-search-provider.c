/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The desktop's search, as GNOME Shell asks for it: org.gnome.Shell.SearchProvider2. The shell
 * starts the application for it, without a window, and asks with every letter.
 *
 * What is typed there stays here: the server is asked for lists, whatever the words are, and only
 * once while somebody types: who is live, and whom somebody follows who is signed in here. What the
 * shell asks meanwhile waits for that answer.
 */

#include "config.h"

#include "sc-search-provider.h"

#include "sc-channel.h"
#include "sc-dbus-search.h"
#include "sc-future.h"
#include "sc-link.h"
#include "sc-list-page.h"
#include "sc-time-words.h"
#include "sc-window.h"

#include <glib/gi18n.h>

#define OBJECT_PATH "/io/github/streamcat/StreamCat/SearchProvider"

/* About as long as somebody types. */
#define FRESH_US (10 * G_USEC_PER_SEC)

/* Another search may follow: the application is not started again for it. */
#define LINGER_MS 60000

typedef struct {
  GDBusMethodInvocation *invocation; /* until it is answered */
  char **terms;
} Query;

struct _ScSearchProvider {
  GApplication *application; /* owns this */
  ScDbusSearchProvider2 *object;
  ScSearchAsk ask;
  ScClient *client;     /* (nullable): nobody's, whose server is asked */
  ScSession *session;   /* (nullable): who may be signed in there */
  GListModel *channels; /* (nullable): as last read, each once */
  gint64 read_at;       /* monotonic */
  DexFuture *asking;    /* (nullable) */
  GQueue waiting;       /* of Query */
};

/* Every term begins a word of what is said of the channel. */
static gboolean
fits (ScChannel *channel, const char *const *terms)
{
  const char *category = sc_channel_get_category (channel);
  g_autofree char *words = g_strjoin (" ",
                                      sc_channel_get_name (channel),
                                      sc_channel_get_title (channel),
                                      category ? category : "",
                                      NULL);
  for (guint i = 0; terms[i]; i++)
    if (!g_str_match_string (terms[i], words, TRUE))
      return FALSE;
  return TRUE;
}

/* Returns (transfer full): names of channels. */
static char **
find (ScSearchProvider *self, const char *const *terms)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  guint n_channels = self->channels ? g_list_model_get_n_items (self->channels) : 0;
  for (guint i = 0; i < n_channels; i++) {
    g_autoptr (ScChannel) channel = g_list_model_get_item (self->channels, i);
    if (fits (channel, terms))
      g_strv_builder_add (found, sc_channel_get_name (channel));
  }
  return g_strv_builder_end (found);
}

static void
answer_waiting (ScSearchProvider *self)
{
  Query *query;
  while ((query = g_queue_pop_head (&self->waiting))) {
    g_auto (GStrv) found = find (self, (const char *const *) query->terms);
    sc_dbus_search_provider2_complete_get_initial_result_set (self->object,
                                                              query->invocation,
                                                              (const char *const *) found);
    g_strfreev (query->terms);
    g_free (query);
    g_application_release (self->application);
  }
}

static ScChannel *
find_named (GListModel *channels, const char *name)
{
  guint n_channels = channels ? g_list_model_get_n_items (channels) : 0;
  for (guint i = 0; i < n_channels; i++) {
    g_autoptr (ScChannel) channel = g_list_model_get_item (channels, i);
    if (g_str_equal (sc_channel_get_name (channel), name))
      return g_steal_pointer (&channel);
  }
  return NULL;
}

/* The lists that are on their way: all are asked for at once. */
typedef struct {
  DexFuture *followed; /* (nullable) */
  DexFuture *live;
} Lists;

static void
lists_free (gpointer data)
{
  Lists *lists = data;
  dex_clear (&lists->followed);
  dex_clear (&lists->live);
  g_free (lists);
}

static void
add_new (GListStore *channels, const ScListPage *page)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (page->items));
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (ScChannel) channel = g_list_model_get_item (G_LIST_MODEL (page->items), i);
    g_autoptr (ScChannel) same =
      find_named (G_LIST_MODEL (channels), sc_channel_get_name (channel));
    if (!same)
      g_list_store_append (channels, channel);
  }
}

/* Whom somebody follows comes first, live or not. One list is better than none. */
static DexFuture *
merge_fiber (gpointer data)
{
  Lists *lists = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) channels = g_list_store_new (SC_TYPE_CHANNEL);
  g_autoptr (ScListPage) followed =
    lists->followed ? dex_await_boxed (g_steal_pointer (&lists->followed), NULL) : NULL;
  g_autoptr (ScListPage) live = dex_await_boxed (g_steal_pointer (&lists->live), &error);
  if (!followed && !live)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (followed)
    add_new (channels, followed);
  if (live)
    add_new (channels, live);
  return dex_future_new_take_object (g_steal_pointer (&channels));
}

static DexFuture *
ask_for_lists (ScSearchProvider *self)
{
  Lists *lists = g_new0 (Lists, 1);
  lists->live = self->ask (self->client);
  if (self->session && sc_session_get_signed_in (self->session))
    lists->followed =
      sc_client_list_followed (sc_session_get_client (self->session), NULL, SC_LIST_PAGE_MAX);
  return sc_spawn (merge_fiber, lists, lists_free);
}

/* Without an answer there is what the last one was. */
static DexFuture *
on_channels (DexFuture *future, gpointer user_data)
{
  ScSearchProvider *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  if (value) {
    g_set_object (&self->channels, G_LIST_MODEL (g_value_get_object (value)));
    self->read_at = g_get_monotonic_time ();
  }
  answer_waiting (self);
  return dex_future_new_true ();
}

static gboolean
is_fresh (ScSearchProvider *self)
{
  return self->channels && g_get_monotonic_time () - self->read_at < FRESH_US;
}

static gboolean
on_search (ScSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *terms)
{
  Query *query = g_new0 (Query, 1);
  query->invocation = invocation;
  query->terms = g_strdupv ((char **) terms);
  g_queue_push_tail (&self->waiting, query);
  g_application_hold (self->application);
  g_application_set_inactivity_timeout (self->application, LINGER_MS);
  if (!self->client || is_fresh (self)) {
    answer_waiting (self);
  } else if (!self->asking || !dex_future_is_pending (self->asking)) {
    dex_clear (&self->asking);
    self->asking = dex_future_finally (ask_for_lists (self), on_channels, self, NULL);
  }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The same, with more letters. */
static gboolean
on_search_on (ScSearchProvider *self,
              GDBusMethodInvocation *invocation,
              const char *const *before,
              const char *const *terms)
{
  g_auto (GStrv) found = find (self, terms);
  sc_dbus_search_provider2_complete_get_subsearch_result_set (self->object,
                                                              invocation,
                                                              (const char *const *) found);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
add (GVariantBuilder *meta, const char *key, const char *text)
{
  g_variant_builder_add (meta, "{sv}", key, g_variant_new_string (text));
}

/* Returns (transfer full). */
static char *
say_how_it_is (ScChannel *channel)
{
  const char *title = sc_channel_get_title (channel);
  if (!sc_channel_get_live (channel)) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
    return sc_ended_words (sc_channel_get_ended_at (channel), g_get_real_time (), zone);
  }
  if (*title == '\0')
    return g_strdup (_ ("Live now"));
  /* Translators: %s is what a channel is about that is live now */
  return g_strdup_printf (_ ("Live: %s"), title);
}

/* One that is over meanwhile has a name alone. */
static void
describe (GVariantBuilder *metas, const char *name, ScChannel *channel)
{
  g_autofree char *words = channel ? say_how_it_is (channel) : NULL;
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  add (metas, "id", name);
  add (metas, "name", name);
  if (words)
    add (metas, "description", words);
  add (metas, "gicon", SC_APP_ID);
  g_variant_builder_close (metas);
}

/* As many as were asked for, in their order. */
static gboolean
on_describe (ScSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *names)
{
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; names[i]; i++) {
    g_autoptr (ScChannel) channel = find_named (self->channels, names[i]);
    describe (&metas, names[i], channel);
  }
  sc_dbus_search_provider2_complete_get_result_metas (self->object,
                                                      invocation,
                                                      g_variant_builder_end (&metas));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_activate (ScSearchProvider *self, GDBusMethodInvocation *invocation, const char *channel)
{
  const char *server = self->client ? sc_client_get_server (self->client) : NULL;
  g_autofree char *link = server ? sc_link_dup_for_channel (server, channel) : NULL;
  g_autoptr (GFile) file = link ? g_file_new_for_uri (link) : NULL;
  if (file)
    g_application_open (self->application, &file, 1, "");
  sc_dbus_search_provider2_complete_activate_result (self->object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Home has all that is live, whatever page the application begins with. */
static gboolean
on_launch (ScSearchProvider *self, GDBusMethodInvocation *invocation)
{
  g_application_activate (self->application);
  ScWindow *window = sc_window_find ();
  if (window)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.home", NULL);
  sc_dbus_search_provider2_complete_launch_search (self->object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * sc_search_provider_new:
 * @application: must live longer
 * @bus: where the desktop looks for it
 * @ask: asks for what may be found
 *
 * The shell's first question may be on its way when the application has its name: this has to be
 * there before.
 *
 * Returns: (transfer full): what finds nothing before it has a server
 */
ScSearchProvider *
sc_search_provider_new (GApplication *application, GDBusConnection *bus, ScSearchAsk ask)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } handled[] = {
    { "handle-get-initial-result-set", G_CALLBACK (on_search) },
    { "handle-get-subsearch-result-set", G_CALLBACK (on_search_on) },
    { "handle-get-result-metas", G_CALLBACK (on_describe) },
    { "handle-activate-result", G_CALLBACK (on_activate) },
    { "handle-launch-search", G_CALLBACK (on_launch) },
  };
  ScSearchProvider *self = g_new0 (ScSearchProvider, 1);
  self->application = application;
  self->ask = ask;
  g_queue_init (&self->waiting);
  self->object = sc_dbus_search_provider2_skeleton_new ();
  for (guint i = 0; i < G_N_ELEMENTS (handled); i++)
    g_signal_connect_swapped (self->object, handled[i].signal, handled[i].callback, self);
  (void) g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->object),
                                           bus,
                                           OBJECT_PATH,
                                           NULL);
  return self;
}

/* Of another server's channels, or another person's, or when there is none any more. */
static void
forget (ScSearchProvider *self)
{
  dex_clear (&self->asking);
  g_clear_object (&self->channels);
  answer_waiting (self);
}

/**
 * sc_search_provider_free:
 * @self: (nullable) (transfer full): what finds channels
 */
void
sc_search_provider_free (ScSearchProvider *self)
{
  if (!self)
    return;
  sc_search_provider_set_server (self, NULL, NULL);
  sc_search_provider_set_session (self, NULL);
  g_signal_handlers_disconnect_by_data (self->object, self);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->object));
  g_object_unref (self->object);
  g_free (self);
}

/**
 * sc_search_provider_set_server:
 * @self: what finds channels
 * @http: (nullable): what fetches
 * @server: (nullable): who has them; %NULL for nobody any more
 *
 * The server is asked for who is live without telling who asks: whoever searches the desktop is not
 * signed in by that, and no keyring is opened. Who waits for an answer is told that nothing was
 * found.
 */
void
sc_search_provider_set_server (ScSearchProvider *self, ScHttp *http, const char *server)
{
  const char *before = self->client ? sc_client_get_server (self->client) : NULL;
  if (server && g_strcmp0 (before, server) == 0)
    return;
  forget (self);
  g_clear_object (&self->client);
  if (!server)
    return;
  self->client = sc_client_new (http);
  sc_client_set_server (self->client, server);
}

/**
 * sc_search_provider_set_session:
 * @self: what finds channels
 * @session: (nullable): who may be signed in, at the same server
 *
 * While somebody is signed in, because the app is open or stays in the background, whom they follow
 * is found first, live or not.
 */
void
sc_search_provider_set_session (ScSearchProvider *self, ScSession *session)
{
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    g_signal_connect_swapped (session, "notify::name", G_CALLBACK (forget), self);
  forget (self);
}
