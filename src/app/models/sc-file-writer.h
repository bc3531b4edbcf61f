/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScFileWriter:
 *
 * Writes a small file again and again, without anybody waiting for the disk.
 */
typedef struct _ScFileWriter ScFileWriter;

ScFileWriter *sc_file_writer_new (const char *path);
void sc_file_writer_write (ScFileWriter *self, char *text);
void sc_file_writer_flush (ScFileWriter *self);
void sc_file_writer_free (ScFileWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFileWriter, sc_file_writer_free)

G_END_DECLS
