/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-ingest.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SctStudio:
 * @origin: an origin at @http_port of loopback
 * @ingest: an ingest at @rtmp_port of loopback
 * @news: what the ingest told its delegate, a line each: "created one", "start one 320x180@30
 * avc1.42C00D,mp4a.40.2", "changed ...", "starving one", "fed one", "end one", "ended one
 * completed"
 * @renditions: into how many smaller renditions streams are transcoded at the most, 0 at first
 * @tap: who else is told of streams and their segments; only these three are
 * @tap_data: for @tap
 *
 * An ingest and an origin in this process, and encoders as processes of their own. The stream key
 * of the channel "one" is "sk_one".
 */
typedef struct {
  ScOrigin *origin;
  ScIngest *ingest;
  guint16 http_port;
  guint16 rtmp_port;
  GPtrArray *news;
  SoupSession *http;
  guint renditions;
  ScIngestDelegate tap;
  gpointer tap_data;
} SctStudio;

SctStudio *sct_studio_new (void);
void sct_studio_tell (SctStudio *self, char *line);
void sct_studio_free (SctStudio *self);

GSubprocess *sct_studio_encode (SctStudio *self, const char *key, const char *options);
GSubprocess *sct_studio_launch (SctStudio *self, const char *command);
char *sct_studio_finish (SctStudio *self, GSubprocess *process);
void sct_studio_wait (SctStudio *self, const char *pattern);
gboolean sct_studio_has (SctStudio *self, const char *pattern);
char *sct_studio_url (SctStudio *self, const char *path);
GBytes *sct_studio_get (SctStudio *self, const char *url, guint *ret_status);
char *sct_studio_get_text (SctStudio *self, const char *url, guint *ret_status);
char *sct_studio_master (SctStudio *self, const char *channel, guint *ret_status);
char *sct_studio_rendition (SctStudio *self, const char *channel);
GPtrArray *sct_studio_segments (const char *playlist, const char *tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctStudio, sct_studio_free)

G_END_DECLS
