/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the fixture's picture is: small, so that a test encodes it in a blink. */
#define HLS_WIDTH 320
#define HLS_HEIGHT 180

/* The renditions of the ladder. */
#define HLS_HIGH "high"
#define HLS_LOW "low"

/* The files of a certificate, in its folder. */
#define HLS_CERTIFICATE "cert.pem"
#define HLS_KEY "key.pem"

typedef struct _HlsServer HlsServer;

char *hls_folder_new (void);
char *hls_folder_new_of (guint seconds);
void hls_folder_remove (const char *folder);
GTlsCertificate *hls_certificate_new (const char *folder);
void hls_run_pipeline (const char *description);

HlsServer *hls_server_new (const char *folder, GTlsCertificate *certificate);
void hls_server_free (HlsServer *self);
const char *hls_server_get_uri (HlsServer *self);
const char *hls_server_get_ladder_uri (HlsServer *self);

void hls_server_set_status (HlsServer *self, guint status);
void hls_server_set_garbage (HlsServer *self, gboolean garbage);
void hls_server_set_live (HlsServer *self, gboolean live);
void hls_server_set_token (HlsServer *self, const char *token);
guint hls_server_get_n_requests (HlsServer *self);
guint hls_server_get_n_refused (HlsServer *self);
gboolean hls_server_get_admits (HlsServer *self);
void hls_server_hold (HlsServer *self, const char *path);
guint hls_server_get_n_held (HlsServer *self);
void hls_server_cut (HlsServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HlsServer, hls_server_free)

G_END_DECLS
