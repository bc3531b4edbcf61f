/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-control.h"

G_BEGIN_DECLS

struct _SctControl {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *folder;
  char *url;
  ScHttp *http;
  ScCloud *cloud; /* of the thread */
  gint is_live;   /* atomic */
  gint64 ahead_us;
  GMutex lock; /* guards ahead_us and what follows */
  GString *told;
};

G_END_DECLS
