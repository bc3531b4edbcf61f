/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-operations.h"
#include "sc-chat-server.h"
#include "sc-control.h"
#include "sc-json.h"
#include "sc-object-store.h"
#include "sc-stream-operations.h"
#include "sct-control-private.h"
#include "sct-files.h"

#include <string.h>

#define ACCESS_KEY_ID "AKIDEXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

static const ScControlPlace place = { "us-west-2", "123456789012",  ACCESS_KEY_ID,
                                      SECRET,      "localhost:443", "https://localhost" };

/* What rooms name is there. */
static gboolean
has_resource (const char *type, const char *arn, gpointer data)
{
  static const char *const arns[] = {
    SCT_REVIEW_ARN,
    SCT_LOGGING_ARN,
    SCT_REVIEW_ARN_LATER,
    SCT_LOGGING_ARN_LATER,
    SCT_RECORDING_ARN,
    SCT_RECORDING_ARN_LATER,
    NULL,
  };
  return g_strv_contains (arns, arn);
}

static gboolean
is_live (const char *channel_arn, gpointer data)
{
  SctControl *self = data;
  return g_atomic_int_get (&self->is_live);
}

/* Events come by here as they go to everybody in the room. */
static void
keep_event (const char *logging_arn, const char *room_arn, JsonObject *record, gpointer data)
{
  SctControl *self = data;
  JsonObject *payload = json_object_get_object_member (record, "payload");
  const char *name = sc_json_get_string_or (payload, "EventName", "");
  g_autofree char *attributes =
    sc_json_to_string (json_object_get_object_member (payload, "Attributes"));
  g_mutex_lock (&self->lock);
  g_string_append_printf (self->told, "%s %s\n", name, attributes);
  g_mutex_unlock (&self->lock);
}

static gboolean
stop_stream (const char *channel_arn, gpointer data)
{
  SctControl *self = data;
  return g_atomic_int_compare_and_exchange (&self->is_live, TRUE, FALSE);
}

/* The time by which rates and the lag of lists go. */
static gint64
read_clock (gpointer data)
{
  SctControl *self = data;
  g_mutex_lock (&self->lock);
  gint64 now = g_get_monotonic_time () + self->ahead_us;
  g_mutex_unlock (&self->lock);
  return now;
}

/* No rule takes any. */
static void
ignore_event (const char *target, GBytes *event, gpointer user_data)
{
}

static guint16
listen_somewhere (ScControl *control)
{
  for (;;) {
    guint16 port = (guint16) g_random_int_range (20000, 60000);
    if (sc_control_listen (control, port, NULL))
      return port;
  }
}

static gpointer
serve (gpointer data)
{
  SctControl *self = data;
  g_main_context_push_thread_default (self->context);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "cloud.json", NULL);
  self->cloud = sc_cloud_new (path, &error);
  g_assert_no_error (error);
  g_autoptr (ScControl) control = sc_control_new (self->cloud, &place, TRUE);
  const ScControlHooks hooks = { has_resource, is_live, self };
  sc_control_set_hooks (control, &hooks);
  sc_control_set_clock (control, read_clock, self);
  const ScChatHooks chat_hooks = { NULL, keep_event, self };
  g_autoptr (ScChatServer) rooms = sc_chat_server_new (self->cloud, &chat_hooks);
  sc_control_add_operations (control, sc_chat_room_operations, rooms);
  g_autoptr (ScEventBus) bus = sc_event_bus_new (place.account, place.region, ignore_event, NULL);
  g_autoptr (ScLiveStreams) streams = sc_live_streams_new (bus);
  ScStreamPlane plane = { .streams = streams, .stop = stop_stream, .data = self };
  sc_control_add_operations (control, sc_stream_operations, &plane);
  g_autofree char *buckets = g_build_filename (self->folder, "buckets", NULL);
  g_autoptr (ScObjectStore) objects = sc_object_store_new (buckets, control);
  guint16 port = listen_somewhere (control);
  g_atomic_pointer_set (&self->url, g_strdup_printf ("http://127.0.0.1:%u", port));
  g_main_loop_run (self->loop);
  sc_control_close (control);
  g_clear_object (&control);
  sc_chat_server_close (rooms);
  g_clear_object (&rooms);
  g_clear_pointer (&streams, sc_live_streams_free);
  g_clear_pointer (&bus, sc_event_bus_free);
  g_clear_object (&self->cloud);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * sct_control_new:
 *
 * Returns: (transfer full): control planes that listen, without any resource
 */
SctControl *
sct_control_new (void)
{
  SctControl *self = g_new0 (SctControl, 1);
  g_mutex_init (&self->lock);
  self->told = g_string_new (NULL);
  self->folder = g_dir_make_tmp ("streamcat-cloud-XXXXXX", NULL);
  self->http = sc_http_new (10);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("cloud", serve, self);
  while (!g_atomic_pointer_get (&self->url))
    g_thread_yield ();
  return self;
}

/**
 * sct_control_free:
 * @self: (transfer full): control planes
 *
 * Stops them and forgets all.
 */
