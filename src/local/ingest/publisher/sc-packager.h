/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-teller.h"

G_BEGIN_DECLS

typedef struct _ScPackager ScPackager;

ScPackager *sc_packager_new (int fd, guint renditions, ScTeller *teller, GError **error);
gboolean sc_packager_run (ScPackager *self, char **ret_message);
void sc_packager_put_metadata (ScPackager *self, const char *owner, const char *text);
void sc_packager_free (ScPackager *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScPackager, sc_packager_free)

G_END_DECLS
