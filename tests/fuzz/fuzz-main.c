/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-fuzz.h"
#include "sct-mutate.h"

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

static void
run_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) seed);
  g_autoptr (GByteArray) valid = sct_fuzz_seed ();
  for (int i = 0; i < runs; i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, valid->data, valid->len);
    sct_mutate (rand, bytes);
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
