/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A tree of one YAML document, out of libyaml's events. Kept to what CloudFormation takes: one
 * document, keys that are plain text and appear once, no aliases. */

#include "config.h"

#include "sc-yaml.h"

#include "sc-stack-error.h"

#include <yaml.h>

/* CloudFormation's own limit for a template in a bucket. */
#define TEMPLATE_BYTES_MAX (1024 * 1024)

/* A template nests about 12 deep; the parser below is recursive and must end. */
#define DEPTH_MAX 64

static ScYaml *parse_node (yaml_parser_t *parser, yaml_event_t *event, guint depth, GError **error);

static ScYaml *
new_node (ScYamlKind kind, const yaml_event_t *event, const yaml_char_t *tag)
{
  ScYaml *self = g_new0 (ScYaml, 1);
  self->kind = kind;
  self->line = (guint) event->start_mark.line + 1;
  self->tag = g_strdup ((const char *) tag);
  if (kind != SC_YAML_SCALAR)
    self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sc_yaml_free);
  if (kind == SC_YAML_MAPPING)
    self->keys = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Reads the next event. The caller deletes it. */
static gboolean
next_event (yaml_parser_t *parser, yaml_event_t *event, GError **error)
{
  if (yaml_parser_parse (parser, event))
    return TRUE;
  sc_stack_set_error (error,
                      SC_STACK_ERROR_SYNTAX,
                      (guint) parser->problem_mark.line + 1,
                      "%s",
                      parser->problem ? parser->problem : "this is not YAML");
  return FALSE;
}

/* Reads the node that follows, or sets @ret_node to NULL where the collection ends. */
static gboolean
parse_next (yaml_parser_t *parser,
            yaml_event_type_t end,
            guint depth,
            ScYaml **ret_node,
            GError **error)
{
  yaml_event_t event;
  if (!next_event (parser, &event, error))
    return FALSE;
  *ret_node = event.type == end ? NULL : parse_node (parser, &event, depth, error);
  gboolean good = event.type == end || *ret_node;
  yaml_event_delete (&event);
  return good;
}

static gboolean
add_key (ScYaml *self, ScYaml *key, GError **error)
{
  g_autoptr (ScYaml) owned = key;
  if (key->kind != SC_YAML_SCALAR) {
    sc_stack_set_error (error, SC_STACK_ERROR_SYNTAX, key->line, "a key is not plain text");
    return FALSE;
  }
  if (sc_yaml_get (self, key->text)) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_SYNTAX,
                        key->line,
                        "“%s” is there a second time",
                        key->text);
    return FALSE;
  }
  g_ptr_array_add (self->keys, g_steal_pointer (&owned->text));
  return TRUE;
}

static gboolean
parse_mapping (yaml_parser_t *parser, ScYaml *self, guint depth, GError **error)
{
  for (;;) {
    ScYaml *key = NULL;
    if (!parse_next (parser, YAML_MAPPING_END_EVENT, depth, &key, error))
      return FALSE;
    if (!key)
      return TRUE;
    ScYaml *value = NULL;
    if (!add_key (self, key, error) || !parse_next (parser, YAML_NO_EVENT, depth, &value, error))
      return FALSE;
    g_ptr_array_add (self->values, value);
  }
}

static gboolean
parse_sequence (yaml_parser_t *parser, ScYaml *self, guint depth, GError **error)
{
  for (;;) {
    ScYaml *value = NULL;
    if (!parse_next (parser, YAML_SEQUENCE_END_EVENT, depth, &value, error))
      return FALSE;
    if (!value)
      return TRUE;
    g_ptr_array_add (self->values, value);
  }
}

static ScYaml *
parse_scalar (const yaml_event_t *event)
{
  ScYaml *self = new_node (SC_YAML_SCALAR, event, event->data.scalar.tag);
  self->text = g_strndup ((const char *) event->data.scalar.value, event->data.scalar.length);
  self->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !self->tag;
  return self;
}

