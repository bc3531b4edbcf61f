/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"
#include "sc-passwords.h"
#include "sc-provision.h"
#include "sc-response.h"
#include "sc-store.h"

G_BEGIN_DECLS

/* No body of ours needs more; 64 KiB of JSON cost json-glib 2.7 MiB. */
#define SC_BODY_MAX (64 * 1024)

/* How many requests may wait for AWS at once, each for some seconds where it hangs. At the 4 calls
 * a second of an operation and the 300 ms that one takes, 2 suffice; the front door has workers
 * besides for whoever needs none of AWS. */
#define SC_SERVICE_AWS_AT_ONCE 8

typedef struct _ScService ScService;

/**
 * ScClockFunc:
 * @user_data: what was given with the function
 *
 * Returns: the time, microseconds since the epoch
 */
typedef gint64 (*ScClockFunc) (gpointer user_data);

ScService *sc_service_new (ScStore *store, ScAws *aws, char **environment);
void sc_service_free (ScService *self);
void sc_service_set_clock (ScService *self, ScClockFunc clock, gpointer user_data);

ScStore *sc_service_get_store (ScService *self);
ScAws *sc_service_get_aws (ScService *self);
ScAws *sc_service_get_quick_aws (ScService *self);
ScAws *sc_service_get_chat_aws (ScService *self);
const char *sc_service_get_chat_endpoint (ScService *self);
const char *sc_service_get_recordings_url (ScService *self);
const char *sc_service_get_rules_bucket (ScService *self);
char *sc_service_dup_object_url (ScService *self, const char *key);
gint64 sc_service_get_deletion_delay (ScService *self);
ScPasswords *sc_service_get_passwords (ScService *self);
ScProvisioner *sc_service_get_provisioner (ScService *self);
ScProvisioner *sc_service_get_quick_provisioner (ScService *self);
gint64 sc_service_now (ScService *self);

ScResponse *sc_service_handle (ScService *self, const ScRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScService, sc_service_free)

G_END_DECLS
