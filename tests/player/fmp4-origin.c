/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fmp4-origin.h"

#include "hls-server.h"
#include "sct-files.h"

#include <string.h>

#define SECONDS 30
#define PIECE_US (500 * G_TIME_SPAN_MILLISECOND)
#define PIECES_PER_SEGMENT 2
#define SEGMENT_US (PIECES_PER_SEGMENT * PIECE_US)
/* Whole segments that a media playlist names. */
#define WINDOW 3
#define N_SEGMENTS (SECONDS * G_USEC_PER_SEC / SEGMENT_US)
/* Where tfhd has the track of a fragment with one: behind the heads of moof, traf and tfhd, and
 * mfhd (ISO/IEC 14496-12, 8.8). */
#define TRACK_AT 44
#define VIDEO_TRACK 1
#define N_TRACKS 2

struct _Fmp4Media {
  GBytes *head;                /* ftyp and moov */
  GPtrArray *pieces[N_TRACKS]; /* of GBytes *: moof and mdat each */
};

/* A segment on its way to a client. */
typedef struct {
  Fmp4Origin *origin;
  SoupServerMessage *message;
  GPtrArray *pieces; /* of GBytes *, that are left */
  gint64 made;       /* when the first of them is, monotonic us */
  guint timer;
} Transfer;

/* The decoder's parameters are in the initialisation section alone. */
static GBytes *
make_file (const char *folder, int height)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "file.mp4", NULL);
  g_autofree char *description = g_strdup_printf (
    "mp4mux name=muxer fragment-duration=%d ! filesink location=%s "
    "videotestsrc num-buffers=%d ! video/x-raw,width=320,height=%d,framerate=30/1 "
    "! x264enc speed-preset=ultrafast tune=zerolatency key-int-max=30 bitrate=300 "
    "option-string=scenecut=0:repeat-headers=0 ! video/x-h264,stream-format=avc ! muxer. "
    "audiotestsrc num-buffers=%d ! audio/x-raw,rate=44100,channels=2 ! avenc_aac ! aacparse "
    "! muxer.",
    (int) (PIECE_US / 1000),
    path,
    SECONDS * 30,
    height,
    SECONDS * 44100 / 1024);
  hls_run_pipeline (description);
  char *data = NULL;
  gsize size = 0;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* Takes the file apart by its boxes (ISO/IEC 14496-12, 4.2). */
static Fmp4Media *
make_media (const char *folder, int height)
{
  g_autoptr (GBytes) file = make_file (folder, height);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  Fmp4Media *self = g_new0 (Fmp4Media, 1);
  guint track = 0;
  gsize start = 0;
  for (guint i = 0; i < N_TRACKS; i++)
    self->pieces[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (gsize at = 0; at + 8 <= size; at += read_u32 (data + at)) {
    g_assert_cmpuint (read_u32 (data + at), >=, 8);
    if (memcmp (data + at + 4, "moof", 4) == 0) {
      self->head = self->head ? self->head : g_bytes_new_from_bytes (file, 0, at);
      start = at;
      track = read_u32 (data + at + TRACK_AT) - VIDEO_TRACK;
      g_assert_cmpuint (track, <, N_TRACKS);
    } else if (memcmp (data + at + 4, "mdat", 4) == 0) {
      gsize end = at + read_u32 (data + at);
      g_ptr_array_add (self->pieces[track], g_bytes_new_from_bytes (file, start, end - start));
    }
  }
  for (guint i = 0; i < N_TRACKS; i++)
    g_assert_cmpuint (self->pieces[i]->len, >=, N_SEGMENTS * PIECES_PER_SEGMENT);
  return self;
}

static void
free_media (Fmp4Media *self)
{
  for (guint i = 0; i < N_TRACKS; i++)
    g_ptr_array_unref (self->pieces[i]);
  g_bytes_unref (self->head);
  g_free (self);
}

/* --- playlists --- */

static void
answer (SoupServerMessage *message, const char *type, GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, data, size);
}

static void
answer_text (SoupServerMessage *message, GString *text)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (text);
  answer (message, "application/vnd.apple.mpegurl", body);
}

