/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one call that a step of provisioning makes, and what its answer means for the step. */

#include "config.h"

#include "sc-ivs-realtime.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sc-provision-private.h"
#include "sc-time.h"

#include <string.h>

/* Makes the resource's name: the user's, so that people know it in the AWS console, and the token,
 * so that a List finds this very attempt. At most 65 characters of the 128 that IVS allows. */
static char *
make_name (const ScProvisionStep *step)
{
  g_auto (GStrv) parts = g_strsplit (step->token, "-", -1);
  g_autofree char *token = g_strjoinv (NULL, parts);
  return g_strconcat (step->name, "-", token, NULL);
}

static GHashTable *
make_tags (ScProvisioner *self, const ScProvisionStep *step)
{
  GHashTable *tags = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (tags, (char *) SC_PROVISION_TAG_PROJECT, g_strdup (SC_PROVISION_PROJECT));
  g_hash_table_insert (tags, (char *) SC_PROVISION_TAG_DEPLOYMENT, g_strdup (step->deployment));
  g_hash_table_insert (tags, (char *) SC_PROVISION_TAG_TOKEN, g_strdup (step->token));
  g_hash_table_insert (tags,
                       (char *) SC_PROVISION_TAG_CREATED,
                       sc_time_to_string (sc_provisioner_now (self)));
  return tags;
}

static void
take_details (const ScIvsChannel *channel, ScProvisionDetails *details)
{
  details->playback_url = g_strdup (channel->playback_url);
  details->ingest_endpoint = g_strdup (channel->ingest_endpoint);
  details->channel_type = g_strdup (channel->type);
  details->latency_mode = g_strdup (channel->latency_mode);
}

static gboolean
create_channel (ScProvisioner *self,
                ScProvisionStep *step,
                ScProvisionDetails *details,
                GError **error)
{
  g_autofree char *name = make_name (step);
  g_autoptr (GHashTable) tags = make_tags (self, step);
  const ScIvsChannel wanted = { .name = name,
                                .type = self->channel_type,
                                .latency_mode = (char *) SC_PROVISION_LATENCY_MODE,
                                .recording_configuration_arn = self->recording_arn,
                                .tags = tags };
  g_autoptr (ScIvsStreamKey) key = NULL;
  g_autoptr (ScIvsChannel) channel = sc_ivs_create_channel (self->aws, &wanted, &key, error);
  if (!channel)
    return FALSE;
  if (!channel->playback_url || !channel->ingest_endpoint) {
    g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "The channel has no addresses");
    return FALSE;
  }
  take_details (channel, details);
  details->stream_key_arn = g_strdup (key->arn);
  g_set_str (&step->arn, channel->arn);
  step->refers_to = sc_provision_refers_to (self, SC_PROVISION_CHANNEL);
  step->state = SC_PROVISION_DONE;
  return TRUE;
}

static gboolean
create_room (ScProvisioner *self,
             ScProvisionStep *step,
             ScProvisionDetails *details,
             GError **error)
{
  g_autofree char *name = make_name (step);
  g_autoptr (GHashTable) tags = make_tags (self, step);
  char *logging[] = { self->chat_logging_arn, NULL };
  const ScIvsRoom wanted = {
    .name = name,
    .review_uri = self->chat_review_arn,
    .review_fallback = (char *) (self->chat_review_arn ? "DENY" : NULL),
    .logging_configuration_arns = self->chat_logging_arn ? logging : NULL,
    .tags = tags,
  };
  g_autoptr (ScIvsRoom) room = sc_ivschat_create_room (self->aws, &wanted, error);
  if (!room)
    return FALSE;
  g_set_str (&step->arn, room->arn);
  step->refers_to = sc_provision_refers_to (self, SC_PROVISION_ROOM);
  step->state = SC_PROVISION_DONE;
  return TRUE;
}

static gboolean
create_stage (ScProvisioner *self,
              ScProvisionStep *step,
              ScProvisionDetails *details,
              GError **error)
{
  g_autofree char *name = make_name (step);
  g_autoptr (GHashTable) tags = make_tags (self, step);
  const ScIvsStage wanted = { .name = name, .tags = tags };
  g_autoptr (ScIvsStage) stage = sc_ivs_realtime_create_stage (self->aws, &wanted, error);
  if (!stage)
    return FALSE;
  g_set_str (&step->arn, stage->arn);
  step->state = SC_PROVISION_DONE;
  return TRUE;
}

/* Where a List leaves the step: at what it found, at its next page, or at another Create. */
static void
settle (ScProvisionStep *step, const char *arn, ScProvisionState found)
{
  if (arn) {
    g_set_str (&step->arn, arn);
    g_clear_pointer (&step->page, g_free);
    step->state = found;
  } else if (!step->page) {
    step->state = SC_PROVISION_WANTED;
  }
}

