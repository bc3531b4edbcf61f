/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rules, as the front doors see them: one blocking function from a request to an answer. It is
 * called in many threads at once and keeps no state between two requests but what it was made of.
 */

#include "config.h"

#include "sc-service.h"

#include "sc-body.h"
#include "sc-json-members.h"
#include "sc-repeats.h"
#include "sc-routes.h"
#include "sc-session-store.h"
#include "sc-token.h"
#include "sc-validate.h"

#include <string.h>

/* Somebody waits for the answer, and a worker with them: one try, no longer than a person looks at
 * a spinner. Who wants more asks again. */
static const ScAwsPatience quick = { .timeout_ms = 3000,
                                     .max_repeats = 0,
                                     .max_at_once = SC_SERVICE_AWS_AT_ONCE };

struct _ScService {
  ScStore *store;
  ScAws *aws;
  ScAws *quick_aws;
  ScAws *chat_aws;
  char *chat_endpoint;
  ScPasswords *passwords;
  ScProvisioner *provisioner;
  ScProvisioner *quick_provisioner;
  char *recordings_url;
  char *rules_bucket;
  gint64 deletion_delay;
  ScClockFunc clock;
  gpointer clock_data;
};

static gint64
read_real_clock (gpointer unused)
{
  return g_get_real_time ();
}

/* "Amazon IVS Chat Messaging API": the endpoint follows from the region. */
static char *
make_chat_endpoint (ScAws *aws, char **environment)
{
  const char *given = g_environ_getenv (environment, "STREAMCAT_CHAT_ENDPOINT");
  return given ? g_strdup (given)
               : g_strdup_printf ("wss://edge.ivschat.%s.amazonaws.com", sc_aws_get_region (aws));
}

/* A URL to which "/" and a path can be added. */
static char *
dup_base_url (const char *url)
{
  gsize size = url ? strlen (url) : 0;
  while (size > 0 && url[size - 1] == '/')
    size--;
  return size > 0 ? g_strndup (url, size) : NULL;
}

/* How long an account that was deleted can be had back: long enough that somebody whose password
 * was stolen hears of it, and not longer than whoever left has to wait to be forgotten. */
#define DELETION_DAYS 7
#define DELETION_DAYS_MAX 365

static gint64
read_deletion_delay (char **environment)
{
  guint64 days = DELETION_DAYS;
  const char *given = g_environ_getenv (environment, "STREAMCAT_ACCOUNT_DELETION_DAYS");
  if (given && !g_ascii_string_to_unsigned (given, 10, 0, DELETION_DAYS_MAX, &days, NULL))
    g_warning ("STREAMCAT_ACCOUNT_DELETION_DAYS is no number of days, 0 to %d", DELETION_DAYS_MAX);
  return (gint64) days * G_TIME_SPAN_DAY;
}

/**
 * sc_service_new:
 * @store: the database; outlives the service
 * @aws: the clients of AWS; outlive the service
 * @environment: (array zero-terminated=1): as of g_get_environ();
 * STREAMCAT_CHANNEL_TYPE, STREAMCAT_RECORDING_CONFIGURATION_ARN,
 * STREAMCAT_CHAT_LOGGING_CONFIGURATION_ARN, STREAMCAT_CHAT_REVIEW_ARN, STREAMCAT_CHAT_ENDPOINT,
 * STREAMCAT_RECORDINGS_URL, STREAMCAT_RULES_BUCKET and STREAMCAT_ACCOUNT_DELETION_DAYS are read
 *
 * Returns: (transfer full): the service
 */
ScService *
sc_service_new (ScStore *store, ScAws *aws, char **environment)
{
  ScService *self = g_new0 (ScService, 1);
  self->store = store;
  self->aws = aws;
  self->quick_aws = sc_aws_new_like (aws, &quick);
  self->chat_aws = sc_aws_new_like (aws, &quick);
  self->chat_endpoint = make_chat_endpoint (aws, environment);
  self->passwords = sc_passwords_new ();
  ScProvisionConfig config = {
    .channel_type = g_environ_getenv (environment, "STREAMCAT_CHANNEL_TYPE"),
    .recording_arn = g_environ_getenv (environment, "STREAMCAT_RECORDING_CONFIGURATION_ARN"),
    .chat_logging_arn = g_environ_getenv (environment, "STREAMCAT_CHAT_LOGGING_CONFIGURATION_ARN"),
    .chat_review_arn = g_environ_getenv (environment, "STREAMCAT_CHAT_REVIEW_ARN"),
  };
  self->provisioner = sc_provisioner_new (store, aws, &config);
  self->quick_provisioner = sc_provisioner_new (store, self->quick_aws, &config);
  self->recordings_url = dup_base_url (g_environ_getenv (environment, "STREAMCAT_RECORDINGS_URL"));
  self->rules_bucket = g_strdup (g_environ_getenv (environment, "STREAMCAT_RULES_BUCKET"));
  self->deletion_delay = read_deletion_delay (environment);
  self->clock = read_real_clock;
  return self;
}