static void
answer_master (Fmp4Origin *self, SoupServerMessage *message)
{
  static const int heights[] = { FMP4_HEIGHT, FMP4_OTHER_HEIGHT };
  GString *text = g_string_new ("#EXTM3U\n");
  for (guint i = 0; i < (self->is_ladder ? FMP4_N_MEDIA : 1); i++)
    g_string_append_printf (text,
                            "#EXT-X-STREAM-INF:BANDWIDTH=%u,RESOLUTION=320x%d,"
                            "CODECS=\"avc1.42C00D,mp4a.40.2\",STABLE-VARIANT-ID=\"%dp\"\n%u.m3u8\n",
                            400000 + i * 100000,
                            heights[i],
                            heights[i],
                            i);
  answer_text (message, text);
}

/* Returns the media sequence number of the segment that is being made. */
guint
fmp4_origin_get_newest (Fmp4Origin *self)
{
  return WINDOW + (guint) ((g_get_monotonic_time () - self->begun) / SEGMENT_US);
}

/* Returns which of a stream's segments has @sequence. */
static guint
index_of (Fmp4Origin *self, guint media, guint sequence)
{
  return media == 1 && self->breaks ? sequence - self->change_at : sequence;
}

/* Both initialisation sections are parts of one file. */
static void
add_map (Fmp4Origin *self, GString *text, guint media, const char *query)
{
  gsize start = media == 0 ? 0 : g_bytes_get_size (self->media[0]->head);
  g_string_append_printf (text,
                          "#EXT-X-MAP:URI=\"heads.mp4%s\",BYTERANGE=\"%" G_GSIZE_FORMAT
                          "@%" G_GSIZE_FORMAT "\"\n",
                          query,
                          g_bytes_get_size (self->media[media]->head),
                          start);
}

static void
add_segment (Fmp4Origin *self, GString *text, guint media, guint sequence, gboolean is_first)
{
  gboolean is_prefetch = sequence >= fmp4_origin_get_newest (self);
  gboolean changes = self->change_at > 0 && sequence == self->change_at;
  g_autofree char *query =
    self->signs_anew ? g_strdup_printf ("?%u", self->n_named) : g_strdup ("");
  if (self->change_at > 0 && sequence >= self->change_at)
    media = 1;
  if (changes && self->breaks)
    g_string_append (text,
                     is_prefetch ? "#EXT-X-PREFETCH-DISCONTINUITY\n" : "#EXT-X-DISCONTINUITY\n");
  if (is_first || changes)
    add_map (self, text, media, query);
  g_string_append (text, is_prefetch ? "#EXT-X-PREFETCH:" : "#EXTINF:1.000,live\n");
  g_string_append_printf (text, "%u/%u.m4s%s\n", media, index_of (self, media, sequence), query);
}

static void
answer_playlist (Fmp4Origin *self, SoupServerMessage *message, guint media)
{
  guint newest = fmp4_origin_get_newest (self);
  guint first = newest - WINDOW;
  guint end = self->hides_prefetch ? newest : newest + 2;
  g_autoptr (GDateTime) begun = g_date_time_new_from_unix_utc_usec (self->begun_real);
  g_autoptr (GDateTime) time = g_date_time_add (begun, ((GTimeSpan) first - WINDOW) * SEGMENT_US);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.%fZ");
  GString *text = g_string_new ("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:1\n");
  g_string_append_printf (text,
                          "#EXT-X-MEDIA-SEQUENCE:%u\n#EXT-X-PROGRAM-DATE-TIME:%s\n",
                          first,
                          date);
  self->n_named++;
  for (guint i = first; i < end; i++)
    add_segment (self, text, media, i, i == first);
  answer_text (message, text);
}

/* --- segments --- */

/* libsoup takes out the part that is asked for. */
static void
answer_heads (Fmp4Origin *self, SoupServerMessage *message)
{
  g_autoptr (GByteArray) heads = g_byte_array_new ();
  if (self->n_heads > 0 && self->n_refused > 0) {
    self->n_refused--;
    soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
    return;
  }
  self->n_heads++;
  for (guint i = 0; i < FMP4_N_MEDIA; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (self->media[i]->head, &size);
    g_byte_array_append (heads, data, (guint) size);
  }
  g_autoptr (GBytes) body = g_bytes_new (heads->data, heads->len);
  answer (message, "video/mp4", body);
}

