/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sct-local.h"

G_BEGIN_DECLS

/* A person at the API of a test's own local cloud. Blocks; for the thread that made it. */
typedef struct _SctApi SctApi;

SctApi *sct_api_new (SctLocal *cloud);
void sct_api_free (SctApi *self);

guint sct_api_call (SctApi *self,
                    const char *method,
                    const char *path,
                    const char *body,
                    JsonObject **ret_body);
void sct_api_sign_up (SctApi *self, const char *name);
const char *sct_api_get_bearer (SctApi *self);
void sct_api_set_token (SctApi *self, const char *token);
const char *sct_api_get_recovery_code (SctApi *self);
char *sct_api_wait_for_key (SctApi *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctApi, sct_api_free)

G_END_DECLS