/**
 * sc_service_free:
 * @self: (nullable): a service that no thread uses
 */
void
sc_service_free (ScService *self)
{
  if (!self)
    return;
  sc_passwords_free (self->passwords);
  sc_provisioner_free (self->provisioner);
  sc_provisioner_free (self->quick_provisioner);
  sc_aws_free (self->quick_aws);
  sc_aws_free (self->chat_aws);
  g_free (self->chat_endpoint);
  g_free (self->recordings_url);
  g_free (self->rules_bucket);
  g_free (self);
}

/**
 * sc_service_set_clock:
 * @self: a service that no thread uses yet
 * @clock: says what time it is
 * @user_data: for @clock
 */
void
sc_service_set_clock (ScService *self, ScClockFunc clock, gpointer user_data)
{
  self->clock = clock;
  self->clock_data = user_data;
  sc_provisioner_set_clock (self->provisioner, clock, user_data);
  sc_provisioner_set_clock (self->quick_provisioner, clock, user_data);
}

/**
 * sc_service_get_store:
 * @self: a service
 *
 * Returns: (transfer none): the database
 */
ScStore *
sc_service_get_store (ScService *self)
{
  return self->store;
}

/**
 * sc_service_get_aws:
 * @self: a service
 *
 * Returns: (transfer none): the client of AWS for what nobody waits for
 */
ScAws *
sc_service_get_aws (ScService *self)
{
  return self->aws;
}

/**
 * sc_service_get_quick_aws:
 * @self: a service
 *
 * Returns: (transfer none): the client of AWS for request handlers: one try of a few seconds, and
 * %SC_AWS_ERROR_THROTTLED where %SC_SERVICE_AWS_AT_ONCE wait already
 */
ScAws *
sc_service_get_quick_aws (ScService *self)
{
  return self->quick_aws;
}

/**
 * sc_service_get_chat_aws:
 * @self: a service
 *
 * Returns: (transfer none): the client of AWS for chat tokens, as patient as
 * sc_service_get_quick_aws(); of these AWS gives 200 a second, so that no turns are taken
 */
ScAws *
sc_service_get_chat_aws (ScService *self)
{
  return self->chat_aws;
}

/**
 * sc_service_get_chat_endpoint:
 * @self: a service
 *
 * Returns: (transfer none): where chat tokens are good, a wss URL
 */
const char *
sc_service_get_chat_endpoint (ScService *self)
{
  return self->chat_endpoint;
}

/**
 * sc_service_get_recordings_url:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): where the bucket of the recordings is served, without a
 *   slash at the end
 */
const char *
sc_service_get_recordings_url (ScService *self)
{
  return self->recordings_url;
}

/**
 * sc_service_dup_object_url:
 * @self: a service
 * @key: (nullable): an object's key, which needs no escaping
 *
 * Returns: (transfer full) (nullable): where everybody can fetch it; %NULL where nobody can
 */
char *
sc_service_dup_object_url (ScService *self, const char *key)
{
  return key && self->recordings_url ? g_strconcat (self->recordings_url, "/", key, NULL) : NULL;
}

/**
 * sc_service_get_rules_bucket:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): the bucket where the review function reads the rules of
 *   rooms; %NULL where none is kept, and the review lets nothing pass
 */
const char *
sc_service_get_rules_bucket (ScService *self)
{
  return self->rules_bucket;
}

/**
 * sc_service_get_deletion_delay:
 * @self: a service
 *
 * Returns: how long after it was asked for an account is deleted, microseconds
 */
gint64
sc_service_get_deletion_delay (ScService *self)
{
  return self->deletion_delay;
}

