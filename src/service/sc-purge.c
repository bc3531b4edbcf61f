/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes down what is on Amazon IVS: all that is tagged as StreamCat's, whichever deployment made
 * it, with the database or without. For operators; nobody should be signing up meanwhile. Blocks.
 */

#include "config.h"

#include "sc-purge.h"

#include "sc-aws.h"
#include "sc-ivs-configuration.h"
#include "sc-ivs-realtime.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sc-provision-private.h"

/* The quota is 5 calls a second for each operation ("Service Quotas"); this leaves some to those
 * who still watch. */
#define INTERVAL_US (G_USEC_PER_SEC / 4)

/* A channel lets itself be deleted some seconds after its stream was stopped. */
#define STOP_ATTEMPTS 20

/* The quota on channels and on rooms is 5,000 and 50,000, on pages of 50 or 100. */
#define MAX_PAGES 1000

/* What the purge needs of a resource of any kind. */
typedef struct {
  const char *arn;
  const char *name;
  GHashTable *tags;
} Resource;

typedef GPtrArray *(*ListFunc) (ScAws *aws, char **token, GError **error);
typedef Resource (*ViewFunc) (gconstpointer item);
typedef gboolean (*DeleteFunc) (ScAws *aws, const char *arn, GError **error);

typedef struct {
  const char *word;
  ListFunc list;
  ViewFunc view;
  DeleteFunc delete;
  gboolean streams;
} Kind;

typedef struct {
  ScAws *aws;
  const ScPurgeOrder *order;
  const Kind *kind;
  gint64 list_due, delete_due, stop_due; /* when the next call of each may go out */
  guint left;
} Purge;

static GPtrArray *
list_channels (ScAws *aws, char **token, GError **error)
{
  return sc_ivs_list_channels (aws, NULL, token, error);
}

static GPtrArray *
list_rooms (ScAws *aws, char **token, GError **error)
{
  return sc_ivschat_list_rooms (aws, NULL, token, error);
}

static Resource
view_channel (gconstpointer item)
{
  const ScIvsChannel *channel = item;
  return (Resource) { channel->arn, channel->name, channel->tags };
}

static Resource
view_room (gconstpointer item)
{
  const ScIvsRoom *room = item;
  return (Resource) { room->arn, room->name, room->tags };
}

static Resource
view_stage (gconstpointer item)
{
  const ScIvsStage *stage = item;
  return (Resource) { stage->arn, stage->name, stage->tags };
}

static Resource
view_configuration (gconstpointer item)
{
  const ScIvsConfiguration *configuration = item;
  return (Resource) { configuration->arn, configuration->name, configuration->tags };
}

/* In the order of removal: a configuration goes when nothing refers to it any more. */
static const Kind kinds[] = {
  { "stage", sc_ivs_realtime_list_stages, view_stage, sc_ivs_realtime_delete_stage, FALSE },
  { "room", list_rooms, view_room, sc_ivschat_delete_room, FALSE },
  { "channel", list_channels, view_channel, sc_ivs_delete_channel, TRUE },
  { "recording configuration",
    sc_ivs_list_recording_configurations,
    view_configuration,
    sc_ivs_delete_recording_configuration,
    FALSE },
  { "logging configuration",
    sc_ivschat_list_logging_configurations,
    view_configuration,
    sc_ivschat_delete_logging_configuration,
    FALSE },
};

/* Waits until the next call of an operation may go out. */
static void
take_turn (gint64 *due)
{
  gint64 now = g_get_monotonic_time ();
  if (*due > now)
    g_usleep ((gulong) (*due - now));
  *due = MAX (*due, now) + INTERVAL_US;
}

static gboolean
is_ours (const Resource *resource)
{
  const char *project =
    resource->tags ? g_hash_table_lookup (resource->tags, SC_PROVISION_TAG_PROJECT) : NULL;
  return g_strcmp0 (project, SC_PROVISION_PROJECT) == 0;
}

static gboolean
delete_once (Purge *self, const char *arn, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  take_turn (&self->delete_due);
  if (self->kind->delete (self->aws, arn, &local_error) ||
      g_error_matches (local_error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Stops the stream of a live channel. Whether it was live is told by the next attempt to delete it.
 */
static void
stop_stream (Purge *self, const char *arn)
{
  g_autoptr (GError) ignored = NULL;
  take_turn (&self->stop_due);
  sc_ivs_stop_stream (self->aws, arn, &ignored);
}

static gboolean
delete_resource (Purge *self, const char *arn, GError **error)
{
  for (guint i = 0; i < STOP_ATTEMPTS; i++) {
    g_autoptr (GError) local_error = NULL;
    if (delete_once (self, arn, &local_error))
      return TRUE;
    if (!self->kind->streams || i + 1 == STOP_ATTEMPTS ||
        !g_error_matches (local_error, SC_AWS_ERROR, SC_AWS_ERROR_CONFLICT)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    stop_stream (self, arn);
  }
  return FALSE;
}

static void
meet (Purge *self, const Resource *resource)
{
  g_autoptr (GError) error = NULL;
  if (!self->order->in_earnest || !delete_resource (self, resource->arn, &error))
    self->left++;
  self->order->told (self->kind->word,
                     resource->name,
                     resource->arn,
                     error,
                     self->order->user_data);
}

/* Reads a kind's list to its end before anything of it is removed: pages move when what is on them
 * goes. Returns the pages. */
static GPtrArray *
list_all (Purge *self, GError **error)
{
  g_autofree char *token = NULL;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint count = 0;
  do {
    take_turn (&self->list_due);
    GPtrArray *page = self->kind->list (self->aws, &token, error);
    if (!page)
      return NULL;
    g_ptr_array_add (pages, page);
  } while (token && ++count < MAX_PAGES);
  return g_steal_pointer (&pages);
}

static gboolean
purge_kind (Purge *self, GError **error)
{
  g_autoptr (GPtrArray) pages = list_all (self, error);
  for (guint i = 0; pages && i < pages->len; i++) {
    GPtrArray *page = g_ptr_array_index (pages, i);
    for (guint j = 0; j < page->len; j++) {
      const Resource resource = self->kind->view (g_ptr_array_index (page, j));
      if (is_ours (&resource))
        meet (self, &resource);
    }
  }
  return pages != NULL;
}

/**
 * sc_purge:
 * @environment: (array zero-terminated=1): as of g_get_environ(); says whose AWS it is
 * @order: what is to be done, and who hears of it
 * @ret_left: how many resources are still there
 * @error: what is missing in @environment, or an error of %SC_AWS_ERROR of a list
 *
 * Removes the channels, rooms and stages that are tagged as ours and then the recording and logging
 * configurations, with at most four calls a second of an operation. A live channel is stopped
 * first. What cannot be removed is told, and the rest goes on.
 *
 * Returns: %TRUE if every list was read
 */
gboolean
sc_purge (char **environment, const ScPurgeOrder *order, guint *ret_left, GError **error)
{
  g_autoptr (ScHttp) http = sc_http_new (SC_AWS_TIMEOUT_SECONDS);
  g_autoptr (ScAws) aws = sc_aws_new (environment, http, error);
  if (!aws)
    return FALSE;
  guint left = 0;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    Purge purge = { .aws = aws, .order = order, .kind = &kinds[i] };
    if (!purge_kind (&purge, error))
      return FALSE;
    left += purge.left;
  }
  *ret_left = left;
  return TRUE;
}