static void
free_transfer (gpointer data)
{
  Transfer *transfer = data;
  g_clear_handle_id (&transfer->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (transfer->message, transfer);
  g_object_unref (transfer->message);
  g_ptr_array_unref (transfer->pieces);
  g_free (transfer);
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  Transfer *transfer = user_data;
  g_ptr_array_remove_fast (transfer->origin->transfers, transfer);
}

static gboolean
on_piece (gpointer user_data)
{
  Transfer *transfer = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (transfer->message);
  gint64 now = g_get_monotonic_time ();
  while (transfer->pieces->len > 0 && transfer->made <= now) {
    for (guint i = 0; i < N_TRACKS; i++) {
      g_autoptr (GBytes) piece = g_ptr_array_steal_index (transfer->pieces, 0);
      soup_message_body_append_bytes (body, piece);
    }
    transfer->made += PIECE_US;
  }
  transfer->timer = 0;
  if (transfer->pieces->len == 0)
    soup_message_body_complete (body);
  else
    transfer->timer =
      g_timeout_add ((guint) ((transfer->made - now) / 1000 + 1), on_piece, transfer);
  soup_server_message_unpause (transfer->message);
  return G_SOURCE_REMOVE;
}

static void
answer_segment (Fmp4Origin *self, SoupServerMessage *message, guint number, guint index)
{
  const Fmp4Media *media = self->media[number];
  Transfer *transfer = g_new0 (Transfer, 1);
  guint sequence = index + (number == 1 && self->breaks ? self->change_at : 0);
  transfer->origin = self;
  transfer->message = g_object_ref (message);
  transfer->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  transfer->made = self->begun + ((gint64) sequence - WINDOW) * SEGMENT_US + PIECE_US;
  for (guint i = index * PIECES_PER_SEGMENT; i < (index + 1) * PIECES_PER_SEGMENT; i++)
    for (guint track = 0; track < N_TRACKS; track++)
      g_ptr_array_add (transfer->pieces, g_bytes_ref (g_ptr_array_index (media->pieces[track], i)));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), transfer);
  g_ptr_array_add (self->transfers, transfer);
  soup_server_message_pause (message);
  on_piece (transfer);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Fmp4Origin *self = user_data;
  guint media = (guint) (path[1] - '0');
  guint64 index = media < FMP4_N_MEDIA ? g_ascii_strtoull (path + strlen ("/0/"), NULL, 10) : 0;
  if (g_str_equal (path, "/master.m3u8"))
    answer_master (self, message);
  else if (g_str_equal (path, "/heads.mp4"))
    answer_heads (self, message);
  else if (media >= FMP4_N_MEDIA || index >= N_SEGMENTS)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (g_str_has_suffix (path, ".m3u8"))
    answer_playlist (self, message, media);
  else
    answer_segment (self, message, media, (guint) index);
}

/* Returns an origin that is live from now on. */
Fmp4Origin *
fmp4_origin_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("fmp4-XXXXXX", &error);
  g_assert_no_error (error);
  Fmp4Origin *self = g_new0 (Fmp4Origin, 1);
  self->media[0] = make_media (folder, FMP4_HEIGHT);
  self->media[1] = make_media (folder, FMP4_OTHER_HEIGHT);
  sct_remove_tree (folder);
  self->transfers = g_ptr_array_new_with_free_func (free_transfer);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  self->begun = g_get_monotonic_time ();
  self->begun_real = g_get_real_time ();
  return self;
}

/* Ends all transfers. */
void
fmp4_origin_free (Fmp4Origin *self)
{
  g_ptr_array_unref (self->transfers);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  for (guint i = 0; i < FMP4_N_MEDIA; i++)
    free_media (self->media[i]);
  g_free (self);
}

/* Returns what `ivssrc` plays it by. */
char *
fmp4_origin_get_uri (Fmp4Origin *self)
{
  g_autoslist (GUri) uris = soup_server_get_uris (self->server);
  return g_strdup_printf ("ivs+http://127.0.0.1:%d/master.m3u8", g_uri_get_port (uris->data));
}
