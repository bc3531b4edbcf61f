/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The review of a line by its room's rules: first who may write now at all, then what the line
 * says. Knows the site's terms and what each person said last; from any thread. */

#include "config.h"

#include "sc-room-review.h"

#include "sc-links.h"
#include "sc-moderation-terms.h"
#include "sc-noise.h"

#include <string.h>

#define RESOURCES "/io/github/streamcat/moderation/"

/* How long a person's line is remembered for being said again, and from how many code points on
 * once is enough; "gg" may be said twice. */
#define SAME_US (30 * G_TIME_SPAN_SECOND)
#define SAME_LENGTH 12
#define SAME_SHORT 2

#define MASK 0x2022

static const char *const site_languages[] = { "en", "de" };

struct _ScRoomReview {
  ScTermList *site_terms[G_N_ELEMENTS (site_languages)];
  ScRecentLines *recent;
};

/* What the rules find in a line. */
typedef struct {
  GArray *masked; /* of ScSpan */
  GArray *cut;    /* of ScSpan */
  gboolean lower;
  ScRuleAction action;
  ScRule rule;
} Finding;

static ScTermList *
load_terms (const char *language)
{
  g_autofree char *path = g_strdup_printf (RESOURCES "terms-%s.txt", language);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (sc_moderation_terms_get_resource (),
                                                     path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     &error);
  g_assert (bytes); /* it is part of the program */
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  return sc_term_list_new_from_text (text);
}

/**
 * sc_room_review_new:
 *
 * Reads the site's terms, which takes some milliseconds.
 *
 * Returns: (transfer full): a review that has seen no line
 */
ScRoomReview *
sc_room_review_new (void)
{
  ScRoomReview *self = g_new0 (ScRoomReview, 1);
  for (guint i = 0; i < G_N_ELEMENTS (site_languages); i++)
    self->site_terms[i] = load_terms (site_languages[i]);
  self->recent = sc_recent_lines_new ();
  return self;
}

/**
 * sc_room_review_free:
 * @self: (nullable) (transfer full): a review
 */
void
sc_room_review_free (ScRoomReview *self)
{
  if (!self)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (site_languages); i++)
    sc_term_list_free (self->site_terms[i]);
  sc_recent_lines_free (self->recent);
  g_free (self);
}

/**
 * sc_review_result_clear:
 * @self: a result
 */
void
sc_review_result_clear (ScReviewResult *self)
{
  g_clear_pointer (&self->text, g_free);
}

static gboolean
refuse (ScReviewResult *result, const char *reason)
{
  result->action = SC_RULE_REFUSE;
  g_strlcpy (result->reason, reason, sizeof result->reason);
  return FALSE;
}

