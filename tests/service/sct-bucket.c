/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-bucket.h"

#include <libsoup/soup.h>
#include <string.h>

struct _SctBucket {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *url;
  GMutex lock; /* guards what follows */
  char *path;
  guint status;
  char *object;
  guint count;
  guint write_status;
  char *written_path;
  char *written;
};

static void
take_object (SctBucket *self, SoupServerMessage *message, const char *path)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_mutex_lock (&self->lock);
  soup_server_message_set_status (message, self->write_status, NULL);
  if (self->write_status == 200) {
    g_set_str (&self->written_path, path);
    g_free (self->written);
    self->written = g_strndup (body->data, (gsize) body->length);
  }
  g_mutex_unlock (&self->lock);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SctBucket *self = user_data;
  if (g_str_equal (soup_server_message_get_method (message), "PUT")) {
    take_object (self, message, path);
    return;
  }
  g_mutex_lock (&self->lock);
  gboolean found = g_strcmp0 (path, self->path) == 0;
  g_autofree char *object = g_strdup (found && self->object ? self->object : "");
  self->count += g_str_equal (soup_server_message_get_method (message), "GET");
  soup_server_message_set_status (message, found ? self->status : 404, NULL);
  g_mutex_unlock (&self->lock);
  soup_message_body_append (soup_server_message_get_response_body (message),
                            SOUP_MEMORY_COPY,
                            object,
                            strlen (object));
}

static gpointer
serve (gpointer data)
{
  SctBucket *self = data;
  g_main_context_push_thread_default (self->context);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  GSList *uris = soup_server_get_uris (server);
  char *url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_atomic_pointer_set (&self->url, url);
  g_main_loop_run (self->loop);
  g_clear_object (&server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * sct_bucket_new:
 *
 * Returns: (transfer full): a bucket without an object
 */
SctBucket *
sct_bucket_new (void)
{
  SctBucket *self = g_new0 (SctBucket, 1);
  g_mutex_init (&self->lock);
  self->write_status = 200;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("bucket", serve, self);
  while (!g_atomic_pointer_get (&self->url))
    g_thread_yield ();
  return self;
}

/**
 * sct_bucket_free:
 * @self: (transfer full): a bucket
 */
void
sct_bucket_free (SctBucket *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self->path);
  g_free (self->object);
  g_free (self->written_path);
  g_free (self->written);
  g_free (self);
}

/**
 * sct_bucket_get_url:
 * @self: a bucket
 *
 * Returns: where it is
 */
const char *
sct_bucket_get_url (SctBucket *self)
{
  return self->url;
}

/**
 * sct_bucket_put:
 * @self: a bucket
 * @path: "/BUCKET/KEY"
 * @status: the status of the answer
 * @object: (nullable): what is there from now on
 */
void
sct_bucket_put (SctBucket *self, const char *path, guint status, const char *object)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->path, path);
  g_set_str (&self->object, object);
  self->status = status;
  g_mutex_unlock (&self->lock);
}

/**
 * sct_bucket_count:
 * @self: a bucket
 *
 * Returns: how many objects were asked for
 */
guint
sct_bucket_count (SctBucket *self)
{
  g_mutex_lock (&self->lock);
  guint count = self->count;
  g_mutex_unlock (&self->lock);
  return count;
}

/**
 * sct_bucket_set_write_status:
 * @self: a bucket
 * @status: what is answered to who writes from now on; only with 200 something is kept
 */
void
sct_bucket_set_write_status (SctBucket *self, guint status)
{
  g_mutex_lock (&self->lock);
  self->write_status = status;
  g_mutex_unlock (&self->lock);
}

/**
 * sct_bucket_dup_written:
 * @self: a bucket
 * @ret_path: (out) (transfer full) (nullable): "/BUCKET/KEY" of it
 *
 * Returns: (transfer full) (nullable): what was written last
 */
char *
sct_bucket_dup_written (SctBucket *self, char **ret_path)
{
  g_mutex_lock (&self->lock);
  char *written = g_strdup (self->written);
  *ret_path = g_strdup (self->written_path);
  g_mutex_unlock (&self->lock);
  return written;
}
