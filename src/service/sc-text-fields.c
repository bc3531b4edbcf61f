/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What streamers write about their channels and recordings: titles, categories, an about text. Pure
 * functions, any thread. */

#include "config.h"

#include "sc-text-fields.h"

#include "sc-json.h"
#include "sc-validate.h"

typedef struct {
  const char *member;
  ScInvalid (*validate) (const char *text);
  ScFault fault;
  const char *sentences[SC_INVALID_START + 1];
} Field;

static const Field fields[] = {
  { "title",
    sc_validate_title,
    SC_FAULT_INVALID_TITLE,
    { [SC_INVALID_EMPTY] = "The title is empty.",
      [SC_INVALID_TOO_LONG] = "A title has at most 140 characters.",
      [SC_INVALID_CHARACTER] = "A title is one line of text." } },
  { "category",
    sc_validate_category,
    SC_FAULT_BAD_REQUEST,
    { [SC_INVALID_TOO_LONG] = "A category has at most 60 characters.",
      [SC_INVALID_CHARACTER] = "A category is one line of text." } },
  { "about",
    sc_validate_about,
    SC_FAULT_BAD_REQUEST,
    { [SC_INVALID_TOO_LONG] = "This text has at most 1,000 characters.",
      [SC_INVALID_CHARACTER] = "This text has a character that is none." } },
};

/**
 * sc_text_fields_refuse:
 * @body: a body with any of "title", "category" and "about"
 *
 * Returns: (transfer full) (nullable): the answer if one of them cannot be used
 */
ScResponse *
sc_text_fields_refuse (JsonObject *body)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *text = sc_json_get_string_or (body, fields[i].member, NULL);
    ScInvalid invalid = text ? fields[i].validate (text) : SC_VALID;
    if (invalid != SC_VALID)
      return sc_response_new_fault (fields[i].fault,
                                    fields[i].member,
                                    fields[i].sentences[invalid]);
  }
  return NULL;
}

/**
 * sc_text_fields_dup:
 * @body: a body that was not refused
 * @member: one of its texts
 *
 * Returns: (transfer full) (nullable): the text as it is stored, without spaces around it; %NULL if
 *   it is not there
 */
char *
sc_text_fields_dup (JsonObject *body, const char *member)
{
  char *text = g_strdup (sc_json_get_string_or (body, member, NULL));
  return text ? g_strstrip (text) : NULL;
}