void
sct_control_free (SctControl *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->http);
  sct_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->url);
  g_string_free (self->told, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sct_control_set_live:
 * @self: control planes
 *
 * Has all channels be live until the next StopStream.
 */
void
sct_control_set_live (SctControl *self)
{
  g_atomic_int_set (&self->is_live, TRUE);
}

/**
 * sct_control_end_live:
 * @self: control planes
 *
 * Ends the stream as its encoder would.
 *
 * Returns: %FALSE if there was none
 */
gboolean
sct_control_end_live (SctControl *self)
{
  return stop_stream (NULL, self);
}

/**
 * sct_control_take_told:
 * @self: control planes
 *
 * Returns: (transfer full): what rooms were told since this was last asked: the name of an event
 *   and its attributes a line
 */
char *
sct_control_take_told (SctControl *self)
{
  g_mutex_lock (&self->lock);
  char *told = g_string_free_and_steal (self->told);
  self->told = g_string_new (NULL);
  g_mutex_unlock (&self->lock);
  return told;
}

/**
 * sct_control_get_url:
 * @self: control planes
 *
 * Returns: where they are
 */
const char *
sct_control_get_url (SctControl *self)
{
  return self->url;
}

/**
 * sct_control_build_object:
 * @self: control planes
 * @path: "BUCKET/KEY"
 *
 * Returns: (transfer full): the file that an object is, or the folder of those whose keys begin so
 */
char *
sct_control_build_object (SctControl *self, const char *path)
{
  return g_build_filename (self->folder, "buckets", path, NULL);
}

/**
 * sct_control_new_aws:
 * @url: where control planes are
 * @timeout_seconds: how long a call may take
 *
 * Returns: (transfer full): a client of them
 */
ScAws *
sct_control_new_aws (const char *url, guint timeout_seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttp) http = sc_http_new (timeout_seconds);
  g_auto (GStrv) environment = g_environ_setenv (NULL, "AWS_REGION", place.region, TRUE);
  environment = g_environ_setenv (environment, "AWS_ACCESS_KEY_ID", ACCESS_KEY_ID, TRUE);
  environment = g_environ_setenv (environment, "AWS_SECRET_ACCESS_KEY", SECRET, TRUE);
  environment = g_environ_setenv (environment, "AWS_ENDPOINT_URL", url, TRUE);
  ScAws *aws = sc_aws_new (environment, http, &error);
  g_assert_no_error (error);
  return aws;
}

static ScHttpResponse *
send_to_faults (SctControl *self, const char *method, JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strconcat (self->url, "/_local/faults", NULL);
  g_autoptr (GBytes) body = object ? sc_json_to_bytes (object) : NULL;
  const ScHttpRequest request = { method, url, NULL, body, 0 };
  ScHttpResponse *response = sc_http_send (self->http, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status / 100, ==, 2);
  return response;
}

static JsonObject *
make_order (const char *operation, const char *kind)
{
  JsonObject *order = json_object_new ();
  json_object_set_string_member (order, "operation", operation);
  json_object_set_string_member (order, "kind", kind);
  return order;
}

/**
 * sct_control_order:
 * @self: control planes
 * @operation: which calls fail
 * @kind: how
 * @count: how many, from the next one on
 *
 * Orders a fault.
 */
void
sct_control_order (SctControl *self, const char *operation, const char *kind, guint count)
{
  g_autoptr (JsonObject) order = make_order (operation, kind);
  json_object_set_int_member (order, "count", count);
  g_autoptr (ScHttpResponse) response = send_to_faults (self, "POST", order);
}

/**
 * sct_control_order_without_effect:
 * @self: control planes
 * @operation: which call fails, the next one
 * @kind: "hang" or "reset"
 *
 * Orders a fault that comes before the call's effect.
 */
void
sct_control_order_without_effect (SctControl *self, const char *operation, const char *kind)
{
  g_autoptr (JsonObject) order = make_order (operation, kind);
  json_object_set_boolean_member (order, "effect", FALSE);
  g_autoptr (ScHttpResponse) response = send_to_faults (self, "POST", order);
}

/**
 * sct_control_forget:
 * @self: control planes
 *
 * Forgets faults and counters.
 */
void
sct_control_forget (SctControl *self)
{
  g_autoptr (ScHttpResponse) response = send_to_faults (self, "DELETE", NULL);
}

/**
 * sct_control_pass:
 * @self: control planes
 * @time_us: how much time passes there at once, microseconds
 *
 * Lets time pass.
 */
void
sct_control_pass (SctControl *self, gint64 time_us)
{
  g_mutex_lock (&self->lock);
  self->ahead_us += time_us;
  g_mutex_unlock (&self->lock);
}

static JsonObject *
get_report (SctControl *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScHttpResponse) response = send_to_faults (self, "GET", NULL);
  g_autoptr (JsonObject) report = sc_json_parse (response->body, SC_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return json_object_ref (json_object_get_object_member (report, "operations"));
}

/**
 * sct_control_ask:
 * @self: control planes
 * @operation: an operation
 * @counter: "calls", "effects" or "faults"
 *
 * Returns: how many since the counters were forgotten
 */
gint64
sct_control_ask (SctControl *self, const char *operation, const char *counter)
{
  g_autoptr (JsonObject) report = get_report (self);
  JsonObject *counters = sc_json_get_object_or_null (report, operation);
  return counters ? json_object_get_int_member (counters, counter) : 0;
}

/**
 * sct_control_ask_most_in_a_second:
 * @self: control planes
 *
 * Returns: the most calls that any operation got in any second
 */
gint64
sct_control_ask_most_in_a_second (SctControl *self)
{
  gint64 most = 0;
  g_autoptr (JsonObject) report = get_report (self);
  g_autoptr (GList) all = json_object_get_values (report);
  for (GList *item = all; item; item = item->next) {
    JsonObject *counters = json_node_get_object (item->data);
    most = MAX (most, json_object_get_int_member (counters, "most_in_a_second"));
  }
  return most;
}
