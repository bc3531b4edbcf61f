/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-places.h"
#include "sc-recording-page.h"

G_BEGIN_DECLS

void sc_place_keeper_set_up (ScRecordingPage *page, ScPlaces *places, gint64 moment);

G_END_DECLS
