/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pages of what is somebody's to see: they go when nobody is signed in any more. Main thread only.
 */

#include "config.h"

#include "sc-person-page.h"

/* Whoever is at another page stays there, and does not come back to this one. */
static void
take_out (AdwNavigationView *navigation, AdwNavigationPage *page)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (navigation);
  for (guint i = 0; i < g_list_model_get_n_items (stack); i++) {
    g_autoptr (AdwNavigationPage) other = g_list_model_get_item (stack, i);
    if (other != page)
      g_ptr_array_add (others, other);
  }
  adw_navigation_view_replace (navigation, (AdwNavigationPage **) others->pdata, (int) others->len);
}

static void
on_person (AdwNavigationPage *page, GParamSpec *pspec, ScSession *session)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (page));
  if (sc_session_get_signed_in (session) || !ADW_IS_NAVIGATION_VIEW (parent))
    return;
  AdwNavigationView *navigation = ADW_NAVIGATION_VIEW (parent);
  if (adw_navigation_view_get_visible_page (navigation) == page)
    adw_navigation_view_pop_to_tag (navigation, "home");
  else
    take_out (navigation, page);
}

/**
 * sc_person_page_follow:
 * @page: a page of what is somebody's to see
 * @session: who is signed in
 *
 * When their session ends, has the window go back to Home if @page is on show, and takes it out
 * from below another page that is.
 */
void
sc_person_page_follow (AdwNavigationPage *page, ScSession *session)
{
  g_signal_connect_object (session,
                           "notify::signed-in",
                           G_CALLBACK (on_person),
                           page,
                           G_CONNECT_SWAPPED);
}
