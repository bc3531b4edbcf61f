/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-amf0.h"
#include "sc-proxy-line.h"
#include "sc-rtmp-parser.h"
#include "sc-rtmp-session.h"
#include "sct-rtmp-script.h"

#include <string.h>

/* The RTMP server's pure parts: AMF 0, chunks, the conversation, the proxy's line. */

#define FMT(format, id) ((format) << 6 | (id))

/* --- AMF 0 --- */

static void
test_amf0_values (void)
{
  static const guint8 bytes[] = {
    2,  0, 4,   'n', 'a', 'm', 'e', 0,   0x3f, 0xf8, 0,   0, 0, 0,  0, 0, /* "name", 1.5 */
    3,  0, 1,   'a', 1,   1,                                              /* {a: true, */
    0,  1, 'b', 8,   0,   0,   0,   9,   0,    1,    'x', 5, 0, 0,  9,    /*  b: [x: null], */
    0,  1, 'c', 10,  0,   0,   0,   2,   6,    11,   0,   0, 0, 0,  0, 0, 0,
    0,  0, 0,                                           /*  c: [undef, date], */
    0,  1, 'd', 2,   0,   2,   'o', 'k', 0,    0,    9, /*  d: "ok"} */
    12, 0, 0,   0,   1,   'L', 16,  0,   1,    'T',  0,   0, 9, 13, 7, 0, 0, /* the rest */
  };
  ScAmf0Reader reader;
  g_autofree char *name = NULL, *member = NULL;
  double number;
  sc_amf0_reader_init (&reader, bytes, sizeof bytes);
  g_assert_true (sc_amf0_read_string (&reader, &name));
  g_assert_cmpstr (name, ==, "name");
  g_assert_true (sc_amf0_read_number (&reader, &number));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_true (sc_amf0_read_member (&reader, "d", &member));
  g_assert_cmpstr (member, ==, "ok");
  for (guint i = 0; i < 4; i++)
    g_assert_true (sc_amf0_skip (&reader));
  g_assert_true (sc_amf0_at_end (&reader));

  for (gsize size = 0; size < sizeof bytes; size++) {
    g_autofree guint8 *cut = g_memdup2 (bytes, MAX (size, 1));
    sc_amf0_reader_init (&reader, cut, size);
    while (sc_amf0_skip (&reader))
      g_assert_cmpuint (reader.position, <=, size);
  }
}

static void
test_amf0_bounds (void)
{
  ScAmf0Reader reader;
  g_autoptr (GByteArray) deep = g_byte_array_new ();
  static const guint8 nest[] = { 3, 0, 1, 'a' };
  for (guint i = 0; i < SC_AMF0_MAX_DEPTH + 1; i++)
    g_byte_array_append (deep, nest, sizeof nest);
  sc_amf0_write_null (deep);
  for (guint i = 0; i < SC_AMF0_MAX_DEPTH + 1; i++)
    sc_amf0_write_object_end (deep);
  sc_amf0_reader_init (&reader, deep->data, deep->len);
  g_assert_false (sc_amf0_skip (&reader));
  sc_amf0_reader_init (&reader, deep->data + sizeof nest, deep->len - sizeof nest);
  g_assert_true (sc_amf0_skip (&reader));

  g_autoptr (GByteArray) wide = g_byte_array_new ();
  sc_amf0_write_object_start (wide);
  for (guint i = 0; i < SC_AMF0_MAX_ITEMS; i++) {
    sc_amf0_write_name (wide, "a");
    sc_amf0_write_null (wide);
  }
  sc_amf0_write_object_end (wide);
  sc_amf0_reader_init (&reader, wide->data, wide->len);
  g_assert_false (sc_amf0_skip (&reader));

  static const guint8 many[] = { 10, 0xff, 0xff, 0xff, 0xff, 5, 5, 5 };
  sc_amf0_reader_init (&reader, many, sizeof many);
  g_assert_false (sc_amf0_skip (&reader));
  static const guint8 nul[] = { 2, 0, 3, 'a', 0, 'b' };
  g_autofree char *text = NULL;
  sc_amf0_reader_init (&reader, nul, sizeof nul);
  g_assert_false (sc_amf0_read_string (&reader, &text));
}

