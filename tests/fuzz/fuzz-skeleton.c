/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-links.h"
#include "sc-noise.h"
#include "sct-fuzz.h"

/* A line taken apart, and what is looked for in it: every place that is named lies in the line. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char text[] =
    "b\u0142\u00f6rg b.l o-r_g \U0001d41bl\u200b0rg \u0431\u043b\u043e https://\u0435xample.com/x "
    "a (dot) com aaaaaaaaaaaaaaaaaaaa x\u0301\u0302\u0303 \U0001f1e9\U0001f1ea \ufdfa b**rg";
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) text, sizeof text - 1);
  return bytes;
}

static ScTermList *
get_terms (void)
{
  static ScTermList *terms;
  if (!terms)
    terms = sc_term_list_new_from_text ("blorg\n*b\u0142o*\ngo away\n!blo\n~a\nx*\n*y\n");
  return terms;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *line = g_utf8_make_valid ((const char *) data, (gssize) size);
  glong length = g_utf8_strlen (line, -1);
  if (length > 500)
    return 0;
  g_autoptr (ScSkeleton) skeleton = sc_skeleton_new (line);
  for (guint i = 0; i < skeleton->n_units; i++) {
    g_assert_cmpuint (skeleton->units[i].position, <, skeleton->n_positions);
    g_assert_true (i == 0 || skeleton->units[i].position >= skeleton->units[i - 1].position);
  }
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ScSpan));
  sc_term_list_find (get_terms (), skeleton, spans);
  sc_links_find (line, NULL, spans);
  sc_noise_find_repeats (line, spans);
  for (guint i = 0; i < spans->len; i++) {
    const ScSpan *span = &g_array_index (spans, ScSpan, i);
    g_assert_cmpuint (span->begin, <, span->end);
    g_assert_cmpuint (span->end, <=, length);
  }
  sc_noise_has_capitals (line);
  sc_noise_is_emoji (line);
  g_autofree char *key = sc_noise_make_key (line);
  return 0;
}