static gboolean
find_channel (ScProvisioner *self,
              ScProvisionStep *step,
              ScProvisionDetails *details,
              GError **error)
{
  g_autofree char *name = make_name (step);
  g_autoptr (GPtrArray) page = sc_ivs_list_channels (self->aws, name, &step->page, error);
  if (!page)
    return FALSE;
  const char *arn = NULL;
  for (guint i = 0; i < page->len; i++) {
    const ScIvsChannel *channel = page->pdata[i];
    if (g_strcmp0 (channel->name, name) == 0)
      arn = channel->arn;
  }
  settle (step, arn, SC_PROVISION_FOUND);
  return TRUE;
}

static gboolean
find_room (ScProvisioner *self, ScProvisionStep *step, ScProvisionDetails *details, GError **error)
{
  g_autofree char *name = make_name (step);
  g_autoptr (GPtrArray) page = sc_ivschat_list_rooms (self->aws, name, &step->page, error);
  if (!page)
    return FALSE;
  const char *arn = NULL;
  for (guint i = 0; i < page->len; i++) {
    const ScIvsRoom *room = page->pdata[i];
    if (g_strcmp0 (room->name, name) == 0)
      arn = room->arn;
  }
  settle (step, arn, SC_PROVISION_DONE);
  return TRUE;
}

static gboolean
find_stage (ScProvisioner *self, ScProvisionStep *step, ScProvisionDetails *details, GError **error)
{
  g_autofree char *name = make_name (step);
  g_autoptr (GPtrArray) page = sc_ivs_realtime_list_stages (self->aws, &step->page, error);
  if (!page)
    return FALSE;
  const char *arn = NULL;
  for (guint i = 0; i < page->len; i++) {
    const ScIvsStage *stage = page->pdata[i];
    if (g_strcmp0 (stage->name, name) == 0)
      arn = stage->arn;
  }
  settle (step, arn, SC_PROVISION_DONE);
  return TRUE;
}

/* A channel that a List found lacks its addresses ... */
static gboolean
get_details (ScProvisioner *self,
             ScProvisionStep *step,
             ScProvisionDetails *details,
             GError **error)
{
  g_autoptr (ScIvsChannel) channel = sc_ivs_get_channel (self->aws, step->arn, error);
  if (!channel)
    return FALSE;
  if (!channel->playback_url || !channel->ingest_endpoint) {
    g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "The channel has no addresses");
    return FALSE;
  }
  take_details (channel, details);
  step->state = SC_PROVISION_DETAILED;
  return TRUE;
}

/* ... and its stream key. */
static gboolean
get_key (ScProvisioner *self, ScProvisionStep *step, ScProvisionDetails *details, GError **error)
{
  g_autoptr (GPtrArray) keys = sc_ivs_list_stream_keys (self->aws, step->arn, error);
  if (!keys)
    return FALSE;
  if (keys->len == 0) {
    g_set_error (error, SC_AWS_ERROR, SC_AWS_ERROR_PROTOCOL, "The channel has no stream key");
    return FALSE;
  }
  const ScIvsStreamKey *key = keys->pdata[0];
  details->stream_key_arn = g_strdup (key->arn);
  step->state = SC_PROVISION_DONE;
  return TRUE;
}

typedef gboolean (*Performer) (ScProvisioner *self,
                               ScProvisionStep *step,
                               ScProvisionDetails *details,
                               GError **error);

static const Performer creators[] = { create_channel, create_room, create_stage };
static const Performer finders[] = { find_channel, find_room, find_stage };

/**
 * sc_provision_perform:
 * @self: a provisioner
 * @step: a step that was taken; moved on where the call succeeds
 * @details: filled with what the channel's row is to have
 * @error: any %SC_AWS_ERROR
 *
 * Makes the step's one call.
 *
 * Returns: %TRUE if the call succeeded
 */
gboolean
sc_provision_perform (ScProvisioner *self,
                      ScProvisionStep *step,
                      ScProvisionDetails *details,
                      GError **error)
{
  switch (step->state) {
  case SC_PROVISION_CALLING:
    return creators[step->kind](self, step, details, error);
  case SC_PROVISION_UNCLEAR:
    return finders[step->kind](self, step, details, error);
  case SC_PROVISION_FOUND:
    return get_details (self, step, details, error);
  case SC_PROVISION_DETAILED:
    return get_key (self, step, details, error);
  case SC_PROVISION_WANTED:
  case SC_PROVISION_DONE:
  default:
    g_return_val_if_reached (FALSE);
  }
}
