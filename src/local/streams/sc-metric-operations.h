/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-operation.h"

G_BEGIN_DECLS

/* Their data is a #ScLiveStreams. */
extern const ScControlOperation sc_metric_operations[];

G_END_DECLS
