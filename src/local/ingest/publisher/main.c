/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-metadata-message.h"
#include "sc-packager.h"
#include "sc-worker.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* streamcat-publisher: packages one encoder's stream. FLV on standard input, metadata to put into
 * the stream on a descriptor of its own (sc-metadata-message.h), records (sc-record.h)
 * on standard output. The first argument is the most renditions to make besides the source, the
 * second the descriptor. One process a stream: whatever a stream's bytes do to the parsers in here,
 * they do it to this stream alone. */

/* What one stream may cost. Measured: 45 MB of address space beyond the libraries at 8.5 Mb/s. */
#define MAX_MEMORY (1024UL * 1024 * 1024)
/* And with a ladder. Measured with all of 1080p30's: 138 MB of memory in 1.4 GB of address space,
 * most of which malloc reserves for each of 24 threads. */
#define MAX_LADDER_MEMORY (3072UL * 1024 * 1024)

/* Of metadata, at a time. */
#define MAX_MESSAGE 4096

/* The only plugins there are in this process. */
static const char *const plugins[] = {
  "app", "coreelements", "flv", "videoparsersbad", "audioparsers", "mpegtsmux", NULL,
};

/* And where there are smaller renditions to make. */
static const char *const ladder_plugins[] = {
  "libav",
  "videoconvertscale",
  "x264",
  NULL,
};

static void
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0) {
    gssize count = write (fd, data, size);
    if (count < 0 && errno != EINTR)
      _exit (EXIT_FAILURE); /* the parent is gone, and with it all reason to be */
    if (count > 0) {
      data += count;
      size -= (gsize) count;
    }
  }
}

static void
on_record (const ScRecord *record, gpointer user_data)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  sc_record_write (record, out);
  write_all (STDOUT_FILENO, out->data, out->len);
}

static int
finish (const ScRecord *record)
{
  on_record (record, NULL);
  return record->type == SC_RECORD_EOS ? EXIT_SUCCESS : EXIT_FAILURE;
}

typedef struct {
  ScPackager *packager;
  GByteArray *input;
} Metadata;

static gboolean
on_metadata (int fd, GIOCondition condition, gpointer user_data)
{
  Metadata *self = user_data;
  guint8 buffer[MAX_MESSAGE];
  gssize count = read (fd, buffer, sizeof buffer);
  if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN))
    return G_SOURCE_REMOVE; /* the parent is gone; standard input says so, too */
  g_byte_array_append (self->input, buffer, (guint) MAX (count, 0));
  for (;;) {
    g_autofree char *owner = NULL;
    g_autofree char *text = NULL;
    if (!sc_metadata_message_read (self->input, &owner, &text))
      return G_SOURCE_CONTINUE;
    sc_packager_put_metadata (self->packager, owner, text);
  }
}

/* Packages until the end of the input. */
static void
run (ScPackager *packager, const char *descriptor, ScRecord *last)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  Metadata metadata = { packager, input };
  if (descriptor)
    g_unix_fd_add (atoi (descriptor), G_IO_IN, on_metadata, &metadata);
  if (!sc_packager_run (packager, &last->message))
    last->type = SC_RECORD_ERROR;
}

static gboolean
init (int *argc, char ***argv, guint renditions, GError **error)
{
  return sc_worker_init_gstreamer (argc, argv, plugins, error) &&
         (renditions == 0 || sc_worker_load (ladder_plugins, error));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (ScRecord) last = { .type = SC_RECORD_EOS };
  guint renditions = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 0;
  const char *descriptor = argc > 2 ? argv[2] : NULL;
  sc_worker_confine (renditions > 0 ? MAX_LADDER_MEMORY : MAX_MEMORY);
  g_autoptr (ScTeller) teller = sc_teller_new (on_record, NULL);
  g_autoptr (ScPackager) packager = NULL;
  if (init (&argc, &argv, renditions, &error))
    packager = sc_packager_new (STDIN_FILENO, renditions, teller, &error);
  if (!packager) {
    fprintf (stderr, "streamcat-publisher: %s\n", error->message);
    return EXIT_FAILURE;
  }
  run (packager, descriptor, &last);
  return finish (&last);
}
