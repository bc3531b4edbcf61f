/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SC_TYPE_FOLLOWING_SECTION (sc_following_section_get_type ())
G_DECLARE_FINAL_TYPE (ScFollowingSection, sc_following_section, SC, FOLLOWING_SECTION, AdwBin)

void sc_following_section_watch (ScFollowingSection *self, ScSession *session);
void sc_following_section_reload (ScFollowingSection *self);

G_END_DECLS
