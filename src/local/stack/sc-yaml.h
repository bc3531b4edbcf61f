/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SC_YAML_SCALAR,
  SC_YAML_SEQUENCE,
  SC_YAML_MAPPING,
} ScYamlKind;

typedef struct _ScYaml ScYaml;

/**
 * ScYaml:
 * @kind: what it is
 * @line: where it begins, from 1
 * @tag: (nullable): its own tag, as "!Ref"
 * @text: a scalar's text
 * @plain: whether a scalar stands there without quotes, and so may be a number or a boolean
 * @keys: a mapping's keys, strings in the order of the file
 * @values: the members of a sequence, or a mapping's values in the order of @keys
 *
 * A node of a YAML document, with the line that an error message needs.
 */
struct _ScYaml {
  ScYamlKind kind;
  guint line;
  char *tag;
  char *text;
  gboolean plain;
  GPtrArray *keys;
  GPtrArray *values;
};

ScYaml *sc_yaml_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sc_yaml_free (ScYaml *self);

const ScYaml *sc_yaml_get (const ScYaml *self, const char *key);
const ScYaml *sc_yaml_get_nth (const ScYaml *self, guint index);
const char *sc_yaml_get_key (const ScYaml *self, guint index);
guint sc_yaml_get_length (const ScYaml *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScYaml, sc_yaml_free)

G_END_DECLS
