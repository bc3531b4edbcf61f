/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Answers: the rows of a statement, and their cells read as the types that they have.
 */

#include "config.h"

#include "sc-store-private.h"
#include "sc-time.h"

/**
 * sc_store_result_count:
 * @result: an answer
 *
 * Returns: how many rows it has
 */
guint
sc_store_result_count (ScStoreResult *result)
{
  return (guint) PQntuples (result->pg);
}

/**
 * sc_store_result_is_null:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column, from 0
 *
 * Returns: %TRUE if there is no value
 */
gboolean
sc_store_result_is_null (ScStoreResult *result, guint row, guint column)
{
  return PQgetisnull (result->pg, (int) row, (int) column);
}

/**
 * sc_store_result_get_text:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column, from 0
 *
 * Returns: (transfer none) (nullable): the value, owned by @result
 */
const char *
sc_store_result_get_text (ScStoreResult *result, guint row, guint column)
{
  if (sc_store_result_is_null (result, row, column))
    return NULL;
  return PQgetvalue (result->pg, (int) row, (int) column);
}

/**
 * sc_store_result_get_word:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column, from 0, that has one of @words and is never null
 * @words: (array length=n_words): what an enumeration is called in the database, by its values
 * @n_words: how many there are
 *
 * Returns: the place of the value among @words
 */
guint
sc_store_result_get_word (ScStoreResult *result,
                          guint row,
                          guint column,
                          const char *const *words,
                          guint n_words)
{
  const char *word = sc_store_result_get_text (result, row, column);
  for (guint i = 0; i < n_words; i++) {
    if (g_str_equal (words[i], word))
      return i;
  }
  g_return_val_if_reached (0);
}

/**
 * sc_store_result_get_int:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column of whole numbers, from 0
 *
 * Returns: the value, or 0 where there is none
 */
gint64
sc_store_result_get_int (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  return text ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/**
 * sc_store_result_get_real:
 * @result: an answer
 * @row: a row, from 0
 * @column: a column of numbers, from 0
 *
 * Returns: the value, or 0 where there is none
 */
double
sc_store_result_get_real (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  return text ? g_ascii_strtod (text, NULL) : 0;
}

/**
 * sc_store_result_get_bool:
 * @result: an answer
 * @row: a row, from 0
 * @column: a boolean column, from 0
 *
 * Returns: the value, or %FALSE where there is none
 */
gboolean
sc_store_result_get_bool (ScStoreResult *result, guint row, guint column)
{
  return g_strcmp0 (sc_store_result_get_text (result, row, column), "t") == 0;
}

/**
 * sc_store_result_get_time:
 * @result: an answer
 * @row: a row, from 0
 * @column: a timestamptz column, from 0
 *
 * Returns: microseconds since the epoch, or 0 where there is none
 */
gint64
sc_store_result_get_time (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  gint64 time_us = 0;
  if (text)
    sc_time_from_string (text, &time_us, NULL);
  return time_us;
}

/**
 * sc_store_result_get_bytes:
 * @result: an answer
 * @row: a row, from 0
 * @column: a bytea column, from 0
 *
 * Returns: (transfer full) (nullable): the value
 */
GBytes *
sc_store_result_get_bytes (ScStoreResult *result, guint row, guint column)
{
  const char *text = sc_store_result_get_text (result, row, column);
  if (!text)
    return NULL;
  gsize size = 0;
  unsigned char *data = PQunescapeBytea ((const unsigned char *) text, &size);
  return g_bytes_new_with_free_func (data, size, PQfreemem, data);
}

/**
 * sc_store_result_read_all:
 * @result: (nullable): an answer
 * @read: makes something of each row
 * @free: frees that
 *
 * Returns: (transfer full) (nullable): what @read made, in the order of the rows; %NULL without an
 *   answer
 */
GPtrArray *
sc_store_result_read_all (ScStoreResult *result, ScStoreReadFunc read, GDestroyNotify free)
{
  if (!result)
    return NULL;
  GPtrArray *values = g_ptr_array_new_with_free_func (free);
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_ptr_array_add (values, read (result, i));
  return values;
}

/**
 * sc_store_result_read_texts:
 * @result: (nullable): an answer whose first column is a text
 *
 * Returns: (transfer full) (nullable): the texts; %NULL without an answer
 */
char **
sc_store_result_read_texts (ScStoreResult *result)
{
  if (!result)
    return NULL;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  for (guint i = 0; i < sc_store_result_count (result); i++)
    g_strv_builder_add (texts, sc_store_result_get_text (result, i, 0));
  return g_strv_builder_end (texts);
}

/**
 * sc_store_result_read_ints:
 * @result: (nullable): an answer whose first column is a number
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the numbers; %NULL without an answer
 */
GArray *
sc_store_result_read_ints (ScStoreResult *result)
{
  if (!result)
    return NULL;
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < sc_store_result_count (result); i++) {
    gint64 number = sc_store_result_get_int (result, i, 0);
    g_array_append_val (numbers, number);
  }
  return numbers;
}

/**
 * sc_store_result_free:
 * @result: (nullable): an answer
 */
void
sc_store_result_free (ScStoreResult *result)
{
  if (!result)
    return;
  PQclear (result->pg);
  g_free (result);
}
