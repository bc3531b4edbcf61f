/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-client.h"
#include "sc-list-page.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_RECORDING_LIST (sc_recording_list_get_type ())
G_DECLARE_FINAL_TYPE (ScRecordingList, sc_recording_list, SC, RECORDING_LIST, GObject)

ScRecordingList *sc_recording_list_new (ScClient *client, const char *channel);

void sc_recording_list_start (ScRecordingList *self);
void sc_recording_list_stop (ScRecordingList *self);
void sc_recording_list_load_more (ScRecordingList *self);

GListModel *sc_recording_list_get_recordings (ScRecordingList *self);

void sc_recording_list_take (ScRecordingList *self, const ScListPage *newest);
void sc_recording_list_add (ScRecordingList *self, const ScListPage *page);

G_END_DECLS
