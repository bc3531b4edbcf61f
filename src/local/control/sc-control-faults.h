/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-control.h"
#include "sc-faults.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _ScControlFaults ScControlFaults;

ScControlFaults *sc_control_faults_new (SoupServer *server);
void sc_control_faults_free (ScControlFaults *self);

ScFault sc_control_faults_take (ScControlFaults *self, const char *operation, gint64 now_us);
void sc_control_faults_count_effect (ScControlFaults *self, const char *operation);
void sc_control_faults_hang (ScControlFaults *self, SoupServerMessage *message);
void sc_control_faults_release (ScControlFaults *self);
void sc_control_faults_add_drill (ScControlFaults *self,
                                  const char *name,
                                  ScControlDrill drill,
                                  gpointer data);

GError *sc_control_faults_make_error (ScFaultKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScControlFaults, sc_control_faults_free)

G_END_DECLS
