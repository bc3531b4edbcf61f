/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-media.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScMpris:
 *
 * What is played, on the session bus, as desktops look for it. Main thread only.
 */
typedef struct _ScMpris ScMpris;

ScMpris *sc_mpris_new (GApplication *application);
void sc_mpris_free (ScMpris *self);
void sc_mpris_add (ScMpris *self, ScMedia *media);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScMpris, sc_mpris_free)

G_END_DECLS