/* Makes the node that @event begins. */
static ScYaml *
parse_node (yaml_parser_t *parser, yaml_event_t *event, guint depth, GError **error)
{
  guint line = (guint) event->start_mark.line + 1;
  if (depth > DEPTH_MAX) {
    sc_stack_set_error (error, SC_STACK_ERROR_SYNTAX, line, "nested more than %d deep", DEPTH_MAX);
    return NULL;
  }
  if (event->type == YAML_SCALAR_EVENT)
    return parse_scalar (event);
  if (event->type == YAML_SEQUENCE_START_EVENT) {
    g_autoptr (ScYaml) self = new_node (SC_YAML_SEQUENCE, event, event->data.sequence_start.tag);
    return parse_sequence (parser, self, depth + 1, error) ? g_steal_pointer (&self) : NULL;
  }
  if (event->type == YAML_MAPPING_START_EVENT) {
    g_autoptr (ScYaml) self = new_node (SC_YAML_MAPPING, event, event->data.mapping_start.tag);
    return parse_mapping (parser, self, depth + 1, error) ? g_steal_pointer (&self) : NULL;
  }
  sc_stack_set_error (error,
                      SC_STACK_ERROR_SYNTAX,
                      line,
                      "CloudFormation takes no aliases and no empty document");
  return NULL;
}

/* Skips the stream's and the document's start and makes the document's node. */
static ScYaml *
parse_document (yaml_parser_t *parser, GError **error)
{
  for (;;) {
    yaml_event_t event;
    if (!next_event (parser, &event, error))
      return NULL;
    gboolean is_start =
      event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT;
    g_autoptr (ScYaml) root = is_start ? NULL : parse_node (parser, &event, 0, error);
    yaml_event_delete (&event);
    if (!is_start)
      return g_steal_pointer (&root);
  }
}

/* Says whether nothing follows the document. */
static gboolean
check_end (yaml_parser_t *parser, GError **error)
{
  static const yaml_event_type_t wanted[] = { YAML_DOCUMENT_END_EVENT, YAML_STREAM_END_EVENT };
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    yaml_event_t event;
    if (!next_event (parser, &event, error))
      return FALSE;
    gboolean good = event.type == wanted[i];
    guint line = (guint) event.start_mark.line + 1;
    yaml_event_delete (&event);
    if (!good) {
      sc_stack_set_error (error, SC_STACK_ERROR_SYNTAX, line, "a second document begins here");
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * sc_yaml_parse:
 * @bytes: a YAML document
 * @error: %SC_STACK_ERROR_SYNTAX
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the document's root
 */
ScYaml *
sc_yaml_parse (GBytes *bytes, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size > TEMPLATE_BYTES_MAX) {
    sc_stack_set_error (error,
                        SC_STACK_ERROR_SYNTAX,
                        0,
                        "a template has at most %d bytes",
                        TEMPLATE_BYTES_MAX);
    return NULL;
  }

  yaml_parser_t parser;
  if (!yaml_parser_initialize (&parser))
    g_error ("libyaml has no memory");
  yaml_parser_set_input_string (&parser, data ? data : (const guint8 *) "", size);
  g_autoptr (ScYaml) root = parse_document (&parser, error);
  if (root && !check_end (&parser, error))
    g_clear_pointer (&root, sc_yaml_free);
  yaml_parser_delete (&parser);
  return g_steal_pointer (&root);
}

/**
 * sc_yaml_free:
 * @self: (nullable): a node
 *
 * Frees the node and all below it.
 */
void
sc_yaml_free (ScYaml *self)
{
  if (!self)
    return;
  g_free (self->tag);
  g_free (self->text);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/**
 * sc_yaml_get:
 * @self: (nullable): a node
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the value of @key, or %NULL where @self is no mapping or has
 *   no such key
 */
const ScYaml *
sc_yaml_get (const ScYaml *self, const char *key)
{
  if (!self || self->kind != SC_YAML_MAPPING)
    return NULL;
  for (guint i = 0; i < self->keys->len; i++) {
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      return sc_yaml_get_nth (self, i);
  }
  return NULL;
}

/**
 * sc_yaml_get_nth:
 * @self: a sequence or a mapping
 * @index: from 0 to less than sc_yaml_get_length()
 *
 * Returns: (transfer none): the member, or the value of that key
 */
const ScYaml *
sc_yaml_get_nth (const ScYaml *self, guint index)
{
  return index < self->values->len ? g_ptr_array_index (self->values, index) : NULL;
}

/**
 * sc_yaml_get_key:
 * @self: a mapping
 * @index: from 0 to less than sc_yaml_get_length()
 *
 * Returns: (transfer none): the key
 */
const char *
sc_yaml_get_key (const ScYaml *self, guint index)
{
  return g_ptr_array_index (self->keys, index);
}

/**
 * sc_yaml_get_length:
 * @self: (nullable): a node
 *
 * Returns: how many members a sequence or a mapping has; 0 for a scalar
 */
guint
sc_yaml_get_length (const ScYaml *self)
{
  if (!self || !self->values)
    return 0;
  return self->kind == SC_YAML_MAPPING ? self->keys->len : self->values->len;
}
