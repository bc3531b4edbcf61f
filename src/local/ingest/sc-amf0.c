/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-amf0.h"

#include <string.h>

/* Markers, AMF 0 section 2.1. */
enum {
  MARKER_NUMBER = 0,
  MARKER_BOOLEAN = 1,
  MARKER_STRING = 2,
  MARKER_OBJECT = 3,
  MARKER_NULL = 5,
  MARKER_UNDEFINED = 6,
  MARKER_REFERENCE = 7,
  MARKER_ECMA_ARRAY = 8,
  MARKER_OBJECT_END = 9,
  MARKER_STRICT_ARRAY = 10,
  MARKER_DATE = 11,
  MARKER_LONG_STRING = 12,
  MARKER_UNSUPPORTED = 13,
  MARKER_XML = 15,
  MARKER_TYPED_OBJECT = 16,
};

/**
 * sc_amf0_reader_init:
 * @self: a cursor
 * @data: the message, which must outlive the cursor
 * @size: how many bytes it has
 */
void
sc_amf0_reader_init (ScAmf0Reader *self, const guint8 *data, gsize size)
{
  *self = (ScAmf0Reader) { .data = data, .size = size };
}

/**
 * sc_amf0_at_end:
 * @self: a cursor
 *
 * Returns: %TRUE when every byte is read
 */
gboolean
sc_amf0_at_end (const ScAmf0Reader *self)
{
  return self->position == self->size;
}

/* Returns the next @count bytes and goes past them, or NULL where there are fewer. */
static const guint8 *
take (ScAmf0Reader *self, gsize count)
{
  if (count > self->size - self->position)
    return NULL;
  const guint8 *bytes = self->data + self->position;
  self->position += count;
  return bytes;
}

static gboolean
take_u16 (ScAmf0Reader *self, guint *ret_value)
{
  const guint8 *bytes = take (self, 2);
  if (!bytes)
    return FALSE;
  *ret_value = (guint) bytes[0] << 8 | bytes[1];
  return TRUE;
}

