/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* AWS Signature Version 4, as "Create a signed AWS API request" (IAM User Guide) writes it down:
 * signing for the clients, verifying for the local cloud. Pure functions, any thread. */

#include "config.h"

#include "sc-sigv4.h"

#include <stdio.h>
#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"
#define DIGEST_SIZE 32
#define HEX_SIZE 64

#define CONTENT_HEADER "x-amz-content-sha256"
#define UNSIGNED_PAYLOAD "UNSIGNED-PAYLOAD"

G_DEFINE_QUARK (sc-sigv4-error-quark, sc_sigv4_error)

static char *
hash (const char *data, gssize size)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, data, size);
}

static char *
hash_body (GBytes *body)
{
  return body ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body) : hash ("", 0);
}

static void
hmac (const guint8 *key, gsize key_size, const char *data, guint8 ret_digest[DIGEST_SIZE])
{
  g_autoptr (GHmac) state = g_hmac_new (G_CHECKSUM_SHA256, key, key_size);
  gsize size = DIGEST_SIZE;
  g_hmac_update (state, (const guchar *) data, -1);
  g_hmac_get_digest (state, ret_digest, &size);
}

static const char *
find_header (const char *const *headers, const char *name)
{
  for (const char *const *pair = headers; pair[0]; pair += 2) {
    if (g_ascii_strcasecmp (pair[0], name) == 0)
      return pair[1];
  }
  return NULL;
}

/* Amazon S3's canonical requests differ: "Signature Calculations for the Authorization Header"
 * (Amazon S3 API Reference). */
static gboolean
is_s3 (const char *service)
{
  return g_str_equal (service, "s3");
}

/* Resolves "." and "..", and folds slashes, as every service but Amazon S3 wants. */
static char *
normalize_path (const char *path)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  for (gsize i = 0; segments[i]; i++) {
    if (g_str_equal (segments[i], "..") && kept->len > 0)
      g_ptr_array_set_size (kept, (int) kept->len - 1);
    else if (segments[i][0] && !g_str_equal (segments[i], ".") && !g_str_equal (segments[i], ".."))
      g_ptr_array_add (kept, segments[i]);
  }
  gboolean slash = kept->len > 0 && g_str_has_suffix (path, "/");
  g_ptr_array_add (kept, NULL);
  g_autofree char *joined = g_strjoinv ("/", (char **) kept->pdata);
  return g_strconcat ("/", joined, slash ? "/" : "", NULL);
}

/* The path is encoded once more on top of how it was sent. Amazon S3 takes it as it was sent: its
 * keys may have "//" and ".." in them ("Create a signed AWS API request", step 1). */
static void
append_path (GString *text, const char *path, const char *service)
{
  g_autofree char *normal = normalize_path (path);
  if (is_s3 (service))
    g_string_append (text, path);
  else
    g_string_append_uri_escaped (text, normal, "/", FALSE);
  g_string_append_c (text, '\n');
}

/* Orders by name, then by value; "=" takes no part, or "a-b=" would come before "a=". */
static int
compare_parameters (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  gsize first_size = strcspn (first, "=");
  gsize second_size = strcspn (second, "=");
  int order = memcmp (first, second, MIN (first_size, second_size));
  if (order == 0)
    order = (first_size > second_size) - (first_size < second_size);
  return order != 0 ? order : strcmp (first + first_size, second + second_size);
}

static void
append_query (GString *text, const char *query)
{
  g_auto (GStrv) parameters = g_strsplit (query && query[0] ? query : "", "&", -1);
  qsort (parameters, g_strv_length (parameters), sizeof (char *), compare_parameters);
  for (gsize i = 0; parameters[i]; i++) {
    if (i > 0)
      g_string_append_c (text, '&');
    g_string_append (text, parameters[i]);
    if (!strchr (parameters[i], '='))
      g_string_append_c (text, '=');
  }
  g_string_append_c (text, '\n');
}

/* Appends a header's value without outer space and with inner space folded. */
static void
append_folded (GString *text, const char *value)
{
  gboolean first = TRUE;
  g_auto (GStrv) words = g_strsplit_set (value, " \t\n\v\f\r", -1);
  for (gsize i = 0; words[i]; i++) {
    if (!words[i][0])
      continue;
    if (!first)
      g_string_append_c (text, ' ');
    g_string_append (text, words[i]);
    first = FALSE;
  }
}