/* --- chunks --- */

static gboolean
next_is (ScRtmpParser *parser, guint8 type, guint32 timestamp, const char *text)
{
  g_auto (ScRtmpMessage) message = { 0 };
  g_autoptr (GError) error = NULL;
  if (!sc_rtmp_parser_next (parser, &message, &error)) {
    g_assert_no_error (error);
    return FALSE;
  }
  g_assert_cmpuint (message.type, ==, type);
  g_assert_cmpuint (message.timestamp, ==, timestamp);
  gsize size;
  const char *data = g_bytes_get_data (message.payload, &size);
  g_assert_cmpmem (data, size, text, strlen (text));
  return TRUE;
}

/* All four formats on one chunk stream, as 5.3.2.1 of the standard shows. */
static void
test_chunk_formats (void)
{
  static const guint8 bytes[] = {
    FMT (0, 4), 0,   3, 232, 0,   0, 2, 8, 1,   0, 0, 0, 'a', 'a', /* 1000 */
    FMT (1, 4), 0,   0, 20,  0,   0, 1, 9, 'b', /* +20, another length and type */
    FMT (2, 4), 0,   0, 5,   'c',               /* +5 */
    FMT (3, 4), 'd',                            /* +5 */
    FMT (0, 0), 6,   0, 0,   1,   0, 0, 1, 8,   1, 0, 0, 0,   'e',      /* id 70 in two bytes */
    FMT (0, 1), 6,   1, 0,   0,   2, 0, 0, 1,   8, 1, 0, 0,   0,   'f', /* id 326 in three */
    FMT (0, 5), 0,   0, 9,   0,   0, 0, 8, 1,   0, 0, 0,                /* nothing in it */
  };
  for (gsize piece = 1; piece <= sizeof bytes; piece++) {
    g_autoptr (ScRtmpParser) parser = sc_rtmp_parser_new (100);
    static const struct {
      guint8 type;
      guint32 timestamp;
      const char *text;
    } expected[] = { { 8, 1000, "aa" }, { 9, 1020, "b" }, { 9, 1025, "c" }, { 9, 1030, "d" },
                     { 8, 1, "e" },     { 8, 2, "f" },    { 8, 9, "" } };
    gsize found = 0;
    for (gsize done = 0; done < sizeof bytes; done += piece) {
      sc_rtmp_parser_feed (parser, bytes + done, MIN (piece, sizeof bytes - done));
      while (
        found < G_N_ELEMENTS (expected) &&
        next_is (parser, expected[found].type, expected[found].timestamp, expected[found].text))
        found++;
    }
    g_assert_cmpuint (found, ==, G_N_ELEMENTS (expected));
    g_assert_cmpuint (sc_rtmp_parser_held (parser), ==, 0);
  }
}

static void
test_chunk_interleaving_and_abort (void)
{
  static const guint8 bytes[] = {
    FMT (0, 2), 0,   0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0,   0,   0,          2, /* chunks of 2 */
    FMT (0, 4), 0,   0, 1, 0, 0, 3, 9, 1, 0, 0, 0, 'a', 'b',                /* half a picture */
    FMT (0, 5), 0,   0, 1, 0, 0, 3, 8, 1, 0, 0, 0, 'x', 'y',                /* half a sound */
    FMT (3, 4), 'c', /* the rest of the picture */
    FMT (0, 2), 0,   0, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0,   0,   FMT (3, 2), 0,
    5, /* never mind the sound */
    FMT (0, 5), 0,   0, 7, 0, 0, 1, 8, 1, 0, 0, 0, 'z',
  };
  g_autoptr (ScRtmpParser) parser = sc_rtmp_parser_new (100);
  sc_rtmp_parser_feed (parser, bytes, sizeof bytes);
  g_auto (ScRtmpMessage) size = { 0 };
  g_assert_true (sc_rtmp_parser_next (parser, &size, NULL));
  g_assert_cmpuint (size.type, ==, SC_RTMP_SET_CHUNK_SIZE);
  g_assert_true (next_is (parser, 9, 1, "abc"));
  g_auto (ScRtmpMessage) abort = { 0 };
  g_assert_true (sc_rtmp_parser_next (parser, &abort, NULL));
  g_assert_true (next_is (parser, 8, 7, "z"));
  g_assert_cmpuint (sc_rtmp_parser_held (parser), ==, 0);
}

