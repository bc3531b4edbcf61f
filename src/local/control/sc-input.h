/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScInputKind:
 * @SC_INPUT_STRING: a string
 * @SC_INPUT_INTEGER: a whole number
 * @SC_INPUT_BOOLEAN: true or false
 * @SC_INPUT_LIST: a list whose elements obey the one rule in members
 * @SC_INPUT_MAP: names to strings; members are the rule of a name and the rule of a string
 * @SC_INPUT_OBJECT: an object with the members named
 */
typedef enum {
  SC_INPUT_STRING,
  SC_INPUT_INTEGER,
  SC_INPUT_BOOLEAN,
  SC_INPUT_LIST,
  SC_INPUT_MAP,
  SC_INPUT_OBJECT,
} ScInputKind;

typedef struct _ScInputRule ScInputRule;

/**
 * ScInputRule:
 * @name: the member's name; a table of rules ends with one without
 * @kind: what it is
 * @required: whether it must be there
 * @min: the least characters, elements, or value
 * @max: the most of them
 * @pattern: (nullable): what the whole string must match
 * @values: (nullable): the only strings allowed, ended by %NULL
 * @members: the rules inside a list, a map or an object
 *
 * What a member of an operation's input must be, in the terms of Amazon's models.
 */
struct _ScInputRule {
  const char *name;
  ScInputKind kind;
  gboolean required;
  gint64 min;
  gint64 max;
  const char *pattern;
  const char *const *values;
  const ScInputRule *members;
};

/* The name of a channel, room or stage, and the tags of any. */
#define SC_INPUT_NAME_PATTERN "[a-zA-Z0-9-_]*"
#define SC_INPUT_TOKEN_PATTERN "[a-zA-Z0-9+/=_-]*"
extern const ScInputRule sc_input_tag[];

gboolean sc_input_check (const ScInputRule *rules,
                         JsonObject *input,
                         const char **ret_member,
                         GError **error);

G_END_DECLS
