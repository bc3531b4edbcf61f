/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-operation.h"

G_BEGIN_DECLS

/* What is done inside rooms; the data is a #ScChatServer. */
extern const ScControlOperation sc_chat_room_operations[];

G_END_DECLS