static gboolean
take_u32 (ScAmf0Reader *self, guint32 *ret_value)
{
  const guint8 *bytes = take (self, 4);
  if (!bytes)
    return FALSE;
  *ret_value =
    (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
  return TRUE;
}

/* Reads the marker if it is @marker. */
static gboolean
take_marker (ScAmf0Reader *self, guint8 marker)
{
  const guint8 *byte = take (self, 1);
  return byte && *byte == marker;
}

/**
 * sc_amf0_read_number:
 * @self: a cursor
 * @ret_number: (out): the number
 *
 * Returns: %FALSE where there is no number
 */
gboolean
sc_amf0_read_number (ScAmf0Reader *self, double *ret_number)
{
  const guint8 *bytes = take_marker (self, MARKER_NUMBER) ? take (self, 8) : NULL;
  if (!bytes)
    return FALSE;
  guint64 bits;
  memcpy (&bits, bytes, sizeof bits);
  bits = GUINT64_FROM_BE (bits);
  memcpy (ret_number, &bits, sizeof bits);
  return TRUE;
}

/* Reads what follows a string's marker. A text with NUL or that is not UTF-8 is none. */
static gboolean
take_text (ScAmf0Reader *self, char **ret_text)
{
  guint length;
  const guint8 *bytes = take_u16 (self, &length) ? take (self, length) : NULL;
  if (!bytes || !g_utf8_validate_len ((const char *) bytes, length, NULL))
    return FALSE;
  *ret_text = g_strndup ((const char *) bytes, length);
  return TRUE;
}

/**
 * sc_amf0_read_string:
 * @self: a cursor
 * @ret_text: (out) (transfer full): the text, UTF-8
 *
 * Returns: %FALSE where there is no string of at most 65,535 bytes of UTF-8 without NUL
 */
gboolean
sc_amf0_read_string (ScAmf0Reader *self, char **ret_text)
{
  return take_marker (self, MARKER_STRING) && take_text (self, ret_text);
}

static gboolean skip_value (ScAmf0Reader *self, guint depth);

/* Returns whether one more member or element is within the bounds. */
static gboolean
count_item (ScAmf0Reader *self)
{
  return self->items++ < SC_AMF0_MAX_ITEMS;
}

/* Skips names and values up to the empty name and the end marker that close an object. */
static gboolean
skip_members (ScAmf0Reader *self, guint depth)
{
  while (count_item (self)) {
    guint length;
    if (!take_u16 (self, &length) || !take (self, length))
      return FALSE;
    if (length == 0)
      return take_marker (self, MARKER_OBJECT_END);
    if (!skip_value (self, depth + 1))
      return FALSE;
  }
  return FALSE;
}

static gboolean
skip_elements (ScAmf0Reader *self, guint depth)
{
  guint32 count;
  if (!take_u32 (self, &count) || count > SC_AMF0_MAX_ITEMS)
    return FALSE;
  for (guint32 i = 0; i < count; i++)
    if (!count_item (self) || !skip_value (self, depth + 1))
      return FALSE;
  return TRUE;
}

static gboolean
skip_short_text (ScAmf0Reader *self)
{
  guint length;
  return take_u16 (self, &length) && take (self, length);
}

static gboolean
skip_long_text (ScAmf0Reader *self)
{
  guint32 length;
  return take_u32 (self, &length) && take (self, length);
}

static gboolean
skip_value (ScAmf0Reader *self, guint depth)
{
  const guint8 *marker = take (self, 1);
  if (!marker || depth > SC_AMF0_MAX_DEPTH)
    return FALSE;
  switch (*marker) {
  case MARKER_NUMBER:
    return take (self, 8) != NULL;
  case MARKER_BOOLEAN:
    return take (self, 1) != NULL;
  case MARKER_STRING:
    return skip_short_text (self);
  case MARKER_NULL:
  case MARKER_UNDEFINED:
  case MARKER_UNSUPPORTED:
    return TRUE;
  case MARKER_REFERENCE:
    return take (self, 2) != NULL;
  case MARKER_DATE:
    return take (self, 10) != NULL;
  case MARKER_LONG_STRING:
  case MARKER_XML:
    return skip_long_text (self);
  case MARKER_OBJECT:
    return skip_members (self, depth);
  case MARKER_ECMA_ARRAY: /* the count is a hint only, the end marker counts */
    return take (self, 4) && skip_members (self, depth);
  case MARKER_TYPED_OBJECT:
    return skip_short_text (self) && skip_members (self, depth);
  case MARKER_STRICT_ARRAY:
    return skip_elements (self, depth);
  default:
    return FALSE;
  }
}

/**
 * sc_amf0_skip:
 * @self: a cursor
 *
 * Goes past one value of any kind.
 *
 * Returns: %FALSE where there is none, or one that nests deeper or has more items than we take
 */
gboolean
sc_amf0_skip (ScAmf0Reader *self)
{
  return skip_value (self, 0);
}

static gboolean
name_equals (const guint8 *name, guint length, const char *member)
{
  return strlen (member) == length && memcmp (name, member, length) == 0;
}

/**
 * sc_amf0_read_member:
 * @self: a cursor before an object, or an array with names
 * @member: the name of a member
 * @ret_text: (out) (transfer full) (nullable): the member's text; %NULL where there is none
 *
 * Goes past a whole object and hands out one member of it that is a string. Of members with the
 * same name the first counts.
 *
 * Returns: %FALSE where there is no object
 */
gboolean
sc_amf0_read_member (ScAmf0Reader *self, const char *member, char **ret_text)
{
  g_autofree char *found = NULL;
  const guint8 *marker = take (self, 1);
  gboolean is_array = marker && *marker == MARKER_ECMA_ARRAY;
  if (!marker || (!is_array && *marker != MARKER_OBJECT) || (is_array && !take (self, 4)))
    return FALSE;
  while (count_item (self)) {
    guint length;
    const guint8 *name = take_u16 (self, &length) ? take (self, length) : NULL;
    if (!name)
      return FALSE;
    if (length == 0 && !take_marker (self, MARKER_OBJECT_END))
      return FALSE;
    if (length == 0) {
      *ret_text = g_steal_pointer (&found);
      return TRUE;
    }
    gboolean wanted = !found && name_equals (name, length, member);
    gboolean is_text =
      wanted && self->position < self->size && self->data[self->position] == MARKER_STRING;
    if (is_text ? !sc_amf0_read_string (self, &found) : !skip_value (self, 1))
      return FALSE;
  }
  return FALSE;
}

static void
append_u8 (GByteArray *array, guint8 value)
{
  g_byte_array_append (array, &value, 1);
}

/**
 * sc_amf0_write_number:
 * @array: where to append
 * @number: a number
 */
void
sc_amf0_write_number (GByteArray *array, double number)
{
  guint64 bits;
  memcpy (&bits, &number, sizeof bits);
  bits = GUINT64_TO_BE (bits);
  append_u8 (array, MARKER_NUMBER);
  g_byte_array_append (array, (const guint8 *) &bits, sizeof bits);
}

/**
 * sc_amf0_write_name:
 * @array: where to append, inside an object
 * @name: a member's name of less than 65,536 bytes; its value is to be written next
 */
void
sc_amf0_write_name (GByteArray *array, const char *name)
{
  gsize length = strlen (name);
  g_return_if_fail (length <= G_MAXUINT16);
  append_u8 (array, (guint8) (length >> 8));
  append_u8 (array, (guint8) (length & 0xff));
  g_byte_array_append (array, (const guint8 *) name, (guint) length);
}

/**
 * sc_amf0_write_string:
 * @array: where to append
 * @text: UTF-8 of less than 65,536 bytes
 */
void
sc_amf0_write_string (GByteArray *array, const char *text)
{
  append_u8 (array, MARKER_STRING);
  sc_amf0_write_name (array, text);
}

/**
 * sc_amf0_write_null:
 * @array: where to append
 */
void
sc_amf0_write_null (GByteArray *array)
{
  append_u8 (array, MARKER_NULL);
}

/**
 * sc_amf0_write_object_start:
 * @array: where to append; names and values follow, then sc_amf0_write_object_end()
 */
void
sc_amf0_write_object_start (GByteArray *array)
{
  append_u8 (array, MARKER_OBJECT);
}

/**
 * sc_amf0_write_object_end:
 * @array: where to append
 */
void
sc_amf0_write_object_end (GByteArray *array)
{
  static const guint8 end[] = { 0, 0, MARKER_OBJECT_END };
  g_byte_array_append (array, end, sizeof end);
}
