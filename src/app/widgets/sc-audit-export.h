/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

void sc_audit_export_ask (GtkWidget *widget,
                          ScClient *client,
                          const char *channel,
                          const char *person_id);
void sc_audit_export_to (GtkWidget *widget,
                         ScClient *client,
                         const char *channel,
                         const char *person_id,
                         GFile *file);

G_END_DECLS