/* With the extended timestamp repeated in each chunk, and, as some encoders have it, not. */
static void
test_chunk_extended_timestamp (void)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_byte_array_append (payload, (const guint8 *) "abcdef", 6);
  g_autoptr (GByteArray) repeated = g_byte_array_new ();
  sct_rtmp_message (repeated, 4, 9, 0x01020304, payload);
  static const guint8 once[] = { FMT (0, 4), 0xff, 0xff,       0xff, 0,   0,          6, 9,   1,
                                 0,          0,    0,          1,    2,   3,          4, 'a', 'b',
                                 'c',        'd',  FMT (3, 4), 'e',  'f', FMT (0, 5), 0, 0,   0,
                                 0,          0,    1,          8,    0,   0,          0, 0,   'x' };
  static const guint8 set_size[] = { FMT (0, 2), 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 4 };
  const struct {
    const guint8 *data;
    gsize size;
  } cases[] = { { repeated->data, repeated->len }, { once, sizeof once } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ScRtmpParser) parser = sc_rtmp_parser_new (100);
    g_auto (ScRtmpMessage) message = { 0 };
    sc_rtmp_parser_feed (parser, set_size, sizeof set_size);
    g_assert_true (sc_rtmp_parser_next (parser, &message, NULL));
    sc_rtmp_parser_feed (parser, cases[i].data, cases[i].size);
    g_assert_true (next_is (parser, 9, 0x01020304, "abcdef"));
  }
}

static void
test_chunk_refusals (void)
{
  static const struct {
    guint8 bytes[32];
    gsize size;
    ScIngestError error;
  } cases[] = {
    { { FMT (2, 4), 0, 0, 0 }, 4, SC_INGEST_ERROR_PROTOCOL },
    { { FMT (3, 4) }, 1, SC_INGEST_ERROR_PROTOCOL },
    { { FMT (0, 4), 0, 0, 0, 0, 0, 101, 8, 0, 0, 0, 0 }, 12, SC_INGEST_ERROR_LIMIT },
    { { FMT (0, 2), 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0 }, 16, SC_INGEST_ERROR_PROTOCOL },
    { { FMT (0, 2), 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 128, 0, 0, 0 }, 16, SC_INGEST_ERROR_PROTOCOL },
    { { FMT (0, 2), 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 9 }, 13, SC_INGEST_ERROR_PROTOCOL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ScRtmpParser) parser = sc_rtmp_parser_new (100);
    g_autoptr (GError) error = NULL;
    g_auto (ScRtmpMessage) message = { 0 };
    g_test_message ("case %u", i);
    sc_rtmp_parser_feed (parser, cases[i].bytes, cases[i].size);
    g_assert_false (sc_rtmp_parser_next (parser, &message, &error));
    g_assert_error (error, SC_INGEST_ERROR, (int) cases[i].error);
  }
}

static void
test_chunk_bounds (void)
{
  g_autoptr (ScRtmpParser) parser = sc_rtmp_parser_new (SC_RTMP_MAX_STRANGER_MESSAGE);
  g_autoptr (GError) error = NULL;
  g_auto (ScRtmpMessage) message = { 0 };
  gsize most = 0;
  guint id = 3;
  while (!error && id < 64) { /* begins one message after the other and finishes none */
    guint8 chunk[12 + 128] = { FMT (0, id++), 0, 0, 0, 0, 0x0f, 0xff, 8 };
    sc_rtmp_parser_feed (parser, chunk, sizeof chunk);
    g_assert_false (sc_rtmp_parser_next (parser, &message, &error));
    most = MAX (most, sc_rtmp_parser_held (parser));
  }
  g_assert_error (error, SC_INGEST_ERROR, SC_INGEST_ERROR_LIMIT);
  g_assert_cmpuint (id, ==, 3 + SC_RTMP_MAX_CHUNK_STREAMS + 1);
  g_assert_cmpuint (most, <=, 2 * SC_RTMP_MAX_STRANGER_MESSAGE);
}

