/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-service.h"

G_BEGIN_DECLS

#define SCT_RULES_BUCKET "streamcat-rules"
#define SCT_RECORDINGS_URL "https://recordings.example.org"

/* The service of one test: a fresh database, a clock that the test moves, and an AWS that is where
 * the test says. */
typedef struct {
  ScStore *store;
  ScAws *aws;
  ScService *service;
  gint64 now;
} SctService;

void sct_service_set_up (void);
void sct_service_tear_down (void);

SctService *sct_service_new (const char *aws_endpoint_url);
SctService *sct_service_new_with_bucket (const char *aws_endpoint_url, const char *s3_endpoint_url);
void sct_service_free (SctService *self);

ScResponse *sct_service_call (SctService *self,
                              const char *method,
                              const char *target,
                              const char *token,
                              const char *body);
char *sct_service_sign_up (SctService *self, const char *name);
gint64 sct_service_ask_number (SctService *self, const char *sql);
void sct_service_run (SctService *self, const char *sql);

JsonObject *sct_response_object (ScResponse *response);

void sct_assert_fault (ScResponse *response, guint status, const char *code, const char *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctService, sct_service_free)

G_END_DECLS