/* Appends a header line, values of the same name joined. */
static void
append_header (GString *text, const char *const *headers, const char *name)
{
  gboolean first = TRUE;
  g_string_append (text, name);
  g_string_append_c (text, ':');
  for (const char *const *pair = headers; pair[0]; pair += 2) {
    if (g_ascii_strcasecmp (pair[0], name) != 0)
      continue;
    if (!first)
      g_string_append_c (text, ',');
    append_folded (text, pair[1]);
    first = FALSE;
  }
  g_string_append_c (text, '\n');
}

/* What stands for the body: to Amazon S3 the client says it in a header, as it may not have read
 * the body when it signs. */
static char *
make_payload (const ScSigV4Request *request, const char *service)
{
  const char *said = is_s3 (service) ? find_header (request->headers, CONTENT_HEADER) : NULL;
  return said ? g_strdup (said) : hash_body (request->body);
}

static char *
make_canonical_request (const ScSigV4Request *request,
                        const char *const *names,
                        const char *service)
{
  GString *text = g_string_new (request->method);
  g_string_append_c (text, '\n');
  append_path (text, request->path, service);
  append_query (text, request->query);
  for (gsize i = 0; names[i]; i++)
    append_header (text, request->headers, names[i]);
  g_autofree char *list = g_strjoinv (";", (char **) names);
  g_autofree char *payload = make_payload (request, service);
  g_string_append_printf (text, "\n%s\n%s", list, payload);
  return g_string_free (text, FALSE);
}

/* Derives the key of the day, region and service, and signs with it. */
static char *
make_signature (const ScSigV4Request *request,
                const char *const *names,
                const ScSigV4Scope *scope,
                const char *secret)
{
  const char *timestamp = find_header (request->headers, "x-amz-date");
  g_autofree char *date = g_strndup (timestamp, 8);
  g_autofree char *canonical = make_canonical_request (request, names, scope->service);
  g_autofree char *hashed = hash (canonical, -1);
  g_autofree char *to_sign = g_strdup_printf (ALGORITHM "\n%s\n%s/%s/%s/aws4_request\n%s",
                                              timestamp,
                                              date,
                                              scope->region,
                                              scope->service,
                                              hashed);

  g_autofree char *start = g_strconcat ("AWS4", secret, NULL);
  guint8 key[DIGEST_SIZE];
  hmac ((const guint8 *) start, strlen (start), date, key);
  hmac (key, sizeof key, scope->region, key);
  hmac (key, sizeof key, scope->service, key);
  hmac (key, sizeof key, "aws4_request", key);
  char *signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, sizeof key, to_sign, -1);
  explicit_bzero (key, sizeof key);
  explicit_bzero (start, strlen (start));
  return signature;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GStrv
list_names (const char *const *headers)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const char *const *pair = headers; pair[0]; pair += 2) {
    char *name = g_ascii_strdown (pair[0], -1);
    if (!g_hash_table_contains (seen, name))
      g_strv_builder_add (builder, name);
    g_hash_table_add (seen, name);
  }
  GStrv names = g_strv_builder_end (builder);
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  return names;
}

/**
 * sc_sigv4_format_date:
 * @time_us: a time, microseconds since the epoch
 *
 * Returns: (transfer full): the value of an X-Amz-Date header, "20261123T054115Z"
 */
char *
sc_sigv4_format_date (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  return g_date_time_format (time, "%Y%m%dT%H%M%SZ");
}

/**
 * sc_sigv4_sign:
 * @request: what to sign; its X-Amz-Date is the time of signing
 * @scope: for which region and service
 * @access_key_id: whose secret signs
 * @secret_access_key: the secret
 *
 * Returns: (transfer full): the value of the Authorization header
 */
