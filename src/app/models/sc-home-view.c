/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-home-view.h"

/**
 * sc_home_view_choose:
 * @loaded: whether the server has answered once
 * @failed: whether its last answer is missing
 * @n_live: how many are live as far as is known
 *
 * What was once loaded stays on show when the server is out of reach; a banner says so then.
 *
 * Returns: what to show
 */
ScHomeView
sc_home_view_choose (gboolean loaded, gboolean failed, guint n_live)
{
  if (loaded)
    return n_live > 0 ? SC_HOME_VIEW_LIVE : SC_HOME_VIEW_EMPTY;
  return failed ? SC_HOME_VIEW_ERROR : SC_HOME_VIEW_LOADING;
}
