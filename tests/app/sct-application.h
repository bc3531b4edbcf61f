/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hls-server.h"
#include "sc-application.h"
#include "sc-fake-api.h"

G_BEGIN_DECLS

/**
 * SctApplication:
 * @api: the server of the application
 * @live: what the channel "ada" sends
 * @recorded: a recording
 * @application: (nullable): the one that a process has, once it was started
 *
 * The real application, over a server and real streams in this process.
 */
typedef struct {
  ScFakeApi *api;
  HlsServer *live;
  HlsServer *recorded;
  ScApplication *application;
} SctApplication;

void sct_application_init (SctApplication *self, const char *folder);
void sct_application_answer_ada (SctApplication *self, const char *title, const char *picture);
void sct_application_start (SctApplication *self);
void sct_application_quit (SctApplication *self);
void sct_application_clear (SctApplication *self);

G_END_DECLS
