/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-review-rules.h"
#include "sct-fuzz.h"

/* A room's rules from the bucket: what is read is within its bounds. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char text[] =
    "{\"version\":7,\"modes\":{\"slow_seconds\":30,\"followers_only\":true,\"read_only\":false},"
    "\"rules\":{\"terms\":\"refuse\",\"links\":\"off\",\"repeats\":\"hold\",\"capitals\":\"mask\"},"
    "\"languages\":[\"en\",\"de\"],\"terms\":[\"blorg*\",\"gr\xc3\xbcn zel\",\"!x\",\"~y\"],"
    "\"allowed_links\":[\"example.org\"],\"muted\":[{\"user_id\":\"ada\",\"until\":null},"
    "{\"user_id\":\"bob\",\"until\":\"2026-11-26T05:00:00.000000Z\"}]}";
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) text, sizeof text - 1);
  return bytes;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (ScReviewRules) rules = sc_review_rules_parse (bytes, &error);
  g_assert_true ((rules != NULL) == (error == NULL));
  if (!rules)
    return 0;
  g_assert_cmpuint (rules->slow_seconds, <=, SC_REVIEW_RULES_MAX_SLOW);
  g_assert_cmpuint (g_strv_length (rules->allowed_links), <=, SC_REVIEW_RULES_MAX_LINKS);
  for (guint i = 0; i < SC_N_RULES; i++)
    g_assert_cmpint (rules->actions[i], <=, SC_RULE_REFUSE);
  sc_review_rules_is_muted (rules, "ada", 1);
  return 0;
}
