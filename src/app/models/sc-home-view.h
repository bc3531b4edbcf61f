/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScHomeView:
 * @SC_HOME_VIEW_LOADING: nothing is known yet
 * @SC_HOME_VIEW_ERROR: nothing is known, and why
 * @SC_HOME_VIEW_EMPTY: nobody is live
 * @SC_HOME_VIEW_LIVE: who is live
 *
 * What Home shows.
 */
typedef enum {
  SC_HOME_VIEW_LOADING,
  SC_HOME_VIEW_ERROR,
  SC_HOME_VIEW_EMPTY,
  SC_HOME_VIEW_LIVE,
} ScHomeView;

ScHomeView sc_home_view_choose (gboolean loaded, gboolean failed, guint n_live);

G_END_DECLS
