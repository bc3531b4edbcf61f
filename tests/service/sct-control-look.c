/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the control planes have, past the rates and the counters that calls go by. */

#include "config.h"

#include "sct-control-private.h"

/* A question to the cloud, which only its own thread may ask. */
typedef struct {
  ScCloud *cloud;
  ScCloudKind kind;
  const char *wanted; /* how names begin, or an ARN */
  const char *member;
  guint count;
  char *value;
  GMutex mutex;
  GCond answered;
  gboolean is_answered;
} Question;

static void
put (SctControl *self, Question *question, GSourceFunc function)
{
  question->cloud = self->cloud;
  g_mutex_init (&question->mutex);
  g_cond_init (&question->answered);
  g_main_context_invoke (self->context, function, question);
  g_mutex_lock (&question->mutex);
  while (!question->is_answered)
    g_cond_wait (&question->answered, &question->mutex);
  g_mutex_unlock (&question->mutex);
  g_cond_clear (&question->answered);
  g_mutex_clear (&question->mutex);
}

static gboolean
answer (Question *question)
{
  g_mutex_lock (&question->mutex);
  question->is_answered = TRUE;
  g_cond_signal (&question->answered);
  g_mutex_unlock (&question->mutex);
  return G_SOURCE_REMOVE;
}

static gboolean
has_prefix (JsonObject *document, gconstpointer prefix)
{
  return g_str_has_prefix (json_object_get_string_member (document, "name"), prefix);
}

static gboolean
is_of_channel (JsonObject *document, gconstpointer channel_arn)
{
  return g_str_equal (json_object_get_string_member (document, "channelArn"), channel_arn);
}

static gboolean
count_keys_in_thread (gpointer data)
{
  Question *question = data;
  guint64 after = 0;
  g_autoptr (GPtrArray) page = sc_cloud_page (question->cloud,
                                              SC_CLOUD_STREAM_KEY,
                                              is_of_channel,
                                              question->wanted,
                                              1000,
                                              &after);
  question->count = page->len;
  return answer (question);
}

static gboolean
count_in_thread (gpointer data)
{
  Question *question = data;
  guint64 after = 0;
  g_autoptr (GPtrArray) page =
    sc_cloud_page (question->cloud, question->kind, has_prefix, question->wanted, 1000, &after);
  question->count = page->len;
  return answer (question);
}

static char *
dup_value (JsonNode *node)
{
  if (!node)
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                          : json_to_string (node, FALSE);
}

static gboolean
find_in_thread (gpointer data)
{
  Question *question = data;
  JsonObject *document = sc_cloud_find (question->cloud, question->kind, question->wanted);
  if (document)
    question->value = dup_value (json_object_get_member (document, question->member));
  return answer (question);
}

/**
 * sct_control_count:
 * @self: control planes
 * @kind: channels, rooms or stages
 * @name_prefix: how their names begin
 *
 * Returns: how many there are, up to 1,000
 */
guint
sct_control_count (SctControl *self, ScCloudKind kind, const char *name_prefix)
{
  Question question = { .kind = kind, .wanted = name_prefix };
  put (self, &question, count_in_thread);
  return question.count;
}

/**
 * sct_control_count_keys:
 * @self: control planes
 * @channel_arn: a channel, or one that is gone
 *
 * Returns: how many stream keys open it
 */
guint
sct_control_count_keys (SctControl *self, const char *channel_arn)
{
  Question question = { .wanted = channel_arn };
  put (self, &question, count_keys_in_thread);
  return question.count;
}

/**
 * sct_control_dup_member:
 * @self: control planes
 * @kind: channels, stream keys, rooms or stages
 * @arn: which of them
 * @member: a member, a string or what is written as JSON
 *
 * Looks at what is there, past the rates and the counters that calls go by.
 *
 * Returns: (transfer full) (nullable): the member's value; %NULL if nothing has the ARN
 */
char *
sct_control_dup_member (SctControl *self, ScCloudKind kind, const char *arn, const char *member)
{
  Question question = { .kind = kind, .wanted = arn, .member = member };
  put (self, &question, find_in_thread);
  return question.value;
}