/* Says whether the person may write now, whatever that is. */
static gboolean
may_write (ScRoomReview *self,
           const ScReviewRules *rules,
           const ScSaid *said,
           ScReviewResult *result)
{
  if (sc_review_rules_is_muted (rules, said->person, said->now_us))
    return refuse (result, "muted");
  if (rules->read_only)
    return refuse (result, "read_only");
  if (rules->followers_only && !said->follows)
    return refuse (result, "followers_only");
  if (rules->emoji_only && !sc_noise_is_emoji (said->text))
    return refuse (result, "emoji_only");
  gint64 last = sc_recent_lines_get_last (self->recent, said->room, said->person);
  gint64 left = last + rules->slow_seconds * G_TIME_SPAN_SECOND - said->now_us;
  if (last == 0 || rules->slow_seconds == 0 || left <= 0)
    return TRUE;
  g_autofree char *reason = g_strdup_printf ("slow:%" G_GINT64_FORMAT,
                                             (left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
  return refuse (result, reason);
}

static void
note (Finding *finding, const ScReviewRules *rules, ScRule rule)
{
  if (rules->actions[rule] <= finding->action)
    return;
  finding->action = rules->actions[rule];
  finding->rule = rule;
}

static gboolean
find_terms (ScRoomReview *self, const ScReviewRules *rules, const char *text, GArray *spans)
{
  g_autoptr (ScSkeleton) skeleton = sc_skeleton_new (text);
  gboolean found = sc_term_list_find (rules->terms, skeleton, spans);
  for (guint i = 0; i < G_N_ELEMENTS (site_languages); i++) {
    if (g_strv_contains ((const char *const *) rules->languages, site_languages[i]))
      found |= sc_term_list_find (self->site_terms[i], skeleton, spans);
  }
  return found;
}

static gboolean
is_said_again (ScRoomReview *self, const ScSaid *said)
{
  g_autofree char *key = sc_noise_make_key (said->text);
  guint before = sc_recent_lines_count_same (self->recent,
                                             said->room,
                                             said->person,
                                             key,
                                             said->now_us - SAME_US);
  return before >= (g_utf8_strlen (said->text, -1) >= SAME_LENGTH ? 1 : SAME_SHORT);
}

/* Of a line that was said before there is nothing that could be left out. */
static void
look_for_repeats (ScRoomReview *self,
                  const ScReviewRules *rules,
                  const ScSaid *said,
                  Finding *finding)
{
  gboolean again = is_said_again (self, said);
  if (!sc_noise_find_repeats (said->text, finding->cut) && !again)
    return;
  note (finding, rules, SC_RULE_REPEATS);
  if (!again || rules->actions[SC_RULE_REPEATS] != SC_RULE_MASK ||
      finding->action == SC_RULE_REFUSE)
    return;
  finding->action = SC_RULE_REFUSE;
  finding->rule = SC_RULE_REPEATS;
}

static void
look (ScRoomReview *self, const ScReviewRules *rules, const ScSaid *said, Finding *finding)
{
  const ScRuleAction *actions = rules->actions;
  const char *const *allowed = (const char *const *) rules->allowed_links;
  if (actions[SC_RULE_TERMS] && find_terms (self, rules, said->text, finding->masked))
    note (finding, rules, SC_RULE_TERMS);
  if (actions[SC_RULE_LINKS] && sc_links_find (said->text, allowed, finding->masked))
    note (finding, rules, SC_RULE_LINKS);
  if (actions[SC_RULE_REPEATS])
    look_for_repeats (self, rules, said, finding);
  finding->lower = actions[SC_RULE_CAPITALS] && sc_noise_has_capitals (said->text);
  if (finding->lower)
    note (finding, rules, SC_RULE_CAPITALS);
}

static gboolean
is_within (const GArray *spans, guint position)
{
  for (guint i = 0; i < spans->len; i++) {
    const ScSpan *span = &g_array_index (spans, ScSpan, i);
    if (position >= span->begin && position < span->end)
      return TRUE;
  }
  return FALSE;
}

/* The line without what was found: no longer than it was, in code points. */
static char *
mask (const char *text, const Finding *finding)
{
  GString *masked = g_string_new (NULL);
  guint position = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at), position++) {
    gunichar character = g_utf8_get_char (at);
    if (is_within (finding->cut, position))
      continue;
    if (is_within (finding->masked, position) && !g_unichar_isspace (character))
      character = MASK;
    else if (finding->lower)
      character = g_unichar_tolower (character);
    g_string_append_unichar (masked, character);
  }
  return g_string_free (masked, FALSE);
}

static void
decide (const Finding *finding, const ScSaid *said, ScReviewResult *result)
{
  static const char *const reasons[] = { "term", "link", "repeat", "capitals" };
  result->action = finding->action;
  if (finding->action == SC_RULE_OFF) {
    result->text = g_strdup (said->text);
    return;
  }
  result->rule = sc_rule_get_name (finding->rule);
  if (finding->action == SC_RULE_MASK)
    result->text = mask (said->text, finding);
  else
    g_strlcpy (result->reason,
               finding->action == SC_RULE_HOLD ? "held" : reasons[finding->rule],
               sizeof result->reason);
}

/**
 * sc_room_review_check:
 * @self: the review
 * @rules: the room's rules
 * @said: a line that sc_line_review() allows
 * @ret_result: (out caller-allocates): what becomes of it, to be cleared
 *
 * Reviews a line by its room's rules, and takes note of it where it is not refused.
 */
void
sc_room_review_check (ScRoomReview *self,
                      const ScReviewRules *rules,
                      const ScSaid *said,
                      ScReviewResult *ret_result)
{
  *ret_result = (ScReviewResult) { 0 };
  if (said->is_moderator && !sc_review_rules_is_muted (rules, said->person, said->now_us)) {
    ret_result->text = g_strdup (said->text);
    return;
  }
  if (!may_write (self, rules, said, ret_result))
    return;
  Finding finding = { .masked = g_array_new (FALSE, FALSE, sizeof (ScSpan)),
                      .cut = g_array_new (FALSE, FALSE, sizeof (ScSpan)) };
  look (self, rules, said, &finding);
  decide (&finding, said, ret_result);
  g_array_unref (finding.masked);
  g_array_unref (finding.cut);
  if (ret_result->action == SC_RULE_REFUSE)
    return;
  g_autofree char *key = sc_noise_make_key (said->text);
  sc_recent_lines_add (self->recent, said->room, said->person, key, said->now_us);
}
