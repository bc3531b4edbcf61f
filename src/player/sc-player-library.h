/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

void sc_player_library_init (void);
void sc_player_library_init_later (void);
void sc_player_library_load (void);
void sc_player_library_finish (void);
