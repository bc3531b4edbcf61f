/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The context menu of a channel's card or row: to follow the channel, or no more. Who is signed out
 * is asked to sign in, and there is none for one's own channel. Whether it is followed is asked for
 * when the menu opens, not for every card; until that is known its item cannot be chosen. Main
 * thread only; whoever shows the channel owns it. */

#include "config.h"

#include "sc-card-menu.h"

#include "sc-follow-words.h"
#include "sc-following.h"
#include "sc-menu.h"
#include "sc-toast.h"

#include <glib/gi18n.h>

struct _ScCardMenu {
  GObject parent_instance;

  GtkWidget *card;   /* (nullable): none once it is gone */
  GtkWidget *target; /* what has the focus in it; goes with it */
  ScSession *session;
  char *channel;               /* (nullable) */
  ScFollowing *following;      /* (nullable): of the channel, once the menu was open */
  GSimpleActionGroup *actions; /* (nullable) */
  GMenu *items;
  gboolean shows_followed;
  GtkWidget *menu; /* (nullable) */
  guint drop_source;
};

G_DEFINE_FINAL_TYPE (ScCardMenu, sc_card_menu, G_TYPE_OBJECT)

static gboolean
has_menu (ScCardMenu *self)
{
  const char *name = sc_session_get_name (self->session);
  return self->channel && !(name && g_ascii_strcasecmp (name, self->channel) == 0);
}

static void
tell_popup (ScCardMenu *self)
{
  if (self->card)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->target),
                                    GTK_ACCESSIBLE_PROPERTY_HAS_POPUP,
                                    has_menu (self),
                                    -1);
}

/* The item. */

static void
choose (ScCardMenu *self, gboolean wanted)
{
  if (!self->following || !self->card)
    return;
  if (!sc_session_get_signed_in (self->session)) {
    gtk_widget_activate_action (self->card, "win.sign-in", NULL);
    return;
  }
  sc_following_set (self->following, wanted);
}

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose (user_data, TRUE);
}

static void
on_unfollow (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose (user_data, FALSE);
}

static void
add_actions (ScCardMenu *self)
{
  static const GActionEntry entries[] = {
    { .name = "follow", .activate = on_follow },
    { .name = "unfollow", .activate = on_unfollow },
  };
  if (self->actions)
    return;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (self->card, "card", G_ACTION_GROUP (self->actions));
}

static void
allow (ScCardMenu *self, const char *name, gboolean allowed)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), allowed);
}

/* One that stays the same is not made anew: somebody may point at it. */
static void
show_item (ScCardMenu *self, gboolean is_followed)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (self->items)) > 0 &&
      self->shows_followed == is_followed)
    return;
  self->shows_followed = is_followed;
  g_menu_remove_all (self->items);
  if (is_followed)
    /* Translators: an item of a channel's menu: be no follower of it any more */
    g_menu_append (self->items, _ ("_Unfollow"), "card.unfollow");
  else
    g_menu_append (self->items, _ ("_Follow"), "card.follow");
}

static void
update (ScCardMenu *self, ScFollowing *following)
{
  if (!self->menu || following != self->following)
    return;
  gboolean is_followed = sc_following_get_following (following);
  gboolean is_ready = sc_following_get_ready (following);
  allow (self, "follow", is_ready && !is_followed);
  allow (self, "unfollow", is_ready && is_followed);
  show_item (self, is_followed);
  sc_menu_name_items (self->menu);
  if (is_ready && gtk_widget_get_mapped (self->menu))
    gtk_widget_child_focus (self->menu, GTK_DIR_TAB_FORWARD);
}

/* Lists of what is followed are others now. */
static void
on_settled (ScCardMenu *self)
{
  if (self->card)
    gtk_widget_activate_action (self->card, "page.follows-changed", NULL);
}

static void
on_failed (ScCardMenu *self, gboolean wanted, const GError *error)
{
  if (self->card)
    sc_toast_error (self->card, sc_follow_failed_words (wanted), error);
}

static void
watch (ScCardMenu *self)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } heard[] = {
    { "changed", G_CALLBACK (update) },
    { "settled", G_CALLBACK (on_settled) },
    { "failed", G_CALLBACK (on_failed) },
  };
  if (!self->following) {
    self->following = sc_following_new (self->session, self->channel);
    for (guint i = 0; i < G_N_ELEMENTS (heard); i++)
      g_signal_connect_object (self->following,
                               heard[i].signal,
                               heard[i].callback,
                               self,
                               G_CONNECT_SWAPPED);
  }
  sc_following_ask (self->following);
}

