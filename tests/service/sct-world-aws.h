/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-world.h"

G_BEGIN_DECLS

void sct_world_aws_start (SctWorld *self);
void sct_world_aws_stop (SctWorld *self);

G_END_DECLS