char *
sc_sigv4_sign (const ScSigV4Request *request,
               const ScSigV4Scope *scope,
               const char *access_key_id,
               const char *secret_access_key)
{
  const char *timestamp = find_header (request->headers, "x-amz-date");
  g_return_val_if_fail (timestamp && strlen (timestamp) >= 8, NULL);
  g_auto (GStrv) names = list_names (request->headers);
  g_autofree char *list = g_strjoinv (";", names);
  g_autofree char *signature =
    make_signature (request, (const char *const *) names, scope, secret_access_key);
  return g_strdup_printf (ALGORITHM " Credential=%s/%.8s/%s/%s/aws4_request, SignedHeaders=%s, "
                                    "Signature=%s",
                          access_key_id,
                          timestamp,
                          scope->region,
                          scope->service,
                          list,
                          signature);
}

static gboolean
take_credential (ScSigV4Authorization *self, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "/", -1);
  if (g_strv_length (parts) != 5 || !g_str_equal (parts[4], "aws4_request"))
    return FALSE;
  g_set_str (&self->access_key_id, parts[0]);
  g_set_str (&self->date, parts[1]);
  g_set_str (&self->region, parts[2]);
  g_set_str (&self->service, parts[3]);
  return TRUE;
}

static gboolean
take_field (ScSigV4Authorization *self, const char *field)
{
  const char *equals = strchr (field, '=');
  if (!equals)
    return FALSE;
  if (g_str_has_prefix (field, "Credential="))
    return take_credential (self, equals + 1);
  if (g_str_has_prefix (field, "SignedHeaders=") && !self->signed_headers)
    self->signed_headers = g_strsplit (equals + 1, ";", -1);
  else if (g_str_has_prefix (field, "Signature=") && strlen (equals + 1) == HEX_SIZE)
    g_set_str (&self->signature, equals + 1);
  else
    return FALSE;
  return TRUE;
}

/**
 * sc_sigv4_authorization_parse:
 * @header: (nullable): the value of an Authorization header, from a stranger
 * @error: %SC_SIGV4_ERROR_MISSING or %SC_SIGV4_ERROR_INCOMPLETE
 *
 * Takes the header apart. What it says is proven only by sc_sigv4_verify().
 *
 * Returns: (transfer full) (nullable): its fields
 */
ScSigV4Authorization *
sc_sigv4_authorization_parse (const char *header, GError **error)
{
  if (!header || !g_str_has_prefix (header, ALGORITHM " ")) {
    g_set_error (error, SC_SIGV4_ERROR, SC_SIGV4_ERROR_MISSING, "The request is not signed");
    return NULL;
  }

  g_autoptr (ScSigV4Authorization) self = g_new0 (ScSigV4Authorization, 1);
  g_auto (GStrv) fields = g_strsplit (header + strlen (ALGORITHM " "), ",", -1);
  gboolean good = TRUE;
  for (gsize i = 0; good && fields[i]; i++)
    good = take_field (self, g_strstrip (fields[i]));
  if (good && self->access_key_id && self->signed_headers && self->signature)
    return g_steal_pointer (&self);
  g_set_error (error,
               SC_SIGV4_ERROR,
               SC_SIGV4_ERROR_INCOMPLETE,
               "The Authorization header needs Credential, SignedHeaders and Signature");
  return NULL;
}

/**
 * sc_sigv4_authorization_free:
 * @self: (nullable) (transfer full): an authorization
 *
 * Frees it.
 */
void
sc_sigv4_authorization_free (ScSigV4Authorization *self)
{
  if (!self)
    return;
  g_free (self->access_key_id);
  g_free (self->date);
  g_free (self->region);
  g_free (self->service);
  g_strfreev (self->signed_headers);
  g_free (self->signature);
  g_free (self);
}

