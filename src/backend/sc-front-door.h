/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

typedef struct _ScFrontDoor ScFrontDoor;

/**
 * ScFrontDoorDone:
 * @user_data: what was given with the function
 *
 * The door is closed and nobody is inside any more.
 */
typedef void (*ScFrontDoorDone) (gpointer user_data);

ScFrontDoor *sc_front_door_new (ScService *service);
void sc_front_door_free (ScFrontDoor *self);
gboolean sc_front_door_listen (ScFrontDoor *self, const char *socket_path, GError **error);
void sc_front_door_close (ScFrontDoor *self, ScFrontDoorDone done, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScFrontDoor, sc_front_door_free)

G_END_DECLS
