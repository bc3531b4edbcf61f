/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SC_TYPE_LIST_SPAN (sc_list_span_get_type ())
G_DECLARE_FINAL_TYPE (ScListSpan, sc_list_span, SC, LIST_SPAN, GObject)

ScListSpan *sc_list_span_new (guint length);

void sc_list_span_set_base (ScListSpan *self, GListModel *base);
void sc_list_span_follow (ScListSpan *self);
void sc_list_span_hold (ScListSpan *self);
gboolean sc_list_span_get_following (ScListSpan *self);

guint sc_list_span_show_before (ScListSpan *self, guint n);
guint sc_list_span_show_after (ScListSpan *self, guint n);
guint sc_list_span_count_after (ScListSpan *self);

G_END_DECLS
