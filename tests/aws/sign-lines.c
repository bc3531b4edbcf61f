/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads requests as JSON, one a line, and writes each one's Authorization header on a line. */

#include "config.h"

#include "sc-sigv4.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>

static GStrv
list_headers (JsonObject *headers)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) names = json_object_get_members (headers);
  for (GList *name = names; name; name = name->next)
    g_strv_builder_add_many (builder,
                             name->data,
                             json_object_get_string_member (headers, name->data),
                             NULL);
  return g_strv_builder_end (builder);
}

static void
sign_line (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = json_node_get_object (node);
  g_auto (GStrv) headers = list_headers (json_object_get_object_member (object, "headers"));
  gsize size = 0;
  guchar *data = g_base64_decode (json_object_get_string_member (object, "body"), &size);
  g_autoptr (GBytes) body = g_bytes_new_take (data, size);
  const ScSigV4Request request = { json_object_get_string_member (object, "method"),
                                   json_object_get_string_member (object, "path"),
                                   json_object_get_string_member (object, "query"),
                                   (const char *const *) headers,
                                   body };
  const ScSigV4Scope scope = { json_object_get_string_member (object, "region"),
                               json_object_get_string_member (object, "service") };
  g_autofree char *header = sc_sigv4_sign (&request,
                                           &scope,
                                           json_object_get_string_member (object, "access_key_id"),
                                           json_object_get_string_member (object, "secret"));
  puts (header);
}

int
main (void)
{
  char *line = NULL;
  size_t size = 0;
  while (getline (&line, &size, stdin) > 0)
    sign_line (line);
  free (line);
  return 0;
}
