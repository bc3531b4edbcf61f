/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-local.h"

G_BEGIN_DECLS

char *sct_mirror (SctLocal *cloud, const char *url);

G_END_DECLS
