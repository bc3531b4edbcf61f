/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-control.h"

G_BEGIN_DECLS

typedef struct _ScObjectStore ScObjectStore;

ScObjectStore *sc_object_store_new (const char *directory, ScControl *control);
void sc_object_store_free (ScObjectStore *self);

char *sc_object_store_find (ScObjectStore *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScObjectStore, sc_object_store_free)

G_END_DECLS
