/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A room's rules, as the backend writes them into the bucket. Read strictly: rules that are not
 * whole are none, and without rules nobody writes. Plain data; any thread. */

#include "config.h"

#include "sc-review-rules.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-links.h"
#include "sc-time.h"

#include <string.h>

/* A public id is a UUID; a guest's is shorter. */
#define USER_ID_MAX 128

#define LANGUAGES_MAX 10
#define LANGUAGE_MAX 8
#define HOST_MAX 253

/* The text of a time has some 27 characters. */
#define TIME_MAX 64

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "The rules' %s are not valid", what);
  return FALSE;
}

static void
clear (ScReviewRules *self)
{
  g_strfreev (self->languages);
  g_strfreev (self->allowed_links);
  g_clear_pointer (&self->terms, sc_term_list_free);
  g_clear_pointer (&self->muted, g_hash_table_unref);
}

/* A member that must be a boolean, or absent: %FALSE. */
static gboolean
read_flag (JsonObject *object, const char *member, gboolean *ret_flag, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  if (!node)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (error, member);
  *ret_flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_modes (ScReviewRules *self, JsonObject *rules, GError **error)
{
  JsonObject *modes = sc_json_get_object (rules, "modes", error);
  gint64 slow = 0;
  if (!modes ||
      (json_object_has_member (modes, "slow_seconds") &&
       !sc_json_get_int (modes, "slow_seconds", 0, SC_REVIEW_RULES_MAX_SLOW, &slow, error)))
    return FALSE;
  self->slow_seconds = (guint) slow;
  return read_flag (modes, "followers_only", &self->followers_only, error) &&
         read_flag (modes, "read_only", &self->read_only, error) &&
         read_flag (modes, "emoji_only", &self->emoji_only, error);
}

static gboolean
read_actions (ScReviewRules *self, JsonObject *rules, GError **error)
{
  static const char *const words[] = { "off", "mask", "hold", "refuse" };
  static const ScRuleAction usual[] = { SC_RULE_MASK, SC_RULE_HOLD, SC_RULE_REFUSE, SC_RULE_OFF };
  JsonObject *actions = sc_json_get_object (rules, "rules", error);
  if (!actions)
    return FALSE;
  for (guint rule = 0; rule < SC_N_RULES; rule++) {
    const char *name = sc_rule_get_name (rule);
    self->actions[rule] = usual[rule];
    if (!json_object_has_member (actions, name))
      continue;
    const char *word = sc_json_get_string (actions, name, 16, error);
    if (!word)
      return FALSE;
    guint action = 0;
    while (action < G_N_ELEMENTS (words) && !g_str_equal (words[action], word))
      action++;
    if (action == G_N_ELEMENTS (words))
      return fail (error, name);
    self->actions[rule] = action;
  }
  return TRUE;
}

/* Reads an array of at most @most strings of at most @longest code points; absent is empty. */
static GStrv
read_strings (JsonObject *object, const char *member, guint most, guint longest, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (!json_object_has_member (object, member))
    return g_strv_builder_end (builder);
  JsonArray *array = sc_json_get_array (object, member, error);
  guint count = array ? json_array_get_length (array) : 0;
  if (!array || count > most) {
    if (array)
      fail (error, member);
    return NULL;
  }
  for (guint i = 0; i < count; i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *text =
      json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
    if (!text || g_utf8_strlen (text, -1) > longest) {
      fail (error, member);
      return NULL;
    }
    g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

static gboolean
read_terms (ScReviewRules *self, JsonObject *rules, GError **error)
{
  g_auto (GStrv) terms =
    read_strings (rules, "terms", SC_REVIEW_RULES_MAX_TERMS, SC_TERM_MAX, error);
  if (!terms)
    return FALSE;
  self->terms = sc_term_list_new ();
  for (guint i = 0; terms[i]; i++)
    sc_term_list_add (self->terms, terms[i] + strspn (terms[i], "#!~ ")); /* marks of files */
  return TRUE;
}

/* What a streamer wrote there that is no host allows nothing, and does no harm. */
static gboolean
read_links (ScReviewRules *self, JsonObject *rules, GError **error)
{
  g_auto (GStrv) texts =
    read_strings (rules, "allowed_links", SC_REVIEW_RULES_MAX_LINKS, HOST_MAX, error);
  if (!texts)
    return FALSE;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; texts[i]; i++) {
    g_autofree char *host = g_ascii_strdown (texts[i], -1);
    if (sc_links_is_host (host))
      g_strv_builder_add (builder, host);
  }
  self->allowed_links = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_muted_person (ScReviewRules *self, JsonNode *node, GError **error)
{
  JsonObject *person = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *user_id = person ? sc_json_get_string (person, "user_id", USER_ID_MAX, NULL) : NULL;
  JsonNode *until_node = person ? json_object_get_member (person, "until") : NULL;
  gint64 until = 0;
  if (!user_id || !*user_id)
    return fail (error, "muted");
  if (until_node && !JSON_NODE_HOLDS_NULL (until_node)) {
    const char *text = sc_json_get_string (person, "until", TIME_MAX, NULL);
    if (!text || !sc_time_from_string (text, &until, NULL))
      return fail (error, "muted");
  }
  gint64 *value = g_new (gint64, 1);
  *value = until;
  g_hash_table_replace (self->muted, g_strdup (user_id), value);
  return TRUE;
}

static gboolean
read_muted (ScReviewRules *self, JsonObject *rules, GError **error)
{
  self->muted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!json_object_has_member (rules, "muted"))
    return TRUE;
  JsonArray *array = sc_json_get_array (rules, "muted", error);
  if (!array)
    return FALSE;
  guint count = json_array_get_length (array);
  if (count > SC_REVIEW_RULES_MAX_MUTED)
    return fail (error, "muted");
  for (guint i = 0; i < count; i++) {
    if (!read_muted_person (self, json_array_get_element (array, i), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * sc_review_rules_parse:
 * @bytes: a rules object, JSON
 * @error: an error of %SC_DATA_ERROR
 *
 * Reads a room's rules. "modes" and "rules" must be there; what is missing in them has its default,
 * and so has what is missing beside them. Members that are not known are of a newer backend.
 *
 * Returns: (transfer full) (nullable): the rules
 */
ScReviewRules *
sc_review_rules_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_REVIEW_RULES_MAX_BYTES, error);
  if (!object)
    return NULL;
  g_autoptr (ScReviewRules) self = g_atomic_rc_box_new0 (ScReviewRules);
  if (!read_modes (self, object, error) || !read_actions (self, object, error) ||
      !read_terms (self, object, error) || !read_links (self, object, error) ||
      !read_muted (self, object, error))
    return NULL;
  self->languages = read_strings (object, "languages", LANGUAGES_MAX, LANGUAGE_MAX, error);
  return self->languages ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_review_rules_ref:
 * @self: rules
 *
 * Returns: (transfer full): @self
 */
ScReviewRules *
sc_review_rules_ref (ScReviewRules *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sc_review_rules_unref:
 * @self: (transfer full): rules
 *
 * Lets go of them.
 */
void
sc_review_rules_unref (ScReviewRules *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * sc_review_rules_is_muted:
 * @self: rules
 * @user_id: a person
 * @now_us: the time, microseconds since the epoch
 *
 * Returns: whether the person is banned or timed out
 */
gboolean
sc_review_rules_is_muted (const ScReviewRules *self, const char *user_id, gint64 now_us)
{
  const gint64 *until = g_hash_table_lookup (self->muted, user_id);
  return until && (*until == 0 || *until > now_us);
}

/**
 * sc_rule_get_name:
 * @rule: a rule
 *
 * Returns: its name in the rules object
 */
const char *
sc_rule_get_name (ScRule rule)
{
  static const char *const names[] = { "terms", "links", "repeats", "capitals" };
  return names[rule];
}
