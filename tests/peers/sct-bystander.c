/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-bystander.h"

#include "sct-wait.h"

#include <string.h>

/* What takes longer than this does not come, on a busy machine either. */
#define WAIT_SECONDS 30

struct _SctBystander {
  GSubprocess *process;
  GDataInputStream *output;
  GCancellable *cancellable;
  GPtrArray *news; /* of JsonObject, in the order in which they came */
};

static void read_next (SctBystander *self);

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* @user_data is gone */
  g_assert_no_error (error);
  if (!line)
    return;

  SctBystander *self = user_data;
  g_autoptr (JsonNode) node = json_from_string (line, &error);
  g_assert_no_error (error);
  g_test_message ("bystander: %s", line);
  g_ptr_array_add (self->news, json_node_dup_object (node));
  read_next (self);
}

static void
read_next (SctBystander *self)
{
  g_data_input_stream_read_line_async (self->output,
                                       G_PRIORITY_DEFAULT,
                                       self->cancellable,
                                       on_line,
                                       self);
}

/**
 * sct_bystander_new:
 * @cloud: a running cloud
 * @channel: whose room
 * @name: the name of the account that it makes
 *
 * Returns: (transfer full): somebody who is signed in, and not in the room yet
 */
SctBystander *
sct_bystander_new (SctLocal *cloud, const char *channel, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_setenv (launcher,
                                "NODE_EXTRA_CA_CERTS",
                                sct_local_get (cloud, "ca_file"),
                                TRUE);
  SctBystander *self = g_new0 (SctBystander, 1);
  self->process = g_subprocess_launcher_spawn (launcher,
                                               &error,
                                               SCT_NODE,
                                               SCT_BYSTANDER,
                                               sct_local_get (cloud, "api_url"),
                                               channel,
                                               name,
                                               NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->cancellable = g_cancellable_new ();
  self->news = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  read_next (self);
  return self;
}

/**
 * sct_bystander_free:
 * @self: (transfer full): somebody, who leaves
 */
void
sct_bystander_free (SctBystander *self)
{
  g_cancellable_cancel (self->cancellable);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->cancellable);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_ptr_array_unref (self->news);
  g_free (self);
}

static void
order (SctBystander *self, JsonObject *order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), order);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process),
                             line,
                             strlen (line),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
}

/**
 * sct_bystander_enter:
 * @self: somebody outside the room
 *
 * Asks for a token and goes in. "connect" or "refused" is to be waited for.
 */
void
sct_bystander_enter (SctBystander *self)
{
  g_autoptr (JsonObject) enter = json_object_new ();
  json_object_set_boolean_member (enter, "enter", TRUE);
  order (self, enter);
}

/**
 * sct_bystander_say:
 * @self: somebody in the room
 * @text: a line
 *
 * Sends a line. "said" or "unsaid" is to be waited for.
 */
void
sct_bystander_say (SctBystander *self, const char *text)
{
  g_autoptr (JsonObject) say = json_object_new ();
  json_object_set_string_member (say, "say", text);
  order (self, say);
}

/**
 * sct_bystander_forget:
 * @self: somebody
 *
 * Forgets the news, so that only what comes is waited for.
 */
void
sct_bystander_forget (SctBystander *self)
{
  g_ptr_array_set_size (self->news, 0);
}

static JsonObject *
find (SctBystander *self, const char *what, const char *member, const char *value)
{
  for (guint i = 0; i < self->news->len; i++) {
    JsonObject *news = g_ptr_array_index (self->news, i);
    if (g_strcmp0 (json_object_get_string_member_with_default (news, "what", NULL), what) != 0)
      continue;
    const char *has = json_object_get_string_member_with_default (news, member, NULL);
    if (!value || g_strcmp0 (has, value) == 0)
      return news;
  }
  return NULL;
}

/**
 * sct_bystander_wait:
 * @self: somebody
 * @what: what shall have happened, as "message"
 * @member: a member of the news
 * @value: (nullable): its text, or %NULL for any
 *
 * Returns: (transfer none): the first such news, also if it came before
 */
JsonObject *
sct_bystander_wait (SctBystander *self, const char *what, const char *member, const char *value)
{
  g_test_message ("waiting for %s with %s %s", what, member, value ? value : "");
  sct_wait_for (WAIT_SECONDS, find (self, what, member, value));
  return find (self, what, member, value);
}

/**
 * sct_bystander_list_lines:
 * @self: somebody
 *
 * Returns: (transfer full): what was heard, in that order, each as "NAME said TEXT"
 */
char **
sct_bystander_list_lines (SctBystander *self)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  for (guint i = 0; i < self->news->len; i++) {
    JsonObject *news = g_ptr_array_index (self->news, i);
    if (g_strcmp0 (json_object_get_string_member (news, "what"), "message") == 0)
      g_strv_builder_take (lines,
                           g_strdup_printf ("%s said %s",
                                            json_object_get_string_member (news, "name"),
                                            json_object_get_string_member (news, "text")));
  }
  return g_strv_builder_end (lines);
}
