/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The local Amazon S3, as much of it as our programs call: GetObject, HeadObject, PutObject,
 * ListObjectsV2 and DeleteObjects in path style, GET /BUCKET/KEY, on the control planes' port. A
 * bucket is a folder, an object a file in it.
 *
 * Ranges are not cut (libsoup's arithmetic on them is broken, CVE-2026-2443): whoever asks for one
 * gets the whole object, as HTTP allows. Main thread; the local cloud owns it. */

#include "config.h"

#include "sc-object-store.h"

#include "sc-control-service.h"
#include "sc-object-list.h"

#include <glib/gstdio.h>
#include <string.h>

/* The longest key, "Creating object key names" (Amazon S3 User Guide). */
#define KEY_MAX_BYTES 1024

struct _ScObjectStore {
  char *directory;
};

typedef struct {
  guint status;
  const char *code;
} ErrorKind;

/* Amazon S3 API Reference, "Error responses". */
static ErrorKind
get_error_kind (const GError *error)
{
  switch ((ScControlError) error->code) {
  case SC_CONTROL_ERROR_NOT_FOUND:
    return (ErrorKind) { 404, "NoSuchKey" };
  case SC_CONTROL_ERROR_UNKNOWN_OPERATION:
    return (ErrorKind) { 405, "MethodNotAllowed" };
  case SC_CONTROL_ERROR_BAD_SIGNATURE:
    return (ErrorKind) { 403, "SignatureDoesNotMatch" };
  case SC_CONTROL_ERROR_UNKNOWN_KEY:
    return (ErrorKind) { 403, "InvalidAccessKeyId" };
  case SC_CONTROL_ERROR_MISSING_SIGNATURE:
  case SC_CONTROL_ERROR_ACCESS_DENIED:
  case SC_CONTROL_ERROR_PENDING_VERIFICATION:
    return (ErrorKind) { 403, "AccessDenied" };
  case SC_CONTROL_ERROR_THROTTLED:
  case SC_CONTROL_ERROR_QUOTA:
    return (ErrorKind) { 503, "SlowDown" };
  case SC_CONTROL_ERROR_TOO_LARGE:
    return (ErrorKind) { 400, "EntityTooLarge" };
  case SC_CONTROL_ERROR_VALIDATION:
  case SC_CONTROL_ERROR_NO_SECRET:
  case SC_CONTROL_ERROR_NOT_BROADCASTING:
  case SC_CONTROL_ERROR_CONFLICT:
  case SC_CONTROL_ERROR_INTERNAL:
  case SC_CONTROL_ERROR_STREAM_UNAVAILABLE:
  default:
    return (ErrorKind) { 500, "InternalError" };
  }
}

static void
answer_error (SoupServerMessage *message, const GError *error, const char *request_id)
{
  ErrorKind kind = get_error_kind (error);
  char *body = g_markup_printf_escaped ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                        "<Error><Code>%s</Code><Message>%s</Message>"
                                        "<RequestId>%s</RequestId></Error>",
                                        kind.code,
                                        error->message,
                                        request_id);
  soup_server_message_set_status (message, kind.status, NULL);
  soup_server_message_set_response (message,
                                    "application/xml",
                                    SOUP_MEMORY_TAKE,
                                    body,
                                    strlen (body));
}

static const char *
guess_type (const char *path)
{
  static const char *const types[][2] = {
    { ".json", "application/json" }, { ".m3u8", "application/vnd.apple.mpegurl" },
    { ".ts", "video/mp2t" },         { ".jpg", "image/jpeg" },
    { ".png", "image/png" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (g_str_has_suffix (path, types[i][0]))
      return types[i][1];
  }
  return "binary/octet-stream";
}

/* Says whether a part of a path is a name that objects have. Nothing that begins with a dot is: not
 * a way out of the bucket, and not a file that is being written. */
static gboolean
is_name (const char *part)
{
  return part[0] != '\0' && part[0] != '.';
}

/* Says whether a stranger's path, decoded, is "/BUCKET/KEY". */
static gboolean
is_object_path (const char *path)
{
  if (path[0] != '/' || strlen (path) > KEY_MAX_BYTES)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (path + 1, "/", -1);
  guint count = g_strv_length (parts);
  for (guint i = 0; i < count; i++) {
    if (!is_name (parts[i]))
      return FALSE;
  }
  return count >= 2;
}

static char *
build_file (ScObjectStore *self, const char *path)
{
  return g_build_filename (self->directory, path + 1, NULL);
}

/* Maps the file instead of reading it: nothing here cuts a file that has a key. */
static GBytes *
read_object (ScObjectStore *self, const char *path, GError **error)
{
  g_autofree char *file = sc_object_store_find (self, path);
  g_autoptr (GMappedFile) mapped = file ? g_mapped_file_new (file, FALSE, NULL) : NULL;
  if (mapped)
    return g_mapped_file_get_bytes (mapped);
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_NOT_FOUND,
                       "The specified key does not exist.");
  return NULL;
}

static gboolean
has_bucket (ScObjectStore *self, const char *path)
{
  g_autofree char *name = g_strndup (path + 1, strcspn (path + 1, "/"));
  g_autofree char *directory = g_build_filename (self->directory, name, NULL);
  return g_file_test (directory, G_FILE_TEST_IS_DIR);
}

