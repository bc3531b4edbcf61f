/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-store-error.h"

static const struct {
  const char *sqlstate;
  ScStoreError error;
} cases[] = {
  { NULL, SC_STORE_ERROR_UNAVAILABLE },    { "", SC_STORE_ERROR_UNAVAILABLE },
  { "08006", SC_STORE_ERROR_UNAVAILABLE }, { "22021", SC_STORE_ERROR_INVALID },
  { "22001", SC_STORE_ERROR_INVALID },     { "22P02", SC_STORE_ERROR_INVALID },
  { "23502", SC_STORE_ERROR_INVALID },     { "23503", SC_STORE_ERROR_INVALID },
  { "23505", SC_STORE_ERROR_UNIQUE },      { "23514", SC_STORE_ERROR_INVALID },
  { "25006", SC_STORE_ERROR_UNAVAILABLE }, { "25P02", SC_STORE_ERROR_PROTOCOL },
  { "25P03", SC_STORE_ERROR_UNAVAILABLE }, { "28P01", SC_STORE_ERROR_UNAVAILABLE },
  { "3D000", SC_STORE_ERROR_UNAVAILABLE }, { "40001", SC_STORE_ERROR_SERIALIZATION },
  { "40003", SC_STORE_ERROR_UNAVAILABLE }, { "40P01", SC_STORE_ERROR_SERIALIZATION },
  { "42501", SC_STORE_ERROR_PROTOCOL },    { "42P01", SC_STORE_ERROR_PROTOCOL },
  { "53100", SC_STORE_ERROR_UNAVAILABLE }, { "53200", SC_STORE_ERROR_UNAVAILABLE },
  { "53300", SC_STORE_ERROR_BUSY },        { "55P03", SC_STORE_ERROR_BUSY },
  { "57014", SC_STORE_ERROR_BUSY },        { "57P01", SC_STORE_ERROR_UNAVAILABLE },
  { "57P03", SC_STORE_ERROR_UNAVAILABLE }, { "58030", SC_STORE_ERROR_UNAVAILABLE },
  { "XX000", SC_STORE_ERROR_UNAVAILABLE },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("SQLSTATE %s", cases[i].sqlstate);
    g_assert_cmpint (sc_store_error_from_sqlstate (cases[i].sqlstate), ==, cases[i].error);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/sqlstate/table", test_table);
  return g_test_run ();
}