static gboolean
parse_date (const char *text, gint64 *ret_time_us)
{
  int year, month, day, hour, minute, second, end = 0;
  if (sscanf (text, "%4d%2d%2dT%2d%2d%2dZ%n", &year, &month, &day, &hour, &minute, &second, &end) !=
        6 ||
      end != 16 || text[end])
    return FALSE;
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (!time)
    return FALSE;
  *ret_time_us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

/* The host and the time must be signed, or the signature could be used elsewhere and later. */
static gboolean
check_signed_headers (const ScSigV4Authorization *authorization,
                      const ScSigV4Request *request,
                      GError **error)
{
  const char *const *names = (const char *const *) authorization->signed_headers;
  const char *missing = NULL;
  if (!g_strv_contains (names, "host"))
    missing = "host";
  else if (!g_strv_contains (names, "x-amz-date"))
    missing = "x-amz-date";
  for (gsize i = 0; !missing && names[i]; i++) {
    if (!find_header (request->headers, names[i]))
      missing = names[i];
  }
  if (!missing)
    return TRUE;
  g_set_error (error,
               SC_SIGV4_ERROR,
               SC_SIGV4_ERROR_INCOMPLETE,
               "The header “%s” must be there and signed",
               missing);
  return FALSE;
}

static gboolean
check_time (const ScSigV4Authorization *authorization,
            const ScSigV4Request *request,
            gint64 now_us,
            GError **error)
{
  gint64 time_us = 0;
  const char *timestamp = find_header (request->headers, "x-amz-date");
  if (!parse_date (timestamp, &time_us) || !g_str_has_prefix (timestamp, authorization->date) ||
      strlen (authorization->date) != 8) {
    g_set_error (error,
                 SC_SIGV4_ERROR,
                 SC_SIGV4_ERROR_INCOMPLETE,
                 "The date is not valid, or not the credential's");
    return FALSE;
  }
  if (ABS (now_us - time_us) <= SC_SIGV4_MAX_SKEW_US)
    return TRUE;
  g_set_error (error, SC_SIGV4_ERROR, SC_SIGV4_ERROR_EXPIRED, "Signature expired");
  return FALSE;
}

/* What the header of Amazon S3 says of the body must be signed, and true. */
static gboolean
check_content (const ScSigV4Authorization *authorization,
               const ScSigV4Request *request,
               GError **error)
{
  if (!is_s3 (authorization->service))
    return TRUE;
  const char *said = find_header (request->headers, CONTENT_HEADER);
  const char *const *names = (const char *const *) authorization->signed_headers;
  if (!said || !g_strv_contains (names, CONTENT_HEADER)) {
    g_set_error (error,
                 SC_SIGV4_ERROR,
                 SC_SIGV4_ERROR_INCOMPLETE,
                 "The header “%s” must be there and signed",
                 CONTENT_HEADER);
    return FALSE;
  }
  g_autofree char *true_hash = hash_body (request->body);
  if (g_str_equal (said, UNSIGNED_PAYLOAD) || g_str_equal (said, true_hash))
    return TRUE;
  g_set_error (error,
               SC_SIGV4_ERROR,
               SC_SIGV4_ERROR_MISMATCH,
               "The body is not the one that “%s” says",
               CONTENT_HEADER);
  return FALSE;
}

/* Takes the same time wherever the first difference is. Both have HEX_SIZE characters. */
static gboolean
signatures_match (const char *a, const char *b)
{
  guint difference = 0;
  for (gsize i = 0; i < HEX_SIZE; i++)
    difference |= (guint) (a[i] ^ b[i]);
  return difference == 0;
}

/**
 * sc_sigv4_verify:
 * @authorization: what the request says of itself
 * @request: the request as it came, with all its headers
 * @secret_access_key: the secret that belongs to the access key id
 * @now_us: the time, microseconds since the epoch
 * @error: %SC_SIGV4_ERROR_INCOMPLETE, %SC_SIGV4_ERROR_EXPIRED or %SC_SIGV4_ERROR_MISMATCH
 *
 * Whether region and service of @authorization are the right ones is for the caller to check.
 *
 * Returns: %TRUE if exactly this request was signed with this secret, not long ago
 */
gboolean
sc_sigv4_verify (const ScSigV4Authorization *authorization,
                 const ScSigV4Request *request,
                 const char *secret_access_key,
                 gint64 now_us,
                 GError **error)
{
  if (!check_signed_headers (authorization, request, error) ||
      !check_time (authorization, request, now_us, error) ||
      !check_content (authorization, request, error))
    return FALSE;

  const ScSigV4Scope scope = { authorization->region, authorization->service };
  const char *const *names = (const char *const *) authorization->signed_headers;
  g_autofree char *signature = make_signature (request, names, &scope, secret_access_key);
  if (signatures_match (signature, authorization->signature))
    return TRUE;
  g_set_error (error,
               SC_SIGV4_ERROR,
               SC_SIGV4_ERROR_MISMATCH,
               "The signature is not the one of this request");
  return FALSE;
}
