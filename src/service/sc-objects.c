/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Amazon IVS leaves in a bucket, and removing it. Any thread. */

#include "config.h"

#include "sc-objects.h"

#include "sc-errands.h"
#include "sc-s3-objects.h"

#include <string.h>

/**
 * sc_objects_dup_channel_prefix:
 * @channel_arn: (nullable): "arn:aws:ivs:REGION:ACCOUNT:channel/CHANNEL"
 *
 * Returns: (transfer full) (nullable): "ivs/v1/ACCOUNT/CHANNEL/", with which the keys of all
 *   recordings of the channel begin ("Record to Amazon S3"); %NULL if it is no channel
 */
char *
sc_objects_dup_channel_prefix (const char *channel_arn)
{
  g_auto (GStrv) parts = g_strsplit (channel_arn ?: "", ":", 6);
  const char *id = g_strv_length (parts) == 6 ? strchr (parts[5], '/') : NULL;
  return id && id[1] ? g_strdup_printf ("ivs/v1/%s/%s/", parts[4], id + 1) : NULL;
}

/**
 * sc_objects_remove_page:
 * @aws: a client
 * @bucket: a bucket; one that is gone has nothing
 * @prefix: how the keys begin
 * @ret_empty: (out): set to %FALSE if there was something; else untouched
 * @error: any %SC_AWS_ERROR; some may be gone all the same
 *
 * Removes at most %SC_S3_PAGE_OBJECTS objects, by two calls. Blocks.
 *
 * Returns: %TRUE if those are gone
 */
gboolean
sc_objects_remove_page (ScAws *aws,
                        const char *bucket,
                        const char *prefix,
                        gboolean *ret_empty,
                        GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) keys = sc_s3_list_objects (aws, bucket, prefix, &cause);
  if (keys && keys->len > 0) {
    *ret_empty = FALSE;
    return sc_s3_delete_objects (aws, bucket, keys, error);
  }
  if (sc_errands_is_gone (&cause))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