/* The menu: it is made when it is wanted, and goes again. */

static void
drop_menu (ScCardMenu *self)
{
  g_clear_handle_id (&self->drop_source, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}

static void
drop (gpointer user_data)
{
  ScCardMenu *self = user_data;
  self->drop_source = 0;
  drop_menu (self);
}

/* Its item is activated after it is closed, and would find no action any more. */
static void
on_closed (ScCardMenu *self)
{
  if (self->drop_source == 0)
    self->drop_source = g_idle_add_once (drop, self);
}

static void
open_at (ScCardMenu *self, const GdkRectangle *place)
{
  if (self->drop_source != 0)
    drop_menu (self);
  if (!self->card || self->menu || !has_menu (self))
    return;
  add_actions (self);
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (self->items));
  gtk_widget_set_parent (self->menu, self->card);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->menu, place ? GTK_ALIGN_START : GTK_ALIGN_END);
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  watch (self);
  update (self, self->following);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_pressed (ScCardMenu *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_at (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static void
on_long_pressed (ScCardMenu *self, double x, double y, GtkGesture *gesture)
{
  on_pressed (self, 1, x, y, gesture);
}

static gboolean
on_key (GtkWidget *card, GVariant *parameter, gpointer user_data)
{
  sc_card_menu_open (user_data);
  return GDK_EVENT_STOP;
}

/* Before the button in the card has it: a press that opens the menu is no click. */
static void
add_gesture (ScCardMenu *self, GtkGesture *gesture, GCallback callback)
{
  g_signal_connect_object (gesture, "pressed", callback, self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->card, GTK_EVENT_CONTROLLER (gesture));
}

static void
add_controllers (ScCardMenu *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  add_gesture (self, click, G_CALLBACK (on_pressed));
  add_gesture (self, press, G_CALLBACK (on_long_pressed));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                      gtk_callback_action_new (on_key, self, NULL)));
  gtk_widget_add_controller (self->card, keys);
}

static void
on_card_gone (ScCardMenu *self)
{
  drop_menu (self);
  self->card = self->target = NULL;
}

static void
sc_card_menu_dispose (GObject *object)
{
  ScCardMenu *self = SC_CARD_MENU (object);

  drop_menu (self);
  g_clear_object (&self->actions);
  g_clear_object (&self->following);
  g_clear_object (&self->items);
  g_clear_object (&self->session);
  g_clear_pointer (&self->channel, g_free);

  G_OBJECT_CLASS (sc_card_menu_parent_class)->dispose (object);
}

static void
sc_card_menu_class_init (ScCardMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sc_card_menu_dispose;
}

static void
sc_card_menu_init (ScCardMenu *self)
{
  self->items = g_menu_new ();
}

/**
 * sc_card_menu_new:
 * @card: where the menu is opened; whoever owns this drops it with it
 * @target: what has the keyboard's focus in it, or the same
 * @session: who is signed in
 *
 * Returns: (transfer full): the menu of a channel, none yet
 */
ScCardMenu *
sc_card_menu_new (GtkWidget *card, GtkWidget *target, ScSession *session)
{
  ScCardMenu *self = g_object_new (SC_TYPE_CARD_MENU, NULL);
  self->card = card;
  self->target = target;
  self->session = g_object_ref (session);
  add_controllers (self);
  g_signal_connect_object (card, "destroy", G_CALLBACK (on_card_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::name",
                           G_CALLBACK (tell_popup),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * sc_card_menu_set_channel:
 * @self: a menu
 * @channel: (nullable): the name of the channel that is shown from now on
 */
void
sc_card_menu_set_channel (ScCardMenu *self, const char *channel)
{
  if (!g_set_str (&self->channel, channel))
    return;
  drop_menu (self);
  g_clear_object (&self->following);
  tell_popup (self);
}

/**
 * sc_card_menu_open:
 * @self: a menu
 *
 * Shows it at the end of the card, as by the keyboard, unless nobody can follow the channel.
 */
void
sc_card_menu_open (ScCardMenu *self)
{
  open_at (self, NULL);
}