/* Writes the request's body beside the object and gives it its name then, so that readers see the
 * old object or the new one. */
static GBytes *
write_object (ScObjectStore *self, SoupServerMessage *message, const char *path, GError **error)
{
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *file =
    is_object_path (path) && has_bucket (self, path) ? build_file (self, path) : NULL;
  g_autofree char *directory = file ? g_path_get_dirname (file) : NULL;
  g_autofree char *name = file ? g_path_get_basename (file) : NULL;
  g_autofree char *part = file ? g_strdup_printf ("%s/.%s.part", directory, name) : NULL;
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  if (file && !g_file_test (file, G_FILE_TEST_IS_DIR) &&
      g_mkdir_with_parents (directory, 0700) == 0 &&
      g_file_set_contents_full (part, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL) &&
      g_rename (part, file) == 0)
    return g_bytes_new_static ("", 0);
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_INTERNAL,
                       "The local cloud cannot write this object.");
  return NULL;
}

/* Says whether a stranger's path, decoded, is "/BUCKET/" or "/BUCKET". */
static char *
dup_bucket (ScObjectStore *self, const char *path)
{
  g_autofree char *name = g_strndup (path + 1, strcspn (path + 1, "/"));
  const char *rest = path + 1 + strlen (name);
  gboolean whole = is_name (name) && (!*rest || g_str_equal (rest, "/"));
  return whole && has_bucket (self, path) ? g_steal_pointer (&name) : NULL;
}

/* Answers a call about a whole bucket, in XML; NULL where there is no such call. */
static char *
serve_bucket (ScObjectStore *self, SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autofree char *bucket = dup_bucket (self, path);
  g_autofree char *directory = bucket ? g_build_filename (self->directory, bucket, NULL) : NULL;
  if (!directory)
    return NULL;
  if (method == SOUP_METHOD_GET) {
    g_autoptr (GHashTable) wanted =
      g_uri_parse_params (query ? query : "", -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    return sc_object_list_to_xml (directory, bucket, wanted);
  }
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  return method == SOUP_METHOD_POST && query && g_str_has_prefix (query, "delete")
           ? sc_object_list_delete (directory, body)
           : NULL;
}

static GBytes *
serve_object (ScObjectStore *self, SoupServerMessage *message, const char *path, GError **error)
{
  const char *method = soup_server_message_get_method (message);
  if (method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    return read_object (self, path, error);
  if (method == SOUP_METHOD_PUT)
    return write_object (self, message, path, error);
  g_set_error_literal (error,
                       SC_CONTROL_ERROR,
                       SC_CONTROL_ERROR_UNKNOWN_OPERATION,
                       "The local cloud reads and writes objects only.");
  return NULL;
}

static void
answer_object (SoupServerMessage *message, const char *path, GBytes *object)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_set_content_type (headers, guess_type (path), NULL);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (g_bytes_get_size (object) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), object);
  else
    soup_message_headers_set_content_length (headers, 0);
}

static void
answer_xml (SoupServerMessage *message, char *xml)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message,
                                    "application/xml",
                                    SOUP_MEMORY_TAKE,
                                    xml,
                                    strlen (xml));
}

/* By which name tests order faults. */
static const char *
get_operation (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  gboolean reads = method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD;
  if (query && strstr (query, "list-type=2"))
    return "ListObjectsV2";
  if (method == SOUP_METHOD_POST)
    return "DeleteObjects";
  return reads ? "GetObject" : "PutObject";
}

static void
answer (SoupServerMessage *message, const char *path, const GError *refusal, gpointer data)
{
  ScObjectStore *self = data;
  g_autofree char *request_id = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "x-amz-request-id",
                                request_id);
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  char *xml = refusal ? NULL : serve_bucket (self, message, path);
  g_autoptr (GBytes) object = refusal || xml ? NULL : serve_object (self, message, path, &error);
  if (xml)
    answer_xml (message, xml);
  else if (object)
    answer_object (message, path, object);
  else
    answer_error (message, refusal ? refusal : error, request_id);
}

/**
 * sc_object_store_find:
 * @self: the buckets
 * @path: "/BUCKET/KEY", decoded, from a stranger
 *
 * Returns: (transfer full) (nullable): the file of the object, or %NULL where there is none
 */
char *
sc_object_store_find (ScObjectStore *self, const char *path)
{
  if (!is_object_path (path))
    return NULL;
  g_autofree char *file = build_file (self, path);
  return g_file_test (file, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&file) : NULL;
}

/**
 * sc_object_store_new:
 * @directory: the folder that has a folder for each bucket
 * @control: gets the service; is closed before the object is freed
 *
 * Returns: (transfer full): the buckets
 */
ScObjectStore *
sc_object_store_new (const char *directory, ScControl *control)
{
  static const ScControlService service = { "s3", get_operation, answer };
  ScObjectStore *self = g_new0 (ScObjectStore, 1);
  self->directory = g_strdup (directory);
  sc_control_add_service (control, &service, self);
  return self;
}

/**
 * sc_object_store_free:
 * @self: (nullable) (transfer full): the buckets
 */
void
sc_object_store_free (ScObjectStore *self)
{
  if (!self)
    return;
  g_free (self->directory);
  g_free (self);
}
