/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Removes what provisioning made and lost sight of: resources whose Create was given up as not done
 * and then took effect after all, or whose row was lost. Sees to it as well that the rooms it knows
 * are reviewed and logged as the template says now, though they be older than that. */

#include "config.h"

#include "sc-ivs-realtime.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sc-provision-private.h"
#include "sc-time.h"

/* Older than any call and any lease: what no row knows by then will never be wanted. */
#define MIN_AGE_US (15 * G_TIME_SPAN_MINUTE)

/* The quota on channels is 5,000, on 100 a page ("Service Quotas"); rooms come 50 a page. */
#define MAX_PAGES 1000

typedef struct {
  ScProvisioner *provisioner;
  char *deployment;
  gboolean dry_run;
  GPtrArray *arns;
} Janitor;

static void
janitor_clear (Janitor *janitor)
{
  g_free (janitor->deployment);
  g_clear_pointer (&janitor->arns, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Janitor, janitor_clear)

/* What the janitor needs of a resource of any kind. */
typedef struct {
  const char *arn;
  GHashTable *tags;
  const ScIvsRoom *room; /* NULL for another kind */
} Resource;

typedef GPtrArray *(*ListFunc) (ScAws *aws, char **token, GError **error);
typedef Resource (*ViewFunc) (gconstpointer item);
typedef gboolean (*DeleteFunc) (ScAws *aws, const char *arn, GError **error);

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
  return (Resource) { channel->arn, channel->tags, NULL };
}

static Resource
view_room (gconstpointer item)
{
  const ScIvsRoom *room = item;
  return (Resource) { room->arn, room->tags, room };
}

static Resource
view_stage (gconstpointer item)
{
  const ScIvsStage *stage = item;
  return (Resource) { stage->arn, stage->tags, NULL };
}

/* In the order of removal: first what refers to nothing. */
static const struct {
  ListFunc list;
  ViewFunc view;
  DeleteFunc delete;
} kinds[] = {
  { sc_ivs_realtime_list_stages, view_stage, sc_ivs_realtime_delete_stage },
  { list_rooms, view_room, sc_ivschat_delete_room },
  { list_channels, view_channel, sc_ivs_delete_channel },
};

static const char *
get_tag (const Resource *resource, const char *name)
{
  return resource->tags ? g_hash_table_lookup (resource->tags, name) : NULL;
}

/* Tells whether the resource is this deployment's and old enough to be judged. */
static gboolean
is_concerned (const Janitor *janitor, const Resource *resource)
{
  const char *created = get_tag (resource, SC_PROVISION_TAG_CREATED);
  const char *token = get_tag (resource, SC_PROVISION_TAG_TOKEN);
  gint64 created_at = 0;
  return g_strcmp0 (get_tag (resource, SC_PROVISION_TAG_PROJECT), SC_PROVISION_PROJECT) == 0 &&
         g_strcmp0 (get_tag (resource, SC_PROVISION_TAG_DEPLOYMENT), janitor->deployment) == 0 &&
         token && g_uuid_string_is_valid (token) && created &&
         sc_time_from_string (created, &created_at, NULL) &&
         created_at <= sc_provisioner_now (janitor->provisioner) - MIN_AGE_US;
}

static gboolean
is_known (const Janitor *janitor, const Resource *resource, gboolean *ret_known, GError **error)
{
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (janitor->provisioner->store, error);
  if (!connection)
    return FALSE;
  return sc_provision_steps_know (connection,
                                  resource->arn,
                                  get_tag (resource, SC_PROVISION_TAG_TOKEN),
                                  ret_known,
                                  error);
}

static gboolean
is_logged (const ScIvsRoom *room, const char *arn)
{
  return !arn || (room->logging_configuration_arns &&
                  g_strv_contains ((const char *const *) room->logging_configuration_arns, arn));
}

/* A room that names a function of before would let nobody speak; one that names none, everybody. */
static void
keep_reviewed (const Janitor *janitor, const ScIvsRoom *room)
{
  ScProvisioner *provisioner = janitor->provisioner;
  if (!provisioner->chat_review_arn ||
      (g_strcmp0 (room->review_uri, provisioner->chat_review_arn) == 0 &&
       g_strcmp0 (room->review_fallback, "DENY") == 0 &&
       is_logged (room, provisioner->chat_logging_arn)))
    return;
  char *logging[] = { provisioner->chat_logging_arn, NULL };
  const ScIvsRoom changed = {
    .arn = room->arn,
    .review_uri = provisioner->chat_review_arn,
    .review_fallback = (char *) "DENY",
    .logging_configuration_arns =
      provisioner->chat_logging_arn ? logging : room->logging_configuration_arns,
  };
  g_autoptr (GError) cause = NULL;
  if (!janitor->dry_run && !sc_ivschat_update_room (provisioner->aws, &changed, &cause))
    g_message ("The janitor cannot have %s reviewed: %s", room->arn, cause->message);
}

/* Judges one resource. A failed Delete, as of a channel that is live, is left for the next time. */
static gboolean
judge (Janitor *janitor, const Resource *resource, DeleteFunc delete, GError **error)
{
  gboolean known = TRUE;
  if (!is_concerned (janitor, resource))
    return TRUE;
  if (!is_known (janitor, resource, &known, error))
    return FALSE;
  if (known && resource->room)
    keep_reviewed (janitor, resource->room);
  if (known)
    return TRUE;

  g_autoptr (GError) cause = NULL;
  if (janitor->dry_run || delete (janitor->provisioner->aws, resource->arn, &cause))
    g_ptr_array_add (janitor->arns, g_strdup (resource->arn));
  else
    g_debug ("The janitor cannot remove %s: %s", resource->arn, cause->message);
  return TRUE;
}

static gboolean
judge_kind (Janitor *janitor, guint kind, GError **error)
{
  g_autofree char *token = NULL;
  for (guint i = 0; i < MAX_PAGES; i++) {
    g_autoptr (GPtrArray) page = kinds[kind].list (janitor->provisioner->aws, &token, error);
    if (!page)
      return FALSE;
    for (guint j = 0; j < page->len; j++) {
      Resource resource = kinds[kind].view (page->pdata[j]);
      if (!judge (janitor, &resource, kinds[kind].delete, error))
        return FALSE;
    }
    if (!token)
      break;
  }
  return TRUE;
}

/**
 * sc_provision_janitor:
 * @self: a provisioner
 * @dry_run: %TRUE to remove nothing
 * @ret_arns: (out) (optional) (transfer full): what was removed, or would be; untouched on failure
 * @error: any %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Looks through all stages, rooms and channels of this deployment and removes those that no row
 * knows and that are older than 15 minutes. Rooms of that age that a row knows get the review and
 * the log that they lack. Run it by one process at a time, every ten minutes or
 * so.
 *
 * Returns: %TRUE if it got through
 */
gboolean
sc_provision_janitor (ScProvisioner *self, gboolean dry_run, GPtrArray **ret_arns, GError **error)
{
  g_auto (Janitor) janitor = { .provisioner = self, .dry_run = dry_run };
  janitor.arns = g_ptr_array_new_with_free_func (g_free);
  {
    g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, error);
    if (!connection)
      return FALSE;
    janitor.deployment = sc_provision_steps_dup_deployment (connection, error);
  }
  if (!janitor.deployment)
    return FALSE;
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
    if (!judge_kind (&janitor, kind, error))
      return FALSE;
  }
  if (ret_arns)
    *ret_arns = g_steal_pointer (&janitor.arns);
  return TRUE;
}