/**
 * sc_service_get_passwords:
 * @self: a service
 *
 * Returns: (transfer none): the door to the password hash
 */
ScPasswords *
sc_service_get_passwords (ScService *self)
{
  return self->passwords;
}

/**
 * sc_service_get_provisioner:
 * @self: a service
 *
 * Returns: (transfer none): what makes channels ready that nobody waits for
 */
ScProvisioner *
sc_service_get_provisioner (ScService *self)
{
  return self->provisioner;
}

/**
 * sc_service_get_quick_provisioner:
 * @self: a service
 *
 * Returns: (transfer none): the same for request handlers, as patient as
 * sc_service_get_quick_aws()
 */
ScProvisioner *
sc_service_get_quick_provisioner (ScService *self)
{
  return self->quick_provisioner;
}

/**
 * sc_service_now:
 * @self: a service
 *
 * Returns: microseconds since the epoch
 */
gint64
sc_service_now (ScService *self)
{
  return self->clock (self->clock_data);
}

/* An id of ours or of Amazon IVS's; the bound is for what is none. */
#define ID_MAX 64

static gboolean
is_id (const char *text)
{
  gsize size = strlen (text);
  return size > 0 && size <= ID_MAX &&
         strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == size;
}

/* What may stand at a segment of a pattern. Nothing there is percent-encoded: no name and no id
 * ever needs to be. */
static gboolean
match_segment (const char *wanted, const char *given, const char **name, const char **id)
{
  gboolean is_name = g_str_equal (wanted, "NAME");
  if (is_name || g_str_equal (wanted, "USERNAME")) {
    *(is_name ? name : id) = given;
    return sc_validate_name (given) == SC_VALID;
  }
  if (!g_str_equal (wanted, "ID"))
    return g_str_equal (wanted, given);
  *id = given;
  return is_id (given);
}

/* Matches a path against a pattern segment by segment. */
static gboolean
match_path (const char *pattern, const char *path, char **ret_name, char **ret_id)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);
  const char *name = NULL, *id = NULL;
  if (g_strv_length (wanted) != g_strv_length (given))
    return FALSE;
  for (guint i = 0; wanted[i]; i++) {
    if (!match_segment (wanted[i], given[i], &name, &id))
      return FALSE;
  }
  *ret_name = g_strdup (name);
  *ret_id = g_strdup (id);
  return TRUE;
}

/* Finds the route, or makes the answer that says that there is none. */
static const ScRoute *
find_route (ScCall *call, ScResponse **ret_refusal)
{
  guint count;
  const ScRoute *routes = sc_routes_get (&count);
  g_autoptr (GString) allowed = g_string_new (NULL);
  for (guint i = 0; i < count; i++) {
    g_autofree char *name = NULL, *id = NULL;
    if (!match_path (routes[i].pattern, call->request->path, &name, &id))
      continue;
    if (g_str_equal (routes[i].method, call->request->method)) {
      call->name = g_steal_pointer (&name);
      call->id = g_steal_pointer (&id);
      return &routes[i];
    }
    g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", routes[i].method);
  }

  if (allowed->len > 0) {
    *ret_refusal = sc_response_new_fault (SC_FAULT_METHOD_NOT_ALLOWED, NULL, NULL);
    sc_response_add_header (*ret_refusal, "Allow", allowed->str);
  } else if (g_str_has_prefix (call->request->path, "/v1/channels/")) {
    *ret_refusal = sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  } else {
    *ret_refusal = sc_response_new_fault (SC_FAULT_NOT_FOUND, NULL, NULL);
  }
  return NULL;
}

/* Finds out who asks. Returns NULL if they may, else the refusal. */
static ScResponse *
refuse_stranger (ScCall *call)
{
  g_autoptr (GError) error = NULL;
  if (!sc_token_from_authorization (call->request->authorization, call->token_hash))
    return sc_response_new_fault (SC_FAULT_UNAUTHORIZED, NULL, NULL);

  g_autoptr (ScStoreConnection) connection = sc_store_acquire (call->service->store, &error);
  if (!connection || !sc_session_store_find_user (connection,
                                                  call->token_hash,
                                                  sc_service_now (call->service),
                                                  &call->user,
                                                  &error))
    return sc_response_new_from_error (error);
  return call->user ? NULL : sc_response_new_fault (SC_FAULT_UNAUTHORIZED, NULL, NULL);
}