/* --- the conversation --- */

typedef struct {
  ScRtmpSession *session;
  GByteArray *out;
  GString *heard;
  ScRtmpVerdict verdict;
} Talk;

static ScRtmpVerdict
on_publish (const char *key, gpointer user_data)
{
  Talk *talk = user_data;
  g_string_append_printf (talk->heard, "publish %s;", key);
  return talk->verdict;
}

static void
on_media (guint8 type, guint32 timestamp, GBytes *body, gpointer user_data)
{
  Talk *talk = user_data;
  g_string_append_printf (talk->heard,
                          "%u at %u: %u;",
                          type,
                          timestamp,
                          (guint) g_bytes_get_size (body));
}

static void
talk_init (Talk *talk)
{
  static const ScRtmpSessionDelegate delegate = { on_publish, on_media };
  talk->session = sc_rtmp_session_new (&delegate, talk);
  talk->out = g_byte_array_new ();
  talk->heard = g_string_new (NULL);
  talk->verdict = SC_RTMP_ACCEPT;
}

static void
talk_clear (Talk *talk)
{
  sc_rtmp_session_free (talk->session);
  g_byte_array_unref (talk->out);
  g_string_free (talk->heard, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

/* Whether the answers, behind the handshake, have @text. */
static gboolean
said (const Talk *talk, const char *text)
{
  const guint handshake = 1 + 2 * 1536;
  g_autoptr (ScRtmpParser) parser = sc_rtmp_parser_new (4096);
  g_assert_cmpuint (talk->out->len, >=, handshake);
  sc_rtmp_parser_feed (parser, talk->out->data + handshake, talk->out->len - handshake);
  for (;;) {
    g_auto (ScRtmpMessage) message = { 0 };
    if (!sc_rtmp_parser_next (parser, &message, NULL))
      return FALSE;
    gsize size;
    gconstpointer data = g_bytes_get_data (message.payload, &size);
    if (memmem (data, size, text, strlen (text)))
      return TRUE;
  }
}

static void
test_session_whole (void)
{
  g_autoptr (GByteArray) script = sct_rtmp_script ();
  for (gsize piece = 1; piece < script->len; piece = piece * 3 + 1) {
    g_auto (Talk) talk = { 0 };
    g_autoptr (GError) error = NULL;
    gboolean goes_on = TRUE;
    talk_init (&talk);
    for (gsize done = 0; goes_on && done < script->len; done += piece)
      goes_on = sc_rtmp_session_feed (talk.session,
                                      script->data + done,
                                      MIN (piece, script->len - done),
                                      talk.out,
                                      &error);
    g_assert_no_error (error);
    g_assert_false (goes_on); /* it took its leave */
    g_assert_cmpstr (talk.heard->str,
                     ==,
                     "publish sk_one;9 at 0: 300;8 at 23: 50;9 at 16777216: 1000;");
    g_assert_true (said (&talk, "NetConnection.Connect.Success"));
    g_assert_true (said (&talk, "NetStream.Publish.Start"));
    g_assert_cmpmem (talk.out->data + 1 + 1536, 1536, script->data + 1, 1536);
  }
}

static void
test_session_every_truncation (void)
{
  g_autoptr (GByteArray) script = sct_rtmp_script ();
  for (gsize size = 0; size < script->len; size++) {
    g_auto (Talk) talk = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *cut = g_memdup2 (script->data, MAX (size, 1));
    talk_init (&talk);
    g_assert_true (sc_rtmp_session_feed (talk.session, cut, size, talk.out, &error));
    g_assert_no_error (error);
  }
}

/* Feeds one command after the handshake and those of @before. */
static void
assert_refused (void (*speak) (GByteArray *bytes), ScIngestError code, const char *words)
{
  const guint piece = 1000;
  g_auto (Talk) talk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  talk_init (&talk);
  sct_rtmp_hello (bytes);
  speak (bytes);
  gboolean goes_on = TRUE;
  for (guint done = 0; goes_on && done < bytes->len; done += piece)
    goes_on = sc_rtmp_session_feed (talk.session,
                                    bytes->data + done,
                                    MIN (piece, bytes->len - done),
                                    talk.out,
                                    &error);
  g_assert_false (goes_on);
  g_assert_error (error, SC_INGEST_ERROR, (int) code);
  g_assert_true (!words || said (&talk, words));
  g_assert_cmpstr (talk.heard->str, ==, "");
}

static void
publish_first (GByteArray *bytes)
{
  sct_rtmp_publish (bytes, "sk_one");
}

static void
create_first (GByteArray *bytes)
{
  sct_rtmp_command (bytes, "createStream", 1);
}

static void
publish_without_stream (GByteArray *bytes)
{
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_publish (bytes, "sk_one");
}

static void
connect_twice (GByteArray *bytes)
{
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_connect (bytes, "app");
}

static void
media_without_key (GByteArray *bytes)
{
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_command (bytes, "createStream", 2);
  sct_rtmp_media (bytes, SC_RTMP_VIDEO, 0, 10);
}

/* The first chunk of a picture, then the key, so that the picture would end behind it. */
static void
publish_amid_media (GByteArray *bytes)
{
  static const guint8 chunk[12 + 128] = { 4, 0, 0, 0, 0, 0, 200, SC_RTMP_VIDEO, 1 };
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_command (bytes, "createStream", 2);
  g_byte_array_append (bytes, chunk, sizeof chunk);
  sct_rtmp_publish (bytes, "sk_one");
}

static void
other_application (GByteArray *bytes)
{
  sct_rtmp_connect (bytes, "live");
}

static void
long_message (GByteArray *bytes)
{
  sct_rtmp_connect (bytes, "app");
  sct_rtmp_media (bytes, SC_RTMP_COMMAND, 0, SC_RTMP_MAX_STRANGER_MESSAGE + 1);
}

static void
endless_commands (GByteArray *bytes)
{
  sct_rtmp_connect (bytes, "app");
  while (bytes->len < SC_RTMP_MAX_STRANGER_BYTES)
    sct_rtmp_command (bytes, "releaseStream", 2);
}

static void
test_session_order_and_limits (void)
{
  assert_refused (publish_first, SC_INGEST_ERROR_PROTOCOL, NULL);
  assert_refused (create_first, SC_INGEST_ERROR_PROTOCOL, NULL);
  assert_refused (publish_without_stream, SC_INGEST_ERROR_PROTOCOL, NULL);
  assert_refused (connect_twice, SC_INGEST_ERROR_PROTOCOL, NULL);
  assert_refused (media_without_key, SC_INGEST_ERROR_PROTOCOL, NULL);
  assert_refused (publish_amid_media, SC_INGEST_ERROR_PROTOCOL, NULL);
  assert_refused (other_application, SC_INGEST_ERROR_REFUSED, "NetConnection.Connect.Rejected");
  assert_refused (long_message, SC_INGEST_ERROR_LIMIT, NULL);
  assert_refused (endless_commands, SC_INGEST_ERROR_LIMIT, NULL);
}

static void
test_session_verdicts (void)
{
  static const struct {
    ScRtmpVerdict verdict;
    const char *code;
    const char *words;
  } cases[] = {
    { SC_RTMP_DENY, "NetStream.Publish.Denied", "The stream key is not valid." },
    { SC_RTMP_BUSY, "NetStream.Publish.BadName", "already receiving" },
    { SC_RTMP_UNABLE, "NetStream.Publish.Failed", "Try again later" },
  };
  g_autoptr (GByteArray) script = sct_rtmp_script ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Talk) talk = { 0 };
    g_autoptr (GError) error = NULL;
    talk_init (&talk);
    talk.verdict = cases[i].verdict;
    g_assert_false (
      sc_rtmp_session_feed (talk.session, script->data, script->len, talk.out, &error));
    g_assert_error (error, SC_INGEST_ERROR, SC_INGEST_ERROR_REFUSED);
    g_assert_true (said (&talk, cases[i].code));
    g_assert_true (said (&talk, cases[i].words));
    g_assert_cmpstr (talk.heard->str, ==, "publish sk_one;");
    g_assert_null (strstr (error->message, "sk_"));
  }
}

