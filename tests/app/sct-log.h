/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*SctLogWatch) (const char *line);

void sct_log_watch (SctLogWatch watch);
void sct_log_init (void);

G_END_DECLS
