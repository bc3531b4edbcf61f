/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Objects nest. No encoder's command nests more than twice. */
#define SC_AMF0_MAX_DEPTH 8

/* Members and elements that one message may have, nested ones included: OBS sends 20. */
#define SC_AMF0_MAX_ITEMS 256

/**
 * ScAmf0Reader:
 * @data: the message, not owned
 * @size: how many bytes it has
 * @position: how many of them are read
 * @items: members and elements seen so far
 *
 * A cursor over a message of AMF 0 values ("Action Message Format -- AMF 0", Adobe 2007). It never
 * reads outside @data and allocates only what a caller asks for. After a function returned %FALSE
 * the cursor's place is undefined.
 */
typedef struct {
  const guint8 *data;
  gsize size;
  gsize position;
  guint items;
} ScAmf0Reader;

void sc_amf0_reader_init (ScAmf0Reader *self, const guint8 *data, gsize size);
gboolean sc_amf0_read_number (ScAmf0Reader *self, double *ret_number);
gboolean sc_amf0_read_string (ScAmf0Reader *self, char **ret_text);
gboolean sc_amf0_read_member (ScAmf0Reader *self, const char *member, char **ret_text);
gboolean sc_amf0_skip (ScAmf0Reader *self);
gboolean sc_amf0_at_end (const ScAmf0Reader *self);

void sc_amf0_write_number (GByteArray *array, double number);
void sc_amf0_write_string (GByteArray *array, const char *text);
void sc_amf0_write_null (GByteArray *array);
void sc_amf0_write_object_start (GByteArray *array);
void sc_amf0_write_name (GByteArray *array, const char *name);
void sc_amf0_write_object_end (GByteArray *array);

G_END_DECLS