static void
test_session_not_rtmp (void)
{
  g_auto (Talk) talk = { 0 };
  g_autoptr (GError) error = NULL;
  talk_init (&talk);
  g_assert_false (
    sc_rtmp_session_feed (talk.session, (const guint8 *) "GET /", 5, talk.out, &error));
  g_assert_error (error, SC_INGEST_ERROR, SC_INGEST_ERROR_PROTOCOL);
  g_assert_cmpuint (talk.out->len, ==, 0);
}

/* --- the proxy's line --- */

static void
test_proxy_line (void)
{
  static const struct {
    const char *text;
    const char *address; /* NULL: refused; "": more is needed */
  } cases[] = {
    { "PROXY TCP4 192.0.2.7 198.51.100.1 50000 443\r\n\x03", "192.0.2.7" },
    { "PROXY TCP6 2001:db8::7 ::1 50000 443\r\n", "2001:db8::7" },
    { "PROXY UNKNOWN\r\n", "unknown" },
    { "PROXY TCP4 192.0.2.7 198.51.100.1 50000 443\r", "" },
    { "", "" },
    { "PROXY TCP4 localhost 198.51.100.1 50000 443\r\n", NULL },
    { "PROXY TCP4 192.0.2.7\r\n", NULL },
    { "GET / HTTP/1.1\r\n", NULL },
    { "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
      "0123456789012345\r\n",
      NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *address = NULL;
    g_autoptr (GError) error = NULL;
    gsize consumed = 0;
    gboolean found = sc_proxy_line_read ((const guint8 *) cases[i].text,
                                         strlen (cases[i].text),
                                         &consumed,
                                         &address,
                                         &error);
    g_test_message ("case %u", i);
    g_assert_true (found == (cases[i].address && cases[i].address[0] != '\0'));
    g_assert_true ((error != NULL) == (cases[i].address == NULL));
    if (found)
      g_assert_cmpstr (address, ==, cases[i].address);
    if (found)
      g_assert_cmpuint (consumed, ==, strcspn (cases[i].text, "\n") + 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/rtmp/amf0/values", test_amf0_values);
  g_test_add_func ("/local/rtmp/amf0/bounds", test_amf0_bounds);
  g_test_add_func ("/local/rtmp/chunk/formats", test_chunk_formats);
  g_test_add_func ("/local/rtmp/chunk/interleaving-and-abort", test_chunk_interleaving_and_abort);
  g_test_add_func ("/local/rtmp/chunk/extended-timestamp", test_chunk_extended_timestamp);
  g_test_add_func ("/local/rtmp/chunk/refusals", test_chunk_refusals);
  g_test_add_func ("/local/rtmp/chunk/bounds", test_chunk_bounds);
  g_test_add_func ("/local/rtmp/session/whole", test_session_whole);
  g_test_add_func ("/local/rtmp/session/every-truncation", test_session_every_truncation);
  g_test_add_func ("/local/rtmp/session/order-and-limits", test_session_order_and_limits);
  g_test_add_func ("/local/rtmp/session/verdicts", test_session_verdicts);
  g_test_add_func ("/local/rtmp/session/not-rtmp", test_session_not_rtmp);
  g_test_add_func ("/local/rtmp/proxy-line", test_proxy_line);
  return g_test_run ();
}
