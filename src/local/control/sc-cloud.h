/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScCloudKind:
 * @SC_CLOUD_CHANNEL: Amazon IVS channels
 * @SC_CLOUD_STREAM_KEY: their stream keys
 * @SC_CLOUD_ROOM: Amazon IVS Chat rooms
 * @SC_CLOUD_STAGE: Amazon IVS Real-Time stages
 *
 * The kinds of resources that the control planes make.
 */
typedef enum {
  SC_CLOUD_CHANNEL,
  SC_CLOUD_STREAM_KEY,
  SC_CLOUD_ROOM,
  SC_CLOUD_STAGE,
  SC_CLOUD_N_KINDS,
} ScCloudKind;

/**
 * ScCloudFilter:
 * @document: a resource
 * @data: the data given with it
 *
 * Returns: %TRUE if a list has the resource
 */
typedef gboolean (*ScCloudFilter) (JsonObject *document, gconstpointer data);

#define SC_TYPE_CLOUD (sc_cloud_get_type ())
G_DECLARE_FINAL_TYPE (ScCloud, sc_cloud, SC, CLOUD, GObject)

ScCloud *sc_cloud_new (const char *path, GError **error);

gboolean sc_cloud_add (ScCloud *self, ScCloudKind kind, JsonObject *document, GError **error);
gboolean sc_cloud_replace (ScCloud *self, ScCloudKind kind, JsonObject *document, GError **error);
gboolean sc_cloud_remove (ScCloud *self, ScCloudKind kind, const char *arn, GError **error);
void sc_cloud_set_time (ScCloud *self, gint64 now_us);
void sc_cloud_hide_newest (ScCloud *self, gint64 length_us);
guint sc_cloud_count (ScCloud *self, ScCloudKind kind);

JsonObject *sc_cloud_find (ScCloud *self, ScCloudKind kind, const char *arn);
JsonObject *sc_cloud_find_channel_by_id (ScCloud *self, const char *id);
JsonObject *sc_cloud_find_channel_by_key (ScCloud *self, const char *stream_key);
GPtrArray *sc_cloud_page (ScCloud *self,
                          ScCloudKind kind,
                          ScCloudFilter filter,
                          gconstpointer data,
                          guint limit,
                          guint64 *after);
GPtrArray *sc_cloud_list (ScCloud *self,
                          ScCloudKind kind,
                          ScCloudFilter filter,
                          gconstpointer data,
                          guint limit,
                          guint64 *after);

const char *sc_arn_get_id (const char *arn);

G_END_DECLS