/* Finds out whether they may do this in the channel that the path names. */
static ScResponse *
refuse_below (ScCall *call, ScChatRole least)
{
  g_autoptr (GError) error = NULL;
  if (!sc_call_find_room (call, &error))
    return sc_response_new_from_error (error);
  if (!call->room)
    return sc_response_new_fault (SC_FAULT_NO_SUCH_CHANNEL, NULL, NULL);
  return call->room->asker_role >= least ? NULL
                                         : sc_response_new_fault (SC_FAULT_FORBIDDEN, NULL, NULL);
}

/* An account that is to go is good for nothing but being kept. */
static ScResponse *
refuse_leaver (ScCall *call)
{
  JsonObject *details = json_object_new ();
  sc_json_set_time (details, "deletes_at", call->user->deletes_at);
  return sc_response_new_fault_with (SC_FAULT_ACCOUNT_DELETED, details);
}

static ScResponse *
refuse_asker (ScCall *call, ScWho who)
{
  if (who == SC_WHO_ANYONE || (who == SC_WHO_GUEST_OR_USER && !call->request->authorization))
    return NULL;
  ScResponse *refusal = refuse_stranger (call);
  if (!refusal && call->user->deletes_at && who != SC_WHO_USER_OR_LEAVER)
    return refuse_leaver (call);
  if (refusal || who < SC_WHO_MODERATOR)
    return refusal;
  return refuse_below (call, who == SC_WHO_STREAMER ? SC_CHAT_STREAMER : SC_CHAT_MODERATOR);
}

/* A key that is none is refused on every route: whoever sends one relies on it. */
static ScResponse *
refuse_key (ScCall *call)
{
  const char *key = call->request->idempotency_key;
  return !key || sc_repeats_is_key (key)
           ? NULL
           : sc_response_new_fault (
               SC_FAULT_BAD_REQUEST,
               NULL,
               "An Idempotency-Key has 1 to 255 visible ASCII characters and comes once.");
}

/* The handler looks at what it is. */
static ScResponse *
refuse_picture (ScCall *call, gsize max)
{
  gsize size = call->request->body ? g_bytes_get_size (call->request->body) : 0;
  if (size == 0)
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST, NULL, "This route takes a picture.");
  return size <= max ? NULL : sc_response_new_fault (SC_FAULT_BODY_TOO_LARGE, NULL, NULL);
}

static ScResponse *
answer (ScCall *call)
{
  ScResponse *refusal = NULL;
  const ScRoute *route = find_route (call, &refusal);
  if (route)
    refusal = refuse_asker (call, route->who);
  if (!refusal)
    refusal = refuse_key (call);
  if (refusal)
    return refusal;
  if (route->picture_max)
    refusal = refuse_picture (call, route->picture_max);
  else
    call->body = sc_body_parse (call->request->body, route->members, &refusal);
  if (refusal)
    return refusal;

  g_autoptr (GError) error = NULL;
  ScResponse *response = sc_repeats_run (call, route, &error);
  return response ? response : sc_response_new_from_error (error);
}

/**
 * sc_call_find_room:
 * @call: a request whose path names a channel
 * @error: an error of %SC_STORE_ERROR
 *
 * Looks up the channel and what the user is there. The call's room stays %NULL if there is none.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_call_find_room (ScCall *call, GError **error)
{
  g_clear_pointer (&call->room, sc_room_row_free);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (call->service->store, error);
  const ScRoomAsker asker = { call->user ? call->user->id : 0, sc_service_now (call->service) };
  return connection && sc_chat_store_find_room (connection, call->name, &asker, &call->room, error);
}

/**
 * sc_service_handle:
 * @self: a service
 * @request: a request whose body is at most sc_routes_get_body_max() or is refused here
 *
 * Answers a request: finds the route, finds out who asks, reads the body strictly, and calls the
 * handler. Blocks; any worker thread.
 *
 * Returns: (transfer full): the answer, whatever happens
 */
ScResponse *
sc_service_handle (ScService *self, const ScRequest *request)
{
  ScCall call = { .service = self, .request = request };
  ScResponse *response = answer (&call);
  g_clear_pointer (&call.body, json_object_unref);
  g_clear_pointer (&call.user, sc_user_free);
  g_clear_pointer (&call.room, sc_room_row_free);
  g_free (call.name);
  g_free (call.id);
  return response;
}
