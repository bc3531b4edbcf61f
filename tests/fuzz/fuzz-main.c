/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fuzz.h"

#include <string.h>

/* Runs a fuzz target without libFuzzer: replays the files it is given, or mutates the target's own
 * seed: "--runs 20000 --seed 1". A failing input is the last one written to fuzz-input.bin. */

static int runs = 20000;
static int seed = 1;
static gboolean keep;
static char **files;

static const GOptionEntry options[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How many mutated inputs", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of the random numbers", "N" },
  { "keep", 0, 0, G_OPTION_ARG_NONE, &keep, "Write each input to fuzz-input.bin first", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
  { NULL },
};

static guint
below (GRand *rand, guint limit)
{
  return limit > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) limit) : 0;
}

/* Sets bytes to values at which lengths and types turn over. */
static void
poke (GRand *rand, GByteArray *bytes)
{
  static const guint8 edges[] = { 0, 1, 2, 3, 8, 9, 0x7f, 0x80, 0xc3, 0xff };
  guint at = below (rand, bytes->len);
  if (below (rand, 2))
    bytes->data[at] = edges[below (rand, G_N_ELEMENTS (edges))];
  else
    bytes->data[at] ^= (guint8) (1u << below (rand, 8));
}

/* Removes, doubles or moves a piece. */
static void
shuffle (GRand *rand, GByteArray *bytes)
{
  guint from = below (rand, bytes->len);
  guint length = below (rand, MIN (bytes->len - from, 600));
  g_autofree guint8 *piece = g_memdup2 (bytes->data + from, MAX (length, 1));
  if (below (rand, 3))
    g_byte_array_remove_range (bytes, from, length);
  guint to = below (rand, bytes->len + 1);
  if (below (rand, 3)) {
    g_byte_array_set_size (bytes, bytes->len + length);
    memmove (bytes->data + to + length, bytes->data + to, bytes->len - length - to);
    memcpy (bytes->data + to, piece, length);
  }
}

static void
mutate (GRand *rand, GByteArray *bytes)
{
  guint count = 1 + below (rand, 8);
  for (guint i = 0; i < count && bytes->len > 0; i++) {
    if (below (rand, 4))
      poke (rand, bytes);
    else
      shuffle (rand, bytes);
  }
  if (below (rand, 4) == 0)
    g_byte_array_set_size (bytes, below (rand, bytes->len + 1));
}

static void
run_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) seed);
  g_autoptr (GByteArray) valid = sct_fuzz_seed ();
  for (int i = 0; i < runs; i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, valid->data, valid->len);
    mutate (rand, bytes);
    if (keep)
      g_file_set_contents ("fuzz-input.bin", (const char *) bytes->data, bytes->len, NULL);
    LLVMFuzzerTestOneInput (bytes->data, bytes->len);
  }
  g_print ("%d inputs\n", runs);
}

static void
run_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  LLVMFuzzerTestOneInput ((const guint8 *) data, size);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (!files)
    run_mutations ();
  for (guint i = 0; files && files[i]; i++)
    run_file (files[i]);
  return 0;
}
