/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-operation.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean sc_control_authenticate (SoupServerMessage *message,
                                  GBytes *body,
                                  const ScControlPlace *place,
                                  char **ret_service,
                                  GError **error);

G_END_DECLS
