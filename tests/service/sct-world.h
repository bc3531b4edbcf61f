/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The last channel is somebody else's. */
#define SCT_WORLD_CHANNELS 3
#define SCT_WORLD_OURS 2
#define SCT_WORLD_STARVATIONS 3

#define SCT_WORLD_BUCKET "r2s3-recordings"

/* What really happened to a stream; times are whole seconds in microseconds since the epoch, 0 for
 * never. */
typedef struct {
  char *id;
  guint channel;
  gint64 created;
  gint64 started;
  gint64 ended;
  gint64 session_ended;
  gboolean failed;
  gboolean refused;
  guint n_starvations;
  gint64 starved[SCT_WORLD_STARVATIONS];
  gint64 fed[SCT_WORLD_STARVATIONS];
} SctWorldStream;

/* A recording of one stream, or of several one after the other. */
typedef struct {
  char *id;
  char *prefix;
  char *playlist;
  char *thumbnail;
  guint channel;
  GPtrArray *streams; /* of SctWorldStream, borrowed */
  gint64 ended;
  gboolean start_failed;
  gboolean end_failed;
} SctWorldRecording;

/* Something that Amazon IVS reports: the text is an event of EventBridge. */
typedef struct {
  char *id;
  char *text;
  char *name;
  gint64 at;
  guint channel;
  const SctWorldStream *stream; /* or NULL */
  SctWorldRecording *recording; /* or NULL */
  gboolean is_report;           /* that whoever streams shall find */
} SctWorldEvent;

/* What the room of a channel was told. */
typedef struct {
  guint channel;
  char *state;
  char *stream_id;
} SctWorldTold;

/* Channels of which everything is known, and an AWS that says about them what is true at now. */
typedef struct {
  GRand *rand;
  gint64 now;
  gint64 over; /* nothing happens after that */
  GPtrArray *streams;
  GPtrArray *recordings;
  GPtrArray *events;
  GPtrArray *told;
  guint page_size; /* of a list of streams */
  guint n_further_pages;

  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *url;
} SctWorld;

SctWorld *sct_world_new (void);
void sct_world_free (SctWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctWorld, sct_world_free)

void sct_world_make (SctWorld *self, guint32 seed, gint64 begin);

char *sct_world_dup_arn (guint channel);
char *sct_world_dup_room_arn (guint channel);
gboolean sct_world_is_live (const SctWorldStream *stream, gint64 at);
gboolean sct_world_is_starving (const SctWorldStream *stream, gint64 at);
gint64 sct_world_count_viewers (const SctWorldStream *stream, gint64 at);
const SctWorldStream *sct_world_find_live (SctWorld *self, guint channel, gint64 at);

G_END_DECLS
