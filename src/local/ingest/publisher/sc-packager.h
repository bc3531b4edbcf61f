/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-record.h"

G_BEGIN_DECLS

/**
 * ScPackagerFunc:
 * @record: what there is to tell
 * @user_data: as given
 *
 * Takes a record. Called on any thread, never on two at once.
 */
typedef void (*ScPackagerFunc) (const ScRecord *record, gpointer user_data);

typedef struct _ScPackager ScPackager;

ScPackager *sc_packager_new (int fd, ScPackagerFunc func, gpointer user_data, GError **error);
gboolean sc_packager_run (ScPackager *self, char **ret_message);
void sc_packager_free (ScPackager *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScPackager, sc_packager_free)

G_END_DECLS
